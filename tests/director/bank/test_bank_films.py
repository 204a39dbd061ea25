"""A film whose engine is shown pictures of its cast: named ones go into what is asked for, made ones are verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from director.bank.subjects import person_of
from director.critic.hire import MEASURED, CriticConfig
from director.opening import open_film
from director.pictures import images_of
from director.produce import Production
from model.backends.load import _HELD
from model.images.pretrained import PretrainedImages
from model.theatre.sheet import character_view
from shots.storyboard import load
from tests.model.engines.tiny_wan import saved, wan_vace
from tests.model.images.tiny_images import save_klein

FILM = """
title: Two
width_px: 96
height_px: 64
cast: [{id: MARA, pictures: [mara.png], look: {wardrobe: [{kind: coat, colour: red}]}}, TOM]
places: [{id: BEACH, kind: beach}]
scenes:
  - heading: EXT. BEACH - DAY
    place: BEACH
    people: [MARA, TOM]
    shots:
      - {id: S1, size: WS, subjects: [MARA, TOM], duration_s: 0.5}
      - {id: S2, size: CU, subjects: [TOM], people: [TOM], duration_s: 0.5}
"""


class Said:
    """Keeps what is said and how far the pictures of reference are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.references = [0.0, 0.0]

    def step(self, name: str, total: float) -> None:
        if name == "references":
            self.references[1] = total

    def done(self, name: str, amount: float) -> None:
        if name == "references":
            self.references[0] = amount

    def say(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("film")
    (root / "two.yaml").write_text(FILM)
    (root / "film").mkdir()
    mara = person_of(load(root / "two.yaml").cast[0], (), "flat")
    Image.fromarray(character_view(mara.figure, "front", 300, 400)).save(root / "film" / "mara.png")
    weights, images = saved(wan_vace, root / "weights"), save_klein(root / "klein")
    engine = f"engine: wan-vace\nweights: {weights}\nsteps: 1\n"
    (root / "alone.yaml").write_text(engine)
    small = f"{{engine: flux2-klein, weights: {images}, steps: 1, options: {{area_px: 4096}}}}"
    (root / "both.yaml").write_text(f"{engine}images: {small}\n")
    return root


def production(root: Path, picture: str, said: Said | None = None) -> Production:
    opened = open_film(root / "two.yaml", root / "film")
    critic = CriticConfig(name=MEASURED)
    return Production(opened, picture=picture, workers=1, progress=said or Said(), critic=critic)


def test_what_is_named_goes_to_engines_that_are_shown_pictures_and_to_no_other(root: Path) -> None:
    shown = production(root, str(root / "alone.yaml"))
    assert images_of(shown.backend) is None
    assert [(one.of, one.source) for one in shown.requests["S1"].pictures] == [("MARA", "mara.png")]
    assert shown.requests["S2"].pictures == ()  # MARA is not there
    drawn = production(root, "previz")
    assert drawn.requests["S1"].pictures == ()
    assert "MARA has pictures, and previz looks at none." in " ".join(str(one) for one in drawn.problems)
    key = next(job.key for job in shown.render_plan.jobs if job.shot == "S1")
    picture = root / "film" / "mara.png"
    before = picture.read_bytes()
    Image.open(picture).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(picture)
    flipped = next(job for job in production(root, str(root / "alone.yaml")).render_plan.jobs if job.shot == "S1")
    picture.write_bytes(before)
    assert flipped.key != key
    assert flipped.spec.pictures[0][:2] == ("identity", "MARA")


def test_noise_is_verified_refused_told_and_never_asked_for_again(root: Path) -> None:
    said = Said()
    film = production(root, str(root / "both.yaml"), said)
    assert isinstance(images_of(film.backend), PretrainedImages)
    before = film.requests
    assert set(film.lacking) == {"TOM (front)", "TOM (face)", "TOM (back)", "BEACH"}
    film.gather()
    assert film.lacking == ()
    assert not _HELD, "takes are made in other processes, which need the memory"
    made = sorted((root / "film" / "bank").rglob("*.json"))
    assert len(made) == 4  # three tries of TOM, one of the beach, which has no colours of its own; MARA is named
    records = [json.loads(path.read_text()) for path in made]
    assert not any(record["accepted"] for record in records if record["inputs"]["kind"] == "identity")
    assert len([line for line in said.lines if line.startswith("3 pictures of TOM (front) were made")]) == 1
    assert said.references[0] >= 2
    assert film.requests is not before
    assert [one.of for one in film.requests["S1"].pictures] == ["MARA", "BEACH"]
    again = Said()
    production(root, str(root / "both.yaml"), again).gather()
    assert again.lines == []
    assert again.references == [0.0, 0.0]
    assert sorted((root / "film" / "bank").rglob("*.json")) == made


def test_a_picture_that_is_not_there_is_told_before_anything_is_made(root: Path, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(FILM)
    opened = open_film(tmp_path / "two.yaml", tmp_path / "film")
    film = Production(opened, picture="previz", workers=1, progress=Said())
    problem = next(one for one in film.problems if one.rule == "pictures")
    assert problem.severity == "error"
    assert "MARA has the picture mara.png, and" in problem.what
