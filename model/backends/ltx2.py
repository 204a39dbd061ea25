"""LTX-2 through diffusers: known frames and clips wherever they stand, and a sound of its own with every clip.

diffusers counts the places of known frames in packed frames of eight, which reach every eighth frame alone; the
transformer itself is told times. A single frame is therefore told at a fraction of a packed frame, which comes out as
exactly its own time. The sound is kept as a stem, and is no part of the film's mix.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from model.backends.arguments import noise_of
from model.backends.engine import Call, Capabilities, Clip, ClipSound, Engine, FrameCounts, Sizes, Variant
from model.backends.ltx import pieces_of

__all__ = ["ENGINE"]

_PACKED = 8
_DISTILLED_STEPS = 8
_STG_BLOCK, _STG_BLOCK_OF_2_0 = 28, 29  # whose attention is disturbed to be steered away from (LTX-2's own settings)


def place_of(piece: range) -> float:
    """Where diffusers is told that a piece of known frames is.

    Packed frame n ends with frame 8·n, which is where a clip from that frame on is counted from. diffusers gives what
    is told at place p the time of frame 8·(p - 1) + 1; a frame f by itself is thus at (f + 7) / 8, exact in binary.
    """
    first = piece[0]
    if first == 0 or len(piece) > 1:
        return first // _PACKED
    return (first + _PACKED - 1) / _PACKED


def _call(pipeline: Any, clip: Clip) -> Call:
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
    from diffusers.pipelines.ltx2.utils import DISTILLED_SIGMA_VALUES
    from PIL import Image

    # Gemma is read from the left: set at the first call only, and noted when a pipeline is made, by diffusers itself.
    pipeline.tokenizer.padding_side = pipeline.tokenizer_padding_side = "left"
    known = {one.index: Image.fromarray(one.picture) for one in clip.known}
    conditions = [
        LTX2VideoCondition(frames=[known[index] for index in piece], index=place_of(piece))
        for piece in pieces_of(known)
    ]
    config = pipeline.transformer.config
    since_2_3 = bool(config.cross_attn_mod)
    arguments: dict[str, Any] = {
        "prompt": clip.text,
        "conditions": conditions or None,
        "width": clip.width_px,
        "height": clip.height_px,
        "num_frames": clip.frame_count,
        "frame_rate": float(clip.fps),
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "generator": noise_of(clip.seed),
        "use_cross_timestep": since_2_3,
        "output_type": "np",
    }
    if clip.guidance > 1:
        block = _STG_BLOCK if since_2_3 else _STG_BLOCK_OF_2_0
        disturbed = bool(config.perturbed_attn)  # else that pass would be the same as without
        arguments |= {
            "negative_prompt": clip.negative,
            "stg_scale": 1.0 if disturbed else 0.0,
            "audio_stg_scale": 1.0 if disturbed else 0.0,
            "spatio_temporal_guidance_blocks": [min(block, config.num_layers - 1)],
        }
    else:
        arguments |= dict.fromkeys(("stg_scale", "audio_stg_scale", "guidance_rescale"), 0.0)
        arguments |= dict.fromkeys(("modality_scale", "audio_modality_scale", "audio_guidance_scale"), 1.0)
        arguments["audio_guidance_rescale"] = 0.0
        if clip.steps == _DISTILLED_STEPS:
            arguments["sigmas"] = list(DISTILLED_SIGMA_VALUES)
    return Call(arguments, pipeline="LTX2ConditionPipeline")


def _sound(result: Any, pipeline: Any) -> ClipSound | None:
    samples = result.audio[0].float().cpu().numpy()
    return ClipSound(np.ascontiguousarray(samples.T, np.float32), int(pipeline.vocoder.config.output_sampling_rate))


ENGINE = Engine(
    name="ltx2",
    title="LTX-2",
    version="1",
    words="ltx2",
    pipelines=("LTX2ConditionPipeline", "LTX2Pipeline", "LTX2ImageToVideoPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=_PACKED, least=9, most=481),
        sizes=Sizes(multiple_px=32, area_px=960 * 544),
        fps=24,
        negative=True,
        first=True,
        last=True,
        any_frame=True,
        before=25,
        after=25,
        sound=True,
    ),
    variants=(Variant("full", 30, 3.0), Variant("distilled", _DISTILLED_STEPS, 1.0)),
    call=_call,
    sound=_sound,
)
