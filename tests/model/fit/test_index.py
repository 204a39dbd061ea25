"""What a folder of weights says before anything is loaded, and all the ways in which it can be broken."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from model.backends import digests
from model.backends.config import EngineConfig, Source
from model.backends.digests import digests_of
from model.backends.index import read_index
from model.backends.load import digest_of, index_of
from model.backends.weight_files import one_file, weights_in
from model.errors import PictureError
from tests.model.engines import tiny_wan

WEIGHTS = "transformer/diffusion_pytorch_model.safetensors"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_wan.saved(tiny_wan.wan_vace, tmp_path_factory.mktemp("weights"))


@pytest.fixture
def folder(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of its own, and a memory of digests of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(saved, tmp_path / "weights"))


def config(folder: Path, engine: str = "wan-vace") -> EngineConfig:
    return EngineConfig(engine=engine, source=Source(str(folder)))


def test_a_folder_says_its_parts_their_sizes_and_settings(folder: Path) -> None:
    index = read_index(folder)
    assert index.pipeline == "WanVACEPipeline"
    assert index.parts == ("scheduler", "text_encoder", "tokenizer", "transformer", "vae")
    assert index.settings == {"boundary_ratio": None}
    assert index.classes["vae"] == ("diffusers", "AutoencoderKLWan")
    assert index.configs["transformer"]["vace_layers"] == [0, 1]
    assert index.configs["scheduler"]["flow_shift"] == 3.0
    assert set(index.counts) == {"text_encoder", "transformer", "vae"}
    assert index.counts["transformer"] == sum(one.numel() for one in load_file(folder / WEIGHTS).values())
    assert index.sizes_bytes["transformer"] == (folder / WEIGHTS).stat().st_size
    assert {folder / WEIGHTS, folder / "tokenizer/tokenizer.json", folder / "model_index.json"} <= set(index.files)


def sharded(folder: Path, variant: str = "") -> list[Path]:
    """Splits the transformer's weights in two, as large ones are."""
    weights = load_file(folder / WEIGHTS)
    (folder / WEIGHTS).unlink()
    named = f"diffusion_pytorch_model{variant}"
    halves = [dict(list(weights.items())[start::2]) for start in (0, 1)]
    files = [folder / f"transformer/{named}-0000{number + 1}-of-00002.safetensors" for number in (0, 1)]
    places = {name: path.name for half, path in zip(halves, files, strict=True) for name in half}
    for half, path in zip(halves, files, strict=True):
        save_file(half, path)
    (folder / f"transformer/{named}.safetensors.index.json").write_text(json.dumps({"weight_map": places}))
    return files


@pytest.mark.parametrize("variant", ["", ".fp16"])
def test_weights_in_several_files_and_variants_are_found(folder: Path, variant: str) -> None:
    whole = read_index(folder)
    files = sharded(folder, variant)
    index = read_index(folder)
    assert index.counts == whole.counts
    assert set(files) < set(index.files)
    assert index.variant == variant.removeprefix(".")


def test_plain_weights_are_read_before_variants_of_them(folder: Path) -> None:
    shutil.copy(folder / WEIGHTS, folder / WEIGHTS.replace(".safetensors", ".fp16.safetensors"))
    index = read_index(folder)
    assert (index.variant, folder / WEIGHTS in index.files) == ("", True)


def missing_shard(folder: Path) -> None:
    sharded(folder)[1].unlink()


def half_there(folder: Path) -> None:
    data = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(data[: len(data) // 2])


def header_half_there(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:100])


def empty(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes(b"")


def pointer(folder: Path) -> None:
    (folder / WEIGHTS).write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")


def page(folder: Path) -> None:
    (folder / WEIGHTS).write_bytes((10).to_bytes(8, "little") + b"<html></html>")


def pickle(folder: Path) -> None:
    (folder / WEIGHTS).unlink()
    (folder / "transformer/diffusion_pytorch_model.bin").write_bytes(b"\x80\x04.")


def none(folder: Path) -> None:
    (folder / WEIGHTS).unlink()


def no_config(folder: Path) -> None:
    (folder / "transformer/config.json").unlink()


def no_part(folder: Path) -> None:
    shutil.rmtree(folder / "vae")


def no_note(folder: Path) -> None:
    (folder / "model_index.json").unlink()


def broken_note(folder: Path) -> None:
    (folder / "model_index.json").write_text("{")


def noted(folder: Path, **more: object) -> None:
    note = folder / "model_index.json"
    note.write_text(json.dumps({**json.loads(note.read_text()), **more}))


def code(folder: Path) -> None:
    noted(folder, transformer=["my_transformer", "MyTransformer"])
    (folder / "transformer/my_transformer.py").write_text("raise SystemExit")


def code_by_path(folder: Path) -> None:
    noted(folder, transformer=["os.path", "join"])


def code_by_config(folder: Path) -> None:
    noted(folder, text_encoder=["transformers", "AutoModel"])
    (folder / "text_encoder/config.json").write_text('{"auto_map": {"AutoModel": "theirs--Model"}}')


def out_of_the_folder(folder: Path) -> None:
    noted(folder, **{"../elsewhere": ["diffusers", "AutoencoderKLWan"]})


def the_folder_above(folder: Path) -> None:
    noted(folder, **{"..": ["diffusers", "FlowMatchEulerDiscreteScheduler"]})


def shard_out_of_the_folder(folder: Path) -> None:
    sharded(folder)
    index = folder / "transformer/diffusion_pytorch_model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"a": "../../secret.safetensors"}}))


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (missing_shard, "00002-of-00002.safetensors is missing: the download is not whole"),
        (half_there, "is not whole: it breaks off after"),
        (header_half_there, "is not whole: it breaks off after 100 bytes"),
        (empty, "is not whole: it breaks off after 0 bytes"),
        (pointer, "is a git-lfs pointer, not the weights"),
        (page, "is no safetensors file"),
        (pickle, r"holds its weights only as pickles \(diffusion_pytorch_model.bin\)"),
        (none, "holds no weights"),
        (no_config, "config.json is missing"),
        (no_part, "vae is missing"),
        (no_note, "is no pipeline's folder: it has no model_index.json"),
        (broken_note, "cannot be read as JSON"),
        (code, "transformer asks for code of its own, which is never run"),
        (code_by_path, "transformer asks for code of its own, which is never run"),
        (code_by_config, "asks for code of its own, which is never run"),
        (out_of_the_folder, "asks for code of its own|is missing|names"),
        (the_folder_above, "asks for code of its own"),
        (shard_out_of_the_folder, "names '../../secret.safetensors', which is no safetensors file beside it"),
    ],
)
def test_what_is_broken_is_told_in_a_line_with_the_fix(
    folder: Path, break_it: Callable[[Path], None], why: str
) -> None:
    break_it(folder)
    with pytest.raises(PictureError, match=rf"(?s)({why}).* Fix: ") as told:
        read_index(folder)
    assert "\n" not in str(told.value)


def test_weights_of_another_engine_are_told(folder: Path) -> None:
    with pytest.raises(PictureError, match=r"holds a WanVACEPipeline, and ltx is .* Fix: "):
        index_of(config(folder, "ltx"))


@pytest.mark.parametrize("name", ["gone.safetensors", "weights.bin", "weights.gguf"])
def test_one_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    if "gone" not in name:
        (tmp_path / name).write_bytes(b"what")
    with pytest.raises(PictureError, match=r"weights\.|gone\..* Fix: "):
        one_file(tmp_path / name)


def test_the_digest_is_of_all_that_is_read_and_of_nothing_else(folder: Path, tmp_path: Path) -> None:
    before = digest_of(config(folder))
    assert len(before) == 64
    (folder / "README.md").write_text("more words")
    assert digest_of(config(folder)) == before
    elsewhere = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    assert digest_of(config(elsewhere)) == before, "where weights lie is nothing to them"
    weights = load_file(folder / WEIGHTS)
    save_file({name: tensor + 1 for name, tensor in weights.items()}, folder / WEIGHTS)
    changed = digest_of(config(folder))
    assert changed != before
    (folder / "scheduler/scheduler_config.json").write_text("{}")
    assert digest_of(config(folder)) not in (before, changed)


def test_large_files_are_digested_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    large, small = tmp_path / "large", tmp_path / "small"
    large.write_bytes(b"0" * (2 << 20))
    small.write_bytes(b"1")
    read: list[Path] = []
    really = digests._digest
    monkeypatch.setattr(digests, "_digest", lambda path: read.append(path) or really(path))
    first = digests_of([large, small])
    assert sorted(read) == [large, small]
    assert digests_of([large, small]) == first
    assert sorted(read) == [large, small, small]
    large.write_bytes(b"2" * (2 << 20))
    os.utime(large, ns=(1, 1))
    assert digests_of([large])[large] != first[large]
    (tmp_path / "cache/workprint/digests.json").write_text("[")
    assert digests_of([small])[small] == first[small]


def test_a_memory_that_cannot_be_written_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    large = tmp_path / "large"
    large.write_bytes(b"0" * (2 << 20))
    assert len(digests_of([large])[large]) == 64


def test_the_numbers_in_a_file_are_counted(tmp_path: Path) -> None:
    save_file({"a": torch.zeros(3, 5), "b": torch.zeros(2, dtype=torch.bfloat16)}, tmp_path / "model.safetensors")
    assert weights_in(tmp_path).count == 17
