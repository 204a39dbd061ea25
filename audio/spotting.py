"""A cue sheet on paper: written as JSON and read back without loss, told from another.

The JSON has each cue's in and out in samples at 48 kHz beside its seconds; the seconds count when it is read. Nothing
is heard here, and no path is followed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, MusicCue
from audio.errors import SoundError

__all__ = ["Changes", "Cue", "changed", "dumps", "loads", "span_of"]

Cue = DialogueCue | AmbienceCue | EffectCue | MusicCue

_FORM = 1  # of the file
_RATE_HZ = 48_000
_STEMS = ("dialogue", "ambience", "effects", "music")
_SAME_S = 1e-6


def span_of(cue: Cue) -> tuple[float, float | None]:
    """When a cue begins and ends, in seconds; None where its sound says how long it is."""
    if isinstance(cue, AmbienceCue | MusicCue):
        return cue.start_s, cue.end_s
    return cue.start_s, None if cue.duration_s is None else cue.start_s + cue.duration_s


def dumps(cues: CueSheet) -> str:
    """The sheet as JSON text, a cue a line, ending in a newline; the same sheet gives the same text."""
    head = {"spotting": _FORM, "rate_hz": _RATE_HZ, "title": cues.title, "fps": cues.fps, "duration_s": cues.duration_s}
    lines = [f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in head.items()]
    for stem in _STEMS:
        written = ",\n".join(f"  {json.dumps(_written(cue), ensure_ascii=False)}" for cue in _cues(cues, stem))
        lines.append(f" {json.dumps(stem)}: [\n{written}\n ]" if written else f" {json.dumps(stem)}: []")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def loads(text: str, name: str = "the cue sheet") -> CueSheet:
    """The sheet that `dumps` wrote; `name` is the file it comes from, for errors.

    Raises:
        SoundError: it is no cue sheet of this form, or has a cue that is not one.
    """
    from pydantic import TypeAdapter, ValidationError

    try:
        sheet = json.loads(text, parse_constant=_refused)
    except ValueError as error:
        raise SoundError(f"{name} is not JSON ({error}). Fix: have it written again with `workprint sound`.") from None
    if not isinstance(sheet, dict) or sheet.pop("spotting", None) != _FORM:
        raise SoundError(f"{name} is no cue sheet of form {_FORM}. Fix: have it written again with `workprint sound`.")
    sheet.pop("rate_hz", None)
    for stem in _STEMS:
        for cue in sheet.get(stem) or ():
            if isinstance(cue, dict):
                cue.pop("in", None)
                cue.pop("out", None)
    try:
        read: CueSheet = TypeAdapter(CueSheet).validate_python(sheet)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SoundError(f"{name}: {where}: {first['msg']}. Fix: put that right, or have it written again.") from None
    return read


def _refused(constant: str) -> float:
    raise ValueError(f"it has a number that is none: {constant}")


def _written(cue: Cue) -> dict[str, Any]:
    start_s, end_s = span_of(cue)
    samples = {"in": round(start_s * _RATE_HZ), "out": None if end_s is None else round(end_s * _RATE_HZ)}
    plain = {key: str(value) if isinstance(value, Path) else value for key, value in asdict(cue).items()}
    return samples | plain


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What a recut does to a film's sound. `made` has to be made again; `moved` sounds as it did, at another time."""

    made: tuple[Cue, ...] = ()
    moved: tuple[Cue, ...] = ()
    dropped: tuple[Cue, ...] = ()  # of the old sheet

    def __bool__(self) -> bool:
        return bool(self.made or self.moved or self.dropped)


def changed(old: CueSheet, new: CueSheet) -> Changes:
    """Which cues of `new` differ from those of `old`, and which of `old` are gone, in the order of the sheets."""
    made: list[Cue] = []
    moved: list[Cue] = []
    dropped: list[Cue] = []
    for stem in _STEMS:
        before: dict[Cue, list[Cue]] = {}
        for cue in _cues(old, stem):
            before.setdefault(_from_its_start(cue), []).append(cue)
        for cue in _cues(new, stem):
            alike = before.get(_from_its_start(cue), [])
            if not alike:
                made.append(cue)
                continue
            nearest = min(alike, key=lambda was: abs(was.start_s - cue.start_s))
            alike.remove(nearest)
            if abs(nearest.start_s - cue.start_s) > _SAME_S:
                moved.append(cue)
        dropped += [cue for rest in before.values() for cue in rest]
    return Changes(made=tuple(made), moved=tuple(moved), dropped=tuple(dropped))


def _cues(sheet: CueSheet, stem: str) -> Sequence[Cue]:
    found: Sequence[Cue] = getattr(sheet, stem)
    return found


def _from_its_start(cue: Cue) -> Cue:
    """A cue as it sounds, wherever it stands: its times counted from its beginning, to a millionth of a second."""

    def at(time_s: float) -> float:
        return round(time_s - cue.start_s, 6)

    if isinstance(cue, AmbienceCue):
        return replace(cue, start_s=0.0, end_s=at(cue.end_s))
    if isinstance(cue, MusicCue):
        return replace(
            cue,
            start_s=0.0,
            end_s=at(cue.end_s),
            tension=tuple((at(time_s), level) for time_s, level in cue.tension),
            hits=tuple(replace(hit, time_s=at(hit.time_s)) for hit in cue.hits),
            spoken=tuple((at(start_s), at(end_s)) for start_s, end_s in cue.spoken),
            silences=tuple((at(start_s), at(end_s)) for start_s, end_s in cue.silences),
            path=None,  # made from the rest
            title="",  # a number in a list
        )
    return replace(cue, start_s=0.0)
