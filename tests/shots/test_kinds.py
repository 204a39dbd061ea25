from __future__ import annotations

import pytest

from model.theatre.props import KINDS
from shots.kinds import PROP_KINDS, place_kind, prop_kind, species_of, weather_of


@pytest.mark.parametrize(
    ("name", "interior", "kind"),
    [
        ("COFFEE SHOP", True, "cafe"),
        ("HOTEL - LOBBY", True, "corridor"),
        ("MARA'S APARTMENT - KITCHEN", True, "kitchen"),
        ("MARA'S APARTMENT", True, "living_room"),
        ("POLICE STATION", True, "office"),
        ("TRAIN STATION", False, "station"),
        ("PARK AVENUE", False, "street"),
        ("CAFE", False, "street"),
        ("FOREST CABIN", True, "living_room"),
        ("MOVING TAXI", True, "car"),
        ("ZORBLAX", True, "living_room"),
        ("ZORBLAX", False, "street"),
        ("ZORBLAX", None, "living_room"),
        ("咖啡馆", True, "cafe"),
        ("老街 - 巷子", False, "alley"),
        ("医院走廊", True, "corridor"),
        ("海边", None, "beach"),
        ("HOSPITAL ROOM", True, "hospital"),
        ("ST. MARY'S CHURCH", True, "church"),
        ("PRISON CELL", True, "prison_cell"),
        ("HIGH SCHOOL - CLASSROOM", True, "classroom"),
        ("OPERA HOUSE", True, "theatre"),
        ("ROADSIDE DINER", True, "diner"),
        ("BOOKSHOP", True, "shop"),
        ("BATHROOM", True, "bathroom"),
        ("OLD WAREHOUSE", True, "warehouse"),
        ("TRAIN", True, "train"),
        ("TRAIN", False, "station"),
        ("BRIDGE", False, "bridge"),
        ("BRIDGE", True, "spaceship"),
        ("FISHING HARBOUR", False, "harbour"),
        ("SAHARA DESERT", False, "desert"),
        ("MOUNTAIN PASS", False, "mountain"),
        ("CAVE", True, "cave"),
        ("CAVE", False, "mountain"),
        ("医院病房", True, "hospital"),
        ("教堂", True, "church"),
        ("沙漠", False, "desert"),
        ("仓库", True, "warehouse"),
    ],
)
def test_places_are_known_by_their_names(name: str, interior: bool | None, kind: str) -> None:
    assert place_kind(name, interior) == kind


def test_props_animals_and_weather_are_known_by_their_names() -> None:
    assert prop_kind("THE OLD LANTERN") == "lantern"
    assert prop_kind("手机") == "phone"
    assert prop_kind("ZORBLAX") is None
    assert species_of("BUSTER THE DOG") == "dog"
    assert species_of("DOGMA") == "person"
    assert species_of("小狗") == "dog"
    assert species_of("A WHITE HORSE") == "horse" and species_of("SEAGULL") == "bird" and species_of("小马") == "person"
    assert weather_of("Rain hammers the roof.") == "rain"
    assert weather_of("Lightning splits the sky.") == weather_of("雷雨") == "storm"
    assert weather_of("窗外下雨") == "rain"
    assert weather_of("She trains hard.") is None


def test_every_prop_has_a_drawing_of_its_own() -> None:
    assert PROP_KINDS <= KINDS
    assert len(PROP_KINDS) > 90


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("MAYOR'S CAKE", "cake"),
        ("A GLASS OF WINE", "wine"),
        ("SUITCASE", "suitcase"),
        ("OLD NEWSPAPER", "newspaper"),
        ("TREASURE MAP", "map"),
        ("TEDDY BEAR", "toy"),
        ("FLASHLIGHT", "torch"),
        ("DOG TAG", "tag"),
        ("FRYING PAN", "pan"),
        ("RECORD PLAYER", "record_player"),
        ("REMOTE CONTROL", "remote"),
        ("LAPTOP BAG", "bag"),
        ("WEDDING RING", "ring"),
        ("生日蛋糕", "cake"),
        ("旧照片", "photo"),
        ("行李箱", "suitcase"),
        ("手电筒", "torch"),
        ("笔记本电脑", "laptop"),
        ("红气球", "balloon"),
        ("电视机", "screen"),
        ("花瓶", "flower"),
    ],
)
def test_a_thing_is_the_finest_kind_that_its_name_says(name: str, kind: str) -> None:
    assert prop_kind(name) == kind
