"""A picture that was made for the bank, looked at before use: measured, and by a vision model where one is hired.

As with takes, the model can find fault and takes none away that was measured.
"""

from __future__ import annotations

from dataclasses import dataclass

from director.bank.measure import VERSION, measure
from director.bank.sheets import View
from director.bank.subjects import Person, Subject
from director.critic.vision import see_frames
from director.critic.wanted import Wanted, noun_with_article, worn_by
from director.llm.ask import Ask
from model.request import Frame
from model.sampler.vocabulary import HOURS, PLACES

__all__ = ["Eye", "Verified", "verify"]


@dataclass(frozen=True)
class Verified:
    """Whether a picture may be used, and what was found: each a sentence. `by` says who looked."""

    accepted: bool
    told: tuple[str, ...]
    by: str


@dataclass(frozen=True)
class Eye:
    """A vision model: whom to ask, and its name."""

    ask: Ask
    model: str


def verify(subject: Subject, view: View, text: str, picture: Frame, eye: Eye | None = None) -> Verified:
    """Looks at a picture that was made for a subject from `text`.

    A vision model that gives no answer that can be used leaves what is measured as it is.

    Raises:
        ModelError: the model cannot be asked.
    """
    wrong = measure(subject if isinstance(subject, Person) else None, view, picture)
    by = f"measured {VERSION}"
    if eye is None or wrong:
        return Verified(not wrong, wrong, by)
    seen = see_frames(eye.ask, (picture,), "1, a picture for reference", text, _wanted(subject))
    failed = tuple(verdict.told for verdict in seen.verdicts if not verdict.holds)
    return Verified(not failed, failed, by if seen.wrong else f"{by} and {eye.model}")


def _wanted(subject: Subject) -> tuple[Wanted, ...]:
    """What a vision model is asked of a picture."""
    if not isinstance(subject, Person):
        where = f"{PLACES[subject.kind].en}, {HOURS[subject.hour].en}"
        return (Wanted("place", "", f"It is {where}."), Wanted("people", "", "Nobody is in the picture."))
    if subject.species != "person":
        return (Wanted("person", subject.id, f"One {subject.species} is in the picture, and nobody else."),)
    figure = subject.figure
    return (
        Wanted("person", subject.id, f"One person is in the picture, {noun_with_article(figure)}, and nobody else."),
        Wanted("bodies", "", "Face, hands and body are whole: none is melted, doubled or cut in two."),
        *worn_by(figure),
    )
