"""A small text encoder of our own: words and their parts to vectors, so that no word is ever unknown.

A word is the mean of learned vectors of itself and of its runs of three letters, found by hashing (Bojanowski et al.
2017, "Enriching Word Vectors with Subword Information"); a Chinese character is a word, with its pair to the next.
So a misspelt or new word is near the words that it is made like, and no text can fail.
"""

from __future__ import annotations

import re
import zlib

import torch
import torch.nn.functional as F
from torch import Tensor, nn

__all__ = ["BUCKETS", "TEXT_TOKENS", "TextEncoder", "buckets_of", "words_of"]

TEXT_TOKENS = 32
BUCKETS = 8192
_PARTS = 6
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers; every Chinese character by itself."""
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        found += list(run) if _HAN.search(run) else [run]
    return found


def buckets_of(text: str) -> Tensor:
    """(TEXT_TOKENS, 6) of int64: each word's hashed parts, counted from 1; 0 is none. A longer text is cut."""
    out = torch.zeros((TEXT_TOKENS, _PARTS), dtype=torch.int64)
    words = words_of(text)[:TEXT_TOKENS]
    for i, word in enumerate(words):
        parts = [word]
        if _HAN.search(word) and i + 1 < len(words):
            parts.append(word + words[i + 1])
        elif len(word) > 3:
            edged = f"<{word}>"
            parts += [edged[k : k + 3] for k in range(len(edged) - 2)][: _PARTS - 1]
        for k, part in enumerate(parts):
            out[i, k] = 1 + zlib.crc32(part.encode()) % (BUCKETS - 1)
    return out


class TextEncoder(nn.Module):
    """Hashed words → (b, TEXT_TOKENS, dim)."""

    def __init__(self, dim: int, width: int = 64) -> None:
        super().__init__()
        self.parts = nn.Embedding(BUCKETS, width, padding_idx=0)
        self.place = nn.Parameter(torch.zeros(TEXT_TOKENS, width))
        self.enter = nn.Linear(width, dim)
        nn.init.normal_(self.parts.weight, std=0.5)
        with torch.no_grad():
            self.parts.weight[0].zero_()

    def forward(self, buckets: Tensor) -> Tensor:
        """(b, TEXT_TOKENS, 6) of int64 → (b, TEXT_TOKENS, dim); places past the text's end are zero but for theirs."""
        some = (buckets > 0).sum(dim=-1, keepdim=True).clamp(min=1)
        words = self.parts(buckets).sum(dim=-2)
        words = words / some.sqrt().to(words)  # an integer's root would make half-precision words whole
        return self.enter(F.silu(words + self.place) + words)  # type: ignore[no-any-return]
