"""The pictures that shots were given, read from the film's folder as the known frames of what is asked for.

Only PNG, JPEG and WebP below the film's folder are opened, never through a link. A picture of another shape than the
film's fills the frame from its middle; `given_problems` tells what it loses by that, and what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import numpy as np
from numpy.typing import NDArray

from model.request import KnownFrame
from shots.continuity.common import tell
from shots.errors import Problem, StoryboardError
from shots.render.job import Take
from shots.render.store import TakeStore
from shots.spec import Given, Shot, Storyboard
from shots.timing import ShotTiming

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["frame_of", "given_problems", "known_frames"]

_FORMATS = ("PNG", "JPEG", "WEBP")
_LARGEST_SIDE_PX = 7680
_SAME_SHAPE = 0.02  # by which share two shapes may differ before a picture visibly loses something
_Stamp = tuple[str, int, int]
"""A file as it was read: its path, its time in nanoseconds, its size in bytes."""


_ALIVE: WeakValueDictionary[tuple[object, ...], KnownFrame] = WeakValueDictionary()
"""What was read and is still in use somewhere, such as in the requests of the film that a trial is made of."""


class _Trouble(Exception):
    """What is wrong with something given, and the fix."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}. Fix: {fix}.")
        self.what, self.fix = what, fix


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
    except _Trouble as trouble:
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
            except _Trouble as trouble:
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
        raise _Trouble(f"{shot} is given a mask and no take that it would let through", "name the take, or remove mask")
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
        raise _Trouble(
            f"{shot} is given frames of the take {named}, which is not in {store.folder}",
            "name a take that is there, by the first twelve digits of its key, or take `given` out of the shot",
        )
    if take.fps != storyboard.fps:
        raise _Trouble(
            f"{shot} is given frames of the take {named} at {take.fps} frames per second, and the film has "
            f"{storyboard.fps}",
            "name a take at the film's rate",
        )
    at = round(given.at_s * storyboard.fps)
    first, last = max(0, at), min(frame_count, at + take.frame_count)
    if first >= last:
        raise _Trouble(
            f"{shot} is given the take {named} from {given.at_s:g} s on, where none of its "
            f"{take.frame_count / take.fps:.2f} s fall into the shot's {frame_count / storyboard.fps:.2f} s",
            "change at_s",
        )
    mask = None if given.mask is None else _stamp(shot, given.mask, folder)
    return _frames(str(take.path), first - at, last - first, first, storyboard.width_px,
                   storyboard.height_px, mask)  # fmt: skip


def _frames(
    path: str, taken: int, count: int, index: int, width_px: int, height_px: int, mask: _Stamp | None
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
            found.append(KnownFrame(index=name[2], picture=_fitted(frame, width_px, height_px), keep=keep))
            _ALIVE[name] = found[-1]
    except OSError as error:
        raise _Trouble(f"{path}: {error.strerror}", "name another take") from None
    return tuple(found)


def _picture(stamp: _Stamp, width_px: int, height_px: int, index: int) -> KnownFrame:
    name = (stamp, width_px, height_px, index)
    known = _ALIVE.get(name)
    if known is None:
        picture = _fitted(np.asarray(_opened(stamp).convert("RGB")), width_px, height_px)
        known = _ALIVE[name] = KnownFrame(index=index, picture=picture)
    return known


def _mask(stamp: _Stamp, width_px: int, height_px: int) -> NDArray[np.bool_]:
    grey = np.asarray(_opened(stamp).convert("RGB")).max(axis=2)
    return _fitted(np.stack([grey] * 3, axis=-1), width_px, height_px)[:, :, 0] >= 128


def _fitted(picture: NDArray[np.uint8], width_px: int, height_px: int) -> NDArray[np.uint8]:
    """The picture at the frame's size: its middle, as large as fills the frame."""
    if picture.shape[:2] == (height_px, width_px):
        return picture
    from PIL import Image, ImageOps

    fitted = ImageOps.fit(Image.fromarray(picture), (width_px, height_px), Image.Resampling.LANCZOS)
    return np.asarray(fitted)


def _lost(shot: str, given: Given, storyboard: Storyboard, folder: Path) -> list[tuple[str, str]]:
    """What pictures lose because they have another shape than the film, with the fix."""
    lost = []
    wanted = storyboard.width_px / storyboard.height_px
    for named in (given.first, given.last, given.mask):
        if named is None:
            continue
        width, height = _opened(_stamp(shot, named, folder)).size
        share = 1 - min(width / height, wanted) / max(width / height, wanted)
        if share > _SAME_SHAPE:
            sides = "left and right" if width / height > wanted else "top and bottom"
            lost.append((
                f"{shot} is given {named}, which is {width}×{height} and loses {share:.0%} at its {sides}, since the "
                f"film is {storyboard.width_px}×{storyboard.height_px}",
                "give a picture of the film's shape",
            ))  # fmt: skip
    return lost


def _stamp(shot: str, named: str, folder: Path) -> _Stamp:
    """The file that a storyboard names, which is below the film's folder and reached by no link."""
    parts = PurePosixPath(named.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or ":" in parts[0] or "\0" in named:
        raise _Trouble(
            f"{shot} is given {named!r}, which is not below {folder}", "copy it there and name it from there"
        )
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise _Trouble(f"{shot} is given {named}, and {path} is a link", "put the file itself there")
    if not path.is_file():
        raise _Trouble(f"{shot} is given {named}, and {path} is not there", "put the picture there, or name another")
    facts = path.stat()
    return str(path), facts.st_mtime_ns, facts.st_size


def _opened(stamp: _Stamp) -> Image:
    """A picture as it is looked at: turned as its file says, on white where it is transparent."""
    from PIL import Image, ImageOps

    path = stamp[0]
    try:
        with Image.open(path, formats=_FORMATS) as opened:
            if max(opened.size) > _LARGEST_SIDE_PX:
                size = f"{opened.width}×{opened.height}"
                raise _Trouble(f"{path} is {size}, which is too large", f"keep both sides to {_LARGEST_SIDE_PX} pixels")
            turned = ImageOps.exif_transpose(opened)
            if not turned.has_transparency_data:
                return turned.convert("RGB")
            ground = Image.new("RGBA", turned.size, "white")
            return Image.alpha_composite(ground, turned.convert("RGBA")).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Trouble(f"{path} is no picture that can be read", "give a whole PNG, JPEG or WebP") from None
