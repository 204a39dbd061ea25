"""A new draft brought into a film that people have worked on: nothing of theirs is lost, and all can be taken back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from director.cli import app
from director.direct import direct
from director.folder import FilmFolder
from director.opening import open_film
from director.parse.fountain import parse_fountain
from director.reshoot.paper import Paper
from director.revise.drafting import Known, brought_in
from director.revise.drafts import Drafts
from director.revise.report import colour_of
from director.revise.revision import Revision, restore, revise
from shots.errors import NoteError, ScriptError, StoryboardError, WorkprintError
from shots.spec import Reference, Shot, Storyboard, Trim
from shots.storyboard import dumps, load, revised

SCRIPT = """Title: The Key

INT. KITCHEN - DAY

ANNA, 30, a woman in a red dress, sits at the table. TOM, 35, a man in a blue shirt, looks at a letter.

ANNA
The bread is burning.

Tom puts down the letter.

TOM
Let it burn. We never liked it.

Anna laughs.

INT. HALL - NIGHT

Tom opens the door. A lamp burns.

TOM
Nobody here.

EXT. GARDEN - NIGHT

Anna waves.

ANNA
Over here!
"""


@pytest.fixture
def film(tmp_path: Path) -> FilmFolder:
    """A film planned from SCRIPT, which lies beside it as key.fountain."""
    (tmp_path / "key.fountain").write_text(SCRIPT)
    return open_film(tmp_path / "key.fountain", tmp_path / "film").folder


def draft(film: FilmFolder, *typed: tuple[str, str], name: str = "new.fountain") -> Path:
    text = SCRIPT
    for old, new in typed:
        assert old in text
        text = text.replace(old, new)
    path = film.root.parent / name
    path.write_text(text)
    return path


def change(film: FilmFolder, name: str, by_hand: Callable[[Shot], Shot]) -> None:
    """What a person changes of one shot."""

    def edit(board: Storyboard) -> Storyboard:
        scenes = tuple(
            replace(s, shots=tuple(by_hand(one) if one.id == name else one for one in s.shots)) for s in board.scenes
        )
        return replace(board, scenes=scenes)

    Paper(film.storyboard).change("by hand", edit)


def shot_with(film: FilmFolder, words: str) -> Shot:
    return next(s for s in load(film.storyboard).shots() if words in s.action or any(words in x.text for x in s.lines))


def brought(film: FilmFolder, path: Path) -> Revision:
    found = revise(film.storyboard, path, film)
    found.apply()
    return found


def test_nothing_is_touched_before_it_is_applied(film: FilmFolder) -> None:
    before = {p: p.read_bytes() for p in film.root.rglob("*") if p.is_file()}
    found = revise(film.storyboard, draft(film, ("burning", "on fire")), film)
    assert found.changed
    assert {p: p.read_bytes() for p in film.root.rglob("*") if p.is_file()} == before


def test_the_lines_of_what_does_not_change_stay_byte_for_byte(film: FilmFolder) -> None:
    text = film.storyboard.read_text().replace("    mood:", "    # as we said\n    mood:", 1)
    film.storyboard.write_text(text)
    spoken = shot_with(film, "burning")
    brought(film, draft(film, ("The bread is burning.", "The bread is on fire."), name="key.fountain"))
    old, new = text.splitlines(), film.storyboard.read_text().splitlines()
    assert [line for line in old if line not in new] == ["            text: The bread is burning."]
    assert [line for line in new if line not in old] == ["            text: The bread is on fire."]
    assert shot_with(film, "on fire") == replace(
        spoken, lines=(replace(spoken.lines[0], text="The bread is on fire."),)
    )


def test_a_changed_shot_keeps_what_a_person_made_of_it(film: FilmFolder) -> None:
    name = shot_with(film, "burning").id or ""
    kept = {
        "size": "ECU",
        "angle": "low",
        "seed": 7,
        "note": "closer",
        "take": "0123456789ab",
        "trim": Trim(head_s=0.2),
    }
    change(film, name, lambda shot: replace(shot, camera_m=(1.0, 1.5, -2.0), **kept))  # type: ignore[arg-type]
    brought(film, draft(film, ("The bread is burning.", "Something is burning, Tom.")))
    after = shot_with(film, "Something is burning")
    assert after.id == name and after.camera_m == (1.0, 1.5, -2.0)
    assert {field: getattr(after, field) for field in kept} == kept


def test_a_locked_shot_takes_the_words_and_is_told(film: FilmFolder) -> None:
    before = shot_with(film, "puts down")
    change(film, before.id or "", lambda shot: replace(shot, locked=True, take="0123456789ab"))
    new = draft(film, ("Tom puts down the letter.", "Tom puts down the letter and stands up."), name="key.fountain")
    found = brought(film, new)
    after = shot_with(film, "stands up")
    assert after == replace(before, locked=True, take="0123456789ab", action=after.action)
    assert f"locked, so their takes still show the old words: {before.id}" in str(found.report)


def test_what_follows_a_shot_that_is_gone_follows_the_one_before_it(film: FilmFolder) -> None:
    first, gone, last = (shot_with(film, words).id or "" for words in ("burning", "puts down", "Let it"))
    change(film, gone, lambda shot: replace(shot, continues=first))
    sees = (Reference(kind="identity", of="TOM", shot=gone), Reference(kind="identity", of="ANNA", shot=first))
    change(film, last, lambda shot: replace(shot, continues=gone, references=sees))
    brought(film, draft(film, ("Tom puts down the letter.\n\n", "")))
    after = shot_with(film, "Let it")
    assert (after.continues, after.references) == (first, sees[1:])


def test_somebody_who_leaves_the_film_is_on_no_floor_and_in_no_eye(film: FilmFolder) -> None:
    found = brought(
        film,
        draft(
            film,
            (" TOM, 35, a man in a blue shirt, looks at a letter.", ""),
            ("Tom puts down the letter.\n\nTOM\nLet it burn. We never liked it.\n\n", ""),
            ("Tom opens the door. ", ""),
            ("TOM\nNobody here.\n\n", ""),
        ),
    )
    assert [one.id for one in found.merged.gone_people] == ["TOM"]
    body = film.storyboard.read_text()
    assert "TOM" not in body and "Tom" not in body.replace("Anna waves to Tom", "")
    assert load(film.bin).cast[0].id in ("TOM", "ANNA")


def test_a_renamed_character_keeps_look_and_voice_everywhere(film: FilmFolder) -> None:
    before = next(one for one in load(film.storyboard).cast if one.id == "ANNA")
    found = brought(film, draft(film, ("ANNA", "HELEN"), ("Anna", "Helen")))
    after = next(one for one in load(film.storyboard).cast if one.id == "HELEN")
    assert (after.look, after.voice.like, after.name) == (before.look, "ANNA", "Helen")
    assert "ANNA" not in film.storyboard.read_text().replace("like: ANNA", "")
    assert "ANNA is now HELEN throughout" in str(found.report)


def test_a_bin_gives_back_what_a_draft_took(film: FilmFolder) -> None:
    before = load(film.storyboard)
    hall = [shot.id for shot in before.scenes[1].shots]
    brought(film, draft(film, (SCRIPT[SCRIPT.index("INT. HALL") : SCRIPT.index("EXT. GARDEN")], "")))
    assert [scene.id for scene in load(film.storyboard).scenes] == ["S1", "S3"]
    with pytest.raises(NoteError, match="S2 is in the bin, too"):
        restore(film.storyboard, film, hall[0] or "")
    restore(film.storyboard, film, "S2")
    back = load(film.storyboard)
    assert [scene.id for scene in back.scenes] == ["S1", "S2", "S3"]
    assert [replace(s, source=(), lines=()) for s in back.scenes[1].shots] == [
        replace(s, source=(), lines=()) for s in before.scenes[1].shots
    ]
    with pytest.raises(NoteError, match="S2 is in the film"):
        restore(film.storyboard, film, "S2")
    with pytest.raises(NoteError, match="There is no shot or scene in the bin"):
        restore(film.storyboard, film, "S9")
    assert not revise(film.storyboard, film.root.parent / "new.fountain", film).changed  # and stays


def test_a_shot_from_the_bin_stands_where_it_stood(film: FilmFolder) -> None:
    order = [shot.id for shot in load(film.storyboard).shots()]
    gone = shot_with(film, "puts down").id or ""
    brought(film, draft(film, ("Tom puts down the letter.\n\n", "")))
    restore(film.storyboard, film, gone.lower())
    assert [shot.id for shot in load(film.storyboard).shots()] == order


def test_revising_twice_changes_nothing_and_undo_takes_the_draft_back_too(film: FilmFolder) -> None:
    new = draft(film, ("burning", "on fire"), ("EXT. GARDEN", "INT. CAR - DAY\n\nAnna drives.\n\nEXT. GARDEN"))
    before = film.storyboard.read_bytes()
    assert brought(film, new).report.colour == "blue"
    after = film.storyboard.read_bytes()
    assert not revise(film.storyboard, new, film).changed
    Paper(film.storyboard).undo()
    assert film.storyboard.read_bytes() == before
    assert not revise(film.storyboard, film.root.parent / "key.fountain", film).changed
    assert revise(film.storyboard, new, film).after == after
    Paper(film.storyboard).redo()
    assert not revise(film.storyboard, new, film).changed
    assert brought(film, draft(film, name="third.fountain")).report.colour == "pink"


def test_each_draft_is_kept_byte_for_byte_and_make_follows_it(film: FilmFolder) -> None:
    new = draft(film, ("burning", "on fire"))
    brought(film, new)
    kept = Drafts(film.drafts).all()
    assert [one.path.read_bytes() for one in kept] == [SCRIPT.encode(), new.read_bytes()]
    assert [one.planned for one in kept] == [True, False]
    assert open_film(new, film.root).storyboard.shots() == load(film.storyboard).shots()
    third = draft(film, ("Let it burn.", "Let it."), name="third.fountain")
    with pytest.raises(WorkprintError, match=r"workprint revise .*storyboard.yaml .*third.fountain"):
        open_film(third, film.root)


@pytest.mark.parametrize("kept", [True, False])
def test_edits_one_after_another_never_lose_a_word_or_an_id(kept: bool) -> None:
    """Whatever is typed, the storyboard says every line of the draft in order, and the same draft changes no byte."""
    chance = random.Random(5)
    blocks = SCRIPT.strip().split("\n\n")
    script = parse_fountain(SCRIPT, "key.fountain")
    plan = board = direct(script)
    for _ in range(12):
        at = chance.randrange(2, len(blocks))
        match chance.randrange(4):
            case 0:
                blocks.insert(at, f"ANNA\nWord {chance.randrange(99)} of mine.")
            case 1:
                blocks.insert(at, f"Tom takes step {chance.randrange(99)}.")
            case 2 if len(blocks) > 8 and not blocks[at].startswith(("INT.", "EXT.")):
                del blocks[at]
            case _:
                blocks[at] = blocks[at].replace("the", "that").replace(".", "!")
        draft = parse_fountain("\n\n".join(blocks) + "\n", "key.fountain")
        planned = direct(draft)
        known = Known(script, plan) if kept else None
        data = dumps(board).encode()
        after = brought_in(board, draft, planned, known).storyboard
        said = [line.text for shot in after.shots() for line in shot.lines]
        assert " ".join(said) == " ".join(line.text for shot in planned.shots() for line in shot.lines)
        ids = [shot.id for shot in after.shots()]
        assert len(ids) == len(set(ids))
        same = brought_in(after, draft, planned, Known(draft, planned) if kept else None).storyboard
        assert revised(dumps(after).encode(), same) == dumps(after).encode()
        assert revised(data, board) == data
        board, script, plan = after, draft, planned


def test_a_storyboard_without_a_kept_draft_is_compared_by_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "key.fountain").write_text(SCRIPT)
    board = direct(parse_fountain(SCRIPT, "key.fountain"))
    file = tmp_path / "mine.yaml"
    file.write_text(dumps(board))
    film = FilmFolder(tmp_path / "film")
    found = revise(file, draft(film, ("Nobody here.", "Nobody is here.")), film)
    assert "no draft was kept" in str(found.report)
    changes = [(c.kind, c.shot) for scene in found.merged.scenes for c in scene.shots]
    assert [kind for kind, _ in changes] == ["changed"]
    found.apply()
    assert not revise(file, tmp_path / "new.fountain", film).changed


@pytest.mark.parametrize("suffix", [".fdx", ".txt"])
def test_other_forms_of_a_screenplay_are_drafts_as_well(film: FilmFolder, suffix: str) -> None:
    path = film.root.parent / f"new{suffix}"
    if suffix == ".fdx":
        kinds = {"INT": "Scene Heading", "EXT": "Scene Heading"}
        rows = []
        for block in SCRIPT.split("\n\n")[1:]:
            lines = block.strip().splitlines()
            if len(lines) > 1:
                rows += [("Character", lines[0]), ("Dialogue", lines[1])]
            else:
                rows.append((kinds.get(lines[0][:3], "Action"), lines[0]))
        body = "".join(f'<Paragraph Type="{kind}"><Text>{text}</Text></Paragraph>\n' for kind, text in rows)
        path.write_text(f'<?xml version="1.0"?><FinalDraft><Content>{body}</Content></FinalDraft>')
    else:
        path.write_text(SCRIPT)
    found = revise(film.storyboard, path, film)
    assert [change for scene in found.merged.scenes for change in scene.shots] == []


def test_what_cannot_be_a_draft_is_refused_in_a_sentence(film: FilmFolder) -> None:
    empty = film.root.parent / "empty.fountain"
    empty.write_text("\n")
    with pytest.raises(ScriptError, match="Fix:"):
        revise(film.storyboard, empty, film)
    with pytest.raises(ScriptError, match="is a storyboard"):
        revise(film.storyboard, film.storyboard, film)
    film.storyboard.write_text("title: A\nscenes: [{heading: 3, shot: []}]\n")
    with pytest.raises(StoryboardError, match="Fix:"):
        revise(film.storyboard, draft(film), film)


def test_the_command_tells_asks_and_brings_in(film: FilmFolder) -> None:
    new = draft(film, ("burning", "on fire"), ("Tom puts down the letter.\n\n", ""))
    run = CliRunner()
    before = film.storyboard.read_bytes()
    refused = run.invoke(app, ["revise", str(film.storyboard), str(new)])
    assert refused.exit_code == 1 and "blue revision, draft 2" in refused.output
    assert film.storyboard.read_bytes() == before
    done = run.invoke(app, ["revise", str(film.storyboard), str(new), "--yes"])
    assert done.exit_code == 0 and film.storyboard.read_bytes() != before
    assert "nothing changes" in run.invoke(app, ["revise", str(film.storyboard), str(new)]).output
    gone = load(film.bin).shots()[0].id or ""
    assert f"{gone} is back" in run.invoke(app, ["revise", str(film.storyboard), "--restore", gone]).output


def test_colours_follow_the_industrys_order() -> None:
    told = [colour_of(number) for number in range(1, 12)]
    assert told[:6] == ["white", "blue", "pink", "yellow", "green", "goldenrod"]
    assert told[6:] == ["buff", "salmon", "cherry", "double white", "double blue"]


def test_scenes_and_pages_between_others_have_letters(film: FilmFolder) -> None:
    more = "\n\n".join(f"ANNA\nLine {n} of many, and it goes on and on until it is long." for n in range(30))
    new = draft(
        film,
        ("INT. HALL - NIGHT", f"INT. CAR - NIGHT\n\n{more}\n\nINT. HALL - NIGHT"),
        (SCRIPT[SCRIPT.index("EXT. GARDEN") :], ""),
    )
    report = revise(film.storyboard, new, film).report
    lines = [line.strip() for line in report.lines]
    assert any(line.startswith("1A  INT. CAR - NIGHT: added as S1A") for line in lines)
    assert any(line.startswith("3  OMITTED (EXT. GARDEN - NIGHT)") for line in lines)
    assert report.pages[:2] == ("1", "1A")
