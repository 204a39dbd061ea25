"""Exchanges: what was asked once is not asked again, by nobody, and nothing else answers."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from director.llm.ask import Ask, Question, Reply
from director.llm.config import read_config
from director.llm.connect import connect
from director.llm.cost import Tally, Used
from director.llm.exchanges import Exchanges
from shots.errors import ModelError
from tests.chat_server import ChatReply, server_error
from tests.director.llm.conftest import Beats

MODEL = "openai:small-1"


class Script:
    """Says "reply 1", "reply 2" ..., and counts."""

    def __init__(self) -> None:
        self.asked = 0
        self._lock = threading.Lock()

    def __call__(self, question: Question, /) -> Reply:
        with self._lock:
            self.asked += 1
            return Reply(text=f"reply {self.asked} \ud83c 雨", tokens_in=3, tokens_out=2)


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.json"))


def test_a_second_run_asks_nothing_and_says_the_same(tmp_path: Path, question: Question) -> None:
    script, tally = Script(), Tally()
    first = Exchanges(tmp_path, script, model=MODEL)(question)
    assert Exchanges(tmp_path, script, model=MODEL)(question) == first
    assert Exchanges(tmp_path, None, model=MODEL, tally=tally)(question) == first
    assert script.asked == 1 and tally.stages == {"breakdown": Used(replayed=1)}


@pytest.mark.parametrize(
    "other",
    [
        {"stage": "camera"},
        {"version": "2"},
        {"system": "You break down. "},
        {"user": "INT. ROOM 2"},
        {"schema": None},
        {"pictures": (b"a", b"b")},
        {"most_tokens": 100},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_question_is_another_exchange(tmp_path: Path, question: Question, other: dict[str, Any]) -> None:
    script = Script()
    ask = Exchanges(tmp_path, script, model=MODEL)
    assert ask(question) != ask(replace(question, **other)) and script.asked == 2


def test_pictures_are_told_apart_by_what_they_show_and_their_order(tmp_path: Path, question: Question) -> None:
    script = Script()
    ask = Exchanges(tmp_path, script, model=MODEL)
    for pictures in [(b"a", b"b"), (b"b", b"a"), (b"ab",), (b"a", b"b")]:
        ask(replace(question, pictures=pictures))
    assert script.asked == 3


def test_another_model_is_asked_itself_and_the_same_elsewhere_is_not(
    tmp_path: Path, question: Question, chat_server: Callable[..., Any]
) -> None:
    here, there = (chat_server([ChatReply('{"beats": []}')]) for _ in range(2))
    connect(read_config("openai:small-1", here.url), tmp_path).ask(question)
    connect(read_config("openai:small-1", there.url), tmp_path).ask(question)
    assert not there.bodies
    connect(read_config("openai:small-2", there.url), tmp_path).ask(question)
    assert len(there.bodies) == 1


def test_an_exchange_can_be_read_by_a_person(tmp_path: Path, question: Question) -> None:
    Exchanges(tmp_path, Script(), model=MODEL)(replace(question, pictures=(b"a",)))
    [file] = files(tmp_path)
    text = file.read_text("utf-8", errors="surrogatepass")
    record = json.loads(text)
    assert "雨" in text and text.count("\n") > 10
    assert (record["model"], record["stage"], record["user"]) == (MODEL, "breakdown", "INT. ROOM")
    assert record["schema"]["title"] == "Beats" and len(record["pictures"][0]) == 64


def test_replay_only_tells_the_stage_rather_than_ask(tmp_path: Path, question: Question) -> None:
    with pytest.raises(ModelError, match=r"would have to be asked \(breakdown; nothing is stored for it\).*--replay"):
        Exchanges(tmp_path / "none", None, model=MODEL)(question)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("harm", ["cut", "empty", "other", "edited", "folder"])
def test_a_damaged_exchange_is_asked_again_and_told_in_replay(tmp_path: Path, question: Question, harm: str) -> None:
    script = Script()
    Exchanges(tmp_path, script, model=MODEL)(question)
    [file] = files(tmp_path)
    text = file.read_text("utf-8", errors="surrogatepass")
    if harm == "folder":
        file.unlink()
        file.mkdir()
    else:
        harmed = {"cut": text[:200], "empty": "", "other": "[1]", "edited": text.replace("reply 1", "reply 9")}[harm]
        file.write_text(harmed, "utf-8", errors="surrogatepass")
    with pytest.raises(ModelError, match="what is stored for it cannot be read"):
        Exchanges(tmp_path, None, model=MODEL)(question)
    if harm == "folder":
        return
    again = Exchanges(tmp_path, script, model=MODEL)(question)
    assert again.text.startswith("reply 2")
    assert Exchanges(tmp_path, None, model=MODEL)(question) == again


def test_a_failure_is_not_stored(tmp_path: Path, question: Question) -> None:
    def ask(question: Question, /) -> Reply:
        raise ModelError("the server fails")

    with pytest.raises(ModelError, match="the server fails"):
        Exchanges(tmp_path, ask, model=MODEL)(question)
    assert not files(tmp_path) and not list(tmp_path.rglob(".part*"))
    assert Exchanges(tmp_path, Script(), model=MODEL)(question).text.startswith("reply 1")


def test_threads_that_ask_the_same_ask_it_once(tmp_path: Path, question: Question) -> None:
    script = Script()
    ask = Exchanges(tmp_path, script, model=MODEL)
    said: list[str] = []
    questions = [replace(question, user=f"scene {number % 3}") for number in range(24)]
    threads = [threading.Thread(target=lambda each=each: said.append(ask(each).text)) for each in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert script.asked == 3 and len(said) == 24 and len(set(said)) == 3


PROCESS = """
import sys
from pathlib import Path
from director.llm.ask import Question, Reply
from director.llm.exchanges import Exchanges
who, folder = sys.argv[1], Path(sys.argv[2])
def slow(question):
    sys.stdin.readline()  # until both have asked
    return Reply(text=f"{who} says {question.user}", tokens_in=1, tokens_out=1)
ask = Exchanges(folder, slow, model="m")
questions = [Question(stage="s", version="1", system="", user=f"scene {number}") for number in range(20)]
print("\\n".join(ask(question).text for question in questions))
"""


def test_of_two_processes_the_first_reply_is_everybodys(tmp_path: Path) -> None:
    pair = [
        subprocess.Popen([sys.executable, "-c", PROCESS, who, tmp_path], stdin=-1, stdout=-1, text=True)
        for who in ("left", "right")
    ]
    for process in pair:
        assert process.stdin is not None
        process.stdin.write("\n" * 20)
        process.stdin.flush()
    said = [process.communicate()[0].splitlines() for process in pair]
    questions = [Question(stage="s", version="1", system="", user=f"scene {number}") for number in range(20)]
    replayed = [Exchanges(tmp_path, None, model="m")(question).text for question in questions]
    assert said[0] == said[1] == replayed and len(files(tmp_path)) == 20


def test_an_outage_loses_nothing_that_was_answered(
    tmp_path: Path, question: Question, chat_server: Callable[..., Any], ask_of: Callable[..., Ask]
) -> None:
    scenes = [replace(question, user=f"scene {number}") for number in range(4)]
    good = [ChatReply(json.dumps({"beats": [str(number)]})) for number in range(4)]
    down = chat_server([good[0], good[1], *[server_error()] * 3])
    with pytest.raises(ModelError, match="fails, 3 times"):
        for scene in scenes:
            Exchanges(tmp_path, ask_of(down), model=MODEL)(scene)
    up = chat_server(good[2:])
    ask = Exchanges(tmp_path, ask_of(up), model=MODEL)
    said = [Beats.model_validate_json(ask(scene).text).beats for scene in scenes]
    assert said == [["0"], ["1"], ["2"], ["3"]] and len(up.bodies) == 2
