"""A shot that a locked one goes on from stays joined to it: made anew, it ends on the frame that one begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from director.folder import FilmFolder
from director.reshoot.given import store_picture
from shots.render.held import Held
from shots.spec import Given, Shot, Storyboard

__all__ = ["joined"]


def joined(storyboard: Storyboard, shot_id: str, held: Mapping[str, Held], folder: FilmFolder) -> Given | None:
    """What a shot must be given so that its last frame is the first that a locked shot which continues it shows.

    None where no locked shot goes on from it, where it is locked itself, or where a person gave it a last picture.
    The frame is stored among the film's given pictures.

    Args:
        storyboard: a completed one.
        shot_id: the shot that is to be made anew.
        held: the takes that a person circled, by shot.
        folder: the film's.

    Raises:
        NoteError: the frame cannot be stored.
        OSError: the locked take cannot be read.
    """
    from shots.render.clip import read_frames

    shot = next(one for one in storyboard.shots() if one.id == shot_id)
    given = shot.given or Given()
    after = next((one for one in storyboard.shots() if one.continues == shot_id and _is_kept(one, held)), None)
    if after is None or given.last is not None or _is_kept(shot, held):
        return None
    first = round(after.trim.head_s * storyboard.fps) if after.trim is not None else 0
    frame = next(read_frames(held[after.id or ""].take.path, first, 1))
    return replace(given, last=store_picture(frame, folder))


def _is_kept(shot: Shot, held: Mapping[str, Held]) -> bool:
    one = held.get(shot.id or "")
    return one is not None and one.locked
