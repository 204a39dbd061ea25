"""Whether a character looks the same in every shot of a film: garments and hair, and who it is among a cast of 20.

Each member of a held-out cast is pictured in several shots: with its references, with nothing that tells looks, and
with another member's references. All are compared with the true frame of the same shot, so that light is no error.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from model.evaluation.colours import light_on_people, regions_of, wrong_by
from model.evaluation.frames import Row, Tell, Values, each, means, painted
from model.evaluation.measures import Mask
from model.evaluation.sets import CastShot, Painter, Scale, cast_looks, cast_shots, dressed_as
from model.request import Frame
from model.stage import Look, Stage
from model.theatre import draw
from model.theatre.passes import passes
from model.theatre.stand_ins import with_stand_ins

__all__ = ["measured_cast", "nearest"]

WARDROBE = ("top", "bottom")


def measured_cast(painter: Painter, scale: Scale, light: Values, tell: Tell) -> tuple[dict[str, float], list[Row]]:
    """The figures of the cast; what its shots tell of light is added to `light`.

    The rows are of the last frames: truth, ours, without references, stand-ins.
    """
    shots, looks = cast_shots(scale), cast_looks()
    wrong: Values = defaultdict(list)
    right: Values = defaultdict(list)
    rows = []
    for _, shot in each("cast", shots, tell):
        rows.append(_measured(painter, shot, looks, wrong, right, light))
    return {name: float(np.median(some)) for name, some in wrong.items() if some} | means(right), rows


def nearest(picture: Frame, candidates: list[Frame], regions: dict[str, Mask]) -> int:
    """Which of the candidates the person in a picture looks like: that of the least colour difference.

    The cast's sheets are drawn in the person's place, pose and light, so that only looks are compared, and by a measure
    that is no network: the sum over hair, skin, top and bottom of the median CIEDE2000 over their pixels.
    """
    apart = [sum(wrong_by(picture, one, where) for where in regions.values()) for one in candidates]
    return int(np.argmin(apart))


def _recast(stage: Stage, looks: list[Look], time_s: float, like: Frame) -> list[Frame]:
    """A frame with its first person in each of the looks."""
    lead, *rest = stage.figures
    height, width = like.shape[:2]
    dressed = [replace(stage, figures=(dressed_as(lead, look), *rest)) for look in looks]
    return [draw(one, time_s, width, height) for one in dressed]


def _measured(painter: Painter, shot: CastShot, looks: list[Look], wrong: Values, right: Values, light: Values) -> Row:
    request, stage = shot.request, shot.request.stage
    last_s = (request.frame_count - 1) / request.fps
    seen = passes(stage, last_s, request.width_px, request.height_px, request.fps)
    true, regions = seen.frame, regions_of(seen, 1)
    asked = {"": request, "_without_references": shot.bare, "_with_anothers": shot.anothers}
    candidates = _recast(stage, looks, last_s, true) if regions else []
    made = {name: painted(painter, one)[-1] for name, one in asked.items()}
    for name, picture in made.items():
        for region, where in regions.items():
            kind = "wardrobe" if region in WARDROBE else region
            wrong[f"{kind}_delta_e_median{name}"].append(wrong_by(picture, true, where))
        if candidates:
            right[f"identity_top1{name}"].append(float(nearest(picture, candidates, regions) == shot.member))
    for key, some in light_on_people(made[""], true, seen).items():
        light[key] += some
    guide = draw(with_stand_ins(stage, "cut_outs"), last_s, request.width_px, request.height_px)
    return Row(f"cast {shot.member + 1}", (true, made[""], made["_without_references"], guide))
