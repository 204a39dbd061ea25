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

_FRAMES_SHOWN, _CAST_SHOWN = (1, 2, 3, 8), (3, 5, 8, 15)
"""Which of the measured shots are on the sheet: chosen for sizes and faces before there was anything to see."""


@dataclass(frozen=True, eq=False)
class Findings:
    """Figures by name, and the rows of the sheets of frames and of tasks."""

    figures: dict[str, float]
    frames: list[Row]
    tasks: list[Row]


def evaluate(painter: Painter, reconstruct: Reconstruct, scale: Scale, tell: Tell) -> Findings:
    """Measures everything; the same pictures give the same figures."""
    light: Values = defaultdict(list)
    figures = measured_autoencoder(reconstruct, scale, tell)
    close, frames = measured_frames(painter, scale, light, tell)
    cast, faces = measured_cast(painter, scale, light, tell)
    heard = measured_sentences(painter, scale, tell)
    tasked, tasks = measured_tasks(painter, scale, tell)
    shown = [frames[i] for i in _FRAMES_SHOWN if i < scale.clips] + [faces[i] for i in _CAST_SHOWN if i < len(faces)]
    shown += frames[scale.clips :][:2]
    return Findings(figures | close | cast | means(light) | heard | tasked, shown, tasks)
