"""What `--picture` says of a pretrained engine: ENGINE:WEIGHTS, or a YAML file that says more of it.

    engine: wan-vace
    weights: Wan-AI/Wan2.1-VACE-1.3B-diffusers     # a folder, or a repository of the hub
    revision: main
    control: depth
    steps: 30
    loras:
      - {file: loras/mara.safetensors, of: MARA, trigger: mrawmn}
    images: qwen-image:models/qwen-image

Paths are from the file's own folder. Nothing is loaded here, and nothing looked up: what weights are there is the
back end's to tell.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.engine import Control
from model.hub.known import named
from shots.errors import WorkprintError, near_name

__all__ = ["ENGINE_FILES", "engine_config", "source_of"]

ENGINE_FILES = (".yaml", ".yml")
"""How an engine's file is named."""

_LARGEST_BYTES = 100_000
_OF_CLIPS = frozenset({"control", "begin_with", "images"})
"""What nothing is made of where single pictures are."""
_OF_STORYBOARDS = frozenset({"title", "scenes"})
Value = int | float | str


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class _Lora(_Strict):
    file: str
    of: str = ""
    trigger: str = ""
    strength: Annotated[float, Field(ge=-4, le=4)] = 1.0


class _Engine(_Strict):
    engine: str
    weights: str
    revision: str | None = None
    variant: str | None = None
    steps: Annotated[int, Field(ge=1, le=200)] | None = None
    guidance: Annotated[float, Field(ge=0, le=50)] | None = None
    transformer: str | None = None
    transformer_2: str | None = None
    profile: str | None = None
    control: Control | Literal["none"] | None = None
    begin_with: Literal["nothing", "drawing"] = "nothing"
    loras: tuple[_Lora, ...] = ()
    options: dict[str, Value] = Field(default_factory=dict)
    images: str | _Engine | None = None


def engine_config(name: str, engines: tuple[str, ...]) -> EngineConfig:
    """The config that `--picture NAME` asks for; `engines` are those there are.

    Raises:
        WorkprintError: a file cannot be read or says what no engine knows; there is no such engine.
    """
    if name.lower().endswith(ENGINE_FILES):
        return _config(_read(Path(name)), Path(name), engines)
    engine, _, weights = name.partition(":")
    _known(engine, engines, f"--picture {name}")
    if not weights:
        raise WorkprintError(
            f"--picture {name} names no weights. Fix: say {engine}:FOLDER, or {engine}:REPOSITORY; "
            f"`workprint weights list {engine}` tells which there are."
        )
    return EngineConfig(engine=engine, source=_source_for(engine, weights, Path()))


def _source_for(engine: str, weights: str, beside: Path, revision: str | None = None) -> Source:
    """Where an engine's weights are, which `workprint weights list` may have a short name for: wan-vace:14b."""
    name, _, said = weights.partition("@")
    known = None if (beside / Path(weights).expanduser()).exists() else named(f"{engine}:{name}")
    return Source(known.repository, revision or said or None) if known else source_of(weights, beside, revision)


def source_of(weights: str, beside: Path, revision: str | None = None) -> Source:
    """Where weights are: a folder from `beside`, or a repository, whose revision may stand behind an @."""
    if (beside / Path(weights).expanduser()).exists() or _is_path(weights):
        return Source(str(beside / Path(weights).expanduser()), revision)
    repository, _, said = weights.partition("@")
    return Source(repository, revision or said or None)


def _is_path(weights: str) -> bool:
    """Whether it can only be a path: a repository is OWNER/NAME."""
    return weights.startswith((".", "/", "~", "\\")) or "\\" in weights or weights.count("/") != 1


def _read(path: Path) -> tuple[_Engine, dict[tuple[str | int, ...], int]]:
    """What a file says, and on which line each thing stands."""
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST_BYTES + 1).decode("utf-8")
    except OSError as error:
        raise WorkprintError(f"{path}: {error.strerror}. Fix: give the path of an engine's file.") from None
    except UnicodeDecodeError:
        raise WorkprintError(f"{path} is no text in UTF-8. Fix: save it as one.") from None
    if len(text) > _LARGEST_BYTES:
        raise WorkprintError(f"{path} is too long for an engine's file. Fix: give the path of one.")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise WorkprintError(f"{path} has aliases (*name), which are not read. Fix: write it out.")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        said = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise WorkprintError(f"{path}:{line}: not YAML. Fix: one `name: value` on each line.") from None
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    if root is not None:
        _mark_lines(root, (), lines)
    if not isinstance(said, dict):
        raise WorkprintError(f"{path}:1: it names no engine. Fix: begin with `engine: wan-vace` and `weights: ...`.")
    if "engine" not in said and _OF_STORYBOARDS & said.keys():
        raise WorkprintError(
            f"{path} is a storyboard, no engine's file. Fix: name it before --picture, and an engine's file behind it."
        )
    try:
        return _reader().validate_python(said), lines
    except ValidationError as error:
        raise WorkprintError(_sentence(path, lines, cast("dict[str, Any]", error.errors()[0]))) from None


@cache
def _reader() -> TypeAdapter[_Engine]:
    return TypeAdapter(_Engine)


def _mark_lines(node: yaml.Node, at: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*at, str(key.value))
            lines[place] = key.start_mark.line + 1
            _mark_lines(value, place, lines)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines[*at, number] = value.start_mark.line + 1
            _mark_lines(value, (*at, number), lines)


def _sentence(path: Path, lines: dict[tuple[str | int, ...], int], problem: dict[str, Any]) -> str:
    """The first thing wrong: file, line, what, the fix."""
    loc: tuple[str | int, ...] = ()
    for part in problem["loc"]:  # what pydantic calls a choice's parts stands nowhere in the file
        loc = (*loc, part) if (*loc, part) in lines else loc
    line = lines[loc]
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "it")
    if problem["type"] == "extra_forbidden":
        fields = tuple((_Lora if "loras" in loc else _Engine).model_fields)
        near = near_name(name, fields)
        fix = "rename it" if near else f"leave it out; there are {', '.join(fields)}"
        return f"{path}:{line}: there is no setting '{name}'{near} Fix: {fix}."
    if problem["type"] == "missing":
        name = str(problem["loc"][-1])
        return f"{path}:{line}: '{name}' is not said. Fix: add `{name}: ...`."
    told = str(problem["msg"])
    return f"{path}:{line}: {name} is {problem['input']!r}: {told[:1].lower()}{told[1:]}. Fix: mend the value."


def _config(
    read: tuple[_Engine, dict[tuple[str | int, ...], int]],
    path: Path,
    engines: tuple[str, ...],
    at: tuple[str | int, ...] = (),
) -> EngineConfig:
    said, lines = read
    where = f"{path}:{lines.get((*at, 'engine'), 1)}"
    if not at:
        _known(said.engine, engines, where)
    for name in said.model_fields_set & _OF_CLIPS if at else ():
        raise WorkprintError(
            f"{path}:{lines[*at, name]}: '{name}' is of engines that make clips. Fix: leave it out under images."
        )
    folder = path.parent
    images: EngineConfig | None = None
    if isinstance(said.images, str):
        engine, _, weights = said.images.partition(":")
        if not weights:
            raise WorkprintError(
                f"{path}:{lines.get((*at, 'images'), 1)}: '{said.images}' names no weights. Fix: say ENGINE:WEIGHTS."
            )
        images = EngineConfig(engine=engine, source=_source_for(engine, weights, folder))
    elif said.images is not None:
        images = _config((said.images, lines), path, engines, (*at, "images"))
    return EngineConfig(
        engine=said.engine,
        source=_source_for(said.engine, said.weights, folder, said.revision),
        variant=said.variant,
        steps=said.steps,
        guidance=said.guidance,
        transformer=_path(said.transformer, folder),
        transformer_2=_path(said.transformer_2, folder),
        profile=said.profile,
        control=said.control,
        begin_with=said.begin_with,
        loras=tuple(
            Adapter(file=folder / Path(one.file).expanduser(), of=one.of, trigger=one.trigger, strength=one.strength)
            for one in said.loras
        ),
        options=tuple(said.options.items()),
        images=images,
    )


def _path(said: str | None, folder: Path) -> Path | None:
    return None if said is None else folder / Path(said).expanduser()


def _known(engine: str, engines: tuple[str, ...], where: str) -> None:
    if engine not in engines:
        near = near_name(engine, engines) or "."
        raise WorkprintError(f"{where}: no picture engine '{engine}'{near} Fix: one of {', '.join(engines)}.")
