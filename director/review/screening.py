"""What a review page is told of a film, all of it plain data: what stands where, what each shot is, what is wrong.

Pictures and clips are named by shot and take; where they lie on disk is known to the server alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from director.review.reel import Reel, planned_reel, reel_on_disk

if TYPE_CHECKING:
    from director.produce import Production
    from director.reshoot.film import Film
    from director.reshoot.take import Take as FilmTake
    from model.stage import Light
    from shots.errors import Problem
    from shots.render.job import Take
    from shots.spec import Scene, Shot

__all__ = ["KEY_DIGITS", "Links", "Screening", "screening_of", "served_links", "takes_told"]

KEY_DIGITS = 12
"""How much of a take's key names it: as much as a storyboard writes."""


@dataclass(frozen=True)
class Links:
    """Where a page finds the film, a shot's still in two sizes, and a take by its key."""

    film: str
    still: Callable[[str], str]
    thumb: Callable[[str], str]
    take: Callable[[str, str], str]


@dataclass(frozen=True)
class Screening:
    """A film as it stands: `takes` are those the review shows, by shot; shots without one are drawn."""

    production: Production
    reel: Reel
    takes: Mapping[str, Take]

    def told(self, links: Links) -> dict[str, Any]:
        """All that the page is told at once."""
        board = self.production.storyboard
        spans = {span.shot: span for span in self.reel.spans if span.shot}
        problems: dict[str, list[Problem]] = {}
        for problem in self.production.problems:
            problems.setdefault(problem.shot or "", []).append(problem)
        shots = [
            self._shot(scene, shot, problems.get(shot.id or "", []), links)
            for scene in board.scenes
            for shot in scene.shots
        ]
        there = {shot["id"] for shot in shots}
        return {
            "title": board.title,
            "credit": board.credit,
            "fps": self.reel.fps,
            "width": board.width_px,
            "height": board.height_px,
            "frames": self.reel.frame_count,
            "film": links.film if self.reel.cut else "",
            "spans": [
                {
                    "shot": span.shot, "start": span.start_frame, "frames": span.frame_count, "head": span.head_frame,
                    "take": span.take[:KEY_DIGITS], "words": list(span.words),
                }
                for span in self.reel.spans
            ],
            "scenes": [
                {
                    "id": scene.id, "number": scene.number or scene.id, "heading": scene.heading,
                    "shots": [shot.id for shot in scene.shots],
                }
                for scene in board.scenes
            ],
            "shots": shots,
            "gone": [name for name in spans if name not in there],
            "problems": [_problem(problem) for problem in problems.get("", [])],
            "drawn": [shot["id"] for shot in shots if not shot["take"]],
            "changed": [shot["id"] for shot in shots if shot["changed"]],
        }  # fmt: skip

    def _shot(self, scene: Scene, shot: Shot, problems: list[Problem], links: Links) -> dict[str, Any]:
        name = shot.id or ""
        take = self.takes.get(name)
        timing, stage = self.production.timings[name], self.production.stages[name]
        circled = self.production.shooting.standing.circled.get(name)
        wanted = circled.best.take.key if circled is not None else ""
        return {
            "id": name,
            "scene": scene.id,
            "take": take.key[:KEY_DIGITS] if take is not None else "",
            "media": links.take(name, take.key[:KEY_DIGITS]) if take is not None else "",
            "still": links.still(name),
            "thumb": links.thumb(name),
            "frames": take.frame_count if take is not None else timing.frame_count,
            "size": shot.size or "",
            "coverage": (shot.coverage or "").replace("_", " "),
            "angle": shot.angle.replace("_", " "),
            "move": shot.move.replace("_", " "),
            "lens_mm": round(self.production.geometry[name].lens_mm),
            "people": list(dict.fromkeys(person.character for person in scene.floor(shot))),
            "subjects": list(shot.subjects),
            "lines": [
                {
                    "character": line.character, "text": line.text, "delivery": line.delivery,
                    "heard": line.heard.replace("_", " "),
                }
                for line in shot.lines
            ],
            "action": shot.action,
            "motive": shot.motive,
            "note": shot.note,
            "light": _light(stage.light, _key_side(scene, shot)),
            "enters": shot.transition.kind.replace("_", " "),
            "source": shot.source[0].brief if shot.source else "",
            "problems": [_problem(problem) for problem in problems],
            "locked": shot.locked,
            "changed": self.reel.cut and (take is None or wanted != take.key),
        }  # fmt: skip


def screening_of(film: Film) -> Screening:
    """How a film stands now.

    Raises:
        WorkprintError: its storyboard cannot be read or has continuity that cannot be.
    """
    production = film.production_of(film.storyboard)
    standing = {shot: one.best.take for shot, one in production.shooting.standing.circled.items()}
    reel = reel_on_disk(film.folder)
    if reel is None:
        keys = {shot: take.key for shot, take in standing.items()}
        return Screening(production, planned_reel(production.storyboard, production.timings, keys), standing)
    cut = {span.shot: production.store.find(span.take, span.shot) for span in reel.spans if span.take}
    return Screening(production, reel, standing | {shot: take for shot, take in cut.items() if take is not None})


def takes_told(takes: Sequence[FilmTake], shown: Take | None, links: Links) -> list[dict[str, Any]]:
    """What a page is told of a shot's takes; `shown` is the one in the film."""
    return [
        {
            "key": take.key[:KEY_DIGITS], "number": take.number, "note": take.note, "frames": take.stored.frame_count,
            "shown": shown is not None and take.key == shown.key,
            "media": links.take(take.shot.id, take.key[:KEY_DIGITS]),
        }
        for take in takes
    ]  # fmt: skip


def served_links(version: str) -> Links:
    """How a page asks the server for things; `version` changes with the film, so browsers may keep what they have."""

    def link(what: str, **query: str) -> str:
        return f"{what}?{urlencode(query)}"

    return Links(
        film=link("film.mp4", v=version),
        still=lambda shot: link("still", shot=shot, v=version),
        thumb=lambda shot: link("thumb", shot=shot, v=version),
        take=lambda shot, key: link("take", shot=shot, key=key),
    )


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "severity": problem.severity,
        "what": problem.what,
        "fix": problem.fix,
        "source": problem.source.brief if problem.source else "",
    }


def _light(light: Light, side: str) -> str:
    """`night, key left, 5:1, 7600 K`"""
    said = [light.hour.replace("_", " "), f"key {side}" if side else "", f"{light.key_to_fill_ratio:g}:1"]
    said += [f"{light.colour_temperature_k:.0f} K", "neon" if light.neon else "", "silhouette" * light.silhouette]
    return ", ".join(filter(None, said))


def _key_side(scene: Scene, shot: Shot) -> str:
    return next((light.key_side for light in (shot.light, scene.light) if light is not None and light.key_side), "")
