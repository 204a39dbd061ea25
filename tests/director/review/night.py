"""A small film whose texts are what somebody hostile would write."""

from __future__ import annotations

from collections.abc import Callable

from director.reshoot.film import Film
from director.review.server import ReviewServer

__all__ = ["BOARD", "HOSTILE", "Reviewed"]

HOSTILE = "</script><script>alert('said')</script><img src=x onerror=alert(1)>\u2028"
BOARD = f"""
workprint: 1
title: "Night <img src=x onerror=alert('title')>"
width_px: 192
height_px: 108
cast:
  - {{id: ANNA, description: "a guard <b>bold</b>"}}
scenes:
  - heading: "INT. STATION - NIGHT <script>alert('heading')</script>"
    shots:
      - size: WS
        subjects: [ANNA]
        action: Anna waits.
        duration_s: 1.0
      - size: MS
        subjects: [ANNA]
        action: "[x](javascript:alert(1)) <svg onload=alert('action')>"
        note: "../../../etc/passwd"
        duration_s: 1.2
  - heading: EXT. STREET - DAY
    shots:
      - {{size: MCU, subjects: [ANNA], action: {HOSTILE!r}, duration_s: 1.0}}
"""

Reviewed = Callable[[Film], ReviewServer]
