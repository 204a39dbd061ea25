"""Who stands at a token: the nearest, by the box, and where on them; nobody where none is told."""

from __future__ import annotations

import torch

from model.conditions import BOX, JOINTS, PALETTE
from model.standing import STANDING, standing

ROWS, COLUMNS = 9, 16


def cast(*boxes: tuple[float, ...]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    palettes = torch.stack([torch.full((PALETTE,), 0.1 * (n + 1)) for n in range(len(boxes))])[None]
    told = torch.zeros(1, len(boxes), 1, BOX)
    told[0, :, 0, :5] = torch.tensor(boxes)
    return palettes, told, torch.ones(1, len(boxes), dtype=torch.bool)


def told(palettes: torch.Tensor, boxes: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    out = standing(palettes, boxes, there, ROWS, COLUMNS)
    assert out.shape == (1, STANDING, 1, ROWS, COLUMNS)
    return out[0, :, 0]


def test_a_token_is_told_whose_box_it_is_in_and_where() -> None:
    here = told(*cast((-0.5, 0.0, 0.2, 0.8, 1.0)))
    inside = here[PALETTE] > 0
    assert inside[4, 4] and not inside[:, 10:].any()
    assert torch.allclose(here[:PALETTE, 4, 4], torch.full((PALETTE,), 0.1))
    assert here[PALETTE + 2, 1, 4] < 0 < here[PALETTE + 2, 7, 4], "down the body"
    assert inside[0, 4], "hair stands above the joints"
    assert not here[STANDING // 2 :].any(), "and nobody behind"


def test_a_place_is_told_how_near_it_is_to_each_limb_and_to_the_head() -> None:
    palettes, boxes, there = cast((0.0, 0.0, 0.3, 0.9, 1.0))
    boxes[..., 5] = 0.2  # a head's height
    for name, at in {"head": (0.0, -0.7), "left_elbow": (0.2, 0.0), "left_wrist": (0.2, 0.4)}.items():
        k = 6 + 2 * JOINTS.index(name)
        boxes[..., k : k + 2] = torch.tensor(at)
    here = told(palettes, boxes, there)
    forearm = here[STANDING // 2 - 5]
    assert forearm[5, 9] > 0.6 > 0.3 > forearm[5, 6] > 0, "it lies right of the middle, over two rows"
    aside, below = here[PALETTE + 5], here[PALETTE + 6]
    assert aside[1, 9] > 0 > aside[1, 6] and below[0, 8] < 0 < below[8, 8]
    beast = told(palettes, boxes.index_fill(3, torch.tensor([5]), 0.0), there)
    assert not beast[PALETTE + 7 : STANDING // 2].any(), "beasts have no limbs that are told"


def test_of_two_the_taller_is_nearer_and_the_other_behind() -> None:
    here = told(*cast((0.0, 0.0, 0.3, 0.5, 1.0), (0.0, 0.0, 0.3, 0.9, 1.0)))
    assert torch.allclose(here[0, 4, 8], torch.tensor(0.2))
    assert torch.allclose(here[STANDING // 2, 4, 8], torch.tensor(0.1))


def test_nobody_is_where_none_is_told_or_all_are_behind_the_lens() -> None:
    palettes, boxes, there = cast((0.0, 0.0, 0.3, 0.5, 1.0))
    assert not told(palettes, boxes, ~there).any()
    assert not told(palettes, boxes.index_fill(3, torch.tensor([4]), 0.0), there).any()
    assert (
        standing(torch.zeros(2, 0, PALETTE), torch.zeros(2, 0, 3, BOX), torch.zeros(2, 0) > 0, 2, 2).shape[1]
        == STANDING
    )
