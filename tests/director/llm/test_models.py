"""Asking through the real langchain and openai clients: in which manner a reply is asked for, and what is learnt."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.config import DirectorConfig
from director.llm.consult import consult
from director.llm.models import LONGEST_REPLY, model_ask
from shots.errors import ModelError
from tests.chat_server import ChatReply, Fault, form_name, system_text, user_text
from tests.director.llm.conftest import ENVIRONMENT, SOON, Beats

GOOD = ChatReply('{"beats": ["she enters"], "why": "雨"}', tokens_in=70, tokens_out=9)
Serve = Callable[..., Any]
AskOf = Callable[..., Ask]
REAL = """
from director.llm.ask import Question
from director.llm.config import read_config
from director.llm.consult import consult
from director.llm.models import model_ask
from tests.director.llm.conftest import Beats
ask = model_ask(read_config(input()))
question = Question(stage="beats", version="1", system="Name the beats of the scene.", user="She enters. She sits.")
print(consult(ask, question, Beats, lambda beats: [] if beats.beats else ["no beats"]).answer.model_dump_json())
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_a_form_is_asked_for_as_a_strict_schema_in_a_stream(
    chat_server: Serve, ask_of: AskOf, question: Question
) -> None:
    server = chat_server([GOOD])
    reply = ask_of(server)(question)
    assert (reply.text, reply.tokens_in, reply.tokens_out) == (GOOD.text, 70, 9)
    [body] = server.bodies
    form = body["response_format"]["json_schema"]
    assert form["name"] == "Beats" and form["strict"] and form["schema"]["required"] == ["beats", "why"]
    assert body["stream"] and body["stream_options"] == {"include_usage": True}
    assert (body["temperature"], body["max_tokens"]) == (0.0, 4096) and "seed" in body
    assert "max_completion_tokens" not in body, "many local servers do not know it"
    assert (system_text(body).partition("\n")[0], user_text(body)) == ("You break down.", "INT. ROOM")
    assert '"beats"' in system_text(body), "a local server holds a model to a schema without showing it"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    maxLength: int = Field(default=3, ge=1)


class Wide(BaseModel):
    """A form whose fields are called as words of a schema are."""

    model_config = ConfigDict(extra="forbid")
    default: str = Field(default="x", min_length=1, max_length=9)
    properties: list[Inner] = Field(default=[], max_length=4)


def test_a_strict_schema_says_only_what_it_may(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([ChatReply("{}")])
    ask_of(server)(replace(question, schema=Wide))
    schema = server.bodies[0]["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["default"] == {"title": "Default", "type": "string"}
    assert schema["required"] == ["default", "properties"] and schema["additionalProperties"] is False
    assert schema["properties"]["properties"]["maxItems"] == 4
    inner = schema["$defs"]["Inner"]
    assert inner["properties"]["maxLength"] == {"title": "Maxlength", "type": "integer", "minimum": 1}
    assert "maxLength" in system_text(server.bodies[0]), "told in words with all its bounds"


@pytest.mark.parametrize(
    ("abilities", "ways"),
    [
        ({"schemas": False}, ["schema", "schema", "tool"]),
        ({"schemas": False, "tools": False}, ["schema", "schema", "tool", "words"]),
    ],
)
def test_what_a_server_cannot_do_is_asked_for_once(
    chat_server: Serve, ask_of: AskOf, question: Question, abilities: dict[str, bool], ways: list[str]
) -> None:
    server = chat_server(lambda body: GOOD, **abilities)
    ask = ask_of(server)

    def way(body: dict[str, Any]) -> str:
        return "schema" if "response_format" in body else "tool" if "tools" in body else "words"

    assert ask(question).text == GOOD.text
    assert [way(body) for body in server.bodies] == ways
    assert ask(question).text == GOOD.text
    assert [way(body) for body in server.bodies] == [*ways, ways[-1]]
    if ways[-1] == "tool":
        body = server.bodies[-1]
        assert form_name(body) == "Beats" and body["tool_choice"]["function"]["name"] == "Beats"


def test_a_server_error_that_names_tools_is_no_outage(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    def script(body: dict[str, Any]) -> ChatReply | Fault:
        return GOOD if "tools" not in body else Fault(500, "tools param requires --jinja flag")

    server = chat_server(script, schemas=False)
    assert ask_of(server)(question).text == GOOD.text
    assert len(server.bodies) == 4


def test_settings_that_a_model_refuses_are_left_out_from_then_on(
    chat_server: Serve, ask_of: AskOf, question: Question
) -> None:
    server = chat_server(lambda body: GOOD, refused=("temperature", "seed", "stream_options"))
    ask = ask_of(server)
    assert ask(question).text == ask(question).text == GOOD.text
    assert len(server.bodies) == 5
    assert not {"temperature", "seed", "stream_options"} & server.bodies[-1].keys()
    assert "response_format" in server.bodies[-1], "the form is not given up for it"


def test_tokens_are_foreseen_where_the_server_does_not_count(
    chat_server: Serve, ask_of: AskOf, question: Question
) -> None:
    server = chat_server(lambda body: GOOD, refused=("stream_options",))
    reply = ask_of(server)(question)
    assert reply.tokens_in > 20 and reply.tokens_out > 5


def test_plain_text_is_asked_for_without_a_form(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([ChatReply("FADE IN:")])
    assert ask_of(server)(replace(question, schema=None)).text == "FADE IN:"
    assert form_name(server.bodies[0]) is None and system_text(server.bodies[0]) == "You break down."


def test_pictures_are_sent_as_pictures(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([GOOD])
    ask_of(server)(replace(question, pictures=(PIXEL, b"\xff\xd8\xff\xe0jpeg")))
    text, png, jpeg = server.bodies[0]["messages"][-1]["content"]
    assert text == {"type": "text", "text": "INT. ROOM"}
    assert base64.b64decode(png["image_url"]["url"].removeprefix("data:image/png;base64,")) == PIXEL
    assert jpeg["image_url"]["url"].startswith("data:image/jpeg;base64,")


def test_thinking_is_not_part_of_the_reply(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([ChatReply('<think>{"beats": no, wait}\n</think>\n' + GOOD.text)])
    assert ask_of(server)(question).text == GOOD.text


def test_a_reply_that_was_cut_is_asked_for_again_with_more_room(
    chat_server: Serve, ask_of: AskOf, question: Question
) -> None:
    cut = ChatReply("", finish="length", tokens_in=70, tokens_out=4096)
    server = chat_server([cut, GOOD, GOOD])
    ask = ask_of(server)
    reply = ask(question)
    assert (reply.text, reply.tokens_out) == (GOOD.text, 4096 + 9) and reply.tokens_in > 70, "both are paid for"
    ask(question)
    assert [body["max_tokens"] for body in server.bodies] == [4096, 16384, 16384]


def test_a_reply_that_stays_cut_is_a_reply(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server(lambda body: ChatReply('{"beats": ["a', finish="length"))
    assert ask_of(server)(question).text == '{"beats": ["a'
    assert len(server.bodies) == 2


def test_a_refusal_is_a_reply_that_is_no_form(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([ChatReply("", refusal="I will not break down this scene.")])
    assert ask_of(server)(question).text == "I will not break down this scene."


def test_a_reply_without_end_is_stopped(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server([ChatReply("x" * 5_000_000)])
    assert len(ask_of(server)(question).text) == LONGEST_REPLY
    assert len(server.bodies) == 1


@pytest.mark.parametrize("bad", ["{beats: [}", "", '{"beats": 3}', '{"beats": [], "extra": "x"}'])
def test_a_bad_reply_is_mended_through_the_whole_path(
    chat_server: Serve, ask_of: AskOf, question: Question, bad: str
) -> None:
    server = chat_server([ChatReply(bad), GOOD])
    consulted = consult(ask_of(server), question, Beats, lambda beats: [])
    assert consulted.answer == Beats(beats=["she enters"], why="雨") and consulted.repairs == 1
    assert "It cannot be used" in user_text(server.bodies[1])


def test_threads_share_what_is_learnt(chat_server: Serve, ask_of: AskOf, question: Question) -> None:
    server = chat_server(lambda body: GOOD, schemas=False, refused=("seed",))
    ask, texts = ask_of(server), []
    threads = [threading.Thread(target=lambda: texts.append(ask(question).text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [GOOD.text] * 6
    before = len(server.bodies)
    ask(question)
    assert len(server.bodies) == before + 1


def test_nothing_is_traced_whatever_the_environment_says(
    chat_server: Serve, ask_of: AskOf, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = chat_server([GOOD])
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", server.url)
    monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_loopback")
    ask_of(server)(question)
    assert len(server.requests) == 1


def test_an_installed_provider_is_asked_by_tool_call(
    tmp_path: Path, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider's package as small as one can be, on the path under the name that langchain looks for."""
    (tmp_path / "langchain_nvidia_ai_endpoints.py").write_text(
        """
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

class ChatNVIDIA(BaseChatModel):
    model: str
    max_retries: int = 2
    _llm_type = "stand-in"

    def bind_tools(self, tools, *, tool_choice=None, **settings):
        return self.bind(tools=tools, tool_choice=tool_choice)

    def _generate(self, messages, stop=None, run_manager=None, **settings):
        raise AssertionError("asked without a stream")

    def _stream(self, messages, stop=None, run_manager=None, **settings):
        if "temperature" in settings:
            raise TypeError("chat() got an unexpected keyword argument 'temperature'")
        assert settings["max_tokens"] == 4096
        name = settings["tools"][0]["function"]["name"]
        for piece in ('{"beats": [', '"%s"]}' % messages[-1].content):
            call = {"name": name, "args": piece, "id": "1", "index": 0, "type": "tool_call_chunk"}
            yield ChatGenerationChunk(message=AIMessageChunk(content="", tool_call_chunks=[call]))
"""
    )
    monkeypatch.syspath_prepend(tmp_path)
    ask = model_ask(DirectorConfig(provider="nvidia", model="m"), SOON)
    assert json.loads(ask(question).text) == {"beats": ["INT. ROOM"]}
    del sys.modules["langchain_nvidia_ai_endpoints"]


def test_a_provider_that_is_not_installed_is_told_with_its_pip_line(question: Question) -> None:
    with pytest.raises(ModelError, match=r"pip install langchain-groq, or go on offline with --director rules"):
        model_ask(DirectorConfig(provider="groq", model="m"), SOON)(question)


def test_a_provider_that_does_not_exist_is_told(question: Question) -> None:
    with pytest.raises(ModelError, match="nobody:m cannot be set up"):
        model_ask(DirectorConfig(provider="nobody", model="m"), SOON)(question)


@pytest.mark.skipif(
    not ENVIRONMENT.get("WORKPRINT_REAL_MODEL"),
    reason="asks a real model: set WORKPRINT_REAL_MODEL=openai:MODEL, and its key or WORKPRINT_BASE_URL",
)
def test_a_real_model_answers(repository: Path) -> None:
    name = ENVIRONMENT["WORKPRINT_REAL_MODEL"]
    command = [sys.executable, "-c", REAL]
    reply = subprocess.run(command, input=name, text=True, capture_output=True, env=ENVIRONMENT, cwd=repository)
    assert reply.returncode == 0, reply.stderr
    assert Beats.model_validate_json(reply.stdout).beats
