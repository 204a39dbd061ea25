"""LTX-Video 0.9 through diffusers: known frames and clips wherever they stand in a clip, at any size and rate.

A clip is told from a frame whose number is a multiple of eight on, with 8·n + 1 frames, as its autoencoder packs them;
frames that fit into no such clip are told one by one, each at its own number. Nothing of a frame can be kept: that is
put back afterwards. Weights from before 0.9.5 were taught first frames alone, and have pipelines of their own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from model.backends.arguments import noise_of, picture_at
from model.backends.engine import Arguments, Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE", "pieces_of"]

_PACKED = 8
"""How many frames the autoencoder packs into one; the first frame of a clip is packed alone."""

_DISTILLED_STEPS = (1000, 993, 987, 981, 975, 909, 725, 0.03)
"""The times, of a thousand, that the distilled weights were taught (Lightricks, LTX-Video 0.9.7)."""

_SCHEDULER = "diffusers.schedulers.scheduling_flow_match_euler_discrete"
_RESCALE = 0.7  # how far guidance is kept from burning colours out
_DECODE_AT, _DECODE_NOISE = 0.05, 0.025  # the decoder takes the last step itself


def pieces_of(indices: Iterable[int]) -> Iterator[range]:
    """Frames that are known, as the pieces in which LTX is told of them: clips of 8·n + 1 frames, from a multiple of
    eight on, and single frames.
    """
    for _, run in groupby(enumerate(sorted(indices)), key=lambda pair: pair[1] - pair[0]):
        frames = [index for _, index in run]
        first, end = frames[0], frames[-1] + 1
        begin = -(-first // _PACKED) * _PACKED
        count = (end - begin - 1) // _PACKED * _PACKED + 1
        if count <= _PACKED:
            yield from (range(index, index + 1) for index in frames)
            continue
        yield from (range(index, index + 1) for index in range(first, begin))
        yield range(begin, begin + count)
        yield from (range(index, index + 1) for index in range(begin + count, end))


def _call(pipeline: Any, clip: Clip) -> Call:
    guided = clip.guidance > 1
    arguments = {
        "prompt": clip.text,
        "negative_prompt": clip.negative if guided else None,
        "width": clip.width_px,
        "height": clip.height_px,
        "num_frames": clip.frame_count,
        "frame_rate": clip.fps,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "guidance_rescale": _RESCALE if guided else 0.0,
        "decode_timestep": _DECODE_AT,
        "decode_noise_scale": _DECODE_NOISE,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    if _is_conditioned(pipeline.vae.config):
        return Call(arguments | _conditions(clip), pipeline="LTXConditionPipeline")
    first = picture_at(clip, 0)
    if first is None:
        return Call(arguments, pipeline="LTXPipeline")
    return Call(arguments | {"image": first}, pipeline="LTXImageToVideoPipeline")


def _conditions(clip: Clip) -> Arguments:
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition, linear_quadratic_schedule
    from PIL import Image

    known = {one.index: Image.fromarray(one.picture) for one in clip.known}
    conditions = [
        LTXVideoCondition(image=known[piece[0]], frame_index=piece[0])
        if len(piece) == 1
        else LTXVideoCondition(video=[known[index] for index in piece], frame_index=piece[0])
        for piece in pieces_of(known)
    ]
    logging.getLogger(_SCHEDULER).addFilter(_of_interest)
    distilled = clip.guidance <= 1 and clip.steps == len(_DISTILLED_STEPS)
    steps = _DISTILLED_STEPS if distilled else (1000 * linear_quadratic_schedule(clip.steps)).tolist()
    return {
        "conditions": conditions or None,
        "timesteps": list(steps),
        "image_cond_noise_scale": 0.0,  # what is known stays as it is
    }


def _of_interest(said: logging.LogRecord) -> bool:
    """LTX's own pipeline tells its scheduler times without noise levels, and is warned of that at each call."""
    return "were passed without `sigmas`" not in said.getMessage()


def _is_conditioned(vae: Mapping[str, Any]) -> bool:
    """Known frames elsewhere than at the beginning came with 0.9.5, whose autoencoder has other blocks."""
    return any("095" in str(block) for block in vae["down_block_types"])


def _narrowed(capabilities: Capabilities, index: PipelineIndex) -> Capabilities:
    if _is_conditioned(index.configs["vae"]):
        return capabilities
    return replace(capabilities, last=False, any_frame=False, before=0, after=0)


ENGINE = Engine(
    name="ltx",
    title="LTX-Video 0.9",
    version="1",
    words="ltx",
    pipelines=("LTXConditionPipeline", "LTXPipeline", "LTXImageToVideoPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=_PACKED, least=9, most=257),
        sizes=Sizes(multiple_px=32, area_px=1216 * 704),
        fps=24,
        negative=True,
        first=True,
        last=True,
        any_frame=True,
        before=25,
        after=25,
    ),
    variants=(Variant("full", 30, 5.0), Variant("distilled", len(_DISTILLED_STEPS), 1.0)),
    call=_call,
    narrowed=_narrowed,
)
