"""What is wrong with a reply, a sentence each with its fix, in the terms that the model was given.

Pure: `check(reply's plan, the lines it is about) -> list of sentences`. What a scene looks like on its floor is
`director.rehearsal`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from director.compile import Staged, staged
from director.llm.crew import forms
from director.numbering import ScriptLine
from director.plan import BeatPlan, CuePlan, Finding, ShotPlan
from director.rules.scenes import ReadScene
from shots.continuity.light import hours_apart
from shots.errors import near_name
from shots.heading import parse_heading
from shots.spec import LOOKS, SIZES, Coverage, Size

__all__ = ["about_beats", "about_cues", "about_cuts", "about_findings", "about_light", "about_shots", "known_lines"]

_SIZES: dict[Coverage, tuple[Size, ...]] = {
    "establishing": ("EWS", "WS", "FS"),
    "master": ("EWS", "WS", "FS", "MLS"),
    "insert": ("MCU", "CU", "ECU"),
}
_COUNTS: dict[Coverage, tuple[int, int]] = {
    "single": (1, 1),
    "reaction": (1, 1),
    "over_shoulder": (1, 1),
    "two_shot": (2, 2),
    "group": (3, 8),
}
_INSIDE = frozenset({"cut", "smash_cut", "match_cut", "jump_cut"})
_SHOTS_PER_LINE, _SHOTS_MORE = 2, 4


def known_lines(cited: Iterable[str], lines: Sequence[ScriptLine], where: str) -> list[str]:
    """Ids that the scene does not have."""
    ids = [line.id for line in lines]
    return [
        f"{where}: there is no line {name!r}{near_name(name, ids)}. Fix: use the ids {ids[0]} to {ids[-1]} as given."
        for name in dict.fromkeys(cited)
        if name not in ids
    ]


def about_findings(findings: Sequence[Finding], lines: Sequence[ScriptLine], people: Sequence[str]) -> list[str]:
    """A breakdown that cites what is not there."""
    wrong = known_lines((finding.line for finding in findings), lines, "breakdown")
    for finding in findings:
        if finding.who and finding.who not in people:
            near = near_name(finding.who, people)
            wrong.append(f"{finding.what}: nobody in the scene is {finding.who!r}{near}. Fix: use an id of the cast.")
    return wrong


def about_beats(beats: Sequence[BeatPlan], turn: str | None, lines: Sequence[ScriptLine]) -> list[str]:
    """Beats that begin where there is no line, or do not follow one another."""
    cited = [name for beat in beats for name in (beat.first, beat.last)]
    if wrong := known_lines([*cited, *([turn] if turn else [])], lines, "beats"):
        return wrong
    at = {line.id: number for number, line in enumerate(lines)}
    begun = -1
    for number, beat in enumerate(beats, start=1):
        if at[beat.first] <= begun:
            return [f"beat {number} begins at {beat.first}, which is not after the one before. Fix: keep the order."]
        begun = at[beat.first]
    return []


def about_shots(
    shots: Sequence[ShotPlan], lines: Sequence[ScriptLine], before: Sequence[ShotPlan], scene: Sequence[ScriptLine]
) -> list[str]:
    """Shots of `lines` that lose, repeat or reorder any, or frame what is not there.

    `before` are the scene's shots so far, `scene` all its lines. Shots are numbered from 1 in this reply.
    """
    cited = [name for shot in shots for name in shot.lines]
    wrong = known_lines(cited, lines, "shots") or _order(cited, [line.id for line in lines])
    most = _SHOTS_PER_LINE * len(lines) + _SHOTS_MORE
    if len(shots) > most:
        wrong.append(f"there are {len(shots)} shots for {len(lines)} lines. Fix: use at most {most}.")
    floors = staged([*before, *shots], scene)[len(before) :]
    for number, (shot, floor) in enumerate(zip(shots, floors, strict=True), start=1):
        wrong += [f"shot {number}: {problem}" for problem in (*_framing(shot), *_present(shot, floor))]
    return wrong


def _order(cited: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Lines that are dropped, told twice or out of order."""
    wrong = []
    if dropped := [name for name in ids if name not in cited]:
        wrong.append(f"no shot carries {_some(dropped)}. Fix: put every line into a shot, in order.")
    if twice := [name for name in dict.fromkeys(cited) if cited.count(name) > 1]:
        wrong.append(f"more than one shot carries {_some(twice)}. Fix: leave each line in one shot; others are silent.")
    once = list(dict.fromkeys(cited))
    if not dropped and once != list(ids):
        first = next(name for name, other in zip(once, ids, strict=True) if name != other)
        wrong.append(f"{first} stands out of order. Fix: keep the order of the script.")
    return wrong


def _framing(shot: ShotPlan) -> list[str]:
    """Coverage that does not fit what it names."""
    wrong = []
    low, high = _COUNTS.get(shot.coverage, (0, 8))
    if not low <= len(shot.subjects) <= high:
        wanted = str(low) if low == high else f"{low} to {high}"
        wrong.append(f"a {shot.coverage} of {len(shot.subjects)} subjects. Fix: name {wanted}, or change the coverage.")
    sizes = _SIZES.get(shot.coverage, SIZES)
    if shot.size not in sizes:
        wrong.append(f"no {shot.coverage} is {shot.size}. Fix: use {', '.join(sizes)}.")
    for coverage, name in (("over_shoulder", "over"), ("pov", "pov_of"), ("insert", "insert_of")):
        said = getattr(shot, name)
        if (shot.coverage == coverage) != (said is not None):
            fix = f"name {name}" if said is None else f"leave {name} out, or make it {coverage}"
            wrong.append(f"a {shot.coverage} {'without' if said is None else 'with'} {name}. Fix: {fix}.")
    if set(shot.subjects) & {shot.over, shot.pov_of}:
        wrong.append("the same person is a subject and looks on. Fix: frame somebody else.")
    return wrong


def _present(shot: ShotPlan, floor: Staged) -> list[str]:
    """Names of people and things that are not there at these lines."""
    wrong = []
    bodies, things = floor.bodies, floor.things
    people = [*shot.subjects, shot.over, shot.pov_of, *(direction.who for direction in shot.directions)]
    for who in dict.fromkeys(name for name in people if name and name not in bodies):
        there = f"use {', '.join(bodies)}" if bodies else "frame the place"
        wrong.append(f"{who!r} is not on the floor{near_name(who, bodies)}. Fix: {there}.")
    if shot.insert_of is not None and shot.insert_of not in things:
        there = f"use {', '.join(things)}" if things else "choose another coverage"
        wrong.append(f"there is no {shot.insert_of!r} to show{near_name(shot.insert_of, things)}. Fix: {there}.")
    seen = (*bodies, *things)
    looks = [direction.looks_at for direction in shot.directions]
    for what in dict.fromkeys(name for name in looks if name and name not in (*seen, *LOOKS)):
        wrong.append(f"nobody can look at {what!r}. Fix: use an id on the floor, or {', '.join(LOOKS)}.")
    for what in dict.fromkeys(name for name in shot.focus if name not in seen):
        wrong.append(f"focus on {what!r}, which is not there. Fix: focus on {', '.join(seen) or 'nothing'}.")
    return wrong


def about_cuts(cuts: Sequence[forms.Cutting], shots: Sequence[ShotPlan], read: ReadScene) -> list[str]:
    """Cuts of shots that there are not, that lose a line, or that are entered in a way no cut is."""
    wrong = []
    numbers = [cut.shot for cut in cuts]
    for number in dict.fromkeys(numbers):
        if not 1 <= number <= len(shots):
            wrong.append(f"there is no shot {number}. Fix: use 1 to {len(shots)}.")
        elif numbers.count(number) > 1:
            wrong.append(f"shot {number} stands twice. Fix: say everything of it at once.")
    known = [cut for cut in cuts if 1 <= cut.shot <= len(shots)]
    for cut in known:
        if cut.leave_out and shots[cut.shot - 1].lines:
            wrong.append(
                f"shot {cut.shot} carries {_some(shots[cut.shot - 1].lines)}. Fix: leave out silent shots only."
            )
        if cut.transition is not None:
            wrong += _entered(cut.shot, cut.transition, read)
    if known and len({cut.shot for cut in known if cut.leave_out}) == len(shots):
        wrong.append("no shot is left. Fix: keep some.")
    return wrong


def _entered(number: int, entry: str, read: ReadScene) -> list[str]:
    if number > 1 and entry not in _INSIDE:
        return [f"shot {number} is entered by {entry} inside the scene. Fix: use {', '.join(sorted(_INSIDE))}."]
    if number == 1 and entry == "fade_in" and not read.sheet.first:
        return ["fade_in opens the film, and this is not its first scene. Fix: use fade_through_black, or a cut."]
    if number == 1 and read.sheet.first and entry not in ("cut", "fade_in"):
        return [f"nothing stands before the film's first shot to {entry} from. Fix: use fade_in or cut."]
    return []


def about_cues(cues: Sequence[CuePlan], lines: Sequence[ScriptLine]) -> list[str]:
    """Cues that run backwards, or over one another."""
    if wrong := known_lines((name for cue in cues for name in (cue.first, cue.last)), lines, "cues"):
        return wrong
    at = {line.id: number for number, line in enumerate(lines)}
    free = 0
    for cue in cues:
        if at[cue.last] < at[cue.first]:
            wrong.append(f"the cue from {cue.first} ends before it begins, at {cue.last}. Fix: let it go forward.")
        elif at[cue.first] < free:
            wrong.append(f"the cue from {cue.first} begins under the one before. Fix: begin it later, in order.")
        free = max(free, at[cue.last] + 1)
    return wrong


def about_light(plot: forms.LightPlot, scenes: Sequence[ReadScene]) -> list[str]:
    """Scenes left dark, lit twice, or at an hour that is not their slugline's."""
    wrong = []
    asked = {read.sheet.number + 1: read for read in scenes}
    given = [scene.scene for scene in plot.scenes]
    for number in dict.fromkeys(given):
        if number not in asked:
            wrong.append(f"scene {number} is not among these. Fix: light scenes {', '.join(map(str, asked))}.")
        elif given.count(number) > 1:
            wrong.append(f"scene {number} is lit twice. Fix: light it once.")
    if dark := [str(number) for number in asked if number not in given]:
        wrong.append(f"no light is given for scene {_some(dark)}. Fix: light every scene.")
    for scene in plot.scenes:
        read = asked.get(scene.scene)
        written = parse_heading(read.unit.heading).hour if read is not None else None
        if scene.hour and written and hours_apart(scene.hour, written) > 1:
            wrong.append(f"scene {scene.scene} is written for {written}, not {scene.hour}. Fix: leave hour null.")
    return wrong


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
