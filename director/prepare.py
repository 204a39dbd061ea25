"""A film made ready for its takes: spoken, timed, staged, measured, and put as what a picture back end is asked for.

Each thing is worked out for one shot or scene when it is first asked for, and kept for other storyboards of the film
as long as what it is made from stays. No picture is made here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from director.given import frame_of, given_problems, known_frames
from director.opening import Opened
from director.pictures import check_picture
from director.progress import Progress
from director.sound.config import SoundConfig
from director.sound.sound import Sound
from director.staging import scene_stages
from director.working import ByShot, Kept
from shots.errors import Problem, StoryboardError
from shots.graph import ShotGraph
from shots.render.keys import plain
from shots.spec import Scene, Shot, Storyboard
from shots.timing import ShotTiming, time_shots

if TYPE_CHECKING:
    from audio.speech import SpokenLine
    from director.bank.bank import Bank
    from director.wording.caption import Words
    from model.request import Backend, ClipRequest, KnownFrame, Picture
    from model.stage import Stage
    from shots.blocking import ShotGeometry
    from shots.render.held import Held
    from shots.render.store import TakeStore

__all__ = ["Preparation"]


class Preparation:
    """One film up to what is asked of its back end. `workers` of 0 takes one process for each core, and few where each
    holds a model. `kept` has what was worked out for other storyboards of the film; one that is `checked` is known to
    name nothing that it does not have.

    Raises:
        PictureError: the back end's weights are missing or not whole.
        StoryboardError: the storyboard names a character, prop or shot that it does not have.
    """

    def __init__(
        self,
        opened: Opened,
        *,
        backend: Backend,
        workers: int,
        progress: Progress,
        sound: SoundConfig | None = None,
        kept: Kept | None = None,
        checked: bool = False,
    ) -> None:
        self.opened = opened
        self.storyboard = opened.storyboard
        self.folder = opened.folder
        self.kept = kept or Kept()
        self.backend = backend
        check_picture(backend, self.storyboard.width_px, self.storyboard.height_px)
        self.workers = workers or self.backend.at_once or os.cpu_count() or 1
        self.progress = progress
        self.sound = Sound(
            self.storyboard,
            sound or SoundConfig(),
            self.folder,
            workers=self.workers,
            progress=progress,
            kept=self.kept,
        )
        if not checked:
            _ = self.graph

    @property
    def picture(self) -> str:
        """What pictures the shots, with what makes it this and no other: `dit 1, weights 0a1b2c3d, steps 4`."""
        made_of = [f"{self.backend.name} {self.backend.version}"]
        if self.backend.weights_digest:
            made_of.append(f"weights {self.backend.weights_digest[:8]}")
        return ", ".join([*made_of, *(f"{name} {value}" for name, value in self.backend.settings)])

    @cached_property
    def graph(self) -> ShotGraph:
        """The shots and what flows between them.

        Raises:
            StoryboardError: the storyboard names a character, prop or shot that it does not have.
        """
        from shots.continuity import require

        graph = ShotGraph(self.storyboard)
        try:
            require(graph)
        except StoryboardError as error:
            raise StoryboardError(f"{self.opened.file}: {error}", error.problems) from None
        return graph

    @cached_property
    def spoken(self) -> dict[tuple[str, int], SpokenLine]:
        """Every line spoken, by shot id and place in the shot."""
        return self.sound.voicing.spoken

    @cached_property
    def timings(self) -> Mapping[str, ShotTiming]:
        """How long each shot lasts, by the voices' measured lines."""
        return ByShot(self._scenes, lambda shot: self._timed_scenes[self._scenes[shot].id or ""][shot])

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """Each shot in metres and seconds."""
        return ByShot(self._scenes, lambda shot: self._staged_scenes[self._scenes[shot].id or ""][shot])

    @cached_property
    def geometry(self) -> Mapping[str, ShotGeometry]:
        """Each shot through its camera."""
        return ByShot(self._scenes, self._measured)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What continuity has to say."""
        return self._found(self.storyboard, self.graph, self.held)

    def problems_in(self, place: int) -> tuple[Problem, ...]:
        """What continuity has to say of the scene at a place, from 0, looking at no other."""
        alone = replace(self.storyboard, scenes=(self.storyboard.scenes[place],))
        held = {shot.id: one for shot in alone.shots() if shot.id is not None and (one := self._held(shot.id))}
        return self._found(alone, ShotGraph(alone), held)

    def _found(self, board: Storyboard, graph: ShotGraph, held: Mapping[str, Held]) -> tuple[Problem, ...]:
        from director.bank.named import named_problems, unread_pictures
        from shots.continuity import check
        from shots.continuity.unread import unread

        given = given_problems(board, self.timings, self.folder.root, self.store)
        given += named_problems(board, self.folder.root)
        given += unread_pictures(board, self.backend.name) if self._knows_words_alone else ()
        others = (*given, *unread(graph, self.backend.name, self.backend.reads))
        return tuple(check(graph, self.geometry, self.timings, held, others))

    @cached_property
    def requests(self) -> Mapping[str, ClipRequest]:
        """What the back end is asked for, shot by shot in the order of the cut."""
        return ByShot(self._scenes, self._request)

    @cached_property
    def _scenes(self) -> Mapping[str, Scene]:
        """Each shot's scene."""
        return {shot.id: scene for scene in self.storyboard.scenes for shot in scene.shots if shot.id is not None}

    @cached_property
    def _shots(self) -> Mapping[str, Shot]:
        return {shot.id: shot for shot in self.storyboard.shots() if shot.id is not None}

    @cached_property
    def _timed_scenes(self) -> Mapping[str, Mapping[str, ShotTiming]]:
        scenes = {scene.id or "": scene for scene in self.storyboard.scenes}
        return ByShot(scenes, lambda name: self._timed(scenes[name]))

    @cached_property
    def _staged_scenes(self) -> Mapping[str, Mapping[str, Stage]]:
        scenes = {scene.id or "": scene for scene in self.storyboard.scenes}
        return ByShot(scenes, lambda name: self._staged(scenes[name]))

    def _timed(self, scene: Scene) -> Mapping[str, ShotTiming]:
        from shots.render.held import locked_frames

        alone = replace(self.storyboard, scenes=(scene,))
        spoken_s = {where: line.duration_s for where, line in self._heard(scene).items()}
        locked = locked_frames(
            {shot.id: held for shot in scene.shots if shot.id and shot.locked and (held := self._held(shot.id))}
        )
        made_from = (self.storyboard.fps, scene, spoken_s, locked)
        return self.kept.kept(("timings", scene.id), made_from, lambda: time_shots(alone, spoken_s, locked))

    def _staged(self, scene: Scene) -> Mapping[str, Stage]:
        from shots.blocking import reads_of

        spoken, timings = self._heard(scene), self._timed_scenes[scene.id or ""]
        made_from = (reads_of(self.storyboard, scene), timings, spoken)
        return self.kept.kept(
            ("stages", scene.id), made_from, lambda: scene_stages(self.storyboard, scene, timings, spoken)
        )

    def _heard(self, scene: Scene) -> dict[tuple[str, int], SpokenLine]:
        """The lines of a scene that are spoken."""
        places = [(shot.id, index) for shot in scene.shots if shot.id is not None for index in range(len(shot.lines))]
        return {where: self.spoken[where] for where in places if where in self.spoken}

    def _measured(self, shot: str) -> ShotGeometry:
        from shots.blocking import measure

        made_from = (self.stages[shot], self._shots[shot], self.storyboard.width_px, self.storyboard.height_px)
        return self.kept.kept(("geometry", shot), made_from, lambda: measure(*made_from))

    def _request(self, shot: str) -> ClipRequest:
        from model.request import ClipRequest

        board, asked, stage, timing = self.storyboard, self._shots[shot], self.stages[shot], self.timings[shot]
        seed = board.seed if asked.seed is None else asked.seed
        words = self._words(shot)
        return ClipRequest(
            stage=stage,
            width_px=board.width_px,
            height_px=board.height_px,
            fps=board.fps,
            frame_count=timing.frame_count,
            seed=seed,
            text=words.prompt,
            negative=words.negative,
            pictures=self._pictures(shot),
            known=self._known(asked, timing.frame_count),
        )

    def _words(self, shot: str) -> Words:
        """What the back end is told of a shot."""
        from director.wording.caption import Words, caption
        from director.wording.engines import engine_named
        from director.wording.own import own_words

        board, asked, stage, scene = self.storyboard, self._shots[shot], self.stages[shot], self._scenes[shot]
        engine = engine_named(self.backend.words)
        if engine.vocabulary == "own":
            geometry = self.geometry[shot]
            made_from: tuple[object, ...] = (asked, board.props, stage, geometry)
            return self.kept.kept(("words", shot), made_from, lambda: Words(own_words(asked, board, stage, geometry)))
        made_from = (engine, asked, scene, board.cast, board.props, stage, board.width_px, board.height_px)
        return self.kept.kept(("words", shot), made_from, lambda: caption(asked, scene, board, stage, engine))

    @cached_property
    def _knows_words_alone(self) -> bool:
        """Whether the back end is told looks by what the theatre draws, and looks at no picture of the bank."""
        from director.wording.engines import engine_named

        return engine_named(self.backend.words).vocabulary == "own"

    @cached_property
    def bank(self) -> Bank:
        """Pictures of the cast and places that the back end holds to."""
        from director.bank.bank import Bank
        from director.pictures import images_of

        return Bank(self.storyboard, self.folder.root, self.folder.bank, images_of(self.backend))

    def seen(self, shot: str) -> tuple[str, ...]:
        """Who is in the picture of a shot, those first whom it is made for."""
        asked = self._shots[shot]
        if asked.insert_of is not None:
            return ()
        visible = {person.character: None for person in self.geometry[shot].people if person.visible}
        return tuple(dict.fromkeys([*(name for name in asked.subjects if name in visible), *visible]))

    def _pictures(self, shot: str) -> tuple[Picture, ...]:
        """The bank's pictures for a shot; none for who knows only what the theatre draws."""
        if self._knows_words_alone:
            return ()
        try:
            return self.bank.pictures(self.stages[shot], self.seen(shot))
        except StoryboardError as error:
            raise StoryboardError(f"{self.opened.file}: {error}", error.problems) from None

    def _known(self, shot: Shot, frame_count: int) -> tuple[KnownFrame, ...]:
        """What was given, and, where a locked shot goes on from this one, that one's first frame as the last.

        As long as the shot is as it was when the locked take went on from it, it ends there anyway.
        """
        try:
            known = known_frames(shot, self.storyboard, frame_count, self.folder.root, self.store)
        except StoryboardError as error:
            raise StoryboardError(f"{self.opened.file}: {error}", error.problems) from None
        after = next((held for name in self._goes_on.get(shot.id or "", ()) if (held := self._held(name))), None)
        last = frame_count - 1
        if after is None or not after.locked or any(one.index == last for one in known):
            return known
        before = self.store.receipt(after.receipt.seen.get(shot.id or "", ""), shot.id or "")
        if before is not None and before.inputs.get("stage") == plain(self.stages[shot.id or ""]):
            return known
        head = self.timings[after.take.shot].head_frames
        return (*known, frame_of(after.take, head, self.storyboard, last))

    @cached_property
    def _goes_on(self) -> Mapping[str, tuple[str, ...]]:
        """Of each shot, the locked ones that go on from it, where the back end looks at what a shot goes on from."""
        found: dict[str, tuple[str, ...]] = {}
        for name, shot in self._shots.items() if "continues" in self.backend.reads else ():
            if shot.locked and shot.continues is not None:
                found[shot.continues] = (*found.get(shot.continues, ()), name)
        return found

    @cached_property
    def store(self) -> TakeStore:
        """The film's takes."""
        from shots.render.store import TakeStore

        return self.kept.kept("store", self.folder, lambda: TakeStore(self.folder.takes))

    @cached_property
    def held(self) -> Mapping[str, Held]:
        """The takes that a person circled, by shot."""
        found = {shot: self._held(shot) for shot in self._shots}
        return {shot: one for shot, one in found.items() if one is not None}

    def _held(self, shot: str) -> Held | None:
        from shots.render.held import held_take

        return held_take(self.storyboard, self._shots[shot], self.store)
