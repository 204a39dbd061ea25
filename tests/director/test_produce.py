"""The whole way, through the real voices, theatre, ffmpeg and mix, at a small size."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from director.opening import Opened, open_film
from director.produce import Production, make_film
from director.progress import Silent
from shots.errors import WorkprintError

STORYBOARD = """
title: Goodbye
width_px: 128
height_px: 72
scenes:
  - heading: EXT. BEACH - DUSK
    shots:
      - {size: EWS, action: The sea., duration_s: 1}
      - subjects: [ANNA]
        lines: [{character: ANNA, text: You came.}]
      - subjects: [TOM]
        lines: [{character: TOM, text: I was in the neighbourhood.}]
"""


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    file = tmp_path / "goodbye.yaml"
    file.write_text(STORYBOARD)
    return open_film(file, tmp_path / "film")


def production(opened: Opened) -> Production:
    return Production(opened, picture="previz", workers=1, progress=Silent())


def with_size(opened: Opened, shot_number: int, size: str) -> Opened:
    scene = opened.storyboard.scenes[0]
    shots = list(scene.shots)
    shots[shot_number] = replace(shots[shot_number], size=size)
    scene = replace(scene, shots=tuple(shots))
    return replace(opened, storyboard=replace(opened.storyboard, scenes=(scene,)))


def test_a_film_is_made_and_made_again_without_work(opened: Opened) -> None:
    first = make_film(opened, picture="previz", workers=1, progress=Silent())
    assert (first.shots, first.shots_rendered) == (3, 3)
    assert first.film.exists()
    receipts = {path: path.read_bytes() for path in opened.folder.takes.rglob("receipt.json")}
    again = make_film(opened, picture="previz", workers=1, progress=Silent())
    assert again.shots_rendered == 0
    assert again.duration_s == first.duration_s
    assert {path: path.read_bytes() for path in opened.folder.takes.rglob("receipt.json")} == receipts


def test_after_a_change_only_that_shot_is_drawn_and_encoded(opened: Opened) -> None:
    production(opened).cut()
    changed = production(with_size(opened, 0, "WS"))
    assert [job.shot for job in changed.render_plan.jobs] == ["S1.1"]
    assert "camera" in " ".join(changed.render_plan.jobs[0].reasons)
    film = changed.cut()
    assert film.segments_encoded == 1
    assert film.segments_reused >= 2


def test_a_change_that_is_undone_finds_its_take_again(opened: Opened) -> None:
    production(opened).cut()
    assert production(with_size(opened, 1, "ECU")).takes
    assert production(opened).render_plan.jobs == ()


def test_lines_are_heard_when_their_shot_says_so(opened: Opened) -> None:
    made = production(opened)
    made.cut()
    voice, rate = soundfile.read(made.mix.stems.dialogue)
    loud = np.abs(voice).max(axis=1) > 0.01
    for cue in made.cues.dialogue:
        during = loud[round(cue.start_s * rate) : round((cue.start_s + cue.duration_s) * rate)]
        assert during.mean() > 0.3, cue.text
    quiet = loud.copy()
    for cue in made.cues.dialogue:  # with room for the tail of the place's echo
        quiet[round((cue.start_s - 0.05) * rate) : round((cue.start_s + cue.duration_s + 0.5) * rate)] = False
    assert quiet.mean() < 0.01


def test_the_board_shows_every_shot_before_anything_is_rendered(opened: Opened) -> None:
    production(opened).board()
    assert opened.folder.board_pdf.read_bytes().startswith(b"%PDF")
    svg = opened.folder.graph_svg.read_text(encoding="utf-8")
    assert all(shot in svg for shot in ("S1.1", "S1.2", "S1.3"))
    assert not list(opened.folder.takes.rglob("clip.mp4"))


def test_a_receipt_says_what_made_the_take_and_holds_no_path(opened: Opened) -> None:
    takes = production(opened).takes
    for take in takes.values():
        text = (take.path.parent / "receipt.json").read_text(encoding="utf-8")
        receipt = json.loads(text)
        assert receipt["shot"] in takes
        assert "previz" in text
        assert str(opened.folder.root.parent) not in text


def test_a_request_says_the_shot_in_the_words_that_a_picture_model_knows(opened: Opened) -> None:
    told = [request.text for request in production(opened).requests.values()]
    who = r"a person in an? \w+ [\w-]+"
    light = r"\w+, \w+ light from the \w+, under a clear sky\."
    assert re.fullmatch(rf"Extreme wide shot at dusk: {who} stands beside {who} on a beach\. {light}", told[0]), told[0]
    for text in told[1:]:
        assert re.fullmatch(
            rf"Medium (shot|close-up) at dusk: {who} speaks( beside {who})? on a beach\. {light}", text
        ), text


@pytest.mark.parametrize(
    ("name", "near"), [("previs", "; did you mean 'previz'?"), ("DIT", "; did you mean 'dit'?"), ("sora", ".")]
)
def test_an_unknown_back_end_is_refused(opened: Opened, name: str, near: str) -> None:
    with pytest.raises(WorkprintError) as told:
        Production(opened, picture=name, workers=1, progress=Silent())
    assert str(told.value).startswith(f"no picture back end '{name}'{near} Fix: use --picture previz, --picture dit, ")
