from __future__ import annotations

from dataclasses import replace

import pytest

from shots.looks import cast_looks, generated_look
from shots.spec import Character, Garment, Look

PARTIAL = Look(hair="bun", wardrobe=(Garment(kind="coat", colour="red"),))


def look_of(name: str, **changes: object) -> Look:
    character = replace(Character(id=name), **changes)  # type: ignore[arg-type]
    return cast_looks([character], 0)[0]


def test_what_is_written_stays() -> None:
    look = generated_look("MARA", "person", "female", 34, PARTIAL, 0)
    assert look.hair == "bun"
    assert look.wardrobe[0] == Garment(kind="coat", colour="red")
    assert {g.kind for g in look.wardrobe[1:]} & {"jeans", "trousers"}
    assert "shirt" in {g.kind for g in look.wardrobe}, "something shows when the coat comes off"


def test_a_look_is_the_same_on_every_machine() -> None:
    look = generated_look("MARA", "person", "female", 34, Look(), 7)
    assert (look.skin, look.hair, look.hair_colour, look.height_m) == ("light", "short", "chestnut", 1.7)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_in_a_cast_is_dressed_like_another(seed: int) -> None:
    cast = [Character(id=f"ROLE {n}", gender=("female", "male")[n % 2]) for n in range(12)]
    cast.append(Character(id="KEEPER", look=PARTIAL))
    looks = cast_looks(cast, seed)
    mains = [look.wardrobe[0].colour for look in looks]
    assert len(set(mains)) == len(mains)
    assert all(g.colour for look in looks for g in look.wardrobe)


def test_two_leads_are_far_apart_in_colour() -> None:
    dark = {"navy", "black", "plum", "forest", "burgundy", "slate", "grey"}
    for n in range(30):
        cast = [Character(id=f"A{n}"), Character(id=f"B{n}")]
        first, second = (look.wardrobe[0].colour for look in cast_looks(cast, 0))
        assert not {first, second} <= dark


def test_one_more_in_the_cast_changes_nobody_before() -> None:
    cast = [Character(id="A"), Character(id="B")]
    assert cast_looks([*cast, Character(id="C")], 0)[:2] == cast_looks(cast, 0)


def test_age_shows() -> None:
    child, grown, old = (look_of("MARA", age_years=age, gender="female") for age in (7, 30, 78))
    assert child.height_m is not None and grown.height_m is not None and old.height_m is not None
    assert child.height_m < 1.35 < old.height_m < grown.height_m
    assert old.hair_colour == "white"
    assert not any(look_of(f"BOY {n}", age_years=9, gender="male").beard for n in range(20))


def test_animals_have_a_coat_and_no_clothes() -> None:
    dog = look_of("REX", species="dog", look=Look(hair_colour="black"))
    assert dog.wardrobe == ()
    assert dog.hair_colour == "black"
    assert dog.height_m is not None and dog.height_m < 0.8


def test_an_animal_has_the_colour_that_its_description_gives() -> None:
    dog = look_of("REX", species="dog", description="a wet dog, brown, with one white ear")
    assert dog.hair_colour == "brown"


def test_a_full_look_is_left_alone() -> None:
    full = look_of("MARA", look=PARTIAL)
    assert look_of("MARA", look=full) == full
