"""What a change costs: one shot of a film made again and recut, a take, the first picture of it, a new draft."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from director.reshoot.film import Film

__all__ = ["reshoot"]

_T = TypeVar("_T")


def reshoot(folder: Path, sixty: Path, six_hundred: Path, long: Path) -> dict[str, float]:
    """`sixty` and `six_hundred` are storyboards of so many shots, `long` a screenplay of 120 pages."""
    return {**_one_of_sixty(folder, sixty), **_take(folder), **_large(folder, six_hundred), **_revised(folder, long)}


def _one_of_sixty(folder: Path, sixty: Path) -> dict[str, float]:
    """A film of 60 shots, and again after one shot was made anew: only that one is, as receipts tell."""
    from director.reshoot.film import Film

    film = Film.open(sixty, folder / "reshoot-sixty")
    first_s, first = _timed(film.cut)
    assert first.segments_encoded > 0
    before = _receipts(film)
    shot = film["S2.4"]
    trial = shot.trial(size="FS")
    foretold = [one.shot for one in trial.stale]

    def change() -> int:
        shot.reshoot(size="FS")[0].circle()
        return film.cut().segments_encoded

    change_s, encoded = _timed(change)
    made = [shot for key, shot in _receipts(film).items() if key not in before]
    assert made == foretold == ["S2.4"], (made, foretold)
    assert film.stale() == () and encoded == 1
    return {
        "reshoot_film_of_60_s": first_s,
        "reshoot_one_of_60_s": change_s,
        "reshoot_one_of_60_over_film": change_s / first_s,
    }


def _take(folder: Path) -> dict[str, float]:
    """A shot of three seconds at 512×288: its drawing with a change, as the widget asks for it, and a take."""
    from director.reshoot.film import Film
    from model.weights import SHIPPED

    path = folder / "three.yaml"
    path.write_text(
        "title: Three\nscenes:\n  - heading: INT. BAR - NIGHT\n    people: [ANNA, BEN]\n    shots:\n"
        "      - {size: MS, subjects: [ANNA, BEN], action: They wait., duration_s: 3}\n"
        "      - {size: CU, subjects: [BEN], action: He looks up., duration_s: 3}\n"
    )
    film = Film.open(path, folder / "reshoot-three", picture="previz")
    film.render()
    shot = film["S1.1"]
    drawn = [_timed(lambda z=z: shot.trial(camera_m=[0, 1.6, -z]).frame(1))[0] for z in (3, 3.5, 4, 4.5, 5)]
    taken = [_timed(lambda size=size: shot.reshoot(size=size))[0] for size in ("FS", "MLS", "WS")]
    out = {"reshoot_first_picture_s": statistics.median(drawn), "reshoot_take_of_3_s_previz": statistics.median(taken)}
    if (SHIPPED / "sealed.json").is_file():
        film = Film.open(path, folder / "reshoot-three-dit", picture="dit")
        film["S1.1"].reshoot(size="WS")  # the model is read
        out["reshoot_take_of_3_s_dit"] = _timed(lambda: film["S1.1"].reshoot(size="FS"))[0]
    return out


def _large(folder: Path, six_hundred: Path) -> dict[str, float]:
    """A film of 600 shots none of which is made: opened, shown, one shot changed."""
    from director.reshoot.film import Film

    def opened() -> Film:
        film = Film.open(six_hundred, folder / "reshoot-many", picture="previz")
        assert len(film) == 600
        return film

    open_s, film = _timed(opened)
    stale_s, stale = _timed(film.stale)
    assert len(stale) == 600
    page_s, page = _timed(film._repr_html_)
    shot = film["S15.3"]
    first_s, _ = _timed(lambda: shot.trial(size="FS").frame(0.5))
    tried_s, trial = _timed(lambda: shot.trial(size="FS"))
    foretold_s, _ = _timed(lambda: (trial.stale, trial.problems))
    written_s, _ = _timed(trial.write)
    undone_s, _ = _timed(film.undo)
    return {
        "reshoot_open_600_s": open_s,
        "reshoot_stale_600_s": stale_s,
        "reshoot_page_600_s": page_s,
        "reshoot_page_600_mb": len(page) / 1e6,
        "reshoot_first_picture_600_s": first_s,
        "reshoot_foretold_600_s": tried_s + foretold_s,
        "reshoot_change_written_600_s": written_s,
        "reshoot_undo_600_s": undone_s,
    }


def _revised(folder: Path, long: Path) -> dict[str, float]:
    """A new draft of 120 pages: every fiftieth line said otherwise, and a scene cut."""
    from director.reshoot.film import Film

    film = Film.open(long, folder / "reshoot-long", picture="previz")
    lines = long.read_text().split("\n")
    for number in range(25, len(lines), 50):
        if lines[number][:1].islower() or lines[number][1:2].islower():
            lines[number] = f"{lines[number]} Again."
    draft = folder / "long-blue.fountain"
    draft.write_text("\n".join(lines))
    revise_s, found = _timed(lambda: film.revise(draft))
    assert found.changed
    return {"revise_120_pages_s": revise_s}


def _receipts(film: Film) -> dict[str, str]:
    """Every take's key with its shot, as their receipts tell."""
    told = (json.loads(path.read_text()) for path in sorted(film.folder.takes.glob("??/*/receipt.json")))
    return {receipt["key"]: receipt["shot"] for receipt in told}


def _timed(work: Callable[[], _T]) -> tuple[float, _T]:
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done
