"""Where the parts of a body are: heights above the floor by pose, age and species. No faces, no drawing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from model.stage import BodyKey, Figure, Look, PoseName, Species, Vec3

__all__ = ["SEAT_M", "Body", "body_at", "body_key_at", "head_fraction", "offset", "place_body"]

SEAT_M = 0.46
_HIPS_SITTING_M = 0.545

_SHOULDERS, _CHEST, _WAIST, _HIPS, _KNEES = 0.81, 0.72, 0.60, 0.515, 0.28


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
    )


def body_at(figure: Figure, time_s: float) -> Body:
    """A figure of a stage at one instant."""
    key = body_key_at(figure.body, time_s)
    return place_body(figure.id, figure.species, figure.look, key)


def place_body(figure_id: str, species: Species, look: Look, key: BodyKey) -> Body:
    """The parts of a body that stands (sits, lies...) as a key says."""
    if species != "person":
        return _animal(figure_id, species, look, key)
    shape = _shape(look, key.pose)
    head_x, head_z = key.x_m, key.z_m
    if key.pose == "lie":  # on the back, the hips at the mark, the feet where it faces
        head_x, head_z = offset(key.x_m, key.z_m, key.heading_deg + 180.0, 0.41 * look.height_m)
    return Body(figure_id, key.x_m, key.z_m, key.heading_deg, key.pose, head_x, head_z, *shape)


@lru_cache(maxsize=512)
def _shape(look: Look, pose: PoseName) -> tuple[float, ...]:
    """Heights from the crown down to the sole, then half widths of head and body."""
    height, head = look.height_m, head_fraction(look.age_years)
    girth = {"slim": 0.92, "average": 1.0, "broad": 1.1, "heavy": 1.2}[look.build]
    half_head = 0.42 * head * height
    if pose == "lie":
        crown, eyes, rest = 0.16 * height, 0.13 * height, 0.05
        return crown, eyes, rest, rest, rest, rest, rest, 0.0, half_head, 0.2 * height
    lower = {"sit": _HIPS * height - _HIPS_SITTING_M, "kneel": 0.237 * height}.get(pose, 0.0)
    large = head - 0.149
    fractions = (1.0, 1.0 - 0.5 * head, 1.0 - head, _SHOULDERS - 0.8 * large, _CHEST - 0.6 * large, _WAIST)
    knees = SEAT_M + 0.04 if pose == "sit" else max(_KNEES * height - lower, 0.05)
    return (*(f * height - lower for f in fractions), knees, 0.0, half_head, 0.135 * height * girth)


def _animal(figure_id: str, species: Species, look: Look, key: BodyKey) -> Body:
    height = look.height_m  # at the shoulder
    crown = height * 1.32 if key.pose not in ("sit", "lie") else height * (1.25 if key.pose == "sit" else 0.6)
    head_x, head_z = offset(key.x_m, key.z_m, key.heading_deg, height * (0.55 if species == "dog" else 0.6))
    return Body(
        id=figure_id,
        x=key.x_m,
        z=key.z_m,
        heading_deg=key.heading_deg,
        pose=key.pose,
        head_x=head_x,
        head_z=head_z,
        crown=crown,
        eyes=crown - 0.14 * height,
        chin=crown - 0.34 * height,
        shoulders=crown - 0.45 * height,
        chest=crown * 0.5,
        waist=crown * 0.35,
        knees=crown * 0.15,
        sole=0.0,
        half_head=0.2 * height,
        half_body=0.5 * height,
    )
