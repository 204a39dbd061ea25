"""`workprint weights`: what there is, fetched from a hub on loopback, checked, on which terms; mistakes in one line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from model.backends.registry import ENGINES, IMAGES
from model.hub.known import KNOWN, named
from tests.model.hub.hub_server import COMMIT, HubServer
from tests.model.hub.published import READ, published

Run = Callable[..., subprocess.CompletedProcess[str]]
REPOSITORY = "Wan-AI/Wan2.1-VACE-1.3B-diffusers"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user who has fetched nothing, on a machine without a hub."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_CACHE", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_every_engine_has_weights_that_are_known_once() -> None:
    assert {weights.engine for weights in KNOWN} == {*ENGINES, *IMAGES}
    assert len({weights.called for weights in KNOWN}) == len(KNOWN)
    assert all(named(weights.called) is weights for weights in KNOWN)
    assert all(named(engine) is next(w for w in KNOWN if w.engine == engine) for engine in (*ENGINES, *IMAGES))


def test_weights_are_listed_fetched_checked_and_told_with_their_terms(
    workprint: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = workprint("weights", "list", cwd=home)
    assert reply.returncode == 0, reply.stderr
    assert all(f"missing  {weights.repository}" in reply.stdout for weights in KNOWN)
    with HubServer(REPOSITORY, published()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        reply = workprint("weights", "get", "wan-vace", cwd=home)
        assert reply.returncode == 0, reply.stderr
        assert f"{REPOSITORY} at {COMMIT[:12]}: {len(READ)} files, 0.1 MB" in reply.stdout
        assert "licence Apache-2.0: commercial use allowed" in reply.stdout
        folder = Path(reply.stdout.splitlines()[-1])
        assert (folder / "model_index.json").is_file()
        requests = hub.requests
        reply = workprint("weights", "list", "wan-vace", cwd=home)
        assert f"here     {REPOSITORY}" in reply.stdout and "ltx" not in reply.stdout
        reply = workprint("weights", "verify", cwd=home)
        assert reply.returncode == 0, reply.stderr
        assert f"{REPOSITORY}: 10 of 10 files are as they were published" in reply.stdout
        assert hub.requests == requests
    blob = (folder / "transformer" / "diffusion_pytorch_model.safetensors").resolve()
    blob.write_bytes(blob.read_bytes()[:-1] + b"\0")
    reply = workprint("weights", "verify", "wan-vace:1.3b", cwd=home)
    assert reply.returncode == 2
    assert "altered      transformer/diffusion_pytorch_model.safetensors" in reply.stdout
    assert "its checksum differs. Fix: remove that file and run `workprint weights get` again" in reply.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("list", "wan-vase"), "no engine 'wan-vase'; did you mean 'wan-vace'? Fix: use one of wan-vace, ltx"),
        (("get", "wan-vase"), "no weights are called 'wan-vase'; did you mean 'wan-vace'? Fix: name some"),
        (("get", "wan-vace"), "no connection to 127.0.0.1:9 (ConnectError). What came is kept. Fix: connect this"),
        (("get", "."), ". is no repository. Fix: name one as OWNER/NAME"),
        (("verify", "ltx"), "the weights Lightricks/LTX-Video-0.9.5 are not on this machine. Fix: run `workprint"),
        (("verify", "."), "holds no weights. Fix: name a folder of weights"),
        (("verify",), "no known weights are on this machine. Fix: see `workprint weights list`"),
    ],
)
def test_a_mistake_is_one_line_with_the_fix(
    workprint: Run, home: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    reply = workprint("weights", *arguments, cwd=home)
    assert reply.returncode == 2
    assert sentence in reply.stderr and reply.stderr.count("\n") == 1
    assert not list(home.iterdir()) or not list((home / "hf").rglob("*.safetensors"))


def test_the_terms_of_known_and_of_other_weights_are_told(workprint: Run, home: Path) -> None:
    assert workprint("weights", "licence", "cogvideox", cwd=home).stdout.startswith("CogVideoX: research and personal")
    (home / "mine").mkdir()
    reply = workprint("weights", "licence", "./mine", cwd=home)
    assert reply.stdout.startswith("not known: ") and "ask its makers before you sell a film" in reply.stdout
