"""Generated frames against true ones: with everything known, without what tells looks, and the stand-ins as they are.

The last two are baselines: how much of the closeness is the guide's own, and how much the references bring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import TypeVar, get_args

import numpy as np

from model.evaluation.colours import light_on_people
from model.evaluation.measures import Mask, flicker_levels, motion_error_px, psnr_db, ssim
from model.evaluation.sets import Painter, Scale, Shot, drawn, shots_of
from model.request import ClipRequest, Frame
from model.stage import Style
from model.theatre.paint import Part
from model.theatre.passes import Passes, passes
from model.theatre.stand_ins import with_stand_ins
from model.theatre.surfaces import PARTS

__all__ = ["Row", "Tell", "Values", "each", "means", "measured_frames", "painted"]

_T = TypeVar("_T")
Values = dict[str, list[float]]
Tell = Callable[[str, int, int], None]
"""Told what is being measured, how much of it is done and how much there is."""

_EVERY = 4  # frames apart at which passes are looked up
_LEAST_PX = 300
_STYLES: tuple[Style, ...] = tuple(style for style in get_args(Style) if style != "flat")


@dataclass(frozen=True, eq=False)
class Row:
    """Pictures of one frame, by column, for a sheet."""

    name: str
    pictures: tuple[Frame, ...]


def measured_frames(painter: Painter, scale: Scale, light: Values, tell: Tell) -> tuple[dict[str, float], list[Row]]:
    """Flat style and the others apart; what is found of light is added to `light`.

    The rows are of the last frames: truth, ours, without references, stand-ins.
    """
    shots = shots_of(scale, "flat", scale.clips)
    first = shots[-1].request.seed + 1
    several = list(islice(cycle(_STYLES), scale.clips_of_other_styles))
    others = [shots_of(scale, style, 1, first=first + 40 * number)[0] for number, style in enumerate(several)]
    values: Values = defaultdict(list)
    rows = []
    for number, shot in each("frames", shots + others, tell):
        flat = number < len(shots)
        rows.append(_measured(painter, shot, values, light, flat=flat))
    return means(values), rows


def each(what: str, items: Sequence[_T], tell: Tell) -> Iterator[tuple[int, _T]]:
    """The items with their numbers; tells how far the measuring of `what` has come."""
    for number, item in enumerate(items):
        tell(what, number, len(items))
        yield number, item
    tell(what, len(items), len(items))


def painted(painter: Painter, request: ClipRequest) -> Frame:
    """All frames of a request: (f, h, w, 3)."""
    return np.stack(list(painter.generate(request)))


def means(values: Values) -> dict[str, float]:
    """The mean of each; what nothing was measured of is left out."""
    return {name: float(np.mean(some)) for name, some in values.items() if some}


def _measured(painter: Painter, shot: Shot, values: Values, light: Values, *, flat: bool) -> Row:
    request, stage = shot.request, shot.request.stage
    truth, guide = shot.truth(), drawn(with_stand_ins(stage, "cut_outs"), request)
    ours = painted(painter, request)
    if not flat:
        values["frame_psnr_other_styles_db"].append(psnr_db(ours, truth))
        values["frame_ssim_other_styles"].append(ssim(ours[-1], truth[-1]))
        values["guide_psnr_other_styles_db"].append(psnr_db(guide, truth))
        return Row(stage.style, (truth[-1], ours[-1], painted(painter, shot.bare)[-1], guide[-1]))
    bare = painted(painter, shot.bare)
    at = range(0, request.frame_count, _EVERY)
    seen = [passes(stage, i / request.fps, request.width_px, request.height_px, request.fps) for i in at]
    people, faces = _people(seen), _parts(seen, "head")
    for name, made in (("frame_{}", ours), ("frame_{}_without_references", bare), ("guide_{}", guide)):
        psnr, close = name.format("psnr") + "{}_db", name.format("ssim")
        values[psnr.format("")].append(psnr_db(made, truth))
        values[close] += [ssim(made[i], truth[i]) for i in at]
        for region, where in (("_people", people), ("_faces", faces)):
            if where.sum() >= _LEAST_PX:
                values[psnr.format(region)].append(psnr_db(made[::_EVERY], truth[::_EVERY], where))
    pairs = list(zip(range(request.frame_count - 1), range(1, request.frame_count), strict=True))
    _gather(values, "flicker_levels", [flicker_levels((ours[a], ours[b]), (truth[a], truth[b])) for a, b in pairs])
    for one, (a, b) in zip(seen, pairs[::_EVERY], strict=False):
        moved = motion_error_px((ours[a], ours[b]), (truth[a], truth[b]), one.flow_px)
        _gather(values, "motion_error_px", [moved])
        still = motion_error_px((truth[a], truth[a]), (truth[a], truth[b]), one.flow_px)
        _gather(values, "motion_error_px_of_a_still", [still])
    for name, found in light_on_people(ours[-1], truth[-1], seen[-1]).items():
        light[name] += found
    return Row(f"stage {request.seed}", (truth[-1], ours[-1], bare[-1], guide[-1]))


def _gather(values: Values, name: str, found: list[float | None]) -> None:
    values[name] += [value for value in found if value is not None]


def _people(seen: list[Passes]) -> Mask:
    """Where people and animals of the stage are, (f, h, w); crowds are not."""
    return np.stack([(one.person > 0) & (one.person <= len(one.stage.figures)) for one in seen])


def _parts(seen: list[Passes], part: Part) -> Mask:
    number = 1 + PARTS.index(part)
    return np.stack([one.part == number for one in seen])
