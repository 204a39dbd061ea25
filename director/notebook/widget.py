"""The reshooting desk as a Jupyter widget: the film at hand in JupyterLab, Notebook 7 and VS Code.

    film.widget()

The page (`widget*.js`, `widget.css`) draws and listens; what it asks for comes here as messages, and `widget_desk`
does it. A clip is sent as bytes over the widget's own channel, one take at a time, so no server path is needed, and no
picture or clip is ever stored in the notebook's file.

Elements that tests and scripts may reach have stable `data-role`s:

    desk, title, undo, redo, render, cut, progress, cancel, message       the desk and its head
    strip, scene, shot (data-shot, data-state), still                     the film strip
    monitor, video, film, drawn, mask, timecode                           what is looked at
    view-take, view-trial, view-wipe, view-difference, view-mask, view-film, wipe    how it is looked at
    play, step-back, step-forward, loop, scrub                            transport
    takes, take (data-take, data-number, data-circled), circle, lock      the take strip
    side-a, side-b                                                        which two takes are compared
    field-NAME (note, size, angle, move, lens_mm, duration_s, seed, takes, key_side, key_to_fill_ratio,
        colour_temperature_k, hour), reset                                the fields
    mask-brush, mask-box, mask-clear, mask-keep, mask-change              drawing a mask
    floor, person (data-id), camera                                       the floor plan
    stale, problems, shoot, write                                         before doing it, and doing it
    help                                                                  the keys
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget

from director.notebook.widget_desk import Desk

if TYPE_CHECKING:
    from director.reshoot.film import Film

__all__ = ["Reshoot"]

_HERE = Path(__file__).parent
_MODULES = ("dom", "channel", "strip", "mask", "monitor", "takes", "fields", "floor", "keys")
"""The page's modules, each after those that it needs; `widget.js` itself comes last."""


def _one_module() -> str:
    """The page's modules as the one that anywidget takes: imports of each other fall away, names stay as they are."""
    texts = [(_HERE / f"widget_{name}.js").read_text("utf-8") for name in _MODULES]
    texts = [re.sub(r"^export (?=function|const|class)", "", text, flags=re.MULTILINE) for text in texts]
    texts.append((_HERE / "widget.js").read_text("utf-8"))
    return "\n".join(re.sub(r'^import [^;]*? from "\./[^"]*";\n', "", text, flags=re.MULTILINE) for text in texts)


class Reshoot(anywidget.AnyWidget):
    """The desk for one film. Shows itself when it is the last thing in a cell."""

    _esm = _one_module()
    _css = (_HERE / "widget.css").read_text("utf-8")

    def __init__(self, film: Film) -> None:
        super().__init__()
        self.film = film
        self.desk = Desk(film, self._tell)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"<desk of {self.film!r}>"

    def close(self) -> None:
        """Takes it off the page, and stops what is being made."""
        self.desk.close()
        super().close()

    def _tell(self, content: dict[str, Any], buffers: Sequence[bytes]) -> None:
        if self.comm is not None:  # the page is gone, and nobody listens
            self.send(content, list(buffers))

    def _receive(self, _widget: object, content: object, buffers: Sequence[memoryview]) -> None:
        self.desk.receive(content, buffers)
