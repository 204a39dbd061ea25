"""What engines are told never contradicts the stage: facts read back out of the words, over many random stages."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from director.cli import app
from director.direct import direct
from director.parse import read
from director.staging import stages_of
from director.wording.caption import Words, caption
from director.wording.engines import ENGINES, engine_named
from model.sampler.vocabulary import HOURS, SIZES, STATES
from model.sampler.words import COLOURS, TOPS
from model.stage import Stage
from shots.blocking import OnScreen, measure
from shots.defaults import complete
from shots.errors import WorkprintError
from shots.spec import Scene, Shot, Storyboard
from shots.storyboard import loads
from shots.timing import time_shots

NATURAL = [engine for engine in ENGINES if engine.vocabulary == "natural" and engine.most_words]
STAGES = 200
FILMS = sorted((Path(__file__).parents[3] / "examples").glob("*.fountain"))
_BRIEF = re.compile(
    r"\ban? (?:old |teenage )?(?:woman|man|girl|boy|child|person) in (?:an? )?([a-z]+) ([A-Za-z-]+(?: vest)?)"
)


@pytest.fixture(scope="module")
def stages() -> list[tuple[Stage, Shot]]:
    """The examples' shots, each in other light, clothes and states than the film's, until there are enough."""
    filmed = []
    for path in FILMS:
        board = direct(read(path))
        blocked = stages_of(board, time_shots(board, {}), {})
        filmed += [
            (blocked[shot.id or ""], shot) for shot in board.shots() if shot.beside is None and not shot.insert_of
        ]
    rng = Random(5)
    return [(_changed(*filmed[n % len(filmed)], rng), filmed[n % len(filmed)][1]) for n in range(STAGES)]


def _changed(stage: Stage, shot: Shot, rng: Random) -> Stage:
    figures = tuple(
        replace(
            figure,
            look=replace(figure.look, top_colour=rng.choice(COLOURS).rgb, bottom_colour=rng.choice(COLOURS).rgb),
            state=tuple(rng.sample(sorted(STATES), rng.randrange(3))),
        )
        for figure in stage.figures
    )
    light = replace(
        stage.light, hour=rng.choice(list(HOURS)), key_azimuth_deg=rng.uniform(0, 360),
        colour_temperature_k=rng.choice((2800, 3200, 4200, 5600, 7500)), key_to_fill_ratio=rng.choice((2.0, 6.0)),
    )  # fmt: skip
    return replace(stage, figures=figures, light=light)


def told(stage: Stage, shot: Shot, engine: str = "wan") -> Words:
    board = Storyboard(title="x")
    return caption(shot, Scene(heading="x"), board, stage, engine_named(engine))


def in_picture(stage: Stage, shot: Shot) -> dict[str, OnScreen]:
    return {person.character: person for person in measure(stage, shot, 512, 288).people if person.visible}


def nearest(rgb: tuple[int, int, int]) -> str:
    return min(COLOURS, key=lambda one: sum((a - b) ** 2 for a, b in zip(one.rgb, rgb, strict=True))).words.en


def _comes_from(stage: Stage, side: str) -> bool:
    """Whether the key light lies on this side of the picture, by its direction in the camera's own axes."""
    key = stage.camera.keys[0]
    ahead_x, ahead_z = key.target.x - key.position.x, key.target.z - key.position.z
    azimuth = math.radians(stage.light.key_azimuth_deg)
    right = math.sin(azimuth) * ahead_z - math.cos(azimuth) * ahead_x
    ahead = math.sin(azimuth) * ahead_x + math.cos(azimuth) * ahead_z
    return {"the left": right < 0, "the right": right > 0, "the front": ahead < 0, "behind": ahead > 0}[side]


def test_hour_light_and_size_are_the_stages(stages: list[tuple[Stage, Shot]]) -> None:
    for stage, shot in stages:
        prompt = told(stage, shot).prompt
        hours = {hour for hour, words in HOURS.items() if re.search(rf"\b{words.en}\b", prompt)}
        assert hours == {stage.light.hour}, prompt
        kelvin = int(re.search(r"about (\d+) K", prompt)[1])  # type: ignore[index]
        assert abs(kelvin - stage.light.colour_temperature_k) <= 50
        warm = re.search(r"\b(warm|cool|neutral), (?:hard|soft) light", prompt, re.I)
        assert warm is not None and (warm[1].lower() == "warm") == (stage.light.colour_temperature_k < 4300)
        side = re.search(r"light from (the left|the right|the front|behind)", prompt)
        assert side is not None and _comes_from(stage, side[1]), prompt
        named = [size for size, words in SIZES.items() if re.search(rf"\ban? {words.en}\b", prompt, re.I)]
        assert shot.size in named


def test_colours_are_those_of_people_in_the_picture(stages: list[tuple[Stage, Shot]]) -> None:
    checked = 0
    for stage, shot in stages:
        seen = in_picture(stage, shot)
        worn = {(nearest(f.look.top_colour), TOPS[f.look.top].en) for f in stage.figures if f.id in seen}
        for colour, top in _BRIEF.findall(told(stage, shot).prompt):
            assert (colour, top) in worn, (colour, top, worn)
            checked += 1
    assert checked > STAGES / 2


def test_people_are_as_many_as_are_seen(stages: list[tuple[Stage, Shot]]) -> None:
    numbers = {"Two": 2, "Three": 3, "Four": 4, "Five": 5}
    for stage, shot in stages:
        seen = in_picture(stage, shot)
        count = sum(figure.species == "person" for figure in stage.figures if figure.id in seen)
        prompt = told(stage, shot).prompt
        many = re.search(r"(\w+) people are in the picture", prompt)
        assert (numbers.get(many[1], 6) if many else min(count, 1)) == min(count, 6), prompt
        assert ("nobody is" in prompt.lower()) == (not seen), prompt
        assert ("people" in told(stage, shot).negative.split(", ")) == (not seen)


def test_left_and_right_are_the_pictures(stages: list[tuple[Stage, Shot]]) -> None:
    checked = 0
    for stage, shot in stages:
        seen = in_picture(stage, shot)
        words = told(stage, shot, "hunyuan").prompt
        for part in re.split(r"[;.]", words):
            found = re.search(r"(an? .+) is on the (left|right)", part)
            if found is None:
                continue
            colour = _BRIEF.search(found[1])
            mine = [
                seen[f.id] for f in stage.figures if f.id in seen and (colour is None) == (f.species != "person")
                and (colour is None or nearest(f.look.top_colour) == colour[1])
            ]  # fmt: skip
            others = [p for p in seen.values() if p not in mine]
            side = -1 if found[2] == "left" else 1
            assert any(all((one.x - other.x) * side > 0 for other in others) for one in mine), words
            checked += 1
    assert checked > 20


def test_wet_is_told_of_who_is_wet_and_in_the_picture(stages: list[tuple[Stage, Shot]]) -> None:
    for stage, shot in stages:
        seen = in_picture(stage, shot)
        shown = {state for f in stage.figures[:] if f.id in seen for state in f.state}
        first = {state for f in stage.figures if f.id in list(seen)[:1] for state in f.state}
        prompt = told(stage, shot, "hunyuan").prompt
        said = {state for state, words in STATES.items() if f"is {words.en}" in prompt or f"and {words.en}" in prompt}
        assert said <= shown
        if len(seen) == 1:
            assert {state for state in first if state in STATES} == said


@pytest.mark.parametrize("engine", NATURAL, ids=lambda engine: engine.name)
def test_every_engine_has_its_length_and_its_negative(engine: object, stages: list[tuple[Stage, Shot]]) -> None:
    from director.wording.engines import EngineWords

    assert isinstance(engine, EngineWords)
    for stage, shot in stages[:60]:
        words = told(stage, shot, engine.name)
        assert 8 <= len(words.prompt.split()) <= engine.most_words
        assert words.prompt[0].isupper() and words.prompt.endswith(".")
        assert bool(words.negative) == bool(engine.unwanted)
        night = stage.light.hour == "night"
        assert not (night and "night" in words.negative.split(", "))
        assert words == told(stage, shot, engine.name)


def test_the_own_model_is_told_in_its_own_words(stages: list[tuple[Stage, Shot]]) -> None:
    from model.telling import tell

    stage, shot = stages[0]
    seen = tuple(in_picture(stage, shot))
    assert told(stage, shot, "dit") == Words(tell(stage, shot.size, shot.coverage, seen))


BOARD = """title: x
cast:
- {id: MARA, gender: female, age_years: 30, look: {wardrobe: [{kind: coat, colour: red}]}}
props: [{id: BISCUIT, kind: food}]
scenes:
- heading: EXT. QUAY - NIGHT
  weather: rain
  light: {key_side: left, colour_temperature_k: 3200}
  shots:
  - {size: MCU, subjects: [MARA], people: [{character: MARA, state: [wet], holds: [BISCUIT], act: eat}], move: push_in}
  - {insert_of: BISCUIT, props: [{prop: BISCUIT, state: bitten}], people: [{character: MARA, holds: [BISCUIT]}]}
  - {size: EWS, deserted: true, action: The empty quay.}
"""


def test_a_shot_is_told_by_what_its_storyboard_says() -> None:
    board = complete(loads(BOARD))
    stages = stages_of(board, time_shots(board, {}), {})
    one, two, three = (caption(shot, board.scenes[0], board, stages[shot.id or ""], engine_named("wan")) for shot in
                       board.shots())  # fmt: skip
    assert one.prompt.startswith("A woman in a red coat eats a biscuit in a harbour, at night.")
    for words in ("The woman is soaked.", "about 3200 K", "In the rain.", "medium close-up", "the camera pushes in"):
        assert words in one.prompt
    assert two.prompt.startswith("A bitten biscuit in a harbour, at night.")
    assert three.prompt.startswith("Nobody is in a harbour, at night.") and "people" in three.negative.split(", ")


def test_an_engine_nobody_knows_is_told_with_the_nearest() -> None:
    with pytest.raises(WorkprintError, match=r"no words for an engine 'wann'; did you mean 'wan'\? Fix: give dit, wan"):
        engine_named("wann")


def test_plan_writes_the_prompt_sheet_on_request(tmp_path: Path) -> None:
    script = tmp_path / "x.fountain"
    script.write_text("INT. HUT - DAY\n\nMARA, 30, a woman in a red coat, waits.\n\nMARA\nSo.\n", encoding="utf-8")
    plain = CliRunner().invoke(app, ["plan", str(script), "-o", str(tmp_path / "film")])
    assert plain.exit_code == 0 and not (tmp_path / "film/prompts.md").exists()
    reply = CliRunner().invoke(app, ["plan", str(script), "-o", str(tmp_path / "film"), "--prompts", "hunyuan"])
    assert reply.exit_code == 0, reply.output
    sheet = (tmp_path / "film/prompts.md").read_text(encoding="utf-8")
    assert sheet.startswith("# x: words for hunyuan") and "a woman in a red coat" in sheet and "Not:" not in sheet
