"""The ledger: the state of everybody and everything in story time, shot by shot, from a completed storyboard.

States come from what shots show (`Presence.state`, `PlacedProp.state`), from what their action lines tell, from acts
(who eats a biscuit has bitten it) and from the sky (rain outdoors). They go on from shot to shot and from scene to
scene as long as `shots.story.words` says, by the clock of `shots.story.times`; nothing carries out of a flashback.
Where a shot shows something else, that is a `Clash`. Reads only.
"""

from __future__ import annotations

from shots.spec import Storyboard
from shots.story.book import Book, Carried, Ledger, ShotNow
from shots.story.things import Things
from shots.story.times import story_times
from shots.story.wear import Wearers

__all__ = ["ledger"]


def ledger(storyboard: Storyboard) -> Ledger:
    """Keeps the ledger of a completed storyboard (see `shots.defaults`)."""
    times = story_times(storyboard)
    book = Book()
    wearers, things = Wearers(storyboard, book), Things(storyboard, book)
    strands: dict[str, Carried] = {}
    strand: str | None = None
    for scene in storyboard.scenes:
        time = times[scene.id or ""]
        if time.after is None:
            strands[time.strand] = Carried()
        if strand not in (None, time.strand):
            _keep_apart(book.now, strands[time.strand], strand or "")
        strand, book.now, book.at_h = time.strand, strands[time.strand], time.at_h
        wearers.enter(scene, time)
        things.enter(scene, time)
        for shot in scene.shots:
            people = wearers.see(scene, shot)
            props = things.see(scene, shot)
            book.shots.append(ShotNow(shot=shot.id or "", scene=scene.id or "", people=people, props=props))
    return Ledger(storyboard, times, tuple(book.shots), tuple(book.changes), tuple(book.clashes))


def _keep_apart(left: Carried, entered: Carried, why: str) -> None:
    """What somebody wore in the strand that is left is not what they wear in the one that is entered."""
    for who in {**left.over, **left.wear}:
        was = {state: mark for state, (mark, _) in left.over.get(who, {}).items()} | left.wear.get(who, {})
        for state, mark in was.items():
            if state not in entered.wear.get(who, {}):
                entered.over.setdefault(who, {})[state] = (mark, f"apart from the {why}")
