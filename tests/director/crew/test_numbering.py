"""Scenes as numbered lines: every word once, ids of their own."""

from __future__ import annotations

from director.direct import read_film
from director.llm.crew.telling import lines_told
from director.numbering import ScriptLine, number_scenes
from director.parse import parse_fountain
from tests.director.crew.scripts import HOSTILE, THREE


def numbered(text: str) -> tuple[tuple[ScriptLine, ...], ...]:
    film = read_film(parse_fountain(text, "three.fountain"))
    return number_scenes(read.sheet.moments for read in film.scenes)


def test_ids_are_script_lines_and_no_two_are_alike() -> None:
    scenes = numbered(THREE)
    ids = [line.id for lines in scenes for line in lines]
    assert len(ids) == len(set(ids))
    text = THREE.splitlines()
    for lines in scenes:
        for line in lines:
            written = text[int(line.id[1:].partition(".")[0]) - 1]
            assert line.text.split()[0] in written or written.split()[0] in line.speakers


def test_a_long_speech_comes_in_pieces_that_are_the_speech_again() -> None:
    pieces = [line for lines in numbered(THREE) for line in lines if "tide" in line.text or "next year" in line.text]
    assert [piece.goes_on for piece in pieces] == [False, True, True]
    assert " ".join(piece.text for piece in pieces) == (
        "The tide turned early. I told you that it would. You never believe what I tell you about the tide, and "
        "every year it does what I say. It will do it next year, too."
    )


def test_what_is_said_at_once_is_one_line() -> None:
    line = next(line for lines in numbered(THREE) for line in lines if "Wait!" in line.text)
    assert line.speakers == ("MARA", "TOM") and line.text == "Now! Wait!"


def test_no_text_can_close_its_block_or_begin_a_line() -> None:
    told = "\n".join(lines_told(lines) for lines in numbered(HOSTILE))
    assert "<" not in told and ">" not in told
    ids = [line.id for lines in numbered(HOSTILE) for line in lines]
    assert [row.split(" ")[0] for row in told.splitlines()] == ids
