"""How each thing that a request asks for is met by its plan: as asked, another way, or not; in a sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.backends.clip_plan import ClipPlan, Met
from model.backends.config import EngineConfig
from model.backends.engine import Capabilities, Engine
from model.backends.parts import Part, Span
from model.given import is_whole
from model.request import ClipRequest
from model.theatre.view import locked

__all__ = ["Wishes"]

_LEADS = {"pose": "its people's poses", "grey": "the grey-box set", "flow": "its motion"}


@dataclass(frozen=True, eq=False)
class Wishes:
    """A request, what an engine can, and the plan that was made of both; `made` are the parts of each span."""

    request: ClipRequest
    engine: Engine
    can: Capabilities
    config: EngineConfig
    plan: ClipPlan
    made: tuple[tuple[Span, tuple[Part, ...]], ...]
    without: tuple[str, ...]  # people and places that there are pictures of, and no room for

    def met(self) -> Iterator[Met]:
        """How each is met, most telling first."""
        yield from self._before()
        yield from self._known()
        yield from self._pictures()
        yield from self._opening()
        yield from self._control()
        yield from self._camera()
        yield from self._words()
        yield from self._form()

    def _before(self) -> Iterator[Met]:
        takes = [clip for clip in self.request.references if clip.kind == "continues"]
        if not takes:
            return
        shot = takes[-1].shot or "the shot before"
        if self.plan.before is not None:
            count = next(part.lead_in for part in self.plan.parts if part.at < 0)
            told = f"the shot goes on from the last {_frames(count)} of the take of {shot}."
            yield Met("before", "as asked", told)
        elif any(known.index == 0 and is_whole(known) for known in self.request.known):
            told = f"the shot begins with the frame that it is given, and does not go on from {shot}."
            yield Met("before", "another way", told)
        else:
            told = f"{self._name} takes no frame before: the shot does not go on from {shot}."
            yield Met("before", "not", told)

    def _known(self) -> Iterator[Met]:
        """How what is given beside each span, and within pictures, is met."""
        for span, parts in self.made:
            onward = [part for part in parts if not part.backward]
            ends, what = f"frame {span.stop}", "frame"
            if span.stop + span.after == self.request.frame_count:
                ends, what = "a last frame", "last"
            if len(onward) < len(parts):
                how = "from both ends, which dissolve where they meet" if onward else "from there backward, and turned"
                alone = " without a first one" if self.can.last else ""
                frames = f"frames {span.start} to {span.stop - 1} are made {how}"
                yield Met(what, "another way", f"{self._name} cannot be led to {ends}{alone}: {frames}.")
            elif span.after and not parts[-1].lead_out:
                told = f"{self._name} is not led to {ends}, which stands there as it is given."
                yield Met(what, "not", told)
            if span.start > 0 and onward and not onward[0].lead_in:
                told = f"{self._name} does not go on from frame {span.start - 1}, which stands there as it is given."
                yield Met("first" if span.start == 1 else "frame", "not", told)
        if self.can.needs_last and any(not part.lead_out for part in self.plan.parts):
            told = f"{self._name} makes nothing without a last frame: it is led to the theatre's drawing of the shot."
            yield Met("last", "another way", told)
        if any(not is_whole(known) for known in self.request.known) and not self.can.keep:
            told = (
                f"{self._name} knows no parts of pictures: what is to be kept of them is put back into what it makes."
            )
            yield Met("keep", "another way", told)

    def _pictures(self) -> Iterator[Met]:
        shown = [clip for clip in self.request.references if clip.kind != "continues"]
        if (shown or self.request.pictures) and not self.can.references and not self.plan.opened_by:
            fix = "words alone tell them"
            if self.plan.before is not None:
                fix = "the take before shows them"
            elif self.can.first and self.config.images is None:
                fix = "name an engine under `images` that makes first frames from them"
            yield Met("references", "not", f"{self._name} takes no pictures of people and places; {fix}.")
        elif self.plan.opened_by:
            told = f"{self._name} takes no pictures of people and places: the first frame is made from them."
            yield Met("references", "another way", told)
        for chosen in (*self.plan.references, *self.plan.opened_by):
            yield Met("references", "as asked", chosen.told)
        if self.without:
            most, names = len(self.plan.references or self.plan.opened_by), " and ".join(self.without)
            told = f"no more than {most} pictures of people and places can be shown: none of {names} is."
            yield Met("references", "not", told)

    def _opening(self) -> Iterator[Met]:
        needed = f"; {self._name} makes nothing without a first frame" if self.can.needs_first else ""
        if self.plan.opening == "drawing":
            yield Met("first", "another way", f"the shot begins with the theatre's drawing of it{needed}.")
        elif self.plan.opening == "image" and self.config.images is not None:
            told = f"the shot begins with a picture that {self.config.images.engine} makes of it{needed}."
            yield Met("first", "another way", told)
        elif self.config.begin_with == "drawing" and not (self.can.first or self.can.any_frame):
            yield Met("first", "not", f"{self._name} takes no first frame: no shot of it begins with a drawing.")

    def _control(self) -> Iterator[Met]:
        if self.plan.control is not None:
            told = _LEADS.get(self.plan.control, f"its {self.plan.control}")
            yield Met("control", "as asked", f"the stage leads the picture by {told}.")
            if self.plan.control == "flow" and any(part.backward for part in self.plan.parts):
                yield Met(
                    "control", "not", "what is made backward is not led by motion, which would run the other way."
                )
        elif not self.can.controls and self.request.guide != "none":
            shown = self.plan.opening != "nothing" or any(part.lead_in for part in self.plan.parts)
            ways = (*(("words",) if self.can.text else ()), *(("what the shot begins with",) if shown else ()))
            told = f"who stands where is told by {' and by '.join(ways) or 'nothing'}"
            yield Met("control", "not", f"{self._name} takes no control video: {told}.")

    def _camera(self) -> Iterator[Met]:
        """How a move of the camera is told, or that a split screen has two cameras."""
        stage = self.request.stage
        halves = [half for half in (stage, stage.beside) if half is not None]
        if all(locked(half.camera) for half in halves):
            return
        if self.can.camera and len(halves) > 1:
            told = "a split screen has a camera for each half: all of the picture moves as the left one."
            yield Met("camera", "another way", told)
        elif self.can.camera:
            yield Met("camera", "as asked", "the camera's move is told as its path in metres.")
        elif self.plan.control is not None:
            by = "the control video and words tell" if self.plan.text else "the control video tells"
            yield Met("camera", "another way", f"{self._name} takes no camera path: {by} the camera's move.")
        else:
            by = "words alone tell" if self.plan.text else "nothing tells"
            yield Met("camera", "not", f"{self._name} takes no camera path: {by} the camera's move.")

    def _words(self) -> Iterator[Met]:
        if self.request.text and not self.can.text:
            yield Met("text", "not", f"{self._name} reads no words: what happens is told by pictures alone.")
        elif self.request.negative and not self.plan.negative:
            why = "is sampled without guidance, and so not told" if self.can.negative else "reads no words for"
            yield Met("negative", "not", f"{self._name} {why} what is to be left out.")
        for lora in self.plan.loras:
            of = f" of {lora.of}" if lora.of else ""
            called = f", called '{lora.trigger}'" if lora.trigger and self.can.text else ""
            told = f"the LoRA {lora.file.name}{of} is used at {lora.strength:g}{called}."
            yield Met("lora", "as asked", told)

    def _form(self) -> Iterator[Met]:
        framing, fps = self.plan.framing, self.request.fps
        made, asked = (framing.width_px, framing.height_px), (self.request.width_px, self.request.height_px)
        if made != asked:
            window = ""
            if not framing.is_whole:
                window = f" of which the middle {framing.window_px[0]}×{framing.window_px[1]} is"
            told = f"made at {made[0]}×{made[1]},{window or ' and'} brought to {asked[0]}×{asked[1]}."
            yield Met("size", "another way", told)
        if self.plan.fps != fps:
            told = f"made at {self.plan.fps} frames a second, and brought to {fps} by what moves between them."
            yield Met("rate", "another way", told)
        chained = [part for part in self.plan.parts if part.goes_on]
        if chained:
            told = (
                f"longer than the {self.can.frames.most} frames of one call: made in {len(self.plan.parts)}, each "
                f"going on from the last {_frames(chained[0].lead_in)} of the one before."
            )
            yield Met("length", "another way", told)
        pace = fps / self.plan.fps
        slowed = [part for part in self.plan.parts if not part.lead_out and abs(part.pace) > pace * 1.001]
        if slowed:
            count = slowed[0].frame_count
            told = f"{self._name} makes {count} frames and cannot go on from them: they are played slower."
            yield Met("length", "not", told)

    @property
    def _name(self) -> str:
        return self.engine.name


def _frames(count: int) -> str:
    return "frame" if count == 1 else f"{count} frames"
