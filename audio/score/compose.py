"""Composes a cue: from what the picture wants of its music to a piece of notes.

Form first (metre, bars on hits, phrases by tension), then motifs where nobody speaks, harmony under them, voices led,
textures by mood and heat, and last a performance that makes room for the picture. It plays nothing: see `ensemble`.
"""

from __future__ import annotations

from random import Random

from audio.cues import MusicCue
from audio.score.accents import closing, drummed, stings
from audio.score.form import form_of
from audio.score.ground import ground_of, keys_of
from audio.score.home import Home, home_of
from audio.score.melody import melody_of
from audio.score.orchestration import scored
from audio.score.performance import performed, swelled
from audio.score.picture import picture_of
from audio.score.piece import Piece
from audio.score.texture import figures, held_voices, sung

__all__ = ["compose"]


def compose(cue: MusicCue, seed: int = 0, home: Home | None = None) -> Piece:
    """The music of a cue, its times from the cue's start; the same cue, seed and home give the same piece.

    `home` is what the film's cues share (`home_of`); without it the cue is a film of its own.
    """

    def dice(purpose: str) -> Random:
        return Random(f"{seed} {cue.seed} {cue.title} {cue.mood} {purpose}")

    picture = picture_of(cue)
    home = home or home_of((cue,), seed)
    key = home.key_for(picture.feeling, dice("key"))
    form = form_of(picture, dice("form"))
    keys = keys_of(form, key, dice("keys"))
    statements = melody_of(picture, form, home.due(cue.themes), dice("melody"))
    slots = ground_of(picture, form, keys, statements, dice("harmony"))
    scoring = scored(picture.feeling.mood, dice("scoring"))
    events = sung(form, scoring, statements, keys, slots)
    events += closing(picture, form, scoring, slots, events)
    events += held_voices(form, scoring, slots)
    events += figures(form, scoring, slots, dice("figures"))
    events += drummed(form, scoring, dice("drums"))
    events += stings(picture, form, slots)
    notes = performed(events, picture, form, dice("performance"))
    bars_s = tuple(round(time_s, 6) for time_s in form.grid.bars_s)
    return Piece(
        title=cue.title or cue.mood,
        duration_s=picture.duration_s,
        tonic=key.tonic,
        mode=key.mode,
        beats_a_bar=form.grid.beats_a_bar,
        bars_s=bars_s,
        notes=notes,
        swells=swelled(picture, form, (note.part for note in notes)),
    )
