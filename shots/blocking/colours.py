"""Colour words to sRGB: CSS's names, the words that scripts use, and Chinese ones. Unknown words give None."""

from __future__ import annotations

import colorsys
import hashlib
import re

from model.stage import RGB

__all__ = ["colour_of", "seeded"]

_WORDS = """
black 26 26 28|white 236 234 228|grey 128 130 134|gray 128 130 134|silver 180 184 190|charcoal 54 58 64
slate 88 100 114|ash 178 180 176|ivory 240 234 214|cream 240 228 200|bone 226 218 200|beige 214 198 168
tan 200 168 124|sand 214 190 144|khaki 176 160 114|camel 190 144 92|taupe 140 124 110|brown 116 76 48
chestnut 134 70 40|chocolate 92 54 34|coffee 96 66 46|leather 124 78 48|rust 168 80 40|copper 184 108 64
bronze 152 112 58|gold 212 168 64|golden 212 168 64|mustard 204 160 48|amber 226 150 42|ochre 196 134 52
yellow 236 200 62|lemon 240 220 92|canary 246 220 70|blonde 222 184 110|blond 222 184 110|orange 226 124 48
peach 244 184 148|apricot 240 170 118|coral 236 116 96|salmon 240 144 124|red 196 46 48|crimson 170 28 50
scarlet 206 44 38|ruby 164 24 64|cherry 176 28 48|burgundy 110 28 46|maroon 106 30 38|wine 108 30 52
oxblood 92 24 28|blood 140 18 24|brick 160 70 54|terracotta 196 100 72|pink 236 148 170|rose 220 112 132
blush 236 180 176|fuchsia 210 50 130|magenta 196 40 130|hot\u00a0pink 236 76 148|purple 116 62 140
violet 124 78 168|lavender 176 158 212|lilac 190 162 206|plum 104 52 92|mauve 164 124 156|aubergine 70 38 66
indigo 62 56 128|navy 34 46 84|blue 52 94 168|royal 48 80 180|cobalt 34 78 164|azure 74 144 214
sky 134 186 226|powder 176 202 224|baby 166 200 232|steel 96 124 150|denim 68 96 140|teal 34 122 124
turquoise 62 176 176|cyan 66 180 200|aqua 92 198 196|mint 156 212 182|sage 150 166 132|olive 110 112 62
army 86 94 60|moss 92 106 58|green 62 130 74|emerald 28 130 88|forest 38 84 54|bottle 26 74 54
lime 158 200 66|jade 56 150 110|pale 232 222 208|dark 44 44 50|light 220 216 208|faded 150 158 168
ginger 196 98 46|auburn 132 58 36|brunette 84 56 38|raven 24 22 26|salt-and-pepper 132 132 134
platinum 232 216 176|strawberry 216 138 92|neon 96 230 140|tweed 126 108 84|floral 206 132 140
""".replace("\n", "|")
_CHINESE = {
    "红": "red", "大红": "scarlet", "深红": "crimson", "酒红": "burgundy", "粉": "pink", "橙": "orange",
    "橘": "orange", "黄": "yellow", "金": "gold", "绿": "green", "墨绿": "forest", "军绿": "army", "青": "teal",
    "蓝": "blue", "深蓝": "navy", "藏青": "navy", "天蓝": "sky", "紫": "purple", "黑": "black", "白": "white",
    "灰": "grey", "银": "silver", "棕": "brown", "褐": "brown", "咖啡": "coffee", "米": "beige", "卡其": "khaki",
    "驼": "camel", "花白": "salt-and-pepper",
}  # fmt: skip


def _table() -> dict[str, RGB]:
    table: dict[str, RGB] = {}
    for row in filter(None, _WORDS.split("|")):
        *name, r, g, b = row.split(" ")
        table[" ".join(name).replace("\u00a0", " ")] = RGB(int(r), int(g), int(b))
    return table | {chinese: table[english] for chinese, english in _CHINESE.items()}


_COLOURS = _table()
_HEX = re.compile(r"#?([0-9a-fA-F]{6})\b|#([0-9a-fA-F]{3})\b")
_SHADES = {"dark": 0.6, "deep": 0.7, "light": 1.35, "pale": 1.4, "faded": 1.15, "bright": 1.15, "深": 0.6, "浅": 1.4}


def seeded(*parts: object) -> int:
    """A number that is always the same for the same parts, and unlike for others."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:6], "big")


def colour_of(words: str | None) -> RGB | None:
    """The colour that a phrase such as "dark green", "#8a2b2b" or "红色" names; None when it names none."""
    if not words:
        return None
    text = words.strip().casefold()
    if found := _HEX.fullmatch(text):
        digits = found[1] or "".join(c * 2 for c in found[2])
        return RGB(*(int(digits[i : i + 2], 16) for i in (0, 2, 4)))
    if text in _COLOURS:
        return _COLOURS[text]
    shade = next((factor for word, factor in _SHADES.items() if text.startswith(word)), 1.0)
    latin = [word for word in re.split(r"[^a-z]+", text) if word in _COLOURS and word not in _SHADES]
    chinese = [word for word in sorted(_CHINESE, key=len, reverse=True) if word in text]
    if not latin and not chinese:
        return _COLOURS.get(text.split("-")[0].split(" ")[0])
    return _shaded(_COLOURS[(latin or chinese)[-1 if latin else 0]], shade)


def _shaded(colour: RGB, factor: float) -> RGB:
    if factor == 1.0:
        return colour
    hue, light, strength = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    light = light * factor if factor < 1 else light + (1 - light) * (factor - 1)
    return RGB(*(round(c * 255) for c in colorsys.hls_to_rgb(hue, min(light, 0.94), strength)))
