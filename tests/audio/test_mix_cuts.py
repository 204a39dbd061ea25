"""The mix across cuts: ducking by measure, room tone, tails, clicks, stems, what is kept, and what is told."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audio import ambience, impulse
from audio.buses import Beds, Sounds
from audio.cues import AmbienceCue, CueSheet, DialogueCue, EffectCue, MusicCue
from audio.loudness import HOPS_S, LoudnessMeter
from audio.mix import Mix, _dialogue, mix
from audio.placed import Placed
from audio.rooms import room_of
from tests.audio.clicks import CLICK, sharpest, sharpness
from tests.audio.spoken import spoken

RATE = 48_000
HOME, CHURCH = room_of("living_room", True), room_of("church", True)
CUT_S = 6.0


def music(path: Path, seconds: float, level_db: float = -12.0, wide: float = 0.2) -> Path:
    """Writes a chord that never rests; `wide` of −1 has its sides cancel each other."""
    time = np.arange(round(seconds * RATE)) / RATE
    left, right = (
        sum(np.sin(2 * np.pi * hz * time + side * index) for index, hz in enumerate((110, 165, 220, 277, 660, 1320)))
        for side in (0.0, wide if wide > 0 else 0.0)
    )
    pair = np.stack((left, right if wide > 0 else -right), axis=1) * 10 ** (level_db / 20) / 2.45
    soundfile.write(path, pair.astype(np.float32), RATE, subtype="PCM_24")
    return path


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> CueSheet:
    """At home for six seconds, then in church: 12 s. A line runs over the cut, a loud track under three lines."""
    folder = tmp_path_factory.mktemp("film")

    def line(start_s: float, seconds: float, seed: int, **how: object) -> DialogueCue:
        path = spoken(folder / f"{seed}.wav", seconds, 110 + 25 * seed, seed)
        return DialogueCue(speaker="A", text="A.", path=path, start_s=start_s, duration_s=seconds, **how)  # type: ignore[arg-type]

    return CueSheet(
        duration_s=12.0,
        dialogue=(
            line(1.0, 1.6, 1, distance_m=0.8, room=HOME),
            line(3.0, 1.2, 2, distance_m=6.0, room=HOME, pan=-0.5),
            line(5.3, 1.2, 3, distance_m=1.5, room=CHURCH),
        ),
        ambience=(
            AmbienceCue(place_kind="living_room", interior=True, start_s=0, end_s=CUT_S + 0.4, room=HOME),
            AmbienceCue(
                place_kind="church", interior=True, start_s=CUT_S - 0.4, end_s=12.0, fade_in_s=0.8, room=CHURCH, seed=3
            ),
        ),
        effects=(EffectCue(name="door slam", start_s=8.0, distance_m=4, room=CHURCH),),
        music=(
            MusicCue(mood="tense", start_s=0.5, end_s=8.5, path=music(folder / "m.wav", 20.0, -3.0), ends="cut"),
            MusicCue(mood="warm", start_s=9.5, end_s=10.5, path=music(folder / "n.wav", 1.8, -9.0), title="1m2"),
        ),
    )


@pytest.fixture(scope="module")
def mixed(film: CueSheet, tmp_path_factory: pytest.TempPathFactory) -> Mix:
    return mix(film, tmp_path_factory.mktemp("mix"))


def _read(path: Path) -> np.ndarray:
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == RATE
    return samples


def _powers(samples: np.ndarray) -> np.ndarray:
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    return meter.powers()


def _lufs(powers: np.ndarray, start_s: float, end_s: float, *, pauses: bool = True) -> float:
    part = powers[round(start_s * HOPS_S) : round(end_s * HOPS_S)]
    if not pauses:
        part = part[part > part.max() / 30]
    return -0.691 + 10 * math.log10(part.mean() + 1e-12)


def test_speech_stands_nine_units_above_a_loud_track_in_every_line(film: CueSheet, mixed: Mix) -> None:
    speech, score = _powers(_read(mixed.stems.dialogue)), _powers(_read(mixed.stems.music))
    for cue, told in zip(film.dialogue, mixed.lines, strict=True):
        end_s = cue.start_s + cue.duration_s
        above = _lufs(speech, cue.start_s, end_s, pauses=False) - _lufs(score, cue.start_s, end_s)
        assert above >= 9.0, cue
        assert told.above_music_lu == pytest.approx(above, abs=1.5)
        assert told.lufs == pytest.approx(_lufs(speech, cue.start_s, end_s, pauses=False), abs=1.0)
        assert told.intelligibility > 0.45
    assert _lufs(score, 7.4, 8.4) > _lufs(score, 3.2, 4.0) + 3, "it comes back when nobody speaks"


def test_room_tone_never_stops(mixed: Mix) -> None:
    whole = _read(mixed.path)[round(0.1 * RATE) : -round(0.1 * RATE)]
    blocks = np.square(whole[: len(whole) // 4800 * 4800]).reshape(-1, 4800 * 2).mean(axis=1)
    assert 10 * np.log10(blocks.min() + 1e-20) > -75


def test_places_that_only_touch_or_nearly_do_leave_no_hole() -> None:
    for gap_s in (0.0, 2.0):
        beds = Beds(
            [
                AmbienceCue(place_kind="kitchen", interior=True, start_s=0, end_s=4.0),
                AmbienceCue(place_kind="kitchen", interior=True, start_s=4.0 + gap_s, end_s=9.0, seed=1),
            ],
            RATE,
            None,
            Placed(None),
        )
        power = np.square(beds.read(0, 8 * RATE)).reshape(80, -1).mean(axis=1)
        assert power[10:].min() > 0.2 * np.median(power[10:]), gap_s


def test_a_place_is_heard_before_it_is_seen_and_fades_as_it_is_told() -> None:
    beds = Beds(
        [AmbienceCue(place_kind="kitchen", interior=True, start_s=2.0, end_s=6.0, fade_in_s=2.0, fade_out_s=0.5)],
        RATE,
        None,
        Placed(None),
    )
    power = np.square(beds.read(0, 7 * RATE)).reshape(70, -1).mean(axis=1)
    assert not power[:20].any() and not power[60:].any()
    assert power[20:24].mean() < 0.1 * power[40:54].mean()
    assert 0.3 < power[28:32].mean() / power[40:54].mean() < 0.75, "half the power in the middle of the fade"
    assert power[54:].min() < 0.5 * power[50] and power[53] > 0.5 * power[45:50].mean()


def test_no_click_at_any_edit(film: CueSheet, mixed: Mix) -> None:
    whole = _read(mixed.path)
    edits = [0.0, CUT_S - 0.4, CUT_S, CUT_S + 0.4, 8.5, 9.5, 11.3, 12.0]
    edits += [time_s for cue in film.dialogue for time_s in (cue.start_s, cue.start_s + cue.duration_s)]
    score = _read(mixed.stems.music)
    for time_s in edits:
        assert sharpest(whole, RATE, time_s) < CLICK, time_s
        if not 9.4 < time_s < 9.6:  # a chord at full strength begins there
            assert sharpest(score, RATE, time_s) < CLICK, time_s


def test_the_detector_hears_a_cut_in_a_tone_and_no_click_in_speech(tmp_path: Path) -> None:
    tone = np.stack([np.sin(2 * np.pi * 220 * np.arange(RATE) / RATE)] * 2, axis=1).astype(np.float32) * 0.1
    at = RATE // 2 + 55  # at its crest
    tone[at:] *= 0.6
    assert sharpness(tone, RATE)[at - 50 : at + 50].max() > 3 * CLICK
    tone[:at] *= 0.6
    assert sharpest(tone, RATE, 0.5) < CLICK
    clip, _ = soundfile.read(spoken(tmp_path / "a.wav", 2.0), dtype="float32")
    assert sharpness(np.stack([clip, clip], axis=1), 22_050).max() < CLICK


def test_music_that_is_cut_stops_and_music_that_ends_rings(mixed: Mix) -> None:
    power = np.square(_read(mixed.stems.music)).reshape(1200, -1).mean(axis=1)
    assert power[844] > 1e-6 and not power[851:949].any(), "cut off at 8.5 s"
    assert power[1100] > 1e-6 and not power[1131:].any(), "its file ends at 11.3 s"


def test_a_voice_rings_on_over_the_cut(film: CueSheet, mixed: Mix, tmp_path: Path) -> None:
    speech = _read(mixed.stems.dialogue)
    end_s = 6.5

    def tail_db(samples: np.ndarray, end_s: float) -> float:
        tail = samples[round((end_s + 0.5) * RATE) : round((end_s + 0.9) * RATE)]
        return 10 * math.log10(float(np.square(tail).mean()) + 1e-16)

    assert tail_db(speech, end_s) > -75
    dry = replace(film, dialogue=tuple(replace(cue, room=HOME) for cue in film.dialogue), music=(), ambience=())
    assert tail_db(_read(mix(dry, tmp_path).stems.dialogue), end_s) < tail_db(speech, end_s) - 25


def test_music_and_effects_is_the_mix_without_the_voices(mixed: Mix) -> None:
    stems = mixed.stems
    rest = sum((_read(path) for path in (stems.ambience, stems.effects, stems.music)), np.zeros(1, np.float32))
    difference = float(np.square(rest - _read(mixed.music_and_effects)).mean())
    assert difference < 1e-6 * float(np.square(rest).mean())


def test_what_is_placed_is_kept_and_only_what_changed_is_made(film: CueSheet, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    slam = replace(film.effects[0], start_s=3.0)
    short = replace(film, duration_s=4.5, dialogue=film.dialogue[:2], ambience=(), music=(), effects=(slam,))
    first = mix(short, tmp_path / "a", cache=kept)
    held = {path.name: path.stat().st_ino for path in kept.iterdir()}
    assert len(held) == 3
    moved = replace(short, dialogue=(replace(short.dialogue[0], start_s=1.3, shot="x"), short.dialogue[1]))
    assert mix(moved, tmp_path / "b", cache=kept).key != first.key
    assert {path.name: path.stat().st_ino for path in kept.iterdir()} == held, "a recut moves, and makes nothing"
    harmed = kept / sorted(held)[0]
    harmed.write_bytes(harmed.read_bytes()[:500])
    other = replace(short, effects=(replace(slam, seed=9),))
    again = mix(other, tmp_path / "c", cache=kept)
    impulse._echo.cache_clear()
    assert len(list(kept.iterdir())) == 4 and again.path.read_bytes() == mix(other, tmp_path / "d").path.read_bytes()


def test_a_bed_that_is_kept_is_the_bed_that_is_made(tmp_path: Path) -> None:
    cue = AmbienceCue(place_kind="street", interior=False, start_s=0.0, end_s=14.0, weather="rain", seed=5, shot="S1.1")
    made = ambience.bed(cue, RATE).read(round(13.0 * RATE))
    middle = slice(round(1.0 * RATE), round(12.0 * RATE))

    def heard(cue: AmbienceCue, placed: Placed) -> NDArray[np.float32]:
        beds, step = Beds([cue], RATE, None, placed), round(1.7 * RATE)
        return np.concatenate([beds.read(at, min(at + step, 13 * RATE)) for at in range(0, 13 * RATE, step)])

    first = Placed(tmp_path)
    assert np.array_equal(heard(cue, first)[middle], made[middle]) and first.made == 2
    again = Placed(tmp_path)
    later = heard(replace(cue, start_s=0.5, end_s=13.5, shot="S1.2"), again)
    moved = slice(middle.start + RATE // 2, middle.stop)
    assert np.array_equal(later[moved], made[moved.start - RATE // 2 : moved.stop - RATE // 2])
    assert again.made == 0, "a scene that moves brings its bed with it"
    (tmp_path / sorted(path.name for path in tmp_path.iterdir())[0]).unlink()
    third = Placed(tmp_path)
    assert np.array_equal(heard(cue, third)[middle], made[middle]) and third.made == 1
    assert heard(replace(cue, end_s=2000.0), Placed(tmp_path / "long")).any()
    assert not (tmp_path / "long").exists(), "the voices of a long film are not driven out by its beds"


def test_the_kept_are_bounded_and_the_longest_unused_go(tmp_path: Path) -> None:
    sound = np.zeros((1000, 2), np.float32)
    placed = Placed(tmp_path, most_bytes=20_000)
    for index in range(4):
        placed.get(f"k{index}", lambda: sound)
        os.utime(tmp_path / f"k{index}.npy", (index, index))
    placed.get("k0", lambda: sound)
    placed.trim()
    assert {path.stem for path in tmp_path.iterdir()} == {"k0", "k3"} and placed.made == 4


def test_sides_that_cancel_in_mono_are_told(film: CueSheet, tmp_path: Path) -> None:
    bad = MusicCue(mood="odd", start_s=0, end_s=5.0, path=music(tmp_path / "bad.wav", 5.0, wide=-1.0))
    made = mix(CueSheet(duration_s=5.0, music=(bad,)), tmp_path / "bad")
    assert made.measured.mono_loss_lu > 20 and any("In mono" in notice for notice in made.notices)
    good = MusicCue(mood="odd", start_s=0, end_s=5.0, path=music(tmp_path / "good.wav", 5.0))
    made = mix(CueSheet(duration_s=5.0, music=(good,)), tmp_path / "good")
    assert made.measured.mono_loss_lu < 1.0 and not made.notices
    assert made.integrated_lufs == pytest.approx(-16, abs=0.5)


def test_a_line_drowned_in_noise_gets_more_room_and_is_told_when_that_is_not_enough(
    film: CueSheet, tmp_path: Path
) -> None:
    line = replace(film.dialogue[0], start_s=1.0)

    def among(gain_db: float) -> Mix:
        sheet = CueSheet(
            duration_s=4.0,
            dialogue=(line,),
            effects=(EffectCue(name="applause", start_s=0.2, duration_s=3.5, gain_db=gain_db, distance_m=1.0),),
        )
        return mix(sheet, tmp_path / str(gain_db))

    clear, busy, lost = among(-30.0), among(18.0), among(34.0)
    assert clear.lines[0].farther_db == 0 < busy.lines[0].farther_db <= lost.lines[0].farther_db
    assert clear.lines[0].intelligibility > busy.lines[0].intelligibility > lost.lines[0].intelligibility
    assert any("hard to understand at 1.0 s" in notice for notice in lost.notices) and not clear.notices


def test_music_that_is_short_or_gone_is_told(film: CueSheet, tmp_path: Path) -> None:
    (tmp_path / "odd.wav").write_bytes(b"RIFF but not really")
    short = MusicCue(mood="sad", title="1m1", start_s=0, end_s=5.0, path=music(tmp_path / "short.wav", 2.0))
    gone = replace(short, title="1m2", path=tmp_path / "gone.wav")
    odd = replace(short, title="1m3", path=tmp_path / "odd.wav")
    made = mix(CueSheet(duration_s=5.0, music=(short, gone, odd)), tmp_path / "mix")
    told = "\n".join(made.notices)
    assert "'1m1' at 0.0 s ends early" in told and "gone.wav is missing" in told and "odd.wav cannot be read" in told


def test_a_track_at_another_rate_keeps_its_pitch_and_place(tmp_path: Path) -> None:
    time = np.arange(44_100 * 4) / 44_100
    tone = (0.2 * np.sin(2 * np.pi * 1000 * time)).astype(np.float32)
    soundfile.write(tmp_path / "t.wav", tone, 44_100)
    made = mix(
        CueSheet(duration_s=8.0, music=(MusicCue(mood="a", start_s=4.0, end_s=8.0, path=tmp_path / "t.wav"),)),
        tmp_path / "m",
    )
    score = _read(made.stems.music)[:, 0]
    spectrum = np.abs(np.fft.rfft(score[round(4.5 * RATE) : round(7.5 * RATE)]))
    assert np.fft.rfftfreq(3 * RATE, 1 / RATE)[spectrum.argmax()] == pytest.approx(1000, abs=0.5)
    assert sharpest(_read(made.stems.music), RATE, 5.0, 0.5) < CLICK, "no seam between blocks"
    assert not score[: 4 * RATE - 10].any()


def test_where_little_is_said_music_rises_so_that_speech_need_not_shout(film: CueSheet, tmp_path: Path) -> None:
    soft = MusicCue(mood="sad", start_s=0.0, end_s=10.0, path=music(tmp_path / "soft.wav", 10.0, -30.0))
    sheet = CueSheet(duration_s=10.0, dialogue=(film.dialogue[0],), music=(soft,))
    made = mix(sheet, tmp_path / "mix")
    score = _powers(_read(made.stems.music))
    assert made.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert made.lines[0].lufs < -16.0 + 6.5
    assert -9 < _lufs(score, 5.0, 9.0) - made.lines[0].lufs < -4
    assert made.lines[0].above_music_lu is not None and made.lines[0].above_music_lu >= 9.0


def test_a_speech_of_minutes_is_read_in_pieces_without_a_seam(tmp_path: Path) -> None:
    time = np.arange(62 * 16_000) / 16_000
    tone = (0.1 * np.sin(2 * np.pi * 300 * time) + 0.05 * np.sin(2 * np.pi * 900 * time)).astype(np.float32)
    soundfile.write(tmp_path / "long.wav", tone, 16_000)
    cue = DialogueCue(speaker="A", text="A.", path=tmp_path / "long.wav", start_s=1.0, duration_s=62.0, room=HOME)
    sounds = _dialogue(CueSheet(duration_s=64.0, dialogue=(cue,)), RATE, Placed(None), [])
    assert len(sounds) == 2
    around = Sounds(sounds).read(30 * RATE, 34 * RATE)
    assert sharpest(around, RATE, 2.0, 1.5) < CLICK
    power = np.square(around).reshape(80, -1).mean(axis=1)
    assert power.min() > 0.8 * power.max()
