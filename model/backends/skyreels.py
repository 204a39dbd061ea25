"""SkyReels-V2 diffusion forcing through diffusers: long takes, window by window, each going on from the one before.

Three of diffusers' pipelines share its parts: from words, from a first frame (and to a last one), and on from a clip.
The last one returns that clip before it begins what it makes with it once more. A last frame is the one that a clip
leads to, told behind its last packed frame, and only within one window: beyond that, diffusers leaves the frames before
it noise. Windows are of one length, as diffusers stops at a shorter last one; so a few frames more may be made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE", "windows_of"]

_PACKED = 4
_WINDOW = 97  # frames that the weights were taught at once
_SHIFT_FROM_WORDS, _SHIFT_FROM_PICTURES = 8.0, 5.0  # of the noise schedule (SkyReels-V2's own settings)


def _call(pipeline: Any, clip: Clip) -> Call:
    from PIL import Image

    options = dict(clip.options)
    known = {one.index: Image.fromarray(one.picture) for one in clip.known}
    lead = next(index for index in range(clip.frame_count + 1) if index not in known)
    last = known.get(clip.frame_count - 1)
    goes_on = lead > _PACKED and last is None
    overlap = (lead - 1) // _PACKED * _PACKED + 1 if goes_on else int(options["overlap"])
    at_once = int(options["window"]) if last is None else clip.frame_count
    window, frame_count = windows_of(clip.frame_count, at_once, overlap)
    long = frame_count > window
    # In place: the three pipelines share one scheduler, and keep it once they are made.
    pipeline.scheduler.register_to_config(flow_shift=_SHIFT_FROM_PICTURES if lead else _SHIFT_FROM_WORDS)
    arguments: dict[str, Any] = {
        "prompt": clip.text,
        "negative_prompt": clip.negative if clip.guidance > 1 else None,
        "width": clip.width_px,
        "height": clip.height_px,
        "num_frames": frame_count,
        "base_num_frames": window,
        "overlap_history": overlap if long or goes_on else None,
        "addnoise_condition": float(options["noise"]) if long or goes_on else 0.0,
        "ar_step": int(options["ar_step"]),
        "causal_block_size": 1,
        "fps": clip.fps,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    if goes_on:
        arguments["video"] = [known[index] for index in range(lead)]
        return Call(arguments, "SkyReelsV2DiffusionForcingVideoToVideoPipeline", skip_frames=overlap)
    if lead:
        arguments["image"] = known[0]
        if last is not None:
            arguments["last_image"] = last
        return Call(arguments, "SkyReelsV2DiffusionForcingImageToVideoPipeline")
    return Call(arguments, "SkyReelsV2DiffusionForcingPipeline")


def windows_of(frame_count: int, most: int, overlap: int) -> tuple[int, int]:
    """The window and how many frames are made with it: as few windows of one length as there can be, of `most` frames
    at most, that share `overlap` and hold `frame_count` frames.
    """
    if frame_count <= most:
        return frame_count, frame_count
    made, largest, shared = ((count - 1) // _PACKED + 1 for count in (frame_count, most, overlap))
    windows = -(-(made - shared) // (largest - shared))
    step = -(-(made - shared) // windows)
    return (shared + step - 1) * _PACKED + 1, (shared + windows * step - 1) * _PACKED + 1


def _narrowed(capabilities: Capabilities, index: PipelineIndex) -> Capabilities:
    """The weights for 720 lines differ from those for 540 in their name alone: the folder's, or the repository's where
    it is a commit of one in the hub's cache.
    """
    folder = index.folder
    if "720P" in (folder.parents[1].name if folder.parent.name == "snapshots" else folder.name):
        return capabilities
    return replace(capabilities, sizes=replace(capabilities.sizes, area_px=960 * 544))


ENGINE = Engine(
    name="skyreels",
    title="SkyReels-V2 diffusion forcing",
    version="1",
    words="skyreels",
    pipelines=(
        "SkyReelsV2DiffusionForcingPipeline",
        "SkyReelsV2DiffusionForcingImageToVideoPipeline",
        "SkyReelsV2DiffusionForcingVideoToVideoPipeline",
    ),
    capabilities=Capabilities(
        frames=FrameCounts(step=_PACKED, least=17, most=1457),
        frames_at_once=_WINDOW,
        sizes=Sizes(multiple_px=16, area_px=1280 * 720),
        fps=24,
        negative=True,
        first=True,
        last=True,
        most_with_last=_WINDOW,
        before=17,
        before_or_last=True,
    ),
    variants=(Variant("full", 30, 6.0),),
    call=_call,
    narrowed=_narrowed,
    options=(("window", _WINDOW), ("overlap", 17), ("noise", 20), ("ar_step", 0)),
)
