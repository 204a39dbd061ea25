"""Cards show their words, inside the safe part of any picture."""

from __future__ import annotations

import numpy as np
import pytest

from shots.cut.timeline import Card
from shots.cut.titles import draw_card

SIZES = [(512, 288), (288, 512), (288, 288), (690, 288), (160, 90)]
CARDS = [
    Card("title", "Found", ("a short film",)),
    Card("title", "The Incredible and Rather Long Voyage of the Very Last Commuter", ("written by somebody",)),
    Card("title", "Donaudampfschifffahrtsgesellschaftskapitän"),
    Card("title", "末班车"),
    Card("title", "一" * 200),
    Card("title", "two\nlines\tand a tab \x00"),
    Card("title", "x" * 100_000),
    Card("title", ""),
    Card("credits", "Cast", tuple(f"Name {number}" for number in range(8)), "Made with Workprint"),
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.heading[:12])
def test_words_stay_inside_the_safe_area(card: Card, size: tuple[int, int]) -> None:
    width, height = size
    picture = draw_card(card, width, height)
    assert picture.shape == (height, width, 3)
    rows, columns = np.nonzero(picture.max(axis=2) > 40)
    if not card.heading:
        assert rows.size == 0
        return
    assert rows.size > 0
    assert columns.min() >= 0.08 * width
    assert columns.max() <= 0.92 * width
    assert rows.min() >= 0.05 * height
    assert rows.max() <= 0.95 * height
    assert abs((columns.min() + columns.max()) / 2 - width / 2) < 0.06 * width


def test_rows_of_credits_do_not_touch_the_foot() -> None:
    picture = draw_card(CARDS[-1], 512, 288)
    inked = picture.max(axis=2).max(axis=1) > 60
    blocks = int(np.count_nonzero(np.diff(inked.astype(int)) == 1))
    assert blocks >= 10  # heading, eight names, foot, each apart


def test_other_words_give_another_picture() -> None:
    assert not np.array_equal(
        draw_card(CARDS[0], 512, 288), draw_card(Card("title", "Lost", ("a short film",)), 512, 288)
    )
