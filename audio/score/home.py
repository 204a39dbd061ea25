"""What all cues of a film share: a home key, a motif for each character, and one for the film itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from audio.cues import MusicCue
from audio.score.feeling import Feeling, feeling_of
from audio.score.keys import SCALES, Key
from audio.score.motif import Motif, motif_of, motifs_of

__all__ = ["Home", "home_of"]


@dataclass(frozen=True, kw_only=True)
class Home:
    """The key that a film comes home to, and its motifs by character. `idea` is the film's own."""

    tonic: int
    minor: bool
    idea: Motif
    motifs: Mapping[str, Motif] = field(default_factory=dict)

    def due(self, themes: Sequence[str]) -> dict[str, Motif]:
        """The motifs of the themes that are due; the film's own, named "", where none is."""
        return {name: self.motifs.get(name) or motif_of(name) for name in themes} or {"": self.idea}

    def key_for(self, feeling: Feeling, rng: Random) -> Key:
        """A cue's key: home or a fifth from it; where its mood wants the other gender, relative or parallel."""
        weights = [
            weight * (2.0 if (SCALES[mode][2] == 3) == self.minor else 1.0)
            for weight, mode in zip((5.0, 2.0, 1.5), feeling.modes, strict=True)
        ]
        mode = Random(f"{self.tonic} {self.minor} {feeling.mood}").choices(feeling.modes, weights)[0]
        if (SCALES[mode][2] == 3) == self.minor:
            return Key((self.tonic + rng.choice((0, 0, 0, 7, 5))) % 12, mode)
        relative = 3 if self.minor else 9
        return Key((self.tonic + rng.choice((relative, relative, relative, 0, 0))) % 12, mode)


def home_of(cues: Sequence[MusicCue], seed: int) -> Home:
    """The home of a film: major or minor as most of its music feels, a key by the seed, a motif for each theme."""
    dark_s = 0.0
    for cue in cues:
        modes = feeling_of(cue.mood).modes
        dark_s += (cue.end_s - cue.start_s) * (1 if SCALES[modes[0]][2] == 3 else -1)
    names = list(dict.fromkeys(name for cue in cues for name in cue.themes))
    motifs = motifs_of(names)
    rng = Random(f"home {seed}")
    idea = motif_of(f"the film {seed}", motifs.values())
    return Home(tonic=rng.randrange(12), minor=dark_s > 0, idea=idea, motifs=motifs)
