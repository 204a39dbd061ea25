from __future__ import annotations

import math

import pytest

from model.stage import Prop as StageProp
from model.stage import Stage, Vec3
from model.theatre.props import KINDS
from model.theatre.sets.things import THINGS
from model.theatre.view import view_at
from shots.blocking import block_scene
from shots.blocking.sizes import LARGE_M, extent_of
from shots.blocking.things import _FINER, TABLE_M, kind_of, wall_heading
from shots.defaults import complete
from shots.kinds import PROP_KINDS
from shots.spec import Prop
from shots.storyboard import loads
from shots.timing import ShotTiming

WIDE, HIGH = 480, 270
_PARTLY_SEEN = {
    "bag", "balloon", "book", "cigarette", "flag", "gift", "leash", "sign", "street_clock", "torch",
}  # whose card is larger than what is looked at: for a string, open pages, smoke, a post, a beam  # fmt: skip


def stages_of(heading: str, shots: str, people: str = "[{character: ANN}, {character: BOB}]") -> list[Stage]:
    board = complete(
        loads(f"workprint: 1\ntitle: T\nscenes:\n  - heading: {heading}\n    people: {people}\n    shots:\n{shots}")
    )
    timings = {s.id: ShotTiming(shot=s.id, frame_count=48, fps=24) for s in board.shots() if s.id}
    return list(block_scene(board, board.scenes[0], timings, {}).values())


def insert(thing: str) -> str:
    return f"      - {{coverage: insert, insert_of: {thing}, size: ECU, duration_s: 2}}\n"


def the(stage: Stage, prop_id: str) -> StageProp:
    return next(prop for prop in stage.props if prop.id == prop_id)


def test_blocking_knows_how_large_the_theatre_draws_each_kind() -> None:
    assert {kind for kind in KINDS if extent_of(kind) is extent_of("zorblax")} == set()
    for kind, thing in THINGS.items():
        if kind in _PARTLY_SEEN:
            continue
        extent = extent_of(kind)
        assert extent.wide_m == pytest.approx(2 * thing.half_width, rel=0.35, abs=0.02), kind
        assert extent.high_m == pytest.approx(thing.height, rel=0.25, abs=0.02), kind


@pytest.mark.parametrize("place", ["LIVING ROOM", "BEDROOM", "KITCHEN", "OFFICE", "CAFE", "BAR", "CORRIDOR"])
def test_what_hangs_is_on_a_wall_at_eye_height_and_seen_from_the_room(place: str) -> None:
    (stage,) = stages_of(f"INT. {place} - DAY", insert("CLOCK"))
    clock, eye = the(stage, "CLOCK"), stage.camera.keys[0].position
    assert 1.3 < clock.position.y + extent_of("clock").middle_m < 1.8
    assert abs(clock.position.x) > 2.2
    angle = math.radians(clock.heading_deg)
    toward = (eye.x - clock.position.x) * math.sin(angle) + (eye.z - clock.position.z) * math.cos(angle)
    assert toward > 0.3, "the camera is before the wall"


def test_a_name_says_more_than_a_broad_kind_and_never_contradicts_it() -> None:
    assert kind_of(Prop(id="MAYOR'S CAKE", kind="food")) == "cake"
    assert kind_of(Prop(id="TELEPHONE", kind="phone")) == "telephone"
    assert kind_of(Prop(id="CAKE", kind="box")) == "box"
    assert kind_of(Prop(id="WINE")) == "wine"
    assert kind_of(Prop(id="THE ZORBLAX")) == "zorblax"
    assert {kind for finer in _FINER.values() for kind in finer.split()} | set(_FINER) <= KINDS


def test_who_eats_cake_holds_a_slice() -> None:
    people = "[{character: ANN, act: eat, holds: [CAKE]}]"
    (stage,) = stages_of("INT. OFFICE - DAY", "      - {size: MS, subjects: [ANN], duration_s: 2}\n", people)
    assert the(stage, "CAKE").state == "slice"


def test_small_things_lie_on_a_table_by_the_people() -> None:
    (stage,) = stages_of("INT. LIVING ROOM - DAY", insert("RING"))
    table, ring = the(stage, "table"), the(stage, "RING")
    assert ring.position.y == TABLE_M
    assert math.dist(ring.position[::2], table.position[::2]) < 0.35
    marks = [(f.body[0].x_m, f.body[0].z_m) for f in stage.figures]
    assert 0.55 < min(math.dist(table.position[::2], mark) for mark in marks) < 1.2


@pytest.mark.parametrize("pose", ["stand", "sit"])
def test_things_share_a_table_without_touching(pose: str) -> None:
    things = ["CAKE", "CUP", "LETTER", "CANDLE"]
    props = ", ".join(f"{{prop: {thing}}}" for thing in things)
    shot = f"      - {{coverage: master, size: FS, subjects: [ANN, BOB], props: [{props}], duration_s: 2}}\n"
    people = f"[{{character: ANN, pose: {pose}}}, {{character: BOB, pose: {pose}}}]"
    (stage,) = stages_of("INT. KITCHEN - DAY", shot, people)
    table = the(stage, "table").position
    spots = [the(stage, thing).position for thing in things]
    assert all(spot.y == TABLE_M and math.dist(spot[::2], table[::2]) < 0.37 for spot in spots)
    assert min(math.dist(a[::2], b[::2]) for i, a in enumerate(spots) for b in spots[:i]) > 0.18


def test_a_room_where_nothing_is_put_down_gets_no_table() -> None:
    people = "[{character: ANN, holds: [CUP]}, {character: BOB}]"
    (stage,) = stages_of("INT. LIVING ROOM - DAY", insert("CUP"), people)
    assert [prop.id for prop in stage.props] == ["CUP"]
    assert the(stage, "CUP").held is not None


def test_outdoors_small_things_lie_on_the_bench_and_large_ones_on_the_ground() -> None:
    people = "[{character: ANN, pose: sit}, {character: BOB}]"
    wallet, suitcase = stages_of("EXT. PARK - DAY", insert("WALLET") + insert("SUITCASE"), people)
    bench = next(prop for prop in wallet.props if prop.kind == "bench")
    assert 0.4 < the(wallet, "WALLET").position.y < 0.5
    assert math.dist(the(wallet, "WALLET").position[::2], bench.position[::2]) < 0.8
    assert the(suitcase, "SUITCASE").position.y == 0.0


def test_a_lamp_of_the_open_air_is_a_street_lamp_and_only_where_it_is_shown() -> None:
    master = "      - {coverage: master, size: WS, subjects: [ANN, BOB], props: [{prop: LAMP}], duration_s: 2}\n"
    wide, close = stages_of("EXT. STATION PLATFORM - NIGHT", master + insert("LAMP"))
    assert not [prop for prop in wide.props if prop.id == "LAMP"]
    assert the(close, "LAMP").kind == "street_lamp"
    assert close.camera.keys[0].target.y > 3.0


def test_a_clock_of_the_open_air_stands_on_its_post() -> None:
    (close,) = stages_of("EXT. STATION PLATFORM - NIGHT", insert("CLOCK"))
    assert the(close, "CLOCK").kind == "street_clock"
    assert close.camera.keys[0].target.y > 2.5


def test_a_thing_in_a_hand_stays_there_in_its_insert_and_its_screen_is_on() -> None:
    shots = (
        "      - {size: MS, subjects: [ANN], people: [{character: ANN, act: phone, holds: [PHONE]}], duration_s: 2}\n"
        + insert("PHONE")
    )
    _, close = stages_of("EXT. ROOFTOP - NIGHT", shots)
    assert the(close, "PHONE").held is not None
    assert the(close, "PHONE").state == "lit"


@pytest.mark.parametrize("kind", sorted(PROP_KINDS))
def test_an_insert_is_filled_by_its_thing(kind: str) -> None:
    (stage,) = stages_of("INT. LIVING ROOM - DAY", insert(kind.upper().replace("_", " ")))
    prop = next(p for p in stage.props if p.kind == kind and not p.id.startswith(("seat:", "table")))
    extent = extent_of(kind)
    middle_m = extent.middle_m if wall_heading(prop) is None else 0.5 * extent.high_m
    middle = Vec3(prop.position.x, prop.position.y + middle_m, prop.position.z)
    view = view_at(stage.camera, 0.0, WIDE, HIGH)
    x, y, depth = view.point(*middle)
    assert abs(x - WIDE / 2) < 0.2 * WIDE and abs(y - HIGH / 2) < 0.2 * HIGH
    px = view.focal_px / depth
    fills = max(extent.wide_m * px / WIDE, extent.high_m * px / HIGH)
    least = 0.25 if extent.large_m < LARGE_M else 0.4
    assert least < fills < 0.9, fills
