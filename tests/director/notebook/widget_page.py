"""The widget's page in a bare browser page, with a real desk behind it and nothing of Jupyter between them."""

from __future__ import annotations

import base64
import queue
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from director.notebook.widget import Reshoot
from director.notebook.widget_desk import Desk
from director.reshoot.film import Film

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["WidgetPage"]

_MODEL = """async ([esm, css]) => {
  const hears = new Set();
  const model = {
    on: (name, hear) => hears.add(hear),
    off: (name, hear) => hears.delete(hear),
    send: (content, callbacks, buffers = []) =>
      ask(content, buffers.map((bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))))),
  };
  window.hear = (content, buffers) => {
    const bytes = buffers.map((text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer));
    for (const each of hears) each(content, bytes);
  };
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  window.takeOff = widget.render({ model, el: document.body });
}"""


class WidgetPage:
    """What is clicked goes to the desk at once; what the desk says reaches the page in `until`."""

    def __init__(self, page: Page, film: Film) -> None:
        self.page = page
        self.heard: list[dict[str, Any]] = []
        self._said: queue.Queue[tuple[dict[str, Any], Sequence[bytes]]] = queue.Queue()
        self.desk = Desk(film, lambda content, buffers: self._said.put((content, buffers)))
        page.goto("about:blank")
        page.expose_function("ask", self._ask)
        page.evaluate(_MODEL, [Reshoot._esm, Reshoot._css])

    def _ask(self, content: Any, buffers: list[str]) -> None:
        self.desk.receive(content, [base64.b64decode(text) for text in buffers])

    def until(self, true: Callable[[], object], timeout_s: float = 30.0) -> None:
        """Passes on what the desk says until something is so."""
        end = time.monotonic() + timeout_s
        while not true():
            assert time.monotonic() < end, f"it never became so; said: {[one['kind'] for one in self.heard[-12:]]}"
            try:
                content, buffers = self._said.get(timeout=0.02)
            except queue.Empty:
                continue
            self.heard.append(content)
            texts = [base64.b64encode(data).decode() for data in buffers]
            self.page.evaluate("([content, texts]) => hear(content, texts)", [content, texts])

    def role(self, name: str, **data: object) -> Locator:
        """The element of a `data-role`, with these `data-` values."""
        more = "".join(f'[data-{key}="{value}"]' for key, value in data.items())
        return self.page.locator(f'[data-role="{name}"]{more}')

    def sees(self, name: str, **data: object) -> Callable[[], bool]:
        """Whether there is such an element to be seen."""
        return lambda: self.role(name, **data).first.is_visible()
