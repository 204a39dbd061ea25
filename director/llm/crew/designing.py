"""A design put on a film: what the script leaves open of looks and places, and how the frames are drawn.

What the script tells of somebody stands; colours and sets that cannot be drawn are told as problems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from director.llm.crew import forms
from director.llm.crew.replies import Names
from director.plan import StylePlan
from shots.attire import PARTS, garment_of
from shots.blocking.colours import colour_of
from shots.errors import near_name
from shots.kinds import INTERIOR_KINDS
from shots.spec import Character, Garment, Look, Place, PlaceKind, Storyboard

__all__ = ["about_design", "designed", "style_of"]

_OPEN_TO_BOTH: frozenset[PlaceKind] = frozenset({"station"})


def style_of(design: forms.Design) -> StylePlan:
    """What holds for the whole film."""
    return StylePlan(style=design.style, palette=tuple(design.palette), approach=" ".join(design.approach.split()))


def about_design(design: forms.Design, cast: Sequence[Character], places: Sequence[Place], names: Names) -> list[str]:
    """People and places that are not in the film, and colours and sets that nobody could draw."""
    wrong = []
    ids, known = [character.id for character in cast], {place.id: place for place in places}
    for look in design.characters:
        if names.of(look.who) not in ids:
            wrong.append(f"nobody in this film is {look.who!r}{near_name(look.who, ids)}. Fix: use the ids given.")
        for colour in [look.hair_colour, *(worn.colour for worn in look.wardrobe)]:
            if colour is not None and colour_of(colour) is None:
                wrong.append(f"{look.who}: {colour!r} is no colour. Fix: use a plain word, or #rrggbb.")
    for colour in design.palette:
        if colour_of(colour) is None:
            wrong.append(f"palette: {colour!r} is no colour. Fix: use a plain word, or #rrggbb.")
    for asked in design.places:
        place = known.get(names.of(asked.place))
        if place is None:
            wrong.append(f"there is no place {asked.place!r}{near_name(asked.place, known)}. Fix: use the ids given.")
        elif place.interior is not None and not _fits(asked.kind, place.interior):
            side = "inside" if place.interior else "outside"
            wrong.append(f"{place.id} is {side} and no {asked.kind} is. Fix: choose a set that is {side}.")
    return wrong


def _fits(kind: PlaceKind, interior: bool) -> bool:
    return kind in _OPEN_TO_BOTH or (kind in INTERIOR_KINDS) == interior


def designed(storyboard: Storyboard, design: forms.Design, names: Names) -> Storyboard:
    """A storyboard that is still to be completed, with the design in whatever the script left open."""
    looks = {names.of(look.who): look for look in design.characters}
    kinds = {names.of(asked.place): asked.kind for asked in design.places}
    return replace(
        storyboard,
        style=design.style or storyboard.style,
        cast=tuple(_looking(each, looks[each.id]) if each.id in looks else each for each in storyboard.cast),
        places=tuple(replace(p, kind=p.kind or kinds.get(p.id)) for p in storyboard.places),
    )


def _looking(character: Character, asked: forms.CharacterLook) -> Character:
    """Somebody as designed, where the script says nothing; animals keep their coats."""
    if character.species != "person":
        return character
    told = character.look
    look = Look(
        skin=told.skin or asked.skin,
        hair=told.hair or asked.hair,
        hair_colour=told.hair_colour or asked.hair_colour,
        build=told.build or asked.build,
        height_m=told.height_m,
        beard=told.beard,
        glasses=told.glasses,
        wardrobe=_wardrobe(told.wardrobe, asked.wardrobe),
    )
    return replace(character, look=look)


def _wardrobe(told: tuple[Garment, ...], asked: Sequence[forms.Worn]) -> tuple[Garment, ...]:
    """What the script dresses somebody in, in the design's colours where it says none, and pieces for bare parts."""
    colours = {worn.kind: worn.colour for worn in asked}
    worn = [g if g.colour else replace(g, colour=colours.get(garment_of(g.kind) or "none")) for g in told]
    taken = {garment_of(garment.kind) for garment in worn}
    for piece in asked:
        part = next((part for part in PARTS if piece.kind in part), frozenset())
        if piece.kind != "none" and not part & taken:
            worn.append(Garment(kind=piece.kind, colour=piece.colour))
            taken.add(piece.kind)
    return tuple(worn)
