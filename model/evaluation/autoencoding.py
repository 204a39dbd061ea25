"""How close clips come back through the autoencoder: the ceiling of all that is generated.

Measured without a guide, as an ordinary autoencoder, and with the stand-ins shown to the decoder, which then need not
carry the place: two figures with two names, never one for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import get_args

import numpy as np
import torch
from torch import Tensor

from model.evaluation.frames import Tell, Values, each, means
from model.evaluation.measures import psnr_db, ssim
from model.evaluation.sets import Scale, drawn, shots_of
from model.request import Frame
from model.stage import Style
from model.theatre.guide import GUIDE_SHOWS
from model.theatre.stand_ins import with_stand_ins
from model.vae import Autoencoder, pixels, signed

__all__ = ["Reconstruct", "measured_autoencoder", "through"]

Reconstruct = Callable[[Frame, Frame | None], Frame]
"""A clip (f, h, w, 3), and its guide or none → the clip as it comes back."""

_FIRST = 9000
_FRAMES = 5


def through(autoencoder: Autoencoder) -> Reconstruct:
    """Clips as they come back through an autoencoder, with its stand-ins flagged as of place and people."""

    @torch.inference_mode()
    def reconstruct(frames: Frame, guide: Frame | None) -> Frame:
        def told(clip: Frame) -> Tensor:
            return signed(torch.from_numpy(clip)).transpose(0, 1)[None].to(autoencoder.device, autoencoder.dtype)

        truth, shown = told(frames), None if guide is None else told(guide)
        (z,) = autoencoder.encode(truth, return_dict=False)
        flags = None if shown is None else torch.tensor([GUIDE_SHOWS["stand_ins"]], device=autoencoder.device)
        (made,) = autoencoder.decode(z.to(autoencoder.dtype), shown, flags, return_dict=False)
        return np.asarray(pixels(made[0].transpose(0, 1)).cpu())

    return reconstruct


def measured_autoencoder(reconstruct: Reconstruct, scale: Scale, tell: Tell) -> dict[str, float]:
    """PSNR and SSIM over flat clips, and PSNR over those of every other style, each plain and guided."""
    values: Values = defaultdict(list)
    wanted: list[tuple[Style, int]] = [("flat", scale.clips)]
    wanted += [(style, scale.clips // 5) for style in get_args(Style) if style != "flat" and scale.clips >= 5]
    for number, (style, count) in each("autoencoder", wanted, tell):
        for shot in shots_of(scale, style, count, first=_FIRST + 300 * number, frame_count=_FRAMES):
            truth, guide = shot.truth(), drawn(with_stand_ins(shot.request.stage, "cut_outs"), shot.request)
            for name, shown in (("autoencoder", None), ("autoencoder_guided", guide)):
                made = reconstruct(truth, shown)
                if style == "flat":
                    values[f"{name}_psnr_db"].append(psnr_db(made, truth))
                    values[f"{name}_ssim"] += [ssim(made[i], truth[i]) for i in (0, _FRAMES - 1)]
                else:
                    values[f"{name}_psnr_{style}_db"].append(psnr_db(made, truth))
    found = means(values)
    return {name: found[name] for name in sorted(found, key=lambda key: ("guided" in key, list(found).index(key)))}
