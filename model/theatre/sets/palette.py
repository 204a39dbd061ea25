"""Colours that many things share."""

from __future__ import annotations

from model.stage import RGB

__all__ = ["BRASS", "FLAME", "INK", "PAPER", "STEEL", "WHITE"]

INK = RGB(52, 48, 58)
PAPER = RGB(242, 236, 220)
STEEL = RGB(176, 182, 190)
BRASS = RGB(206, 168, 86)
FLAME = RGB(255, 196, 92)
WHITE = RGB(255, 255, 255)
