"""Timing: shots last as their voices do; nothing is cut short; everything is in whole frames."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shots.source import SourceSpan
from shots.spec import Line, Presence, Scene, Shot, Storyboard, Transition
from shots.timing import ShotTiming, action_s, speech_s, time_shots


def timed(*shots: Shot, spoken_s: dict[tuple[str, int], float] | None = None, fps: int = 24) -> list[ShotTiming]:
    storyboard = Storyboard(title="T", fps=fps, scenes=(Scene(id="S1", heading="INT. ROOM - DAY", shots=shots),))
    return list(time_shots(storyboard, spoken_s or {}).values())


def said(text: str, who: str = "MARA", line: int | None = None, together: bool = False) -> Line:
    source = SourceSpan("f", line, line) if line else None
    return Line(character=who, text=text, together=together, source=source)


def test_a_spoken_shot_lasts_as_its_voice_and_breath() -> None:
    (timing,) = timed(Shot(id="S1.1", lines=(said("Hello."),)), spoken_s={("S1.1", 0): 2.0})
    assert timing.lines[0].duration_s == 2.0
    assert timing.lines[0].start_s > 0.1
    assert timing.lines[0].start_s + 2.0 + 0.3 <= timing.duration_s <= 4.0


def test_a_duration_by_hand_is_a_minimum_and_never_cuts_a_line() -> None:
    short, long = (
        timed(Shot(id="S1.1", lines=(said("Hello."),), duration_s=d), spoken_s={("S1.1", 0): 3.0})[0]
        for d in (1.0, 9.0)
    )
    assert short.duration_s > 3.0
    assert long.duration_s == pytest.approx(9.0)


def test_lines_follow_one_another_and_together_lines_overlap() -> None:
    (timing,) = timed(
        Shot(id="S1.1", lines=(said("One."), said("Two.", "TOM"), said("Three.", "EVA", together=True))),
        spoken_s={("S1.1", 0): 1.0, ("S1.1", 1): 1.5, ("S1.1", 2): 4.0},
    )
    first, second, third = timing.lines
    assert second.start_s > first.start_s + 1.0
    assert second.start_s < third.start_s < second.start_s + 0.5
    assert timing.duration_s > third.start_s + 4.0


def test_a_speech_that_runs_on_over_a_cut_does_not_pause() -> None:
    parts = (
        Shot(id="S1.1", lines=(said("I waited.", line=4),)),
        Shot(id="S1.2", lines=(said("Every night.", line=4),)),
        Shot(id="S1.3", lines=(said("Me too.", "TOM", line=7),)),
    )
    spoken = {("S1.1", 0): 2.0, ("S1.2", 0): 2.0, ("S1.3", 0): 2.0}
    first, second, third = timed(*parts, spoken_s=spoken)
    assert first.duration_s - first.lines[0].start_s - 2.0 + second.lines[0].start_s < 0.2
    assert second.duration_s - second.lines[0].start_s - 2.0 + third.lines[0].start_s > 0.4


def test_words_keep_clear_of_a_dissolve() -> None:
    cut, dissolve = (
        timed(Shot(id="S1.1", lines=(said("Hello."),), transition=Transition(kind=kind)))[0]
        for kind in ("cut", "dissolve")
    )
    assert dissolve.lines[0].start_s >= cut.lines[0].start_s + 0.4


def test_silence_lasts_as_its_action_needs() -> None:
    glance, walk, told = timed(
        Shot(id="S1.1", people=(Presence(character="MARA", act="look"),)),
        Shot(id="S1.2", people=(Presence(character="MARA", act="walk"),)),
        Shot(id="S1.3", action="word " * 30),
    )
    assert glance.duration_s == pytest.approx(1.5, abs=0.1)
    assert walk.duration_s == pytest.approx(3.5, abs=0.6)
    assert told.duration_s > walk.duration_s


def test_languages_are_estimated_by_their_own_measure() -> None:
    assert speech_s("不晚。对我来说，你来得正好。") == pytest.approx(3.6, rel=0.35)
    assert speech_s("My wife would have given him a ridiculous name.") == pytest.approx(2.6, rel=0.2)
    assert speech_s("Yes... No. Stop, now.") > speech_s("Yes no stop now")
    assert action_s("", ("walk", "wave")) > action_s("", ("walk",))


@given(
    st.lists(st.tuples(st.floats(0.05, 30), st.booleans()), max_size=6),
    st.none() | st.floats(0.01, 60),
    st.sampled_from([12, 24, 25, 30, 60]),
)
def test_every_line_lies_inside_its_shot(voices: list[tuple[float, bool]], by_hand: float | None, fps: int) -> None:
    lines = tuple(said("Ja.", "ABC"[n % 3], together=n > 0 and both) for n, (_, both) in enumerate(voices))
    spoken = {("S1.1", n): seconds for n, (seconds, _) in enumerate(voices)}
    (timing,) = timed(Shot(id="S1.1", lines=lines, duration_s=by_hand), spoken_s=spoken, fps=fps)
    assert timing.duration_s >= 0.8 - 1 / fps
    assert all(line.start_s >= 0 and line.start_s + line.duration_s <= timing.duration_s for line in timing.lines)
    assert [line.index for line in timing.lines] == list(range(len(voices)))
    assert timing.duration_s >= (by_hand or 0) - 1 / fps


def test_an_answer_comes_at_the_pace_of_talk() -> None:
    asked, answered = timed(
        Shot(id="S1.1", lines=(said("Whose is he?", line=4),)),
        Shot(id="S1.2", lines=(said("Not mine.", "TOM", line=7),)),
        spoken_s={("S1.1", 0): 1.2, ("S1.2", 0): 0.8},
    )
    gap_s = asked.duration_s - asked.lines[0].start_s - 1.2 + answered.lines[0].start_s
    assert 0.2 <= gap_s <= 0.55
