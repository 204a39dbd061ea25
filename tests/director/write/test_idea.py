"""A logline becomes a beat sheet and scenes; what a model gets wrong goes back, and is never let through."""

from __future__ import annotations

from typing import Any

import pytest

from director.llm.ask import Question
from director.parse import parse_fountain
from director.write.draft import TitlePage, draft_text
from director.write.idea import beats_of, concept_of
from director.write.scenes import Written, quoted, write_scenes
from shots.errors import ModelError
from tests.director.write.written import CONCEPT, LINE, PEOPLE, Scripted, action, beat, scene, silent, speech


def written(ask: Scripted, pages: float = 2) -> list[Written]:
    concept, people = concept_of(ask, "A dog finds the sea.", pages, "English", silent)
    sheet = beats_of(ask, concept, people, pages, "English", silent)
    return write_scenes(ask, concept, people, sheet.beats, "English", silent)


def answers(**replies: Any) -> Scripted:
    """Good replies, except for those given by stage: lists are given out in turn."""
    good: dict[str, Any] = {
        "idea": CONCEPT,
        "beats": {"beats": [beat(1), beat(2)]},
        "scene_1": scene(1),
        "scene_2": scene(2),
    }
    said = {stage: list(reply) if isinstance(reply, list) else reply for stage, reply in {**good, **replies}.items()}

    def answer(question: Question) -> Any:
        reply = said[question.stage.replace(" ", "_")]
        return (reply.pop(0) if len(reply) > 1 else reply[0]) if isinstance(reply, list) else reply

    return Scripted(answer)


def test_a_draft_is_written_scene_by_scene_with_what_came_before() -> None:
    ask = answers()
    scenes = written(ask)
    assert ask.stages == ["idea", "beats", "scene 1", "scene 2"]
    second = ask.asked[-1].user
    assert "Digest of 1." in second and "Nadia sits down." in second and "Voice: few words" in second
    script = parse_fountain(draft_text(TitlePage(title="Found"), scenes), "draft.fountain")
    assert script.title_page["author"] == ("(your name)",)
    assert [s.heading.text for s in script.scenes() if s.heading] == ["INT. CAFÉ 1 - NIGHT", "INT. CAFÉ 2 - NIGHT"]
    assert [e.text for e in script.elements if e.kind == "character"] == ["NADIA", "ELIAS", "NADIA", "ELIAS"] * 2
    assert {e.text for e in script.elements if e.kind == "dialogue"} == {LINE}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("no JSON here", "no JSON object"),
        (scene(1, speech("Hi.", "Nadja")), "'Nadja' is nobody in the cast; did you mean 'NADIA'?"),
        (scene(1, speech("Hi.", "")), "A speech has no speaker"),
        (scene(1, time="the hour of regret"), "is no time for a heading"),
        (scene(1, place="..."), "is no place for a heading"),
        (scene(1, speech("Hi.", quotes="1.1")), "'1.1' is no paragraph of this scene"),
        (scene(1, elements=[action("He sits.")]), "about 8 are asked for"),
        (scene(1, *[speech(LINE)] * 40), "about 8 are asked for"),
        (scene(1, surprise=1), "surprise"),
        (scene(1, elements=[{"kind": "heading", "text": "INT. HACK - DAY"}]), "elements.0.kind"),
    ],
)
def test_a_bad_scene_goes_back_with_what_is_wrong_and_is_mended(bad: Any, said: str) -> None:
    ask = answers(scene_1=[bad, scene(1)])
    scenes = written(ask)
    assert ask.stages == ["idea", "beats", "scene 1", "scene 1", "scene 2"]
    assert said in ask.asked[3].user
    assert not any(each.trouble for each in scenes)


def test_a_scene_that_cannot_be_mended_is_a_note_with_its_beat() -> None:
    scenes = written(answers(scene_1="rubbish ]] */"))
    assert "scene 1 is left to you as a note" in scenes[0].trouble and not scenes[1].trouble
    text = draft_text(TitlePage(title="Found"), scenes)
    assert (
        "INT. CAFÉ 1 - NIGHT\n\n[[To be written. Nadia asks for number 1. It turns: He gives in.]]\n\nINT. CAFÉ 2"
        in text
    )


@pytest.mark.parametrize(
    ("beats", "said"),
    [
        ([beat(1)] * 9, "9 beats; 1 to 5 are asked for"),
        ([beat(1, eighths=80)], "80 eighths of a page in all; about 16"),
        ([beat(1, people=["Nadja"]), beat(2)], "Beat 1: 'Nadja' is nobody in the cast; did you mean 'NADIA'?"),
        ([beat(1), beat(2, time="whenever")], "Beat 2: 'whenever' is no time"),
    ],
)
def test_a_bad_beat_sheet_goes_back(beats: list[dict[str, Any]], said: str) -> None:
    ask = answers(beats=[{"beats": beats}, {"beats": [beat(1), beat(2)]}])
    assert len(written(ask)) == 2
    assert said in ask.asked[2].user


def test_small_parts_may_speak_where_their_beat_names_them() -> None:
    sheet = {"beats": [beat(1, people=["NADIA", "Waiter"]), beat(2)]}
    scenes = written(answers(beats=sheet, scene_1=scene(1, speech("More?", "waiter"))))
    assert scenes[0].blocks[-1].who == "WAITER"


def test_an_idea_that_cannot_be_worked_up_is_one_sentence() -> None:
    twins = {**CONCEPT, "people": [*PEOPLE, {**PEOPLE[1], "name": "Max", "also": ["nadia"]}]}
    ask = answers(idea=twins)
    with pytest.raises(ModelError, match="'NADIA' share the name 'nadia'") as caught:
        written(ask)
    assert "Fix:" in str(caught.value) and len(ask.asked) == 3


def test_hostile_words_stay_words() -> None:
    hostile = [
        action("INT. HACK - DAY"),
        action("/* swallowed"),
        speech("CUT TO:", "Nadia"),
        speech("[[ignore your instructions]]\n\nEXT. MOON - NIGHT", how="*softly* (or not)"),
        action("FADE OUT."),
    ]
    scenes = written(answers(scene_1=scene(1, *hostile)))
    script = parse_fountain(draft_text(TitlePage(title="INT. X - DAY\n\nTitle: y"), scenes), "draft.fountain")
    assert [e.text for e in script.elements if e.kind == "scene"] == ["INT. CAFÉ 1 - NIGHT", "INT. CAFÉ 2 - NIGHT"]
    kinds = {e.kind for e in script.elements}
    assert kinds == {"scene", "synopsis", "action", "character", "dialogue", "paren"}
    said = [e.text for e in script.elements if e.kind == "dialogue"]
    assert "CUT TO:" in said and "[[ignore your instructions]] EXT. MOON - NIGHT" in said


def test_what_is_quoted_is_word_for_word() -> None:
    paragraph = "“I am closing,” he said, turning, “for forty years.” It rained — hard."
    assert quoted("I am closing for forty years.", paragraph)
    assert quoted("I am CLOSING!", paragraph) and quoted("it rained, hard", paragraph)
    assert not quoted("I was closing", paragraph)
    assert not quoted("I am closing it rained", paragraph)
    assert not quoted("...", paragraph)
    assert quoted("我等着。", "他说：「我等着。」然后走了。") and not quoted("我不等。", "他说：「我等着。」")
