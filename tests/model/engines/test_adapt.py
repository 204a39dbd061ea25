"""A request put to engines of every sort: what they can be told is told, the rest is met another way or said so."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.engine import FrameCounts, Sizes
from model.backends.parts import Part, Span, parts_of, spans_of
from model.errors import PictureError
from model.request import ClipRequest, KnownFrame, Picture, ReferenceClip
from model.stage import Vec3
from tests.model.engines.planned import HEIGHT_PX, WIDTH_PX, engine, flat, hows, known, met, plan, short

ALL: dict[str, Any] = {"first": True, "any_frame": True, "before": 9, "after": 4, "keep": True, "negative": True,
                       "references": 2, "controls": frozenset({"depth", "pose"})}  # fmt: skip


@pytest.fixture
def asked(clip_request: ClipRequest) -> ClipRequest:
    """A second of a woman in a street, as small as can be."""
    return short(clip_request)


def take(request: ClipRequest, kind: Any = "continues", of: str = "") -> ReferenceClip:
    return ReferenceClip(kind=kind, of=of, path="take.mp4", digest="", stage=request.stage, shot="S1.1")


def sheet(of: str = "ANNA") -> Picture:
    return Picture(kind="identity", of=of, picture=flat(50), source=f"cast/{of}.png", view="front")


def half() -> np.ndarray[Any, np.dtype[np.bool_]]:
    keep = np.zeros((HEIGHT_PX, WIDTH_PX), np.bool_)
    keep[:, :20] = True
    return keep


def test_an_engine_that_can_all_is_told_all_in_one_call(asked: ClipRequest) -> None:
    wanted = replace(
        asked,
        negative="blurry",
        pictures=(sheet(),),
        known=(*known((0, 10), (12, 90), (24, 200)), KnownFrame(index=5, picture=flat(3), keep=half())),
    )
    made = plan(wanted, engine(**ALL))
    (part,) = made.parts
    assert (part.start, part.stop, part.lead_in, part.lead_out) == (1, 24, 1, 1)
    assert (part.place_of(0), part.place_of(part.frame_count - 1)) == (0, 24)
    assert made.control == "depth"
    assert made.negative == "blurry"
    assert [chosen.of for chosen in made.references] == ["ANNA"]
    assert set(hows(made).values()) == {"as asked"}


@pytest.mark.parametrize("pace", [1.0, 1.5, 24 / 7, 0.8])
@pytest.mark.parametrize(
    "can",
    [
        {},
        {"first": True},
        {"first": True, "last": True},
        {"first": True, "last": True, "most_with_last": 13},
        {"first": True, "before": 9},
        {"first": True, "last": True, "before": 9, "before_or_last": True},
        {"any_frame": True, "first": True, "before": 9, "after": 8},
        {"first": True, "frames": FrameCounts(step=1, least=14, most=25)},
        {"any_frame": True, "first": True, "before": 25, "after": 25, "frames": FrameCounts(step=8, least=9, most=97)},
        {"first": True, "frames": FrameCounts(step=8, least=49, most=49)},
    ],
)
def test_parts_cover_a_span_are_lengths_of_the_engine_and_meet_what_is_known(can: dict[str, Any], pace: float) -> None:
    what = engine(**can).capabilities
    for length, before, after, opens in itertools.product((1, 2, 7, 40, 131), (0, 1, 30), (0, 1, 30), (False, True)):
        span = Span(30, 30 + length, before, after)
        parts = parts_of(span, what, pace=pace, fps=24, opens=opens and not before)
        assert {place for part in parts for place in range(part.start, part.stop)} == set(range(30, 30 + length))
        for number, part in enumerate(parts):
            _check(part, what.frames, span)
            if part.goes_on:
                _check_joint(parts[number - 1], part)
            elif part.lead_in:
                edge = part.place_of(part.lead_in - 1)
                assert edge == pytest.approx(span.stop if part.backward else span.start - 1), "from what is known"
            if part.lead_out:
                assert part.place_of(part.frame_count - part.lead_out) == pytest.approx(span.stop), "to what is known"
                assert part.frame_count <= (what.most_with_last or what.frames.most)
                assert not (what.before_or_last and part.lead_in > 1)
        if before and what.first:
            assert parts[0].lead_in


def _check(part: Part, frames: FrameCounts, span: Span) -> None:
    """That a part is a length of the engine's, and has the film's frames that it gives, not those that are told."""
    assert frames.least <= part.frame_count <= frames.most
    assert (part.frame_count - 1) % frames.step == 0
    ends = sorted((part.index_of(part.start), part.index_of(part.stop - 1)))
    assert ends[0] >= max(part.lead_in - 1, 0) - 1e-6
    assert ends[1] <= part.frame_count - part.lead_out - (0 if part.lead_out else 1) + 1e-6
    for index in range(part.lead_in):
        place = part.place_of(index)
        if not part.goes_on:
            assert span.start - span.before - 1e-6 <= place + 0.5 or part.backward
            assert place - 0.5 <= span.stop + span.after - 1 + 1e-6


def _check_joint(one: Part, other: Part) -> None:
    """That a part takes up where the one before it ended."""
    assert other.place_of(other.lead_in - 1) == pytest.approx(one.place_of(one.frame_count - 1))
    assert one.lead_out == 0
    assert (other.start, other.stop)[one.backward] == (one.stop, one.start)[one.backward]


def test_known_frames_far_apart_leave_spans_and_near_ones_are_told_within() -> None:
    given = [True, False, False, True, False, False, True]
    assert spans_of(given, 0, told_within=0) == [Span(1, 3, 1, 1), Span(4, 6, 1, 1)]
    assert spans_of(given, 0, told_within=1) == [Span(1, 6, 1, 1)]
    assert spans_of([False, False, True], 7, told_within=0) == [Span(0, 2, 7, 1)]
    assert spans_of([True, True], 7, told_within=0) == []


def test_a_last_frame_alone_is_made_from_backward_where_an_engine_leads_to_none(asked: ClipRequest) -> None:
    wanted = replace(asked, known=known((24, 200)))
    for can in ({"first": True}, {"first": True, "last": True}):
        made = plan(wanted, engine(**can))
        assert [part.backward for part in made.parts] == [True]
        assert [one.how for one in met(made, "last")] == ["another way"]
    assert not met(plan(wanted, engine(any_frame=True)), "last")
    assert [one.how for one in met(plan(wanted, engine()), "last")] == ["not"]


def test_both_ends_dissolve_where_an_engine_only_begins(asked: ClipRequest) -> None:
    made = plan(replace(asked, known=known((0, 10), (24, 200))), engine(first=True))
    one, other = made.parts
    assert (one.backward, other.backward) == (False, True)
    assert one.start == 1
    assert other.stop == 24
    assert other.start < one.stop
    assert [one.how for one in met(made, "last")] == ["another way"]


def test_a_frame_in_the_middle_splits_a_take_for_an_engine_of_ends(asked: ClipRequest) -> None:
    wanted = replace(asked, known=known((0, 10), (12, 90), (24, 200)))
    made = plan(wanted, engine(first=True, last=True))
    between = [(part.start, part.stop, part.lead_in, part.lead_out) for part in made.parts]
    assert between == [(1, 12, 1, 1), (13, 24, 1, 1)]
    assert not met(made, "frame")
    told = met(plan(replace(asked, known=known((12, 90))), engine()), "frame")
    assert [one.how for one in told] == ["not", "not"], "neither led to nor gone on from"


def test_a_take_before_leads_in_as_far_as_an_engine_reads(asked: ClipRequest) -> None:
    wanted = replace(asked, references=(take(asked),))
    for can, count in (({"first": True}, 1), ({"first": True, "before": 11}, 9), ({"any_frame": True}, 1)):
        made = plan(wanted, engine(**can))
        assert made.before is wanted.references[0]
        assert (made.parts[0].start, made.parts[0].lead_in) == (0, count)
        assert made.parts[0].place_of(count - 1) == -1
        assert [one.how for one in met(made, "before")] == ["as asked"]
    assert [one.how for one in met(plan(wanted, engine()), "before")] == ["not"]
    given = plan(replace(wanted, known=known((0, 5))), engine(first=True))
    assert given.before is None
    assert [one.how for one in met(given, "before")] == ["another way"]


def test_what_is_too_long_is_chained_or_played_slower_and_said_so(asked: ClipRequest) -> None:
    wanted = replace(asked, frame_count=120)
    chained = plan(wanted, engine(first=True))
    assert len(chained.parts) == 4
    assert [part.goes_on for part in chained.parts] == [False, True, True, True]
    assert [one.how for one in met(chained, "length")] == ["another way"]
    alone = plan(wanted, engine())
    assert len(alone.parts) == 1
    assert alone.parts[0].pace == pytest.approx(119 / 32)
    assert [one.how for one in met(alone, "length")] == ["not"]


def test_other_rates_are_brought_over_and_near_ones_used(asked: ClipRequest) -> None:
    made = plan(asked, engine(fps=16))
    assert (made.fps, made.parts[0].pace) == (16, 1.5)
    assert [one.how for one in met(made, "rate")] == ["another way"]
    near = plan(asked, engine(fps=25))
    assert (near.fps, near.parts[0].pace) == (24, 1.0)
    assert not met(near, "rate")


def test_the_films_frame_is_a_window_where_an_engine_makes_one_shape(asked: ClipRequest) -> None:
    wide = replace(asked, width_px=96, height_px=40)
    fixed = engine(sizes=Sizes(multiple_px=16, area_px=720 * 480, fixed=((720, 480),)))
    made = plan(wide, fixed)
    assert (made.framing.width_px, made.framing.height_px, made.framing.window_px) == (720, 480, (720, 300))
    assert "the middle 720×300" in met(made, "size")[0].told
    picture = np.arange(40 * 96 * 3, dtype=np.uint32).reshape(40, 96, 3).astype(np.uint8)
    inside = made.framing.into(picture)
    assert inside.shape == (480, 720, 3)
    assert made.framing.out_of(inside, 96, 40).shape == (40, 96, 3)
    with pytest.raises(PictureError, match="no picture near the shape of 40×160: 720×480"):
        plan(replace(asked, width_px=40, height_px=160), fixed)
    free = plan(replace(asked, width_px=1920, height_px=804), engine(), options=(("area_px", 832 * 480),))
    assert free.framing.is_whole
    assert free.framing.width_px / free.framing.height_px == pytest.approx(1920 / 804, rel=0.03)


def test_a_films_config_sets_the_area_and_the_length_of_calls(asked: ClipRequest) -> None:
    made = plan(asked, engine(first=True), options=(("area_px", 64 * 96), ("most_frames", 14), ("shift", 5.0)))
    assert made.framing.width_px * made.framing.height_px == pytest.approx(64 * 96, rel=0.3)
    assert max(part.frame_count for part in made.parts) == 13
    assert made.sampling.options == {"shift": 5.0}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": (("shfit", 3.0),)}, r"painter has no option 'shfit'.*it has shift, area_px, most_frames"),
        ({"options": (("most_frames", 0),)}, "most_frames is 0. Fix: give a whole number above 0"),
        ({"options": (("shift", "much"),)}, r"shift is 'much'. Fix: give a value such as 3.0"),
        ({"variant": "turbo"}, "no variant 'turbo'. Fix: name one of full, distilled"),
        ({"control": "flow"}, "takes no control video of flow. Fix: name one of depth, pose, or none"),
    ],
)
def test_a_config_that_names_what_is_not_there_is_told(asked: ClipRequest, more: dict[str, Any], said: str) -> None:
    with pytest.raises(PictureError, match=said):
        plan(asked, engine(**ALL), **more)


def test_weights_that_are_named_for_a_variant_are_sampled_as_it(asked: ClipRequest) -> None:
    what = engine(**ALL)
    assert plan(asked, what).sampling.steps == 4
    named = EngineConfig(engine="painter", source=Source("OWNER/painter-2B-distilled"))
    from model.backends.adapt import plan_clip

    made = plan_clip(replace(asked, negative="blurry"), what, what.capabilities, named)
    assert (made.sampling.variant, made.sampling.steps, made.sampling.guidance) == ("distilled", 2, 1.0)
    assert [one.how for one in met(made, "negative")] == ["not"], "there is no guidance to tell it by"
    firmer = plan(replace(asked, settings=(("guidance", 7.5), ("steps", 9), ("shift", 1.0))), what)
    assert (firmer.sampling.guidance, firmer.sampling.steps, firmer.sampling.options["shift"]) == (7.5, 9, 1.0)


def test_what_begins_a_shot_that_has_no_first_frame(asked: ClipRequest) -> None:
    pictured = replace(asked, pictures=(sheet(),))
    images = EngineConfig(engine="flux2-klein", source=Source("flux"))
    i2v = engine(first=True, needs_first=True)
    assert plan(asked, engine(first=True)).opening == "nothing"
    assert plan(asked, engine(first=True), begin_with="drawing").opening == "drawing"
    assert plan(asked, i2v).opening == "drawing"
    assert plan(asked, i2v, images=images).opening == "image"
    assert plan(pictured, engine(first=True)).opening == "nothing"
    made = plan(pictured, engine(first=True), images=images)
    assert made.opening == "image"
    assert [chosen.of for chosen in made.opened_by] == ["ANNA"]
    assert "another way" in [one.how for one in met(made, "references")]
    assert plan(pictured, engine(first=True, references=1), images=images).opening == "nothing"
    assert plan(replace(asked, known=known((24, 9))), i2v).opening == "nothing", "made from its end"
    assert plan(replace(asked, known=known((0, 9))), i2v, begin_with="drawing").opening == "nothing"
    assert plan(replace(asked, references=(take(asked),)), i2v, begin_with="drawing").opening == "nothing"
    nobody = plan(asked, engine(), begin_with="drawing")
    assert nobody.opening == "nothing"
    assert [one.how for one in met(nobody, "first")] == ["not"]


def test_control_is_the_stages_depth_unless_something_is_named(asked: ClipRequest) -> None:
    what = engine(**ALL)
    assert plan(asked, what).control == "depth"
    assert plan(asked, what, control="pose").control == "pose"
    assert plan(asked, what, control="none").control is None
    assert plan(replace(asked, guide="none"), what).control is None
    assert plan(replace(asked, guide="people"), what).control == "pose"
    assert [one.how for one in met(plan(asked, engine()), "control")] == ["not"]


def test_loras_are_worn_where_who_they_are_of_is_and_called_by_their_words(asked: ClipRequest) -> None:
    style = Adapter(file=Path("style.safetensors"), trigger="inkwash")
    anna = Adapter(file=Path("anna.safetensors"), of="ANNA", trigger="nnawmn", strength=0.8)
    tom = Adapter(file=Path("tom.safetensors"), of="TOM", trigger="tmmn")
    made = plan(asked, engine(), loras=(style, anna, tom))
    assert made.loras == (style, anna)
    assert made.text == "inkwash, nnawmn. a woman in red"
    assert [one.told for one in met(made, "lora")] == [
        "the LoRA style.safetensors is used at 1, called 'inkwash'.",
        "the LoRA anna.safetensors of ANNA is used at 0.8, called 'nnawmn'.",
    ]


@pytest.mark.parametrize(
    ("lost", "wish", "what"),
    [
        ("negative", {"negative": "blurry"}, "negative"),
        ("text", {}, "text"),
        ("references", {"pictures": (sheet(),)}, "references"),
        ("controls", {}, "control"),
        ("keep", {"known": (KnownFrame(index=3, picture=flat(3), keep=half()),)}, "keep"),
        ("any_frame", {"known": known((24, 5))}, "last"),
    ],
)
def test_what_an_engine_lacks_is_said(asked: ClipRequest, lost: str, wish: dict[str, Any], what: str) -> None:
    """With everything, nothing is to be said; with one thing less, that is."""
    wanted = replace(asked, **wish)
    assert "not" not in hows(plan(wanted, engine(**ALL))).values()
    assert "another way" not in hows(plan(wanted, engine(**ALL))).values()
    less = {**ALL, "after": 0, lost: frozenset() if lost == "controls" else False}
    assert [one.how for one in met(plan(wanted, engine(**less)), what)] in (["not"], ["another way"])


def test_how_the_camera_moves_is_said_where_no_path_tells_it(asked: ClipRequest) -> None:
    keys = asked.stage.camera.keys
    forward = replace(keys[0], time_s=0.5, position=Vec3(0, 1.5, 1))
    going = replace(asked.stage, camera=replace(asked.stage.camera, keys=(*keys, forward)))
    wanted = replace(asked, stage=going)
    for can, how, says in (
        ({"camera": True}, "as asked", "as its path in metres"),
        ({"controls": frozenset({"depth"})}, "another way", "the control video and words tell the camera's move"),
        ({"controls": frozenset({"depth"}), "text": False}, "another way", "the control video tells the camera's"),
        ({}, "not", "words alone tell the camera's move"),
        ({"text": False}, "not", "nothing tells the camera's move"),
    ):
        (told,) = met(plan(wanted, engine(**can)), "camera")
        assert told.how == how
        assert says in told.told
        assert not met(plan(asked, engine(**can)), "camera"), "nothing is said of one that stands still"
    two = replace(asked, stage=replace(asked.stage, beside=going))
    (told,) = met(plan(two, engine(camera=True)), "camera")
    assert told.how == "another way", "one picture cannot move as two"


def test_more_people_than_an_engine_shows_are_named(asked: ClipRequest) -> None:
    anna = asked.stage.figures[0]
    tom = replace(anna, id="TOM", body=(replace(anna.body[0], x_m=0.8, z_m=4.5),))
    both = replace(asked, stage=replace(asked.stage, figures=(anna, tom)), pictures=(sheet(), sheet("TOM")))
    made = plan(both, engine(references=1))
    assert [chosen.of for chosen in made.references] == ["ANNA"], "who is largest"
    told = met(made, "references")[-1]
    assert told.how == "not"
    assert "TOM" in told.told


def test_a_request_of_no_frames_is_told(asked: ClipRequest) -> None:
    with pytest.raises(PictureError, match="cannot picture 0 frames"):
        plan(replace(asked, frame_count=0), engine())
    with pytest.raises(PictureError, match="outside the clip's 25 frames"):
        plan(replace(asked, known=known((25, 0))), engine())
