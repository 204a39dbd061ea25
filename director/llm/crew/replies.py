"""Replies become plans: names as the film writes them, script ids as they were given, words shortened to one line.

Nothing is judged here (`director.llm.crew.checks` does); a name that nobody has stays as it came, to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from director.llm.crew import forms
from director.llm.crew.telling import clean
from director.numbering import ScriptLine
from director.plan import BeatPlan, CuePlan, Direction, Finding, LightPlan, ShotPlan
from shots.ids import fold
from shots.spec import LOOKS, Character, Light, Transition

__all__ = ["Names", "beats_of", "closed", "cues_of", "cut_of", "findings_of", "light_of", "shot_of", "turn_of"]


class Names:
    """The film's ids by what a model may write for them: any case, or another name of a person."""

    def __init__(self, cast: Iterable[Character], things: Iterable[str]) -> None:
        people = list(cast)
        self._known: dict[str, str] = {}
        for thing in things:
            self._known[fold(thing)] = thing
        for person in people:
            for alias in (*person.aliases, *([person.name] if person.name else [])):
                self._known[fold(alias)] = person.id
        for name in (*(person.id for person in people), *LOOKS):
            self._known[fold(name)] = name

    def of(self, written: str) -> str:
        """The id that is meant, or what was written."""
        return self._known.get(fold(" ".join(written.split())), written)

    def maybe(self, written: str | None) -> str | None:
        """The same for what may be left out; an empty name is none."""
        return self.of(written) if written and written.strip() else None

    def all(self, written: Iterable[str]) -> tuple[str, ...]:
        """The same for several, each once."""
        return tuple(dict.fromkeys(map(self.of, written)))


def _id(written: str) -> str:
    """A line id as it was given out: `l12` and `[L12]` are L12."""
    return written.strip().strip("[]() ").upper()


def shot_of(shot: forms.CameraShot, names: Names) -> ShotPlan:
    """A shot as planned."""
    return ShotPlan(
        lines=tuple(map(_id, shot.lines)),
        coverage=shot.coverage,
        size=shot.size,
        angle=shot.angle,
        move=shot.move,
        lens_mm=shot.lens_mm,
        f_number=shot.f_number,
        subjects=names.all(shot.subjects),
        over=names.maybe(shot.over),
        pov_of=names.maybe(shot.pov_of),
        insert_of=names.maybe(shot.insert_of),
        focus=names.all(shot.focus),
        directions=tuple(
            Direction(
                who=names.of(note.who),
                emotion=note.emotion,
                strength=0.6 if note.strength is None else note.strength,
                looks_at=names.maybe(note.looks_at),
                act=note.act,
            )
            for note in shot.people
        ),
        motive=clean(shot.motive, 160) or "as the scene asks",
    )


def beats_of(reply: forms.SceneDirection) -> tuple[BeatPlan, ...]:
    """The beats of a scene as they were given."""
    return tuple(
        BeatPlan(first=_id(beat.first), last=_id(beat.last), what=clean(beat.what, 200), feel=clean(beat.feel, 200))
        for beat in reply.beats
    )


def closed(beats: Sequence[BeatPlan], lines: Sequence[ScriptLine]) -> tuple[BeatPlan, ...]:
    """Beats in order, each up to where the next begins: the first from the scene's first line, the last to its last."""
    at = {line.id: number for number, line in enumerate(lines)}
    starts = [0, *(at[beat.first] for beat in beats[1:]), len(lines)]
    return tuple(
        replace(beat, first=lines[start].id, last=lines[end - 1].id)
        for beat, start, end in zip(beats, starts, starts[1:], strict=False)
    )


def turn_of(reply: forms.SceneDirection) -> str | None:
    """Where a scene turns."""
    return _id(reply.turn) if reply.turn and reply.turn.strip() else None


def cues_of(reply: forms.Spotting) -> tuple[CuePlan, ...]:
    """The music of a scene."""
    return tuple(
        CuePlan(first=_id(cue.first), last=_id(cue.last), mood=cue.mood, why=clean(cue.why, 200)) for cue in reply.cues
    )


def findings_of(reply: forms.Breakdown, names: Names) -> tuple[Finding, ...]:
    """What a scene needs."""
    kinds: Mapping[str, list[forms.Found]] = {"wardrobe": reply.wardrobe, "prop": reply.props, "sound": reply.sounds}
    return tuple(
        Finding(kind=kind, what=clean(found.what, 80), line=_id(found.line), who=names.maybe(found.who) or "")
        for kind, items in kinds.items()
        for found in items
    )


def light_of(scene: forms.SceneLight) -> LightPlan:
    """The light of a scene."""
    light = Light(
        key_side=scene.key_side,
        key_to_fill_ratio=scene.key_to_fill_ratio,
        colour_temperature_k=scene.colour_temperature_k,
        neon=scene.neon,
    )
    return LightPlan(light=light, hour=scene.hour, why=clean(scene.why, 200))


def cut_of(shots: Sequence[ShotPlan], cuts: Sequence[forms.Cutting]) -> tuple[ShotPlan, ...]:
    """The shots as they are cut: held, entered, or left out."""
    wanted = {cut.shot: cut for cut in cuts}
    out = []
    for number, shot in enumerate(shots, start=1):
        cut = wanted.get(number)
        if cut is None:
            out.append(shot)
        elif not cut.leave_out:
            entered = Transition(kind=cut.transition) if cut.transition is not None else shot.transition
            out.append(replace(shot, duration_s=cut.duration_s, transition=entered))
    return tuple(out)
