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
    assert (look.skin, look.hair, look.hair_colour, look.height_m) == ("light", "bun", "chestnut", 1.7)


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


@pytest.mark.parametrize(
    ("description", "colour"),
    [
        ("70, a man with a white beard and glasses", "white"),
        ("a long grey moustache", None),
        ("a grey, tired man with a silver beard", "silver"),
        ("六十五岁，男，白胡子，戴眼镜", "white"),
        ("黑色的络腮胡", "black"),
    ],
)
def test_hair_is_of_the_colour_of_the_beard(description: str, colour: str | None) -> None:
    look = look_of("ELIAS", gender="male", age_years=70, description=description)
    assert look.hair_colour == (colour or "grey")
    assert look_of("ELIAS", description=description, look=Look(hair_colour="red")).hair_colour == "red"


@pytest.mark.parametrize("name", ["林岚", "陈伯", "小明", "MRS. LIU", "ZHANG WEI", "老板娘"])
def test_a_chinese_cast_has_black_hair_until_it_greys(name: str) -> None:
    for seed in range(8):
        look = cast_looks([Character(id=name, age_years=30)], seed)[0]
        assert look.hair_colour == "black"
        assert look.skin in ("light", "tan")
    assert look_of(name, age_years=80).hair_colour == "white"
    assert look_of(name, look=Look(skin="dark", hair_colour="red")).skin == "dark"


def test_fair_hair_is_not_given_to_dark_skin() -> None:
    for n in range(60):
        look = look_of(f"ROLE {n}")
        assert look.skin not in ("brown", "dark") or look.hair_colour in ("black", "brown")


@pytest.mark.parametrize("gender", ["female", "male"])
def test_two_leads_have_different_hair(gender: str) -> None:
    for n in range(30):
        first, second = cast_looks([Character(id=f"{s}{n}", gender=gender) for s in ("林", "陈")], 0)  # type: ignore[arg-type]
        assert (first.hair, first.hair_colour) != (second.hair, second.hair_colour)
