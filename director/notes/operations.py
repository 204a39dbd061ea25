"""What a note can ask for: frozen records that name shots and scenes by their ids. Data only.

`director.notes.apply` carries them out; `director.notes.plain` reads them from plain words, `director.notes.crew` has
a language model write them. No operation holds a word of dialogue: what is spoken can be moved, never said anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, MaxLen, MinLen

from shots.spec import Angle, Emotion, Move, Side, Size, TransitionKind

__all__ = [
    "MOST_OPERATIONS",
    "Annotate",
    "Brighten",
    "Closer",
    "Delete",
    "Enter",
    "Hold",
    "Insert",
    "Longer",
    "Operation",
    "Play",
    "Reframe",
    "Relight",
    "Reorder",
    "Swap",
    "Warm",
]

MOST_OPERATIONS = 200  # in one note; who wants more edits the file

_STRICT = {"extra": "forbid", "allow_inf_nan": False}  # pydantic's config: an operation may come from anywhere
_Id = Annotated[str, MinLen(1), MaxLen(80)]
_Text = Annotated[str, MaxLen(600)]
_Steps = Annotated[int, Ge(-7), Le(7)]


@dataclass(frozen=True, kw_only=True)
class Reframe:
    """Sets how a shot is framed; None leaves a thing as it is. `focus` names characters and props."""

    __pydantic_config__ = _STRICT

    shot: _Id
    size: Size | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens_mm: Annotated[float, Ge(8), Le(400)] | None = None
    focus: Annotated[tuple[_Id, ...], MaxLen(8)] | None = None
    op: Literal["reframe"] = "reframe"


@dataclass(frozen=True, kw_only=True)
class Closer:
    """Frames a shot so many sizes tighter, from MS to MCU for one; wider when negative."""

    __pydantic_config__ = _STRICT

    shot: _Id
    steps: _Steps = 1
    op: Literal["closer"] = "closer"


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Sets how long a shot lasts, in seconds."""

    __pydantic_config__ = _STRICT

    shot: _Id
    duration_s: Annotated[float, Gt(0), Le(600)]
    op: Literal["hold"] = "hold"


@dataclass(frozen=True, kw_only=True)
class Longer:
    """Holds a shot by so many seconds longer than it lasts now; shorter when negative."""

    __pydantic_config__ = _STRICT

    shot: _Id
    by_s: Annotated[float, Ge(-600), Le(600)] = 1.0
    op: Literal["longer"] = "longer"


@dataclass(frozen=True, kw_only=True)
class Relight:
    """Sets the light of a shot or of a whole scene, named by its id; None leaves a thing as it is."""

    __pydantic_config__ = _STRICT

    of: _Id
    key_side: Side | None = None
    key_to_fill_ratio: Annotated[float, Ge(1), Le(64)] | None = None
    colour_temperature_k: Annotated[int, Ge(1500), Le(20000)] | None = None
    op: Literal["relight"] = "relight"


@dataclass(frozen=True, kw_only=True)
class Brighten:
    """Opens the shadows of a shot or scene by so many steps; darker when negative."""

    __pydantic_config__ = _STRICT

    of: _Id
    steps: _Steps = 1
    op: Literal["brighten"] = "brighten"


@dataclass(frozen=True, kw_only=True)
class Warm:
    """Makes the light of a shot or scene warmer by so many steps; cooler when negative."""

    __pydantic_config__ = _STRICT

    of: _Id
    steps: _Steps = 1
    op: Literal["warm"] = "warm"


@dataclass(frozen=True, kw_only=True)
class Enter:
    """Sets how a shot is entered from the one before."""

    __pydantic_config__ = _STRICT

    shot: _Id
    kind: TransitionKind
    duration_s: Annotated[float, Gt(0), Le(10)] | None = None
    op: Literal["enter"] = "enter"


@dataclass(frozen=True, kw_only=True)
class Play:
    """Sets what somebody in a shot feels and looks at; None leaves a thing as it is."""

    __pydantic_config__ = _STRICT

    shot: _Id
    character: _Id
    emotion: Emotion | None = None
    emotion_strength: Annotated[float, Ge(0), Le(1)] | None = None
    looks_at: _Id | None = None  # a character, a prop, or UP, DOWN, AWAY
    op: Literal["play"] = "play"


@dataclass(frozen=True, kw_only=True)
class Annotate:
    """Writes a shot's note, which is for people and changes no picture."""

    __pydantic_config__ = _STRICT

    shot: _Id
    note: _Text
    op: Literal["annotate"] = "annotate"


@dataclass(frozen=True, kw_only=True)
class Swap:
    """Two shots of one scene change places."""

    __pydantic_config__ = _STRICT

    shot: _Id
    other: _Id
    op: Literal["swap"] = "swap"


@dataclass(frozen=True, kw_only=True)
class Reorder:
    """A shot goes right after or before another one of its scene."""

    __pydantic_config__ = _STRICT

    shot: _Id
    to: _Id
    where: Literal["after", "before"] = "after"
    op: Literal["reorder"] = "reorder"


@dataclass(frozen=True, kw_only=True)
class Delete:
    """Takes a shot out. One that speaks goes only when `lines_to` names the shot beside it that takes its words."""

    __pydantic_config__ = _STRICT

    shot: _Id
    lines_to: _Id | None = None
    op: Literal["delete"] = "delete"


@dataclass(frozen=True, kw_only=True)
class Insert:
    """Puts in a shot without words: an insert `of` a prop, a reaction `of` a character, or a cutaway to the place."""

    __pydantic_config__ = _STRICT

    beside: _Id
    kind: Literal["insert", "reaction", "cutaway"]
    where: Literal["after", "before"] = "after"
    of: _Id | None = None
    action: _Text = ""
    size: Size | None = None
    duration_s: Annotated[float, Gt(0), Le(600)] | None = None
    op: Literal["insert"] = "insert"


Operation = (
    Reframe
    | Closer
    | Hold
    | Longer
    | Relight
    | Brighten
    | Warm
    | Enter
    | Play
    | Annotate
    | Swap
    | Reorder
    | Delete
    | Insert
)
