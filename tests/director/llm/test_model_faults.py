"""What goes wrong when a model is asked: asked again where that helps, else one sentence; and no key anywhere."""

from __future__ import annotations

import io
import logging
import pickle
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from director.llm.ask import Ask, Question
from director.llm.config import DirectorConfig, read_config
from director.llm.connect import connect
from director.llm.models import Patience, model_ask
from shots.errors import ModelError
from tests.chat_server import (
    ChatReply,
    Fault,
    context_too_long,
    dropped,
    no_quota,
    rate_limited,
    server_error,
    unavailable,
    unknown_model,
    wrong_key,
)
from tests.director.llm.conftest import SOON

GOOD = ChatReply('{"beats": []}')
KEY = "sk-loopback-4711-do-not-tell"
OFFLINE = "or go on offline with --director rules."
Serve = Callable[..., Any]
AskOf = Callable[..., Ask]


@pytest.mark.parametrize(
    "faults",
    [
        [rate_limited(0.05)],
        [server_error(), unavailable()],
        [dropped(), dropped(after_characters=150)],
        [Fault(408, "Request Timeout"), Fault(502, "Bad Gateway")],
        [Fault(200, "The engine was restarted")],
    ],
    ids=["429", "500 and 503", "dropped", "gateways", "in the stream"],
)
def test_what_passes_is_asked_again(chat_server: Serve, ask_of: AskOf, question: Question, faults: list[Fault]) -> None:
    server = chat_server([*faults, GOOD])
    assert ask_of(server)(question).text == GOOD.text
    assert [body["response_format"] for body in server.bodies] == [server.bodies[0]["response_format"]] * (
        len(faults) + 1
    ), "a failing server is asked the same again"


def test_a_limit_is_waited_for_as_long_as_the_server_says(
    chat_server: Serve, ask_of: AskOf, question: Question
) -> None:
    server = chat_server([rate_limited(0.7), GOOD])
    start = time.monotonic()
    ask_of(server)(question)
    assert time.monotonic() - start >= 0.7


def test_a_slow_server_is_given_up_and_asked_again(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    replies = iter([ChatReply("x", after_s=30), GOOD])
    server = chat_server(lambda body: next(replies))
    assert ask_of(server, replace(SOON, silence_s=3.0))(question).text == GOOD.text


def test_silence_is_borne_twice(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server(lambda body: ChatReply("x", after_s=30))
    with pytest.raises(ModelError, match="sends nothing, 2 times in a row"):
        ask_of(server, replace(SOON, tries=9, silence_s=0.5))(question)


def test_a_slow_stream_is_no_timeout(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    text = '{"beats": ["' + "a" * 400 + '"]}'
    server = chat_server(lambda body: ChatReply(text, pause_s=0.4))
    start = time.monotonic()
    assert ask_of(server, replace(SOON, silence_s=2.5))(question).text == text
    assert time.monotonic() - start > 2.5 and len(server.bodies) == 1


@pytest.mark.parametrize(
    ("faults", "told", "asked"),
    [
        ([wrong_key()], "wants a key. Fix: set WORKPRINT_API_KEY", 1),
        ([unknown_model()], "knows no model 'small-1'", 1),
        ([context_too_long()], "breakdown is longer than small-1 can read (it says: This model's maximum", 1),
        ([Fault(400, "Input is too long for the context window")], "longer than small-1 can read", 1),
        ([no_quota()], "is used up (it says: You exceeded your current quota", 1),
        ([rate_limited(3600)], "takes no more requests for 3600 s more, after 1 try", 1),
        ([rate_limited(None)] * 3, "takes no more requests for now, after 3 tries", 3),
        ([server_error()] * 3, "fails, 3 times in a row (it says: The server had an error", 3),
        ([dropped()] * 3, "cannot be reached, or the connection is lost, 3 times in a row. Fix: start the", 3),
        ([Fault(400, "I take nothing")] * 4, "does not take the request (it says: I take nothing)", 4),
        ([Fault(403, "Country not supported")], "wants a key", 1),
        ([Fault(200, "the request exceeds the available context size")], "longer than small-1 can read", 1),
        ([Fault(404, "404 page not found")], "Fix: give one that it has, or check that the address ends in /v1", 1),
        ([Fault(429, "Slow down", retry_after="Wed, 21 Oct 2065 07:28:00 GMT")], "takes no more requests for 1", 1),
    ],
    ids=[
        "401",
        "404",
        "context",
        "context elsewhere",
        "quota",
        "long limit",
        "limit",
        "500",
        "dropped",
        "400",
        "403",
        "context in the stream",
        "another address",
        "limit to a date",
    ],
)
def test_what_does_not_pass_is_one_sentence(
    chat_server: Serve, ask_of: AskOf, question: Question, faults: list[Fault], told: str, asked: int
) -> None:
    server = chat_server(faults)
    with pytest.raises(ModelError) as raised:
        ask_of(server)(question)
    said = str(raised.value)
    assert told in said and said.endswith(OFFLINE) and "\n" not in said
    assert len(server.bodies) == asked


def test_a_wrong_name_is_told_with_the_nearest(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([], models=["small-2", "vast-1"])
    with pytest.raises(ModelError, match=r"knows no model 'small-1'.*; did you mean 'small-2'\? Fix: give"):
        ask_of(server)(question)


def test_no_network_is_told(question: Question) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        config = DirectorConfig(provider="openai", model="m", base_url=url, server_from="user")
        with pytest.raises(ModelError, match=f"{url} cannot be reached.*start the server, or check --base-url"):
            model_ask(config, SOON)(question)


def test_no_key_for_openai_is_told_before_anything_is_sent(question: Question) -> None:
    with pytest.raises(ModelError, match=f"There is no key for OpenAI. Fix: set OPENAI_API_KEY.*{OFFLINE}"):
        model_ask(DirectorConfig(provider="openai", model="m", server_from="openai"), SOON)(question)


@pytest.mark.parametrize("bad", ["sk-a\nX-Other: b", "sk-schlüssel", "sk a b"])
def test_a_key_that_cannot_be_one_is_told_without_it(
    question: Question, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", bad)
    with pytest.raises(ModelError, match="OPENAI_API_KEY holds characters") as raised:
        model_ask(DirectorConfig(provider="openai", model="m", server_from="openai"), SOON)(question)
    assert bad.split()[0] not in str(raised.value)


def test_a_server_that_the_user_names_is_sent_its_own_key(
    chat_server: Serve, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-alone")
    monkeypatch.setenv("WORKPRINT_API_KEY", KEY)
    server = chat_server([GOOD], key=KEY)
    model_ask(read_config("openai:m", server.url), SOON)(question)
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("own", ["WORKPRINT_API_KEY", "OPENAI_API_KEY"])
def test_a_server_that_a_file_names_is_sent_no_key(
    chat_server: Serve, question: Question, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own: str
) -> None:
    """A project's folder may come from somebody else, and with it whom its file sends people to."""
    monkeypatch.setenv(own, KEY)
    server = chat_server([], key=KEY)
    (tmp_path / "workprint.toml").write_text(f'[director]\nmodel = "openai:m"\nbase_url = "{server.url}"\n')
    with pytest.raises(ModelError, match=r"wants a key, and a server that workprint\.toml names is sent none"):
        model_ask(read_config(folder=tmp_path), SOON)(question)
    assert KEY not in str([request.headers for request in server.requests])


def test_the_key_is_nowhere(
    chat_server: Serve,
    question: Question,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Not in the store, logs at their loudest, what is printed, errors, tracebacks with all their locals, reprs."""
    monkeypatch.setenv("WORKPRINT_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    for name in ("openai", "httpx", "httpx2", "httpcore", "httpcore2", "langchain_openai", "langsmith"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    echo = Fault(401, f"Incorrect API key provided: {KEY}. {KEY[:12]}***")
    server = chat_server([GOOD, server_error(), dropped(), echo])
    config = read_config("openai:m", server.url)
    link = connect(config, tmp_path / "exchanges")
    object.__setattr__(link.ask, "_ask", model_ask(config, SOON))  # with less patience
    link.ask(question)
    with pytest.raises(ModelError) as raised:
        link.ask(replace(question, user="again"))
    shown = io.StringIO()
    error = raised.value
    assert error.__traceback__ is not None
    error.__traceback__ = error.__traceback__.tb_next  # without this test's own locals
    for told in traceback.TracebackException.from_exception(error, capture_locals=True).format(chain=True):
        shown.write(told)
    shown.write(f"{config!r} {link!r} {vars(link.ask)!r} {error!r} {error.__context__!r} {error.__cause__!r}")
    shown.write(caplog.text)
    shown.write("".join(capfd.readouterr()))
    for file in tmp_path.rglob("*"):
        shown.write(file.name + (file.read_text("utf-8") if file.is_file() else ""))
    said = shown.getvalue()
    assert server.requests[-1].headers["authorization"] == f"Bearer {KEY}", "it was sent"
    assert "refuses the key (it says: Incorrect API key provided: [key]" in str(error)
    assert KEY not in said and KEY[:12] not in said
    assert KEY.encode() not in pickle.dumps(config)
    assert "exchange" not in str(error) and "POST" in caplog.text, "the logs were listened to"


def test_importing_the_director_loads_no_client() -> None:
    code = (
        "import sys, director.direct, director.llm.connect, director.llm.models; "
        "print(sorted({'openai', 'langchain', 'langchain_core', 'langchain_openai', 'langsmith'} & set(sys.modules)))"
    )
    reply = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert reply.stdout.strip() == "[]"


def test_patience_is_bounded_by_default() -> None:
    patience = Patience()
    waits = [min(patience.longest_wait_s, patience.first_wait_s * 2**n) for n in range(patience.tries)]
    assert sum(waits) < 60
