"""The review page's server: this one film, on this machine alone, to whoever has the link.

Serves the page's own few files, what the page is told, and pictures and clips by shot id and take key; no path that
is asked for ever becomes a path on disk. It writes comments and nothing else.
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from director.review.comments import Stroke, read_as
from director.review.guard import Guard
from director.review.page import ASSETS, asset, index_html
from director.review.pictures import still, thumb
from director.review.screening import Screening, screening_of, served_links
from shots.errors import WorkprintError

if TYPE_CHECKING:
    import uvicorn

    from director.reshoot.film import Film

__all__ = ["ReviewServer"]

_MOST_BYTES = 1024 * 1024  # of what the page sends
_KEEP = {"Cache-Control": "private, max-age=31536000, immutable"}  # its address names what it is


class ReviewServer:
    """A film's review on a port of the loopback.

        server = ReviewServer(film)
        print(server.url)
        server.run()      # until Ctrl-C, or `stop` from another thread

    Raises:
        WorkprintError: the port is taken, or the film cannot be read.
    """

    def __init__(self, film: Film, port: int = 0) -> None:
        self.film = film
        self._lock = threading.Lock()
        self._stand: tuple[object, Screening, str] | None = None
        self._screening()
        self._socket = _listen(port)
        self.port = int(self._socket.getsockname()[1])
        self._token = secrets.token_urlsafe(24)
        self.app: ASGIApp = Guard(self._routes(), self._token, self.port)
        self._server: uvicorn.Server | None = None
        self._stopped = False

    @property
    def url(self) -> str:
        """The link to the page; whoever has it and sits at this machine may see the film and comment on it."""
        return f"http://127.0.0.1:{self.port}/?token={self._token}"

    def run(self) -> None:
        """Serves until Ctrl-C or `stop`."""
        import uvicorn

        config = uvicorn.Config(
            self.app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1,
            lifespan="off", proxy_headers=False, ws="none",
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._server.should_exit = self._stopped
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:
            pass  # uvicorn has ended in order, and tells of the Ctrl-C that it was
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Ends `run`."""
        self._stopped = True
        if self._server is not None:
            self._server.should_exit = True

    def _routes(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._index),
                Route("/page/{name}", self._asset),
                Route("/film.json", _answers(self._film_json)),
                Route("/takes.json", _answers(self._takes_json)),
                Route("/film.mp4", _answers(self._film_mp4)),
                Route("/take", _answers(self._take)),
                Route("/still", _answers(self._still)),
                Route("/thumb", _answers(self._thumb)),
                Route("/comments.json", _answers(self._comments_json)),
                Route("/comments", _answers(self._add), methods=["POST"]),
                Route("/comments", _answers(self._edit), methods=["PATCH"]),
                Route("/verdicts", _answers(self._judge), methods=["PUT"]),
            ]
        )

    async def _index(self, request: Request) -> Response:
        return Response(index_html(), media_type="text/html")

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ASSETS:
            return _missing()
        return Response(asset(name), media_type=ASSETS[name])

    def _film_json(self, request: Request, body: Any) -> Response:
        screening, version = self._screening()
        return JSONResponse(screening.told(served_links(version)) | {"review": self.film.comments.review().plain()})

    def _takes_json(self, request: Request, body: Any) -> Response:
        shot = self._shot(request)
        with self._lock:
            shown = self._screening_locked()[0].takes.get(shot)
            takes = self.film[shot].takes
        told = [
            {
                "key": take.key[:12], "number": take.number, "note": take.note, "frames": take.stored.frame_count,
                "fps": take.stored.fps, "shown": shown is not None and take.key == shown.key, "at": take.slated.at,
                "media": served_links("").take(shot, take.key[:12]),
            }
            for take in takes
        ]  # fmt: skip
        return JSONResponse({"shot": shot, "takes": told})

    def _film_mp4(self, request: Request, body: Any) -> Response:
        film = self.film.folder.film
        return FileResponse(film, media_type="video/mp4") if film.is_file() else _missing()

    def _take(self, request: Request, body: Any) -> Response:
        shot, key = self._shot(request), request.query_params.get("key", "")
        shown = self._screening()[0].takes.get(shot)
        if shown is not None and len(key) == 12 and shown.key.startswith(key):
            path = shown.path
        else:
            with self._lock:
                found = next((take for take in self.film[shot].takes if len(key) == 12 and take.key.startswith(key)), None)
            if found is None:
                return _missing()
            path = found.path
        return FileResponse(path, media_type="video/mp4", headers=_KEEP)

    def _still(self, request: Request, body: Any) -> Response:
        return self._picture(request, still, "image/png")

    def _thumb(self, request: Request, body: Any) -> Response:
        return self._picture(request, thumb, "image/jpeg")

    def _picture(self, request: Request, made: Callable[[Screening, str], Path], kind: str) -> Response:
        shot = self._shot(request)
        with self._lock:
            path = made(self._screening_locked()[0], shot)
        return FileResponse(path, media_type=kind, headers=_KEEP)

    def _comments_json(self, request: Request, body: Any) -> Response:
        return JSONResponse(self.film.comments.review().plain())

    def _add(self, request: Request, body: Any) -> Response:
        said = _fields(body, {"shot", "at_s", "text", "by", "take", "strokes"})
        strokes = read_as(tuple[Stroke, ...], said.get("strokes", []), "the drawing")
        made = self.film.comments.add(
            _text(said, "shot"), _number(said, "at_s"), _text(said, "text"), by=_text(said, "by"),
            take=_text(said, "take"), strokes=strokes,
        )  # fmt: skip
        return JSONResponse(asdict(made), status_code=201)

    def _edit(self, request: Request, body: Any) -> Response:
        said = _fields(body, {"id", "text", "resolved", "removed"})
        text = _text(said, "text") if "text" in said else None
        flags = {name: bool(said[name]) for name in ("resolved", "removed") if name in said}
        return JSONResponse(asdict(self.film.comments.edit(_text(said, "id"), text=text, **flags)))

    def _judge(self, request: Request, body: Any) -> Response:
        said = _fields(body, {"shot", "state", "by", "take"})
        state: Any = _text(said, "state")
        made = self.film.comments.judge(_text(said, "shot"), state, by=_text(said, "by"), take=_text(said, "take"))
        return JSONResponse(asdict(made))

    def _shot(self, request: Request) -> str:
        """The shot that is asked for.

        Raises:
            KeyError: there is none of this id.
        """
        shot = request.query_params.get("shot", "")
        return shot if shot in self._screening()[0].production.requests else _no_shot(shot)

    def _screening(self) -> tuple[Screening, str]:
        """The film as it stands, and a word that changes whenever that does."""
        with self._lock:
            return self._screening_locked()

    def _screening_locked(self) -> tuple[Screening, str]:
        folder = self.film.folder
        files = (self.film.paper.file, folder.timeline, folder.film, folder.takes / "shots")
        now = tuple(_stamp(file) for file in files)
        if self._stand is None or self._stand[0] != now:
            self._stand = (now, screening_of(self.film), secrets.token_hex(4))
        return self._stand[1], self._stand[2]


def _answers(made: Callable[[Request, Any], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that works in a thread, with the JSON that was sent; what a person can mend is answered with 400."""

    async def answer(request: Request) -> Response:
        body: Any = None
        if request.method != "GET" and request.method != "HEAD":
            if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return JSONResponse({"error": "Send JSON."}, status_code=415)
            data = b""
            async for chunk in request.stream():
                data += chunk
                if len(data) > _MOST_BYTES:
                    return JSONResponse({"error": "This is more than one comment can be."}, status_code=413)
            try:
                body = json.loads(data)
            except (ValueError, RecursionError):
                return JSONResponse({"error": "This is no JSON."}, status_code=400)
        try:
            return await run_in_threadpool(made, request, body)
        except KeyError as error:
            return JSONResponse({"error": str(error.args[0])}, status_code=404)
        except WorkprintError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return answer


def _fields(body: Any, known: set[str]) -> dict[str, Any]:
    if not isinstance(body, dict) or not set(body) <= known:
        raise WorkprintError(f"a change is a JSON object with {', '.join(sorted(known))}. Fix: load the page again.")
    return body


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise WorkprintError(f"{name} is no text. Fix: load the page again.")
    return value


def _number(said: dict[str, Any], name: str) -> float:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WorkprintError(f"{name} is no number. Fix: load the page again.")
    return float(value)


def _no_shot(shot: str) -> str:
    raise KeyError(f"There is no shot {shot[:80]!r} in this film.")


def _missing() -> Response:
    return PlainTextResponse("There is nothing here.\n", status_code=404)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _listen(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(("127.0.0.1", port))
    except OSError as error:
        made.close()
        raise WorkprintError(
            f"port {port} cannot be had ({error.strerror}). Fix: give another with --port, or none to take a free one."
        ) from None
    return made
