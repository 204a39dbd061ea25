"""Wan 2.1 and 2.2 from a first frame, or from a first to a last one; TI2V-5B and the weights of text alone as well.

What a folder can be told differs, and is read from its configs:

- Wan 2.1 I2V sees its first frame through a vision encoder as well, and has no place for a second picture.
- Wan 2.1 FLF2V has places for two, and makes nothing of one.
- Wan 2.2 I2V-A14B has no such encoder and takes one picture or two.
- Wan 2.2 TI2V-5B (`expand_timesteps`) holds its first frame as a clean latent; a last one it would not look at.
- Weights of text alone take no picture.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of, picture_at, shifted
from model.backends.engine import Arguments, Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE"]

_TITLE = "Wan 2.1 and 2.2, from pictures"


def _call(pipeline: Any, clip: Clip) -> Call:
    arguments: Arguments = {
        "prompt": clip.text,
        "negative_prompt": clip.negative,
        "width": clip.width_px,
        "height": clip.height_px,
        "num_frames": clip.frame_count,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    made_of = (pipeline.transformer or pipeline.transformer_2).config
    from_text = made_of.in_channels == made_of.out_channels
    if from_text and picture_at(clip, 0) is None:
        return Call(arguments, "WanPipeline")
    arguments["image"] = first_picture(clip, _TITLE)
    if clip.frame_count > 1 and (last := picture_at(clip, clip.frame_count - 1)) is not None:
        arguments["last_image"] = last
    return Call(arguments, "WanImageToVideoPipeline")


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    config = index.configs.get("transformer") or index.configs["transformer_2"]  # of two, either may be left out
    if index.settings.get("expand_timesteps"):
        return replace(
            can,
            frames=FrameCounts(step=4, least=5, most=121),
            sizes=Sizes(multiple_px=32, area_px=1280 * 704),
            fps=24,
            needs_first=False,
            last=False,
        )
    if config["in_channels"] == config["out_channels"]:
        return replace(can, first=False, needs_first=False, last=False)
    if config.get("image_dim") is None:
        return can
    two = config.get("pos_embed_seq_len") is not None
    return replace(can, last=two, needs_last=two)


ENGINE = Engine(
    name="wan-i2v",
    title=_TITLE,
    version="1",
    words="wan",
    pipelines=("WanImageToVideoPipeline", "WanPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=4, least=5, most=81),
        sizes=Sizes(multiple_px=16, area_px=832 * 480),
        fps=16,
        negative=True,
        first=True,
        needs_first=True,
        last=True,
    ),
    variants=(Variant("full", 40, 5.0), Variant("distill", 4, 1.0), Variant("a14b", 40, 3.5)),
    call=_call,
    set_up=shifted,
    narrowed=_narrowed,
    options=(("flow_shift", 0.0),),  # 0: as the scheduler beside the weights says. 3 is for 480 lines, 5 for 720
)
