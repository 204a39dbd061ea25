"""A user's temp track: read from any format, at our level, cut where it bears it; what it cannot do is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.cues import CueSheet, MusicCue
from audio.errors import SoundError
from audio.score.temp_track import Track, conform, open_track, spread
from tests.audio.score.playing import RATE, db, lufs, read

BEAT_S = 0.5


def music(duration_s: float, rate_hz: int = RATE) -> np.ndarray:
    """Struck chords on each beat, four bars that come again and again: (n, 2)."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    since = time_s % BEAT_S
    beat = (time_s // BEAT_S).astype(int) % 8
    hz = np.array([220.0, 262.0, 330.0, 262.0, 196.0, 247.0, 294.0, 392.0])[beat]
    tone = np.sin(2 * np.pi * hz * since) + 0.4 * np.sin(4 * np.pi * hz * since)
    mono = tone * np.exp(-since / 0.15) * np.minimum(1.0, since / 0.004) * np.minimum(1.0, (BEAT_S - since) / 0.01)
    return np.stack((0.3 * mono, 0.27 * mono), axis=1).astype(np.float32)


def opened(tmp_path: Path, samples: np.ndarray, name: str = "temp.wav", rate_hz: int = RATE) -> Track:
    soundfile.write(tmp_path / name, samples, rate_hz)
    return open_track(tmp_path / name, tmp_path, RATE, most_s=600.0)


def cues(*spans: tuple[float, float], duration_s: float = 60.0) -> CueSheet:
    return CueSheet(duration_s=duration_s, music=tuple(MusicCue(mood="warm", start_s=a, end_s=b) for a, b in spans))


def jump(samples: np.ndarray) -> float:
    return float(np.abs(np.diff(samples, n=2, axis=0)).max())


@pytest.mark.parametrize(
    ("name", "rate_hz"), [("t.wav", 44_100), ("t.flac", 48_000), ("t.ogg", 22_050), ("t.mp3", 44_100)]
)
def test_formats_and_rates_are_read_at_our_level(name: str, rate_hz: int, tmp_path: Path) -> None:
    track = opened(tmp_path, music(6.0, rate_hz), name, rate_hz)
    assert abs(track.duration_s - 6.0) < 0.1
    edit, _ = conform(track, 0.0, 5.0, cut=True)
    track.write(edit, tmp_path / "out.wav")
    samples = read(tmp_path / "out.wav")
    assert len(samples) == 5 * RATE
    assert abs(lufs(samples) + 20.0) < 1.0
    freqs = np.fft.rfftfreq(RATE // 4, 1 / RATE)
    heard = freqs[np.abs(np.fft.rfft(samples[: RATE // 4, 0])).argmax()]
    assert abs(heard - 220) < 6


def test_a_track_as_long_as_the_film_keeps_its_own_time(tmp_path: Path) -> None:
    track = opened(tmp_path, music(20.0))
    edits, notices = spread(track, cues((3.0, 7.0), (11.0, 15.0), duration_s=20.3))
    assert [edit.spans[0].track_s for edit in edits] == [3.0, 11.0]
    assert not notices


def test_a_longer_track_is_used_up_cue_by_cue_from_onset_to_onset(tmp_path: Path) -> None:
    track = opened(tmp_path, music(40.0))
    edits, notices = spread(track, cues((2.0, 9.3), (20.0, 27.0)))
    assert not notices
    assert [len(edit.spans) for edit in edits] == [1, 1]
    begins_s = edits[1].spans[0].track_s
    assert abs(begins_s - 7.3) < 0.6
    assert abs((begins_s + 0.03 + BEAT_S / 2) % BEAT_S - BEAT_S / 2) < 0.06, "it begins on a beat"


def test_a_short_track_goes_round_in_time_and_says_so(tmp_path: Path) -> None:
    track = opened(tmp_path, music(12.3))
    edits, notices = spread(track, cues((0.0, 30.0)))
    (edit,) = edits
    assert len(edit.spans) >= 3
    assert "goes round" in notices[0]
    assert "12.3 s" in notices[0]
    track.write(edit, tmp_path / "round.wav")
    samples = read(tmp_path / "round.wav")
    assert len(samples) == 30 * RATE
    for before, after in zip(edit.spans, edit.spans[1:], strict=False):
        assert before.at_s + before.length_s == pytest.approx(after.at_s, abs=1e-5)
        back_s = before.track_s + before.length_s - after.track_s
        assert abs((back_s + 2.0) % 4.0 - 2.0) < 0.08, "what comes round is at the same beat of the same bar"
    # One beat is as loud as the next, over every seam; no seam clicks.
    levels = [db(samples[round(t * RATE) : round((t + 0.5) * RATE)]) for t in np.arange(0.0, 27.5, 0.5)]
    assert max(levels) - min(levels) < 3.5
    assert jump(samples) < 1.5 * jump(np.asarray(track.samples) * track.gain)


def test_the_end_fades_or_is_cut_as_the_cue_says(tmp_path: Path) -> None:
    track = opened(tmp_path, music(20.0))
    for name, cut in (("faded", False), ("cut", True)):
        track.write(conform(track, 0.0, 10.0, cut=cut)[0], tmp_path / f"{name}.wav")
    faded, cut_ = (read(tmp_path / f"{name}.wav")[-round(0.5 * RATE) :] for name in ("faded", "cut"))
    assert db(cut_) > db(faded) + 8
    assert np.abs(cut_[-1]).max() < 1e-3
    assert np.abs(faded[-1]).max() < 1e-3


def test_what_is_no_sound_is_an_error_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.mp3").write_bytes(b"not a sound" * 500)
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n")
    soundfile.write(tmp_path / "tiny.wav", np.zeros(100, np.float32), RATE)
    for name in ("broken.mp3", "list.m3u8", "tiny.wav"):
        with pytest.raises(SoundError, match=name):
            open_track(tmp_path / name, tmp_path, RATE, most_s=60.0)


def test_a_file_that_breaks_off_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "whole.flac", music(8.0), RATE)
    data = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "half.flac").write_bytes(data[: len(data) // 2])
    track = open_track(tmp_path / "half.flac", tmp_path, RATE, most_s=60.0)
    assert 2.0 < track.duration_s < 6.0


def test_no_more_is_decoded_than_the_film_can_hold(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", music(9.0), RATE)
    assert open_track(tmp_path / "long.wav", tmp_path, RATE, most_s=4.0).duration_s == pytest.approx(4.0)
