"""A language model's server on loopback that speaks the OpenAI chat protocol, played from a script.

Real HTTP, so that the real clients, their retries and their parsing are what is tested. What it says is written by
hand, as a list of replies or a function of the request:

    def script(body):
        return ChatReply('{"beats": []}') if form_name(body) == "Beats" else rate_limited(retry_after_s=1)

    with ChatServer(script) as server:
        ...  # base_url=server.url; afterwards server.requests holds what came, headers and all

A reply takes the shape that was asked for: a message, a tool call, or either as a stream of events. It knows
nothing of what a reply is about, and listens on no other address than 127.0.0.1.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

__all__ = [
    "ChatReply",
    "ChatRequest",
    "ChatServer",
    "Fault",
    "Script",
    "context_too_long",
    "dropped",
    "form_name",
    "no_quota",
    "rate_limited",
    "server_error",
    "system_text",
    "unavailable",
    "unknown_model",
    "user_text",
    "wrong_key",
]

Body = dict[str, Any]
_PIECE = 48  # characters in one event of a stream, more when the reply is long
_MOST_EVENTS = 200


@dataclass(frozen=True)
class ChatReply:
    """What the model says. Tokens are four characters each where they are not given.

    `after_s` passes before the first byte, `pause_s` between the events of a stream.
    """

    text: str
    tokens_in: int | None = None
    tokens_out: int | None = None
    finish: str = "stop"
    refusal: str | None = None
    after_s: float = 0.0
    pause_s: float = 0.0


@dataclass(frozen=True)
class Fault:
    """How a request fails: an HTTP status with an error as OpenAI words it, or a connection that is dropped.

    Status 200 is a stream that begins well and then tells the error. `after_characters` of the reply's body are
    sent before the connection is dropped, none at all by default.
    """

    status: int = 0  # 0: the connection is dropped
    message: str = ""
    code: str = ""
    retry_after_s: float | None = None
    retry_after: str = ""  # the same as a date
    after_characters: int = 0


@dataclass(frozen=True)
class ChatRequest:
    """What came: the path, the headers (names in lower case) and the body as it was read."""

    path: str
    headers: Mapping[str, str]
    body: Body


Script = Callable[[Body], ChatReply | Fault] | Sequence[ChatReply | Fault]


def rate_limited(retry_after_s: float | None = 0.0) -> Fault:
    """429, with a Retry-After in seconds unless it is None."""
    return Fault(429, "Rate limit reached for requests.", "rate_limit_exceeded", retry_after_s)


def no_quota() -> Fault:
    """429 that no waiting mends."""
    return Fault(429, "You exceeded your current quota, please check your plan.", "insufficient_quota")


def server_error() -> Fault:
    """500."""
    return Fault(500, "The server had an error while processing your request.", "server_error")


def unavailable() -> Fault:
    """503."""
    return Fault(503, "The engine is currently overloaded.", "overloaded")


def wrong_key() -> Fault:
    """401."""
    return Fault(401, "Incorrect API key provided.", "invalid_api_key")


def unknown_model() -> Fault:
    """404."""
    return Fault(404, "The model does not exist or you do not have access to it.", "model_not_found")


def context_too_long() -> Fault:
    """400, as OpenAI and vLLM word a prompt that is longer than the model's context."""
    message = "This model's maximum context length is 8192 tokens. However, your messages resulted in 20480 tokens."
    return Fault(400, message, "context_length_exceeded")


def dropped(after_characters: int = 0) -> Fault:
    """A connection that ends before the reply does."""
    return Fault(after_characters=after_characters)


def system_text(body: Body) -> str:
    """What the request's system messages say."""
    return _text_of(body, {"system", "developer"})


def user_text(body: Body) -> str:
    """What the request's user messages say, without pictures."""
    return _text_of(body, {"user"})


def form_name(body: Body) -> str | None:
    """The name of the schema that a reply must have, told as response format or as the tool; None for neither."""
    if (form := body.get("response_format")) and form.get("type") == "json_schema":
        return str(form["json_schema"]["name"])
    if tools := body.get("tools"):
        return str(tools[0]["function"]["name"])
    return None


def _text_of(body: Body, roles: set[str]) -> str:
    said = []
    for message in body["messages"]:
        if message["role"] in roles:
            content = message["content"]
            parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
            said += [part["text"] for part in parts if part["type"] == "text"]
    return "\n".join(said)


class ChatServer:
    """The server, from `with` to the end of its block.

    Args:
        script: what is answered, in order or by the request's body. A list that has ended answers with 400.
        key: the only API key that is let in; None lets everybody in, with a key or without.
        models: the models that are known; None knows every name.
        schemas, tools: whether replies by JSON schema, by tool call, can be had; 400 tells where not.
        refused: parameters that are answered with 400 ("temperature", "seed" ...), as models of some makers do.
    """

    def __init__(
        self,
        script: Script,
        *,
        key: str | None = None,
        models: Sequence[str] | None = None,
        schemas: bool = True,
        tools: bool = True,
        refused: Sequence[str] = (),
    ) -> None:
        self.requests: list[ChatRequest] = []
        self.key, self.models, self.schemas, self.tools, self.refused = key, models, schemas, tools, tuple(refused)
        self.closing = threading.Event()
        self._answers = script if callable(script) else _in_order(script)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The `base_url` for a client."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def bodies(self) -> list[Body]:
        """The chat requests that came, in order of their coming."""
        return [request.body for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> ChatServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: ChatRequest) -> ChatReply | Fault:
        """What is answered to a chat request: a refusal of the server's own, or the script's next line."""
        body = request.body
        if self.key is not None and request.headers.get("authorization") != f"Bearer {self.key}":
            return wrong_key()
        if self.models is not None and body.get("model") not in self.models:
            return unknown_model()
        if not self.schemas and "response_format" in body:
            return Fault(400, "response_format is not supported by this model.", "unsupported_parameter")
        if not self.tools and "tools" in body:
            return Fault(400, "This model does not support tools.", "unsupported_parameter")
        for name in self.refused:
            if name in body:
                return Fault(400, f"Unsupported parameter: '{name}' is not supported.", "unsupported_parameter")
        return self._answers(body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        play = self

        class Handler(_Handler):
            server_of = play

        return Handler


class _Handler(BaseHTTPRequestHandler):
    """One request of a client."""

    protocol_version = "HTTP/1.1"
    server_of: ChatServer

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a test's output is its own."""

    def do_GET(self) -> None:
        """The list of models."""
        self._came({})
        models = [{"id": name, "object": "model"} for name in self.server_of.models or ()]
        self._send(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        """A chat request."""
        play = self.server_of
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = play.answer(self._came(body))
        try:
            if isinstance(answer, Fault):
                self._fail(answer, body)
                return
            if play.closing.wait(answer.after_s):
                return
            if body.get("stream"):
                self._stream(answer, body)
            else:
                self._send(200, _completion(answer, body))
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client went away, as it does from a reply that is too slow or too long
        finally:
            self.close_connection = True

    def _came(self, body: Body) -> ChatRequest:
        request = ChatRequest(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.server_of.requests.append(request)
        return request

    def _fail(self, fault: Fault, body: Body) -> None:
        if fault.status == 200:
            self._head(200, "text/event-stream", {})
            self.wfile.write(f"data: {json.dumps({'error': {'message': fault.message}})}\n\n".encode())
        elif fault.status:
            kind = "invalid_request_error" if fault.status < 500 else "server_error"
            error = {"message": fault.message, "type": kind, "param": None, "code": fault.code or None}
            when = fault.retry_after if fault.retry_after_s is None else f"{fault.retry_after_s:g}"
            after = {"Retry-After": when} if when else {}
            self._send(fault.status, {"error": error}, after)
        elif fault.after_characters:
            self._head(
                200, "text/event-stream" if body.get("stream") else "application/json", {"Content-Length": "9999"}
            )
            half = ChatReply("x" * fault.after_characters)
            text = "".join(_events(half, body)) if body.get("stream") else json.dumps(_completion(half, body))
            self.wfile.write(text[: fault.after_characters].encode())
        self.close_connection = True

    def _head(self, status: int, kind: str, more: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Connection": "close", **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, status: int, body: Body, more: Mapping[str, str] | None = None) -> None:
        raw = json.dumps(body).encode()
        self._head(status, "application/json", {"Content-Length": str(len(raw)), **(more or {})})
        self.wfile.write(raw)

    def _stream(self, reply: ChatReply, body: Body) -> None:
        self._head(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        for event in _events(reply, body):
            raw = event.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
            self.wfile.flush()
            if reply.pause_s and self.server_of.closing.wait(reply.pause_s):
                return
        self.wfile.write(b"0\r\n\r\n")


def _in_order(script: Sequence[ChatReply | Fault]) -> Callable[[Body], ChatReply | Fault]:
    """The replies one after the other, also to clients that ask at the same time."""
    lines, lock = iter(script), threading.Lock()

    def answer(body: Body) -> ChatReply | Fault:
        with lock:
            return next(lines, Fault(400, f"the script ended after {len(script)} replies"))

    return answer


def _usage(reply: ChatReply, body: Body) -> Body:
    asked = len(system_text(body)) + len(user_text(body))
    tokens_in = asked // 4 if reply.tokens_in is None else reply.tokens_in
    tokens_out = len(reply.text) // 4 if reply.tokens_out is None else reply.tokens_out
    return {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}


def _call(reply: ChatReply, body: Body) -> Body:
    """The reply as a call of the tool that was offered."""
    return {"id": "call_1", "type": "function", "function": {"name": form_name(body), "arguments": reply.text}}


def _completion(reply: ChatReply, body: Body) -> Body:
    message: Body = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    finish = reply.finish
    if "tools" in body and not reply.refusal:
        message |= {"content": None, "tool_calls": [_call(reply, body)]}
        finish = "tool_calls" if finish == "stop" else finish
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    return {**_frame(body, "chat.completion"), "choices": [choice], "usage": _usage(reply, body)}


def _events(reply: ChatReply, body: Body) -> Iterator[str]:
    """The reply as server-sent events, the usage last where it was asked for."""

    def event(delta: Body, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return f"data: {json.dumps({**_frame(body, 'chat.completion.chunk'), 'choices': [choice]})}\n\n"

    by_tool = "tools" in body and not reply.refusal
    size = max(_PIECE, len(reply.text) // _MOST_EVENTS)
    pieces = [reply.text[start : start + size] for start in range(0, len(reply.text), size)]
    if by_tool:
        yield event({"role": "assistant", "tool_calls": [{"index": 0, **_call(ChatReply(""), body)}]})
        for piece in pieces:
            yield event({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
    else:
        yield event({"role": "assistant", "content": ""})
        for piece in pieces:
            yield event({"content": piece})
        if reply.refusal:
            yield event({"refusal": reply.refusal})
    yield event({}, "tool_calls" if by_tool and reply.finish == "stop" else reply.finish)
    if (body.get("stream_options") or {}).get("include_usage"):
        frame = {**_frame(body, "chat.completion.chunk"), "choices": [], "usage": _usage(reply, body)}
        yield f"data: {json.dumps(frame)}\n\n"
    yield "data: [DONE]\n\n"


def _frame(body: Body, kind: str) -> Body:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": body.get("model", "")}
