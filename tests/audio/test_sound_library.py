"""The user's own sounds: preferred where a tag fits, never trusted, always accounted for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio import effects
from audio.ambience import bed, target_lufs
from audio.cues import AmbienceCue, EffectCue
from audio.errors import SoundError
from audio.library import LONGEST_EFFECT_S, Library, looped, seamless
from audio.loudness import LoudnessMeter

RATE = 48_000


def _tone(hz: float, length_s: float, rate_hz: int = RATE) -> np.ndarray:
    return 0.4 * np.sin(2 * np.pi * hz * np.arange(round(length_s * rate_hz)) / rate_hz)


def _library(folder: Path, *entries: str) -> Library:
    rows = "".join(f"  - {{{entry}}}\n" for entry in entries)
    (folder / "sounds.yaml").write_text(f"sounds:\n{rows}", encoding="utf-8")
    return Library.open(folder)


def _dominant(samples: np.ndarray) -> float:
    mono = samples if samples.ndim == 1 else samples.mean(axis=1)
    return float(np.fft.rfftfreq(len(mono), 1 / RATE)[np.abs(np.fft.rfft(mono)).argmax()])


def _rendered(name: str, library: Library, **how: float) -> np.ndarray:
    clip = effects.rendered(EffectCue(name=name, start_s=0, **how), RATE, library)  # type: ignore[arg-type]
    assert clip is not None
    return clip


def test_the_users_sound_comes_before_ours(tmp_path: Path) -> None:
    silence = np.zeros(RATE // 2)
    soundfile.write(tmp_path / "oak.wav", np.concatenate((silence, _tone(1000, 0.5), silence)), RATE)
    library = _library(tmp_path, "tag: door slam, file: oak.wav, licence: CC0")
    clip = _rendered("The door SLAMS", library)
    assert _dominant(clip) == pytest.approx(1000, abs=5)
    assert 0.5 < len(clip) / RATE < 0.7, "the silence around it is cut off"
    assert abs(clip[0]) < 1e-3 and abs(clip[-1]) < 1e-3
    own = effects.rendered(EffectCue(name="The door SLAMS", start_s=0), RATE)
    assert own is not None and 0.5 < np.abs(clip).max() / np.abs(own).max() < 2
    assert [(used.tag, used.file, used.licence) for used in library.provenance] == [("door slam", "oak.wav", "CC0")]
    assert library.notices == ()


def test_the_tag_with_more_words_fits_better_and_unknown_sounds_become_known(tmp_path: Path) -> None:
    for name, hz in (("a", 500), ("b", 900), ("c", 1400)):
        soundfile.write(tmp_path / f"{name}.wav", _tone(hz, 0.4), RATE)
    library = _library(
        tmp_path,
        "tag: door slam, file: a.wav, licence: mine",
        "tag: cellar door slam, file: b.wav, licence: mine",
        "tag: xylophone, file: c.wav, licence: mine, gain_db: -6",
    )
    assert _dominant(_rendered("a door slams", library)) == pytest.approx(500, abs=5)
    assert _dominant(_rendered("the cellar door slams shut", library)) == pytest.approx(900, abs=5)
    assert _dominant(_rendered("a xylophone of doom", library)) == pytest.approx(1400, abs=5)
    assert {used.file for used in library.provenance} == {"a.wav", "b.wav", "c.wav"}
    assert len(_rendered("a dog barks", library)) > 0 and len(library.provenance) == 3


def test_sounds_of_one_tag_take_turns(tmp_path: Path) -> None:
    for number, hz in enumerate((500, 900)):
        soundfile.write(tmp_path / f"{number}.wav", _tone(hz, 0.3), RATE)
    library = _library(tmp_path, *(f"tag: knock, file: {n}.wav, licence: mine" for n in range(2)))
    heard = [round(_dominant(_rendered("a knock", library, seed=seed)), -2) for seed in range(4)]
    assert heard == [500, 900, 500, 900]


@pytest.mark.parametrize(
    ("rate_hz", "name"), [(22_050, "a.wav"), (96_000, "a.flac"), (44_100, "a.ogg"), (8_000, "a.wav")]
)
def test_other_rates_and_formats_sound_at_their_pitch(tmp_path: Path, rate_hz: int, name: str) -> None:
    soundfile.write(tmp_path / name, np.stack((_tone(1000, 0.5, rate_hz),) * 2, axis=1), rate_hz)
    library = _library(tmp_path, f"tag: beep, file: {name}, licence: mine")
    clip = _rendered("beep", library)
    assert _dominant(clip) == pytest.approx(1000, abs=6)
    assert len(clip) / RATE == pytest.approx(0.5, abs=0.1)


def test_what_cannot_be_used_is_replaced_and_told(tmp_path: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(b"RIFF this is no sound" * 30)
    soundfile.write(tmp_path / "nan.wav", np.full(4000, np.nan, np.float32), RATE, subtype="FLOAT")
    soundfile.write(tmp_path / "hush.wav", np.zeros(4000), RATE)
    (tmp_path / "empty.wav").write_bytes(b"")
    outside = tmp_path.parent / "outside.wav"
    soundfile.write(outside, _tone(500, 0.3), RATE)
    (tmp_path / "link.wav").symlink_to(outside)
    library = _library(
        tmp_path,
        "tag: knock, file: noise.wav, licence: x",
        "tag: bell, file: nan.wav, licence: x",
        "tag: bang, file: hush.wav, licence: x",
        "tag: slap, file: empty.wav, licence: x",
        "tag: thud, file: gone.wav, licence: x",
        "tag: click, file: ../outside.wav, licence: x",
        "tag: beep, file: link.wav, licence: x",
    )
    for name in ("knock", "bell", "bang", "slap", "thud", "click", "beep"):
        own = effects.rendered(EffectCue(name=name, start_s=0, seed=3), RATE)
        assert own is not None and np.array_equal(_rendered(name, library, seed=3), own), name
    told = "\n".join(library.notices)
    for file in ("noise.wav", "nan.wav", "hush.wav", "empty.wav", "gone.wav", "../outside.wav", "link.wav"):
        assert told.count(file) == 1, (file, told)
    assert "sounds.yaml:6" in told and library.provenance == ()


def test_a_very_long_sound_is_cut_with_a_notice(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", _tone(300, LONGEST_EFFECT_S + 5, 8000), 8000)
    library = _library(tmp_path, "tag: gong, file: long.wav, licence: x")
    assert len(_rendered("gong", library)) / RATE <= LONGEST_EFFECT_S + 0.1
    assert "first 60 s" in library.notices[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sounds:\n  - tag: knock\n    file: a.wav\n", "sounds.yaml:2: sounds.0.licence"),
        ("sounds:\n  - tag: knock\n    file: a.wav\n    licence: x\n    pitch: 3\n", "sounds.yaml:5: sounds.0.pitch"),
        ("sounds:\n  - {tag: a, file: b, licence: c, gain_db: 900}\n", "gain_db"),
        ("sounds: [", "is not YAML"),
        ("sounds: &a [*a]\n", "anchors"),
        ("- 3\n", "sounds.yaml:1"),
        ("", "sounds.yaml:1"),
        ("sounds: !!python/object/apply:os.system [ls]\n", "is not YAML"),
    ],
)
def test_a_wrong_sheet_says_where_and_how_to_mend_it(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "sounds.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SoundError, match="Fix:") as caught:
        Library.open(tmp_path)
    assert says in str(caught.value)


def test_a_missing_folder_or_sheet_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(SoundError, match="Fix:"):
            Library.open(folder)


def test_a_loop_follows_itself_without_a_seam(tmp_path: Path) -> None:
    sound = np.stack((_tone(437.3, 3.21),) * 2, axis=1).astype(np.float32)
    loop = seamless(sound, RATE)
    joined = np.concatenate((loop, loop)).astype(np.float64)
    jumps = np.abs(np.diff(joined, 2, axis=0)).max()
    assert jumps < 1.6 * np.abs(np.diff(sound.astype(np.float64), 2, axis=0)).max()
    assert len(looped(sound, RATE, 10.0)) == 10 * RATE
    soundfile.write(tmp_path / "fire.wav", sound, RATE)
    library = _library(tmp_path, "tag: fire, file: fire.wav, licence: x, loop: true")
    assert len(_rendered("the fire crackles", library, duration_s=12.0)) / RATE == pytest.approx(12.0, abs=0.1)


def test_a_place_takes_the_users_bed_and_keeps_our_weather(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "street.flac", np.stack((_tone(777, 4.0),) * 2, axis=1), RATE)
    library = _library(tmp_path, "tag: street night, file: street.flac, licence: by me, loop: true")
    night = AmbienceCue(place_kind="street", interior=False, start_s=0, end_s=9, hour="night", seed=4)
    samples = bed(night, RATE, library).read(9 * RATE)
    assert _dominant(samples) == pytest.approx(777, abs=2)
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    assert meter.integrated_lufs() == pytest.approx(target_lufs(night), abs=0.7)
    assert library.provenance[0].licence == "by me"
    day = AmbienceCue(place_kind="street", interior=False, start_s=0, end_s=9, hour="day", seed=4)
    assert np.array_equal(bed(day, RATE, library).read(RATE), bed(day, RATE).read(RATE)), "the tag says night"
    wet = AmbienceCue(place_kind="street", interior=False, start_s=0, end_s=9, hour="night", weather="rain", seed=4)
    power = np.abs(np.fft.rfft(bed(wet, RATE, library).read(4 * RATE).mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(4 * RATE, 1 / RATE)
    assert power[hz > 2000].sum() > 20 * np.abs(np.fft.rfft(samples[: 4 * RATE].mean(axis=1)))[hz > 2000].sum()


def test_the_key_follows_what_the_files_hold(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", _tone(500, 0.3), RATE)
    one = _library(tmp_path, "tag: knock, file: a.wav, licence: x").key
    assert one == Library.open(tmp_path).key
    soundfile.write(tmp_path / "a.wav", _tone(501, 0.3), RATE)
    assert one != Library.open(tmp_path).key
