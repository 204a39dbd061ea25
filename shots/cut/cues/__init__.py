"""The cue sheet of a cut: what is heard when, in seconds of the film.

Dialogue, effects, ambience and music each have their file; all derive from the one `Cut`, so that sound follows a
recut. Nothing is heard here: `audio.mix` does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from audio.cues import CueSheet
from audio.speech import SpokenLine
from shots.blocking.geometry import ShotGeometry
from shots.blocking.heard import StageSound
from shots.cut.cues.ambience import ambience_cues
from shots.cut.cues.asked import AskedCue, SceneMusic
from shots.cut.cues.dialogue import animal_sound, dialogue_cues
from shots.cut.cues.effects import effect_cues
from shots.cut.cues.music import spot_music
from shots.cut.cues.placed import place_shots
from shots.cut.timeline import Cut
from shots.spec import Storyboard
from shots.timing import ShotTiming

__all__ = ["AskedCue", "SceneMusic", "animal_sound", "cue_sheet"]


def cue_sheet(
    cut: Cut,
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    spoken: Mapping[tuple[str, int], SpokenLine],
    geometry: Mapping[str, ShotGeometry] | None = None,
    heard: Mapping[str, Sequence[StageSound]] | None = None,
    asked: Sequence[SceneMusic] = (),
) -> CueSheet:
    """All cues of a cut.

    `spoken` has the voices by (shot id, line index); a line without one is silent, and those of animals that do not
    talk (`animal_sound`) are effects and need none. `geometry` places voices from left to right and near to far;
    without it they stand in the middle. `heard` has what sounds on each shot's stage, by its id.
    `asked` is the music that a crew spotted (`director.plan.CuePlan`, scene by scene, as `SceneMusic`); it wins over
    the rules' own spotting. Music cues have no `path` yet: `audio.score` makes their sound.
    """
    cast = {character.id: character for character in storyboard.cast}
    placed = place_shots(cut, storyboard, timings, geometry)
    return CueSheet(
        duration_s=cut.duration_s,
        dialogue=dialogue_cues(placed, spoken, cast, storyboard.language),
        ambience=ambience_cues(placed, cut.duration_s),
        effects=effect_cues(placed, storyboard, heard or {}),
        music=spot_music(placed, storyboard, cut.duration_s, asked),
        title=cut.title,
        fps=cut.fps,
    )
