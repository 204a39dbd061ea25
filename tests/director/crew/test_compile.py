"""Plans become shots: people and words by code, in order, framed as asked."""

from __future__ import annotations

from director.compile import compile_scene, staged
from director.direct import ReadFilm, read_film
from director.numbering import ScriptLine, number_scenes
from director.parse import parse_fountain
from director.plan import Direction, LightPlan, ScenePlan, ShotPlan
from shots.spec import Light, Scene, Transition
from tests.director.crew.scripts import THREE


def read() -> tuple[ReadFilm, tuple[tuple[ScriptLine, ...], ...]]:
    film = read_film(parse_fountain(THREE, "three.fountain"))
    return film, number_scenes(each.sheet.moments for each in film.scenes)


FILM, NUMBERED = read()
FIRST = NUMBERED[0]
IDS = [line.id for line in FIRST]


def shot(first: int, last: int, **more: object) -> ShotPlan:
    """A shot that carries the scene's lines `first` to `last`, from 0; `last` before `first` is none."""
    framing = {"coverage": "master", "size": "WS", "motive": "why", **more}
    return ShotPlan(lines=tuple(IDS[first : last + 1]), **framing)  # type: ignore[arg-type]


def compiled(*shots: ShotPlan, **more: object) -> Scene:
    return compile_scene(FILM.scenes[0], FIRST, ScenePlan(shots=shots, **more), {})  # type: ignore[arg-type]


def test_the_lines_of_the_scene_are_what_the_tests_below_take_them_for() -> None:
    assert [line.text.split()[0] for line in FIRST] == [
        "A", "MARA,", "TOM", "They", "The", "You", "It", "Don't.", "Now!", "Mara",
    ]  # fmt: skip


def test_pieces_of_one_speech_in_one_shot_are_one_line() -> None:
    scene = compiled(shot(0, 3), shot(4, 6, coverage="single", size="MS", subjects=("TOM",)), shot(7, 9))
    said = [line.text for line in scene.shots[1].lines]
    assert len(said) == 1 and said[0].startswith("The tide") and said[0].endswith("next year, too.")
    assert scene.shots[1].lines[0].delivery == "without looking up"


def test_a_speech_runs_on_over_who_listens_and_is_heard_off_screen_there() -> None:
    scene = compiled(
        shot(0, 3),
        shot(4, 4, coverage="single", size="MS", subjects=("TOM",)),
        shot(5, 6, coverage="reaction", size="CU", subjects=("MARA",)),
        shot(7, 9),
    )
    assert [line.heard for s in scene.shots[1:3] for line in s.lines] == ["on_screen", "off_screen"]


def test_words_said_at_once_stay_together() -> None:
    scene = compiled(shot(0, 7), shot(8, 9, coverage="two_shot", size="MS", subjects=("MARA", "TOM")))
    assert [(line.character, line.together) for line in scene.shots[1].lines] == [("MARA", False), ("TOM", True)]


def test_who_holds_what_and_who_leaves_is_the_scripts() -> None:
    scene = compiled(shot(0, 8), shot(9, 9, coverage="single", size="FS", subjects=("MARA",)))
    mara = next(person for person in scene.shots[1].people if person.character == "MARA")
    assert "LANTERN" in mara.holds and mara.exits is not None
    after = staged((shot(0, 9), ShotPlan(coverage="reaction", size="CU", subjects=("TOM",), motive="alone")), FIRST)
    assert after[1].bodies == ("TOM",)


def test_a_silent_shot_shows_the_floor_as_the_last_line_left_it() -> None:
    look = ShotPlan(coverage="reaction", size="CU", subjects=("TOM",), motive="it hit", duration_s=2.5)
    scene = compiled(shot(0, 7), look, shot(8, 9))
    assert scene.shots[1].lines == () and scene.shots[1].duration_s == 2.5
    assert {person.character for person in scene.shots[1].people} == {"MARA", "TOM"}
    assert all(person.act == "none" and person.enters is None for person in scene.shots[1].people)
    assert scene.shots[1].source == FIRST[7].spans


def test_a_feeling_lasts_until_the_next_is_told() -> None:
    afraid = Direction(who="TOM", emotion="afraid", strength=0.9)
    calm = Direction(who="TOM", emotion="tender", strength=0.4)
    scene = compiled(shot(0, 3, directions=(afraid,)), shot(4, 7), shot(8, 8, directions=(calm,)), shot(9, 9))
    told = [next(p.emotion for p in s.people if p.character == "TOM") for s in scene.shots]
    assert told == ["afraid", "afraid", "tender", "tender"]


def test_what_the_script_has_somebody_do_stands() -> None:
    waves = (Direction(who="MARA", act="wave"), Direction(who="TOM", act="nod"))
    scene = compiled(shot(0, 8), shot(9, 9, directions=waves))
    acts = {person.character: person.act for person in scene.shots[1].people}
    assert acts == {"MARA": "walk", "TOM": "nod"}


def test_framing_is_as_asked() -> None:
    asked = shot(0, 3, coverage="over_shoulder", size="MCU", angle="low", move="push_in", lens_mm=85.0, f_number=2.0,
                 subjects=("MARA",), over="TOM", focus=("MARA",), transition=Transition(kind="smash_cut"))  # fmt: skip
    made = compiled(asked, shot(4, 9)).shots[0]
    for name in ("coverage", "size", "angle", "move", "lens_mm", "f_number", "subjects", "over", "focus", "motive"):
        assert getattr(made, name) == getattr(asked, name)
    assert made.transition == asked.transition


def test_no_shot_is_shorter_than_its_words() -> None:
    scene = compiled(shot(0, 3), shot(4, 6, duration_s=1.0), shot(7, 9, duration_s=25.0))
    assert scene.shots[1].duration_s is None and scene.shots[2].duration_s == 25.0


def test_light_and_mood_are_the_plans_and_lamps_still_burn() -> None:
    light = LightPlan(light=Light(key_side="back", key_to_fill_ratio=8.0), hour="dusk")
    scene = compiled(shot(0, 9), light=light, mood="sad")
    assert (scene.light and scene.light.key_side, scene.hour, scene.mood) == ("back", "dusk", "sad")


def test_lettering_is_read_and_sounds_are_heard_where_they_belong() -> None:
    lines = NUMBERED[1]
    assert [line.kind for line in lines] == ["action", "lettering", "speech"]
    plan = ScenePlan(shots=(ShotPlan(lines=tuple(x.id for x in lines), coverage="master", size="WS", motive="all"),))
    made = compile_scene(FILM.scenes[1], lines, plan, {lines[0].id: ("thunder",)}).shots[0]
    assert made.note == "THE SEA" and "thunder" in made.sounds and "THE SEA" not in made.action


def test_a_silhouette_that_the_script_wants_is_not_lit_from_the_front() -> None:
    film = read_film(parse_fountain("INT. BARN - DAY\n\nMARA stands in silhouette.\n\nShe waits.\n", "barn.fountain"))
    lines = number_scenes(each.sheet.moments for each in film.scenes)[0]
    front = LightPlan(light=Light(key_side="front", colour_temperature_k=4000))
    plan = ScenePlan(
        shots=(ShotPlan(lines=tuple(x.id for x in lines), coverage="master", size="WS", motive="all"),), light=front
    )
    scene = compile_scene(film.scenes[0], lines, plan, {})
    assert scene.shots[0].light and scene.shots[0].light.silhouette
    assert scene.light == Light(colour_temperature_k=4000)
