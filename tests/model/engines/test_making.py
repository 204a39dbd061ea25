"""What comes of a plan, frame by frame, with a painter in place of weights: it shows what it was told, and when."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, map_coordinates

from model.backends.config import Adapter
from model.backends.drift import steadied
from model.backends.engine import FrameCounts, Sizes
from model.backends.making import Making
from model.backends.rate import retimed
from model.backends.seen import frame_of, last_frames
from model.errors import PictureError
from model.request import ClipRequest, Frame, KnownFrame, Picture, ReferenceClip
from tests.model.engines.planned import HEIGHT_PX, WIDTH_PX, Painter, config, engine, flat, known, painted, plan, short


@pytest.fixture
def asked(clip_request: ClipRequest) -> ClipRequest:
    return short(clip_request)


def clip(path: Path, levels: list[float]) -> Path:
    """A take of grey frames at 24 a second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
        stream.codec_context.color_range, stream.codec_context.colorspace = 1, 1
        stream.options = {"crf": "1", "g": "12"}
        for number, level in enumerate(levels):
            frame = av.VideoFrame.from_ndarray(flat(level), "rgb24").reformat(
                format="yuv420p", dst_colorspace=1, src_color_range=2, dst_color_range=1
            )
            frame.pts, frame.time_base = number, Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_frames_of_takes_are_found_by_number_and_from_the_end(tmp_path: Path) -> None:
    path = clip(tmp_path / "take.mp4", [4.0 * number for number in range(50)])
    assert [frame_of(str(path), number).mean() for number in (0, 7, 30, 49, 80)] == pytest.approx(
        [0, 28, 120, 196, 196], abs=2
    )
    assert [frame.mean() for frame in last_frames(str(path), 3)] == pytest.approx([188, 192, 196], abs=2)
    assert len(last_frames(str(path), 90)) == 50
    with pytest.raises(PictureError, match="a take that is looked at, cannot be read"):
        frame_of(str(tmp_path / "none.mp4"), 0)
    (tmp_path / "no.mp4").write_bytes(b"nothing")
    with pytest.raises(PictureError, match="cannot be read"):
        last_frames(str(tmp_path / "no.mp4"), 2)


def test_first_last_and_a_frame_between_stand_where_they_are_given(asked: ClipRequest) -> None:
    wanted = replace(asked, known=known((0, 40), (12, 100), (24, 220)))
    for can in ({"any_frame": True}, {"first": True, "last": True}):
        levels, _ = painted(wanted, engine(**can))
        assert [levels[0], levels[12], levels[24]] == [40, 100, 220]
        assert levels[6] == pytest.approx(70, abs=3)
        assert levels[18] == pytest.approx(160, abs=6)


def test_a_last_frame_alone_is_come_to_from_behind(asked: ClipRequest) -> None:
    levels, painter = painted(replace(asked, known=known((24, 200))), engine(first=True))
    assert levels == pytest.approx([200 + 2 * (24 - index) for index in range(25)], abs=1), "the nearer, the more of it"
    assert [(one.index, one.picture.mean()) for one in painter.clips[0].known] == [(0, 200)]


def test_both_ends_dissolve_without_a_leap(asked: ClipRequest) -> None:
    levels, painter = painted(replace(asked, known=known((0, 40), (24, 200))), engine(first=True))
    assert len(painter.clips) == 2
    assert (levels[0], levels[24]) == (40, 200)
    steps = np.diff(levels)
    assert steps.max() < 20, "a leap of 150 is spread over half a second"


def test_a_chain_goes_on_from_the_frames_before_and_nothing_is_made_twice(asked: ClipRequest) -> None:
    levels, painter = painted(replace(asked, frame_count=97, known=known((0, 20))), engine(first=True, before=9))
    assert levels == pytest.approx([20 + 2 * index for index in range(97)], abs=1)
    assert [one.lead_in for one in painter.clips] == [1, 9, 9, 9]
    assert len({one.seed for one in painter.clips}) == 4
    later = painter.clips[1]
    assert [one.index for one in later.known] == list(range(9))
    assert later.known[8].picture.mean() == pytest.approx(20 + 2 * (painter.clips[0].frame_count - 1), abs=1)


def test_a_shot_goes_on_from_the_take_before(asked: ClipRequest, tmp_path: Path) -> None:
    path = clip(tmp_path / "take.mp4", [60.0 + 2 * number for number in range(24)])
    stage = replace(asked.stage, duration_s=1.0)
    before = ReferenceClip(kind="continues", of="", path=str(path), digest="", stage=stage, shot="S1.1")
    wanted = replace(asked, references=(before,))
    for can, count in (({"first": True}, 1), ({"first": True, "before": 9}, 9)):
        levels, painter = painted(wanted, engine(**can))
        assert levels == pytest.approx([108 + 2 * index for index in range(25)], abs=2), "and has none of its frames"
        told = [one.picture.mean() for one in painter.clips[0].known]
        assert told == pytest.approx([106 - 2 * back for back in range(count)][::-1], abs=2)


def test_another_rate_keeps_its_pace_and_its_ends(asked: ClipRequest) -> None:
    wanted = replace(asked, known=known((0, 40), (24, 232)))
    levels, painter = painted(wanted, engine(first=True, last=True, fps=16))
    assert painter.clips[0].frame_count == 17
    assert painter.clips[0].fps == 16
    assert levels == pytest.approx([40 + 8 * index for index in range(25)], abs=3)
    slow, _ = painted(replace(asked, known=known((0, 40))), engine(first=True, fps=8))
    assert slow == pytest.approx([40 + 2 * index / 3 for index in range(25)], abs=1)


def test_what_is_kept_of_a_picture_is_put_back_whether_it_is_told_or_not(asked: ClipRequest) -> None:
    keep = np.zeros((HEIGHT_PX, WIDTH_PX), np.bool_)
    keep[:, :24] = True
    held = KnownFrame(index=6, picture=flat(250), keep=keep)
    for can in ({"any_frame": True}, {"any_frame": True, "keep": True}):
        what = engine(**can)
        wanted = replace(asked, known=(held,))
        painter = Painter([], [])
        frames = list(Making(wanted, plan(wanted, what), what, what.capabilities, config(), painter).frames())  # type: ignore[arg-type]
        assert (frames[6][:, :16] == 250).all(), "exactly, but for the seam"
        assert (frames[6][:, 26:] == frames[6][0, 30]).all()
        told = painter.clips[0].known
        assert [one.index for one in told] == ([6] if "keep" in can else [])
        if told:
            assert told[0].keep is not None
            assert told[0].keep.sum() == keep.sum()


def test_a_take_that_is_extended_is_told_and_kept(asked: ClipRequest) -> None:
    given = known(*((index, 30 + 3 * index) for index in range(10)))
    levels, painter = painted(replace(asked, known=given), engine(any_frame=True, before=9, after=4))
    assert levels[:10] == [30 + 3 * index for index in range(10)]
    assert levels[10:] == pytest.approx([57 + 2 * (index - 9) for index in range(10, 25)], abs=1)
    assert painter.clips[0].lead_in == 9
    wanted = replace(asked, known=(*given, *known(*((index, 200) for index in range(17, 25)))))
    levels, painter = painted(wanted, engine(any_frame=True, before=9, after=4))
    assert painter.clips[0].lead_out == 4
    assert [one.picture.mean() for one in painter.clips[0].known[-4:]] == [200] * 4
    assert levels[17:] == [200] * 8


def test_the_shot_begins_with_its_drawing_where_that_is_chosen(asked: ClipRequest) -> None:
    from model.theatre import draw

    drawn = draw(asked.stage, 0.0, WIDTH_PX, HEIGHT_PX)
    levels, painter = painted(asked, engine(first=True), begin_with="drawing")
    assert np.array_equal(painter.clips[0].known[0].picture, drawn)
    assert levels[0] == pytest.approx(drawn.mean(), abs=1)


def test_what_makes_nothing_without_ends_is_led_between_drawings(asked: ClipRequest) -> None:
    _, painter = painted(asked, engine(first=True, last=True, needs_first=True, needs_last=True))
    assert [one.index for one in painter.clips[0].known] == [0, painter.clips[0].frame_count - 1]


def test_control_runs_with_the_films_time_whatever_a_call_begins_with(asked: ClipRequest) -> None:
    from model.control.control import control_video

    anna = asked.stage.figures[0]
    walks = (anna.body[0], replace(anna.body[0], time_s=3.0, x_m=2.0))
    stage = replace(asked.stage, duration_s=2.0, figures=(replace(anna, body=walks),))
    wanted = replace(asked, stage=stage, frame_count=17)
    led = engine(first=True, before=5, controls=frozenset({"depth"}))
    _, painter = painted(wanted, led, options=(("most_frames", 13),))
    truth = control_video(stage, "depth", frame_count=17, fps=24, width_px=WIDTH_PX, height_px=HEIGHT_PX).frames
    one, other = painter.clips
    assert one.control is not None
    assert other.control is not None
    assert all(np.array_equal(a, b) for a, b in zip(one.control.frames, truth, strict=False))
    start = one.frame_count - 5
    assert np.array_equal(other.control.frames[7], truth[start + 7])
    _, painter = painted(replace(wanted, frame_count=9, known=known((8, 9))), led)
    assert painter.clips[0].control is not None
    assert np.array_equal(painter.clips[0].control.frames[0], truth[8]), "what is made backward is led backward"
    assert np.array_equal(painter.clips[0].control.frames[6], truth[2])


def test_references_words_and_loras_reach_every_call(asked: ClipRequest) -> None:
    sheet = Picture(kind="identity", of="ANNA", picture=flat(9), source="cast/anna.png", view="front")
    lora = Adapter(file=Path("anna.safetensors"), of="ANNA", trigger="nnawmn")
    wanted = replace(asked, frame_count=60, pictures=(sheet,), negative="blurry")
    _, painter = painted(wanted, engine(first=True, references=3, negative=True), loras=(lora,))
    assert len(painter.clips) == 2
    for one in painter.clips:
        assert one.references == (sheet,)
        assert (one.text, one.negative) == ("nnawmn. a woman in red", "blurry")
    assert painter.loras == [(lora,), (lora,)]


def test_frames_that_an_engine_returns_besides_are_no_part_of_the_shot(asked: ClipRequest) -> None:
    from model.backends.engine import Call

    plain = engine(first=True)

    def padded(pipeline: Any, one: Any) -> Call:
        call = plain.call(pipeline, replace(one, frame_count=one.frame_count + 12))
        return Call(call.arguments, skip_frames=12)

    levels, _ = painted(replace(asked, known=known((0, 40))), replace(plain, call=padded))
    assert levels[1:4] == pytest.approx([66, 68, 70], abs=1)
    few = replace(plain, call=lambda pipeline, one: plain.call(pipeline, replace(one, frame_count=6)))
    with pytest.raises(PictureError, match="made 6 of 25 frames"):
        painted(replace(asked, known=known((0, 40))), few)


def test_the_films_frame_comes_out_of_an_engines_window(asked: ClipRequest) -> None:
    fixed = engine(
        first=True, sizes=Sizes(multiple_px=16, area_px=64 * 64, fixed=((64, 64),)), frames=FrameCounts(1, 14, 25)
    )
    levels, painter = painted(replace(asked, known=known((0, 40))), fixed)
    assert painter.clips[0].known[0].picture.shape == (64, 64, 3)
    assert levels[0] == 40


def test_colours_do_not_drift_from_call_to_call(asked: ClipRequest) -> None:
    plain = engine(first=True, before=9)
    drifts: list[Any] = []

    class Drifting(Painter):
        def call(self, *said: Any) -> Any:
            made = super().call(*said)
            drifts.append(made.frames[0].mean())
            made.frames = np.clip(made.frames * 0.96 + 0.03, 0, 1)
            return made

    wanted = replace(asked, frame_count=97, known=(KnownFrame(index=0, picture=_textured(0.0)[:32, :48]),))
    made = Making(wanted, plan(wanted, plain), plain, plain.capabilities, config(), Drifting([], []))  # type: ignore[arg-type]
    levels = [float(frame.mean()) for frame in made.frames()]
    assert len(drifts) == 4
    assert levels[40] - levels[0] == pytest.approx(80, abs=3)
    frames = [_textured(float(shift)) for shift in range(3)]
    strayed = [np.clip(frame * 0.94 + 9, 0, 255).astype(np.uint8) for frame in frames]
    assert np.abs(steadied(strayed, frames[:1])[2].astype(int) - frames[2]).mean() < 1.5
    other = [np.full_like(frame, 90) for frame in frames]
    assert np.array_equal(steadied(other, frames[:1])[1], other[1]), "what was not kept is no drift"
    assert steadied(frames, []) == frames


def _textured(shift_px: float) -> Frame:
    """A dark mottled block before mottled ground, so far to the right."""
    noise = np.random.default_rng(3).normal(size=(2, 96, 160))
    ground, block = (gaussian_filter(one, 4.0) / 0.07 for one in noise)
    y, x = np.mgrid[0:72, 0:128].astype(float)
    moved = map_coordinates(block, [y, x - shift_px + 20], order=1)
    edge = np.clip(np.minimum(x - shift_px - 29, 71 + shift_px - x), 0, 1) * ((y > 18) & (y < 56))
    picture = 170 + 25 * ground[:72, :128] + edge * (70 + 35 * moved - 170 - 25 * ground[:72, :128])
    return np.repeat(np.clip(picture, 0, 255)[..., None], 3, axis=2).astype(np.uint8)


def test_between_two_frames_what_moves_has_moved_and_what_stands_stands() -> None:
    frames = [_textured(0.0), _textured(9.0), _textured(18.0)]
    made = list(retimed(frames, [0.0, 0.5, 1.0, 1.25]))
    assert made[0] is frames[0]
    assert made[2] is frames[1]
    for frame, shift, low in ((made[1], 4.5, 0), (made[3], 11.25, 1)):
        share = shift / 9.0 - low
        mixed = frames[low] + share * (frames[low + 1].astype(float) - frames[low])
        truth = _textured(shift).astype(float)
        assert np.abs(frame - truth).mean() < 0.5 * np.abs(mixed - truth).mean()
        assert np.abs(frame[:, 100:].astype(int) - frames[0][:, 100:]).max() <= 2
    assert [frame.mean() for frame in retimed([flat(10), flat(20)], [0.5, 3.0])] == pytest.approx([15, 20], abs=1)
