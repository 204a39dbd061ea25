"""What each member of the crew answers with: the forms of their replies, checked as they come in.

Only this edge knows pydantic; `director.plan` holds what is decided. No form has a place for dialogue or positions,
and every list and text is bounded.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from director.rules.pacing import Mood
from shots.attire import Bag, Bottom, Hair, Hat, Top
from shots.spec import Angle, Emotion, Hour, Move, PlaceKind, Side, Size, Style

__all__ = [
    "Breakdown",
    "Camera",
    "CameraShot",
    "CharacterLook",
    "Cutting",
    "Design",
    "Edit",
    "Entry",
    "Form",
    "FormT",
    "Found",
    "LightPlot",
    "Note",
    "SceneDirection",
    "SceneLight",
    "Spotting",
    "Worn",
]

Name = Annotated[str, Field(max_length=80)]
Id = Annotated[str, Field(max_length=24)]
Brief = Annotated[str, Field(max_length=200)]
Told = Annotated[str, Field(max_length=600)]
SmallAct = Literal["none", "look", "nod", "shake_head", "shrug", "gesture", "point", "wave", "laugh", "cry", "clap"]
Framing = Literal[
    "establishing", "master", "single", "two_shot", "group", "over_shoulder", "pov", "reaction", "insert"
]  # fmt: skip
Entry = Literal["cut", "smash_cut", "match_cut", "jump_cut", "dissolve", "fade_in", "fade_through_black", "wipe"]


class Form(BaseModel):
    """A reply, or a part of one."""

    model_config = ConfigDict(extra="forbid")


FormT = TypeVar("FormT", bound=Form)


class Found(Form):
    """A thing and the line that says so."""

    line: Id
    what: Name
    who: Name | None = None


class Breakdown(Form):
    """What a scene needs, each item with the line that asks for it."""

    wardrobe: list[Found] = Field(max_length=30)
    props: list[Found] = Field(max_length=40)
    sounds: list[Found] = Field(max_length=30)


class Worn(Form):
    """A piece of wardrobe."""

    kind: Top | Bottom | Hat | Bag
    colour: Name


class CharacterLook(Form):
    """How a member of the cast looks."""

    who: Name
    skin: Literal["pale", "light", "tan", "brown", "dark"] | None = None
    hair: Hair | None = None
    hair_colour: Name | None = None
    build: Literal["slim", "average", "broad", "heavy"] | None = None
    wardrobe: list[Worn] = Field(default=[], max_length=6)
    why: Brief = ""


class PlaceLook(Form):
    """Which set a place is."""

    place: Name
    kind: PlaceKind


class Design(Form):
    """The look of the film."""

    style: Style | None = None
    palette: list[Name] = Field(max_length=6)
    approach: Told
    characters: list[CharacterLook] = Field(max_length=40)
    places: list[PlaceLook] = Field(default=[], max_length=60)


class SceneLight(Form):
    """The light of one scene."""

    scene: int
    key_side: Side
    key_to_fill_ratio: Annotated[float, Field(ge=1, le=32)]
    colour_temperature_k: Annotated[int, Field(ge=1800, le=12000)]
    hour: Hour | None = None
    neon: bool = False
    why: Brief = ""


class LightPlot(Form):
    """The light of several scenes."""

    scenes: list[SceneLight] = Field(max_length=40)


class Beat(Form):
    """A beat of a scene."""

    first: Id
    last: Id
    what: Brief
    feel: Brief


class SceneDirection(Form):
    """What a scene is about, and how it moves."""

    intent: Told
    mood: Mood
    beats: list[Beat] = Field(min_length=1, max_length=24)
    turn: Id | None = None


class Note(Form):
    """What one person lets us see in a shot."""

    who: Name
    emotion: Emotion | None = None
    strength: Annotated[float, Field(ge=0, le=1)] | None = None
    looks_at: Name | None = None
    act: SmallAct | None = None


class CameraShot(Form):
    """One shot."""

    lines: list[Id] = Field(max_length=60)
    coverage: Framing
    size: Size
    angle: Angle = "eye_level"
    move: Move = "static"
    lens_mm: Annotated[float, Field(ge=14, le=200)] | None = None
    f_number: Annotated[float, Field(ge=1.2, le=22)] | None = None
    subjects: list[Name] = Field(default=[], max_length=8)
    over: Name | None = None
    pov_of: Name | None = None
    insert_of: Name | None = None
    focus: list[Name] = Field(default=[], max_length=3)
    people: list[Note] = Field(default=[], max_length=8)
    motive: Annotated[str, Field(min_length=3, max_length=160)]


class Camera(Form):
    """The shots of a scene, or of a part of it, in order."""

    shots: list[CameraShot] = Field(min_length=1, max_length=120)


class Cutting(Form):
    """What is done to one shot in the cut."""

    shot: int
    duration_s: Annotated[float, Field(ge=0.8, le=30)] | None = None
    transition: Entry | None = None
    leave_out: bool = False


class Edit(Form):
    """The cut of a scene: only the shots that want something."""

    cuts: list[Cutting] = Field(max_length=200)


class Cue(Form):
    """Music from one line to another."""

    first: Id
    last: Id
    mood: Mood
    why: Brief = ""


class Spotting(Form):
    """Where a scene has music. None is an answer."""

    cues: list[Cue] = Field(max_length=6)
