"""Engines that are only capabilities, for plans; and one that paints what it is told, for what comes of plans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from model.backends.adapt import plan_clip
from model.backends.clip_plan import ClipPlan, Met
from model.backends.config import Adapter, EngineConfig, Source
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.making import Making
from model.request import ClipRequest, Frame, KnownFrame

WIDTH_PX, HEIGHT_PX = 48, 32


def flat(level: float, width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> Frame:
    """A grey picture."""
    return np.full((height_px, width_px, 3), round(level), np.uint8)


def known(*at: tuple[int, float]) -> tuple[KnownFrame, ...]:
    """Grey frames at their indices."""
    return tuple(KnownFrame(index=index, picture=flat(level)) for index, level in at)


def engine(**can: Any) -> Engine:
    """An engine of 24 frames a second, up to 33 of them in steps of four, that can what is said and reads words."""
    said: dict[str, Any] = {
        "frames": FrameCounts(step=4, least=5, most=33),
        "sizes": Sizes(multiple_px=16, area_px=WIDTH_PX * HEIGHT_PX),
        "fps": 24,
    }
    return Engine(
        name="painter",
        title="a painter",
        version="1",
        words="wan",
        pipelines=("PainterPipeline",),
        capabilities=Capabilities(**{**said, **can}),
        variants=(Variant("full", 4, 5.0), Variant("distilled", 2, 1.0)),
        call=_call,
        options=(("shift", 3.0),),
    )


def config(**more: Any) -> EngineConfig:
    """A painter without weights."""
    return EngineConfig(engine="painter", source=Source("painter"), **more)


def plan(request: ClipRequest, what: Engine, **more: Any) -> ClipPlan:
    return plan_clip(request, what, what.capabilities, config(**more))


def met(planned: ClipPlan, what: str) -> list[Met]:
    """How one thing is met."""
    return [one for one in planned.met if one.what == what]


def hows(planned: ClipPlan) -> dict[str, str]:
    """How each thing that the plan speaks of is met."""
    return {one.what: one.how for one in planned.met}


@dataclass
class Painter:
    """Stands for loaded weights: paints between the levels of what is known, and two lighter a frame beyond it."""

    clips: list[Clip]
    loras: list[Sequence[Adapter] | None]
    pipeline: Any = None
    told: tuple[str, ...] = ("the painter was at hand.",)

    def call(
        self,
        pipeline: str | None,
        arguments: dict[str, Any],
        loras: Sequence[Adapter] | None = None,
        guidance: float | None = None,
    ) -> Any:
        clip: Clip = arguments["clip"]
        self.clips.append(clip)
        self.loras.append(loras)
        levels = {one.index: float(one.picture.mean()) for one in clip.known}
        made = [_level(levels, index) for index in range(clip.frame_count)]
        shape = (clip.height_px, clip.width_px, 3)
        return _Made(np.stack([np.full(shape, level / 255, np.float32) for level in made])[None])


@dataclass
class _Made:
    frames: Any


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    return Call({"clip": clip})


def _level(levels: dict[int, float], index: int) -> float:
    before = max((i for i in levels if i <= index), default=None)
    after = min((i for i in levels if i >= index), default=None)
    if before is None:
        return 100.0 + 2 * index if after is None else levels[after] - 2 * (after - index)
    if after is None or after == before:
        return levels[before] + 2 * (index - before)
    share = (index - before) / (after - before)
    return levels[before] + share * (levels[after] - levels[before])


def painted(request: ClipRequest, what: Engine, **more: Any) -> tuple[list[float], Painter]:
    """The mean levels of the film's frames as a painter makes them, and the painter."""
    painter = Painter([], [])
    said = config(**more)
    making = Making(request, plan(request, what, **more), what, what.capabilities, said, painter)  # type: ignore[arg-type]
    frames = list(making.frames())
    assert [frame.shape for frame in frames] == [(request.height_px, request.width_px, 3)] * request.frame_count
    return [float(frame.mean()) for frame in frames], painter


def short(request: ClipRequest, frame_count: int = 25, **more: Any) -> ClipRequest:
    """A request of the painter's size."""
    return replace(request, width_px=WIDTH_PX, height_px=HEIGHT_PX, frame_count=frame_count, **more)
