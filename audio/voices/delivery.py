"""How a parenthetical and a line's own letters shape its speaking: level, pace, pitch and liveliness."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Delivery", "delivery_of"]


@dataclass(frozen=True)
class Delivery:
    """Changes to a character's usual voice: a level, a factor of pace, and steps of espeak's 0–99 scales."""

    gain_db: float = 0.0
    pace: float = 1.0
    pitch: int = 0
    liveliness: int = 0


_PLAIN = Delivery()
# The first that matches counts; deliveries are modest, since one actor speaks all of them.
_DELIVERIES = (
    (
        r"whisper|hush|under (his|her|their) breath|sotto|murmur|mutter|低声|小声|耳语|悄声",
        Delivery(-7.0, 0.9, -4, -22),
    ),
    (r"shout|yell|scream|bellow|roar|call(s|ing)? (out|after|across)|loud|大喊|喊|吼|叫", Delivery(4.5, 1.06, 12, 18)),
    (r"furious|angr|rage|snap(s|ping)?\b|生气|愤怒|怒", Delivery(2.5, 1.06, 5, 15)),
    (r"panic|terrif|afraid|scared|frantic|breathless|害怕|惊恐|慌", Delivery(1.0, 1.12, 9, 10)),
    (r"sad|tear|cry(ing)?\b|sob|weep|broken|grief|悲|哭|难过", Delivery(-2.5, 0.86, -4, -14)),
    (r"tired|weary|sleepy|drowsy|drunk|slow|累|慢|疲", Delivery(-2.0, 0.82, -5, -12)),
    (r"quiet|soft|gentl|tender|low voice|轻声|温柔", Delivery(-3.5, 0.93, -2, -10)),
    (r"quick|fast|rush|rapid|hurr|快|急", Delivery(0.5, 1.15, 2, 4)),
    (r"excit|laugh|happy|cheer|delight|grin|beam|笑|兴奋|高兴", Delivery(1.5, 1.06, 6, 14)),
    (r"deadpan|flat|cold|monoton|dry|冷", Delivery(-0.5, 0.95, -3, -24)),
)


def delivery_of(words: str, text: str) -> Delivery:
    """Reads a parenthetical's `words`; without a known one, a line all in capitals is shouted."""
    for pattern, delivery in _DELIVERIES:
        if re.search(pattern, words.casefold()):
            return delivery
    letters = [character for character in text if character.isalpha() and character.lower() != character.upper()]
    if len(letters) >= 6 and all(character.isupper() for character in letters):
        return _DELIVERIES[1][1]
    return _PLAIN
