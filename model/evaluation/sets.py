"""What is measured: held-out stages as requests, chosen by number and by what is on them, never by a result.

Numbers start where no clip for choosing between checkpoints has been drawn. All are of one picture (no split screen)
at 16:9, 512 × 288, twelve frames a second: every frame a drawing of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice
from typing import Protocol

import numpy as np

from model.request import ClipRequest, Condition, Frame
from model.sampler import Sample, sample
from model.sampler.cast import person
from model.stage import Figure, Look, Stage, Style
from model.theatre import draw

__all__ = [
    "CAST", "FPS", "SCALES", "SHOWS", "CastShot", "Painter", "Scale", "Shot", "cast_looks", "cast_shots", "drawn",
    "dressed_as", "lead_stages", "shot_of", "shots_of",
]  # fmt: skip

FPS = 12
CLIP_FRAMES, SHORT_FRAMES = 13, 5
CAST = 20
SHOWS: frozenset[Condition] = frozenset({"sheets", "palettes"})
"""The conditions that tell looks."""

_FIRST_CLIP, _FIRST_SHOT = 1000, 3000
_SPAN_S = 2.2
_SIZES = frozenset({"FS", "MLS", "MS", "MCU", "CU"})
_ADULT_YEARS = 17


class Painter(Protocol):
    """What is measured: anything that pictures requests."""

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        """Yields `request.frame_count` frames."""
        ...


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    clips: int
    clips_of_other_styles: int
    members: int  # of the cast of 20
    shots_each: int
    seeds: int  # of each sentence
    clips_of_task: int
    width_px: int = 512
    height_px: int = 288


SCALES: dict[str, Scale] = {
    "small": Scale(clips=10, clips_of_other_styles=4, members=8, shots_each=2, seeds=1, clips_of_task=1),
    "full": Scale(clips=40, clips_of_other_styles=16, members=CAST, shots_each=3, seeds=4, clips_of_task=4),
}


@dataclass(frozen=True)
class Shot:
    """A request with everything known; `bare` is the same with nothing that tells looks, in words either."""

    request: ClipRequest
    bare: ClipRequest

    def truth(self) -> Frame:
        """The theatre's own frames: (f, h, w, 3)."""
        return drawn(self.request.stage, self.request)


@dataclass(frozen=True)
class CastShot(Shot):
    """A shot whose first person wears the looks of member `member` of the cast; `anothers` asks for another's."""

    member: int
    anothers: ClipRequest


def drawn(stage: Stage, like: ClipRequest) -> Frame:
    """The theatre's frames of a stage at the size, rate and length of a request: (f, h, w, 3)."""
    return np.stack([draw(stage, i / like.fps, like.width_px, like.height_px) for i in range(like.frame_count)])


def shots_of(
    scale: Scale, style: Style, number: int, *, first: int = _FIRST_CLIP, frame_count: int = CLIP_FRAMES
) -> list[Shot]:
    """The first `number` held-out shots of a style with people, from stage number `first` on.

    Where there is nobody to recast, stand-ins show the truth itself: such shots would flatter.
    """
    stages = filter(_plain, (sample("held_out", i, _SPAN_S) for i in count(first)))
    peopled = (one for one in stages if any(figure.species == "person" for figure in one.stage.figures))
    chosen = islice(peopled, number)
    return [shot_of(scale, one, replace(one.stage, style=style), frame_count, one.captions.long.en) for one in chosen]


def lead_stages(first: int) -> Iterator[Sample]:
    """Held-out stages about a grown person who is seen from full size to a close-up and is no silhouette."""
    for one in filter(_plain, (sample("held_out", i, _SPAN_S) for i in count(first))):
        lead = one.stage.figures[0]
        seen = lead.id not in one.stage.camera.hidden and lead.body[0].pose not in ("lie", "swim", "drive")
        grown = lead.species == "person" and lead.look.age_years >= _ADULT_YEARS
        if grown and seen and one.size in _SIZES and one.face and not one.stage.light.silhouette:
            yield one


def cast_looks() -> list[Look]:
    """The looks of a held-out cast of 20 grown people."""
    people = (person("held_out", "cast of 20", i) for i in count())
    return [one.look for one in islice((one for one in people if one.look.age_years >= _ADULT_YEARS), CAST)]


def dressed_as(figure: Figure, look: Look) -> Figure:
    """A figure with the skin, hair and clothes of a look; its size, build, age and sex, which a guide tells, stay."""
    own = figure.look
    return replace(
        figure,
        look=replace(
            look, height_m=own.height_m, build=own.build, age_years=own.age_years, gender=own.gender, bag=own.bag
        ),
    )


def cast_shots(scale: Scale) -> list[CastShot]:
    """Shots of a film: each of the first members of the cast in several, of many sizes, places, hours and lights.

    Their words tell nothing of looks.
    """
    looks = cast_looks()
    made = []
    for number, one in enumerate(islice(lead_stages(_FIRST_SHOT), scale.members * scale.shots_each)):
        member = number % scale.members
        words = one.captions.short.en
        mine, others = (
            replace(one.stage, style="flat", figures=(dressed_as(one.stage.figures[0], look), *one.stage.figures[1:]))
            for look in (looks[member], looks[(member + CAST // 2) % CAST])
        )
        shot = shot_of(scale, one, mine, SHORT_FRAMES, words)
        made.append(CastShot(shot.request, shot.bare, member, replace(shot.request, stage=others)))
    return made


def _plain(one: Sample) -> bool:
    return one.aspect == "16:9" and one.stage.beside is None


def shot_of(scale: Scale, one: Sample, stage: Stage, frame_count: int, words: str) -> Shot:
    """The shot of a stage made from a sample, told in these words."""
    request = ClipRequest(
        stage=stage,
        width_px=scale.width_px,
        height_px=scale.height_px,
        fps=FPS,
        frame_count=frame_count,
        seed=one.index,
        text=words,
    )
    return Shot(request, replace(request, text=one.captions.short.en, without=SHOWS))
