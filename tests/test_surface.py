"""The public surface: what each module offers is named and there; ruff keeps the names sorted."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import get_args

import pytest

import model.stage
import shots.spec

PACKAGES = ("director", "shots", "model", "audio")
SCRIPTS = {"audio.voices.espeak_worker"}  # run in a process of their own, never imported


def modules() -> list[str]:
    found = list(PACKAGES)
    for name in PACKAGES:
        package: ModuleType = importlib.import_module(name)
        found += [info.name for info in pkgutil.walk_packages(package.__path__, f"{name}.")]
    return sorted(name for name in found if name not in SCRIPTS and not name.endswith("__main__"))


@pytest.mark.parametrize("name", modules())
def test_every_module_says_what_it_is_and_what_it_offers(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    offered = getattr(module, "__all__", [])
    assert [x for x in offered if not hasattr(module, x)] == []


@pytest.mark.parametrize(
    ("spec_words", "stage_words"),
    [
        (shots.spec.PlaceKind, model.stage.PlaceKind),
        (shots.spec.WeatherKind, model.stage.WeatherKind),
        (shots.spec.Hour, model.stage.Hour),
        (shots.spec.Emotion, model.stage.Emotion),
        (shots.spec.Species, model.stage.Species),
    ],
)
def test_what_a_storyboard_can_say_a_stage_can_show(spec_words: object, stage_words: object) -> None:
    assert set(get_args(spec_words)) == set(get_args(stage_words))
