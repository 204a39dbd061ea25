"""Takes in chunks and groups: every frame has its place, what is known stands by itself, and nothing grows."""

from __future__ import annotations

import pytest

from model.takes import REACH_S, Knowledge, chunks_for, groups_of, told_times_s


def test_the_first_frame_is_a_still_and_the_last_is_held() -> None:
    chunks = chunks_for([0, 2, 4, 6, 8, 10], {})
    assert [chunk.frames for chunk in chunks] == [(0, 0, 0, 0), (2, 4, 6, 8), (10, 10, 10, 10)]
    assert {chunk.knowledge for chunk in chunks} == {"none"}
    assert [chunk.frames for chunk in chunks_for([0], {})] == [(0, 0, 0, 0)]


@pytest.mark.parametrize(
    "known",
    [{}, {0: "whole"}, {15: "whole"}, {0: "whole", 15: "whole"}, {7: "part"}, dict.fromkeys(range(6), "whole"),
     dict.fromkeys(range(9, 16), "whole"), {3: "whole", 4: "part", 5: "whole"}, dict.fromkeys(range(16), "part")],
)  # fmt: skip
def test_chunks_hold_every_frame_in_order_and_none_is_half_known(known: dict[int, Knowledge]) -> None:
    chunks = chunks_for(range(16), known)
    frames = [index for chunk in chunks for index in chunk.frames]
    assert frames == sorted(frames)
    assert set(frames) == set(range(16))
    for chunk in chunks:
        assert len(chunk.frames) == 4
        assert {known.get(index, "none") for index in chunk.frames} == {chunk.knowledge}


def test_groups_make_every_chunk_once_in_order_and_see_few() -> None:
    chunks = chunks_for(range(24 * 60), {0: "whole", 700: "whole", 1439: "whole"})
    groups = list(groups_of(chunks))
    assert [number for group in groups for number in group.made] == list(range(len(chunks)))
    made = [group for group in groups if chunks[group.made[0]].knowledge != "whole"]
    assert max(len(group.made) + len(group.behind) + len(group.ahead) for group in made) <= 6
    for group in made:
        assert all(number < group.made[0] for number in group.behind)
        assert group.made[0] - 1 in group.behind and 0 in group.behind
        assert all(number > group.made[-1] and chunks[number].knowledge == "whole" for number in group.ahead)
    assert all(group.ahead for group in made), "the frame to come is seen from the start"


def test_what_is_far_is_told_within_reach_and_all_times_start_at_0() -> None:
    chunks = chunks_for(range(482), {481: "whole"})
    times = [chunk.frames[-1] / 24 for chunk in chunks]
    for group in list(groups_of(chunks))[2:-1]:
        told = told_times_s(group, times)
        assert min(told.values()) == 0.0
        first, last = told[group.made[0]], told[group.made[-1]]
        assert last - first == pytest.approx(times[group.made[-1]] - times[group.made[0]])
        assert all(first - REACH_S - 1e-9 <= told[n] <= last + REACH_S + 1e-9 for n in told)
        assert told[group.behind[-1]] - told[group.made[0]] == pytest.approx(-4 / 24)
