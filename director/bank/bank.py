"""The reference bank of a film: pictures of its cast in each state of wardrobe and of its places in each light.

From the pictures that the storyboard names; else made once by an image engine, from the words of the sheet, kept with
receipts and verified before use. Where there is neither, engines hold to the takes of other shots, along the graph's
edges, which needs no bank. Nothing is made here but in `fill`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from weakref import WeakValueDictionary

from director.bank.named import any_named, named
from director.bank.sheets import Sheet, sheets_of
from director.bank.shelf import Asked, Entry, Shelf
from director.bank.subjects import Person, Subject, person_of, subjects_of
from director.bank.verify import Eye, Verified, verify
from director.wording.engines import EngineWords, engine_named
from model.images.maker import ImageMaker, ImageRequest
from model.request import Frame, Picture
from model.stage import Stage
from shots.errors import ModelError
from shots.render.keys import array_digest
from shots.spec import Storyboard

__all__ = ["TRIES", "Bank"]

TRIES = 3
"""How many pictures of a view are made before it is done without."""

_ALIVE: WeakValueDictionary[tuple[str, str], Picture] = WeakValueDictionary()
"""What was read from the shelf and is still in use somewhere, by path and digest."""


class Bank:
    """The bank of one film. `root` is the film's folder, `shelf` where made pictures are, `maker` what makes them."""

    def __init__(self, storyboard: Storyboard, root: Path, shelf: Path, maker: ImageMaker | None = None) -> None:
        self._storyboard, self._root = storyboard, root
        self._shelf, self._maker = Shelf(shelf), maker
        self._through: dict[Sheet, tuple[Entry, ...]] = {}  # of which nothing more is made

    def pictures(self, stage: Stage, seen: Sequence[str]) -> tuple[Picture, ...]:
        """What there is for a shot: of its characters who are `seen`, in that order, and of its place.

        Raises:
            StoryboardError: a picture that the storyboard names is not there, cannot be read or may not be.
            PictureError: the image engine's weights are missing or not whole.
        """
        return tuple(one for subject in subjects_of(stage, seen) for one in self._pictures(subject))

    def missing(self, shots: Iterable[tuple[Stage, Sequence[str]]]) -> tuple[Sheet, ...]:
        """The pictures that `fill` would make for shots, each at its first try; what is made after one of them counts.

        Raises:
            StoryboardError, PictureError: as `pictures`.
        """
        return tuple(
            sheet for subject in self._to_make(shots) for sheet in self._sheets(subject) if not self._settled(sheet)
        )

    def fill(
        self,
        shots: Iterable[tuple[Stage, Sequence[str]]],
        *,
        eye: Eye | None = None,
        say: Callable[[str], None],
        on_done: Callable[[int], None] = lambda _: None,
    ) -> bool:
        """Makes what is missing for shots; says which pictures were given up. Whether anything was made.

        A picture that is found wanting is made with another seed, a few times at most; `on_done` hears how many are
        through. A vision model that cannot be asked is said so once, and done without.

        Raises:
            StoryboardError, PictureError: as `pictures`; a picture cannot be made.
            OSError: the disk is full or refuses.
        """
        made = 0
        eyes = [eye] if eye is not None else []
        for subject in self._to_make(shots):
            for sheet in self._sheets(subject):
                if self._settled(sheet):
                    continue
                entry = self._make(sheet, eyes, say)
                made += 1
                on_done(made)
                if not entry.accepted:
                    say(self._given_up(sheet, entry))
        return made > 0

    def _to_make(self, shots: Iterable[tuple[Stage, Sequence[str]]]) -> Iterator[Subject]:
        """The subjects of shots that the storyboard names no picture of, each after the one that it is made after."""
        if self._maker is None:
            return
        found: dict[Subject, None] = {}
        for stage, seen in shots:
            for subject in subjects_of(stage, seen):
                if subject not in found and not named(subject, self._storyboard, self._root):
                    base = self._base(subject)
                    if base is not None:
                        found.setdefault(base)
                    found.setdefault(subject)
        yield from found

    def _pictures(self, subject: Subject) -> tuple[Picture, ...]:
        given = named(subject, self._storyboard, self._root)
        if given or self._maker is None:
            return given
        entries = ((sheet, self._accepted(sheet)) for sheet in self._sheets(subject))
        return tuple(_read(sheet, entry) for sheet, entry in entries if entry is not None)

    @cached_property
    def _words(self) -> EngineWords:
        return engine_named(self._made_by.words)

    @property
    def _made_by(self) -> ImageMaker:
        if self._maker is None:
            raise ValueError("nobody makes pictures here")
        return self._maker

    def _sheets(self, subject: Subject) -> tuple[Sheet, ...]:
        edits = self._made_by.references > 0
        return sheets_of(subject, self._words, edits, edits and bool(self._after(subject)))

    def _base(self, subject: Subject) -> Person | None:
        """The same character as it is unless something happens to its clothes, where others are made after that."""
        if not isinstance(subject, Person) or not subject.state or not self._made_by.references:
            return None
        character = next((one for one in self._storyboard.cast if one.id == subject.id), None)
        if character is None or character.pictures:
            return None
        return person_of(character, (), subject.style)

    def _after(self, subject: Subject) -> tuple[Frame, ...]:
        """The picture that a subject's first view is made after: one that is named for another state or light, or its
        character's first view in no state.
        """
        if not self._made_by.references:
            return ()
        other = any_named(subject, self._storyboard, self._root)
        if other is not None:
            return (other.picture,)
        base = self._base(subject)
        entry = self._accepted(self._sheets(base)[0]) if base is not None else None
        return (entry.picture(),) if entry is not None else ()

    def _holds_to(self, sheet: Sheet) -> tuple[Frame, ...]:
        """The pictures that a view is made after."""
        if not sheet.holds_to:
            return self._after(sheet.subject)
        first = next(one for one in self._sheets(sheet.subject) if one.view == sheet.holds_to)
        entry = self._accepted(first)
        return (entry.picture(),) if entry is not None else ()

    def _asked(self, sheet: Sheet, holds_to: tuple[Frame, ...], attempt: int) -> Asked:
        maker = self._made_by
        return Asked(
            kind="identity" if isinstance(sheet.subject, Person) else "place",
            of=sheet.subject.id,
            view=sheet.view,
            text=sheet.text,
            negative=sheet.negative,
            width_px=sheet.width_px,
            height_px=sheet.height_px,
            seed=self._storyboard.seed + attempt,
            holds_to=tuple(array_digest(one) for one in holds_to),
            maker=maker.name,
            maker_version=maker.version,
            weights_digest=maker.weights_digest,
        )

    def _tried(self, sheet: Sheet) -> tuple[Entry, ...]:
        """What was made of a view, in the order of the tries."""
        if sheet in self._through:
            return self._through[sheet]
        holds_to = self._holds_to(sheet)
        if sheet.holds_to and not holds_to:
            return ()
        found = []
        for attempt in range(TRIES):
            entry = self._shelf.find(self._asked(sheet, holds_to, attempt))
            if entry is None:
                break
            found.append(entry)
            if entry.accepted or len(found) == TRIES:
                self._through[sheet] = tuple(found)
                break
        return tuple(found)

    def _accepted(self, sheet: Sheet) -> Entry | None:
        return next((entry for entry in self._tried(sheet) if entry.accepted), None)

    def _settled(self, sheet: Sheet) -> bool:
        """Whether there is nothing more to make of a view: it is there, was given up, or is made after one that was."""
        tried = self._tried(sheet)
        if len(tried) == TRIES or any(entry.accepted for entry in tried):
            return True
        if not sheet.holds_to:
            return False
        first = next(one for one in self._sheets(sheet.subject) if one.view == sheet.holds_to)
        return self._settled(first) and self._accepted(first) is None

    def _make(self, sheet: Sheet, eyes: list[Eye], say: Callable[[str], None]) -> Entry:
        """A view, made until it will do or the tries are spent; the last one made."""
        holds_to = self._holds_to(sheet)
        maker = self._made_by
        for attempt in range(len(self._tried(sheet)), TRIES):
            asked = self._asked(sheet, holds_to, attempt)
            picture = maker.picture(
                ImageRequest(
                    text=sheet.text,
                    negative=sheet.negative,
                    width_px=sheet.width_px,
                    height_px=sheet.height_px,
                    seed=asked.seed,
                    references=holds_to,
                    of=(sheet.subject.id,),
                )
            )
            entry = self._shelf.keep(asked, picture, _verified(sheet, picture, eyes, say), maker.licence)
            if entry.accepted:
                break
        return entry

    def _given_up(self, sheet: Sheet, entry: Entry) -> str:
        of = f"{sheet.subject.id}{f' ({sheet.view})' if sheet.view else ''}"
        return (
            f"{TRIES} pictures of {of} were made, and none will do: {'; '.join(entry.told)}. It is done without. "
            f"Fix: name one under `pictures:`, such as the best of those in {entry.path.parent}, or take other images."
        )


def _verified(sheet: Sheet, picture: Frame, eyes: list[Eye], say: Callable[[str], None]) -> Verified:
    try:
        return verify(sheet.subject, sheet.view, sheet.text, picture, eyes[0] if eyes else None)
    except ModelError as error:
        eyes.clear()
        say(f"The vision model looks at no more pictures of the bank; what is measured stands. {error}")
        return verify(sheet.subject, sheet.view, sheet.text, picture)


def _read(sheet: Sheet, entry: Entry) -> Picture:
    name = (str(entry.path), entry.digest)
    known = _ALIVE.get(name)
    if known is None:
        known = _ALIVE[name] = Picture(
            kind="identity" if isinstance(sheet.subject, Person) else "place",
            of=sheet.subject.id,
            picture=entry.picture(),
            source=f"{entry.path.parent.parent.name}/{entry.path.parent.name}/{entry.path.name}",
            view=sheet.view,
        )
    return known
