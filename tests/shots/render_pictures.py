"""A small picture back end and small requests, for tests of rendering and cutting; importable by worker processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from model.errors import PictureError
from model.request import ClipRequest, ClipSound, Frame, Licence, ReferenceKind, Setting
from model.stage import Camera, CameraKey, Light, Place, Stage, Vec3, Weather


@dataclass(frozen=True)
class Stripes:
    """Draws a ground in the seed's colour with a white stripe whose place tells the frame's number."""

    name: str = "stripes"
    version: str = "1"
    weights_digest: str = ""
    settings: tuple[Setting, ...] = ()
    reads: frozenset[ReferenceKind] = frozenset()
    varies: bool = True
    firmer: tuple[Setting, ...] = ()
    words: str = "dit"
    licence: Licence | None = None
    at_once: int = 1
    frame_s: float = 0.0  # how long a frame takes
    fails_at_seed: int = -1
    runs_out_at_seed: int = -1
    short_by: int = 0

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        if request.seed == self.fails_at_seed:
            raise PictureError("the stripe fell over")
        for number in range(request.frame_count - self.short_by):
            if request.seed == self.runs_out_at_seed and number == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
            time.sleep(self.frame_s)
            yield stripe(request.seed, number, request.width_px, request.height_px)


@dataclass(frozen=True)
class Sees(Stripes):
    """Expects its references on disk."""

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        for reference in request.references:
            assert Path(reference.path).is_file()
            assert len(reference.digest) == 64
        if request.seed == 2:
            assert [(r.kind, r.of) for r in request.references] == [("identity", "MARA"), ("continues", "")]
        return super().generate(request)


@dataclass(frozen=True)
class Shares(Stripes):
    """Expects so many threads for its numeric libraries, told before it came here."""

    threads: str = ""

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        if multiprocessing.parent_process() is not None and os.environ.get("OMP_NUM_THREADS") != self.threads:
            self.__dict__["fails_at_seed"] = 0


@dataclass(frozen=True)
class Dies(Stripes):
    """Its process ends in the middle of a clip, as when memory runs out."""

    def tells(self, request: ClipRequest) -> tuple[str, ...]:
        return ()

    def heard(self, request: ClipRequest) -> ClipSound | None:
        return None

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        if request.seed == 1:
            os._exit(9)
        return super().generate(request)


@dataclass(frozen=True)
class OnGpus(Stripes):
    """Tells in the folder `seen` which GPU its process sees, and waits until another process has told too."""

    weights_digest: str = "0" * 64
    seen: str = ""

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        (Path(self.seen) / os.environ["CUDA_VISIBLE_DEVICES"]).touch()
        until = time.monotonic() + 20
        while len(list(Path(self.seen).iterdir())) < 2 and time.monotonic() < until:
            time.sleep(0.02)
        return super().generate(request)


def stripe(seed: int, number: int, width_px: int, height_px: int) -> Frame:
    """Frame `number` of the clip of `seed`."""
    frame = np.empty((height_px, width_px, 3), np.uint8)
    frame[:] = ground(seed)
    x = 4 * number % width_px
    frame[:, x : x + 4] = 255
    return frame


def ground(seed: int) -> tuple[int, int, int]:
    """The colour behind the stripe."""
    return (40 + seed * 37 % 160, 40 + seed * 61 % 160, 40 + seed * 17 % 160)


def where(frame: Frame) -> int:
    """Which number a frame of `Stripes` shows, modulo the picture's width in fours."""
    return round((float(frame.astype(int).sum(axis=(0, 2)).argmax()) - 1.5) / 4)


STAGE = Stage(
    duration_s=0.5,
    place=Place(kind="street", interior=False, seed=1),
    light=Light(
        hour="day",
        key_azimuth_deg=210.0,
        key_elevation_deg=30.0,
        key_to_fill_ratio=3.0,
        colour_temperature_k=5600.0,
    ),
    weather=Weather(kind="clear"),
    camera=Camera(keys=(CameraKey(time_s=0.0, position=Vec3(0, 1.6, -5), target=Vec3(0, 1.5, 0), lens_mm=35.0),)),
)


def request(seed: int, frame_count: int = 12, **changes: object) -> ClipRequest:
    """A clip of 64×36."""
    plain = ClipRequest(stage=STAGE, width_px=64, height_px=36, fps=24, frame_count=frame_count, seed=seed)
    return replace(plain, **changes)
