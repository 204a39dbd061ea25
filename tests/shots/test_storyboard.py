from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shots.errors import StoryboardError
from shots.source import SourceSpan
from shots.spec import Garment, Presence, Storyboard, Transition
from shots.storyboard import dumps, load, loads, save

QUICK = (Phase.explicit, Phase.generate)  # shrinking a film takes minutes
NIGHT = """\
# a film of one scene
title: 1984
cast:
  - id: MARA   # the keeper
    look: {wardrobe: [{kind: coat, colour: red}, jeans]}
scenes:
  - heading: INT. LIGHTHOUSE - NIGHT
    people: [MARA, TOM]
    shots:
      # she waits
      - id: S1.1
        action: Mara waits.
        transition: dissolve
        duration_s: 3
      - id: S1.2
        lines:
          - character: MARA
            text: no
            source: night.fountain:3-4
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(StoryboardError) as caught:
        loads(text)
    assert caught.value.problems
    assert str(caught.value)
    return [str(problem) for problem in caught.value.problems]


def test_a_scalar_means_what_its_field_asks_for() -> None:
    film = loads(NIGHT)
    (scene,) = film.scenes
    assert film.title == "1984"
    assert scene.shots[1].lines[0].text == "no"
    assert scene.shots[0].duration_s == 3.0


def test_short_forms_stand_for_records() -> None:
    film = loads(NIGHT)
    (scene,) = film.scenes
    assert scene.people == (Presence(character="MARA"), Presence(character="TOM"))
    assert scene.shots[0].transition == Transition(kind="dissolve")
    assert film.cast[0].look.wardrobe == (Garment(kind="coat", colour="red"), Garment(kind="jeans"))
    assert scene.shots[1].lines[0].source == SourceSpan("night.fountain", 3, 4)


def test_a_line_may_be_written_as_in_a_script() -> None:
    film = loads("title: x\nscenes: [{heading: INT. A, shots: [{lines: [MARA: 'No: 7.', 张三: 你好]}]}]")
    assert [(line.character, line.text) for line in film.shots()[0].lines] == [("MARA", "No: 7."), ("张三", "你好")]
    (problem, *_) = problems_of("title: x\nscenes: [{heading: INT. A, shots: [{lines: [{tom: Hi}]}]}]")
    assert "unknown key 'tom' in a line" in problem


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_what_is_written_reads_back_equal(data: st.DataObject, storyboards: st.SearchStrategy[Storyboard]) -> None:
    film = data.draw(storyboards)
    text = dumps(film)
    assert loads(text) == film
    assert dumps(loads(text)) == text


def test_no_references_is_not_references_to_choose() -> None:
    film = loads("title: x\nscenes: [{heading: INT. A, shots: [{references: []}, {references: }]}]")
    assert [shot.references for shot in loads(dumps(film)).shots()] == [(), None]


def test_writing_is_short_and_readable() -> None:
    assert dumps(loads(NIGHT)).splitlines()[1:] == [
        "workprint: 1",
        'title: "1984"',
        "cast:",
        "  - id: MARA",
        "    look: {wardrobe: [{kind: coat, colour: red}, jeans]}",
        "scenes:",
        "  - heading: INT. LIGHTHOUSE - NIGHT",
        "    people: [MARA, TOM]",
        "    shots:",
        "      - id: S1.1",
        "        action: Mara waits.",
        "        duration_s: 3",
        "        transition: dissolve",
        "",
        "      - id: S1.2",
        "        lines:",
        "          - character: MARA",
        '            text: "no"',
        "            source: night.fountain:3-4",
    ]


def test_every_problem_is_told_at_once_with_its_line_and_fix() -> None:
    text = NIGHT.replace("duration_s: 3", "sise: MCU\n        size: MUC\n        seed: -1").replace(
        "id: MARA", "id: ../M"
    )
    assert problems_of(text) == [
        "storyboard.yaml:4: id of a character '../M' looks like a path. "
        "Fix: write a name of letters, digits, spaces and . , ' & ( ) # + - _.",
        "storyboard.yaml:14: unknown key 'sise' in a shot; did you mean 'size'? Fix: rename it to 'size'.",
        "storyboard.yaml:15: size of a shot is 'MUC'; did you mean 'MCU'? "
        "Fix: write one of EWS, WS, FS, MLS, MS, MCU, CU, ECU.",
        "storyboard.yaml:16: seed of a shot is too small. Fix: write a number at least 0.",
    ]


@pytest.mark.parametrize(
    ("shot", "said"),
    [
        ("duration_s: .nan", "a finite number"),
        ("duration_s: nan", "a finite number"),
        ("duration_s: 1e999", "a finite number"),
        ("duration_s: .inf", "a finite number"),
        ("duration_s: -2", "too small"),
        ("duration_s: 0", "too small"),
        ("duration_s: true", "a finite number"),
        ("duration_s: [1]", "is a list"),
        ("duration_s: 9" + "9" * 5000, "a finite number"),
        ("people: [{character: A, mark_m: [1, .nan]}]", "a finite number"),
        ("people: [{character: A, mark_m: [1]}]", "two numbers"),
        ("people: [{}]", "has no character"),
        ("people: {character: A}", "write a list"),
        ("lines: [Hello]", "stands here as a single word"),
        ("lines: [{character: A, text: }]", "is empty"),
        ("lines: [{character: A, text: [x]}]", "is a list"),
        ("lines: [{character: A, text: x, together: maybe}]", "neither true nor false"),
        ("subjects: [a/b]", "looks like a path"),
        ("subjects: ['..']", "looks like a path"),
        ('subjects: ["a\\u0007b"]', "a character that an id cannot have"),
        ("subjects: " + "x" * 81, "longer than 80"),
        ("size: CU\n        size: WS", "the key 'size' stands twice"),
        ("mood: sad", "Fix: move it into a scene"),
        ("source: here", "stands here as a single word"),
        ("action: &a hello", "anchors"),
        ("action: *a", "aliases"),
        ("action: !!python/object:os.system x", "tags"),
        ("? [a]\n        : b", "where a key should"),
        ("action: 'open", "not YAML"),
        ("\taction: x", "not YAML"),
    ],
)
def test_a_wrong_shot_is_told(shot: str, said: str) -> None:
    found = problems_of(NIGHT.replace("duration_s: 3", shot))
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("storyboard.yaml:") and "Fix: " in problem for problem in found)


@pytest.mark.parametrize("shot_id", ["S1.2", "s1.2"])
def test_an_id_stands_once(shot_id: str) -> None:
    (problem,) = problems_of(NIGHT.replace("id: S1.1", f"id: {shot_id}"))
    assert problem == "storyboard.yaml:15: shot 'S1.2' stands twice, first in line 11. Fix: give each its own id."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        "null",
        "a word",
        "[a list]",
        "- title: x",
        "title: x\n---\ntitle: y",
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 5_000,
        "title: \x00",
        "title: \ud800",
        "%YAML 9.9\n---\ntitle: x",
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
        "workprint: 2\ntitle: x",
        "workprint: one\ntitle: x",
        "title:",
        "{}",
        "scenes: 3\ntitle: x",
        "title: x\nscenes: {heading: x}",
        "fps: 24.5\ntitle: x",
    ],
)
def test_what_is_no_storyboard_is_refused_in_a_sentence(text: str) -> None:
    for problem in problems_of(text):
        assert "Fix: " in problem


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"\n #?,%@`~\t1", max_size=80))
def test_any_text_is_a_storyboard_or_a_storyboard_error(text: str) -> None:
    try:
        loads(text)
    except StoryboardError as error:
        assert error.problems


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_mangled_storyboard_is_a_storyboard_or_a_storyboard_error(data: st.DataObject) -> None:
    text = NIGHT
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        put = data.draw(st.sampled_from((":", " ", "\n", "- ", "[", "{", '"', "null", "-1", "NaN", "title", "\u2028")))
        text = text[:at] + put + text[at + cut :]
    try:
        film = loads(text)
    except StoryboardError as error:
        assert error.problems
    else:
        assert loads(dumps(film)) == film


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_file_is_a_storyboard_or_a_storyboard_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "film.yaml"
    path.write_bytes(data)
    with pytest.raises(StoryboardError):
        load(path)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(StoryboardError, match="Fix: give the path"):
            load(path)
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"title: x\n" + b"# " + b"x" * 20_000_000)
    with pytest.raises(StoryboardError, match="20 MB"):
        load(huge)
    utf16 = tmp_path / "utf16.yaml"
    utf16.write_text("title: 夜", encoding="utf-16")
    assert load(utf16).title == "夜"
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"title: x\ncredit: caf\xe9")
    with pytest.raises(StoryboardError, match=r"latin.yaml:2: the text is not UTF-8"):
        load(latin)


def test_saving_keeps_comments_and_untouched_lines(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(NIGHT, encoding="utf-8")
    film = loads(NIGHT)
    (scene,) = film.scenes
    changed = dataclasses.replace(scene.shots[0], action="Mara sleeps.", size="CU")
    new = dataclasses.replace(film, scenes=(dataclasses.replace(scene, shots=(changed, scene.shots[1])),))
    save(new, path)
    text = path.read_text(encoding="utf-8")
    assert load(path) == new
    assert [line for line in NIGHT.splitlines() if line not in text.splitlines()] == ["        action: Mara waits."]


def test_saving_drops_and_adds_shots_by_id(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(NIGHT, encoding="utf-8")
    film = loads(NIGHT)
    (scene,) = film.scenes
    shots = (dataclasses.replace(scene.shots[0], id="S1.0", action="Waves."), scene.shots[1])
    new = dataclasses.replace(film, scenes=(dataclasses.replace(scene, shots=shots),))
    save(new, path)
    assert load(path) == new
    assert "# the keeper" in path.read_text(encoding="utf-8")


def test_saving_what_is_unchanged_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(NIGHT, encoding="utf-8")
    before = path.stat().st_mtime_ns
    save(loads(NIGHT), path)
    assert path.stat().st_mtime_ns == before


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_saving_over_any_storyboard_gives_the_new_one(
    data: st.DataObject, storyboards: st.SearchStrategy[Storyboard], tmp_path_factory: pytest.TempPathFactory
) -> None:
    old, new = data.draw(storyboards), data.draw(storyboards)
    path = tmp_path_factory.mktemp("save") / "storyboard.yaml"
    path.write_text("# mine\n" + dumps(old), encoding="utf-8")
    save(new, path)
    assert load(path) == new
    assert sorted(file.name for file in path.parent.iterdir()) in (
        ["storyboard.schema.json", "storyboard.yaml"],
        ["storyboard.yaml"],
    )


def test_a_storyboard_with_a_slip_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(NIGHT.replace("action:", "acton:"), encoding="utf-8")
    with pytest.raises(StoryboardError, match="did you mean 'action'"):
        save(loads(NIGHT), path)
    assert "acton:" in path.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoryboardError, match="cannot write"):
        save(loads(NIGHT), tmp_path / "missing" / "storyboard.yaml")


@pytest.mark.slow
def test_ten_thousand_shots_load(tmp_path: Path) -> None:
    shot = "  - {id: S%d, size: MCU, subjects: [MARA], people: [MARA, TOM], action: Looks., source: a.fountain:%d}\n"
    path = tmp_path / "long.yaml"
    path.write_text(
        "title: Long\nscenes:\n- heading: INT. A\n  shots:\n" + "".join(shot % (n, n) for n in range(10_000)),
        encoding="utf-8",
    )
    film = load(path)
    assert len(film.shots()) == 10_000
    assert loads(dumps(film)) == film
