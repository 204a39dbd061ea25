"""The folder of one film: where each thing it is made of and each thing it becomes lies.

Names only; nothing here is written except by `director.produce`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FilmFolder", "folder_name"]

_LONGEST_NAME = 60


@dataclass(frozen=True)
class FilmFolder:
    """`takes` is never cleaned: every take ever made stays there, and so do `bank`, `critic` and `exchanges`. `cache`
    can be deleted at any time.
    """

    root: Path

    @property
    def storyboard(self) -> Path:
        return self.root / "storyboard.yaml"

    @property
    def plan(self) -> Path:
        """What a crew decided: beats, intents, shots and music by script lines."""
        return self.root / "plan.json"

    @property
    def film(self) -> Path:
        return self.root / "film.mp4"

    @property
    def captions(self) -> Path:
        return self.root / "film.srt"

    def captions_in(self, form: str, language: str = "") -> Path:
        """The captions as `form` ("srt", "vtt", "ass"); translated ones by their language's code."""
        return self.root / (f"film.{language}.{form}" if language else f"film.{form}")

    @property
    def spotting(self) -> Path:
        """The cue sheet as a list to read: what is heard when, and why."""
        return self.root / "spotting.md"

    @property
    def cues(self) -> Path:
        return self.root / "cues.json"

    @property
    def stems(self) -> Path:
        """Dialogue, music, effects, ambience, and all but the dialogue; the score's MIDI files."""
        return self.root / "stems"

    @property
    def captioned(self) -> Path:
        """The film with its captions in the picture."""
        return self.root / "film-captioned.mp4"

    @property
    def timeline(self) -> Path:
        return self.root / "film.otio"

    @property
    def board_pdf(self) -> Path:
        return self.root / "board.pdf"

    @property
    def board_png(self) -> Path:
        return self.root / "board.png"

    @property
    def graph_svg(self) -> Path:
        return self.root / "graph.svg"

    @property
    def report(self) -> Path:
        return self.root / "report.md"

    @property
    def continuity_md(self) -> Path:
        return self.root / "continuity.md"

    @property
    def continuity_pdf(self) -> Path:
        return self.root / "continuity.pdf"

    @property
    def prompts(self) -> Path:
        return self.root / "prompts.md"

    @property
    def takes(self) -> Path:
        return self.root / "takes"

    @property
    def slate(self) -> Path:
        """Every take that was asked for by hand, with the shot as it was asked for; lines are only ever added."""
        return self.root / "slate.jsonl"

    @property
    def given(self) -> Path:
        """Pictures and masks that shots were given, by their digests."""
        return self.root / "given"

    @property
    def bank(self) -> Path:
        """Pictures of the cast and places that were made for engines to hold to; kept as they are."""
        return self.root / "bank"

    @property
    def comments(self) -> Path:
        """What was said of the film in review."""
        return self.root / "comments.json"

    @property
    def bin(self) -> Path:
        """Shots that a new draft of the script no longer has, to be brought back."""
        return self.root / "bin.yaml"

    @property
    def drafts(self) -> Path:
        """The screenplay as it was planned from, draft by draft."""
        return self.root / "drafts"

    @property
    def critic(self) -> Path:
        """What was said of takes; kept as they are."""
        return self.root / "critic"

    @property
    def exchanges(self) -> Path:
        """What language models were asked and answered; kept as they are."""
        return self.root / "exchanges"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def voices(self) -> Path:
        return self.cache / "voices"

    @property
    def stills(self) -> Path:
        return self.cache / "stills"

    @property
    def sound(self) -> Path:
        return self.cache / "sound"

    @property
    def placed(self) -> Path:
        """Single sounds where they sound, so that after a recut only what changed is made."""
        return self.cache / "placed"

    @property
    def score(self) -> Path:
        return self.cache / "score"

    @property
    def directed(self) -> Path:
        """What the director last wrote, so that a person's edits are told from it."""
        return self.cache / "directed.json"


def folder_name(title: str) -> str:
    """A title as a folder's name: letters and digits of any script, in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFC", title).casefold()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:_LONGEST_NAME].rstrip("-") or "film"
