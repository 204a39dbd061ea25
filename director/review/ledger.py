"""The comments of a film on disk: `comments.json`, changed under a lock, one whole file after another.

Two browsers and a notebook may write at once: each change is made on what the file says at that moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

from director.opening import write_atomically
from director.reshoot.lock import held
from director.reshoot.numbers import seconds
from director.review.comments import Comment, Review, Stroke, Verdict, clean, merged, new_id, now, read_as, review_of
from shots.errors import WorkprintError
from shots.ids import unknown

__all__ = ["Comments"]

_MOST_BYTES = 64 * 1024 * 1024


class Comments:
    """What was said of a film, in `file`. `shots` tells the film's shots as they are now.

    film.comments.add("S2.3", 1.5, "The lantern should swing.", by="Mara")
    film.comments.approve("S2.4")
    for comment in film.comments: ...
    """

    def __init__(self, file: Path, title: str, shots: Callable[[], Sequence[str]]) -> None:
        self.file, self._title, self._shots = file, title, shots
        self._read: tuple[bytes, Review] | None = None

    def review(self) -> Review:
        """All that stands in the file now; nothing where there is none yet.

        Raises:
            WorkprintError: it cannot be read.
        """
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return Review(title=self._title)
        if self._read is None or self._read[0] != data:
            self._read = (data, _parsed(data, self.file))
        return self._read[1]

    def __iter__(self) -> Iterator[Comment]:
        """The comments that were not removed, oldest first."""
        return iter(self.review().shown)

    def __len__(self) -> int:
        return len(self.review().shown)

    def add(
        self,
        shot: str,
        at_s: float,
        text: str,
        *,
        by: str = "",
        take: str = "",
        strokes: Sequence[Stroke] = (),
    ) -> Comment:
        """Says something of a shot, `at_s` seconds from the beginning of its take.

        Raises:
            WorkprintError: there is no such shot, or it is too long or too much.
        """
        self._require(shot)
        moment = now()
        record = {
            "id": new_id(), "shot": shot, "at_s": round(seconds(at_s, "The time of a comment"), 3),
            "text": clean(str(text)), "by": clean(by),
            "take": take[:12], "strokes": [asdict(stroke) for stroke in strokes], "made": moment, "changed": moment,
        }  # fmt: skip
        made = read_as(Comment, record, f"a comment on {shot}")
        self._change(lambda review: replace(review, comments=(*review.comments, made)))
        return made

    def edit(
        self,
        comment: str,
        *,
        text: str | None = None,
        resolved: bool | None = None,
        removed: bool | None = None,
    ) -> Comment:
        """Changes a comment by its id. A removed one stays in the file.

        Raises:
            WorkprintError: there is none of this id, or the text is too long.
        """
        changes: dict[str, Any] = {"changed": now()}
        if text is not None:
            changes["text"] = clean(text)
        if resolved is not None:
            changes["resolved"] = resolved
        if removed is not None:
            changes["removed"] = removed
        done: list[Comment] = []

        def change(review: Review) -> Review:
            there = next((one for one in review.comments if one.id == comment), None)
            if there is None:
                raise WorkprintError(f"there is no comment {comment!r} any more. Fix: load the page again.")
            done.append(read_as(Comment, asdict(there) | changes, f"the comment on {there.shot}"))
            return replace(review, comments=tuple(done[0] if one is there else one for one in review.comments))

        self._change(change)
        return done[0]

    def approve(self, shot: str, *, by: str = "", take: str = "") -> Verdict:
        """Says that a shot will do, as its take `take` shows it."""
        return self.judge(shot, "approved", by=by, take=take)

    def reject(self, shot: str, *, by: str = "", take: str = "") -> Verdict:
        """Says that a shot will not do."""
        return self.judge(shot, "rejected", by=by, take=take)

    def judge(
        self, shot: str, state: Literal["approved", "rejected", "open"], *, by: str = "", take: str = ""
    ) -> Verdict:
        """Approves a shot, rejects it, or takes back what was said of it.

        Raises:
            WorkprintError: there is no such shot.
        """
        self._require(shot)
        record = {"shot": shot, "state": state, "by": clean(by), "take": take[:12], "changed": now()}
        made = read_as(Verdict, record, f"a verdict on {shot}")

        def change(review: Review) -> Review:
            others = tuple(one for one in review.verdicts if one.shot != shot)
            return replace(review, verdicts=(*others, made))

        self._change(change)
        return made

    def take_in(self, file: Path) -> tuple[int, int]:
        """Takes in the comments of a mailed review; returns how many comments and verdicts are new or newer.

        Raises:
            WorkprintError: the file cannot be read, is of another film, or there would be too many.
        """
        try:
            theirs = _parsed(file.read_bytes(), file)
        except OSError as error:
            raise WorkprintError(
                f"{file}: cannot open it ({error.strerror}). Fix: give the file that the review page saved."
            ) from None
        if theirs.title != self._title:
            raise WorkprintError(
                f"{file}: is a review of '{theirs.title}', and this film is '{self._title}'. "
                "Fix: give this film's; if it has another title by now, write that one into the file."
            )
        before, after = self._change(lambda review: merged(review, theirs, self._shots()))
        comments = len(set(after.comments) - set(before.comments))
        return comments, len(set(after.verdicts) - set(before.verdicts))

    def _require(self, shot: str) -> None:
        shots = tuple(self._shots())
        if shot not in shots:
            told = unknown("shot", shot, shots)
            raise WorkprintError(f"there is {told}{'' if told.endswith('?') else '.'} Fix: name one that there is.")

    def _change(self, change: Callable[[Review], Review]) -> tuple[Review, Review]:
        with held(self.file):
            before = self.review()
            after = replace(change(before), title=self._title)
            if after != before:
                plain = after.plain()
                read_as(Review, plain, str(self.file))  # its limits hold for what is added up, too
                text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
                if len(text.encode()) > _MOST_BYTES:
                    raise WorkprintError(f"{self.file}: there is no room for more. Fix: move it away, and begin anew.")
                write_atomically(self.file, text)
            return before, after


def _parsed(data: bytes, file: Path) -> Review:
    if len(data) > _MOST_BYTES:
        raise WorkprintError(f"{file}: is larger than any review. Fix: give the file that the review page saved.")
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise WorkprintError(
            f"{file}: is no JSON. Fix: put it back from a copy, or move it away; nothing of it was changed."
        ) from None
    return review_of(value, str(file))
