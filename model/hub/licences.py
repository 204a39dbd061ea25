"""What weights may be used for, by the names that repositories give their licences: a table of facts, in one line each.

Nothing is interpreted beyond that line. A licence that lets nobody sell a film before they are registered somewhere
counts as one that does not let them.
"""

from __future__ import annotations

from collections.abc import Mapping

from model.request import Licence

__all__ = ["LICENCES", "NOT_KNOWN", "SAME"]

NOT_KNOWN = "not known"
"""The name of a licence that nobody states."""

_STABILITY = "https://stability.ai/license"

LICENCES: Mapping[str, Licence] = {
    "apache-2.0": Licence("Apache-2.0", True, "commercial use allowed", "https://www.apache.org/licenses/LICENSE-2.0"),
    "mit": Licence("MIT", True, "commercial use allowed", "https://opensource.org/license/mit"),
    "ltx-video": Licence(
        "LTX-Video Open Weights",
        True,
        "commercial use allowed to those who earn less than 10 million dollars a year",
        "https://huggingface.co/Lightricks/LTX-Video",
    ),
    "ltx-2-community-license-agreement": Licence(
        "LTX-2 Community",
        True,
        "commercial use allowed to those who earn less than 10 million dollars a year",
        "https://github.com/Lightricks/LTX-2/blob/main/LICENSE",
    ),
    "tencent-hunyuan-community": Licence(
        "Tencent Hunyuan Community",
        True,
        "commercial use allowed below 100 million users a month; no use at all in the EU, the UK and South Korea",
        "https://huggingface.co/tencent/HunyuanVideo-1.5/blob/main/LICENSE",
    ),
    "skywork-license": Licence(
        "Skywork Community",
        True,
        "commercial use allowed on its terms",
        "https://github.com/SkyworkAI/SkyReels-V2",
    ),
    "nvidia-open-model-license": Licence(
        "NVIDIA Open Model",
        True,
        "commercial use allowed",
        "https://www.nvidia.com/en-us/agreements/enterprise-software/nvidia-open-model-license/",
    ),
    "cogvideox": Licence(
        "CogVideoX",
        False,
        "research and personal use; commercial use only once you are registered with its makers",
        "https://huggingface.co/zai-org/CogVideoX-5b-I2V/blob/main/LICENSE",
    ),
    "stable-video-diffusion-community": Licence(
        "Stability AI Community",
        False,
        "research and personal use; commercial use only once you are registered with its makers, below a million "
        "dollars a year",
        _STABILITY,
    ),
    "flux-non-commercial-license": Licence(
        "FLUX Non-Commercial",
        False,
        "non-commercial use only",
        "https://huggingface.co/black-forest-labs/FLUX.2-klein-9B/blob/main/LICENSE.md",
    ),
}
"""By the hub's own name of it: a repository's `license`, or its `license_name` where that is "other"."""

SAME: Mapping[str, str] = {
    "ltx-video-open-weights-license": "ltx-video",
    "ltx-video-2b-v0.9-license": "ltx-video",
    "ltxv-open-weights": "ltx-video",
    "cogvideox-license": "cogvideox",
    "stable-video-diffusion-1-1-community": "stable-video-diffusion-community",
    "stable-video-diffusion-nc-community": "stable-video-diffusion-community",
    "stabilityai-ai-community": "stable-video-diffusion-community",
    "flux-1-dev-non-commercial-license": "flux-non-commercial-license",
    "hunyuanvideo-community": "tencent-hunyuan-community",
}
"""Other names of the same."""
