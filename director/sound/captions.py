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


def write_captions(cues: CueSheet, config: CaptionsConfig, folder: FilmFolder, ask: Ask | None) -> tuple[str, ...]:
    """Writes the captions in every form, and tells what could not be done.

    `ask` is the language model that translates, where the user wants a translation.

    Raises:
        SoundError: a file cannot be written.
    """
    from audio.captions import captions, write_srt

    made = captions(cues)
    for form in FORMS:
        write_srt(made, folder.captions_in(form))
    if config.translate is None or ask is None or not made:
        return ()
    foreign, notices = translated(cues, config.translate, ask)
    for form in FORMS if foreign else ():
        write_srt(foreign, folder.captions_in(form, config.translate))
    return notices
