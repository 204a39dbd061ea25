"""A scene tried on its floor: small slips put right, the rest told in the planner's terms."""

from __future__ import annotations

from dataclasses import replace

from director.compile import compile_scene
from director.direct import cut_together, read_film
from director.numbering import number_scenes
from director.parse import parse_fountain
from director.plan import ScenePlan, ShotPlan
from director.rehearsal import rehearse
from shots.defaults import complete
from shots.spec import SIZES

WAITING = """\
INT. CORRIDOR - NIGHT

MARA, 34, stands at the door.

Mara waits.

Mara looks at the door.

TOM (O.S.)
Go away.

Mara sleeps on the bed.

Mara snores.
"""
FILM = read_film(parse_fountain(WAITING, "waiting.fountain"))
LINES = number_scenes(read.sheet.moments for read in FILM.scenes)[0]
BOARD = complete(cut_together(FILM, [read.scene for read in FILM.scenes]))


def singles(*sizes: str, **more: object) -> ScenePlan:
    return ScenePlan(
        shots=tuple(
            ShotPlan(lines=(line.id,), coverage="single", size=size, subjects=("MARA",), motive="her", **more)  # type: ignore[arg-type]
            for line, size in zip(LINES, sizes, strict=True)
        )
    )


def test_sizes_that_would_jump_are_moved_by_as_little_as_does_it() -> None:
    scene = compile_scene(FILM.scenes[0], LINES, singles(*["WS"] * 6), {})
    rehearsed = rehearse(BOARD, scene, FILM.scenes[0].scene)
    sizes = [SIZES.index(shot.size) for shot in rehearsed.scene.shots if shot.size]
    assert rehearsed.problems == ()
    moved = [abs(size - SIZES.index("WS")) for size in sizes]
    assert 2 in moved and set(moved) <= {0, 2}
    assert rehearse(BOARD, rehearsed.scene, FILM.scenes[0].scene).scene == rehearsed.scene


def test_sizes_that_cut_well_stand() -> None:
    scene = compile_scene(FILM.scenes[0], LINES, singles("WS", "MS", "CU", "MLS", "CU", "FS"), {})
    rehearsed = rehearse(BOARD, scene, FILM.scenes[0].scene)
    assert [shot.size for shot in rehearsed.scene.shots] == ["WS", "MS", "CU", "MLS", "CU", "FS"]
    assert len(rehearsed.lengths_s) == 6 and min(rehearsed.lengths_s) > 0.8


def test_what_is_wrong_is_told_by_the_number_of_the_shot() -> None:
    scene = compile_scene(FILM.scenes[0], LINES, singles("WS", "MS", "CU", "MLS", "CU", "FS"), {})
    ghost = replace(scene.shots[2], subjects=("MARA",), people=(), deserted=True)
    rehearsed = rehearse(BOARD, replace(scene, shots=(*scene.shots[:2], ghost, *scene.shots[3:])), FILM.scenes[0].scene)
    assert rehearsed.told(0) and rehearsed.told(0)[0].startswith("shot 3 shows MARA, who is not there. Fix: frame only")
    assert rehearsed.told(2)[0].startswith("shot 1 shows MARA") and "the shot 1 before" in rehearsed.told(3)[0]
