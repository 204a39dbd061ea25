"""Font files for everything that is written: Lato from its package, the system's for what Lato lacks.

The one place that looks for fonts. Nothing is downloaded or installed; text that no font here can show
comes with a sentence that says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

__all__ = ["cjk_fonts", "covers", "font_notice", "font_path", "font_runs", "needs_cjk"]

# Names in the order of preference, as they begin file names on Linux, macOS and Windows.
_CJK = (
    "NotoSansCJK", "NotoSansSC", "SourceHanSans", "PingFang", "Hiragino Sans GB", "msyh", "wqy-microhei", "wqy-zenhei",
    "STHeiti", "DroidSansFallback", "Deng", "simhei", "NotoSerifCJK", "NotoSerifSC", "SourceHanSerif", "Songti",
    "simsun", "uming", "ukai", "Arial Unicode",
)  # fmt: skip
_GENERAL = ("DejaVuSans", "NotoSans-", "Arial Unicode", "segoeui", "LiberationSans", "FreeSans", "arial")
_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
_MOST_FILES = 20_000  # a font folder with more is not searched to its end
_NO_SUCH_CHARACTER = "\U0010fffe"


def needs_cjk(text: str) -> bool:
    """Whether the text holds Chinese, Japanese or Korean characters or their punctuation."""
    return any(_is_cjk(character) for character in text)


def font_path(text: str = "", *, bold: bool = False) -> Path | None:
    """One font file that shows all of `text`: Lato where it can, else the system's; None if there is none."""
    lato = _lato(bold)
    if covers(lato, text):
        return lato
    candidates = cjk_fonts(bold=bold) if needs_cjk(text) else (*_general_fonts(bold), *cjk_fonts(bold=bold))
    return next((path for path in candidates if covers(path, text)), None)


def font_runs(text: str, *, bold: bool = False) -> list[tuple[Path, str]]:
    """`text` cut into runs of one font each; characters that no font has stay with Lato and show as a box."""
    lato = _lato(bold)
    fonts = [(_font_of(character, bold) or lato, character) for character in text]
    return [(path, "".join(c for _, c in run)) for path, run in groupby(fonts, key=lambda pair: pair[0])]


def font_notice(text: str) -> str | None:
    """The sentence to show, once, when no font here can show some of `text`; None when all is well."""
    missing = sorted({c for c in text if not c.isspace() and c.isprintable() and _font_of(c, False) is None})
    if not missing:
        return None
    if needs_cjk("".join(missing)):
        return (
            "No Chinese font was found, so Chinese in pictures shows as empty boxes. "
            "Fix: install one, such as Noto Sans CJK (Debian and Ubuntu: the package fonts-noto-cjk)."
        )
    return f"No font was found for {''.join(missing[:8])!r}. Fix: install a font that has these characters."


@lru_cache(maxsize=65536)
def covers(path: Path, text: str) -> bool:
    """Whether the font draws every visible character of `text` as something else than its empty box."""
    return all(_has(path, character) for character in set(text) if not character.isspace())


@cache
def cjk_fonts(*, bold: bool = False) -> tuple[Path, ...]:
    """The system's fonts with Chinese characters, best first; of each, the weight asked for comes first."""
    found = _named(_CJK, bold)
    if not found:
        found = tuple(path for path in _fontconfig_chinese() if path.suffix.lower() in _SUFFIXES)
    return tuple(path for path in found if _has(path, "中"))


@cache
def _general_fonts(bold: bool) -> tuple[Path, ...]:
    return _named(_GENERAL, bold)


def _lato(bold: bool) -> Path:
    return Path(str(files("font_lato") / "files" / f"Lato-{'Bold' if bold else 'Regular'}.ttf"))


def _is_cjk(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af" or "\uf900" <= character <= "\uffef"


@lru_cache(maxsize=65536)
def _font_of(character: str, bold: bool) -> Path | None:
    if character.isspace():
        return _lato(bold)
    return font_path(character, bold=bold)


@lru_cache(maxsize=16)
def _face(path: Path) -> tuple[object, bytes] | None:
    """A small face to ask for shapes, and the shape of what it does not have."""
    from PIL import ImageFont

    try:
        face = ImageFont.truetype(str(path), 20)
        return face, bytes(face.getmask(_NO_SUCH_CHARACTER))
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=65536)
def _has(path: Path, character: str) -> bool:
    opened = _face(path)
    if opened is None:
        return False
    face, nothing = opened
    shape = bytes(face.getmask(character))  # type: ignore[attr-defined]  # Pillow's FreeTypeFont
    return shape != nothing and any(shape)


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    elif sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    else:
        yield Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "fonts"
        yield from (home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


@cache
def _font_files() -> tuple[Path, ...]:
    found: list[Path] = []
    for folder in _folders():
        for root, _, names in os.walk(folder):
            found += [Path(root, name) for name in sorted(names) if name.lower().endswith(_SUFFIXES)]
            if len(found) > _MOST_FILES:
                return tuple(found)
    return tuple(found)


def _named(names: tuple[str, ...], bold: bool) -> tuple[Path, ...]:
    ranked = []
    for path in _font_files():
        stem = path.stem.lower()
        rank = next((i for i, name in enumerate(names) if stem.startswith(name.lower())), None)
        if rank is not None and not any(style in stem for style in ("italic", "oblique", "mono")):
            wanted = ("bold", "bd") if bold else ("regular", "medium", "w3")
            plain = not any(weight in stem for weight in ("bold", "bd", "light", "thin", "black", "condensed"))
            fits = any(weight in stem for weight in wanted) and "condensed" not in stem
            ranked.append((rank, 0 if fits else 1 if plain else 2, len(stem), str(path), path))
    return tuple(path for *_, path in sorted(ranked))


@cache
def _fontconfig_chinese() -> tuple[Path, ...]:
    if shutil.which("fc-list") is None:
        return ()
    try:
        told = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(sorted(Path(line.rstrip(": ")) for line in told.stdout.splitlines() if line.strip()))
