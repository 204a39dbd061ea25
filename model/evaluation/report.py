"""The whole evaluation: all measures in their order, as a file of flat figures and two sheets of pictures.

The figures stand beside what they are figures of: the date, the digest of the weights, their size, and what their
training cost, which a file `training.json` in the weights' folder tells in plain numbers.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from model.errors import PictureError
from model.evaluation.autoencoding import Reconstruct, measured_autoencoder, through
from model.evaluation.cast import measured_cast
from model.evaluation.frames import Row, Tell, Values, means, measured_frames
from model.evaluation.sentences import measured_sentences
from model.evaluation.sets import SCALES, Painter, Scale
from model.evaluation.sheet import COLUMNS, TASK_COLUMNS, write_sheet
from model.evaluation.tasks import measured_tasks
from model.weights import SHIPPED, digest_of, load_models

if TYPE_CHECKING:
    from model.pipeline import VideoDiTPipeline

__all__ = ["Findings", "evaluate", "report"]

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


def report(scale: str, out: Path, sheets: Path, tell: Tell, folder: Path = SHIPPED) -> dict[str, str | float]:
    """Measures a folder's weights on a set of `SCALES`; writes the figures to `out` and two sheets into `sheets`.

    Raises:
        PictureError: there is no such set, or the weights cannot be used.
    """
    if scale not in SCALES:
        raise PictureError(f"there is no set '{scale}' to measure on. Fix: --set {' or --set '.join(SCALES)}.")
    pipeline = load_models(folder)
    start = time.monotonic()
    found = evaluate(pipeline, through(pipeline.autoencoder), SCALES[scale], tell)
    facts = _facts(pipeline, folder, scale) | {"eval_s": round(time.monotonic() - start, 1)}
    figures = facts | {name: round(value, 4) for name, value in found.figures.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=2) + "\n")
    write_sheet(sheets / "model.jpg", found.frames, COLUMNS)
    write_sheet(sheets / "model-tasks.jpg", found.tasks, TASK_COLUMNS)
    return figures


def _facts(pipeline: VideoDiTPipeline, folder: Path, scale: str) -> dict[str, str | float]:
    """What was measured, when and where, and what it cost to train."""
    cost = folder / "training.json"
    trained = json.loads(cost.read_text()) if cost.exists() else {}
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "device": str(pipeline.device),
        "set": scale,
        "weights_digest": digest_of(folder),
        "transformer_parameters": pipeline.transformer.num_parameters(),
        "autoencoder_parameters": pipeline.autoencoder.num_parameters(),
        "steps": pipeline.config.steps,
        "guidance": pipeline.config.guidance,
    } | {f"training_{name}": value for name, value in trained.items() if isinstance(value, int | float)}
