"""Who directs a film: switching, hand edits, what is told before and after, and what an outage leaves."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from director.directing import Direction
from director.llm.ask import Question, Reply
from director.llm.budget import Limit
from director.llm.config import DirectorConfig
from director.opening import Opened, open_film
from director.progress import Silent
from shots.errors import ModelError, WorkprintError
from shots.storyboard import load, save
from tests.crew_player import PlayedCrew
from tests.director.crew.scripts import HOSTILE

SCRIPT = """\
Title: A Small Test

INT. KITCHEN - DAY

ANNA, 30, a woman in a red dress, sits at the table with TOM, 35, a man in a blue shirt.

ANNA
The bread is burning.

TOM
Let it.

INT. HALL - DAY

ANNA
No.
"""


class Told(Silent):
    """Remembers what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def crew(monkeypatch: pytest.MonkeyPatch) -> PlayedCrew:
    """The crew that any model is played by; exchanges and budget are the real ones."""
    played = PlayedCrew()
    monkeypatch.setattr("director.llm.connect.model_ask", lambda config: played)
    return played


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "small.fountain"
    path.write_text(SCRIPT)
    return path


def by(model: str = "gpt-5-mini", **more: object) -> Direction:
    config = DirectorConfig(provider="openai", model=model, server_from="openai", limit=more.pop("limit", None))  # type: ignore[arg-type]
    return Direction(config=config, said=True, **more)  # type: ignore[arg-type]


RULES = Direction(said=True)


def motives(opened: Opened) -> set[str]:
    return {shot.motive for shot in opened.storyboard.shots()}


def edit(file: Path) -> None:
    storyboard = load(file)
    save(dataclasses.replace(storyboard, credit="edited by hand"), file)


def test_another_director_plans_anew_and_back(crew: PlayedCrew, script: Path, tmp_path: Path) -> None:
    film = tmp_path / "film"
    ruled = open_film(script, film)
    crewed = open_film(script, film, direction=by())
    assert "nobody else counts now" in motives(crewed) - motives(ruled)
    assert json.loads((film / "plan.json").read_text())["model"] == "openai:gpt-5-mini"
    assert "asked" in crewed.notices[-1] and "$0.0" in crewed.notices[-1]
    back = open_film(script, film, direction=RULES)
    assert back.storyboard == ruled.storyboard and not (film / "plan.json").exists()


def test_who_directed_goes_on_with_it_when_nobody_is_named(crew: PlayedCrew, script: Path, tmp_path: Path) -> None:
    film = tmp_path / "film"
    crewed = open_film(script, film, direction=by())
    asked = sum(crew.asked.values())
    again = open_film(script, film)
    assert again.storyboard == crewed.storyboard and sum(crew.asked.values()) == asked
    assert "was planned by openai:gpt-5-mini" in again.notices[0]
    script.write_text(SCRIPT.replace("No.", "Yes."))
    with pytest.raises(WorkprintError, match=r"has changed since openai:gpt-5-mini planned it. Fix: "):
        open_film(script, film)


def test_hand_edits_are_kept_from_every_director(crew: PlayedCrew, script: Path, tmp_path: Path) -> None:
    film = tmp_path / "film"
    first = open_film(script, film, direction=by())
    edit(first.file)
    edited, asked = first.file.read_bytes(), sum(crew.asked.values())
    followed = open_film(script, film, direction=by())
    assert followed.storyboard.credit == "edited by hand" and sum(crew.asked.values()) == asked
    for other in (RULES, by("gpt-5")):
        with pytest.raises(WorkprintError, match=r"edited by hand and .* is to direct, not openai:gpt-5-mini"):
            open_film(script, film, direction=other)
    assert first.file.read_bytes() == edited


def test_a_second_run_asks_nothing(crew: PlayedCrew, script: Path, tmp_path: Path) -> None:
    first = open_film(script, tmp_path / "film", direction=by())
    asked = sum(crew.asked.values())
    again = open_film(script, tmp_path / "film", direction=by(replay_only=True))
    assert sum(crew.asked.values()) == asked and again.storyboard == first.storyboard
    assert f"0 asked, {asked} replayed" in again.notices[-1]


def test_what_it_takes_is_told_before_and_asked_for_when_it_is_much(
    crew: PlayedCrew, script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    open_film(script, tmp_path / "little", direction=by(progress=told))
    assert told.said[0].startswith("openai:gpt-5-mini directs 2 scenes of 4 lines: about 14 questions, ")
    assert "about $0.0" in told.said[0]
    monkeypatch.setattr("director.directing._MUCH_DOLLARS", 0.0)
    asked = sum(crew.asked.values())
    for agree in (None, lambda question: False):
        with pytest.raises(ModelError, match=r"was not asked: directs 2 scenes .* Fix: give a --budget"):
            open_film(script, tmp_path / "much", direction=by(agree=agree))
    assert sum(crew.asked.values()) == asked and not (tmp_path / "much" / "storyboard.yaml").exists()
    open_film(script, tmp_path / "much", direction=by(agree=lambda question: True))


def test_a_budget_that_is_used_up_keeps_what_was_answered(crew: PlayedCrew, script: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"The budget of 9000tok does not reach"):
        open_film(script, tmp_path / "film", direction=by(limit=Limit(tokens=9000)))
    begun = sum(crew.asked.values())
    assert begun and not (tmp_path / "film" / "storyboard.yaml").exists()
    done = open_film(script, tmp_path / "film", direction=by())
    assert f"{begun} replayed" in done.notices[-1]


def test_a_hostile_script_stays_in_its_folder(crew: PlayedCrew, tmp_path: Path) -> None:
    script = tmp_path / "hostile.fountain"
    script.write_text(HOSTILE)
    opened = open_film(script, tmp_path / "film", direction=by())
    assert opened.notices[:-1] == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film", "hostile.fountain"]
    assert {path.name for path in (tmp_path / "film").iterdir()} == {
        "storyboard.yaml", "storyboard.schema.json", "plan.json", "exchanges", "cache", "drafts",
    }  # fmt: skip
    assert load(opened.file) == opened.storyboard


def test_an_outage_leaves_the_film_that_was(script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = tmp_path / "film"
    before = open_film(script, film).file.read_bytes()

    def out(question: Question, /) -> Reply:
        raise ModelError("OpenAI cannot be reached. Fix: check the network, or go on offline with --director rules.")

    monkeypatch.setattr("director.llm.connect.model_ask", lambda config: out)
    with pytest.raises(ModelError, match="cannot be reached"):
        open_film(script, film, direction=by())
    assert (film / "storyboard.yaml").read_bytes() == before
    assert open_film(script, film).storyboard == load(film / "storyboard.yaml")
