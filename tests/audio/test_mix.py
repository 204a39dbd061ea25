"""The mix: exact length, loudness, peaks, stems, fades, and the same bytes for the same cues."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
import soundfile

from audio.captions import captions
from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, MusicCue
from audio.errors import SoundError
from audio.mix import Mix, mix
from audio.speech import Speaker
from audio.voices.store import LineToSpeak, speak_all
from audio.voices.tones import Tones

RATE = 48_000
TEXTS = (
    "You said the boat would leave at midnight, and nobody would ask where the money came from.",
    "He was my cousin. They found him under the pier this morning.",
    "Why is it always raining when you come home?",
    "Because you only let me in when it rains, and you know it.",
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[DialogueCue]:
    """Four spoken lines, back to back with breaths, two speakers."""
    folder = tmp_path_factory.mktemp("voices")
    speakers = (Speaker(id="MARA", gender="female"), Speaker(id="BOB", gender="male"))
    asked = [LineToSpeak(key=str(i), text=text, speaker=speakers[i % 2]) for i, text in enumerate(TEXTS)]
    try:
        from audio.voices.espeak import Espeak

        spoken = speak_all(asked, Espeak(), folder)
    except SoundError:
        spoken = speak_all(asked, Tones(), folder)
    at_s, cues = 1.0, []
    for line in asked:
        held = spoken[line.key]
        cues.append(
            DialogueCue(
                speaker=line.speaker.id,
                text=line.text,
                path=held.path,
                start_s=at_s,
                duration_s=held.duration_s,
                words=held.words,
            )
        )
        at_s += held.duration_s + 0.6
    return cues


def _rain(end_s: float, **how: object) -> AmbienceCue:
    how = {"place_kind": "street", "interior": False, "weather": "rain", "hour": "night", "start_s": 0.0} | how
    return AmbienceCue(end_s=end_s, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def film(lines: list[DialogueCue]) -> CueSheet:
    """Two places, rain, a bark, a slam, a phone: 22 s."""
    end_s = lines[-1].start_s + lines[-1].duration_s + 2.0
    return CueSheet(
        duration_s=end_s,
        dialogue=(lines[0], replace(lines[1], pan=0.8, distance_m=4), replace(lines[2], heard="phone"), lines[3]),
        ambience=(_rain(8.0), AmbienceCue(place_kind="kitchen", interior=True, start_s=8.0, end_s=end_s, seed=4)),
        effects=(
            EffectCue(name="a dog BARKS", start_s=0.2, pan=-0.5, distance_m=6),
            EffectCue(name="the door slams", start_s=8.0),
            EffectCue(name="a xylophone of doom", start_s=9.0),
        ),
    )


@pytest.fixture(scope="module")
def mixed(film: CueSheet, tmp_path_factory: pytest.TempPathFactory) -> Mix:
    return mix(film, tmp_path_factory.mktemp("mix"))


def _read(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == RATE
    return samples


def _ebur128(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak as ffmpeg reads them."""
    told = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True,
        check=True,
    ).stderr.decode()
    summary = told[told.rindex("Summary:") :]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak")]
    return float(found[0][1]), float(found[1][1])  # type: ignore[index]


def _db(samples: np.ndarray) -> float:
    return 10 * math.log10(float(np.mean(np.square(samples, dtype=np.float64))) + 1e-20)


def test_every_file_is_stereo_and_exactly_as_long_as_the_film(film: CueSheet, mixed: Mix) -> None:
    for path in (mixed.path, mixed.stems.dialogue, mixed.stems.ambience, mixed.stems.effects, mixed.stems.music):
        assert _read(path).shape == (round(film.duration_s * RATE), 2)
    assert soundfile.info(mixed.path).subtype == "PCM_24"


def test_loudness_and_true_peak_hold_after_aac(mixed: Mix, tmp_path: Path) -> None:
    encoded = tmp_path / "mix.m4a"
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(mixed.path), "-c:a", "aac", "-b:a", "192k", encoded],
        check=True,
    )
    for path in (mixed.path, encoded):
        lufs, peak = _ebur128(path)
        assert lufs == pytest.approx(-16.0, abs=0.5)
        assert peak <= -1.5
    assert _ebur128(mixed.path)[0] == pytest.approx(mixed.integrated_lufs, abs=0.11)
    assert _ebur128(mixed.path)[1] == pytest.approx(mixed.true_peak_dbtp, abs=0.15)


def test_stems_sum_to_the_mix(mixed: Mix) -> None:
    stems = (mixed.stems.dialogue, mixed.stems.ambience, mixed.stems.effects, mixed.stems.music)
    total = sum((_read(path) for path in stems), np.zeros(1, np.float32))
    assert _db(total - _read(mixed.path)) < _db(total) - 60


def test_the_same_cues_give_the_same_bytes(film: CueSheet, mixed: Mix, tmp_path: Path) -> None:
    again = mix(film, tmp_path / "other")
    assert again.key == mixed.key and again.notices == mixed.notices
    assert again.path.read_bytes() == mixed.path.read_bytes()


def test_what_is_mixed_is_not_mixed_again_and_a_damaged_mix_is(film: CueSheet, tmp_path: Path) -> None:
    short = replace(film, duration_s=3.0)
    first = mix(short, tmp_path)
    made = first.path.stat().st_mtime_ns
    assert mix(short, tmp_path) == first and first.path.stat().st_mtime_ns == made
    whole = first.path.read_bytes()
    first.path.write_bytes(whole[:-1000])
    assert mix(short, tmp_path) == first and first.path.read_bytes() == whole
    other = mix(replace(short, effects=()), tmp_path)
    assert other.key != first.key and other.path.read_bytes() != whole
    assert {path.name for path in tmp_path.iterdir()} == {
        "mix.wav", "dialogue.wav", "ambience.wav", "effects.wav", "music.wav", "music_and_effects.wav", "mix.json",
    }  # fmt: skip


def test_voices_stand_well_above_rain_and_the_bark_is_where_it_was_put(film: CueSheet, mixed: Mix) -> None:
    voice, bed, hits = (_read(p) for p in (mixed.stems.dialogue, mixed.stems.ambience, mixed.stems.effects))
    line = film.dialogue[0]
    part = slice(round(line.start_s * RATE), round((line.start_s + line.duration_s) * RATE))
    assert _db(voice[part]) - _db(bed[part]) > 14
    assert _db(voice[: round(0.9 * RATE)]) < -100
    bark = hits[round(0.2 * RATE) : round(1.2 * RATE)]
    assert _db(bark[:, 0]) > _db(bark[:, 1]) + 2 and _db(hits[: round(0.19 * RATE)]) < -100


def test_the_bed_dips_before_a_line_and_comes_back_after_it(lines: list[DialogueCue], tmp_path: Path) -> None:
    line = replace(lines[2], start_s=5.0)
    end_s = 5.0 + line.duration_s
    sheet = CueSheet(duration_s=end_s + 5, dialogue=(line,), ambience=(_rain(end_s + 5),))
    bed = _read(mix(sheet, tmp_path).stems.ambience)

    def level(begin_s: float, length_s: float = 1.0) -> float:
        return _db(bed[round(begin_s * RATE) : round((begin_s + length_s) * RATE)])

    before, under, after = level(3.0), level(5.0, line.duration_s), level(end_s + 1.5, 2.0)
    assert before - under == pytest.approx(4.0, abs=1.2) and after - before == pytest.approx(0.0, abs=1.2)


def test_no_click_where_places_change_lines_end_or_the_film_does(mixed: Mix) -> None:
    bed, whole = _read(mixed.stems.ambience), _read(mixed.path)
    steps = np.abs(np.diff(bed, axis=0)).max(axis=1)
    change = slice(round(7.6 * RATE), round(8.4 * RATE))
    assert steps[change].max() < 1.5 * np.percentile(steps, 99.99)
    power = np.square(bed[round(6.5 * RATE) : round(9.5 * RATE)]).reshape(60, -1).mean(axis=1)
    assert power.min() > 0.02 * power.max(), "the room tone stops at the cut"
    assert np.abs(whole[-1]).max() < 1e-4 and np.abs(whole[0]).max() < 1e-3


def test_captions_begin_with_the_voice_in_the_film(film: CueSheet, mixed: Mix) -> None:
    voice = np.abs(_read(mixed.stems.dialogue)).max(axis=1)
    checked = 0
    for caption in captions(film):
        if voice[max(0, round((caption.start_s - 0.2) * RATE)) : round((caption.start_s - 0.1) * RATE)].max() > 0.01:
            continue  # the speech runs on from the caption before
        onset = np.flatnonzero(voice[round((caption.start_s - 0.1) * RATE) :] > 0.02)[0] / RATE - 0.1
        assert abs(onset) < 0.08, caption
        checked += 1
    assert checked >= 4


def test_a_line_cut_off_in_its_middle_fades(lines: list[DialogueCue], tmp_path: Path) -> None:
    cut = replace(lines[0], duration_s=1.3, words=())
    dry = replace(cut, heard="voice_over")
    alone = _read(mix(CueSheet(duration_s=4, dialogue=(dry,)), tmp_path / "dry").stems.dialogue)
    assert _db(alone[round((cut.start_s + 1.5) * RATE) :]) < -90
    voice = _read(mix(CueSheet(duration_s=4, dialogue=(cut,)), tmp_path).stems.dialogue)
    steps = np.abs(np.diff(voice, axis=0)).max(axis=1)
    edge = round((cut.start_s + 1.3) * RATE)
    assert steps[edge - 200 : edge + 4000].max() < 0.5 * steps[: edge - 200].max()
    assert _db(voice[edge + RATE // 2 :]) < -80, "the room rings no longer than it would"


@pytest.mark.parametrize("heard", ["on_screen", "off_screen", "voice_over", "phone"])
def test_how_a_voice_is_heard_shapes_its_spectrum(lines: list[DialogueCue], tmp_path: Path, heard: str) -> None:
    def bands(cue: DialogueCue, name: str) -> tuple[float, float, float]:
        stem = _read(mix(CueSheet(duration_s=8, dialogue=(cue,)), tmp_path / name).stems.dialogue)
        power = np.abs(np.fft.rfft(stem.mean(axis=1))) ** 2
        hz = np.fft.rfftfreq(len(stem), 1 / RATE)
        parts = [power[(hz >= low) & (hz < high)].sum() for low, high in ((50, 220), (500, 2500), (4500, 10_000))]
        return tuple(10 * math.log10(part / parts[1]) for part in (parts[0], parts[1], parts[2]))  # type: ignore[return-value]

    low, _, high = bands(replace(lines[1], heard=heard), heard)  # type: ignore[arg-type]
    close_low, _, close_high = bands(lines[1], "close")
    if heard == "phone":
        assert low < close_low - 10 and high < close_high - 10
    elif heard == "off_screen":
        assert high < close_high - 3
    elif heard == "voice_over":
        assert low > close_low + 1
    else:
        assert (low, high) == (close_low, close_high)


def test_a_far_voice_is_softer_and_has_more_room(lines: list[DialogueCue], tmp_path: Path) -> None:
    room = AmbienceCue(place_kind="corridor", interior=True, start_s=0, end_s=20)
    near, far = (
        _read(
            mix(
                CueSheet(
                    duration_s=20, dialogue=(lines[0], replace(lines[1], distance_m=d, start_s=9)), ambience=(room,)
                ),
                tmp_path / str(d),
            ).stems.dialogue
        )
        for d in (1.0, 6.0)
    )
    part = slice(9 * RATE, round((9 + lines[1].duration_s) * RATE))
    assert 2.0 < (_db(near[part]) - _db(near[: 8 * RATE])) - (_db(far[part]) - _db(far[: 8 * RATE])) < 5.0
    end = round((9 + lines[1].duration_s) * RATE)
    tail = slice(end + RATE // 100, end + RATE // 30)
    assert _db(far[tail]) - _db(far[part]) > _db(near[tail]) - _db(near[part])


def test_a_silent_film_keeps_its_room_tone_soft(tmp_path: Path) -> None:
    room = AmbienceCue(place_kind="living_room", interior=True, start_s=0, end_s=6)
    made = mix(CueSheet(duration_s=6, ambience=(room,)), tmp_path)
    assert -50 < made.integrated_lufs < -38 and made.gain_db == 0
    assert any("Nobody speaks" in notice for notice in made.notices)


def test_a_word_in_a_long_silence_does_not_raise_the_room(lines: list[DialogueCue], tmp_path: Path) -> None:
    word = replace(lines[2], start_s=20.0, duration_s=0.6, words=())
    made = mix(CueSheet(duration_s=45, dialogue=(word,), ambience=(_rain(45, weather="clear"),)), tmp_path)
    bed = _read(made.stems.ambience)
    assert made.gain_db <= 6.0 and _db(bed[: 10 * RATE]) < -32
    assert any("speech fills too little" in notice for notice in made.notices)


def test_a_film_of_nothing_is_silence_of_its_length(tmp_path: Path) -> None:
    made = mix(CueSheet(duration_s=1.25), tmp_path)
    assert made.integrated_lufs == -math.inf and not _read(made.path).any() and len(_read(made.path)) == 60_000
    assert mix(CueSheet(duration_s=1.25), tmp_path) == made


def test_what_is_missing_or_unknown_is_left_out_with_a_notice(lines: list[DialogueCue], tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.wav"
    harmed.write_bytes(b"RIFF but not really")
    sheet = CueSheet(
        duration_s=10,
        dialogue=(
            replace(lines[0], path=tmp_path / "gone.wav"),
            replace(lines[1], path=harmed, start_s=2.0),
            replace(lines[2], start_s=5.0),
        ),
        effects=(EffectCue(name="a xylophone of doom", start_s=1),),
        music=(MusicCue(mood="tense", start_s=0, end_s=5),),
    )
    made = mix(sheet, tmp_path / "mix")
    told = "\n".join(made.notices)
    for part in (
        "gone.wav is missing",
        "harmed.wav cannot be read",
        "xylophone of doom' at 1.0 s",
        "no music was made for it",
    ):
        assert part in told
    assert _db(_read(made.stems.dialogue)[5 * RATE :]) > -40
    assert not _read(made.stems.music).any()


@pytest.mark.parametrize("duration_s", [0.0, -1.0, math.nan, math.inf])
def test_a_film_without_a_length_is_refused(tmp_path: Path, duration_s: float) -> None:
    with pytest.raises(SoundError, match="Fix:"):
        mix(CueSheet(duration_s=duration_s), tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SoundError, match="cannot be written"):
        mix(CueSheet(duration_s=1), tmp_path / "file" / "mix")


def test_cues_and_speech_stay_light_to_import() -> None:
    code = "import sys, audio.cues, audio.speech, audio.errors, audio.voices; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert all(f"'{heavy}'" not in loaded for heavy in ("numpy", "scipy", "soundfile", "pydub", "pysubs2"))


@pytest.mark.slow
def test_memory_does_not_grow_with_the_films_length(lines: list[DialogueCue], tmp_path: Path) -> None:
    code = """
import resource, sys
from pathlib import Path
from audio.captions import captions
from audio.cues import AmbienceCue, CueSheet, DialogueCue
from audio.mix import mix
path, seconds = Path(sys.argv[1]), int(sys.argv[2])
lines = tuple(
    DialogueCue(speaker="A", text="A.", path=path, start_s=at, duration_s=4.0) for at in range(1, seconds - 5, 6)
)
bed = AmbienceCue(place_kind="kitchen", interior=True, start_s=0, end_s=seconds)
mix(CueSheet(duration_s=seconds, dialogue=lines, ambience=(bed,)), Path(sys.argv[3]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peak = {}
    for seconds in (20, 140):
        done = subprocess.run(
            [sys.executable, "-c", code, str(lines[0].path), str(seconds), str(tmp_path / str(seconds))],
            capture_output=True,
            check=True,
            text=True,
        )
        peak[seconds] = int(done.stdout)
    assert peak[140] < 1.15 * peak[20], peak
