"""What two do to each other, things that change hands, riders, vehicles, crowds, seats, focus and split screens."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from model.stage import Figure, Stage, Vec3
from model.stage import Place as StagePlace
from model.stage import Prop as StageProp
from shots.blocking import Doorway, Fittings, Spot, block_scene
from shots.blocking.anatomy import body_at
from shots.blocking.vehicles import CLOSED, VEHICLES
from shots.kinds import PROP_KINDS
from shots.spec import (
    Act,
    Character,
    Coverage,
    Crowd,
    Light,
    Line,
    Move,
    Place,
    PlacedProp,
    PlaceKind,
    Practical,
    Presence,
    Prop,
    Scene,
    Shot,
    Side,
    Size,
    Split,
    Storyboard,
)
from shots.timing import time_shots

CAST = (Character(id="ANN"), Character(id="BOB"), Character(id="DOBBIN", species="horse"))
ANN, BOB = Presence(character="ANN"), Presence(character="BOB")
PROPS = (
    Prop(id="BALL", kind="ball"), Prop(id="APPLE", kind="apple"), Prop(id="LETTER", kind="letter"),
    Prop(id="BUS", kind="bus"), Prop(id="BIKE", kind="bicycle"),
)  # fmt: skip


def board(*shots: Shot, kind: PlaceKind = "living_room", interior: bool = True, **scene: object) -> Storyboard:
    named = tuple(replace(shot, id=f"S1.{i}") for i, shot in enumerate(shots, start=1))
    place = Place(id="P", kind=kind, interior=interior)
    whole = Scene(id="S1", heading="P", place="P", hour="day", shots=named, **scene)  # type: ignore[arg-type]
    return Storyboard(title="T", cast=CAST, props=PROPS, places=(place,), scenes=(whole,))


def stages(storyboard: Storyboard, fittings: Fittings | None = None) -> list[Stage]:
    timings = time_shots(storyboard, {})
    scene = storyboard.scenes[0]
    if fittings is None:
        return list(block_scene(storyboard, scene, timings, {}).values())
    return list(block_scene(storyboard, scene, timings, {}, lambda _: fittings).values())


def the(stage: Stage, name: str) -> Figure:
    return next(figure for figure in stage.figures if figure.id == name)


def thing(stage: Stage, name: str) -> StageProp:
    return next(prop for prop in stage.props if prop.id == name)


def gap(stage: Stage, time_s: float) -> float:
    a, b = (body_at(the(stage, name), time_s) for name in ("ANN", "BOB"))
    return math.dist((a.x, a.z), (b.x, b.z))


@pytest.mark.parametrize(
    ("act", "apart_m"), [("kiss", 0.42), ("embrace", 0.5), ("shake_hands", 0.86), ("hit", 0.74), ("push", 0.7)]
)
def test_two_come_within_reach_face_each_other_and_meet(act: Act, apart_m: float) -> None:
    (stage,) = stages(board(Shot(size="FS", people=(replace(ANN, act=act, looks_at="BOB"), BOB), duration_s=4)))
    key = next(key for key in the(stage, "ANN").acts if key.act == act)
    assert gap(stage, key.end_s) == pytest.approx(apart_m, abs=0.05)
    ann, bob = body_at(the(stage, "ANN"), key.end_s), body_at(the(stage, "BOB"), key.end_s)
    toward = math.degrees(math.atan2(bob.x - ann.x, bob.z - ann.z))
    assert abs((ann.heading_deg - toward + 180) % 360 - 180) < 2
    assert key.target is not None
    assert math.dist(key.target, (bob.x, key.target.y, bob.z)) <= apart_m / 2 + 0.05


@pytest.mark.parametrize("act", ["kiss", "embrace", "shake_hands", "dance"])
def test_the_other_answers_at_the_same_time(act: Act) -> None:
    (stage,) = stages(board(Shot(size="FS", people=(replace(ANN, act=act, looks_at="BOB"), BOB), duration_s=4)))
    one, other = (next(key for key in the(stage, name).acts if key.act == act) for name in ("ANN", "BOB"))
    assert (one.start_s, one.end_s) == (other.start_s, other.end_s)


def test_after_a_kiss_they_are_at_talking_distance_again() -> None:
    kiss = Shot(size="FS", people=(replace(ANN, act="kiss", looks_at="BOB"), BOB), duration_s=4)
    _, after = stages(board(kiss, Shot(size="MS", people=(ANN, BOB), duration_s=2)))
    assert gap(after, 0.0) > 0.9


def test_a_shot_at_nobody_is_aimed_ahead() -> None:
    (stage,) = stages(board(Shot(size="FS", people=(replace(ANN, act="shoot"), BOB), duration_s=3)))
    target = the(stage, "ANN").acts[0].target
    assert target is not None and math.dist(target, body_at(the(stage, "ANN"), 1).eye_point) > 4


def test_what_is_handed_over_changes_hands_in_the_middle_of_the_act() -> None:
    holds = Shot(size="MS", people=(replace(ANN, holds=("LETTER",)), BOB), duration_s=2)
    gives = Shot(
        size="FS", duration_s=4, people=(replace(ANN, act="give", looks_at="BOB"), replace(BOB, holds=("LETTER",)))
    )
    _, stage = stages(board(holds, gives))
    letter = thing(stage, "LETTER")
    assert letter.held is not None and letter.held.figure == "ANN"
    (key,) = letter.keys
    act = next(key for key in the(stage, "ANN").acts if key.act == "give")
    assert key.held is not None and key.held.figure == "BOB" and act.start_s < key.time_s < act.end_s


def test_what_is_picked_up_lay_where_it_was_left() -> None:
    lies = Shot(size="MS", people=(ANN, BOB), props=(PlacedProp(prop="BALL"),), duration_s=2)
    takes = Shot(size="FS", people=(replace(ANN, act="pick_up", looks_at="BALL", holds=("BALL",)), BOB), duration_s=4)
    first, second = stages(board(lies, takes))
    ball = thing(second, "BALL")
    assert ball.held is None and ball.position == thing(first, "BALL").position
    assert ball.keys[0].held is not None and ball.keys[0].held.figure == "ANN"


def test_what_comes_out_of_a_pocket_lay_on_no_table() -> None:
    takes = Shot(
        size="FS", action="Ann pulls a letter out of her pocket.", duration_s=4,
        people=(replace(ANN, act="pick_up", holds=("LETTER",)), BOB),
    )  # fmt: skip
    letter = thing(stages(board(takes))[0], "LETTER")
    assert letter.held is not None and not letter.keys


def test_what_is_dropped_falls_and_stays_where_it_fell() -> None:
    holds = Shot(size="MS", people=(replace(ANN, holds=("BALL",)), BOB), duration_s=2)
    drops = Shot(size="FS", people=(replace(ANN, act="drop"), BOB), props=(PlacedProp(prop="BALL"),), duration_s=3)
    after = Shot(size="MS", people=(ANN, BOB), props=(PlacedProp(prop="BALL"),), duration_s=2)
    _, second, third = stages(board(holds, drops, after))
    ball = thing(second, "BALL")
    assert ball.held is not None and ball.held.figure == "ANN"
    last = ball.keys[-1]
    assert last.moves == "falls" and last.position.y == 0 and last.held is None
    assert thing(third, "BALL").position == last.position and not thing(third, "BALL").keys


def test_what_is_thrown_is_caught() -> None:
    throws = Shot(
        size="FS", duration_s=4, people=(replace(ANN, act="throw", looks_at="BOB"), replace(BOB, holds=("BALL",)))
    )
    holds = Shot(size="MS", people=(replace(ANN, holds=("BALL",)), BOB), duration_s=2)
    ball = thing(stages(board(holds, throws))[1], "BALL")
    falls = next(key for key in ball.keys if key.moves == "falls")
    caught = ball.keys[-1]
    assert caught.held is not None and caught.held.figure == "BOB" and caught.time_s > falls.time_s > 0.5


def test_a_bitten_apple_stays_bitten() -> None:
    eats = Shot(size="MS", people=(replace(ANN, act="eat", holds=("APPLE",)), BOB), duration_s=4)
    after = Shot(size="MS", people=(replace(ANN, holds=("APPLE",)), BOB), duration_s=2)
    first, second = stages(board(eats, after))
    apple = thing(first, "APPLE")
    assert apple.state == "" and apple.keys[0].state == "bitten"
    assert thing(second, "APPLE").state == "bitten"


def test_what_was_drunk_is_gone_in_the_next_shot() -> None:
    drinks = Shot(size="MS", people=(replace(ANN, act="drink", holds=("CUP",)), BOB), duration_s=3)
    after = Shot(size="MS", people=(replace(ANN, holds=("CUP",)), BOB), duration_s=2)
    first, second = stages(board(drinks, after))
    assert thing(first, "CUP").state == "" and thing(first, "CUP").keys[-1].state == "half"
    assert thing(second, "CUP").state == "half"


@pytest.mark.parametrize(
    ("enters", "exits", "first", "last"), [("left", None, "far", "near"), (None, "right", "near", "far")]
)
def test_a_bus_pulls_up_and_goes_off(enters: Side | None, exits: Side | None, first: str, last: str) -> None:
    shot = Shot(size="WS", props=(PlacedProp(prop="BUS", enters=enters, exits=exits),), people=(ANN,), duration_s=5)
    bus = thing(stages(board(shot, kind="street", interior=False))[0], "BUS")
    ways = [abs(key.position.z) for key in bus.keys]
    assert (ways[0] > 12) == (first == "far") and (ways[-1] > 12) == (last == "far")
    assert all(key.moves == "glides" for key in bus.keys) and bus.position == bus.keys[0].position
    steps = [
        abs(b.position.z - a.position.z) / (b.time_s - a.time_s) for a, b in zip(bus.keys, bus.keys[1:], strict=False)
    ]
    assert steps == sorted(steps, reverse=enters is not None), "it brakes before it stops, and gathers speed"


def test_a_bus_stands_where_it_stopped_and_hides_who_is_in_it() -> None:
    comes = Shot(size="WS", props=(PlacedProp(prop="BUS", enters="left"),), people=(ANN,), duration_s=4)
    goes = Shot(
        size="WS",
        props=(PlacedProp(prop="BUS", exits="right"),),
        people=(replace(ANN, aboard="BUS"), BOB),
        duration_s=4,
    )
    first, second = stages(board(comes, goes, kind="street", interior=False))
    assert thing(second, "BUS").position == thing(first, "BUS").keys[-1].position
    assert [figure.id for figure in second.figures] == ["BOB"]


def test_a_rider_and_the_horse_go_together() -> None:
    rides = Shot(
        size="FS", duration_s=4, subjects=("ANN",),
        people=(replace(ANN, pose="ride", act="walk", aboard="DOBBIN"), Presence(character="DOBBIN")),
    )  # fmt: skip
    (stage,) = stages(board(rides, kind="desert", interior=False))
    ann, horse = the(stage, "ANN"), the(stage, "DOBBIN")
    assert {key.pose for key in ann.body} == {"ride"} and ann.body[0].height_m > 0.7
    assert {key.pose for key in horse.body} <= {"walk", "run", "stand"} and horse.body[0].height_m == 0
    for a, b in zip(ann.body, horse.body, strict=True):
        assert (a.x_m, a.z_m, a.time_s) == (b.x_m, b.z_m, b.time_s)
    assert math.dist((ann.body[0].x_m, ann.body[0].z_m), (ann.body[-1].x_m, ann.body[-1].z_m)) > 6


def test_a_bicycle_goes_under_its_rider_and_nobody_rides_on_nothing() -> None:
    rides = Shot(size="FS", people=(replace(ANN, pose="ride", act="walk", aboard="BIKE"),), duration_s=4)
    (stage,) = stages(board(rides, kind="street", interior=False))
    bike, ann = thing(stage, "BIKE"), the(stage, "ANN")
    assert [(k.position.x, k.position.z) for k in bike.keys] == [(k.x_m, k.z_m) for k in ann.body]
    (alone,) = stages(board(Shot(size="FS", people=(replace(ANN, pose="ride"),), duration_s=2)))
    assert the(alone, "ANN").body[0].pose == "stand"


def test_every_vehicle_has_a_word() -> None:
    assert CLOSED < VEHICLES and VEHICLES - {"spaceship"} <= PROP_KINDS


def test_a_crowd_keeps_clear_of_those_who_play() -> None:
    shot = Shot(size="WS", people=(ANN, BOB), duration_s=3)
    (stage,) = stages(board(shot, kind="park", interior=False, crowds=(Crowd(count=40),)))
    (crowd,) = stage.crowds
    near = crowd.centre.z - crowd.depth_m / 2
    assert crowd.count == 40 and crowd.heading_deg == 180.0
    assert all(near - body.z_m > 0.9 for figure in stage.figures for body in figure.body)


def test_birds_fly_over_and_a_shot_may_have_no_crowd() -> None:
    birds = Crowd(what="birds", doing="fly", where="above", count=9)
    shots = (Shot(size="WS", people=(ANN,), duration_s=3), Shot(size="WS", people=(ANN,), duration_s=3, crowds=()))
    first, second = stages(board(*shots, kind="beach", interior=False, crowds=(birds,)))
    assert first.crowds[0].kind == "birds" and first.crowds[0].centre.y > 4 and second.crowds == ()


BED = Spot(True, "bed", Vec3(2.0, 0.0, 2.5), 180.0, 0.55)
PEWS = tuple(Spot(False, "pew", Vec3(0.7 * i - 1.4, 0.0, -2.0), 0.0, 0.02) for i in range(5))


def test_sleepers_lie_in_the_bed_of_the_set() -> None:
    shot = Shot(size="WS", people=(replace(ANN, pose="lie"), BOB), duration_s=3)
    (stage,) = stages(board(shot, kind="bedroom"), Fittings(spots=(BED,)))
    ann, bob = the(stage, "ANN").body[0], the(stage, "BOB").body[0]
    assert (ann.x_m, ann.z_m, ann.height_m, ann.heading_deg) == (2.0, 2.5, 0.55, 180.0)
    assert 0.8 < math.dist((bob.x_m, bob.z_m), (2.0, 2.9)) < 1.6


def test_who_sits_up_in_bed_keeps_to_it_and_sits_on_its_edge() -> None:
    shots = (
        Shot(size="WS", people=(replace(ANN, pose="lie"),), duration_s=3),
        Shot(size="FS", people=(replace(ANN, pose="sit"),), duration_s=3),
    )
    lies, sits = (
        the(stage, "ANN").body[-1] for stage in stages(board(*shots, kind="hospital"), Fittings(spots=(BED,)))
    )
    assert (lies.x_m, lies.z_m, lies.height_m, lies.pose) == (2.0, 2.5, 0.55, "lie")
    assert 0.3 < abs(sits.x_m - 2.0) < 0.5 and sits.z_m == pytest.approx(2.5)
    assert sits.height_m < 0.15 and abs(sits.heading_deg) == pytest.approx(90.0)


def test_a_point_of_view_of_nobody_in_the_cast_is_of_the_audience() -> None:
    shot = Shot(coverage="pov", size="WS", pov_of="ANN", people=(ANN, BOB), duration_s=3)
    (stage,) = stages(board(shot, kind="theatre", crowds=(Crowd(count=30, doing="sit", where="front"),)))
    key = stage.camera.keys[0]
    assert key.target.z < key.position.z - 1.0


def test_a_resting_dog_is_seen_along_its_flank() -> None:
    dog = Presence(character="REX", pose="lie")
    shot = Shot(coverage="single", size="FS", subjects=("REX",), people=(ANN, dog), duration_s=3)
    film = board(shot)
    (stage,) = stages(replace(film, cast=(*film.cast, Character(id="REX", species="dog"))))
    body, key = the(stage, "REX").body[0], stage.camera.keys[0]
    to_camera = math.degrees(math.atan2(key.position.x - body.x_m, key.position.z - body.z_m))
    assert 40.0 < abs((to_camera - body.heading_deg + 180.0) % 360.0 - 180.0) < 100.0


def test_sitters_in_a_church_sit_in_its_pews_and_are_seen_from_before() -> None:
    people = (replace(ANN, pose="sit"), replace(BOB, pose="sit"))
    shot = Shot(size="MS", coverage="two_shot", subjects=("ANN", "BOB"), people=people, duration_s=3)
    (stage,) = stages(board(shot, kind="church"), Fittings(spots=PEWS))
    assert {(f.body[0].z_m, f.body[0].height_m) for f in stage.figures} == {(-2.0, 0.02)}
    assert stage.camera.keys[0].position.z > -2.0 and not any(p.id.startswith("seat") for p in stage.props)


def test_who_opens_a_door_goes_to_it() -> None:
    door = Doorway(Vec3(2.4, 0.0, 3.0), 0.0)
    shot = Shot(size="FS", people=(replace(ANN, act="open_door"),), duration_s=5)
    (stage,) = stages(board(shot), Fittings(doors=(door,)))
    key = next(key for key in the(stage, "ANN").acts if key.act == "open_door")
    body = body_at(the(stage, "ANN"), key.end_s)
    assert math.dist((body.x, body.z), (2.4, 3.0)) < 1.0 and key.target is not None and key.target.x == 2.4


@pytest.mark.parametrize(("size", "sharp"), [("CU", True), ("MCU", True), ("FS", False), ("WS", False)])
def test_close_shots_are_open_and_wide_ones_stopped_down(size: Size, sharp: bool) -> None:
    (stage,) = stages(board(Shot(size=size, subjects=("ANN",), people=(ANN, BOB), duration_s=3)))
    assert ([key.on for key in stage.camera.focus] == ["ANN"]) == sharp
    assert stage.camera.f_number == (2.8 if sharp else 8.0)


def test_focus_is_racked_from_one_to_the_other() -> None:
    shot = Shot(size="MS", subjects=("ANN",), people=(ANN, BOB), focus=("ANN", "BOB"), f_number=2.0, duration_s=4)
    (stage,) = stages(board(shot))
    first, second = stage.camera.focus
    assert (first.on, first.time_s, second.on) == ("ANN", 0.0, "BOB") and 1.0 < second.time_s < 3.0
    assert stage.camera.f_number == 2.0


@pytest.mark.parametrize("move", ["orbit_left", "orbit_right"])
def test_an_orbit_keeps_its_distance(move: Move) -> None:
    shot = Shot(size="MS", subjects=("ANN",), people=(ANN,), move=move, duration_s=5)
    (stage,) = stages(board(shot, kind="field", interior=False))
    body = body_at(the(stage, "ANN"), 0.0)
    reach = [math.dist((key.position.x, key.position.z), (body.x, body.z)) for key in stage.camera.keys]
    assert len(reach) > 5 and max(reach) - min(reach) < 0.15 * max(reach)
    assert math.dist(stage.camera.keys[0].position, stage.camera.keys[-1].position) > 0.5


@pytest.mark.parametrize(("move", "closer"), [("zoom_in", True), ("zoom_out", False)])
def test_a_zoom_changes_the_lens_and_not_the_place(move: Move, closer: bool) -> None:
    shot = Shot(size="MS", subjects=("ANN",), people=(ANN,), move=move, duration_s=4)
    first, last = stages(board(shot))[0].camera.keys
    assert first.position == last.position and (first.lens_mm < last.lens_mm) == closer


def test_a_storm_flashes_the_same_each_time() -> None:
    shot = Shot(size="WS", people=(ANN,), duration_s=9)
    one, again = (stages(board(shot, kind="beach", interior=False, weather="storm"))[0] for _ in range(2))
    assert one.weather.lightning_s and one.weather == again.weather
    assert all(0 < flash < one.duration_s for flash in one.weather.lightning_s)


def test_practicals_stand_by_what_they_are_of() -> None:
    light = Light(practicals=(Practical(kind="candle", of="BALL"), Practical(kind="lamp", mark_m=(1.0, 2.0))), rim=0.4)
    shot = Shot(
        size="WS", people=(ANN,), props=(PlacedProp(prop="BALL", mark_m=(0.5, 1.5)),), light=light, duration_s=3
    )
    staged = stages(board(shot))[0].light
    candle, lamp = staged.practicals
    assert (candle.position.x, candle.position.z) == (0.5, 1.5) and (lamp.position.x, lamp.position.z) == (1.0, 2.0)
    assert staged.rim == 0.4 and not staged.silhouette


def test_both_ends_of_a_call_are_staged_each_in_its_place() -> None:
    there = Scene(id="S2", heading="Q", place="Q", hour="night", people=(BOB,))
    coverage: Coverage = "split_screen"
    shot = Shot(
        coverage=coverage, size="MCU", subjects=("ANN", "BOB"), people=(replace(ANN, act="phone"),),
        beside=Split(scene="S2", people=(replace(BOB, act="phone"),)),
        lines=(Line(character="ANN", text="Are you there?"), Line(character="BOB", text="I am here.")),
    )  # fmt: skip
    film = board(shot)
    places = (*film.places, Place(id="Q", kind="street", interior=False))
    (stage,) = stages(replace(film, places=places, scenes=(*film.scenes, there)))
    right = stage.beside
    assert right is not None and right.place.kind == "street" and right.light.hour == "night"
    assert [f.id for f in stage.figures] == ["ANN"] and [f.id for f in right.figures] == ["BOB"]
    assert any(m.viseme != "rest" for m in right.figures[0].mouth)
    assert right.duration_s == stage.duration_s


def test_the_set_is_asked_for_its_fittings_as_it_is_drawn() -> None:
    film = board(Shot(size="WS", people=(ANN,), duration_s=2))
    asked: list[StagePlace] = []

    def furnish(place: StagePlace) -> Fittings:
        asked.append(place)
        return Fittings()

    stage = block_scene(film, film.scenes[0], time_shots(film, {}), {}, furnish)["S1.1"]
    assert asked == [stage.place]
