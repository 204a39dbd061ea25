"""How Wan is taught: of text, from a first frame, and VACE with nothing or a first frame in its control video.

TI2V-5B, whose first frame stands among its latents, is taught of text alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from model.training.teaching import Tensors, frames_tensor, longest_text

__all__ = ["TEACHINGS", "WanTeaching"]

_TIMES = 1000.0  # a noise level of 1, as the transformer is told it


@dataclass(frozen=True)
class WanTeaching:
    """One of Wan's pipelines. A transformer of 36 channels reads a first frame beside its latents."""

    inside = r"blocks\.\d+\.attn[12]\.to_(q|k|v|out\.0)"
    kind: str  # "text", "first frame", "vace"

    @property
    def clips_only(self) -> bool:
        """What is begun with a first frame has nothing to learn from a still."""
        return self.kind == "first frame"

    def words(self, pipeline: Any, text: str, device: torch.device) -> Tensors:
        """As the protocol says."""
        told, _ = pipeline.encode_prompt(
            prompt=text,
            do_classifier_free_guidance=False,
            max_sequence_length=longest_text(pipeline),
            device=device,
        )
        return {"text": told}

    def pictures(self, pipeline: Any, frames: NDArray[np.uint8], fps: int, device: torch.device) -> Tensors:
        """As the protocol says; Wan has a rate of its own and is not told one."""
        del fps
        video = frames_tensor(frames, device, pipeline.vae.dtype)
        told = {"clean": _latents(pipeline.vae, video)}
        if self.kind == "vace":
            told["control"] = _control(pipeline, video, 0)
            told["control_begun"] = _control(pipeline, video, 1)
        if self.kind == "first frame" and not pipeline.config.expand_timesteps:
            _, told["beside"] = pipeline.prepare_latents(
                video[:, :, 0], 1, pipeline.vae.config.z_dim, *video.shape[3:], len(frames), torch.float32, device
            )
            if pipeline.transformer.config.image_dim is not None:
                told["seen"] = pipeline.encode_image(Image.fromarray(frames[0]), device)
        return told

    def answer(
        self, transformer: Any, told: Tensors, noisy: Tensor, level: Tensor, begins: bool
    ) -> tuple[Tensor, Tensor | None]:
        """As the protocol says."""
        here = {name: x.to(noisy.dtype) for name, x in told.items() if name != "clean" and x.is_floating_point()}
        more: dict[str, Any] = {}
        if "control" in here:
            more["control_hidden_states"] = here["control_begun" if begins else "control"]
        if "seen" in here:
            more["encoder_hidden_states_image"] = here["seen"]
        velocity = transformer(
            hidden_states=torch.cat([noisy, here["beside"]], dim=1) if "beside" in here else noisy,
            timestep=(level * _TIMES).expand(1),
            encoder_hidden_states=here["text"],
            return_dict=False,
            **more,
        )[0]
        return velocity, None


def _latents(vae: Any, video: Tensor) -> Tensor:
    """Latents in the measure that the transformer reads: mean 0, deviation 1."""
    latents: Tensor = vae.encode(video).latent_dist.mode().float()
    mean, deviation = (
        torch.tensor(of, device=latents.device).view(1, -1, 1, 1, 1)
        for of in (vae.config.latents_mean, vae.config.latents_std)
    )
    return (latents - mean) / deviation


def _control(pipeline: Any, video: Tensor, known: int) -> Tensor:
    """VACE's conditions where the first `known` frames are given and nothing leads."""
    mask = torch.ones_like(video)
    mask[:, :, :known] = 0.0
    nothing: list[list[Tensor]] = [[]]
    told = pipeline.prepare_video_latents(video * (1.0 - mask), mask, nothing, None, video.device)
    return torch.cat([told, pipeline.prepare_masks(mask, nothing)], dim=1)


TEACHINGS = {
    "WanPipeline": WanTeaching("text"),
    "WanImageToVideoPipeline": WanTeaching("first frame"),
    "WanVACEPipeline": WanTeaching("vace"),
}
