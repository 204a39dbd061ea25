"""What a person circled is shown as it is: nobody watches it, nothing retakes it, and others see it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "shots"))

from render_pictures import STAGE, request
from watched_pictures import Judge, Seedy

from director.critic.critic import Critic
from director.critic.judged import JudgementStore
from director.progress import Silent
from director.retakes import Set
from director.shooting import Shooting
from model.request import ClipRequest
from shots.graph import Edge
from shots.render.held import Held
from shots.render.job import Take
from shots.render.run import render
from shots.render.store import TakeStore

CONTINUES = (Edge("continues", "", "S1", "S2"),)
SEEING = Seedy(black_at=frozenset({5, 6, 7}), reads=frozenset({"continues"}))
ASKED = {shot: request(seed, frame_count=4) for shot, seed in {"S1": 5, "S2": 2}.items()}
OTHER = replace(STAGE, duration_s=3.0)


def held(folder: Path, asked: ClipRequest, *, locked: bool = False) -> dict[str, Held]:
    """A take of S1, circled."""
    store = TakeStore(folder / "takes")
    the_set = Set({"S1": asked}, (), SEEING, store)
    take = render(the_set.planned({"S1": asked}), SEEING, store, workers=1)["S1"]
    receipt = store.receipt(take.key, "S1")
    assert receipt is not None
    return {"S1": Held(take, receipt, locked)}


def shooting(folder: Path, judge: Judge, circled: Mapping[str, Held]) -> Shooting:
    critic = Critic(JudgementStore(folder / "critic"), judge, "measured test", dict.fromkeys(ASKED, ""), print)  # type: ignore[arg-type]
    the_set = Set(ASKED, CONTINUES, SEEING, TakeStore(folder / "takes"), circled)
    return Shooting(the_set, critic, dict.fromkeys(ASKED, ()), retakes=True, workers=1, progress=Silent())


def take_of(circled: Mapping[str, Held]) -> Take:
    return circled["S1"].take


def test_a_circled_take_is_shown_unwatched_and_without_a_retake(tmp_path: Path) -> None:
    circled = held(tmp_path, request(6, frame_count=4))  # black, as the take that is asked for would be
    judge = Judge()
    run = shooting(tmp_path, judge, circled)
    assert [job.shot for job in run.plan.jobs] == ["S2"]
    done = run.followed
    assert (run.made, judge.watched) == (["S2"], ["S2"])
    best = done.circled["S1"]
    assert (best.best.take, best.reason, len(best.attempts)) == (take_of(circled), "circled by hand", 1)
    assert {take.shot: take.key for take in run.as_circled().kept}["S1"] == take_of(circled).key
    seen = TakeStore(tmp_path / "takes").receipt(done.circled["S2"].best.take.key, "S2")
    assert seen is not None and seen.seen == {"S1": take_of(circled).key}


def test_one_that_is_no_longer_what_is_asked_for_is_made_watched_and_retaken(tmp_path: Path) -> None:
    circled = held(tmp_path, request(6, frame_count=4, stage=OTHER))
    judge = Judge()
    run = shooting(tmp_path, judge, circled)
    (first, _) = run.plan.jobs
    assert first.reasons[0].startswith("the circled take")
    done = run.followed
    assert judge.watched == ["S1", "S1", "S1", "S2"]
    assert take_of(circled).key not in {attempt.take.key for attempt in done.circled["S1"].attempts}


def test_a_locked_one_is_shown_all_the_same(tmp_path: Path) -> None:
    circled = held(tmp_path, request(6, frame_count=4, stage=OTHER), locked=True)
    done = shooting(tmp_path, Judge(), circled).followed
    assert done.circled["S1"].best.take == take_of(circled)


def test_another_take_of_a_circled_shot_can_be_made(tmp_path: Path) -> None:
    circled = held(tmp_path, request(6, frame_count=4), locked=True)
    run = shooting(tmp_path, Judge(), circled)
    (job,) = run.another("S1").jobs
    assert (job.shot, job.request.seed) == ("S1", 5)
    locked = replace(circled["S1"], locked=True)
    planned = shooting(tmp_path, Judge(), circled | {"S2": locked}).another("S2")
    assert [take.key for take in planned.kept] == [take_of(circled).key], "a locked one sees what it would see, too"
    planned = run.another("S2")
    assert [take.key for take in planned.kept] == [take_of(circled).key], "it sees the circled take"
    assert planned.jobs[0].spec.references == (("continues", "", take_of(circled).key),)
