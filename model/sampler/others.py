"""Scenes that are not of people alone: animals, people with animals, riders, swimmers, and vehicles that pass."""

from __future__ import annotations

from dataclasses import replace

from model.sampler.beasts import SPECIES, beast
from model.sampler.scene import Scene, Setting, acted, ahead, bearing, colour_of, free_mark, moving, someone
from model.sampler.words import COLOURS, Colour
from model.stage import ActName, BodyKey, PlaceKind, PoseName, Prop, PropKey, Species, Vec3

__all__ = ["LANES", "animal_scene", "ridden_scene", "swum_scene", "vehicle_scene", "with_animal_scene"]

SEAT_M = 0.46
_BACK = 0.97  # a horse's back by its height at the shoulder
_SADDLES_M = {"bicycle": 0.92, "motorcycle": 0.80}
_POSES: dict[Species, tuple[PoseName, ...]] = {
    "dog": ("stand", "walk", "run", "sit", "lie"), "cat": ("stand", "walk", "run", "sit", "lie"),
    "horse": ("stand", "walk", "run"), "bird": ("stand", "fly", "fly"),
}  # fmt: skip
_PACE: dict[tuple[Species, PoseName], float] = {
    ("dog", "walk"): 1.1, ("dog", "run"): 3.6, ("cat", "walk"): 0.7, ("cat", "run"): 2.6, ("horse", "walk"): 1.6,
    ("horse", "run"): 5.5, ("bird", "fly"): 3.2,
}  # fmt: skip
# A lane of a set: the point by which a vehicle passes, its heading there, the way a camera must look, what passes.
LANES: dict[PlaceKind, tuple[float, float, float, float, tuple[str, ...]]] = {
    "street": (4.7, 2.2, 180.0, 90.0, ("car", "taxi", "bus", "truck", "van", "police_car", "motorcycle", "bicycle")),
    "bridge": (4.7, 2.5, 180.0, 90.0, ("car", "taxi", "van", "truck", "bicycle")),
    "station": (5.3, 3.0, 180.0, 90.0, ("train",)),
    "field": (0.0, 7.0, 90.0, 0.0, ("truck", "horse_cart", "bicycle", "car")),
    "desert": (0.0, 7.0, 90.0, 0.0, ("truck", "car", "motorcycle")),
    "beach": (0.0, 18.0, 90.0, 0.0, ("boat", "ship")),
    "park": (0.0, 6.5, 90.0, 0.0, ("bicycle",)),
}
_SPEED_M_S = {"bicycle": 4.0, "horse_cart": 2.6, "boat": 2.5, "ship": 2.5, "train": 8.0}
_WATCHING: tuple[ActName, ...] = ("wave", "speak", "point", "none", "none")
_WITH_ANIMAL: tuple[ActName, ...] = ("look", "point", "speak", "laugh", "none", "none")
_SEA_Z_M = 12.0


def animal_scene(setting: Setting, species: Species) -> Scene:
    """An animal alone, or for a time not alone: doing what its kind does."""
    rng = setting.rng
    one = beast(setting.split, species, setting.index)
    pose = rng.choice(_POSES[species])
    body = _animal_body(setting, species, pose)
    return Scene((one,), (acted(setting, one, 0, body),), on=_lies(setting, pose))


def with_animal_scene(setting: Setting, species: Species) -> Scene:
    """Somebody with an animal beside them, on which their eyes are."""
    rng, split = setting.rng, setting.split
    one = someone(split, lambda _: True, "cast", setting.index, 0)
    pet = beast(split, species, setting.index)
    act = rng.choice(_WITH_ANIMAL)
    pose: PoseName = "crouch" if species in ("dog", "cat") and rng.random() < 0.45 else "stand"
    x, z = free_mark(setting, 0.7)
    gap = {"horse": 1.15, "bird": 1.0}.get(species, 0.72)
    turn = rng.choice((90.0, 270.0, 60.0, 300.0, 120.0))
    px, pz = ahead(x, z, turn, gap)
    faces = turn + 180.0 + rng.choice((0.0, 60.0, -60.0)) if species != "horse" else rng.choice((90.0, 270.0)) + turn
    there: PoseName = "sit" if species in ("dog", "cat") and rng.random() < 0.5 else "stand"
    head = Vec3(px, pet.look.height_m * 1.1, pz)
    aim = head if act in ("look", "point") else None
    figures = (
        acted(setting, one, 0, (BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=turn + rng.uniform(-20, 20), pose=pose),),
              act, aim, head),
        acted(setting, pet, 1, (BodyKey(time_s=0.0, x_m=px, z_m=pz, heading_deg=faces, pose=there),)),
    )  # fmt: skip
    return Scene((one, pet), figures, act=act)


def ridden_scene(setting: Setting, kind: str) -> Scene:
    """Somebody who rides a horse, a bicycle or a motorcycle along."""
    rng, split = setting.rng, setting.split
    one = someone(split, lambda found: found.look.age_years >= 12 and found.look.bottom != "skirt"
                  and found.look.top not in ("dress", "robe"), "cast", setting.index, 0)  # fmt: skip
    along = LANES[setting.place.kind][2] if setting.place.kind in LANES else 90.0
    heading = along + rng.choice((0.0, 180.0))
    at = free_mark(setting, 0.6)
    if kind == "horse":
        mount = beast(split, "horse", setting.index)
        gait: PoseName = rng.choice(("stand", "walk", "walk", "run"))
        speed = _PACE.get(("horse", gait), 0.0)
        way = moving(setting, at, heading, gait, speed) if speed else (
            BodyKey(time_s=0.0, x_m=at[0], z_m=at[1], heading_deg=heading, pose="stand"),)  # fmt: skip
        lift = mount.look.height_m * _BACK - SEAT_M
        body = tuple(replace(key, pose="ride", height_m=lift) for key in way)
        figures = (acted(setting, one, 0, body), acted(setting, mount, 1, way))
        return Scene((one, mount), figures, ridden="horse")
    body = moving(setting, at, heading, "ride", 3.6 if kind == "bicycle" else 6.0, _SADDLES_M[kind] - SEAT_M)
    paint = colour_of(split, kind, COLOURS, rng)
    keys = tuple(
        PropKey(time_s=key.time_s, position=Vec3(key.x_m, 0.0, key.z_m), heading_deg=heading, moves="glides")
        for key in body
    )
    prop = Prop(id="RIDDEN", kind=kind, position=keys[0].position, heading_deg=heading, colour=paint.rgb, keys=keys)
    return Scene((one,), (acted(setting, one, 0, body),), (prop,), ridden=kind, paint=paint)


def swum_scene(setting: Setting) -> Scene:
    """Somebody who swims along the shore."""
    rng = setting.rng
    one = someone(setting.split, lambda found: found.look.top == "t_shirt" and found.look.hat == "none"
                  and found.look.bag == "none" and found.look.age_years > 9, "cast", setting.index, 0)  # fmt: skip
    at = (rng.uniform(-3, 3), _SEA_Z_M + rng.uniform(0.0, 3.0))
    body = moving(setting, at, rng.choice((90.0, 270.0)), "swim", rng.choice((0.0, 0.8, 0.9)))
    figure = replace(acted(setting, one, 0, body if body[0].x_m != body[1].x_m else body[:1]), state=("wet",))
    return Scene((one,), (figure,), looks_to_deg=0.0)


def vehicle_scene(setting: Setting) -> Scene:
    """Somebody by a road, a track or the water, and what passes there."""
    rng, split = setting.rng, setting.split
    x, z, heading, looks, kinds = LANES[setting.place.kind]
    kind = rng.choice(kinds)
    one = someone(split, lambda _: True, "cast", setting.index, 0)
    px, pz = free_mark(setting, 0.4)
    if looks == 90.0:
        px = min(px, setting.ground.people[2] - 1.0)
        z = pz
    else:
        x = px
    heading += rng.choice((0.0, 180.0)) if kind != "train" else 0.0
    act = rng.choice(_WATCHING)
    eyes = Vec3(x, 1.3, z)
    turn = bearing((px, pz), (x, z)) if act in ("wave", "point") else looks + 180.0 + rng.uniform(-50, 50)
    body = (BodyKey(time_s=0.0, x_m=px, z_m=pz, heading_deg=turn, pose="stand"),)
    figure = acted(setting, one, 0, body, act, eyes if act in ("wave", "point") else None, None)
    paint: Colour = colour_of(split, kind, COLOURS, rng)
    painted = kind in ("car", "truck", "van", "bicycle", "motorcycle", "boat")
    half = _SPEED_M_S.get(kind, 8.0) * setting.duration_s / 2
    keys = tuple(
        PropKey(time_s=time_s, position=Vec3(a, 0.0, b), heading_deg=heading, moves="glides")
        for time_s, (a, b) in (
            (0.0, ahead(x, z, heading, -half)), (setting.duration_s, ahead(x, z, heading, half)),
        )
    )  # fmt: skip
    prop = Prop(id="VEHICLE", kind=kind, position=keys[0].position, heading_deg=heading,
                colour=paint.rgb if painted else None, keys=keys)  # fmt: skip
    return Scene(
        (one,), (figure,), (prop,), act=act, vehicle=kind, paint=paint if painted else None, looks_to_deg=looks
    )


def _animal_body(setting: Setting, species: Species, pose: PoseName) -> tuple[BodyKey, ...]:
    rng = setting.rng
    speed = _PACE.get((species, pose), 0.0)
    size = SPECIES[species].height_m
    high = rng.uniform(1.6, 2.6) if pose == "fly" else 0.0
    for _ in range(10):
        at = free_mark(setting, 0.3 + 0.5 * size)
        heading = rng.choice((0.0, 90.0, 180.0, 270.0)) + rng.uniform(-30, 30)
        if not speed:
            break
        keys = moving(setting, at, heading, pose, speed, high)
        wide = replace(setting.ground, people=setting.ground.lens)
        if wide.way_m((keys[0].x_m, keys[0].z_m), (keys[1].x_m, keys[1].z_m)) > 0.25 or pose == "fly":
            return keys
    resting: PoseName = "stand" if speed else pose
    return (BodyKey(time_s=0.0, x_m=at[0], z_m=at[1], heading_deg=heading, pose=resting),)


def _lies(setting: Setting, pose: PoseName) -> str:
    return ("floor" if setting.place.interior else "ground") if pose == "lie" else ""
