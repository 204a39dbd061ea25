"""The widget's page in a real browser, with a real desk behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.director.notebook.heard import HOSTILE, film_in
from tests.director.notebook.widget_page import WidgetPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def at(page: Page, tmp_path: Path) -> Iterator[WidgetPage]:
    """The desk with a film of three shots that is not shot yet."""
    widget = WidgetPage(page, film_in(tmp_path))
    yield widget
    widget.desk.close()


def test_a_shot_is_changed_shot_compared_circled_and_locked(at: WidgetPage) -> None:
    film = at.desk.film
    page, role, sees = at.page, at.role, at.sees
    at.until(sees("shot", shot="S2.1", state="stale"))
    at.until(lambda: page.locator("[data-role=still][src]").count() == 3)
    role("shot", shot="S2.1").click()
    at.until(lambda: page.locator("h3").inner_text() == "S2.1" and sees("drawn")())
    role("field-takes").fill("1")
    role("shoot").click()
    at.until(lambda: page.locator("[data-role=video][data-ready]").count())
    role("field-size").get_by_text("CU", exact=True).last.click()
    at.until(lambda: sees("drawn")() and "goes stale" in role("stale").inner_text())
    role("camera").focus()
    page.keyboard.press("ArrowRight")
    role("reset").click()
    assert role("reset").is_disabled() and role("stale").inner_text() == "" and role("video").is_visible()
    role("field-size").get_by_text("CU", exact=True).last.click()
    role("camera").focus()
    page.keyboard.press("ArrowRight")
    role("field-note").fill(HOSTILE)
    role("shoot").click()
    at.until(sees("take", number=2))
    slated = film["S2.1"].takes[1].slated
    assert slated.note == HOSTILE and slated.asked.camera_m is not None
    assert "CU" in role("take", number=2).inner_text() and HOSTILE in role("take", number=2).inner_text()
    role("desk").focus()
    page.keyboard.press("2")
    page.keyboard.press("c")
    at.until(sees("take", number=2, circled="true"))
    page.keyboard.press("1")
    at.until(lambda: role("take", number=1).get_attribute("aria-pressed") == "true")
    role("view-difference").click()
    at.until(lambda: "minus B · Take 2" in page.locator(".wp-badge-other").inner_text())
    at.until(
        lambda: page.evaluate(
            """() => {
                const canvas = document.querySelector("[data-role=difference]");
                const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                return pixels.some((value, index) => index % 4 < 3 && value > 20);
            }"""
        )
    )
    role("lock").click()
    at.until(sees("shot", shot="S2.1", state="locked"))
    assert film["S2.1"].locked and film["S2.1"].take is not None and film["S2.1"].take.number == 2
    for _ in range(2):
        before = len(at.heard)
        role("undo").click()
        at.until(lambda before=before: "shot" in [one["kind"] for one in at.heard[before:]])  # type: ignore[misc]
    assert film.history == () and not film["S2.1"].locked


def test_what_is_drawn_on_the_frame_is_what_may_change(at: WidgetPage) -> None:
    page, role = at.page, at.role
    at.until(at.sees("shot", shot="S2.1", state="stale"))
    role("shot", shot="S2.1").click()
    at.until(lambda: page.locator("h3").inner_text() == "S2.1")
    role("field-takes").fill("1")
    role("shoot").click()
    at.until(lambda: page.locator("[data-role=video][data-ready]").count())
    assert at.sees("take", number=1, circled="true")()  # the only one that fits
    role("view-mask").click()
    role("mask-box").click()
    box = role("mask").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2, steps=3)
    page.mouse.up()
    role("shoot").click()
    at.until(at.sees("take", number=2))
    given = at.desk.film["S2.1"].takes[1].slated.asked.given
    assert given is not None and given.mask is not None
    from PIL import Image

    with Image.open(at.desk.film.folder.root / given.mask) as mask:
        kept = mask.convert("L")
        assert [kept.getpixel((x, 54)) for x in (20, 80, 110, 170)] == [0, 0, 255, 255]


def test_words_are_only_ever_words(at: WidgetPage) -> None:
    page, role = at.page, at.role
    at.until(at.sees("shot", shot="S1.2", state="stale"))
    role("shot", shot="S1.2").click()
    at.until(lambda: page.locator("h3").inner_text() == "S1.2")
    assert role("title").inner_text() == HOSTILE
    assert role("field-note").input_value() == HOSTILE
    assert (role("shot", shot="S1.1").get_attribute("title") or "").startswith(HOSTILE[:80])
    page.evaluate("hear({kind: 'trouble', text: '<img src=x onerror=document.title=1>', n: 0}, [])")
    assert role("message").inner_text().strip() == "<img src=x onerror=document.title=1>"
    assert page.locator("script, [onerror], img[src=x]").count() == 0 and page.title() == ""
    page.evaluate("takeOff()")
    page.evaluate("hear({kind: 'trouble', text: 'after', n: 0}, [])")
    assert "after" not in role("message").inner_text()
