"""Split screens: a telephone call whose two ends are seen at once, where the script says SPLIT SCREEN.

The talk plays in one picture; what else happens keeps its own shots. Whose home is where is the caller's to know.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from director.rules.beats import Beat, Caption, Speech, Way, is_split
from director.rules.reading import Happening
from director.rules.text import join
from shots.spec import Presence, Scene, Shot, Split

__all__ = ["OtherEnd", "at_both_ends", "split_talk", "with_scenes"]

_MOST_LINES = 8  # in one split screen


@dataclass(frozen=True)
class OtherEnd:
    """Who is at the other end of a call, and in which place."""

    who: str
    place: str


def at_both_ends(beats: Sequence[Beat], here: str, homes: Mapping[str, str]) -> tuple[list[Beat], OtherEnd | None]:
    """A scene's beats with the far end heard over the telephone once the screen is split, and who that is."""
    begun = False
    other: OtherEnd | None = None
    homes = _homes(beats, homes)
    out: list[Beat] = []
    for told in beats:
        beat = told
        begun = begun or (isinstance(beat, Way | Caption) and is_split(beat.text))
        if begun and isinstance(beat, Speech) and beat.heard in ("on_screen", "phone"):
            home = homes.get(beat.speakers[0], here)
            if home != here:
                other = other or OtherEnd(beat.speakers[0], home)
            beat = replace(beat, heard="on_screen" if home == here else "phone", phone=home == here)
        elif begun and isinstance(beat, Happening) and any(homes.get(who, here) != here for who in beat.named):
            beat = Caption(beat.text, beat.span)  # what is done there is not seen apart from the talk
        out.append(beat)
    return out, other


def _homes(beats: Sequence[Beat], homes: Mapping[str, str]) -> Mapping[str, str]:
    """Where everyone is: who acts here before the screen is split is here, wherever they were before."""
    begins = next((i for i, b in enumerate(beats) if isinstance(b, Way | Caption) and is_split(b.text)), len(beats))
    here = {deed.who for beat in beats[:begins] if isinstance(beat, Happening) for deed in beat.deeds}
    talking = {who for beat in beats[begins:] if isinstance(beat, Speech) for who in beat.speakers}
    return {who: home for who, home in homes.items() if who not in here} if talking - here else homes


def split_talk(shots: Sequence[Shot], other: OtherEnd, phone: str | None) -> list[Shot]:
    """The shots with every run of talk as one split screen; silent looks within the talk fall away."""
    out: list[Shot] = []
    run: list[Shot] = []
    for shot in (*shots, None):
        talks = shot is not None and any(line.heard in ("on_screen", "phone") for line in shot.lines)
        looks = shot is not None and bool(run) and not shot.lines and shot.coverage == "reaction"
        full = sum(len(each.lines) for each in run) >= _MOST_LINES
        if run and (full or not (talks or looks)):
            out.append(_joined(run, other, phone))
            run = []
        if shot is not None and (talks or looks):
            run.append(shot)
        elif shot is not None:
            out.append(shot)
    return out


def _joined(run: Sequence[Shot], other: OtherEnd, phone: str | None) -> Shot:
    lines = tuple(replace(line, heard="on_screen") for shot in run for line in shot.lines)
    first = run[0]
    speakers = [line.character for line in lines if line.character != other.who]
    here = next(iter([*speakers, *(p.character for p in first.people)]), None)
    people = tuple(
        replace(p, act="phone", looks_at=None, holds=p.holds[-1:]) if p.character == here else p for p in first.people
    )
    end = Presence(character=other.who, act="phone", holds=(phone,) if phone else ())
    return replace(
        first,
        coverage="split_screen",
        size="MCU",
        move="static",
        over=None,
        subjects=(here, other.who) if here else (other.who,),
        people=people,
        beside=Split(scene=other.place, people=(end,)),
        action=join(shot.action for shot in run if shot.lines),
        lines=lines,
        duration_s=None,
        motive="both ends of the call at once",
        source=tuple(dict.fromkeys(span for shot in run for span in shot.source)),
    )


def with_scenes(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """Scenes with their ids, so that split screens can name the scene in whose place the other end is."""
    if not any(shot.beside for scene in scenes for shot in scene.shots):
        return tuple(scenes)
    named = [replace(scene, id=f"S{number}") for number, scene in enumerate(scenes, start=1)]

    def resolved(shot: Shot) -> Shot:
        beside = shot.beside
        if beside is None:
            return shot
        who = beside.people[0].character
        at = [s for s in named if s.place == beside.scene]
        met = next((s for s in at if any(p.character == who for p in s.people)), None)
        scene = met or next(iter(at), None)
        return replace(shot, beside=replace(beside, scene=scene.id or "") if scene is not None else None)

    return tuple(replace(scene, shots=tuple(map(resolved, scene.shots))) for scene in named)
