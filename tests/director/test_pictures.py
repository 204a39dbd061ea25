"""The video model is what pictures a film, by one constant; what only needs a drawing never waits for it."""

from __future__ import annotations

import inspect

import pytest

from director import cli
from director.pictures import DRAWING, PICTURE, backend_of


def test_the_video_model_is_the_default_picture_and_the_theatre_draws() -> None:
    assert (PICTURE, DRAWING) == ("dit", "previz")
    assert backend_of(DRAWING).name == "previz"


@pytest.mark.parametrize("command", [cli.make, cli.render, cli.cut])
def test_commands_that_make_takes_use_the_default_picture(command: object) -> None:
    assert inspect.signature(command).parameters["picture"].default == PICTURE  # type: ignore[arg-type]


def test_the_board_is_drawn() -> None:
    assert inspect.signature(cli.board).parameters["picture"].default == DRAWING
