"""Coverage of what is done without words: sentence by sentence, as near as the verb asks.

A walk is seen whole, a hand at its work from the waist, a feeling from close; a look is answered by what is
seen; a thing that matters is shown by itself. Sentences of one person's one activity share a shot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.crowds import crowds_in
from director.rules.floor import Moment
from director.rules.pacing import silent_s
from director.rules.reading import Deed, Happening
from director.rules.sheet import SceneSheet, acts_of, still, together
from director.rules.sounds import draws_a_look
from director.rules.text import join
from shots.spec import Coverage, Move, Presence, Shot, Size

__all__ = ["cover_silence", "tells_by_face"]

_BODY = frozenset({"arrive", "move", "settle", "still", "leave"})
_MERGED_S = {"urgent": 0.0, "tense": 4.0, "comic": 4.5, "neutral": 5.0, "warm": 5.5, "sad": 6.5, "quiet": 6.5}
_CLAUSE = re.compile(r",?\s+(?:and then|then|and)\s+|[,;]\s+")
_AT_ALL = re.compile(
    r"\b(?:at|over|around at) (?:the others|them|everyone|everybody|all of them|the (?:group|crew))\b|看着大家", re.I
)
_FACE = re.compile(
    r"\b(?:an?|one|his|her|their|both|'s) (?:\w+ )?(?:eyes?|lips?|mouth|face|brow|jaw|cheeks?)\b|眼睛|嘴角|眼眶", re.I
)
_RELATIVE = re.compile(r"(?:which|that|who|where)\b", re.I)
_ROLLS_S = 3.6  # that a vehicle takes to come to a stop
_CLOSE_WORK = frozenset({"read", "write", "type", "phone"})


@dataclass(frozen=True)
class _Idea:
    """How one moment wants to be seen."""

    coverage: Coverage
    size: Size
    subjects: tuple[str, ...]
    motive: str
    move: Move = "static"
    insert_of: str | None = None
    angle_low: bool = False
    pov_of: str | None = None
    listens: bool = False  # for something out of the picture


def cover_silence(sheet: SceneSheet, run: Sequence[Moment[Happening]], before: Sequence[Shot]) -> list[Shot]:
    """Shots for a run of moments without words, in order, after the shots `before`; every moment is in at least one."""
    shots: list[Shot] = []
    position = 0
    while position < len(run):
        moment = run[position]
        idea = _idea(sheet, moment, [*before[-4:], *shots])
        group = [moment]
        while position + len(group) < len(run) and _joins(sheet, group, run[position + len(group)], idea):
            group.append(run[position + len(group)])
        position += len(group)
        shots.extend(_shots(sheet, group, idea))
        following = run[position] if position < len(run) else None
        answers = (_answers(sheet, told, following, shots) for told in group)
        shots.extend(next((answer for answer in answers if answer), []))
    return shots


def tells_by_face(beat: Happening) -> bool:
    """Whether what happens is seen in a face alone ("opens one eye")."""
    return _FACE.search(beat.text) is not None


def _lead(moment: Moment[Happening]) -> tuple[str, ...]:
    """Who the moment is about, doers first; those off the floor are left out."""
    beat = moment.beat
    doers = dict.fromkeys(deed.who for deed in beat.deeds if moment.present(deed.who))
    if beat.kind in ("arrive", "leave"):
        doers.update(dict.fromkeys((*moment.arrived, *moment.left)))
    return tuple(doers) or tuple(who for who in beat.named if moment.present(who))


def _idea(sheet: SceneSheet, moment: Moment[Happening], shots: list[Shot]) -> _Idea:
    beat = moment.beat
    lead = _lead(moment)
    bodies = moment.bodies
    subject_thing = next((thing for thing in beat.things if thing.subject or (thing.loud and not beat.deeds)), None)
    shown = [shot.insert_of for shot in shots[-3:]]
    if subject_thing is not None and not beat.deeds and subject_thing.prop not in shown:
        matters, move = f"{sheet.name(subject_thing.prop)} matters now", _closes_in(sheet)
        return _Idea("insert", "CU", (), matters, move, insert_of=subject_thing.prop)
    if (rolls := _rolls(moment)) is not None and not any(who in bodies for who in beat.named):
        return _Idea("master", "WS", (), f"{sheet.name(rolls)} is seen whole")
    crowd = next(iter(crowds_in(beat.text, sheet.cast)), None) if not lead else None
    if crowd is not None and crowd.where == "front" and bodies:
        return _Idea("pov", "WS", (), f"whom {sheet.name(bodies[0])} plays to", pov_of=bodies[0])
    if beat.everyone and len(bodies) > 1:
        if len(bodies) == 2:
            return _Idea("two_shot", "MLS", bodies, "both of them at once")
        return _Idea("group", "FS", bodies[:6], "all of them at once")
    if beat.named and beat.named[0] in sheet.cast.bodiless:
        return _Idea("master", "WS", (), f"where {sheet.name(beat.named[0])} is", angle_low=True)
    owner = next((who for who in beat.whose if who in bodies), None)
    if not lead and owner is not None and not draws_a_look(beat.sounds) and sheet.cast[owner].species == "person":
        return _Idea("single", "MCU", (owner,), f"what there is to see of {sheet.name(owner)}")
    if not lead:
        people = tuple(who for who in bodies if sheet.cast[who].species == "person") or bodies
        lately = [who for shot in shots[-3:] for who in shot.subjects]
        if draws_a_look(beat.sounds) and people and shots:
            people = tuple(sorted(people, key=lately.count))
            return _Idea("reaction", "MCU", people[:1], f"hears the {beat.sounds[0]}", listens=True)
        if len(bodies) > 2:
            return _Idea("group", "FS", bodies[:6], "how it takes all of them")
        if sheet.mood == "urgent" and people and shots and shots[-1].coverage != "reaction":
            people = tuple(sorted(people, key=lately.count, reverse=True))
            return _Idea("reaction", "MCU", people[:1], f"what it does to {sheet.name(people[0])}", "handheld")
        return _Idea("master", "WS", people[:2], "what happens around them" if people else "the place by itself")
    if len(lead) == 1 and lead[0] in moment.left:
        return _Idea("single", "FS", lead, f"{sheet.name(lead[0])} goes")
    return _led(sheet, beat, lead, bodies)


def _closes_in(sheet: SceneSheet) -> Move:
    """A thing that matters in a tense or a sad scene is slowly gone up to, when little else has moved."""
    return "push_in" if sheet.mood in ("tense", "sad") and sheet.moved < 2 else "static"


def _rolls(moment: Moment[Happening]) -> str | None:
    """The vehicle that comes, goes or passes in a moment."""
    return next((placed.prop for placed in moment.props if placed.enters or placed.exits), None)


def _led(sheet: SceneSheet, beat: Happening, lead: tuple[str, ...], bodies: tuple[str, ...]) -> _Idea:
    who, one, kind = sheet.name(lead[0]), lead[:1], beat.kind
    pair = tuple(dict.fromkeys([*lead, *(deed.target for deed in beat.deeds if deed.target in bodies)]))
    pair = tuple(body for body in pair if body is not None)
    running = any(deed.verb.gait == "run" for deed in beat.deeds)
    if kind == "touch" and len(pair) > 1:
        hands = any(deed.verb.act in ("shake_hands", "dance") for deed in beat.deeds)
        return _Idea("two_shot", "MLS" if hands else "MS", pair[:2], "they touch")
    if kind == "danger" and len(pair) > 1:
        return _Idea("two_shot", "MLS", pair[:2], "the blow and who takes it", "handheld")
    if kind == "danger":
        low = sheet.mood == "urgent" and sheet.chance(beat.text, "low") > 0.5
        move: Move = "handheld" if sheet.mood == "urgent" else "static"
        return _Idea("single", "FS", one, f"the danger to {who}", move, angle_low=low)
    if len(lead) > 2:
        return _Idea("group", "FS", lead[:6], "they do it together")
    if len(lead) == 2 and kind in ("move", "arrive", "leave", "still", "settle", "speak", None):
        move = "static" if kind != "move" else "handheld" if running else "follow"
        wide: Size = "FS" if kind in ("move", "arrive", "leave") else "MLS"
        return _Idea("two_shot", wide, lead, "the two together", move)
    if kind == "arrive":
        move = "handheld" if running and sheet.mood == "urgent" else "static"
        return _Idea("single", "FS", one, f"{who} comes in", move)
    if kind == "leave":
        return _Idea("single", "FS", one, f"{who} goes")
    if kind == "move":
        return _run(sheet, beat, one) if running and sheet.mood == "urgent" else _walk(sheet, beat, one)
    if kind in ("settle", "still") and sheet.cast[lead[0]].species != "person":
        return _Idea("single", "FS", one, f"{who} is seen from nose to tail")
    if kind == "settle":
        return _Idea("single", "MLS", one, f"{who} settles")
    if kind == "look":
        return _Idea("single", "MCU", one, f"{who} sees")
    if kind == "feel":
        strength = max((feeling[1] for _, feeling in beat.feelings), default=0.5)
        near: Size = "CU" if strength > 0.65 or sheet.mood in ("sad", "tense") else "MCU"
        if any(deed.verb.act in ("clap", "shrug") for deed in beat.deeds):
            return _Idea("single", "MLS", one, f"what {who} makes of it")
        move = "push_in" if strength > 0.65 and sheet.moved < 2 else "static"
        return _Idea("reaction", near, one, f"what {who} feels", move)
    if tells_by_face(beat) and kind not in ("settle", "speak"):
        return _Idea("reaction", "CU", one, f"{who}'s face tells it")
    if kind == "handle":
        deed = beat.deeds[0]
        gets = [thing.holder for thing in beat.things if thing.holder] if deed.verb.act in ("give", "throw") else []
        gets += [deed.target] if deed.verb.act == "throw" and deed.target is not None else []
        other = next((body for body in (*gets, *beat.whose) if body in bodies and body not in lead), None)
        if other is not None:
            return _Idea("two_shot", "MLS", (*one, other), f"{who} and {sheet.name(other)} at one thing")
        broad = deed.verb.act in ("throw", "drop", "pick_up", "put_down", "carry", "open_door", "close_door")
        return _Idea("single", "MLS" if broad else "MS", one, f"{who} at work with it")
    if kind == "speak":
        return _Idea("single", "MS", one, f"{who} makes itself heard" if draws_a_look(beat.sounds) else f"on {who}")
    if not beat.deeds:
        return _Idea("single", "MS", one, f"meets {who}")
    return _Idea("single", "MLS", one, f"finds {who} in place")


def _run(sheet: SceneSheet, beat: Happening, one: tuple[str, ...]) -> _Idea:
    """A run in a chase: no two alike."""
    moves: tuple[Move, ...] = ("follow", "handheld", "truck_left", "static")
    sizes: tuple[Size, ...] = ("FS", "FS", "MLS", "MCU")
    move = moves[int(sheet.chance(beat.text) * 4)]
    size = sizes[int(sheet.chance(beat.text, "size") * 4)]
    low = sheet.chance(beat.text, "low") > 0.6
    return _Idea("single", size, one, f"{sheet.name(one[0])} runs", move, angle_low=low)


def _walk(sheet: SceneSheet, beat: Happening, one: tuple[str, ...]) -> _Idea:
    """A walk is seen whole, and mostly gone along with."""
    move: Move = "follow" if sheet.chance(beat.text) < 0.75 else "static"
    return _Idea("single", "FS", one, f"goes with {sheet.name(one[0])}", move)


def _joins(sheet: SceneSheet, group: list[Moment[Happening]], following: Moment[Happening], idea: _Idea) -> bool:
    """Whether the next sentence goes on with the same activity of the same people, short enough for one shot."""
    first = group[0].beat
    beat = following.beat
    if sheet.montage or len(group) == 3 or idea.coverage == "insert":
        return False
    if any(_rolls(moment) for moment in (group[-1], following)):
        return False
    if any(p.enters for p in following.floor) or group[-1].left or following.left:
        return False
    text = join(moment.beat.text for moment in [*group, following])
    acts = tuple(act for moment in [*group, following] for act in acts_of(moment.floor))
    if silent_s(text, acts, "neutral", "MS") > _MERGED_S[sheet.mood]:
        return False
    if not _lead(following):
        return not beat.things and not draws_a_look(beat.sounds) and len(beat.text.split()) < 6
    if _lead(following) != _lead(group[-1]):
        return False
    if any(_acts_out(moment.beat) for moment in group) and _acts_out(beat):
        return False  # only the first of two acts would be played
    if first.kind not in _BODY and any(deed.verb.pose in ("sit", "lie", "kneel") for deed in beat.deeds):
        return False
    if tells_by_face(beat) or not {first.kind, beat.kind}.isdisjoint(("feel", "touch", "danger", "speak")):
        return first.kind == beat.kind == "feel"
    if min(len(group[-1].beat.text.split()), len(beat.text.split())) <= 4:
        return True
    same_body = {first.kind, beat.kind} <= _BODY
    return same_body or first.kind == beat.kind or (beat.kind is None and not beat.things)


def _acts_out(beat: Happening) -> bool:
    """Whether somebody does something with their hands that wants to be seen from its start to its end."""
    return any(deed.verb.kind == "handle" and deed.verb.act not in ("none", "gesture", "carry") for deed in beat.deeds)


def _shots(sheet: SceneSheet, group: list[Moment[Happening]], idea: _Idea) -> list[Shot]:
    text = join(moment.beat.text for moment in group)
    floor = together([moment.floor for moment in group])
    if idea.listens:
        floor = tuple(replace(p, looks_at="AWAY") if p.character in idea.subjects else p for p in floor)
    sounds = tuple(dict.fromkeys(sound for moment in group for sound in moment.beat.sounds))
    spans = tuple(dict.fromkeys(moment.beat.span for moment in group))
    clauses = _clauses(group[0]) if len(group) == 1 and sheet.mood == "urgent" else ()
    shot = Shot(
        coverage=idea.coverage,
        size=idea.size,
        angle="low" if idea.angle_low else "eye_level",
        move=idea.move,
        subjects=idea.subjects,
        insert_of=idea.insert_of,
        pov_of=idea.pov_of,
        people=floor,
        props=group[-1].props,
        action=text,
        duration_s=max(silent_s(text, acts_of(floor), sheet.mood, idea.size), _ROLLS_S if _rolls(group[-1]) else 0.0),
        sounds=sounds,
        motive=idea.motive,
        source=spans,
    )
    if idea.move != "static":
        sheet.moved += 1
    if len(clauses) < 2:
        return [shot]
    parts: list[Shot] = []
    for number, (clause, deed) in enumerate(clauses):
        people = tuple(_doing(p, deed, number, len(clauses)) for p in floor)
        whole = deed.verb.gait or deed.verb.act == "fall" or deed.verb.kind == "danger"
        parts.append(
            replace(
                shot,
                action=clause,
                people=people,
                size=("FS" if number % 2 == 0 else "MLS") if whole else ("MS" if number % 2 == 0 else "CU"),
                move=("handheld", "static", "follow")[number % 3],
                subjects=(deed.who,) if shot.coverage in ("single", "reaction") else shot.subjects,
                sounds=sounds if number == len(clauses) - 1 else (),
                duration_s=silent_s(clause, (deed.verb.act,), sheet.mood, "MS"),
                motive="breaks the action up",
            )
        )
    return parts


def _clauses(moment: Moment[Happening]) -> tuple[tuple[str, Deed], ...]:
    """A long sentence of several deeds, cut before each; empty when it does not come apart cleanly."""
    beat = moment.beat
    if len(beat.deeds) < 2 or len(beat.text.split()) < 8:
        return ()
    cuts: list[tuple[int, Deed]] = []
    for deed in beat.deeds:
        at = beat.text.find(deed.word)
        breaks = [match.end() for match in _CLAUSE.finditer(beat.text, 0, max(at, 0) + 1) if match.end() <= at]
        cuts.append((breaks[-1] if breaks else 0, deed))
    cuts = [(0, cuts[0][1]), *(cut for cut in cuts[1:] if cut[0] > 0)]
    starts = sorted({at for at, _ in cuts})
    if len(starts) < 2:
        return ()
    parts: list[tuple[str, Deed]] = []
    for number, start in enumerate(starts[:3]):
        end = starts[number + 1] if number + 1 < min(3, len(starts)) else len(beat.text)
        clause = re.sub(r"(?:,|;|\band\b|\bthen\b|\s)+$", "", beat.text[start:end]).rstrip(".") + "."
        deed = next(deed for at, deed in cuts if at == start)
        if number and not clause[:1].isupper():
            clause = clause[:1].upper() + clause[1:]
        parts.append((clause, deed))
    clean = all(len(clause.split()) > 1 and not _RELATIVE.match(clause) for clause, _ in parts)
    return tuple(parts) if clean else ()


def _doing(presence: Presence, deed: Deed, number: int, count: int) -> Presence:
    exits = presence.exits if number == count - 1 else None
    enters = presence.enters if number == 0 else None
    act = deed.verb.act if presence.character == deed.who else "none"
    return replace(presence, act=act, enters=enters, exits=exits)


def _answers(
    sheet: SceneSheet, moment: Moment[Happening], following: Moment[Happening] | None, shots: list[Shot]
) -> list[Shot]:
    """What a look sees and what a hand holds, when the script does not show it next by itself."""
    beat = moment.beat
    if sheet.montage or not beat.deeds:
        return []
    shown = set(_lead(following)) if following is not None else set()
    for shot in shots[-2:-1]:
        shown.update(shot.subjects if len(shot.subjects) == 1 else ())
    close = {shot.insert_of for shot in shots[-4:]}
    floor = still(moment.floor)
    looker = next((deed.who for deed in beat.deeds if deed.verb.kind == "look"), None)
    others = tuple(p.character for p in floor if p.character != looker)
    if looker is not None and len(others) > 1 and _AT_ALL.search(beat.text) and not set(others) <= shown:
        return [_answer(sheet, moment, "group", "FS", others[:6], f"whom {sheet.name(looker)} sees", None)]
    for deed in beat.deeds:
        target = deed.target
        if target is None or deed.who not in {p.character for p in floor}:
            continue
        if target in sheet.kinds and target not in close:
            near = deed.verb.act in _CLOSE_WORK or deed.verb.kind == "look"
            loud = any(thing.prop == target and thing.loud for thing in beat.things)
            if not (near or loud) or (sheet.mood == "urgent" and not loud):
                continue
            whose = f"what {sheet.name(deed.who)} sees" if deed.verb.kind == "look" else "what it is all about"
            return [_answer(sheet, moment, "insert", "CU", (), whose, target, None)]
        if deed.verb.kind == "look" and target in {p.character for p in floor} and target not in shown:
            motive = f"what {sheet.name(deed.who)} sees"
            return [_answer(sheet, moment, "pov", "MS", (target,), motive, None, deed.who)]
    return []


def _answer(
    sheet: SceneSheet,
    moment: Moment[Happening],
    coverage: Coverage,
    size: Size,
    subjects: tuple[str, ...],
    motive: str,
    insert_of: str | None,
    pov_of: str | None = None,
) -> Shot:
    text = sheet.seen(insert_of or subjects[0]) if len(subjects) < 2 else moment.beat.text
    return Shot(
        coverage=coverage,
        size=size,
        subjects=subjects,
        insert_of=insert_of,
        pov_of=pov_of,
        angle="low" if pov_of is not None and sheet.cast[pov_of].species != "person" else "eye_level",
        people=still(moment.floor),
        props=moment.props,
        action=text,
        duration_s=silent_s("", (), sheet.mood, size),
        motive=motive,
        source=(moment.beat.span,),
    )
