"""Engines' files that are shown are read: the example as it stands and with every choice in it made, the pages'."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from director.engine_file import engine_config
from model.backends.config import Adapter, Source
from model.backends.fit.profiles import profile_named
from model.backends.registry import ENGINES, engine_of
from model.backends.settings import sampling_of
from model.hub.known import named, of_repository
from tests.test_examples import ENGINE, REPOSITORY


def test_the_example_is_read_and_its_weights_are_those_that_it_says_to_get() -> None:
    config = engine_config(str(ENGINE), ENGINES)
    known = named("wan-vace")
    assert known is not None
    assert (config.engine, config.source) == ("wan-vace", Source(known.repository))
    assert config.control in engine_of(config.engine).capabilities.controls
    plain = engine_config(f"wan-vace:{known.repository}", ENGINES)
    assert sampling_of(engine_of("wan-vace"), config) == sampling_of(engine_of("wan-vace"), plain)
    assert replace(config, control=None, steps=None, guidance=None) == plain


def test_each_of_its_choices_can_be_made(tmp_path: Path) -> None:
    text, made = re.subn(r"^#(?=\w+:)", "", ENGINE.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / "all.yaml").write_text(text, encoding="utf-8")
    config = engine_config(str(tmp_path / "all.yaml"), ENGINES)
    assert made == 7
    assert config.source.revision == "main"
    assert profile_named(config.profile or "").cache
    assert sampling_of(engine_of(config.engine), config).most_frames == 49
    assert config.begin_with == "drawing"
    assert config.transformer == tmp_path / "models" / "wan2.1-vace-14b-Q4_K_M.gguf"
    assert config.images is not None
    assert of_repository(config.images.source.where) == named("flux2-klein:4b")
    assert config.loras == (
        Adapter(file=tmp_path / "loras/nadia.safetensors", of="NADIA", trigger="ndwmn", strength=0.9),
    )


@pytest.mark.parametrize("page", ["engines.md", "gpu.md"])
def test_the_files_on_the_pages_are_read(page: str, tmp_path: Path) -> None:
    text = (REPOSITORY / "docs" / page).read_text("utf-8")
    files = re.findall(r"^```text\n(engine: .*?)^```", text, re.DOTALL | re.MULTILINE)
    assert files
    for file in files:
        (tmp_path / "one.yaml").write_text(file, encoding="utf-8")
        config = engine_config(str(tmp_path / "one.yaml"), ENGINES)
        assert config.loras[0].of == "MARA"
        assert sampling_of(engine_of(config.engine), config).steps == 30
        assert config.profile is None or profile_named(config.profile)
