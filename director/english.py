"""Small words of the sentences that a user reads. No grammar: callers know what they say."""

from __future__ import annotations

__all__ = ["capital", "clock", "with_article"]


def capital(words: str) -> str:
    """The words with their first letter made a capital, the others as they are."""
    return words[:1].upper() + words[1:]


def clock(seconds: float) -> str:
    """`83.4` → `1 min 23 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def with_article(noun: str) -> str:
    """`an umbrella`, by the first letter."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
