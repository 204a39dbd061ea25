"""The whole path: the command, the real clients, a server on loopback, a film; and again from what was stored."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shots.storyboard import load
from tests.chat_server import ChatReply, ChatServer, Fault, form_name, unavailable, user_text
from tests.conftest import Run
from tests.crew_player import play

SHORT = """\
Title: Three Doors

INT. HALL - NIGHT

MARA, 34, waits at the door with a lamp.

MARA
Is anybody there?

INT. CELLAR - CONTINUOUS

TOM, 40, sits in the dark.

TOM
Go away.

INT. HALL - CONTINUOUS

MARA
No.
"""


class Crew:
    """Plays the crew; the first plan of scene 1 drops a line, no plan of scene 2 is any good, one reply comes late."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def __call__(self, body: dict[str, Any]) -> ChatReply | Fault:
        form, user = form_name(body) or "", user_text(body)
        self.asked[form] += 1
        if form == "Design" and self.asked[form] == 1:
            return unavailable()
        text = play(form, user)
        first_try = "Your last reply was:" not in user
        if form == "Camera" and "Scene 1." in user and first_try:
            plan = json.loads(text)
            plan["shots"] = plan["shots"][:-1]
            text = json.dumps(plan)
        if form == "Camera" and "Scene 2." in user:
            text = '{"shots": [{"lines": ["L1"], "dialogue": "Come in!"}]}'
        return ChatReply(text)


@pytest.mark.slow
def test_a_film_by_a_server_and_again_from_what_it_answered(workprint: Run, tmp_path: Path) -> None:
    (tmp_path / "doors.fountain").write_text(SHORT)
    crew = Crew()
    with ChatServer(crew) as server:
        by = ("--director", "openai:played", "--base-url", server.url)
        made = workprint("make", "doors.fountain", "-o", "film", "--size", "128x72", *by, cwd=tmp_path)
        assert made.returncode == 0, made.stderr
        asked = len(server.requests)
        film = tmp_path / "film"
        assert (film / "film.mp4").stat().st_size > 10_000
        assert "directs 3 scenes" in made.stderr and "tokens in" in made.stderr
        assert "Scene 2. INT. CELLAR - CONTINUOUS: no camera's reply could be used; the rules cover it" in made.stderr
        first = load(film / "storyboard.yaml")
        assert [line.text for shot in first.shots() for line in shot.lines] == ["Is anybody there?", "Go away.", "No."]
        assert "nobody else counts now" in {shot.motive for shot in first.scenes[2].shots}
        plan = json.loads((film / "plan.json").read_text())
        assert plan["repairs"] == {"camera": 3} and "shots" not in plan["scenes"][1]

        again = workprint("make", "doors.fountain", "-o", "film", "--size", "128x72", cwd=tmp_path)
        assert again.returncode == 0 and "was planned by openai:played" in again.stderr
        assert len(server.requests) == asked

        for gone in ("storyboard.yaml", "plan.json", "cache/directed.json"):
            (film / gone).unlink()
        replayed = workprint("plan", "doors.fountain", "-o", "film", *by, "--replay-only", cwd=tmp_path)
        assert replayed.returncode == 0, replayed.stderr
        assert "0 asked" in replayed.stderr and len(server.requests) == asked
    planned = load(film / "storyboard.yaml")  # for the size that nobody names
    assert replace(planned, width_px=first.width_px, height_px=first.height_px) == first
    assert json.loads((film / "plan.json").read_text()) == plan
    assert sorted(path.name for path in tmp_path.iterdir()) == ["doors.fountain", "film"]


def test_nothing_stored_and_replay_only_is_one_line(workprint: Run, tmp_path: Path) -> None:
    (tmp_path / "doors.fountain").write_text(SHORT)
    done = workprint("plan", "doors.fountain", "--director", "openai:played", "--replay-only", cwd=tmp_path)
    told = done.stderr.splitlines()[-1]
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert told.startswith("workprint: ") and "--replay-only asks nothing" in told and "--director rules" in told
    assert not (tmp_path / "out" / "three-doors" / "storyboard.yaml").exists()
