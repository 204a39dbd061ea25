"""What the widget does with its page's messages, those of a stranger among them."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from director.notebook.widget_messages import asked
from shots.errors import WorkprintError
from tests.director.notebook.heard import HOSTILE, Heard, film_in


@pytest.fixture
def heard(tmp_path: Path) -> Heard:
    return Heard(film_in(tmp_path))


def size_of(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        return picture.size


def test_the_film_is_told_by_name_first_and_stills_only_for_what_is_in_view(heard: Heard) -> None:
    said = heard.ask({"kind": "ready"})
    assert [one["kind"] for one in said] == ["board", "steps"]
    board, states = said[0], heard.one("states", {"kind": "states"})
    assert board["title"] == HOSTILE and [len(scene["shots"]) for scene in board["scenes"]] == [2, 1]
    assert {name: one["state"] for name, one in states["shots"].items()} == dict.fromkeys(
        ("S1.1", "S1.2", "S2.1"), "stale"
    )
    assert all(not buffers for _, buffers in heard.said)
    stills = heard.one("stills", {"kind": "look", "shots": ["S2.1", "S9.9", "S1.1"]})
    assert stills["shots"] == ["S2.1", "S1.1"]
    assert [max(size_of(one)) <= 208 for one in heard.buffers("stills")] == [True, True]


def test_a_change_is_drawn_before_anything_is_written(heard: Heard) -> None:
    film, file = heard.desk.film, heard.desk.film.paper.file
    before = file.read_bytes()
    shot = heard.one("shot", {"kind": "open", "shot": "S1.2"})
    assert shot["fields"]["size"] == "MS" and shot["fields"]["note"] == HOSTILE and shot["takes"] == []
    assert [one["id"] for one in shot["floor"]["people"]] == ["NADIA", "JONAS"] and shot["floor"]["walls_m"]
    wish = {"size": "CU", "key_side": "back", "camera_m": [0.2, 1.5, -2.0], "marks_m": {"JONAS": [0.9, 0.4]}}
    said = heard.ask({"kind": "try", "shot": "S1.2", "n": 7, "time_s": 99.0, "changes": wish})
    drawn, would = said
    assert (drawn["kind"], drawn["n"], would["kind"], would["n"]) == ("drawn", 7, "would", 7)
    assert size_of(heard.buffers("drawn")[0]) == (192, 108)
    assert next(one for one in would["floor"]["people"] if one["id"] == "JONAS")["at_m"] == [0.9, 0.4]
    assert "S1.2" in [one["shot"] for one in would["stale"]]
    assert would["fields"]["size"] == "CU" and would["fields"]["lens_mm"] > shot["fields"]["lens_mm"]
    assert file.read_bytes() == before and film.history == ()


def test_takes_are_made_circled_locked_and_taken_back(heard: Heard) -> None:
    film, file = heard.desk.film, heard.desk.film.paper.file
    before = file.read_bytes()
    wish = {"kind": "shoot", "shot": "S2.1", "takes": 1, "changes": {"size": "CU", "note": HOSTILE}}
    said = heard.ask(wish)
    kinds = [one["kind"] for one in said]
    assert kinds[0] == "making" and kinds.index("shot takes") < kinds.index("made")
    assert file.read_bytes() == before
    (take,) = heard.one("shot", {"kind": "open", "shot": "S2.1"})["takes"]
    assert (take["circled"], take["size"], take["note"]) == (False, "CU", HOSTILE)
    heard.ask({"kind": "clip", "shot": "S2.1", "take": take["key"]})
    assert heard.buffers("clip")[0] == film["S2.1"].takes[0].path.read_bytes()

    said = heard.ask({"kind": "circle", "shot": "S2.1", "take": take["key"]})
    assert heard.one("states", {"kind": "states"})["shots"]["S2.1"]["state"] == "fits" and said[-1] == {
        "kind": "written",
        "shot": "S2.1",
    }
    assert film["S2.1"].spec.size == "CU"
    assert heard.one("states", {"kind": "states"})["shots"]["S2.1"]["size"] == "CU"
    other = heard.ask({"kind": "shoot", "shot": "S2.1", "takes": 1, "changes": {"angle": "low", "seed": 3}})
    assert not [one for one in other if one["kind"] == "trouble"]
    told = heard.one("shot", {"kind": "open", "shot": "S2.1"})["takes"][1]
    assert (told["seed"], told["otherwise"]) == (3, ["low"]) and "192×108" in told["receipt"][0]
    heard.ask({"kind": "lock", "shot": "S2.1", "locked": True})
    heard.ask({"kind": "hour", "scene": "S2", "hour": "dusk"})
    heard.ask({"kind": "write", "shot": "S1.1", "changes": {"duration_s": 2.0}})
    assert film["S2.1"].locked and film.scene(2)[0].scene.hour == "dusk" and film["S1.1"].spec.duration_s == 2.0
    assert [step.what for step in film.history] == [
        "circled take 1 of S2.1", "locked S2.1", "S2 at dusk", "changed S1.1",
    ]  # fmt: skip
    for _ in range(4):
        steps = heard.one("steps", {"kind": "undo"})
    assert steps["undo"] == "" and file.read_bytes() == before
    assert "nothing to undo" in heard.one("said", {"kind": "undo"})["text"]
    assert heard.one("steps", {"kind": "redo"})["undo"] == "circled take 1 of S2.1"


def test_what_was_drawn_on_a_frame_keeps_that_part_of_the_take(heard: Heard) -> None:
    film = heard.desk.film
    heard.ask({"kind": "shoot", "shot": "S2.1", "takes": 1, "changes": {}})
    heard.ask({"kind": "circle", "shot": "S2.1", "take": film["S2.1"].takes[0].key})
    out = io.BytesIO()
    Image.fromarray(np.tile(np.array([255] * 96 + [0] * 96, np.uint8), (108, 1))).save(out, "PNG")
    said = heard.ask({"kind": "shoot", "shot": "S2.1", "takes": 1, "changes": {"size": "CU"}}, out.getvalue())
    assert not [one for one in said if one["kind"] == "trouble"]
    given = film["S2.1"].takes[-1].slated.asked.given
    assert given is not None and given.mask is not None and (film.folder.root / given.mask).is_file()


def test_the_cut_film_is_sent_with_its_shots_and_one_too_large_is_told_by_its_path(
    heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "not cut yet" in heard.one("trouble", {"kind": "film"})["text"]
    path = heard.desk.film.folder.film
    path.write_bytes(b"a film")
    told = heard.one("film", {"kind": "film"})
    assert told["path"] == str(path) and list(told["starts_s"]) == ["S1.1", "S1.2", "S2.1"]
    assert heard.buffers("film") == (b"a film",)
    monkeypatch.setattr("director.notebook.widget_desk.MOST_FILM_BYTES", 3)
    assert heard.one("film", {"kind": "film"})["path"] == str(path) and heard.buffers("film") == ()


def test_nothing_waits_while_something_is_made_and_it_can_be_stopped(heard: Heard) -> None:
    heard.desk.receive({"kind": "ready"})
    assert heard.desk.desk.join(60)
    heard.desk.receive({"kind": "render"})
    heard.wait_for("making")
    start = time.perf_counter()
    heard.desk.receive({"kind": "shoot", "shot": "S1.1", "takes": 1, "changes": {}})
    heard.desk.receive({"kind": "try", "shot": "S1.1", "n": 1, "changes": {"size": "CU"}})
    assert time.perf_counter() - start < 0.05
    assert "being made already" in heard.wait_for("trouble")["text"]
    heard.desk.receive({"kind": "cancel"})
    heard.wait_for("made")
    assert heard.desk.set.join(60) and heard.desk.desk.join(60)
    assert heard.wait_for("said")["text"] == "Stopped. What was finished is kept."
    heard.desk.close()


def test_a_storyboard_that_was_changed_elsewhere_is_told_anew(heard: Heard) -> None:
    heard.ask({"kind": "ready"})
    file = heard.desk.film.paper.file
    file.write_text(file.read_text("utf-8").replace("MCU", "ECU"), "utf-8")
    heard.wait_for("changed")
    assert heard.wait_for("board")["scenes"][1]["shots"][0]["size"] == "ECU"
    file.write_text("scenes: [", "utf-8")
    assert "storyboard.yaml" in heard.wait_for("trouble")["text"]
    heard.desk._look_at_paper()
    assert [one["kind"] for one, _ in heard.said].count("trouble") == 1
    heard.desk.close()


KEY = "0" * 64


@pytest.mark.parametrize(
    "content",
    [
        None,
        "ready",
        [],
        {},
        {"kind": "delete"},
        {"kind": "ready", "shot": "S1.1"},
        {"kind": "open"},
        {"kind": "open", "shot": ["S1.1"]},
        {"kind": "open", "shot": "x" * 10_000},
        {"kind": "clip", "shot": "S1.1", "take": "../../../etc/passwd"},
        {"kind": "clip", "shot": "S1.1", "take": KEY + "\n"},
        {"kind": "look", "shots": ["S1.1"] * 100_000},
        {"kind": "try", "shot": "S1.1", "n": 1, "time_s": float("nan"), "changes": {}},
        {"kind": "try", "shot": "S1.1", "n": 1, "changes": {"lens_mm": float("inf")}},
        {"kind": "try", "shot": "S1.1", "n": 1, "changes": {"size": "HUGE"}},
        {"kind": "try", "shot": "S1.1", "n": 1, "changes": {"given": {"first": "/etc/passwd"}}},
        {"kind": "try", "shot": "S1.1", "n": 1, "changes": {"marks_m": {"NADIA": [1e300, 0]}}},
        {"kind": "shoot", "shot": "S1.1", "takes": 10_000, "changes": {}},
        {"kind": "shoot", "shot": "S1.1", "takes": True, "changes": {}},
        {"kind": "shoot", "shot": "S1.1", "takes": 1, "changes": {"note": "n" * 3000}},
        {"kind": "hour", "scene": "S1", "hour": "<b>"},
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_in_a_sentence(content: object) -> None:
    with pytest.raises(WorkprintError, match=r"^This was not understood \(.{1,310}\)\. Fix: ") as refused:
        asked(content)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("x", "not understood"),
        ({"kind": "open", "shot": "../../etc"}, "no shot"),
        ({"kind": "clip", "shot": "S1.1", "take": KEY}, "S1.1 has no take 000000000000"),
        ({"kind": "circle", "shot": "S1.1", "take": KEY}, "has no take"),
        ({"kind": "lock", "shot": "S1.1", "locked": True}, "no take to keep"),
        ({"kind": "hour", "scene": "S7", "hour": "day"}, "no scene"),
        ({"kind": "try", "shot": "S2.1", "n": 3, "changes": {"marks_m": {"JONAS": [0, 0]}}}, "JONAS"),
        ({"kind": "write", "shot": "S2.1", "changes": {"marks_m": {"<img src=x>": [0, 0]}}}, "<img src=x>"),
    ],
)
def test_what_cannot_be_is_answered_and_changes_nothing(heard: Heard, content: object, told: str) -> None:
    before = heard.desk.film.paper.file.read_bytes()
    (trouble,) = [one for one in heard.ask(content) if one["kind"] == "trouble"]
    assert told in trouble["text"] and "Fix:" in trouble["text"]
    assert trouble["n"] == (content["n"] if isinstance(content, dict) and "n" in content else 0)
    assert heard.desk.film.paper.file.read_bytes() == before
    heard.ask({"kind": "cancel"})
