"""PDFs with text into sourced elements, through pdfplumber.

A line's number is its running number over the document. Pages that are pictures are refused: reading print
off a scan is another trade.
"""

from __future__ import annotations

import io
import itertools
import logging
from collections import Counter
from dataclasses import replace
from typing import Any

from director.parse.fountain import parse_fountain
from director.parse.layout import Row, parse_rows, without_furniture
from director.script import Script
from shots.errors import ScriptError
from shots.fonts import needs_cjk

__all__ = ["parse_pdf"]

_COLUMN_PT = 7.2  # ten characters to the inch
_WIDEST_CHARACTER = 2.5  # columns
_MOST_PAGES = 1000


def parse_pdf(data: bytes, file: str) -> Script:
    """Parses the bytes of a PDF. Raises ScriptError for encrypted, damaged and scanned ones."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on odd fonts help no writer
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise ScriptError(f"{file}: has {len(pdf.pages)} pages. Fix: give the screenplay alone.")
            pages: list[list[_PrintedLine]] = []
            pictures = 0
            for page in pdf.pages:
                pages.append(_printed_lines(page.chars))
                pictures += bool(page.images)
                page.close()
    except ScriptError:
        raise
    except PDFPasswordIncorrect:
        raise ScriptError(f"{file}: {_LOCKED}") from None
    except PdfminerException as error:
        locked = error.args and isinstance(error.args[0], PDFPasswordIncorrect)
        raise ScriptError(f"{file}: {_LOCKED if locked else _DAMAGED}") from None
    except Exception:  # pdfminer lets every kind of error out of damaged files
        raise ScriptError(f"{file}: {_DAMAGED}") from None
    letters = sum(len(text) for page_lines in pages for _, segments, _ in page_lines for _, text in segments)
    if not letters or (letters < 20 * len(pages) and 2 * pictures > len(pages)):
        raise ScriptError(
            f"{file}: holds pictures of pages, not text. Fix: export the PDF from the writing program, "
            "or run text recognition (OCR) over the scan first."
        )
    rows = without_furniture(_rows(pages))
    return parse_rows(rows, file) or _as_fountain(rows, file)


_LOCKED = "is locked with a password. Fix: save a copy without the password."
_DAMAGED = "is a damaged PDF. Fix: export it again, or give the screenplay as .fountain or .fdx."

_Segments = tuple[tuple[float, str], ...]
_PrintedLine = tuple[float, _Segments, float]  # bottom in points, segments, the column of its end


def _printed_lines(chars: list[dict[str, Any]]) -> list[_PrintedLine]:
    """Characters gathered into lines."""
    upright = [c for c in chars if c.get("upright", True) and c["text"]]
    upright.sort(key=lambda c: (c["bottom"], c["x0"]))
    lines: list[list[dict[str, Any]]] = []
    for char in upright:
        if lines and abs(lines[-1][0]["bottom"] - char["bottom"]) <= max(2.0, 0.3 * char["size"]):
            lines[-1].append(char)
        else:
            lines.append([char])
    printed = []
    for line in lines:
        segments = _segments(sorted(line, key=lambda c: float(c["x0"])))
        if segments:
            end = max(float(c["x1"]) for c in line if not c["text"].isspace()) / _COLUMN_PT
            printed.append((float(line[0]["bottom"]), segments, end))
    return printed


def _segments(line: list[dict[str, Any]]) -> _Segments:
    """Words with a space between them form a segment; wider space parts segments."""
    segments: list[tuple[float, str]] = []
    end = -1000.0
    last = None
    for char in line:
        text = str(char["text"])
        if text.isspace():
            continue
        if last is not None and text == last["text"] and abs(char["x0"] - last["x0"]) < 0.15 * char["size"]:
            continue  # bold made by printing twice
        space = char["x0"] - end
        if space > 2.4 * _COLUMN_PT and space > 1.8 * char["size"]:
            segments.append((char["x0"] / _COLUMN_PT, text))
        else:
            x, said = segments[-1]
            segments[-1] = (x, said + (" " if space > 0.2 * char["size"] else "") + text)
        end = char["x1"]
        last = char
    return tuple(segments)


def _rows(pages: list[list[_PrintedLine]]) -> list[Row]:
    pitch = _pitch(pages)
    rows: list[Row] = []
    for number, page_lines in enumerate(pages):
        above: float | None = None
        for bottom, segments, end in page_lines:
            gap = above is None or bottom - above > 1.4 * pitch
            rows.append(Row(len(rows) + 1, segments, gap, number, end))
            above = bottom
    return rows


def _pitch(pages: list[list[_PrintedLine]]) -> float:
    """The distance of neighbouring lines in points: the smallest that is common."""
    steps: Counter[int] = Counter()
    for page_lines in pages:
        steps.update(round(b[0] - a[0]) for a, b in itertools.pairwise(page_lines))
    common = [step for step, count in steps.items() if 6 <= step <= 60 and count >= 0.05 * steps.total()]
    return float(min(common, default=12))


def _as_fountain(rows: list[Row], file: str) -> Script:
    """Pages without columns, read as Fountain with a blank line for every gap; lines keep their numbers.

    Chinese lines that run to the right edge go on in the next row without a break, as they are printed.
    """
    lines: list[str] = []
    numbers: list[tuple[int, int]] = []
    right = sorted(row.end for row in rows)[int(0.95 * (len(rows) - 1))] if rows else 0.0
    goes_on = False
    for row in rows:
        if goes_on and not row.gap:
            lines[-1] += row.text
            numbers[-1] = (numbers[-1][0], row.number)
        else:
            if row.gap and lines:
                lines.append("")
                numbers.append((row.number, row.number))
            lines.append(row.text)
            numbers.append((row.number, row.number))
        goes_on = row.end > right - _WIDEST_CHARACTER and needs_cjk(row.text[-1:])
    script = parse_fountain("\n".join(lines), file)
    elements = tuple(
        replace(element, line=numbers[element.line - 1][0], last_line=numbers[element.last_line - 1][1])
        for element in script.elements
    )
    return replace(script, elements=elements)
