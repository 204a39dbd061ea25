"""A hub on loopback: serves repositories as the real one does, and can be told to break off, to lie or to refuse.

It speaks what `huggingface_hub` asks for: a repository at a revision, its tree, HEAD and GET of a file with ranges.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

__all__ = ["COMMIT", "HubServer"]

COMMIT = "0123456789abcdef0123456789abcdef01234567"
_LARGE_BYTES = 1000


class HubServer:
    """Serves `files` of one repository. Use as a context manager.

    `break_off` maps a path to how many bytes of each answer with it are sent; `fail` to the status that a GET of it
    gets from its second on; `refuse` is the hub's error code for all that is asked, with its status; `lie` maps a path
    to bytes that are sent in place of the right ones. `asked` are the ranges of the GETs that came, by path.
    """

    def __init__(self, repository: str, files: Mapping[str, bytes]) -> None:
        self.repository, self.files = repository, dict(files)
        self.break_off: dict[str, int] = {}
        self.fail: dict[str, int] = {}
        self.lie: dict[str, bytes] = {}
        self.refuse: tuple[int, str] | None = None
        self.asked: list[tuple[str, str]] = []
        self.requests = 0
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                hub._answer(self, body=False)

            def do_GET(self) -> None:
                hub._answer(self, body=True)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler, *, body: bool) -> None:
        self.requests += 1
        path = unquote(urlsplit(request.path).path)
        if self.refuse is not None:
            status, code = self.refuse
            self._send(request, status, b"{}", {"X-Error-Code": code, "X-Error-Message": code}, body)
        elif path in (f"/api/models/{self.repository}", f"/api/models/{self.repository}/revision/main"):
            self._json(request, {"id": self.repository, "sha": COMMIT, "siblings": []}, body)
        elif path.startswith(f"/api/models/{self.repository}/revision/"):
            self._send(request, 404, b"{}", {"X-Error-Code": "RevisionNotFound"}, body)
        elif path == f"/api/models/{self.repository}/tree/{COMMIT}":
            self._json(request, [self._entry(name) for name in sorted(self.files)], body)
        elif path.startswith(f"/{self.repository}/resolve/{COMMIT}/"):
            self._file(request, path.split(f"{COMMIT}/")[1], body)
        else:
            self._send(request, 404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)

    def _entry(self, name: str) -> dict[str, Any]:
        data = self.files[name]
        entry = {"type": "file", "path": name, "size": len(data), "oid": _git_digest(data)}
        if len(data) >= _LARGE_BYTES:
            entry["lfs"] = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
        return entry

    def _file(self, request: BaseHTTPRequestHandler, name: str, body: bool) -> None:
        data = self.files.get(name)
        if data is None:
            self._send(request, 404, b"{}", {"X-Error-Code": "EntryNotFound"}, body)
            return
        large = len(data) >= _LARGE_BYTES
        etag = hashlib.sha256(data).hexdigest() if large else _git_digest(data)
        headers = {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if large:
            headers |= {"X-Linked-Etag": f'"{etag}"', "X-Linked-Size": str(len(data))}
        span = request.headers.get("Range", "")
        if body:
            self.asked.append((name, span))
            if name in self.fail and [path for path, _ in self.asked].count(name) > 1:
                self._send(request, self.fail[name], b"{}", {}, body)
                return
        sent = self.lie.get(name, data)
        start = int(span.removeprefix("bytes=").split("-")[0]) if span else 0
        if span:
            headers["Content-Range"] = f"bytes {start}-{len(sent) - 1}/{len(sent)}"
        self._send(request, 206 if span else 200, sent[start:], headers, body, self.break_off.get(name))

    def _json(self, request: BaseHTTPRequestHandler, value: object, body: bool) -> None:
        self._send(request, 200, json.dumps(value).encode(), {"Content-Type": "application/json"}, body)

    def _send(
        self,
        request: BaseHTTPRequestHandler,
        status: int,
        data: bytes,
        headers: Mapping[str, str],
        body: bool,
        only: int | None = None,
    ) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(data)))
        request.send_header("Connection", "close")
        request.end_headers()
        if body:
            request.wfile.write(data[:only])
        request.close_connection = True


def _git_digest(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
