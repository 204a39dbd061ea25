"""The cut in whole frames: no gap, nothing lost, no word under a transition."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shots.cut.conform import conform
from shots.cut.timeline import Cut, build_cut
from shots.errors import CutError
from shots.render.job import Take
from shots.spec import Character, Line, Presence, Scene, Shot, Storyboard, Transition, TransitionKind
from shots.timing import ShotTiming, TimedLine, time_shots

KINDS: tuple[TransitionKind, ...] = (
    "cut", "smash_cut", "match_cut", "jump_cut", "dissolve", "fade_in", "fade_out", "fade_through_black", "wipe"
)  # fmt: skip


def board(*shots: Shot, **changes: object) -> Storyboard:
    scene = Scene(id="1", heading="INT. CAFÉ - DAY", shots=shots)
    fields: dict[str, object] = {"title": "Found", "width_px": 64, "height_px": 36, "scenes": (scene,), **changes}
    return Storyboard(**fields)  # type: ignore[arg-type]


def shot(name: str, kind: TransitionKind = "cut", duration_s: float = 2.0, **changes: object) -> Shot:
    fields: dict[str, object] = {"id": name, "duration_s": duration_s, "transition": Transition(kind=kind), **changes}
    return Shot(**fields)  # type: ignore[arg-type]


def laid_out(*shots: Shot, cards: bool = False, **changes: object) -> Cut:
    storyboard = board(*shots, **changes)
    return build_cut(storyboard, time_shots(storyboard, {}), cards=cards)


def takes_of(cut: Cut) -> dict[str, Take]:
    return {
        item.shot: Take(
            shot=item.shot, key=item.shot, path=Path(f"{item.shot}.mp4"), digest=item.shot,
            frame_count=item.frame_count, width_px=cut.width_px, height_px=cut.height_px, fps=cut.fps,
        )
        for item in cut.items
        if item.shot
    }  # fmt: skip


def test_shots_follow_each_other() -> None:
    cut = laid_out(shot("S1"), shot("S2", duration_s=1.5), shot("S3"))
    assert [(item.start_frame, item.frame_count) for item in cut.items] == [(0, 48), (48, 36), (84, 48)]
    assert cut.frame_count == 132
    assert cut.duration_s == 5.5


@pytest.mark.parametrize(("kind", "shared"), [("dissolve", 19), ("wipe", 14)])
def test_a_dissolve_overlaps_the_shots_it_joins(kind: TransitionKind, shared: int) -> None:
    cut = laid_out(shot("S1"), shot("S2", kind))
    assert cut.items[1].overlap_frames == shared
    assert cut.items[1].start_frame == 48 - shared
    assert cut.frame_count == 96 - shared


def test_fades_overlap_nothing() -> None:
    cut = laid_out(shot("S1"), shot("S2", "fade_out"), shot("S3", "fade_in"), shot("S4", "fade_through_black"))
    assert cut.frame_count == 4 * 48
    assert [(item.fade_in_frames, item.fade_out_frames) for item in cut.items] == [(0, 22), (0, 0), (22, 13), (13, 0)]


def test_a_dissolve_never_touches_a_word() -> None:
    talk = (Line(character="A", text="Hello."),)
    storyboard = board(shot("S1", lines=talk), shot("S2", "dissolve", lines=talk))
    timings = {
        "S1": ShotTiming("S1", 48, 24, (TimedLine(0, 0.2, 1.6),)),  # 0.2 s of silence at the end
        "S2": ShotTiming("S2", 48, 24, (TimedLine(0, 0.5, 1.0),)),
    }
    cut = build_cut(storyboard, timings, cards=False)
    assert cut.items[1].overlap_frames == 4
    timings["S1"] = ShotTiming("S1", 48, 24, (TimedLine(0, 0.2, 1.8),))
    cut = build_cut(storyboard, timings, cards=False)
    assert (cut.items[1].overlap_frames, cut.items[1].entered_by) == (0, "cut")


def test_a_dissolve_from_nothing_is_a_fade_in() -> None:
    cut = laid_out(shot("S1", "dissolve"), shot("S2"))
    assert (cut.items[0].entered_by, cut.items[0].fade_in_frames) == ("fade_in", 22)


def test_cards_stand_around_the_film() -> None:
    people = (Presence(character="DOG"),)
    first = shot("S1", lines=(Line(character="MARA", text="Hm."),), people=people)
    cast = (Character(id="TOM"), Character(id="DOG", name="The dog"), Character(id="MARA"))
    storyboard = board(first, cast=cast, credit="by N.N.")
    cut = build_cut(storyboard, time_shots(storyboard, {}), thanks=("Voices by eSpeak NG",))
    title, body, credits = cut.items
    assert title.card is not None
    assert credits.card is not None
    assert (title.card.heading, title.card.lines) == ("Found", ("by N.N.",))
    assert credits.card.lines == ("Mara", "The dog")  # TOM is in no shot
    assert credits.card.foot == "Voices by eSpeak NG · Made with Workprint"
    assert body.start_frame == title.end_frame
    assert body.fade_out_frames > 0


def test_a_large_cast_takes_several_cards() -> None:
    names = [f"P{number}" for number in range(19)]
    first = shot("S1", people=tuple(Presence(character=name) for name in names))
    cut = laid_out(first, cards=True, cast=tuple(Character(id=name) for name in names))
    pages = [item.card.lines for item in cut.items[2:] if item.card]
    assert [len(page) for page in pages] == [8, 8, 3]


def test_a_film_without_shots_is_refused() -> None:
    with pytest.raises(CutError, match=r"'Found' has no shots.*Fix: "):
        laid_out()
    with pytest.raises(CutError, match=r"shot S1 has no length.*Fix: "):
        build_cut(board(shot("S1")), {})


SHOTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 80), st.none() | st.floats(0.01, 9.0)), min_size=1, max_size=9
)


def random_cut(parts: list[tuple[TransitionKind, int, float | None]], cards: bool) -> Cut:
    shots = [
        Shot(id=f"S{n}", transition=Transition(kind=kind, duration_s=seconds))
        for n, (kind, _, seconds) in enumerate(parts)
    ]
    timings = {f"S{n}": ShotTiming(f"S{n}", count, 24) for n, (_, count, _) in enumerate(parts)}
    return build_cut(board(*shots), timings, cards=cards)


@given(SHOTS, st.booleans())
def test_any_cut_has_no_gap_and_keeps_every_frame(
    parts: list[tuple[TransitionKind, int, float | None]], cards: bool
) -> None:
    cut = random_cut(parts, cards)
    assert [item.frame_count for item in cut.items if item.shot] == [count for _, count, _ in parts]
    for before, after in pairwise(cut.items):
        assert after.start_frame == before.end_frame - after.overlap_frames
    segments = conform(cut, takes_of(cut))
    assert segments[0].start_frame == 0
    for one, other in pairwise(segments):
        assert other.start_frame == one.start_frame + one.frame_count
    assert segments[-1].start_frame + segments[-1].frame_count == cut.frame_count
    shown: dict[str, list[int]] = {}
    for segment in segments:
        for layer in segment.layers:
            assert layer.frame_count == segment.frame_count
            assert layer.fade_in_frames + layer.fade_out_frames <= layer.frame_count
            shown.setdefault(layer.shot, []).extend(range(layer.first_frame, layer.first_frame + layer.frame_count))
    for item in cut.items:
        if item.shot:
            assert sorted(shown[item.shot]) == list(range(item.frame_count))


def test_a_segment_is_known_by_what_it_shows_and_not_by_where_it_stands() -> None:
    one = conform(cut := laid_out(shot("S1"), shot("S2")), takes_of(cut))
    two = conform(cut := laid_out(shot("S2"), shot("S1")), takes_of(cut))
    assert {s.key(()) for s in one} == {s.key(()) for s in two}
    assert len({s.key(()) for s in one}) == 2
    assert one[0].key(("a",)) != one[0].key(("b",))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({}, r"shot S1 has no take\. Fix: "),
        ({"frame_count": 47}, r"the take of shot S1 has 47 frames, and the cut needs 48\. Fix: "),
        ({"width_px": 128}, r"the take of shot S1 is 128×36 at 24 .* and the film 64×36 at 24\. Fix: "),
    ],
)
def test_a_take_that_does_not_fit_is_named(change: dict[str, int], what: str) -> None:
    cut = laid_out(shot("S1"))
    takes = {name: replace(take, **change) for name, take in takes_of(cut).items()} if change else {}
    with pytest.raises(CutError, match=what):
        conform(cut, takes)
