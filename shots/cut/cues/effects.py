"""Effects under a cut: what the stage shows to happen, what the script names, and what animals say.

What is named and shown is one event, heard once: by the script's name, at the stage's time. What is named and not
shown falls into a silence near its place in the action line. A telephone rings on until it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from audio.cues import EffectCue, Surface
from shots.blocking.heard import StageSound
from shots.cut.cues.dialogue import animal_sound
from shots.cut.cues.events import family_of, force_of, goes_on, is_personal, named_in, repeats_of
from shots.cut.cues.lasting import joined
from shots.cut.cues.placed import Placed, scenes_of, seen_at
from shots.spec import Storyboard
from shots.story.names import mentions, named_at

__all__ = ["effect_cues"]

_SOUND_S = 0.6  # the silence that a sound looks for
_FIRST_PART = 0.12  # of a shot's length, before which nothing happens that is not seen to
_LAST_PART = 0.85
_UNTOLD_PART = 0.3  # where the first sound falls that no word of the action places
_AGAIN_S = 0.55  # from one bark to the next
_LASTS_S = 8.0  # the longest that a sound goes on for
_FOLEY_DB = 6.0  # what is seen is heard: steps and hands are nearer than they are, as a foley stage records them
_RINGS_EVERY_S, _RINGS = 4.0, 4
_RING_BEHIND_DB = -5.0  # a ring that goes on under another picture
_OFF_SCREEN_M = 4.0
_UNSEEN_M = 6.0  # what nobody in the picture makes
_FALLING = frozenset({"rain", "storm"})


def effect_cues(
    placed: Sequence[Placed], storyboard: Storyboard, heard: Mapping[str, Sequence[StageSound]]
) -> tuple[EffectCue, ...]:
    """The single sounds of a cut in order of time."""
    cues: list[EffectCue] = []
    before: Placed | None = None
    for scene in scenes_of(placed):
        for number, shot in enumerate(scene):
            told = _told_before(before, shot)
            cues += _of_shot(shot, heard.get(shot.id, ()), storyboard, told, scene[number + 1 :])
            before = shot
    return tuple(joined(cues))


def _told_before(before: Placed | None, placed: Placed) -> frozenset[str]:
    """The sounds that the shot before has of the same words of the script: one happening seen in two shots."""
    if before is None or before.shot.action != placed.shot.action or before.shot.source != placed.shot.source:
        return frozenset()
    return frozenset(before.shot.sounds) if placed.shot.action else frozenset()


def _of_shot(
    placed: Placed,
    stage: Sequence[StageSound],
    storyboard: Storyboard,
    told: frozenset[str],
    following: Sequence[Placed],
) -> list[EffectCue]:
    kept, placed = placed, placed.untrimmed
    shown = [sound for sound in stage if 0 <= sound.start_s < placed.timing.duration_s]
    cues: list[EffectCue] = []
    for number, name in enumerate(placed.shot.sounds):
        if name in told or (name == "rain" and placed.scene.weather in _FALLING):
            continue
        same = [sound for sound in shown if family_of(sound.name) == family_of(name)]
        if family_of(name) == "step" and same:
            continue  # each step is shown
        if same:
            shown.remove(same[0])
            cues += _heard_of([_as_seen(placed, same[0], name, number)], kept)
        else:
            told_cues = _heard_of(_as_told(placed, name, number, storyboard), kept)
            cues += told_cues
            if "ring" in name and told_cues:
                cues += _rings_on(told_cues[-1], following)
    seen = [_as_seen(placed, sound, None, number) for number, sound in enumerate(shown)]
    return [*cues, *_heard_of([*_animals(placed, storyboard), *seen], kept)]


def _heard_of(cues: Sequence[EffectCue], placed: Placed) -> list[EffectCue]:
    """What is heard of sounds of the whole take: the rest of what goes on, and no single blow that is trimmed away."""
    if placed.timing is placed.whole:
        return list(cues)
    heard = []
    for cue in cues:
        end_s = placed.end_s if cue.duration_s is None else cue.start_s + cue.duration_s
        start_s, left_s = max(cue.start_s, placed.start_s), min(end_s, placed.end_s) - max(cue.start_s, placed.start_s)
        if cue.duration_s is None and placed.start_s <= cue.start_s < placed.end_s:
            heard.append(cue)
        elif cue.duration_s is not None and left_s > 0:
            heard.append(replace(cue, start_s=start_s, duration_s=left_s))
    return heard


def _as_seen(placed: Placed, sound: StageSound, name: str | None, number: int) -> EffectCue:
    """What the stage shows; by the script's `name` where it has one."""
    at = named_in(name, placed.shot.action) if name is not None else None
    return EffectCue(
        name=name or sound.name,
        start_s=placed.start_s + sound.start_s,
        duration_s=sound.duration_s,
        gain_db=_FOLEY_DB,
        pan=sound.pan,
        pan_end=sound.pan_end,
        distance_m=sound.distance_m,
        surface=sound.surface,
        force=max(sound.force, force_of(placed.shot.action, at)) if at is not None else sound.force,
        room=placed.room,
        seed=_seed(placed.id, sound.name, "named" if name else "seen", number),
        shot=placed.id,
        who=sound.who,
        source="script" if name else "stage",
    )


def _as_told(placed: Placed, name: str, number: int, storyboard: Storyboard) -> list[EffectCue]:
    """What the script names and the stage does not show, as often as it says."""
    action = placed.shot.action
    at = named_in(name, action)
    length_s = placed.timing.duration_s
    from_s, until_s = _told_between(placed)
    if goes_on(name):
        part = _FIRST_PART
    elif at is not None:
        part = _FIRST_PART + (_LAST_PART - _FIRST_PART) * at / len(action)
    else:
        part = _UNTOLD_PART + (1 - _UNTOLD_PART) * number / len(placed.shot.sounds)
    start_s = from_s + part * (until_s - from_s)
    leads = until_s < length_s  # what is told before a line is heard before it
    start_s = max(from_s, min(start_s, until_s - _SOUND_S)) if leads else _quiet_time(start_s, placed)
    who = _maker(placed, name, at, storyboard)
    pan, distance_m = _stands(who, placed, start_s)
    count = repeats_of(action, at) if at is not None else 1
    lasts_s = min(_LASTS_S, max(_SOUND_S, length_s - start_s)) if goes_on(name) else None
    return [
        EffectCue(
            name=name,
            start_s=placed.start_s + start_s + again * _AGAIN_S,
            duration_s=lasts_s,
            pan=pan,
            distance_m=distance_m,
            surface=_surface(placed, name),
            force=force_of(action, at) if at is not None else 0.5,
            room=placed.room,
            seed=_seed(placed.id, name, "told", number, again),
            shot=placed.id,
            who=who,
        )
        for again in range(count)
    ]


def _told_between(placed: Placed) -> tuple[float, float]:
    """When in its shot an action is played: before its lines, or between those that the script has around it."""
    length_s = placed.timing.duration_s
    if not placed.shot.action or not placed.said:
        return 0.0, length_s
    speeches = {line.source for _, line in placed.said}
    told = [source.line for source in placed.shot.source if source not in speeches]
    at = max(told, default=0)  # a lead-in stands on the heading's or an earlier line
    before = [t.start_s + t.duration_s for t, line in placed.said if line.source is not None and line.source.line < at]
    from_s = max(before, default=0.0)
    return from_s, min((t.start_s for t, _ in placed.said if t.start_s >= from_s), default=length_s)


def _rings_on(ring: EffectCue, following: Sequence[Placed]) -> list[EffectCue]:
    """A telephone's further rings, until somebody answers it or another scene begins."""
    until_s = ring.start_s
    answered = False
    for placed in following:
        for timed, line in placed.said:
            if "answer" in line.delivery.casefold() or "接" in line.delivery or line.heard == "phone":
                until_s, answered = placed.start_s + timed.start_s, True
                break
        told = placed.shot.action.casefold()
        if answered or "phone" in [p.act for p in placed.shot.people] or "answers" in told or "picks up" in told:
            until_s, answered = max(until_s, placed.start_s), True
            break
    if not answered:
        return []
    spoken = [span for placed in following for span in placed.spoken]
    rings = []
    for again in range(1, _RINGS):
        time_s = ring.start_s + again * _RINGS_EVERY_S
        time_s = next((end_s for start_s, end_s in spoken if start_s - _SOUND_S < time_s < end_s), time_s)
        if time_s + _SOUND_S < until_s:
            rings.append(replace(ring, start_s=time_s, gain_db=ring.gain_db + _RING_BEHIND_DB, seed=ring.seed + again))
    return rings


def _animals(placed: Placed, storyboard: Storyboard) -> list[EffectCue]:
    """Lines of animals: one call for each word, over the time that the line has."""
    cast = {character.id: character for character in storyboard.cast}
    cues = []
    for timed, line in placed.said:
        name = animal_sound(cast.get(line.character), line)
        if name is None:
            continue
        pan, distance_m = seen_at(line.character, placed, timed.start_s)
        count = max(1, len(line.text.split()))
        step_s = max(_AGAIN_S, timed.duration_s / count)
        cues += [
            EffectCue(
                name=name,
                start_s=placed.start_s + timed.start_s + again * step_s,
                pan=pan,
                distance_m=distance_m if line.heard == "on_screen" else max(_OFF_SCREEN_M, distance_m),
                force=0.8 if line.text.isupper() or "!" in line.text else 0.5,
                room=placed.room,
                seed=_seed(placed.id, name, "said", timed.index, again),
                shot=placed.id,
                who=line.character,
            )
            for again in range(count)
        ]
    return cues


def _maker(placed: Placed, name: str, at: int | None, storyboard: Storyboard) -> str:
    """Who or what makes a sound: whatever its sentence speaks of nearest before it."""
    action = placed.shot.action
    before = len(action) if at is None else at + 1
    things = [(where, prop.id) for prop in storyboard.props for where in named_at(action, prop.id)]
    people = mentions(action, storyboard.cast)
    held = next((prop.id for prop in storyboard.props if prop.id.casefold() in name.casefold()), None)
    if held is not None and any(thing == held for _, thing in things):
        return held
    spoken_of = sorted([*things, *people])
    nearest = next((who for where, who in reversed(spoken_of) if where < before), "")
    subjects = placed.shot.subjects
    return nearest or (subjects[0] if subjects and is_personal(name) else "")


def _stands(who: str, placed: Placed, time_s: float) -> tuple[float, float]:
    """Where who makes a sound stands: themselves, or whoever holds the thing."""
    if not who:
        return 0.0, max(_UNSEEN_M, seen_at("", placed, time_s)[1])
    floor = placed.scene.floor(placed.shot)
    holder = next((p.character for p in floor if who in p.holds), who)
    if placed.shot.insert_of is not None and placed.shot.insert_of == who:
        return 0.0, min(1.0, seen_at("", placed, time_s)[1])
    return seen_at(holder, placed, time_s)


def _surface(placed: Placed, name: str) -> Surface | None:
    return placed.room.floor if family_of(name) == "step" else None


def _quiet_time(wanted_s: float, placed: Placed) -> float:
    """The time nearest to `wanted_s` that leaves a sound room between the lines; `wanted_s` when there is none."""
    silences, from_s = [], 0.0
    for line, _ in placed.said:
        silences.append((from_s, line.start_s))
        from_s = max(from_s, line.start_s + line.duration_s)
    silences.append((from_s, placed.timing.duration_s))
    nearest = [
        min(max(wanted_s, start_s), end_s - _SOUND_S) for start_s, end_s in silences if end_s - start_s >= _SOUND_S
    ]
    return min(nearest, key=lambda time_s: abs(time_s - wanted_s), default=wanted_s)


def _seed(*parts: object) -> int:
    return crc32(" ".join(map(str, parts)).encode())
