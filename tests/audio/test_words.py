"""What is said of a written line, and its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.words import chunks, join, language_of, spoken, tokens


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("I _don't_ **know**.", "I don't know."),
        ("Well (beat) fine.", "Well fine."),
        ("(laughs (quietly) again)", ""),
        ("Stay. [[a note\nof two lines]] Here.", "Stay. Here."),
        ("Two\x07 \u200bwords\ttabbed", "Two words tabbed"),
        ("（低声）你好。", "你好。"),
        ("1 < 2 && <b>bold</b>", "1 < 2 && <b>bold</b>"),
    ],
)
def test_marks_that_nobody_speaks_are_taken_out(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I know — it's “over”.", ["I", "know —", "it's", "“over”."]),
        ("— No.", ["— No."]),
        ("你好，OK了。“走吧”", ["你", "好，", "OK", "了。", "“走", "吧”"]),
        ("...", ["..."]),
    ],
)
def test_words_are_cut_as_captions_show_them(text: str, words: list[str]) -> None:
    assert [word for _, word in tokens(text)] == words


@given(st.text(max_size=120))
def test_no_letter_is_lost_and_every_word_stands_where_it_says(text: str) -> None:
    said = spoken(text)
    found = tokens(said)
    assert "".join(word for _, word in found).replace(" ", "") == said.replace(" ", "")
    assert all(said[offset : offset + len(word)] == word for offset, word in found)
    assert join([word for _, word in found]).replace(" ", "") == said.replace(" ", "")


@given(st.text(alphabet="ab .,!?你。，", max_size=200), st.integers(5, 40))
def test_pieces_of_a_speech_are_short_and_together_all_of_it(text: str, limit: int) -> None:
    pieces = chunks(spoken(text), limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == spoken(text).replace(" ", "")


def test_a_speech_is_cut_at_its_sentences() -> None:
    assert chunks("One two. “Three four.” Five six, seven.", 14) == ["One two.", "“Three four.”", "Five six,", "seven."]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("我不知道", "en", "zh"),
        ("我不知道", "cmn", "cmn"),
        ("Hello", "zh", "zh"),
        ("こんにちは", "en", "ja"),
        ("Привет", "uk-UA", "uk-UA"),
    ],
)
def test_the_script_tells_the_language_when_the_given_one_cannot_be(text: str, language: str, found: str) -> None:
    assert language_of(text, language) == found
