"""One scene through the crew: directed, shot on its floor, cut and spotted, each reply checked and mended.

What a stage cannot mend is left out, with a notice: without a direction the camera goes by the lines; without shots
the rules cover the scene; without an edit the shots stand as they were planned; without spotting there is no music.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from director.compile import compile_scene
from director.direct import ReadFilm
from director.llm.ask import Ask
from director.llm.consult import Consulted, consult
from director.llm.crew import checks, forms, questions, replies
from director.llm.crew.telling import heading_told
from director.numbering import ScriptLine
from director.plan import LightPlan, ScenePlan, ShotPlan
from director.rehearsal import Rehearsed, rehearse
from director.rules.scenes import ReadScene
from shots.spec import Scene, Storyboard

__all__ = ["Desk", "Planned", "parts_of_scene", "plan_scene"]

_PART_LINES, _PART_LETTERS = 28, 4500  # that one question about shots holds; a longer scene comes in parts
_LEAST_PART = 10


@dataclass(frozen=True)
class Desk:
    """What everybody of the crew has before them: the film as read and designed, and whom to ask."""

    ask: Ask
    film: ReadFilm
    numbered: tuple[tuple[ScriptLine, ...], ...]
    storyboard: Storyboard  # complete, covered by the rules
    names: replies.Names
    approach: str
    light: Mapping[int, LightPlan]  # by scene number, from 0
    sounds: Mapping[str, tuple[str, ...]]  # by line id


@dataclass(frozen=True)
class Planned:
    """What became of a scene: its plan, the scene itself where it has shots, what is to be told, replies mended."""

    plan: ScenePlan
    scene: Scene | None
    notices: tuple[str, ...]
    repairs: Mapping[str, int]


def parts_of_scene(lines: Sequence[ScriptLine]) -> list[tuple[ScriptLine, ...]]:
    """A scene's lines in parts that one question holds, divided before an action line where there is one."""
    parts: list[tuple[ScriptLine, ...]] = []
    rest = list(lines)
    while (fits := _fitting(rest)) < len(rest):
        places = [n for n in range(min(_LEAST_PART, fits), fits + 1) if rest[n].kind == "action"]
        at = places[-1] if places else next(n for n in range(fits, 0, -1) if n == 1 or not rest[n].goes_on)
        parts.append(tuple(rest[:at]))
        rest = rest[at:]
    return [*parts, tuple(rest)]


def _fitting(lines: Sequence[ScriptLine]) -> int:
    """How many of these lines one part holds, at least one."""
    letters = accumulate(len(line.text) for line in lines)
    return max(1, sum(n <= _PART_LINES and so_far <= _PART_LETTERS for n, so_far in enumerate(letters, start=1)))


def plan_scene(desk: Desk, number: int) -> Planned:
    """Plans scene `number`, from 0.

    Raises:
        ModelError: the model cannot be asked.
    """
    crew = _Crew(desk, number)
    crew.direct()
    if crew.shoot():
        crew.cut()
    crew.spot()
    return Planned(crew.plan, crew.scene, tuple(crew.notices), crew.repairs)


class _Crew:
    """The crew at work on one scene."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk = desk
        self._number = number
        self._read: ReadScene = desk.film.scenes[number]
        self._lines = desk.numbered[number]
        self._lengths_s: tuple[float, ...] = ()
        self._tried: dict[tuple[ShotPlan, ...], Rehearsed] = {}
        self.plan = ScenePlan(light=desk.light.get(number))
        self.scene: Scene | None = None
        self.notices: list[str] = []
        self.repairs: dict[str, int] = {}

    def direct(self) -> None:
        """Beats, intent, mood and turn."""
        question = questions.ask_direction(self._desk.film, self._desk.numbered, self._number, self._desk.approach)

        def wrong(reply: forms.SceneDirection) -> list[str]:
            return checks.about_beats(replies.beats_of(reply), replies.turn_of(reply), self._lines)

        asked = consult(self._desk.ask, question, forms.SceneDirection, wrong)
        if reply := self._answer("director", asked, "it is shot by its lines alone"):
            beats = replies.closed(replies.beats_of(reply), self._lines)
            intent = " ".join(reply.intent.split())
            self.plan = replace(self.plan, intent=intent, mood=reply.mood, beats=beats, turn=replies.turn_of(reply))

    def shoot(self) -> bool:
        """The shots, part by part; False when the rules have to cover the scene."""
        if self._read.unit.other_end is not None:
            self.notices.append(f"{self._told}: the script asks for a split screen; the rules cover it.")
            return False
        shots: tuple[ShotPlan, ...] = ()
        parts = parts_of_scene(self._lines)
        for order, part in enumerate(parts, start=1):
            new = self._shoot_part(shots, part, order, len(parts))
            if new is None:
                return False
            shots = (*shots, *new)
        self._take(shots, self._rehearsed(shots))
        return True

    def _shoot_part(
        self, before: tuple[ShotPlan, ...], part: Sequence[ScriptLine], order: int, count: int
    ) -> tuple[ShotPlan, ...] | None:
        where = (
            "Break this scene into shots." if count == 1 else f"Break part {order} of {count} of the scene into shots."
        )
        if before:
            last = before[-1]
            where += f" The shot before is a {last.coverage} {last.size} of {', '.join(last.subjects) or 'the place'}."
        desk = self._desk
        question = questions.ask_camera(desk.film, self._read, part, self.plan, desk.approach, where)

        def wrong(reply: forms.Camera) -> list[str]:
            new = tuple(replies.shot_of(shot, desk.names) for shot in reply.shots)
            found = checks.about_shots(new, part, before, self._lines)
            return found or list(self._rehearsed((*before, *new)).told(len(before)))

        asked = consult(desk.ask, question, forms.Camera, wrong)
        reply = self._answer("camera", asked, "the rules cover it")
        return None if reply is None else tuple(replies.shot_of(shot, desk.names) for shot in reply.shots)

    def cut(self) -> None:
        """Rhythm and transitions."""
        scene = self.scene
        if scene is None:
            return
        question = questions.ask_edit(self._read, self.plan, scene.shots, self._lengths_s, self._desk.approach)
        planned = self.plan.shots

        def wrong(reply: forms.Edit) -> list[str]:
            found = checks.about_cuts(reply.cuts, planned, self._read)
            return found or list(self._rehearsed(replies.cut_of(planned, reply.cuts)).told(0))

        asked = consult(self._desk.ask, question, forms.Edit, wrong)
        if reply := self._answer("editor", asked, "its shots stand as they were planned"):
            shots = replies.cut_of(planned, reply.cuts)
            self._take(shots, self._rehearsed(shots))

    def spot(self) -> None:
        """Music."""
        question = questions.ask_spotting(self._read, self._lines, self.plan, self._desk.approach)

        def wrong(reply: forms.Spotting) -> list[str]:
            return checks.about_cues(replies.cues_of(reply), self._lines)

        asked = consult(self._desk.ask, question, forms.Spotting, wrong)
        if reply := self._answer("spotting", asked, "it has no music of its own"):
            self.plan = replace(self.plan, cues=replies.cues_of(reply))

    @property
    def _told(self) -> str:
        return heading_told(self._read)

    def _rehearsed(self, shots: tuple[ShotPlan, ...]) -> Rehearsed:
        if shots not in self._tried:
            plan = replace(self.plan, shots=shots)
            scene = compile_scene(self._read, self._lines, plan, self._desk.sounds)
            self._tried[shots] = rehearse(self._desk.storyboard, scene, self._read.scene)
        return self._tried[shots]

    def _take(self, shots: tuple[ShotPlan, ...], rehearsed: Rehearsed) -> None:
        sized = zip(shots, rehearsed.scene.shots, strict=True)
        self.plan = replace(self.plan, shots=tuple(replace(shot, size=seen.size or shot.size) for shot, seen in sized))
        self.scene, self._lengths_s = rehearsed.scene, rehearsed.lengths_s

    def _answer(self, stage: str, asked: Consulted[forms.FormT], instead: str) -> forms.FormT | None:
        """The reply of a stage; without one, what is done instead is told."""
        if asked.repairs:
            self.repairs[stage] = self.repairs.get(stage, 0) + asked.repairs
        if asked.answer is None:
            what = asked.wrong[0] if asked.wrong else "nothing came."
            self.notices.append(f"{self._told}: no {stage}'s reply could be used; {instead}. Last: {what}")
        return asked.answer
