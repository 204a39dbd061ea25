"""A film in hand: takes are made and circled, what goes stale is told before and after, only that is made again."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from audio.errors import SoundError
from director import Film
from director.opening import open_film
from director.produce import Production
from director.progress import Silent, Stoppable, Stopped
from director.reshoot.slate import Slate
from shots.errors import NoteError, StoryboardError
from shots.storyboard import load

BOARD = """\
# the bar, by hand
title: The Bar
width_px: 128
height_px: 72
scenes:
  - heading: INT. BAR - NIGHT
    people: [MARA, TOM]
    shots:
      - {size: WS, action: The bar., duration_s: 1}
      - size: MS   # hers
        subjects: [MARA]
        lines: [MARA: You came back for the dog.]
      - {size: CU, subjects: [TOM], action: He sees her., duration_s: 1}
  - heading: EXT. STREET - DAY
    people: [MARA]
    shots:
      - {size: EWS, action: The street., duration_s: 1}
      - {size: MS, subjects: [MARA], action: She goes., duration_s: 1}
"""


def opened(folder: Path, **options: object) -> Film:
    if not (folder / "bar.yaml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bar.yaml").write_text(BOARD)
    return Film.open(folder / "bar.yaml", folder / "film", picture="previz", score="none", workers=1, **options)  # type: ignore[arg-type]


def test_how_a_film_sounds_is_said_in_the_words_of_the_command_line(tmp_path: Path) -> None:
    assert opened(tmp_path).production.sound.config.score.kind == "none"
    with pytest.raises(SoundError, match="there is no such file or folder"):
        Film.open(tmp_path / "bar.yaml", score="loud")


def keys(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.rglob("receipt.json")}


class Noting(Silent):
    """Remembers how far it was told things are, and may do something when it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, float]] = []

    def step(self, name: str, total: float) -> None:
        self.told.append((f"{name} of {total:g}", 0.0))

    def done(self, name: str, amount: float) -> None:
        self.told.append((name, amount))


def test_a_film_is_rendered_once_and_told_shot_by_shot(tmp_path: Path) -> None:
    film = opened(tmp_path)
    assert [str(stale) for stale in film.stale()] == [f"{shot.id}: no take yet" for shot in film]
    assert [shot.id for shot in film.shots] == ["S1.1", "S1.2", "S1.3", "S2.1", "S2.2"]
    assert [shot.id for shot in film.scene(2)] == ["S2.1", "S2.2"] == [shot.id for shot in film.scene("S2")]
    assert film["S1.2"].take is None and film["S1.2"].takes == ()
    made = film.render()
    assert [take.shot.id for take in made] == [shot.id for shot in film]
    assert film.stale() == () == film.render()
    assert all(take.circled and take.number == 1 for take in made)
    assert made[1].frame(-1).shape == (72, 128, 3)
    with pytest.raises(IndexError, match="has 24 frames"):
        made[0].frame(24)
    again = opened(tmp_path)
    assert [shot.takes for shot in again] == [shot.takes for shot in film]
    assert again.stale() == ()


def test_takes_are_made_without_a_word_in_the_storyboard_until_one_is_circled(tmp_path: Path) -> None:
    film = opened(tmp_path)
    film.render()
    shot, before, made = film["S1.3"], (tmp_path / "bar.yaml").read_bytes(), keys(tmp_path)
    trial = shot.trial(size="ECU")
    assert [stale.shot for stale in trial.stale] == ["S1.3"]
    assert trial.stale[0].reasons[0] == "size CU → ECU"
    assert trial.frame(0.5).shape == (72, 128, 3)
    assert not np.array_equal(trial.frame(0.5), shot.frame(0.5))
    takes = shot.reshoot(size="ECU", takes=2, note="her eyes")
    assert [take.number for take in takes] == [2, 3] and [take.note for take in takes] == ["her eyes"] * 2
    assert len(keys(tmp_path) - made) == 2
    assert (tmp_path / "bar.yaml").read_bytes() == before and film.history == ()
    assert shot.take == shot.takes[0] and film.stale() == ()

    takes[1].circle()
    assert (shot.spec.size, shot.spec.seed, shot.take) == ("ECU", takes[1].seed, takes[1])
    assert film.stale() == ()
    text = (tmp_path / "bar.yaml").read_text()
    assert "# the bar, by hand" in text and "      - size: MS   # hers\n" in text
    assert [step.what for step in film.history] == ["circled take 3 of S1.3"]
    shot.circle(1)
    assert (shot.spec.size, shot.spec.seed, shot.take) == ("CU", None, shot.takes[0])
    assert film.stale() == () and len(film.render()) == 0
    film.undo()
    assert shot.take == takes[1]


def test_other_takes_of_a_shot_keep_its_look_and_are_always_new_ones(tmp_path: Path) -> None:
    film = opened(tmp_path)
    shot = film["S1.3"]
    first = shot.reshoot()[0]
    assert first.seed == film.storyboard.seed and first.asked.seed is None
    assert film["S1.3"].take == first, "it is what the shot asks for, and the only one"
    others = shot.reshoot(takes=2)
    assert [take.seed for take in others] == [1, 2] and len(shot.takes) == 3
    assert shot.take == first
    assert any(not np.array_equal(others[0].frame(n), others[1].frame(n)) for n in range(24)), "played otherwise"
    named = shot.reshoot(seed=2)[0]
    assert named == others[1], "a seed that is asked for is that one"
    for wrong in (0, 25):
        with pytest.raises(NoteError, match="ask for 1 to 24"):
            shot.reshoot(takes=wrong)


def test_only_what_changed_is_made_again_and_receipts_tell(tmp_path: Path) -> None:
    film = opened(tmp_path)
    film.render()
    before = keys(tmp_path)
    film["S1.1"].circle(1)
    film["S1.2"].trial(size="CU").write()
    assert [stale.shot for stale in film.stale()] == ["S1.2"]
    assert film["S1.2"].stale is not None and film["S1.1"].stale is None
    assert film["S1.2"].take is None, "none fits"
    cut = film.cut()
    new = keys(tmp_path) - before
    assert len(new) == 1 and film["S1.2"].take is not None and film["S1.2"].take.key in new
    receipt = film["S1.2"].take.receipt
    assert receipt["shot"] == "S1.2" and receipt["key"] in new
    assert cut.path.is_file() and film.stale() == ()
    told = film.folder.report.read_text("utf-8")
    assert f"S1.1: take {film['S1.1'].take.key[:12]} circled." in told, "what a person did stands in the report"
    assert film.folder.board_png.is_file() and film.folder.continuity_md.is_file(), "the papers are the film's"
    film.undo()
    assert film.stale() == () and film["S1.2"].take.number == 1
    film.redo()
    assert film["S1.2"].take.number == 2


def test_takes_are_not_lost_from_sight_when_the_file_is_edited_between_runs(tmp_path: Path) -> None:
    def made() -> None:
        film = open_film(tmp_path / "bar.yaml", tmp_path / "film")
        assert len(Production(film, picture="previz", workers=1, progress=Silent()).takes) == 5

    opened(tmp_path)
    made()
    (tmp_path / "bar.yaml").write_text(BOARD.replace("{size: CU,", "{size: MCU,"))
    made()
    film = opened(tmp_path)
    shot = film["S1.3"]
    assert [take.asked.size for take in shot.takes] == ["CU", "MCU"] and shot.take == shot.takes[1]
    assert shot.takes[0].asked.people == (), "as it was written, not as it was filled in"
    shot.circle(1)
    assert shot.spec.size == "CU" and film.stale() == ()


def test_a_locked_shot_keeps_its_take_whatever_is_changed(tmp_path: Path) -> None:
    film = opened(tmp_path)
    with pytest.raises(NoteError, match=r"S2\.2 has no take to keep\. Fix: film\.render"):
        film["S2.2"].lock()
    film.render()
    shot = film["S2.2"]
    other = shot.reshoot(size="CU")[0]
    shot.lock()
    kept = shot.take
    assert shot.locked and "locked" in repr(shot)
    for refused in (lambda: film.remove(shot), lambda: shot.split(0.5)):
        with pytest.raises(NoteError, match=r"S2\.2 is locked\. Fix: unlock it"):
            refused()
    film.change("brighter", lambda board: board_with_seed(board, 5))
    assert shot.take == kept and "S2.2" not in [stale.shot for stale in film.stale()]
    assert shot.trial(duration_s=3.0).duration_s == 3.0, "tried as if it were not locked"
    other.circle()
    assert shot.locked and shot.take == other and shot.spec.size == "CU"
    shot.unlock()
    assert "S2.2" in [stale.shot for stale in film.stale()]


def board_with_seed(board: object, seed: int) -> object:
    from dataclasses import replace

    return replace(board, seed=seed)  # type: ignore[type-var]


def test_a_long_call_tells_how_far_it_is_and_can_be_stopped_from_another_thread(tmp_path: Path) -> None:
    film, noting = opened(tmp_path), Noting()

    class Stopping(Noting):
        def done(self, name: str, amount: float) -> None:
            super().done(name, amount)
            if name == "picture" and amount >= 65:
                threading.Thread(target=watched.stop).run()

    watched = Stoppable(Stopping())
    with pytest.raises(Stopped):
        film.render(progress=watched)
    kept = [shot.id for shot in film if shot.take is not None]
    assert 0 < len(kept) < 5 and watched.stopping
    assert len(film.stale()) == 5 - len(kept)
    assert set(kept) == {shot.id for shot in film if Slate(film.folder.slate).takes(shot.id)}
    assert not list(film.folder.takes.glob(".*")), "what was half made is gone"
    rest = film.render(progress=noting)
    assert len(rest) == 5 - len(kept)
    frames = sum(take.frame_count for take in rest)
    assert noting.told[-1] == ("picture", frames) and (f"picture of {frames}", 0.0) in noting.told


def test_a_film_is_read_while_another_thread_renders_it(tmp_path: Path) -> None:
    film, seen, troubles = opened(tmp_path), set[int](), list[BaseException]()
    done = threading.Event()

    def look() -> None:
        try:
            while not done.is_set():
                seen.add(len(film.stale()))
                for shot in film:
                    _ = shot.takes, shot.take, shot.duration_s, shot.problems, repr(shot)
        except BaseException as trouble:
            troubles.append(trouble)

    looking = threading.Thread(target=look)
    looking.start()
    film.render()
    done.set()
    looking.join()
    assert troubles == [] and seen <= {0, 1, 2, 3, 4, 5} and film.stale() == ()


def test_every_mistake_is_a_sentence_with_the_fix(tmp_path: Path) -> None:
    film = opened(tmp_path)
    shot = film["S1.2"]
    for wrong, told in (
        (lambda: shot.reshoot(lense=35), "'lense' is nothing that can be changed in S1.2; did you mean 'lens_mm'?"),
        (lambda: shot.trial(size="CUU"), "size of S1.2 cannot be so"),
        (lambda: shot.trial(seed=-1), "seed of S1.2 cannot be so"),
        (lambda: shot.trial(camera_m=[1, 2]), "camera_m"),
        (lambda: shot.trial(light={"key_side": "top"}), "light.key_side of S1.2"),
        (lambda: shot.trial(duration_s=0.9), "its words take"),
        (lambda: shot.trial(marks={"BOB": [0, 1]}), "no character 'BOB'"),
        (lambda: shot.trial(keep="left half"), "has no take to keep something of. Fix: film.render() first"),
        (lambda: shot.trial(first=tmp_path / "none.png"), "cannot open this picture"),
        (lambda: shot.trial(references=["S1.9"]), "no shot 'S1.9'"),
        (lambda: shot.circle(4), "has no take 4; it has no takes yet"),
        (lambda: film["S1.22"], "no shot 'S1.22'; did you mean 'S1.2'?"),
        (lambda: film.scene(9), "no scene '9'"),
        (lambda: film.insert(), "give either after= or before= a shot"),
        (lambda: film.remove("S1.2"), "words are never lost with a shot"),
        (lambda: film.move("S1.1", after="S2.1"), "different scenes"),
    ):
        with pytest.raises((NoteError, StoryboardError)) as refused:
            wrong()
        assert told in str(refused.value) and "Fix: " in str(refused.value)
    assert film.history == () and (tmp_path / "bar.yaml").read_text() == BOARD


def test_a_script_without_a_guard_renders_in_processes(tmp_path: Path) -> None:
    (tmp_path / "bar.yaml").write_text(
        BOARD[: BOARD.index("      - size: MS")] + BOARD[BOARD.index("      - {size: CU") :]
    )
    (tmp_path / "go.py").write_text(
        "from director import Film\n"
        "film = Film.open('bar.yaml', 'film', picture='previz', workers=2)\n"
        "print(len(film.render()), len(film.stale()))\n"
    )
    done = subprocess.run([sys.executable, "go.py"], cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert (done.stdout, done.returncode) == ("4 0\n", 0), done.stderr


def test_the_name_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import director, sys; print('director.reshoot.film' in sys.modules); director.Film; print(dir(director) != [])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "False\nTrue\n", done.stderr
    with pytest.raises(AttributeError, match="Flim"):
        import director

        _ = director.Flim


def test_the_storyboard_reads_as_what_the_film_shows(tmp_path: Path) -> None:
    film = opened(tmp_path)
    take = film["S2.2"].reshoot(size="CU", marks={"mara": [0.5, 1.0]}, light={"key_side": "left"}, angle="low")[0]
    take.circle()
    said = load(tmp_path / "bar.yaml").scenes[1].shots[1]
    assert (said.size, said.angle, said.take) == ("CU", "low", take.key[:12])
    assert said.people[0].mark_m == (0.5, 1.0) and said.light is not None and said.light.key_side == "left"
    assert json.loads(film.folder.slate.read_text().splitlines()[-1])["take"] == take.key
    warm = film["S2.2"].trial(light={"colour_temperature_k": 3200}).asked.light
    assert warm is not None and (warm.key_side, warm.colour_temperature_k) == ("left", 3200)
