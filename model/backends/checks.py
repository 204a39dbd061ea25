"""Whether an engine does what it declares, with the weights in hand: each thing is told in two ways, and what is made
has to follow.

These are the checks for somebody who has real weights and a machine for them; that an adapter puts its arguments right
is what tests show with tiny ones. They go the way of a film's shots: planned, made, brought back to the film's frames.
"""

from __future__ import annotations

import cmath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.backends.adapt import plan_clip
from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Engine
from model.backends.load import Loaded
from model.backends.making import Making
from model.request import ClipRequest, ClipSound, Frame, KnownFrame, Picture
from model.sampler import sample
from model.stage import Vec3
from model.theatre import draw

__all__ = ["Check", "Checks", "trial"]

_OURS, _OTHER = 1, 3  # a woman on a platform at dusk; four people in a living room
_SEEN = 0.1  # of 255 levels, at the mean: less is no change that anybody sees
_SAME = 0.5  # GPUs add in another order each time
_SILENT = 1e-4
_TURN_RAD = 0.2


@dataclass(frozen=True)
class Check:
    """One thing that an engine declares, or that every engine does: `name` as `Capabilities.declared` has it."""

    name: str
    holds: bool
    told: str


def trial(can: Capabilities, *, width_px: int, height_px: int, steps: int, frame_count: int = 9) -> ClipRequest:
    """A short clip of a stage that no model was trained on, of at least `frame_count` frames at the engine's rate; only
    words say what it shows.
    """
    seen = sample("held_out", _OURS)
    return ClipRequest(
        stage=seen.stage,
        width_px=width_px,
        height_px=height_px,
        fps=can.fps,
        frame_count=can.frames.fitting(frame_count),
        seed=11,
        text=seen.captions.medium.en,
        guide="none",
        settings=(("steps", steps), *(() if can.sizes.fixed else (("area_px", width_px * height_px),))),
    )


@dataclass
class Checks:
    """The checks of one engine, all made from the same request."""

    engine: Engine
    can: Capabilities
    config: EngineConfig
    loaded: Loaded
    request: ClipRequest

    def clip(self) -> NDArray[np.uint8]:
        """The clip of the request, (t, h, w, 3)."""
        return self._plain

    def all(self) -> Iterator[Check]:
        """What every engine does, then what this one declares, each as soon as it is known.

        Raises:
            PictureError: the weights cannot be used at all.
        """
        yield self._form()
        yield self._seeds()
        for name in self.can.declared():
            yield self._declared(name)

    def _declared(self, name: str) -> Check:
        match name.split(" "):
            case ["text"]:
                return self._text()
            case ["negative"]:
                return self._negative()
            case ["first"]:
                return self._known(name, (0,), see=1)
            case ["last"]:
                return self._known(name, (self._end,), see=self._end - 1, also=(0,))
            case ["any_frame"]:
                return self._known(name, (self._middle,), see=self._middle - 1)
            case ["before"]:
                count = min(self.can.before, self._middle)
                return self._known(name, tuple(range(count)), see=count)
            case ["after"]:
                edge = self._end + 1 - min(self.can.after, self._middle)
                return self._known(name, tuple(range(edge, self._end + 1)), see=edge - 1)
            case ["keep"]:
                return self._keep()
            case ["references"]:
                return self._references()
            case ["control", kind]:
                return self._control(kind)
            case ["camera"]:
                return self._camera()
            case ["sound"]:
                return self._sound()
        raise ValueError(name)

    def _form(self) -> Check:
        wanted = (self.request.frame_count, self.request.height_px, self.request.width_px, 3)
        made = self._plain.shape
        return Check("length and size", made == wanted, f"{made[0]} frames of {made[2]}×{made[1]}, as asked for")

    def _seeds(self) -> Check:
        again = _apart(self._plain, self._made(self.request))
        other = _apart(self._plain, self._made(replace(self.request, seed=self.request.seed + 1)))
        told = f"the same seed makes the same picture (off by {again:.2g}), another one another (by {other:.3g})"
        return Check("seed", again < _SAME and other > max(again, _SEEN), told)

    def _text(self) -> Check:
        other = self._made(replace(self.request, text=self._other_words))
        return _changed("text", "other words", self._plain, other)

    def _negative(self) -> Check:
        plan = plan_clip(self.request, self.engine, self.can, self.config)
        if plan.sampling.guidance <= 1:
            return Check("negative", True, "not used: these weights are sampled without guidance")
        other = self._made(replace(self.request, negative=self.request.text))
        return _changed("negative", "words for what is left out", self._plain, other)

    def _known(self, name: str, indices: tuple[int, ...], *, see: int, also: tuple[int, ...] = ()) -> Check:
        """Gives frames of the stage, then of another one, and looks at the frame beside them that was made."""
        ours = tuple(KnownFrame(index=index, picture=self._drawn(index)) for index in (*also, *indices))
        theirs = (*ours[: len(also)], *(KnownFrame(index=index, picture=self._other) for index in indices))
        one, other = (self._made(replace(self.request, known=known)) for known in (ours, theirs))
        near = _apart(one[see], self._drawn(see))
        far = _apart(other[see], self._drawn(see))
        told = f"the frame beside what is given is {near:.3g} levels from it, and {far:.3g} when another is given"
        return Check(name, _apart(one[see], other[see]) > _SEEN and near < far, told)

    def _keep(self) -> Check:
        keep = np.zeros((self.request.height_px, self.request.width_px), np.bool_)
        keep[:, : self.request.width_px // 2] = True
        one, other = (
            self._made(replace(self.request, known=(KnownFrame(index=0, picture=picture, keep=keep),)))
            for picture in (self._drawn(0), self._other)
        )
        kept = _apart(one[0][:, : self.request.width_px // 4], self._drawn(0)[:, : self.request.width_px // 4])
        free = _apart(one[:, :, self.request.width_px // 2 :], other[:, :, self.request.width_px // 2 :])
        told = f"what is kept stays (off by {kept:.2g}); what is made beside it changes with it by {free:.3g} levels"
        return Check("keep", kept < _SAME and free > _SEEN, told)

    def _references(self) -> Check:
        figures = self.request.stage.figures
        of = figures[0].id if figures else self.request.stage.place.name

        def shown(picture: Frame) -> tuple[Picture, ...]:
            return (Picture(kind="identity" if figures else "place", of=of, picture=picture, source="the check"),)

        one, other = (
            self._made(replace(self.request, pictures=shown(picture))) for picture in (self._drawn(0), self._other)
        )
        return _changed("references", "another reference", one, other)

    def _control(self, kind: str) -> Check:
        """Has the stage lead, then another one under the same words: where the edges are must follow."""
        here = replace(self.request, guide="stand_ins")
        elsewhere = replace(here, stage=sample("held_out", _OTHER).stage)
        one, other = (self._made(request, control=kind) for request in (here, elsewhere))
        near, far = (_edges_alike(clip[-1], self._drawn(len(clip) - 1)) for clip in (one, other))
        told = f"edges agree with the stage's by {near:.2f}, and by {far:.2f} when another stage leads"
        return Check(f"control {kind}", _apart(one, other) > _SEEN and near > far, told)

    def _camera(self) -> Check:
        """Begins with the same frame, and has the camera stand still or turn: edges must go where they then are."""
        start = replace(self.request.stage.camera.keys[0], time_s=0.0)
        end = replace(start, time_s=self._end / self.request.fps, target=_turned(start.position, start.target))
        still, turning = (
            replace(self.request.stage, camera=replace(self.request.stage.camera, keys=keys, handheld=0.0))
            for keys in ((start,), (start, end))
        )
        size = self.request.width_px, self.request.height_px
        known = (KnownFrame(index=0, picture=draw(still, 0.0, *size)),)
        one, other = (self._made(replace(self.request, stage=stage, known=known)) for stage in (turning, still))
        near, far = (_edges_alike(clip[-1], draw(turning, end.time_s, *size)) for clip in (one, other))
        told = f"edges agree with where the camera turns by {near:.2f}, and by {far:.2f} when it stands still"
        return Check("camera", _apart(one, other) > _SEEN and near > far, told)

    def _sound(self) -> Check:
        making = self._making(self.request, self.config)
        frames = sum(1 for _ in making.frames())
        sound: ClipSound | None = making.sound()
        if sound is None:
            return Check("sound", False, "none was made")
        level = float(np.sqrt(np.mean(np.square(sound.samples, dtype=np.float64))))
        length_s = len(sound.samples) / sound.rate_hz
        told = f"{length_s:.2f} s for {frames / self.request.fps:.2f} s of picture, {level:.2g} loud"
        return Check("sound", level > _SILENT and abs(length_s - frames / self.request.fps) < 0.05, told)

    @property
    def _end(self) -> int:
        return self.request.frame_count - 1

    @property
    def _middle(self) -> int:
        return self.request.frame_count // 2

    @cached_property
    def _plain(self) -> NDArray[np.uint8]:
        return self._made(self.request)

    @cached_property
    def _other(self) -> Frame:
        """A frame of another stage."""
        return draw(sample("held_out", _OTHER).stage, 0.0, self.request.width_px, self.request.height_px)

    @cached_property
    def _other_words(self) -> str:
        return sample("held_out", _OTHER).captions.medium.en

    def _drawn(self, index: int) -> Frame:
        return draw(self.request.stage, index / self.request.fps, self.request.width_px, self.request.height_px)

    def _made(self, request: ClipRequest, **config: Any) -> NDArray[np.uint8]:
        return np.stack(list(self._making(request, replace(self.config, **config)).frames()))

    def _making(self, request: ClipRequest, config: EngineConfig) -> Making:
        plan = plan_clip(request, self.engine, self.can, config)
        return Making(request, plan, self.engine, self.can, config, self.loaded)


def _turned(eye: Vec3, target: Vec3) -> Vec3:
    """What a camera looks at once it has turned to its right by `_TURN_RAD`."""
    ahead = complex(target.z - eye.z, target.x - eye.x) * cmath.exp(1j * _TURN_RAD)
    return Vec3(eye.x + ahead.imag, target.y, eye.z + ahead.real)


def _changed(name: str, by: str, one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Check:
    apart = _apart(one, other)
    return Check(name, apart > _SEEN, f"{by}: the picture changes by {apart:.3g} levels")


def _apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """How far pictures are apart, in levels of 255, at the mean."""
    return float(np.abs(one.astype(np.int16) - other).mean())


def _edges_alike(one: Frame, other: Frame) -> float:
    """How well the edges of two pictures agree: the correlation of how steep they are, from -1 to 1."""
    from scipy.ndimage import gaussian_filter, gaussian_gradient_magnitude

    steep = [gaussian_filter(gaussian_gradient_magnitude(p.mean(axis=2), 1.0), p.shape[0] / 60) for p in (one, other)]
    if min(float(s.std()) for s in steep) == 0:
        return 0.0
    return float(np.corrcoef(steep[0].ravel(), steep[1].ravel())[0, 1])
