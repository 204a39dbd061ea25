"""The measured critic on small drawn takes: true ones pass, ones broken on purpose fail by the right name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from director.critic.broken import (
    BREAKS,
    FPS,
    HEIGHT_PX,
    NAMED,
    WIDTH_PX,
    Case,
    Clip,
    before_of,
    blurred,
    cases,
    drawn,
    geometry_of,
    judged,
    stood_in,
)
from director.critic.measured import CONSTRAINTS, judge
from director.critic.verdict import Judgement, Verdict, at_least, at_most
from model.stage import RGB, Stage
from shots.render.clip import TAKE, ClipWriter, read_frames

CASES = (7003, 7021)  # two people by a window in dots of ink, under a moving camera; a woman in close-up at dawn


@lru_cache(maxsize=1)
def _cases() -> dict[int, tuple[Case, Clip]]:
    return {index: (case, drawn(case.stage, case.request)) for index in CASES for case in cases("train", index, 1)}


def _names(judgement: Judgement) -> set[str]:
    return {verdict.constraint for verdict in judgement.failures}


@pytest.mark.parametrize("index", CASES)
@pytest.mark.parametrize("soft", [lambda _, true: true, blurred], ids=["true", "blurred"])
def test_true_and_soft_takes_pass(index: int, soft: Callable[[Case, Clip], Clip]) -> None:
    case, true = _cases()[index]
    judgement = judged(case, soft(case, true), before_of(case))
    assert judgement.passed, [verdict.told for verdict in judgement.failures]
    assert judgement.shot == str(index)
    found = {verdict.constraint for verdict in judgement.verdicts}
    assert found >= {"people", "wardrobe", "key_side", "mirrored", "eyeline", "cut_jump", "colour_temperature"}
    assert [verdict.constraint for verdict in judgement.verdicts] == sorted(
        (verdict.constraint for verdict in judgement.verdicts), key=CONSTRAINTS.index
    )


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_take_is_called_by_its_name(name: str) -> None:
    """On the first of the stages where the break can be seen."""
    for case, true in _cases().values():
        broken = BREAKS[name](case, true)
        if broken is not None:
            judgement = judged(case, broken, before_of(case))
            assert _names(judgement) & NAMED[name], (case.index, [verdict.told for verdict in judgement.verdicts])
            assert not judgement.passed
            return
    pytest.fail(f"{name} cannot be seen on any of the stages")


def test_stand_ins_are_not_dressed_as_the_cast() -> None:
    case, true = _cases()[7021]
    puppets = stood_in(case, true)
    assert puppets is not None
    judgement = judged(case, puppets, before_of(case))
    told = next(verdict.told for verdict in judgement.failures if verdict.constraint == "wardrobe")
    assert "P1's" in told
    assert "ΔE" in told


def test_a_take_survives_its_encoding(tmp_path: Path) -> None:
    case, true = _cases()[7021]
    with ClipWriter(tmp_path / "take.mp4", WIDTH_PX, HEIGHT_PX, FPS, TAKE) as clip:
        for frame in true:
            clip.write(frame)
    judgement = judge(read_frames(tmp_path / "take.mp4", 0, len(true)), case.request, geometry_of(case), take_key="k")
    assert judgement.passed, [verdict.told for verdict in judgement.failures]
    assert judgement.take_key == "k"
    assert "cut_jump" not in {verdict.constraint for verdict in judgement.verdicts}


def test_what_is_missing_or_of_another_size_is_told() -> None:
    case, true = _cases()[7021]
    assert _names(judge(true[:4], case.request, geometry_of(case))) >= {"length"}
    assert _names(judge([], case.request, geometry_of(case))) == {"length"}
    small = [np.ascontiguousarray(frame[::2, ::2]) for frame in true]
    assert "size" in _names(judge(small, case.request, geometry_of(case)))
    grey = np.full_like(true, 128)
    assert "blank" in _names(judge(grey, case.request, geometry_of(case)))


def test_each_half_of_a_split_screen_is_judged() -> None:
    case, _ = _cases()[7021]
    whole = replace(case.request, stage=replace(case.stage, beside=case.stage), width_px=512, frame_count=3)
    broken = replace(whole, stage=replace(case.stage, beside=_recoloured(case)))
    assert judge(drawn(whole.stage, whole), whole, geometry_of(case)).passed
    failures = judge(drawn(broken.stage, broken), whole, geometry_of(case)).failures
    assert [one.constraint for one in failures] == ["wardrobe"]


def _recoloured(case: Case) -> Stage:
    figure = case.stage.figures[0]
    look = replace(figure.look, top_colour=RGB(52, 94, 168))
    return replace(case.stage, figures=(replace(figure, look=look), *case.stage.figures[1:]))


def test_scores_order_takes_by_failures_first_and_margins_second() -> None:
    def judgement(*verdicts: Verdict) -> Judgement:
        return Judgement("S1.1", "", verdicts)

    good = at_most("wardrobe", "MARA", 1.0, 8.0, "ΔE", "")
    fair = at_most("wardrobe", "MARA", 7.9, 8.0, "ΔE", "")
    poor = at_most("wardrobe", "MARA", 8.1, 8.0, "ΔE", "")
    side = at_least("key_side", "", 0.9, 0.05, "share", "", best=1.0)
    ranked = [judgement(good, side), judgement(fair, side), judgement(poor, side)]
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert ranked[1].passed
    assert not ranked[2].passed
    assert 0.0 <= ranked[2].score < ranked[0].score <= 1.0
    assert judgement().score == 1.0
