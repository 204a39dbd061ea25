"""A speech server on the loopback: speaks as its script says, fails as its script says, remembers what was asked."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import numpy as np
import soundfile

__all__ = ["Asked", "Fault", "SpeechServer", "sound"]

Body = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: Body


@dataclass(frozen=True)
class Fault:
    """An answer that is no sound. A status of 0 breaks the line off after half of `sound`."""

    status: int
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    sound: bytes = b""


def sound(
    seconds: float = 1.0, hz: float = 220.0, rate_hz: int = 24_000, format: str = "WAV", level: float = 0.3
) -> bytes:
    """A tone as a file's bytes."""
    file = io.BytesIO()
    tone = level * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    soundfile.write(file, tone.astype(np.float32), rate_hz, format=format)
    return file.getvalue()


class SpeechServer:
    """Answers by `speaks(body)`: the bytes of a sound, or a fault."""

    def __init__(self, speaks: Callable[[Body], bytes | Fault]) -> None:
        self.speaks = speaks
        self.asked: list[Asked] = []
        play = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

            def do_GET(self) -> None:
                """Nobody should come here: it is where a redirect would lead."""
                self._note({})
                self._answer(200, b"", {})

            def do_POST(self) -> None:
                """A line to speak."""
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._note(body)
                made = play.speaks(body)
                if isinstance(made, bytes):
                    self._answer(200, made, {"Content-Type": "audio/wav"})
                elif made.status:
                    told = json.dumps({"error": {"message": made.message}}).encode()
                    self._answer(made.status, told, {"Content-Type": "application/json", **made.headers})
                else:
                    self._answer(200, made.sound[: len(made.sound) // 2], {"Content-Length": str(len(made.sound))})

            def _note(self, body: Body) -> None:
                play.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))

            def _answer(self, status: int, data: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), "Connection": "close", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
                self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """As far as `/v1`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> SpeechServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
