"""Statistics: plain arithmetic over shots and their timings."""

from __future__ import annotations

import pytest

from shots.spec import Line, Scene, Shot, Storyboard
from shots.stats import statistics
from shots.timing import ShotTiming, time_shots

MARA = Line(character="MARA", text="One two three.")
TOM = Line(character="TOM", text="Four.")


def film(*scenes: tuple[Shot, ...]) -> Storyboard:
    return Storyboard(title="T", scenes=tuple(Scene(heading="INT. A - DAY", shots=shots) for shots in scenes))


def test_figures_of_a_small_film() -> None:
    storyboard = film(
        (
            Shot(id="1", size="WS", coverage="establishing", move="pan_left", duration_s=4.0, action="A room."),
            Shot(id="2", size="MS", coverage="single", subjects=("MARA",), lines=(MARA,)),
            Shot(id="3", size="CU", coverage="reaction", subjects=("TOM",), duration_s=2.0),
        ),
        (Shot(id="4", size="MS", coverage="single", subjects=("TOM",), lines=(TOM,)),),
    )
    frames = {"1": 96, "2": 72, "3": 48, "4": 120}
    figures = statistics(storyboard, {shot: ShotTiming(shot, count, 24) for shot, count in frames.items()})
    assert (figures.shot_count, figures.scene_count, figures.duration_s) == (4, 2, 14.0)
    assert (figures.average_shot_s, figures.median_shot_s) == (3.5, 3.5)
    assert (figures.longest_shot, figures.longest_shot_s) == ("4", 5.0)
    assert figures.sizes == {"WS": 0.25, "MS": 0.5, "CU": 0.25}
    assert sum(figures.lengths.values()) == pytest.approx(1)
    assert figures.reaction_share == 0.25
    assert (figures.moving_share, figures.moves) == (0.25, {"pan_left": 1})
    assert figures.set_ups_per_scene == 2.0


def test_a_set_up_that_holds_a_whole_dialogue_shows() -> None:
    held = Shot(size="MS", coverage="two_shot", subjects=("MARA", "TOM"), lines=(MARA, TOM))
    cut = Shot(size="CU", coverage="single", subjects=("TOM",), lines=(TOM,))
    ids = [f"S1.{n}" for n in range(3)]
    one = film(tuple(Shot(**{**vars(held), "id": i}) for i in ids))
    two = film(
        (
            Shot(**{**vars(held), "id": ids[0]}),
            Shot(**{**vars(cut), "id": ids[1]}),
            Shot(**{**vars(held), "id": ids[2]}),
        )
    )
    assert statistics(one, time_shots(one, {})).longest_hold_lines == 6
    assert statistics(two, time_shots(two, {})).longest_hold_lines == 2


def test_spoken_share_counts_overlapping_voices_once() -> None:
    both = Line(character="TOM", text="Four five six.", together=True)
    storyboard = film((Shot(id="1", size="MS", lines=(MARA, both)),))
    timings = time_shots(storyboard, {("1", 0): 2.0, ("1", 1): 2.0})
    share = statistics(storyboard, timings).spoken_share
    assert 2.0 / timings["1"].duration_s <= share <= 2.3 / timings["1"].duration_s


def test_an_empty_film_has_rows_too() -> None:
    figures = statistics(Storyboard(title="T"), {})
    assert figures.shot_count == 0
    assert dict(figures.rows())["longest shot"] == "none"
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in figures.rows())
