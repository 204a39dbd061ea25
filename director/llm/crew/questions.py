"""What each member of the crew is asked: the prompt of its stage, filled with what it needs of the film and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from director.direct import ReadFilm
from director.llm.ask import Question
from director.llm.crew import telling
from director.llm.prompts import load_prompt
from director.numbering import ScriptLine
from director.plan import ScenePlan, ShotPlan
from director.rules.scenes import ReadScene
from shots.spec import STYLES, Shot

__all__ = [
    "LIT_TOGETHER",
    "STAGES",
    "UNPLANNED",
    "ask_breakdown",
    "ask_camera",
    "ask_design",
    "ask_direction",
    "ask_edit",
    "ask_light",
    "ask_spotting",
    "versions",
]

STAGES = ("breakdown", "design", "light", "director", "camera", "editor", "spotting", "supervisor")
LIT_TOGETHER = 20  # scenes that one question about light holds
UNPLANNED = ShotPlan(coverage="single", size="MS", motive="as the scene asks")
"""What stands for a shot when questions are foreseen."""

_MOST_CAST, _MOST_PLACES = 24, 40  # that the design is asked for
_DIGEST_LETTERS = 24_000  # of the scenes of a film, for the design
_CUT_LETTERS = 4_000  # of the words of a scene's shots, for the editor
_NO_APPROACH = "as the scene asks"


def versions() -> dict[str, str]:
    """The version of each stage's prompt: what a plan depends on besides the script and the model."""
    return {stage: load_prompt(stage).version for stage in STAGES}


def _question(stage: str, values: Mapping[str, str], most_tokens: int) -> Question:
    prompt = load_prompt(stage)
    system, user = prompt.fill(values)
    return Question(stage=stage, version=prompt.version, system=system, user=user, most_tokens=most_tokens)


def ask_breakdown(film: ReadFilm, read: ReadScene, lines: Sequence[ScriptLine]) -> Question:
    """What a scene needs."""
    values = {
        "heading": telling.heading_told(read),
        "cast": telling.cast_told(film, telling.people_of(lines)),
        "lines": telling.lines_told(lines),
    }
    return _question("breakdown", values, min(2000, 400 + 30 * len(lines)))


def ask_design(film: ReadFilm, numbered: Sequence[Sequence[ScriptLine]], worn: Mapping[str, Sequence[str]]) -> Question:
    """The look of the film, from a digest; `worn` is what the breakdown found each one in."""
    seen = Counter(who for lines in numbered for who in telling.people_of(lines))
    cast = [who for who, _ in seen.most_common(_MOST_CAST)]
    told = []
    for who in cast:
        clothes = "; wears " + ", ".join(telling.clean(each, 40) for each in worn[who][:4]) if worn.get(who) else ""
        told.append(f"{telling.cast_told(film, [who], 160)}{clothes}; in {seen[who]} scenes")
    visits = Counter(read.unit.setting.place for read in film.scenes)
    known = {place.id: place for place in film.places}
    places = [known[name] for name, _ in visits.most_common(_MOST_PLACES)]
    each = max(0, _DIGEST_LETTERS // max(1, len(film.scenes)) - 100)
    scenes = [telling.gist(read, lines, min(90, each)) for read, lines in zip(film.scenes, numbered, strict=True)]
    values = {
        "title": telling.clean(film.script.title, 120),
        "language": film.language,
        "styles": ", ".join(STYLES),
        "cast": "\n".join(told) or "nobody",
        "places": "\n".join(
            f"{telling.clean(p.id, 80)}{'' if p.interior is None else ', inside' if p.interior else ', outside'}"
            for p in places
        ),
        "scenes": "\n".join(scenes),
    }
    return _question("design", values, 700 + 110 * len(cast) + 20 * len(places))


def ask_light(approach: str, scenes: Sequence[ReadScene], numbered: Sequence[Sequence[ScriptLine]]) -> Question:
    """The light of some scenes."""
    told = []
    for read, lines in zip(scenes, numbered, strict=True):
        setting = read.unit.setting
        hour = "hour open" if setting.hour is None else setting.hour.replace("_", " ")
        weather = f", {setting.weather}" if setting.weather else ""
        told.append(f"{telling.gist(read, lines)} [{hour}{weather}, {read.sheet.mood}]")
    values = {"approach": telling.clean(approach) or _NO_APPROACH, "scenes": "\n".join(told)}
    return _question("light", values, 200 + 90 * len(scenes))


def ask_direction(film: ReadFilm, numbered: Sequence[Sequence[ScriptLine]], number: int, approach: str) -> Question:
    """What scene `number` is about."""
    read, lines = film.scenes[number], numbered[number]

    def beside(other: int) -> str:
        return telling.gist(film.scenes[other], numbered[other]) if 0 <= other < len(numbered) else "none"

    values = {
        "approach": telling.clean(approach) or _NO_APPROACH,
        "before": beside(number - 1),
        "after": beside(number + 1),
        "heading": telling.heading_told(read),
        "cast": telling.cast_told(film, telling.people_of(lines)),
        "lines": telling.lines_told(lines),
    }
    return _question("director", values, 600 + 12 * len(lines))


def ask_camera(
    film: ReadFilm, read: ReadScene, lines: Sequence[ScriptLine], plan: ScenePlan, approach: str, part: str
) -> Question:
    """The shots of these lines; `part` says where in the scene they stand."""
    values = {
        "approach": telling.clean(approach) or _NO_APPROACH,
        "heading": telling.heading_told(read),
        "intent": telling.clean(plan.intent) or "what the lines say",
        "beats": telling.beats_told(plan.beats, plan.turn),
        "cast": telling.cast_told(film, telling.people_of(lines)),
        "floor": telling.floor_told(lines),
        "part": part,
        "lines": telling.lines_told(lines),
    }
    return _question("camera", values, 800 + 150 * len(lines))


def ask_edit(
    read: ReadScene, plan: ScenePlan, shots: Sequence[Shot], lengths_s: Sequence[float], approach: str
) -> Question:
    """The rhythm of a scene's shots, which last `lengths_s` by themselves."""
    told = []
    most = max(24, min(90, _CUT_LETTERS // max(1, len(shots))))
    for number, (asked, shot, seconds) in enumerate(zip(plan.shots, shots, lengths_s, strict=True), start=1):
        who = " and ".join((*shot.subjects, *([shot.insert_of] if shot.insert_of else []))) or "the place"
        words = " ".join([shot.action, *(f"{line.character}: {line.text}" for line in shot.lines)])
        carried = " ".join(asked.lines) or "silent"
        framed = f"{shot.coverage} {shot.size} of {telling.clean(who, 80)}, {shot.move}, {seconds:.1f} s"
        told.append(f"{number}. {framed}, {carried}: {telling.clean(words, most)} ({telling.clean(shot.motive, most)})")
    values = {
        "approach": telling.clean(approach) or _NO_APPROACH,
        "heading": telling.heading_told(read),
        "intent": telling.clean(plan.intent) or "what the lines say",
        "shots": "\n".join(told),
    }
    return _question("editor", values, min(2500, 300 + 45 * len(shots)))


def ask_spotting(read: ReadScene, lines: Sequence[ScriptLine], plan: ScenePlan, approach: str) -> Question:
    """Where a scene has music."""
    values = {
        "approach": telling.clean(approach) or _NO_APPROACH,
        "heading": telling.heading_told(read),
        "intent": telling.clean(plan.intent) or "what the lines say",
        "beats": telling.beats_told(plan.beats, plan.turn),
        "lines": telling.lines_told(lines),
    }
    return _question("spotting", values, 600)
