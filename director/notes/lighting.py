"""The light of a shot or scene. What a note says of a scene reaches the shots that have a light of their own.

Brighter is a softer ratio of key to fill, half as much again for a step; warmer is 40 mired for a step: about what a
quarter of the usual orange gel does, twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from director.notes.draft import Draft, unknown_name
from director.notes.operations import Brighten, Relight, Warm
from model.stage import Light as Lit
from shots.blocking.light import light_of
from shots.errors import NoteError
from shots.spec import Light, Scene, Shot

__all__ = ["brighten", "relight", "warm"]

_RATIO_STEP = 1.5
_MIRED_STEP = 40.0
_SOFTEST, _HARDEST = 1.0, 64.0
_WARMEST_K, _COOLEST_K = 1500, 20000


def relight(draft: Draft, op: Relight) -> Draft:
    """Sets key side, ratio and colour temperature."""

    def change(light: Light, own: Light | None, _now: Lit) -> Light:
        asked = {
            "key_side": op.key_side,
            "key_to_fill_ratio": op.key_to_fill_ratio,
            "colour_temperature_k": op.colour_temperature_k,
        }
        asked = {name: value for name, value in asked.items() if value is not None and _is_for(own, name)}
        return replace(light, **asked)  # type: ignore[arg-type]

    return _lit(draft, op.of, change)


def brighten(draft: Draft, op: Brighten) -> Draft:
    """Opens the shadows, or closes them."""

    def change(light: Light, own: Light | None, now: Lit) -> Light:
        if op.steps > 0 and light.silhouette:
            light = replace(light, silhouette=False)
        if not _is_for(own, "key_to_fill_ratio"):
            return light
        ratio = round(min(_HARDEST, max(_SOFTEST, now.key_to_fill_ratio / _RATIO_STEP**op.steps)), 1)
        if ratio == round(now.key_to_fill_ratio, 1):
            way, fix = ("brighter", "give the scene another hour") if op.steps > 0 else ("darker", "leave it")
            raise NoteError(
                f"The light of {op.of} is {now.key_to_fill_ratio:g}:1 and gets no {way} by its ratio. Fix: {fix}."
            )
        return replace(light, key_to_fill_ratio=ratio)

    return _lit(draft, op.of, change)


def warm(draft: Draft, op: Warm) -> Draft:
    """Moves the colour of the light towards a candle's or the sky's."""

    def change(light: Light, own: Light | None, now: Lit) -> Light:
        if not _is_for(own, "colour_temperature_k"):
            return light
        mired = max(1e6 / now.colour_temperature_k + op.steps * _MIRED_STEP, 1e6 / _COOLEST_K)
        kelvin = max(_WARMEST_K, min(_COOLEST_K, round(1e6 / mired / 50) * 50))
        if kelvin == now.colour_temperature_k:
            way = "warmer" if op.steps > 0 else "cooler"
            raise NoteError(f"The light of {op.of} is {now.colour_temperature_k:g} K and gets no {way}. Fix: leave it.")
        return replace(light, colour_temperature_k=kelvin)

    return _lit(draft, op.of, change)


def _is_for(own: Light | None, name: str) -> bool:
    """Whether a shot's own light (None when the scene or a named shot itself is meant) says this for itself."""
    return own is None or getattr(own, name) is not None


_Change = Callable[[Light, Light | None, Lit], Light]


def _lit(draft: Draft, name: str, change: _Change) -> Draft:
    """The light of a shot or scene changed, that of a scene's shots where they say it themselves."""
    ids = [shot.id or "" for shot in draft.board.shots()]
    scene = draft.scene(name)
    if scene is None:
        if not any(name.casefold() == one.casefold() for one in ids):
            raise unknown_name("shot or scene", name, (*ids, *(scene.id or "" for scene in draft.board.scenes)))
        home, shot = draft.scene_of(name), draft.shot(name)
        light = change(shot.light or Light(), None, _now(draft, home, shot))
        return draft.with_shot(name, lambda shot: replace(shot, light=None if light == Light() else light))
    shots = tuple(
        shot if shot.light is None else replace(shot, light=change(shot.light, shot.light, _now(draft, scene, shot)))
        for shot in scene.shots
    )
    return draft.with_scene(
        replace(scene, light=change(scene.light or Light(), None, _now(draft, scene, Shot())), shots=shots)
    )


def _now(draft: Draft, scene: Scene, shot: Shot) -> Lit:
    """The light that there is, in figures."""
    whole = next(one for one in draft.whole.scenes if one.id == scene.id)
    return light_of(whole, shot, next(place for place in draft.whole.places if place.id == whole.place))
