"""A film's captions as files beside it, in its own language and in one more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from director.folder import FilmFolder
from director.sound.config import CaptionsConfig
from director.sound.translate import translated

if TYPE_CHECKING:
    from audio.cues import CueSheet
    from director.llm.ask import Ask

__all__ = ["FORMS", "write_captions"]

FORMS = ("srt", "vtt", "ass")


def write_captions(
    cues: CueSheet, config: CaptionsConfig, language: str, folder: FilmFolder, ask: Ask | None
) -> tuple[str, ...]:
    """Writes the captions of a film in `language` in every form, and tells what could not be done.

    `ask` is the language model that translates, where the user wants a translation.

    Raises:
        SoundError: a file cannot be written.
    """
    from audio.captions import caption_groups, captions_of, write_srt

    groups = caption_groups(cues, described=config.described, language=language)
    for form in FORMS:
        write_srt(captions_of(groups, cues.duration_s), folder.captions_in(form))
    if config.translate is None or ask is None:
        return ()
    foreign, notices = translated(groups, config.translate, ask)
    for form in FORMS if foreign else ():
        write_srt(captions_of(foreign, cues.duration_s), folder.captions_in(form, config.translate))
    return notices
