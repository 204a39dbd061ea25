"""The review in a real browser: as a director uses it, with what somebody hostile wrote, and opened from a folder."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from director.reshoot.film import Film
from director.review.export import export
from director.review.page import as_json_script, bundle, index_html
from director.review.screening import screening_of, served_links
from shots.errors import WorkprintError
from tests.director.review.night import HOSTILE, Reviewed

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Request

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def room(page: Page) -> Iterator[Page]:
    """A page on which a script of the film, a breach of the page's policy or a request to elsewhere fails the test."""
    faults: list[str] = []

    def dialog(opened: Dialog) -> None:
        faults.append(f"a script of the film's ran: {opened.message}")
        opened.dismiss()

    def asked(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            faults.append(request.url)

    page.on("dialog", dialog)
    page.on("request", asked)
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    assert not faults


def _until(true: Callable[[], object], timeout_s: float = 20) -> None:
    until = time.monotonic() + timeout_s
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def _frame(page: Page, fps: int = 24) -> int:
    minutes, seconds, frames = (int(part) for part in page.locator(".clock").first.inner_text().split(":"))
    return (minutes * 60 + seconds) * fps + frames


def test_a_director_reviews_the_film(film: Film, reviewed: Reviewed, room: Page) -> None:
    room.goto(reviewed(film).url)
    rows = room.locator(".row")
    rows.nth(2).wait_for()
    assert "<img src=x onerror=alert('title')>" in room.locator("h1").inner_text()
    assert "<script>alert('heading')</script>" in room.locator(".scene h2").first.inner_text()
    rows.nth(2).click()
    assert "</script><script>alert('said')</script>" in room.locator("#shot .action").inner_text()

    rows.nth(1).click()
    start = _frame(room)
    room.keyboard.press("ArrowRight")
    room.keyboard.press("ArrowRight")
    room.keyboard.press("ArrowLeft")
    assert _frame(room) == start + 1
    room.wait_for_function("() => !document.querySelector('#a').seeking")
    shown = room.evaluate("document.querySelector('#a').currentTime * 24")
    assert int(shown) == start + 1
    rows.nth(1).click()
    room.keyboard.press(" ")
    _until(lambda: _frame(room) > start + 4)
    room.keyboard.press("k")

    # A comment with a drawing; and one of the same film from somewhere else is seen without a reload.
    room.get_by_placeholder("Your name").fill("<i>Mara</i>")
    room.get_by_label("Comment", exact=True).fill(HOSTILE)
    room.get_by_role("button", name="Draw").click()
    box = room.locator("#strokes").bounding_box()
    assert box is not None
    room.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.5)
    room.mouse.down()
    room.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.5, steps=4)
    room.mouse.up()
    room.get_by_role("button", name="Comment", exact=True).click()
    _until(lambda: len(film.comments))
    said = next(iter(film.comments))
    assert (said.text, said.by, said.shot) == (HOSTILE.strip(), "<i>Mara</i>", "S1.2")
    assert said.strokes[0].points[0] == pytest.approx((0.25, 0.5), abs=0.01)
    assert room.locator("#strokes polyline").count() == 1  # it stays on its frame
    assert room.locator("#said .text").first.inner_text().strip().startswith("</script>")
    film.comments.add("S1.1", 0.2, "From the notebook")
    room.get_by_text("From the notebook").wait_for(timeout=10_000)

    # Approval, two takes side by side, and back.
    room.locator(".framing").click()
    room.keyboard.press("a")
    _until(lambda: film.comments.review().verdict("S1.2"))
    verdict = film.comments.review().verdict("S1.2")
    assert verdict is not None
    assert (verdict.state, verdict.take) == ("approved", film["S1.2"].takes[0].key[:12])
    room.get_by_role("button", name="A/B").click()
    room.get_by_text("Take 1 of S1.2 left, take 2 right").wait_for()
    _until(lambda: room.evaluate("document.querySelector('#b').readyState >= 2"))
    assert room.evaluate("getComputedStyle(document.querySelector('#b')).clipPath").startswith("inset(0")
    room.keyboard.press("Escape")
    assert not room.locator("#viewing").is_visible()
    room.get_by_role("button", name="Approved").click()
    assert room.locator(".row:visible").count() == 1


def test_a_mailed_review_is_read_and_answered_without_a_server(film: Film, room: Page, tmp_path: Path) -> None:
    made = film.comments.add("S2.1", 0.25, HOSTILE, by="Mara")
    film.comments.approve("S1.1")
    folder = tmp_path / "mail"
    size = export(film, folder)
    assert size > film.folder.film.stat().st_size
    with pytest.raises(WorkprintError, match="something already"):
        export(film, folder)
    film.folder.film.unlink()  # nothing of the film's own folder is needed

    room.goto((folder / "index.html").as_uri())
    room.locator("#said .text").get_by_text("</script>").click()
    room.wait_for_function("() => document.querySelector('#a').readyState >= 2")
    assert room.locator("#shot h2").inner_text() == "S2.1"
    room.locator(".row").nth(1).click()
    room.get_by_role("button", name="A/B").click()
    _until(lambda: room.evaluate("document.querySelector('#b').readyState >= 2"))
    room.keyboard.press("Escape")
    assert len(list((folder / "shots").glob("*.mp4"))) == 2  # of the one shot that has two to choose from
    room.get_by_label("Comment", exact=True).fill("Seen on the train")
    room.keyboard.press("Control+Enter")
    room.get_by_text("Seen on the train").wait_for()
    room.locator("#said li", has_text="</script>").get_by_role("button", name="Resolve").click()
    room.reload()
    room.get_by_text("Seen on the train").wait_for()
    with room.expect_download() as saving:
        room.get_by_role("button", name="Save comments").click()
    saved = tmp_path / "saved.json"
    saving.value.save_as(saved)
    assert film.comments.take_in(saved) == (2, 0)
    texts = {one.text: one.resolved for one in film.comments}
    assert texts == {made.text: True, "Seen on the train": False}


def test_six_hundred_shots_are_there_at_once_and_pictures_as_they_are_looked_at(
    film: Film, page: Page, tmp_path: Path
) -> None:
    told: dict[str, Any] = screening_of(film).told(served_links("1"))
    pattern = told["shots"][1] | {"media": "", "still": ""}
    names = [f"S{scene}.{shot}" for scene in range(1, 41) for shot in range(1, 16)]
    told["shots"] = [pattern | {"id": name, "thumb": f"{name}.jpg"} for name in names]
    told["scenes"] = [
        {"id": f"S{n}", "number": n, "heading": "INT. HALL", "shots": names[15 * n - 15 : 15 * n]} for n in range(1, 41)
    ]
    told["spans"] = [
        {"shot": name, "start": 30 * n, "frames": 30, "head": 0, "take": "", "words": []}
        for n, name in enumerate(names)
    ]
    told |= {"frames": 18_000, "film": "", "review": film.comments.review().plain(), "exported": "0", "takes": {}}
    data = f'<script type="application/json" id="film-data">{as_json_script(told)}</script><script src="review.js">'
    (tmp_path / "review.js").write_text(bundle(), "utf-8")
    (tmp_path / "index.html").write_text(
        index_html().replace('<script type="module" src="page/review.js">', data), "utf-8"
    )
    pictures: list[str] = []
    page.on("request", lambda asked: pictures.append(asked.url) if asked.url.endswith(".jpg") else None)
    page.goto((tmp_path / "index.html").as_uri())
    assert page.locator(".row").count() == 600
    painted_ms = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted_ms < 2000
    assert len(set(pictures)) < 60
    page.keyboard.press("End")
    assert page.locator(".row[aria-current]").inner_text().startswith("S40.15")


def test_what_the_page_is_told_cannot_end_its_script() -> None:
    text = as_json_script({"said": HOSTILE, "more": "<!--<script>\u2029"})
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["said"] == HOSTILE
