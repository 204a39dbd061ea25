"""What holds of every storyboard of a screenplay, whoever directed it: nothing lost, nothing invented, in order."""

from __future__ import annotations

import re

from director.rules.text import plain
from director.script import Element, Script
from shots.continuity import check
from shots.graph import ShotGraph
from shots.spec import LOOKS, Line, Shot, Storyboard
from shots.timing import time_shots

__all__ = ["assert_every_word_is_spoken_in_order", "assert_film_is_sound", "spoken", "words"]


def spoken(storyboard: Storyboard) -> list[Line]:
    return [line for shot in storyboard.shots() for line in shot.lines]


def words(text: str) -> str:
    return re.sub(r"\s+", "", plain(text))


def speeches(script: Script) -> list[tuple[Element, str]]:
    """Each cue with all the words under it."""
    found: list[tuple[Element, str]] = []
    open_cue = False
    for element in script.elements:
        if element.kind == "character":
            found.append((element, ""))
            open_cue = True
        elif element.kind in ("dialogue", "lyrics") and open_cue:
            cue, said = found[-1]
            found[-1] = (cue, said + element.text)
        elif element.kind not in ("paren", "note"):
            open_cue = False
    return [(cue, said) for cue, said in found if words(said)]


def assert_every_word_is_spoken_in_order(script: Script, storyboard: Storyboard) -> None:
    lines = spoken(storyboard)
    for cue, said in speeches(script):
        last = max(
            (e.last_line for e in script.elements if e.line > cue.line and e.kind in ("dialogue", "lyrics", "paren")
             and not any(c.line > cue.line and c.line <= e.line for c, _ in speeches(script))),
            default=cue.last_line,
        )  # fmt: skip
        mine = [line for line in lines if line.source and cue.line <= line.source.line <= last]
        by_speaker: dict[str, str] = {}
        for line in mine:
            by_speaker[line.character] = by_speaker.get(line.character, "") + line.text
        assert by_speaker, f"nobody says {said!r}"
        for text in by_speaker.values():
            assert words(text) == words(said)


def assert_all_is_filmed(script: Script, storyboard: Storyboard) -> None:
    spans = [span for shot in storyboard.shots() for span in shot.source]
    spans += [scene.source for scene in storyboard.scenes if scene.source]
    covered = {line for span in spans for line in range(span.line, span.last_line + 1)}
    for element in script.elements:
        filmed = element.kind in (
            "action",
            "character",
            "dialogue",
            "paren",
            "lyrics",
            "centered",
            "transition",
            "scene",
        )
        if filmed and words(element.text):
            assert covered & set(range(element.line, element.last_line + 1)), f"nothing films {element}"


def assert_in_order(storyboard: Storyboard) -> None:
    def first(shot: Shot) -> int:
        told = [*(line.source.line for line in shot.lines if line.source)]
        return min(told, default=0)

    firsts = [line for shot in storyboard.shots() if (line := first(shot))]
    assert firsts == sorted(firsts)


def assert_all_names_are_known(storyboard: Storyboard) -> None:
    cast = {character.id for character in storyboard.cast}
    props = {prop.id for prop in storyboard.props}
    places = {place.id for place in storyboard.places}
    ids = [shot.id for shot in storyboard.shots()]
    assert len(ids) == len(set(ids)) and None not in ids
    for place in storyboard.places:
        assert place.parent is None or place.parent in places
    for scene in storyboard.scenes:
        assert scene.place in places
        for shot in scene.shots:
            named = {*shot.subjects, *(line.character for line in shot.lines), *(p.character for p in shot.people)}
            named |= {name for name in (shot.over, shot.pov_of) if name}
            assert named <= cast
            handled = {prop for p in shot.people for prop in p.holds} | {placed.prop for placed in shot.props}
            handled |= {shot.insert_of} if shot.insert_of else set()
            assert handled <= props
            assert {p.looks_at for p in shot.people if p.looks_at} <= cast | props | set(LOOKS)
            assert set(shot.subjects) <= {p.character for p in shot.people}
            assert shot.source and shot.motive and shot.size and shot.coverage


def assert_film_is_sound(script: Script, storyboard: Storyboard) -> None:
    """All of the above, and no error of continuity but what only a floor could show."""
    assert_every_word_is_spoken_in_order(script, storyboard)
    assert_all_is_filmed(script, storyboard)
    assert_in_order(storyboard)
    assert_all_names_are_known(storyboard)
    timings = time_shots(storyboard, {})
    assert all(timing.frame_count >= 0.8 * timing.fps for timing in timings.values())
    assert [str(problem) for problem in check(ShotGraph(storyboard), {}) if problem.severity == "error"] == []
