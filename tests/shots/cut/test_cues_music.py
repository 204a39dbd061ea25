"""Where score comes in and goes out: not wall to wall, never under a line that must stand alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from audio.cues import MusicCue
from shots.cut.cues import AskedCue, SceneMusic, cue_sheet
from shots.cut.timeline import Cut, build_cut
from shots.source import SourceSpan
from shots.spec import Character, Line, Scene, Shot, Storyboard, Transition
from shots.timing import time_shots

CAST = (Character(id="ANN"), Character(id="TOM"), Character(id="EVA"))


def spotted(*scenes: Scene, asked: tuple[SceneMusic, ...] = (), seed: int = 0) -> tuple[Cut, tuple[MusicCue, ...]]:
    board = Storyboard(title="T", cast=CAST, scenes=scenes, seed=seed)
    timings = time_shots(board, {})
    cut = build_cut(board, timings)
    return cut, cue_sheet(cut, board, timings, {}, asked=asked).music


def silent(shot: str, seconds: float = 4.0, **how: object) -> Shot:
    return Shot(**({"id": shot, "size": "WS", "duration_s": seconds, "subjects": ("ANN",)} | how))  # type: ignore[arg-type]


def says(shot: str, text: str, line: int, who: str = "ANN", **how: object) -> Shot:
    delivery = str(how.pop("delivery", ""))
    spoken = Line(character=who, text=text, delivery=delivery, source=SourceSpan("f", line, line + 1))
    given = {"id": shot, "size": "MS", "subjects": (who,), "lines": (spoken,), "source": (spoken.source,)} | how
    return Shot(**given)  # type: ignore[arg-type]


def talk(scene: str, first_line: int, mood: str = "neutral", **how: object) -> Scene:
    """A scene that opens in silence, talks, turns on a quiet line in close-up and ends on a look."""
    asks = "Where were you when the lights went out last night, and who was with you?"
    close = {"size": "CU", "coverage": "reaction"}

    def at(lines: int) -> tuple[SourceSpan, ...]:
        return (SourceSpan("f", first_line + lines, first_line + lines),)

    shots = (
        silent(f"{scene}.1", 7.0, source=at(-2), **how),
        says(f"{scene}.2", asks, first_line),
        says(f"{scene}.3", "At home. I was at home the whole night.", first_line + 3, "TOM"),
        says(f"{scene}.4", asks, first_line + 6),
        says(f"{scene}.5", "I told you all of it already.", first_line + 9, "TOM"),
        silent(f"{scene}.6", 3.0, source=at(11), **close),
        says(f"{scene}.7", "You lied to me.", first_line + 13, size="CU", delivery="quietly"),
        silent(f"{scene}.8", 6.0, source=at(16), subjects=("TOM",), **close),
    )
    return Scene(id=scene, heading=f"INT. {scene}", mood=mood, shots=shots)  # type: ignore[arg-type]


def test_half_to_two_thirds_of_a_film_is_scored_and_the_rest_is_not() -> None:
    moods = ("quiet", "tense", "comic", "sad", "neutral", "urgent", "warm")
    cut, cues = spotted(*(talk(f"S{n}", 100 * n, mood) for n, mood in enumerate(moods, 1)))
    share = sum(cue.end_s - cue.start_s for cue in cues) / cut.duration_s
    assert 0.45 <= share <= 0.7
    assert len(cues) >= 4
    assert all(before.end_s <= after.start_s for before, after in pairwise(cues))
    assert all(cue.end_s - cue.start_s >= 4 for cue in cues)
    assert [cue.title for cue in cues] == [f"1m{n}" for n in range(1, len(cues) + 1)]
    assert len({cue.seed for cue in cues}) == len(cues)


def test_the_film_opens_and_ends_with_music_that_resolves() -> None:
    cut, cues = spotted(talk("S1", 10), talk("S2", 110))
    assert cues[0].start_s < cut.items[0].frame_count / cut.fps  # over the title
    assert cut.duration_s - 0.5 < cues[-1].end_s < cut.duration_s
    assert cues[-1].ends == "resolved" and cues[-1].tension[-1][1] < 0.2
    assert cues[-1].hits[-1].kind == "end" and cues[-1].hits[-1].time_s == cues[-1].end_s


def test_no_music_plays_under_the_line_that_a_scene_turns_on() -> None:
    cut, cues = spotted(*(talk(f"S{n}", 100 * n, "sad") for n in range(1, 5)))
    items = {item.shot: item for item in cut.items}
    for scene in range(1, 5):
        start_s = items[f"S{scene}.7"].start_frame / cut.fps + 0.35
        plays = [cue for cue in cues if cue.start_s < start_s < cue.end_s]
        assert all(any(a <= start_s <= b for a, b in cue.silences) for cue in plays)


def test_after_the_turn_music_comes_in_on_the_look() -> None:
    cut, cues = spotted(talk("S1", 10, "sad"), talk("S2", 110, "sad"))
    look_s = next(item.start_frame for item in cut.items if item.shot == "S1.8") / cut.fps
    assert any(abs(cue.start_s - look_s) < 0.05 for cue in cues)


def test_a_smash_cut_ends_one_cue_dead_and_is_met_by_the_next() -> None:
    smash = Transition(kind="smash_cut")
    loud = Scene(
        id="S2", heading="INT. B", mood="urgent",
        shots=(silent("S2.1", 9.0, transition=smash), silent("S2.2", 9.0)),
    )  # fmt: skip
    before = Scene(id="S1", heading="INT. A", mood="quiet", shots=(silent("S1.1", 8.0), silent("S1.2", 8.0)))
    cut, (first, second) = spotted(before, loud)
    smash_s = next(item.start_frame for item in cut.items if item.shot == "S2.1") / cut.fps
    assert (first.ends, first.end_s) == ("cut", smash_s) == ("cut", second.start_s)
    assert second.hits[0].kind == "smash" and second.hits[0].time_s == smash_s
    assert (first.mood, second.mood) == ("quiet", "urgent")


def test_tension_rises_to_the_turn_and_lets_go_after_it() -> None:
    cut, cues = spotted(
        talk("S1", 10), asked=(SceneMusic(scene="S1", cues=(AskedCue(first="L8", last="L26", mood="x"),)),)
    )
    curve = dict(cues[0].tension)
    at = {item.shot: item.start_frame / cut.fps for item in cut.items}
    assert curve[at["S1.2"]] < curve[at["S1.4"]] < curve[at["S1.7"]] > curve[at["S1.8"]]
    assert all(0 <= level <= 1 for level in curve.values())
    assert list(curve) == sorted(curve) and (min(curve), max(curve)) == (cues[0].start_s, cues[0].end_s)


def test_a_crew_s_cues_are_taken_as_they_are_and_none_is_added() -> None:
    asked = (
        SceneMusic(scene="S2", cues=(AskedCue(first="L113", last="L116", mood="icy"),), turn="L123"),
        SceneMusic(scene="S1"),
    )
    cut, (cue,) = spotted(talk("S1", 10), talk("S2", 110), asked=asked)
    items = {item.shot: item for item in cut.items}
    assert cue.mood == "icy"
    assert items["S2.3"].start_frame / cut.fps < cue.start_s < cue.start_s + 1 < cue.end_s
    assert cue.end_s < items["S2.5"].start_frame / cut.fps
    assert cue.spoken and cue.themes[:2] in (("ANN", "TOM"), ("TOM", "ANN"))


def test_a_crew_whose_lines_the_cut_has_lost_leaves_the_film_to_the_rules() -> None:
    lost = AskedCue(first="L900", last="nonsense", mood="x")
    assert spotted(talk("S1", 10), asked=(SceneMusic(scene="S1", cues=(lost,)),)) == spotted(talk("S1", 10))


def test_a_crew_s_last_cue_plays_on_under_the_credits() -> None:
    asked = (SceneMusic(scene="S1", cues=(AskedCue(first="L23", last="L23", mood="x"),)),)
    scene = talk("S1", 10)
    cut, (cue,) = spotted(replace(scene, shots=scene.shots[:-1]), asked=asked)
    assert cue.end_s > cut.duration_s - 0.5 and cue.ends == "resolved"


def test_music_does_not_come_in_on_a_sudden_sound() -> None:
    ring = silent("S1.9", 4.0, action="The phone RINGS.", sounds=("phone ring",))
    scene = talk("S1", 10, "sad")
    cut, cues = spotted(replace(scene, shots=(*scene.shots[:5], ring, *scene.shots[5:])), talk("S2", 110))
    ring_s = next(item.start_frame for item in cut.items if item.shot == "S1.9") / cut.fps
    assert all(abs(cue.start_s - ring_s) > 0.5 for cue in cues)


@pytest.mark.parametrize("count", [1, 2, 40])
def test_any_film_can_be_spotted_the_same_way_each_time(count: int) -> None:
    scenes = tuple(talk(f"S{n}", 100 * n, "tense") for n in range(1, count + 1))
    assert spotted(*scenes) == spotted(*scenes)
    alone = Scene(id="S1", heading="INT. A", shots=(says("S1.1", "Yes.", 3),))
    assert spotted(alone)[1]


def test_reels_are_counted_by_twenty_minutes() -> None:
    _, cues = spotted(*(talk(f"S{n}", 100 * n, "sad") for n in range(1, 51)))
    titles = [cue.title for cue in cues]
    assert titles[0] == "1m1" and "2m1" in titles
    assert max(cue.end_s - cue.start_s for cue in cues) < 160
