"""How a parenthetical and a line's own letters shape its speaking: level, pace, pitch, liveliness, breath.

Deliveries are modest, since one actor speaks all of them. Only words are read here; `audio.voices.reading` writes
the pauses, `audio.voices.treatments` makes what no setting of an engine gives (a whisper, brightness, a tremble).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Delivery", "delivery_of", "is_shouted"]


@dataclass(frozen=True)
class Delivery:
    """Changes to a character's usual voice."""

    gain_db: float = 0.0
    pace: float = 1.0  # factor of the words a minute
    pitch: int = 0  # steps of espeak's 0-99 scale
    liveliness: int = 0  # steps of its range of pitch
    pause_s: float = 0.0  # longer at each comma and full stop; negative is not possible
    gap_s: float = 0.0  # between words
    breath: float = 0.0  # from 0 (voice) to 1 (nothing but breath: a whisper)
    bright_db: float = 0.0  # above 1.5 kHz
    tremble: float = 0.0  # from 0 to 1


_SHOUT = Delivery(4.5, 1.04, 13, 18, bright_db=6.0)
_DELIVERIES = (
    (
        r"whisper|hush|under (his|her|their|its) breath|sotto|mouthing|耳语|悄声|低语|窃窃",
        Delivery(-8.0, 0.88, -2, -24, breath=1.0),
    ),
    (r"murmur|mutter|mumbl|低声|小声|嘟囔", Delivery(-5.5, 0.96, -5, -22, breath=0.25, bright_db=-3.0)),
    (
        r"shout|yell|scream|bellow|roar|holler|call(s|ing)? (out|after|across|over|down|up)|loud|at the top of"
        r"|大喊|喊|吼|叫",
        _SHOUT,
    ),
    (
        r"breathless|out of breath|pant(s|ing)|gasp|winded|wheez|气喘|喘",
        Delivery(-0.5, 1.08, 5, -2, pause_s=0.22, gap_s=0.02, breath=0.4),
    ),
    (
        r"furious|angr|rage|raging|snap(s|ping)?\b|seeth|livid|hiss|生气|愤怒|怒",
        Delivery(2.5, 1.07, 4, 16, bright_db=3.0),
    ),
    (
        r"panic|terrif|afraid|scared|frantic|fear|frighten|horrif|alarm|害怕|惊恐|慌|恐惧",
        Delivery(1.0, 1.13, 9, 12, breath=0.18, tremble=0.5),
    ),
    (
        r"nervous|anxious|hesita|uneasy|unsure|stammer|faltering|紧张|犹豫|不安",
        Delivery(-1.0, 0.97, 4, 4, 0.12, 0.03, 0.08),
    ),
    (
        r"sad|tear|cry(ing)?\b|cries|sob|weep|broken|grief|griev|heartbroken|mourn|悲|哭|难过|伤心",
        Delivery(-2.5, 0.86, -3, -14, pause_s=0.16, breath=0.15, bright_db=-2.0, tremble=0.6),
    ),
    (
        r"tired|weary|exhaust|sleepy|drowsy|drunk|slow|weak|dying|faint|累|慢|疲|虚弱|醉",
        Delivery(-2.0, 0.82, -5, -14, pause_s=0.18, breath=0.15, bright_db=-2.0),
    ),
    (
        r"quiet|soft|gentl|tender|kindly|loving|warm|low voice|intimate|轻声|温柔|轻轻|安静",
        Delivery(-3.5, 0.92, -2, -8, pause_s=0.05, breath=0.12, bright_db=-2.0),
    ),
    (r"quick|fast|rush|rapid|hurr|urgent|blurt|快|急", Delivery(0.5, 1.16, 2, 4)),
    (
        r"excit|laugh|happy|happi|cheer|delight|grin|beam|joy|giggl|笑|兴奋|高兴|开心",
        Delivery(1.5, 1.06, 6, 16, bright_db=1.5),
    ),
    (r"surpris|shock|stunned|amaz|disbelie|astonish|惊讶|震惊|吃惊", Delivery(0.5, 0.98, 6, 18)),
    (r"sarcas|ironic|mock|sneer|smirk|contempt|讽刺|嘲", Delivery(0.0, 0.92, -1, 12, pause_s=0.04)),
    (r"deadpan|flat|cold|monoton|dry|icy|calm|matter.of.fact|冷|平静", Delivery(-0.5, 0.95, -3, -24)),
    (r"firm|stern|grave|serious|command|严肃|坚定", Delivery(1.0, 0.93, -4, -4, pause_s=0.06)),
)
_NOT = re.compile(r"(?:\bnot|\bnever|\bwithout|\bno longer|n't|\bless|不再?|没有?|别)\s*(?:too |so |very |being )?\w+")


def delivery_of(words: str, text: str) -> Delivery:
    """Reads a parenthetical's `words`: several add up, the first in full. A line all in capitals is shouted."""
    said = _NOT.sub(" ", words.casefold())
    places = [
        (found.start(), delivery)
        for pattern, delivery in _DELIVERIES
        if (found := re.search(rf"(?<![a-z])(?:{pattern})", said))
    ]
    told = [delivery for _, delivery in sorted(places, key=lambda place: place[0])]
    if not told:
        told = [_SHOUT] if is_shouted(text) else []
    told += [Delivery(liveliness=14, pitch=3)] if re.search(r"\?!|!\?|‽|？！|！？", text) else []
    return _sum(told)


def is_shouted(text: str) -> bool:
    """Whether a line stands in capitals, all of it and more than an abbreviation's worth."""
    letters = [character for character in text if character.isalpha() and character.lower() != character.upper()]
    return len(letters) >= 6 and all(character.isupper() for character in letters)


def _sum(told: list[Delivery]) -> Delivery:
    """The first in full, every other by half; a whisper stays one, whatever else it is."""
    if not told:
        return Delivery()
    parts = [1.0] + [0.5] * (len(told) - 1)
    both = list(zip(told, parts, strict=True))
    breath = max(one.breath for one in told)
    pace = 1.0
    for one, part in both:
        pace *= 1.0 + (one.pace - 1.0) * part
    return Delivery(
        gain_db=max(-9.0, min(5.5, sum(one.gain_db * part for one, part in both))),
        pace=max(0.72, min(1.28, pace)),
        pitch=round(max(-12, min(18, sum(one.pitch * part for one, part in both)))),
        liveliness=round(max(-30, min(30, sum(one.liveliness * part for one, part in both)))),
        pause_s=min(0.35, sum(one.pause_s * part for one, part in both)),
        gap_s=min(0.06, sum(one.gap_s * part for one, part in both)),
        breath=breath,
        bright_db=0.0 if breath == 1.0 else max(-4.0, min(7.0, sum(one.bright_db * part for one, part in both))),
        tremble=max(one.tremble for one in told),
    )
