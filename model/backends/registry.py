"""Which pretrained engines there are, by the names that `--picture` takes; only the one asked for is imported."""

from __future__ import annotations

from importlib import import_module

from model.backends.engine import Engine

__all__ = ["ENGINES", "engine_of"]

ENGINES: tuple[str, ...] = (
    "wan-vace",
    "ltx",
    "ltx2",
    "wan-i2v",
    "skyreels",
    "hunyuan15",
    "framepack",
    "cogvideox",
    "svd",
    "kandinsky5",
    "sana-video",
)
"""In the order in which they suit films of many shots. `wan-vace` is declared in wan_vace.py as ENGINE, and so on."""


def engine_of(name: str) -> Engine:
    """The engine of a name.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in ENGINES:
        raise KeyError(name)
    engine: Engine = import_module(f"model.backends.{name.replace('-', '_')}").ENGINE
    return engine
