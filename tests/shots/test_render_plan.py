"""A plan says what is rendered, in which order it can be, and why."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))  # worker processes import the back end by this name

from render_pictures import STAGE, Stripes, request

from model.request import ClipRequest, KnownFrame, Picture
from model.stage import RGB, BodyKey, Figure, Look, Vec3, Weather
from shots.errors import RenderError
from shots.graph import Edge
from shots.render.plan import plan
from shots.render.run import render
from shots.render.store import TakeStore

LOOK = Look(
    height_m=1.7, age_years=30.0, build="slim", gender="female", skin=RGB(200, 160, 140), hair="bob",
    hair_colour=RGB(20, 20, 20), beard=False, glasses=False, top="coat", top_colour=RGB(180, 30, 30), bottom="jeans",
    bottom_colour=RGB(40, 60, 120), shoe_colour=RGB(20, 20, 20), hat="none", hat_colour=RGB(0, 0, 0),
)  # fmt: skip
SEEING = Stripes(reads=frozenset({"identity", "continues"}))


def mara(look: Look = LOOK) -> Figure:
    body = (BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand"),)
    return Figure(id="MARA", species="person", look=look, body=body)


def reasons(store: TakeStore, asked: ClipRequest, backend: Stripes | None = None) -> tuple[str, ...]:
    (job,) = plan({"S1": asked}, (), backend or Stripes(), store).jobs
    return job.reasons


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    store = TakeStore(tmp_path)
    asked = request(1, stage=replace(STAGE, figures=(mara(),)))
    render(plan({"S1": asked}, (), Stripes(), store), Stripes(), store)
    return store


def test_a_shot_without_a_take_says_so(tmp_path: Path) -> None:
    assert reasons(TakeStore(tmp_path), request(1)) == ("no take yet",)


def test_a_shot_with_settings_of_its_own_is_another_take_and_says_so(store: TakeStore) -> None:
    backend = Stripes(settings=(("steps", 4), ("guidance", 1.0)))
    usual = request(1, stage=replace(STAGE, figures=(mara(),)))
    render(plan({"S1": usual}, (), backend, store), backend, store)
    (job,) = plan({"S1": replace(usual, settings=(("guidance", 1.5),))}, (), backend, store).jobs
    assert job.spec.settings == (("steps", 4), ("guidance", 1.5))
    assert job.reasons == ("guidance changed: 1 → 1.5",)
    assert plan({"S1": replace(usual, settings=(("guidance", 1.0),))}, (), backend, store).jobs == ()


def test_an_unchanged_shot_is_kept_whatever_it_is_called(store: TakeStore) -> None:
    asked = request(1, stage=replace(STAGE, figures=(mara(),)))
    planned = plan({"S7": asked}, (), Stripes(), store)
    assert planned.jobs == ()
    assert [take.shot for take in planned.kept] == ["S7"]


def test_reasons_name_what_changed(store: TakeStore) -> None:
    stage = replace(STAGE, figures=(mara(),))
    light = replace(STAGE.light, key_azimuth_deg=150.0)
    assert reasons(store, request(1, stage=replace(stage, light=light))) == (
        "light changed: key_azimuth_deg 210 → 150",
    )
    assert reasons(store, request(1, stage=replace(stage, weather=Weather(kind="rain", wind=0.5)))) == (
        "weather changed: kind clear → rain, wind 0.2 → 0.5",
    )
    assert reasons(store, request(2, stage=stage)) == ("seed changed: 1 → 2",)
    assert reasons(store, request(1, 24, stage=stage)) == ("length in frames changed: 12 → 24",)
    assert reasons(store, request(1, stage=stage, width_px=128)) == ("size 64×36 → 128×36",)
    assert reasons(store, request(1, stage=stage), Stripes(version="2")) == ("back end stripes 1 → stripes 2",)
    weighed = Stripes(weights_digest="ab", settings=(("steps", 4),))
    assert reasons(store, request(1, stage=stage), weighed) == (
        "weights changed: none → ab",
        "steps changed: none → 4",
    )
    blue = mara(replace(LOOK, top_colour=RGB(30, 30, 180)))
    assert reasons(store, request(1, stage=replace(stage, figures=(blue,)))) == (
        "MARA changed: look top_colour (180, 30, 30) → (30, 30, 180)",
    )
    assert reasons(store, request(1)) == ("MARA is no longer in it",)
    tom = replace(mara(), id="TOM")
    assert reasons(store, request(1, stage=replace(stage, figures=(mara(), tom)))) == ("TOM is new in it",)
    camera = replace(STAGE.camera, keys=(replace(STAGE.camera.keys[0], position=Vec3(1.0, 2.0, -3.0)),))
    assert reasons(store, request(1, stage=replace(stage, camera=camera))) == (
        "camera changed: keys 1 position (0, 1.6, -5) → (1, 2, -3)",
    )


def test_whatever_the_back_end_is_told_or_made_of_makes_another_take(tmp_path: Path) -> None:
    picture = np.zeros((36, 64, 3), np.uint8)
    half = np.arange(36 * 64).reshape(36, 64) % 2 == 0
    asked = [
        request(1),
        request(1, known=(KnownFrame(index=0, picture=picture),)),
        request(1, known=(KnownFrame(index=11, picture=picture),)),
        request(1, known=(KnownFrame(index=0, picture=picture + 1),)),
        request(1, known=(KnownFrame(index=0, picture=picture, keep=half),)),
        request(1, known=(KnownFrame(index=0, picture=picture, keep=~half),)),
        request(1, guide="none"),
        request(1, without=frozenset({"text"})),
        request(1, text="A woman stands in a street."),
    ]
    made = [Stripes(), Stripes(name="bars"), Stripes(version="2"), Stripes(weights_digest="ab"),
            Stripes(settings=(("steps", 4),)), Stripes(settings=(("steps", 8),))]  # fmt: skip
    store = TakeStore(tmp_path)
    planned = [plan({"S1": one}, (), Stripes(), store) for one in asked]
    planned += [plan({"S1": request(1)}, (), backend, store) for backend in made[1:]]
    assert len({each.jobs[0].key for each in planned}) == len(asked) + len(made) - 1


def test_a_lost_take_says_so(store: TakeStore) -> None:
    for clip in store.folder.glob("*/*/clip.mp4"):
        clip.unlink()
    assert reasons(store, request(1, stage=replace(STAGE, figures=(mara(),)))) == ("its take is damaged or gone",)


def test_only_edges_that_the_back_end_reads_make_a_shot_wait(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    asked = {name: request(number) for number, name in enumerate(("S1", "S2", "S3"))}
    edges = (Edge("cuts_to", "", "S1", "S2"), Edge("identity", "MARA", "S1", "S3"), Edge("place", "CAFÉ", "S2", "S3"))
    blind = plan(asked, edges, Stripes(), store)
    assert [job.waits_for for job in blind.jobs] == [(), (), ()]
    seeing = plan(asked, edges, SEEING, store)
    assert [job.waits_for for job in seeing.jobs] == [(), (), ("S1",)]
    assert [job.shot for job in seeing.jobs] == ["S1", "S2", "S3"]


def test_a_changed_reference_makes_what_sees_it_stale_and_nothing_else(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    asked = {name: request(number) for number, name in enumerate(("S1", "S2", "S3"))}
    edges = (Edge("identity", "MARA", "S1", "S3"),)
    render(plan(asked, edges, SEEING, store), SEEING, store)
    assert plan(asked, edges, SEEING, store).jobs == ()
    asked["S1"] = request(9)
    jobs = plan(asked, edges, SEEING, store).jobs
    assert {job.shot: job.reasons for job in jobs} == {
        "S1": ("seed changed: 0 → 9",),
        "S3": ("reference S1 was remade",),
    }
    (no_longer,) = plan({"S1": request(0), "S3": request(2)}, (), SEEING, store).jobs
    assert no_longer.reasons == ("reference S1 is no longer seen",)


def test_shots_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    asked = {"S1": request(1), "S2": request(2)}
    edges = (Edge("identity", "MARA", "S1", "S2"), Edge("continues", "", "S2", "S1"))
    with pytest.raises(RenderError, match=r"shots wait for each other: S\d → S\d → S\d\. Fix: "):
        plan(asked, edges, SEEING, TakeStore(tmp_path))


def test_an_edge_from_nowhere_names_the_nearest_shot(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"'S1\.9', which the film does not have; did you mean 'S1\.1'\?.*Fix: "):
        plan({"S1.1": request(1)}, (Edge("identity", "MARA", "S1.9", "S1.1"),), SEEING, TakeStore(tmp_path))


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (request(1, width_px=65), r"shot S1 asks for 65×36, and video needs even sides\. Fix: make it 64×36\."),
        (request(1, 0), r"shot S1 asks for 0 frames .*Fix: "),
        (request(1, -3), r"shot S1 asks for -3 frames .*Fix: "),
        (request(1, stage=replace(STAGE, duration_s=float("nan"))), r"shot S1 .*nan is not a finite number.*Fix: "),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_a_sentence(tmp_path: Path, asked: ClipRequest, what: str) -> None:
    with pytest.raises(RenderError, match=what):
        plan({"S1": asked}, (), Stripes(), TakeStore(tmp_path))


def test_what_a_reference_picture_is_of_and_shows_and_holds_makes_another_take(tmp_path: Path) -> None:
    grey, store = np.full((8, 8, 3), 90, np.uint8), TakeStore(tmp_path)
    sheet = Picture(kind="identity", of="MARA", picture=grey, source="mara.png", view="front")
    sheets = (
        sheet,
        replace(sheet, kind="place"),
        replace(sheet, of="TOM"),
        replace(sheet, picture=grey + 1),
        replace(sheet, view="back"),
    )
    backend = Stripes()
    (first, *others) = (plan({"S1": request(1, pictures=(one,))}, (), backend, store).jobs[0].key for one in sheets)
    assert len({first, *others}) == len(sheets)
    moved = replace(sheet, source="cast/mara.png", picture=grey.copy())
    assert plan({"S1": request(1, pictures=(moved,))}, (), backend, store).jobs[0].key == first
