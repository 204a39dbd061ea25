"""Every task is a request to one function: with any weights, what is known comes back and the rest is made.

What the tasks mean is asked of the shipped weights alone; without them those tests are skipped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from model.request import ClipRequest, Frame, KnownFrame
from model.stage import RGB, Light, Place, Stage
from model.theatre import draw
from model.weights import SHIPPED, load_models

if TYPE_CHECKING:
    from model.pipeline import VideoDiTPipeline

COUNT = 12


def drawn(request: ClipRequest, index: int) -> Frame:
    return draw(request.stage, index / request.fps, request.width_px, request.height_px)


def known(request: ClipRequest, *indices: int) -> tuple[KnownFrame, ...]:
    return tuple(KnownFrame(index=i, picture=drawn(request, i)) for i in indices)


def hole(request: ClipRequest) -> NDArray[np.bool_]:
    keep = np.ones((request.height_px, request.width_px), np.bool_)
    keep[16:48, 32:64] = False
    return keep


def middle(request: ClipRequest) -> NDArray[np.bool_]:
    return ~hole(request)


def masked(request: ClipRequest, keep: NDArray[np.bool_], *indices: int) -> tuple[KnownFrame, ...]:
    return tuple(replace(one, keep=keep) for one in known(request, *indices))


def of_tasks(name: str) -> Callable[[ClipRequest], ClipRequest]:
    tasks: dict[str, Callable[[ClipRequest], ClipRequest]] = {
        "text to image": lambda r: replace(r, frame_count=1, guide="none", stage=replace(r.stage, figures=())),
        "text to video": lambda r: replace(r, guide="none", stage=replace(r.stage, figures=())),
        "animate a still": lambda r: replace(r, guide="none", known=known(r, 0)),
        "from first to last": lambda r: replace(r, known=known(r, 0, COUNT - 1)),
        "frames at any times": lambda r: replace(r, known=known(r, 3, 8)),
        "extend forward": lambda r: replace(r, known=known(r, *range(5))),
        "extend backward": lambda r: replace(r, known=known(r, *range(7, COUNT))),
        "connect two clips": lambda r: replace(r, known=known(r, *range(3), *range(9, COUNT))),
        "loop": lambda r: replace(r, known=(*known(r, 0), KnownFrame(index=COUNT - 1, picture=drawn(r, 0)))),
        "inpaint": lambda r: replace(r, known=masked(r, hole(r), *range(COUNT))),
        "inpaint one frame": lambda r: replace(r, known=masked(r, hole(r), 6)),
        "outpaint": lambda r: replace(r, known=masked(r, middle(r), *range(COUNT))),
        "change the background": lambda r: replace(
            r, guide="people", known=masked(r, middle(r), *range(COUNT)), text="a woman in a forest"
        ),
        "keep a character": lambda r: replace(r, guide="none", without=frozenset({"palettes", "facts"})),
        "mannequins": lambda r: replace(r, guide="stand_ins"),
        "an empty set": lambda r: replace(r, guide="place"),
    }
    return tasks[name]


TASKS = (
    "text to image", "text to video", "animate a still", "from first to last", "frames at any times", "extend forward",
    "extend backward", "connect two clips", "loop", "inpaint", "inpaint one frame", "outpaint",
    "change the background", "keep a character", "mannequins", "an empty set",
)  # fmt: skip


@pytest.mark.parametrize("task", TASKS)
def test_a_task_gives_its_frames_and_what_is_known_comes_back(
    tiny_pipeline: VideoDiTPipeline, clip_request: ClipRequest, task: str
) -> None:
    request = of_tasks(task)(replace(clip_request, frame_count=COUNT))
    frames = list(tiny_pipeline.generate(request))
    assert len(frames) == request.frame_count
    assert all(frame.shape == (64, 96, 3) for frame in frames)
    for one in request.known:
        frame, keep = frames[one.index], one.keep
        if keep is None:
            assert np.array_equal(frame, one.picture)
            continue
        inner = distance_transform_edt(keep) >= 2  # behind the seam
        assert np.array_equal(frame[inner], one.picture[inner])
        assert not np.array_equal(frame[~keep], one.picture[~keep])
    made = set(range(request.frame_count)) - {one.index for one in request.known}
    assert all(not np.array_equal(frames[i], drawn(request, i)) for i in made if i % 2 == 0)


@pytest.mark.parametrize("task", ["animate a still", "from first to last", "extend forward", "extend backward"])
def test_what_is_known_changes_what_is_made(
    tiny_pipeline: VideoDiTPipeline, clip_request: ClipRequest, task: str
) -> None:
    request = of_tasks(task)(replace(clip_request, frame_count=COUNT))
    dark = tuple(replace(one, picture=one.picture // 3) for one in request.known)
    made = [i for i in range(0, COUNT, 2) if i not in {one.index for one in request.known}]
    ours, others = (list(tiny_pipeline.generate(r)) for r in (request, replace(request, known=dark)))
    assert all(not np.array_equal(ours[i], others[i]) for i in made)


@pytest.mark.parametrize("task", ["inpaint", "outpaint"])
def test_what_lies_under_a_hole_is_never_seen(
    tiny_pipeline: VideoDiTPipeline, clip_request: ClipRequest, task: str
) -> None:
    request = of_tasks(task)(replace(clip_request, frame_count=COUNT))
    hidden = tuple(
        replace(one, picture=np.where(one.keep[..., None], one.picture, np.uint8(255)))  # type: ignore[index]
        for one in request.known
    )
    ours, others = (list(tiny_pipeline.generate(r)) for r in (request, replace(request, known=hidden)))
    assert all(np.array_equal(a, b) for a, b in zip(ours, others, strict=True))


# What they mean, of the shipped weights.

needs_weights = pytest.mark.skipif(
    not (SHIPPED / "sealed.json").is_file(), reason="the shipped weights are not there: model/weights is empty"
)
WIDTH_PX, HEIGHT_PX = 512, 288


@pytest.fixture(scope="module")
def shipped() -> VideoDiTPipeline:
    return load_models()


@pytest.fixture
def portrait(clip_request: ClipRequest) -> ClipRequest:
    """One frame at the size that was learned."""
    return replace(clip_request, width_px=WIDTH_PX, height_px=HEIGHT_PX, frame_count=1)


def pictured(pipeline: VideoDiTPipeline, request: ClipRequest) -> NDArray[np.float32]:
    return next(pipeline.generate(request)).astype(np.float32)


def dressed(stage: Stage, colour: RGB) -> Stage:
    figure = stage.figures[0]
    return replace(stage, figures=(replace(figure, look=replace(figure.look, top_colour=colour)),))


def top_of(request: ClipRequest) -> NDArray[np.bool_]:
    """Where the woman's coat is."""
    from model.theatre import passes
    from model.theatre.surfaces import PARTS

    seen = passes(request.stage, 0.0, request.width_px, request.height_px)
    return np.asarray(seen.part == 1 + PARTS.index("torso"))


def psnr_db(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(10 * np.log10(255.0**2 / np.square(a - b).mean()))


@needs_weights
def test_the_picture_is_near_the_truth(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    from model.theatre.guide import guide_picture

    truth = drawn(portrait, 0).astype(np.float32)
    guide = guide_picture(portrait.stage, "stand_ins", 0.0, WIDTH_PX, HEIGHT_PX, "cut_outs").astype(np.float32)
    unknown = replace(portrait, without=frozenset({"sheets", "palettes"}))
    made, without = (psnr_db(pictured(shipped, request), truth) for request in (portrait, unknown))
    assert made > 24.0
    assert made > psnr_db(guide, truth) - 0.5, "what the guide has right is painted over"
    assert made > without + 2.0, "sheets and colours bring nothing"


@needs_weights
def test_another_wardrobe_on_the_sheets_changes_the_person_to_it(
    shipped: VideoDiTPipeline, portrait: ClipRequest
) -> None:
    red, blue = RGB(200, 30, 30), RGB(30, 60, 200)
    where = top_of(portrait)
    for colour, channel in ((red, 0), (blue, 2)):
        mean = pictured(shipped, replace(portrait, stage=dressed(portrait.stage, colour)))[where].mean(axis=0)
        assert int(mean.argmax()) == channel
    told = pictured(shipped, portrait)
    untold = pictured(shipped, replace(portrait, without=frozenset({"sheets", "palettes"})))
    assert np.abs(told - untold)[where].mean() > 2 * np.abs(told - untold)[~where].mean()


@needs_weights
def test_night_without_a_guide_is_darker_than_day(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    night = Light(
        hour="night", key_azimuth_deg=200, key_elevation_deg=40, key_to_fill_ratio=8, colour_temperature_k=4000
    )
    free = replace(portrait, guide="none", text="")
    day, dark = (
        pictured(shipped, replace(free, stage=replace(free.stage, light=light))) for light in (free.stage.light, night)
    )
    assert dark.mean() < day.mean() - 15


@needs_weights
def test_without_the_guide_things_stand_elsewhere(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    def edges(picture: NDArray[np.float32]) -> NDArray[np.float32]:
        grey = picture.mean(axis=2)
        across: NDArray[np.float32] = np.abs(np.diff(grey, axis=1))[:-1]
        down: NDArray[np.float32] = np.abs(np.diff(grey, axis=0))[:, :-1]
        return across + down

    def alike(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
        return float(np.corrcoef(edges(a).ravel(), edges(b).ravel())[0, 1])

    truth = drawn(portrait, 0).astype(np.float32)
    guided, free = (pictured(shipped, replace(portrait, guide=guide)) for guide in ("stand_ins", "none"))  # type: ignore[arg-type]
    assert alike(guided, truth) > 0.6
    assert alike(free, truth) < alike(guided, truth) - 0.2


@needs_weights
def test_other_words_make_another_picture(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    free = replace(portrait, guide="none", without=frozenset({"facts"}), stage=replace(portrait.stage, figures=()))
    forest, kitchen = (
        pictured(shipped, replace(free, text=text))
        for text in ("A forest by day. Trees.", "A kitchen at night, with a table and a lamp.")
    )
    assert np.abs(forest - kitchen).mean() > 12


@needs_weights
@pytest.mark.slow
def test_another_set_behind_the_same_person(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    """The person of one place, kept by a mask, before the guide's people and another place's facts."""
    from model.theatre import passes

    seen = passes(portrait.stage, 0.0, WIDTH_PX, HEIGHT_PX)
    keep = np.asarray(seen.person > 0)
    picture = drawn(portrait, 0)
    forest = replace(portrait.stage, place=Place(kind="forest", interior=False, seed=4))
    request = replace(
        portrait, stage=forest, guide="people", text="A woman in a forest by day.",
        known=(KnownFrame(index=0, picture=picture, keep=keep),),
    )  # fmt: skip
    made = pictured(shipped, request)
    assert np.abs(made - picture)[~keep].mean() > 15
    assert np.abs(made - picture)[keep].mean() < 6


@needs_weights
@pytest.mark.slow
def test_a_still_goes_on_without_a_jump(shipped: VideoDiTPipeline, portrait: ClipRequest) -> None:
    request = replace(portrait, frame_count=10)
    request = replace(request, known=known(request, 0))
    frames = [frame.astype(np.float32) for frame in shipped.generate(request)]
    assert psnr_db(frames[0], frames[2]) > 26.0
