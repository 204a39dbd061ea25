"""Any work in any order: the graph stays whole, foreign lines stay as they are, and all of it goes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from director.reshoot.film import Film
from director.reshoot.paper import drafts_of
from shots.errors import NoteError, StoryboardError
from shots.graph import ShotGraph
from shots.storyboard import loads

SHOTS = ("S1.1", "S1.2", "S1.3", "S1.4", "S2.1", "S2.2")
HEAD = """\
# The bar, third draft   (do not lose this line)
title:   The Bar
width_px: 128
height_px: 72
cast: [{id: MARA}, {id: TOM}]   # two of them
scenes:
"""
SCENES = ("  - heading: INT. BAR - NIGHT\n    people: [MARA, TOM]\n    shots:\n",
          "  - heading: EXT. STREET - DAY   # rain?\n    people: [MARA]\n    shots:\n")  # fmt: skip
BLOCKS = {
    "S1.1": "      # the room first\n      - {id: S1.1, size: WS, action: The bar., duration_s: 0.5}\n",
    "S1.2": "      - id: S1.2   # hers\n        size: 'MS'\n        subjects: [MARA]\n        action: >-\n"
            "          She waits,\n          and waits.\n        duration_s: 2.00\n",
    "S1.3": "      - {id: S1.3, size: MCU, subjects: [TOM], lines: [TOM: You came.]}\n",
    "S1.4": "      - id: S1.4\n        continues: S1.2\n        subjects: [MARA]   # alone\n        duration_s: 0.5\n",
    "S2.1": "      - {id: S2.1, size: EWS, action: Rain., duration_s: 0.5}\n",
    "S2.2": "      - {id: S2.2, size: MS, subjects: [MARA], action: She goes, duration_s: 2.4, trim: {head_s: 0.25}}\n",
}  # fmt: skip
BOARD = HEAD + "".join(
    scene + "".join(text for shot, text in BLOCKS.items() if shot[1] == str(number))
    for number, scene in enumerate(SCENES, 1)
)

shot = st.sampled_from(SHOTS)
side = st.sampled_from(("after", "before"))
tenths = st.integers(0, 4).map(lambda n: n / 10)
step = st.one_of(
    st.tuples(st.just("change"), shot, st.sampled_from(("WS", "CU", "ECU"))),
    st.tuples(st.just("insert"), shot, side),
    st.tuples(st.just("move"), shot, side, shot),
    st.tuples(st.just("remove"), shot, st.none() | shot),
    st.tuples(st.just("trim"), shot, tenths, tenths),
    st.tuples(st.just("split"), shot, st.sampled_from((0.4, 1.0, 1.2))),
    st.tuples(st.just("lock"), shot, st.booleans()),
    st.tuples(st.just("by hand"), st.sampled_from(("# a thought", "# another"))),
    st.just(("undo",)),
    st.just(("undo",)),
    st.just(("redo",)),
)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Film]:
    folder = tmp_path_factory.mktemp("sequences")
    (folder / "storyboard.yaml").write_bytes(BOARD.encode())
    (folder / "takes").mkdir()
    film = Film.open(folder / "storyboard.yaml", picture="previz", workers=1)
    film.render()  # what can be locked and split
    yield film


def do(film: Film, what: str, *by: object) -> None:
    """One piece of work, by the calls that a person has."""
    name = str(by[0]) if by else ""
    ways: dict[str, Callable[[], object]] = {
        "change": lambda: film[name].trial(size=by[1]).write(),
        "insert": lambda: film.insert(**{str(by[1]): name}, action="A glass."),  # type: ignore[arg-type]
        "move": lambda: film.move(name, **{str(by[1]): by[2]}),  # type: ignore[arg-type]
        "remove": lambda: film.remove(name, lines_to=by[1]),  # type: ignore[arg-type]
        "trim": lambda: film[name].trim(head_s=by[1], tail_s=by[2]),  # type: ignore[arg-type]
        "split": lambda: film[name].split(by[1]),  # type: ignore[arg-type]
        "lock": lambda: film[name].lock() if by[1] else film[name].unlock(),
        "by hand": lambda: film.file.write_bytes(film.file.read_bytes() + f"{name}\n".encode()),
    }
    ways[what]()


@settings(
    max_examples=30, deadline=None, derandomize=True, database=None, phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(steps=st.lists(step, min_size=4, max_size=12))
def test_any_work_in_any_order(film: Film, steps: list[tuple[object, ...]]) -> None:
    file = film.file
    file.write_bytes(BOARD.encode())
    shutil.rmtree(drafts_of(file), ignore_errors=True)
    done, back = [BOARD.encode()], list[bytes]()  # the file after each step that stands, and after those taken back
    touched: set[str] = set()
    loose = False  # an edit by hand that nobody has come upon yet: another one is the same step
    for what, *by in steps:
        before = file.read_bytes()
        if what in ("undo", "redo"):
            loose = False
        if what == "undo":
            assert (film.undo() is not None) == (len(done) > 1)
            if len(done) > 1:
                back.append(done.pop())
        elif what == "redo":
            assert (film.redo() is not None) == bool(back)
            if back:
                done.append(back.pop())
        else:
            try:
                do(film, str(what), *by)
            except (NoteError, StoryboardError):
                assert file.read_bytes() == before, "what is refused changes nothing"
            after = file.read_bytes()
            by_hand = what == "by hand"
            if by_hand and (loose or not drafts_of(file).exists()):
                done[-1] = after  # to where nobody knows of, there is no way back
            elif after != before:
                done.append(after)
                back.clear()
                loose = by_hand
                touched |= {str(name) for name in by if name in SHOTS}
                touched |= {"S1.4"} if "S1.2" in touched else set()  # goes on from it
        assert file.read_bytes() == done[-1]
        assert len(film.history) == len(done) - 1
        check(film, touched)
    for data in reversed(done[:-1]):
        assert film.undo() is not None and file.read_bytes() == data
    assert film.undo() is None and file.read_bytes() == done[0]
    for data in [*done[1:], *reversed(back)]:
        assert film.redo() is not None and file.read_bytes() == data
    assert film.redo() is None


def check(film: Film, touched: set[str]) -> None:
    """The file reads back, its graph holds together, and every line of what was not touched is as it was."""
    text = Path(film.file).read_bytes().decode()
    assert loads(text) == film.paper.written()
    graph = ShotGraph(film.storyboard)
    known = set(graph.order())
    assert len(known) == len(graph.order()) and not graph.cycles()
    assert all({edge.source, edge.target} <= known for edge in graph.edges())
    assert all(one.continues in known | {None} for one in film.storyboard.shots())
    assert text.startswith(HEAD) and all(scene in text for scene in SCENES)
    for name, block in BLOCKS.items():
        assert name in touched or block in text
    assert [line.text for one in film.storyboard.shots() for line in one.lines] == ["You came."]
