"""Casting: voices of a film are apart as they sound, fit who speaks, and stay with a name."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from audio.errors import SoundError
from audio.speech import Kind, Speaker
from audio.voices.casting import Voice, cast_voices, members
from audio.voices.espeak import Espeak
from audio.voices.kinds import age_of, kind_of
from audio.voices.variants import VARIANTS, Heard, distance
from tests.audio.voice_measures import LINE, brightness_db, f0_hz, formants_hz, harmonicity, read

NEAREST = 2.0  # semitones of `distance` between any two voices of a film, as they sound


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    try:
        return Espeak()
    except SoundError as error:
        pytest.skip(str(error))


def _sound(espeak: Espeak, speaker: Speaker, voice: str, folder: Path) -> tuple[np.ndarray, int]:
    return read(espeak.speak(LINE, speaker, voice, folder / "a.wav").path)


def _mixed(count: int) -> list[Speaker]:
    ages = (30, 45, 9, 75, 16)
    genders = ("female", "male", "unspecified")
    return [Speaker(id=f"ROLE {i}", gender=genders[i % 3], age_years=ages[i % 5]) for i in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cast",
    [
        _mixed(15),
        [Speaker(id=f"MAN {i}", gender="male", age_years=40) for i in range(10)],
        [Speaker(id=f"WOMAN {i}", gender="female", age_years=35) for i in range(10)],
    ],
    ids=["all ages", "men", "women"],
)
def test_casts_of_two_to_fifteen_are_apart_as_they_sound(espeak: Espeak, cast: list[Speaker], tmp_path: Path) -> None:
    voices = espeak.cast(cast)
    for count in range(2, len(cast)):  # so that what holds for the largest holds for each
        assert espeak.cast(cast[:count]) == dict(list(voices.items())[:count])
    heard = {}
    for speaker in cast:
        samples, rate = _sound(espeak, speaker, voices[speaker.id], tmp_path)
        heard[speaker.id] = Heard(f0_hz(samples, rate), formants_hz(samples, rate))
    near = min((distance(heard[a], heard[b]), a, b) for a, b in itertools.combinations(heard, 2))
    assert near[0] >= NEAREST, near


def test_the_table_is_what_the_library_sounds_like(espeak: Espeak, tmp_path: Path) -> None:
    for variant in ("f3", "Annie", "m3", "Lee", "grandma"):
        samples, rate = _sound(espeak, Speaker(id="A"), f"en-us+{variant} pitch 50 range 55 rate 165", tmp_path)
        known = VARIANTS[variant]
        assert f0_hz(samples, rate) == pytest.approx(known.f0_hz, rel=0.03)
        assert formants_hz(samples, rate) == pytest.approx(known.formants_hz, rel=0.06)
    assert set(VARIANTS) <= espeak.variants


def test_a_name_has_its_voice_in_every_film() -> None:
    mara = Speaker(id="MARA", gender="female", age_years=30)
    others = [Speaker(id="BOB", gender="male", age_years=50), Speaker(id="KID", age_years=7)]
    assert cast_voices([mara])["MARA"] == cast_voices([*others, mara])["MARA"]


def test_age_and_gender_are_heard(espeak: Espeak, tmp_path: Path) -> None:
    def cast(age: float, gender: str) -> tuple[float, float]:
        pitches, rates = [], []
        for name in ("A", "B", "C"):
            speaker = Speaker(id=name, gender=gender, age_years=age)  # type: ignore[arg-type]
            voice = espeak.cast([speaker])[name]
            line = espeak.speak(LINE, speaker, voice, tmp_path / "a.wav")
            pitches.append(f0_hz(*read(line.path)))
            rates.append(line.duration_s)
        return float(np.mean(pitches)), float(np.mean(rates))

    child, teen, man, woman = cast(8, "male"), cast(15, "male"), cast(40, "male"), cast(40, "female")
    old = cast(78, "male")
    assert child[0] > 235 > woman[0] > 150 and 160 > teen[0] > man[0] > 70
    assert old[1] > 1.08 * man[1], "old people take their time"


def test_a_child_has_a_small_throat_and_a_giant_a_large_one() -> None:
    voices = cast_voices(
        [
            Speaker(id="KID", age_years=6, gender="female"),
            Speaker(id="MUM", age_years=35, gender="female"),
            Speaker(id="GIANT", gender="male", kind="giant"),
            Speaker(id="DAD", gender="male", age_years=40),
        ]
    )
    assert voices["KID"].size >= 1.1 > voices["MUM"].size and voices["GIANT"].size <= 0.85 < voices["DAD"].size


def test_a_robot_is_flat_and_rings(espeak: Espeak, tmp_path: Path) -> None:
    plain = "en-us+m3 pitch 50 range 55 rate 165"
    flat = espeak.cast([Speaker(id="UNIT 7", kind="robot")])["UNIT 7"]
    assert flat.endswith("as robot") and Voice.parse(flat).range < 15
    spectra = []
    for voice in (plain, plain + " as robot"):
        samples, rate = _sound(espeak, Speaker(id="A"), voice, tmp_path)
        spectra.append(harmonicity(samples, rate))
    assert spectra[1] < spectra[0] - 0.1, "partials of the ring are no harmonics of the voice"


def test_a_monster_growls_below_a_man(espeak: Espeak, tmp_path: Path) -> None:
    cast = [Speaker(id="BEAST", kind="monster", gender="male"), Speaker(id="TOM", gender="male", age_years=40)]
    voices = espeak.cast(cast)
    sounds = [_sound(espeak, speaker, voices[speaker.id], tmp_path) for speaker in cast]
    assert brightness_db(*sounds[0]) < brightness_db(*sounds[1]) - 3
    assert len(sounds[0][0]) > len(sounds[1][0])


def test_a_crowd_is_several_voices_at_the_words_of_one(espeak: Espeak, tmp_path: Path) -> None:
    crowd = espeak.cast([Speaker(id="STUDENTS", kind="crowd")])["STUDENTS"]
    assert len({member.variant for member in members(Voice.parse(crowd))}) >= 4
    alone = str(members(Voice.parse(crowd))[0])
    one = espeak.speak(LINE, Speaker(id="A"), alone, tmp_path / "one.wav")
    many = espeak.speak(LINE, Speaker(id="A"), crowd, tmp_path / "many.wav")
    assert [word.text for word in many.words] == [word.text for word in one.words]
    assert all(abs(a.start_s - b.start_s) < 0.03 for a, b in zip(one.words, many.words, strict=True))
    assert 0 <= many.duration_s - one.duration_s < 0.6
    assert harmonicity(*read(many.path)) < harmonicity(*read(one.path)) - 0.1, "no two of them agree on a pitch"


def test_voices_come_back_as_they_are_written() -> None:
    for voice in (Voice("en-us+f3", 50, 55, 165), Voice("cmn+Mr serious", 14, 8, 140, 0.82, "giant")):
        assert Voice.parse(str(voice)) == voice
    for text in ("f3", "en+f3 pitch 5 range 5 rate 5 as ghost", "en+f3 pitch 5 range 5 rate 5 size 9.00"):
        with pytest.raises(SoundError, match="Fix: "):
            Voice.parse(text)


@pytest.mark.parametrize(
    ("name", "description", "kind"),
    [
        ("MARA", "a woman of 34", "person"),
        ("UNIT 7", "A battered robot with one eye.", "robot"),
        ("ROBOT", "", "robot"),
        ("ROBERT", "Robotics engineer of a small firm", "person"),
        ("SHIP'S COMPUTER", "", "robot"),
        ("DOV", "a man afraid of robots", "person"),
        ("ELIN", "engineer, builds robots", "person"),
        ("BRUM", "A kindly giant", "giant"),
        ("THE BEAST", "", "monster"),
        ("CROWD", "", "crowd"),
        ("ALL", "", "crowd"),
        ("TWO GUARDS", "", "crowd"),
        ("GUARD", "leads a crowd", "person"),
        ("众人", "", "crowd"),
        ("机器人", "", "robot"),
        ("OGREN", "", "person"),
    ],
)
def test_a_kind_is_read_from_name_and_description(name: str, description: str, kind: Kind) -> None:
    assert kind_of(name, description) == kind


@pytest.mark.parametrize(
    ("name", "description", "years"),
    [
        ("LITTLE GIRL", "", 9.0),
        ("OLD MAN", "", 74.0),
        ("KIT", "a 12-year-old with a kite", 12.0),
        ("KIT", "aged 70", 70.0),
        ("奶奶", "", 74.0),
        ("王明", "男，35岁", 35.0),
        ("MARA", "keeps her son's letters", None),
        ("BOYD", "", None),
    ],
)
def test_an_age_is_read_from_name_and_description(name: str, description: str, years: float | None) -> None:
    assert age_of(name, description) == years
