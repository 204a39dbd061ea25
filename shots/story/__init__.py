"""Story time: when each scene plays, what happens to clothes and things meanwhile, and what every shot must show.

    book = ledger(storyboard)             # a completed storyboard, whoever wrote it
    book.times["S4"].label                # "Night 1"
    book.at("S4.2").people["MARA"].state  # ("wet",)
    book.clashes                          # where a shot shows something else than story time allows

Reads sluglines, states, hands and action lines; judges nothing and changes nothing: `shots.continuity` makes
problems of clashes, `director.supervisor` mends what a director wrote.
"""

from __future__ import annotations

from shots.story.book import Change, Clash, Ledger, PersonNow, PropNow, ShotNow
from shots.story.ledger import ledger
from shots.story.times import SceneTime, story_times

__all__ = ["Change", "Clash", "Ledger", "PersonNow", "PropNow", "SceneTime", "ShotNow", "ledger", "story_times"]
