"""A changed storyboard in the text it was read from: what did not change keeps every character."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shots.errors import StoryboardError
from shots.spec import Light, Line, Presence, Scene, Shot, Storyboard
from shots.storyboard import dumps, load, loads, revised, save
from shots.yaml_merge import merged
from shots.yaml_read import Mapping, Sequence, compose

QUICK = (Phase.explicit, Phase.generate)  # shrinking a film takes minutes
HAND = """\
# what I have so far

title: "Good bye"   # or Goodbye?
seed: 007
scenes:
- heading: EXT. BEACH - DUSK
  light: {key_side: left}   # the sun is low
  mood: neutral             # said though it is assumed anyway
  shots:
  # the opening

  # the sea
  - {size: EWS, action: The sea.}   # long
  - subjects: [ANNA]  # her

    move:   static
    lines: [{character: ANNA, text: "You\\u0020came."}]


  # the answer

  - duration_s: 3.50
    # not yet sure
    size: MS   # or closer
    action: >-
      A long folded text that is
      here and there,

      done.
    lines:
    - TOM: 'I was in the neighbourhood.'   # as improvised
    # no more than that
- heading: INT. HUT
  shots: [{size: CU}, {size: MS, people: ANNA}]
"""
Change = Callable[[tuple[Shot, ...]], tuple[Shot, ...]]


def _reshot(film: Storyboard, change: Change, scene: int = 0) -> Storyboard:
    scenes = list(film.scenes)
    scenes[scene] = replace(scenes[scene], shots=change(scenes[scene].shots))
    return replace(film, scenes=tuple(scenes))


def _first(**fields: Any) -> Change:
    return lambda shots: (replace(shots[0], **fields), *shots[1:])


def _last(**fields: Any) -> Change:
    return lambda shots: (*shots[:-1], replace(shots[-1], **fields))


def _swapped(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
    return (replace(shots[1], id="S1.2"), replace(shots[0], id="S1.1"), *shots[2:])


def _dropped(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
    return (shots[0], replace(shots[2], id="S1.3"))


def _grown(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
    fresh = Shot(id="S1.2A", insert_of="BOAT", people=(Presence(character="TOM", act="walk"),))
    return (*shots[:2], fresh, replace(shots[2], id="S1.3"))


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        (
            _first(size="WS"),
            ["  - {size: EWS, action: The sea.}   # long"],
            ["  - {size: WS, action: The sea.}   # long"],
        ),
        (_first(size=None), ["  - {size: EWS, action: The sea.}   # long"], ["  - {action: The sea.}   # long"]),
        (
            _first(angle="low", note="a: b"),
            ["  - {size: EWS, action: The sea.}   # long"],
            ['  - {size: EWS, angle: low, action: The sea., note: "a: b"}   # long'],
        ),
        (_last(size="MCU"), ["    size: MS   # or closer"], ["    size: MCU   # or closer"]),
        (_last(duration_s=None), ["  - duration_s: 3.50", "    # not yet sure"], ["  - # not yet sure"]),
        (_last(light=Light(key_side="back")), [], ["    light: {key_side: back}"]),
        (
            _last(action="short"),
            ["    action: >-", "      A long folded text that is", "      here and there,", "", "      done."],
            ["    action: short"],
        ),
        (
            _last(lines=(Line(character="TOM", text="I was in the neighbourhood.", heard="off_screen"),)),
            ["    - TOM: 'I was in the neighbourhood.'   # as improvised"],
            ["    - {character: TOM, text: I was in the neighbourhood., heard: off_screen}   # as improvised"],
        ),
        (
            _dropped,
            [
                "  - subjects: [ANNA]  # her",
                "",
                "    move:   static",
                '    lines: [{character: ANNA, text: "You\\u0020came."}]',
                "  - duration_s: 3.50",
            ],
            ["  - id: S1.3", "    duration_s: 3.50"],
        ),
        (
            _grown,
            ["  - duration_s: 3.50"],
            [
                "  - id: S1.2A",
                "    insert_of: BOAT",
                "    people: [{character: TOM, act: walk}]",
                "  - id: S1.3",
                "    duration_s: 3.50",
            ],
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_what_changes_is_written_anew(change: Change, gone: list[str], come: list[str], newline: str) -> None:
    text = HAND.replace("\n", newline)
    film = loads(text)
    new = _reshot(film, change)
    changed = merged(text, film, new)
    assert loads(changed) == new
    assert changed.count("\r\n") == (changed.count("\n") if newline == "\r\n" else 0)
    before, after = text.splitlines(), changed.splitlines()
    for line in gone:
        before.remove(line)
    for line in come:
        after.remove(line)
    blank = [line for line in before if line], [line for line in after if line]
    assert blank[0] == blank[1]
    assert abs(len(before) - len(after)) <= 1  # what parted a shot that is gone or new


def test_shots_change_places_with_the_comment_above_them() -> None:
    film = loads(HAND)
    changed = merged(HAND, film, _reshot(film, _swapped))
    assert changed.splitlines()[9:17] == [
        "  # the opening",
        "",
        "  - id: S1.2",
        "    subjects: [ANNA]  # her",
        "",
        "    move:   static",
        '    lines: [{character: ANNA, text: "You\\u0020came."}]',
        "  # the sea",
    ]
    assert merged(changed, loads(changed), film) == HAND


def test_shots_in_brackets_change_places() -> None:
    film = loads(HAND)
    new = _reshot(film, lambda shots: (replace(shots[1], id="S2.2"), replace(shots[0], id="S2.1")), scene=1)
    changed = merged(HAND, film, new)
    assert changed == HAND.replace(
        "[{size: CU}, {size: MS, people: ANNA}]", "[{id: S2.2, size: MS, people: ANNA}, {id: S2.1, size: CU}]"
    )


def test_a_comment_at_the_end_of_a_line_never_becomes_a_part_of_a_long_text() -> None:
    text = "title: x\nscenes:\n- heading: INT. A\n  shots:\n  - action: short  # told briefly\n"
    film = loads(text)
    long = "word " * 60 + "end"
    changed = merged(text, film, _reshot(film, _first(action=long)))
    assert loads(changed).shots()[0].action == long
    assert changed.endswith("end  # told briefly\n")


def test_spaces_at_the_end_of_a_text_go_with_it() -> None:
    film = Storyboard(title="x", scenes=(Scene(heading="INT. A", shots=(Shot(action="word  " * 40), Shot(note="z"))),))
    for action in ("line one\nline two", "word " * 40 + "end", "short"):
        new = _reshot(film, _first(action=action))
        changed = merged(dumps(film), film, new)
        assert changed == dumps(new)


def test_remarks_between_shots_outlive_a_shot_that_is_gone() -> None:
    film = loads(HAND)
    changed = merged(HAND, film, _reshot(film, lambda shots: (shots[0], replace(shots[1], id="S1.2"))))
    assert "# the answer" in changed and "# the opening" in changed
    assert loads(changed).shots()[1].subjects == ("ANNA",)


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_files_encoding_and_its_last_line_stay(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    text = HAND.replace("The sea.", "大海。").removesuffix("\n")
    path.write_bytes(text.encode(mark))
    save(_reshot(load(path), _first(size="WS")), path)
    assert path.read_bytes() == text.replace("{size: EWS", "{size: WS").encode(mark)


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(HAND, encoding="utf-8")
    path.chmod(0o600)
    save(_reshot(load(path), _first(size="WS")), path)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("shot", ["&a {size: CU}", "{size: CU, note: &a x}", "{size: !!str CU}"])
def test_anchors_and_tags_are_refused_not_lost(shot: str) -> None:
    text = f"title: x\nscenes: [{{heading: INT. A, shots: [{shot}]}}]\n"
    with pytest.raises(StoryboardError, match="are not read here"):
        revised(text.encode(), loads("title: x"))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_any_storyboard_can_be_written_into_any_other(
    data: st.DataObject, storyboards: st.SearchStrategy[Storyboard]
) -> None:
    old, new = data.draw(storyboards), data.draw(storyboards)
    text = "# mine\n" + dumps(old)
    changed = merged(text, old, new)
    assert loads(changed) == new
    assert changed.startswith("# mine\n")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_a_change_to_one_shot_leaves_every_line_of_the_others(
    data: st.DataObject, any_shots: st.SearchStrategy[Shot]
) -> None:
    shots = tuple(replace(data.draw(any_shots), id=f"S1.{n}") for n in (1, 2, 3))
    film = Storyboard(title="Any", scenes=(Scene(heading="INT. A", shots=shots),))
    scene, place = 0, data.draw(st.integers(0, 2))
    other = data.draw(any_shots)
    names = st.sampled_from([field.name for field in dataclasses.fields(Shot) if field.name != "id"])
    changes = {name: getattr(other, name) for name in data.draw(st.lists(names, min_size=1, max_size=3))}
    text = dumps(film).replace("\n", data.draw(st.sampled_from(("\n", "\r\n")))) + "# the end\n"

    def change(shots: tuple[Shot, ...]) -> tuple[Shot, ...]:
        return (*shots[:place], replace(shots[place], **changes), *shots[place + 1 :])

    new = _reshot(film, change, scene)
    changed = merged(text, film, new)
    assert loads(changed) == new
    kept_before, kept_after = _around(text, scene, place), _around(changed, scene, place)
    assert kept_before == kept_after
    assert loads(merged(changed, new, film)) == film


def _around(text: str, scene: int, place: int) -> tuple[str, str]:
    """What stands before and after a shot."""
    node: Any = compose(text, "")
    for key in ("scenes", scene, "shots", place):
        if isinstance(node, Mapping):
            node = next(value for name, value in node.pairs if name.text == key)
        else:
            assert isinstance(node, Sequence) and isinstance(key, int)
            node = node.items[key]
    return text[: node.start], text[node.end :].lstrip("\r\n")
