"""Weights are fetched from a hub: what a pipeline reads and no more, whole, and on from where it was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import constants

from model.backends.config import Source
from model.backends.load import folder_of
from model.errors import PictureError
from model.hub.fetch import Remote, fetch, look
from model.hub.terms import licence_of_source
from model.hub.verify import verify
from tests.model.hub.hub_server import COMMIT, HubServer
from tests.model.hub.published import READ, REPOSITORY, published

SOURCE = Source(REPOSITORY)
LARGE = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub's cache of this test's own."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)  # whatever the machine has it at: the hub is on loopback
    return tmp_path / "hub"


@pytest.fixture
def hub(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub that holds the repository; this process asks it alone."""
    with HubServer(REPOSITORY, published()) as server:
        monkeypatch.setattr(constants, "ENDPOINT", server.url)
        files = f"{server.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", files)
        monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)
        yield server


def silent(path: str, done: int, of: int) -> None:
    """Nobody watches."""


def test_what_a_pipeline_reads_is_fetched_and_found_afterwards_without_a_network(hub: HubServer) -> None:
    found = look(SOURCE)
    assert sorted(file.path for file in found.files) == sorted(READ)
    assert found.size_bytes == sum(len(published()[path]) for path in READ)
    told: dict[str, int] = {}
    folder = fetch(found, lambda path, done, of: told.update({path: done}))
    assert told == {path: len(published()[path]) for path in READ}
    on_disk = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert on_disk == {path: published()[path] for path in READ}
    asked = hub.requests
    assert folder_of(SOURCE) == folder_of(Source(REPOSITORY, "main")) == folder_of(Source(REPOSITORY, COMMIT)) == folder
    assert hub.requests == asked
    assert look(SOURCE).missing_bytes == 0


def test_a_download_that_is_cut_goes_on_where_it_stopped(hub: HubServer, cache: Path) -> None:
    size = len(published()[LARGE])
    hub.break_off[LARGE], hub.fail[LARGE] = 30_000, 503
    with pytest.raises(PictureError, match=r"status 503\). What came is kept. Fix: run the same command later"):
        fetch(look(SOURCE), silent)
    with pytest.raises(PictureError, match=r"are only in part on this machine. Fix: run `workprint weights get maker"):
        folder_of(SOURCE)
    assert look(SOURCE).missing_bytes == size - 30_000
    hub.break_off.clear()
    hub.fail.clear()
    hub.asked.clear()
    folder = fetch(look(SOURCE), silent)
    assert (folder / LARGE).read_bytes() == published()[LARGE]
    assert [span for path, span in hub.asked if path == LARGE] == ["bytes=30000-"]
    assert "text_encoder/model-00001-of-00002.safetensors" not in [path for path, _ in hub.asked]  # came the first time
    assert not list(cache.rglob("*.workprint"))


def test_what_is_not_as_the_hub_states_is_thrown_away(hub: HubServer, cache: Path) -> None:
    right = published()[LARGE]
    hub.lie[LARGE] = right[:-1] + bytes([right[-1] ^ 1])
    with pytest.raises(PictureError, match=r"its checksum differs. Fix: run the same command again"):
        fetch(look(SOURCE), silent)
    assert not list(cache.rglob("*.workprint"))
    hub.lie.clear()
    assert (fetch(look(SOURCE), silent) / LARGE).read_bytes() == right


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (
            403,
            "GatedRepo",
            "accept its licence. Fix: log in at .*/maker/tiny-vace and accept it there",
        ),
        (401, "RepoNotFound", "no repository maker/tiny-vace that you may read. Fix: check its name"),
        (500, "", r"could not give maker/tiny-vace \(status 500\)"),
    ],
)
def test_what_the_hub_refuses_is_told_with_the_fix(hub: HubServer, status: int, code: str, sentence: str) -> None:
    hub.refuse = (status, code)
    with pytest.raises(PictureError, match=sentence):
        look(SOURCE)


def test_a_revision_or_a_file_that_is_not_there_is_told(hub: HubServer) -> None:
    with pytest.raises(PictureError, match=r"has no revision v9. Fix: name a branch, tag or commit"):
        look(Source(REPOSITORY, "v9"))
    with pytest.raises(PictureError, match=r"has no file Q4.gguf"):
        look(SOURCE, ["Q4.gguf"])
    for name in ("../../etc", "main/../../x", "/x"):
        with pytest.raises(PictureError, match=r"is no revision"):
            look(Source(REPOSITORY, name))
    assert [file.path for file in look(SOURCE, ["sample.gif"]).files] == ["sample.gif"]


def test_without_a_network_nothing_is_asked_and_the_fix_is_told(
    hub: HubServer, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(PictureError, match=r"as HF_HUB_OFFLINE is set. Fix: unset it"):
        look(SOURCE)
    assert hub.requests == 0
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with HubServer(REPOSITORY, {}) as gone:
        monkeypatch.setattr(constants, "ENDPOINT", gone.url)
    with pytest.raises(PictureError, match=r"no connection to 127.0.0.1:\d+ \(ConnectError\).*Fix: connect this"):
        look(SOURCE)


def test_pickles_alone_are_refused(hub: HubServer) -> None:
    hub.files = {path: data for path, data in hub.files.items() if not path.startswith("transformer/diff")}
    hub.files["transformer/diffusion_pytorch_model.bin"] = b"pickle"
    with pytest.raises(PictureError, match=r"holds no safetensors for its transformer, and weights in no other form"):
        look(SOURCE)


def test_a_disk_that_is_too_small_is_told_before_anything_comes(hub: HubServer) -> None:
    found = look(SOURCE)
    huge = replace(found, files=(*found.files, Remote("transformer/x.safetensors", 10**18, "0" * 64)))
    hub.asked.clear()
    with pytest.raises(PictureError, match=r"needs 1000000000.* GB more, and .* GB free. Fix: free some space"):
        fetch(huge, silent)
    assert hub.asked == []


def test_fetched_weights_are_held_to_the_checksums_they_came_with(hub: HubServer) -> None:
    folder = fetch(look(SOURCE), silent)
    requests = hub.requests
    states = {one.path.relative_to(folder).as_posix(): one.state for one in verify(folder, silent)}
    assert set(states.values()) == {"whole"}
    assert set(states) == {path for path in READ if path not in ("README.md", "LICENSE.txt")}
    altered, broken = folder / LARGE, folder / "text_encoder" / "model-00001-of-00002.safetensors"
    altered.resolve().write_bytes(published()[LARGE][:-1] + b"\0")
    config = folder / "transformer" / "config.json"
    config.resolve().write_bytes(b'{"x": 1}')
    states = {one.path.relative_to(folder).as_posix(): one.state for one in verify(folder, silent)}
    assert {path for path, state in states.items() if state == "altered"} == {LARGE, "transformer/config.json"}
    broken.resolve().write_bytes(broken.read_bytes()[:-100])
    with pytest.raises(PictureError, match=r"breaks off"):
        list(verify(folder, silent))
    assert hub.requests == requests


def test_the_card_that_comes_with_weights_says_their_licence(hub: HubServer) -> None:
    folder = fetch(look(SOURCE), silent)
    licence = licence_of_source(Source(str(folder)))
    assert (licence.name, licence.commercial) == ("cc-by-nc-4.0", False)
    assert licence.address == "https://example.org/terms"
