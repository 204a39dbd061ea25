"""Who directs a screenplay: the rules, or a crew played by a language model, and what is told around that.

What a crew will take is said before it is asked, and what it took after; much of it is asked for, unless a budget is
given. Its plan lies beside the storyboard as `plan.json`, its exchanges in the film's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from director.folder import FilmFolder
from director.llm.config import RULES, DirectorConfig
from director.llm.cost import Price, Used
from director.progress import Progress, Silent
from director.script import Script
from shots.errors import ModelError
from shots.spec import Storyboard

if TYPE_CHECKING:
    from director.llm.connect import Connection

__all__ = ["DirectedFilm", "Direction", "direct_into"]

_MUCH_DOLLARS = 1.0
_PUT_RIGHT_TOLD = 4
_MUCH_TOKENS = 1_000_000  # where no price is known, at a server that may want one


@dataclass(frozen=True)
class Direction:
    """Who directs. `said` when the user named them, else whoever directed a film before goes on with it.

    `agree` is asked before much is spent; without it a budget has to be given then.
    """

    config: DirectorConfig = field(default_factory=lambda: DirectorConfig(provider=RULES))
    said: bool = False
    replay_only: bool = False
    agree: Callable[[str], bool] | None = None
    progress: Progress = field(default_factory=Silent)


@dataclass(frozen=True)
class DirectedFilm:
    """A script's storyboard, what the user should know of how it came about, and the model that was asked, if any.

    `put_right` are the states that the script supervisor changed, a sentence each; the first stand in `notices` too.
    """

    storyboard: Storyboard
    notices: tuple[str, ...]
    put_right: tuple[str, ...]
    connection: Connection | None = None


def direct_into(script: Script, folder: FilmFolder, direction: Direction, *, seed: int) -> DirectedFilm:
    """Directs the script; a crew's plan and exchanges go into `folder`.

    Raises:
        ScriptError: there is nothing to film.
        ModelError: the model cannot be asked, or the user did not agree to what it takes; answers are kept.
    """
    if direction.config.offline:
        from director.direct import direct_told

        storyboard, put_right = direct_told(script, seed=seed)
        folder.plan.unlink(missing_ok=True)  # of another director's storyboard
        return DirectedFilm(storyboard, _told(put_right), put_right)
    from director.llm.connect import connect
    from director.llm.crew.film import direct_with_crew
    from director.opening import write_atomically

    connection = connect(direction.config, folder.exchanges, replay_only=direction.replay_only)
    if not direction.replay_only:
        _foretell(script, folder, direction, connection.price, seed)
    progress = direction.progress
    progress.step("directing", 1)
    progress.step("continuity", 1)
    directed = direct_with_crew(
        script,
        connection.ask,
        model=direction.config.name,
        seed=seed,
        on_scene=lambda done, count: progress.done("directing", done / count),
        on_supervised=lambda done, count: progress.done("continuity", done / count),
    )
    write_atomically(folder.plan, directed.plan.json())
    *by_stage, counted = connection.tally.lines(connection.price)
    for line in by_stage:
        progress.say(f"  {line}")
    notices = (
        *directed.notices,
        *_told(directed.put_right),
        f"{direction.config.name}: {counted.removeprefix('all: ')}.",
    )
    return DirectedFilm(directed.storyboard, notices, directed.put_right, connection)


def _told(put_right: Sequence[str]) -> tuple[str, ...]:
    """The first of what was put right, a line each, and how many there are besides."""
    more = len(put_right) - _PUT_RIGHT_TOLD
    told = tuple(f"put right: {what}" for what in put_right[:_PUT_RIGHT_TOLD])
    return (*told, f"put right: and {more} more; `workprint supervise` tells them all.") if more > 0 else told


def _foretell(script: Script, folder: FilmFolder, direction: Direction, price: Price | None, seed: int) -> None:
    """Says what the questions will take; where that is much, and no budget bounds it, the user has to agree."""
    from director.llm.crew.film import foresee

    ahead = foresee(script, seed=seed)
    used, config = ahead.used, direction.config
    cost = f", about ${used.dollars(price):.2f}" if price is not None else ""
    told = (
        f"{config.name} directs {ahead.scenes} scenes of {ahead.lines} lines: about {used.asked} questions, "
        f"{used.tokens_in} tokens in and {used.tokens_out} out{cost}."
    )
    begun = folder.exchanges.is_dir() and any(folder.exchanges.iterdir())
    direction.progress.say(f"{told} What was answered before is not asked again." if begun else told)
    if begun or config.limit is not None or not _is_much(used, price, config):
        return
    if direction.agree is None or not direction.agree("Go on?"):
        raise ModelError(
            f"{config.name} was not asked: {told[len(config.name) + 1 :]} Fix: give a --budget, "
            "or go on offline with --director rules."
        )


def _is_much(used: Used, price: Price | None, config: DirectorConfig) -> bool:
    if price is not None:
        return used.dollars(price) > _MUCH_DOLLARS
    return config.base_url is None and used.tokens > _MUCH_TOKENS
