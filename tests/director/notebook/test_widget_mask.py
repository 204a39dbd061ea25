"""Masks drawn on a frame, as a page sends them."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from director.notebook.widget_mask import mask_of
from shots.errors import WorkprintError


def png(mask: np.ndarray, mode: str = "L") -> bytes:
    out = io.BytesIO()
    Image.fromarray((mask * 255).astype(np.uint8)).convert(mode).save(out, "PNG")
    return out.getvalue()


def test_white_is_kept_at_the_films_size() -> None:
    drawn = np.zeros((216, 384), bool)
    drawn[:, :192] = True
    kept = mask_of(png(drawn, "RGBA"), 192, 108)
    assert kept.shape == (108, 192) and kept[:, :95].all() and not kept[:, 97:].any()


def _bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "no PNG"),
        (b"<svg onload=alert(1)>", "no PNG"),
        (png(np.eye(20, dtype=bool))[:40], "no PNG"),
        (_bomb(), "The mask is"),
        (b"\x89PNG" + b"0" * 5_000_000, "5 MB"),
        (png(np.ones((108, 192), bool)), "keeps all"),
        (png(np.zeros((108, 192), bool)), "keeps nothing"),
    ],
    ids=["empty", "svg", "cut off", "bomb", "large", "all", "nothing"],
)
def test_what_is_no_mask_is_refused_in_a_sentence(sent: bytes, told: str) -> None:
    with pytest.raises(WorkprintError, match=told) as refused:
        mask_of(sent, 192, 108)
    assert "Fix:" in str(refused.value)
