"""Gathers what a film's report tells from the run that made it, and writes it. Decides nothing, judges nothing."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from director.critic.hire import OFF
from director.llm.cost import Price, Used
from director.opening import write_atomically
from director.report import Facts, Spent, report
from model.request import Licence
from shots.render.store import Receipt

if TYPE_CHECKING:
    from audio.mix import Mix
    from director.produce import Production

__all__ = ["write_report"]

T = TypeVar("T")

_OURS = "Apache-2.0, comes with Workprint"
_LICENCES = {
    "espeak-ng": "GPL-3.0, run as a program of its own",
    "tones": _OURS,
}


def write_report(production: Production, length_s: float) -> Path:
    """Writes report.md into the film's folder; needs a film that is made, `length_s` long."""
    out = production.folder.report
    write_atomically(out, report(_facts(production, length_s, out.parent)))
    return out


def _facts(production: Production, length_s: float, folder: Path) -> Facts:
    circled, shown = production.circled, production.shown
    order = [shot for shot in production.requests if shot in circled]
    takes = [attempt.take for shot in order for attempt in circled[shot].attempts]
    return Facts(
        title=production.storyboard.title,
        length_s=length_s,
        scenes=sum(bool(scene.shots) for scene in production.storyboard.scenes),
        made_of=tuple(_made_of(production)),
        watched=production.critic.name != OFF,
        circled={shot: circled[shot] for shot in order},
        links={take.key: Path(os.path.relpath(take.path, folder)).as_posix() for take in takes},
        terms=_by_shot(production, order, _licences),
        met=_by_shot(production, order, lambda receipt: receipt.told),
        by_hand=tuple(_by_hand(production)),
        drawn=shown.drawn,
        trouble=shown.trouble,
        notices=tuple(_notices(production)),
        sources=tuple(_sources(production)),
        spent=tuple(_spent(production)),
        problems=tuple(f"{problem.severity}: {problem}" for problem in production.problems),
    )


def _licences(receipt: Receipt) -> tuple[Licence, ...]:
    return () if receipt.licence is None else (receipt.licence,)


def _by_shot(
    production: Production, order: Sequence[str], said: Callable[[Receipt], Iterable[T]]
) -> tuple[tuple[T, Sequence[str]], ...]:
    """What the receipts of the circled takes say, each thing once, with its shots."""
    found: dict[T, list[str]] = {}
    for shot in order:
        receipt = production.store.receipt(production.circled[shot].best.take.key, shot)
        for one in said(receipt) if receipt is not None else ():
            found.setdefault(one, []).append(shot)
    return tuple(found.items())


def _made_of(production: Production) -> Iterator[tuple[str, str]]:
    board, opened = production.storyboard, production.opened
    yield "Storyboard", opened.file.name
    if opened.directed_by:
        yield "Director", opened.directed_by if ":" in opened.directed_by else "the offline rules"
    licence = production.backend.licence
    yield "Picture", f"{production.picture} ({_OURS if licence is None else f'{licence.name}: {licence.line}'})"
    if production.spoken:
        engine = production.sound.voicing.engine[0]
        yield "Voices", f"{engine.name} {engine.version} ({_LICENCES.get(engine.name, 'licence not known')})"
    yield "Score", _score(production)
    if production.critic.name != OFF:
        yield "Critic", "measured" if production.eye is None else f"measured, and seen by {production.critic.name}"
    yield "Size", f"{board.width_px} × {board.height_px} at {board.fps} frames a second, style {board.style}"
    yield "Sound", _figures(production.mix)


def _score(production: Production) -> str:
    config, cues = production.sound.config.score, len(production.cues.music)
    if not cues:
        return "none" if config.kind == "none" else "no scene asks for any"
    made = {
        "own": "composed and played by Workprint",
        "temp_track": f"the temp track {config.path.name if config.path else ''}, its licence yours to have",
        "generated": f"by the model in {config.path.name if config.path else ''}",
        "none": "",
    }[config.kind]
    played = f", on {config.soundfont.name}" if config.soundfont is not None else ""
    return f"{cues} {'cue' if cues == 1 else 'cues'}, {made}{played}"


def _figures(mix: Mix) -> str:
    """What a delivery is measured by; silence has no loudness."""
    if not math.isfinite(mix.integrated_lufs):
        return "silent"
    return f"{mix.integrated_lufs:.1f} LUFS, peaks at {mix.true_peak_dbtp:.1f} dBTP (profile {mix.profile})"


def _sources(production: Production) -> Iterator[str]:
    """Whose voices and sounds are heard, and on which terms."""
    yield from production.sound.voicing.provenance()
    for sound in production.mix.sounds:
        yield f"{sound.file}: {sound.tag}; licence: {sound.licence}."


def _by_hand(production: Production) -> Iterator[str]:
    """What a person circled, locked and trimmed, in the order of the cut."""
    for shot in production.storyboard.shots():
        trim = shot.trim
        done = (
            f"take {shot.take[:12]} circled" if shot.take else "",
            "locked" if shot.locked else "",
            f"trimmed by {trim.head_s:g} s at its head and {trim.tail_s:g} s at its tail" if trim else "",
        )
        if any(done):
            yield f"{shot.id}: {', '.join(filter(None, done))}."


def _notices(production: Production) -> Iterator[str]:
    yield from production.opened.notices
    yield from production.sound.notices
    if production.shooting.blind:
        yield f"A vision model did not watch every take; what was measured stood. {production.shooting.blind}"


def _spent(production: Production) -> Iterator[Spent]:
    """By stage, from the exchanges that lie in the film's folder."""
    prices: dict[str, Price | None] = {}
    if production.opened.connection is not None:
        prices[production.opened.directed_by] = production.opened.connection.price
    if production.eye is not None:
        prices[production.critic.name or ""] = production.eye.price
    used: dict[tuple[str, str], Used] = {}
    for file in sorted(production.folder.exchanges.glob("??/*.json")):
        try:
            record = json.loads(file.read_text(encoding="utf-8", errors="surrogatepass"))
            who = str(record["stage"]), str(record["model"])
            tokens = Used(1, 0, int(record["tokens_in"]), int(record["tokens_out"]))
        except (OSError, ValueError, TypeError, KeyError):
            continue  # one that cannot be read is asked again where it is needed
        used[who] = used.get(who, Used()) + tokens
    for (stage, model), one in sorted(used.items()):
        price = prices.get(model)
        dollars = None if price is None else one.dollars(price)
        yield Spent(stage, model, one.asked, one.tokens_in, one.tokens_out, dollars)
