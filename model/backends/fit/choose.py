"""Which profile a pipeline is put on this machine with: the first that fits, as its estimate says, or the one asked."""

from __future__ import annotations

from dataclasses import dataclass

from model.backends.engine import Capabilities
from model.backends.fit.estimate import Estimate, estimate
from model.backends.fit.machine import Machine
from model.backends.fit.profiles import ON_CPU, ON_GPU, Profile, profile_named
from model.backends.index import PipelineIndex
from model.errors import PictureError

__all__ = ["Fit", "below", "choose", "ladder"]

_GIB = 1 << 30


@dataclass(frozen=True)
class Fit:
    """A profile, with what it is thought to take."""

    profile: Profile
    needs: Estimate

    def __str__(self) -> str:
        return f"{self.profile.name}: {self.profile.told}; about {self.needs}"


def ladder(index: PipelineIndex, can: Capabilities, machine: Machine) -> tuple[Fit, ...]:
    """All profiles for this kind of machine, the faster ones first, whether they fit or not."""
    profiles = ON_GPU if machine.gpu is not None else ON_CPU
    if machine.gpu is not None and machine.gpu.device == "mps":
        profiles = ON_GPU[:2]  # one memory for both: there is nowhere to offload to
    return tuple(Fit(one, estimate(index, can, one, machine.gpu is not None)) for one in profiles)


def choose(index: PipelineIndex, can: Capabilities, machine: Machine, asked: str | None, *, shared: bool) -> Fit:
    """The profile that is asked for; else the first that fits, of those that leave room for another pipeline between
    two calls where the GPU is `shared`.

    Raises:
        PictureError: none fits, or there is none of the name.
    """
    if asked is not None:
        profile = profile_named(asked)
        if profile.place != "resident" and machine.gpu is None:
            raise PictureError(f"the memory profile {asked} needs a GPU, and there is none. Fix: leave it out.")
        return Fit(profile, estimate(index, can, profile, machine.gpu is not None and not profile.is_for_cpu))
    fits = ladder(index, can, machine)
    if shared and len(away := tuple(fit for fit in fits if fit.profile.place != "resident")):
        fits = away
    for fit in fits:
        if _fits(fit, machine):
            return fit
    least = min(fits, key=lambda fit: (fit.needs.gpu_bytes, fit.needs.ram_bytes))
    has = f"{machine.ram_bytes / _GIB:.1f} GB of memory free"
    if machine.gpu is not None:
        has = f"{machine.gpu.name} has {machine.gpu.free_bytes / _GIB:.1f} GB free, beside it {has}"
    raise PictureError(
        f"{index.folder} fits this machine in no way: {least.profile.name}, the most frugal, takes {least.needs}; "
        f"{has}. Fix: use smaller or quantised weights, or name a profile to try it all the same."
    )


def below(fit: Fit, fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
    """Those of a ladder that are more frugal than `fit`, each with the switches that `fit` was asked with."""
    name, *switches = fit.profile.name.split("+")
    names = [one.profile.name for one in fits]
    later = fits[names.index(name) + 1 :] if name in names else ()
    if not switches:
        return later
    switched = []
    for one in later:
        if one.profile.fp8 and fit.profile.quantised:
            continue
        kept = [said for said in switches if said != "parallel" or one.profile.place == "resident"]
        switched.append(Fit(profile_named("+".join([one.profile.name, *kept])), one.needs))
    return tuple(switched)


def _fits(fit: Fit, machine: Machine) -> bool:
    gpu_bytes = machine.gpu.free_bytes if machine.gpu is not None else 0
    return fit.needs.gpu_bytes <= gpu_bytes and fit.needs.ram_bytes <= machine.ram_bytes
