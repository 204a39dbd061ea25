"""Where captions and their lines are cut: as the sense allows, for the eye's measure. Knows text and times only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from audio.speech import WordTime
from audio.words import is_cjk, join, tokens

__all__ = ["CHARACTERS_PER_S", "LINE_WIDTH", "LONGEST_S", "SHORTEST_S", "cuts", "lines_of", "width"]

LINE_WIDTH = 42.0
"""Latin characters of a line; a Chinese one is as wide as 42/18 of them, so that a line takes 18."""
CHARACTERS_PER_S = 20.0
"""Latin; of Chinese that is 8.6, its own usual measure."""
SHORTEST_S, LONGEST_S = 1.0, 7.0

_CJK_WIDTH = 42.0 / 18.0
_HAIR = 1e-6  # eighteen Chinese characters are a full line, whatever their sum rounds to
_CONNECTIVES = frozenset(
    """and but or so because that which who when where while if then than as for with to of in on at from by""".split()  # noqa: SIM905
)
_ARTICLES = frozenset(("the", "a", "an", "my", "your", "his", "her", "our", "their"))
_CJK_CLITICS = "的了吗呢吧着过们地得么啊"


def width(text: str) -> float:
    """Returns how wide `text` is in Latin characters: a Chinese one takes as much as 42/18 of them."""
    return sum(_CJK_WIDTH if _is_wide(character) else 1.0 for character in text)


def _is_wide(character: str) -> bool:
    return is_cjk(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uff60"


def cuts(words: Sequence[WordTime], name: str) -> list[int]:
    """Chooses where a new caption begins: least total cost over all ways to cut (dynamic programming).

    `name` stands before the first. Every caption fits two lines, but for a single word that none holds.
    """
    wide = [width(word.text) for word in words]
    joint = [0.0] + [width(join((before.text, after.text))) - wide[index] - wide[index + 1]
                     for index, (before, after) in enumerate(pairwise(words))]  # fmt: skip
    ends = list(accumulate((one + space for one, space in zip(wide, joint, strict=True)), initial=0.0))

    def wide_of(begin: int, end: int) -> float:
        return ends[end] - ends[begin] - joint[begin]

    def fits(begin: int, end: int) -> bool:
        if begin == 0:
            return _fits(name + join([word.text for word in words[:end]]))
        limit = LINE_WIDTH + _HAIR
        if wide_of(begin, end) <= limit:
            return True
        fold = next(at for at in range(begin, end) if wide_of(begin, at + 1) > limit)  # the fullest first line
        return fold > begin and wide_of(fold, end) <= limit

    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options: list[tuple[float, int]] = []
        for begin in range(end - 1, max(-1, end - 60), -1):
            if begin < end - 1 and not fits(begin, end):
                break
            letters = wide_of(begin, end) + (width(name) if begin == 0 else 0.0)
            options.append((best[begin][0] + _cost(words, begin, end, letters), begin))
        best.append(min(options))
    chosen: list[int] = []
    at = len(words)
    while at > 0:
        at = best[at][1]
        chosen.append(at)
    return sorted(cut for cut in chosen if cut > 0)


def _cost(words: Sequence[WordTime], begin: int, end: int, letters: float) -> float:
    lasts_s = words[end - 1].end_s - words[begin].start_s
    cost = 2.0  # of one more caption
    if end < len(words):
        cost += _break_cost(words[end - 1].text, words[end].text)
        lasts_s = words[end].start_s - words[begin].start_s
    pauses = [after.start_s - before.end_s for before, after in pairwise(words[begin:end])]
    # A caption must not tell what comes after a silence.
    cost += sum(4.0 + 3.0 * (pause - 0.8) for pause in pauses if pause > 0.8)
    cost += 4.0 * max(0.0, SHORTEST_S - lasts_s) + 2.0 * max(0.0, lasts_s - LONGEST_S)
    return cost + 0.3 * max(0.0, letters / max(lasts_s, 0.1) - CHARACTERS_PER_S)


def _break_cost(before: str, after: str) -> float:
    if re.search(r"[.!?…。！？][\"'”’」』)]*$", before):
        return 0.0
    if re.search(r"[,;:—–，；：、][\"'”’」』)]*$", before):
        return 1.0
    if after.casefold() in _CONNECTIVES:
        return 3.0
    return 9.0 if before.casefold() in _CONNECTIVES | _ARTICLES or after[0] in _CJK_CLITICS else 5.0


def _fits(text: str) -> bool:
    lines = lines_of(text)
    return len(lines) <= 2 and all(width(line) <= LINE_WIDTH + _HAIR for line in lines)


def lines_of(text: str, limit: float = LINE_WIDTH) -> tuple[str, ...]:
    """Breaks a caption into two lines, where the sense allows and the halves are alike; one if it fits."""
    if width(text) <= limit + _HAIR:
        return (text,)
    words = [word for _, word in tokens(text)]
    if len(words) == 1:  # one endless word: cut where it must be
        half = max(index for index in range(1, len(text)) if width(text[:index]) <= limit + _HAIR)
        return (text[:half], *lines_of(text[half:], limit))
    options: list[tuple[float, str, str]] = []
    for cut in range(1, len(words)):
        top, bottom = join(words[:cut]), join(words[cut:])
        over = max(0.0, width(top) - limit - _HAIR) + max(0.0, width(bottom) - limit - _HAIR)
        uneven = abs(width(top) - width(bottom)) / 6.0
        options.append((100.0 * over + uneven + 1.5 * _break_cost(words[cut - 1], words[cut]), top, bottom))
    _, top, bottom = min(options)
    return (*lines_of(top, limit), *lines_of(bottom, limit))
