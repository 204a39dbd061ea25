"""The review as one folder that can be mailed: it is opened from disk, without a server and without this program.

It holds the film, the takes of every shot that has more than one to choose from, small pictures, what the page is told
and what was said; of a film that is not cut yet, the take of every shot. Comments made there stay in that browser until
they are saved as a file, which `workprint review --import` takes in.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.review.page import as_json_script, asset, bundle, index_html
from director.review.pictures import still, thumb
from director.review.screening import KEY_DIGITS, Links, Screening, screening_of, takes_told
from shots.errors import WorkprintError
from shots.render.partial import partial_path

if TYPE_CHECKING:
    from director.reshoot.film import Film

__all__ = ["export"]

_CSP = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' file:; "
    "style-src 'self' file:; img-src 'self' file: data:; media-src 'self' file: blob:; base-uri 'none'; "
    "form-action 'none'\">"
)


def export(film: Film, out: Path) -> int:
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
        _write(film, half)
        if out.exists():
            out.rmdir()
        half.rename(out)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return sum(file.stat().st_size for file in out.rglob("*") if file.is_file())


def _write(film: Film, folder: Path) -> None:
    screening = screening_of(film)
    number = {shot: f"{place:04d}" for place, shot in enumerate(screening.production.requests, start=1)}
    links = _links(screening, number)
    (folder / "shots").mkdir()
    takes: dict[str, list[dict[str, Any]]] = {}
    told = screening.told(links)
    in_cut = {span.shot for span in screening.reel.spans} if screening.reel.cut else set()
    for shot in told["shots"]:
        name = shot["id"]
        shutil.copyfile(thumb(screening, name), folder / shot["thumb"])
        shown = screening.takes.get(name)
        if shown is None:
            shutil.copyfile(still(screening, name), folder / shot["still"])
            continue
        several = film[name].takes
        if len(several) > 1:
            takes[name] = takes_told(several, shown, links)
            for take in several:
                shutil.copyfile(take.path, folder / links.take(name, take.key[:KEY_DIGITS]))
        if name not in in_cut:
            shutil.copyfile(shown.path, folder / shot["media"])
        elif len(several) < 2:
            shot["media"] = ""  # the film shows it
    if screening.reel.cut:
        shutil.copyfile(film.folder.film, folder / "film.mp4")
    told |= {"review": film.comments.review().plain(), "exported": secrets.token_hex(8), "takes": takes}
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
        take=lambda shot, key: f"shots/{number[shot]}-{key}.mp4",
    )
