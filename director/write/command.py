"""A screenplay written into a file that does not exist yet, its map beside it, and every exchange kept.

What comes out is for a writer to edit: nothing here directs or films it. A second run asks nothing that was answered.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from director.llm.config import DirectorConfig
from director.llm.connect import connect
from director.llm.cost import text_tokens
from director.llm.trouble import OFFLINE
from director.opening import write_atomically
from director.progress import Progress
from director.write.adapt import adapt
from director.write.draft import TitlePage, as_map, draft_text, mapped, rows
from director.write.idea import beats_of, concept_of
from director.write.prose import PROSE_SUFFIXES, Prose, read_prose
from director.write.scenes import write_scenes
from shots.errors import ModelError, WorkprintError

__all__ = ["Commission", "Delivered", "write_screenplay"]

_SCREENPLAYS = {".fountain", ".fdx", ".pdf", ".yaml", ".yml"}
_LONGEST_IDEA = 8000  # characters
_IDEA_PAGES = 5
_TOKENS_A_PAGE = 350  # of prose that make about a page of screenplay
_MOST_PAGES = 120


@dataclass(frozen=True, kw_only=True)
class Commission:
    """What to write: an idea in words or a story's path, how long, in which language, and what the title page says."""

    source: str
    pages: int | None = None  # by the source's length if None
    language: str | None = None  # the source's own if None
    title: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True)
class Delivered:
    """What was written, and what the user should know of it. `table` is the map, empty for an idea."""

    script: Path
    map: Path | None
    scenes: int
    eighths: int
    table: tuple[str, ...]
    notices: tuple[str, ...]
    used: tuple[str, ...]  # what was asked, by stage


def write_screenplay(
    commission: Commission, out: Path, config: DirectorConfig, progress: Progress, *, replay_only: bool = False
) -> Delivered:
    """Writes `out` (.fountain) and, for a story, the map beside it; exchanges are kept in a folder beside it.

    Raises:
        ModelError: no model is named, or it cannot be asked; what it answered is kept.
        ScriptError: the story cannot be read.
        WorkprintError: `out` exists or is no .fountain, or the commission cannot be understood.
    """
    map_file = out.with_suffix(".map.json")
    language = _language(commission.language)
    if commission.title and not any(map(str.isalnum, commission.title)):
        raise WorkprintError(f"--title {commission.title!r} has no letters. Fix: give one that has, or none.")
    source = _story_or_idea(commission.source)
    _refuse_to_overwrite(out, map_file)
    if config.offline:
        raise ModelError(
            "Writing a screenplay needs a language model, and none is named. Fix: add --director openai:MODEL, with "
            "--base-url URL for a server of your own; `workprint make SCRIPT` needs none."
        )
    exchanges = out.with_suffix(".exchanges")
    connection = connect(config, exchanges, replay_only=replay_only)

    def tell(what: str, done: int, of: int) -> None:
        progress.step(what, of)
        progress.done(what, done)

    pages = commission.pages or (_pages_of(source) if isinstance(source, Prose) else _IDEA_PAGES)
    try:
        if isinstance(source, Prose):
            wanted = language or "the language of the prose"
            plan = adapt(connection.ask, source, pages, wanted, tell)
            concept, left_out, notices = plan.concept, plan.left_out, list(plan.notices)
            paragraphs = {paragraph.id: paragraph for paragraph in source.paragraphs}
            scenes = write_scenes(connection.ask, concept, plan.people, plan.beats, wanted, tell, paragraphs)
        else:
            wanted = language or "the language of the idea"
            concept, people = concept_of(connection.ask, source, pages, wanted, tell)
            beats = beats_of(connection.ask, concept, people, pages, wanted, tell).beats
            left_out, notices = (), []
            scenes = write_scenes(connection.ask, concept, people, beats, wanted, tell)
    except ModelError as error:
        kept = f" What it answered so far is kept in {exchanges}." if exchanges.is_dir() else ""
        raise ModelError(str(error).replace(f", {OFFLINE}", "") + kept) from None
    page = TitlePage(
        title=commission.title or concept.title,
        author=commission.author,
        date=commission.date,
        source=_based_on(source, commission.source),
    )
    text = draft_text(page, scenes)
    placed = mapped(text, scenes)
    eighths = sum(scene.eighths for scene in scenes)
    notices += [scene.trouble for scene in scenes if scene.trouble]
    if not 0.6 <= eighths / (8 * pages) <= 1.6:
        notices.append(f"the draft runs {eighths / 8:.1f} pages, where about {pages} were asked for")
    _refuse_to_overwrite(out, map_file)
    if isinstance(source, Prose):
        plain = as_map(source, Path(commission.source).name, out.name, placed, left_out)
        write_atomically(map_file, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    write_atomically(out, text)
    return Delivered(
        script=out,
        map=map_file if isinstance(source, Prose) else None,
        scenes=len(scenes),
        eighths=eighths,
        table=tuple(rows(placed, left_out)) if isinstance(source, Prose) else (),
        notices=tuple(notices),
        used=tuple(connection.tally.lines(connection.price)),
    )


def _story_or_idea(source: str) -> Prose | str:
    """A story where a file of prose is named, else the idea in words."""
    one_word = len(source.split()) <= 1
    suffix = Path(source).suffix.lower() if len(source) < 1000 else ""
    if suffix in PROSE_SUFFIXES:
        return read_prose(Path(source))
    if one_word and suffix in _SCREENPLAYS:
        raise WorkprintError(f"{source} is written already. Fix: make a film of it by `workprint make {source}`.")
    if suffix and Path(source).is_file():
        raise WorkprintError(f"{source} is no prose that can be read. Fix: save it as {', '.join(PROSE_SUFFIXES)}.")
    idea = " ".join(source.split())
    if len(idea) > _LONGEST_IDEA:
        raise WorkprintError(
            f"The idea has {len(idea)} characters. Fix: say it in fewer than {_LONGEST_IDEA}, or give it as a "
            ".txt file."
        )
    if (one_word and idea.isascii()) or len(idea) < 6:
        raise WorkprintError(
            f"'{idea[:60]}' is neither an idea nor a story. Fix: give a sentence or two in quotes, or a file of prose "
            f"({', '.join(PROSE_SUFFIXES)})."
        )
    return idea


def _pages_of(story: Prose) -> int:
    tokens = sum(text_tokens(paragraph.text) for paragraph in story.paragraphs)
    return min(_MOST_PAGES, max(1, round(tokens / _TOKENS_A_PAGE)))


def _language(named: str | None) -> str | None:
    if named is not None and not re.fullmatch(r"[^\W\d_][\w ()-]{1,39}", named):
        raise WorkprintError(f"--language {named[:40]!r} is no language. Fix: name one, such as English or 中文.")
    return named


def _based_on(source: Prose | str, file: str) -> str:
    if isinstance(source, str):
        return ""
    title = f'"{source.title}"' if source.title else Path(file).name
    return f"based on {title}{f' by {source.author}' if source.author else ''}"


def _refuse_to_overwrite(out: Path, map_file: Path) -> None:
    if out.suffix.lower() != ".fountain":
        raise WorkprintError(
            f"{out} is no Fountain file. Fix: give a name that ends in .fountain, such as -o draft.fountain."
        )
    for file in (out, map_file):
        if file.exists():
            raise WorkprintError(f"{file} exists, and a draft is never written over. Fix: give another name by -o.")
