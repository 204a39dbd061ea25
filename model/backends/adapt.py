"""From a request to the calls of one engine: what it can be told is told, the rest is met another way or said plainly.

Pure: looks at the request and the engine's capabilities, and at no weights. Nothing that is asked for is dropped
without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from model.backends.config import Adapter, EngineConfig
from model.backends.engine import Capabilities, Control, Engine
from model.backends.framing import Framing, framing_of
from model.backends.parts import Part, Span, lead_in_of, parts_of, spans_of
from model.backends.references import Chosen, choose
from model.backends.registry import engine_of
from model.backends.settings import Sampling, sampling_of
from model.errors import PictureError
from model.given import check_known, is_whole
from model.request import ClipRequest, ReferenceClip

__all__ = ["ClipPlan", "Met", "Opening", "plan_clip"]

Opening = Literal["nothing", "drawing", "image"]
"""What a shot begins with that has no first frame given: nothing, the theatre's drawing, or a picture made for it."""

_CONTROLS: tuple[Control, ...] = ("depth", "pose", "edges", "grey", "flow")
"""What leads a picture unless something is named, by how much of a shot it settles."""
_NEAR_RATE = 0.1  # a film's rate this near to the learnt one is simply used


@dataclass(frozen=True)
class Met:
    """How one thing that is asked for is met; `told` is a sentence."""

    what: str  # "first", "last", "references", "control", "keep", "length", "rate", "size", "negative", ...
    how: Literal["as asked", "another way", "not"]
    told: str


@dataclass(frozen=True, kw_only=True)
class ClipPlan:
    """How a request is made: the size, what is told, the calls in their order, and how each wish is met."""

    sampling: Sampling
    framing: Framing
    fps: int  # that the engine is told
    text: str
    negative: str
    control: Control | None
    opening: Opening
    before: ReferenceClip | None  # the take that the shot goes on from
    references: tuple[Chosen, ...]
    opened_by: tuple[Chosen, ...]  # the references of what makes the first frame
    loras: tuple[Adapter, ...]
    parts: tuple[Part, ...]
    met: tuple[Met, ...]


def plan_clip(request: ClipRequest, engine: Engine, can: Capabilities, config: EngineConfig) -> ClipPlan:
    """The plan of a request for an engine whose weights in hand have the capabilities `can`.

    Raises:
        PictureError: the request cannot be met, such as a size that no frame of the engine's comes near; the config
            names what the engine does not have.
    """
    if request.fps < 1 or request.frame_count < 1:
        raise PictureError(
            f"{engine.name} cannot picture {request.frame_count} frames at {request.fps} a second. "
            "Fix: ask for 1 or more of each."
        )
    check_known(request)
    sampling = sampling_of(engine, config, request.settings)
    can = _sized(can, sampling)
    framing = framing_of(request.width_px, request.height_px, can.sizes, engine.name)
    whole = frozenset(known.index for known in request.known if is_whole(known))
    before = _before(request, can, 0 in whole)
    fps = can.fps if abs(request.fps / can.fps - 1.0) > _NEAR_RATE else request.fps
    spans = _spans(request, whole, before, can, request.fps / fps)
    opening = _opening(request, can, config, spans, before)
    made = [
        parts_of(span, can, pace=request.fps / fps, fps=request.fps, opens=opening != "nothing" and span.start == 0)
        for span in spans
    ]
    control = _control(request, engine, can, config)
    references, without = choose(request, can.references) if can.references and _of_somebody(request) else ((), ())
    opened_by = choose(request, most)[0] if opening == "image" and (most := _images(config)) else ()
    loras = tuple(one for one in config.loras if not one.of or one.of in _there(request))
    text = "" if "text" in request.without or not can.text else _worded(request.text, loras)
    plan = ClipPlan(
        sampling=sampling,
        framing=framing,
        fps=fps,
        text=text,
        negative=request.negative if can.negative and sampling.guidance > 1 else "",
        control=control,
        opening=opening,
        before=before,
        references=references,
        opened_by=opened_by,
        loras=loras,
        parts=tuple(part for parts in made for part in parts),
        met=(),
    )
    met = (
        *_met_words(request, engine, can, plan),
        *_met_pictures(request, engine, can, config, plan, without),
        *_met_before(request, engine, plan, 0 in whole),
        *_met_known(request, engine, can, plan, list(zip(spans, made, strict=True))),
        *_met_form(request, engine, can, plan),
    )
    return replace(plan, met=met)


def _sized(can: Capabilities, sampling: Sampling) -> Capabilities:
    """The capabilities with the area and the length that the film's config sets."""
    if sampling.area_px and not can.sizes.fixed:
        can = replace(can, sizes=replace(can.sizes, area_px=sampling.area_px))
    if sampling.most_frames:
        step, least = can.frames.step, can.frames.least
        most = max(least, (min(sampling.most_frames, can.frames.most) - 1) // step * step + 1)
        can = replace(can, frames=replace(can.frames, most=most), most_with_last=min(can.most_with_last, most))
    return can


def _before(request: ClipRequest, can: Capabilities, first_given: bool) -> ReferenceClip | None:
    """The take that the shot goes on from, where that can be told and no first frame stands before it."""
    takes = [clip for clip in request.references if clip.kind == "continues"]
    return takes[-1] if takes and not first_given and lead_in_of(can, 1) else None


def _spans(
    request: ClipRequest, whole: frozenset[int], before: ReferenceClip | None, can: Capabilities, pace: float
) -> list[Span]:
    known = [index in whole for index in range(request.frame_count)]
    there = 0
    if before is not None:
        there = round((before.stage.duration_s if before.stage is not None else 1.0) * request.fps)
    told_within = round((can.before + can.after + 1) * pace) if can.any_frame else 0
    return spans_of(known, max(there, int(before is not None)), told_within=told_within)


def _opening(
    request: ClipRequest, can: Capabilities, config: EngineConfig, spans: list[Span], before: ReferenceClip | None
) -> Opening:
    """What the first span begins with, where nothing is known before it."""
    if not spans or spans[0].start > 0 or before is not None or not (can.first or can.any_frame):
        return "nothing"
    if config.begin_with == "drawing":
        return "drawing"
    made: Opening = "image" if config.images is not None else "nothing"
    if made == "image" and not can.references and _of_somebody(request):
        return "image"
    if spans[0].after and not can.needs_last:
        return made if can.last and not can.any_frame else "nothing"
    return (made if made == "image" else "drawing") if can.needs_first else "nothing"


def _of_somebody(request: ClipRequest) -> bool:
    """Whether the shot is to hold to pictures of its people or its place."""
    shown = any(clip.kind != "continues" for clip in request.references)
    return "sheets" not in request.without and (shown or bool(request.pictures))


def _images(config: EngineConfig) -> int:
    return engine_of(config.images.engine).capabilities.references if config.images is not None else 0


def _control(request: ClipRequest, engine: Engine, can: Capabilities, config: EngineConfig) -> Control | None:
    """What leads the picture.

    Raises:
        PictureError: the config names a control that the engine does not take.
    """
    if config.control is not None and config.control != "none" and config.control not in can.controls:
        there = ", ".join(kind for kind in _CONTROLS if kind in can.controls)
        fix = f"name one of {there}, or none" if there else "leave control out"
        raise PictureError(f"{engine.name} takes no control video of {config.control}. Fix: {fix}.")
    if config.control == "none" or request.guide == "none":
        return None
    if config.control is not None:
        return config.control
    return next((kind for kind in _CONTROLS if kind in can.controls), None)


def _there(request: ClipRequest) -> frozenset[str]:
    """The names of who and what a shot shows, for LoRAs that are of them."""
    halves = [half for half in (request.stage, request.stage.beside) if half is not None]
    people = (figure.id for half in halves for figure in half.figures if figure.id not in half.camera.hidden)
    return frozenset((*people, *(half.place.name for half in halves)))


def _worded(text: str, loras: tuple[Adapter, ...]) -> str:
    words = [one.trigger for one in loras if one.trigger]
    return f"{', '.join(words)}. {text}" if words and text else ", ".join(words) or text


def _met_words(request: ClipRequest, engine: Engine, can: Capabilities, plan: ClipPlan) -> Iterator[Met]:
    if request.text and not can.text:
        yield Met("text", "not", f"{engine.name} reads no words: what happens is told by pictures alone.")
    if request.negative and can.text and not plan.negative:
        why = "reads no words for" if not can.negative else "is sampled without guidance, and so not told"
        yield Met("negative", "not", f"{engine.name} {why} what is to be left out.")
    for lora in plan.loras:
        words = f", called '{lora.trigger}'" if lora.trigger else ""
        of = f" of {lora.of}" if lora.of else ""
        yield Met("lora", "as asked", f"the LoRA {lora.file.name}{of} is used at {lora.strength:g}{words}.")


def _met_pictures(
    request: ClipRequest,
    engine: Engine,
    can: Capabilities,
    config: EngineConfig,
    plan: ClipPlan,
    without: tuple[str, ...],
) -> Iterator[Met]:
    if plan.opening == "image" and not can.references:
        yield Met(
            "references",
            "another way",
            f"{engine.name} takes no pictures of people and places: {_maker(config)} makes the first frame from them.",
        )
    elif _of_somebody(request) and not can.references:
        fix = (
            "name an engine under `images` that makes first frames from them" if can.first else "words alone tell them"
        )
        if plan.before is not None or not can.first:
            fix = "words alone tell them" if plan.before is None else "the take before shows them"
        yield Met("references", "not", f"{engine.name} takes no pictures of people and places; {fix}.")
    for chosen in (*plan.references, *plan.opened_by):
        yield Met("references", "as asked", chosen.told)
    if without:
        most = len(plan.references)
        names = " and ".join(without)
        yield Met("references", "not", f"no more than {most} pictures can be shown, and {names} goes without.")
    if plan.opening == "drawing":
        why = "" if config.begin_with == "drawing" else f"; {engine.name} makes nothing without a first frame"
        yield Met("first", "another way", f"the shot begins with the theatre's drawing of it{why}.")
    elif plan.opening == "image":
        yield Met("first", "another way", f"the shot begins with a picture that {_maker(config)} makes of it.")
    elif config.begin_with == "drawing" and not (can.first or can.any_frame):
        yield Met("first", "not", f"{engine.name} takes no first frame: no shot of it begins with a drawing.")
    if plan.control is not None:
        what = {"pose": "its people's poses", "grey": "the grey-box set", "flow": "its motion"}
        told = what.get(plan.control, f"its {plan.control}")
        yield Met("control", "as asked", f"the stage leads the picture by {told}.")
    elif not can.controls and request.guide != "none":
        shown = plan.opening != "nothing" or any(part.lead_in for part in plan.parts)
        ways = (*(("words",) if can.text else ()), *(("what the shot begins with",) if shown else ()))
        by = " and by ".join(ways) or "nothing"
        yield Met("control", "not", f"{engine.name} takes no control video: who stands where is told by {by}.")


def _maker(config: EngineConfig) -> str:
    return config.images.engine if config.images is not None else ""


def _met_before(request: ClipRequest, engine: Engine, plan: ClipPlan, first_given: bool) -> Iterator[Met]:
    takes = [clip for clip in request.references if clip.kind == "continues"]
    if not takes:
        return
    shot = takes[-1].shot or "the shot before"
    if plan.before is not None:
        count = next(part.lead_in for part in plan.parts if part.at < 0)
        frames = "frame" if count == 1 else f"{count} frames"
        yield Met("before", "as asked", f"the shot goes on from the last {frames} of the take of {shot}.")
    elif first_given:
        told = f"the shot begins with the frame that it is given, and does not go on from {shot}."
        yield Met("before", "another way", told)
    else:
        yield Met("before", "not", f"{engine.name} takes no frame before: the shot does not go on from {shot}.")


def _met_known(
    request: ClipRequest, engine: Engine, can: Capabilities, plan: ClipPlan, made: list[tuple[Span, tuple[Part, ...]]]
) -> Iterator[Met]:
    """How what is given beside each span, and within pictures, is met."""
    for span, parts in made:
        onward = [part for part in parts if not part.backward]
        ends = f"frame {span.stop}" if span.stop + span.after < request.frame_count else "a last frame"
        if len(onward) < len(parts):
            what = "last" if ends == "a last frame" else "frame"
            how = "from both ends, which dissolve where they meet" if onward else "from there backward, and turned"
            alone = " without a first one" if can.last else ""
            told = (
                f"{engine.name} cannot be led to {ends}{alone}: frames {span.start} to {span.stop - 1} are made {how}."
            )
            yield Met(what, "another way", told)
        elif span.after and not parts[-1].lead_out:
            told = f"{engine.name} is not led to {ends}, which stands there as it is given."
            yield Met("last" if ends == "a last frame" else "frame", "not", told)
        if span.start > 0 and onward and not onward[0].lead_in:
            told = f"{engine.name} does not go on from frame {span.start - 1}, which stands there as it is given."
            yield Met("first" if span.start == 1 else "frame", "not", told)
    if can.needs_last and any(not part.lead_out for part in plan.parts):
        told = f"{engine.name} makes nothing without a last frame: it is led to the theatre's drawing of the shot."
        yield Met("last", "another way", told)
    if any(not is_whole(known) for known in request.known) and not can.keep:
        told = f"{engine.name} knows no parts of pictures: what is to be kept of them is put back into what it makes."
        yield Met("keep", "another way", told)


def _met_form(request: ClipRequest, engine: Engine, can: Capabilities, plan: ClipPlan) -> Iterator[Met]:
    framing = plan.framing
    if (framing.width_px, framing.height_px) != (request.width_px, request.height_px):
        window = "" if framing.is_whole else f", of which the middle {framing.window_px[0]}×{framing.window_px[1]} is"
        brought = f"{window} brought to" if window else ", and brought to"
        told = f"made at {framing.width_px}×{framing.height_px}{brought} {request.width_px}×{request.height_px}."
        yield Met("size", "another way", told)
    if plan.fps != request.fps:
        told = f"made at {plan.fps} frames a second, and brought to {request.fps} by what moves between them."
        yield Met("rate", "another way", told)
    chained = [part for part in plan.parts if part.goes_on]
    if chained:
        told = (
            f"longer than the {_sized(can, plan.sampling).frames.most} frames of one call: made in {len(plan.parts)}, "
            f"each going on from the last {'frame' if chained[0].lead_in == 1 else f'{chained[0].lead_in} frames'} of "
            "the one before."
        )
        yield Met("length", "another way", told)
    slowed = [part for part in plan.parts if not part.lead_out and abs(part.pace) > request.fps / plan.fps + 1e-6]
    if slowed:
        told = f"{engine.name} makes {slowed[0].frame_count} frames and cannot go on from them: they are played slower."
        yield Met("length", "not", told)
