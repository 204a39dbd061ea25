"""Notes in plain words: each form is read as its operation, and the help shows only forms that are read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from director.cli.script import note as command
from director.notes.draft import Draft
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
from director.notes.plain import NotPlain, read
from shots.defaults import with_ids
from shots.errors import NoteError
from shots.storyboard import loads

FILM = loads(
    """\
title: Two
props: [LIGHTER]
scenes:
  - heading: INT. BAR - NIGHT
    number: 12
    people: [MARA, TOM]
    shots: [{action: a}, {action: b}]
  - heading: EXT. BEACH - DAY
    people: [MARA, TOM]
    shots: [{action: c}, {action: d}, {action: e}, {action: f}, {id: No 5, action: g}]
"""
)
DRAFT = Draft(replace(FILM, scenes=with_ids(FILM.scenes)))


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("longer S2.3 1.5", Longer(shot="S2.3", by_s=1.5)),
        ("Shorter s2.3 by 0.5 s.", Longer(shot="S2.3", by_s=-0.5)),
        ("longer No 5", Longer(shot="No 5")),
        ("longer No 5 2", Longer(shot="No 5", by_s=2)),
        ("hold S2.3 for 4 seconds", Hold(shot="S2.3", duration_s=4)),
        ("tighter S2.3", Closer(shot="S2.3")),
        ("wider S2.3 2", Closer(shot="S2.3", steps=-2)),
        ("size S2.3 mcu", Reframe(shot="S2.3", size="MCU")),
        ("lens S2.3 85mm", Reframe(shot="S2.3", lens_mm=85)),
        ("focus S2.3 mara, LIGHTER", Reframe(shot="S2.3", focus=("MARA", "LIGHTER"))),
        ("push in S2.3", Reframe(shot="S2.3", move="push_in")),
        ("push_in S2.3", Reframe(shot="S2.3", move="push_in")),
        ("low angle S2.3", Reframe(shot="S2.3", angle="low")),
        ("brighter S2", Brighten(of="S2")),
        ("darker scene 2", Brighten(of="S2", steps=-1)),
        ("darker the scene 12 2", Brighten(of="S1", steps=-2)),
        ("scene 2 is too dark", Brighten(of="S2")),
        ("S2.3 runs a bit too long", Longer(shot="S2.3", by_s=-1)),
        ("cooler S2.3", Warm(of="S2.3", steps=-1)),
        ("key scene 2 left", Relight(of="S2", key_side="left")),
        ("kelvin S2 3200K", Relight(of="S2", colour_temperature_k=3200)),
        ("ratio S2 4:1", Relight(of="S2", key_to_fill_ratio=4)),
        ("dissolve to S2.3 1", Enter(shot="S2.3", kind="dissolve", duration_s=1)),
        ("smash cut S2.3", Enter(shot="S2.3", kind="smash_cut")),
        ("emotion S2.3 mara sad", Play(shot="S2.3", character="MARA", emotion="sad")),
        ("look S2.3 MARA at up", Play(shot="S2.3", character="MARA", looks_at="UP")),
        ("swap S2.3 and S2.4", Swap(shot="S2.3", other="S2.4")),
        ("swap No 5 S2.4", Swap(shot="No 5", other="S2.4")),
        ("move S2.4 before S2.2", Reorder(shot="S2.4", to="S2.2", where="before")),
        ("delete S2.4", Delete(shot="S2.4")),
        ("delete S2.4, words into S2.3", Delete(shot="S2.4", lines_to="S2.3")),
        ("insert after S2.3 of lighter", Insert(beside="S2.3", kind="insert", of="LIGHTER")),
        ("insert before S2.3 reaction of Tom 2 s", Insert(
            beside="S2.3", kind="reaction", of="TOM", where="before", duration_s=2)),
        ("insert after S2.3 rain on 3 roofs", Insert(beside="S2.3", kind="cutaway", action="rain on 3 roofs")),
        ("note S2.3 ask: {why}?", Annotate(shot="S2.3", note="ask: {why}?")),
    ],
)  # fmt: skip
def test_a_form_is_its_operation(words: str, operation: Operation) -> None:
    assert read(words, DRAFT) == (operation,)


def test_the_forms_in_the_help_are_all_read() -> None:
    text = (command.__doc__ or "").split("\b")[1].split("\n\n")[0]
    forms = [re.sub(r"\(.*?\)", "", form).strip() for form in re.split(r"[;\n]", text)]
    forms = [form for form in forms if form]
    assert len(forms) > 30
    for form in forms:
        assert len(read(form, DRAFT)) == 1, form


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("tigther S2.3", "the nearest is 'tighter S2.3'"),
        ("hold longer on Mara", "a shot by its id"),
        ("make it sing", "'make it sing'"),
        ("longer", "names no shot"),
        ("longer S2.33", "did you mean 'S2.3'"),
        ("darker scene 7", "There is no scene '7'"),
        ("size S2.3 MUC", "did you mean 'MCU'"),
        ("hold S2.3", "How long is S2.3?"),
        ("kelvin S2 warm", "is no number"),
        ("longer S2.3 nan", "There is no shot"),
        ("insert after S2.3", "What is seen"),
        ("insert S2.3", "Where should it be inserted"),
        ("delete S2.3 please", "say 'delete S2.4 into S2.3'"),
        (" ; ;\n", "The note is empty"),
        ("hold S2.3 4;" * 8_000, "at most 200 changes"),
        ("x" * 200_000, "too long"),
        ("longer ../../x 3; S2.3: {size: CU}", "S2.3: {size: CU}"),
    ],
)
def test_what_is_no_form_is_told_with_what_would_be(words: str, said: str) -> None:
    with pytest.raises(NoteError) as caught:
        read(words, DRAFT)
    assert said in str(caught.value)
    assert isinstance(caught.value, NotPlain) or "Fix: " in str(caught.value)
    assert len(str(caught.value)) < 500
