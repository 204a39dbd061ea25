"""What the widget's page may ask, message by message. Everything from the page is untrusted: it is this, or refused.

Values that a shot can be are checked again where it is changed; here is only what a message may look like.
"""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Gt, Le, Len, MaxLen
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from shots.errors import WorkprintError
from shots.spec import Angle, Hour, Move, Side, Size

__all__ = [
    "Ask",
    "AskedChanges",
    "Cancel",
    "Circle",
    "Clip",
    "Cut",
    "Film",
    "Look",
    "Open",
    "Ready",
    "Render",
    "SetHour",
    "SetLock",
    "Shoot",
    "States",
    "Step",
    "Try",
    "Write",
    "asked",
]

MOST_TAKES = 9
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Metres = Annotated[float, Ge(-1000), Le(1000)]
Spot = Annotated[list[Metres], Len(2, 2)]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class AskedChanges(_Message):
    """The fields of the page that are otherwise than in the storyboard, and the markers that were dragged."""

    note: Annotated[str, MaxLen(2000)] | None = None
    size: Size | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens_mm: Annotated[float, Ge(8), Le(400)] | None = None
    duration_s: Annotated[float, Gt(0), Le(600)] | None = None
    seed: Annotated[int, Ge(0), Le(2**53)] | None = None
    key_side: Side | None = None
    key_to_fill_ratio: Annotated[float, Ge(1), Le(64)] | None = None
    colour_temperature_k: Annotated[int, Ge(1500), Le(20000)] | None = None
    camera_m: Annotated[list[Metres], Len(3, 3)] | None = None
    marks_m: Annotated[dict[Id, Spot], MaxLen(64)] = Field(default_factory=dict)


class Ready(_Message):
    """A view is there: tell it the film."""

    kind: Literal["ready"]


class Look(_Message):
    """These shots are in view: send their stills."""

    kind: Literal["look"]
    shots: Annotated[list[Id], MaxLen(120)]


class States(_Message):
    """Tell how every shot stands."""

    kind: Literal["states"]


class Open(_Message):
    """Tell everything about a shot."""

    kind: Literal["open"]
    shot: Id


class Clip(_Message):
    """Send a take's bytes."""

    kind: Literal["clip"]
    shot: Id
    take: Key


class Film(_Message):
    """Send the film as it was cut last."""

    kind: Literal["film"]


class Try(_Message):
    """Draw a shot with changes, and tell what would go stale. `n` comes back with the answer."""

    kind: Literal["try"]
    shot: Id
    n: Annotated[int, Ge(0)]
    time_s: Annotated[float, Ge(0), Le(3600)] = 0.0
    changes: AskedChanges


class Shoot(_Message):
    """Make takes of a shot with changes. With a mask (the message's buffer, a PNG) what is white in it is kept."""

    kind: Literal["shoot"]
    shot: Id
    takes: Annotated[int, Ge(1), Le(MOST_TAKES)]
    changes: AskedChanges


class Write(_Message):
    """Write changes into the storyboard without a take of them."""

    kind: Literal["write"]
    shot: Id
    changes: AskedChanges


class Circle(_Message):
    """The film is to show this take."""

    kind: Literal["circle"]
    shot: Id
    take: Key


class SetLock(_Message):
    """Keep the shot's take whatever is changed, or let it go again."""

    kind: Literal["lock"]
    shot: Id
    locked: bool


class SetHour(_Message):
    """The hour of a whole scene."""

    kind: Literal["hour"]
    scene: Id
    hour: Hour


class Step(_Message):
    """One step back in the work on the storyboard, or forth again."""

    kind: Literal["undo", "redo"]


class Render(_Message):
    """Make what is stale."""

    kind: Literal["render"]


class Cut(_Message):
    """Make what is stale and assemble the film."""

    kind: Literal["cut"]


class Cancel(_Message):
    """Stop what is being made; takes that are finished stay."""

    kind: Literal["cancel"]


Ask = (
    Ready
    | States
    | Look
    | Open
    | Clip
    | Film
    | Try
    | Shoot
    | Write
    | Circle
    | SetLock
    | SetHour
    | Step
    | Render
    | Cut
    | Cancel
)
_ADAPTER: TypeAdapter[Ask] = TypeAdapter(Annotated[Ask, Field(discriminator="kind")])


def asked(content: object) -> Ask:
    """A message from the page as one of these.

    Raises:
        WorkprintError: it is none.
    """
    try:
        return _ADAPTER.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        what = first["msg"][:1].lower() + first["msg"][1:]
        told = f"{where}: {what}" if where else what
        raise WorkprintError(f"This was not understood ({told[:300]}). Fix: give a value that can be.") from None
