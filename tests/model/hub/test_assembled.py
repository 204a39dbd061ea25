"""A pipeline whose parts lie in several repositories of the hub's cache is read and called as one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from huggingface_hub import constants

from model.backends.config import Source
from model.backends.framepack import ENGINE
from model.backends.load import folder_of
from model.errors import PictureError
from model.hub.assembled import recipe_of
from model.hub.choice import chosen
from model.hub.here import cache_folder
from tests.model.engines import tiny_hunyuan
from tests.model.engines.wan_calls import flat, known, made

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "lllyasviel/FramePackI2V_HY"
HUNYUAN, SIGLIP = "hunyuanvideo-community/HunyuanVideo", "lllyasviel/flux_redux_bfl"


def cached(repository: str) -> Path:
    """A snapshot in the hub's cache, empty as yet."""
    home = cache_folder(repository)
    (home / "refs").mkdir(parents=True)
    (home / "refs" / "main").write_text(COMMIT)
    snapshot = home / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    return snapshot


def test_framepack_is_put_together_from_where_its_parts_are_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    tiny_hunyuan.framepack().save_pretrained(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole/transformer", cached(REPOSITORY), dirs_exist_ok=True)
    with pytest.raises(PictureError, match="not on this machine"):
        folder_of(Source(REPOSITORY))
    recipe = recipe_of(REPOSITORY)
    assert recipe is not None
    assert {*recipe.classes} == {recipe.own, *recipe.lent[HUNYUAN], *recipe.lent[SIGLIP]}
    for repository, parts in recipe.lent.items():
        snapshot = cached(repository)
        for part in parts:
            shutil.copytree(tmp_path / "whole" / part, snapshot / part)
    folder = folder_of(Source(REPOSITORY))
    assert folder == folder_of(Source(REPOSITORY)), "it is made once"
    assert folder.is_relative_to(cache_folder(REPOSITORY))
    assert {path.name for path in folder.iterdir()} == {"model_index.json", *recipe.classes}
    small = {"width_px": 32, "height_px": 32, "frame_count": 37, "known": known((0, flat((230, 20, 30), 32, 32)))}
    assert made(ENGINE, folder, **small).shape == (37, 32, 32, 3)
    assert (folder / "vae/config.json").samefile(cache_folder(HUNYUAN) / "snapshots" / COMMIT / "vae/config.json")


def test_of_a_repository_that_lends_parts_no_more_is_fetched() -> None:
    paths = ("README.md", "model_index.json", "transformer/config.json", "transformer/a.safetensors", "vae/config.json")
    index = b'{"vae": ["of", "vae"]}'
    assert chosen(HUNYUAN, index, (*paths, "vae/b.safetensors")) == (
        "README.md",
        "model_index.json",
        "vae/config.json",
        "vae/b.safetensors",
    )
