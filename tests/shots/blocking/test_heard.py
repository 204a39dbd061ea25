"""What is heard of a stage: at the frame at which it is drawn to happen, from where the camera sees it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from audio.cues import EffectCue
from audio.effects import find, rendered
from director.staging import _fittings
from model.stage import (
    RGB,
    ActKey,
    ActName,
    Attachment,
    BodyKey,
    Camera,
    CameraKey,
    Emotion,
    Figure,
    Light,
    Look,
    Place,
    PlaceKind,
    PoseName,
    Practical,
    Prop,
    PropKey,
    Species,
    Stage,
    Vec3,
    Weather,
    WeatherKind,
)
from model.theatre.animals.animal_motion import LEGS, animal_joints
from model.theatre.doors import swing_deg
from model.theatre.motion.body import hand_position, head_position
from model.theatre.motion.props_motion import prop_now
from model.theatre.motion.steps import feet_at
from model.theatre.place import design_of
from model.theatre.witness import witness
from shots.blocking.ears import EDGE_PAN
from shots.blocking.heard import StageSound, floor_underfoot, stage_sounds
from shots.blocking.noises import LEAD_S, NAMES
from shots.spec import Character, Presence, Scene, Shot, Storyboard
from shots.spec import Place as SetPlace
from shots.timing import time_shots

FRAME_S = 1 / 24
LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="bob",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="none", top="coat", top_colour=RGB(200, 30, 40),
    bottom="trousers", bottom_colour=RGB(40, 30, 40), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
DOG = Look(**{**vars(LOOK), "height_m": 0.5})


def _key(time_s: float, x: float, z: float, pose: PoseName, heading: float = 90.0) -> BodyKey:
    return BodyKey(time_s=time_s, x_m=x, z_m=z, heading_deg=heading, pose=pose)


def _figure(
    *body: BodyKey, acts: tuple[ActKey, ...] = (), species: Species = "person", emotion: Emotion = "neutral"
) -> Figure:
    look = LOOK if species == "person" else DOG
    return Figure(id="ANN", species=species, look=look, body=body, acts=acts, emotion=emotion, emotion_strength=1.0)


def _stage(
    *figures: Figure, props: tuple[Prop, ...] = (), kind: PlaceKind = "street", interior: bool = False,
    weather: WeatherKind = "clear", practicals: tuple[Practical, ...] = (), lightning_s: tuple[float, ...] = (),
) -> Stage:  # fmt: skip
    camera = CameraKey(time_s=0.0, position=Vec3(0.0, 1.5, -6.0), target=Vec3(0.0, 1.2, 0.0), lens_mm=28.0)
    return Stage(
        duration_s=4.0, place=Place(kind=kind, interior=interior, seed=1), figures=figures, props=props,
        light=Light(
            hour="day", key_azimuth_deg=200.0, key_elevation_deg=40.0, key_to_fill_ratio=2.0,
            colour_temperature_k=5600.0, practicals=practicals,
        ),
        weather=Weather(kind=weather, lightning_s=lightning_s), camera=Camera(keys=(camera,)),
    )  # fmt: skip


def _named(sounds: tuple[StageSound, ...], name: str) -> list[StageSound]:
    return [sound for sound in sounds if sound.name == name]


def _heard(stage: Stage) -> tuple[StageSound, ...]:
    return stage_sounds(stage, witness(stage))


@pytest.mark.parametrize(("pose", "speed_m_s"), [("walk", 1.3), ("run", 3.4)])
def test_a_step_sounds_at_the_frame_at_which_the_drawn_foot_comes_down(pose: PoseName, speed_m_s: float) -> None:
    walker = _figure(_key(0.0, -4.0, 0.5, pose), _key(4.0, -4.0 + 4 * speed_m_s, 0.5, pose))
    steps = _named(_heard(_stage(walker)), "step" if pose == "walk" else "run step")
    seen = []
    for side in ("right", "left"):
        before = True
        for frame in range(96):
            down = getattr(feet_at(walker, frame * FRAME_S), side).lift_m < 1e-6
            if down and not before:
                seen.append(frame * FRAME_S)
            before = down
    assert len(seen) >= 7
    for drawn_s in seen:
        assert min(abs(step.start_s - drawn_s) for step in steps) <= FRAME_S
    assert len(steps) <= len(seen) + 1  # one that has only just landed as the shot opens


def test_who_runs_treads_harder_than_who_walks_and_a_paw_more_softly() -> None:
    gaits: tuple[tuple[PoseName, float, str], ...] = (("walk", 0.0, "step"), ("run", 9.0, "run step"))
    walk, run = (
        _named(_heard(_stage(_figure(_key(0.0, -5.0, 0.5, pose), _key(4.0, x, 0.5, pose)))), name)
        for pose, x, name in gaits
    )
    dog = _figure(_key(0.0, -2.0, 0.5, "walk"), _key(4.0, 2.0, 0.5, "walk"), species="dog")
    paws = _named(_heard(_stage(dog)), "barefoot step")
    assert min(one.force for one in run) > max(one.force for one in walk) > max(one.force for one in paws)


def test_a_paw_sounds_as_it_is_drawn_to_land() -> None:
    dog = _figure(_key(0.0, -2.0, 0.5, "walk"), _key(4.0, 2.0, 0.5, "walk"), species="dog")
    paws = [one.start_s for one in _named(_heard(_stage(dog)), "barefoot step")]
    times = [i / 96 for i in range(1, 380)]
    for name, _, _ in LEGS:
        heights = [animal_joints(dog, time_s)[f"{name}_paw"][1] for time_s in times]
        landed = [b for a, b, h, g in zip(times, times[1:], heights, heights[1:], strict=False) if h > 0.045 >= g]
        assert landed
        assert all(min(abs(paw_s - drawn_s) for paw_s in paws) <= FRAME_S for drawn_s in landed)


def test_nobody_who_stands_still_is_heard_to_step() -> None:
    assert not _named(_heard(_stage(_figure(_key(0.0, 0.0, 0.5, "stand")))), "step")


@pytest.mark.parametrize(
    ("kind", "interior", "weather", "floor"),
    [
        ("kitchen", True, "rain", "tile"),
        ("bedroom", True, "clear", "carpet"),
        ("street", False, "clear", "concrete"),
        ("street", False, "rain", "water"),
        ("park", False, "rain", "grass"),
    ],
)
def test_the_floor_is_the_places_own_and_the_weathers(
    kind: PlaceKind, interior: bool, weather: WeatherKind, floor: str
) -> None:
    walker = _figure(_key(0.0, -2.0, 0.5, "walk"), _key(4.0, 2.0, 0.5, "walk"))
    stage = _stage(walker, kind=kind, interior=interior, weather=weather)
    assert floor_underfoot(stage) == floor
    assert {step.surface for step in _named(_heard(stage), "step")} == {floor}


def test_pan_follows_the_picture_and_what_is_outside_it_is_farther_off() -> None:
    walker = _figure(_key(0.0, -9.0, 0.5, "walk"), _key(4.0, 9.0, 0.5, "walk"))
    steps = _named(_heard(_stage(walker)), "step")
    pans = [step.pan for step in steps]
    assert pans == sorted(pans)
    assert pans[0] < -EDGE_PAN and pans[-1] > EDGE_PAN  # off screen on either side
    middle = min(steps, key=lambda step: abs(step.pan))
    assert middle.distance_m == pytest.approx(math.hypot(6.5, 1.5), abs=0.4)
    outer = next(step for step in steps if step.pan < -EDGE_PAN)
    assert outer.distance_m > 1.3 * math.hypot(6.5, 1.5)


def _room_with_door(act: ActName, emotion: Emotion = "neutral") -> tuple[Stage, int]:
    place = Place(kind="living_room", interior=True, seed=1)
    doors = design_of(place.kind, place.seed, place.name).doors
    number = next(i for i, door in enumerate(doors) if door.leaves)
    door = doors[number]
    out = math.radians(door.out_deg)
    at = Vec3(door.at.x, 1.02, door.at.z)
    stands = _key(0.0, door.at.x - 0.7 * math.sin(out), door.at.z - 0.7 * math.cos(out), "stand", door.out_deg)
    who = _figure(stands, acts=(ActKey(start_s=1.0, end_s=2.8, act=act, target=at),), emotion=emotion)
    stage = _stage(who, kind="living_room", interior=True)
    if act == "close_door":
        opened = Place(kind="living_room", interior=True, seed=1, open_doors=(door.wall,))
        stage = Stage(**{**vars(stage), "place": opened})
    return stage, number


@pytest.mark.parametrize(("act", "name"), [("open_door", "door open"), ("close_door", "door close")])
def test_a_door_sounds_at_the_frame_at_which_it_leaves_its_frame_or_falls_into_it(act: ActName, name: str) -> None:
    stage, number = _room_with_door(act)
    doors = design_of("living_room", 1, "").doors
    angles = [abs(swing_deg(doors, number, stage, frame * FRAME_S)) for frame in range(96)]
    moved = [frame for frame in range(1, 96) if abs(angles[frame] - angles[frame - 1]) > 5e-4]
    drawn_s = (moved[0] if act == "open_door" else moved[-1]) * FRAME_S
    (sound,) = [one for one in _heard(stage) if one.name.startswith("door")]
    assert sound.name == name
    assert abs(sound.start_s - drawn_s) <= FRAME_S


def test_an_angry_hand_slams_the_door_and_an_open_one_is_not_opened_again() -> None:
    slammed, _ = _room_with_door("close_door", "angry")
    assert _named(_heard(slammed), "door slam")
    shut, _ = _room_with_door("open_door")
    wall = next(door.wall for door in design_of("living_room", 1, "").doors if door.leaves)
    opened = Place(kind="living_room", interior=True, seed=1, open_doors=(wall,))
    assert not [one for one in _heard(Stage(**{**vars(shut), "place": opened})) if "door" in one.name]


def test_people_who_come_in_by_a_sets_door_are_heard_to_open_it() -> None:
    scene = Scene(
        id="S1", heading="X", place="P", hour="day",
        shots=(Shot(id="S1.1", size="WS", duration_s=4.0, people=(Presence(character="ANN", enters="left"),)),),
    )  # fmt: skip
    board = Storyboard(
        title="t", cast=(Character(id="ANN", age_years=35),), scenes=(scene,),
        places=(SetPlace(id="P", kind="living_room", interior=True),),
    )  # fmt: skip
    from shots.blocking import block_scene

    stage = block_scene(board, scene, time_shots(board, {}), {}, _fittings)["S1.1"]
    heard = _heard(stage)
    assert _named(heard, "door open") and len(_named(heard, "step")) >= 5


def test_hands_meet_as_they_are_heard_to_clap() -> None:
    who = _figure(_key(0.0, 0.0, 0.5, "stand"), acts=(ActKey(start_s=0.5, end_s=3.5, act="clap"),))
    claps = _named(_heard(_stage(who)), "clap")
    assert len(claps) >= 7

    def apart(time_s: float) -> float:
        return math.dist(hand_position(who, "left", time_s, ()), hand_position(who, "right", time_s, ()))

    for clap in claps[1:-1]:
        assert apart(clap.start_s) < min(apart(clap.start_s - 0.06), apart(clap.start_s + 0.06))


def test_a_body_is_down_when_it_is_heard_to_fall() -> None:
    who = _figure(_key(0.0, 0.0, 0.5, "stand"), acts=(ActKey(start_s=1.0, end_s=2.2, act="fall"),))
    (fall,) = _named(_heard(_stage(who)), "body fall")
    high = {s: head_position(who, s).y for s in (1.0, fall.start_s - 0.15, fall.start_s, 3.0)}
    assert high[fall.start_s] < high[3.0] + 0.12 < high[fall.start_s - 0.15] < high[1.0]


def test_a_thing_is_heard_when_it_is_taken_set_down_and_when_it_lands() -> None:
    hand = Attachment(figure="ANN", hand="right")
    table = Vec3(0.3, 0.74, 0.5)
    taken = PropKey(time_s=0.8, position=table, held=hand)
    down = PropKey(time_s=2.0, position=table)
    cup = Prop(id="CUP", kind="cup", position=table, keys=(taken, down))
    dropped = PropKey(time_s=3.0, position=Vec3(0.3, 0.0, 0.9), moves="falls", state="broken")
    glass = Prop(id="GLASS", kind="glass", position=table, held=hand, keys=(dropped,))
    stage = _stage(_figure(_key(0.0, 0.0, 0.5, "stand")), props=(cup, glass), kind="kitchen", interior=True)
    sounds = {(one.name, one.who): one for one in _heard(stage)}
    up, put = _named(_heard(stage), "cup down")
    assert (up.start_s, put.start_s, put.surface) == (0.8, 2.0, "wood")
    assert up.force < put.force
    assert sounds["glass break", "GLASS"].start_s == 3.0
    assert prop_now(stage, glass, 3.0 - 2 * FRAME_S).position.y > 0.05 > prop_now(stage, glass, 3.0).position.y


def test_a_car_that_passes_goes_from_one_side_to_the_other_and_one_that_stops_arrives() -> None:
    def car(*keys: tuple[float, float]) -> Prop:
        ways = tuple(PropKey(time_s=t, position=Vec3(x, 0.0, 5.0), moves="glides") for t, x in keys)
        return Prop(id="CAR", kind="car", position=ways[0].position, keys=ways)

    (passing,) = _heard(_stage(props=(car((0.0, -20.0), (4.0, 20.0)),)))
    assert passing.name == "car pass" and passing.pan < -0.6 and passing.pan_end is not None and passing.pan_end > 0.6
    (coming,) = _heard(_stage(props=(car((0.0, -20.0), (2.5, 0.0)),)))
    assert (coming.name, coming.duration_s) == ("engine", 2.5)
    starting, going = _heard(_stage(props=(car((0.0, 0.0), (1.0, 0.0), (4.0, 20.0)),)))
    assert (starting.name, going.name, going.start_s) == ("car start", "engine", 1.0)


def test_what_burns_goes_on_all_shot_and_thunder_comes_after_its_flash() -> None:
    fire = Practical(kind="fire", position=Vec3(1.0, 0.3, 2.0))
    sounds = _heard(_stage(practicals=(fire,), weather="storm", lightning_s=(1.0,)))
    assert [(one.start_s, one.duration_s) for one in _named(sounds, "fire")] == [(0.0, 4.0)]
    (thunder,) = _named(sounds, "thunder")
    assert 1.5 < thunder.start_s < 4.0


def test_who_types_types_all_the_while_and_nothing_sounds_outside_its_shot() -> None:
    who = _figure(_key(0.0, 0.0, 0.5, "sit"), acts=(ActKey(start_s=-1.5, end_s=5.5, act="type"),))
    (typing,) = _named(_heard(_stage(who)), "typing")
    assert (typing.start_s, typing.duration_s) == (0.0, 4.0)


def test_each_half_of_a_split_screen_is_heard_from_its_side() -> None:
    def half(name: str) -> Stage:
        walker = _figure(_key(0.0, -1.0, 0.5, "walk"), _key(4.0, 1.0, 0.5, "walk"))
        return _stage(Figure(**{**vars(walker), "id": name}))

    stage = Stage(**{**vars(half("LEFT")), "beside": half("RIGHT")})
    steps = _named(_heard(stage), "step")
    assert {one.who for one in steps} == {"LEFT", "RIGHT"}
    assert all((one.pan < 0) == (one.who == "LEFT") for one in steps)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_sound_of_the_stage_can_be_made(name: str) -> None:
    assert find(name) == name


@pytest.mark.parametrize("name", ["clap", "door close", "gunshot", "punch", "put down", "run step", "sit down", "step"])
def test_what_is_seen_at_a_moment_is_loudest_at_that_frame(name: str) -> None:
    sound = rendered(EffectCue(name=name, start_s=0.0, seed=5), 24_000)
    assert sound is not None
    loudness = np.convolve(sound.astype(np.float64) ** 2, np.ones(240) / 240, "same")
    assert abs(float(np.argmax(loudness)) / 24_000 - LEAD_S.get(name, 0.0)) <= FRAME_S


def test_snow_and_sand_are_heard_underfoot() -> None:
    walker = _figure(_key(0.0, -2.0, 0.5, "walk"), _key(4.0, 2.0, 0.5, "walk"))
    assert _named(_heard(_stage(walker, weather="snow")), "step in snow")
    assert _named(_heard(_stage(walker, kind="beach")), "step in sand")


def test_a_horse_is_heard_by_its_gait_from_its_first_hoof() -> None:
    horse = _figure(_key(0.0, -3.0, 0.5, "walk"), _key(4.0, 3.0, 0.5, "walk"), species="horse")
    (hooves,) = _heard(_stage(horse))
    first = witness(_stage(horse)).footfalls["ANN"][0]
    assert (hooves.name, hooves.start_s) == ("hooves", first.time_s)
    assert hooves.duration_s is not None and hooves.duration_s > 3.0
