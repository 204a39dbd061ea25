"""A cue sheet printed as a spotting list: scene by scene, what is heard from when to when, as an editor reads it.

Markdown only. Steps that follow each other are one row; sounds that lie in one another are not folded into anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, MusicCue, Room
from audio.spotting import Cue, span_of

__all__ = ["spotting_list", "timecode"]

_HEARD = {"on_screen": "", "off_screen": "O.S.", "voice_over": "V.O.", "phone": "phone", "radio": "radio"}
_HITS: Mapping[str, str] = {
    "cut": "the cut at",
    "scene": "the new scene at",
    "turn": "the turn at",
    "smash": "the smash cut at",
    "end": "the end at",
}
_STEP_GAP_S = 1.3  # from one step to the next of the same walk
_STEP = re.compile(r"\b(?:foot)?steps?\b|\bhoof\b")
_SILENT_S = 2.0  # a shorter rest is a breath
_SHORT_S = 1.0  # of a sound that does not say how long it is
_SOFT, _HARD = 0.3, 0.7
_CENTRE = 0.05
_COLUMNS = ("in", "out", "stem", "what", "who", "shot", "pan", "distance", "room")
_ORDER: tuple[type[Cue], ...] = (AmbienceCue, MusicCue, EffectCue, DialogueCue)  # of cues that begin at once


def spotting_list(cues: CueSheet, headings: Mapping[str, str] | None = None) -> str:
    """The list as Markdown, ending in a newline.

    `headings` has the slugline of each shot, by its id, in the order of the film; with it the list has a part for
    each scene, and without it is one table.
    """
    parts = _parts(cues, headings or {})
    lines = [f"# {_plain(cues.title) or 'Film'}: spotting list", "", _summary(cues), ""]
    for heading, rows in parts:
        if heading:
            lines += [f"## {_plain(heading)}", ""]
        lines += [_row(_COLUMNS), _row(["---"] * len(_COLUMNS)), *(_row(_told(row, cues.fps)) for row in rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def timecode(time_s: float, fps: int) -> str:
    """`hours:minutes:seconds:frames`, to the nearest frame; a time before the film counts as its beginning."""
    frames = max(0, round(time_s * fps))
    seconds, frame = divmod(frames, fps)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frame:02}"


@dataclass(frozen=True)
class _Silence:
    """When nothing is heard but the place."""

    start_s: float
    end_s: float
    place: AmbienceCue


@dataclass(frozen=True)
class _Run:
    """Cues in one row: steps of a walk, or just one cue."""

    cues: tuple[Cue, ...]

    @property
    def first(self) -> Cue:
        return self.cues[0]


def _parts(cues: CueSheet, headings: Mapping[str, str]) -> list[tuple[str, list[_Run | _Silence]]]:
    """The rows by scene, each scene's in order of time."""
    part_of: dict[str, int] = {}
    names: list[str] = []
    for shot, heading in headings.items():
        if not names or names[-1] != heading:
            names.append(heading)
        part_of[shot] = len(names) - 1
    parts: list[list[_Run | _Silence]] = [[] for _ in names] or [[]]
    everything: list[Cue] = [*cues.ambience, *cues.music, *cues.effects, *cues.dialogue]
    for run in _runs(sorted(everything, key=lambda cue: (cue.start_s, _ORDER.index(type(cue))))):
        parts[part_of.get(run.first.shot, 0)].append(run)
    for silence in _silences(cues):
        part = parts[part_of.get(silence.place.shot, 0)]
        after = sum(
            (row.start_s if isinstance(row, _Silence) else row.first.start_s) <= silence.start_s for row in part
        )
        part.insert(after, silence)
    return [(name, rows) for name, rows in zip(names or [""], parts, strict=True) if rows]


def _silences(cues: CueSheet) -> list[_Silence]:
    """The stretches without a word, an effect or music; each in the place that is heard there."""
    sounds: list[Cue] = [*cues.dialogue, *cues.effects, *cues.music]
    sounding = sorted((span_of(cue)[0], span_of(cue)[1] or span_of(cue)[0] + _SHORT_S) for cue in sounds)
    found: list[_Silence] = []
    from_s = 0.0
    for start_s, end_s in (*sounding, (cues.duration_s, cues.duration_s)):
        middle_s = (from_s + start_s) / 2
        place = next((p for p in reversed(cues.ambience) if p.start_s <= middle_s < p.end_s), None)
        if start_s - from_s >= _SILENT_S and place is not None:
            found.append(_Silence(from_s, start_s, place))
        from_s = max(from_s, end_s)
    return found


def _runs(cues: Sequence[Cue]) -> list[_Run]:
    """The cues in order, steps of one walk together."""
    runs: list[_Run] = []
    walks: dict[tuple[str, str, str], int] = {}
    for cue in cues:
        if not isinstance(cue, EffectCue) or _STEP.search(cue.name) is None:
            runs.append(_Run((cue,)))
            continue
        walk = (cue.name, cue.who, cue.shot)
        at = walks.get(walk)
        if at is not None and cue.start_s - runs[at].cues[-1].start_s <= _STEP_GAP_S:
            runs[at] = _Run((*runs[at].cues, cue))
        else:
            walks[walk] = len(runs)
            runs.append(_Run((cue,)))
    return runs


def _told(run: _Run | _Silence, fps: int) -> list[str]:
    """A row's cells."""
    if isinstance(run, _Silence):
        times = [timecode(run.start_s, fps), timecode(run.end_s, fps)]
        return [*times, "SIL", "the place alone", "", "", "", "", _room(run.place.room)]
    cue, last = run.first, run.cues[-1]
    end_s = span_of(last)[1]
    if end_s is None and last is not cue:
        end_s = last.start_s
    stem, what, who = _what(run, fps)
    shot = cue.shot if not isinstance(cue, DialogueCue) or cue.line is None else f"{cue.shot} line {cue.line + 1}"
    pan = distance = room = ""
    if isinstance(cue, DialogueCue | EffectCue):
        distance = f"{cue.distance_m:.1f} m"
        to = last.pan_end if isinstance(last, EffectCue) and last.pan_end is not None else None
        to = last.pan if to is None and isinstance(last, EffectCue) and last is not cue else to
        pan = _side(cue.pan) if to is None or _side(to) == _side(cue.pan) else f"{_side(cue.pan)} → {_side(to)}"
    if not isinstance(cue, MusicCue):
        room = _room(cue.room)
    out = "" if end_s is None else timecode(end_s, fps)
    return [timecode(cue.start_s, fps), out, stem, what, who, shot, pan, distance, room]


def _what(run: _Run, fps: int) -> tuple[str, str, str]:
    """The stem, what is heard, and whose it is."""
    cue = run.first
    if isinstance(cue, DialogueCue):
        from_where = f" ({_HEARD[cue.heard]})" if _HEARD[cue.heard] else ""
        return "DIA", f"“{cue.text}”{from_where}", cue.speaker
    if isinstance(cue, EffectCue):
        many = len(run.cues)
        name = cue.name if many == 1 else f"{many} × {cue.name}"
        how = [f"on {cue.surface}"] if cue.surface else []
        how += ["soft"] if cue.force <= _SOFT else ["hard"] if cue.force >= _HARD else []
        how += ["as written"] if cue.source == "script" else []
        return "FX", ", ".join([name, *how]), cue.who
    if isinstance(cue, AmbienceCue):
        where = cue.place_kind.replace("_", " ")
        people = f", {cue.crowd} people" if cue.crowd else ""
        sky = "" if cue.weather == "clear" else f", {cue.weather}" + (" outside" if cue.interior else "")
        fades = f"; in {cue.fade_in_s:.1f} s, out {cue.fade_out_s:.1f} s"
        hour = cue.hour.replace("_", " ")
        return "AMB", f"{where}, {'interior' if cue.interior else 'exterior'}, {hour}{sky}{people}{fades}", ""
    return "MUS", _music(cue, fps), ", ".join(cue.themes)


def _music(cue: MusicCue, fps: int) -> str:
    met = "; ".join(f"{_HITS[hit.kind]} {timecode(hit.time_s, fps)}" for hit in cue.hits if hit.kind != "end")
    parts = [f"{cue.title} {cue.mood}".strip(), *([f"meets {met}"] if met else [])]
    for start_s, end_s in cue.silences:
        parts.append(f"silent {timecode(start_s, fps)} to {timecode(end_s, fps)}")
    ends = {"resolved": "resolves", "open": "ends open", "cut": "cut dead"}[cue.ends]
    return ", ".join([*parts, ends])


def _summary(cues: CueSheet) -> str:
    scored_s = sum(cue.end_s - cue.start_s for cue in cues.music)
    share = round(100 * scored_s / cues.duration_s) if cues.duration_s else 0
    counts = [
        _count(len(cues.dialogue), "line"),
        _count(len(cues.effects), "effect"),
        _count(len(cues.ambience), "place"),
        f"{_count(len(cues.music), 'music cue')} ({share} % of the film)",
    ]
    return f"{timecode(cues.duration_s, cues.fps)} at {cues.fps} frames per second: {', '.join(counts)}."


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _side(pan: float) -> str:
    if abs(pan) < _CENTRE:
        return "centre"
    return f"{'left' if pan < 0 else 'right'} {round(abs(pan) * 100)}"


def _room(room: Room) -> str:
    if room.outdoors:
        return f"open air, {room.floor} ground"
    width, depth, height = room.size_m
    return f"{width:g} × {depth:g} × {height:g} m, {room.walls} walls"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(cell) for cell in cells) + " |"


def _plain(text: str) -> str:
    """Text that stays in its cell."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
