"""The video model is what pictures a film, by one constant; what only needs a drawing never waits for it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from director import cli, produce
from director.opening import Opened, open_film
from director.pictures import DRAWING, MODEL, PICTURE, backend_of
from director.produce import Production
from director.progress import Silent
from model.backends.dit import VideoDiTBackend
from model.backends.previz import Previz
from model.errors import PictureError
from model.request import Backend, ClipRequest, ClipSound, Frame, Licence, ReferenceKind, Setting
from shots.errors import RenderError
from shots.render.clip import read_frames

STORYBOARD = """
title: Two
width_px: 64
height_px: 64
scenes:
  - heading: EXT. BEACH - DUSK
    shots:
      - {size: WS, action: The sea., duration_s: 0.5}
      - {size: WS, action: The sea goes on., duration_s: 0.5, continues: S1.1}
      - {size: EWS, action: The sea from afar., duration_s: 0.5, seed: 7}
"""


@dataclass(frozen=True)
class Grey:
    """A model's stand-in: a grey by the seed, or where it continues a take the last grey of that, one brighter."""

    name: str = "grey"
    version: str = "3"
    weights_digest: str = "0123456789abcdef" * 4
    settings: tuple[Setting, ...] = (("steps", 4),)
    reads: frozenset[ReferenceKind] = frozenset({"continues"})
    varies: bool = True
    firmer: tuple[Setting, ...] = ()
    words: str = "dit"
    licence: Licence | None = None
    at_once: int = 1
    fails_at_seed: int = -1

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        level = 60 + request.seed
        for reference in request.references:
            last = next(read_frames(Path(reference.path), 11, 1))
            level = round(float(last.mean())) + 40
        for number in range(request.frame_count):
            if request.seed == self.fails_at_seed and number == 2:
                raise PictureError("step 3 of 4 gave no number. Fix: try another seed")
            yield np.full((request.height_px, request.width_px, 3), level, np.uint8)


def opened(folder: Path, text: str = STORYBOARD) -> Opened:
    (folder / "two.yaml").write_text(text)
    return open_film(folder / "two.yaml", folder / "film")


def use(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> None:
    """Makes `backend` the one that every name but that of the drawing means."""
    monkeypatch.setattr(produce, "backend_of", lambda name: Previz() if name == DRAWING else backend)


def level(path: Path, number: int = 0) -> float:
    """The mean of a frame of a clip."""
    return float(next(read_frames(path, number, 1)).mean())


def test_the_pictures_have_their_names() -> None:
    assert (MODEL, DRAWING) == ("dit", "previz")
    assert backend_of(DRAWING).name == "previz"


@pytest.mark.parametrize("command", [cli.make, cli.render, cli.cut])
def test_commands_that_make_takes_use_the_default_picture(command: object) -> None:
    assert inspect.signature(command).parameters["picture"].default == PICTURE  # type: ignore[arg-type]


def test_the_board_is_drawn() -> None:
    assert inspect.signature(cli.board).parameters["picture"].default == DRAWING


def test_a_shot_that_continues_another_starts_from_its_take_and_goes_stale_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, Grey())
    first = Production(opened(tmp_path), picture="grey", workers=1, progress=Silent())
    assert {job.shot: job.waits_for for job in first.render_plan.jobs}["S1.2"] == ("S1.1",)
    takes = first.takes
    assert level(takes["S1.2"].path) == pytest.approx(level(takes["S1.1"].path) + 40, abs=2)
    receipt = json.loads(takes["S1.2"].path.with_name("receipt.json").read_text("utf-8"))
    assert receipt["seen"] == {"S1.1": takes["S1.1"].key}
    assert receipt["inputs"]["references"] == [["continues", "", takes["S1.1"].key]]
    reshot = STORYBOARD.replace("The sea., duration_s: 0.5", "The sea., duration_s: 0.5, seed: 50")
    again = Production(opened(tmp_path, reshot), picture="grey", workers=1, progress=Silent())
    reasons = {job.shot: job.reasons for job in again.render_plan.jobs}
    assert (set(reasons), reasons["S1.2"]) == ({"S1.1", "S1.2"}, ("reference S1.1 was remade",))
    assert level(again.takes["S1.2"].path) == pytest.approx(level(takes["S1.2"].path) + 50, abs=2)


def test_a_shot_that_fails_stops_that_shot_and_not_the_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    use(monkeypatch, Grey(fails_at_seed=7))
    film = opened(tmp_path)
    command = ["make", "two.yaml", "--picture", "grey", "--critic", "off", "--workers", "1", "-o", "film"]
    failed = CliRunner().invoke(cli.app, command)
    assert failed.exit_code == 1
    assert failed.output.count("gave no number") == 1
    assert failed.stderr.splitlines()[-1] == (
        "workprint: one shot could not be rendered; the others are kept: shot S1.3: step 3 of 4 gave no number. "
        "Fix: try another seed. In the film its drawing stands there."
    )
    assert "3 shots (2 made now), pictured by grey 3, weights 01234567, steps 4" in failed.stdout
    production = Production(film, picture="grey", workers=1, progress=Silent())
    middle = {item.shot: item.start_frame + 6 for item in production.timeline.items if item.card is None}
    first, third = (next(read_frames(film.folder.film, middle[shot], 1)) for shot in ("S1.1", "S1.3"))
    assert (abs(float(first.mean()) - 60) < 4, first.std() < 3) == (True, True)
    assert third.std() > 10, "the third shot is drawn"
    use(monkeypatch, Grey())
    mended = CliRunner().invoke(cli.app, command)
    assert (mended.exit_code, mended.stderr.count("workprint:")) == (0, 0)
    assert "3 shots (1 made now), pictured by grey 3" in mended.stdout
    assert next(read_frames(film.folder.film, middle["S1.3"], 1)).std() < 3


def test_what_continues_a_failed_shot_is_drawn_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Grey(fails_at_seed=0))
    text = STORYBOARD.replace("continues: S1.1", "continues: S1.1, seed: 5")
    shown = Production(opened(tmp_path, text), picture="grey", workers=1, progress=Silent()).shown
    assert shown.drawn == ("S1.1", "S1.2")
    assert shown.trouble is not None
    assert shown.trouble.startswith("2 shots could not be rendered; the others are kept: shot S1.1: step 3")
    assert shown.trouble.endswith("shot S1.2: it waits for S1.1. In the film their drawings stand there.")
    assert level(shown.takes["S1.3"].path) == pytest.approx(67, abs=2)


def test_where_no_shot_can_be_pictured_there_is_no_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Grey(fails_at_seed=0))
    film = opened(tmp_path, STORYBOARD.replace(", seed: 7", ""))
    with pytest.raises(RenderError, match="3 shots could not be rendered"):
        Production(film, picture="grey", workers=1, progress=Silent()).cut()
    assert not film.folder.film.exists()


@pytest.mark.parametrize("workers", ["0", "1"])
def test_missing_weights_are_told_before_any_work_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: str
) -> None:
    monkeypatch.chdir(tmp_path)
    use(monkeypatch, VideoDiTBackend(folder=tmp_path / "weights"))
    (tmp_path / "two.yaml").write_text(STORYBOARD)
    reply = CliRunner().invoke(cli.app, ["make", "two.yaml", "--picture", MODEL, "--workers", workers])
    assert reply.exit_code == 2
    assert reply.stderr.startswith(f"workprint: there are no weights in {tmp_path / 'weights'}")
    assert "--picture previz" in reply.stderr
    assert len(reply.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["two.yaml"]


def test_few_processes_hold_a_model_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    film = opened(tmp_path)
    assert Production(film, picture=DRAWING, workers=0, progress=Silent()).workers == 64
    use(monkeypatch, Grey(at_once=4))
    assert Production(film, picture="grey", workers=0, progress=Silent()).workers == 4
    assert Production(film, picture="grey", workers=9, progress=Silent()).workers == 9
