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
    "Figure",
    "GazeKey",
    "Light",
    "Look",
    "Mouth",
    "Place",
    "Prop",
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


Hour = Literal["dawn", "morning", "day", "golden_hour", "dusk", "night"]
Species = Literal["person", "dog", "cat"]
PoseName = Literal["stand", "walk", "run", "sit", "lie", "kneel"]
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
    "embrace",
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
]
WeatherKind = Literal["clear", "overcast", "rain", "snow", "fog", "wind"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A resolved look: colours under neutral light, a height in metres, named shapes."""

    height_m: float  # from the sole to the crown; a dog's or cat's at the shoulder
    age_years: float
    build: Literal["slim", "average", "broad", "heavy"]
    gender: Literal["female", "male", "unspecified"]
    skin: RGB  # an animal's coat
    hair: Literal["bald", "short", "long", "bob", "bun", "ponytail", "curly", "afro"]
    hair_colour: RGB
    beard: bool
    glasses: bool
    top: Literal["shirt", "t_shirt", "sweater", "jacket", "coat", "suit", "dress", "uniform"]
    top_colour: RGB
    bottom: Literal["trousers", "jeans", "skirt", "shorts"]
    bottom_colour: RGB
    shoe_colour: RGB
    hat: Literal["none", "cap", "brimmed", "beanie"]
    hat_colour: RGB


@dataclass(frozen=True, kw_only=True)
class BodyKey:
    """Where a figure's feet (a sitter's seat) stand on the floor, which way it faces and its pose from here on."""

    time_s: float
    x_m: float
    z_m: float
    heading_deg: float
    pose: PoseName


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
    state: tuple[str, ...] = ()  # wardrobe state: "wet", "coat off", ...
    seed: int = 0  # blinking, idle sway


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Whose hand a prop is in."""

    figure: str
    hand: Literal["left", "right"]


@dataclass(frozen=True, kw_only=True)
class Prop:
    """A thing on the stage: free at a point (its foot), or in a hand, when `held` is given."""

    id: str
    kind: str  # one of model.theatre.props.KINDS; an unknown kind is drawn as a small box
    position: Vec3
    heading_deg: float = 0.0
    colour: RGB | None = None  # None: the kind's own
    state: str = ""
    text: str = ""
    held: Attachment | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A set. The same kind and seed give the same set from every shot and side."""

    kind: PlaceKind
    interior: bool
    seed: int
    name: str = ""  # may be lettered on a sign


@dataclass(frozen=True, kw_only=True)
class Light:
    """Light as data. Azimuths are headings that the light comes *from* (180: from the master's camera)."""

    hour: Hour
    key_azimuth_deg: float
    key_elevation_deg: float
    key_to_fill_ratio: float
    colour_temperature_k: float
    neon: bool = False


@dataclass(frozen=True, kw_only=True)
class Weather:
    """Weather outside; `intensity` and `wind` from 0 to 1."""

    kind: WeatherKind
    intensity: float = 0.6
    wind: float = 0.2


@dataclass(frozen=True, kw_only=True)
class CameraKey:
    """A camera's place, what its optical axis points at, its lens and its roll (clockwise) at a time."""

    time_s: float
    position: Vec3
    target: Vec3
    lens_mm: float
    roll_deg: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Camera:
    """A camera's path. `handheld` from 0 (locked) to 1 (running); `focus` names a figure or prop, or None.

    Between keys it moves with a slow start and stop ("smooth"), or evenly ("linear": following a walker).
    """

    keys: tuple[CameraKey, ...]  # at least one
    easing: Literal["smooth", "linear"] = "smooth"
    handheld: float = 0.0
    focus: str | None = None
    hidden: tuple[str, ...] = ()  # figures the camera stands for (a point of view), not drawn


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One shot, ready to be drawn."""

    duration_s: float
    place: Place
    light: Light
    weather: Weather
    camera: Camera
    figures: tuple[Figure, ...] = ()
    props: tuple[Prop, ...] = ()
    style: Literal["flat"] = "flat"
    seed: int = 0
