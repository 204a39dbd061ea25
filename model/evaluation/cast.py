"""Whether a character looks the same in every shot of a film: garments and hair, and who it is among a cast of 20.

Each member of a held-out cast is pictured in several shots: with its references, with nothing that tells looks, and
with another member's references. All are compared with the true frame of the same shot, so that light is no error.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from model.evaluation.colours import light_on_people, regions_of, wrong_by
from model.evaluation.frames import Tell, Values, means, painted
from model.evaluation.measures import Mask
from model.evaluation.sets import CastShot, Painter, Scale, cast_looks, cast_shots, dressed_as
from model.request import Frame
from model.stage import Look, Stage
from model.theatre import draw
from model.theatre.passes import passes

__all__ = ["measured_cast", "nearest_look"]

WARDROBE = ("top", "bottom")


def measured_cast(painter: Painter, scale: Scale, light: Values, tell: Tell) -> dict[str, float]:
    """The figures of the cast; what its shots tell of light is added to `light`."""
    shots, looks = cast_shots(scale.members, scale.shots_each), cast_looks()
    wrong: Values = defaultdict(list)
    right: Values = defaultdict(list)
    for number, shot in enumerate(shots):
        tell("cast", number, len(shots))
        _measured(painter, shot, looks, wrong, right, light)
    return {name: float(np.median(some)) for name, some in wrong.items() if some} | means(right)


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


def _measured(painter: Painter, shot: CastShot, looks: list[Look], wrong: Values, right: Values, light: Values) -> None:
    request = shot.request
    last_s = (request.frame_count - 1) / request.fps
    seen = passes(request.stage, last_s, request.width_px, request.height_px, request.fps)
    true, regions = seen.frame, regions_of(seen, 1)
    for name, asked in (("", request), ("_without_references", shot.bare), ("_with_anothers", shot.anothers)):
        made = painted(painter, asked)[-1]
        for region, where in regions.items():
            kind = "wardrobe" if region in WARDROBE else region
            wrong[f"{kind}_delta_e_median{name}"].append(wrong_by(made, true, where))
        if regions:
            found = nearest_look(made, request.stage, last_s, regions, looks)
            right[f"identity_top1{name}"].append(float(found == shot.member))
        if asked is request:
            for key, some in light_on_people(made, true, seen).items():
                light[key] += some
