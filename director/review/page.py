"""The review page's own files: HTML, a style and a few scripts; as they are served, and as one script for a folder.

A browser loads no modules from a folder that was mailed, so there they are put into one script, each in a function of
its own. They are written for that: `import { a, b } from "./other.js";` on a line each, `export` before what is shared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["ASSETS", "as_json_script", "asset", "bundle", "index_html"]

_FOLDER = Path(__file__).parent / "static"
_MODULES = (
    "dom.js", "clock.js", "reviews.js", "player.js", "drawing.js", "timeline.js", "shots.js", "facts.js",
    "comments.js", "review.js",
)  # fmt: skip
"""In an order in which each stands after those it imports."""

ASSETS: Mapping[str, str] = {"review.css": "text/css", **dict.fromkeys(_MODULES, "text/javascript")}
"""Every file that the page loads, with its media type."""

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (class|const|function|async function) (\w+)", re.MULTILINE)


def index_html() -> str:
    """The page."""
    return (_FOLDER / "index.html").read_text("utf-8")


def asset(name: str) -> str:
    """One of the page's files by its name in `ASSETS`."""
    return (_FOLDER / name).read_text("utf-8")


def bundle() -> str:
    """All the page's scripts as one that is no module."""
    parts = []
    for name in _MODULES:
        source = asset(name)
        shared = ", ".join(match[2] for match in _EXPORT.finditer(source))
        body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const { \1 } = module_\2;", source))
        parts.append(f"const module_{name.removesuffix('.js')} = (() => {{\n{body}\nreturn {{ {shared} }};\n}})();\n")
    return '"use strict";\n(() => {\n' + "".join(parts) + "})();\n"


def as_json_script(value: Any) -> str:
    """JSON that can stand in a `<script type="application/json">`: nothing in it ends the script or a line of it."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
