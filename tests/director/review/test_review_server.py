"""The review's server: who is let in, what is served, what is refused. Spoken to as a browser would, and as a thief."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from director.reshoot.film import Film
from director.review.server import ReviewServer
from tests.director.review.night import Reviewed

pytestmark = pytest.mark.xdist_group("browser")  # the same film as the page's tests, made once


class Client:
    """Asks a server over one connection; with the cookie that its link sets unless told otherwise."""

    def __init__(self, server: ReviewServer) -> None:
        self.server = server
        self.port = server.port
        self.token = urlsplit(server.url).query.partition("=")[2]
        _, headers, _ = self("GET", f"/?token={self.token}", cookie="")
        self.set_cookie = headers["Set-Cookie"]
        self.cookie = self.set_cookie.partition(";")[0]

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        cookie: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        said = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie if cookie is None else cookie}
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        if data is not None:
            said["Content-Type"] = "application/json"
        connection.request(method, path, data, {k: v for k, v in (said | (headers or {})).items() if v})
        answer = connection.getresponse()
        read = answer.read()
        connection.close()
        return answer.status, answer.headers, read

    def json(self, method: str, path: str, body: object = None) -> Any:
        return json.loads(self(method, path, body)[2])


@pytest.fixture
def client(film: Film, reviewed: Reviewed) -> Client:
    return Client(reviewed(film))


def test_nothing_without_the_token(client: Client) -> None:
    everything = ("/", "/film.json", "/film.mp4", "/page/review.js", "/thumb?shot=S1.1", "/comments.json", "/nowhere")
    for path in everything:
        for cookie in ("", f"workprint-review-{client.port}=guess", "token=" + client.token, "a=%ff\xe9"):
            status, _, body = client("GET", path, cookie=cookie)
            assert (status, b"token" in body) == (403, False), (path, cookie)
    assert client("GET", "/?token=%C3%A9", cookie="")[0] == 403
    assert client("POST", "/comments", {"shot": "S1.1", "at_s": 0, "text": "x"}, cookie="")[0] == 403
    assert client("GET", "/film.json")[0] == 200
    for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in client.set_cookie


def test_nothing_by_another_name_or_for_another_page(client: Client) -> None:
    """A name of somebody else's that leads to this machine, and pages of other sites and other ports."""
    assert client("GET", "/film.json", headers={"Host": f"localhost:{client.port}"})[0] == 200
    refused: list[dict[str, str]] = [
        {"Host": "evil.example"},
        {"Host": f"evil.example:{client.port}"},
        {"Host": f"127.0.0.1.evil.example:{client.port}"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8888"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ]
    for headers in refused:
        status, answered, _ = client("GET", "/film.json", headers=headers)
        assert status == 403, headers
        assert answered["Access-Control-Allow-Origin"] is None


def test_every_answer_forbids_what_the_page_does_not_need(client: Client) -> None:
    for path in ("/", "/film.json", "/film.mp4", "/nowhere", "/thumb?shot=S1.1"):
        _, headers, _ = client("GET", path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Access-Control-Allow-Origin"] is None
    _, _, page = client("GET", "/")
    assert b"<script>" not in page
    assert b"http" not in page.replace(b"http-equiv", b"")


def test_a_part_of_the_film_is_served_as_one(client: Client, film: Film) -> None:
    whole = film.folder.film.read_bytes()
    status, headers, body = client("GET", "/film.mp4", headers={"Range": "bytes=100-199"})
    assert (status, body) == (206, whole[100:200])
    assert headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert client("GET", "/film.mp4", headers={"Range": "bytes=-10"})[2] == whole[-10:]
    assert client("GET", "/film.mp4", headers={"Range": f"bytes={len(whole)}-"})[0] == 416
    status, headers, body = client("GET", "/film.mp4")
    assert (status, body, headers["Accept-Ranges"]) == (200, whole, "bytes")


def test_clips_and_pictures_by_shot_and_take_alone(client: Client, film: Film) -> None:
    takes = client.json("GET", "/takes.json?shot=S1.2")["takes"]
    assert [(take["number"], take["shown"]) for take in takes] == [(1, True), (2, False)]
    for take, stored in zip(takes, film["S1.2"].takes, strict=True):
        assert client("GET", "/" + take["media"])[2] == stored.path.read_bytes()
        assert client("GET", f"/take?shot=S1.1&key={take['key']}")[0] == 404
    assert client("GET", "/thumb?shot=S1.2")[2][:3] == b"\xff\xd8\xff"
    assert client("GET", "/still?shot=S1.2")[2][:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "path", ["../storyboard.yaml", "..%2fstoryboard.yaml", "/etc/passwd", "S1.1/../../x", "S1.1\0"]
)
def test_no_path_that_is_asked_for_is_a_path_on_disk(client: Client, path: str) -> None:
    queries = [f"/{what}?shot={quote(path)}" for what in ("thumb", "still", "take", "takes.json")]
    queries += [f"/take?shot=S1.1&key={quote(path)}", f"/page/{quote(path, safe='')}", f"/{quote(path, safe='/%')}"]
    for where in queries:
        status, _, body = client("GET", where)
        assert status == 404, where
        assert b"workprint:" not in body
        assert b"root:" not in body


def test_comments_are_written_changed_and_seen_by_another(client: Client, film: Film) -> None:
    stroke = {"colour": "cyan", "width": 0.01, "points": [[0.2, 0.3], [0.4, 0.5]]}
    said = {"shot": "S1.2", "at_s": 0.5, "text": "Hold.", "by": "Mara", "take": "", "strokes": [stroke]}
    status, _, body = client("POST", "/comments", said)
    made = json.loads(body)
    assert status == 201
    film.comments.add("S1.1", 0, "From the notebook")
    client("PATCH", "/comments", {"id": made["id"], "resolved": True})
    client("PUT", "/verdicts", {"shot": "S1.2", "state": "approved", "by": "Mara"})
    review = client.json("GET", "/comments.json")
    assert [(one["text"], one["resolved"]) for one in review["comments"]] == [
        ("Hold.", True),
        ("From the notebook", False),
    ]
    assert review["verdicts"][0]["state"] == "approved"
    assert next(iter(film.comments)).strokes[0].points == ((0.2, 0.3), (0.4, 0.5))


def test_what_is_no_comment_is_refused_in_a_sentence(client: Client, film: Film) -> None:
    fine = {"shot": "S1.1", "at_s": 0, "text": "x"}
    wrong: list[tuple[object, int]] = [
        (fine | {"shot": "S7"}, 400), (fine | {"at_s": "now"}, 400), (fine | {"text": ["x"]}, 400),
        (fine | {"path": "/etc"}, 400), (fine | {"strokes": [{"points": [[2, 2]]}]}, 400), (fine | {"strokes": 7}, 400),
        ([], 400), (b"{", 400), (b"[" * 50_000, 400), (fine | {"text": "x" * 1_100_000}, 413),
    ]  # fmt: skip
    for body, status in wrong:
        answered, _, told = client("POST", "/comments", body)
        assert answered == status, str(body)[:60]
        assert json.loads(told)["error"].endswith((".", "?"))
    assert client("POST", "/comments", fine, headers={"Content-Type": "text/plain"})[0] == 415
    assert client("PATCH", "/comments", {"id": "00", "text": "x"})[0] == 400
    assert client("PUT", "/verdicts", {"shot": "S1.1", "state": "great"})[0] == 400
    assert client("DELETE", "/comments")[0] == 405
    assert len(film.comments) == 0


def test_a_film_that_changes_is_told_as_it_is(client: Client, film: Film) -> None:
    before = client.json("GET", "/film.json")
    assert (before["film"] != "", before["changed"], before["drawn"]) == (True, [], [])
    assert [span["shot"] for span in before["spans"]][1:4] == ["S1.1", "S1.2", "S2.1"]
    film["S1.2"].takes[1].circle()
    after = client.json("GET", "/film.json")
    assert after["changed"] == ["S1.2"]
    assert after["shots"][1]["take"] == before["shots"][1]["take"]  # the cut on disk still has it
    film.folder.film.unlink()
    planned = client.json("GET", "/film.json")
    assert (planned["film"], planned["drawn"]) == ("", [])
    assert planned["shots"][1]["take"] == film["S1.2"].take.key[:12]  # type: ignore[union-attr]
    file = film.paper.file
    file.write_text(
        file.read_text("utf-8").replace("action: Anna waits.", "trim: {head_s: 0.125}\n        action: Anna waits."),
        "utf-8",
    )
    trimmed = client.json("GET", "/film.json")["spans"][0]
    assert (trimmed["shot"], trimmed["head"], trimmed["frames"]) == ("S1.1", 3, 21)
