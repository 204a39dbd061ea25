"""On which terms weights may be used: as the table says, or their own card; unknown ones count as not for sale."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.backends.config import EngineConfig, Source
from model.errors import PictureError
from model.hub.choice import chosen
from model.hub.known import KNOWN
from model.hub.licences import LICENCES, SAME
from model.hub.terms import licence_of, licence_of_source

FREE = Source("Wan-AI/Wan2.1-VACE-14B-diffusers", "main")


def test_known_weights_have_the_licence_of_the_table_wherever_they_lie(tmp_path: Path) -> None:
    for known in KNOWN:
        assert licence_of_source(Source(known.repository)) == known.licence
    snapshot = tmp_path / "models--THUDM--CogVideoX-5b-I2V" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    assert licence_of_source(Source(str(snapshot))).name == "CogVideoX"
    assert all(name in LICENCES for name in SAME.values())


@pytest.mark.parametrize(
    ("card", "name", "commercial"),
    [
        ("---\nlicense: apache-2.0\n---\n", "Apache-2.0", True),
        ("---\nlicense: other\nlicense_name: ltx-2-community-license-agreement\n---\n", "LTX-2 Community", True),
        ("---\nlicense: cc-by-nc-sa-4.0\n---\n", "cc-by-nc-sa-4.0", False),
        ("---\nlicense: openrail++\n---\n", "openrail++", False),
        ("---\nlicense: [mit\n---\n", "not known", False),
        ("---\n- a list\n---\n", "not known", False),
        ("No head at all.", "not known", False),
    ],
)
def test_other_weights_have_the_licence_of_their_card(tmp_path: Path, card: str, name: str, commercial: bool) -> None:
    (tmp_path / "README.md").write_text(card)
    found = licence_of_source(Source(str(tmp_path)))
    assert (found.name, found.commercial) == (name, commercial)


def test_known_weights_of_unknown_terms_have_those_of_their_card_once_it_is_here(tmp_path: Path) -> None:
    unknown = next(known for known in KNOWN if known.licence.name == "not known")
    assert not unknown.licence.commercial
    snapshot = tmp_path / f"models--{unknown.repository.replace('/', '--')}" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    assert licence_of_source(Source(str(snapshot))) == unknown.licence
    licence_of_source.cache_clear()
    (snapshot / "README.md").write_text("---\nlicense: apache-2.0\n---\n")
    assert licence_of_source(Source(str(snapshot))).name == "Apache-2.0"


def test_a_film_is_bound_by_the_stricter_of_its_engines() -> None:
    bound = EngineConfig(engine="flux2-klein", source=Source("black-forest-labs/FLUX.2-klein-9B"))
    film = EngineConfig(engine="wan-vace", source=FREE)
    assert licence_of(film).commercial
    assert licence_of(EngineConfig(engine="wan-vace", source=FREE, images=bound)).name == "FLUX Non-Commercial"


def test_of_several_precisions_one_is_chosen_with_its_own_shards() -> None:
    index = b'{"_class_name": "P", "unet": ["diffusers", "U"], "safety_checker": [null, null], "steps": 3}'
    full = ("unet/m-00001-of-00002.safetensors", "unet/m-00002-of-00002.safetensors", "unet/m.safetensors.index.json")
    half = ("unet/m.fp16-00001-of-00001.safetensors", "unet/m.safetensors.index.fp16.json")
    assert set(chosen("a/b", index, ("model_index.json", "unet/config.json", *full, *half))) == {
        "model_index.json", "unet/config.json", *full,
    }  # fmt: skip
    assert set(chosen("a/b", index, ("model_index.json", "unet/config.json", *half))) == {
        "model_index.json", "unet/config.json", *half,
    }  # fmt: skip


def test_one_part_is_its_files_at_the_top_and_nothing_else_is_a_pipeline() -> None:
    paths = ("config.json", "README.md", "m.safetensors", "assets/x.safetensors", "run.py", "m.bin")
    assert set(chosen("a/b", b"", paths)) == {"config.json", "README.md", "m.safetensors"}
    for index, paths in ((b"", ("a.gguf",)), (b"[1]", ("model_index.json",)), (b"{", ("model_index.json",))):
        with pytest.raises(PictureError, match="Fix: "):
            chosen("a/b", index, paths)
    outside = b'{"../../etc": ["diffusers", "X"], "vae": ["diffusers", "V"]}'
    assert chosen("a/b", outside, ("vae/v.safetensors", "../../etc/p.safetensors")) == ("vae/v.safetensors",)
