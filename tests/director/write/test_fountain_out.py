"""What is written as Fountain is read back as the same elements, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.parse import parse_fountain
from director.script import Script
from director.write.fountain_out import Block, fountain, heading, tidy

BREAKOUTS = [
    "INT. HACK - DAY", "内景 咖啡馆 夜", "咖啡馆 内 夜", "第3场", "/*", "*/", "[[", "]]", "[[[x", "===", "= a", "# a",
    "~ la", "> x <", "> CUT", "CUT TO:", "FADE OUT.", "切至：", "@BOB", "!Bang", ".HOUSE", "...and then", "(softly)",
    "（轻声）", "(a) b (c)", "MARA", "MARA (V.O.)", "MARA: Late.", "BOB: Late.", "张三：你好", "张三", "OK：好",
    "*bold*", "__u__", "\\*x", "Title: x", "Author: me", "a\n\nINT. B - DAY\n\nc", "\u2060", "\x00\x07", "\ufeff",
    "\ud800", "ß", "12 INT. HOUSE - DAY", "SCENE 4", "#4#", "^", "BRICK ^", "NOTE: x", "1.", "\u2028", "  ", "\t.",
    "## ", "△ 他走",
]  # fmt: skip
text = st.one_of(
    st.sampled_from(BREAKOUTS),
    st.text(max_size=40),
    st.lists(st.sampled_from([*BREAKOUTS, "he", "I", " ", "\n", "(", ")", "！"]), max_size=5).map(" ".join),
    st.lists(st.sampled_from(list("*_[]/\\!@.#=~><^()（）：:A内夜 \n")), max_size=9).map("".join),
)
name = st.one_of(st.sampled_from(["MARA", "McClane", "张三", "Dr. No", "FADE OUT", "INT. X", "12"]), text)
blocks = st.lists(
    st.one_of(
        st.builds(Block, kind=st.sampled_from(["action", "synopsis", "transition", "note"]), text=text),
        st.builds(heading, st.sampled_from(["INT", "EXT", "INT/EXT"]), name, name),
        st.builds(
            Block, kind=st.just("speech"), text=text, who=name, how=text, extension=st.sampled_from(["", "V.O."])
        ),
    ),
    max_size=8,
)


def unmarked(said: str) -> str:
    return said.replace("\\*", "*").replace("\\_", "_")


def blocks_of(script: Script) -> list[Block]:
    """The parser's elements as blocks, emphasis unescaped; fails for any other kind."""
    found: list[Block] = []
    who = how = extension = ""
    for element in script.elements:
        match element.kind:
            case "character":
                who, how, extension = element.text, "", (element.extension or "").strip("()")
            case "paren":
                how = unmarked(element.text)[1:-1]
            case "dialogue":
                found.append(Block(kind="speech", text=unmarked(element.text), who=who, how=how, extension=extension))
            case "scene":
                assert element.scene_number is None
                found.append(Block(kind="heading", text=element.text))
            case "action" | "synopsis":
                found.append(Block(kind=element.kind, text=unmarked(element.text)))
            case "note" | "transition":
                found.append(Block(kind=element.kind, text=element.text))
            case _:
                raise AssertionError(element)
    return found


@given(blocks, text)
@settings(max_examples=250, deadline=None)
def test_what_is_written_is_read_back_the_same(given_blocks: list[Block], title: str) -> None:
    kept = [block for block in map(tidy, given_blocks) if block.text and (block.who or block.kind != "speech")]
    script = parse_fountain(fountain({"Title": f"T {title}", "Author": title}, kept), "draft.fountain")
    assert blocks_of(script) == kept
    assert set(script.title_page) <= {"title", "author"}


@pytest.mark.parametrize("hostile", BREAKOUTS)
@pytest.mark.parametrize("kind", ["action", "speech"])
def test_a_breakout_alone_stays_what_it_is(hostile: str, kind: str) -> None:
    block = tidy(Block(kind=kind, text=hostile, who="张三" if kind == "speech" else ""))
    if block.text:
        script = parse_fountain(fountain({"Title": "T"}, [block, block, block]), "draft.fountain")
        assert blocks_of(script) == [block] * 3


def test_what_needs_no_force_is_written_plainly() -> None:
    page = fountain(
        {"Title": "Rain", "Author": ""},
        [
            heading("INT", "hotel lobby", "night"),
            Block(kind="synopsis", text="She decides."),
            Block(kind="action", text="Mara waits."),
            Block(kind="action", text=".45 in hand. No.\n\nShe turns."),
            Block(kind="action", text="INT. HACK - DAY"),
            Block(kind="speech", who="Mara", how="(low)", extension="V.O.", text="It is 3 * 4."),
            Block(kind="speech", who="张三", text="走。"),
            Block(kind="transition", text="CUT TO:"),
            Block(kind="transition", text="TRAIN"),
            Block(kind="note", text="mend"),
            heading("EXT", "海边", "夜"),
        ],
    )
    assert page == (
        "Title: Rain\n\nINT. HOTEL LOBBY - NIGHT\n\n= She decides.\n\nMara waits.\n\n!.45 in hand. No. She turns.\n\n"
        "!INT. HACK - DAY\n\nMARA (V.O.)\n(low)\nIt is 3 \\* 4.\n\n@张三\n走。\n\nCUT TO:\n\n> TRAIN\n\n[[mend]]\n\n"
        "外景 海边 夜\n"
    )


def test_a_speech_without_a_speaker_and_a_page_without_a_title_are_refused() -> None:
    with pytest.raises(ValueError, match="speaker"):
        fountain({"Title": "T"}, [Block(kind="speech", text="Hi.", who="*")])
    with pytest.raises(ValueError, match="Title"):
        fountain({"Title": " "}, [])
