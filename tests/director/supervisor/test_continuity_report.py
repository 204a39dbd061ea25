"""The continuity report: its words, its pages, and the command that writes it."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from typer.testing import CliRunner

from director.cli import app
from director.staging import inspect
from director.supervisor.markdown import markdown
from director.supervisor.report import clock, continuity_report, pages
from shots.defaults import complete
from shots.storyboard import loads

BOARD = """title: Biscuit
credit: by N.N.
cast:
- {id: MARA, gender: female, look: {wardrobe: [{kind: coat, colour: red}, {kind: jeans, colour: navy}]}}
- {id: TOM, gender: male, look: {wardrobe: [{kind: sweater, colour: grey}, {kind: trousers, colour: black}]}}
props: [{id: BISCUIT, kind: food}]
scenes:
- heading: EXT. QUAY - NIGHT
  page_eighths: 3
  shots:
  - {size: MS, subjects: [MARA], people: [{character: MARA, state: [wet]}], action: Mara waits., duration_s: 2}
- heading: INT. CABIN - CONTINUOUS
  page_eighths: 9
  shots:
  - size: MS
    subjects: [TOM]
    people: [{character: MARA, state: [wet]}, {character: TOM, act: eat, holds: [BISCUIT]}]
    duration_s: 2.5
    action: Tom eats.
  - size: MCU
    subjects: [TOM]
    people: [{character: MARA, state: [wet]}, {character: TOM, holds: [BISCUIT]}]
    props: [{prop: BISCUIT, state: bitten}]
    lines: [TOM: Eat.]
"""
GOLDEN_HEAD = """# Biscuit: continuity

by N.N.

2 scenes, 3 shots, 0:06, 1 4/8 pages. Story days: Night 1.

## Breakdown

| Scene | Slugline | Story day | Since | Pages | Time | Cast |
| --- | --- | --- | --- | --- | --- | --- |
| S1 | EXT. QUAY - NIGHT | Night 1 |  | 3/8 | 0:02 | MARA |
| S2 | INT. CABIN - CONTINUOUS | Night 1 | CONTINUOUS, after S1 | 1 1/8 | 0:04 | MARA, TOM |
"""
GOLDEN_SCENE = """## S2. INT. CABIN - CONTINUOUS

Night 1 · CONTINUOUS, after S1 · 1 1/8 pages · 0:04

**Wardrobe**

- MARA: red coat, navy jeans, SHIRT; wet
- TOM: grey sweater, black trousers

**Props**

- BISCUIT: TOM's right hand (S2.1); bitten, TOM's right hand (S2.2)

**Matches to watch**

- MARA: wet since S1.1
- BISCUIT: bitten from S2.1 on (bitten into)
"""


def report_text(text: str = BOARD) -> str:
    board = complete(loads(text))
    found = inspect(board)
    return markdown(continuity_report(board, found.timings, found.geometry, found.problems))


def test_the_report_is_what_a_supervisor_writes_down() -> None:
    text = report_text()
    assert text.startswith(GOLDEN_HEAD)
    before, after = GOLDEN_SCENE.split("SHIRT")
    assert before in text and after in text
    row = next(line for line in text.splitlines() if line.startswith("| S2.2 |"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == "MCU · TOM" and cells[2].endswith("mm") and cells[7] == "TOM: Eat."
    assert cells[8].endswith("BISCUIT bitten")


def test_problems_stand_with_their_scene() -> None:
    dry = report_text(BOARD.replace("[{character: MARA, state: [wet]}, {character: TOM", "[MARA, {character: TOM"))
    scene = dry.split("## S2.")[1]
    assert "- error: MARA is wet in S1.1 and not in S2.1" in scene


def test_script_text_is_no_markup() -> None:
    text = report_text(BOARD.replace("Mara waits.", '"<b>x</b> | [y](z) `k`"'))
    row = next(line for line in text.splitlines() if line.startswith("| S1.1 |"))
    assert row.count("|") == 10 and "<b>" not in row and "\\[y]" in row


@pytest.mark.parametrize(("eighths", "said"), [(3, "3/8"), (8, "1"), (11, "1 3/8"), (None, "–")])
def test_pages_are_told_in_eighths(eighths: int | None, said: str) -> None:
    assert pages(eighths) == said


def test_seconds_are_told_as_a_clock() -> None:
    assert [clock(seconds) for seconds in (0.4, 59.6, 83.4)] == ["0:00", "1:00", "1:23"]


def test_the_command_writes_both_and_the_pdf_holds_the_words(tmp_path: Path) -> None:
    source = tmp_path / "board.yaml"
    source.write_text(BOARD, encoding="utf-8")
    reply = CliRunner().invoke(app, ["supervise", str(source), "-o", str(tmp_path / "film")])
    assert reply.exit_code == 0, reply.output
    assert (tmp_path / "film/continuity.md").read_text(encoding="utf-8").startswith("# Biscuit: continuity")
    with pdfplumber.open(tmp_path / "film/continuity.pdf") as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    for words in ("Biscuit: continuity", "Night 1", "INT. CABIN - CONTINUOUS", "TOM's right hand", "BISCUIT bitten"):
        assert words in text
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["continuity.md", "continuity.pdf"]


def test_a_long_film_goes_over_pages_with_its_table_heads(tmp_path: Path) -> None:
    from director.supervisor.pdf import write_continuity_pdf

    shots = "".join(f"  - {{size: MS, subjects: [MARA], duration_s: 1, action: Number {n}.}}\n" for n in range(70))
    board = complete(loads(f"title: Long\ncast: [MARA]\nscenes:\n- heading: INT. 小屋 - NIGHT\n  shots:\n{shots}"))
    found = inspect(board)
    write_continuity_pdf(continuity_report(board, found.timings, found.geometry, ()), tmp_path / "c.pdf")
    with pdfplumber.open(tmp_path / "c.pdf") as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 1 and all("Framing" in text for text in texts)
    assert all(f"S1.{n} " in "".join(texts) for n in range(1, 71)) and "小屋" in texts[0]


RAIN = """\
Title: Rain

EXT. QUAY - NIGHT

Rain. MARA, 34, waits.

INT. CABIN - CONTINUOUS

Mara comes in, wet.

INT. CABIN - DAWN

Mara sits.

MARA
Well.
"""


def test_what_was_put_right_is_told_and_stands_in_the_report(tmp_path: Path) -> None:
    script = tmp_path / "rain.fountain"
    script.write_text(RAIN, encoding="utf-8")
    folder = ["-o", str(tmp_path / "film")]
    planned = CliRunner().invoke(app, ["plan", str(script), *folder])
    assert planned.exit_code == 0, planned.output
    told = [line for line in planned.stderr.splitlines() if line.startswith("put right: ")]
    assert told == ["put right: MARA is no longer wet in S3.1 to S3.2: Day 2, night to dawn."]
    assert CliRunner().invoke(app, ["supervise", str(script), *folder]).exit_code == 0
    text = (tmp_path / "film/continuity.md").read_text(encoding="utf-8")
    assert f"## Put right for the plan\n\n- {told[0].removeprefix('put right: ')}\n\n## S1." in text
