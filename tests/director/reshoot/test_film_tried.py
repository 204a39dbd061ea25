"""Trying something out costs its scene, and gives what doing it to the whole film gives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from director.opening import open_film, read_storyboard
from director.produce import Production
from director.progress import Silent
from director.reshoot.changes import changed, changes_of
from director.reshoot.film import Film
from director.reshoot.tried import tried
from director.working import Kept
from shots.defaults import complete
from shots.spec import Storyboard
from shots.storyboard import dumps, loads

HAND = """
title: Two rooms
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {action: Rain on the window.}
      - {size: MS, lines: [MARA: Well?], people: [{character: MARA, holds: [GLASS]}, TOM]}
      - {action: He shrugs.}
      - {id: X, lines: [TOM: No.], props: [{prop: LAMP, state: lit}]}
  - heading: INT. BAR
    shots:
      - {people: [TOM], action: Tom alone.}
  - heading: INT. BAR - NIGHT
    people: [TOM, MARA]
    shots:
      - {subjects: [TOM]}
"""
TRIES: list[tuple[str, dict[str, Any]]] = [
    ("S1.2", {"size": "CU"}),
    ("S1.2", {"size": "WS", "lens_mm": 18, "angle": "low", "move": "push_in"}),
    ("S1.3", {"size": "CU", "focus": ["tom"]}),
    ("X", {"duration_s": 9, "note": "longer", "seed": 3}),
    ("S1.1", {"light": {"key_side": "left"}, "camera_m": [1, 2, 3]}),
    ("S1.2", {"marks": {"MARA": [1, 0.5]}}),
    ("S1.2", {"people": [{"character": "TOM"}]}),  # who holds the glass is gone, and the glass with her
    ("S1.2", {"people": [{"character": "MARA", "holds": ["KNIFE"]}]}),
    ("S2.1", {"people": [{"character": "MARA"}]}),
    ("S2.1", {"size": "ECU"}),
    ("S3.1", {"references": [{"kind": "place", "of": "BAR", "shot": "S1.1"}]}),
]


@pytest.mark.parametrize(("shot", "asked"), TRIES)
def test_a_scene_alone_becomes_what_it_becomes_in_its_film(shot: str, asked: dict[str, Any]) -> None:
    written = loads(HAND)
    changes = changes_of(shot, asked)
    done = tried(written, complete(written), shot, changes)
    expected = complete(changed(written, shot, changes))
    assert done.whole == expected
    assert done.asked.id == shot
    assert shot in [one.id for one in done.whole.scenes[done.place].shots]


def test_a_directed_film_too(repository: Path) -> None:
    written = loads(dumps(read_storyboard(repository / "examples" / "found.fountain")))
    whole = complete(written)
    for number, shot in enumerate(written.shots()):
        changes = changes_of(shot.id or "", {"size": ("CU", "WS", "MS")[number % 3], "move": "handheld"})
        done = tried(written, whole, shot.id or "", changes)
        assert done.alone and done.whole == complete(changed(written, shot.id or "", changes))


def made(board: Storyboard, folder: Path, kept: Kept | None) -> Production:
    opened = open_film(folder / "hand.yaml", folder / "film")
    return Production(
        replace(opened, storyboard=board), picture="previz", workers=1, progress=Silent(), kept=kept, retakes=False
    )


def test_what_is_kept_from_other_storyboards_is_what_would_be_made(tmp_path: Path) -> None:
    (tmp_path / "hand.yaml").write_text(HAND)
    written, kept = loads(HAND), Kept()
    boards = [complete(written)]
    boards += [complete(changed(written, shot, changes_of(shot, asked))) for shot, asked in TRIES[1::3]]
    boards += [replace(boards[0], seed=4), replace(boards[0], width_px=360, height_px=640), boards[0]]
    scenes = boards[0].scenes
    boards += [replace(boards[0], scenes=scenes[1:]), replace(boards[0], scenes=(scenes[2], scenes[0], scenes[1]))]
    for board in boards:
        ours, fresh = made(board, tmp_path, kept), made(board, tmp_path, None)
        assert dict(ours.stages) == dict(fresh.stages)
        assert dict(ours.requests) == dict(fresh.requests)
        assert dict(ours.geometry) == dict(fresh.geometry)
        assert dict(ours.timings) == dict(fresh.timings)


def test_a_try_blocks_its_scene_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from director import prepare

    (tmp_path / "hand.yaml").write_text(HAND)
    film = Film.open(tmp_path / "hand.yaml", tmp_path / "film", picture="previz")
    blocked: list[str] = []
    block = prepare.scene_stages

    def counted(board: Storyboard, scene: Any, *rest: Any) -> Any:
        blocked.append(scene.id)
        return block(board, scene, *rest)

    monkeypatch.setattr(prepare, "scene_stages", counted)
    film["S1.2"].trial(size="CU").frame(0.4)
    assert blocked == ["S1"], "a film is opened for one shot, too"
    film["S1.2"].trial(size="CU").frame(0.8)
    film["S1.2"].trial(size="CU").write()  # looks which takes there are of it as it was
    assert film["S1.2"].frame().shape == (288, 512, 3) and film["S1.2"].stale is not None
    film.undo()
    film["S1.2"].frame()
    assert blocked == ["S1", "S1"], "what was tried is what was done, and what is taken back is known"
