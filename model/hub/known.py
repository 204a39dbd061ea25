"""The weights that Workprint knows how to use: where they are published, how large they are, on which terms.

A table of facts, not a limit: any repository or folder whose pipeline an engine serves can be used. Sizes follow from
how many parameters the parts have in all, and are meant at 16 bits each; what a repository really holds is told before
it is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.hub.licences import LICENCES
from model.request import Licence

__all__ = ["KNOWN", "Weights", "named", "names", "of_repository"]

_BYTES = 2


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights of an engine. `gated`: their makers want to be asked first, in a browser."""

    engine: str
    name: str  # among the engine's
    repository: str
    billions: float  # of parameters, in all parts
    licence: Licence
    gated: bool = False
    note: str = ""

    @property
    def called(self) -> str:
        """As the command line takes it: "wan-vace:14b"."""
        return f"{self.engine}:{self.name}"

    @property
    def size_gb(self) -> float:
        """About how large it is on disk, at 16 bits a parameter."""
        return self.billions * _BYTES


_APACHE = LICENCES["apache-2.0"]
_MIT = LICENCES["mit"]
_LTX = LICENCES["ltx-video"]
_LTX2 = LICENCES["ltx-2-community-license-agreement"]
_HUNYUAN = LICENCES["tencent-hunyuan-community"]
_SKYWORK = LICENCES["skywork-license"]
_NVIDIA = LICENCES["nvidia-open-model-license"]
_COGVIDEOX = LICENCES["cogvideox"]
_STABILITY = LICENCES["stable-video-diffusion-community"]
_FLUX = LICENCES["flux-non-commercial-license"]
_ONE_STAGE = "takes the camera's path; without its second stage, which sharpens"
_SANA_WM = Licence(
    "not known",
    False,
    "the same weights in another form are Apache-2.0, but LTX-2's autoencoder and Gemma 2, which read and write for "
    "them, have terms of their own; ask their makers before you sell a film",
    "https://huggingface.co/Efficient-Large-Model/SANA-WM_bidirectional",
)
_LENT = "with parts of two other repositories, which `get` brings too"


def _row(
    called: str, repository: str, billions: float, licence: Licence, note: str = "", *, gated: bool = False
) -> Weights:
    engine, name = called.split(":")
    return Weights(
        engine=engine,
        name=name,
        repository=repository,
        billions=billions,
        licence=licence,
        gated=gated,
        note=note,
    )


KNOWN: tuple[Weights, ...] = (
    _row("wan-vace:1.3b", "Wan-AI/Wan2.1-VACE-1.3B-diffusers", 7.9, _APACHE, "the one to begin with"),
    _row("wan-vace:14b", "Wan-AI/Wan2.1-VACE-14B-diffusers", 23.1, _APACHE),
    _row("wan-vace:2.2", "linoyts/Wan2.2-VACE-Fun-14B-diffusers", 40.4, _APACHE, "two transformers"),
    _row("ltx:2b", "Lightricks/LTX-Video-0.9.5", 7.9, _LTX),
    _row("ltx:13b-distilled", "Lightricks/LTX-Video-0.9.8-13B-distilled", 19.0, _LTX, "few steps"),
    _row("ltx2:19b", "Lightricks/LTX-2", 35.0, _LTX2, "makes sound with the picture"),
    _row("wan-i2v:5b", "Wan-AI/Wan2.2-TI2V-5B-Diffusers", 11.4, _APACHE, "text, or a first frame; no last one"),
    _row("wan-i2v:14b-480p", "Wan-AI/Wan2.1-I2V-14B-480P-Diffusers", 22.8, _APACHE),
    _row("wan-i2v:14b-720p", "Wan-AI/Wan2.1-I2V-14B-720P-Diffusers", 22.8, _APACHE),
    _row("wan-i2v:first-last", "Wan-AI/Wan2.1-FLF2V-14B-720P-diffusers", 22.8, _APACHE, "learnt both ends of a clip"),
    _row("wan-i2v:2.2", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", 34.4, _APACHE, "two transformers"),
    _row("skyreels:1.3b", "Skywork/SkyReels-V2-DF-1.3B-540P-Diffusers", 7.2, _SKYWORK),
    _row("skyreels:14b", "Skywork/SkyReels-V2-DF-14B-540P-Diffusers", 20.1, _SKYWORK),
    _row("skyreels:14b-720p", "Skywork/SkyReels-V2-DF-14B-720P-Diffusers", 20.1, _SKYWORK),
    _row("hunyuan15:i2v", "hunyuanvideo-community/HunyuanVideo-1.5-Diffusers-480p_i2v", 18.4, _HUNYUAN),
    _row("hunyuan15:t2v", "hunyuanvideo-community/HunyuanVideo-1.5-Diffusers-480p_t2v", 17.9, _HUNYUAN),
    _row("framepack:i2v", "lllyasviel/FramePackI2V_HY", 21.7, _HUNYUAN, _LENT),
    _row("framepack-f1:i2v", "lllyasviel/FramePack_F1_I2V_HY_20250503", 21.7, _HUNYUAN, _LENT),
    _row("cogvideox:5b", "THUDM/CogVideoX-5b-I2V", 10.6, _COGVIDEOX),
    _row("cogvideox:1.5-5b", "THUDM/CogVideoX1.5-5B-I2V", 10.6, _COGVIDEOX),
    _row("svd:xt", "stabilityai/stable-video-diffusion-img2vid-xt", 2.3, _STABILITY),
    _row("kandinsky5:lite-i2v", "kandinskylab/Kandinsky-5.0-I2V-Lite-5s-Diffusers", 10.7, _MIT),
    _row("kandinsky5:lite-t2v", "kandinskylab/Kandinsky-5.0-T2V-Lite-sft-5s-Diffusers", 10.7, _MIT),
    _row("kandinsky5:pro-i2v", "kandinskylab/Kandinsky-5.0-I2V-Pro-sft-5s-Diffusers", 27.7, _MIT),
    _row("sana-video:2b", "Efficient-Large-Model/SANA-Video_2B_480p_diffusers", 4.7, _NVIDIA),
    _row("sana-wm:bidirectional", "Efficient-Large-Model/SANA-WM_bidirectional-diffusers", 6.5, _SANA_WM, _ONE_STAGE),
    _row("qwen-image:t2i", "Qwen/Qwen-Image", 28.8, _APACHE),
    _row("qwen-image:edit", "Qwen/Qwen-Image-Edit-2509", 28.8, _APACHE, "works from up to three pictures"),
    _row("flux2-klein:4b", "black-forest-labs/FLUX.2-klein-4B", 8.0, _APACHE, "few steps; works from pictures too"),
    _row("flux2-klein:9b", "black-forest-labs/FLUX.2-klein-9B", 17.3, _FLUX, "few steps", gated=True),
    _row("z-image:turbo", "Tongyi-MAI/Z-Image-Turbo", 10.3, _APACHE, "few steps"),
)
"""In the order in which engines suit films, for each the one to begin with first."""


def names() -> tuple[str, ...]:
    """All that `named` takes but repositories: engines, and engines' weights."""
    return (*dict.fromkeys(weights.engine for weights in KNOWN), *(weights.called for weights in KNOWN))


def named(name: str) -> Weights | None:
    """The weights of a name: "wan-vace" (the engine's first), "wan-vace:14b" or their repository."""
    for weights in KNOWN:
        if name in (weights.engine, weights.called) or name.lower() == weights.repository.lower():
            return weights
    return None


def of_repository(repository: str) -> Weights | None:
    """The known weights in a repository."""
    return next((weights for weights in KNOWN if weights.repository.lower() == repository.lower()), None)
