"""Counts which takes broken on purpose the measured critic catches, and what it says of takes that are true.

The critic's limits were found on stages of the `train` side, from number 7000 on; what is reported is of the `held_out`
side, which differs in people, places and pairs of words. Writes bench/critic.json. A minute or two on one core.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from director.critic.broken import (
    BREAKS,
    NAMED,
    STYLES,
    before_of,
    blurred,
    case_of,
    cases,
    drawn,
    judged,
    stood_in,
)
from director.critic.measured import CONSTRAINTS
from director.critic.verdict import Judgement
from model.sampler import Split

RESULTS = Path(__file__).with_name("critic.json")


@dataclass
class Tally:
    """Of one break: how many counted, could not be seen, were caught, and were called by their name."""

    counted: int = 0
    unseen: int = 0
    caught: int = 0
    named: int = 0


def false_alarms(made: dict[str, list[Judgement]]) -> dict[str, float]:
    """The share of true takes that fail, by kind, and of all by constraint."""
    found = {kind: sum(not one.passed for one in all_) / max(1, len(all_)) for kind, all_ in made.items()}
    every = made["true"]
    for constraint in CONSTRAINTS:
        found[f"true: {constraint}"] = sum(
            any(verdict.constraint == constraint for verdict in one.failures) for one in every
        ) / max(1, len(every))
    return found


def measure(split: Split, first: int, count: int) -> tuple[dict[str, Tally], dict[str, list[Judgement]]]:
    """Breaks every stage in every way; what was caught, and what was said of true and blurred takes."""
    tallies = {name: Tally() for name in NAMED}
    said: dict[str, list[Judgement]] = {"true": [], "blurred": []} | {f"true, {style}": [] for style in STYLES}
    for number, case in enumerate(cases(split, first, count)):
        true, before = drawn(case.stage, case.request), before_of(case)
        said["true"].append(judged(case, true, before))
        said["blurred"].append(judged(case, blurred(case, true), before))
        said[f"true, {case.stage.style}"].append(said["true"][-1])
        other = STYLES[number % len(STYLES)]
        if other != case.stage.style:
            styled = case_of(replace(case.stage, style=other), case.index)
            said[f"true, {other}"].append(judged(styled, drawn(styled.stage, styled.request), before_of(styled)))
        for name, breaks in (BREAKS | {"stand-ins": stood_in}).items():
            clip, tally = breaks(case, true), tallies[name]
            if clip is None:
                tally.unseen += 1
                continue
            judgement = judged(case, clip, before)
            tally.counted += 1
            tally.caught += not judgement.passed
            tally.named += any(one.constraint in NAMED[name] for one in judgement.failures)
    return tallies, said


def main() -> None:
    """Measures on the held-out side and prints it as two tables; the figures go to bench/critic.json too."""
    tallies, said = measure("held_out", 6600, 100)
    print("| break | counted | not seen | caught | named |\n| --- | ---: | ---: | ---: | ---: |")
    for name, tally in tallies.items():
        shares = (f"{100 * found / max(1, tally.counted):.0f} %" for found in (tally.caught, tally.named))
        print(f"| {name} | {tally.counted} | {tally.unseen} | {' | '.join(shares)} |")
    counted, caught = (sum(getattr(tallies[name], what) for name in BREAKS) for what in ("counted", "caught"))
    print(f"| all | {counted} | | {100 * caught / counted:.0f} % | |\n")
    alarms = false_alarms(said)
    print("| true takes | judged | fail |\n| --- | ---: | ---: |")
    for kind, all_ in said.items():
        print(f"| {kind} | {len(all_)} | {100 * alarms[kind]:.0f} % |")
    flat = {f"critic_caught_{name.replace(' ', '_')}": t.caught / max(1, t.counted) for name, t in tallies.items()}
    flat |= {"critic_caught": caught / counted, "critic_false_alarms": alarms["true"]}
    RESULTS.write_text(json.dumps(flat, indent=2) + "\n")


if __name__ == "__main__":
    main()
