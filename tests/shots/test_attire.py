"""Words for looks, in a wardrobe or a description, reach the stage's shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args, get_type_hints

import pytest

import model.stage as stage
from shots.attire import Bag, Bottom, Hair, Hat, Top, garment_of, hair_of, read_attire, trade_attire
from shots.blocking.colours import colour_of
from shots.blocking.looks import look_of
from shots.looks import cast_looks
from shots.spec import Character, Garment, Look
from shots.storyboard import dumps, loads


def staged(
    description: str = "", look: Look | None = None, name: str = "ANN", state: tuple[str, ...] = ()
) -> stage.Look:
    character = Character(id=name, age_years=30, description=description, look=look or Look())
    return look_of(replace(character, look=cast_looks([character], 0)[0]), state)


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("hijab", "hijab"), ("headscarf", "hijab"), ("头巾", "hijab"), ("turban", "turban"), ("police cap", "peaked"),
        ("hard hat", "helmet"), ("安全帽", "helmet"), ("hood", "hood"), ("top hat", "brimmed"), ("flat cap", "cap"),
        ("grey hoodie", "hoodie"), ("卫衣", "hoodie"), ("dungarees", "overalls"), ("工作服", "overalls"),
        ("apron", "apron"), ("围裙", "apron"), ("scrubs", "scrubs"), ("raincoat", "raincoat"), ("雨衣", "raincoat"),
        ("hi-vis vest", "hi_vis"), ("waistcoat", "waistcoat"), ("dressing gown", "robe"), ("和服", "robe"),
        ("wool coat", "coat"), ("dress shirt", "shirt"), ("suit jacket", "suit"), ("t-shirt", "t_shirt"),
        ("backpack", "backpack"), ("school_bag", "backpack"), ("书包", "backpack"), ("satchel", "shoulder"),
        ("牛仔裤", "jeans"), ("headphones", None),
    ],
)  # fmt: skip
def test_a_garment_has_the_shape_that_its_last_word_names(words: str, shape: str | None) -> None:
    assert garment_of(words) == shape


@pytest.mark.parametrize(
    ("words", "hair"),
    [
        ("dreadlocks", "locs"), ("脏辫", "locs"), ("two braids", "braids"), ("麻花辫", "braids"), ("crew cut", "buzz"),
        ("寸头", "buzz"), ("pompadour", "quiff"), ("wavy", "wavy"), ("mohawk", "mohawk"), ("long", "long"),
        ("neat", "short"),
    ],
)  # fmt: skip
def test_hair_words(words: str, hair: str) -> None:
    assert hair_of(words) == hair


def test_the_shapes_are_the_stages_own() -> None:
    own = get_type_hints(stage.Look)
    for field, shapes in {"top": Top, "bottom": Bottom, "hat": Hat, "bag": Bag, "hair": Hair}.items():
        assert set(get_args(shapes)) == set(get_args(own[field])), field


def test_a_description_is_worn() -> None:
    look = staged("a woman with a pink mohawk and sunglasses in a green hoodie, carrying a red backpack")
    assert (look.hair, look.glasses, look.top, look.bag) == ("mohawk", "dark", "hoodie", "backpack")
    assert (look.hair_colour, look.top_colour, look.bag_colour) == tuple(map(colour_of, ("pink", "green", "red")))


def test_a_chinese_description_is_worn() -> None:
    look = staged("六十岁，戴墨镜，留山羊胡，穿蓝色工作服，戴黄色安全帽")
    assert (look.glasses, look.beard, look.top, look.hat) == ("dark", "goatee", "overalls", "helmet")
    assert (look.top_colour, look.hat_colour) == (colour_of("blue"), colour_of("yellow"))
    assert look.bottom_colour == look.top_colour


def test_what_is_denied_is_not_worn() -> None:
    attire = read_attire("a man without glasses, no beard, not in a suit but an apron; two glasses of wine")
    assert (attire.glasses, attire.beard) == (None, None)
    assert [garment.kind for garment in attire.wardrobe] == ["apron"]


def test_what_is_written_outweighs_the_description() -> None:
    said = Look(beard=False, hair="bald", wardrobe=(Garment(kind="scrubs", colour="teal"),))
    look = staged("bearded, with braids, in a red coat and a turban", said)
    assert (look.beard, look.hair, look.top, look.hat) == ("none", "bald", "scrubs", "turban")


def test_a_beard_that_is_only_told_of_takes_the_shape_described() -> None:
    assert staged("unshaven", Look(beard=True)).beard == "stubble"
    assert staged("", Look(beard=True, glasses=True)).beard == "full"
    assert staged("", Look(beard="moustache", glasses="square")).glasses == "square"


@pytest.mark.parametrize(
    ("name", "top", "hat"),
    [("NURSE", "scrubs", "none"), ("POLICE OFFICER", "uniform", "peaked"), ("建筑工", "hi_vis", "helmet"),
     ("CHEF", "apron", "none"), ("MONK", "robe", "none")],
)  # fmt: skip
def test_a_trade_dresses_whom_nobody_dressed(name: str, top: str, hat: str) -> None:
    look = staged(name=name)
    assert (look.top, look.hat) == (top, hat)
    assert staged("in a red dress", name=name).top == "dress"


def test_a_nurses_daughter_is_no_nurse() -> None:
    assert trade_attire("ANN", "the nurse's daughter") == trade_attire("小明", "医生的女儿") == ()


def test_a_raised_hood_has_the_colour_of_its_coat() -> None:
    coat = Look(wardrobe=(Garment(kind="raincoat", colour="yellow"),))
    assert staged("", coat).hat == "none"
    up = staged("", coat, state=("hood up",))
    assert (up.hat, up.hat_colour) == ("hood", colour_of("yellow"))


def test_named_beards_and_glasses_are_written_and_read() -> None:
    cast = "  - {id: A, look: {beard: goatee, glasses: dark}}\n  - {id: B, look: {beard: true}}\n"
    film = loads(f"workprint: 1\ntitle: T\ncast:\n{cast}")
    assert [person.look.beard for person in film.cast] == ["goatee", True]
    assert loads(dumps(film)) == film
