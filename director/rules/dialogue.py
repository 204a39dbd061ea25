"""Coverage of talk: shot and reverse shot over shoulders that tightens with the scene, and who listens.

Every word of a speech is spoken in order; a long speech runs on over the listener's face. Short exchanges
share a two-shot; groups are shown together, then one by one. What a speaker does just before speaking plays
in the same shot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from director.rules.beats import Speech
from director.rules.floor import Moment
from director.rules.pacing import intensity
from director.rules.reading import Happening
from director.rules.sheet import SceneSheet, Talk, looking, still
from director.rules.silence import tells_by_face
from director.rules.speech import Words, lines_of, parts_of, span_of, whole
from shots.spec import LOOKS, Angle, Coverage, Heard, Presence, Shot, Size
from shots.timing import speech_s

__all__ = ["cover_dialogue"]

_SHORT_S = 2.0  # an answer that is over before a cut would settle
_SHARED_S = 6.5  # what one two-shot carries at most
_LADDER: tuple[Size, ...] = ("MLS", "MS", "MCU", "CU")
_ROUND = 3  # in a larger circle the listener may sit beside the speaker, where there is no shoulder to look over
_TO = re.compile(r"\bto (?:the )?(?P<who>[\w .'-]+)$|^对(?P<zh>.+?)(?:说|$)", re.I)


def cover_dialogue(
    sheet: SceneSheet, run: Sequence[Moment[Speech]], talk: Talk, lead_in: Moment[Happening] | None
) -> list[Shot]:
    """Shots for a run of speeches, in order; `lead_in` is what the first speaker does just before."""
    shots: list[Shot] = []
    position = 0
    while position < len(run):
        group = _shared(sheet, run, position, talk)
        for moment in group:
            talk.met.update(moment.beat.speakers)
        new = [_two_shot(group, talk)] if len(group) > 1 else _speech(sheet, run, position, talk)
        if position == 0 and lead_in is not None:
            new[0] = _with_lead_in(new[0], lead_in)
        shots.extend(new)
        for moment in group:
            talk.spoken += 1
            for speaker in moment.beat.speakers:
                if speaker in talk.speakers:
                    talk.speakers.remove(speaker)
                talk.speakers.insert(0, speaker)
        position += len(group)
    return shots


def _with_lead_in(shot: Shot, lead_in: Moment[Happening]) -> Shot:
    before = {presence.character: presence for presence in lead_in.floor}
    people = tuple(_just_before(p, before.get(p.character, p)) for p in shot.people)
    face = tells_by_face(lead_in.beat)
    near = lead_in.beat.kind == "handle" and shot.size in ("MCU", "CU")
    return replace(
        shot,
        size="CU" if face else "MS" if near else shot.size,
        people=people,
        action=lead_in.beat.text,
        sounds=(*lead_in.beat.sounds, *shot.sounds),
        source=tuple(dict.fromkeys((lead_in.beat.span, *shot.source))),
    )


def _just_before(presence: Presence, before: Presence) -> Presence:
    """Somebody who goes on with what they did before the words: their act, pose, and a look at nobody."""
    if before.act == "none":
        return presence
    looks_at = before.looks_at if before.looks_at in LOOKS else presence.looks_at
    act = presence.act if presence.act == "phone" else before.act
    return replace(presence, act=act, pose=before.pose or presence.pose, looks_at=looks_at)


def _visible(moment: Moment[Speech]) -> bool:
    return moment.beat.heard == "on_screen" and all(moment.present(who) for who in moment.beat.speakers)


def _shared(sheet: SceneSheet, run: Sequence[Moment[Speech]], position: int, talk: Talk) -> list[Moment[Speech]]:
    """The speeches from `position` on that share one frame: dual dialogue, or a quick exchange between two."""
    first = run[position]
    if position + 1 < len(run) and run[position + 1].beat.dual:
        return [first, run[position + 1]]
    if talk.since_wide < 3 or sheet.mood == "urgent":
        return [first]
    speakers: list[str] = []
    seconds = 0.0
    for moment in run[position : position + 3]:
        beat = moment.beat
        if not _visible(moment) or len(beat.speakers) > 1 or intensity(beat) > 0.45 or beat.phone:
            break
        length = speech_s(beat.text)
        opening = 1.4 if talk.spoken == 0 else 1.0
        if length > _SHORT_S * opening or len({*speakers, *beat.speakers}) > 2 or seconds + length > _SHARED_S:
            break
        if speakers and speakers[-1] == beat.speakers[0]:
            break
        speakers.append(beat.speakers[0])
        seconds += length
    return list(run[position : position + len(speakers)]) if len(speakers) > 1 else [first]


def _two_shot(group: Sequence[Moment[Speech]], talk: Talk) -> Shot:
    speeches = [moment.beat for moment in group]
    pair = tuple(dict.fromkeys(who for speech in speeches for who in speech.speakers))
    people: dict[str, Presence] = {}
    for moment in group:
        for p in moment.floor:
            entered = people[p.character].enters if p.character in people else None
            people[p.character] = replace(p, enters=p.enters or entered)
    talk.since_wide = 0
    talk.since_reaction += 1
    framed = tuple(who for who in pair if who in people) or tuple(people)[:2]
    coverage: Coverage = "two_shot" if len(framed) == 2 else "group" if len(framed) > 2 else "single"
    dual = any(speech.dual for speech in speeches)
    return Shot(
        coverage=coverage if framed else "master",
        size="MLS" if talk.spoken * 2 < talk.count else "MS",
        subjects=framed,
        people=looking(tuple(people.values()), pair[0], pair[1] if len(pair) > 1 else None),
        props=group[-1].props,
        lines=tuple(line for speech in speeches for line in lines_of(speech, whole(speech), together=speech.dual)),
        motive="both at once" if dual else "a quick exchange plays in one frame",
        source=tuple(speech.span for speech in speeches),
    )


def _speech(sheet: SceneSheet, run: Sequence[Moment[Speech]], position: int, talk: Talk) -> list[Shot]:
    moment = run[position]
    beat = moment.beat
    talk.since_wide += 1
    talk.since_reaction += 1
    if not _visible(moment):
        return _unseen(sheet, moment, talk)
    if len(beat.speakers) > 1:
        return [_chorus(moment, talk)]
    speaker = beat.speakers[0]
    listener = _listener(sheet, run, position, talk)
    tension = _tension(sheet, beat, talk)
    size = _LADDER[min(3, int(tension * 4))]
    parts = parts_of(beat)
    if len(parts) > 1 and size == "CU":
        size = "MS"  # leaves room to go in
    floor = looking(_with_hands(sheet, moment), speaker, listener)
    shots = [_on_speaker(sheet, moment, parts[0], listener, size, tension, floor, talk)]
    for number, words in enumerate(parts[1:], start=1):
        if listener is not None and number % 2 == 1 and (talk.since_reaction >= 2 or len(parts) > 2):
            talk.since_reaction = 0
            motive = f"{sheet.name(listener)} takes it in"
            seen = looking(still(moment.floor), speaker, listener)
            shots.append(_shot(moment, "reaction", size, (listener,), seen, words, motive))
        else:
            other: Size = "CU" if size in ("MLS", "MS") else "MS" if size == "CU" else "MLS"
            motive = "in, as it comes to the point" if other == "CU" else "back, to let it land"
            closer = _shot(moment, "single", other, (speaker,), still(floor), words, motive)
            if other == "CU" and sheet.moved < 2 and sheet.mood != "urgent":
                sheet.moved += 1
                closer = replace(closer, move="push_in")
            shots.append(closer)
    if listener is not None and shots[-1].coverage != "reaction" and _lands(sheet, run, position, tension, talk):
        talk.since_reaction = 0
        shots.append(_silent_reaction(sheet, moment, listener, size, ends=talk.spoken == talk.count - 1))
    return shots


def _on_speaker(
    sheet: SceneSheet,
    moment: Moment[Speech],
    words: tuple[Words, ...],
    listener: str | None,
    size: Size,
    tension: float,
    floor: tuple[Presence, ...],
    talk: Talk,
) -> Shot:
    speaker = moment.beat.speakers[0]
    who = sheet.name(speaker)
    seconds = sum(speech_s(part.text) for part in words)
    met = tuple(body for body in moment.bodies if body in talk.met)
    if len(met) > 2 and talk.since_wide > 5 and seconds < 4.5 and sheet.mood != "urgent" and not moment.beat.phone:
        talk.since_wide = 0
        near = sorted(met, key=lambda body: abs(met.index(body) - met.index(speaker)))[:6]
        framed = tuple(body for body in met if body in near)
        return _shot(moment, "group", "FS", framed, floor, words, "who is in the room")
    people = listener is not None and all(sheet.cast[body].species == "person" for body in (speaker, listener))
    level = listener is not None and _is_down(floor, speaker) == _is_down(floor, listener)
    level = level and all(p.aboard is None for p in floor if p.character in (speaker, listener))
    level = level and sum(sheet.cast[body].species == "person" for body in moment.bodies) <= _ROUND
    if listener is not None and people and level and tension < 0.55 and not moment.beat.phone:
        shot = _shot(moment, "over_shoulder", "MCU" if size == "CU" else size, (speaker,), floor, words,
                     f"over {sheet.name(listener)}'s shoulder")  # fmt: skip
        return replace(shot, over=listener)
    motive = "tightens as it comes to a head" if tension >= 0.55 and listener is not None else f"on {who}"
    shot = _shot(moment, "single", size, (speaker,), floor, words, motive)
    if tension > 0.75 and sheet.moved < 1 and seconds > 2.2:
        sheet.moved += 1
        return replace(shot, move="push_in", motive="pushes in on the decision")
    if sheet.mood == "urgent" and sheet.chance(words[0].text) < 0.5:
        return replace(shot, move="handheld")
    return replace(shot, angle=_angle(sheet, floor, speaker, listener, tension))


def _angle(sheet: SceneSheet, floor: tuple[Presence, ...], speaker: str, listener: str | None, tension: float) -> Angle:
    """Low on one who stands over another, high on the other, when it comes to a head; else at the eye."""
    if listener is None or tension < 0.6 or sheet.mood not in ("tense", "urgent"):
        return "eye_level"
    down = _is_down(floor, speaker)
    return "eye_level" if down == _is_down(floor, listener) else "high" if down else "low"


def _is_down(floor: tuple[Presence, ...], who: str) -> bool:
    return any(presence.character == who and presence.pose in ("sit", "kneel", "lie") for presence in floor)


def _shot(
    moment: Moment[Speech],
    coverage: Coverage,
    size: Size,
    subjects: tuple[str, ...],
    floor: tuple[Presence, ...],
    words: tuple[Words, ...],
    motive: str,
) -> Shot:
    heard: Heard = "on_screen" if moment.beat.speakers[0] in subjects else "off_screen"
    return Shot(
        coverage=coverage,
        size=size,
        subjects=subjects,
        people=floor,
        props=moment.props,
        lines=lines_of(moment.beat, words, heard=heard),
        motive=motive,
        source=(span_of(words),),
    )


def _silent_reaction(sheet: SceneSheet, moment: Moment[Speech], listener: str, size: Size, *, ends: bool) -> Shot:
    seconds = {"quiet": 3.0, "sad": 3.0, "warm": 2.6, "urgent": 1.6, "tense": 2.4}.get(sheet.mood, 2.2)
    return Shot(
        coverage="reaction",
        size="CU" if size in ("MCU", "CU") else "MCU",
        subjects=(listener,),
        people=looking(still(moment.floor), moment.beat.speakers[0], listener),
        props=moment.props,
        action=sheet.listens(listener),
        duration_s=seconds + (0.6 if ends else 0.0),
        move="push_in" if ends and sheet.moved < 2 else "static",
        motive=f"how {sheet.name(listener)} takes it",
        source=(moment.beat.span,),
    )


def _unseen(sheet: SceneSheet, moment: Moment[Speech], talk: Talk) -> list[Shot]:
    """A voice without a body here: seen are those who hear it, or the place."""
    people = tuple(who for who in moment.bodies if sheet.cast[who].species == "person") or moment.bodies
    holder = next((p.character for p in moment.floor if any(sheet.kinds[h] == "phone" for h in p.holds)), None)
    shots: list[Shot] = []
    for number, words in enumerate(parts_of(moment.beat)):
        heard: Heard = "off_screen" if moment.beat.heard == "on_screen" else moment.beat.heard
        if heard in ("voice_over", "off_screen") and holder and sheet.on_phone(moment.beat.speakers[0]):
            heard = "phone"
        subjects: tuple[str, ...] = ()
        if people:
            near = holder or next((who for who in talk.speakers if who in people), people[0])
            others = [who for who in people if who != near and who in talk.met] if heard == "off_screen" else []
            subjects = (others[0] if others and number % 2 == 1 else near,)
        size: Size = "MCU" if (talk.spoken + number) % 2 else "CU"
        shots.append(
            Shot(
                coverage="reaction" if subjects else "master",
                size=size if subjects else "WS" if number % 2 == 0 else "FS",
                subjects=subjects,
                people=still(moment.floor),
                props=moment.props,
                lines=lines_of(moment.beat, words, heard=heard),
                motive=f"{sheet.name(subjects[0])} listens" if subjects else "the place, while the voice speaks",
                source=(span_of(words),),
            )
        )
    return shots


def _chorus(moment: Moment[Speech], talk: Talk) -> Shot:
    talk.since_wide = 0
    speakers = moment.beat.speakers
    return Shot(
        coverage="two_shot" if len(speakers) == 2 else "group",
        size="MLS",
        subjects=speakers[:6],
        people=moment.floor,
        props=moment.props,
        lines=lines_of(moment.beat, whole(moment.beat)),
        motive="they say it together",
        source=(moment.beat.span,),
    )


def _listener(sheet: SceneSheet, run: Sequence[Moment[Speech]], position: int, talk: Talk) -> str | None:
    """Whom a speech is said to: the one it names, else who spoke before or answers, else whom it looks at."""
    moment = run[position]
    speaker = moment.beat.speakers[0]
    others = [who for who in moment.bodies if who != speaker]
    if match := _TO.search(moment.beat.delivery):
        words = match["who"] or match["zh"]
        named = [m.id for text in (words, words.title(), f"the {words}") for m in sheet.cast.mentions(text)]
        if hit := next((who for who in named if who in others), None):
            return hit
        if "self" in words:
            return None
    called = [m.id for m in sheet.cast.mentions(moment.beat.text) if not m.possessive]
    answers = [later.beat.speakers[0] for later in run[position + 1 : position + 2]]
    looked = next((p.looks_at for p in moment.floor if p.character == speaker), None)
    met = [who for who in others if who in talk.met]
    people = [who for who in met if sheet.cast[who].species == "person"]
    wanted = [*(who for who in called if who in met), *(s for s in talk.speakers if s != speaker), *answers, looked]
    return next((who for who in wanted if who is not None and who in others), next(iter(people or met), None))


def _tension(sheet: SceneSheet, beat: Speech, talk: Talk) -> float:
    """From 0 to 1: how far the talk has come, how hard the words hit, how the scene feels."""
    progress = min(1.0, (talk.spoken + (talk.count < 5)) / max(4, talk.count - 1))
    mood = {"tense": 0.16, "urgent": 0.12, "sad": 0.12, "warm": 0.04}.get(sheet.mood, 0.0)
    wave = (0.0, 0.05, -0.05)[talk.spoken % 3]
    release = (
        0.2 if talk.spoken == talk.count - 1 and talk.count > 3 and sheet.mood in ("comic", "neutral", "warm") else 0
    )
    return min(0.99, max(0.0, 0.1 + 0.52 * progress + 0.5 * intensity(beat) + mood + wave - release))


def _lands(sheet: SceneSheet, run: Sequence[Moment[Speech]], position: int, tension: float, talk: Talk) -> bool:
    """Whether a speech asks for a silent look at the one it hit."""
    if talk.since_reaction < 3 or sheet.montage:
        return False
    beat = run[position].beat
    answered = position + 1 < len(run) and speech_s(run[position + 1].beat.text) < 3.0
    blow = intensity(beat) > 0.4 or (beat.text.rstrip()[-1:] in "?？" and not answered)
    ends = talk.spoken == talk.count - 1 and talk.count > 2
    return (blow and tension > 0.45) or ends or (talk.since_reaction >= 6 and not answered)


def _with_hands(sheet: SceneSheet, moment: Moment[Speech]) -> tuple[Presence, ...]:
    """The floor with the speaker's hands helping, when a speech is long or strong."""
    beat = moment.beat
    if sheet.mood == "quiet" or not (intensity(beat) > 0.3 or speech_s(beat.text) > 4.5):
        return moment.floor
    return tuple(
        replace(p, act="gesture") if p.character == beat.speakers[0] and p.act == "none" and not p.holds else p
        for p in moment.floor
    )
