"""A real browser, and a real JupyterLab, for the tests of what is looked at and clicked.

`browser` is one Chromium for a file of tests, `page` an empty page in it that fails its test when a script on it fails,
`jupyter` one JupyterLab for the whole run of a worker, alone in a folder of its own: it reads and writes nothing of the
user's. Chromium is the system's, or the one that Playwright downloaded. Where there is none such tests are skipped,
unless `WORKPRINT_REQUIRE_BROWSER` is set, as it is in CI: then they fail.

A file that uses them says `pytestmark = pytest.mark.xdist_group("browser")`, so that one worker runs them all.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REQUIRED = "WORKPRINT_REQUIRE_BROWSER"
START_S = 90


def no_browser(why: str) -> None:
    """Skips the test; where browsers must be there it fails.

    Raises:
        Failed, Skipped: always.
    """
    told = f"no browser: {why}. Fix: sh tests/setup.sh, or .venv/bin/playwright install chromium."
    if os.environ.get(REQUIRED):
        pytest.fail(told, pytrace=False)
    pytest.skip(told)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window.

    It lives for one file of tests: while it does, Playwright keeps an event loop of asyncio running in this thread, and
    nothing else can start one.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        there = next(filter(None, map(shutil.which, CHROMIUMS)), None) or playwright.chromium.executable_path
        if not Path(there).exists():
            no_browser(f"none of {', '.join(CHROMIUMS)} is on the path, and Playwright has downloaded none")
        started = playwright.chromium.launch(
            executable_path=there, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of 1400 × 900; a script that fails on it fails the test."""
    with browser.new_context(viewport={"width": 1400, "height": 900}) as context:
        failed: list[str] = []
        opened = context.new_page()
        opened.set_default_timeout(30_000)
        opened.on("pageerror", lambda error: failed.append(str(error)))
        yield opened
        assert not failed, f"a script on the page failed: {failed[0]}"


@dataclass(frozen=True)
class Jupyter:
    """A JupyterLab at `url` that serves `folder`; its kernels are this Python, started in the notebook's folder."""

    url: str
    token: str
    folder: Path

    def write(self, name: str, *cells: str) -> None:
        """Writes a notebook of these cells of code as `folder/name`."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        code = [
            {
                "cell_type": "code",
                "id": f"cell-{n}",
                "source": cell,
                "metadata": {},
                "outputs": [],
                "execution_count": None,
            }
            for n, cell in enumerate(cells)
        ]
        told = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": code}
        (self.folder / name).write_text(json.dumps(told), "utf-8")

    def open(self, page: Page, name: str) -> None:
        """Opens `folder/name` in a workspace where nothing else is open, and waits until its kernel does."""
        workspace = f"auto-{secrets.token_hex(4)}"
        page.goto(f"{self.url}/lab/workspaces/{workspace}/tree/{quote(name)}?token={self.token}")
        page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for(timeout=60_000)

    def run_all(self, page: Page) -> None:
        """Runs every cell of the notebook that is open, as the menu does; it does not wait for them."""
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    """A JupyterLab that is alone in its folder, stopped with all its kernels when the tests are through."""
    home = tmp_path_factory.mktemp("jupyter")
    folder, runtime, config = home / "films", home / "runtime", home / "config"
    for made in (folder, runtime, config / "labconfig"):
        made.mkdir(parents=True)
    # Nothing may ask the network for news, nor stand in front of the notebook.
    quiet = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
    (config / "labconfig" / "page_config.json").write_text(json.dumps(quiet), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": config,
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": runtime,
        "IPYTHONDIR": home / "ipython",
    }
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--IdentityProvider.token={token}"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=200", f"--ServerApp.root_dir={folder}"]
    log = home / "jupyter.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=kept | {name: str(value) for name, value in own.items()},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Jupyter(_address(server, runtime / f"jpserver-{server.pid}.json", log), token, folder)
    finally:
        server.send_signal(signal.SIGTERM)  # it stops its kernels, which are sessions of their own
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _address(server: subprocess.Popen[bytes], told: Path, log: Path) -> str:
    """Where the server answers, once it does: it takes the first free port and writes down which."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            address = f"http://127.0.0.1:{json.loads(told.read_text('utf-8'))['port']}"
            with urlopen(f"{address}/login", timeout=5):  # noqa: S310  it is the loopback's
                return address
        except (OSError, URLError, ValueError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}", pytrace=False)
