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

__all__ = ["measured_cast", "nearest_look"]

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


def nearest_look(picture: Frame, stage: Stage, time_s: float, regions: dict[str, Mask], looks: list[Look]) -> int:
    """Which of the looks the first person of a picture has: that of the least colour difference over its regions.

    Every candidate is drawn in the person's place, pose and light, so that only looks are compared, and by a measure
    that is no network: the sum over hair, skin, top and bottom of the median CIEDE2000.
    """
    height, width = picture.shape[:2]
    lead, *rest = stage.figures
    apart = []
    for look in looks:
        candidate = draw(replace(stage, figures=(dressed_as(lead, look), *rest)), time_s, width, height)
        apart.append(sum(wrong_by(picture, candidate, where) for where in regions.values()))
    return int(np.argmin(apart))


def _measured(painter: Painter, shot: CastShot, looks: list[Look], wrong: Values, right: Values, light: Values) -> Row:
    request, stage = shot.request, shot.request.stage
    last_s = (request.frame_count - 1) / request.fps
    seen = passes(stage, last_s, request.width_px, request.height_px, request.fps)
    true, regions = seen.frame, regions_of(seen, 1)
    asked = {"": request, "_without_references": shot.bare, "_with_anothers": shot.anothers}
    made = {name: painted(painter, one)[-1] for name, one in asked.items()}
    for name, picture in made.items():
        for region, where in regions.items():
            kind = "wardrobe" if region in WARDROBE else region
            wrong[f"{kind}_delta_e_median{name}"].append(wrong_by(picture, true, where))
        if regions:
            found = nearest_look(picture, stage, last_s, regions, looks)
            right[f"identity_top1{name}"].append(float(found == shot.member))
    for key, some in light_on_people(made[""], true, seen).items():
        light[key] += some
    guide = draw(with_stand_ins(stage), last_s, request.width_px, request.height_px)
    return Row(f"cast {shot.member + 1}", (true, made[""], made["_without_references"], guide))
