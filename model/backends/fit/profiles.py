"""The declared ways in which a pipeline is put on a machine, from the one that wants most memory to the most frugal.

Data only. A profile may be followed by switches that are never taken unasked, as they change the picture, need a
package or pay only over many shots: `resident+cache+compile`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from model.errors import PictureError

__all__ = ["ON_CPU", "ON_GPU", "PROFILES", "SWITCHES", "Profile", "profile_named"]

Place = Literal["resident", "model", "group", "sequential"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Where weights wait and how they are held while pictures are made."""

    name: str
    told: str  # one line
    place: Place
    half: bool = True  # 16 bits a number where the part bears it; else 32
    fp8: bool = False  # the transformer's weights wait in 8 bits and are computed with in 16
    tiled: bool = True  # pictures are decoded tile by tile
    disk: bool = False  # groups wait on disk, not in memory
    quantised: Literal["", "int8", "nf4"] = ""
    cache: bool = False  # steps that hardly differ are not computed anew
    compiled: bool = False
    parallel: bool = False  # all GPUs make each shot together
    attention: str = ""  # one of diffusers' attention back ends; "" is torch's own

    @property
    def paints_otherwise(self) -> str:
        """The switches by which pictures visibly differ, as they are named: "int8+cache"; "" for none."""
        switches = (self.quantised, "cache" if self.cache else "", "sage" if self.attention == "sage" else "")
        return "+".join(filter(None, switches))

    @property
    def is_for_cpu(self) -> bool:
        """Whether pictures are made on the processor, whatever else is there."""
        return self.name.startswith("cpu")


PROFILES: tuple[Profile, ...] = (
    Profile(name="resident", told="everything stays on the GPU", place="resident", tiled=False),
    Profile(name="resident-tiled", told="everything stays on the GPU; pictures are decoded in tiles", place="resident"),
    Profile(name="model", told="text encoder, transformer and decoder take turns on the GPU", place="model"),
    Profile(name="group", told="the transformer comes to the GPU block by block, the next one while one computes",
            place="group"),
    Profile(name="model-fp8", told="parts take turns on the GPU, the transformer's weights in 8 bits",
            place="model", fp8=True),
    Profile(name="group-fp8", told="block by block, the transformer's weights in 8 bits", place="group", fp8=True),
    Profile(name="sequential", told="layer by layer: the least of the GPU's memory, and slow", place="sequential"),
    Profile(name="group-disk", told="block by block from the disk: for little memory beside the GPU, and slow",
            place="group", disk=True),
    Profile(name="cpu", told="no GPU: in 32 bits on the processor", place="resident", half=False, tiled=False),
    Profile(name="cpu-half", told="no GPU: in 16 bits on the processor", place="resident"),
)  # fmt: skip
"""In the order in which they are tried: the faster ones first."""

ON_GPU = tuple(profile for profile in PROFILES if not profile.is_for_cpu)
ON_CPU = tuple(profile for profile in PROFILES if profile.is_for_cpu)

SWITCHES: dict[str, tuple[str, dict[str, object]]] = {
    "int8": ("the transformer's weights quantised to 8 bits (needs torchao)", {"quantised": "int8"}),
    "nf4": ("the transformer's weights quantised to 4 bits (needs bitsandbytes and CUDA)", {"quantised": "nf4"}),
    "cache": ("steps that hardly differ are not computed anew (faster, slightly other pictures)", {"cache": True}),
    "compile": ("blocks are compiled as the first shot is made (pays over many shots)", {"compiled": True}),
    "parallel": ("all GPUs make each shot together, each with all weights", {"parallel": True}),
    "flash": ("FlashAttention's own kernels (needs flash-attn)", {"attention": "flash"}),
    "sage": ("SageAttention's 8-bit kernels (needs sageattention)", {"attention": "sage"}),
}
"""By what follows a plus: what it does, and the fields of a profile that it sets."""


def profile_named(said: str) -> Profile:
    """The profile of a name with its switches.

    Raises:
        PictureError: there is no such profile or switch.
    """
    name, *switches = said.split("+")
    profile = next((one for one in PROFILES if one.name == name), None)
    if profile is None:
        raise PictureError(f"no memory profile {name!r}. Fix: say {', '.join(one.name for one in PROFILES)}.")
    for switch in switches:
        if switch not in SWITCHES:
            raise PictureError(f"no switch {switch!r} of memory profiles. Fix: say {', '.join(SWITCHES)}.")
        profile = replace(profile, **SWITCHES[switch][1])  # type: ignore[arg-type]
    if profile.quantised and profile.fp8:
        raise PictureError(
            f"{said} names two ways to hold weights. Fix: say {name.removesuffix('-fp8')}+{switches[0]}."
        )
    if profile.parallel and profile.place != "resident":
        raise PictureError(f"{said}: only what stays on the GPUs is made by several. Fix: say resident+parallel.")
    return replace(profile, name=said)
