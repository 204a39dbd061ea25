"""The board: what every writer must show, inside its page, whatever the names are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from shots.board.graph_svg import write_graph_svg
from shots.board.lettering import clip, wrap
from shots.board.panel import Board, panels
from shots.board.pdf import write_pdf
from shots.board.sheet import sheet_size_px, write_sheet
from shots.errors import StoryboardError
from shots.fonts import font_notice
from shots.spec import Line, Presence, Reference, Scene, Shot, Storyboard, Transition

LONG = "I swam half of it, until the current took my shoes and my patience, and nobody opens to a man like that. "
HOSTILE = '<script>&"\x07]]>'


def storyboard(name: str = "MARA", width: int = 512, height: int = 288) -> Storyboard:
    shots = (
        Shot(id="S1.1", size="WS", move="push_in", lens_mm=24, action="Rain on the harbour. " * 12),
        Shot(
            id="S1.2",
            size="MS",
            subjects=(name, "TOM"),
            action="She counts coins.",
            lines=(
                Line(character=name, text="Late again, are we?", delivery="without looking up"),
                Line(character="TOM", text="Blame the bridge.", heard="voice_over"),
            ),
            transition=Transition(kind="dissolve"),
        ),
        Shot(
            id="S1.3",
            size="MCU",
            over=name,
            angle="low",
            subjects=("TOM",),
            lines=(Line(character="TOM", text=LONG * 6),),
        ),
        Shot(id="S1.4", size="ECU", insert_of="KEY", duration_s=1.5, continues="S1.3"),
    )
    quarrel = tuple(Line(character="TOM", text=f"Reason{n} is a good one, and {LONG}") for n in range(9))
    later = (
        Shot(id="S2.1", size="CU", subjects=(name,), references=(Reference(kind="identity", of=name, shot="S1.2"),)),
        Shot(id="S2.2", size="MS", lines=quarrel, references=(Reference(kind="identity", of="TOM", shot="S2.1"),)),
    )
    people = (Presence(character=name), Presence(character="TOM"))
    return Storyboard(
        title=f"The Last Ferry {name if name != 'MARA' else ''}",
        credit="written by N. Writer",
        width_px=width,
        height_px=height,
        scenes=(
            Scene(id="S1", heading="INT. HARBOUR OFFICE - NIGHT", place="P", people=people, shots=shots),
            Scene(id="S2", number="2A", heading=f"EXT. {name} PIER - DAWN", place="Q", people=people, shots=later),
        ),
    )


def board_of(tmp_path: Path, **options) -> Board:
    told = storyboard(**options)
    picture = tmp_path / "picture.png"
    Image.new("RGB", (64, 36), "#2266aa").save(picture)
    pictures = {"S1.1": picture, "S1.2": picture}
    return panels(told, {"S1.1": 3.2, "S2.2": 61.0}, pictures)


def test_panels_say_what_the_storyboard_says(tmp_path):
    board = board_of(tmp_path)
    first, second, third, insert, *_ = board.panels
    assert (first.framing, first.duration_s, first.opens_scene) == (("WS", "push in", "24 mm"), 3.2, True)
    assert (second.transition, second.opens_scene) == ("dissolve", False)
    assert [(s.speaker, s.manner, s.text) for s in second.spoken] == [
        ("MARA", "without looking up", "Late again, are we?"),
        ("TOM", "V.O.", "Blame the bridge."),
    ]
    assert third.framing == ("MCU", "over MARA", "low")
    assert (insert.framing, insert.duration_s, insert.picture) == (("ECU", "insert"), 1.5, None)
    assert [p.scene for p in board.panels] == ["S1"] * 4 + ["2A"] * 2
    assert ("continues", "S1.3", "S1.4") in {(e.kind, e.source, e.target) for e in board.edges}


def test_shots_without_ids_are_refused():
    scene = Scene(id="S1", heading="INT. A - DAY", shots=(Shot(size="MS"),))
    with pytest.raises(StoryboardError):
        panels(Storyboard(title="X", scenes=(scene,)), {}, {})


@pytest.mark.parametrize("shape", [(512, 288), (288, 512), (480, 480), (1024, 428)])
@pytest.mark.parametrize("letter", [False, True])
def test_pdf_shows_everything_inside_its_pages(tmp_path, shape, letter):
    board = board_of(tmp_path, width=shape[0], height=shape[1])
    path = tmp_path / "board.pdf"
    write_pdf(board, path, letter=letter)
    with pdfplumber.open(path) as pdf:
        assert len(pdf.pages) >= 2
        assert [round(side) for side in (pdf.pages[0].width, pdf.pages[0].height)] == (
            [792, 612] if letter else [842, 595]
        )
        text = " ".join(page.extract_text() for page in pdf.pages)
        for page in pdf.pages:
            for char in page.chars:
                assert 20 <= char["x0"] <= char["x1"] <= page.width - 20, char["text"]
                assert 10 <= char["top"] <= char["bottom"] <= page.height - 10, char["text"]
            assert not _overlaps(page.extract_words(keep_blank_chars=True, x_tolerance=1.5))
        drawn = sum(len(page.images) for page in pdf.pages)
    for panel in board.panels:
        assert panel.shot in text
    for n in range(9):
        assert f"Reason{n} " in text
    printed = set(text.split())
    for said in (
        "Late again, are we?",
        "(without looking up)",
        "Blame the bridge.",
        "I swam half",
        "INT. HARBOUR OFFICE",
        "DISSOLVE",
    ):
        assert printed >= set(said.split()), said
    assert drawn == 2


def _overlaps(words: list[dict]) -> list[tuple[str, str]]:
    """Pairs of words printed over each other."""
    found = []
    for i, a in enumerate(words):
        for b in words[i + 1 :]:
            wide = min(a["x1"], b["x1"]) - max(a["x0"], b["x0"])
            high = min(a["bottom"], b["bottom"]) - max(a["top"], b["top"])
            if wide > 1.5 and high > 3:
                found.append((a["text"], b["text"]))
    return found


def test_same_board_same_bytes(tmp_path):
    board = board_of(tmp_path)
    for write, name in ((write_pdf, "a.pdf"), (write_sheet, "a.png"), (write_graph_svg, "a.svg")):
        write(board, tmp_path / name)
        first = (tmp_path / name).read_bytes()
        write(board, tmp_path / name)
        assert (tmp_path / name).read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pdf", "a.png", "a.svg", "picture.png"]


def test_a_broken_picture_leaves_what_was_there(tmp_path):
    told = storyboard()
    (tmp_path / "broken.png").write_bytes(b"no picture")
    broken = panels(told, {}, {"S1.1": tmp_path / "broken.png"})
    for write, name in ((write_pdf, "a.pdf"), (write_sheet, "a.png"), (write_graph_svg, "a.svg")):
        path = tmp_path / name
        write(board_of(tmp_path), path)
        before = path.read_bytes()
        with pytest.raises(OSError, match="cannot identify"):
            write(broken, path)
        assert path.read_bytes() == before
        assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", [HOSTILE, "张三", "ÉLODIE Ž", "X" * 300, "до свидания", "🎬"])
def test_any_name_can_be_drawn(tmp_path, name):
    board = board_of(tmp_path, name=name)
    write_pdf(board, tmp_path / "board.pdf")
    write_sheet(board, tmp_path / "sheet.png")
    write_graph_svg(board, tmp_path / "graph.svg")
    svg = ET.parse(tmp_path / "graph.svg").getroot()  # noqa: S314  written a line above
    assert not svg.findall(".//{http://www.w3.org/2000/svg}script")
    with pdfplumber.open(tmp_path / "board.pdf") as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    assert "Late again" in text
    if name == "张三" and font_notice(name) is None:
        assert "张三" in text


def test_graph_draws_every_debt(tmp_path):
    board = board_of(tmp_path)
    write_graph_svg(board, tmp_path / "graph.svg", thumbnails=False)
    svg = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert "S1.4 takes from S1.3: continues its last frames" in svg
    assert "S2.2 takes from S2.1: same person (TOM)" in svg
    assert "MARA from S1.2" in svg
    assert "<image" not in svg
    for panel in board.panels:
        assert f">{panel.shot}</text>" in svg
    write_graph_svg(board, tmp_path / "graph.svg")
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8").count('href="data:image/jpeg;base64,') == 2


def test_graph_stays_inside_its_frame(tmp_path):
    long_scene = Scene(
        id="S1", heading="INT. A - DAY", place="P", shots=tuple(Shot(id=f"S1.{n}", size="WS") for n in range(30))
    )
    write_graph_svg(panels(Storyboard(title="Long", scenes=(long_scene,)), {}, {}), tmp_path / "graph.svg")
    svg = ET.parse(tmp_path / "graph.svg").getroot()  # noqa: S314
    width, height = float(svg.get("width", 0)), float(svg.get("height", 0))
    for box in svg.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(box.get("x", 0)) + float(box.get("width", 0)) <= width
        assert float(box.get("y", 0)) + float(box.get("height", 0)) <= height
    for path in svg.iter("{http://www.w3.org/2000/svg}path"):
        if "C" in path.get("d", ""):
            numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
            assert all(0 <= x <= width for x in numbers[0::2])
            assert all(0 <= y <= height for y in numbers[1::2])


@pytest.mark.parametrize("count", [0, 1, 2, 7, 60, 600])
@pytest.mark.parametrize("shape", [(512, 288), (288, 512)])
def test_sheet_has_the_size_it_says(tmp_path, count, shape):
    shots = tuple(Shot(id=f"S1.{n}", size="MS") for n in range(count))
    scene = Scene(id="S1", heading="INT. A - DAY", shots=shots)
    board = panels(Storyboard(title="Sheet", width_px=shape[0], height_px=shape[1], scenes=(scene,)), {}, {})
    write_sheet(board, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == sheet_size_px(board)
        assert sheet.width * sheet.height <= 40_000_000


def width_of(text: str) -> float:
    return float(len(text))


def test_wrapping():
    assert wrap("one two three", 7, width_of, 9) == ["one two", "three"]
    assert wrap("one two three", 7, width_of, 1) == ["one tw…"]
    assert wrap("incomprehensible", 5, width_of, 9) == ["incom", "prehe", "nsibl", "e"]
    assert wrap("你好，我们走吧。", 3, width_of, 9) == ["你好，", "我们走", "吧。"]
    assert wrap("", 5, width_of, 3) == []
    assert clip("hello there", 8, width_of) == "hello t…"


@given(st.text("ab 你，。\n", max_size=80), st.integers(2, 20), st.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_wrapping_keeps_to_its_width_and_loses_nothing_it_has_room_for(text, width, most):
    lines = wrap(text, width, width_of, most)
    assert len(lines) <= most
    assert all(len(line) <= width for line in lines)
    if len(wrap(text, width, width_of, 200)) <= most:
        assert "".join("".join(lines).split()) == "".join(text.split())
