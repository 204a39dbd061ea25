"""Captions: cut where the sense allows, timed to the words, never two at once."""

from __future__ import annotations

import itertools
from pathlib import Path

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.captions import Caption, captions, width, write_srt
from audio.cues import CueSheet, DialogueCue
from audio.errors import SoundError
from audio.speech import WordTime
from audio.words import spoken, tokens

NOWHERE = Path("none.wav")


def _cue(
    text: str, start_s: float, *, speaker: str = "MARA", cps: float = 15.0, heard: str = "on_screen"
) -> DialogueCue:
    at_s, words = 0.0, []
    for _, word in tokens(spoken(text)):
        length_s = max(0.08, len(word) / cps)
        words.append(WordTime(word, at_s, at_s + length_s))
        at_s += length_s + (0.3 if word[-1] in ".?!。" else 0.03)
    return DialogueCue(
        speaker=speaker,
        text=text,
        path=NOWHERE,
        start_s=start_s,
        duration_s=at_s,
        words=tuple(words),
        heard=heard,  # type: ignore[arg-type]
    )


def _sheet(*cues: DialogueCue) -> CueSheet:
    return CueSheet(duration_s=max(cue.start_s + cue.duration_s for cue in cues) + 2, dialogue=cues)


LONG = (
    "You said the boat would leave at midnight, and that nobody would ask where the money came from, "
    "because the harbour master was your cousin. He was. They found him under the pier this morning."
)


def test_a_long_speech_is_cut_at_its_clauses_into_two_lines_of_42() -> None:
    made = captions(_sheet(_cue(LONG, 1.0)))
    assert len(made) >= 3
    assert all(1 <= len(c.lines) <= 2 and all(width(line) <= 42 for line in c.lines) for c in made)
    assert " ".join(line for c in made for line in c.lines) == "MARA: " + LONG
    ends = [c.lines[-1][-1] for c in made]
    assert sum(end in ",.!?" for end in ends) >= len(ends) - 1, made


def test_a_caption_begins_with_its_first_word_and_holds_until_its_last() -> None:
    cue = _cue(LONG, 3.25)
    made = captions(_sheet(cue))
    shown = [word for c in made for line in c.lines for word in line.split()][1:]
    assert shown == [word.text for word in cue.words]
    index = 0
    for number, caption in enumerate(made):
        count = sum(len(line.split()) for line in caption.lines) - (number == 0)
        first, last = cue.words[index], cue.words[index + count - 1]
        assert abs(caption.start_s - (cue.start_s + first.start_s)) < 0.08
        assert caption.end_s > cue.start_s + last.end_s - 0.08
        index += count


def test_a_short_word_stands_a_second_where_nothing_follows() -> None:
    made = captions(_sheet(_cue("No.", 1.0)))
    assert made[0].end_s - made[0].start_s == pytest.approx(1.0, abs=0.2)


def test_fast_speech_is_given_what_time_there_is() -> None:
    made = captions(_sheet(_cue("I never ever said that to anybody at all", 0.5, cps=40.0)))
    caption = made[-1]
    assert sum(map(len, caption.lines)) / (caption.end_s - caption.start_s) <= 20.5


def test_chinese_is_at_most_eighteen_characters_a_line() -> None:
    text = "我不知道你在说什么，但是昨天晚上我听见了一个奇怪的声音，好像有人在雨里哭。你听见了吗？"
    made = captions(_sheet(_cue(text, 0.0, speaker="张三", cps=4.5)))
    assert all(len(line.replace("张三: ", "")) <= 18 for c in made for line in c.lines)
    assert "".join(line for c in made for line in c.lines) == "张三: " + text


def test_names_stand_where_the_speaker_changes_or_is_not_seen() -> None:
    made = captions(
        _sheet(
            _cue("One.", 0.0),
            _cue("Two.", 2.0),
            _cue("Three.", 4.0, speaker="BOB"),
            _cue("Four.", 6.0, speaker="BOB", heard="phone"),
            _cue("Five.", 8.0, speaker="BOB", heard="phone"),
        )
    )
    assert [c.lines[0] for c in made] == ["MARA: One.", "Two.", "BOB: Three.", "BOB: Four.", "Five."]


def test_two_who_speak_at_once_share_a_caption() -> None:
    made = captions(_sheet(_cue("I never said that.", 1.0), _cue("You did!", 1.1, speaker="BOB")))
    assert [c.lines for c in made] == [("- MARA: I never said that.", "- BOB: You did!")]


def test_two_long_lines_at_once_keep_to_the_width() -> None:
    made = captions(_sheet(_cue(LONG, 1.0), _cue(LONG, 1.2, speaker="THE MAN WHO SELLS NEWSPAPERS")))
    assert all(width(line) <= 42 for c in made for line in c.lines)
    assert any("- THE MAN WHO SELLS NEWSPAPERS:" in line for c in made for line in c.lines)
    assert captions(_sheet(_cue("Hi.", 0, speaker="A" * 50)))[0].lines == ("A" * 31 + "…: Hi.",)
    assert {c.lines[0][:2] for c in made if len(c.lines) > 2} == {"- "}


def test_words_without_times_are_spread_over_the_line() -> None:
    cue = DialogueCue(speaker="A", text="Yes (beat) of *course*.", path=NOWHERE, start_s=2, duration_s=2)
    assert captions(_sheet(cue))[0].lines == ("A: Yes of course.",)


def test_a_line_of_nothing_has_no_caption() -> None:
    assert captions(_sheet(DialogueCue(speaker="A", text="(sighs)", path=NOWHERE, start_s=0, duration_s=1))) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(alphabet="abcdefgh ,.?!你好吗。,", max_size=160), st.floats(0, 60), st.sampled_from("ABC")),
        min_size=1,
        max_size=8,
    )
)
def test_captions_never_overlap_and_never_end_before_they_begin(lines: list[tuple[str, float, str]]) -> None:
    cues = [_cue(text, start, speaker=who) for text, start, who in lines]
    made = captions(CueSheet(duration_s=120, dialogue=tuple(cues)))
    assert all(c.start_s < c.end_s for c in made)
    assert all(width(line) <= 42 for c in made for line in c.lines)
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(made))


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_files_come_back_as_they_went(tmp_path: Path, suffix: str) -> None:
    made = [Caption(1.0, 2.5, ("MARA: One,", "two {b} <i>.")), Caption(3661.25, 3662.0, ("你好。",))]
    write_srt(made, tmp_path / f"film.{suffix}")
    back = pysubs2.load(str(tmp_path / f"film.{suffix}"))
    assert [(event.start, event.end) for event in back] == [(1000, 2500), (3_661_250, 3_662_000)]
    assert [event.plaintext for event in back] == ["MARA: One,\ntwo (b) ‹i›.", "你好。"]


def test_another_suffix_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"not written as '\.txt'. Fix:"):
        write_srt([], tmp_path / "film.txt")
    assert not list(tmp_path.iterdir())
