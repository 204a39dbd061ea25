"""A scene's plan becomes shots of the storyboard: code puts in the people, the things and the writer's words.

Who is there, what they do and hold, and what they say come from the moments that a shot carries, never from the
plan; the plan frames them. `staged` tells who can be framed in each shot, so that a plan can be checked before it
is compiled; `compile_scene` takes a plan that has been checked (`director.llm.crew.checks`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from director.numbering import ScriptLine
from director.plan import Direction, LightPlan, ScenePlan, ShotPlan
from director.rules.pacing import silent_s
from director.rules.scenes import ReadScene, dressed
from director.rules.sheet import SceneSheet, acts_of, looking, still, together
from director.rules.speech import Words, joined, lines_of
from director.rules.text import join
from shots.source import SourceSpan
from shots.spec import Emotion, Heard, Light, Line, PlacedProp, Presence, Scene, Shot
from shots.timing import action_s, speech_s

__all__ = ["Staged", "compile_scene", "lit", "staged"]

_LEAST_OF_ACT = 0.8  # of what an act takes, that a silent shot shows at least
_PLACE_S = (1.6, 6.0)  # a picture of the place without a word lasts no shorter and no longer


@dataclass(frozen=True)
class Staged:
    """The floor of one shot: who is on it, what stands free, and the lines that are played on it."""

    people: tuple[Presence, ...]
    props: tuple[PlacedProp, ...]
    lines: tuple[ScriptLine, ...]
    after: ScriptLine  # the last line that has begun by its end; the first to come for a shot before all lines

    @property
    def bodies(self) -> tuple[str, ...]:
        """Who can be framed."""
        return tuple(presence.character for presence in self.people)

    @property
    def things(self) -> tuple[str, ...]:
        """What can be shown: held or standing free."""
        held = (prop for presence in self.people for prop in presence.holds)
        return tuple(dict.fromkeys((*held, *(placed.prop for placed in self.props))))


def staged(shots: Sequence[ShotPlan], lines: Sequence[ScriptLine]) -> list[Staged]:
    """The floor of each shot, in order. Line ids that the scene does not have are passed over."""
    by_id = {line.id: line for line in lines}
    floors: list[Staged] = []
    before: ScriptLine | None = None
    for shot in shots:
        carried = tuple(by_id[name] for name in shot.lines if name in by_id)
        if carried:
            before = carried[-1]
            floors.append(Staged(_played(carried), _standing(carried), carried, before))
        elif before is None:
            floor = still([p for p in lines[0].moments[0].floor if p.enters is None])
            floors.append(Staged(floor, _at_rest(lines[0].moments[0].props), (), lines[0]))
        else:
            moment = before.moments[-1]
            floors.append(Staged(still(moment.floor), _at_rest(moment.props), (), before))
    return floors


def _played(lines: Sequence[ScriptLine]) -> tuple[Presence, ...]:
    """Everyone on the floor while these lines are played; of a speech that goes on, nothing is done again."""
    floors = []
    for line in lines:
        again = line.goes_on and line is lines[0]
        floors += [
            still(moment.floor) if again else moment.floor for moment in line.moments if not line.goes_on or again
        ]
    return together(floors)


def _standing(lines: Sequence[ScriptLine]) -> tuple[PlacedProp, ...]:
    """What stands free at the end of these lines, and what rolls in or off during them."""
    last = lines[-1].moments[-1]
    held = {prop for presence in last.floor for prop in presence.holds}
    standing = {placed.prop: placed for placed in last.props}
    for line in lines[:-1]:
        for placed in line.moments[-1].props:
            now = standing.get(placed.prop)
            if (placed.enters or placed.exits) and placed.prop not in held and (now is None or not now.enters):
                standing[placed.prop] = replace(now or placed, enters=placed.enters, exits=placed.exits)
    return tuple(standing.values())


def _at_rest(props: Iterable[PlacedProp]) -> tuple[PlacedProp, ...]:
    return tuple(replace(placed, enters=None) for placed in props if placed.exits is None)


def compile_scene(
    read: ReadScene, lines: Sequence[ScriptLine], plan: ScenePlan, sounds: Mapping[str, tuple[str, ...]]
) -> Scene:
    """The scene as planned; `sounds` are heard besides those that the rules read, by line id."""
    sheet = replace(read.sheet, mood=plan.mood or read.sheet.mood)
    floors = staged(plan.shots, lines)
    felt: dict[str, tuple[Emotion, float, Emotion]] = {}
    shots: list[Shot] = []
    for asked, floor in zip(plan.shots, floors, strict=True):
        people = _directed(_eyes(asked, floor, lines), asked.directions, felt)
        shots.append(_shot(sheet, asked, replace(floor, people=people), sounds))
    scene = dressed(read.unit, sheet, read.phone, shots)
    return lit(scene, plan.light) if plan.light is not None else scene


def lit(scene: Scene, plan: LightPlan) -> Scene:
    """The scene in the planned light. What the script tells of still burns, and a shot that it wants against the light
    is not lit from the front.
    """
    was = scene.light or Light()
    against = any(shot.light is not None and shot.light.key_side == "back" for shot in scene.shots)
    key_side = None if against and plan.light.key_side == "front" else plan.light.key_side
    light = replace(plan.light, key_side=key_side, practicals=was.practicals, neon=plan.light.neon or was.neon)
    return replace(scene, light=light, hour=plan.hour or scene.hour)


def _shot(sheet: SceneSheet, asked: ShotPlan, floor: Staged, sounds: Mapping[str, tuple[str, ...]]) -> Shot:
    happenings = [line.moments[0].beat for line in floor.lines if line.kind == "action"]
    action = join(beat.text for beat in happenings) if floor.lines else _shown(sheet, asked)
    heard = [sound for beat in happenings for sound in beat.sounds]
    heard += [sound for line in floor.lines for sound in sounds.get(line.id, ())]
    spoken = _spoken(sheet, asked, floor)
    return Shot(
        coverage=asked.coverage,
        size=asked.size,
        angle=asked.angle,
        move=asked.move,
        lens_mm=asked.lens_mm,
        f_number=asked.f_number,
        subjects=asked.subjects,
        over=asked.over,
        pov_of=asked.pov_of,
        insert_of=asked.insert_of,
        focus=asked.focus,
        people=floor.people,
        props=floor.props,
        action=action,
        lines=spoken,
        duration_s=_duration_s(sheet, asked, floor, action, spoken),
        transition=asked.transition,
        sounds=tuple(dict.fromkeys(heard)),
        note=" / ".join(line.text for line in floor.lines if line.kind == "lettering"),
        motive=asked.motive,
        source=_source(floor),
    )


def _source(floor: Staged) -> tuple[SourceSpan, ...]:
    if floor.lines:
        return tuple(dict.fromkeys(span for line in floor.lines for span in line.spans))
    return (floor.after.spans[-1],)


def _shown(sheet: SceneSheet, asked: ShotPlan) -> str:
    """The action of a silent shot: what there is to see."""
    if asked.insert_of is not None:
        return sheet.seen(asked.insert_of)
    if asked.subjects:
        return (sheet.seen if asked.coverage == "pov" else sheet.listens)(asked.subjects[0])
    return f"{sheet.setting.place.split(' - ')[-1].title()}."


def _duration_s(sheet: SceneSheet, asked: ShotPlan, floor: Staged, action: str, spoken: Sequence[Line]) -> float | None:
    """As asked, but never shorter than words and deeds take; None where words alone decide."""
    if spoken:
        needed = sum(speech_s(line.text) for line in spoken if not line.together)
        return asked.duration_s if asked.duration_s is not None and asked.duration_s > needed else None
    if asked.duration_s is not None:
        return max(asked.duration_s, round(_LEAST_OF_ACT * action_s("", acts_of(floor.people)), 2))
    text = action if floor.lines else ""
    length = silent_s(text, acts_of(floor.people), sheet.mood, asked.size)
    shortest, longest = _PLACE_S
    return length if asked.subjects or asked.insert_of else min(max(length, shortest), longest)


def _eyes(asked: ShotPlan, floor: Staged, lines: Sequence[ScriptLine]) -> Staged:
    """The floor with eyes where they belong: on who speaks, the speaker's on whom it is said to."""
    talk = next((line for line in reversed(floor.lines) if line.kind == "speech"), None)
    if talk is None and not floor.lines and floor.after.kind == "speech":
        talk = floor.after
    speaker = next((who for who in talk.speakers if who in floor.bodies), None) if talk is not None else None
    if talk is None or speaker is None or talk.spoken[0].speech.heard != "on_screen":
        return floor
    return replace(floor, people=looking(floor.people, speaker, _listener(asked, floor, lines, talk, speaker)))


def _listener(
    asked: ShotPlan, floor: Staged, lines: Sequence[ScriptLine], talk: ScriptLine, speaker: str
) -> str | None:
    """Whom a line is said to: the shoulder in the frame, who is framed with the speaker, who spoke before or next."""
    at = next(number for number, line in enumerate(lines) if line is talk)
    around = [*(line.speakers for line in reversed(lines[:at])), *(line.speakers for line in lines[at + 1 :])]
    wanted = [asked.over, asked.pov_of, *asked.subjects, *(who for speakers in around for who in speakers)]
    others = [who for who in floor.bodies if who != speaker]
    return next((who for who in wanted if who in others), next(iter(others), None))


def _directed(
    floor: Staged, directions: Sequence[Direction], felt: dict[str, tuple[Emotion, float, Emotion]]
) -> tuple[Presence, ...]:
    """The people with what they are directed to let us see; a feeling lasts until the script tells of another.

    What the script has somebody do stands, and who sleeps goes on sleeping.
    """
    told = {direction.who: direction for direction in directions}
    people = []
    for person in floor.people:
        who, direction = person.character, told.get(person.character)
        if "asleep" in person.state:
            people.append(person)
            continue
        if direction is not None and direction.emotion is not None:
            felt[who] = (direction.emotion, direction.strength, person.emotion)
        emotion, strength, read = felt.get(who, (person.emotion, person.emotion_strength, person.emotion))
        if read != person.emotion:
            del felt[who]
            emotion, strength = person.emotion, person.emotion_strength
        person = replace(person, emotion=emotion, emotion_strength=strength)
        if direction is not None:
            looks_at = direction.looks_at if direction.looks_at not in (None, who) else person.looks_at
            act = direction.act if direction.act is not None and person.act == "none" else person.act
            person = replace(person, looks_at=looks_at, act=act)
        people.append(person)
    return tuple(people)


def _spoken(sheet: SceneSheet, asked: ShotPlan, floor: Staged) -> tuple[Line, ...]:
    """What is said in a shot; pieces of one speech are one line again."""
    speeches: list[tuple[ScriptLine, int, list[Words]]] = []
    for line in floor.lines:
        for number, spoken in enumerate(line.spoken):
            if line.goes_on and speeches and speeches[-1][0].spoken[-1].speech is spoken.speech:
                speeches[-1][2].extend(spoken.words)
            else:
                speeches.append((line, number, list(spoken.words)))
    out: list[Line] = []
    for line, number, words in speeches:
        speech = line.spoken[number].speech
        heard = _heard(sheet, asked, floor, speech.heard, speech.speakers)
        out.extend(lines_of(speech, joined(words), heard=heard, together=number > 0))
    return tuple(out)


def _heard(sheet: SceneSheet, asked: ShotPlan, floor: Staged, heard: Heard, speakers: Sequence[str]) -> Heard:
    """How words reach us: off screen from who is not in the frame, and over the telephone that somebody holds here."""
    if heard == "on_screen":
        wide = asked.size in ("EWS", "WS") and asked.insert_of is None and asked.pov_of not in speakers
        framed = {*asked.subjects, *([asked.over] if asked.over else []), *(floor.bodies if wide else ())}
        return "on_screen" if framed.issuperset(speakers) else "off_screen"
    telephones = any(sheet.kinds.get(prop) == "phone" for person in floor.people for prop in person.holds)
    away = not any(who in floor.bodies for who in speakers)
    if heard in ("voice_over", "off_screen") and telephones and away and sheet.on_phone(speakers[0]):
        return "phone"
    return heard
