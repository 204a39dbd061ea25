"""The critic who sees: a vision model is shown a contact sheet of a take and answers one constraint after another.

It can find fault, and never takes a fault away: what was measured to fail fails, whatever the model sees, and what
the model cannot tell is no verdict at all. What it writes is shown to the user as text and followed nowhere.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from director.critic.verdict import Judgement, Verdict
from director.critic.wanted import SEEN, Wanted
from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from model.request import Frame
from shots.render.job import Take

__all__ = ["SEEN_VERSION", "Answer", "Answers", "Seen", "contact_sheet", "see", "see_frames", "with_seen"]

SEEN_VERSION = "1"
"""Raised when the same take and prompt would be shown otherwise."""

_FRAMES = 4
_TILE_PX = 512  # the longer side of a frame on the sheet, at most
_GAP_PX, _SLATE_PX = 6, 22
_LONGEST_WHY = 160


class Answer(BaseModel):
    """What a vision model says of one constraint."""

    model_config = ConfigDict(extra="forbid")

    id: str
    verdict: Literal["holds", "fails", "cannot_tell"]
    why: str


class Answers(BaseModel):
    """A vision model's reply: an answer to each constraint."""

    model_config = ConfigDict(extra="forbid")

    answers: list[Answer]


@dataclass(frozen=True)
class Seen:
    """What a vision model said of a take, or `wrong`: why its last reply could not be used."""

    verdicts: tuple[Verdict, ...]
    wrong: str = ""


def see(ask: Ask, take: Take, told: str, wanted: Sequence[Wanted]) -> Seen:
    """Shows a take to a vision model; `told` is the shot in words.

    Raises:
        ModelError: the model cannot be asked.
        OSError: the take cannot be read.
    """
    numbers = _frame_numbers(take)
    times = ", ".join(f"{i} at {number / take.fps:.1f} s" for i, number in enumerate(numbers, 1))
    return see_frames(ask, _frames(take.path, numbers), times, told, wanted)


def see_frames(ask: Ask, frames: Sequence[Frame], times: str, told: str, wanted: Sequence[Wanted]) -> Seen:
    """Shows frames to a vision model; `times` says what each is, by its number on the sheet.

    Raises:
        ModelError: the model cannot be asked.
    """
    prompt = load_prompt("critic")
    ids = {f"c{number}": one for number, one in enumerate(wanted, 1)}
    system, user = prompt.fill(
        {
            "shot": _inside(told),
            "times": times,
            "constraints": "\n".join(f"{name}: {_inside(one.words)}" for name, one in ids.items()),
        }
    )
    question = Question(
        stage="critic",
        version=f"{prompt.version}.{SEEN_VERSION}",
        system=system,
        user=user,
        pictures=(contact_sheet(frames),),
        most_tokens=200 + 120 * len(ids),
    )
    consulted = consult(ask, question, Answers, lambda answers: _wrong(answers, ids))
    if consulted.answer is None:
        return Seen((), consulted.wrong[0])
    return Seen(tuple(_verdict(one, ids[one.id]) for one in consulted.answer.answers if one.verdict != "cannot_tell"))


def with_seen(measured: Judgement, seen: Sequence[Verdict]) -> Judgement:
    """Both critics' verdicts as one judgement.

    Of whom the measure found a fault with, only the model's faults count: it cannot make good what was measured.
    """
    faulty = {verdict.of for verdict in measured.failures}
    counted = [verdict for verdict in seen if not verdict.holds or verdict.of not in faulty]
    return Judgement(measured.shot, measured.take_key, (*measured.verdicts, *counted))


def contact_sheet(frames: Sequence[Frame]) -> bytes:
    """Frames two in a row, each over its number, as a JPEG; the same frames give the same bytes.

    `frames` are (h, w, 3) in sRGB, at least one.
    """
    from PIL import Image, ImageDraw, ImageFont

    height_px, width_px = frames[0].shape[:2]
    scale = min(1.0, _TILE_PX / max(width_px, height_px))
    wide, high = max(1, round(width_px * scale)), max(1, round(height_px * scale))
    columns = min(2, len(frames))
    rows = -(-len(frames) // columns)
    size = (columns * (wide + _GAP_PX) + _GAP_PX, rows * (high + _SLATE_PX) + _GAP_PX)
    sheet = Image.new("RGB", size, (24, 24, 24))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for number, frame in enumerate(frames):
        x = _GAP_PX + number % columns * (wide + _GAP_PX)
        y = _GAP_PX + number // columns * (high + _SLATE_PX)
        sheet.paste(Image.fromarray(frame).resize((wide, high), Image.Resampling.LANCZOS), (x, y))
        draw.text((x + 4, y + high), str(number + 1), fill=(255, 255, 255), font=font)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=88)
    return out.getvalue()


def _inside(text: str) -> str:
    """A screenplay's words on one line that cannot end the part of the prompt they stand in."""
    return " ".join(text.replace("<", "‹").replace(">", "›").split())


def _frame_numbers(take: Take) -> list[int]:
    """Which frames are shown: the first, the last, and some between, evenly."""
    last, count = take.frame_count - 1, min(_FRAMES, take.frame_count)
    return [round(last * i / max(count - 1, 1)) for i in range(count)]


def _frames(clip: Path, numbers: Sequence[int]) -> list[Frame]:
    from shots.render.clip import read_frames

    return [next(read_frames(clip, number, 1)) for number in numbers]


def _wrong(answers: Answers, ids: dict[str, Wanted]) -> list[str]:
    given = [one.id for one in answers.answers]
    wrong = [f"There is no constraint {name!r:.40}." for name in dict.fromkeys(given) if name not in ids]
    wrong += [f"Constraint {name} is not answered." for name in ids if name not in given]
    wrong += [f"Constraint {name} is answered {given.count(name)} times." for name in ids if given.count(name) > 1]
    wrong += [
        f"Constraint {one.id} fails: say in `why` what the frames show instead."
        for one in answers.answers
        if one.id in ids and one.verdict == "fails" and not one.why.strip()
    ]
    return wrong


def _verdict(answer: Answer, wanted: Wanted) -> Verdict:
    holds = answer.verdict == "holds"
    why = " ".join(answer.why.split())
    why = why if len(why) <= _LONGEST_WHY else f"{why[: _LONGEST_WHY - 1]}…"
    return Verdict(
        constraint=f"{SEEN}{wanted.kind}",
        of=wanted.of,
        holds=holds,
        figure=float(holds),
        limit=1.0,
        unit="seen",
        told=f"wanted: “{wanted.words}” A vision model {'agrees' if holds else 'sees'}: {why}",
        margin=float(holds),
    )
