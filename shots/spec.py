"""What a storyboard says: frozen records of cast, places, props, scenes and shots, in the field's words.

Plain dataclasses; `shots.storyboard` reads and writes them as YAML (and is the only place that validates
them), `shots.defaults` fills what a person left out, `shots.graph` links shots. Words stay words here
("red", "night", "MCU"); `shots.blocking` turns them into colours, metres and degrees.

`None` or an empty tuple always means "not said: choose for me".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from annotated_types import Ge, Gt, Le, Len

from shots.source import SourceSpan

__all__ = [
    "LOOKS",
    "SIZES",
    "STYLES",
    "Angle",
    "Beard",
    "Character",
    "Coverage",
    "Crowd",
    "Garment",
    "Given",
    "Glasses",
    "Hour",
    "Light",
    "Line",
    "Look",
    "Move",
    "Place",
    "PlacedProp",
    "Plate",
    "Portrait",
    "Practical",
    "Presence",
    "Prop",
    "Reference",
    "Scene",
    "Shot",
    "Size",
    "Split",
    "Storyboard",
    "Style",
    "Transition",
    "Trim",
    "Voice",
]

LOOKS = ("UP", "DOWN", "AWAY")
"""Where somebody can look who looks at nobody and nothing that is told: the sky, the floor, the distance."""

Metres = Annotated[float, Ge(-1000), Le(1000)]
Size = Literal["EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU"]
SIZES: tuple[Size, ...] = get_args(Size)  # widest first
Angle = Literal["eye_level", "low", "high", "overhead", "dutch"]
Move = Literal[
    "static",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "push_in",
    "pull_out",
    "truck_left",
    "truck_right",
    "crane_up",
    "crane_down",
    "orbit_left",
    "orbit_right",
    "zoom_in",
    "zoom_out",
    "follow",
    "handheld",
]
Coverage = Literal[
    "establishing",
    "master",
    "single",
    "two_shot",
    "group",
    "over_shoulder",
    "pov",
    "reaction",
    "insert",
    "split_screen",
]
Hour = Literal["dawn", "morning", "day", "golden_hour", "dusk", "night"]
WeatherKind = Literal["clear", "overcast", "rain", "snow", "fog", "wind", "storm"]
PlaceKind = Literal[
    "street",
    "alley",
    "park",
    "forest",
    "beach",
    "field",
    "rooftop",
    "living_room",
    "bedroom",
    "kitchen",
    "office",
    "cafe",
    "bar",
    "corridor",
    "station",
    "car",
    "mountain",
    "desert",
    "bridge",
    "harbour",
    "cave",
    "train",
    "spaceship",
    "diner",
    "hospital",
    "classroom",
    "theatre",
    "church",
    "prison_cell",
    "bathroom",
    "shop",
    "warehouse",
]
Style = Literal["flat", "ink_noir", "watercolour", "pencil", "risograph"]
STYLES: tuple[Style, ...] = get_args(Style)
Species = Literal["person", "dog", "cat", "horse", "bird", "fish"]
Gender = Literal["female", "male", "unspecified"]
Beard = Literal["stubble", "moustache", "goatee", "full", True, False]  # true: a full one
Glasses = Literal["round", "square", "dark", True, False]  # true: round ones
Emotion = Literal["neutral", "happy", "sad", "angry", "afraid", "surprised", "disgusted", "tender"]
Pose = Literal["stand", "sit", "lie", "kneel", "crouch", "ride", "drive", "swim", "fly"]
Act = Literal[
    "none",
    "walk",
    "run",
    "sit_down",
    "stand_up",
    "look",
    "point",
    "wave",
    "nod",
    "pick_up",
    "put_down",
    "give",
    "drink",
    "eat",
    "phone",
    "type",
    "write",
    "read",
    "open_door",
    "close_door",
    "embrace",
    "kiss",
    "shake_hands",
    "hit",
    "push",
    "shoot",
    "throw",
    "drop",
    "carry",
    "dance",
    "clap",
    "shrug",
    "shake_head",
    "laugh",
    "cry",
    "fall",
    "gesture",
]
Side = Literal["left", "right", "back", "front"]
Heard = Literal["on_screen", "off_screen", "voice_over", "phone", "radio"]
TransitionKind = Literal[
    "cut", "smash_cut", "match_cut", "jump_cut", "dissolve", "fade_in", "fade_out", "fade_through_black", "wipe"
]

_STRICT = {"extra": "forbid"}  # pydantic's config at the YAML edge


@dataclass(frozen=True, kw_only=True)
class Garment:
    """A piece of wardrobe: a kind ("coat", "dress", "hijab", "backpack"...) and a colour name or "#rrggbb"."""

    __pydantic_config__ = _STRICT

    kind: str
    colour: str | None = None


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a character looks, in words; what is None is generated, the same for the same name each time."""

    __pydantic_config__ = _STRICT

    skin: str | None = None  # "pale", "light", "tan", "brown", "dark"
    hair: str | None = None  # such as "bald", "short", "long", "wavy", "bob", "bun", "braids", "dreadlocks", "buzz cut"
    hair_colour: str | None = None
    build: Literal["slim", "average", "broad", "heavy"] | None = None
    height_m: Annotated[float, Gt(0.02), Le(2.6)] | None = None
    beard: Beard | None = None
    glasses: Glasses | None = None
    wardrobe: tuple[Garment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Voice:
    """How a character sounds. `name` is a voice of the engine in use; None gives a distinct, stable one.

    It is stable by the character's id, or by `like`: whoever is renamed goes on sounding like the old id.
    """

    __pydantic_config__ = _STRICT

    name: str | None = None
    like: str | None = None
    language: str | None = None  # an ISO 639 code such as "en" or "zh"
    rate_wpm: Annotated[int, Ge(80), Le(400)] | None = None
    pitch: Annotated[int, Ge(0), Le(99)] | None = None


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """A picture of a character, for engines that hold to pictures: a path below the film's folder.

    One with a `state` is for shots in which the character is in that state of wardrobe; one without is for all others.
    """

    __pydantic_config__ = _STRICT

    file: str
    state: tuple[str, ...] = ()  # wardrobe state, as shots say it, such as "wet", "coat off"
    view: Literal["front", "three_quarter", "back", "face"] | None = None


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A picture of a place, for engines that hold to pictures: a path below the film's folder.

    One with an `hour` or a `weather` is for shots at that hour, in that weather; one without is for all others.
    """

    __pydantic_config__ = _STRICT

    file: str
    hour: Hour | None = None
    weather: WeatherKind | None = None


@dataclass(frozen=True, kw_only=True)
class Character:
    """A member of the cast. `id` is the name in capitals as the script's cues write it."""

    __pydantic_config__ = _STRICT

    id: str
    name: str | None = None  # as credited
    aliases: tuple[str, ...] = ()
    species: Species = "person"
    gender: Gender = "unspecified"
    age_years: Annotated[float, Ge(0), Le(120)] | None = None
    description: str = ""
    look: Look = field(default_factory=Look)
    voice: Voice = field(default_factory=Voice)
    pictures: tuple[Portrait, ...] = ()  # of the character, which engines that take pictures hold to


@dataclass(frozen=True, kw_only=True)
class Place:
    """A location. `kind` picks the set that is drawn; None is chosen from the name."""

    __pydantic_config__ = _STRICT

    id: str
    kind: PlaceKind | None = None
    interior: bool | None = None
    parent: str | None = None  # the id of the location that this is a part of
    description: str = ""
    seed: Annotated[int, Ge(0), Le(2**63 - 1)] | None = None
    pictures: tuple[Plate, ...] = ()  # of the place, which engines that take pictures hold to


@dataclass(frozen=True, kw_only=True)
class Prop:
    """A thing that is handled or looked at. `kind` picks its drawing; None is chosen from the name."""

    __pydantic_config__ = _STRICT

    id: str
    kind: str | None = None
    colour: str | None = None
    text: str = ""  # what is legible on it


@dataclass(frozen=True, kw_only=True)
class Practical:
    """A source of light in the picture itself. `of` is the prop or character that it stands by or burns on."""

    __pydantic_config__ = _STRICT

    kind: Literal["lamp", "fire", "candle", "neon", "headlights", "screen", "moon"]
    of: str | None = None
    mark_m: Annotated[tuple[Metres, ...], Len(2, 2)] | None = None


@dataclass(frozen=True, kw_only=True)
class Light:
    """The light of a scene or shot."""

    __pydantic_config__ = _STRICT

    key_side: Side | None = None  # as seen from the master's camera
    key_to_fill_ratio: Annotated[float, Ge(1), Le(64)] | None = None
    colour_temperature_k: Annotated[int, Ge(1500), Le(20000)] | None = None
    neon: bool = False
    rim: Annotated[float, Ge(0), Le(1)] | None = None  # how strong an edge light draws people off the ground
    silhouette: bool = False  # everybody dark before a bright ground
    practicals: tuple[Practical, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Many people, birds or fish, told apart by nobody: behind and around those who play."""

    __pydantic_config__ = _STRICT

    what: Literal["people", "birds", "fish"] = "people"
    count: Annotated[int, Ge(2), Le(200)] = 12
    doing: Literal["stand", "walk", "sit", "cheer", "dance", "fly", "swim"] = "stand"
    where: Literal["behind", "around", "left", "right", "front", "above"] = "behind"


@dataclass(frozen=True, kw_only=True)
class Presence:
    """One character on the floor during a shot: where, doing what, in which state.

    `mark_m` is [x, z] in metres on the scene's floor (x right, z away from the master's camera);
    None keeps the mark that blocking gave the character in this scene.
    """

    __pydantic_config__ = _STRICT

    character: str
    pose: Pose | None = None
    act: Act = "none"
    mark_m: Annotated[tuple[Metres, ...], Len(2, 2)] | None = None
    move_to_m: Annotated[tuple[Metres, ...], Len(2, 2)] | None = None  # where a walk or run ends
    enters: Side | None = None
    exits: Side | None = None
    looks_at: str | None = None  # a character or prop id, or one of LOOKS
    emotion: Emotion = "neutral"
    emotion_strength: Annotated[float, Ge(0), Le(1)] = 0.6
    holds: tuple[str, ...] = ()  # prop ids, as the shot leaves them
    aboard: str | None = None  # the vehicle (a prop) or the animal that carries them
    state: tuple[str, ...] = ()  # wardrobe state, such as "wet", "coat off", "torn"


@dataclass(frozen=True, kw_only=True)
class PlacedProp:
    """A prop in the shot: it stands free, or, with a state and no mark, is the one that somebody `holds`."""

    __pydantic_config__ = _STRICT

    prop: str
    state: str = ""  # such as "open", "lit", "broken", "bitten", as the shot leaves it
    mark_m: Annotated[tuple[Metres, ...], Len(2, 2)] | None = None
    enters: Side | None = None  # a vehicle comes from there and stops
    exits: Side | None = None  # and goes off there


@dataclass(frozen=True, kw_only=True)
class Line:
    """Words that are spoken in a shot. A long speech may run over several shots, one line each, in order."""

    __pydantic_config__ = _STRICT

    character: str
    text: str
    delivery: str = ""  # the parenthetical, without brackets
    heard: Heard = "on_screen"
    together: bool = False  # spoken with the line before (dual dialogue)
    source: SourceSpan | None = None


@dataclass(frozen=True, kw_only=True)
class Transition:
    """How a shot is entered from the one before."""

    __pydantic_config__ = _STRICT

    kind: TransitionKind = "cut"
    duration_s: Annotated[float, Gt(0), Le(10)] | None = None  # None: the kind's own


@dataclass(frozen=True, kw_only=True)
class Reference:
    """An explicit dependency edge: this shot sees `shot` for the sake of `of`, where the back end reads such edges."""

    __pydantic_config__ = _STRICT

    kind: Literal["identity", "place", "state"]
    of: str  # a character, place or prop id
    shot: str


@dataclass(frozen=True, kw_only=True)
class Split:
    """The right half of a split screen: somebody of another scene, on that scene's floor and in its light."""

    __pydantic_config__ = _STRICT

    scene: str
    people: tuple[Presence, ...]  # the first is the one who is framed


@dataclass(frozen=True, kw_only=True)
class Trim:
    """What of a shot's take the cut leaves out, in seconds at its beginning and its end; the take stays whole."""

    __pydantic_config__ = _STRICT

    head_s: Annotated[float, Ge(0), Le(600)] = 0.0
    tail_s: Annotated[float, Ge(0), Le(600)] = 0.0


@dataclass(frozen=True, kw_only=True)
class Given:
    """Pictures that a shot must show: paths are relative to the film's folder, and never leave it.

    `first` and `last` are what its first and last frame look like. `take` is another take (its key, or the first
    twelve digits of it) whose frames stand in the shot from `at_s` on: all of each frame, or what is white in `mask`.
    """

    __pydantic_config__ = _STRICT

    first: str | None = None
    last: str | None = None
    take: str | None = None
    at_s: Annotated[float, Ge(-600), Le(600)] = 0.0
    mask: str | None = None


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One shot: what is framed and how, who does and says what, for how long, and from which script lines.

    `people` are those on the floor, framed or not; empty means the scene's people. `subjects` are those
    the frame is made for, most important first; empty with `size` EWS or WS frames the place. `over` is
    whose shoulder stands in the foreground, `pov_of` whose eyes the camera is. `insert_of` is the prop of
    an insert. A `duration_s` of None is as long as its lines take, else what its action needs.
    `references` of None are derived from the story (see `shots.graph`). A circled `take` is shown for as long as it
    is what the shot asks for; a `locked` one always. Another `seed` is another performance as well as another noise.
    """

    __pydantic_config__ = _STRICT

    id: str | None = None
    coverage: Coverage | None = None
    size: Size | None = None
    angle: Angle = "eye_level"
    move: Move = "static"
    lens_mm: Annotated[float, Ge(8), Le(400)] | None = None
    subjects: tuple[str, ...] = ()
    over: str | None = None
    pov_of: str | None = None
    insert_of: str | None = None
    focus: tuple[str, ...] = ()  # characters and props the lens is sharp at, racked from one to the next
    f_number: Annotated[float, Ge(1), Le(32)] | None = None  # small: what is before and behind blurs
    beside: Split | None = None
    crowds: tuple[Crowd, ...] | None = None  # None: the scene's
    people: tuple[Presence, ...] = ()
    deserted: bool = False  # nobody is there (any more); else no people means the scene's
    props: tuple[PlacedProp, ...] = ()
    action: str = ""
    lines: tuple[Line, ...] = ()
    duration_s: Annotated[float, Gt(0), Le(600)] | None = None
    transition: Transition = field(default_factory=Transition)
    continues: str | None = None  # the id of the shot whose last frames this one starts from
    references: tuple[Reference, ...] | None = None
    light: Light | None = None
    sounds: tuple[str, ...] = ()
    seed: Annotated[int, Ge(0), Le(2**63 - 1)] | None = None
    camera_m: Annotated[tuple[Metres, ...], Len(3, 3)] | None = None  # where the camera stands: x, height, z
    given: Given | None = None
    take: str | None = None  # the take that a person circled: its key, or the first twelve digits of it
    locked: bool = False  # keeps its circled take, whatever is changed
    trim: Trim | None = None
    note: str = ""
    motive: str = ""  # why this shot, in a few words, such as "tightens as she refuses"
    source: tuple[SourceSpan, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A scene: its slugline as written, where and when it is, who is there, and its shots in order."""

    __pydantic_config__ = _STRICT

    id: str | None = None
    heading: str
    number: str | None = None  # the scene number as printed
    place: str | None = None
    hour: Hour | None = None
    weather: WeatherKind | None = None
    light: Light | None = None
    mood: Literal["quiet", "tense", "warm", "urgent", "sad", "comic", "neutral"] = "neutral"
    people: tuple[Presence, ...] = ()  # who is there when it opens, with marks if chosen by hand
    crowds: tuple[Crowd, ...] = ()
    shots: tuple[Shot, ...] = ()
    page_eighths: Annotated[int, Ge(0)] | None = None
    source: SourceSpan | None = None

    def floor(self, shot: Shot) -> tuple[Presence, ...]:
        """Who is on the floor in a shot of the scene."""
        return () if shot.deserted else shot.people or self.people


@dataclass(frozen=True, kw_only=True)
class Storyboard:
    """A whole film on paper; `storyboard.yaml` is its canonical form."""

    __pydantic_config__ = _STRICT

    workprint: Literal[1] = 1  # the form's version
    title: str
    credit: str = ""  # such as "written by N.N."
    language: str = "en"
    width_px: Annotated[int, Ge(64), Le(7680)] = 512
    height_px: Annotated[int, Ge(64), Le(7680)] = 288
    fps: Annotated[int, Ge(1), Le(120)] = 24
    seed: Annotated[int, Ge(0), Le(2**63 - 1)] = 0
    style: Style = "flat"
    cast: tuple[Character, ...] = ()
    places: tuple[Place, ...] = ()
    props: tuple[Prop, ...] = ()
    scenes: tuple[Scene, ...] = ()

    def shots(self) -> tuple[Shot, ...]:
        """All shots in the order of the cut."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)
