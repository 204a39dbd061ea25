"""The whole evaluation: all measures in their order, as flat figures and two sheets of pictures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from model.evaluation.autoencoding import Reconstruct, measured_autoencoder
from model.evaluation.cast import measured_cast
from model.evaluation.frames import Row, Tell, Values, means, measured_frames
from model.evaluation.sentences import measured_sentences
from model.evaluation.sets import Painter, Scale
from model.evaluation.tasks import measured_tasks

__all__ = ["Findings", "evaluate"]


@dataclass(frozen=True, eq=False)
class Findings:
    """Figures by name, and the rows of the sheets of frames and of tasks."""

    figures: dict[str, float]
    frames: list[Row]
    tasks: list[Row]


def evaluate(painter: Painter, through: Reconstruct, scale: Scale, tell: Tell) -> Findings:
    """Measures everything; the same pictures give the same figures."""
    light: Values = defaultdict(list)
    figures = measured_autoencoder(through, scale, tell)
    close, frames = measured_frames(painter, scale, light, tell)
    cast = measured_cast(painter, scale, light, tell)
    heard = measured_sentences(painter, scale, tell)
    tasked, tasks = measured_tasks(painter, scale, tell)
    return Findings(figures | close | cast | means(light) | heard | tasked, frames, tasks)
