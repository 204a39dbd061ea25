"""The recipe of every kind of place: what its air, its machines, its animals and its people sound like.

Pure data. The kinds are those of `model.stage.PlaceKind`; a kind without a recipe is a plain room, or plain air.
"""

from __future__ import annotations

from audio.ambient_parts import Air, Now, Part, Tones, When

__all__ = ["PEOPLE", "PLACES", "PLAIN_AIR", "PLAIN_ROOM", "QUIET_LUFS"]

_NIGHT: When = frozenset({"night", "dusk"})
_DAY: When = frozenset({"day", "morning", "golden_hour", "dawn"})
_MORNING: When = frozenset({"dawn", "morning"})

_TOWN: tuple[Part, ...] = (
    Air(35, 420, 0.0, swell_db=3.0, swell_s=7.0),
    Air(300, 2600, -10.0, 0.3),
    Now("car horn", 0.02, 3.0, 1200, 0.9, hours=_DAY),
    Now("siren", 0.008, 4.0, 900, 0.8, length_s=7.0),
)
_LEAVES: tuple[Part, ...] = (
    Air(90, 900, -6.0, swell_db=4.0),
    Air(1800, 7500, -10.0, 0.6, 5.0, 3.5),
)
_BIRDS: tuple[Part, ...] = (
    Now("birdsong", 0.9, 9.0, 7000, 0.5, soon=True, hours=_MORNING, fair=True, spread_db=16),
    Now("birdsong", 0.28, 8.0, 6500, 0.5, soon=True, hours=frozenset({"day", "golden_hour"}), fair=True, spread_db=16),
)
_INSECTS: tuple[Part, ...] = (
    Now("crickets", 0.45, 10.0, 0, 0, 10, 5.0, soon=True, hours=_NIGHT, fair=True),
    Now("crickets", 0.3, 3.0, 4800, 0, 8, 6.0, hours=_NIGHT, fair=True),
)
_WINDOW: tuple[Part, ...] = (  # the town as it comes through glass
    Air(35, 260, -2.0, 0.4, 3.0, 8.0),
    Now("car pass", 0.05, 4.0, 220, hours=_DAY),
    Now("birdsong", 0.3, -4.0, 2600, 0.2, hours=_MORNING, fair=True),
)
_ROOM: tuple[Part, ...] = (Air(60, 600, 0.0, swell_db=0.8), Air(600, 5000, -12.0, 0.3, 0.5))
_FLUORESCENT = Tones(((100, -14), (200, -18), (300, -26), (400, -30)), -8.0)
_VENTILATION = Air(70, 1300, 0.0, 0.3, 0.6, width=0.6)
_FRIDGE = Tones(((50, -10), (100, -8), (150, -18), (200, -22), (300, -28)), 1.0)

PLAIN_ROOM: tuple[Part, ...] = _ROOM
PLAIN_AIR: tuple[Part, ...] = (Air(70, 900, 0.0, swell_db=3.0), Air(900, 4000, -14.0, swell_db=3.0))

PLACES: dict[str, tuple[Part, ...]] = {
    "street": (
        *_TOWN,
        Now("car pass", 0.14, 11.0, 0, 0.4, hours=_DAY),
        Now("car pass", 0.05, 11.0, 0, 0.5, hours=_NIGHT),
        Now("truck pass", 0.02, 9.0, 0, 0.4, hours=_DAY),
        Now("footsteps", 0.12, 1.0, 5000, 0.4, surface="concrete"),
        Now("dog bark", 0.02, 0.0, 1200, 1.0, hours=_NIGHT),
    ),
    "alley": (
        Air(35, 300, 0.0, swell_db=3.0, swell_s=7.0),
        Air(250, 1600, -13.0, 0.3),
        Tones(((120, -12), (240, -16), (360, -24)), -8.0),  # somebody's air conditioner
        Now("water", 0.3, 2.0, 0, 0.7),
        Now("car pass", 0.06, 4.0, 350, 0.9),
        Now("dog bark", 0.03, 1.0, 1300, 1.2, hours=_NIGHT),
        Now("cat meow", 0.015, 0.0, 3000, 0.8, hours=_NIGHT),
        Now("clang", 0.012, 0.0, 1500, 1.0),
    ),
    "park": (
        *_LEAVES, *_BIRDS, *_INSECTS,
        Air(40, 350, -7.0, 0.5, 2.0),
        Now("pigeon", 0.05, 3.0, 3000, 0.3, hours=_DAY, fair=True),
        Now("dog bark", 0.025, 2.0, 2000, 0.6, hours=_DAY),
        Now("laugh", 0.03, -2.0, 2200, 0.6, hours=_DAY, fair=True),
        Now("bicycle bell", 0.012, 0.0, 4000, 0.3, hours=_DAY),
    ),
    "forest": (
        Air(110, 700, -6.0, swell_db=5.0),
        Air(1500, 6500, -7.0, 0.6, 6.0, 4.0),
        *_BIRDS, *_INSECTS,
        Now("crow", 0.025, 3.0, 2500, 1.2, hours=_DAY, fair=True),
        Now("owl", 0.05, 5.0, 0, 1.3, hours=_NIGHT, fair=True),
        Now("wood break", 0.02, -3.0, 3000, 0.8),
        Now("fly", 0.02, -6.0, hours=_DAY, fair=True),
    ),
    "field": (
        Air(80, 600, -3.0, swell_db=5.0, swell_s=4.0),
        Air(2500, 9000, -11.0, 0.6, 5.0, 3.0),
        *_BIRDS, *_INSECTS,
        Now("crow", 0.02, 1.0, 2500, 0.4, hours=_DAY, fair=True),
        Now("fly", 0.05, -3.0, hours=_DAY, fair=True),
        Now("cow", 0.01, -2.0, 700, 0.5, hours=_DAY),
    ),
    "beach": (
        Now("sea", 0.26, 14.0, 0, 0, 6, 8.5, soon=True, wide=True),
        Air(120, 2400, -3.0, 0.3, 2.5, 6.0),
        Air(80, 500, -6.0, swell_db=4.0, swell_s=4.0),
        Now("gull", 0.1, 4.0, 4500, 0.4, hours=_DAY, fair=True, spread_db=14),
    ),
    "harbour": (
        Now("sea", 0.12, 6.0, 900, 0, 8, 6.0, soon=True, wide=True),
        Air(50, 500, -2.0, swell_db=2.5, swell_s=5.0),
        Now("river", 0.12, 0.0, 1600, 0, 8, 3.5),  # it laps at the quay
        Now("gull", 0.14, 5.0, 4500, 0.6, hours=_DAY, spread_db=14),
        Now("chain", 0.05, 0.0, 2600, 0.4),
        Now("bell", 0.03, 0.0, 1800, 0.4),
        Now("ship horn", 0.01, 6.0, 500, 2.2),
        Now("wood break", 0.03, -4.0, 900, 0.3),
    ),
    "bridge": (
        *_TOWN,
        Air(60, 260, 0.0, swell_db=6.0, swell_s=3.0),
        Now("car pass", 0.2, 8.0, 2500, 0.5),
        Now("thud", 0.2, 4.0, 300, 0.4, spread_db=8),  # wheels over a joint
        Now("river", 0.1, -4.0, 900, 0, 8, 5.0),
    ),
    "rooftop": (
        Air(35, 300, 0.0, swell_db=3.0, swell_s=7.0),
        Air(140, 700, -3.0, swell_db=6.0, swell_s=4.0),
        Tones(((58, -10), (116, -12), (174, -20)), -6.0),  # a ventilator
        Now("car horn", 0.04, 2.0, 900, 1.0),
        Now("siren", 0.015, 4.0, 800, 1.2, length_s=8.0),
        Now("pigeon", 0.06, 1.0, 3000, 0.2, hours=_DAY, fair=True),
        Now("plane", 0.012, 4.0, 700, 0, length_s=10.0),
    ),
    "mountain": (
        Air(110, 520, 0.0, swell_db=8.0, swell_s=4.5),
        Air(420, 760, -9.0, swell_db=10.0, swell_s=3.0),
        Now("crow", 0.03, 1.0, 2200, 2.4, hours=_DAY),
        Now("bell", 0.015, -6.0, 1500, 1.5, hours=_DAY),
    ),
    "desert": (
        Air(90, 420, 0.0, swell_db=7.0, swell_s=6.0),
        Air(2500, 8000, -14.0, 0.6, 8.0, 4.0),  # sand that runs
        Now("crickets", 0.2, -2.0, 0, 0, 8, 5.0, hours=_NIGHT),
        Now("fly", 0.06, -1.0, hours=_DAY),
    ),
    "cave": (
        Air(40, 220, 0.0, swell_db=2.0, swell_s=6.0),
        Air(220, 520, -10.0, swell_db=5.0, swell_s=5.0),
        Now("water", 0.5, 5.0, 0, 2.6, 14, 0.5, soon=True),
        Now("wings", 0.02, -6.0, 2500, 1.8),
    ),
    "living_room": (*_ROOM, *_WINDOW, Now("clock tick", 0.22, -6.0, 3500, 0.3, 3, 5.0)),
    "bedroom": (Air(55, 420, 0.0, swell_db=0.6), Air(500, 4000, -14.0, 0.3, 0.5), *_WINDOW),
    "kitchen": (
        _FRIDGE, Air(70, 2800, -2.0, 0.25, 0.8), *_WINDOW,
        Now("water", 0.06, -4.0, 0, 0.3, 6, 0.5),
    ),
    "bathroom": (
        Air(120, 1800, 0.0, 0.3, 0.5), Tones(((100, -12), (200, -16), (300, -22)), -3.0),  # the fan
        Now("water", 0.35, 2.0, 0, 0.9, 8, 0.5, soon=True),
        Air(60, 300, -6.0, 0.4, 2.0),
    ),
    "corridor": (
        Air(60, 420, 0.0, swell_db=0.8), _FLUORESCENT,
        Now("door close", 0.03, 0.0, 500, 1.2),
        Now("footsteps", 0.04, -2.0, 1200, 1.4, surface="tile"),
    ),
    "office": (
        _FLUORESCENT, _VENTILATION,
        Now("typing", 0.18, -1.0, 4000, 0.4),
        Now("phone ring", 0.012, -2.0, 1500, 0.6),
        Now("printer", 0.02, -3.0, 1800, 0.5),
        Now("chair scrape", 0.02, -5.0, 2000, 0.4),
    ),
    "hospital": (
        _VENTILATION, Tones(((50, -12), (100, -12), (250, -26)), -6.0),
        Now("monitor", 0.13, 1.0, 3000, 0.5, 3, 7.0, soon=True),
        Now("footsteps", 0.08, -2.0, 2000, 0.9, surface="tile"),
        Now("message", 0.03, -4.0, 2500, 1.0),
        Now("sliding door", 0.03, -2.0, 900, 0.8),
    ),
    "classroom": (
        *_ROOM, _FLUORESCENT, *_WINDOW,
        Now("pen", 0.16, -7.0, 6000, 0.3, hours=_DAY),
        Now("chair scrape", 0.05, -3.0, 3000, 0.6, surface="wood", hours=_DAY),
        Now("page turn", 0.09, -5.0, 0, 0.3, hours=_DAY),
        Now("cough", 0.02, -3.0, 3000, 0.5, hours=_DAY),
    ),
    "cafe": (
        Air(80, 2400, -11.0, 0.3), Air(120, 700, -8.0, swell_db=1.0),
        Now("cup down", 0.35, 4.0, 0, 0.4), Now("cutlery", 0.12, 2.0, 5000, 0.4),
        Now("stir", 0.06, 0.0, 0, 0.3), Now("chair scrape", 0.04, 0.0, 3000, 0.5, surface="wood"),
        Now("sizzle", 0.05, -3.0, 0, 0.3, 6, 3.0),  # the steam wand
    ),
    "bar": (
        Air(60, 1800, -9.0, 0.3), Tones(((50, -10), (100, -8), (200, -22)), -5.0),
        Now("glass clink", 0.2, 2.0, 6000, 0.4), Now("glass down", 0.35, 3.0, 0, 0.3, surface="wood"),
        Now("ice", 0.07, 0.0, 0, 0.3), Now("laugh", 0.1, 4.0, 3000, 0.5), Now("pour", 0.03, -4.0),
    ),
    "diner": (
        Air(80, 2600, -10.0, 0.3), Tones(((50, -10), (100, -8), (200, -22)), -6.0),
        Now("dishes", 0.22, 4.0, 6000, 0.4), Now("cutlery", 0.25, 3.0, 0, 0.3),
        Now("sizzle", 0.16, 1.0, 5000, 0.2, 6, 6.0, soon=True), Now("desk bell", 0.03, -1.0, 0, 0.4),
        Now("coins", 0.02, -2.0),
    ),
    "shop": (
        _FRIDGE, Air(90, 1800, -3.0, 0.3, 0.8), _FLUORESCENT,
        Now("door chime", 0.03, 1.0, 0, 0.3), Now("beep", 0.06, -2.0, 3000, 0.4),
        Now("footsteps", 0.12, -1.0, 3000, 0.5, surface="tile"), *_WINDOW,
    ),
    "station": (
        Air(35, 420, -3.0, swell_db=3.0, swell_s=7.0), Air(300, 2200, -10.0, 0.3, 1.5),
        Now("footsteps", 0.5, 2.0, 3500, 2.2, surface="stone", soon=True),
        Now("train pass", 0.035, 9.0, 900, 2.4, 6, 8.0),
        Now("brakes", 0.03, 3.0, 2500, 2.4), Now("message", 0.03, 2.0, 2500, 2.4),
        Now("bicycle", 0.06, -3.0, 2500, 1.8),  # cases on small wheels
    ),
    "theatre": (
        Air(45, 320, 0.0, swell_db=0.8), Air(320, 3000, -13.0, 0.3, 0.6),
        Now("cough", 0.02, 0.0, 2000, 1.5), Now("chair scrape", 0.02, -3.0, 1500, 1.4),
        Now("wood break", 0.02, -6.0, 1200, 1.4),
    ),
    "church": (
        Air(40, 260, 0.0, swell_db=1.5, swell_s=8.0), Air(260, 900, -14.0, swell_db=3.0),
        Now("footsteps", 0.03, 0.0, 1800, 3.6, 8, 2.6, surface="stone"),
        Now("wood break", 0.03, -5.0, 1000, 3.2), Now("pigeon", 0.03, -2.0, 1500, 3.0, hours=_DAY),
        Now("door close", 0.012, 2.0, 300, 3.6),
    ),
    "prison_cell": (
        Air(45, 300, 0.0, swell_db=1.0), _FLUORESCENT,
        Now("water", 0.2, 0.0, 0, 1.3, 6, 0.5, soon=True),
        Now("door slam", 0.025, 3.0, 420, 2.6, surface="metal"), Now("keys", 0.03, -3.0, 2500, 1.8),
        Now("footsteps", 0.05, -1.0, 1300, 2.0, surface="concrete"), Now("cough", 0.02, -3.0, 1300, 1.8),
    ),
    "warehouse": (
        Air(35, 260, 0.0, swell_db=2.0, swell_s=8.0), Air(200, 700, -12.0, swell_db=4.0), _FLUORESCENT,
        Now("clang", 0.03, 2.0, 1300, 2.6, 10), Now("chain", 0.04, -2.0, 2200, 1.8),
        Now("truck pass", 0.02, 2.0, 260), Now("pigeon", 0.03, -2.0, 2200, 1.6, hours=_DAY),
        Now("water", 0.08, -2.0, 0, 1.8, 6, 0.5),
    ),
    "spaceship": (
        Tones(((42, -4), (63, -8), (84, -9), (126, -16), (168, -20)), 2.0),
        Air(60, 420, 0.0, 0.4, 1.0, 9.0), Air(1200, 5000, -13.0, 0.5, 1.0, 6.0),
        Now("beep", 0.1, 0.0, 4000, 0.7), Now("keypad", 0.04, -4.0, 3500, 0.6),
        Now("sliding door", 0.03, 0.0, 900, 0.9, surface="metal"),
    ),
    "car": (
        Air(30, 190, 6.0, 0.4, 2.5, 3.0, 0.4), Air(250, 1400, -8.0, 0.4, 2.0, 4.0),
        Tones(((58, -6), (87, -12), (116, -10), (174, -18)), 0.0),
        Now("car pass", 0.08, 7.0, 900, length_s=2.4), Now("thud", 0.12, 4.0, 220),
    ),
    "train": (
        Air(35, 260, 5.0, 0.4, 2.0, 4.0, 0.5), Air(300, 1600, -6.0, 0.4, 2.5, 3.0),
        Now("train pass", 0.45, 8.0, 600, 0.2, 4, 7.0, soon=True),
        Tones(((100, -14), (200, -18), (600, -30)), -2.0),
        Now("wood break", 0.05, -8.0, 1600), Now("brakes", 0.015, -2.0, 2200),
    ),
}  # fmt: skip

PEOPLE: dict[str, int] = {"cafe": 9, "bar": 12, "diner": 7, "station": 10}
"""Who is there anyway, seen or not."""

QUIET_LUFS: dict[str, float] = {
    "street": -40, "alley": -43, "park": -42, "forest": -42, "field": -43, "beach": -38, "harbour": -40, "bridge": -40,
    "rooftop": -41, "mountain": -42, "desert": -44, "cave": -44, "living_room": -45, "bedroom": -46, "kitchen": -42,
    "bathroom": -43, "corridor": -45, "office": -42, "hospital": -42, "classroom": -44, "cafe": -39, "bar": -38,
    "diner": -39, "shop": -41, "station": -40, "theatre": -46, "church": -46, "prison_cell": -45, "warehouse": -43,
    "spaceship": -41, "car": -39, "train": -38,
}  # fmt: skip
"""How loud a place is in fair weather by day, as a mixer would have it under a film at -16."""
