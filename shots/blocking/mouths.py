"""From phonemes to mouth shapes: an IPA table, and an estimate by syllables where a line has no phonemes.

Nothing here speaks or listens; times are moved by the line's start and kept within the line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from audio.speech import PhonemeTime
from model.stage import Mouth, Viseme

__all__ = ["VISEMES", "mouth_keys", "syllable_keys", "viseme_of"]

_GROUPS: dict[Viseme, str] = {
    "pp": "p b m",
    "ff": "f v ɱ ʋ ɸ β",
    "th": "θ ð",
    "dd": "t d ʈ ɖ ɗ",
    "kk": "k g ɡ ŋ x ɣ q c ɟ h ɦ χ ħ ʔ",
    "ch": "ʃ ʒ tʃ dʒ tɕ dʑ ɕ ʑ ʂ ʐ tʂ dʐ ʈʂ j ʝ ç",
    "ss": "s z ts dz",
    "nn": "n ɲ ɳ l ɫ ʎ ɭ ɬ",
    "rr": "r ɹ ɾ ɻ ʁ ʀ ɽ ɚ ɝ ɜ",
    "aa": "a ɑ ɐ ɒ æ ʌ ä",
    "e": "e ɛ ə ɘ ɤ ɞ",
    "ih": "i ɪ ɨ ɯ ᵻ ɿ ʅ",
    "oh": "o ɔ ø œ ɵ",
    "ou": "u ʊ w y ʉ ʏ ɥ ʍ",
}
VISEMES: dict[str, Viseme] = {ipa: viseme for viseme, row in _GROUPS.items() for ipa in row.split()}
"""IPA letter, or affricate, to mouth shape."""

_SHORTEST_S = 0.04  # a shape that holds for less than a frame is not seen
_VOWEL = re.compile(r"[aeiouyàâäáãåæèéêëìíîïòóôöõøœùúûüý]+", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_OPEN: dict[str, Viseme] = {"a": "aa", "e": "e", "i": "ih", "o": "oh", "u": "ou", "y": "ih"}
_HAN: tuple[Viseme, ...] = ("aa", "ih", "oh", "e", "ou")
_CLOSING: tuple[Viseme, ...] = ("dd", "pp", "nn", "ss")


def viseme_of(ipa: str) -> Viseme:
    """The mouth shape of one IPA phoneme; stress, length and tone marks do not matter. A pause is rest."""
    letters = "".join(c for c in unicodedata.normalize("NFD", ipa) if c.isalpha() and unicodedata.category(c) != "Lm")
    for size in (2, 1):  # an affricate is one shape; a diphthong opens with its first vowel
        if (shape := VISEMES.get(letters[:size])) is not None and len(letters) >= size:
            return shape
    return "rest" if not letters else "e"


def mouth_keys(phonemes: Sequence[PhonemeTime], start_s: float, end_s: float) -> tuple[Mouth, ...]:
    """The phonemes of a line that starts at `start_s`, as mouth shapes within it, closing with rest at its end."""
    keys: list[Mouth] = []
    for phoneme in phonemes:
        time_s = start_s + max(phoneme.start_s, 0.0)
        if time_s < end_s - _SHORTEST_S:
            keys.append(Mouth(time_s=time_s, viseme=viseme_of(phoneme.ipa)))
            glide = viseme_of(phoneme.ipa[1:]) if len(phoneme.ipa) > 1 else "rest"
            halfway_s = start_s + (phoneme.start_s + phoneme.end_s) / 2
            if glide in ("ih", "ou", "oh", "e") and glide != keys[-1].viseme and halfway_s < end_s - _SHORTEST_S:
                keys.append(Mouth(time_s=halfway_s, viseme=glide))
    return _closed(keys, end_s)


def syllable_keys(text: str, start_s: float, end_s: float) -> tuple[Mouth, ...]:
    """A guess at a line's mouth shapes: one opening and one closing for each syllable, spread over the line."""
    shapes = [_OPEN.get(unicodedata.normalize("NFD", group)[0].lower(), "aa") for group in _VOWEL.findall(text)]
    shapes += [_HAN[ord(character) % len(_HAN)] for character in _CJK.findall(text)]
    count = max(1, min(len(shapes), int((end_s - start_s) / 0.1)))
    step = (end_s - start_s) / count
    keys: list[Mouth] = []
    for i in range(count):
        keys.append(Mouth(time_s=start_s + i * step, viseme=shapes[i * len(shapes) // count] if shapes else "aa"))
        keys.append(Mouth(time_s=start_s + (i + 0.65) * step, viseme=_CLOSING[i * 7 % len(_CLOSING)]))
    return _closed(keys, end_s)


def _closed(keys: list[Mouth], end_s: float) -> tuple[Mouth, ...]:
    keys.sort(key=lambda key: key.time_s)
    kept = [a for a, b in pairwise([*keys, Mouth(time_s=end_s, viseme="rest")]) if b.time_s - a.time_s >= 0.02]
    changes = [key for i, key in enumerate(kept) if i == 0 or key.viseme != kept[i - 1].viseme]
    return (*changes, Mouth(time_s=end_s, viseme="rest"))
