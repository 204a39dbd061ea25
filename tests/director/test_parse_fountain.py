"""Fountain 1.1, Chinese scripts, and what writers really type."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.parse import as_json, parse_fountain, read
from director.script import Script

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def parse(text: str) -> Script:
    return parse_fountain(text, "night.fountain")


def seen(text: str) -> list[tuple[str, str]]:
    return [(e.kind, e.text) for e in parse(text).elements]


@pytest.mark.slow
def test_the_cases_of_the_specification_pass():
    cases = SHARED / "data/fountain/fountain_1_1_cases.json"
    if not cases.is_file():
        pytest.skip("shared/data is not beside this checkout")
    tool = [sys.executable, str(SHARED / "tools/fountain_cases.py"), str(cases), "--files", str(SHARED / "data")]
    run = subprocess.run(
        [*tool, "--", sys.executable, "-m", "director.parse"], cwd=ROOT, capture_output=True, text=True
    )
    assert run.stdout.strip().endswith(" 0 failed"), run.stdout
    assert run.returncode == 0


@pytest.mark.parametrize(("name", "scenes", "cues"), [("cyber_bob_ep00001", 3, 35), ("coffee_shop_masonegger", 1, 6)])
def test_other_peoples_screenplays(name, scenes, cues):
    path = SHARED / f"data/screenplays/{name}.fountain"
    if not path.is_file():
        pytest.skip("shared/data is not beside this checkout")
    script = read(path)
    kinds = [e.kind for e in script.elements]
    assert (kinds.count("scene"), kinds.count("character")) == (scenes, cues)


def test_a_page_with_its_lines():
    script = parse(
        "INT. BAR - NIGHT #4A#\n\nMARA waits.\nRain.\n\nMARA (V.O.)\n(low)\nNow.\nOr never.\n\n"
        "CUT TO:\n\nEXT. SEA - DAY\n"
    )
    assert [(e.kind, e.line, e.last_line) for e in script.elements] == [
        ("scene", 1, 1),
        ("action", 3, 4),
        ("character", 6, 6),
        ("paren", 7, 7),
        ("dialogue", 8, 9),
        ("transition", 11, 11),
        ("scene", 13, 13),
    ]
    assert script.elements[0].scene_number == "4A"
    assert script.elements[2].extension == "(V.O.)"
    assert script.elements[4].text == "Now.\nOr never."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_nothing(newline, mark):
    text = "Title: Rain\n\nINT. BAR - NIGHT\n\nMARA\nHi.\n"
    assert as_json(parse(mark + text.replace("\n", newline))) == as_json(parse(text))


def test_title_page_keeps_its_lines():
    script = parse(
        "Title:\n\t_**THE LONG**_\n\t_**NIGHT**_\nCredit: Written by\nAuthors: A & B\n"
        "Draft date: 1/2/2026\n\nINT. A - DAY\n"
    )
    assert script.title_page["title"] == ("_**THE LONG**_", "_**NIGHT**_")
    assert script.title_page["authors"] == ("A & B",)
    assert script.title == "THE LONG NIGHT"
    assert script.elements[0].line == 8


def test_chinese_title_page():
    assert parse("片名：雨夜\n编剧：某人\n\n内景 家 夜\n").title_page == {"title": ("雨夜",), "author": ("某人",)}


@pytest.mark.parametrize("opening", ["FADE IN:", "CUT TO:", "INT. HOUSE: DAY"])
def test_what_is_no_title_page(opening):
    script = parse(f"{opening}\n\nINT. A - DAY\n")
    assert not script.title_page
    assert script.elements[0].kind in ("transition", "scene")


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        (".BRIDGE", "scene", "BRIDGE"),
        ("!EXT. BRIDGE - DAY", "action", "EXT. BRIDGE - DAY"),
        ("> Burn to white.", "transition", "Burn to white."),
        (">THE END<", "centered", "THE END"),
        ("~La la", "lyrics", "La la"),
        ("= She leaves.", "synopsis", "She leaves."),
        ("### Beat", "section", "Beat"),
        ("====", "pagebreak", "===="),
        ("@Mara", "character", "Mara"),
        ("...and then", "action", "...and then"),
        ("#", "action", "#"),
    ],
)
def test_forced_elements(line, kind, text):
    assert (kind, text) in seen(f"Before.\n\n{line}\n\nAfter.\n")


def test_depth_of_sections():
    assert [e.depth for e in parse("# A\n\n## B\n\n### C\n").elements] == [1, 2, 3]


@pytest.mark.parametrize(
    ("cue", "name", "extension"),
    [
        ("MARA", "MARA", None),
        ("WILL’S DATE", "WILL’S DATE", None),
        ("ÉLODIE", "ÉLODIE", None),
        ("ЖЕНЯ", "ЖЕНЯ", None),
        ("DR. O'NEIL-SMITH", "DR. O'NEIL-SMITH", None),
        ("MOM & DAD", "MOM & DAD", None),
        ("R2D2", "R2D2", None),
        ("GUARD #2", "GUARD #2", None),
        ("McCLANE", "McCLANE", None),
        ("@McAvoy", "McAvoy", None),
        ("BOB (O.S.) (CONT’D)", "BOB", "(O.S.) (CONT’D)"),
        ("HANS (on the radio)", "HANS", "(on the radio)"),
        ("**MARA**", "MARA", None),
        ("        MARA", "MARA", None),
        ("@黒澤", "黒澤", None),
    ],
)
def test_cues(cue, name, extension):
    elements = parse(f"Before.\n\n{cue}\nHello.\n").elements
    assert [(e.kind, e.text) for e in elements[1:]] == [("character", name), ("dialogue", "Hello.")]
    assert elements[1].extension == extension


@pytest.mark.parametrize(
    "paragraph",
    [
        "THE DOOR SLAMS!\nHe turns.",
        "CLOSE ON THE KEY\nIt turns.",
        "SCANNING THE AISLES...\nNothing.",
        "23\nWhat?",
        "MARA",
        "SUPER:\nTen years later.",
        "JOHN SMITH, 40\nwalks in.",
        "A LOUD NOISE -\nEveryone turns.",
        "THE TRUCK ROLLS OVER TWICE AND COMES TO REST ON ITS ROOF\nSmoke.",
    ],
)
def test_shouted_action_is_nobodys_cue(paragraph):
    assert seen(f"Before.\n\n{paragraph}\n\nAfter.\n")[1] == ("action", paragraph)


def test_dual_dialogue_marks_the_right_column():
    elements = parse("BRICK\nNo.\n\nSTEEL (O.S.) ^\n(loud)\nNo.\n\nHe sits.\n").elements
    assert [(e.text, e.dual) for e in elements] == [
        ("BRICK", False),
        ("No.", False),
        ("STEEL", True),
        ("(loud)", True),
        ("No.", True),
        ("He sits.", False),
    ]
    assert elements[2].extension == "(O.S.)"


def test_inside_a_speech():
    text = "MARA\n(to the dog,\nsoftly)\nCome.\n~Over the sea\n(beat)\n(Yes.) Or no.\n  \nStill me.\n\nHe comes.\n"
    assert seen(text) == [
        ("character", "MARA"),
        ("paren", "(to the dog,\nsoftly)"),
        ("dialogue", "Come."),
        ("lyrics", "Over the sea"),
        ("paren", "(beat)"),
        ("dialogue", "(Yes.) Or no.\n\nStill me."),
        ("action", "He comes."),
    ]


def test_spaces_on_every_blank_line_part_speeches():
    page = "MARA\nHi.\n    \nBOB\nHi.\n    \nThey look at each other.\n    \n"
    assert seen(page * 4).count(("action", "They look at each other.")) == 4


def test_forgotten_blank_lines():
    text = (
        "INT. BAR - NIGHT\nMARA\nHi.\nEXT. SEA - DAY\nWaves.\n"
        "INT. BAR - NIGHT\nBOB (V.O.)\nOne.\nMARA (CONT'D)\nTwo.\nCUT TO:\nINT. CAR - DAY\n"
    )
    assert [kind for kind, _ in seen(text)] == [
        *("scene", "character", "dialogue", "scene", "action", "scene"),
        *("character", "dialogue", "character", "dialogue", "transition", "scene"),
    ]


def test_scene_numbers():
    script = parse("1. EXT. PARK - DAY\n\nA.\n\n.BRIDGE #12-B#\n\nB.\n\n12A INT. CAR - DAY 12A\n")
    scenes = [e for e in script.elements if e.kind == "scene"]
    assert [(e.scene_number, e.text) for e in scenes] == [
        ("1", "EXT. PARK - DAY"),
        ("12-B", "BRIDGE"),
        ("12A", "INT. CAR - DAY"),
    ]


def test_notes_and_boneyards():
    script = parse(
        "Before [[a\nb]]after.\n\n/* gone\n\nMARA\nGone. */\n\nMARA\n"
        "/* not\nthis */\nYes.[[why?]]\n\n[[One\n  \ntwo]]\n\nEnd.\n"
    )
    assert [(e.kind, e.text, e.line, e.last_line) for e in script.elements] == [
        ("action", "Before\nafter.", 1, 2),
        ("note", "a\nb", 1, 2),
        ("boneyard", "gone\n\nMARA\nGone.", 4, 7),
        ("character", "MARA", 9, 9),
        ("boneyard", "not\nthis", 10, 11),
        ("dialogue", "Yes.", 12, 12),
        ("note", "why?", 12, 12),
        ("note", "One\n\ntwo", 14, 16),
        ("action", "End.", 18, 18),
    ]


@pytest.mark.parametrize("text", ["[[open\n\nHere.", "/* open\n\nHere.", "]] */ Here.", "[[a\n\nb]] Here."])
def test_unclosed_marks_are_text(text):
    script = parse(text)
    assert {e.kind for e in script.elements} == {"action"}
    assert "Here." in script.elements[-1].text


@pytest.mark.parametrize(
    "line",
    [
        "FADE IN:",
        "FADE OUT.",
        "SMASH CUT TO:",
        "SMASH TO BLACK.",
        "DISSOLVE TO:",
        "FADE TO BLACK",
        "MATCH CUT TO:",
        "切至：",
        "淡出",
    ],
)
def test_transitions(line):
    assert seen(f"Before.\n\n{line}\n\nAfter.\n")[1] == ("transition", line)


def test_chinese_script():
    text = (
        "1. 内景 咖啡馆 夜\n\n雨敲着窗。\n张三：你好。\n李四（画外音）：（笑）来了。\n"
        "△李四走进来。\n字幕：三年后\n她说：不。\n\n"
        "张三：\n我们走吧。\n\n切至：\n\n场景二 外景 码头 清晨\n\n李四\n（低声）\n走吧。\n\n服务员A、服务员B：慢走！\n"
    )
    script = parse(text)
    assert [(e.kind, e.text) for e in script.elements] == [
        ("scene", "内景 咖啡馆 夜"),
        ("action", "雨敲着窗。"),
        ("character", "张三"),
        ("dialogue", "你好。"),
        ("character", "李四"),
        ("paren", "（笑）"),
        ("dialogue", "来了。"),
        ("action", "李四走进来。"),
        ("action", "字幕：三年后\n她说：不。"),
        ("character", "张三"),
        ("dialogue", "我们走吧。"),
        ("transition", "切至："),
        ("scene", "外景 码头 清晨"),
        ("character", "李四"),
        ("paren", "（低声）"),
        ("dialogue", "走吧。"),
        ("character", "服务员A、服务员B"),
        ("dialogue", "慢走！"),
    ]
    assert script.elements[4].extension == "（画外音）"
    assert [e.scene_number for e in script.elements if e.kind == "scene"] == ["1", "二"]


def test_traditional_chinese():
    text = "內景 咖啡館 夜\n\n張三：你來了。\n她說：不。\n\n疊化至：\n\n外景 碼頭 黃昏\n"
    assert [kind for kind, _ in seen(text)] == ["scene", "character", "dialogue", "action", "transition", "scene"]


def test_a_script_typed_as_a_play():
    text = "INT. BAR - NIGHT\n\nMARA waits.\n\nMARA: You are\nlate.\nTOM (low): (beat) I swam.\n\n**TOM:** All of it.\n"
    assert seen(text)[2:] == [
        ("character", "MARA"),
        ("dialogue", "You are\nlate."),
        ("character", "TOM"),
        ("paren", "(beat)"),
        ("dialogue", "I swam."),
        ("character", "TOM"),
        ("dialogue", "All of it."),
    ]
    labels = "SIGN: Closed.\n\nMARA\nNo.\n\nSIGN: Open.\n"
    assert [kind for kind, _ in seen(labels)] == ["action", "character", "dialogue", "action"]


def test_json_form():
    assert as_json(parse("Title: X\n\nINT. A - DAY #1#\n\nBOB (V.O.) ^\nHi.\n\n## S\n")) == {
        "title_page": {"title": ["X"]},
        "elements": [
            {"kind": "scene", "text": "INT. A - DAY", "line": 3, "scene_number": "1"},
            {"kind": "character", "text": "BOB", "line": 5, "extension": "(V.O.)", "dual": True},
            {"kind": "dialogue", "text": "Hi.", "line": 6, "dual": True},
            {"kind": "section", "text": "S", "line": 8, "depth": 2},
        ],
    }


PIECES = st.sampled_from(
    ["INT. A - DAY", "BOB", "BOB ^", "(x)", "Hello.", "", "  ", "[[", "]]", "/*", "*/", "~a",
     "> b <", ">c", ".d", "!e", "@f", "#g", "=h",
     "===", "CUT TO:", "张三：你好", "内景 家 夜", "Title: x", "\t", "（", "△动作"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
@settings(max_examples=300, deadline=None)
def test_anything_parses_and_keeps_its_lines(lines):
    text = "\n".join(lines)
    script = parse(text)
    total = len(
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n").split("\n")
    )
    assert all(1 <= e.line <= e.last_line <= total for e in script.elements)
    assert [e.line for e in script.elements] == sorted(e.line for e in script.elements)


@given(st.lists(st.text("abcdefghij ", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_prose_is_action_and_nothing_is_lost(paragraphs):
    script = parse("\n\n".join(paragraphs))
    assert [e.text for e in script.elements] == [p.rstrip() for p in paragraphs]
    assert {e.kind for e in script.elements} == {"action"}


@pytest.mark.parametrize(
    "unit", ["[[", "/*", "[[x]]", "(", "A", ".", "INT. ", "张三（", "X TO: ", "~\n", "BOB\n(\n", "[[a\n"]
)
def test_hostile_text_takes_linear_time(unit):
    """A third of a million characters each: anything quadratic would run into the test's time limit."""
    parse(unit * (300_000 // len(unit)))


@pytest.mark.parametrize(
    "start", [">", ".1 INT. A", "BOB (", "张三", "Title", "INT. A -", "@BOB", "12 EXT. A 12", "page", "A: "]
)
@pytest.mark.parametrize("end", ["x", "<", ")", "：好", "1", ""])
def test_long_gaps_take_linear_time(start, end):
    gap = start + " " * 100_000 + end
    parse(f"{gap}\n\n{gap}\nHi.\n")
