"""Words to vectors: no text can fail, and what is spelt alike is read alike."""

from __future__ import annotations

import pytest
import torch

from model.text import BUCKETS, TEXT_TOKENS, TextEncoder, buckets_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A red door, two CATS!", ["a", "red", "door", "two", "cats"]),
        ("room 12b", ["room", "12", "b"]),
        ("夜里的小巷", ["夜", "里", "的", "小", "巷"]),
        ("naïve café", ["naïve", "café"]),
        ("", []),
        ("🙂🔥 —…", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text", ["", "🙂" * 50, "word " * 1000, "x" * 10_000, "\x00\ud800 \n\t", "zzyzx qwrtp", "夜" * 100, "’ʼ١٢"]
)
def test_no_text_fails(text: str) -> None:
    buckets = buckets_of(text)
    assert buckets.shape == (TEXT_TOKENS, 6)
    assert buckets.dtype == torch.int64
    assert 0 <= int(buckets.min()) <= int(buckets.max()) < BUCKETS
    assert TextEncoder(16)(buckets[None]).isfinite().all()


def test_a_longer_text_is_cut() -> None:
    assert torch.equal(buckets_of("word " * 1000), buckets_of("word " * TEXT_TOKENS))


def test_hashes_are_the_same_in_every_run() -> None:
    assert buckets_of("harbour")[0].tolist() == [1 + crc % (BUCKETS - 1) for crc in HARBOUR]


HARBOUR = (1533582490, 1168209287, 2070415740, 148988677, 586289344, 1981297799)
"""CRC-32 of "harbour", "<ha", "har", "arb", "rbo", "bou"."""


def test_a_misspelt_word_stays_near_its_own() -> None:
    torch.manual_seed(0)
    encoder = TextEncoder(32)
    right, wrong, other = (encoder(buckets_of(word)[None])[0, 0] for word in ("lighthouse", "lightouse", "carpenter"))
    assert torch.cosine_similarity(right, wrong, dim=0) > torch.cosine_similarity(right, other, dim=0) + 0.1


def test_word_order_is_read() -> None:
    torch.manual_seed(0)
    encoder = TextEncoder(32)
    torch.nn.init.normal_(encoder.place)
    one, other = (encoder(buckets_of(text)[None]) for text in ("dog bites man", "man bites dog"))
    assert not torch.allclose(one, other, atol=1e-3)
    assert torch.equal(one[:, 3:], other[:, 3:]), "places past the end know nothing of the words"
