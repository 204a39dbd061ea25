"""HunyuanVideo 1.5: words, and a first frame where the weights are of the kind that begins with one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE", "sizes_from_picture"]

_TITLE = "HunyuanVideo 1.5"
_FROM_PICTURE = "HunyuanVideo15ImageToVideoPipeline"
_CELL_PX = 16
_MOST_RATIO = 4.0


def _call(pipeline: Any, clip: Clip) -> Call:
    arguments = {
        "prompt": clip.text,
        "negative_prompt": clip.negative,
        "num_frames": clip.frame_count,
        "num_inference_steps": clip.steps,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    if type(pipeline).__name__ == _FROM_PICTURE:
        # The size is the picture's, as long as it is one of `sizes_from_picture`.
        arguments["image"] = first_picture(clip, _TITLE)
    else:
        arguments |= {"height": clip.height_px, "width": clip.width_px}
    return Call(arguments, guidance=clip.guidance)


def sizes_from_picture(side_px: int) -> tuple[tuple[int, int], ...]:
    """The sizes (width, height) in pixels that the weights for a square of `side_px` keep when a picture has them.

    From a picture the pipeline takes no size: it chooses one of its own by the picture's shape, of about the square's
    area in cells of 16 pixels, none longer than four to one. What it would choose another for is left out.
    """
    cells = round((side_px / _CELL_PX) ** 2)
    sizes = [
        (width, height)
        for height in range(cells, 0, -1)
        for width in range(max(1, cells // (height + 1)), cells // height + 1)
        if max(width, height) <= _MOST_RATIO * min(width, height)
    ]

    def chosen(width: int, height: int) -> tuple[int, int]:
        ratio = height / width
        sign = -1 if ratio >= 1 else 1  # never a taller one for a tall picture, nor a wider one for a wide picture
        off = [(sign * (round(h / w, 5) - ratio), (w, h)) for w, h in sizes]
        return min((over, size) for over, size in off if over >= 0)[1]

    kept = [size for size in dict.fromkeys(sizes) if chosen(*size) == size]
    return tuple((width * _CELL_PX, height * _CELL_PX) for width, height in kept)


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    """Weights are for 480 or 720 lines, and for words alone or for words and a picture."""
    side_px = int(index.configs["transformer"].get("target_size", 640))
    from_picture = index.pipeline == _FROM_PICTURE
    fixed = sizes_from_picture(side_px) if from_picture else ()
    sizes = Sizes(multiple_px=_CELL_PX, area_px=side_px * side_px, fixed=fixed)
    return replace(can, first=from_picture, needs_first=from_picture, sizes=sizes)


ENGINE = Engine(
    name="hunyuan15",
    title=_TITLE,
    version="1",
    words="hunyuan15",
    pipelines=("HunyuanVideo15ImageToVideoPipeline", "HunyuanVideo15Pipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=4, least=5, most=121),
        sizes=Sizes(multiple_px=_CELL_PX, area_px=640 * 640),
        fps=24,
        negative=True,
        first=True,
    ),
    variants=(
        Variant("full", steps=50, guidance=6.0),
        Variant("step_distilled", steps=12, guidance=1.0),
        Variant("distilled", steps=50, guidance=1.0),
    ),
    call=_call,
    narrowed=_narrowed,
)
