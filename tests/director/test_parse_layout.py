"""Typed text and PDFs: the same pages, read by their columns."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from director.parse import read
from director.script import Script
from shots.errors import ScriptError

SHARED = Path(__file__).parents[2].parent / "shared/data/pdf"
COLUMN = {"scene": 15, "action": 15, "character": 37, "paren": 31, "dialogue": 25, "transition": 60}
FILM = [
    ("scene", "INT. HARBOUR OFFICE - NIGHT"),
    ("action", "Rain on the window. MARA (40) counts coins under a\nlamp."),
    ("character", "MARA"),
    ("paren", "(without\nlooking up)"),
    ("dialogue", "You are late, and you know\nit."),
    ("action", "THE DOOR SHUTS."),
    ("character", "TOM (O.S.)"),
    ("dialogue", "The bridge is out."),
    ("paren", "(beat)"),
    ("dialogue", "I swam."),
    ("transition", "CUT TO:"),
    ("scene", "EXT. PIER - DAWN"),
    ("action", "A ferry leaves."),
]
TITLE = ["THE LAST FERRY", "", "Written by", "N. Writer"]


def typed(repeat: int = 1, scale: float = 1.0, margin: int = 0, title: bool = True) -> str:
    lines = [" " * 30 + line for line in TITLE] if title else []
    for kind, text in FILM * repeat:
        lines += [] if kind in ("dialogue", "paren") else [""]
        lines += [" " * int((COLUMN[kind] - margin) * scale) + line for line in text.split("\n")]
    return "\n".join(lines)


def pdf(path: Path, repeat: int = 1, **options) -> Path:
    canvas = Canvas(str(path), pagesize=(612, 792), **options)
    canvas.setFont("Courier", 12)
    for i, line in enumerate(TITLE):
        canvas.drawCentredString(306, 500 - 20 * i, line)
    canvas.showPage()
    y, page = 720, 1
    canvas.setFont("Courier", 12)
    speaker = ""
    for kind, text in FILM * repeat:
        lines = text.split("\n")
        y -= 0 if kind in ("dialogue", "paren") else 12
        speaker = text.split(" (")[0] if kind == "character" else speaker
        if y < 72 + 12 * (len(lines) + 2 * (kind == "character")):
            if kind in ("dialogue", "paren"):
                canvas.drawString(COLUMN["character"] * 7.2, y, "(MORE)")
            canvas.drawString(60 * 7.2, 60, "(CONTINUED)")
            canvas.showPage()
            page += 1
            canvas.setFont("Courier", 12)
            canvas.drawString(520, 760, f"{page}.")
            canvas.drawString(108, 760, "THE LAST FERRY - draft 2")
            y = 720
            if kind in ("dialogue", "paren"):
                canvas.drawString(COLUMN["character"] * 7.2, y, f"{speaker} (CONT'D)")
                y -= 12
        for line in lines:
            canvas.drawString(COLUMN[kind] * 7.2, y, line)
            y -= 12
    canvas.save()
    return path


def check(script: Script, repeat: int) -> None:
    want = [(kind, text.removesuffix(" (O.S.)")) for kind, text in FILM * repeat]
    assert [(e.kind, e.text) for e in script.elements] == want
    assert script.title_page == {"title": ("THE LAST FERRY",), "credit": ("Written by",), "author": ("N. Writer",)}
    lines = [e.line for e in script.elements]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize(("scale", "margin"), [(1.0, 0), (1.0, 15), (0.8, 5)])
def test_typed_text(tmp_path, scale, margin):
    path = tmp_path / "ferry.txt"
    path.write_text(typed(scale=scale, margin=margin))
    script = read(path)
    check(script, 1)
    assert script.elements[0].line == 6
    assert script.elements[6].extension == "(O.S.)"


def test_typed_pages_with_form_feeds_and_numbers(tmp_path):
    lines, page = [], 1
    for line in typed(repeat=6).split("\n"):
        lines.append(line)
        if not line and len(lines) > 30 * page:
            page += 1
            lines += [f"\x0c{' ' * 70}{page}.", ""]
    path = tmp_path / "ferry.txt"
    path.write_text("\n".join(lines))
    assert page > 3
    check(read(path), 6)


def test_text_without_columns_is_read_as_fountain(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("INT. BAR - NIGHT\n\nMARA waits.\n\nMARA\nHi.\n")
    assert [e.kind for e in read(path).elements] == ["scene", "action", "character", "dialogue"]


def test_indented_fountain_stays_fountain(tmp_path):
    path = tmp_path / "indented.fountain"
    path.write_text("INT. BAR - NIGHT\n\n    She waits.\n\n                MARA\n        ~La la\n")
    assert [(e.kind, e.text) for e in read(path).elements][1:] == [
        ("action", "    She waits."),
        ("character", "MARA"),
        ("lyrics", "La la"),
    ]


@pytest.mark.parametrize("repeat", [1, 12])
def test_pdf(tmp_path, repeat):
    check(read(pdf(tmp_path / "ferry.pdf", repeat)), repeat)


def test_pdf_without_columns_is_read_as_fountain(tmp_path):
    canvas = Canvas(str(tmp_path / "flat.pdf"), pagesize=(612, 792))
    for y, line in [
        (700, "INT. BAR - NIGHT"),
        (676, "Mara waits by the door."),
        (652, "MARA"),
        (638, "Hi."),
        (614, "She goes."),
    ]:
        canvas.drawString(72, y, line)
    canvas.save()
    script = read(tmp_path / "flat.pdf")
    assert [(e.kind, e.line) for e in script.elements] == [
        ("scene", 1),
        ("action", 2),
        ("character", 3),
        ("dialogue", 4),
        ("action", 5),
    ]


def test_chinese_pdf_joins_what_the_page_broke(tmp_path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(tmp_path / "zh.pdf"), pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    y = 760
    speech = "张三：" + "雨一直下到半夜，码头上没有一个人，只有灯还亮着，" * 4
    pages = ["1. 内景 咖啡馆 夜", "雨敲着窗。", speech, "李四：我也这么想。", "两人沉默。"]
    for paragraph in pages:
        for start in range(0, len(paragraph), 36):
            canvas.drawString(72, y, paragraph[start : start + 36])
            y -= 18
    canvas.save()
    elements = read(tmp_path / "zh.pdf").elements
    assert [(e.kind, e.text) for e in elements] == [
        ("scene", "内景 咖啡馆 夜"),
        ("action", "雨敲着窗。"),
        ("character", "张三"),
        ("dialogue", speech.removeprefix("张三：")),
        ("character", "李四"),
        ("dialogue", "我也这么想。"),
        ("action", "两人沉默。"),
    ]
    assert (elements[3].line, elements[3].last_line) == (3, 5)


def test_speeches_side_by_side(tmp_path):
    canvas = Canvas(str(tmp_path / "dual.pdf"), pagesize=(612, 792))
    canvas.setFont("Courier", 12)
    for x, y, line in [
        (108, 700, "EXT. SEA - DAY"),
        (180, 676, "MARA"),
        (400, 676, "TOM"),
        (130, 664, "Pull the rope now!"),
        (340, 664, "(over her)"),
        (340, 652, "I am pulling!"),
        (108, 628, "They pull."),
    ]:
        canvas.drawString(x, y, line)
    canvas.save()
    assert [(e.kind, e.text, e.dual) for e in read(tmp_path / "dual.pdf").elements] == [
        ("scene", "EXT. SEA - DAY", False),
        ("character", "MARA", False),
        ("dialogue", "Pull the rope now!", False),
        ("character", "TOM", True),
        ("paren", "(over her)", True),
        ("dialogue", "I am pulling!", True),
        ("action", "They pull.", False),
    ]


def test_scene_numbers_in_the_margins(tmp_path):
    canvas = Canvas(str(tmp_path / "n.pdf"), pagesize=(612, 792))
    canvas.setFont("Courier", 12)
    for x, y, line in [(54, 700, "12A"), (108, 700, "EXT. SEA - DAY"), (540, 700, "12A"), (108, 676, "Waves.")]:
        canvas.drawString(x, y, line)
    canvas.save()
    scene = read(tmp_path / "n.pdf").elements[0]
    assert (scene.kind, scene.text, scene.scene_number) == ("scene", "EXT. SEA - DAY", "12A")


@pytest.mark.parametrize(
    ("name", "kinds"), [("dual-dialogue", ["character", "dialogue"] * 2), ("extended-characters", ["action"])]
)
def test_other_peoples_pdfs(name, kinds):
    path = SHARED / f"{name}.pdf"
    if not path.is_file():
        pytest.skip("shared/data is not beside this checkout")
    assert [e.kind for e in read(path).elements] == kinds


def scanned(path: Path) -> Path:
    picture = io.BytesIO()
    Image.new("L", (85, 110), 200).save(picture, "PNG")
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.drawImage(ImageReader(picture), 0, 0, 612, 792)
    canvas.save()
    return path


def test_bad_pdfs(tmp_path):
    whole = pdf(tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    locked = pdf(tmp_path / "locked.pdf", encrypt=StandardEncryption("secret", canPrint=0))
    said: Counter[str] = Counter()
    for path in (scanned(tmp_path / "scan.pdf"), locked, tmp_path / "cut.pdf", tmp_path / "junk.pdf"):
        with pytest.raises(ScriptError, match=r" Fix: .+\.$") as caught:
            read(path)
        said[str(caught.value).removeprefix(str(path)).split(".")[0]] += 1
    assert said[": holds pictures of pages, not text"] >= 1
    assert said[": is locked with a password"] == 1
    assert said[": is a damaged PDF"] >= 1
