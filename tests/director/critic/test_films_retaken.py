"""Whole films with a critic: bad takes are made again, the film and all that goes with it show the circled ones."""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from PIL import Image
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from watched_pictures import Spoiled

from director import cli, produce
from director.critic import measured
from director.critic.hire import CriticConfig
from director.critic.verdict import Judgement
from director.opening import open_film
from director.pictures import DRAWING
from director.produce import Made, Production, make_film
from director.progress import Silent
from model.backends.previz import Previz
from model.request import Backend
from shots.render.clip import read_frames
from tests.chat_server import ChatReply, ChatServer, Fault, user_text

Serve = Callable[..., ChatServer]
STORYBOARD = """
title: Six
width_px: 128
height_px: 72
scenes:
  - heading: EXT. BEACH - DAY
    people: [{character: ANNA}, {character: TOM}]
    shots:
      - {size: EWS, action: The sea., duration_s: 0.5}
      - {size: MS, subjects: [ANNA], action: Anna waits., duration_s: 0.5, seed: 7}
      - {size: MS, subjects: [TOM], action: Tom waits., duration_s: 0.5}
  - heading: INT. KITCHEN - DAY
    people: [{character: ANNA}]
    shots:
      - {size: WS, action: A kitchen., duration_s: 0.5}
      - {size: MCU, subjects: [ANNA], action: Anna waits., duration_s: 0.5, seed: 20}
      - {size: CU, subjects: [ANNA], action: Anna waits., duration_s: 0.5}
"""
MEASURED = CriticConfig(name="measured")


def use(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> None:
    """Makes `backend` the one that every name but that of the drawing means."""
    monkeypatch.setattr(produce, "backend_of", lambda name: Previz() if name == DRAWING else backend)


def made(folder: Path, critic: CriticConfig) -> Made:
    (folder / "six.yaml").write_text(STORYBOARD)
    opened = open_film(folder / "six.yaml", folder / "film")
    return make_film(opened, picture="spoiled", workers=1, progress=Silent(), critic=critic)


def light(film: Path, folder: Path, shot: str) -> float:
    """The mean of the film's frame in the middle of a shot."""
    opened = open_film(folder / "six.yaml", folder / "film")
    timeline = Production(opened, picture="spoiled", workers=1, progress=Silent()).timeline
    (start,) = (item.start_frame for item in timeline.items if item.card is None and item.shot == shot)
    return float(next(read_frames(film, start + 6, 1)).mean())


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_film_with_bad_takes_is_retaken_measured_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Spoiled(black_at=frozenset({7, 20, 21, 22})))
    first = made(tmp_path, MEASURED)
    folder = tmp_path / "film"
    assert first.shots == 6
    assert first.retakes >= 3
    assert light(first.film, tmp_path, "S1.2") > 30, "the film shows the good take"
    assert light(first.film, tmp_path, "S2.2") < 10, "of three black takes one is shown"
    report = (folder / "report.md").read_text("utf-8")
    row = re.search(r"\| S1\.2 \| (\d) \| \[take (\d)\]\((.+?)\) \|", report)
    assert row is not None
    assert row[2] != "1"
    assert (folder / row[3]).is_file()
    assert "  - [take 1](" in report
    assert "*black*: " in report
    assert re.search(r"\| S2\.2 \| 3 \| \[take 1\]\(\S+\) \| the best of 3 \(score", report)
    clips = {clip.name: clip for clip in otio.adapters.read_from_file(str(folder / "film.otio")).find_clips()}
    shown = clips["S1.2"].media_reference.target_url
    others = clips["S1.2"].metadata["workprint"]["other_takes"]
    assert shown == row[3]
    assert [(folder / other["url"]).is_file() for other in others] == [True] * (int(row[1]) - 1)
    assert shown not in {other["url"] for other in others}
    key = Path(shown).parent.name
    assert [*(folder / "cache" / "stills").glob(f"{key}-*.png")], "the board shows it"
    before = files_of(folder / "takes") | files_of(folder / "critic")
    again = made(tmp_path, MEASURED)
    assert (again.shots_rendered, again.retakes) == (0, first.retakes)
    assert files_of(folder / "takes") | files_of(folder / "critic") == before
    assert (folder / "report.md").read_text("utf-8") == report
    cut = CliRunner().invoke(
        cli.app, ["cut", str(tmp_path / "six.yaml"), "-o", str(folder), "--picture", "spoiled", "--critic", "measured"]
    )
    assert cut.exit_code == 0, cut.output
    assert " 0 segments encoded" in cut.output, "the cut alone shows the same takes"


@pytest.mark.slow
def test_a_drawn_film_is_watched_by_nobody_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "six.yaml").write_text(STORYBOARD)
    opened = open_film(tmp_path / "six.yaml", tmp_path / "film")
    unsaid = Production(opened, picture=DRAWING, workers=1, progress=Silent(), critic=CriticConfig(name=None))
    assert unsaid.critic.name == "off"
    film = make_film(opened, picture=DRAWING, workers=1, progress=Silent(), critic=MEASURED)
    assert film.retakes == 0
    assert len(list((tmp_path / "film" / "critic").rglob("*.json"))) == 6


GOES_ON = """
title: Two
width_px: 96
height_px: 64
scenes:
  - heading: EXT. BEACH - DUSK
    people: [{character: ANNA, pose: stand}]
    shots:
      - {size: MS, subjects: [ANNA], action: Anna waits., duration_s: 0.5}
      - {size: MS, subjects: [ANNA], action: Anna waits on., duration_s: 0.5, continues: S1.1}
"""


def test_a_shot_that_goes_on_from_another_opens_on_its_last_picture(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(GOES_ON)
    film = make_film(
        open_film(tmp_path / "two.yaml", tmp_path / "film"),
        picture=DRAWING,
        workers=1,
        progress=Silent(),
        critic=MEASURED,
    )
    assert film.retakes == 0
    told = "".join(path.read_text("utf-8") for path in (tmp_path / "film" / "critic").rglob("*.json"))
    assert "people" in told
    assert "cut_jump" not in told


def eye(body: dict[str, Any]) -> ChatReply:
    """A vision model that sees whether the sheet is black, and fails what it was shown then."""
    parts = [
        part for message in body["messages"] if isinstance(message["content"], list) for part in message["content"]
    ]
    (url,) = [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]
    sheet = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("L")
    black = sheet.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) < 40
    ids = re.findall(r"^(c\d+): ", user_text(body), re.MULTILINE)
    told = [{"id": one, "verdict": "fails" if black else "holds", "why": "it is | black"} for one in ids]
    return ChatReply(json.dumps({"answers": told}), tokens_in=1200, tokens_out=90)


def unmeasured(frames: object, request: object, geometry: Any, before: object, take_key: str) -> Judgement:
    """A measure that finds nothing to judge."""
    return Judgement(geometry.shot, take_key, ())


@pytest.fixture
def seeing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[ChatServer, str], Any]:
    """Runs `workprint make` on a film with bad takes, watched by the model of a server on loopback."""
    (tmp_path / "six.yaml").write_text(STORYBOARD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKPRINT_API_KEY", "sk-test-0123456789abcdef")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "WORKPRINT_DIRECTOR", "WORKPRINT_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(measured, "judge", unmeasured)
    use(monkeypatch, Spoiled(black_at=frozenset({7})))

    def run(server: ChatServer, *more: str) -> Any:
        model = ["--critic", "openai:eye-1", "--base-url", server.url]
        return CliRunner().invoke(
            cli.app, ["make", "six.yaml", "--picture", "spoiled", "--workers", "1", "-o", "film", *model, *more]
        )

    return run


@pytest.mark.slow
def test_a_vision_model_sees_what_was_not_measured_and_is_asked_once(
    tmp_path: Path, seeing: Callable[..., Any], chat_server: Serve
) -> None:
    server = chat_server(eye)
    reply = seeing(server)
    assert reply.exit_code == 0, reply.output
    assert "6 shots and 1 retake (6 made now)" in reply.stdout
    assert len(server.bodies) == 7
    assert light(tmp_path / "film/film.mp4", tmp_path, "S1.2") > 30
    report = (tmp_path / "film" / "report.md").read_text("utf-8")
    assert "| Critic | measured, and seen by openai:eye-1 |" in report
    assert "A vision model sees: it is \\| black" in report
    assert "| critic | openai:eye-1 | 7 | 8400 | 630 | not known |" in report
    again = seeing(server, "--replay-only")
    assert again.exit_code == 0, again.output
    assert "(0 made now)" in again.stdout
    assert len(server.bodies) == 7, "a second run asks nothing"
    assert (tmp_path / "film" / "report.md").read_text("utf-8") == report
    kept = b"".join(files_of(tmp_path / "film").values())
    assert b"sk-test" not in kept


@pytest.mark.slow
def test_an_outage_in_the_middle_loses_nothing(tmp_path: Path, seeing: Callable[..., Any], chat_server: Serve) -> None:
    answered = threading.Semaphore(1)  # takes are watched side by side: one that is whole gets its answer, no other

    def failing(body: dict[str, Any]) -> ChatReply | Fault:
        reply = eye(body)
        if "fails" not in reply.text and answered.acquire(blocking=False):
            return reply
        return Fault(401, "Incorrect API key provided.", "invalid_api_key")

    reply = seeing(chat_server(failing))
    assert reply.exit_code == 0, reply.output
    assert reply.output.count("The vision model watches no more takes; what is measured stands.") == 1
    assert "or go on offline with --critic measured" in reply.output
    assert light(tmp_path / "film/film.mp4", tmp_path, "S1.2") < 10, "nobody saw it"
    report = (tmp_path / "film" / "report.md").read_text("utf-8")
    assert "A vision model did not watch every take; what was measured stood." in report
    server = chat_server(eye)
    mended = seeing(server)
    assert "6 shots and 1 retake (1 made now)" in mended.stdout
    assert len(server.bodies) == 6, "what was answered before the outage is not asked again"
    assert light(tmp_path / "film/film.mp4", tmp_path, "S1.2") > 30
