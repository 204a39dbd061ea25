"""Which pictures an engine is shown: of whom, from which side, from which frame of a take, and cut how."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from model.backends.references import Chosen, choose, picture_of, sights
from model.request import ClipRequest, Picture, ReferenceClip
from model.stage import BodyKey, CameraKey, Stage, Vec3
from model.theatre import draw

WIDTH_PX, HEIGHT_PX = 160, 96


@pytest.fixture
def asked(clip_request: ClipRequest) -> ClipRequest:
    stage = replace(clip_request.stage, duration_s=1.0, place=replace(clip_request.stage.place, name="SQUARE"))
    return replace(clip_request, stage=stage, width_px=WIDTH_PX, height_px=HEIGHT_PX, frame_count=24)


def sheet(view: str, of: str = "ANNA", kind: Any = "identity") -> Picture:
    return Picture(kind=kind, of=of, picture=np.zeros((8, 8, 3), np.uint8), source=f"{of} {view}.png", view=view)


def turned(stage: Stage, heading_deg: float, **more: Any) -> Stage:
    """The stage with its first person turned so."""
    one = stage.figures[0]
    body = tuple(replace(key, heading_deg=heading_deg) for key in one.body)
    return replace(stage, figures=(replace(one, body=body, **more), *stage.figures[1:]))


def near(stage: Stage) -> Stage:
    """The stage with its camera before the first person's face."""
    key = CameraKey(time_s=0.0, position=Vec3(0, 1.6, 1.9), target=Vec3(0, 1.55, 3.0), lens_mm=50.0)
    return replace(stage, camera=replace(stage.camera, keys=(key,)))


def seen(stage: Stage, kind: Any = "identity", of: str = "ANNA", path: str = "t.mp4", shot: str = "S1.1") -> Any:
    return ReferenceClip(kind=kind, of=of, path=path, digest="", stage=stage, shot=shot)


def names(chosen: tuple[Chosen, ...]) -> list[str]:
    """The bank's picture, or who in the take of which shot."""
    found = []
    for one in chosen:
        if one.picture is not None:
            found.append(one.picture.source)
        elif one.clip is not None:
            found.append(f"{one.of} in {one.clip.shot}")
    return found


def test_the_view_that_the_camera_has_is_shown(asked: ClipRequest) -> None:
    views = tuple(sheet(view) for view in ("face", "back", "front", "three_quarter"))
    for heading, view in ((180.0, "front"), (0.0, "back"), (135.0, "three_quarter"), (225.0, "three_quarter")):
        wanted = replace(asked, stage=turned(asked.stage, heading), pictures=views)
        assert names(choose(wanted, 1)[0]) == [f"ANNA {view}.png"]
    close = replace(asked, stage=near(asked.stage), pictures=views)
    assert names(choose(close, 1)[0]) == ["ANNA face.png"]


def test_one_of_each_comes_first_the_larger_before_and_then_the_place_and_second_views(asked: ClipRequest) -> None:
    anna = asked.stage.figures[0]
    tom = replace(anna, id="TOM", body=(BodyKey(time_s=0.0, x_m=0.9, z_m=5.0, heading_deg=180.0, pose="stand"),))
    away = replace(anna, id="EVE", body=(BodyKey(time_s=0.0, x_m=0.0, z_m=-9.0, heading_deg=180.0, pose="stand"),))
    stage = replace(asked.stage, figures=(tom, anna, away))
    pictures = (sheet("front", "TOM"), sheet("front", "EVE"), sheet("three_quarter"), sheet("front"), sheet("back"),
                sheet("", "SQUARE", "place"))  # fmt: skip
    wanted = replace(asked, stage=stage, pictures=pictures)
    chosen, without = choose(wanted, 9)
    assert names(chosen) == ["ANNA front.png", "TOM front.png", "SQUARE .png", "ANNA three_quarter.png"]
    assert without == (), "who is not to be seen needs no picture"
    assert choose(wanted, 1)[1] == ("TOM", "SQUARE")


def test_a_take_that_shows_the_right_side_stands_before_a_sheet_that_does_not(asked: ClipRequest) -> None:
    back = turned(asked.stage, 0.0)
    wanted = replace(asked, stage=back, pictures=(sheet("front"),), references=(seen(back),))
    assert names(choose(wanted, 1)[0]) == ["ANNA in S1.1"]
    wanted = replace(wanted, pictures=(sheet("back"),))
    assert names(choose(wanted, 1)[0]) == ["ANNA back.png"], "a take has drifted a little"


def test_takes_of_another_wardrobe_state_are_not_shown(asked: ClipRequest) -> None:
    wet = turned(asked.stage, 180.0, state=("wet",))
    assert choose(replace(asked, references=(seen(wet),)), 2)[0] == ()
    assert names(choose(replace(asked, stage=wet, references=(seen(wet),)), 2)[0]) == ["ANNA in S1.1"]
    assert choose(replace(asked, references=(replace(seen(wet), stage=None),)), 2)[0] == ()


def test_the_larger_and_the_better_lit_take_is_taken(asked: ClipRequest) -> None:
    far = replace(asked.stage.figures[0], body=(replace(asked.stage.figures[0].body[0], z_m=14.0),))
    small = seen(replace(asked.stage, figures=(far,)), shot="S1.1")
    large = seen(asked.stage, shot="S1.2")
    assert names(choose(replace(asked, references=(small, large)), 1)[0]) == ["ANNA in S1.2"]


def test_the_moment_of_a_take_that_shows_a_person_best_is_cut_out_of_it(asked: ClipRequest, tmp_path: Path) -> None:
    anna = asked.stage.figures[0]
    comes = (replace(anna.body[0], z_m=9.0), replace(anna.body[0], time_s=0.9, z_m=3.2))
    stage = replace(asked.stage, duration_s=1.0, figures=(replace(anna, body=comes),))
    path = tmp_path / "take.mp4"
    frames = [draw(stage, number / 24, WIDTH_PX, HEIGHT_PX) for number in range(24)]
    _write(path, frames)
    wanted = replace(asked, references=(seen(stage, path=str(path)),))
    (chosen,), _ = choose(wanted, 1)
    assert chosen.frame == 22
    assert "frame 22 of the take of S1.1" in chosen.told
    cut = picture_of(chosen).picture
    left, top, right, bottom = chosen.box
    truth = frames[22][int(top * HEIGHT_PX) : int(np.ceil(bottom * HEIGHT_PX)),
                       int(left * WIDTH_PX) : int(np.ceil(right * WIDTH_PX))]  # fmt: skip
    assert cut.shape == truth.shape
    assert cut.shape[1] < WIDTH_PX / 2, "the person, not the street"
    assert np.abs(cut.astype(int) - truth).mean() < 12
    red = (cut[..., 0].astype(int) - cut[..., 1] > 60).mean()
    assert red > 0.15, "her coat fills the picture"


def test_the_place_is_shown_by_its_emptiest_take_in_the_same_light(asked: ClipRequest) -> None:
    empty = replace(asked.stage, figures=())
    dark = replace(empty, light=replace(empty.light, hour="night"))
    takes = (seen(asked.stage, "place", "SQUARE", shot="S1.1"), seen(empty, "place", "SQUARE", shot="S1.2"),
             seen(dark, "place", "SQUARE", shot="S1.3"))  # fmt: skip
    (chosen,), _ = choose(replace(asked, references=takes), 1)
    assert names((chosen,)) == ["SQUARE in S1.2"]
    assert chosen.box == (0.0, 0.0, 1.0, 1.0)


def test_who_is_seen_is_found_where_they_stand(asked: ClipRequest) -> None:
    sight = sights(asked.stage, 0.0, WIDTH_PX / HEIGHT_PX)["ANNA"]
    assert sight.turn_deg == pytest.approx(0.0, abs=1)
    assert (sight.box[0] + sight.box[2]) / 2 == pytest.approx(0.5, abs=0.05)
    assert 0.3 < sight.light <= 1.2
    beside = replace(asked.stage, beside=turned(asked.stage, 0.0, id="TOM"))
    both = sights(beside, 0.0, WIDTH_PX / HEIGHT_PX)
    assert both["ANNA"].box[2] <= 0.5 <= both["TOM"].box[0]
    assert both["TOM"].turn_deg == pytest.approx(180.0, abs=1)


def _write(path: Path, frames: list[np.ndarray[Any, np.dtype[np.uint8]]]) -> None:
    """A take as the project writes them."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
        stream.codec_context.color_range, stream.codec_context.colorspace = 1, 1
        stream.options = {"crf": "8"}
        for number, picture in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(picture, "rgb24").reformat(
                format="yuv420p", dst_colorspace=1, src_color_range=2, dst_color_range=1
            )
            frame.pts, frame.time_base = number, Fraction(1, 24)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def test_a_figure_that_the_camera_stands_for_is_not_shown(asked: ClipRequest) -> None:
    hidden = replace(asked.stage, camera=replace(asked.stage.camera, hidden=("ANNA",)))
    assert choose(replace(asked, stage=hidden, pictures=(sheet("front"),)), 2)[0] == ()
