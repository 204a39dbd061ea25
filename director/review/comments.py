"""What is said of a film in review: comments with drawings on frames, which shots are approved. Data and its limits.

A comment hangs on a shot and a second of it, counted from the beginning of its take, so it keeps its place when
the film is cut anew. Comments come from browsers and from files that were mailed: everything that is read is checked.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, cast

from annotated_types import Ge, Gt, Le, Len
from pydantic import StringConstraints, TypeAdapter, ValidationError

from shots.errors import WorkprintError

__all__ = ["COLOURS", "Comment", "Review", "Stroke", "Verdict", "merged", "new_id", "now", "read_as", "review_of"]

Colour = Literal["amber", "red", "cyan", "white"]
COLOURS: Mapping[Colour, str] = {"amber": "#ffb627", "red": "#ff4d4d", "cyan": "#35d0e6", "white": "#ffffff"}
"""What can be drawn with; the page has the same."""

_STRICT = {"extra": "forbid"}
_Share = Annotated[float, Ge(0), Le(1)]
_Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,40}$")]
_ShotId = Annotated[str, Len(1, 80)]
_Name = Annotated[str, Len(0, 80)]
_Take = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{12})?$")]
_Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)$")]
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MOST_COMMENTS = 10_000
_MOST_POINTS = 6_000  # of one comment's drawing


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A line drawn on a frame: points as shares of its width and height from the top left; `width` of its height."""

    __pydantic_config__ = _STRICT

    colour: Colour = "amber"
    width: Annotated[float, Gt(0), Le(0.1)] = 0.008
    points: Annotated[tuple[Annotated[tuple[_Share, ...], Len(2, 2)], ...], Len(1, 2000)]


@dataclass(frozen=True, kw_only=True)
class Comment:
    """Something said of a moment of a shot. `take` is the beginning of the key of the take that was seen, "" for none.

    A removed one is kept, and shown nowhere.
    """

    __pydantic_config__ = _STRICT

    id: _Id
    shot: _ShotId
    at_s: Annotated[float, Ge(0), Le(3600)]
    text: Annotated[str, Len(0, 4000)]
    by: _Name = ""
    take: _Take = ""
    strokes: Annotated[tuple[Stroke, ...], Len(0, 64)] = ()
    resolved: bool = False
    removed: bool = False
    made: _Moment
    changed: _Moment

    def __post_init__(self) -> None:
        if not self.text.strip() and not self.strokes:
            raise ValueError("a comment says something or draws something")
        if sum(len(stroke.points) for stroke in self.strokes) > _MOST_POINTS:
            raise ValueError(f"a drawing has at most {_MOST_POINTS} points")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a shot will do, as its take `take` was seen; "open" takes back what was said before."""

    __pydantic_config__ = _STRICT

    shot: _ShotId
    state: Literal["approved", "rejected", "open"]
    by: _Name = ""
    take: _Take = ""
    changed: _Moment


@dataclass(frozen=True, kw_only=True)
class Review:
    """All that was said of a film: comments in the order they were made, and the last verdict on each shot."""

    __pydantic_config__ = _STRICT

    form: Literal[1] = 1
    title: Annotated[str, Len(0, 1000)] = ""
    comments: Annotated[tuple[Comment, ...], Len(0, _MOST_COMMENTS)] = ()
    verdicts: Annotated[tuple[Verdict, ...], Len(0, _MOST_COMMENTS)] = field(default=())

    @property
    def shown(self) -> tuple[Comment, ...]:
        """The comments that were not removed."""
        return tuple(comment for comment in self.comments if not comment.removed)

    def verdict(self, shot: str) -> Verdict | None:
        """What was last said of a shot as a whole."""
        return next((verdict for verdict in self.verdicts if verdict.shot == shot), None)

    def plain(self) -> dict[str, Any]:
        """The review as JSON has it; `review_of` reads it back."""
        return asdict(self)


T = TypeVar("T")


def read_as(kind: type[T], value: object, where: str) -> T:
    """A record of `kind` from JSON's values, checked.

    Raises:
        WorkprintError: it is no such record, or beyond a limit.
    """
    try:
        made: T = _adapter(cast(Hashable, kind)).validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise WorkprintError(
            f"{where}{f' ({place})' if place else ''}: {what[:1].lower() + what[1:]}. "
            "Fix: keep within what a comment can be; see docs/review.md."
        ) from None
    return made


def review_of(value: object, where: str) -> Review:
    """A review from JSON's values, its texts without control characters.

    Raises:
        WorkprintError: it is none, of a form that is not known, or beyond a limit.
    """
    review = read_as(Review, value, where)
    return replace(
        review,
        comments=tuple(replace(one, text=clean(one.text), by=clean(one.by)) for one in review.comments),
        verdicts=tuple(replace(one, by=clean(one.by)) for one in review.verdicts),
    )


def merged(mine: Review, theirs: Review, shots: Iterable[str]) -> Review:
    """Both reviews in one: of a comment that stands in both, and of two verdicts on a shot, what was said later stands.

    A comment on a shot that is not among `shots` comes in all the same: the shot may come back.

    Raises:
        WorkprintError: there would be too many.
    """
    comments = {one.id: one for one in mine.comments}
    for one in theirs.comments:
        there = comments.get(one.id)
        if there is None or _moment(one.changed) > _moment(there.changed):
            comments[one.id] = one
    verdicts = {one.shot: one for one in mine.verdicts}
    for verdict in theirs.verdicts:
        said = verdicts.get(verdict.shot)
        if said is None or _moment(verdict.changed) > _moment(said.changed):
            verdicts[verdict.shot] = verdict
    order = {shot: place for place, shot in enumerate(shots)}
    if len(comments) > _MOST_COMMENTS:
        raise WorkprintError(
            f"there would be {len(comments)} comments, more than {_MOST_COMMENTS}. Fix: take in fewer of them."
        )
    return replace(
        mine,
        comments=tuple(sorted(comments.values(), key=lambda one: _moment(one.made))),
        verdicts=tuple(sorted(verdicts.values(), key=lambda one: (order.get(one.shot, len(order)), one.shot))),
    )


def clean(text: str) -> str:
    """A text without control characters, nor those that turn the direction of what stands beside it; ends stripped."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def new_id() -> str:
    """An id that no other comment has, in whichever file."""
    return secrets.token_hex(8)


def now() -> str:
    """This moment, ISO 8601, UTC, fine enough to tell two changes apart."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))
