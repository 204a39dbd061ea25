"""Which pretrained engines there are, by the names that `--picture` takes; only the one asked for is imported."""

from __future__ import annotations

from importlib import import_module

from model.backends.engine import Engine

__all__ = ["ENGINES", "IMAGES", "engine_of"]

ENGINES: tuple[str, ...] = (
    "wan-vace",
    "ltx",
    "ltx2",
    "wan-i2v",
    "skyreels",
    "hunyuan15",
    "framepack",
    "framepack-f1",
    "cogvideox",
    "svd",
    "kandinsky5",
    "sana-video",
    "sana-wm",
)
"""In the order in which they suit films of many shots. `wan-vace` is declared in wan_vace.py as ENGINE, and so on."""

IMAGES: tuple[str, ...] = ("flux2-klein", "qwen-image", "z-image")
"""What makes single pictures, each a clip of one frame: declared in model.images in the same way."""


def engine_of(name: str) -> Engine:
    """The engine of a name, of clips or of single pictures.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in (*ENGINES, *IMAGES):
        raise KeyError(name)
    package = "images" if name in IMAGES else "backends"
    engine: Engine = import_module(f"model.{package}.{name.replace('-', '_')}").ENGINE
    return engine
