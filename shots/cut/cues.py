"""The cue sheet of a cut: what is heard when, in seconds of the film.

A line keeps its time within its shot, wherever the cut puts the shot. Sounds named in a shot fall into its
silences. Nothing is heard here: `audio.mix` does that.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue
from audio.speech import SpokenLine
from shots.blocking.geometry import ShotGeometry
from shots.cut.timeline import Cut, CutItem
from shots.spec import Character, Scene, Shot, Storyboard
from shots.timing import ShotTiming

__all__ = ["cue_sheet"]

_AIR_BEFORE_S = 0.6  # a place is heard before it is seen, and a little after
_AIR_AFTER_S = 0.9
_FIRST_SOUND_AT = 0.3  # of the shot's length
_WIDEST_PAN = 0.6  # someone at the edge of the frame; sound stays nearer to the middle than the picture
_SOUND_S = 0.6  # the silence that a sound looks for


def cue_sheet(
    cut: Cut,
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    spoken: Mapping[tuple[str, int], SpokenLine],
    geometry: Mapping[str, ShotGeometry] | None = None,
) -> CueSheet:
    """All cues of a cut.

    `spoken` has the voices by (shot id, line index); a line without one is silent. `geometry` places
    voices from left to right and near to far; without it they stand in the middle.
    """
    cast = {character.id: character for character in storyboard.cast}
    shots = {shot.id: shot for shot in storyboard.shots() if shot.id is not None}
    dialogue: list[DialogueCue] = []
    effects: list[EffectCue] = []
    for item in cut.items:
        shot = shots.get(item.shot)
        if shot is None:
            continue
        seen = (geometry or {}).get(item.shot)
        timing = timings[item.shot]
        dialogue += _dialogue(cut, item, shot, timing, spoken, cast, seen, storyboard.language)
        effects += _effects(cut, item, shot, timing, seen)
    return CueSheet(
        duration_s=cut.duration_s,
        dialogue=tuple(dialogue),
        ambience=_ambience(cut, storyboard),
        effects=tuple(effects),
        title=cut.title,
    )


def _dialogue(
    cut: Cut,
    item: CutItem,
    shot: Shot,
    timing: ShotTiming,
    spoken: Mapping[tuple[str, int], SpokenLine],
    cast: Mapping[str, Character],
    seen: ShotGeometry | None,
    language: str,
) -> list[DialogueCue]:
    cues = []
    for timed in timing.lines:
        line = shot.lines[timed.index]
        voice = spoken.get((item.shot, timed.index))
        if voice is None:
            continue
        character = cast.get(line.character)
        pan, distance_m = (0.0, 1.0) if line.heard == "voice_over" else _heard_at(line.character, seen)
        cues.append(
            DialogueCue(
                speaker=(character.name if character and character.name else line.character.title()),
                text=line.text,
                path=voice.path,
                start_s=item.start_frame / cut.fps + timed.start_s,
                duration_s=voice.duration_s,
                words=voice.words,
                heard=line.heard,
                pan=pan,
                distance_m=distance_m,
                language=(character.voice.language if character and character.voice.language else language),
            )
        )
    return cues


def _heard_at(character: str, seen: ShotGeometry | None) -> tuple[float, float]:
    """Pan and distance of a voice."""
    if seen is None:
        return 0.0, 1.5
    person = next((p for p in seen.people if p.character == character), None)
    if person is None:
        return 0.0, max(1.0, seen.camera_distance_m)
    across = min(1.5, max(-0.5, person.x)) if person.visible else round(min(1.0, max(0.0, person.x)))
    return (2 * across - 1) * _WIDEST_PAN, max(0.5, seen.camera_distance_m)


def _effects(cut: Cut, item: CutItem, shot: Shot, timing: ShotTiming, seen: ShotGeometry | None) -> list[EffectCue]:
    cues = []
    for number, name in enumerate(shot.sounds):
        wanted_s = timing.duration_s * (_FIRST_SOUND_AT + (1 - _FIRST_SOUND_AT) * number / len(shot.sounds))
        cues.append(
            EffectCue(
                name=name,
                start_s=item.start_frame / cut.fps + _quiet_time(wanted_s, timing),
                distance_m=max(0.5, seen.camera_distance_m) if seen else 2.0,
                seed=crc32(f"{item.shot} {number} {name}".encode()),
            )
        )
    return cues


def _quiet_time(wanted_s: float, timing: ShotTiming) -> float:
    """The time nearest to `wanted_s` that leaves a sound room between the lines; `wanted_s` when there is none."""
    silences, from_s = [], 0.0
    for line in sorted(timing.lines, key=lambda line: line.start_s):
        silences.append((from_s, line.start_s))
        from_s = max(from_s, line.start_s + line.duration_s)
    silences.append((from_s, timing.duration_s))
    nearest = [
        min(max(wanted_s, start_s), end_s - _SOUND_S) for start_s, end_s in silences if end_s - start_s >= _SOUND_S
    ]
    return min(nearest, key=lambda time_s: abs(time_s - wanted_s), default=wanted_s)


def _ambience(cut: Cut, storyboard: Storyboard) -> tuple[AmbienceCue, ...]:
    places = {place.id: place for place in storyboard.places}
    spans: list[tuple[Scene, float, float]] = []
    placed = {item.shot: item for item in cut.items if item.shot}
    scenes = [(scene, [placed[shot.id] for shot in scene.shots if shot.id in placed]) for scene in storyboard.scenes]
    played = [(scene, items) for scene, items in scenes if items]
    for number, (scene, items) in enumerate(played):
        start_s = items[0].start_frame / cut.fps - (_AIR_BEFORE_S if number == 0 else 0.0)
        end_s = items[-1].end_frame / cut.fps + (_AIR_AFTER_S if number == len(played) - 1 else 0.0)
        spans.append((scene, max(0.0, start_s), min(cut.duration_s, end_s)))
    cues = []
    for scene, start_s, end_s in spans:
        place = places.get(scene.place or "")
        interior = bool(place and place.interior)
        cues.append(
            AmbienceCue(
                place_kind=(place.kind if place and place.kind else "living_room" if interior else "street"),
                interior=interior,
                start_s=start_s,
                end_s=end_s,
                weather=scene.weather or "clear",
                hour=scene.hour or "day",
                seed=crc32((scene.place or scene.heading).encode()),
            )
        )
    return tuple(cues)
