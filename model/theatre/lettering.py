"""Words as shapes: text becomes a path in metres (y up), so that signs and letters stand in true perspective.

Latin comes from the Lato of the `font_lato` package, Chinese, Japanese and Korean from a system font where one is
found; a character that no font has is left out.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import font_lato
import skia

__all__ = ["text_path", "text_width_m"]

EM_PX = 100.0


@lru_cache(maxsize=8)
def _latin(bold: bool) -> skia.Font:
    folder = Path(font_lato.__file__).parent / "files"
    face = skia.FontMgr.New_Custom_Empty().makeFromFile(
        str(folder / ("Lato-Black.ttf" if bold else "Lato-Regular.ttf"))
    )
    return skia.Font(face, EM_PX)


@lru_cache(maxsize=1024)
def _font_for(character: str, bold: bool) -> skia.Font | None:
    latin = _latin(bold)
    if latin.unicharToGlyph(ord(character)):
        return latin
    style = skia.FontStyle.Bold() if bold else skia.FontStyle.Normal()
    face = skia.FontMgr().matchFamilyStyleCharacter("", style, ["zh", "ja", "ko"], ord(character))
    if face is None:
        return None
    font = skia.Font(face, EM_PX)
    return font if font.unicharToGlyph(ord(character)) else None


@lru_cache(maxsize=512)
def text_path(text: str, size_m: float, bold: bool = True, width_m: float = 0.0) -> skia.Path:
    """`text` on one line, centred on x = 0 with its baseline at y = 0; made smaller to fit `width_m`, when given."""
    whole = skia.Path()
    x = 0.0
    for character in text:
        font = _font_for(character, bold)
        if font is None:
            continue
        glyph = font.unicharToGlyph(ord(character))
        shape = font.getPath(glyph)
        if shape is not None:
            whole.addPath(shape, x, 0.0)
        x += font.getWidths([glyph])[0]
    scale = size_m / EM_PX
    if width_m > 0 and x * scale > width_m:
        scale = width_m / x
    matrix = skia.Matrix.Scale(scale, -scale)
    matrix.preTranslate(-x / 2, 0)
    whole.transform(matrix)
    return whole


def text_width_m(text: str, size_m: float, bold: bool = True) -> float:
    """How wide `text_path` is, in metres."""
    bounds = text_path(text, size_m, bold).getBounds()
    return float(bounds.width())
