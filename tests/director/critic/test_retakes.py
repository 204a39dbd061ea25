"""Takes are watched, retaken within a budget with one thing changed, and the best is circled; twice is as once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "shots"))

from render_pictures import request
from watched_pictures import Judge, Seedy, level

from director.critic.critic import Critic
from director.critic.judged import JudgementStore
from director.progress import Silent
from director.retakes import Budget, Followed, Set, Watch, follow
from director.shooting import Shooting
from model.request import ClipRequest
from shots.graph import Edge
from shots.render.job import Take
from shots.render.store import TakeStore

CONTINUES = (Edge("continues", "", "S1", "S2"),)


def film(seeds: Mapping[str, int]) -> dict[str, ClipRequest]:
    return {shot: request(seed, frame_count=4, text="A field.") for shot, seed in seeds.items()}


def shooting(
    folder: Path,
    requests: Mapping[str, ClipRequest],
    backend: Seedy,
    judge: Callable[[Take], object] | None = None,
    edges: tuple[Edge, ...] = (),
    *,
    retakes: bool = True,
) -> Shooting:
    critic = None
    if judge is not None:
        store = JudgementStore(folder / "critic")
        critic = Critic(store, judge, "measured test", dict.fromkeys(requests, ""), print)  # type: ignore[arg-type]
    the_set = Set(requests, edges, backend, TakeStore(folder / "takes"))
    wanted = dict.fromkeys(requests, ())
    return Shooting(the_set, critic, wanted, retakes=retakes, workers=1, progress=Silent())


def circled(done: Followed) -> dict[str, tuple[int, int]]:
    """Of each shot, which take is circled of how many."""
    return {shot: (one.chosen + 1, len(one.attempts)) for shot, one in done.circled.items()}


def test_a_bad_take_is_made_again_with_another_seed_and_the_good_one_is_circled(tmp_path: Path) -> None:
    judge = Judge()
    run = shooting(tmp_path, film({"S1": 1, "S2": 5, "S3": 3}), Seedy(black_at=frozenset({5, 6})), judge)
    done = run.followed
    assert circled(done) == {"S1": (1, 1), "S2": (3, 3), "S3": (1, 1)}
    two = done.circled["S2"]
    assert [attempt.change for attempt in two.attempts] == ["", "seed 6", "seed 7"]
    assert [round(level(attempt.take.path)) for attempt in two.attempts] == pytest.approx([0, 0, 67], abs=1)
    assert two.reason == "the first that holds all it should"
    assert judge.watched == ["S1", "S2", "S3", "S2", "S2"]
    assert run.made == ["S1", "S2", "S3", "S2", "S2"]


def test_a_second_run_makes_and_judges_nothing_and_circles_the_same(tmp_path: Path) -> None:
    requests, backend = film({"S1": 1, "S2": 5}), Seedy(black_at=frozenset({5}))
    first = shooting(tmp_path, requests, backend, Judge()).followed
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    judge = Judge()
    again = shooting(tmp_path, requests, backend, judge)
    assert again.plan.jobs == ()
    assert [take.key for take in again.plan.kept] == [one.best.take.key for one in first.circled.values()]
    assert again.followed == first
    assert (judge.watched, again.made) == ([], [])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


def test_where_none_will_do_the_best_is_circled_and_the_reason_says_so(tmp_path: Path) -> None:
    done = shooting(tmp_path, film({"S1": 5}), Seedy(black_at=frozenset({5, 6, 7})), Judge()).followed
    assert circled(done) == {"S1": (1, 3)}, "of equal takes the first"
    assert done.circled["S1"].reason == "the best of 3 (score 0.00), though black fails"


@pytest.mark.parametrize(
    ("backend", "note", "changes"),
    [
        (Seedy(firmer=(("guidance", 1.5),), firmness_helps=True), "", ["", "seed 6", "guidance 1.5"]),
        (Seedy(notes_help=True), "NOTE: a red coat.", ["", "seed 6", "the note “NOTE: a red coat.”"]),
        (Seedy(), "", ["", "seed 6", "seed 7"]),
    ],
)  # fmt: skip
def test_each_retake_changes_one_thing_of_the_best_so_far(
    tmp_path: Path, backend: Seedy, note: str, changes: list[str]
) -> None:
    backend = replace(backend, black_at=frozenset({5, 6}))
    requests = film({"S1": 5})
    run = shooting(tmp_path, requests, backend, Judge())
    watch = Watch(run._render, run._judge, lambda shot, judged: note)
    (one,) = follow(run.film, Budget(), watch).circled.values()
    assert [attempt.change for attempt in one.attempts] == changes
    asked = [(a.request.seed, a.request.settings, a.request.text) for a in one.attempts]
    assert len(set(asked)) == 3
    assert all(a.request.stage == requests["S1"].stage for a in one.attempts)
    if backend.firmness_helps or backend.notes_help:
        assert one.chosen == 2
        assert one.best.request.seed == 5, "the first take was no worse than the second, so it is what is changed"


def test_the_film_has_a_cap_that_goes_round_all_shots_first(tmp_path: Path) -> None:
    backend = Seedy(black_at=frozenset(range(20)))
    run = shooting(tmp_path, film({"S1": 1, "S2": 5, "S3": 9}), backend, Judge())
    done = follow(run.film, Budget(per_shot=2, per_film=4), Watch(run._render, run._judge, lambda *_: ""))
    assert [len(one.attempts) for one in done.circled.values()] == [3, 2, 2]


def test_a_shot_that_goes_on_from_another_sees_its_circled_take(tmp_path: Path) -> None:
    requests, backend = film({"S1": 5, "S2": 1}), Seedy(black_at=frozenset({5}))
    run = shooting(tmp_path, requests, backend, Judge(), CONTINUES)
    done = run.followed
    assert run.made == ["S1", "S1", "S2"]
    assert level(done.circled["S2"].best.take.path) == pytest.approx(66 + 20, abs=2)
    receipt = run.film.store.newest("S2")
    assert receipt is not None
    assert receipt.seen == {"S1": done.circled["S1"].best.take.key}
    again = shooting(tmp_path, requests, backend, Judge(), CONTINUES)
    assert again.plan.jobs == ()
    assert [take.key for take in again.as_circled().kept] == [one.best.take.key for one in done.circled.values()]


def test_a_drawing_is_judged_and_never_retaken(tmp_path: Path) -> None:
    judge = Judge()
    done = shooting(tmp_path, film({"S1": 5}), Seedy(varies=False, black_at=frozenset({5})), judge).followed
    assert circled(done) == {"S1": (1, 1)}
    assert not done.circled["S1"].best.passed
    assert judge.watched == ["S1"]


def test_without_a_critic_first_takes_are_circled(tmp_path: Path) -> None:
    backend = Seedy(black_at=frozenset({5}))
    done = shooting(tmp_path, film({"S1": 5, "S2": 1}), backend, None, CONTINUES).followed
    assert circled(done) == {"S1": (1, 1), "S2": (1, 1)}
    assert not (tmp_path / "critic").exists()


def test_a_retake_that_cannot_be_made_leaves_the_take_before_it(tmp_path: Path) -> None:
    backend = Seedy(black_at=frozenset({5}), fails_at=frozenset({6}))
    done = shooting(tmp_path, film({"S1": 5}), backend, Judge()).followed
    assert done.troubles == {}
    assert [attempt.change for attempt in done.circled["S1"].attempts] == ["", "seed 7"]


def test_what_waits_for_a_shot_that_cannot_be_made_is_told_as_well(tmp_path: Path) -> None:
    done = shooting(tmp_path, film({"S1": 5, "S2": 1, "S3": 2}), Seedy(fails_at=frozenset({5})), Judge(), CONTINUES)
    assert list(done.followed.troubles) == ["S1", "S2"]
    assert done.followed.troubles["S2"] == "it waits for S1."
    assert list(done.followed.circled) == ["S3"]


class Interrupted(Judge):
    """Is sent home after so many takes."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def __call__(self, take: Take) -> object:  # type: ignore[override]
        if len(self.watched) == self.after:
            raise KeyboardInterrupt
        return super().__call__(take)


@pytest.mark.parametrize("after", [1, 3])
def test_what_was_stopped_goes_on_where_it_was(tmp_path: Path, after: int) -> None:
    requests, backend = film({"S1": 1, "S2": 5, "S3": 9}), Seedy(black_at=frozenset({5, 9, 10}))
    whole = shooting(tmp_path / "whole", requests, backend, Judge()).followed
    with pytest.raises(KeyboardInterrupt):
        _ = shooting(tmp_path / "parts", requests, backend, Interrupted(after)).followed
    judge = Judge()
    run = shooting(tmp_path / "parts", requests, backend, judge)
    done = run.followed
    assert len(judge.watched) == 6 - after, "what was judged before the stop is kept"
    assert not {"S1", "S2", "S3"} <= set(run.made)
    assert circled(done) == circled(whole)
    assert {k: v.best.take.key for k, v in done.circled.items()} == {
        k: v.best.take.key for k, v in whole.circled.items()
    }


def test_the_plan_says_why_a_retake_is_made(tmp_path: Path) -> None:
    requests, backend = film({"S1": 1, "S2": 5}), Seedy(black_at=frozenset({5}))
    with pytest.raises(KeyboardInterrupt):
        _ = shooting(tmp_path, requests, replace(backend, stops_at=frozenset({6})), Judge()).followed
    (job,) = shooting(tmp_path, requests, backend, Judge()).plan.jobs
    assert job.shot == "S2"
    assert job.reasons == ("retake 1 with seed 6: the first frame's light is 0, at least 16",)
    shown = shooting(tmp_path, requests, backend, Judge(), retakes=False)
    assert shown.plan.jobs == (), "without retakes the film is what there is"
    assert circled(shown.followed) == {"S1": (1, 1), "S2": (1, 1)}
    assert shown.made == []


def test_a_change_is_told_against_what_was_asked_for_and_not_against_a_retake(tmp_path: Path) -> None:
    requests, backend = film({"S1": 5}), Seedy(black_at=frozenset({5}))
    _ = shooting(tmp_path, requests, backend, Judge()).followed
    changed = {"S1": replace(requests["S1"], text="A wood.")}
    (job,) = shooting(tmp_path, changed, backend, Judge()).plan.jobs
    assert job.reasons == ("description changed: A field. → A wood.",)


def test_judgements_that_cannot_be_read_are_made_again(tmp_path: Path) -> None:
    requests, backend = film({"S1": 1, "S2": 5}), Seedy(black_at=frozenset({5}))
    first = shooting(tmp_path, requests, backend, Judge()).followed
    files = sorted((tmp_path / "critic").rglob("*.json"))
    for file, junk in zip(files, ("", '{"form": 1}', "[1, 2]"), strict=True):
        file.write_text(junk)
    judge = Judge()
    assert shooting(tmp_path, requests, backend, judge).followed == first
    assert len(judge.watched) == 3


def test_looking_at_what_there_is_makes_nothing(tmp_path: Path) -> None:
    run = shooting(tmp_path, film({"S1": 1, "S2": 5}), Seedy(), Judge(), CONTINUES)
    assert [job.reasons for job in run.plan.jobs] == [("no take yet",)] * 2
    assert run.standing.circled == {}
    assert list(tmp_path.rglob("*")) == []
