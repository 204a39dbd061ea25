"""What a board shows: panels in cut order, and the graph's edges, drawn from a completed storyboard.

Plain data for the three writers (`pdf`, `sheet`, `graph_svg`); nothing here draws or reads pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shots.graph import Edge, ShotGraph
from shots.spec import Scene, Shot, Storyboard

__all__ = ["Board", "Panel", "Spoken", "framing", "panels"]


@dataclass(frozen=True)
class Spoken:
    """One line of dialogue as a board prints it: who, how (delivery and where from), what."""

    speaker: str
    manner: str
    text: str


@dataclass(frozen=True)
class Panel:
    """One shot on the board. `framing` is size, angle, move and lens in words; `picture` a PNG or JPEG file."""

    shot: str
    scene: str
    heading: str
    opens_scene: bool
    framing: tuple[str, ...]
    duration_s: float | None
    action: str
    spoken: tuple[Spoken, ...]
    transition: str
    picture: Path | None


@dataclass(frozen=True)
class Board:
    """A film's panels and edges; `aspect` is width over height of the picture."""

    title: str
    credit: str
    aspect: float
    panels: tuple[Panel, ...]
    edges: tuple[Edge, ...]

    @property
    def text(self) -> str:
        """Every character that a writer of this board may have to show."""
        said = (part for p in self.panels for s in p.spoken for part in (s.speaker, s.manner, s.text))
        told = (part for p in self.panels for part in (p.shot, p.heading, p.action, *p.framing))
        return "".join((self.title, self.credit, *told, *said))


_HEARD = {"on_screen": "", "off_screen": "O.S.", "voice_over": "V.O.", "phone": "on the phone", "radio": "on the radio"}


def panels(storyboard: Storyboard, durations_s: Mapping[str, float], pictures: Mapping[str, Path]) -> Board:
    """The board of a storyboard whose scenes and shots have ids; durations and pictures go by shot id.

    A shot without a duration shows its own `duration_s` or none; one without a picture an empty frame.
    Raises StoryboardError when shots lack ids or share one.
    """
    graph = ShotGraph(storyboard)
    drawn = tuple(
        _panel(scene, shot, number == 0, durations_s, pictures)
        for scene in storyboard.scenes
        for number, shot in enumerate(scene.shots)
    )
    aspect = storyboard.width_px / storyboard.height_px
    return Board(storyboard.title, storyboard.credit, aspect, drawn, graph.edges())


def _panel(
    scene: Scene, shot: Shot, opens: bool, durations_s: Mapping[str, float], pictures: Mapping[str, Path]
) -> Panel:
    shot_id = shot.id or ""
    return Panel(
        shot=shot_id,
        scene=scene.number or scene.id or "",
        heading=_plain(scene.heading),
        opens_scene=opens,
        framing=framing(shot),
        duration_s=durations_s.get(shot_id, shot.duration_s),
        action=_plain(shot.action),
        spoken=tuple(
            Spoken(
                line.character, ", ".join(filter(None, (_HEARD[line.heard], _plain(line.delivery)))), _plain(line.text)
            )
            for line in shot.lines
        ),
        transition="" if shot.transition.kind == "cut" else shot.transition.kind.replace("_", " "),
        picture=pictures.get(shot_id),
    )


def framing(shot: Shot) -> tuple[str, ...]:
    """How a shot is framed, in a director's words: size, whose shoulder or eyes, angle, move, lens."""
    words: list[str] = [shot.size or ""]
    if shot.over:
        words.append(f"over {shot.over}")
    elif shot.pov_of:
        words.append(f"POV {shot.pov_of}")
    elif shot.insert_of:
        words.append("insert")
    if shot.angle != "eye_level":
        words.append(shot.angle)
    if shot.move != "static":
        words.append(shot.move.replace("_", " "))
    if shot.lens_mm is not None:
        words.append(f"{shot.lens_mm:g} mm")
    return tuple(word for word in words if word)


def _plain(text: str) -> str:
    """One paragraph without Fountain's emphasis marks."""
    return " ".join(text.replace("*", "").replace("_", "").split())
