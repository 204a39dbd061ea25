"""One clip put to an engine, or a request to its back end, and made by loaded weights."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.backends.arguments import frames_of
from model.backends.config import EngineConfig, Source
from model.backends.engine import Clip, Engine
from model.backends.load import load
from model.backends.pretrained import Pretrained
from model.request import ClipRequest, Frame, KnownFrame

WIDTH_PX, HEIGHT_PX = 64, 32
SEEN = 1e-4
"""In eight-bit steps. The same call gives the same bits, so that any difference is of what was told; random weights
make it small.
"""


def flat(colour: tuple[int, int, int], width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> Frame:
    """A picture of one colour, lighter to the right."""
    ramp = np.linspace(0.5, 1.0, width_px)[None, :, None]
    return np.broadcast_to(ramp * np.array(colour), (height_px, width_px, 3)).astype(np.uint8)


RED, GREEN, BLUE = flat((230, 20, 30)), flat((20, 220, 40)), flat((30, 40, 240))


def clip_of(engine: Engine, **more: Any) -> Clip:
    """Nine frames of a small clip, in one step."""
    said: dict[str, Any] = {
        "text": "woman walks in rain",
        "negative": "",
        "width_px": WIDTH_PX,
        "height_px": HEIGHT_PX,
        "fps": engine.capabilities.fps,
        "frame_count": 9,
        "seed": 7,
        "steps": 1,
        "guidance": 1.0,
        "options": dict(engine.options),
    }
    return Clip(**{**said, **more})


def made(engine: Engine, folder: Path, **more: Any) -> NDArray[np.float32]:
    """What the weights in a folder make of a clip: (t, h, w, 3) from 0 to 1."""
    loaded = load(EngineConfig(engine=engine.name, source=Source(str(folder))))
    call = engine.call(loaded.pipeline, clip_of(engine, **more))
    result = loaded.call(call.pipeline, call.arguments, guidance=call.guidance)
    return frames_of(result)[call.skip_frames :]


def known(*at: tuple[int, Frame]) -> tuple[KnownFrame, ...]:
    """Whole frames at their indices."""
    return tuple(KnownFrame(index=index, picture=picture) for index, picture in at)


def differ(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How far two clips are apart, in eight-bit steps."""
    return float(np.abs(one - other).mean() * 255)


def backend_of(engine: Engine, folder: Path, **options: int) -> Pretrained:
    """The back end of the weights in a folder, in one step and small calls."""
    return Pretrained(
        EngineConfig(
            engine=engine.name,
            source=Source(str(folder)),
            steps=1,
            guidance=1.0,
            options=(("area_px", WIDTH_PX * HEIGHT_PX), *options.items()),
        )
    )


def pictured(backend: Pretrained, request: ClipRequest, **more: Any) -> NDArray[np.uint8]:
    """The frames of a request with these changes, (t, h, w, 3)."""
    return np.stack(list(backend.generate(replace(request, **more))))
