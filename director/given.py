"""The pictures that shots were given, read from the film's folder as the known frames of what is asked for.

Only PNG, JPEG and WebP below the film's folder are opened, never through a link. A picture of another shape than the
film's fills the frame from its middle; `given_problems` tells what it loses by that, and what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from director.picture_files import Stamp, Trouble, opened, stamped
from model.images.pixels import fitted
from model.request import KnownFrame
from shots.continuity.common import tell
from shots.errors import Problem, StoryboardError
from shots.render.job import Take
from shots.render.store import TakeStore
from shots.spec import Given, Shot, Storyboard
from shots.timing import ShotTiming

__all__ = ["frame_of", "given_problems", "known_frames"]

_SAME_SHAPE = 0.02  # by which share two shapes may differ before a picture visibly loses something
_ALIVE: WeakValueDictionary[tuple[object, ...], KnownFrame] = WeakValueDictionary()
"""What was read and is still in use somewhere, such as in the requests of the film that a trial is made of."""


def known_frames(
    shot: Shot, storyboard: Storyboard, frame_count: int, folder: Path, store: TakeStore
) -> tuple[KnownFrame, ...]:
    """What is known of the `frame_count` frames of a shot, in their order; `folder` is the film's.

    A first and a last picture stand before the frames of a take where both say what a frame is.

    Raises:
        StoryboardError: a picture, mask or take is not there, cannot be read or may not be.
    """
    if shot.given is None:
        return ()
    try:
        return _known(shot.id or "", shot.given, storyboard, frame_count, folder, store)
    except Trouble as trouble:
        raise StoryboardError(str(trouble)) from None


def frame_of(take: Take, number: int, storyboard: Storyboard, index: int) -> KnownFrame:
    """Frame `number` of a take, to stand in a shot as frame `index`."""
    return _frames(str(take.path), number, 1, index, storyboard.width_px, storyboard.height_px, None)[0]


def given_problems(
    storyboard: Storyboard, timings: Mapping[str, ShotTiming], folder: Path, store: TakeStore
) -> list[Problem]:
    """What cannot be used of what the shots of a completed storyboard were given, and what does not fit the frame."""
    problems: list[Problem] = []
    for scene in storyboard.scenes:
        for shot in scene.shots:
            if shot.given is None:
                continue
            try:
                _known(shot.id or "", shot.given, storyboard, timings[shot.id or ""].frame_count, folder, store)
                lost = _lost(shot.id or "", shot.given, storyboard, folder)
            except Trouble as trouble:
                problems.append(tell("given", scene, shot, trouble.what, trouble.fix))
            else:
                problems += [tell("given", scene, shot, *one, severity="warning") for one in lost]
    return problems


def _known(
    shot: str, given: Given, storyboard: Storyboard, frame_count: int, folder: Path, store: TakeStore
) -> tuple[KnownFrame, ...]:
    width_px, height_px = storyboard.width_px, storyboard.height_px
    known: dict[int, KnownFrame] = {}
    if given.take is not None:
        for one in _of_take(shot, given, storyboard, frame_count, folder, store):
            known[one.index] = one
    elif given.mask is not None:
        raise Trouble(f"{shot} is given a mask and no take that it would let through", "name the take, or remove mask")
    for index, named in ((0, given.first), (frame_count - 1, given.last)):
        if named is not None:
            known[index] = _picture(_stamp(shot, named, folder), width_px, height_px, index)
    return tuple(known[index] for index in sorted(known))


def _of_take(
    shot: str, given: Given, storyboard: Storyboard, frame_count: int, folder: Path, store: TakeStore
) -> tuple[KnownFrame, ...]:
    named = given.take or ""
    key = store.named(named)
    take = store.find(key, shot) if key is not None else None
    if take is None:
        raise Trouble(
            f"{shot} is given frames of the take {named}, which is not in {store.folder}",
            "name a take that is there, by the first twelve digits of its key, or take `given` out of the shot",
        )
    if take.fps != storyboard.fps:
        raise Trouble(
            f"{shot} is given frames of the take {named} at {take.fps} frames per second, and the film has "
            f"{storyboard.fps}",
            "name a take at the film's rate",
        )
    at = round(given.at_s * storyboard.fps)
    first, last = max(0, at), min(frame_count, at + take.frame_count)
    if first >= last:
        raise Trouble(
            f"{shot} is given the take {named} from {given.at_s:g} s on, where none of its "
            f"{take.frame_count / take.fps:.2f} s fall into the shot's {frame_count / storyboard.fps:.2f} s",
            "change at_s",
        )
    mask = None if given.mask is None else _stamp(shot, given.mask, folder)
    return _frames(str(take.path), first - at, last - first, first, storyboard.width_px,
                   storyboard.height_px, mask)  # fmt: skip


def _frames(
    path: str, taken: int, count: int, index: int, width_px: int, height_px: int, mask: Stamp | None
) -> tuple[KnownFrame, ...]:
    """`count` frames of a clip from frame `taken` on, to stand in a shot from frame `index` on."""
    from shots.render.clip import read_frames

    names = [(path, taken + number, index + number, width_px, height_px, mask) for number in range(count)]
    alive = [_ALIVE.get(name) for name in names]
    if None not in alive:
        return tuple(one for one in alive if one is not None)
    keep = None if mask is None else _mask(mask, width_px, height_px)
    found = []
    try:
        for name, frame in zip(names, read_frames(Path(path), taken, count), strict=True):
            found.append(KnownFrame(index=name[2], picture=fitted(frame, width_px, height_px), keep=keep))
            _ALIVE[name] = found[-1]
    except OSError as error:
        raise Trouble(f"{path}: {error.strerror}", "name another take") from None
    return tuple(found)


def _picture(stamp: Stamp, width_px: int, height_px: int, index: int) -> KnownFrame:
    name = (stamp, width_px, height_px, index)
    known = _ALIVE.get(name)
    if known is None:
        picture = fitted(np.asarray(opened(stamp).convert("RGB")), width_px, height_px)
        known = _ALIVE[name] = KnownFrame(index=index, picture=picture)
    return known


def _mask(stamp: Stamp, width_px: int, height_px: int) -> NDArray[np.bool_]:
    grey = np.asarray(opened(stamp).convert("RGB")).max(axis=2)
    return fitted(np.stack([grey] * 3, axis=-1), width_px, height_px)[:, :, 0] >= 128


def _lost(shot: str, given: Given, storyboard: Storyboard, folder: Path) -> list[tuple[str, str]]:
    """What pictures lose because they have another shape than the film, with the fix."""
    lost = []
    wanted = storyboard.width_px / storyboard.height_px
    for named in (given.first, given.last, given.mask):
        if named is None:
            continue
        width, height = opened(_stamp(shot, named, folder)).size
        share = 1 - min(width / height, wanted) / max(width / height, wanted)
        if share > _SAME_SHAPE:
            sides = "left and right" if width / height > wanted else "top and bottom"
            lost.append((
                f"{shot} is given {named}, which is {width}×{height} and loses {share:.0%} at its {sides}, since the "
                f"film is {storyboard.width_px}×{storyboard.height_px}",
                "give a picture of the film's shape",
            ))  # fmt: skip
    return lost


def _stamp(shot: str, named: str, folder: Path) -> Stamp:
    return stamped(f"{shot} is given", named, folder)
