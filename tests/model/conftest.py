"""What tests of the video model share: a pipeline of tiny models with random weights, and a request for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.request import ClipRequest
from model.stage import RGB, BodyKey, Camera, CameraKey, Figure, Light, Look, Place, Stage, Vec3, Weather

if TYPE_CHECKING:
    from model.pipeline import VideoDiTPipeline

WIDTH_PX, HEIGHT_PX = 96, 64


@pytest.fixture(scope="session")
def tiny_pipeline() -> VideoDiTPipeline:
    """Everything of the real one but size and sense: it works at 96 × 64 pixels, in two steps."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    from model.dit import VideoDiT
    from model.pipeline import VideoDiTPipeline
    from model.vae import Autoencoder

    with torch.random.fork_rng():
        torch.manual_seed(7)
        transformer = VideoDiT(dim=32, depth=2, heads=2, hidden=48, latent_channels=16)
        autoencoder = Autoencoder(
            latent_channels=16, fine=8, middle=16, coarse=32,
            encoder_depths=(1, 1), decoder_depths=(1, 1, 1), drawn=16,
        )  # fmt: skip
        for weight in transformer.parameters():  # layers that start at zero would hide what is told
            torch.nn.init.normal_(weight, std=0.15)
    scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0)
    return VideoDiTPipeline(transformer.eval(), autoencoder.eval(), scheduler, steps=2, area_px=WIDTH_PX * HEIGHT_PX)


@pytest.fixture
def clip_request() -> ClipRequest:
    """Half a second of a woman in red who stands in a street."""
    look = Look(
        height_m=1.7, age_years=30, build="average", gender="female", skin=RGB(200, 160, 130), hair="short",
        hair_colour=RGB(40, 30, 30), beard="none", glasses="none", top="coat", top_colour=RGB(180, 30, 30),
        bottom="trousers", bottom_colour=RGB(30, 30, 40), shoe_colour=RGB(20, 20, 20), hat="none",
        hat_colour=RGB(0, 0, 0),
    )  # fmt: skip
    body = (BodyKey(time_s=0.0, x_m=0.0, z_m=3.0, heading_deg=180.0, pose="stand"),)
    eye = CameraKey(time_s=0.0, position=Vec3(0, 1.5, 0), target=Vec3(0, 1.2, 5), lens_mm=35.0)
    stage = Stage(
        duration_s=0.5,
        place=Place(kind="street", interior=False, seed=1),
        light=Light(
            hour="day", key_azimuth_deg=200, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(eye,)),
        figures=(Figure(id="ANNA", species="person", look=look, body=body),),
    )
    return ClipRequest(
        stage=stage, width_px=WIDTH_PX, height_px=HEIGHT_PX, fps=24, frame_count=12, seed=5, text="a woman in red"
    )
