"""Captions measured: reading speed, sounds in words, translations, and their time beside the voice in the mix."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import pysubs2
import pytest
import soundfile

from audio.caption_breaks import CHARACTERS_PER_S
from audio.captions import Caption, caption_groups, captions, captions_of, translated, width, write_srt
from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, MusicCue
from audio.described import descriptions
from audio.described_words import EFFECTS
from audio.errors import SoundError
from audio.speech import Speaker, WordTime
from audio.voices.espeak import Espeak
from audio.words import spoken, tokens

NOWHERE = Path("none.wav")
SENTENCES = (
    "You said the boat would leave at midnight.",
    "Nobody would ask where the money came from, because the harbour master was your cousin.",
    "He was.",
    "They found him under the pier this morning, and I was the one who had to tell his wife!",
    "我不知道你在说什么，但是昨天晚上我听见了一个奇怪的声音。",
    "No.",
)


def _cue(text: str, start_s: float, speaker: str = "MARA", cps: float = 14.0, pan: float = 0.0) -> DialogueCue:
    at_s, words = 0.0, []
    for _, word in tokens(spoken(text)):
        length_s = max(0.08, width(word) / cps)
        words.append(WordTime(word, at_s, at_s + length_s))
        at_s += length_s + (0.3 if word[-1] in ".?!。" else 0.03)
    return DialogueCue(
        speaker=speaker, text=text, path=NOWHERE, start_s=start_s, duration_s=at_s, words=tuple(words), pan=pan
    )


def _film(seed: int) -> CueSheet:
    """Half an act of talk at the pace of a quick actor, with sounds and music anywhere."""
    rng = random.Random(seed)
    at_s, dialogue = 1.5, []
    for _ in range(14):
        text = " ".join(rng.choice(SENTENCES[:4]) for _ in range(rng.randint(1, 3)))
        cue = _cue(rng.choice((text, SENTENCES[4], "No.")), at_s, rng.choice(("MARA", "DOV")), rng.uniform(12, 19))
        dialogue.append(cue)
        at_s += cue.duration_s + rng.choice((0.15, 0.4, 1.0, 4.0))
    effects = tuple(
        EffectCue(
            name=rng.choice(("door slam", "phone rings", "dog barking", "glass breaks")), start_s=rng.uniform(0, at_s)
        )
        for _ in range(12)
    )
    return CueSheet(
        duration_s=at_s + 3,
        dialogue=tuple(dialogue),
        effects=effects,
        ambience=(AmbienceCue(place_kind="kitchen", interior=True, weather="rain", start_s=0, end_s=at_s),),
        music=(MusicCue(mood="tense", start_s=at_s / 2, end_s=at_s),),
    )


@pytest.mark.parametrize("seed", range(12))
def test_captions_are_read_at_twenty_characters_a_second_where_speech_leaves_room(seed: int) -> None:
    cues = _film(seed)
    made = captions(cues, described=True)
    speech = [caption for caption in made if caption.kind == "speech"]
    for caption, after in itertools.pairwise([*made, None]):
        assert caption is not None
        lasts_s = caption.end_s - caption.start_s
        letters = sum(width(line) for line in caption.lines)
        hemmed = after is not None and after.start_s - caption.end_s < 0.1 and after.kind == "speech"
        assert letters / lasts_s <= CHARACTERS_PER_S + 0.1 or hemmed, caption
        assert len(caption.lines) <= 2 and all(width(line) < 42.01 for line in caption.lines)
        assert after is None or caption.end_s <= after.start_s + 1e-9
    rates = [sum(width(line) for line in c.lines) / (c.end_s - c.start_s) for c in speech]
    assert np.mean(np.array(rates) <= CHARACTERS_PER_S + 0.1) >= 0.8
    assert np.max(rates) < 26, "no caption is more than a quick actor's own pace"


@pytest.mark.parametrize("seed", range(12))
def test_sounds_in_words_never_cover_speech(seed: int) -> None:
    cues = _film(seed)
    plain, made = captions(cues), captions(cues, described=True)
    assert [caption for caption in made if caption.kind == "speech"] == plain
    told = [caption for caption in made if caption.kind == "sound"]
    assert told and all(line[0] == "[" and line[-1] == "]" for c in told for line in c.lines)
    spoken_spans = [(cue.start_s + w.start_s, cue.start_s + w.end_s) for cue in cues.dialogue for w in cue.words]
    for caption in told:
        assert all(end <= caption.start_s or caption.end_s <= start for start, end in spoken_spans), caption
        assert caption.end_s - caption.start_s >= 1.0


def test_sounds_are_told_at_their_time_or_a_little_after() -> None:
    cues = CueSheet(
        duration_s=30,
        dialogue=(_cue("You said the boat would leave at midnight.", 5.0),),
        effects=(
            EffectCue(name="the door SLAMS", start_s=2.0),
            EffectCue(name="PHONE RINGS", start_s=7.2),
            EffectCue(name="a zither of glass", start_s=15.0),
            EffectCue(name="step", start_s=20.0, source="stage"),
        ),
        ambience=(AmbienceCue(place_kind="kitchen", interior=True, weather="rain", start_s=0, end_s=30),),
        music=(
            MusicCue(mood="tense", start_s=18, end_s=24, ends="cut"),
            MusicCue(mood="neutral", start_s=26, end_s=30),
        ),
    )
    told = {c.lines[0]: c.start_s for c in captions(cues, described=True) if c.kind == "sound"}
    assert list(told) == [
        "[rain on glass]",
        "[door slams]",
        "[phone rings]",
        "[a zither of glass]",
        "[tense music]",
        "[music stops]",
        "[music]",
    ]
    assert told["[rain on glass]"] < 1.0 and told["[a zither of glass]"] == 15.0
    assert 1.7 <= told["[door slams]"] <= 3.5 and 7.2 < told["[phone rings]"] <= 8.8
    chinese = [one.text for one in descriptions(cues, "zh-CN")]
    assert chinese[:3] == ["雨打玻璃", "门砰地关上", "电话铃响"] and "紧张的音乐" in chinese


def test_every_known_sound_has_words_in_both_languages() -> None:
    from audio.effects import NAMES

    assert set(NAMES) <= set(EFFECTS)
    for english, chinese in EFFECTS.values():
        assert 2 <= len(english) <= 40 and english.isascii() and len(chinese) >= 1 and not chinese.isascii()


GERMAN = (
    "Du hast gesagt, das Boot würde um Mitternacht ablegen, und niemand würde fragen, woher das Geld kommt, "
    "weil der Hafenmeister dein Vetter war."
)


def test_a_translation_is_broken_and_timed_anew() -> None:
    source = _cue(" ".join(SENTENCES[:2]), 4.0)
    cues = CueSheet(
        duration_s=30,
        dialogue=(source, _cue("He was.", 15.0, "DOV")),
        effects=(EffectCue(name="door slam", start_s=20.0),),
    )
    groups = caption_groups(cues, described=True)
    assert [group.text for group in groups] == [" ".join(SENTENCES[:2]), "He was.", "door slams"]
    made = captions_of(translated(groups, [GERMAN, "是他。", "[Tür knallt]"], {"DOV": "道夫"}), 30)
    assert " ".join(line for c in made[:-2] for line in c.lines) == "MARA: " + GERMAN
    assert made[0].start_s == 4.0
    last = source.start_s + source.words[-1].end_s
    assert all(c.start_s < last for c in made[:-2]) and last <= made[-3].end_s < last + 2
    assert all(len(c.lines) <= 2 and all(width(line) < 42.01 for line in c.lines) for c in made)
    assert made[-2].lines == ("道夫: 是他。",) and abs(made[-2].start_s - 15.0) < 1e-6
    assert made[-1].lines == ("[Tür knallt]",)


def test_a_translation_keeps_silent_where_its_speaker_does() -> None:
    words = (WordTime("Wait.", 0.0, 0.5), WordTime("Now.", 6.0, 6.5))
    cue = DialogueCue(speaker="A", text="Wait. Now.", path=NOWHERE, start_s=1.0, duration_s=6.5, words=words)
    groups = translated(caption_groups(CueSheet(duration_s=10, dialogue=(cue,))), ["Halt. Jetzt."])
    assert [word.start_s for word in groups[0].words] == pytest.approx([1.0, 7.0], abs=0.1)
    assert [c.lines for c in captions_of(groups, 10)] == [("A: Halt.",), ("Jetzt.",)]


def test_translations_that_do_not_fit_are_told_or_left_out() -> None:
    groups = caption_groups(CueSheet(duration_s=9, dialogue=(_cue("No.", 1.0),)))
    with pytest.raises(SoundError, match=r"1 captions came back as 2.*Fix:"):
        translated(groups, ["Nein.", "Doch."])
    assert translated(groups, [" … "]) == groups


def test_ass_has_names_sides_and_a_style_for_sounds(tmp_path: Path) -> None:
    made = [
        Caption(1.0, 2.0, ("MARA: {Hi}\\N",), speaker="MARA, THE CAPTAIN", pan=-0.5),
        Caption(3.0, 4.0, ("[door slams]",), kind="sound"),
    ]
    write_srt(made, tmp_path / "film.ass")
    back = pysubs2.load(str(tmp_path / "film.ass"))
    assert [event.name for event in back] == ["MARA  THE CAPTAIN", ""]
    assert back[0].text == r"{\an1}MARA: (Hi)/N" and back[1].style == "Sound"
    assert back.styles["Sound"].italic and back.styles["Default"].outline >= 2
    assert back.info["PlayResY"] == "1080"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> CueSheet:
    """Two lines as the voices speak them."""
    folder = tmp_path_factory.mktemp("talk")
    try:
        engine = Espeak()
    except SoundError as error:
        pytest.skip(str(error))
    cues = []
    for number, (who, text) in enumerate((("MARA", " ".join(SENTENCES[:3])), ("DOV", SENTENCES[3]))):
        speaker = Speaker(id=who)
        line = engine.speak(text, speaker, engine.cast([speaker])[who], folder / f"{who}.wav")
        cues.append(
            DialogueCue(
                speaker=who,
                text=text,
                path=line.path,
                start_s=1.0 + 13.0 * number,
                duration_s=line.duration_s,
                words=line.words,
            )
        )
    return CueSheet(duration_s=22.0, dialogue=tuple(cues))


def test_captions_meet_the_voice_in_the_mix(talk: CueSheet, tmp_path: Path) -> None:
    from audio.mix import mix

    made = mix(talk, tmp_path)
    samples, rate = soundfile.read(made.path)
    level = np.abs(samples).max(axis=1)
    hop = rate // 200
    loud = level[: len(level) // hop * hop].reshape(-1, hop).max(axis=1) > 0.1 * level.max()
    onsets = [i / 200 for i in range(30, len(loud)) if loud[i] and not loud[i - 30 : i].any()]
    late = []
    for cue in talk.dialogue:
        ends = [-1.0, *(word.end_s for word in cue.words)]
        for word, before_s in zip(cue.words, ends, strict=False):
            if word.start_s - before_s > 0.25:  # after a silence that is heard as one
                late.append(min(abs(onset - cue.start_s - word.start_s) for onset in onsets))
    assert len(late) >= 4 and max(late) < 0.08, late
    shown = [caption.start_s for caption in captions(talk)]
    words = [cue.start_s + word.start_s for cue in talk.dialogue for word in cue.words]
    assert all(min(abs(start - time) for time in words) < 0.001 for start in shown)
