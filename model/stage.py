"""The Stage: everything a picture of a shot is made from, as pure data in metres, seconds and degrees.

Axes: x to the right and z into the set as the master's camera sees it, y up, the floor at y = 0.
A heading of 0° looks along +z (away from the master's camera), 90° along +x, 180° back at the master.
Times are seconds from the shot's first frame. Keys are sorted by time; between keys values are
interpolated, before the first and after the last they hold.

No drawing here, and no heavy import: `shots.blocking` makes stages, `model.theatre` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = [
    "RGB",
    "SENSOR_HEIGHT_MM",
    "ActKey",
    "Attachment",
    "BodyKey",
    "Camera",
    "CameraKey",
    "Crowd",
    "Figure",
    "FocusKey",
    "GazeKey",
    "Light",
    "Look",
    "Mouth",
    "Place",
    "Practical",
    "Prop",
    "PropKey",
    "Stage",
    "Vec3",
    "Weather",
]

SENSOR_HEIGHT_MM = 20.25
"""The height of every camera's sensor (that of 36 mm at 16:9); its width follows the picture's aspect."""


class Vec3(NamedTuple):
    """A point in metres."""

    x: float
    y: float
    z: float


class RGB(NamedTuple):
    """A colour under neutral light, 0 to 255 in sRGB."""

    r: int
    g: int
    b: int


LEATHER = RGB(112, 82, 58)

Hour = Literal["dawn", "morning", "day", "golden_hour", "dusk", "night"]
Species = Literal["person", "dog", "cat", "horse", "bird", "fish"]
PoseName = Literal["stand", "walk", "run", "sit", "lie", "kneel", "crouch", "ride", "drive", "fly", "swim"]
"""`ride` sits astride (horse, bicycle), `drive` sits at a wheel; `fly` and `swim` are animals' and swimmers'."""
ActName = Literal[
    "none",
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
    "dance",
    "carry",
    "throw",
    "drop",
    "clap",
    "shrug",
    "shake_head",
    "laugh",
    "cry",
    "fall",
    "gesture",
    "speak",
]
Viseme = Literal["rest", "pp", "ff", "th", "dd", "kk", "ch", "ss", "nn", "rr", "aa", "e", "ih", "oh", "ou"]
Emotion = Literal["neutral", "happy", "sad", "angry", "afraid", "surprised", "disgusted", "tender"]
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
WeatherKind = Literal["clear", "overcast", "rain", "snow", "fog", "wind", "storm"]
Style = Literal["flat", "ink_noir", "watercolour", "pencil", "risograph"]
CrowdKind = Literal["people", "birds", "fish"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A resolved look: colours under neutral light, a height in metres, named shapes."""

    height_m: float  # from the sole to the crown; of a dog, cat or horse to the shoulder, of a fish its length
    age_years: float
    build: Literal["slim", "average", "broad", "heavy"]
    gender: Literal["female", "male", "unspecified"]
    skin: RGB  # an animal's coat
    hair: Literal[
        "bald", "short", "long", "bob", "bun", "ponytail", "curly", "afro", "wavy", "braids", "locs", "buzz", "quiff",
        "mohawk",
    ]  # fmt: skip
    hair_colour: RGB
    beard: Literal["none", "stubble", "moustache", "goatee", "full"]
    glasses: Literal["none", "round", "square", "dark"]
    top: Literal[
        "shirt", "t_shirt", "sweater", "jacket", "coat", "suit", "dress", "uniform", "hoodie", "waistcoat", "robe",
        "overalls", "apron", "scrubs", "raincoat", "hi_vis",
    ]  # fmt: skip
    top_colour: RGB
    bottom: Literal["trousers", "jeans", "skirt", "shorts"]
    bottom_colour: RGB
    shoe_colour: RGB
    hat: Literal["none", "cap", "brimmed", "beanie", "hijab", "turban", "peaked", "helmet", "hood"]
    hat_colour: RGB
    bag: Literal["none", "shoulder", "backpack"] = "none"
    bag_colour: RGB = LEATHER


@dataclass(frozen=True, kw_only=True)
class BodyKey:
    """Where a figure's feet (a sitter's seat) stand on the floor, which way it faces and its pose from here on.

    `height_m` is how far over the ground that floor is: a bed's top for who lies on it, a saddle less the seat's own
    height for who rides, the air under a bird.
    """

    time_s: float
    x_m: float
    z_m: float
    heading_deg: float
    pose: PoseName
    height_m: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ActKey:
    """Something done with arms, head or hands over the pose, with the point it is aimed at."""

    start_s: float
    end_s: float
    act: ActName
    target: Vec3 | None = None


@dataclass(frozen=True, kw_only=True)
class GazeKey:
    """From this time on the eyes (and within reason the head) turn to `target`."""

    time_s: float
    target: Vec3


@dataclass(frozen=True, kw_only=True)
class Mouth:
    """From this time on the mouth takes this shape."""

    time_s: float
    viseme: Viseme


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A person or an animal for the length of a shot."""

    id: str
    species: Species
    look: Look
    body: tuple[BodyKey, ...]  # at least one
    acts: tuple[ActKey, ...] = ()
    gaze: tuple[GazeKey, ...] = ()  # empty: straight ahead
    mouth: tuple[Mouth, ...] = ()  # empty: closed
    emotion: Emotion = "neutral"
    emotion_strength: float = 0.6  # 0 to 1
    state: tuple[str, ...] = ()  # wardrobe state: "wet", "torn", "bloodied", "muddy", "coat off", ...
    seed: int = 0  # blinking, idle sway
    pinned: tuple[Look, tuple[str, ...]] | None = None  # of a stand-in: the look and state whose cut-outs it wears


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Whose hand a prop is in."""

    figure: str
    hand: Literal["left", "right"]


@dataclass(frozen=True, kw_only=True)
class PropKey:
    """From this time on a prop is here, or in this hand, in this state; `moves` tells how it comes here.

    "jumps": at once (taken up, put down, handed over, switched on). "glides": evenly from the key before (a car, a
    boat). "falls": along the arc of a thing thrown or dropped, from the key before or from the hand that let it go.
    """

    time_s: float
    position: Vec3
    heading_deg: float = 0.0
    state: str = ""
    held: Attachment | None = None
    moves: Literal["jumps", "glides", "falls"] = "jumps"


@dataclass(frozen=True, kw_only=True)
class Prop:
    """A thing on the stage: free at a point (its foot), or in a hand, when `held` is given; `keys` move it later."""

    id: str
    kind: str  # one of model.theatre.props.KINDS; an unknown kind is drawn as a small box
    position: Vec3
    heading_deg: float = 0.0
    colour: RGB | None = None  # None: the kind's own
    state: str = ""
    text: str = ""
    held: Attachment | None = None
    keys: tuple[PropKey, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Many of a kind, told apart by `seed` and not by name, over a rectangle of the floor about `centre`.

    `centre.y` is the height of a flock's or shoal's middle. They look and move along `heading_deg`.
    """

    id: str
    kind: CrowdKind
    count: int
    centre: Vec3
    width_m: float
    depth_m: float
    heading_deg: float
    doing: Literal["stand", "walk", "sit", "cheer", "dance", "fly", "swim"] = "stand"
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A set. The same kind and seed give the same set from every shot and side."""

    kind: PlaceKind
    interior: bool
    seed: int
    name: str = ""  # may be lettered on a sign
    open_doors: tuple[str, ...] = ()  # walls ("far", "right", "near", "left") whose door stands open from the start


@dataclass(frozen=True, kw_only=True)
class Practical:
    """A source of light in the scene itself; with `beam_deg` it throws a beam along its heading."""

    kind: Literal["lamp", "fire", "candle", "neon", "headlights", "screen", "moon"]
    position: Vec3
    colour: RGB | None = None  # None: the kind's own
    reach_m: float = 3.0
    heading_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class Light:
    """Light as data. Azimuths are headings that the light comes *from* (180: from the master's camera).

    `rim` (0 to 1) adds an edge light; a `silhouette` keeps everybody dark before a bright ground.
    """

    hour: Hour
    key_azimuth_deg: float
    key_elevation_deg: float
    key_to_fill_ratio: float
    colour_temperature_k: float
    neon: bool = False
    rim: float = 0.0
    silhouette: bool = False
    practicals: tuple[Practical, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Weather:
    """Weather outside; `intensity` and `wind` from 0 to 1. A storm is rain with lightning at `lightning_s`."""

    kind: WeatherKind
    intensity: float = 0.6
    wind: float = 0.2
    lightning_s: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CameraKey:
    """A camera's place, what its optical axis points at, its lens and its roll (clockwise) at a time."""

    time_s: float
    position: Vec3
    target: Vec3
    lens_mm: float
    roll_deg: float = 0.0


@dataclass(frozen=True, kw_only=True)
class FocusKey:
    """From this time on (racked over a third of a second) the lens is sharp at a figure or prop of this id."""

    time_s: float
    on: str


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A camera's path. `handheld` from 0 (locked) to 1 (running). Without `focus` keys all depths are sharp;
    with them, what lies before and behind blurs by the lens, the distance and the `f_number`.

    Between keys it moves with a slow start and stop ("smooth"), or evenly ("linear": following a walker).
    """

    keys: tuple[CameraKey, ...]  # at least one
    easing: Literal["smooth", "linear"] = "smooth"
    handheld: float = 0.0
    focus: tuple[FocusKey, ...] = ()
    f_number: float = 2.8
    hidden: tuple[str, ...] = ()  # figures the camera stands for (a point of view), not drawn


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One shot, ready to be drawn. `beside` is the right half of a split screen, whose left half is this stage."""

    duration_s: float
    place: Place
    light: Light
    weather: Weather
    camera: Camera
    figures: tuple[Figure, ...] = ()
    props: tuple[Prop, ...] = ()
    crowds: tuple[Crowd, ...] = ()
    style: Style = "flat"
    beside: Stage | None = None
    seed: int = 0
