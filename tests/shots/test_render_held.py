"""A circled take stands for its shot while it shows what is asked for, a locked one always; dependents see them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import STAGE, Stripes, request

from model.request import ClipRequest, KnownFrame
from model.stage import Stage, Vec3
from shots.graph import Edge
from shots.render.held import Held, held_takes, locked_frames
from shots.render.job import RenderPlan, Take
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import SHORT_KEY_DIGITS, TakeStore
from shots.spec import Scene, Shot, Storyboard

SEEING = Stripes(reads=frozenset({"identity", "continues"}))
EDGES = (Edge("continues", "", "S1", "S2"), Edge("continues", "", "S2", "S3"))
MOVED = replace(STAGE, camera=replace(STAGE.camera, keys=(replace(STAGE.camera.keys[0], position=Vec3(1, 1.6, -5)),)))
BLACK = KnownFrame(index=0, picture=np.zeros((36, 64, 3), np.uint8))


def shot(store: TakeStore, asked: ClipRequest, backend: Stripes = SEEING, name: str = "S1") -> Take:
    return render(plan({name: asked}, (), backend, store), backend, store, workers=1)[name]


def held(store: TakeStore, take: Take, *, locked: bool = False) -> Held:
    receipt = store.receipt(take.key, take.shot)
    assert receipt is not None
    return Held(take, receipt, locked)


def three(**changes: object) -> dict[str, ClipRequest]:
    return {"S1": request(1, **changes), "S2": request(2), "S3": request(3)}


def keys(planned: RenderPlan) -> dict[str, str]:
    return {one.shot: one.key for one in (*planned.kept, *planned.jobs)}


@pytest.mark.parametrize(
    ("asked", "backend"),
    [
        (request(7), SEEING),
        (request(1, text="She turns."), SEEING),
        (request(1, without=frozenset({"text"})), SEEING),
        (request(1, settings=(("steps", 9),)), SEEING),
        (request(1), replace(SEEING, version="2", weights_digest="ab", settings=(("steps", 4),))),
    ],
)
def test_a_circled_take_is_shown_with_another_seed_other_words_settings_and_weights(
    tmp_path: Path, asked: ClipRequest, backend: Stripes
) -> None:
    store = TakeStore(tmp_path)
    take = shot(store, request(1))
    assert plan({"S1": asked}, (), backend, store).jobs, "or nothing is shown by this"
    planned = plan({"S1": asked}, (), backend, store, {"S1": held(store, take)})
    assert (planned.jobs, [one.key for one in planned.kept]) == ((), [take.key])


@pytest.mark.parametrize(
    ("asked", "backend", "reason"),
    [
        (request(1, stage=MOVED), SEEING, "camera changed"),
        (request(1, 14), SEEING, "length in frames changed: 12 → 14"),
        (request(1, fps=12), SEEING, "frames per second changed: 24 → 12"),
        (request(1, width_px=96), SEEING, "size 64×36 → 96×36"),
        (request(1, known=(BLACK,)), SEEING, "known frames changed"),
        (request(1, guide="none"), SEEING, "guide changed"),
        (request(1), replace(SEEING, name="other"), "back end stripes 1 → other 1"),
    ],
)
def test_a_circled_take_that_is_not_what_is_asked_for_is_made_anew_and_the_reasons_say_so(
    tmp_path: Path, asked: ClipRequest, backend: Stripes, reason: str
) -> None:
    store = TakeStore(tmp_path)
    take = shot(store, request(1))
    (job,) = plan({"S1": asked}, (), backend, store, {"S1": held(store, take)}).jobs
    assert job.reasons[0] == f"the circled take {take.key[:12]} is no longer what it asks for"
    assert len(job.reasons) == 2
    assert job.reasons[1].startswith(reason)


def test_those_that_see_a_shot_see_its_circled_take(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    plain = keys(plan(three(), EDGES, SEEING, store))
    other = shot(store, request(9))
    planned = plan(three(), EDGES, SEEING, store, {"S1": held(store, other)})
    assert keys(planned)["S1"] == other.key
    s2, s3 = planned.jobs
    assert s2.spec.references == (("continues", "", other.key),)
    assert (s2.waits_for, s3.waits_for) == ((), ("S2",))
    assert all(keys(planned)[name] != plain[name] for name in ("S2", "S3"))
    as_asked = plan(three(), EDGES, SEEING, store, {"S1": held(store, shot(store, request(1)))})
    assert keys(as_asked) == plain, "a circled take that is the one asked for changes no key"


def test_a_circled_take_goes_when_what_it_saw_is_made_anew(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    takes = render(plan(three(), EDGES, SEEING, store), SEEING, store, workers=1)
    circled = {"S2": held(store, takes["S2"])}
    assert plan(three(), EDGES, SEEING, store, circled).jobs == ()
    planned = plan(three(stage=MOVED), EDGES, SEEING, store, circled)
    assert [job.shot for job in planned.jobs] == ["S1", "S2", "S3"]
    assert "reference S1 was remade" in planned.jobs[1].reasons
    alone = plan({"S2": request(2)}, (), SEEING, store, circled)
    assert alone.jobs[0].reasons[1:] == ("reference S1 is no longer seen",)


def test_a_locked_shot_keeps_its_take_whatever_changes_and_waits_for_nobody(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    takes = render(plan(three(), EDGES, SEEING, store), SEEING, store, workers=1)
    asked = three(stage=MOVED) | {"S2": request(2, 20, stage=MOVED, known=(BLACK,))}
    planned = plan(asked, EDGES, replace(SEEING, name="other"), store, {"S2": held(store, takes["S2"], locked=True)})
    assert [(job.shot, job.waits_for) for job in planned.jobs] == [("S1", ()), ("S3", ())]
    assert keys(planned)["S2"] == takes["S2"].key
    assert planned.jobs[1].spec.references == (("continues", "", takes["S2"].key),)
    ring = (*EDGES, Edge("identity", "MARA", "S3", "S2"))
    assert len(plan(asked, ring, SEEING, store, {"S2": held(store, takes["S2"], locked=True)}).jobs) == 1


def test_takes_are_found_by_their_first_digits(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    take = shot(store, request(1))
    size = {"width_px": 64, "height_px": 36, "fps": 24}

    def board(name: str | None, *, locked: bool = False, **changes: int) -> Storyboard:
        scene = Scene(id="1", heading="EXT. ROOF", shots=(Shot(id="S1", take=name, locked=locked), Shot(id="S2")))
        return Storyboard(title="x", scenes=(scene,), **(size | changes))  # type: ignore[arg-type]

    for digits in (64, 20, SHORT_KEY_DIGITS):
        assert held_takes(board(take.key[:digits]), store)["S1"].take == take
    for name in (None, take.key[: SHORT_KEY_DIGITS - 1], "0" * 64, f"../{take.key}", take.key.upper(), "*" * 12):
        assert held_takes(board(name, locked=True), store) == {}
    locked = held_takes(board(take.key, locked=True), store)
    assert locked["S1"].locked
    assert locked_frames(locked) == {"S1": 12}
    smaller = held_takes(board(take.key, locked=True, width_px=80), store)
    assert not smaller["S1"].locked, "a take of another size cannot be kept"


def test_what_a_locked_take_shows_is_known_while_its_stage_is_as_it_was(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    kept = {"S1": held(store, shot(store, request(1)), locked=True)}

    def shown(asked: ClipRequest) -> Stage | None:
        planned = plan({"S1": asked, "S2": request(2)}, EDGES[:1], SEEING, store, kept)
        return planned.jobs[0].dependencies[0].stage

    assert shown(request(1, text="She turns.")) == STAGE
    assert shown(request(1, stage=MOVED)) is None
