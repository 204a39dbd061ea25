"""The review as one folder that can be mailed: it is opened from disk, without a server and without this program.

It holds the film, the take of each shot that the review shows, small pictures, what the page is told and what was
said. Comments made there stay in that browser until they are saved as a file, which `workprint review --import` takes
in.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.review.page import as_json_script, asset, bundle, index_html
from director.review.pictures import still, thumb
from director.review.screening import Links, Screening
from shots.errors import WorkprintError
from shots.render.partial import partial_path

if TYPE_CHECKING:
    from director.review.comments import Review

__all__ = ["export"]

_CSP = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' file:; "
    "style-src 'self' file:; img-src 'self' file: data:; media-src 'self' file: blob:; base-uri 'none'; "
    "form-action 'none'\">"
)


def export(screening: Screening, review: Review, out: Path) -> int:
    """Writes the folder `out`, whole or not at all; returns its size in bytes.

    Raises:
        WorkprintError: there is something at `out` already.
        OSError: it cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WorkprintError(f"{out}: there is something already. Fix: name a new folder.")
    out.parent.mkdir(parents=True, exist_ok=True)
    half = partial_path(out.parent)
    try:
        half.mkdir()
        _write(screening, review, half)
        if out.exists():
            out.rmdir()
        half.rename(out)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return sum(file.stat().st_size for file in out.rglob("*") if file.is_file())


def _write(screening: Screening, review: Review, folder: Path) -> None:
    (folder / "shots").mkdir()
    shots = [shot.id or "" for shot in screening.production.storyboard.shots()]
    number = {shot: f"{place:04d}" for place, shot in enumerate(shots, start=1)}
    for shot in shots:
        shutil.copyfile(thumb(screening, shot), folder / "shots" / f"{number[shot]}.jpg")
        take = screening.takes.get(shot)
        if take is not None:
            shutil.copyfile(take.path, folder / "shots" / f"{number[shot]}.mp4")
        else:
            shutil.copyfile(still(screening, shot), folder / "shots" / f"{number[shot]}.png")
    if screening.reel.cut:
        shutil.copyfile(screening.production.folder.film, folder / "film.mp4")
    told = screening.told(_links(screening, number))
    told |= {"review": review.plain(), "exported": secrets.token_hex(8), "takes": _takes(told["shots"], screening)}
    page = index_html().replace("<meta charset", f"{_CSP}\n<meta charset", 1)
    page = page.replace('href="page/review.css"', 'href="review.css"')
    data = f'<script type="application/json" id="film-data">{as_json_script(told)}</script>'
    page = page.replace('<script type="module" src="page/review.js">', f'{data}\n<script src="review.js">')
    (folder / "index.html").write_text(page, "utf-8")
    (folder / "review.css").write_text(asset("review.css"), "utf-8")
    (folder / "review.js").write_text(bundle(), "utf-8")


def _links(screening: Screening, number: Mapping[str, str]) -> Links:
    def picture(shot: str) -> str:
        return f"shots/{number[shot]}.{'jpg' if shot in screening.takes else 'png'}"

    return Links(
        film="film.mp4",
        still=picture,
        thumb=lambda shot: f"shots/{number[shot]}.jpg",
        take=lambda shot, _: f"shots/{number[shot]}.mp4",
    )


def _takes(shots: list[dict[str, Any]], screening: Screening) -> dict[str, list[dict[str, Any]]]:
    """The one take of each shot that goes along, as the page knows takes."""
    return {
        shot["id"]: [
            {
                "key": shot["take"], "number": 1, "note": "", "frames": shot["frames"], "fps": screening.reel.fps,
                "shown": True, "media": shot["media"], "at": "",
            }
        ]
        for shot in shots
        if shot["take"]
    }  # fmt: skip
