"""Films through tiny random LTX-2, whose own sound stays a stem, and SkyReels-V2, which goes on from takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml
from diffusers import DiffusionPipeline

from director.critic.hire import OFF, CriticConfig
from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from director.sound.config import read_sound
from shots.render.clip import read_frames
from tests.model.engines import tiny_ltx2, tiny_skyreels
from tests.model.engines.tiny_wan import saved

FPS = 24

FILM = """
title: Three
width_px: 96
height_px: 64
scenes:
  - heading: EXT. BEACH - DUSK
    people: [{character: ANNA, pose: stand}]
    shots:
      - {size: WS, subjects: [ANNA], action: Anna waits., duration_s: 0.5}
      - {size: WS, subjects: [ANNA], action: Anna waits on., duration_s: 1.5, continues: S1.1}
      - {size: MCU, subjects: [ANNA], action: Anna smiles., duration_s: 0.5, transition: dissolve}
"""


def film_of(root: Path, engine: str, made: Callable[[], DiffusionPipeline], steps: int) -> Production:
    saved(made, root / "weights")
    options = {"area_px": 96 * 64, "most_frames": 33}
    said = {"engine": engine, "weights": "weights", "steps": steps, "guidance": 1.0, "options": options}
    (root / "engine.yaml").write_text(yaml.safe_dump(said))
    return picture(root, str(root / "engine.yaml"), "film")


def picture(root: Path, by: str, folder: str, *, engine_sound: bool = False) -> Production:
    (root / "three.yaml").write_text(FILM)
    opened = open_film(root / "three.yaml", root / folder)
    sound = read_sound(engine_sound=engine_sound)
    return Production(opened, picture=by, workers=1, progress=Silent(), critic=CriticConfig(name=OFF), sound=sound)


@pytest.mark.slow
def test_the_sound_of_ltx2_lies_beside_its_takes_and_is_a_stem_and_in_no_mix_unless_asked(
    tmp_path: Path,
) -> None:
    film = film_of(tmp_path, "ltx2", tiny_ltx2.ltx2, steps=2)
    cut = film.cut()
    takes = film.takes
    for shot, take in takes.items():
        assert take.sound == take.path.with_name("sound.flac"), shot
        samples, rate_hz = soundfile.read(take.sound, always_2d=True)
        assert rate_hz == tiny_ltx2.RATE_HZ
        assert len(samples) == round(take.frame_count / FPS * rate_hz)
        assert samples.std() > 1e-3, "something is heard"
        receipt = json.loads(take.path.with_name("receipt.json").read_text("utf-8"))
        assert receipt["sound"]["sha256"] == take.sound_digest
    told = json.loads(takes["S1.2"].path.with_name("receipt.json").read_text("utf-8"))["told"]
    assert any("goes on from the last 17 frames of the take of S1.1" in line for line in told), told

    stem, rate_hz = soundfile.read(film.folder.stems / "engine.wav", always_2d=True)
    assert rate_hz == 48_000
    assert len(stem) == round(cut.duration_s * rate_hz)
    shown = np.zeros(len(stem), bool)
    for item in film.timeline.items:
        if item.shot:
            shown[item.start_frame * rate_hz // FPS : item.end_frame * rate_hz // FPS] = True
    assert not stem[~shown].any(), "a title has no sound of an engine's"
    assert stem[shown].std() > 1e-3

    drawn = picture(tmp_path, "previz", "drawn")
    assert drawn.mix.path.read_bytes() == film.mix.path.read_bytes(), "in no mix"

    before, _ = soundfile.read(film.folder.stems / "effects.wav")
    asked = picture(tmp_path, str(tmp_path / "engine.yaml"), "film", engine_sound=True)
    assert asked.render_plan.jobs == ()
    asked.cut()
    after, _ = soundfile.read(film.folder.stems / "effects.wav")
    added = (after - before)[shown]
    alike = np.corrcoef(added.ravel(), stem[shown].ravel())[0, 1]
    assert alike > 0.9, "asked for, it is heard among the effects"


@pytest.mark.slow
def test_skyreels_goes_on_from_the_take_before_and_makes_every_frame_once(tmp_path: Path) -> None:
    film = film_of(tmp_path, "skyreels", tiny_skyreels.skyreels, steps=1)
    takes = film.takes
    assert {shot: take.frame_count for shot, take in takes.items()} == {
        shot: request.frame_count for shot, request in film.requests.items()
    }
    for take in takes.values():
        frames = list(read_frames(take.path, 0, take.frame_count))
        assert np.stack(frames).std() > 1
        assert take.sound is None
    receipt = json.loads(takes["S1.2"].path.with_name("receipt.json").read_text("utf-8"))
    assert receipt["seen"] == {"S1.1": takes["S1.1"].key}
    assert any("goes on from the last 17 frames of the take of S1.1" in line for line in receipt["told"])
