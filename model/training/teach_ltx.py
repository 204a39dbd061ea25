"""How LTX-Video 0.9 is taught: of text, or with a first frame that stands among the others without noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.training.teaching import Tensors, frames_tensor, longest_text

__all__ = ["TEACHINGS", "LtxTeaching"]

_TIMES = 1000.0  # a noise level of 1, as the transformer is told it


@dataclass(frozen=True)
class LtxTeaching:
    """LTX-Video 0.9 of any number; those since 0.9.5 are told where in space and time each token is."""

    inside = r"transformer_blocks\.\d+\.attn[12]\.to_(q|k|v|out\.0)"
    clips_only = False

    def words(self, pipeline: Any, text: str, device: torch.device) -> Tensors:
        """As the protocol says."""
        told, mask, _, _ = pipeline.encode_prompt(
            prompt=text,
            do_classifier_free_guidance=False,
            max_sequence_length=longest_text(pipeline),
            device=device,
        )
        return {"text": told, "text_mask": mask}

    def pictures(self, pipeline: Any, frames: NDArray[np.uint8], fps: int, device: torch.device) -> Tensors:
        """As the protocol says; latents are in the order of the transformer's tokens, (1, n, c)."""
        vae = pipeline.vae
        latents = vae.encode(frames_tensor(frames, device, vae.dtype)).latent_dist.mode().float()
        latents = pipeline._normalize_latents(latents, vae.latents_mean, vae.latents_std)
        t, h, w = latents.shape[2:]
        patches = pipeline.transformer_spatial_patch_size, pipeline.transformer_temporal_patch_size
        times, pixels = pipeline.vae_temporal_compression_ratio, pipeline.vae_spatial_compression_ratio
        told = {"clean": pipeline._pack_latents(latents, *patches), "first": torch.tensor(h * w // patches[0] ** 2)}
        if any("095" in str(block) for block in vae.config["down_block_types"]):
            from diffusers import LTXConditionPipeline

            ids = LTXConditionPipeline._prepare_video_ids(1, t, h, w, *patches, device=device)
            coords = LTXConditionPipeline._scale_video_ids(ids, pixels, times, 0, device=device).float()
            coords[:, 0] /= fps
            return told | {"coords": coords}
        grid = torch.tensor([t, h, w])
        return told | {"grid": grid, "scale": torch.tensor([times / fps, pixels, pixels], dtype=torch.float64)}

    def answer(
        self, transformer: Any, told: Tensors, noisy: Tensor, level: Tensor, begins: bool
    ) -> tuple[Tensor, Tensor | None]:
        """As the protocol says. The tokens of a first frame that is known are clean, at a noise level of 0."""
        open_ = torch.ones(noisy.shape[:2], device=noisy.device)
        if begins:
            open_[:, : int(told["first"])] = 0.0
        where: dict[str, Any] = {}
        if "coords" in told:
            where["video_coords"] = told["coords"]
        else:
            t, h, w = told["grid"].tolist()
            where |= {"num_frames": t, "height": h, "width": w}
            where["rope_interpolation_scale"] = tuple(told["scale"].tolist())
        velocity = transformer(
            hidden_states=torch.where(open_[..., None] > 0, noisy, told["clean"].to(noisy.dtype)),
            encoder_hidden_states=told["text"].to(noisy.dtype),
            timestep=level * _TIMES * open_,
            encoder_attention_mask=told["text_mask"],
            return_dict=False,
            **where,
        )[0]
        return velocity, open_[..., None]


TEACHINGS = {name: LtxTeaching() for name in ("LTXConditionPipeline", "LTXPipeline", "LTXImageToVideoPipeline")}
