"""From a request to the calls of one engine: what it can be told is told, the rest is met another way or said plainly.

Pure: looks at the request and the engine's capabilities, and at no weights. Nothing that is asked for is dropped
without a word.
"""

from __future__ import annotations

from dataclasses import replace

from model.backends.clip_plan import ClipPlan, Met, Opening
from model.backends.config import Adapter, EngineConfig
from model.backends.engine import Capabilities, Control, Engine
from model.backends.framing import framing_of
from model.backends.parts import Span, lead_in_of, parts_of, spans_of
from model.backends.references import Chosen, choose
from model.backends.registry import engine_of
from model.backends.settings import sampling_of, sized
from model.backends.wishes import Wishes
from model.errors import PictureError
from model.given import check_known, is_whole
from model.images.opening import shown_beside_drawing
from model.request import ClipRequest, ReferenceClip

__all__ = ["ClipPlan", "Met", "Opening", "check_control", "plan_clip"]

_CONTROLS: tuple[Control, ...] = ("depth", "pose", "edges", "grey", "flow")
"""What leads a picture unless something is named, by how much of a shot it settles."""
_NEAR_RATE = 0.1  # a film's rate this near to the learnt one is simply used


def plan_clip(
    request: ClipRequest, engine: Engine, can: Capabilities, config: EngineConfig, images: Capabilities | None = None
) -> ClipPlan:
    """The plan of a request for an engine whose weights in hand have the capabilities `can`.

    `images` are those of the weights that make first frames; None: what their engine declares.

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
    can = sized(can, sampling)
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
    opened_by: tuple[Chosen, ...] = ()
    if opening == "image" and not references and (most := _images(config, images)) and _of_somebody(request):
        opened_by, without = choose(request, most)
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
    wishes = Wishes(request, engine, can, config, plan, tuple(zip(spans, made, strict=True)), without)
    return replace(plan, met=tuple(wishes.met()))


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


def _images(config: EngineConfig, images: Capabilities | None) -> int:
    """How many pictures of people and places the image engine is shown."""
    if config.images is None:
        return 0
    can = images if images is not None else engine_of(config.images.engine).capabilities
    return shown_beside_drawing(can.references)


def check_control(engine: Engine, can: Capabilities, config: EngineConfig) -> None:
    """Whether the engine takes the control that the film's config names.

    Raises:
        PictureError: it does not.
    """
    if config.control is not None and config.control != "none" and config.control not in can.controls:
        there = ", ".join(kind for kind in _CONTROLS if kind in can.controls)
        fix = f"name one of {there}, or none" if there else "leave control out"
        raise PictureError(f"{engine.name} takes no control video of {config.control}. Fix: {fix}.")


def _control(request: ClipRequest, engine: Engine, can: Capabilities, config: EngineConfig) -> Control | None:
    """What leads the picture.

    Raises:
        PictureError: the config names a control that the engine does not take.
    """
    check_control(engine, can, config)
    if config.control == "none" or request.guide == "none":
        return None
    if config.control is not None:
        return config.control
    if request.guide == "people" and "pose" in can.controls:
        return "pose"
    return next((kind for kind in _CONTROLS if kind in can.controls), None)


def _there(request: ClipRequest) -> frozenset[str]:
    """The names of who and what a shot shows, for LoRAs that are of them."""
    halves = [half for half in (request.stage, request.stage.beside) if half is not None]
    people = (figure.id for half in halves for figure in half.figures if figure.id not in half.camera.hidden)
    return frozenset((*people, *(half.place.name for half in halves)))


def _worded(text: str, loras: tuple[Adapter, ...]) -> str:
    words = [one.trigger for one in loras if one.trigger]
    return f"{', '.join(words)}. {text}" if words and text else ", ".join(words) or text
