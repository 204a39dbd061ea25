"""A film as its file and its takes stand at the moment it is asked, with all that is worked out of it.

Whatever has not changed since it was last asked, or was tried before, is not worked out again. Threads may share one:
nothing that is told changes afterwards, and nobody waits for what another thread renders.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from director.critic.hire import CriticConfig
from director.opening import Opened
from director.pictures import PICTURE
from director.progress import Progress, Silent
from director.reshoot.paper import Paper
from director.reshoot.slate import Slate
from director.working import Kept
from shots.defaults import complete, with_ids
from shots.spec import Shot, Storyboard

if TYPE_CHECKING:
    from director.produce import Production
    from director.retakes import Circled
    from director.sound.config import SoundConfig

__all__ = ["StandingFilm"]


class StandingFilm:
    """A storyboard file and its film's folder."""

    def __init__(
        self,
        opened: Opened,
        *,
        picture: str = PICTURE,
        workers: int = 0,
        progress: Progress | None = None,
        sound: SoundConfig | None = None,
        critic: CriticConfig | None = None,
    ) -> None:
        self._opened = opened
        self.paper = Paper(opened.file)
        self.folder = opened.folder
        self.slate = Slate(opened.folder.slate)
        self.picture, self.workers, self.sound = picture, workers, sound
        self.progress = progress or Silent()
        self.critic = critic or CriticConfig(name=None)
        self._kept = Kept()
        self._looking = threading.RLock()
        self._made = 0  # how often takes were made in here
        self._stood: tuple[object, Production] | None = None

    @property
    def production(self) -> Production:
        """The film as it stands, with its timings, stages and takes: another one once storyboard or takes change."""
        with self._looking:
            written = self.paper.written()
            now = (written, self._takes_stamp(), self._made)
            if self._stood is None or self._stood[0] != now:
                self._stood = now, self.production_of(self._whole(written))
            return self._stood[1]

    def production_of(
        self,
        storyboard: Storyboard,
        *,
        checked: bool = False,
        retakes: bool = False,
        progress: Progress | None = None,
    ) -> Production:
        """The film as it would stand with another storyboard, which shares with this one all that is the same.

        Args:
            checked: the storyboard is known to name nothing that it does not have.
            retakes: whether takes that are made are watched, and made again where they have to be.

        Raises:
            StoryboardError: the storyboard names what it does not have.
        """
        from director.produce import Production

        return Production(
            replace(self._opened, storyboard=storyboard),
            picture=self.picture,
            workers=self.workers,
            progress=progress or self.progress,
            critic=self.critic,
            sound=self.sound,
            retakes=retakes,
            kept=self._kept,
            checked=checked,
        )

    def standing(self, shot_id: str) -> Circled | None:
        """The takes of a shot as it stands, with the one that is shown; None while it has none. Looks at no others.

        Raises:
            StoryboardError: there is no such shot, or there is none any more.
        """
        production = self.production
        production.graph.shot(shot_id)
        return production.kept.kept(
            ("standing", shot_id),
            (production.storyboard, self._takes_stamp(), self._made),
            lambda: production.shooting_of(shot_id).standing.circled.get(shot_id),
        )

    def _whole(self, written: Storyboard) -> Storyboard:
        """The storyboard with everything filled in; what is as it was are the same objects."""
        before = None if self._stood is None else self._stood[1].storyboard
        return self._kept.kept("whole", (written,), lambda: _same_where_equal(complete(written), before))

    def _takes_stamp(self) -> int:
        """Another number whenever a take was stored, here or by another process."""
        try:
            return (self.folder.takes / "shots").stat().st_mtime_ns
        except OSError:
            return 0

    def written_shot(self, shot_id: str) -> Shot:
        """A shot as it is written, with its id."""
        written = self.paper.written()
        shots = self._kept.kept("written", (written,), lambda: _by_id(written))
        return shots[shot_id]

    def slate_standing(self, shot_id: str) -> None:
        """Writes the takes that a shot has as it stands on the slate, so that they can be gone back to."""
        standing = self.standing(shot_id)
        for attempt in standing.attempts if standing is not None else ():
            self.slate.add(shot_id, attempt.take.key, self.written_shot(shot_id))

    def took(self) -> None:
        """Is told when takes were made."""
        self._made += 1


def _by_id(storyboard: Storyboard) -> dict[str, Shot]:
    return {shot.id or "": shot for scene in with_ids(storyboard.scenes) for shot in scene.shots}


def _same_where_equal(storyboard: Storyboard, before: Storyboard | None) -> Storyboard:
    """The storyboard with the objects of an earlier one where they are equal, which makes comparing them cheap."""
    if before is None:
        return storyboard
    scenes = {scene.id: scene for scene in before.scenes}
    return replace(
        storyboard,
        cast=before.cast if before.cast == storyboard.cast else storyboard.cast,
        props=before.props if before.props == storyboard.props else storyboard.props,
        places=before.places if before.places == storyboard.places else storyboard.places,
        scenes=tuple(scenes[one.id] if scenes.get(one.id) == one else one for one in storyboard.scenes),
    )
