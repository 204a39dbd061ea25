"""Rows of pictures under column headings, to be looked at beside the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from model.evaluation.frames import Row

__all__ = ["COLUMNS", "TASK_COLUMNS", "sheet", "write_sheet"]

COLUMNS = ("truth", "ours", "ours without references", "stand-ins (what it is steered by)")
TASK_COLUMNS = ("given", "ours", "truth")
_PAPER, _INK = (247, 245, 240), (60, 56, 52)
_GAP_PX, _HEAD_PX, _NAME_PX, _TEXT_PX = 6, 34, 22, 18
_QUALITY = 90


def sheet(rows: Sequence[Row], columns: Sequence[str]) -> Image.Image:
    """Pictures of one size in rows, each row's name over it."""
    height, width = rows[0].pictures[0].shape[:2]
    across, down = width + _GAP_PX, height + _GAP_PX + _NAME_PX
    whole = Image.new("RGB", (across * len(columns) - _GAP_PX, _HEAD_PX + down * len(rows) - _GAP_PX), _PAPER)
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(_TEXT_PX)
    for column, heading in enumerate(columns):
        pen.text((column * across + 4, 8), heading, _INK, font)
    for number, row in enumerate(rows):
        top = _HEAD_PX + number * down
        pen.text((4, top), row.name.replace("_", " "), _INK, ImageFont.load_default(_TEXT_PX - 4))
        for column, picture in enumerate(row.pictures):
            whole.paste(Image.fromarray(picture), (column * across, top + _NAME_PX))
    return whole


def write_sheet(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Writes a sheet as a JPEG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet(rows, columns).save(path, "JPEG", quality=_QUALITY)
