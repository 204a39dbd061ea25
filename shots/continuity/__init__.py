"""Continuity: pure rules over the shot graph and what its shots look like; each returns problems with a fix.

    require(ShotGraph(storyboard))  # raises for what nobody could film: unknown names, rings of shots
    problems = check(ShotGraph(storyboard), {shot.id: measure(...), ...})

A rule judges only what it is given: without a shot's geometry it says nothing of what that shot looks like, without
timings nothing of trims, without the takes that are held nothing of circles and locks.
Errors are what cannot be so, or what an audience reads as a mistake; warnings are matters of taste. Nothing
here changes a storyboard.
"""

from __future__ import annotations

from shots.continuity.rules import RULES, Rule, check, require

__all__ = ["RULES", "Rule", "check", "require"]
