"""Makes the README's picture of the reshooting desk: the example film on it, in a real browser, two takes compared."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))  # the page that the tests click on is the one that is pictured

from director import Film  # noqa: E402
from tests.browser import CHROMIUMS  # noqa: E402
from tests.director.notebook.widget_page import WidgetPage  # noqa: E402

PICTURE = HERE / "images" / "desk.jpg"
ALL_STILLS = """() => [...document.querySelectorAll("[data-role=still]:not([src])")].every((still) => {
    const { left, right } = still.getBoundingClientRect();
    return right < 0 || left > innerWidth;
})"""
WIDTH_PX, HEIGHT_PX, SHARPER = 1280, 760, 1.25


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        film = Film.open(HERE.parent / "examples" / "found.fountain", Path(scratch) / "film", score="none")
        film.change("small pictures", lambda board: replace(board, width_px=384, height_px=216))
        film.render()
        shot = next(shot for shot in film.scene(1) if shot.spec.lines and shot.spec.size == "MCU")
        shot.reshoot(size="CU", takes=2, note="closer")[1].circle()
        shot.reshoot(size="MS", light={"key_side": "left"}, note="wider, key from the left")
        film.render()
        there = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        browser = playwright.chromium.launch(executable_path=there, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            viewport={"width": WIDTH_PX, "height": HEIGHT_PX}, device_scale_factor=SHARPER, color_scheme="light"
        )
        widget = WidgetPage(page, film)
        widget.until(widget.sees("shot", shot=shot.id, state="fits"))
        widget.role("shot", shot=shot.id).click()
        widget.until(widget.sees("take", number=4))
        widget.role("view-wipe").click()
        widget.role("side-b").nth(3).click()
        widget.until(lambda: "Take 4" in page.locator(".wp-badge-other").inner_text(), 60)
        widget.until(lambda: page.evaluate(ALL_STILLS), 60)
        page.mouse.move(0, 0)
        page.wait_for_timeout(1000)
        picture = Path(scratch) / "desk.png"
        widget.role("desk").screenshot(path=picture)
        Image.open(picture).convert("RGB").save(PICTURE, quality=86)
        widget.desk.close()
        browser.close()


if __name__ == "__main__":
    main()
