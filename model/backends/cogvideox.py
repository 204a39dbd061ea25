"""CogVideoX 1.0 and 1.5: words, and a first frame where the weights are of the kind that begins with one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE"]

_TITLE = "CogVideoX"
_FROM_PICTURE = "CogVideoXImageToVideoPipeline"


def _call(pipeline: Any, clip: Clip) -> Call:
    arguments = {
        "prompt": clip.text,
        "negative_prompt": clip.negative,
        "height": clip.height_px,
        "width": clip.width_px,
        "num_frames": clip.frame_count,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        # Weights of 1.0 have learnt 226 tokens and those of 1.5 learnt 224; others are worse without an error.
        "max_sequence_length": pipeline.transformer.config.max_text_seq_length,
        # This sampler goes with guidance that grows on the way.
        "use_dynamic_cfg": type(pipeline.scheduler).__name__ == "CogVideoXDPMScheduler",
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    if type(pipeline).__name__ == _FROM_PICTURE:
        arguments["image"] = first_picture(clip, _TITLE)
    return Call(arguments)


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    """1.5 knows many lengths, at twice the rate; learnt positions know one size and one length."""
    from_picture = index.pipeline == _FROM_PICTURE
    can = replace(can, first=from_picture, needs_first=from_picture)
    config = index.configs["transformer"]
    if config.get("patch_size_t") is not None:
        sizes = Sizes(multiple_px=16, area_px=1360 * 768)
        # They know twice as many frames, which few GPUs hold: longer shots go on from the last one.
        return replace(can, frames=FrameCounts(step=16, least=17, most=81), sizes=sizes, fps=16)
    if config.get("use_learned_positional_embeddings"):
        frames = int(config["sample_frames"])
        cell_px = 2 ** (len(index.configs["vae"]["block_out_channels"]) - 1)
        size = (int(config["sample_width"]) * cell_px, int(config["sample_height"]) * cell_px)
        sizes = Sizes(multiple_px=16, area_px=size[0] * size[1], fixed=(size,))
        return replace(can, frames=FrameCounts(step=8, least=frames, most=frames), sizes=sizes)
    return can


ENGINE = Engine(
    name="cogvideox",
    title=_TITLE,
    version="1",
    words="cogvideox",
    pipelines=("CogVideoXImageToVideoPipeline", "CogVideoXPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=8, least=9, most=49),
        sizes=Sizes(multiple_px=16, area_px=720 * 480),
        fps=8,
        negative=True,
        first=True,
    ),
    variants=(Variant("full", steps=50, guidance=6.0),),
    call=_call,
    narrowed=_narrowed,
)
