"""Words to colours, looks, light and mouths."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audio.speech import PhonemeTime, SpokenLine
from model.stage import RGB
from shots.blocking import block_scene
from shots.blocking.colours import colour_of
from shots.blocking.light import light_of, weather_of
from shots.blocking.looks import look_of
from shots.blocking.mouths import VISEMES, mouth_keys, syllable_keys, viseme_of
from shots.spec import Character, Garment, Light, Line, Look, Place, Presence, Scene, Shot, Storyboard
from shots.timing import time_shots


@pytest.mark.parametrize(
    ("words", "dominant"),
    [("red", 0), ("a crimson", 0), ("forest green", 1), ("深蓝色", 2), ("红", 0), ("#102080", 2), ("#0f0", 1)],
)
def test_colour_words_have_their_hue(words: str, dominant: int) -> None:
    colour = colour_of(words)
    assert colour is not None
    assert max(range(3), key=lambda i: colour[i]) == dominant


def test_colour_words_know_shades_and_their_limits() -> None:
    dark, plain, light = (colour_of(w) for w in ("dark green", "green", "light green"))
    assert dark and plain and light
    assert sum(dark) < sum(plain) < sum(light)
    assert colour_of("#8A2B2B") == RGB(138, 43, 43)
    assert colour_of("octarine") is None and colour_of("") is None and colour_of(None) is None


def test_a_look_wears_what_is_said_and_the_coat_comes_off() -> None:
    wardrobe = (
        Garment(kind="wool coat", colour="red"),
        Garment(kind="t-shirt", colour="white"),
        Garment(kind="jeans", colour="denim"),
        Garment(kind="fedora", colour="black"),
    )
    ann = Character(id="ANN", gender="female", age_years=40, look=Look(wardrobe=wardrobe, hair="long", glasses=True))
    look = look_of(ann)
    assert (look.top, look.bottom, look.hat, look.hair, look.glasses) == ("coat", "jeans", "brimmed", "long", "round")
    assert look.top_colour == colour_of("red")
    off = look_of(ann, ("coat off", "wet"))
    assert (off.top, off.top_colour) == ("t_shirt", colour_of("white"))
    assert replace(off, top=look.top, top_colour=look.top_colour) == look


def test_heights_grow_with_age() -> None:
    heights = [look_of(Character(id="ANN", gender="female", age_years=age)).height_m for age in (3, 8, 13, 18, 40)]
    assert heights == sorted(heights)
    assert 0.8 < heights[0] < 1.1 and 1.15 < heights[1] < 1.4 and 1.55 < heights[3] < 1.8
    assert look_of(Character(id="REX", species="dog")).height_m < 0.8


@pytest.mark.parametrize(
    ("ipa", "viseme"),
    [
        ("p", "pp"), ("ˈaɪ", "aa"), ("tʃ", "ch"), ("iː", "ih"), ("ŋ", "kk"), ("θ", "th"), ("ɹ", "rr"), ("ɔː", "oh"),
        ("uː", "ou"), ("ə", "e"), ("v", "ff"), ("ts", "ss"), ("ɕ", "ch"), ("tɕʰ", "ch"), ("y", "ou"), ("ʂ", "ch"),
        ("ɑu5", "aa"), ("x", "kk"), ("", "rest"), ("ɚ", "rr"), ("ɫ", "nn"),
    ],
)  # fmt: skip
def test_phonemes_shape_the_mouth(ipa: str, viseme: str) -> None:
    assert viseme_of(ipa) == viseme


def test_there_is_a_shape_for_the_sounds_of_english_and_chinese() -> None:
    assert len(VISEMES) >= 45


def test_mouths_stay_within_their_line_and_close() -> None:
    phonemes = (
        PhonemeTime("h", 0.0, 0.1),
        PhonemeTime("aɪ", 0.1, 0.4),
        PhonemeTime("", 0.4, 0.6),
        PhonemeTime("m", 0.6, 0.7),
    )
    keys = mouth_keys(phonemes, 2.0, 2.7)
    assert [k.viseme for k in keys] == ["kk", "aa", "ih", "rest", "pp", "rest"]
    assert keys[0].time_s == 2.0 and keys[-1].time_s == 2.7
    guessed = syllable_keys("Where have you been?", 1.0, 2.2)
    assert guessed[0].time_s == 1.0 and guessed[-1].viseme == "rest" and len(guessed) > 5
    assert syllable_keys("你去哪儿了", 0.0, 1.0)[0].viseme != "rest"


def test_only_a_line_that_is_seen_to_be_said_moves_the_mouth() -> None:
    people = (Presence(character="ANN"), Presence(character="BOB"))
    lines = (
        Line(character="ANN", text="Hi there."),
        Line(character="BOB", text="I remember it well.", heard="voice_over"),
    )
    shot = Shot(id="1", size="MS", subjects=("ANN", "BOB"), people=people, lines=lines)
    scene = Scene(id="S", heading="X", place="P", hour="day", shots=(shot,))
    cast = (Character(id="ANN"), Character(id="BOB"))
    board = Storyboard(title="t", cast=cast, places=(Place(id="P", kind="park", interior=False),), scenes=(scene,))
    timings = time_shots(board, {})
    voice = SpokenLine(
        path=Path("x.wav"), duration_s=0.5, words=(), phonemes=(PhonemeTime("m", 0.0, 0.2), PhonemeTime("a", 0.2, 0.5)),
        voice="v",
    )  # fmt: skip
    stage = block_scene(board, scene, timings, {("1", 0): voice})["1"]
    ann, bob = stage.figures
    assert [k.viseme for k in ann.mouth][:2] == ["pp", "aa"]
    assert ann.mouth[0].time_s == pytest.approx(timings["1"].lines[0].start_s)
    assert bob.mouth == ()
    assert any(act.act == "speak" for act in ann.acts) and not any(act.act == "speak" for act in bob.acts)


def test_light_is_the_scenes_unless_the_shot_says_so() -> None:
    scene = Scene(id="S", heading="X", hour="night", mood="tense", light=Light(key_side="left"), weather="rain")
    place = Place(id="P", kind="alley", interior=False)
    light = light_of(scene, Shot(), place)
    assert 180 < light.key_azimuth_deg < 360 and light.key_to_fill_ratio > 4 and light.colour_temperature_k > 6000
    assert light_of(scene, Shot(size="CU"), place) == light
    mine = light_of(scene, Shot(light=Light(key_side="right", colour_temperature_k=2700, neon=True)), place)
    assert 0 < mine.key_azimuth_deg < 180 and mine.colour_temperature_k == 2700 and mine.neon
    assert light_of(scene, Shot(), replace(place, interior=True)).colour_temperature_k < 4000
    assert weather_of(scene).kind == "rain" and weather_of(scene).intensity > 0.7


def test_golden_hour_is_lower_and_warmer_than_day() -> None:
    place = Place(id="P", kind="field", interior=False)
    gold, day = (light_of(Scene(heading="X", hour=hour), Shot(), place) for hour in ("golden_hour", "day"))
    assert gold.key_elevation_deg < 20 < day.key_elevation_deg
    assert gold.colour_temperature_k < 4000 < day.colour_temperature_k
