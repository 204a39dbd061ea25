"""What the widget's page is told of a film: plain data for JSON, and pictures as JPEG. Reads a film, changes nothing.

Every word in it may come from a script or a storyboard: the page puts it in as text, never as markup.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from director.notebook.widget_floor import floor_of
from shots.spec import SIZES, Angle, Hour, Move, Side

if TYPE_CHECKING:
    from director.reshoot.film import Film
    from director.reshoot.shot import Shot
    from director.reshoot.take import Take
    from director.reshoot.trial import Trial
    from model.request import Frame
    from model.stage import Stage
    from shots.spec import Scene, Storyboard
    from shots.spec import Shot as Spec

__all__ = ["STILL_PX", "board_of", "film_of", "jpeg", "shot_of", "small_jpeg", "states_of", "steps_of", "trial_of"]

STILL_PX = 208
"""How wide a still of the film strip is; twice what it is shown at would cost three times the bytes."""

_TOLD = 90


def board_of(film: Film) -> dict[str, Any]:
    """The film's scenes and shots by name, which the page can paint at once; their lengths and states come after."""
    board = film.storyboard
    return {
        "kind": "board",
        "title": board.title,
        "fps": board.fps,
        "width_px": board.width_px,
        "height_px": board.height_px,
        "picture": film.production.backend.name,
        "words": {
            "size": list(SIZES),
            "angle": list(get_args(Angle)),
            "move": list(get_args(Move)),
            "key_side": list(get_args(Side)),
            "hour": list(get_args(Hour)),
        },
        "scenes": [
            {
                "id": scene.id,
                "heading": scene.heading,
                "hour": scene.hour,
                "shots": [{"id": shot.id, "size": shot.size or "", "told": told_of(shot)} for shot in scene.shots],
            }
            for scene in board.scenes
        ],
    }


def states_of(film: Film) -> dict[str, Any]:
    """Of every shot its length, its state ("fits", "stale", "locked") with why, and a name for what its still shows."""
    production = film.production
    stale = {one.shot: list(one.reasons) for one in film.stale()}
    circled = production.shooting.standing.circled
    keys = {job.shot: job.key for job in production.render_plan.jobs}
    shots = {}
    for spec in film.storyboard.shots():
        name = spec.id or ""
        shown, timing = circled.get(name), production.timings[name]
        key = (keys.get(name) or (shown.best.take.key if shown else ""))[:12]
        shots[name] = {
            "s": round(timing.shown.duration_s, 3),
            "size": spec.size or "",
            "state": "locked" if spec.locked else "stale" if name in stale else "fits",
            "why": stale.get(name, []),
            "still": f"{key} {timing.head_frames} {timing.shown.frame_count}",
        }
    return {"kind": "states", "shots": shots}


def steps_of(film: Film, redo: str = "") -> dict[str, Any]:
    """What undo would take back, and what redo would make again."""
    history = film.history
    return {"kind": "steps", "undo": history[-1].what if history else "", "redo": redo, "count": len(history)}


def shot_of(shot: Shot) -> dict[str, Any]:
    """Everything about one shot: its fields as they are, its takes, what continuity says in its scene, its floor."""
    film, spec = shot.film, shot.spec
    production = film.production
    stage = production.stages[shot.id]
    scene = shot.scene
    place = [one.id for one in film.storyboard.scenes].index(scene.id)
    shown = shot.take
    return {
        "kind": "shot",
        "shot": shot.id,
        "scene": {"id": scene.id, "heading": scene.heading, "hour": stage.light.hour},
        "told": told_of(spec),
        "motive": spec.motive,
        "locked": shot.locked,
        "fields": _fields(film.storyboard, spec, scene, stage, production.timings[shot.id].duration_s),
        "takes": [_take(take, shown) for take in shot.takes],
        "problems": [str(problem) for problem in production.problems_in(place) if problem.shot == shot.id],
        "floor": floor_of(stage, production.storyboard.width_px / production.storyboard.height_px),
    }


def trial_of(trial: Trial) -> dict[str, Any]:
    """What a change would bring about: what has to be made again, what continuity would say, the floor then."""
    board = trial.storyboard
    scene, spec = next((scene, one) for scene in board.scenes for one in scene.shots if one.id == trial.shot)
    return {
        "kind": "would",
        "shot": trial.shot,
        "fields": _fields(board, spec, scene, trial.stage, trial.duration_s),
        "stale": [{"shot": one.shot, "why": list(one.reasons)} for one in trial.stale],
        "problems": [str(problem) for problem in trial.problems],
        "floor": floor_of(trial.stage, board.width_px / board.height_px),
    }


def film_of(film: Film) -> dict[str, Any]:
    """The cut: where it lies, and when each of its shots begins."""
    cut = film.production.timeline
    starts = {item.shot: round(item.start_frame / cut.fps, 3) for item in cut.items if item.shot}
    return {"kind": "film", "path": str(film.folder.film), "starts_s": starts}


def _fields(board: Storyboard, spec: Spec, scene: Scene, stage: Stage, duration_s: float) -> dict[str, Any]:
    """What the page's fields show: what the storyboard says, else what came of it."""
    light = stage.light
    return {
        "note": spec.note,
        "size": spec.size,
        "angle": spec.angle,
        "move": spec.move,
        "lens_mm": round(spec.lens_mm or stage.camera.keys[0].lens_mm, 1),
        "duration_s": round(duration_s, 2),
        "seed": board.seed if spec.seed is None else spec.seed,
        "key_side": (spec.light and spec.light.key_side) or (scene.light and scene.light.key_side),
        "key_to_fill_ratio": round(light.key_to_fill_ratio, 2),
        "colour_temperature_k": round(light.colour_temperature_k),
    }


def _take(take: Take, shown: Take | None) -> dict[str, Any]:
    """A take on the strip: what tells it from the one that is shown, when it was made, and what its receipt says."""
    receipt = take.receipt
    inputs, asked = receipt["inputs"], take.asked
    made = datetime.fromisoformat(take.slated.at or receipt["made_at"])
    return {
        "key": take.key,
        "number": take.number,
        "s": round(take.duration_s, 3),
        "note": take.note,
        "circled": shown is not None and take.key == shown.key,
        "seed": take.seed,
        "size": asked.size or "",
        "otherwise": _otherwise(asked, shown.asked) if shown is not None else [],
        "made_s": made.timestamp(),
        "receipt": [
            f"{inputs['width_px']}×{inputs['height_px']}, {take.frame_count} frames at {take.stored.fps} fps",
            f"{inputs['backend']} {inputs['backend_version']}, seed {take.seed}, made in {receipt['render_s']:.1f} s",
            f"{made:%Y-%m-%d %H:%M} UTC, take {take.key[:12]}",
        ],
    }


def _otherwise(asked: Spec, shown: Spec) -> list[str]:
    """In which words a take was asked for otherwise than the one that is shown; its size and seed are told anyway."""
    found = []
    if asked.angle != shown.angle and asked.angle is not None:
        found.append(asked.angle.replace("_", " "))
    if asked.move != shown.move and asked.move is not None:
        found.append(asked.move.replace("_", " "))
    if asked.lens_mm != shown.lens_mm and asked.lens_mm is not None:
        found.append(f"{asked.lens_mm:g} mm")
    names = {"light": "light", "people": "places", "camera_m": "camera", "given": "kept parts", "focus": "focus"}
    return found + [word for name, word in names.items() if getattr(asked, name) != getattr(shown, name)]


def told_of(spec: Spec) -> str:
    """What happens in a shot, in a line: who says what, else what is done."""
    said = "  ".join(f"{line.character}: {line.text}" for line in spec.lines) or spec.action or spec.note
    told = " ".join(said.split())
    return told if len(told) <= _TOLD else f"{told[: _TOLD - 1]}…"


def jpeg(frame: Frame, quality: int = 88) -> bytes:
    """A frame, (h, w, 3) sRGB, as a JPEG file."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(frame).save(out, "JPEG", quality=quality)
    return out.getvalue()


def small_jpeg(picture: Path | Frame) -> bytes:
    """A still, or a frame, (h, w, 3) sRGB, as a small JPEG file."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(picture) if isinstance(picture, Path) else Image.fromarray(picture) as still:
        small = still.convert("RGB")
        small.thumbnail((STILL_PX, STILL_PX), Image.Resampling.BILINEAR, reducing_gap=2.0)
    small.save(out, "JPEG", quality=80)
    return out.getvalue()
