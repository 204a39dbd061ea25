"""Sluglines in English and Chinese, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shots.heading import is_heading, parse_heading, split_number

CASES = [
    # text, interior, both, location, parts, hour, time, number
    ("INT. HOTEL LOBBY - NIGHT", True, False, "HOTEL LOBBY", (), "night", "NIGHT", None),
    ("EXT. ROAD / FIELD — DUSK", False, False, "ROAD / FIELD", (), "dusk", "DUSK", None),
    ("INT./EXT. CAR - MOVING - DAY", True, True, "CAR", ("MOVING",), "day", "DAY", None),
    ("EXT/INT. CAR – DAWN", True, True, "CAR", (), "dawn", "DAWN", None),
    ("I/E CAR - LATE AFTERNOON", True, True, "CAR", (), "golden_hour", "LATE AFTERNOON", None),
    ("EST. HARBOUR - SUNRISE", False, False, "HARBOUR", (), "dawn", "SUNRISE", None),
    ("INT. HOUSE - KITCHEN - CONTINUOUS", True, False, "HOUSE", ("KITCHEN",), None, "CONTINUOUS", None),
    ("INT. BAR - MOMENTS LATER", True, False, "BAR", (), None, "MOMENTS LATER", None),
    ("INT. BAR - TWO DAYS LATER", True, False, "BAR", (), None, "TWO DAYS LATER", None),
    ("INT. BAR - LATER THAT NIGHT", True, False, "BAR", (), "night", "LATER THAT NIGHT", None),
    ("EXT. PARK--DAY", False, False, "PARK", (), "day", "DAY", None),
    ("INT. HOUSE- NIGHT", True, False, "HOUSE", (), "night", "NIGHT", None),
    ("INT. HOUSE NIGHT", True, False, "HOUSE", (), "night", "NIGHT", None),
    ("INT. HOUSE, NIGHT", True, False, "HOUSE", (), "night", "NIGHT", None),
    ("INT. DAY CARE - MORNING", True, False, "DAY CARE", (), "morning", "MORNING", None),
    ("EXT. DRIVE-IN - EARLY MORNING", False, False, "DRIVE-IN", (), "dawn", "EARLY MORNING", None),
    ("EXT. BEACH - MAGIC HOUR", False, False, "BEACH", (), "golden_hour", "MAGIC HOUR", None),
    ("EXT. BEACH - SUNSET", False, False, "BEACH", (), "golden_hour", "SUNSET", None),
    ("EXT. BEACH - TWILIGHT", False, False, "BEACH", (), "dusk", "TWILIGHT", None),
    ("EXT. BEACH - MIDNIGHT", False, False, "BEACH", (), "night", "MIDNIGHT", None),
    ("EXT. BEACH - NOON", False, False, "BEACH", (), "day", "NOON", None),
    ("EXT. BEACH - DAY FOR NIGHT", False, False, "BEACH", (), "night", "DAY FOR NIGHT", None),
    ("INT. ROOM - 10:30 PM", True, False, "ROOM", (), "night", "10:30 PM", None),
    ("INT. ROOM - DAY (RAIN)", True, False, "ROOM", (), "day", "DAY (RAIN)", None),
    ("INT. HOUSE - DAY - FLASHBACK (1944) #110A#", True, False, "HOUSE", ("FLASHBACK (1944)",), "day", "DAY", "110A"),
    ("INT. CAR (MOVING) - DAY", True, False, "CAR", ("MOVING",), "day", "DAY", None),
    ("12A EXT. PARK - DAY 12A", False, False, "PARK", (), "day", "DAY", "12A"),
    ("1. EXT. PARK - THE NEXT MORNING", False, False, "PARK", (), "morning", "THE NEXT MORNING", "1"),
    ("**INT. CAR - DAY**", True, False, "CAR", (), "day", "DAY", None),
    (".SNIPER SCOPE POV", None, False, "SNIPER SCOPE POV", (), None, "", None),
    ("", None, False, "", (), None, "", None),
    ("内景 咖啡馆 夜", True, False, "咖啡馆", (), "night", "夜", None),
    ("1. 外景 街道 日", False, False, "街道", (), "day", "日", "1"),
    ("1、街道 日 外", False, False, "街道", (), "day", "日", "1"),
    ("场景一 咖啡馆 夜 内", True, False, "咖啡馆", (), "night", "夜", "一"),
    ("第三场 张家 客厅 清晨 内景", True, False, "张家", ("客厅",), "dawn", "清晨", "三"),
    ("内景.咖啡馆-夜", True, False, "咖啡馆", (), "night", "夜", None),
    ("INT. 咖啡馆 - 夜", True, False, "咖啡馆", (), "night", "夜", None),
    ("【外景·海边·黄昏】", False, False, "海边", (), "dusk", "黄昏", None),
    ("夜内 咖啡馆", True, False, "咖啡馆", (), "night", "夜", None),
    ("内外景 车里 傍晚", True, True, "车里", (), "dusk", "傍晚", None),
    ("外景 码头 晨", False, False, "码头", (), "morning", "晨", None),
    ("外景 码头 日落", False, False, "码头", (), "golden_hour", "日落", None),
    ("内景 厨房 连续", True, False, "厨房", (), None, "连续", None),
    ("第一場 內景 廣場 黃昏", True, False, "廣場", (), "dusk", "黃昏", "一"),
    ("內外景 車裡 連續", True, True, "車裡", (), None, "連續", None),
    ("3-2 咖啡馆 日 内", True, False, "咖啡馆", (), "day", "日", "3-2"),
]


@pytest.mark.parametrize(("text", "interior", "both", "location", "parts", "hour", "time", "number"), CASES)
def test_slugline_is_taken_apart(text, interior, both, location, parts, hour, time, number):
    heading = parse_heading(text)
    assert (heading.interior, heading.both) == (interior, both)
    assert (heading.location, heading.parts) == (location, parts)
    assert (heading.hour, heading.time, heading.number) == (hour, time, number)


@pytest.mark.parametrize(
    "text",
    [
        "INT. A",
        "int. house - day",
        "EXT. PARK--DAY",
        "12 INT. A - DAY 12",
        "I/E. CAR",
        "内景 咖啡馆 夜",
        "场景二",
        "2. 外景 街道 日",
    ],
)
def test_sluglines_are_known(text):
    assert is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "INTERIOR MONOLOGUE",
        "EXTREMELY LOUD BANG.",
        "Est. 1982, the diner smells of it.",
        "int the house",
        "INT.",
        "内景很美，他说。",
        "外面下着雨。",
        "他走到街道上 日 复一日",
        "23",
    ],
)
def test_other_lines_are_not(text):
    assert not is_heading(text)


def test_strict_wants_capitals():
    assert is_heading("INT. HOUSE - DAY", strict=True)
    assert not is_heading("Int. House - Day", strict=True)


def test_a_number_is_only_taken_before_a_slugline():
    assert split_number("12 INT. A - DAY") == ("12", "INT. A - DAY")
    assert split_number("12 ANGRY MEN") == (None, "12 ANGRY MEN")


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_never_fails(text):
    is_heading(text)
    parse_heading(text)
