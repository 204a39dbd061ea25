"""Captions in another language: every line once, on its own time, and what a model spoils stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from audio.captions import caption_groups
from audio.cues import CueSheet, DialogueCue
from director.folder import FilmFolder
from director.llm.ask import Question, Reply
from director.sound.captions import write_captions
from director.sound.config import CaptionsConfig
from director.sound.translate import translated
from shots.errors import ModelError

LINES = ("You came back.", "I said that I would.", "Nobody believed you.")
FRENCH = ("Tu es revenue.", "Je l'avais dit.", "Personne ne t'a crue.")
SHEET = CueSheet(
    duration_s=12.0,
    dialogue=tuple(
        DialogueCue(speaker=who, text=text, path=Path("x.wav"), start_s=1.0 + 3 * i, duration_s=2.0)
        for i, (who, text) in enumerate(zip(("Mara", "Tom", "Mara"), LINES, strict=True))
    ),
)


class Scripted:
    """A model that answers what it is told to, and keeps what it was asked."""

    def __init__(self, *replies: Callable[[], str]) -> None:
        self.asked: list[Question] = []
        self._replies = list(replies)

    def __call__(self, question: Question, /) -> Reply:
        self.asked.append(question)
        return Reply(text=self._replies.pop(0)())


def answer(texts: tuple[str, ...]) -> Callable[[], str]:
    return lambda: json.dumps({"lines": [{"id": i + 1, "text": text} for i, text in enumerate(texts)]})


def fails() -> str:
    raise ModelError("openai:x cannot be reached. Fix: try again.")


def test_each_line_keeps_its_time_and_its_speaker() -> None:
    ask = Scripted(answer(FRENCH))
    groups = caption_groups(SHEET)
    made, notices = translated(groups, "fr", ask)
    assert notices == ()
    assert [group.text for group in made] == [*FRENCH]
    assert [(g.speaker, g.start_s) for g in made] == [(g.speaker, g.start_s) for g in groups]
    assert all(a.words[-1].end_s <= b.words[-1].end_s + 1e-6 for a, b in zip(made, groups, strict=True))
    assert "Tom (about" in ask.asked[0].user and "I said that I would." in ask.asked[0].user


def test_a_reply_that_lacks_a_line_goes_back_and_what_stays_spoilt_stays_untranslated() -> None:
    mended = Scripted(answer(FRENCH[:2]), answer(FRENCH))
    assert translated(caption_groups(SHEET), "fr", mended)[1] == ()
    assert "missing: 3" in mended.asked[1].user
    spoilt = Scripted(*[answer(FRENCH[:2])] * 3)
    made, (notice,) = translated(caption_groups(SHEET), "fr", spoilt)
    assert made == () and "not translated into fr" in notice


def test_captions_lie_in_every_form_and_language_and_a_failing_model_is_told(tmp_path: Path) -> None:
    folder = FilmFolder(tmp_path)
    config = CaptionsConfig(translate="fr")
    assert write_captions(SHEET, config, "en", folder, Scripted(answer(FRENCH))) == ()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {f"film{language}.{form}" for language in ("", ".fr") for form in ("srt", "vtt", "ass")}
    assert "Personne ne t'a crue." in re.sub(r"\s+", " ", (tmp_path / "film.fr.srt").read_text("utf-8"))
    before = (tmp_path / "film.srt").read_bytes()
    (notice,) = write_captions(SHEET, config, "en", folder, Scripted(fails))
    assert "cannot be reached" in notice
    assert (tmp_path / "film.srt").read_bytes() == before
