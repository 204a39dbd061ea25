"""What is wrong with a pretrained engine is one line with the fix, told before anything heavy starts."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import constants

from director import pictures
from director.opening import open_film
from director.pictures import backend_of, check_picture
from director.produce import Production
from director.progress import Silent
from model.backends.fit.machine import Gpu, Machine
from model.errors import PictureError
from tests.model.engines import tiny_wan

Run = Callable[..., subprocess.CompletedProcess[str]]
SCRIPT = "INT. KITCHEN - DAY\n\nANNA walks in.\n\nANNA\nHello.\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("wan") / "vace")


@pytest.fixture
def folder(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny weights of Wan VACE that a test may spoil, on a machine that has no others."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return Path(shutil.copytree(whole, tmp_path / "vace"))


def told(picture: str, width_px: int = 640, height_px: int = 360) -> str:
    with pytest.raises(PictureError) as error:
        check_picture(backend_of(picture), width_px, height_px)
    assert "\n" not in str(error.value) and "Fix: " in str(error.value)
    return str(error.value)


def test_weights_that_are_not_here_are_told_with_how_to_get_them(folder: Path) -> None:
    assert "not on this machine. Fix: run `workprint weights get maker/wan@v1` first." in told("wan-vace:maker/wan@v1")
    assert f"there is no folder {folder}x. Fix: name a folder" in told(f"wan-vace:{folder}x")


def test_a_repository_that_wants_to_be_asked_says_so(folder: Path) -> None:
    (folder / "engine.yaml").write_text(
        f"engine: wan-vace\nweights: {folder}\nimages: flux2-klein:black-forest-labs/FLUX.2-klein-9B\n"
    )
    assert "Fix: accept their licence on their page, then run `workprint weights get black-forest-labs/FLUX.2" in told(
        str(folder / "engine.yaml")
    )


def test_half_a_download_is_told(folder: Path) -> None:
    weights = next((folder / "transformer").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:5000])
    assert "is not whole: it breaks off after 5000 bytes. Fix: get it anew" in told(f"wan-vace:{folder}")
    weights.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    assert "is a git-lfs pointer, not the weights. Fix: run `git lfs pull`" in told(f"wan-vace:{folder}")
    weights.unlink()
    assert "transformer holds no weights" in told(f"wan-vace:{folder}")
    (folder / "transformer" / "config.json").unlink()
    assert "config.json is missing" in told(f"wan-vace:{folder}")


def test_pickles_code_and_other_classes_are_refused(folder: Path) -> None:
    assert "holds a WanVACEPipeline, and ltx is" in told(f"ltx:{folder}")
    weights = next((folder / "transformer").glob("*.safetensors"))
    weights.rename(weights.with_suffix(".bin"))
    assert "only as pickles" in told(f"wan-vace:{folder}")
    weights.with_suffix(".bin").rename(weights)
    index = folder / "model_index.json"
    said = json.loads(index.read_text())
    index.write_text(json.dumps({**said, "transformer": ["their.code", "Model"]}))
    assert "asks for code of its own, which is never run" in told(f"wan-vace:{folder}")
    index.write_text("[]")
    assert "is no table of settings" in told(f"wan-vace:{folder}")


def test_weights_in_place_of_a_lora_are_told_before_anything_is_loaded(folder: Path) -> None:
    weights = next((folder / "transformer").glob("*.safetensors"))
    (folder / "engine.yaml").write_text(f"engine: wan-vace\nweights: {folder}\nloras: [{{file: {weights}}}]\n")
    assert f"{weights} holds weights, and no LoRA. Fix: name a LoRA" in told(str(folder / "engine.yaml"))


def test_a_setting_that_the_engine_does_not_have_is_told(folder: Path) -> None:
    for line, sentence in (
        ("variant: quick", "has no variant 'quick'. Fix: name one of full"),
        ("options: {warmth: 3}", "has no option 'warmth'. Fix: leave it out"),
        ("profile: tiny", "no memory profile 'tiny'. Fix: say resident"),
    ):
        (folder / "engine.yaml").write_text(f"engine: wan-vace\nweights: {folder}\n{line}\n")
        backend = backend_of(str(folder / "engine.yaml"))
        with pytest.raises(PictureError, match=sentence.split(".")[0]):
            check_picture(backend, 640, 360)


def test_a_size_that_the_model_cannot_make_is_told(folder: Path) -> None:
    assert "wan-vace makes no picture near the shape of 4000×20: " in told(f"wan-vace:{folder}", 4000, 20)


def test_a_machine_that_is_too_small_for_every_profile_is_told_with_what_it_has(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Machine(Gpu("cuda", "Small Card", 1 << 28, 1 << 29), 1 << 20)
    monkeypatch.setattr("model.backends.fit.machine.read_machine", lambda: small)
    backend = backend_of(f"wan-vace:{folder}")
    with pytest.raises(
        PictureError, match=r"fits this machine in no way: .*Small Card has 0\.2 GB free.* Fix: use smaller"
    ):
        pictures._fit(backend.config)  # type: ignore[attr-defined]
    monkeypatch.setattr("model.gpus.gpu_count", lambda: 0)
    monkeypatch.setattr("model.backends.fit.machine.read_machine", lambda: Machine(None, 1 << 20))
    with pytest.raises(PictureError, match=r"fits this machine in no way: .*; 0\.0 GB of memory free"):
        pictures.check_machine(backend)


def test_a_film_stops_before_a_voice_speaks(folder: Path, tmp_path: Path, workprint: Run) -> None:
    (tmp_path / "a.fountain").write_text(SCRIPT)
    opened = open_film(tmp_path / "a.fountain", out=tmp_path / "film")
    gone = next((folder / "vae").glob("*.safetensors"))
    gone.unlink()
    with pytest.raises(PictureError, match="vae holds no weights"):
        Production(opened, picture=f"wan-vace:{folder}", workers=1, progress=Silent())
    reply = workprint("make", "a.fountain", "--picture", f"wan-vace:{folder}", "-o", "film", cwd=tmp_path)
    assert reply.returncode == 2
    assert reply.stderr.splitlines()[-1].startswith("workprint: ") and "Fix: " in reply.stderr.splitlines()[-1]
    assert not list((tmp_path / "film").rglob("*.wav")) and not list((tmp_path / "film").rglob("*.mp4"))
