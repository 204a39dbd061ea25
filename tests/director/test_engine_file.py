"""What `--picture` says of a pretrained engine: names, files, and every wrong input told with its line and fix."""

from pathlib import Path

import pytest

from director.engine_file import engine_config
from director.pictures import backend_of
from model.backends.config import Adapter, EngineConfig, Source
from model.backends.registry import ENGINES
from shots.errors import WorkprintError

FILE = """\
# a photographic film
engine: wan-vace
weights: weights/vace
variant: full
steps: 30
guidance: 4.5
transformer: q4.gguf
profile: group
control: depth
begin_with: drawing
loras:
  - {file: loras/mara.safetensors, of: MARA, trigger: mrawmn, strength: 0.8}
options: {conditioning_scale: 0.9}
images: qwen-image:Qwen/Qwen-Image@v1
transformer_2: low.gguf
"""


def told(name: str) -> str:
    with pytest.raises(WorkprintError) as error:
        engine_config(name, ENGINES)
    return str(error.value)


def test_a_folder_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models" / "vace@2").mkdir(parents=True)
    assert engine_config("wan-vace:models/vace@2", ENGINES).source == Source("models/vace@2")
    assert engine_config("wan-vace:./gone", ENGINES).source == Source("gone")


def test_a_repository_is_named_with_its_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert engine_config("ltx:Lightricks/LTX-Video@abc1", ENGINES) == EngineConfig(
        engine="ltx", source=Source("Lightricks/LTX-Video", "abc1")
    )
    assert engine_config("ltx:Lightricks/LTX-Video", ENGINES).source.revision is None


def test_known_weights_are_named_as_the_list_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert engine_config("wan-vace:14b", ENGINES).source == Source("Wan-AI/Wan2.1-VACE-14B-diffusers")
    assert engine_config("ltx:2b@v1", ENGINES).source == Source("Lightricks/LTX-Video-0.9.5", "v1")
    file = tmp_path / "engine.yaml"
    file.write_text("engine: wan-vace\nweights: 1.3b\nimages: flux2-klein:4b\n")
    config = engine_config(str(file), ENGINES)
    assert config.source == Source("Wan-AI/Wan2.1-VACE-1.3B-diffusers") and config.images is not None
    assert config.images.source == Source("black-forest-labs/FLUX.2-klein-4B")
    (tmp_path / "14b").mkdir()
    assert engine_config("wan-vace:14b", ENGINES).source == Source("14b")


def test_a_storyboard_in_place_of_an_engines_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("title: Goodbye\nscenes: []\n")
    assert "film.yaml is a storyboard, no engine's file. Fix: " in told(str(tmp_path / "film.yaml"))


def test_a_file_says_all_that_there_is(tmp_path: Path) -> None:
    (tmp_path / "weights" / "vace").mkdir(parents=True)
    file = tmp_path / "photographic.yaml"
    file.write_text(FILE)
    assert engine_config(str(file), ENGINES) == EngineConfig(
        engine="wan-vace",
        source=Source(str(tmp_path / "weights/vace")),
        variant="full",
        steps=30,
        guidance=4.5,
        transformer=tmp_path / "q4.gguf",
        transformer_2=tmp_path / "low.gguf",
        profile="group",
        control="depth",
        begin_with="drawing",
        loras=(Adapter(file=tmp_path / "loras/mara.safetensors", of="MARA", trigger="mrawmn", strength=0.8),),
        options=(("conditioning_scale", 0.9),),
        images=EngineConfig(engine="qwen-image", source=Source("Qwen/Qwen-Image", "v1")),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("steps: 30", "stepps: 30"), ":5: there is no setting 'stepps'; did you mean 'steps'? Fix: rename it."),
        (("steps: 30", "steps: many"), ":5: steps is 'many': input should be a valid integer"),
        (("control: depth", "control: deep"), ":9: control is 'deep': input should be"),
        (("engine: wan-vace", "engine: wan-vase"), ":2: no picture engine 'wan-vase'; did you mean 'wan-vace'? Fix:"),
        (("engine: wan-vace\n", ""), "'engine' is not said. Fix: add `engine: ...`."),
        (("trigger:", "triger:"), ":12: there is no setting 'triger'; did you mean 'trigger'? Fix: rename it."),
        (
            ("qwen-image:Qwen/Qwen-Image@v1", "qwen-image"),
            ":14: 'qwen-image' names no weights. Fix: say ENGINE:WEIGHTS",
        ),
        (
            ("images: qwen-image:Qwen/Qwen-Image@v1", "images: {engine: z-image, weights: a/b, control: depth}"),
            ":14: 'control' is of engines that make clips. Fix: leave it out under images.",
        ),
        (("loras:", "loras: ["), ": not YAML. Fix: one `name: value` on each line."),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    file = tmp_path / "photographic.yaml"
    file.write_text(FILE.replace(*change))
    assert sentence in told(str(file))


def test_files_are_found_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "mine.yaml").write_text(FILE.replace("q4.gguf", "~/q4.gguf").replace("loras/mara", "~/mara"))
    config = engine_config(str(tmp_path / "mine.yaml"), ENGINES)
    assert config.transformer == tmp_path / "home" / "q4.gguf"
    assert config.loras[0].file == tmp_path / "home" / "mara.safetensors"


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    assert "No such file or directory. Fix: give the path of an engine's file." in told(str(tmp_path / "gone.yaml"))
    for text, sentence in (
        ("", ":1: it names no engine. Fix: begin with"),
        ("- a", ":1: it names no engine."),
        ("engine: &a x\nweights: *a", "has aliases (*name), which are not read. Fix: write it out."),
        ("engine: x\n" + "#" * 200_000, "is too long for an engine's file."),
    ):
        (tmp_path / "odd.yaml").write_text(text)
        assert sentence in told(str(tmp_path / "odd.yaml"))
    (tmp_path / "odd.yaml").write_bytes(b"\xff\xfe\x00")
    assert "is no text in UTF-8. Fix: save it as one." in told(str(tmp_path / "odd.yaml"))


def test_names_that_are_none_are_told() -> None:
    assert "names no weights. Fix: say ltx:FOLDER, or ltx:REPOSITORY" in told("ltx")
    assert "no picture engine 'wann-vace'; did you mean 'wan-vace'? Fix: one of" in told("wann-vace:x")
    with pytest.raises(WorkprintError, match="no picture back end 'prewiz'; did you mean 'previz'"):
        backend_of("prewiz")
    assert backend_of("ltx:Lightricks/LTX-Video").name == "ltx"
