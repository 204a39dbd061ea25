"""From a request to frames, by the transformer and the autoencoder: one function for every task.

A first frame, a last one, a clip before or after, a picture with a hole, a guide of the set, of people or of nothing:
all are things known of a clip, and what is not known is made. So a still is animated, a clip extended forward or
backward, two are connected, a loop closed, a picture filled in or widened, a background changed, by saying what is
known and nothing else. What is known comes back as it was given.

Pictures are made at the model's own size of the nearest aspect and enlarged, with the guide's detail; they are drawn on
twos while nothing travels (`model.theatre.motion.twos`): a shot of 24 frames a second is made at 12 and each picture
held twice, and at 24 where something moves. A take is made group by group (`model.takes`), each read anew from what it
sees, so that length costs no memory. Nothing is fetched and no file is read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import torch
from diffusers import DiffusionPipeline, FlowMatchEulerDiscreteScheduler
from torch import Tensor

from model.dit import VideoDiT
from model.errors import PictureError
from model.flow import levels, seed_noise
from model.given import check_known, put_back
from model.guidance import denoiser, velocity_by
from model.request import ClipRequest, Frame
from model.sizes import AREA_PX, check_size
from model.solve import euler
from model.standing import standing
from model.takes import Group, groups_of, told_times_s
from model.told import Told
from model.vae import PATCH_PX, STEM_PX, Autoencoder, pixels

__all__ = ["VideoDiTPipeline"]


class VideoDiTPipeline(DiffusionPipeline):  # type: ignore[misc]
    """`generate` pictures a request. It is saved and loaded as any pipeline of diffusers, in safetensors.

    `steps` are the steps from noise to a picture, `guidance` how far it is led by what is told (1: as learned, as a
    few-step student is used; any other doubles the work), `area_px` the area that the models have learned.
    """

    transformer: VideoDiT
    autoencoder: Autoencoder
    scheduler: FlowMatchEulerDiscreteScheduler
    model_cpu_offload_seq = "transformer->autoencoder"

    def __init__(
        self,
        transformer: VideoDiT,
        autoencoder: Autoencoder,
        scheduler: FlowMatchEulerDiscreteScheduler,
        steps: int = 4,
        guidance: float = 1.0,
        area_px: int = AREA_PX,
    ) -> None:
        super().__init__()
        self.register_modules(transformer=transformer, autoencoder=autoencoder, scheduler=scheduler)
        self.register_to_config(steps=steps, guidance=guidance, area_px=area_px)

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields exactly `request.frame_count` frames of (height_px, width_px, 3), each as soon as it is made.

        The same request gives the same frames on one machine; the noise of its seed is the same on all.

        Raises:
            PictureError: the request cannot be met (before the first frame), or a step gave what is no number.
        """
        check_size(request.width_px, request.height_px)
        if request.fps < 1 or request.frame_count < 1:
            raise PictureError(
                f"{request.frame_count} frames at {request.fps} a second are no clip. Fix: ask for 1 or more of each."
            )
        check_known(request)
        return self._frames(Told(request, self.autoencoder, self.config.area_px, self._execution_device))

    __call__ = generate

    def _frames(self, told: Told) -> Iterator[Frame]:
        request = told.request
        held_until = dict(pairwise([*told.drawn, request.frame_count]))
        for group in groups_of(told.chunks):
            for index, picture in self._pictures(told, group).items():
                frame = told.finished(index, picture)
                frame = put_back(frame, told.known[index]) if index in told.known else frame
                for _ in range(index, held_until[index]):
                    yield frame

    def _pictures(self, told: Told, group: Group) -> dict[int, Frame]:
        """The pictures of a group by frame, at the models' size; of frames wholly known, what was given."""
        frames = [index for number in group.made for index in told.chunks[number].frames]
        if told.chunks[group.made[0]].knowledge == "whole":
            return {index: told.known[index].picture for index in frames}
        return dict(zip(frames, pixels(self._made(told, group)).flatten(0, 1).cpu().numpy(), strict=True))

    @torch.inference_mode()
    def _made(self, told: Told, group: Group) -> Tensor:
        """The pictures of a group, (n, 4, 3, h, w) in -1 to 1."""
        at_s = told_times_s(group, told.times_s)
        seen = (*group.behind, *group.ahead)
        near = [number for number in (*group.behind, *group.made) if number != group.sink]
        frames = told.frames(group.made, at_s)
        context = told.context(near, self.transformer.dtype)
        clean = denoiser(
            self.transformer,
            context,
            frames,
            (told.clean(seen), told.frames(seen, at_s)) if seen else None,
            scale=dict(told.request.settings).get("guidance", self.config.guidance),
        )
        noise = torch.cat([seed_noise(told.latent_shape, _seed(told.request.seed, n)) for n in group.made], dim=2)
        path = levels(self.config.steps, self.scheduler.config.shift).to(frames.guide)
        z = euler(velocity_by(clean), noise.to(frames.guide), path)
        guides, dtype = told.guides(group.made), self.autoencoder.dtype
        cells = [size * PATCH_PX // STEM_PX for size in z.shape[-2:]]
        palettes = context.palettes * context.has_palettes[..., None]
        who = standing(palettes, frames.boxes.to(palettes), context.has_boxes, *cells)
        drawn: Tensor = self.autoencoder.decode_chunks(
            z[0].transpose(0, 1).to(dtype),
            None if guides is None else guides.to(dtype),
            frames.guide_flags.expand(len(group.made), -1),
            who[0].transpose(0, 1).to(dtype),
        )
        told.made(group.made, z)
        return drawn.float()


def _seed(seed: int, chunk: int) -> int:
    """A seed for each chunk's noise, so that it does not hang on the group that the chunk is made in."""
    return (seed * 1_000_003 + chunk) % 2**63
