"""Props over their states: words that mean them, what using a thing does to it, and how each looks from all sides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.sampler.cast import person
from model.stage import (
    ActKey,
    ActName,
    Attachment,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Light,
    Place,
    Prop,
    PropKey,
    Stage,
    Vec3,
    Weather,
)
from model.states import STAINS, STATES, state_of, states_of
from model.theatre.lighting.light import Tone
from model.theatre.lighting.practicals import sources_of
from model.theatre.motion.props_motion import prop_now
from model.theatre.props import KINDS, prop_drawable
from model.theatre.sets.solids import SOLIDS
from model.theatre.sets.writing import lines_in
from model.theatre.view import view_at
from shots.blocking.sizes import extent_of

GREY = 150
PERSON = person("train", "props", 3)


def stage_of(prop: Prop, *acts: ActKey, eye: Vec3 = Vec3(0.0, 0.9, -1.3), aim_y: float = 0.15) -> Stage:  # noqa: B008
    seen = Camera(keys=(CameraKey(time_s=0.0, position=eye, target=Vec3(0.0, aim_y, 0.0), lens_mm=40),))
    body = (BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand"),)
    return Stage(
        duration_s=8.0,
        place=Place(kind="living_room", interior=True, seed=1),
        light=Light(
            hour="day", key_azimuth_deg=215, key_elevation_deg=40, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=seen,
        figures=(Figure(id="ANN", species="person", look=PERSON.look, body=body, acts=acts),) if acts else (),
        props=(prop,),
    )


def drawn(stage: Stage, time_s: float = 0.0, wide: int = 256, high: int = 144) -> NDArray[np.int64]:
    """The stage's prop alone, on grey."""
    prop = stage.props[0]
    pixels = np.full((high, wide, 4), GREY, dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    now = prop_now(stage, prop, time_s)
    prop = replace(prop, state=now.state)
    hand = now.position if now.held is not None else None
    prop_drawable(prop, stage, view_at(stage.camera, time_s, wide, high), Tone.of(stage), time_s, hand).paint(canvas)
    return pixels[..., :3].astype(np.int64)


def lying(kind: str, state: str = "", text: str = "", heading: float = 180.0) -> Prop:
    return Prop(id="P", kind=kind, position=Vec3(0, 0, 0), heading_deg=heading, state=state, text=text)


def held(kind: str, state: str = "", text: str = "") -> Prop:
    return replace(lying(kind, state, text), position=Vec3(0, 1, -0.3), held=Attachment(figure="ANN", hand="right"))


def framed(prop: Prop, wide: int = 256, high: int = 144) -> NDArray[np.int64]:
    """The prop as an insert frames it."""
    extent = extent_of(prop.kind)
    reach = 2.6 * max(extent.high_m, extent.wide_m * 0.5, 0.05)
    eye = Vec3(0.04 * reach, extent.middle_m + 0.45 * reach, -0.9 * reach)
    return drawn(stage_of(prop, eye=eye, aim_y=extent.middle_m), wide=wide, high=high)


def acting(act: ActName, start_s: float = 1.0, end_s: float = 6.2) -> ActKey:
    return ActKey(start_s=start_s, end_s=end_s, act=act)


def unlike(a: NDArray[np.int64], b: NDArray[np.int64]) -> int:
    return int((np.abs(a - b).sum(axis=2) > 24).sum())


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("apple", "half-eaten", "bitten"),
        ("apple", "half eaten", "bitten"),
        ("apple", "吃了一半", "bitten"),
        ("bread", "gone", "eaten"),
        ("cup", "smashed", "broken"),
        ("cup", "half-empty", "half"),
        ("glass", "摔碎", "broken"),
        ("glass", "drained", "empty"),
        ("candle", "burning", "lit"),
        ("candle", "blown out", "unlit"),
        ("candle", "点燃", "lit"),
        ("letter", "burning", "burning"),
        ("letter", "ripped up", "torn"),
        ("door", "ajar", "ajar"),
        ("box", "ajar", "open"),
        ("door", "打开", "open"),
        ("screen", "打开", "lit"),
        ("tv", "switched off", "unlit"),
        ("phone", "ringing", "lit"),
        ("phone", "cracked", "broken"),
        ("photo", "broken", "torn"),
        ("map", "folded", "closed"),
        ("bottle", "空", "empty"),
        ("knife", "covered in blood, bloody", "bloody"),
        ("hat", "soaked", "wet"),
        ("flowers", "wilted", "wilted"),
        ("ring", "cursed", "cursed"),
        ("cup", "", ""),
    ],
)
def test_words_mean_a_state_of_their_kind(kind: str, said: str, meant: str) -> None:
    assert state_of(kind, said) == meant


def test_every_state_is_of_a_kind_that_is_drawn_and_means_itself() -> None:
    assert set(STATES) <= KINDS
    assert len(STATES) >= 60
    assert all(state_of(kind, state) == state for kind in STATES for state in states_of(kind))


PLAIN = {"open", "closed", "full", "empty", "lit", "unlit"}  # one of which is a kind's usual look
CARRIED = sorted(kind for kind in STATES if kind not in ("bonfire", "campfire", "fire", "street_lamp", "door"))


@pytest.mark.parametrize("kind", CARRIED)
def test_each_state_of_a_kind_looks_its_own(kind: str) -> None:
    plain = framed(lying(kind))
    for state in (*STATES[kind], "wet", "bloody"):
        if state in PLAIN or (state in STAINS and kind in ("banner", "umbrella")):
            continue
        there = framed(lying(kind, state))
        assert unlike(plain, there) > 12, (kind, state)


@pytest.mark.parametrize(("one", "two"), [("open", "closed"), ("full", "empty"), ("lit", "unlit")])
def test_opposite_states_differ(one: str, two: str) -> None:
    for kind, known in STATES.items():
        if kind in CARRIED and one in known and two in known:
            pair = [framed(lying(kind, state)) for state in (one, two)]
            assert unlike(*pair) > 8, (kind, one, two)


@pytest.mark.parametrize(
    ("kind", "act", "states"),
    [
        ("apple", "eat", ("", "bitten", "bitten")),
        ("cup", "drink", ("", "half", "empty")),
        ("glass", "drink", ("", "half", "empty")),
        ("book", "read", ("", "open", "")),
        ("phone", "phone", ("", "lit", "")),
        ("laptop", "type", ("", "lit", "")),
        ("cup", "eat", ("", "", "")),
        ("umbrella", "drink", ("", "", "")),
    ],
)
def test_using_a_thing_tells_on_it(kind: str, act: ActName, states: tuple[str, str, str]) -> None:
    stage = stage_of(held(kind), acting(act))
    seen = tuple(prop_now(stage, stage.props[0], time_s).state for time_s in (0.5, 3.0, 7.9))
    assert seen == states


def test_what_lies_on_the_table_is_not_eaten() -> None:
    stage = stage_of(lying("apple"), acting("eat"))
    assert prop_now(stage, stage.props[0], 7.9).state == ""


def test_a_thing_taken_up_after_the_meal_is_whole() -> None:
    late = PropKey(time_s=7.0, position=Vec3(0, 1, 0), held=Attachment(figure="ANN", hand="right"))
    stage = stage_of(replace(lying("apple"), keys=(late,)), acting("eat"))
    assert prop_now(stage, stage.props[0], 7.9).state == ""


def test_keys_say_states_in_plain_words() -> None:
    out = PropKey(time_s=2.0, position=Vec3(0, 0, 0), state="blown out")
    stage = stage_of(replace(lying("candle", "burning"), keys=(out,)))
    assert [prop_now(stage, stage.props[0], t).state for t in (1.0, 3.0)] == ["lit", "unlit"]


@pytest.mark.parametrize("kind", sorted(SOLIDS))
def test_a_solid_thing_has_a_front_a_side_and_a_back(kind: str) -> None:
    high = 1.4 if kind == "sign" else 0.25
    eye = Vec3(0.0, high + 0.5, -3.6 if kind in ("sign", "screen") else -1.5)
    views = [drawn(stage_of(lying(kind, "", "OPEN", turn), eye=eye, aim_y=high)) for turn in (180.0, 110.0, 0.0)]
    assert all((np.abs(view - GREY).sum(axis=2) > 12).sum() > 60 for view in views)
    assert unlike(views[0], views[1]) > 60
    if kind not in ("bag", "suitcase"):  # whose two broad sides are much alike
        assert unlike(views[0], views[2]) > 40


LETTERED = [
    "banner", "blackboard", "book", "box", "calendar", "envelope", "laptop", "letter", "nameplate", "newspaper",
    "paper", "phone", "poster", "screen", "sign", "tablet", "ticket", "typewriter",
]  # fmt: skip


@pytest.mark.parametrize("kind", LETTERED)
@pytest.mark.parametrize("words", ["GOODBYE FOR NOW", "再见了朋友"])
def test_words_are_read_at_insert_size_and_never_mirrored(kind: str, words: str) -> None:
    def seen(text: str) -> NDArray[np.int64]:
        return framed(lying(kind, "", text), wide=512, high=288)

    blank, said, other = seen("|"), seen(words), seen(words[::-1])
    assert unlike(blank, said) > 150, "too small to read"
    assert unlike(said, other) > 60
    assert unlike(said, said[:, ::-1]) > 100, "letters are no mirror images of themselves"


def test_lines_fill_their_field_and_break_where_they_may() -> None:
    size, lines = lines_in("Dear Mara, by the time you read this I will be gone", 0.15, 0.2, False)
    assert " ".join(lines) == "Dear Mara, by the time you read this I will be gone"
    assert 4 <= len(lines) <= 7 and len(lines) * size * 1.3 <= 0.2 + 1e-9
    _, chinese = lines_in("亲爱的玛拉，当你读到这封信时，我已经走了。", 0.15, 0.2, False)
    assert "".join(chinese) == "亲爱的玛拉，当你读到这封信时，我已经走了。"
    assert len(chinese) >= 3 and not any(line[0] in "，。" for line in chinese)
    assert lines_in("NO", 1.0, 0.3, True)[0] > lines_in("NO ENTRY AFTER DARK AT ALL", 1.0, 0.3, True)[0]


def test_a_reader_shows_the_cover_and_an_insert_the_page() -> None:
    reading = acting("read", 0.0, 8.0)
    book = held("letter", "open", "MEET ME AT NINE")

    def written(eye: Vec3) -> int:
        one, two = (
            drawn(stage_of(replace(book, text=text), reading, eye=eye, aim_y=1.15), 2.0) for text in (book.text, "NO")
        )
        return unlike(one, two)

    assert written(Vec3(0.0, 1.5, -2.2)) == 0, "seen from before, its back"
    assert written(Vec3(-0.9, 1.9, 0.9)) > 0, "over the shoulder, the page"
    assert written(Vec3(0.0, 1.4, -0.9)) > 20, "near enough to be read"


@pytest.mark.parametrize(
    ("kind", "state", "lit"),
    [("phone", "", False), ("phone", "ringing", True), ("tv", "", True), ("tv", "switched off", False),
     ("laptop", "closed", False), ("laptop", "", True)],
)  # fmt: skip
def test_a_screen_that_is_on_is_a_light(kind: str, state: str, lit: bool) -> None:
    found = [one for one in sources_of(stage_of(lying(kind, state)), 0.0) if one.kind == "screen"]
    assert bool(found) == lit
