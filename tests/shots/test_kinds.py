from __future__ import annotations

import pytest

from shots.kinds import place_kind, prop_kind, species_of, weather_of


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
    ],
)
def test_places_are_known_by_their_names(name: str, interior: bool | None, kind: str) -> None:
    assert place_kind(name, interior) == kind


def test_props_animals_and_weather_are_known_by_their_names() -> None:
    assert prop_kind("THE OLD LANTERN") == "lamp"
    assert prop_kind("手机") == "phone"
    assert prop_kind("ZORBLAX") is None
    assert species_of("BUSTER THE DOG") == "dog"
    assert species_of("DOGMA") == "person"
    assert species_of("小狗") == "dog"
    assert weather_of("Rain hammers the roof.") == "rain"
    assert weather_of("窗外下雨") == "rain"
    assert weather_of("She trains hard.") is None
