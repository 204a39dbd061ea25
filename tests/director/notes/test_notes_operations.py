"""Operations on a storyboard: what each does, what it refuses and why, and that everything else stays."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.notes.apply import apply
from director.notes.operations import (
    Annotate,
    Brighten,
    Closer,
    Delete,
    Enter,
    Hold,
    Insert,
    Longer,
    Operation,
    Play,
    Reframe,
    Relight,
    Reorder,
    Swap,
    Warm,
)
from shots.defaults import complete
from shots.errors import NoteError
from shots.spec import Light, Reference, Shot, Storyboard, Transition
from shots.storyboard import dumps, loads, revised

FILM = """\
title: Two
props: [LIGHTER]
scenes:
  - id: S1
    heading: INT. BAR - NIGHT
    number: 12
    light: {key_side: left, key_to_fill_ratio: 4}
    people: [MARA, TOM]
    shots:
      - {id: S1.1, coverage: establishing, size: WS, lens_mm: 28, action: The bar., duration_s: 3, transition: fade_in}
      - {id: S1.2, coverage: single, size: MS, lens_mm: 50, subjects: [MARA], lines: [MARA: You came after all.]}
      - {id: S1.3, coverage: single, size: MCU, lens_mm: 90, subjects: [TOM], lines: [TOM: I was near.]}
      - id: S1.4
        coverage: reaction
        size: CU
        lens_mm: 85
        subjects: [MARA]
        duration_s: 2
        light: {key_to_fill_ratio: 8}
  - id: S2
    heading: EXT. BEACH - DAY
    people: [MARA]
    shots:
      - {id: S2.1, coverage: single, size: FS, subjects: [MARA], duration_s: 4, continues: S1.4}
"""
SHORT = """\
title: Short
scenes:
  - heading: EXT. BEACH - DUSK
    shots:
      - {action: The sea.}   # empty
      - {subjects: [ANNA], lines: [ANNA: You came.]}
      - {subjects: [TOM], lines: [TOM: I did.]}
      - {subjects: [ANNA]}
"""
FILES = (FILM, SHORT)


def done(*operations: Operation, text: str = FILM) -> Storyboard:
    return apply(loads(text), operations)


def shot(film: Storyboard, name: str) -> Shot:
    return next(one for one in complete(film).shots() if one.id == name)


def written(film: Storyboard, name: str) -> Shot:
    return next(one for one in film.shots() if one.id == name)


def changed_lines(text: str, *operations: Operation) -> list[str]:
    after = revised(text.encode(), apply(loads(text), operations)).decode()
    return [line.strip() for line in after.splitlines() if line not in text.splitlines()]


def refused(*operations: Operation, text: str = FILM) -> str:
    with pytest.raises(NoteError) as caught:
        done(*operations, text=text)
    return str(caught.value)


def test_a_shot_is_reframed_and_the_lens_of_a_size_goes_with_it() -> None:
    closer = written(done(Closer(shot="S1.2")), "S1.2")
    assert (closer.size, closer.lens_mm) == ("MCU", 65)
    assert written(done(Closer(shot="S1.3", steps=-2)), "S1.3").size == "MLS"
    assert written(done(Closer(shot="S1.3")), "S1.3").lens_mm == 90  # somebody chose that lens
    framed = written(done(Reframe(shot="s1.2", move="push_in", angle="low", focus=("mara", "lighter"))), "S1.2")
    assert (framed.move, framed.angle, framed.focus, framed.size) == ("push_in", "low", ("MARA", "LIGHTER"), "MS")
    assert "Fix: stop at ECU" in refused(Closer(shot="S1.4", steps=3))


def test_a_shot_is_held_and_words_are_never_cut() -> None:
    assert written(done(Longer(shot="S1.1", by_s=1.5)), "S1.1").duration_s == 4.5
    assert written(done(Longer(shot="S1.1", by_s=-1), Longer(shot="S1.1", by_s=-1)), "S1.1").duration_s == 1
    spoken = done(Longer(shot="S1.2", by_s=1))
    again = apply(spoken, [Longer(shot="S1.2", by_s=1)])
    assert (written(again, "S1.2").duration_s or 0) - (written(spoken, "S1.2").duration_s or 0) == pytest.approx(1)
    assert "words take" in refused(Hold(shot="S1.2", duration_s=0.9))
    assert "words take" in refused(Longer(shot="S1.2", by_s=-1))
    assert "between 0.8 and 600" in refused(Longer(shot="S1.1", by_s=-3))


def test_the_light_of_a_scene_reaches_the_shots_that_say_their_own() -> None:
    film = done(Brighten(of="S1"))
    assert film.scenes[0].light == Light(key_side="left", key_to_fill_ratio=2.7)
    assert written(film, "S1.4").light == Light(key_to_fill_ratio=5.3)
    assert written(done(Brighten(of="S1.1", steps=-1)), "S1.1").light == Light(key_to_fill_ratio=6)
    film = done(Relight(of="S1", key_side="right", colour_temperature_k=3200))
    assert film.scenes[0].light == Light(key_side="right", key_to_fill_ratio=4, colour_temperature_k=3200)
    assert written(film, "S1.4").light == Light(key_to_fill_ratio=8)
    warm, cool = (done(Warm(of="S2", steps=n)).scenes[1].light or Light() for n in (1, -1))
    assert (warm.colour_temperature_k or 0) < 5700 < (cool.colour_temperature_k or 0)
    assert "gets no brighter" in refused(Relight(of="S2", key_to_fill_ratio=1), Brighten(of="S2"))


def test_people_are_directed_where_they_are() -> None:
    film = done(Play(shot="S1.4", character="mara", emotion="sad", looks_at="TOM"))
    people = {person.character: person for person in shot(film, "S1.4").people}
    assert set(people) == {"MARA", "TOM"}  # nobody leaves because somebody else is directed
    assert (people["MARA"].emotion, people["MARA"].looks_at) == ("sad", "TOM")
    assert "TOM is not there in S2.1; there is MARA" in refused(Play(shot="S2.1", character="TOM", emotion="sad"))
    assert "cannot look at" in refused(Play(shot="S1.4", character="MARA", looks_at="MARA"))
    assert "did you mean 'LIGHTER'" in refused(Play(shot="S1.4", character="MARA", looks_at="LIGTHER"))


def test_the_order_changes_and_the_dialogue_does_not() -> None:
    film = done(Swap(shot="S1.1", other="S1.2"))
    assert [one.id for one in film.scenes[0].shots] == ["S1.2", "S1.1", "S1.3", "S1.4"]
    assert written(film, "S1.2").transition == Transition(kind="fade_in")  # the scene opens as it opened
    assert written(film, "S1.1").transition == Transition()
    assert apply(film, [Swap(shot="S1.1", other="S1.2")]) == loads(FILM)
    film = done(Reorder(shot="S1.4", to="S1.1"))
    assert [one.id for one in film.scenes[0].shots] == ["S1.1", "S1.4", "S1.2", "S1.3"]
    assert "order of the dialogue: TOM would say “I was near.” too early" in refused(Swap(shot="S1.2", other="S1.3"))
    assert "order of the dialogue" in refused(Reorder(shot="S1.3", to="S1.1"))
    assert "different scenes" in refused(Swap(shot="S1.1", other="S2.1"))
    assert "named twice" in refused(Swap(shot="S1.1", other="S1.1"))


def test_a_shot_that_speaks_goes_only_when_its_words_stay() -> None:
    assert "Fix: say which shot beside it takes them: delete S1.3 into S1.2 or S1.4" in refused(Delete(shot="S1.3"))
    film = done(Delete(shot="S1.3", lines_to="S1.4"))
    assert [line.text for one in film.shots() for line in one.lines] == ["You came after all.", "I was near."]
    assert written(film, "S1.4").lines[0].heard == "off_screen"  # the picture is of MARA
    assert "does not stand beside" in refused(Delete(shot="S1.3", lines_to="S1.1"))
    assert "only shot" in refused(Delete(shot="S2.1"))


def test_nothing_looks_at_a_shot_that_is_gone() -> None:
    film = loads(FILM)
    second = replace(film.scenes[1].shots[0], references=(Reference(kind="identity", of="MARA", shot="S1.4"),))
    film = replace(film, scenes=(film.scenes[0], replace(film.scenes[1], shots=(second,))))
    after = written(apply(film, [Delete(shot="S1.4")]), "S2.1")
    assert (after.continues, after.references) == (None, ())


def test_shots_without_words_are_put_in() -> None:
    film = done(
        Insert(beside="S1.2", kind="insert", of="lighter"),
        Insert(beside="S1.2", kind="reaction", of="TOM", duration_s=1.5),
        Insert(beside="S1.1", kind="cutaway", action="Rain on the window.", where="before"),
    )
    assert [one.id for one in film.scenes[0].shots] == ["S1.1A", "S1.1", "S1.2", "S1.2B", "S1.2A", "S1.3", "S1.4"]
    assert (shot(film, "S1.2A").coverage, shot(film, "S1.2A").size) == ("insert", "ECU")
    assert (shot(film, "S1.2B").coverage, shot(film, "S1.2B").subjects) == ("reaction", ("TOM",))
    assert shot(film, "S1.1A").coverage == "establishing"
    assert written(film, "S1.1A").transition.kind == "fade_in"
    assert "cannot react" in refused(Insert(beside="S2.1", kind="reaction", of="TOM"))
    assert "shows nothing" in refused(Insert(beside="S2.1", kind="insert"))


def test_a_short_storyboard_stays_short() -> None:
    """Nothing that was chosen for a person is written into a file that leaves it out."""
    assert changed_lines(SHORT, Closer(shot="S1.2")) == ["- {size: MCU, subjects: [ANNA], lines: [ANNA: You came.]}"]
    assert changed_lines(SHORT, Brighten(of="S1")) == ["light: {key_to_fill_ratio: 2.7}"]
    assert changed_lines(SHORT, Delete(shot="S1.1")) == [
        "- {id: S1.2, subjects: [ANNA], lines: [ANNA: You came.]}",
        "- {id: S1.3, subjects: [TOM], lines: [TOM: I did.]}",
        "- {id: S1.4, subjects: [ANNA]}",
    ]
    assert changed_lines(SHORT, Insert(beside="S1.4", kind="reaction", of="TOM")) == [
        "- {id: S1.4A, coverage: reaction, subjects: [TOM]}"
    ]
    assert changed_lines("title: x\nscenes:\n  - heading: INT. A\n", Annotate(shot="S1.1", note="why?")) == [
        "shots:",
        "- coverage: establishing",
        "note: why?",
    ]


def test_every_operation_that_cannot_be_done_is_told_and_none_is_done() -> None:
    before = loads(FILM)
    with pytest.raises(NoteError) as caught:
        apply(before, [Closer(shot="S1.22"), Closer(shot="S1.1"), Delete(shot="S1.2"), Warm(of="S3")])
    assert len(caught.value.problems) == 3
    assert caught.value.problems[0].startswith("There is no shot 'S1.22'; did you mean 'S1.2'?")
    assert before == loads(FILM)


HOSTILE = ("../../etc/passwd", "S1.1\nscenes: []", "S1.1: {", "\x1b[2J", "x" * 5000, "", "~", "&a", "S1.1\u202e")


@pytest.mark.parametrize("name", HOSTILE)
def test_ids_that_are_none_are_told_in_a_printable_line(name: str) -> None:
    told = refused(Closer(shot=name), Swap(shot=name, other="S1.1"), Warm(of=name), Play(shot="S1.4", character=name))
    assert told.isprintable() or all(line.isprintable() for line in told.split("\n"))
    assert len(told) < 2000


@pytest.mark.parametrize(
    "text", ["a\n- b: c", "x: [", "# not a comment", "---\n...", "'", '"', "\x00\x1b", "*a &b !c", "yes"]
)
def test_text_never_breaks_out_of_its_field(text: str) -> None:
    for operation in (Annotate(shot="S1.2", note=text), Insert(beside="S1.1", kind="cutaway", action=text)):
        film = done(operation)
        after = revised(FILM.encode(), film)
        assert loads(after.decode()) == film
        kept = set(after.decode().splitlines())
        assert sum(line not in kept for line in FILM.splitlines()) <= 1


def test_numbers_outside_the_limits_are_refused() -> None:
    nan, huge = float("nan"), float("inf")
    for operation in (
        Hold(shot="S1.1", duration_s=nan),
        Longer(shot="S1.1", by_s=huge),
        Hold(shot="S1.1", duration_s=-1),
        Reframe(shot="S1.1", lens_mm=4),
        Relight(of="S1", colour_temperature_k=10),
        Play(shot="S1.4", character="MARA", emotion_strength=7),
        Closer(shot="S1.1", steps=99),
        Enter(shot="S1.1", kind="explode"),  # type: ignore[arg-type]
        Annotate(shot="S1.1", note="x" * 5000),
    ):
        assert "Fix: write a value within these limits" in refused(operation)
    start = time.monotonic()
    assert "at most 200" in refused(*[Longer(shot="S1.1")] * 10_000)
    assert time.monotonic() - start < 1


SHOTS = st.sampled_from(("S1.1", "S1.2", "S1.3", "S1.4"))
PLACES = st.sampled_from(("after", "before"))
OPERATIONS = st.one_of(
    st.builds(Closer, shot=SHOTS, steps=st.sampled_from((-1, 1))),
    st.builds(Longer, shot=SHOTS, by_s=st.sampled_from((-0.5, 0.25, 1.0))),
    st.builds(Swap, shot=SHOTS, other=SHOTS),
    st.builds(Reorder, shot=SHOTS, to=SHOTS, where=PLACES),
    st.builds(Delete, shot=SHOTS, lines_to=st.none() | SHOTS),
    st.builds(Insert, beside=SHOTS, where=PLACES, kind=st.just("cutaway"), action=st.text(max_size=30)),
    st.builds(Brighten, of=SHOTS | st.just("S1"), steps=st.sampled_from((-1, 1))),
    st.builds(Annotate, shot=SHOTS, note=st.text(max_size=30)),
    st.builds(Reframe, shot=SHOTS, move=st.sampled_from(("static", "push_in")), angle=st.just("low")),
)


def _spoken(film: Storyboard) -> list[tuple[str, str]]:
    return [(line.character, line.text) for one in film.shots() for line in one.lines]


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(FILES), operations=st.lists(OPERATIONS, min_size=1, max_size=3))
def test_any_operations_keep_words_ids_and_lines(text: str, operations: list[Any]) -> None:
    film = loads(text)
    try:
        after = apply(film, operations)
    except NoteError as error:
        assert all("Fix: " in problem for problem in error.problems)
        return
    assert _spoken(after) == _spoken(film)
    data = revised(text.encode(), after)
    assert loads(data.decode()) == after
    named = {one.id: one for one in complete(film).shots()}
    touched = {getattr(op, field.name) for op in operations for field in fields(op)}
    for one in complete(after).shots():
        if one.id in named and one.id not in touched and not one.lines and not named[one.id].lines:
            assert (one.action, one.subjects, one.note) == (
                named[one.id].action,
                named[one.id].subjects,
                named[one.id].note,
            )
    gone = named.keys() - {one.id for one in complete(after).shots()}
    assert gone <= {op.shot for op in operations if isinstance(op, Delete)}


UNDONE: tuple[tuple[Operation, Operation], ...] = (
    (Closer(shot="S1.2"), Closer(shot="S1.2", steps=-1)),
    (Longer(shot="S1.1", by_s=2), Longer(shot="S1.1", by_s=-2)),
    (Swap(shot="S1.1", other="S1.4"), Swap(shot="S1.4", other="S1.1")),
    (Reorder(shot="S1.4", to="S1.1"), Reorder(shot="S1.4", to="S1.3")),
    (Insert(beside="S1.2", kind="insert", of="LIGHTER"), Delete(shot="S1.2A")),
    (Reframe(shot="S1.4", move="push_in"), Reframe(shot="S1.4", move="static")),
    (Enter(shot="S1.4", kind="dissolve"), Enter(shot="S1.4", kind="cut")),
)


@pytest.mark.parametrize(("there", "back"), UNDONE, ids=lambda op: op.op)
def test_the_inverse_gives_the_file_back(there: Operation, back: Operation, tmp_path: Path) -> None:
    data = ("# mine\n" + FILM.replace("subjects: [TOM]", "subjects:   TOM")).replace("}\n", "}  # so\n").encode()
    after = revised(data, apply(loads(data.decode()), [there]))
    assert after != data
    assert revised(after, apply(loads(after.decode()), [back])) == data


def test_a_planned_storyboard_and_its_canonical_form_agree() -> None:
    film = complete(loads(FILM))
    after = apply(film, [Closer(shot="S1.2"), Swap(shot="S1.1", other="S1.2")])
    assert revised(dumps(film).encode(), after) == dumps(after).encode()
