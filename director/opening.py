"""Opens what a user hands in, a screenplay or a storyboard, as a complete storyboard and its film's folder.

A screenplay is directed, and the storyboard is written into the film's folder for the person to edit. A
storyboard that a person has edited is theirs: it is used as it stands and never written over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from director.directing import Direction, direct_into
from director.folder import FilmFolder, folder_name
from director.llm.config import RULES
from shots.errors import StoryboardError, WorkprintError, near_name
from shots.spec import STYLES, Storyboard

if TYPE_CHECKING:
    from director.llm.connect import Connection

__all__ = ["Opened", "film_root", "open_film", "picture_size", "read_storyboard", "write_atomically"]

_STORYBOARD_SUFFIXES = {".yaml", ".yml"}
_SHORT_SIDE_PX = 288
DEFAULT_OUT = Path("out")


@dataclass(frozen=True)
class Opened:
    """A complete storyboard, the file it is edited in, its film's folder, and what the user should know.

    `directed_by` is who planned it, as `--director` names them, "" for a storyboard that was handed in; `connection`
    the model that did so in this run; `put_right` what the script supervisor changed of a plan that stands as it was.
    """

    storyboard: Storyboard
    file: Path
    folder: FilmFolder
    notices: tuple[str, ...] = ()
    directed_by: str = ""
    connection: Connection | None = None
    put_right: tuple[str, ...] = ()


def open_film(
    source: Path,
    out: Path | None = None,
    *,
    seed: int = 0,
    size: tuple[int, int] | None = None,
    style: str | None = None,
    direction: Direction | None = None,
) -> Opened:
    """Opens a screenplay (which is directed and planned into `out`) or a storyboard.

    Args:
        out: the film's folder; by default `out/<title>` in the working directory, or a storyboard's own
            folder when it lies in a film's folder.
        size: (width, height) in pixels: a screenplay is planned for it; a storyboard that is somebody's work is as it
            is, and only this run has another.
        style: one of `shots.spec.STYLES`, in the same way.
        direction: who directs a screenplay; by default whoever did before, else the rules.

    Raises:
        ScriptError, StoryboardError: `source` cannot be read.
        ModelError: the language model that directs cannot be asked.
        WorkprintError: both the screenplay and its edited storyboard have changed, or there is no such style.
    """
    known = next((each for each in STYLES if each == style), None)
    if style is not None and known is None:
        raise WorkprintError(f"--style {style} is no style{near_name(style, STYLES)}. Fix: give {', '.join(STYLES)}.")
    pictured: dict[str, Any] = {}
    if size is not None:
        pictured |= {"width_px": size[0], "height_px": size[1]}
    if known is not None:
        pictured["style"] = known
    if source.suffix.lower() in _STORYBOARD_SUFFIXES:
        opened = _open_storyboard(source, out)
    else:
        opened = _open_script(source, out, seed, direction or Direction(), pictured)
    return replace(opened, storyboard=replace(opened.storyboard, **pictured))


def read_storyboard(source: Path, *, seed: int = 0) -> Storyboard:
    """The complete storyboard of a screenplay (directed afresh) or storyboard; writes nothing.

    Raises:
        ScriptError, StoryboardError: `source` cannot be read.
    """
    if source.suffix.lower() in _STORYBOARD_SUFFIXES:
        from shots.defaults import complete
        from shots.storyboard import load

        return complete(load(source))
    from director.direct import direct
    from director.parse import read

    return direct(read(source), seed=seed)


def film_root(source: Path, storyboard: Storyboard) -> Path:
    """The folder of a storyboard's film: its own when it lies in one, else by its title."""
    inside = any((source.parent / name).is_dir() for name in ("takes", "drafts"))
    return source.parent if inside else DEFAULT_OUT / folder_name(storyboard.title)


def _open_storyboard(source: Path, out: Path | None) -> Opened:
    storyboard = read_storyboard(source)
    if not storyboard.shots():
        raise StoryboardError(f"{source}: the storyboard has no shots. Fix: add a scene with one shot under `scenes:`.")
    root = out or film_root(source, storyboard)
    return Opened(storyboard, source, FilmFolder(root))


def _open_script(
    source: Path, out: Path | None, seed: int, direction: Direction, pictured: Mapping[str, Any]
) -> Opened:
    from director.parse import read
    from director.revise.drafts import Drafts
    from shots.storyboard import save

    script = read(source)
    folder = FilmFolder(out or DEFAULT_OUT / folder_name(script.title))
    data = source.read_bytes()
    draft = hashlib.sha256(data + seed.to_bytes(8, "big")).hexdigest()
    last = _last_directed(folder)
    before, name = last.get("director", RULES), direction.config.name
    stands = folder.storyboard.exists() and (last.get("draft") == draft or _was_brought_in(folder, data))
    if folder.storyboard.exists() and _is_edited(folder.storyboard, last.get("written", "")):
        if not stands or (direction.said and name != before):
            changed = f"{name} is to direct, not {before}" if stands else f"{source} has changed since it was planned"
            kept = f"make {folder.storyboard}" if stands else f"revise {folder.storyboard} {source}"
            raise WorkprintError(
                f"{folder.storyboard} has been edited by hand and {changed}. Fix: `workprint {kept}` to keep the "
                "edits, or plan anew with -o FOLDER."
            )
        notice = f"{folder.storyboard} has been edited by hand; the film follows it."
        return replace(_open_storyboard(folder.storyboard, folder.root), notices=(notice,), directed_by=before)
    if not direction.said and before != name:
        if not stands:
            raise WorkprintError(
                f"{source} has changed since {before} planned it. Fix: plan it again with --director {before}, "
                "or by the rules with --director rules."
            )
        notice = f"{folder.storyboard} was planned by {before}; --director rules plans it anew by the rules."
        opened = _open_storyboard(folder.storyboard, folder.root)
        return replace(
            opened, notices=(notice,), directed_by=before, put_right=tuple(last.get("put_right", "").splitlines())
        )
    directed = direct_into(script, folder, direction, seed=seed)
    directed = replace(directed, storyboard=replace(directed.storyboard, **pictured))
    folder.root.mkdir(parents=True, exist_ok=True)
    save(directed.storyboard, folder.storyboard)
    written = folder.storyboard.read_text(encoding="utf-8")
    record = {"draft": draft, "director": name, "written": written, "put_right": "\n".join(directed.put_right)}
    write_atomically(folder.directed, json.dumps(record) + "\n")
    Drafts(folder.drafts).keep(data, source, directed.storyboard, planned=True)
    return Opened(
        directed.storyboard,
        folder.storyboard,
        folder,
        directed.notices,
        name,
        directed.connection,
        directed.put_right,
    )


def _was_brought_in(folder: FilmFolder, data: bytes) -> bool:
    """Whether the storyboard follows this draft, by a revision that stands."""
    from director.reshoot.paper import Paper
    from director.revise.drafts import Drafts, digest_of

    now = Drafts(folder.drafts).current(tuple(step.after for step in Paper(folder.storyboard).history))
    return now is not None and not now.planned and now.digest == digest_of(data)


def _is_edited(file: Path, written: str) -> bool:
    """Whether a storyboard says something else than the director wrote; comments and order may differ."""
    from shots.storyboard import load, loads

    return file.read_bytes() != written.encode() and (not written or load(file) != loads(written, str(file)))


def _last_directed(folder: FilmFolder) -> dict[str, str]:
    """What was recorded when the director last wrote the storyboard; nothing when that cannot be read."""
    try:
        record = json.loads(folder.directed.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_atomically(path: Path, text: str) -> None:
    """Writes `text` so that `path` is at any time either as it was or complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_text(text, encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def picture_size(aspect: str | None, size: str | None) -> tuple[int, int] | None:
    """`"1280x720"` or an aspect such as `"9:16"`, `"2.39:1"` → even (width, height) in pixels, None for neither.

    An aspect alone keeps the short side at 288 pixels.

    Raises:
        WorkprintError: neither reads as a size.
    """
    if size is not None:
        width, times, height = size.lower().partition("x")
        if not (times and width.isdecimal() and height.isdecimal()):
            raise WorkprintError(f"--size {size} is no size. Fix: give it as WIDTHxHEIGHT, such as 1280x720.")
        wide, high = float(width), float(height)
    elif aspect is not None:
        try:
            across, _, up = aspect.partition(":")
            ratio = float(across) / float(up)
            if not 0.2 <= ratio <= 5:
                raise ValueError(aspect)
        except (ValueError, ZeroDivisionError):
            raise WorkprintError(
                f"--aspect {aspect} is no aspect. Fix: give it as 16:9, 9:16, 1:1 or 2.39:1."
            ) from None
        wide, high = (
            (_SHORT_SIDE_PX * ratio, _SHORT_SIDE_PX) if ratio >= 1 else (_SHORT_SIDE_PX, _SHORT_SIDE_PX / ratio)
        )
    else:
        return None
    even = (2 * round(wide / 2), 2 * round(high / 2))
    if not all(64 <= side <= 7680 for side in even):
        raise WorkprintError(f"{even[0]}x{even[1]} is no size for a film. Fix: keep both sides from 64 to 7680 pixels.")
    return even
