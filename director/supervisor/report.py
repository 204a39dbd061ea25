"""The continuity report as data: what a script supervisor writes down of a film, scene by scene and shot by shot.

`supervisor.markdown` and `supervisor.pdf` write it. Reads the ledger, the stages' geometry and what continuity found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shots.blocking import ShotGeometry
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Character, Scene, Shot, Storyboard
from shots.story import Ledger, SceneTime, ledger
from shots.story.words import is_carried
from shots.timing import ShotTiming

__all__ = ["ContinuityReport", "SceneSheet", "ShotRow", "clock", "continuity_report", "pages"]

_LONGEST_ACTION = 90
_ARROWS = {"left": "R→L", "right": "L→R", "toward": "to camera", "away": "from camera"}
_LOOKS = {"left": "L", "right": "R", "lens": "lens", "away": "away"}


@dataclass(frozen=True)
class ShotRow:
    """One line of a scene's shot list. `side` is the side of the line of action that the camera stands on."""

    shot: str
    framing: str
    lens: str
    side: str
    direction: str
    eyeline: str
    seconds: float
    what: str
    state: str


@dataclass(frozen=True)
class SceneSheet:
    """One scene of the report; `matches` is what has to be the same as before, or will have to be after."""

    number: str
    heading: str
    time: SceneTime
    eighths: int | None
    seconds: float
    cast: tuple[str, ...]
    wardrobe: tuple[tuple[str, str], ...]
    props: tuple[tuple[str, str], ...]
    matches: tuple[str, ...]
    rows: tuple[ShotRow, ...]
    problems: tuple[Problem, ...]

    @property
    def since(self) -> str:
        """How much time has passed, and since which scene: `CONTINUOUS, after S4`."""
        return f"{self.time.why}, after {self.time.after}" if self.time.after is not None else ""


@dataclass(frozen=True)
class ContinuityReport:
    """A film's continuity; `problems` are those of no scene, `put_right` the states that were changed for it."""

    title: str
    credit: str
    seconds: float
    shots: int
    eighths: int | None
    scenes: tuple[SceneSheet, ...]
    problems: tuple[Problem, ...]
    put_right: tuple[str, ...]


def continuity_report(
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    geometry: Mapping[str, ShotGeometry],
    problems: Sequence[Problem],
    put_right: Sequence[str] = (),
) -> ContinuityReport:
    """The report of a completed storyboard, whoever planned it; `put_right` as `supervise` told it."""
    book = ledger(storyboard)
    graph = ShotGraph(storyboard)
    scene_of = {shot: graph.scene_of(shot).id for shot in graph.order()}
    sheets = []
    for number, scene in enumerate(storyboard.scenes):
        before = storyboard.scenes[number - 1] if number else None
        mine = tuple(p for p in problems if p.shot is not None and scene_of.get(p.shot) == scene.id)
        sheets.append(_sheet(storyboard, book, scene, before, timings, geometry, mine))
    eighths = [scene.page_eighths for scene in storyboard.scenes]
    return ContinuityReport(
        title=storyboard.title,
        credit=storyboard.credit,
        seconds=sum(timing.shown.duration_s for timing in timings.values()),
        shots=len(storyboard.shots()),
        eighths=sum(each or 0 for each in eighths) if any(eighths) else None,
        scenes=tuple(sheets),
        problems=tuple(p for p in problems if p.shot is None or p.shot not in scene_of),
        put_right=tuple(put_right),
    )


def pages(eighths: int | None) -> str:
    """Page eighths as a breakdown writes them: `11` is `1 3/8`."""
    if eighths is None:
        return "–"
    whole, rest = divmod(eighths, 8)
    return f"{whole} {rest}/8" if whole and rest else str(whole) if whole else f"{rest}/8"


def clock(seconds: float) -> str:
    """`83.4` → `1:23`."""
    return f"{int(seconds + 0.5) // 60}:{int(seconds + 0.5) % 60:02d}"


def _sheet(
    storyboard: Storyboard,
    book: Ledger,
    scene: Scene,
    before: Scene | None,
    timings: Mapping[str, ShotTiming],
    geometry: Mapping[str, ShotGeometry],
    problems: tuple[Problem, ...],
) -> SceneSheet:
    cast = {character.id: character for character in storyboard.cast}
    there = list(dict.fromkeys(p.character for shot in scene.shots for p in scene.floor(shot)))
    heard = [line.character for shot in scene.shots for line in shot.lines if line.character not in there]
    rows = tuple(_row(book, shot, timings, geometry) for shot in scene.shots)
    return SceneSheet(
        number=scene.number or scene.id or "",
        heading=_plain(scene.heading),
        time=book.times[scene.id or ""],
        eighths=scene.page_eighths,
        seconds=sum(row.seconds for row in rows),
        cast=(*there, *(f"{who} (heard)" for who in dict.fromkeys(heard))),
        wardrobe=tuple((who, _wardrobe(book, scene, cast.get(who) or Character(id=who))) for who in there),
        props=_props(book, scene),
        matches=_matches(book, scene, before),
        rows=rows,
        problems=problems,
    )


def _wardrobe(book: Ledger, scene: Scene, character: Character) -> str:
    """What somebody wears, and what becomes of it in the scene."""
    worn = ", ".join(f"{garment.colour or ''} {garment.kind}".strip() for garment in character.look.wardrobe)
    if character.species != "person":
        worn = " ".join(filter(None, (character.look.hair_colour, character.species)))
    runs = _runs([(s.id or "", _states(book, s, character.id)) for s in scene.shots])
    return "; ".join(filter(None, (worn, *runs)))


def _states(book: Ledger, shot: Shot, who: str) -> str | None:
    person = book.at(shot.id or "").people.get(who)
    return ", ".join(state for state in person.state if is_carried(state)) if person else None


def _props(book: Ledger, scene: Scene) -> tuple[tuple[str, str], ...]:
    """Each thing of the scene with its states and the hands that it goes through."""
    seen = dict.fromkeys(name for shot in scene.shots for name, now in book.at(shot.id or "").props.items() if now.seen)
    found = []
    for name in seen:
        told: list[tuple[str, str | None]] = []
        for shot in scene.shots:
            now = book.at(shot.id or "").props.get(name)
            if now is None or not now.seen:
                told.append((shot.id or "", None))
                continue
            where = f"{now.holder}'s {now.hand} hand" if now.holder else "stands free"
            told.append((shot.id or "", ", ".join(filter(None, (now.state, where)))))
        found.append((name, "; ".join(_runs(told))))
    return tuple(found)


def _runs(told: Sequence[tuple[str, str | None]]) -> list[str]:
    """`wet (S1.2 to S1.5)`: what is the same over shots in a row is said once; None is not seen, and no change."""
    runs: list[tuple[str, str, str]] = []
    for shot, what in told:
        if what is None:
            continue
        if runs and runs[-1][0] == what:
            runs[-1] = (what, runs[-1][1], shot)
        else:
            runs.append((what, shot, shot))
    if len(runs) == 1:
        return [runs[0][0]] if runs[0][0] else []
    return [f"{what or 'as usual'} ({first if first == last else f'{first} to {last}'})" for what, first, last in runs]


def _matches(book: Ledger, scene: Scene, before: Scene | None) -> tuple[str, ...]:
    """What to match: states that come in with people and things, what begins here, and hands over a cut at once."""
    if not scene.shots:
        return ()
    time = book.times[scene.id or ""]
    shots = {shot.id: n for n, shot in enumerate(scene.shots)}
    seen = {p.character for shot in scene.shots for p in scene.floor(shot)}
    seen |= {name for shot in scene.shots for name, now in book.at(shot.id or "").props.items() if now.seen}
    found: list[str] = []
    latest: dict[tuple[str, str], str] = {}  # where a state that comes in began
    strand_of = {shot.id: book.times[each.id or ""].strand for each in book.storyboard.scenes for shot in each.shots}
    before_it = True
    for change in book.changes:
        before_it = before_it and change.shot not in shots
        if change.shot in shots and change.of in seen:
            word = "from" if change.gained else "no longer, from"
            found.append(f"{change.of}: {change.state} {word} {change.shot} on ({change.why.strip('.')})")
        elif before_it and change.gained and strand_of.get(change.shot) == time.strand:
            latest[change.of, change.state] = change.shot
    carried: list[str] = []
    first = _first_seen(book, scene)
    for name, states in first.items():
        for state in states:
            if (name, state) in latest and not any(line.startswith(f"{name}: {state} from") for line in found):
                carried.append(f"{name}: {state} since {latest[name, state]}")
    if before is not None and time.at_once and time.after == before.id:
        carried += _hands(book, scene, before)
    return (*carried, *found)


def _first_seen(book: Ledger, scene: Scene) -> dict[str, tuple[str, ...]]:
    """The states of everybody and everything where the scene first shows them."""
    first: dict[str, tuple[str, ...]] = {}
    for shot in scene.shots:
        now = book.at(shot.id or "")
        for who, person in now.people.items():
            first.setdefault(who, person.state)
        for name, prop in now.props.items():
            if prop.seen:
                first.setdefault(name, (prop.state,) if prop.state else ())
    return first


def _hands(book: Ledger, scene: Scene, before: Scene) -> list[str]:
    """Who goes on with what in hand, over a cut that no time passes at."""
    if not before.shots:
        return []
    last, opens = book.at(before.shots[-1].id or ""), book.at(scene.shots[0].id or "")
    found = []
    for who, person in last.people.items():
        if who not in opens.people:
            continue
        now = dict(opens.people[who].holds)
        for prop, hand in person.holds:
            if prop in now:
                found.append(f"{who}: {prop} in the {now[prop]} hand, as in {last.shot}")
            else:
                found.append(f"{who}: had {prop} in the {hand} hand in {last.shot}, and no longer in {opens.shot}")
    return found


def _row(book: Ledger, shot: Shot, timings: Mapping[str, ShotTiming], geometry: Mapping[str, ShotGeometry]) -> ShotRow:
    shot_id = shot.id or ""
    seen = geometry.get(shot_id)
    visible = [person for person in seen.people if person.visible] if seen else []
    many = len(visible) > 1
    now = book.at(shot_id)
    shown = {person.character for person in visible} if seen else set(now.people)
    framed = [prop for prop in now.props.values() if prop.seen and (prop.holder is None or prop.holder in shown)]
    if shot.insert_of is not None:
        shown, framed = set(), [prop for prop in now.props.values() if prop.prop == shot.insert_of]
    said = " / ".join(f"{line.character}: {_plain(line.text)}" for line in shot.lines)
    states = [
        f"{who} {', '.join(states)}"
        for who, person in now.people.items()
        if who in shown and (states := [state for state in person.state if is_carried(state)])
    ]
    states += [f"{prop.prop} {prop.state}" for prop in framed if prop.state]
    return ShotRow(
        shot=shot_id,
        framing=_framing(shot),
        lens=f"{seen.lens_mm:.0f} mm" if seen else "",
        side={1: "A", -1: "B"}.get(seen.axis_side, "on") if seen and seen.axis else "",
        direction=", ".join(
            f"{person.character} {_ARROWS[person.moves]}" if many else _ARROWS[person.moves]
            for person in visible
            if person.moves != "none"
        ),
        eyeline=", ".join(
            f"{person.character} {_LOOKS[person.gaze]}" if many else _LOOKS[person.gaze] for person in visible[:3]
        ),
        seconds=timings[shot_id].shown.duration_s if shot_id in timings else shot.duration_s or 0.0,
        what=_short(". ".join(filter(None, (_plain(shot.action).rstrip("."), said)))),
        state="; ".join(states),
    )


def _framing(shot: Shot) -> str:
    words: list[str] = [shot.size or ""]
    if shot.over:
        words.append(f"over {shot.over}")
    elif shot.pov_of:
        words.append(f"POV {shot.pov_of}")
    elif shot.insert_of:
        words.append(f"insert {shot.insert_of}")
    elif shot.subjects:
        words.append(", ".join(shot.subjects[:3]) + (" ..." if len(shot.subjects) > 3 else ""))
    if shot.angle != "eye_level":
        words.append(shot.angle)
    if shot.move != "static":
        words.append(shot.move.replace("_", " "))
    return " · ".join(word for word in words if word)


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").replace("_", "").split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_ACTION else text[:_LONGEST_ACTION].rsplit(" ", 1)[0].rstrip(",;") + " …"
