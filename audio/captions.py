"""Captions from the times of spoken words: cut where the sense allows, timed to the voice, easy to read.

At most two lines of 42 Latin or 18 Chinese characters, about 20 characters a second where the speech
leaves room, never two at once. Reads only a `CueSheet`; writes SRT, VTT or ASS by the file's suffix.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from audio.cues import CueSheet, DialogueCue
from audio.errors import SoundError
from audio.speech import WordTime
from audio.words import is_cjk, join, spoken, tokens

__all__ = ["Caption", "captions", "width", "write_srt"]

_LINE_WIDTH = 42.0
_CJK_WIDTH = 42.0 / 18.0
_CHARACTERS_PER_S = 20.0
_SHORTEST_S, _LONGEST_S = 1.0, 7.0
_LINGER_S = 0.35  # after the last word, where nothing follows
_NAME_WIDTH = 32.0
_GAP_S = 2.0 / 24.0  # between captions: the eye needs to see that it is another one
_CONNECTIVES = frozenset(
    """and but or so because that which who when where while if then than as for with to of in on at from by""".split()  # noqa: SIM905
)
_ARTICLES = frozenset(("the", "a", "an", "my", "your", "his", "her", "our", "their"))
_CJK_CLITICS = "的了吗呢吧着过们地得么啊"


@dataclass(frozen=True)
class Caption:
    """What stands on the screen from `start_s` to `end_s`, one entry a line."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]


def captions(cues: CueSheet) -> list[Caption]:
    """Returns the captions of all spoken words, in order, none overlapping.

    A speaker's name stands before the words when the speaker changes or is not seen.
    """
    out: list[Caption] = []
    speaker, heard = "", ""
    for cue in sorted(cues.dialogue, key=lambda cue: cue.start_s):
        named = cue.speaker != speaker or (cue.heard != heard and cue.heard != "on_screen")
        name = cue.speaker
        while width(name) > _NAME_WIDTH:
            name = name.rstrip("…")[:-1] + "…"
        made = _of_cue(cue, f"{name}: " if named and name else "")
        if made:
            speaker, heard = cue.speaker, cue.heard
        out += made
    return _apart(sorted(out, key=lambda caption: caption.start_s), cues.duration_s)


def write_srt(captions: Sequence[Caption], path: Path) -> None:
    """Writes the captions as SRT, or as VTT or ASS when `path` ends so; whole or not at all.

    Raises:
        SoundError: another suffix, or the file cannot be written.
    """
    import pysubs2

    suffix = path.suffix.lower().lstrip(".")
    if suffix not in {"srt", "vtt", "ass"}:
        raise SoundError(f"{path}: captions are not written as '.{suffix}'. Fix: end the name in .srt, .vtt or .ass.")
    subtitles = pysubs2.SSAFile()
    for caption in captions:
        # Braces are style tags to ASS, angle brackets to SRT and VTT: neither is meant by a writer.
        text = r"\N".join(caption.lines).translate(str.maketrans("{}<>", "()‹›"))
        start_ms, end_ms = round(caption.start_s * 1000), round(caption.end_s * 1000)
        subtitles.append(pysubs2.SSAEvent(start=start_ms, end=end_ms, text=text))
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(subtitles.to_string(suffix), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SoundError(f"{path}: cannot be written ({error}). Fix: free some disk space.") from error


def width(text: str) -> float:
    """Returns how wide `text` is in Latin characters: a Chinese one takes as much as 42/18 of them."""
    return sum(_CJK_WIDTH if _is_wide(character) else 1.0 for character in text)


def _is_wide(character: str) -> bool:
    return is_cjk(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff60"


def _of_cue(cue: DialogueCue, name: str) -> list[Caption]:
    words = cue.words or _even_words(cue)
    cuts = _cuts(words, name)
    out: list[Caption] = []
    for begin, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        if begin == end:
            continue
        text = (name if begin == 0 else "") + join([word.text for word in words[begin:end]])
        start_s = cue.start_s + words[begin].start_s
        out.append(Caption(start_s, cue.start_s + words[end - 1].end_s, _lines(text)))
    return out


def _even_words(cue: DialogueCue) -> tuple[WordTime, ...]:
    """The times of words that no engine gave: by their share of the letters."""
    texts = [word for _, word in tokens(spoken(cue.text)) if any(c.isalnum() for c in word)]
    total = sum(len(text) for text in texts)
    edge, out = 0.0, []
    for text in texts:
        end = edge + cue.duration_s * len(text) / total
        out.append(WordTime(text, edge, end))
        edge = end
    return tuple(out)


def _cuts(words: Sequence[WordTime], name: str) -> list[int]:
    """Chooses where a new caption begins: least total cost over all ways to cut (dynamic programming)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options: list[tuple[float, int]] = []
        for begin in range(end - 1, max(-1, end - 60), -1):
            text = (name if begin == 0 else "") + join([word.text for word in words[begin:end]])
            if begin < end - 1 and not _fits(text):
                break
            options.append((best[begin][0] + _cost(words, begin, end, text), begin))
        best.append(min(options))
    cuts: list[int] = []
    at = len(words)
    while at > 0:
        at = best[at][1]
        cuts.append(at)
    return sorted(cut for cut in cuts if cut > 0)


def _cost(words: Sequence[WordTime], begin: int, end: int, text: str) -> float:
    lasts_s = words[end - 1].end_s - words[begin].start_s
    cost = 2.0  # of one more caption
    if end < len(words):
        cost += _break_cost(words[end - 1].text, words[end].text)
        lasts_s = words[end].start_s - words[begin].start_s
    pauses = [after.start_s - before.end_s for before, after in pairwise(words[begin:end])]
    cost += 4.0 * sum(pause > 0.8 for pause in pauses)  # a caption must not tell what comes after a silence
    cost += 4.0 * max(0.0, _SHORTEST_S - lasts_s) + 2.0 * max(0.0, lasts_s - _LONGEST_S)
    return cost + 0.3 * max(0.0, width(text) / max(lasts_s, 0.1) - _CHARACTERS_PER_S)


def _break_cost(before: str, after: str) -> float:
    if re.search(r"[.!?…。！？][\"'”’」』)]*$", before):
        return 0.0
    if re.search(r"[,;:—–，；：、][\"'”’」』)]*$", before):
        return 1.0
    if after.casefold() in _CONNECTIVES:
        return 3.0
    return 9.0 if before.casefold() in _CONNECTIVES | _ARTICLES or after[0] in _CJK_CLITICS else 5.0


def _fits(text: str) -> bool:
    return width(text) <= 2 * _LINE_WIDTH and all(width(line) <= _LINE_WIDTH for line in _lines(text))


def _lines(text: str, limit: float = _LINE_WIDTH) -> tuple[str, ...]:
    """Breaks a caption into two lines, where the sense allows and the halves are alike; one if it fits."""
    if width(text) <= limit:
        return (text,)
    words = [word for _, word in tokens(text)]
    if len(words) == 1:  # one endless word: cut where it must be
        half = max(index for index in range(1, len(text)) if width(text[:index]) <= limit)
        return (text[:half], *_lines(text[half:], limit))
    options: list[tuple[float, str, str]] = []
    for cut in range(1, len(words)):
        top, bottom = join(words[:cut]), join(words[cut:])
        over = max(0.0, width(top) - limit) + max(0.0, width(bottom) - limit)
        uneven = abs(width(top) - width(bottom)) / 6.0
        options.append((100.0 * over + uneven + 1.5 * _break_cost(words[cut - 1], words[cut]), top, bottom))
    _, top, bottom = min(options)
    return (*_lines(top, limit), *_lines(bottom, limit))


def _dashed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """One of two who speak at once: a dash, and the room that it takes."""
    if lines[0].startswith("- "):
        return lines
    first, *rest = _lines(join(lines), _LINE_WIDTH - 2)
    return (f"- {first}", *rest)


def _apart(made: Sequence[Caption], duration_s: float) -> list[Caption]:
    """Lets each caption stand long enough to be read, and none into the next; both of two at once share it."""
    merged: list[Caption] = []
    for caption in made:
        last = merged[-1] if merged else None
        if last is not None and caption.start_s < last.start_s + min(0.6, last.end_s - last.start_s - 1e-6):
            lines = (*_dashed(last.lines), *_dashed(caption.lines))
            merged[-1] = Caption(last.start_s, max(last.end_s, caption.end_s), lines)
        else:
            merged.append(caption)
    out: list[Caption] = []
    for index, caption in enumerate(merged):
        limit_s = merged[index + 1].start_s - _GAP_S if index + 1 < len(merged) else max(duration_s, caption.end_s)
        readable_s = sum(width(line) for line in caption.lines) / _CHARACTERS_PER_S
        wished_s = max(caption.end_s + _LINGER_S, caption.start_s + max(_SHORTEST_S, min(readable_s, _LONGEST_S)))
        end_s = max(caption.start_s + 0.05, min(wished_s, limit_s))
        out.append(replace(caption, end_s=end_s))
    return out
