"""When the words and phonemes of a line sound, from what an engine tells of its own. Only arithmetic."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from audio import words as written
from audio.speech import PhonemeTime, WordTime

__all__ = ["phoneme_times", "word_times"]


def phoneme_times(starts: Sequence[tuple[str, float]], cut_s: float, duration_s: float) -> tuple[PhonemeTime, ...]:
    """Returns phonemes from where each begins ("" for a pause), in a sound that `cut_s` was cut off from."""
    ends = [time_s for _, time_s in starts[1:]] + [cut_s + duration_s]
    out: list[PhonemeTime] = []
    for (ipa, start_s), end_s in zip(starts, ends, strict=True):
        start, end = max(0.0, start_s - cut_s), min(duration_s, end_s - cut_s)
        if end - start < 1e-4:
            continue
        if out and not ipa and not out[-1].ipa:
            out[-1] = PhonemeTime("", out[-1].start_s, end)
        else:
            out.append(PhonemeTime(ipa, start, end))
    return tuple(out)


def word_times(
    text: str,
    starts: Sequence[tuple[int, float]],
    phonemes: Sequence[PhonemeTime],
    cut_s: float,
    duration_s: float,
) -> tuple[WordTime, ...]:
    """Gives the written words of `text` the times of the spoken ones, which are others ("42" is two, "of the" one).

    Args:
        starts: (offset in the text, seconds) of each spoken word; `cut_s` was cut off from the sound since.
        phonemes: of the sound as it is, `duration_s` long, in order of time.
    """
    tokens = written.tokens(text)
    offsets, sounded_s = [offset for offset, _ in tokens], [phoneme.start_s for phoneme in phonemes]
    begun: list[float | None] = [None] * len(tokens)
    for position, time_s in starts:
        index = max(bisect_right(offsets, position) - 1, 0)
        at_s = min(duration_s, max(0.0, time_s - cut_s))
        if begun[index] is None:
            begun[index] = at_s
    begun[0] = begun[0] if begun[0] is not None else (phonemes[0].start_s if phonemes else 0.0)
    known = [index for index, at in enumerate(begun) if at is not None]
    out: list[WordTime] = []
    for index, after in zip(known, [*known[1:], len(tokens)], strict=True):
        first_s = begun[index] or 0.0
        until_s = (begun[after] or duration_s) if after < len(tokens) else duration_s
        first, last = (bisect_left(sounded_s, time_s - 1e-3) for time_s in (first_s, until_s))
        voiced = [phoneme for phoneme in phonemes[first:last] if phoneme.ipa]
        last_s = max((p.end_s for p in voiced), default=until_s)
        first_s = min((p.start_s for p in voiced), default=first_s)
        group = tokens[index:after]
        weight = [max(1, sum(c.isalnum() for c in word)) for _, word in group]
        edge, total = first_s, sum(weight)
        for (_, word), part in zip(group, weight, strict=True):
            end = edge + (last_s - first_s) * part / total
            out.append(WordTime(word, edge, min(duration_s, end)))
            edge = end
    return tuple(out)
