"""A plan carried out: each call is told what is known about it, made, and brought to the film's frames.

Frames are yielded as soon as no later call has a share in them. What is given of them stands in them exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from model.backends.arguments import frames_of
from model.backends.clip_plan import ClipPlan
from model.backends.config import EngineConfig
from model.backends.drift import steadied
from model.backends.engine import Camera, Capabilities, Clip, ControlVideo, Engine
from model.backends.load import Loaded
from model.backends.parts import Part
from model.backends.rate import retimed
from model.backends.references import picture_of
from model.backends.seen import last_frames
from model.backends.stem import CallSound, stem_of
from model.errors import PictureError
from model.given import is_whole, put_back, resized
from model.request import ClipRequest, ClipSound, Frame, KnownFrame, Picture

__all__ = ["Making"]

_SEEDS = 2**31


@dataclass
class Making:
    """One request being made. `sounds` are those that the calls made so far."""

    request: ClipRequest
    plan: ClipPlan
    engine: Engine
    can: Capabilities
    config: EngineConfig
    loaded: Loaded
    sounds: list[CallSound] = field(default_factory=list)

    def frames(self) -> Iterator[Frame]:
        """The film's frames, in their order.

        Raises:
            PictureError: a take cannot be read, the pipeline gave too few frames, or memory ran out.
        """
        parts = self.plan.parts
        shown: dict[int, Frame] = {}
        told: list[Frame] = []
        ready = 0
        for number, part in enumerate(parts):
            told = self._made(number, part, told)
            places = [part.index_of(place) for place in range(part.start, part.stop)]
            for place, frame in zip(range(part.start, part.stop), retimed(told, places), strict=True):
                frame = self.plan.framing.out_of(frame, self.request.width_px, self.request.height_px)
                shown[place] = self._dissolved(number, place, shown.get(place), frame)
            later = min((one.start for one in parts[number + 1 :]), default=self.request.frame_count)
            while ready < later and (ready in shown or self._whole(ready) is not None):
                yield self._finished(ready, shown.pop(ready, None))
                ready += 1
        while ready < self.request.frame_count:
            yield self._finished(ready, shown.pop(ready, None))
            ready += 1

    def sound(self) -> ClipSound | None:
        """What the calls sounded like, as long as the request; None where they made no sound."""
        return stem_of(self.sounds, frame_count=self.request.frame_count, fps=self.request.fps)

    def _finished(self, place: int, frame: Frame | None) -> Frame:
        known = self._known.get(place)
        if known is None:
            assert frame is not None  # noqa: S101  the parts cover all that is not known
            return frame
        return known.picture if frame is None or is_whole(known) else put_back(frame, known)

    def _dissolved(self, number: int, place: int, before: Frame | None, frame: Frame) -> Frame:
        """A frame that a part before has made too, in its share: the nearer to a part's inside, the more of it."""
        if before is None:
            return frame
        part = self.plan.parts[number]
        shared = [one for one in self.plan.parts[:number] if one.start < part.stop and part.start < one.stop]
        low = max(part.start, min(one.start for one in shared))
        high = min(part.stop, max(one.stop for one in shared))
        share = (place - low + 1) / (high - low + 1)
        mixed = before + np.float32(share) * (frame.astype(np.float32) - before)
        return np.asarray(np.round(mixed), dtype=np.uint8)

    def _made(self, number: int, part: Part, told: list[Frame]) -> list[Frame]:
        """The frames of a call, in the engine's size; `told` are those of the call before."""
        clip = self._clip(number, part, told)
        call = self.engine.call(self.loaded.pipeline, clip)
        result = self.loaded.call(call.pipeline, call.arguments, self.plan.loras, call.guidance)
        made = frames_of(result)[call.skip_frames :]
        frames = [np.asarray(np.clip(frame * 255.0 + 0.5, 0, 255), np.uint8) for frame in made]
        if not self.engine.returns_lead_in:
            frames = [*(known.picture for known in clip.known[: part.lead_in]), *frames]
        if len(frames) < part.frame_count:
            raise PictureError(
                f"{self.engine.name} made {len(frames)} of {part.frame_count} frames. "
                "Fix: check that the weights are of this engine, or take another."
            )
        sound = self.engine.sound(result, self.loaded.pipeline)
        if sound is not None:
            self.sounds.append(CallSound(part, clip.fps, sound))
        return steadied(frames[: part.frame_count], [one.picture for one in clip.known if one.index < part.lead_in])

    def _clip(self, number: int, part: Part, told: list[Frame]) -> Clip:
        plan = self.plan
        known = self._told(number, part, told)
        return Clip(
            text=plan.text,
            negative=plan.negative,
            width_px=plan.framing.width_px,
            height_px=plan.framing.height_px,
            fps=plan.fps,
            frame_count=part.frame_count,
            seed=(self.request.seed + 7919 * number) % _SEEDS,
            steps=plan.sampling.steps,
            guidance=plan.sampling.guidance,
            lead_in=part.lead_in,
            lead_out=part.lead_out,
            known=tuple(known[index] for index in sorted(known)),
            references=self._references,
            control=self._control(part),
            camera=self._camera(part),
            options=plan.sampling.options,
        )

    def _told(self, number: int, part: Part, told: list[Frame]) -> dict[int, KnownFrame]:
        """All that is known of a call's frames, by their index."""
        known: dict[int, KnownFrame] = {}
        edge = part.frame_count - part.lead_out
        for index in (*range(part.lead_in), *range(edge, part.frame_count)):
            if part.goes_on and index < part.lead_in:
                known[index] = KnownFrame(index=index, picture=told[index - part.lead_in])
            else:
                known[index] = self._at(index, part.place_of(index))
        for place, one in self._known.items():
            index = round(part.index_of(place))
            told_so = self.can.any_frame if is_whole(one) else self.can.keep
            if told_so and part.lead_in <= index < edge and index not in known:
                known[index] = self._as_told(index, one)
        if number == 0 and part.lead_in == 0 and self.plan.opening != "nothing" and 0 not in known:
            known[0] = KnownFrame(index=0, picture=self.plan.framing.into(self._opening))
        last = part.frame_count - 1
        if self.can.needs_last and last not in known:
            drawn = self._drawn(part.place_of(last))
            known[last] = KnownFrame(index=last, picture=self.plan.framing.into(drawn))
        return known

    def _at(self, index: int, place: float) -> KnownFrame:
        """The frame before, within or after the shot that stands at a place."""
        nearest = round(place)
        if nearest < 0 and self._before:
            frame = self._before[max(nearest, -len(self._before))]
        else:
            here = min((i for i in self._known if self._whole(i) is not None), key=lambda i: abs(i - place))
            frame = self._known[here].picture
        return KnownFrame(index=index, picture=self.plan.framing.into(frame))

    def _as_told(self, index: int, one: KnownFrame) -> KnownFrame:
        framing = self.plan.framing
        if is_whole(one) or one.keep is None:
            return KnownFrame(index=index, picture=framing.into(one.picture))
        grey = np.repeat(one.keep[..., None].astype(np.uint8) * 255, 3, axis=2)
        keep = framing.into(grey)[..., 0] >= 128
        return KnownFrame(index=index, picture=framing.into(one.picture), keep=keep)

    def _whole(self, place: int) -> KnownFrame | None:
        known = self._known.get(place)
        return known if known is not None and is_whole(known) else None

    @cached_property
    def _known(self) -> dict[int, KnownFrame]:
        return {known.index: known for known in self.request.known}

    @cached_property
    def _before(self) -> tuple[Frame, ...]:
        """The last frames of the take that the shot goes on from, at the film's rate and size."""
        if self.plan.before is None:
            return ()
        first = next(part for part in self.plan.parts if part.at < 0)
        reach = max(1, round(-first.at))
        size = self.request.width_px, self.request.height_px
        return tuple(resized(frame, *size) for frame in last_frames(self.plan.before.path, reach))

    @cached_property
    def _references(self) -> tuple[Picture, ...]:
        return tuple(picture_of(chosen) for chosen in self.plan.references)

    @cached_property
    def _opening(self) -> Frame:
        """The first frame that is told though none is given, with what is given of it in its place."""
        frame = self._imagined() if self.plan.opening == "image" else self._drawn(0.0)
        known = self._known.get(0)
        return frame if known is None else put_back(frame, known)

    def _drawn(self, place: float) -> Frame:
        from model.theatre import draw

        size = self.request.width_px, self.request.height_px
        return draw(self.request.stage, max(0.0, place) / self.request.fps, *size)

    def _imagined(self) -> Frame:
        from model.images.opening import opening_request
        from model.images.pretrained import PretrainedImages

        assert self.config.images is not None  # noqa: S101  the plan has it so
        maker = PretrainedImages(self.config.images)
        pictures = [picture_of(chosen) for chosen in self.plan.opened_by]
        text, seed = self.plan.text or self.request.text, self.request.seed % _SEEDS
        return maker.picture(opening_request(maker, self.request, text, self._drawn(0.0), pictures, seed))

    def _control(self, part: Part) -> ControlVideo | None:
        if self.plan.control is None or (part.backward and self.plan.control == "flow"):
            return None
        from model.control.control import control_video

        stage = self.request.stage
        if self.request.guide == "place":
            stage = replace(stage, figures=(), crowds=())
        video = control_video(stage, self.plan.control, **self._timing(part))
        frames = [self.plan.framing.padded(frame) for frame in video.frames]
        return ControlVideo(kind=video.kind, frames=tuple(frames[::-1] if part.backward else frames))

    def _camera(self, part: Part) -> Camera | None:
        if not self.can.camera:
            return None
        from model.control.control import camera_path

        path = camera_path(self.request.stage, **self._timing(part))
        return Camera(poses=path.poses[::-1], focal_px=path.focal_px[::-1]) if part.backward else path

    def _timing(self, part: Part) -> dict[str, Any]:
        """The instants of a call's frames on the stage, the first in time first, and the size of its window."""
        width, height = self.plan.framing.window_px
        ends = (part.at, part.place_of(part.frame_count - 1))
        return {
            "frame_count": part.frame_count,
            "fps": self.request.fps / abs(part.pace),
            "start_s": min(ends) / self.request.fps,
            "width_px": width,
            "height_px": height,
        }
