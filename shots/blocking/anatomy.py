"""Where the parts of a body are: heights above the floor by pose, age and species. No faces, no drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from model.stage import BodyKey, Figure, Look, PoseName, Species, Vec3

__all__ = ["SEAT_M", "Body", "body_at", "body_key_at", "head_fraction", "offset", "place_body"]

SEAT_M = 0.46
_HIPS_SITTING_M = 0.545
_LOW: frozenset[PoseName] = frozenset({"sit", "lie", "kneel", "ride", "drive"})
_HALF_CHANGE_S = 0.45
_HEIGHTS = ("crown", "eyes", "chin", "shoulders", "chest", "waist", "knees")

_SHOULDERS, _CHEST, _WAIST, _HIPS, _KNEES = 0.81, 0.72, 0.60, 0.515, 0.28
_HAIR_M = {"curly": 0.03, "afro": 0.05, "bun": 0.035}
_HAT_M = {"cap": 0.02, "brimmed": 0.05, "beanie": 0.03}
_ALONG = {
    "top": 1.0, "crown": 1.0, "eyes": 0.925, "chin": 0.85, "shoulders": _SHOULDERS, "chest": _CHEST, "waist": _WAIST,
    "knees": _KNEES, "sole": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A figure at one instant: its head's floor point, heights in metres, and half widths of head and shoulders."""

    id: str
    x: float
    z: float
    heading_deg: float
    pose: PoseName
    head_x: float
    head_z: float
    crown: float
    eyes: float
    chin: float
    shoulders: float
    chest: float
    waist: float
    knees: float
    sole: float
    half_head: float
    half_body: float
    tall: float  # standing, from sole to crown
    hair: float = 0.0  # how far hair or hat stand over the crown
    ahead: float = 0.0  # how far an animal's nose and tail reach out along its heading
    behind: float = 0.0

    @property
    def top(self) -> float:
        """The height of what is highest of the head, hair and hat included."""
        return self.crown + self.hair

    def part(self, name: str) -> Vec3:
        """A part by its name ("crown", "waist"...) as a point of the stage."""
        y = float(getattr(self, name))
        if self.pose == "lie" and not self.ahead:
            x, z = offset(self.x, self.z, self.heading_deg, (_HIPS - _ALONG[name]) * self.tall)
            return Vec3(x, y, z)
        if name in ("top", "crown", "eyes", "chin"):
            return Vec3(self.head_x, y, self.head_z)
        return Vec3(self.x, y, self.z)

    @property
    def eye_point(self) -> Vec3:
        """Between the eyes."""
        return Vec3(self.head_x, self.eyes, self.head_z)

    @property
    def crown_point(self) -> Vec3:
        """The top of the head."""
        return Vec3(self.head_x, self.crown, self.head_z)


def offset(x: float, z: float, heading_deg: float, distance_m: float) -> tuple[float, float]:
    """The floor point `distance_m` from (x, z) along a heading."""
    angle = math.radians(heading_deg)
    return x + math.sin(angle) * distance_m, z + math.cos(angle) * distance_m


def head_fraction(age_years: float) -> float:
    """A head's share of the height: a child's is larger."""
    return 0.149 + 0.064 * min(max((15.0 - age_years) / 11.0, 0.0), 1.0)


def body_key_at(keys: tuple[BodyKey, ...], time_s: float) -> BodyKey:
    """A figure's place between its keys: even motion, the short turn, the pose of the key before."""
    after = next((i for i, key in enumerate(keys) if key.time_s > time_s), len(keys))
    a, b = keys[max(after - 1, 0)], keys[min(after, len(keys) - 1)]
    span = b.time_s - a.time_s
    u = min(max((time_s - a.time_s) / span, 0.0), 1.0) if span > 0 else 0.0
    swing = -((-(b.heading_deg - a.heading_deg) + 180.0) % 360.0 - 180.0)
    return BodyKey(
        time_s=time_s,
        x_m=a.x_m + (b.x_m - a.x_m) * u,
        z_m=a.z_m + (b.z_m - a.z_m) * u,
        heading_deg=a.heading_deg + swing * u,
        pose=a.pose,
        height_m=a.height_m + (b.height_m - a.height_m) * u,
    )


def body_at(figure: Figure, time_s: float) -> Body:
    """A figure of a stage at one instant; sitting down, lying down and rising take about a second."""
    key = body_key_at(figure.body, time_s)
    body = place_body(figure.id, figure.species, figure.look, key)
    for before, after in pairwise(figure.body):
        nearing = (time_s - after.time_s) / (2 * _HALF_CHANGE_S) + 0.5
        if before.pose != after.pose and 0.0 < nearing < 1.0 and _LOW & {before.pose, after.pose}:
            poses = (replace(key, pose=before.pose), replace(key, pose=after.pose))
            start, end = (place_body(figure.id, figure.species, figure.look, pose) for pose in poses)
            return _between(start, end, nearing * nearing * (3 - 2 * nearing))
    return body


def _between(a: Body, b: Body, u: float) -> Body:
    names = ("head_x", "head_z", *_HEIGHTS)
    return replace(b, **{name: getattr(a, name) * (1 - u) + getattr(b, name) * u for name in names})


def place_body(figure_id: str, species: Species, look: Look, key: BodyKey) -> Body:
    """The parts of a body that stands (sits, lies...) as a key says, on the floor or raised over it."""
    body = _on_floor(figure_id, species, look, key)
    if not key.height_m:
        return body
    names = _HEIGHTS if key.pose == "ride" else (*_HEIGHTS, "sole")  # a rider is shown with what carries them
    return replace(body, **{name: getattr(body, name) + key.height_m for name in names})


def _on_floor(figure_id: str, species: Species, look: Look, key: BodyKey) -> Body:
    if species != "person":
        return _animal(figure_id, species, look, key)
    shape = _shape(look, key.pose)
    head_x, head_z = key.x_m, key.z_m
    if key.pose == "lie":  # on the back, the hips at the mark, the feet where it faces
        head_x, head_z = offset(key.x_m, key.z_m, key.heading_deg + 180.0, 0.41 * look.height_m)
    return Body(figure_id, key.x_m, key.z_m, key.heading_deg, key.pose, head_x, head_z, *shape)


@lru_cache(maxsize=512)
def _shape(look: Look, pose: PoseName) -> tuple[float, ...]:
    """Heights from the crown down to the sole, then half widths of head and body, the height, the hair."""
    height, head = look.height_m, head_fraction(look.age_years)
    girth = {"slim": 0.92, "average": 1.0, "broad": 1.1, "heavy": 1.2}[look.build]
    half_head = 0.42 * head * height
    if pose == "lie":
        crown, eyes, rest = 0.10 + 0.85 * head * height, 0.08 + 0.55 * head * height, 0.05
        return crown, eyes, rest, rest, rest, rest, rest, 0.0, half_head, 0.2 * height, height, 0.0
    seated = _HIPS * height - _HIPS_SITTING_M
    lower = {
        "sit": seated, "ride": seated, "drive": seated, "kneel": 0.237 * height, "crouch": 0.30 * height,
        "swim": 0.80 * height,
    }.get(pose, 0.0)  # fmt: skip
    large = head - 0.149
    hair = max(_HAIR_M.get(look.hair, 0.0), _HAT_M.get(look.hat, 0.0))
    fractions = (1.0, 1.0 - 0.5 * head, 1.0 - head, _SHOULDERS - 0.8 * large, _CHEST - 0.6 * large, _WAIST)
    knees = SEAT_M + 0.04 if pose in ("sit", "drive") else max(_KNEES * height - lower, 0.05)
    return (*(f * height - lower for f in fractions), knees, 0.0, half_head, 0.135 * height * girth, height, hair)


def _animal(figure_id: str, species: Species, look: Look, key: BodyKey) -> Body:
    height = look.height_m  # at the shoulder
    lift, forward = {"sit": (0.0, 0.45), "lie": (-0.55, 0.70)}.get(key.pose, (-0.08, 0.72))
    skull = height * (1.30 + lift - (0.08 if species == "cat" else 0.0))
    head_x, head_z = offset(key.x_m, key.z_m, key.heading_deg, height * forward)
    return Body(
        id=figure_id,
        x=key.x_m,
        z=key.z_m,
        heading_deg=key.heading_deg,
        pose=key.pose,
        head_x=head_x,
        head_z=head_z,
        crown=skull + 0.24 * height,
        eyes=skull + 0.05 * height,
        chin=skull - 0.22 * height,
        shoulders=skull - 0.40 * height,
        chest=0.52 * skull,
        waist=0.35 * skull,
        knees=0.2 * skull,
        sole=0.0,
        half_head=0.34 * height,
        half_body=0.55 * height,
        tall=skull + 0.24 * height,
        ahead=height * (forward + 0.55),
        behind=height * (0.75 if key.pose == "sit" else 0.95),
    )
