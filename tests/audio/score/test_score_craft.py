"""The composer's craft by itself: tempo on hits, motifs, progressions, led voices, words for moods."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest

from audio.score.feeling import feeling_of
from audio.score.harmony import cadence_of, chord_on, progression
from audio.score.keys import SCALES, Key
from audio.score.motif import augmented, heads, motif_of, motifs_of
from audio.score.tempo import BEND, Grid, Moment, bars_for
from audio.score.voicing import RANGES, voiced


@pytest.mark.parametrize("beats", [3, 4, 6])
def test_bars_fall_on_the_moments_that_matter(beats: int) -> None:
    missed = moments = 0
    for seed in range(20):
        rng = Random(seed)
        at, wanted = 0.0, []
        while (at := at + rng.uniform(5, 15)) < 80:
            wanted.append(Moment(at, 2.0))
        grid = bars_for(84.0, wanted, beats, (2.4, 3.4), Random(seed))
        lengths_s = np.diff(grid.bars_s)
        assert lengths_s.min() >= 2.4 * (1 - BEND) - 1e-9
        assert lengths_s.max() <= 3.4 * (1 + BEND) + 1e-9
        assert 0 <= grid.bars_s[0] < 3.4
        assert grid.bars_s[-1] >= 84.0 - 1e-6
        pulses_s = np.array(grid.pulses_s)
        moments += len(wanted)
        missed += sum(np.abs(pulses_s - moment.time_s).min() > 1 / 24 for moment in wanted)
    assert missed <= (0.3 if beats == 3 else 0.08) * moments  # a bar of three has no middle


def test_what_matters_more_is_met_first() -> None:
    weak, strong = Moment(1.0, 0.25), Moment(1.3, 3.0)
    grid = bars_for(20.0, [weak, strong], 4, (3.0, 3.2), Random(1))
    assert np.abs(np.array(grid.bars_s) - strong.time_s).min() < 1e-9


def test_beats_and_seconds_are_each_others_inverse() -> None:
    grid = Grid((0.4, 1.4, 2.45, 3.5, 4.5), 4)
    assert grid.bars_s == (0.4, 2.45, 4.5)
    for beat in np.linspace(-1, 9, 41):
        assert grid.beat_at(grid.time_s(float(beat))) == pytest.approx(beat)
    assert grid.time_s(2) == 1.4


def test_a_motif_is_its_characters_and_unlike_the_others() -> None:
    names = ["MARA", "JONAS", "THE OLD MAN", "林", "Ada", "DR. OKAFOR", "PILOT"]
    motifs = motifs_of(names)
    assert motif_of("mara  ") == motif_of("MARA") == motifs["MARA"]
    assert len({motif.rhythm for motif in motifs.values()}) == len(names)
    for one, other in combinations(motifs.values(), 2):
        steps = list(zip(one.intervals, other.intervals, strict=False))
        assert np.mean([abs(a - b) for a, b in steps]) >= 1.5
    for motif in motifs.values():
        assert motif.degrees[-1] % 7 in (0, 2, 4)
        assert max(abs(step) for step in motif.intervals) >= 3  # one leap to know it by
        for beats in (3, 4, 6):
            line = motif.line(beats)
            assert all(b.beat == pytest.approx(a.beat + a.beats) for a, b in pairwise(line))
            assert line[-1].beat < 2 * beats
            slow = augmented(line)
            assert [s.degree for s in slow] == [s.degree for s in line]
            head = heads(line, beats)
            assert [s.degree for s in head] == [s.degree for s in line][: len(head)]
            assert head[-1].beat + head[-1].beats <= beats + 2.0


@pytest.mark.parametrize("mode", list(SCALES))
def test_progressions_end_on_their_cadence_and_carry_the_melody(mode: str) -> None:
    key = Key(2, mode)  # type: ignore[arg-type]
    fits = trials = 0
    for seed in range(30):
        rng = Random(seed)
        sung = [[(rng.choice((0, 2, 4, 5, 3)), 2.0)] for _ in range(8)]
        cadence = cadence_of(key, "full", rng)
        degrees = progression(key, 8, start=0, before=None, cadence=cadence, sung=sung, rng=rng)
        assert len(degrees) == 8
        assert degrees[0] == 0
        assert degrees[-2:] == cadence
        assert degrees[-1] == 0
        for degree, ((note, _),) in list(zip(degrees, sung, strict=True))[1:-2]:
            trials += 1
            fits += key.pitch_class(note) in chord_on(key, degree).tones
    assert fits / trials > 0.75


def test_chords_take_only_colours_that_do_not_grate() -> None:
    for mode in SCALES:
        for tonic in range(12):
            key = Key(tonic, mode)
            for degree in range(7):
                ninth = chord_on(key, degree, colour="ninth")
                assert ninth.added is None or (ninth.added - ninth.tones[0]) % 12 == 2
                fourth = chord_on(key, degree, colour="fourth")
                assert (fourth.tones[1] - fourth.tones[0]) % 12 in (3, 4, 5)
    assert chord_on(Key(9, "aeolian"), 4, leading=True).tones[1] == 8  # G sharp in A minor
    assert chord_on(Key(9, "harmonic_minor"), 2).tones == (0, 4, 7)  # its third degree keeps the natural seventh


def test_voices_are_led() -> None:
    steps: list[int] = []
    parallels = 0
    for seed in range(25):
        rng = Random(seed)
        key = Key(rng.randrange(12), rng.choice(list(SCALES)))
        sung: list[list[tuple[int, float]]] = [[] for _ in range(16)]
        degrees = progression(key, 16, start=0, before=None, cadence=cadence_of(key, "full", rng), sung=sung, rng=rng)
        chords = [chord_on(key, d, leading=d == 4, colour=rng.choice(("", "", "ninth", "fourth"))) for d in degrees]
        voicings = voiced(chords, [66.0] * 16, pedal=[None] * 16)
        for chord, voicing in zip(chords, voicings, strict=True):
            assert all(low <= pitch <= high for pitch, (low, high) in zip(voicing, RANGES, strict=True))
            assert list(voicing) == sorted(set(voicing))
            assert {pitch % 12 for pitch in voicing} <= chord.pitch_classes
            assert chord.tones[1] in {pitch % 12 for pitch in voicing}
        assert voicings[0][0] % 12 == chords[0].tones[0]
        assert voicings[-1][0] % 12 == key.tonic
        for before, after in pairwise(voicings):
            steps += [abs(b - a) for a, b in zip(before[1:], after[1:], strict=True)]
            bass, top = after[0] - before[0], after[3] - before[3]
            if bass and top and (bass > 0) == (top > 0):
                same = (before[3] - before[0]) % 12 == (after[3] - after[0]) % 12
                parallels += same and (after[3] - after[0]) % 12 in (0, 7)
    assert parallels == 0
    assert np.mean(steps) < 2.2
    assert np.percentile(steps, 98) <= 7


def test_a_held_bass_stays() -> None:
    key = Key(0, "aeolian")
    chords = [chord_on(key, degree) for degree in (0, 5, 3, 6, 0)]
    assert {voicing[0] for voicing in voiced(chords, [66.0] * 5, pedal=[0] * 5)} == {48}


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("quiet", "quiet"),
        ("Bittersweet farewell", "sad"),
        ("brooding menace", "tense"),
        ("a frantic chase", "urgent"),
        ("tender and nostalgic", "quiet"),
        ("hopeful, triumphant", "warm"),
        ("wry, mischievous", "comic"),
        ("urgnt", "urgent"),
        ("", "neutral"),
        ("¿?", "neutral"),
    ],
)
def test_words_go_to_the_nearest_mood(words: str, mood: str) -> None:
    assert feeling_of(words).mood == mood
