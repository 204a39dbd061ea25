"""Asks a real language model, through langchain and openai. Nothing else of ours imports them.

    openai:MODEL                    OpenAI, or with a base URL any server that speaks its protocol
    PROVIDER:MODEL                  any other chat provider of langchain that is installed

Replies come as a stream, so that a slow local model does not time out and an endless one is stopped. A form is asked
for in the strictest way that the server takes, and what it does not take is not sent again: a JSON schema held to
strictly, a JSON schema, a tool call, or words. What passes (limits, failing servers, lost connections) is asked
again with a wait; everything else is one sentence. Nothing is traced to third parties, whatever the environment says.
"""

from __future__ import annotations

import base64
import json
import random
import re
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from director.llm.ask import Ask, Question, Reply
from director.llm.config import DirectorConfig
from director.llm.cost import question_tokens, text_tokens
from director.llm.keys import find_key
from director.llm.trouble import OFFLINE, Trouble, What, plain_words, sentence
from shots.errors import ModelError, near_name

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

__all__ = ["LONGEST_REPLY", "Patience", "model_ask"]

LONGEST_REPLY = 2_000_000  # characters; the rest is not waited for
_SEED = 1
_UNSAYABLE = frozenset({"default", "minLength", "maxLength"})  # in a schema that OpenAI holds to strictly
_NAMED = frozenset({"properties", "$defs"})
_MORE_ROOM = 4  # times the room, for a model that spent all of it on thinking
_OPTIONAL = ("temperature", "seed", "stream_options", "max_completion_tokens", "max_tokens")
_THINKERS = re.compile(r"o\d|gpt-(?![34])")  # OpenAI's models that choose their own temperature
_THOUGHT = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_OVERLONG = re.compile(r"context.{0,12}(length|window|size)|too long|maximum.{0,20}tokens", re.IGNORECASE)
_FORMISH = re.compile(r"response_format|json.?schema|\btools?\b|tool_choice|grammar|jinja|strict", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long is waited for a server: seconds, and times that one question is asked."""

    tries: int = 5
    first_wait_s: float = 1.0  # doubled each time, where the server does not say how long
    longest_wait_s: float = 60.0  # a server that asks for more is given up
    connect_s: float = 10.0
    silence_s: float = 300.0  # between two pieces of a reply; a local model may read that long
    silences: int = 2  # times that silence is borne


@dataclass(frozen=True)
class _Manner:
    """What was learnt of a server: how a form is asked for, and what must not be sent."""

    ways: tuple[str, ...]  # that are left, the best first: "strict", "schema", "tool", "words"
    unsent: frozenset[str] = frozenset()
    room: int = 1  # times `most_tokens`


def model_ask(config: DirectorConfig, patience: Patience | None = None) -> Ask:
    """An `Ask` of the model that `config` names. Loads and looks for a key when the first question comes.

    Raises (the `Ask`):
        ModelError: the model cannot be asked: no key, a wrong one, no such model, no network, a question that is
            too long for it, limits that do not end, a server that fails.
    """
    return _Asked(config, patience or Patience())


class _Asked:
    def __init__(self, config: DirectorConfig, patience: Patience) -> None:
        self._config, self._patience = config, patience
        self._lock = threading.Lock()
        self._chat: BaseChatModel | None = None
        self._key: SecretStr | None = None
        unsent = frozenset({"temperature", "seed"}) if _thinks(config) else frozenset[str]()
        ways = ("strict", "schema", "tool", "words") if config.provider == "openai" else ("tool", "words")
        self._manner = _Manner(ways, unsent)

    def __call__(self, question: Question, /) -> Reply:
        chat = self._open()
        tries = 0
        room = 1
        spent_in = spent_out = 0
        while True:
            known = self._manner
            manner = replace(known, room=max(known.room, room))
            answer = _try(chat, question, manner, self._config, self._key)
            if isinstance(answer, _Answer):
                spent_in, spent_out = spent_in + answer.tokens_in, spent_out + answer.tokens_out
                if answer.cut and manner.room == 1:
                    room = _MORE_ROOM
                    if not answer.text.strip():  # all of it went into thinking, and so it will with the next one
                        self._learn(known, replace(known, room=_MORE_ROOM))
                    continue
                return Reply(text=answer.text, tokens_in=spent_in, tokens_out=spent_out)
            if (learnt := _stepped_down(known, answer, question)) is not None:
                self._learn(known, learnt)
                continue
            tries += 1
            wait_s = answer.retry_after_s
            if wait_s is None:
                wait_s = self._patience.first_wait_s * 2 ** (tries - 1) * random.uniform(0.8, 1.2)
            most = self._patience.silences if answer.what is What.TIMEOUT else self._patience.tries
            if not answer.what.passes or tries >= most or wait_s > self._patience.longest_wait_s:
                break
            time.sleep(wait_s)
        if answer.what is What.MODEL:
            answer = replace(answer, near=near_name(self._config.model, _models(chat)))
        has_key = self._key is not None
        raise ModelError(sentence(answer, self._config, stage=question.stage, times=tries, has_key=has_key))

    def _open(self) -> BaseChatModel:
        """The chat model, made when it is first wanted."""
        with self._lock:
            if self._chat is None:
                self._key = find_key(self._config)
                self._chat = _chat(self._config, self._key, self._patience)
            return self._chat

    def _learn(self, was: _Manner, now: _Manner) -> None:
        """Goes on in another manner, unless another thread has learnt something since."""
        with self._lock:
            if self._manner is was:
                self._manner = now


@dataclass(frozen=True)
class _Answer:
    text: str
    tokens_in: int
    tokens_out: int
    cut: bool  # the model was stopped by its room


def _thinks(config: DirectorConfig) -> bool:
    return config.server_from == "openai" and _THINKERS.match(config.model) is not None


def _chat(config: DirectorConfig, key: SecretStr | None, patience: Patience) -> BaseChatModel:
    """The client. No retries of its own: those are ours, so that a broken stream is asked again too.

    Raises:
        ModelError: the provider's package is missing, or cannot be set up.
    """
    warnings.filterwarnings("ignore", module="langchain_openai")  # its advice is for programmers
    if config.provider == "openai":
        import httpx2
        from langchain_openai import ChatOpenAI

        return ChatOpenAI(
            model=config.model,
            api_key=key or SecretStr("none"),  # the client wants one; local servers do not look
            base_url=config.base_url or "https://api.openai.com/v1",
            timeout=httpx2.Timeout(patience.silence_s, connect=patience.connect_s),
            max_retries=0,
            use_responses_api=False if config.base_url else None,
        )
    from langchain.chat_models import init_chat_model

    settings: dict[str, Any] = {"api_key": key} if key else {}
    package = ""
    try:
        chat: BaseChatModel = init_chat_model(config.model, model_provider=config.provider, max_retries=0, **settings)
        return chat
    except ImportError as error:
        found = re.search(r"pip install (?:-\w+ )*([\w-]+)", str(error))
        package = found[1] if found else f"langchain-{config.provider.replace('_', '-')}"
        said = ""
    except Exception as error:  # what a provider's package raises is its own
        said = plain_words(str(error), key)
    if package:
        raise ModelError(f"{config.name} needs a package that is missing. Fix: pip install {package}, {OFFLINE}.")
    raise ModelError(f"{config.name} cannot be set up (it says: {said}). Fix: set what it asks for, {OFFLINE}.")


def _try(
    chat: BaseChatModel, question: Question, manner: _Manner, config: DirectorConfig, key: SecretStr | None
) -> _Answer | Trouble:
    """One request: the reply, or what went wrong as a value, so that no error's frames hold a request or its key."""
    from langsmith.run_helpers import tracing_context

    try:
        with tracing_context(enabled=False):
            return _read(_stream(chat, question, manner, config), question, question.most_tokens * manner.room)
    except Exception as error:  # of three libraries and of any provider's package
        return _trouble(error, key)


def _stream(
    chat: BaseChatModel, question: Question, manner: _Manner, config: DirectorConfig
) -> Iterator[AIMessageChunk]:
    from langchain_core.messages import HumanMessage, SystemMessage

    form, way = question.schema, manner.ways[0]
    # A local server holds a model to a schema without showing it, and some take one and do nothing with it.
    told = form is not None and (way == "words" or config.base_url is not None)
    system = f"{question.system}\n\n{_in_words(form)}" if told and form is not None else question.system
    parts: list[str | dict[str, Any]] = [{"type": "text", "text": question.user}]
    parts += [_picture(picture) for picture in question.pictures]
    messages = [SystemMessage(system), HumanMessage(parts if question.pictures else question.user)]
    settings = _settings(question, manner, config)
    if form is None or way == "words":
        return chat.stream(messages, **settings)
    if way == "tool":
        tool = {"name": form.__name__, "description": "The reply.", "parameters": form.model_json_schema()}
        bound = chat.bind_tools([{"type": "function", "function": tool}], tool_choice=form.__name__)
        return bound.stream(messages, **settings)  # type: ignore[return-value]  # its pieces are chunks
    schema = _strict(form) if way == "strict" else form.model_json_schema()
    named = {"name": form.__name__, "schema": schema, "strict": way == "strict"}
    return chat.stream(messages, response_format={"type": "json_schema", "json_schema": named}, **settings)


def _settings(question: Question, manner: _Manner, config: DirectorConfig) -> dict[str, Any]:
    """What is sent beside the messages, without what the server does not take."""
    room = question.most_tokens * manner.room
    if config.provider != "openai":
        given = {"temperature": 0.0, "max_tokens": room}
        return {name: value for name, value in given.items() if name not in manner.unsent}
    settings: dict[str, Any] = {"temperature": 0.0, "seed": _SEED, "max_completion_tokens": room}
    if config.base_url is not None:  # most know only the older name
        del settings["max_completion_tokens"]
        settings["extra_body"] = {"max_tokens": room}
    for name in manner.unsent:
        settings.pop(name, None)
        settings.get("extra_body", {}).pop(name, None)
    return {**settings, "stream_usage": "stream_options" not in manner.unsent}


def _read(stream: Iterator[AIMessageChunk], question: Question, room: int) -> _Answer:
    """The whole reply, or its beginning where it does not end; `room` are the tokens that it was given."""
    said: list[str] = []
    called: list[str] = []
    refused = finish = ""
    tokens_in = tokens_out = length = 0
    for chunk in _unbroken(stream):
        said.append(chunk.text)
        called += [call["args"] or "" for call in chunk.tool_call_chunks]
        length += len(said[-1]) + sum(len(call["args"] or "") for call in chunk.tool_call_chunks)
        refused += chunk.additional_kwargs.get("refusal") or ""
        finish = chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("stop_reason") or finish
        if usage := chunk.usage_metadata:
            tokens_in, tokens_out = tokens_in + usage["input_tokens"], tokens_out + usage["output_tokens"]
        if length > LONGEST_REPLY:
            break
    if (close := getattr(stream, "close", None)) is not None:
        close()
    text = ("".join(called) or _THOUGHT.sub("", "".join(said), count=1) or refused)[:LONGEST_REPLY]
    cut = finish in {"length", "max_tokens"}
    counted = tokens_out or (room if cut else text_tokens(text))
    return _Answer(text, tokens_in or question_tokens(question), counted, cut)


def _unbroken(stream: Iterator[AIMessageChunk]) -> Iterator[AIMessageChunk]:
    """The stream without the error that the client raises after the last piece of a reply that was cut."""
    import openai

    with suppress(openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError):
        yield from stream


def _stepped_down(manner: _Manner, trouble: Trouble, question: Question) -> _Manner | None:
    """The next manner after a request that was not taken for its manner, None where the manner is not at fault."""
    if trouble.what not in {What.REQUEST, What.SERVER, What.OTHER}:
        return None
    for name in _OPTIONAL:
        if name not in manner.unsent and re.search(rf"\b{name}\b", trouble.said):
            return replace(manner, unsent=manner.unsent | {name})
    if question.schema is None or len(manner.ways) == 1:
        return None
    unfit = trouble.what is What.OTHER and manner.ways[0] == "strict"  # the client cannot write the form so
    if trouble.what is What.REQUEST or unfit or _FORMISH.search(trouble.said):
        return replace(manner, ways=manner.ways[1:])
    return None


def _trouble(error: Exception, key: SecretStr | None) -> Trouble:
    """What an error of langchain's, openai's or a provider's is."""
    import openai
    from langchain_core import exceptions as langchain

    said = plain_words(_message(error), key)
    status = getattr(error, "status_code", None)
    after = _retry_after_s(error)
    kinds: tuple[tuple[What, tuple[type[Exception], ...]], ...] = (
        (What.CONTEXT, (langchain.ContextOverflowError,)),
        (What.KEY, (langchain.ModelAuthenticationError, langchain.ModelPermissionDeniedError)),
        (What.MODEL, (langchain.ModelNotFoundError,)),
        (What.RATE, (langchain.ModelRateLimitError,)),
        (What.TIMEOUT, (langchain.ModelTimeoutError, openai.APITimeoutError, TimeoutError)),
        (What.NETWORK, (langchain.ModelConnectionError, openai.APIConnectionError, ConnectionError)),
        (What.REQUEST, (langchain.ModelInvalidRequestError, NotImplementedError)),
        (What.SERVER, (langchain.ModelAPIError,)),
    )
    by_status = {400: What.REQUEST, 401: What.KEY, 403: What.KEY, 404: What.MODEL, 408: What.TIMEOUT,
                 413: What.CONTEXT, 422: What.REQUEST, 429: What.RATE}  # fmt: skip
    what = next((what for what, sorts in kinds if isinstance(error, sorts)), None)
    if what is None and isinstance(status, int):
        what = by_status.get(status, What.SERVER if status >= 500 else What.REQUEST)
    if what is None and isinstance(error, openai.APIError):
        what = What.SERVER  # told inside a stream that had begun well
    if what is None:
        what = What.NETWORK if type(error).__module__.split(".")[0] in {"httpx", "httpx2", "httpcore"} else What.OTHER
    if what is What.RATE and "quota" in said.lower():
        what = What.QUOTA
    if what in {What.REQUEST, What.SERVER} and _OVERLONG.search(said):
        what = What.CONTEXT
    return Trouble(what, said, after)


def _message(error: Exception) -> str:
    """What the server said, without the frame that a client puts around it."""
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error")
        message = body.get("message") or (inner.get("message") if isinstance(inner, dict) else inner)
        if isinstance(message, str):
            return message
    return str(error) or type(error).__name__


def _retry_after_s(error: Exception) -> float | None:
    """The wait that the server asks for, by `retry-after-ms` or `retry-after`, in seconds or as a date."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, per_s in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            return max(0.0, float(headers[name]) / per_s)
    with suppress(KeyError, ValueError):
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    return None


def _models(chat: BaseChatModel) -> list[str]:
    """The names of the models that a server has, none where it does not tell."""
    try:
        return [model.id for model in chat.root_client.models.list(timeout=5.0)]  # type: ignore[attr-defined]
    except Exception:  # a wrong name is told without a nearer one
        return []


def _strict(form: type[BaseModel]) -> dict[str, Any]:
    """The form's JSON schema as OpenAI holds a model to it: every field required, no other allowed.

    What strict schemas may not say is left out; whoever asked checks the reply by the form itself.
    """
    from openai import pydantic_function_tool

    return {
        name: _sayable(value, name) for name, value in pydantic_function_tool(form)["function"]["parameters"].items()
    }


def _sayable(value: Any, name: str) -> Any:
    """A part of a schema without the words of `_UNSAYABLE`; under `_NAMED` the names are fields, not words."""
    if isinstance(value, list):
        return [_sayable(each, "") for each in value]
    if not isinstance(value, dict):
        return value
    return {word: _sayable(each, "" if name in _NAMED else word) for word, each in value.items()
            if name in _NAMED or word not in _UNSAYABLE}  # fmt: skip


def _in_words(form: type[BaseModel]) -> str:
    schema = json.dumps(form.model_json_schema(), ensure_ascii=False, separators=(",", ":"))
    return f"Reply with one JSON object and nothing else. It must be valid under this JSON schema:\n{schema}"


def _picture(picture: bytes) -> dict[str, Any]:
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
    return {"type": "image", "base64": base64.b64encode(picture).decode("ascii"), "mime_type": kind}
