"""What a take should show, in words that can be seen to hold or to fail; who watches it, as the command line says."""

from __future__ import annotations

import pytest

from director.critic.hire import CriticConfig, read_critic
from director.critic.wanted import Wanted, wanted_of
from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from shots.errors import WorkprintError

STORYBOARD = """
title: Wanted
width_px: 128
height_px: 72
cast:
  - {id: MARA, gender: female, age_years: 34, look: {wardrobe: [{kind: coat, colour: red}]}}
props: [{id: LETTER, kind: letter}]
scenes:
  - heading: EXT. BEACH - NIGHT
    people: [{character: MARA, state: [wet]}, {character: TOM}]
    shots:
      - {size: MS, subjects: [MARA], action: Mara waits., duration_s: 0.5}
      - {size: MS, subjects: [MARA, TOM], action: They wait., duration_s: 0.5}
      - {insert_of: LETTER, props: [{prop: LETTER}], action: The letter., duration_s: 0.5}
      - {size: EWS, action: The sea., duration_s: 0.5, deserted: true}
"""


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Wanted, ...]]:
    folder = tmp_path_factory.mktemp("wanted")
    (folder / "wanted.yaml").write_text(STORYBOARD)
    film = Production(open_film(folder / "wanted.yaml", folder), picture="previz", workers=1, progress=Silent())
    return [
        wanted_of(film.stages[shot.id], film.geometry[shot.id], shot)
        for shot in film.storyboard.shots()
        if shot.id is not None
    ]


def words(wanted: tuple[Wanted, ...]) -> dict[tuple[str, str], str]:
    return {(one.kind, one.of): one.words for one in wanted}


def test_people_are_told_by_place_clothes_hair_and_state(wanted: list[tuple[Wanted, ...]]) -> None:
    told = words(wanted[0])
    assert told["person", "MARA"] == "MARA, a woman, is in the picture, in the middle as the shot opens."
    assert told["wardrobe", "MARA"] == "MARA wears a red coat."
    assert told["state", "MARA"] == "MARA is soaked."
    assert told["people", ""] == "One person is in the picture, and nobody else."
    assert "at night" in told["place", ""]
    assert "light from the " in told["light", ""]
    assert told["size", ""] == "It is a medium shot, or near to one."
    assert words(wanted[1])["people", ""] == "Two people are in the picture, and nobody else."


def test_what_a_picture_model_is_told_again_names_nobody(wanted: list[tuple[Wanted, ...]]) -> None:
    plain = {one.plain for one in wanted[0] if one.plain}
    assert "a woman in a red coat" in plain
    assert not any("MARA" in one for one in plain)


def test_nothing_is_asked_of_what_cannot_be_seen(wanted: list[tuple[Wanted, ...]]) -> None:
    assert set(words(wanted[2])) == {("frames", "")}, "an insert is too close for people and place"
    assert {kind for kind, _ in words(wanted[3])} == {"place", "light", "frames"}


def test_the_command_line_names_a_critic() -> None:
    assert read_critic(None) == CriticConfig(name=None)
    assert read_critic("off") == CriticConfig(name="off")
    assert read_critic("measured") == CriticConfig(name="measured")
    model = read_critic("openai:eye-1", "http://127.0.0.1:9/v1", "2tok", replay_only=True)
    assert model.model is not None
    assert (model.name, model.model.base_url, model.replay_only) == ("openai:eye-1", "http://127.0.0.1:9/v1", True)


@pytest.mark.parametrize(("name", "near"), [("mesured", "; did you mean 'measured'?"), ("gpt-5", ".")])
def test_an_unknown_critic_is_refused_with_the_fix(name: str, near: str) -> None:
    with pytest.raises(WorkprintError) as told:
        read_critic(name)
    assert str(told.value) == (
        f"no critic '{name}'{near} Fix: give --critic off, measured, or a model that sees, such as openai:MODEL."
    )
