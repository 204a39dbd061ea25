"""A film directed by a crew: broken down, designed and lit as a whole, then planned scene by scene at once.

The rules read the script first; the crew decides over what they read, in line ids. Scenes are planned in threads,
at most a few at a time, and come back in the order of the script whichever is finished first: the same replies give
the same film. Last, the script supervisor reads the shots of each scene for what becomes of clothes and things. A
stage or a scene that cannot be mended is the rules', and a notice says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from director.compile import lit
from director.direct import ReadFilm, cut_together, read_film
from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.cost import Used, question_tokens
from director.llm.crew import checks, forms, questions, replies
from director.llm.crew.designing import about_design, designed, style_of
from director.llm.crew.scene import Desk, Planned, parts_of_scene, plan_scene
from director.llm.crew.telling import heading_told, people_of
from director.llm.together import AT_ONCE, in_order
from director.numbering import ScriptLine, number_scenes
from director.plan import FilmPlan, Finding, LightPlan, ScenePlan, StylePlan
from director.script import Script
from director.supervisor.richer import questions_of, supervise_with
from shots.defaults import complete
from shots.spec import Storyboard

__all__ = ["Directed", "Foreseen", "direct_with_crew", "foresee"]

_Lines = tuple[ScriptLine, ...]


@dataclass(frozen=True)
class Directed:
    """A complete storyboard, the plan it was compiled from, and what the user should know.

    `put_right` are the states that the script supervisor changed, a sentence each.
    """

    storyboard: Storyboard
    plan: FilmPlan
    notices: tuple[str, ...]
    put_right: tuple[str, ...]


@dataclass(frozen=True)
class Foreseen:
    """What directing a script will take, about, when no reply has to be mended."""

    scenes: int
    lines: int
    used: Used


def direct_with_crew(
    script: Script,
    ask: Ask,
    *,
    model: str,
    seed: int = 0,
    at_once: int = AT_ONCE,
    on_scene: Callable[[int, int], None] | None = None,
    on_supervised: Callable[[int, int], None] | None = None,
) -> Directed:
    """Directs `script` with the crew that `ask` answers for; `model` is its name, for the plan.

    Args:
        at_once: how many scenes are planned at the same time.
        on_scene: told how many scenes of how many are planned; called from several threads.
        on_supervised: told the same of the script supervisor, who reads the scenes when all are put together.

    Raises:
        ScriptError: there is nothing to film.
        ModelError: the model cannot be asked; what was answered is kept by whoever keeps exchanges.
    """
    film, numbered = _read(script, seed)
    crew = _FilmCrew(ask, film, numbered, at_once)
    findings = crew.break_down()
    design = crew.design(findings)
    style = style_of(design) if design is not None else StylePlan()
    light = crew.light(style.approach)
    names = crew.names

    def dressed(storyboard: Storyboard) -> Storyboard:
        return complete(storyboard if design is None else designed(storyboard, design, names))

    desk = Desk(
        ask=ask,
        film=film,
        numbered=numbered,
        storyboard=dressed(cut_together(film, [read.scene for read in film.scenes])),
        names=names,
        approach=style.approach,
        light=light,
        sounds=_sounds(findings),
    )
    planned = crew.plan(desk, on_scene)
    scenes = [
        done.scene or (lit(read.scene, light[number]) if number in light else read.scene)
        for number, (done, read) in enumerate(zip(planned, film.scenes, strict=True))
    ]
    by_crew = frozenset(number for number, done in enumerate(planned) if done.scene is not None)
    cut = dressed(cut_together(film, scenes, by_crew))
    supervised = supervise_with(ask, cut, at_once=at_once, on_scene=on_supervised)
    storyboard = supervised.storyboard
    if supervised.repairs:
        crew.repairs["supervisor"] = supervised.repairs
    for done in planned:
        for stage, times in done.repairs.items():
            crew.repairs[stage] = crew.repairs.get(stage, 0) + times
    ids = iter(scene.id or "" for scene in storyboard.scenes)
    plan = FilmPlan(
        title=storyboard.title,
        model=model,
        versions=questions.versions(),
        style=style,
        repairs=dict(sorted(crew.repairs.items())),
        scenes=tuple(
            replace(done.plan, scene=next(ids), heading=read.unit.heading, findings=found)
            for done, read, scene, found in zip(planned, film.scenes, scenes, findings, strict=True)
            if scene.shots
        ),
    )
    notices = (*crew.notices, *(notice for done in planned for notice in done.notices), *supervised.notices)
    return Directed(storyboard, plan, notices, supervised.put_right)


def foresee(script: Script, *, seed: int = 0) -> Foreseen:
    """What directing a script will take: every question as it can be told before anything is answered.

    Replies are taken to be as long as sensible ones are, half of what they may be.

    Raises:
        ScriptError: there is nothing to film.
    """
    film, numbered = _read(script, seed)
    blank = ScenePlan()
    asked: list[Question] = [questions.ask_design(film, numbered, {})]
    filmed = [number for number, lines in enumerate(numbered) if lines]
    for some in _batches(filmed):
        asked.append(questions.ask_light("", [film.scenes[n] for n in some], [numbered[n] for n in some]))
    for number in filmed:
        read, lines = film.scenes[number], numbered[number]
        asked.append(questions.ask_breakdown(film, read, lines))
        asked.append(questions.ask_direction(film, numbered, number, ""))
        asked += [questions.ask_camera(film, read, part, blank, "", "") for part in parts_of_scene(lines)]
        shots = read.scene.shots
        as_ruled = replace(blank, shots=(questions.UNPLANNED,) * len(shots))
        asked.append(questions.ask_edit(read, as_ruled, shots, [3.0] * len(shots), ""))
        asked.append(questions.ask_spotting(read, lines, blank, ""))
    asked += questions_of(complete(cut_together(film, [read.scene for read in film.scenes])))
    used = sum((Used(1, 0, question_tokens(each), each.most_tokens // 2) for each in asked), Used())
    return Foreseen(len(filmed), sum(map(len, numbered)), used)


def _read(script: Script, seed: int) -> tuple[ReadFilm, tuple[_Lines, ...]]:
    film = read_film(script, seed=seed)
    return film, number_scenes(read.sheet.moments for read in film.scenes)


def _batches(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[at : at + questions.LIT_TOGETHER] for at in range(0, len(numbers), questions.LIT_TOGETHER)]


def _sounds(findings: Sequence[tuple[Finding, ...]]) -> dict[str, tuple[str, ...]]:
    """What the breakdown hears in each line, as far as there is a sound of it."""
    from audio.effects import find

    heard: dict[str, tuple[str, ...]] = {}
    for finding in (each for found in findings for each in found):
        if finding.kind == "sound" and (sound := find(finding.what)) is not None:
            heard[finding.line] = (*heard.get(finding.line, ()), sound)
    return heard


class _FilmCrew:
    """The crew before the scenes, and their notices."""

    def __init__(self, ask: Ask, film: ReadFilm, numbered: tuple[_Lines, ...], at_once: int) -> None:
        self._ask, self._film, self._numbered, self._at_once = ask, film, numbered, at_once
        self._filmed = [number for number, lines in enumerate(numbered) if lines]
        things = (*(prop.id for prop in film.props), *(place.id for place in film.places))
        self.names = replies.Names(film.cast.characters, things)
        self.notices: list[str] = []
        self.repairs: dict[str, int] = {}

    def break_down(self) -> list[tuple[Finding, ...]]:
        """What each scene needs."""

        def one(number: int) -> tuple[tuple[Finding, ...], int, str]:
            read, lines = self._film.scenes[number], self._numbered[number]
            people = people_of(lines)

            def wrong(reply: forms.Breakdown) -> list[str]:
                return checks.about_findings(replies.findings_of(reply, self.names), lines, people)

            question = questions.ask_breakdown(self._film, read, lines)
            asked = consult(self._ask, question, forms.Breakdown, wrong)
            if asked.answer is not None:
                return replies.findings_of(asked.answer, self.names), asked.repairs, ""
            told = heading_told(read)
            return (
                (),
                asked.repairs,
                f"{told}: no breakdown could be used; it has what the rules read. Last: {asked.wrong[0]}",
            )

        found: dict[int, tuple[Finding, ...]] = {}
        for number, (findings, repairs, notice) in zip(
            self._filmed, in_order(one, self._filmed, self._at_once), strict=True
        ):
            found[number] = findings
            self._count("breakdown", repairs, notice)
        return [found.get(number, ()) for number in range(len(self._numbered))]

    def design(self, findings: Sequence[tuple[Finding, ...]]) -> forms.Design | None:
        """The look of the film; None leaves it to the rules."""
        worn: dict[str, list[str]] = {}
        for finding in (each for found in findings for each in found):
            if finding.kind == "wardrobe" and finding.who and finding.what not in worn.setdefault(finding.who, []):
                worn[finding.who].append(finding.what)
        film = self._film

        def wrong(reply: forms.Design) -> list[str]:
            return about_design(reply, film.cast.characters, film.places, self.names)

        asked = consult(self._ask, questions.ask_design(film, self._numbered, worn), forms.Design, wrong)
        lost = "" if asked.answer else f"No design could be used; looks are the rules'. Last: {asked.wrong[0]}"
        self._count("design", asked.repairs, lost)
        return asked.answer

    def light(self, approach: str) -> dict[int, LightPlan]:
        """The light of each scene, by its number from 0; scenes that have none are lit by the rules."""

        def some(numbers: Sequence[int]) -> tuple[forms.LightPlot | None, int, str]:
            scenes = [self._film.scenes[number] for number in numbers]
            question = questions.ask_light(approach, scenes, [self._numbered[number] for number in numbers])
            asked = consult(self._ask, question, forms.LightPlot, lambda reply: checks.about_light(reply, scenes))
            if asked.answer is not None:
                return asked.answer, asked.repairs, ""
            where = f"scenes {numbers[0] + 1} to {numbers[-1] + 1}"
            return (
                None,
                asked.repairs,
                f"No light could be used for {where}; the rules light them. Last: {asked.wrong[0]}",
            )

        light: dict[int, LightPlan] = {}
        for plot, repairs, notice in in_order(some, _batches(self._filmed), self._at_once):
            self._count("light", repairs, notice)
            if plot is not None:
                light.update({scene.scene - 1: replies.light_of(scene) for scene in plot.scenes})
        return light

    def plan(self, desk: Desk, on_scene: Callable[[int, int], None] | None) -> list[Planned]:
        """Every scene planned; one without a line to film has an empty plan."""
        done = count(1)

        def one(number: int) -> Planned:
            planned = plan_scene(desk, number)
            if on_scene is not None:
                on_scene(next(done), len(self._filmed))
            return planned

        planned = dict(zip(self._filmed, in_order(one, self._filmed, self._at_once), strict=True))
        return [planned.get(number, Planned(ScenePlan(), None, (), {})) for number in range(len(self._numbered))]

    def _count(self, stage: str, repairs: int, notice: str) -> None:
        if repairs:
            self.repairs[stage] = self.repairs.get(stage, 0) + repairs
        if notice:
            self.notices.append(notice)
