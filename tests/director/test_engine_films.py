"""A film of six shots through a pretrained engine: tiny random weights make noise of it, but every call is real."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from diffusers import DiffusionPipeline
from PIL import Image

from director.critic.hire import OFF, CriticConfig
from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from model.request import Frame
from shots.render.clip import read_frames
from shots.render.job import Take
from tests.model.engines import tiny_ltx, tiny_wan

WIDTH_PX, HEIGHT_PX, FPS = 96, 64, 24
RED, BLUE = (200, 40, 40), (40, 60, 220)

FILM = """
title: Six
width_px: 96
height_px: 64
scenes:
  - heading: EXT. BEACH - DUSK
    people: [{character: ANNA, pose: stand}, {character: TOM, pose: stand}]
    shots:
      - {size: WS, subjects: [ANNA, TOM], action: They wait., duration_s: 0.5}
      - {size: MS, subjects: [ANNA], action: Anna looks up., duration_s: 0.5}
      - {size: MS, subjects: [ANNA], action: Anna looks on., duration_s: 0.5, continues: S1.2}
      - {size: MCU, subjects: [TOM], action: Tom waits., duration_s: 1.2}
  - heading: INT. KITCHEN - NIGHT
    people: [{character: ANNA, pose: stand}]
    shots:
      - {size: MS, subjects: [ANNA], duration_s: 0.5, given: {first: first.png, last: last.png}}
      - {size: CU, subjects: [ANNA], action: Anna smiles., duration_s: 0.5}
"""


@dataclass(frozen=True)
class Tiny:
    """A tiny pipeline, and what keeps each of its calls small."""

    made: Callable[[], DiffusionPipeline]
    steps: int
    most_frames: int
    led: bool  # whether the stage leads it, and its people's pictures are shown to it


ENGINES = {
    "wan-vace": Tiny(tiny_wan.wan_vace, steps=1, most_frames=17, led=True),
    "ltx": Tiny(tiny_ltx.ltx, steps=2, most_frames=25, led=False),
}


def again(root: Path) -> Production:
    """The film in a folder, as it now is."""
    opened = open_film(root / "six.yaml", root / "film")
    return Production(
        opened, picture=str(root / "engine.yaml"), workers=1, progress=Silent(), critic=CriticConfig(name=OFF)
    )


def receipt_of(take: Take) -> dict[str, Any]:
    receipt: dict[str, Any] = json.loads(take.path.with_name("receipt.json").read_text("utf-8"))
    return receipt


def off(frame: Frame, colour: tuple[int, int, int]) -> float:
    """How far a frame is from a plain colour, in eight-bit steps."""
    return float(np.abs(frame.astype(float) - colour).mean())


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_six_shots_become_a_film(engine: str, tmp_path: Path) -> None:
    tiny = ENGINES[engine]
    tiny_wan.saved(tiny.made, tmp_path / "weights")
    said = {
        "engine": engine,
        "weights": "weights",
        "steps": tiny.steps,
        "guidance": 1.0,
        "options": {"area_px": 64 * 32, "most_frames": tiny.most_frames},
    }
    (tmp_path / "engine.yaml").write_text(yaml.safe_dump(said))
    (tmp_path / "six.yaml").write_text(FILM)
    (tmp_path / "film").mkdir()
    for name, colour in (("first", RED), ("last", BLUE)):
        Image.new("RGB", (WIDTH_PX, HEIGHT_PX), colour).save(tmp_path / "film" / f"{name}.png")

    film = again(tmp_path)
    cut = film.cut()
    assert set(film.takes) == {"S1.1", "S1.2", "S1.3", "S1.4", "S2.1", "S2.2"}
    shown = sum(1 for _ in read_frames(cut.path, 0, round(cut.duration_s * FPS)))
    assert shown >= (5 * 0.5 + 1.2) * FPS
    for shot, take in film.takes.items():
        request, receipt = film.requests[shot], receipt_of(take)
        frames = list(read_frames(take.path, 0, request.frame_count))
        assert receipt["clip"]["frame_count"] == len(frames) == request.frame_count
        assert frames[0].shape == (HEIGHT_PX, WIDTH_PX, 3)
        assert np.stack(frames).std() > 1, "noise, but a picture"
        assert receipt["inputs"]["backend"] == engine
        assert receipt["inputs"]["weights_digest"] == film.backend.weights_digest
        assert ["steps", tiny.steps] in receipt["inputs"]["settings"]
        assert not receipt["licence"]["commercial"], "nobody knows what weights without a card may be used for"
        assert str(tmp_path) not in json.dumps(receipt)
        for known in request.known:
            colour = RED if known.index == min(one.index for one in request.known) else BLUE
            assert off(frames[known.index], colour) < 3

    told = {shot: " ".join(receipt_of(take)["told"]) for shot, take in film.takes.items()}
    assert "longer than the" in told["S1.4"]
    assert "of the take of S1.2" in told["S1.3"]
    assert receipt_of(film.takes["S1.3"])["seen"]["S1.2"] == film.takes["S1.2"].key
    assert len(film.requests["S2.1"].known) == 2
    for shot in ("S1.2", "S1.3", "S2.2"):
        assert ("ANNA is to look as in frame" in told[shot]) is tiny.led, told[shot]
    assert ("the stage leads the picture by its depth." in told["S1.1"]) is tiny.led

    assert again(tmp_path).render_plan.jobs == ()
    (tmp_path / "engine.yaml").write_text(yaml.safe_dump({**said, "steps": tiny.steps + 1}))
    stale = again(tmp_path).render_plan.jobs
    assert len(stale) == 6
    assert "steps" in " ".join(stale[0].reasons)
