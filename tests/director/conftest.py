"""What tests of films share: weights for the video model that are small enough to use anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole folder of weights of tiny models, all random: everything of the shipped ones but size and sense."""
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    from model.dit import VideoDiT
    from model.pipeline import VideoDiTPipeline
    from model.vae import Autoencoder
    from model.weights import seal

    folder = tmp_path_factory.mktemp("weights")
    with torch.random.fork_rng():
        torch.manual_seed(1)
        transformer = VideoDiT(dim=32, depth=1, heads=2, hidden=48, latent_channels=16)
        autoencoder = Autoencoder(
            latent_channels=16, fine=8, middle=16, coarse=32,
            encoder_depths=(1, 1), decoder_depths=(1, 1, 1), drawn=16,
        )  # fmt: skip
    scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0)
    pipeline = VideoDiTPipeline(transformer, autoencoder, scheduler, steps=2, area_px=64 * 64)
    pipeline.save_pretrained(folder)
    seal(folder)
    return folder
