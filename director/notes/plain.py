"""Notes in plain words, read without a model: a verb and ids, several parted by semicolons.

    longer S2.3 1.5        tighter S2.3        brighter scene 2      swap S2.3 S2.4
    shorter S2.3           wider S2.3 2        warmer S2.3           move S2.5 after S2.3
    hold S2.3 4            push in S1.2        key S2.3 left         delete S2.4 into S2.3
    dissolve S3.1 1        low angle S1.2      kelvin scene 2 3200   insert after S2.3 of LIGHTER

Guesses nothing: what is in none of these forms is told with the nearest one. `director.notes.apply` judges the rest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from director.notes.draft import Draft
from director.notes.operations import (
    MOST_OPERATIONS,
    Annotate,
    Brighten,
    Closer,
    Delete,
    Enter,
    Hold,
    Insert,
    Longer,
    Operation,
    Play,
    Reframe,
    Relight,
    Reorder,
    Swap,
    Warm,
)
from shots.errors import NoteError, near_name
from shots.ids import fold
from shots.spec import SIZES, Angle, Emotion, Move, Side, TransitionKind

__all__ = ["NotPlain", "read"]

_LONGEST = 100_000
_NUMBER = r"(\d{1,6}(?:\.\d{1,6})?)"
_SECONDS = re.compile(rf"(.+?)(?:\s+(?:by|to|for))?\s+{_NUMBER}\s*(?:s|sec|seconds?)?", re.IGNORECASE)
_STEPS = re.compile(r"(.+?)(?:\s+by)?\s+(\d{1,2})(?:\s+(?:steps?|sizes?))?", re.IGNORECASE)
_TOO = re.compile(
    r"(.+?)\s+(?:is|are|feels|looks|runs)\s+(?:a\s+(?:bit|little)\s+)?(?:much\s+)?too\s+(\w+)", re.IGNORECASE
)
_FOR: dict[str, Callable[[str], Operation]] = {
    "dark": lambda of: Brighten(of=of),
    "bright": lambda of: Brighten(of=of, steps=-1),
    "cold": lambda of: Warm(of=of),
    "cool": lambda of: Warm(of=of),
    "warm": lambda of: Warm(of=of, steps=-1),
    "wide": lambda shot: Closer(shot=shot),
    "tight": lambda shot: Closer(shot=shot, steps=-1),
    "close": lambda shot: Closer(shot=shot, steps=-1),
    "short": lambda shot: Longer(shot=shot),
    "long": lambda shot: Longer(shot=shot, by_s=-1.0),
}


class NotPlain(NoteError):
    """Words that are in no form known here; each problem is a part of the note, with the nearest form."""


def read(note: str, draft: Draft) -> tuple[Operation, ...]:
    """The operations of a note in plain words.

    Raises:
        NotPlain: parts of it are in no form known here.
        NoteError: it names a shot, scene, character or prop that there is not, or says half of a thing.
    """
    if len(note) > _LONGEST:
        raise NoteError(f"A note of {len(note)} characters is too long. Fix: give several notes.")
    parts = [" ".join(part.split()) for part in re.split(r"[;\n]", note)]
    parts = [part for part in parts if part]
    if not parts:
        raise NoteError("The note is empty. Fix: say what to change, such as 'longer S2.3 1.5; brighter scene 2'.")
    if len(parts) > MOST_OPERATIONS:
        raise NoteError(f"A note holds at most {MOST_OPERATIONS} changes, not {len(parts)}. Fix: give several notes.")
    known = _Known(draft)
    operations: list[Operation] = []
    problems: list[str] = []
    unread: list[str] = []
    for part in parts:
        try:
            operations.append(_one(part.rstrip(".!"), known))
        except NotPlain as error:
            unread += error.problems
        except NoteError as error:
            problems += error.problems
    if unread:
        raise NotPlain(*dict.fromkeys(unread))
    if problems:
        raise NoteError(*dict.fromkeys(problems))
    return tuple(operations)


class _Known:
    """The ids that a note can name."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.shots = {fold(shot.id or "") for shot in draft.board.shots()}

    def shot(self, text: str) -> str:
        """The id of a shot. Words where an id should be are somebody's own way to say it."""
        if " " in text and fold(text) not in self.shots and not any(ch.isdigit() for ch in text):
            raise NotPlain(f"'{_shown(text)}' (a shot by its id, such as S2.3)")
        return self.draft.shot_id(text)

    def of(self, text: str) -> str:
        """The id of a shot, or of a scene as `S2`, `scene 2` or by its printed number."""
        name = re.sub(r"^(?:the )?scene ", "", text, flags=re.IGNORECASE)
        if fold(name) in self.shots and name == text:
            return self.draft.shot_id(name)
        scene = (name != text and _printed(self.draft, name)) or self.draft.scene(name)
        if not scene and name != text:
            scene = self.draft.scene(f"S{name}")
        if scene:
            return scene.id or ""
        if name != text:
            ids = ", ".join(scene.id or "" for scene in self.draft.board.scenes[:8])
            raise NoteError(f"There is no scene '{name[:80]}'. Fix: name one of {ids}.")
        return self.draft.shot_id(name)

    def first(self, text: str) -> tuple[str, str]:
        """The id that a text begins with, ids may hold spaces, and what follows."""
        words = text.split(" ")
        for n in range(min(len(words), 8), 0, -1):
            if fold(" ".join(words[:n])) in self.shots:
                return self.shot(" ".join(words[:n])), " ".join(words[n:])
        return self.shot(words[0]), " ".join(words[1:])

    def character(self, text: str) -> tuple[str, str]:
        """The character that a text begins with, and what follows."""
        words = text.split(" ")
        for n in range(len(words), 0, -1):
            try:
                return self.draft.character(" ".join(words[:n])), " ".join(words[n:])
            except NoteError:
                continue
        return self.draft.character(words[0]), ""


def _printed(draft: Draft, number: str) -> Any:
    return next((s for s in draft.board.scenes if s.number is not None and fold(s.number) == fold(number)), None)


def _one(part: str, known: _Known) -> Operation:
    if found := _TOO.fullmatch(part):
        make = _FOR.get(found[2].lower())
        if make is not None:
            return make(
                known.of(found[1])
                if found[2].lower() in ("dark", "bright", "cold", "cool", "warm")
                else known.shot(found[1])
            )
    words = part.lower().replace("_", " ")
    for verb in _VERBS:
        if words == verb.says or words.startswith(verb.says + " "):
            rest = part[len(verb.says) :].strip()
            if not rest:
                raise NoteError(f"'{part}' names no shot. Fix: say '{verb.form}'.")
            return verb.read(rest, known, verb.form)
    first = {verb.says.split(" ")[0]: verb.form for verb in reversed(_VERBS)}
    close = difflib.get_close_matches(words.split(" ")[0], first, n=1, cutoff=0.75)
    raise NotPlain(f"'{_shown(part)}'{f' (the nearest is {first[close[0]]!r})' if close else ''}")


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True)
class _Verb:
    """A form that begins with `says`; `read` takes what follows."""

    says: str
    form: str
    read: Callable[[str, _Known, str], Operation]


def _seconds(make: Callable[[str, float], Operation], least: float | None) -> Callable[[str, _Known, str], Operation]:
    def read_(rest: str, known: _Known, form: str) -> Operation:
        if fold(rest) not in known.shots and (found := _SECONDS.fullmatch(rest)):
            return make(known.shot(found[1]), float(found[2]))
        shot = known.shot(rest)
        if least is None:
            raise NoteError(f"How long is {shot}? Fix: say '{form}'.")
        return make(shot, least)

    return read_


def _steps(
    make: Callable[[str, int], Operation], find: Callable[[_Known, str], str]
) -> Callable[[str, _Known, str], Operation]:
    def read_(rest: str, known: _Known, _form: str) -> Operation:
        found = _STEPS.fullmatch(rest)
        if found and fold(rest) not in known.shots and not re.fullmatch(r"(?:the )?scene", found[1], re.IGNORECASE):
            return make(find(known, found[1]), int(found[2]))
        return make(find(known, rest), 1)

    return read_


def _word(
    make: Callable[[str, str], Operation], words: tuple[str, ...] | None, find: Callable[[_Known, str], str]
) -> Callable[[str, _Known, str], Operation]:
    """A shot or scene, then a word."""

    def read_(rest: str, known: _Known, form: str) -> Operation:
        name, _, said = rest.rpartition(" ")
        if not name:
            raise NoteError(f"'{rest[:60]}' is half of it. Fix: say '{form}'.")
        found = find(known, name)
        if words is None:
            if not re.fullmatch(rf"{_NUMBER}(?:k|mm|:1)?", said.lower()):
                raise NoteError(f"'{said[:60]}' is no number. Fix: say '{form}'.")
            return make(found, re.sub(r"(?:k|mm|:1)$", "", said.lower()))
        told = next((word for word in words if word.lower() == said.lower()), None)
        if told is None:
            raise NoteError(
                f"'{said[:60]}' is none of {', '.join(words)}{near_name(said, words) or '.'} Fix: say '{form}'."
            )
        return make(found, told)

    return read_


def _move(move: str) -> Callable[[str, _Known, str], Operation]:
    return lambda rest, known, _form: Reframe(shot=known.shot(rest), move=move)  # type: ignore[arg-type]


def _angle(angle: str) -> Callable[[str, _Known, str], Operation]:
    return lambda rest, known, _form: Reframe(shot=known.shot(rest), angle=angle)  # type: ignore[arg-type]


def _transition(kind: str) -> Callable[[str, _Known, str], Operation]:
    def read_(rest: str, known: _Known, _form: str) -> Operation:
        rest = re.sub(r"^(?:to|into) ", "", rest, flags=re.IGNORECASE)
        if fold(rest) not in known.shots and (found := _SECONDS.fullmatch(rest)):
            return Enter(shot=known.shot(found[1]), kind=kind, duration_s=float(found[2]))  # type: ignore[arg-type]
        return Enter(shot=known.shot(rest), kind=kind)  # type: ignore[arg-type]

    return read_


def _swap(rest: str, known: _Known, form: str) -> Operation:
    one, other = known.first(rest)
    if not other:
        raise NoteError(f"{one} alone cannot be swapped. Fix: say '{form}'.")
    return Swap(shot=one, other=known.shot(re.sub(r"^(?:and|with) ", "", other, flags=re.IGNORECASE)))


def _reorder(rest: str, known: _Known, form: str) -> Operation:
    one, where = known.first(rest)
    found = re.fullmatch(r"(after|before) (.+)", where, re.IGNORECASE)
    if not found:
        raise NoteError(f"Where should {one} go? Fix: say '{form}'.")
    side = "before" if found[1].lower() == "before" else "after"
    return Reorder(shot=one, to=known.shot(found[2]), where=side)  # type: ignore[arg-type]


def _delete(rest: str, known: _Known, form: str) -> Operation:
    shot, heir = known.first(rest.replace(", ", " "))
    found = re.fullmatch(r"(?:(?:words|lines) )?(?:into|to) (.+)", heir, re.IGNORECASE)
    if heir and not found:
        raise NoteError(f"'{heir[:60]}' is not understood. Fix: say '{form}'.")
    return Delete(shot=shot, lines_to=known.shot(found[1]) if found else None)


def _insert(rest: str, known: _Known, form: str) -> Operation:
    found = re.fullmatch(r"(after|before) (.+)", rest, re.IGNORECASE)
    if not found:
        raise NoteError(f"Where should it be inserted? Fix: say '{form}'.")
    beside, what = known.first(found[2])
    timed = re.fullmatch(rf"(.*?),? ?(?:for )?\b{_NUMBER} ?s(?:ec|econds?)?", what, re.IGNORECASE)
    what, duration_s = (timed[1], float(timed[2])) if timed else (what, None)
    kind: Any = "cutaway"
    of: str | None = None
    draft = known.draft
    if reaction := re.fullmatch(r"(?:an? )?reaction(?: of)? (.+)", what, re.IGNORECASE):
        kind, of, what = "reaction", draft.character(reaction[1]), ""
    elif thing := re.fullmatch(r"(?:(?:an )?insert )?of (.+)", what, re.IGNORECASE):
        kind, of, what = "insert", draft.prop(thing[1]), ""
    elif any(fold(what) == fold(prop.id) for prop in draft.whole.props):
        kind, of, what = "insert", draft.prop(what), ""
    else:
        what = re.sub(r"^(?:a )?cutaway(?: (?:of|to))? ?", "", what, flags=re.IGNORECASE)
        if not what:
            raise NoteError(f"What is seen after {beside}? Fix: say '{form}'.")
    side: Any = found[1].lower()
    return Insert(beside=beside, kind=kind, where=side, of=of, action=what, duration_s=duration_s)


def _emotion(rest: str, known: _Known, form: str) -> Operation:
    shot, who = known.first(rest)
    name, feeling = known.character(who) if who else ("", "")
    if feeling.lower() not in get_args(Emotion):
        raise NoteError(f"What does one feel in {shot}? Fix: say '{form}' with {', '.join(get_args(Emotion))}.")
    return Play(shot=shot, character=name, emotion=feeling.lower())  # type: ignore[arg-type]


def _look(rest: str, known: _Known, form: str) -> Operation:
    shot, who = known.first(rest)
    name, at = known.character(who) if who else ("", "")
    at = re.sub(r"^(?:looks )?at ", "", at, flags=re.IGNORECASE)
    if not at:
        raise NoteError(f"Who looks at what in {shot}? Fix: say '{form}'.")
    return Play(shot=shot, character=name, looks_at=known.draft.seen(at))


def _focus(rest: str, known: _Known, form: str) -> Operation:
    shot, names = known.first(rest)
    sharp = tuple(known.draft.thing(name.strip()) for name in re.sub(r"^on ", "", names).split(",") if name.strip())
    if not sharp:
        raise NoteError(f"What is sharp in {shot}? Fix: say '{form}'.")
    return Reframe(shot=shot, focus=sharp)


def _note(rest: str, known: _Known, form: str) -> Operation:
    shot, text = known.first(rest)
    if not text:
        raise NoteError(f"What is to be noted of {shot}? Fix: say '{form}'.")
    return Annotate(shot=shot, note=text)


_SHOT, _OF = _Known.shot, _Known.of
_PLAIN: tuple[_Verb, ...] = (
    _Verb("longer", "longer S2.3 1.5", _seconds(lambda shot, s: Longer(shot=shot, by_s=s), 1.0)),
    _Verb("shorter", "shorter S2.3 0.5", _seconds(lambda shot, s: Longer(shot=shot, by_s=-s), 1.0)),
    _Verb("hold", "hold S2.3 4", _seconds(lambda shot, s: Hold(shot=shot, duration_s=s), None)),
    _Verb("tighter", "tighter S2.3", _steps(lambda shot, n: Closer(shot=shot, steps=n), _SHOT)),
    _Verb("closer", "closer S2.3", _steps(lambda shot, n: Closer(shot=shot, steps=n), _SHOT)),
    _Verb("wider", "wider S2.3", _steps(lambda shot, n: Closer(shot=shot, steps=-n), _SHOT)),
    _Verb("brighter", "brighter S2.3", _steps(lambda of, n: Brighten(of=of, steps=n), _OF)),
    _Verb("darker", "darker scene 2", _steps(lambda of, n: Brighten(of=of, steps=-n), _OF)),
    _Verb("warmer", "warmer scene 2", _steps(lambda of, n: Warm(of=of, steps=n), _OF)),
    _Verb("cooler", "cooler S2.3", _steps(lambda of, n: Warm(of=of, steps=-n), _OF)),
    _Verb("colder", "colder S2.3", _steps(lambda of, n: Warm(of=of, steps=-n), _OF)),
    _Verb("size", "size S2.3 CU", _word(lambda shot, w: Reframe(shot=shot, size=w), SIZES, _SHOT)),  # type: ignore[arg-type]
    _Verb("lens", "lens S2.3 85", _word(lambda shot, w: Reframe(shot=shot, lens_mm=float(w)), None, _SHOT)),
    _Verb("focus", "focus S2.3 MARA, LIGHTER", _focus),
    _Verb("key", "key S2.3 left", _word(lambda of, w: Relight(of=of, key_side=w), get_args(Side), _OF)),  # type: ignore[arg-type]
    _Verb("ratio", "ratio scene 2 4", _word(lambda of, w: Relight(of=of, key_to_fill_ratio=float(w)), None, _OF)),
    _Verb(
        "kelvin",
        "kelvin scene 2 3200",
        _word(lambda of, w: Relight(of=of, colour_temperature_k=round(float(w))), None, _OF),
    ),
    _Verb("emotion", "emotion S2.3 MARA sad", _emotion),
    _Verb("look", "look S2.3 MARA at TOM", _look),
    _Verb("swap", "swap S2.3 S2.4", _swap),
    _Verb("move", "move S2.5 after S2.3", _reorder),
    _Verb("delete", "delete S2.4 into S2.3", _delete),
    _Verb("insert", "insert after S2.3 of LIGHTER", _insert),
    _Verb("note", "note S2.3 what the crew should know", _note),
)
_SPELLED = (
    *(_Verb(move.replace("_", " "), f"{move.replace('_', ' ')} S2.3", _move(move)) for move in get_args(Move)),
    *(
        _Verb(f"{angle.replace('_', ' ')} angle", f"{angle.replace('_', ' ')} angle S2.3", _angle(angle))
        for angle in get_args(Angle)
    ),
    *(
        _Verb(kind.replace("_", " "), f"{kind.replace('_', ' ')} S2.3 1", _transition(kind))
        for kind in get_args(TransitionKind)
    ),
)
_VERBS = tuple(sorted((*_PLAIN, *_SPELLED), key=lambda verb: -len(verb.says)))
