"""A clip to learn from: the theatre's finished frames, the same frames with stand-ins, and the cast's sheets.

`drawn_clip` draws one from the sampler's stages; `save` and `load` keep it as one safetensors file. Whether a clip is
of the training or the held-out side is the sampler's choice, for good.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.conditions import cast_of
from model.errors import PictureError
from model.request import GuideKind
from model.sampler import Sample, sample
from model.stage import Stage, Style
from model.theatre.sheet import SHEET_PX, SHEET_VIEWS, sheet_of
from model.theatre.stand_ins import Wearing
from model.training.folders import claim

__all__ = [
    "LONG_FRAMES",
    "SHORT_FRAMES",
    "SIZES_PX",
    "Clip",
    "Plan",
    "drawn_clip",
    "is_long",
    "load",
    "plan",
    "save",
    "write",
]

Frames = NDArray[np.uint8]
SIZES_PX: dict[str, tuple[int, int]] = {
    "16:9": (512, 288), "9:16": (288, 512), "1:1": (384, 384), "2.39:1": (608, 256),
}  # fmt: skip
"""Width and height of every aspect: about the same number of pixels, in steps of 32."""

SHORT_FRAMES, LONG_FRAMES = 5, 13
_LONG_EVERY = 8
_STYLES: tuple[Style, ...] = ("flat",) * 15 + (
    "ink_noir",
    "ink_noir",
    "watercolour",
    "watercolour",
    "pencil",
    "risograph",
)
_SPAN_S = 2.2
_DRESSED_SHARE, _COLOURED_SHARE = 0.7, 0.85
_DETAIL = {"head": 5.0, "hair": 2.0, "hand": 5.0}
_ELSEWHERE, _BODY, _PROP = 1.0, 2.0, 2.5


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which clip number `index` of a split is, before anything is drawn."""

    sample: Sample
    stage: Stage
    fps: int
    frame_count: int
    start_s: float
    width_px: int
    height_px: int
    other: GuideKind
    wearing: Wearing  # what the stand-ins wear

    def times_s(self) -> list[float]:
        """The time of each frame on the stage."""
        return [self.start_s + k / self.fps for k in range(self.frame_count)]


@dataclass(frozen=True, kw_only=True, eq=False)
class Clip:
    """Frames are (f, h, w, 3), sRGB; `sheets` (figures, views, h, w, 3).

    `detail` (f, h / 8, w / 8) is what a pixel weighs. `other` is a second guide of the kind the plan says, or of no
    frames.
    """

    truth: Frames
    stand_ins: Frames
    other: Frames
    sheets: Frames
    detail: NDArray[np.uint8]  # in tenths
    split: str
    index: int


def is_long(index: int) -> bool:
    """Whether a clip of this number is a long one."""
    return index % _LONG_EVERY == 0


def plan(split: Literal["train", "held_out"], index: int) -> Plan:
    """Chooses style, rate, length and start of a clip by its number."""
    rng = Random(f"clip {split} {index}")
    chosen = sample(split, index, _SPAN_S)
    fps = rng.choice((12, 12, 24))
    count = LONG_FRAMES if is_long(index) else SHORT_FRAMES
    width, height = SIZES_PX[chosen.aspect]
    other: GuideKind = rng.choice(("place", "people", "none", "none"))
    return Plan(
        sample=chosen,
        stage=replace(chosen.stage, style=rng.choice(_STYLES)),
        fps=fps,
        frame_count=count,
        start_s=rng.uniform(0.0, _SPAN_S - count / fps),
        width_px=width,
        height_px=height,
        other=other,
        wearing=_wearing(Random(f"colours {split} {index}").random()),
    )


def _wearing(chance: float) -> Wearing:
    if chance < _DRESSED_SHARE:
        return "cut_outs"
    return "colours" if chance < _COLOURED_SHARE else "suits"


def drawn_clip(split: Literal["train", "held_out"], index: int) -> Clip:
    """Draws clip number `index` of a split: a third of a second or so of an average stage."""
    from model.theatre import draw
    from model.theatre.guide import guide_picture

    p = plan(split, index)
    width, height = p.width_px, p.height_px
    truth = [draw(p.stage, t, width, height) for t in p.times_s()]
    guides = [guide_picture(p.stage, "stand_ins", t, width, height, p.wearing) for t in p.times_s()]
    other = []
    if p.other != "none":
        other = [guide_picture(p.stage, p.other, t, width, height, p.wearing) for t in p.times_s()]
    detail: list[NDArray[np.uint8]] = []
    for k, t in enumerate(p.times_s()):
        detail.append(detail[-1] if k and k % 4 != 1 else _detail(p.stage, t, width, height, p.fps))
    sheets = [sheet_of(figure) for figure in cast_of(p.stage)]
    view_w, view_h = SHEET_PX
    nothing = np.zeros((0, height, width, 3), dtype=np.uint8)
    return Clip(
        truth=np.stack(truth),
        stand_ins=np.stack(guides),
        other=np.stack(other) if other else nothing,
        sheets=np.stack(sheets) if sheets else np.zeros((0, len(SHEET_VIEWS), view_h, view_w, 3), dtype=np.uint8),
        detail=np.stack(detail),
        split=split,
        index=index,
    )


def _detail(stage: Stage, time_s: float, width: int, height: int, fps: int) -> NDArray[np.uint8]:
    """How much the eye cares for each 8 × 8 pixels: most for faces and hands."""
    from model.theatre.passes import passes
    from model.theatre.surfaces import PARTS

    if stage.beside is not None:
        return np.full((height // 8, width // 8), round(10 * _BODY), dtype=np.uint8)
    seen = passes(stage, time_s, width, height, fps)
    of_part = np.array([_ELSEWHERE, *(_DETAIL.get(part, _BODY) for part in PARTS)], dtype=np.float32)
    weight = np.maximum(of_part[seen.part], np.where(seen.prop > 0, np.float32(_PROP), np.float32(0)))
    cells = weight.reshape(height // 8, 8, width // 8, 8).max(axis=(1, 3))
    return np.asarray(np.round(10 * cells), dtype=np.uint8)


def save(clip: Clip, path: Path) -> None:
    """Writes a clip whole or not at all.

    Raises:
        PictureError: the folder is of the other side of the split.
    """
    claim(path.parent, {"split": clip.split})
    arrays = {
        "truth": clip.truth,
        "stand_ins": clip.stand_ins,
        "other": clip.other,
        "sheets": clip.sheets,
        "detail": clip.detail,
    }
    write(arrays, {"clip": json.dumps({"split": clip.split, "index": clip.index})}, path)


def write(arrays: Mapping[str, NDArray[np.uint8]], facts: Mapping[str, str], path: Path) -> None:
    """Writes arrays and facts about them as one safetensors file, whole or not at all."""
    from safetensors.numpy import save_file

    half = path.with_suffix(f".{os.getpid()}.part")
    save_file({k: np.ascontiguousarray(v) for k, v in arrays.items()}, half, dict(facts))
    half.replace(path)


def load(path: Path) -> Clip:
    """Reads a clip that `save` wrote.

    Raises:
        FileNotFoundError: there is none.
        PictureError: the file is cut off or holds something else.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            facts = json.loads(file.metadata()["clip"])
            return Clip(**{name: file.get_tensor(name) for name in file.keys()}, **facts)  # noqa: SIM118
    except (SafetensorError, TypeError, KeyError) as error:
        raise PictureError(f"{path} is no whole clip ({error}). Fix: delete it, and it is drawn again.") from error
