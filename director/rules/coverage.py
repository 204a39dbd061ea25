"""Coverage of a scene: how it opens, its silences and its talk in turn, how it closes.

`cover` turns a scene's moments into shots that want certain sizes; `director.rules.sizes` settles them for
the whole film. Every moment is in at least one shot, in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from director.rules.beats import Caption, Speech
from director.rules.dialogue import cover_dialogue
from director.rules.floor import AnyMoment, Moment
from director.rules.pacing import silent_s
from director.rules.reading import Happening, Thing
from director.rules.sheet import SceneSheet, Talk, acts_of, still
from director.rules.silence import cover_silence
from director.rules.sounds import draws_a_look
from director.rules.text import join
from shots.source import SourceSpan
from shots.spec import Shot, Size

__all__ = ["cover"]

_SPOKEN_OVER = frozenset({"feel", "look", "handle", "speak", "still", None})
_ESTABLISHED_S = 6.0  # a place is read by then, however much is written of it
_ENDING_MOODS = frozenset({"quiet", "sad", "warm"})


def cover(sheet: SceneSheet) -> list[Shot]:
    """The scene's shots in order."""
    moments = list(sheet.moments)
    shots, rest = _opening(sheet, moments)
    talk = sheet.talk
    runs = _runs(rest)
    for number, run in enumerate(runs):
        first = run[0].beat
        if isinstance(first, Speech):
            lead_in = _lead_in(sheet, runs[number - 1], run, talk) if number else None
            shots.extend(cover_dialogue(sheet, run, talk, lead_in))
        elif isinstance(first, Caption):
            shots = _captioned(sheet, shots, run)
        else:
            following = runs[number + 1] if number + 1 < len(runs) else []
            talk.met.update(who for moment in run for who in moment.beat.named)
            held = 1 if following and _lead_in(sheet, run, following, talk) else 0
            shots.extend(cover_silence(sheet, run[: len(run) - held], shots))
    if sheet.montage:
        shots = _montage(shots)
    return _closing(sheet, _without_waiting(sheet, shots))


def _without_waiting(sheet: SceneSheet, shots: list[Shot]) -> list[Shot]:
    """Leaves out a silent look at somebody whom the next shot shows anyway: the answer is the reaction."""
    waits = [
        shot.coverage == "reaction"
        and not shot.lines
        and following.subjects[:1] == shot.subjects
        and shot.action == sheet.listens(shot.subjects[0])
        for shot, following in pairwise(shots)
    ]
    return [shot for shot, left_out in zip(shots, [*waits, False], strict=False) if not left_out]


def _runs(moments: Sequence[AnyMoment]) -> list[list[AnyMoment]]:
    runs: list[list[AnyMoment]] = []
    for moment in moments:
        if runs and type(runs[-1][0].beat) is type(moment.beat):
            runs[-1].append(moment)
        else:
            runs.append([moment])
    return runs


def _lead_in(
    sheet: SceneSheet, before: Sequence[AnyMoment], run: Sequence[AnyMoment], talk: Talk
) -> Moment[Happening] | None:
    """The last thing done before a speech, if the speaker does it and it is over in a moment: one shot holds both."""
    moment, speech = before[-1], run[0].beat
    beat = moment.beat
    if not isinstance(beat, Happening) or not isinstance(speech, Speech) or sheet.montage or sheet.mood == "urgent":
        return None
    brief = len(beat.text.split()) <= 7 and len(beat.text) <= 48 and not beat.things and not moment.left
    mine = {deed.who for deed in beat.deeds} == set(speech.speakers) or (
        not beat.deeds and beat.named == speech.speakers
    )
    alone = speech.heard == "on_screen" and len(speech.speakers) == 1 and moment.present(speech.speakers[0])
    seen = speech.speakers[0] in talk.met
    return moment if brief and mine and alone and seen and beat.kind in _SPOKEN_OVER and not beat.everyone else None


def _opening(sheet: SceneSheet, moments: list[AnyMoment]) -> tuple[list[Shot], list[AnyMoment]]:
    """The establishing shot of a new place, a short master of a known one, or nothing: straight in."""
    described: list[AnyMoment] = []
    for moment in moments:
        beat = moment.beat
        if not isinstance(beat, Happening) or beat.named or beat.deeds or beat.everyone or len(described) == 3:
            break
        if described and any(placed.enters or placed.exits for placed in moment.props):
            break
        if described and (any(_matters(sheet, thing) for thing in beat.things) or draws_a_look(beat.sounds)):
            break
        described.append(moment)
    rest = moments[len(described) :]
    if sheet.montage and moments:
        return [], moments
    if not sheet.setting.new and not described and rest and not _wants_master(sheet, rest):
        return [], moments
    exterior = sheet.setting.interior is False
    people: tuple[str, ...] = ()
    if not described and rest and sheet.setting.new and _opens_on_people(sheet, rest[0], exterior):
        described, rest = rest[:1], rest[1:]
        people = described[0].bodies[:6]
        sheet.talk.met.update(described[0].beat.named)
    elif not sheet.setting.new and moments:
        people = (described or rest)[0].bodies[:6]
    floor = (described or rest)[0].floor if moments else ()
    floor = floor if people and described else still([replace(p, exits=None) for p in floor])  # nobody has left yet
    size: Size = "EWS" if sheet.setting.new and exterior and not people else "WS"
    text = join(moment.beat.text for moment in described)
    source: list[SourceSpan] = [sheet.heading] if sheet.heading and sheet.setting.new else []
    source.extend(moment.beat.span for moment in described)
    if not source and (sheet.heading or rest):
        source.append(sheet.heading or rest[0].beat.span)
    sounds = tuple(dict.fromkeys(s for m in described if isinstance(m.beat, Happening) for s in m.beat.sounds))
    place = sheet.setting.place.split(" - ")[-1].title()
    if people:
        motive = f"{place}, and who is there" if sheet.setting.new else "where we are again"
        shot = Shot(coverage="master", size=size, subjects=people, motive=motive)
    else:
        motive = f"shows {place} for the first time" if sheet.setting.new else "where we are again"
        shot = Shot(coverage="establishing", size=size, motive=motive)
    if sheet.first and exterior:
        shot = replace(shot, move="crane_down")
    elif sheet.setting.new and not people and (sheet.mood in _ENDING_MOODS or sheet.chance("drift") < 0.35):
        shot = replace(shot, move="pan_right" if sheet.chance("pan") < 0.5 else "pan_left")
    if shot.move != "static":
        sheet.moved += 1
    length = silent_s(text, (), sheet.mood, size)
    if sheet.setting.new:
        length = max(length, 3.5 if sheet.first else 2.6)
    elif not text:
        length = min(length, 2.6)
    length = min(length, _ESTABLISHED_S)
    return [
        replace(
            shot,
            action=text or f"{place}.",
            people=floor,
            props=(described or rest)[0].props if moments else (),
            duration_s=length,
            sounds=sounds,
            source=tuple(dict.fromkeys(source)),
        )
    ], rest


def _matters(sheet: SceneSheet, thing: Thing) -> bool:
    """Whether a thing of the opening description asks for a shot of its own; lamps and signs are the place's."""
    return (thing.subject or thing.loud) and sheet.kinds[thing.prop] not in ("lamp", "sign", "lantern")


def _opens_on_people(sheet: SceneSheet, moment: AnyMoment, exterior: bool) -> bool:
    """Whether one wide shot shows a new place with its people: they are found in it, or rush into it."""
    beat = moment.beat
    if not isinstance(beat, Happening) or not 0 < len(beat.named) <= len(moment.floor):
        return False
    if sheet.mood == "urgent" and sheet.setting.continuous:
        return True
    return not exterior and beat.kind in ("still", "settle", "handle", None) and not moment.arrived


def _wants_master(sheet: SceneSheet, moments: Sequence[AnyMoment]) -> bool:
    if len(moments) < 4 or sheet.mood in ("tense", "urgent") or sheet.setting.continuous:
        return False
    people = len(moments[0].floor)
    return people > 2 or sheet.chance("master") < 0.4


def _captioned(sheet: SceneSheet, shots: list[Shot], run: Sequence[AnyMoment]) -> list[Shot]:
    """Lettered words belong to the shot before them; alone they stand over the place."""
    note = " / ".join(moment.beat.text for moment in run)
    source = tuple(moment.beat.span for moment in run)
    if shots:
        last = shots[-1]
        joined = f"{last.note}\n{note}".strip()
        return [*shots[:-1], replace(last, note=joined, source=(*last.source, *source))]
    return [
        Shot(coverage="establishing", size="WS", people=still(run[0].floor), action=sheet.setting.place.title() + ".",
             note=note, duration_s=silent_s(note, (), sheet.mood, "WS"), motive="carries the lettering", source=source)
    ]  # fmt: skip


def _montage(shots: list[Shot]) -> list[Shot]:
    """Quick and varied: every shot another size, none longer than a breath."""
    wanted: tuple[Size, ...] = ("WS", "CU", "FS", "MCU", "MLS", "CU")
    out: list[Shot] = []
    for number, shot in enumerate(shots):
        size = shot.size if shot.coverage == "insert" else wanted[number % len(wanted)]
        short = None if shot.lines else min(shot.duration_s or 2.4, 2.8)
        out.append(replace(shot, size=size, duration_s=short, motive=f"montage: {shot.motive}"))
    return out


def _closing(sheet: SceneSheet, shots: list[Shot]) -> list[Shot]:
    """A last image: the film's, and a scene's that ends softly, draws back and is held."""
    if not shots:
        return shots
    last = shots[-1]
    if last.coverage == "insert" or last.lines or not (sheet.last or sheet.mood in _ENDING_MOODS):
        return shots
    held = (last.duration_s or silent_s(last.action, acts_of(last.people), sheet.mood, last.size)) + (
        1.2 if sheet.last else 0.5
    )
    move = "pull_out" if sheet.last and last.move == "static" else last.move
    return [*shots[:-1], replace(last, move=move, duration_s=round(held, 2))]
