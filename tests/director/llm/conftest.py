"""What tests of models share: a question with a form, a model on loopback, an environment without anybody's keys."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from director.llm.ask import Ask, Question
from director.llm.config import DirectorConfig
from director.llm.models import Patience, model_ask
from tests.chat_server import ChatServer

ENVIRONMENT = dict(os.environ)  # as it is without the fixture below
SOON = Patience(tries=3, first_wait_s=0.01, longest_wait_s=2.0, connect_s=20.0, silence_s=60.0)


class Beats(BaseModel):
    """A form with a default, which the strictest way of asking must still allow."""

    model_config = ConfigDict(extra="forbid")
    beats: list[str]
    why: str = ""


@pytest.fixture(autouse=True)
def _nobodys_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_PROXY", "_proxy")) or name.startswith(
            ("OPENAI_", "WORKPRINT_", "LANGSMITH_", "LANGCHAIN_")
        ):
            monkeypatch.delenv(name)


@pytest.fixture
def question() -> Question:
    return Question(stage="breakdown", version="1", system="You break down.", user="INT. ROOM", schema=Beats)


@pytest.fixture
def ask_of() -> Callable[..., Ask]:
    """An `Ask` of a server, through the real clients; settings of the config by name."""

    def ask(server: ChatServer, patience: Patience = SOON, **settings: Any) -> Ask:
        named = {"provider": "openai", "model": "small-1", "base_url": server.url, "server_from": "user", **settings}
        return model_ask(DirectorConfig(**named), patience)

    return ask
