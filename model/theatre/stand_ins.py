"""Stand-ins: the cast of a stage replaced by plain puppets of the same size, who move, look and speak alike.

As on a set, where stand-ins hold an actor's place while light and lens are found: they tell a picture model who is
where, in which pose and with which face. In `suits` they wear one colour by their number among the stage's people. In
`colours` they have the skin of whom they stand in for, cropped hair of that colour, and a plain shirt, trousers and
shoes in the wardrobe's colours. With `cut_outs` these have beard and glasses, and hair and wardrobe are pinned on them
(`model.theatre.cut_outs`).
Animals, props, crowds and the set stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from model.stage import RGB, Figure, Look, Stage

__all__ = ["STAND_IN_COLOURS", "Wearing", "stand_in", "with_stand_ins"]

Wearing = Literal["suits", "colours", "cut_outs"]

STAND_IN_COLOURS: tuple[RGB, ...] = (
    RGB(196, 72, 60), RGB(64, 148, 84), RGB(66, 98, 190), RGB(206, 168, 62),
)  # fmt: skip
"""The suits of the first, second, third and fourth person; a fifth wears the first's again."""

_SKIN = RGB(202, 190, 180)
_SHOES = RGB(70, 70, 74)
_OVER_LEGS = frozenset({"dress", "robe", "overalls"})
"""What is worn at the top and hangs, or goes on, over the legs."""


def stand_in(figure: Figure, number: int, wearing: Wearing) -> Figure:
    """A person's stand-in, `number` (from 0) of them: the same body, performance and place; no wardrobe state."""
    coloured, dressed = wearing != "suits", wearing == "cut_outs"
    suit = STAND_IN_COLOURS[number % len(STAND_IN_COLOURS)]
    own = figure.look
    legs = own.top_colour if own.top in _OVER_LEGS else own.bottom_colour
    look = Look(
        height_m=figure.look.height_m,
        age_years=figure.look.age_years,
        build=figure.look.build,
        gender=figure.look.gender,
        skin=own.skin if coloured else _SKIN,
        hair="buzz" if coloured and own.hair != "bald" else "bald",
        hair_colour=own.hair_colour if coloured else _SKIN,
        beard=own.beard if dressed else "none",
        glasses=own.glasses if dressed else "none",
        top="t_shirt",
        top_colour=own.top_colour if coloured else suit,
        bottom="trousers",
        bottom_colour=legs if coloured else RGB(*(int(0.7 * c) for c in suit)),
        shoe_colour=own.shoe_colour if coloured else _SHOES,
        hat="none",
        hat_colour=_SKIN,
    )
    return replace(figure, look=look, state=(), pinned=(own, figure.state) if dressed else None)


def with_stand_ins(stage: Stage, wearing: Wearing) -> Stage:
    """The stage with every person's stand-in; both halves of a split screen."""
    people = [figure.id for figure in stage.figures if figure.species == "person"]
    figures = tuple(
        stand_in(figure, people.index(figure.id), wearing) if figure.species == "person" else figure
        for figure in stage.figures
    )
    beside = with_stand_ins(stage.beside, wearing) if stage.beside is not None else None
    return replace(stage, figures=figures, beside=beside)
