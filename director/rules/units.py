"""The scenes of a film to be: a script's scenes in order, a telephone scene cut to and fro as several.

What stands before the first heading joins the first scene when it plays nothing. Beats keep the script's order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from director.rules.beats import Beat, Caption, Speech, Way, is_intercut, is_montage, is_split, read_beats
from director.rules.cast import Cast
from director.rules.places import PlaceBook, Setting
from director.rules.props import PropBook
from director.rules.reading import Happening, Reader
from director.rules.sheet import Talk
from director.rules.split import OtherEnd, at_both_ends
from director.rules.text import plain
from director.script import Scene, Script
from shots.source import SourceSpan

__all__ = ["Unit", "page_eighths", "units_of"]


@dataclass
class Unit:
    """A scene of the film to be: a script's scene, or one side of an intercut."""

    heading: str
    span: SourceSpan | None
    setting: Setting
    beats: list[Beat]
    eighths: int | None
    montage: bool
    talk: Talk
    other_end: OtherEnd | None = None  # of a call on a split screen


def units_of(script: Script, cast: Cast, props: PropBook, places: PlaceBook) -> list[Unit]:
    """The scenes to film in order."""
    reader = Reader(cast, props)
    homes: dict[str, str] = {}
    units: list[Unit] = []
    prologue: list[Beat] = []
    settings: dict[str, Setting] = {}
    intercut = 0
    for scene in script.scenes():
        reader.forget()
        present: list[str] = []
        beats = read_beats(script, scene.elements, cast, reader, present)
        told = [beat.text for beat in beats if isinstance(beat, Happening)]
        if scene.heading is None and not present and not any(isinstance(beat, Speech) for beat in beats):
            prologue = [Caption(b.text, b.span) if isinstance(b, Happening) else b for b in beats]
            continue
        heading = plain(scene.heading.text) if scene.heading else None
        number = scene.heading.scene_number if scene.heading else None
        setting = places.enter(heading, number, " ".join(told), " ".join(told[:2]))
        unit = Unit(
            heading=heading or "SOMEWHERE",
            span=script.span(scene.heading) if scene.heading else None,
            setting=setting,
            beats=[*prologue, *beats],
            eighths=page_eighths(scene),
            montage=is_montage(heading or "") or any(isinstance(b, Caption) and is_montage(b.text) for b in beats[:2]),
            talk=Talk(sum(isinstance(beat, Speech) for beat in beats)),
        )
        prologue = []
        intercut = max(0, intercut - 1)
        opened = any(isinstance(beat, Way | Caption) and is_intercut(beat.text) for beat in beats)
        settings.setdefault(setting.place, setting)
        if any(isinstance(beat, Way | Caption) and is_split(beat.text) for beat in beats):
            unit.beats, unit.other_end = at_both_ends(unit.beats, setting.place, homes)
            present = [who for who in present if unit.other_end is None or who != unit.other_end.who]
        parts = _sides(unit, homes, settings, begun=intercut > 0) if intercut or opened else [unit]
        units.extend(parts)
        if len(parts) == 1:
            homes.update(dict.fromkeys(present, setting.place))
        if opened:
            last = next((b for b in reversed(beats) if not isinstance(b, Way) or is_intercut(b.text)), None)
            intercut = 2 if isinstance(last, Way | Caption) and is_intercut(last.text) else 0
    if prologue:
        setting = places.enter(None, None, "", "")
        units.append(Unit("SOMEWHERE", None, setting, prologue, None, False, Talk(0)))
    return units


def _sides(unit: Unit, homes: dict[str, str], settings: dict[str, Setting], *, begun: bool) -> list[Unit]:
    """A telephone scene cut to and fro: its beats in order, each where its speaker is, once it has `begun`."""
    here = unit.setting.place
    parts: list[tuple[str, list[Beat]]] = [(here, [])]
    for beat in unit.beats:
        where = parts[-1][0]
        begun = begun or (isinstance(beat, Way | Caption) and is_intercut(beat.text))
        if not begun:
            parts[-1][1].append(beat)
            continue
        if isinstance(beat, Speech) and beat.heard in ("on_screen", "phone"):
            where = homes.get(beat.speakers[0], here)
            beat = replace(beat, heard="on_screen", phone=True)
        elif isinstance(beat, Happening) and beat.named:
            where = homes.get(beat.named[0], here)
        if where == parts[-1][0] or where not in settings:
            parts[-1][1].append(beat)
        elif parts[-1][1]:
            parts.append((where, [beat]))
        else:
            parts[-1] = (where, [beat])
    units: list[Unit] = []
    for number, (place, beats) in enumerate(parts):
        setting = unit.setting if place == here else settings[place]
        if number or place != here:
            setting = replace(setting, new=False, continuous=True, later=False, number=None)
        heading = unit.heading if place == here else f"{'INT.' if setting.interior else 'EXT.'} {place} - CONTINUOUS"
        units.append(
            replace(unit, heading=heading, setting=setting, beats=beats, eighths=unit.eighths if not number else None)
        )
    return units


def page_eighths(scene: Scene) -> int:
    """A scene's length in eighths of a page of 55 lines, as it would be printed."""
    widths = {"action": 60, "dialogue": 35, "lyrics": 35, "paren": 25}
    lines = 2
    for element in scene.elements:
        if element.kind in ("note", "boneyard", "section", "synopsis", "pagebreak"):
            continue
        width = widths.get(element.kind, 60)
        wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in element.text)
        lines += max(1, -(-wide // width)) + (element.kind in ("action", "character", "transition", "centered"))
    return max(1, round(lines * 8 / 55))
