"""Coverage of talk: shot and reverse shot over shoulders that tightens with the scene, and who listens.

Every word of a speech is spoken in order; a long speech runs on over the listener's face. Short exchanges
share a two-shot; groups are shown together, then one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.beats import Piece, Speech
from director.rules.floor import Moment
from director.rules.pacing import intensity
from director.rules.sheet import SceneSheet, looking, still
from director.rules.text import plain, span_of_words, split_speech
from shots.source import SourceSpan
from shots.spec import Coverage, Heard, Line, Presence, Shot, Size
from shots.timing import speech_s

__all__ = ["cover_dialogue"]

_SHORT_S = 1.7  # an answer that is over before a cut would settle
_LONG_S = 5.2  # a speech that wants to be seen received
_VERY_LONG_S = 9.0
_HOLD_S = 7.5  # no frame is held on one talker for longer
_LADDER: tuple[Size, ...] = ("MLS", "MS", "MCU", "CU")
_TO = re.compile(r"\bto (?:the )?(?P<who>[\w .'-]+)$|^对(?P<zh>.+?)(?:说|$)", re.I)


@dataclass(frozen=True)
class _Words:
    """A part of a speech that one shot carries."""

    text: str
    delivery: str
    span: SourceSpan


@dataclass
class _Talk:
    """How a scene's conversation stands: who spoke, what was shown last, when reactions and two-shots were."""

    count: int  # speeches in the whole scene
    spoken: int = 0
    since_reaction: int = 2
    since_wide: int = 99
    last_speaker: str | None = None


def cover_dialogue(sheet: SceneSheet, run: Sequence[Moment], talk: _Talk, before: Shot | None) -> list[Shot]:
    """Shots for a run of speeches, in order; `before` is the shot that stands before them in the scene."""
    shots: list[Shot] = []
    position = 0
    while position < len(run):
        group = _together(sheet, run, position, talk)
        previous = shots[-1] if shots else before
        if len(group) > 1:
            shots.append(_two_shot(sheet, group, talk))
        else:
            shots.extend(_speech(sheet, run, position, talk, previous))
        for moment in group:
            _count(moment, talk)
        position += len(group)
    return shots


def new_talk(count: int) -> _Talk:
    """The state of a scene's conversation of `count` speeches before its first word."""
    return _Talk(count)


def _count(moment: Moment, talk: _Talk) -> None:
    if isinstance(moment.beat, Speech):
        talk.spoken += 1
        talk.last_speaker = moment.beat.speakers[0]


def _visible(moment: Moment) -> bool:
    beat = moment.beat
    return isinstance(beat, Speech) and beat.heard == "on_screen" and all(moment.present(who) for who in beat.speakers)


def _together(sheet: SceneSheet, run: Sequence[Moment], position: int, talk: _Talk) -> list[Moment]:
    """The speeches from `position` on that share one frame: dual dialogue, or a quick exchange between two."""
    first = run[position]
    group = [first]
    following = run[position + 1] if position + 1 < len(run) else None
    if following is not None and isinstance(following.beat, Speech) and following.beat.dual:
        return [first, following]
    if not _visible(first) or talk.since_wide < 3 or sheet.mood == "urgent":
        return group
    speakers: list[str] = []
    seconds = 0.0
    for moment in run[position : position + 3]:
        beat = moment.beat
        if not isinstance(beat, Speech) or not _visible(moment) or len(beat.speakers) > 1 or intensity(beat) > 0.45:
            break
        length = speech_s(beat.text)
        people = {*speakers, *beat.speakers}
        if length > _SHORT_S * (1.6 if talk.spoken == 0 else 1.0) or len(people) > 2 or seconds + length > 5.5:
            break
        if speakers and speakers[-1] == beat.speakers[0]:
            break
        speakers.append(beat.speakers[0])
        seconds += length
    return list(run[position : position + len(speakers)]) if len(speakers) > 1 else group


def _two_shot(sheet: SceneSheet, group: list[Moment], talk: _Talk) -> Shot:
    speeches = [moment.beat for moment in group if isinstance(moment.beat, Speech)]
    pair = tuple(dict.fromkeys(who for speech in speeches for who in speech.speakers))
    lines: list[Line] = []
    for speech in speeches:
        lines.extend(_lines(speech, _whole(speech), together=speech.dual))
    talk.since_wide = 0
    talk.since_reaction += 1
    framed = tuple(who for who in pair if group[0].present(who)) or sheet.bodies(group[0])[:2]
    coverage: Coverage = "two_shot" if len(framed) == 2 else "group" if len(framed) > 2 else "single"
    dual = any(speech.dual for speech in speeches)
    return Shot(
        coverage=coverage,
        size="MLS" if talk.spoken * 2 < talk.count else "MS",
        subjects=framed,
        people=looking(_floor(group), pair[0], pair[1] if len(pair) > 1 else None),
        props=group[-1].props,
        lines=tuple(lines),
        motive="both at once" if dual else "a quick exchange plays in one frame",
        source=tuple(speech.span for speech in speeches),
    )


def _speech(sheet: SceneSheet, run: Sequence[Moment], position: int, talk: _Talk, before: Shot | None) -> list[Shot]:
    moment = run[position]
    beat = moment.beat
    if not isinstance(beat, Speech):
        return []
    talk.since_wide += 1
    talk.since_reaction += 1
    bodies = sheet.bodies(moment)
    if not _visible(moment):
        return _unseen(sheet, moment, beat, talk)
    speaker = beat.speakers[0]
    if len(beat.speakers) > 1:
        return [_chorus(sheet, moment, beat, talk)]
    listener = _listener(sheet, run, position, talk)
    tension = _tension(sheet, beat, talk)
    size = _LADDER[min(3, int(tension * 4))]
    chunks = _chunks(beat)
    shots: list[Shot] = []
    floor = looking(_emphasised(moment.floor, beat, sheet), speaker, listener)
    if len(bodies) > 2 and talk.since_wide > 5 and speech_s(chunks[0][0].text) < 4.5 and sheet.mood != "urgent":
        talk.since_wide = 0
        shots.append(_shot(moment, "group", "FS", bodies[:6], floor, beat, chunks[0], "who is in the room", speaker))
    else:
        shots.append(_on_speaker(sheet, moment, beat, chunks[0], speaker, listener, size, tension, floor, before))
    for number, words in enumerate(chunks[1:], start=1):
        if listener is not None and number % 2 == 1 and (talk.since_reaction >= 2 or len(chunks) > 2):
            talk.since_reaction = 0
            shots.append(_reaction(sheet, moment, beat, words, listener, size, speaker))
        else:
            closer: Size = "CU" if size in ("MLS", "MS") else "MS" if size == "CU" else "FS"
            motive = "in, as it comes to the point" if closer == "CU" else "back, to let it land"
            shots.append(_shot(moment, "single", closer, (speaker,), still(floor), beat, words, motive, speaker))
    if _lands(sheet, beat, tension, talk, run, position) and listener is not None and shots[-1].coverage != "reaction":
        talk.since_reaction = 0
        shots.append(_silent_reaction(sheet, moment, listener, speaker, size))
    return shots


def _on_speaker(
    sheet: SceneSheet,
    moment: Moment,
    beat: Speech,
    words: tuple[_Words, ...],
    speaker: str,
    listener: str | None,
    size: Size,
    tension: float,
    floor: tuple[Presence, ...],
    before: Shot | None,
) -> Shot:
    who = sheet.name(speaker)
    over = listener is not None and sheet.cast[speaker].species == sheet.cast[listener].species == "person"
    if beat.phone or listener is None or not over or tension >= 0.55:
        motive = f"close on {who}" if size == "CU" else f"on {who}"
        if tension >= 0.55 and listener is not None:
            motive = "tightens as it comes to a head"
        shot = _shot(moment, "single", size, (speaker,), floor, beat, words, motive, speaker)
        if tension > 0.8 and sheet.moved < 1 and sum(speech_s(w.text) for w in words) > 2.5:
            sheet.moved += 1
            shot = replace(shot, move="push_in", motive="pushes in on the decision")
        elif sheet.mood == "urgent" and sheet.chance(words[0].text) < 0.5:
            shot = replace(shot, move="handheld")
        return shot
    wide: Size = size if size != "CU" else "MCU"
    motive = f"over {sheet.name(listener or '')}'s shoulder" if listener else f"on {who}"
    return replace(_shot(moment, "over_shoulder", wide, (speaker,), floor, beat, words, motive, speaker), over=listener)


def _shot(
    moment: Moment,
    coverage: Coverage,
    size: Size,
    subjects: tuple[str, ...],
    floor: tuple[Presence, ...],
    beat: Speech,
    words: tuple[_Words, ...],
    motive: str,
    speaker: str,
) -> Shot:
    heard: Heard = "on_screen" if speaker in subjects else "off_screen"
    return Shot(
        coverage=coverage,
        size=size,
        subjects=subjects,
        people=floor,
        props=moment.props,
        lines=_lines(beat, words, heard=heard),
        motive=motive,
        source=(SourceSpan(words[0].span.file, words[0].span.line, words[-1].span.last_line),),
    )


def _reaction(
    sheet: SceneSheet, moment: Moment, beat: Speech, words: tuple[_Words, ...], listener: str, size: Size, speaker: str
) -> Shot:
    floor = looking(still(moment.floor), speaker, listener)
    motive = f"{sheet.name(listener)} takes it in"
    return _shot(moment, "reaction", size, (listener,), floor, beat, words, motive, speaker)


def _silent_reaction(sheet: SceneSheet, moment: Moment, listener: str, speaker: str, size: Size) -> Shot:
    quiet = sheet.mood in ("quiet", "sad", "warm")
    return Shot(
        coverage="reaction",
        size="CU" if size in ("MCU", "CU") else "MCU",
        subjects=(listener,),
        people=looking(still(moment.floor), speaker, listener),
        props=moment.props,
        action=f"{_capital(sheet.name(listener))} takes it in.",
        duration_s=2.2 if quiet else 1.3 if sheet.mood == "urgent" else 1.7,
        motive=f"how {sheet.name(listener)} takes it",
        source=(moment.beat.span,),
    )


def _unseen(sheet: SceneSheet, moment: Moment, beat: Speech, talk: _Talk) -> list[Shot]:
    """A voice without a body here: seen are those who hear it, or the place."""
    bodies = sheet.bodies(moment)
    heard: Heard = "off_screen" if beat.heard == "on_screen" else beat.heard
    shots: list[Shot] = []
    for number, words in enumerate(_chunks(beat)):
        lines = _lines(beat, words, heard=heard)
        source = (SourceSpan(words[0].span.file, words[0].span.line, words[-1].span.last_line),)
        if bodies:
            main = bodies[(talk.spoken + number) % len(bodies)] if len(bodies) > 1 and heard != "phone" else bodies[0]
            size: Size = "MCU" if (talk.spoken + number) % 2 else "CU"
            name = sheet.name(main)
            shots.append(
                Shot(coverage="reaction", size=size, subjects=(main,), people=still(moment.floor), props=moment.props,
                     lines=lines, motive=f"{name} listens", source=source)
            )  # fmt: skip
        else:
            shots.append(
                Shot(coverage="master", size="WS" if number % 2 == 0 else "FS", people=(), props=moment.props,
                     lines=lines, motive="the place, while the voice speaks", source=source)
            )  # fmt: skip
    return shots


def _chorus(sheet: SceneSheet, moment: Moment, beat: Speech, talk: _Talk) -> Shot:
    talk.since_wide = 0
    people = beat.speakers
    coverage: Coverage = "two_shot" if len(people) == 2 else "group"
    return Shot(
        coverage=coverage,
        size="MLS",
        subjects=people[:6],
        people=moment.floor,
        props=moment.props,
        lines=_lines(beat, _whole(beat)),
        motive="they say it together",
        source=(beat.span,),
    )


def _listener(sheet: SceneSheet, run: Sequence[Moment], position: int, talk: _Talk) -> str | None:
    """Whom a speech is said to: the one it names, else who spoke before or answers, else who is there."""
    moment = run[position]
    beat = moment.beat
    if not isinstance(beat, Speech):
        return None
    speaker = beat.speakers[0]
    others = [who for who in sheet.bodies(moment) if who != speaker]
    if not others:
        return None
    if match := _TO.search(beat.delivery):
        named = [m.id for m in sheet.cast.mentions(match["who"] or match["zh"] or "")]
        named += [m.id for m in sheet.cast.mentions((match["who"] or "").title())]
        if hit := next((who for who in named if who in others), None):
            return hit
    called = [m.id for m in sheet.cast.mentions(beat.text) if not m.possessive]
    if hit := next((who for who in called if who in others), None):
        return hit
    if talk.last_speaker in others:
        return talk.last_speaker
    for later in run[position + 1 : position + 3]:
        if isinstance(later.beat, Speech) and later.beat.speakers[0] in others:
            return later.beat.speakers[0]
    looked = next((p.looks_at for p in moment.floor if p.character == speaker), None)
    if looked in others:
        return looked
    people = [who for who in others if sheet.cast[who].species == "person"]
    return (people or others)[0]


def _tension(sheet: SceneSheet, beat: Speech, talk: _Talk) -> float:
    """From 0 to 1: how far the talk has come, how hard the words hit, how the scene feels."""
    progress = talk.spoken / max(3, talk.count - 1)
    mood = {"tense": 0.16, "urgent": 0.12, "sad": 0.12, "warm": 0.04}.get(sheet.mood, 0.0)
    wave = (0.0, 0.06, -0.06)[talk.spoken % 3]
    level = 0.12 + 0.55 * min(1.0, progress) + 0.5 * intensity(beat) + mood + wave
    if talk.spoken == talk.count - 1 and talk.count > 3 and sheet.mood in ("comic", "neutral", "warm"):
        level -= 0.2
    return min(0.99, max(0.0, level))


def _lands(sheet: SceneSheet, beat: Speech, tension: float, talk: _Talk, run: Sequence[Moment], position: int) -> bool:
    """Whether a speech asks for a silent look at the one it hit."""
    if talk.since_reaction < 3:
        return False
    following = run[position + 1].beat if position + 1 < len(run) else None
    answered = isinstance(following, Speech) and speech_s(following.text) < 3.0
    blow = intensity(beat) > 0.4 or (beat.text.rstrip()[-1:] in "?？" and not answered)
    last = talk.spoken == talk.count - 1
    return (blow and tension > 0.4) or (last and talk.count > 2) or (talk.since_reaction >= 5 and not answered)


def _whole(beat: Speech) -> tuple[_Words, ...]:
    return tuple(_Words(piece.text, piece.delivery, piece.span) for piece in beat.pieces)


def _chunks(beat: Speech) -> list[tuple[_Words, ...]]:
    """A speech in parts that a shot can carry, cut at the ends of sentences; a short one is one part."""
    total = speech_s(beat.text)
    units = [unit for piece in beat.pieces for unit in _units(piece)]
    if total < _LONG_S or len(units) < 2:
        return [_merge(units)]
    parts = 2 if total < _VERY_LONG_S else max(2, round(total / (_HOLD_S * 0.62)))
    goal = total / parts
    chunks: list[list[_Words]] = [[]]
    filled = 0.0
    for number, unit in enumerate(units):
        length = speech_s(unit.text)
        rest = len(units) - number
        if chunks[-1] and len(chunks) < parts and (filled + length * 0.5 > goal or rest <= 0):
            chunks.append([])
            filled = 0.0
        chunks[-1].append(unit)
        filled += length
    return [_merge(chunk) for chunk in chunks]


def _units(piece: Piece) -> list[_Words]:
    """A piece's sentences, each with its lines; the cue's line stays with the first."""
    parts = split_speech(piece.text)
    if len(parts) < 2:
        return [_Words(piece.text, piece.delivery, piece.span)]
    whole = plain(piece.element.text)
    units: list[_Words] = []
    at = 0
    for number, part in enumerate(parts):
        start = whole.index(part, at)
        at = start + len(part)
        span = span_of_words(piece.element, piece.span.file, whole, start, at)
        if number == 0:
            span = SourceSpan(span.file, piece.span.line, span.last_line)
        units.append(_Words(part, piece.delivery if number == 0 else "", span))
    return units


def _merge(units: Sequence[_Words]) -> tuple[_Words, ...]:
    """Neighbouring sentences under one parenthetical as one line."""
    merged: list[_Words] = []
    for unit in units:
        if merged and not unit.delivery:
            last = merged[-1]
            glue = "" if last.text[-1:] in "。！？…，”" and ord(last.text[-1]) > 0x2E7F else " "
            span = SourceSpan(last.span.file, last.span.line, max(last.span.last_line, unit.span.last_line))
            merged[-1] = _Words(f"{last.text}{glue}{unit.text}", last.delivery, span)
        else:
            merged.append(unit)
    return tuple(merged)


def _lines(
    beat: Speech, words: Sequence[_Words], *, heard: Heard | None = None, together: bool = False
) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, part in enumerate(words):
        for order, speaker in enumerate(beat.speakers):
            lines.append(
                Line(
                    character=speaker,
                    text=part.text,
                    delivery=part.delivery,
                    heard=heard or beat.heard,
                    together=order > 0 or (together and number == 0),
                    source=part.span,
                )
            )
    return tuple(lines)


def _emphasised(floor: tuple[Presence, ...], beat: Speech, sheet: SceneSheet) -> tuple[Presence, ...]:
    """The floor with the speaker's hands helping, when a speech is long or strong."""
    strong = intensity(beat) > 0.3 or speech_s(beat.text) > 4.5
    if not strong or sheet.mood == "quiet":
        return floor
    return tuple(
        replace(p, act="gesture") if p.character == beat.speakers[0] and p.act == "none" and not p.holds else p
        for p in floor
    )


def _floor(group: Sequence[Moment]) -> tuple[Presence, ...]:
    """Everyone of several moments, as they are in the last that has them."""
    people: dict[str, Presence] = {}
    for moment in group:
        people.update({p.character: p for p in moment.floor})
    return tuple(people.values())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
