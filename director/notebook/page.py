"""Small pages of HTML for a notebook's output: elements whose text is always escaped, pictures and clips within them.

A plain string is text wherever it is put; only what an element was made of is markup. There is no script and nothing
is loaded from anywhere. Colours come from the notebook around it, so that it reads in light and dark alike.
"""

from __future__ import annotations

import base64
import io
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.request import Frame

__all__ = ["Markup", "clip", "element", "page", "picture", "small"]

_BARE = frozenset({"br", "img"})
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_STYLE = """
.wp.wp{font:13px/1.5 Lato,system-ui,sans-serif;color:inherit;max-width:1240px;padding:2px 0 6px}
.wp.wp *{unicode-bidi:isolate;box-sizing:border-box}
.wp.wp h3,.wp.wp h4{margin:0;font-weight:600;color:inherit}
.wp.wp h3{font-size:16px}
.wp.wp h4{font-size:13px;margin:16px 0 7px;padding-top:9px;
 border-top:1px solid color-mix(in srgb,currentColor 16%,transparent)}
.wp.wp style+h4{margin-top:0;padding-top:0;border-top:0}
.wp.wp p{margin:1px 0}
.wp.wp .dim{opacity:.68;font-weight:400}
.wp.wp .strip{display:flex;flex-wrap:wrap;gap:14px 12px;align-items:flex-start}
.wp.wp .card{width:192px}
.wp.wp .sides{display:flex;flex-wrap:wrap;gap:18px;align-items:flex-start}
.wp.wp .side{flex:1 1 320px;min-width:280px;max-width:560px}
.wp.wp img,.wp.wp video{display:block;max-width:100%;border-radius:4px;background:#8883;margin:0}
.wp.wp .card img{width:192px}
.wp.wp .drawn{outline:1px dashed color-mix(in srgb,currentColor 45%,transparent);outline-offset:-1px}
.wp.wp .line{display:flex;gap:6px;align-items:baseline;margin-top:4px}
.wp.wp .line .end{margin-left:auto;white-space:nowrap}
.wp.wp .told{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;line-height:1.35}
.wp.wp .tag{display:inline-block;font-size:11px;line-height:16px;padding:0 6px;border-radius:8px;margin:1px 4px 0 0;
 text-indent:0;border:1px solid currentColor;white-space:nowrap;opacity:.8}
.wp.wp .stale{color:color-mix(in srgb,#d98200 75%,currentColor);opacity:1}
.wp.wp .circled{color:color-mix(in srgb,#28a060 75%,currentColor);opacity:1}
.wp.wp .error{color:color-mix(in srgb,#e0392f 75%,currentColor);opacity:1}
.wp.wp ul{margin:2px 0 8px;padding:0;list-style:none}
.wp.wp li{margin:1px 0;padding-left:14px;text-indent:-14px}
.wp.wp .dot{display:inline-block;width:7px;height:7px;border-radius:50%;margin-right:7px;text-indent:0}
.wp.wp table{border-collapse:collapse;margin:4px 0 8px;font-size:inherit;border:0}
.wp.wp table tr:nth-child(n){background:none}
.wp.wp th,.wp.wp td{text-align:left;vertical-align:top;padding:2px 14px 2px 0;border:0;background:none;
 white-space:normal;font-weight:400;overflow-wrap:anywhere}
.wp.wp th{opacity:.68;white-space:nowrap;overflow-wrap:normal}
.wp.wp pre{font-size:11px;line-height:1.4;max-height:320px;overflow:auto;margin:4px 0;padding:8px;border-radius:4px;
 background:color-mix(in srgb,currentColor 7%,transparent);color:inherit}
.wp.wp summary{cursor:pointer;opacity:.75}
"""


class Markup(str):
    """HTML that was put together here; every other string is text."""

    __slots__ = ()


def element(name: str, *inside: str, **attributes: str) -> Markup:
    """An element; `inside` is text unless it is `Markup`. `class_` stands for `class`, and "" for no value at all."""
    told = "".join(f' {key.rstrip("_")}="{_text(value)}"' for key, value in attributes.items())
    if name in _BARE:
        return Markup(f"<{name}{told}>")
    body = "".join(part if isinstance(part, Markup) else _text(part) for part in inside)
    return Markup(f"<{name}{told}>{body}</{name}>")


def page(*inside: str) -> str:
    """The whole of an output."""
    return element("div", element("style", Markup(_STYLE)), *inside, class_="wp")


def picture(frame: Frame | Path, width_px: int, told: str, class_: str = "") -> Markup:
    """A picture within the page, made small; `told` is what it shows, for those who cannot see it."""
    return element("img", src=small(frame, width_px), alt=told, title=told, class_=class_)


def clip(path: Path, frame: Frame, told: str, width_px: int) -> Markup:
    """A clip within the page, which runs round and round once it is started; until then it shows `frame`."""
    held = base64.b64encode(path.read_bytes()).decode("ascii")
    return element(
        "video", src=f"data:video/mp4;base64,{held}", poster=small(frame, width_px), controls="", loop="", muted="",
        playsinline="", preload="none", title=told, width=str(width_px),
    )  # fmt: skip


def small(frame: Frame | Path, width_px: int) -> str:
    """A frame (h, w, 3) or picture file as a data URI, a JPEG of at most `width_px`."""
    from PIL import Image

    image = Image.open(frame) if isinstance(frame, Path) else Image.fromarray(frame)
    with image:
        held = io.BytesIO()
        drawn = image.convert("RGB")
        drawn.thumbnail((width_px, 4 * width_px))
        drawn.save(held, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode("ascii")


def _text(said: str) -> str:
    """Escaped for HTML, in and outside quotes, without what no page may hold."""
    return escape(_UNFIT.sub("", said), quote=True)
