"""Sounds made by arithmetic, a family to a file: each `SOUNDS` maps a name to how it is made."""

from __future__ import annotations

from audio.foley import animals, blows, crowds, doors, kitchen, machines, objects, people, steps, vehicles, weather
from audio.foley.elements import Sound

__all__ = ["SOUNDS"]

SOUNDS: dict[str, Sound] = {
    name: sound
    for family in (animals, blows, crowds, doors, kitchen, machines, objects, people, steps, vehicles, weather)
    for name, sound in sorted(family.SOUNDS.items())
}
