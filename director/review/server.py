"""The review page's server: this one film, on this machine alone, to whoever has the link.

Serves the page's own few files, what the page is told, and pictures and clips by shot id and take key; no path that
is asked for ever becomes a path on disk. It writes comments and nothing else.
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from director.review.comments import Stroke, read_as
from director.review.guard import Guard
from director.review.ledger import Comments
from director.review.page import ASSETS, asset, index_html
from director.review.pictures import still, thumb
from director.review.screening import KEY_DIGITS, Screening, screening_of, served_links, takes_told
from shots.errors import WorkprintError

if TYPE_CHECKING:
    import uvicorn

    from director.reshoot.film import Film
    from shots.render.job import Take

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
        self._comments = Comments(
            film.folder.comments, film.title, lambda: list(self._screening()[0].production.requests)
        )
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
                Route("/", _answers(lambda _: Response(index_html(), media_type="text/html"))),
                Route("/page/{name}", _answers(self._asset)),
                Route("/film.json", _answers(lambda _: self._film_json())),
                Route("/takes.json", _answers(self._takes_json)),
                Route("/film.mp4", _answers(lambda _: self._film_mp4())),
                Route("/take", _answers(self._take)),
                Route("/still", _answers(lambda asked: self._picture(asked, still, "image/png"))),
                Route("/thumb", _answers(lambda asked: self._picture(asked, thumb, "image/jpeg"))),
                Route("/comments.json", _answers(lambda _: JSONResponse(self._comments.review().plain()))),
                Route("/comments", _answers(self._add), methods=["POST"]),
                Route("/comments", _answers(self._edit), methods=["PATCH"]),
                Route("/verdicts", _answers(self._judge), methods=["PUT"]),
            ]
        )

    def _asset(self, asked: _Asked) -> Response:
        if asked.name not in ASSETS:
            raise KeyError("There is no such file.")
        return Response(asset(asked.name), media_type=ASSETS[asked.name])

    def _film_json(self) -> Response:
        screening, version = self._screening()
        return JSONResponse(screening.told(served_links(version)) | {"review": self._comments.review().plain()})

    def _takes_json(self, asked: _Asked) -> Response:
        shot, shown = self._shot(asked)
        with self._lock:
            takes = self.film[shot].takes
        return JSONResponse({"shot": shot, "takes": takes_told(takes, shown, served_links(""))})

    def _film_mp4(self) -> Response:
        film = self.film.folder.film
        if not film.is_file():
            raise KeyError("The film is not cut yet.")
        return FileResponse(film, media_type="video/mp4")

    def _take(self, asked: _Asked) -> Response:
        shot, shown = self._shot(asked)
        key = asked.query.get("key", "")
        if shown is not None and shown.key[:KEY_DIGITS] == key:
            path = shown.path
        else:
            with self._lock:
                path = next((take.path for take in self.film[shot].takes if take.key[:KEY_DIGITS] == key), Path())
        if not path.is_file():
            raise KeyError(f"{shot} has no such take.")
        return FileResponse(path, media_type="video/mp4", headers=_KEEP)

    def _picture(self, asked: _Asked, made: Callable[[Screening, str], Path], kind: str) -> Response:
        shot, _ = self._shot(asked)
        with self._lock:
            path = made(self._standing()[0], shot)
        return FileResponse(path, media_type=kind, headers=_KEEP)

    def _add(self, asked: _Asked) -> Response:
        said = asked.fields("shot", "at_s", "text", "by", "take", "strokes")
        strokes = read_as(tuple[Stroke, ...], said.get("strokes", []), "the drawing")
        made = self._comments.add(
            _text(said, "shot"), _number(said, "at_s"), _text(said, "text"), by=_text(said, "by"),
            take=_text(said, "take"), strokes=strokes,
        )  # fmt: skip
        return JSONResponse(asdict(made), status_code=201)

    def _edit(self, asked: _Asked) -> Response:
        said = asked.fields("id", "text", "resolved", "removed")
        text = _text(said, "text") if "text" in said else None
        flags = {name: said[name] is True for name in ("resolved", "removed") if name in said}
        return JSONResponse(asdict(self._comments.edit(_text(said, "id"), text=text, **flags)))

    def _judge(self, asked: _Asked) -> Response:
        said = asked.fields("shot", "state", "by", "take")
        state: Any = _text(said, "state")
        made = self._comments.judge(_text(said, "shot"), state, by=_text(said, "by"), take=_text(said, "take"))
        return JSONResponse(asdict(made))

    def _shot(self, asked: _Asked) -> tuple[str, Take | None]:
        """The shot that is asked for and the take of it that is shown.

        Raises:
            KeyError: there is no such shot.
        """
        shot = asked.query.get("shot", "")
        screening, _ = self._screening()
        if shot not in screening.production.requests:
            raise KeyError(f"There is no shot {shot[:80]!r} in this film.")
        return shot, screening.takes.get(shot)

    def _screening(self) -> tuple[Screening, str]:
        """The film as it stands, and a word that changes whenever that does."""
        with self._lock:
            return self._standing()

    def _standing(self) -> tuple[Screening, str]:
        folder = self.film.folder
        files = (self.film.paper.file, folder.timeline, folder.film, folder.takes / "shots")
        now = tuple(_stamp(file) for file in files)
        if self._stand is None or self._stand[0] != now:
            self._stand = (now, screening_of(self.film), secrets.token_hex(4))
        return self._stand[1], self._stand[2]


@dataclass(frozen=True)
class _Asked:
    """What a request asks for: the end of its path, its query, and the JSON object that it brings."""

    name: str
    query: Mapping[str, str]
    body: Any

    def fields(self, *known: str) -> dict[str, Any]:
        """The object that was sent.

        Raises:
            WorkprintError: it is none, or has something else in it.
        """
        if not isinstance(self.body, dict) or not set(self.body) <= set(known):
            raise WorkprintError(f"a change is an object with {', '.join(known)}. Fix: load the page again.")
        return self.body


def _answers(made: Callable[[_Asked], Response]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that works in a thread; what a person can mend is answered with 400, what is not there with 404."""

    async def answer(request: Request) -> Response:
        body: Any = None
        if request.method not in ("GET", "HEAD"):
            if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return _sorry(415, "Send JSON.")
            data = b""
            async for chunk in request.stream():
                data += chunk
                if len(data) > _MOST_BYTES:
                    return _sorry(413, "This is more than one comment can be.")
            try:
                body = json.loads(data)
            except (ValueError, RecursionError):
                return _sorry(400, "This is no JSON.")
        asked = _Asked(request.path_params.get("name", ""), request.query_params, body)
        try:
            return await run_in_threadpool(made, asked)
        except KeyError as error:
            return _sorry(404, str(error.args[0]))
        except WorkprintError as error:
            return _sorry(400, str(error))

    return answer


def _sorry(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)


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
        made.listen(64)  # the link is good from now on, even before anybody answers
    except OSError as error:
        made.close()
        raise WorkprintError(
            f"port {port} cannot be had ({error.strerror}). Fix: give another with --port, or none to take a free one."
        ) from None
    return made
