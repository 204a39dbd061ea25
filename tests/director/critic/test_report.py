"""The film's report: readable, true to the takes, and safe whatever people or models wrote."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "shots"))

from render_pictures import request
from watched_pictures import verdict

from director.critic.judged import Judged
from director.critic.verdict import Judgement
from director.report import Facts, Spent, report
from director.retakes import Attempt, Circled
from model.request import Licence
from shots.render.job import Take


def attempt(shot: str, number: int, *figures: float, change: str = "", notice: str = "") -> Attempt:
    """A take with a verdict for each figure."""
    key = f"{shot}-{number}"
    take = Take(shot=shot, key=key, path=Path("clip.mp4"), digest="", frame_count=4, width_px=64, height_px=36, fps=24)
    judgement = Judgement(shot, key, tuple(verdict(figure >= 16, figure) for figure in figures))
    return Attempt(take, request(number), change, Judged(judgement, "measured 1", notice))


FACTS = Facts(
    title="Goodbye",
    length_s=83.4,
    scenes=2,
    made_of=(("Picture", "dit 1, weights 0a1b2c3d"), ("Voices", "espeak-ng 1.52")),
    watched=True,
    circled={
        "S1.1": Circled((attempt("S1.1", 0, 90.0),), 0),
        "S1.2": Circled((attempt("S1.2", 0, 3.0), attempt("S1.2", 1, 80.0, change="seed 8")), 1),
        "S1.3": Circled((attempt("S1.3", 0, 3.0, 40.0), attempt("S1.3", 1, 2.0, 1.0, change="seed 9")), 0),
    },
    links={"S1.2-1": "takes/ab/clip.mp4"},
    terms=(),
    met=(),
    by_hand=("S1.1: locked.",),
    drawn=("S2.1",),
    trouble="one shot could not be rendered.",
    notices=("Scene 2 was planned by the rules.",),
    sources=(),
    spent=(Spent("critic", "openai:gpt-5-mini", 3, 4200, 600, 0.0123), Spent("director", "local", 2, 100, 50, None)),
    problems=("warning: night.fountain:42: MARA holds no lantern in shot S2.1. Fix: add props: [LANTERN].",),
)


def test_it_tells_takes_per_keeper_which_is_circled_and_why() -> None:
    told = report(FACTS)
    assert "1 min 23 s long: 4 shots in 2 scenes, from 5 takes, which is 1.67 takes per keeper." in told
    assert "2 of 3 circled takes hold all that was asked of them." in told
    assert "| S1.2 | 2 | [take 2](takes/ab/clip.mp4) | the first that holds all it should |" in told
    assert "| S1.3 | 2 | take 1 | the best of 2 (score 0.42), though black fails |" in told


def test_what_failed_names_its_constraint_and_figure() -> None:
    told = report(FACTS)
    assert "- **S1.1**" not in told
    assert "  - take 1: *black*: the first frame's light is 3, at least 16" in told
    assert "  - take 1, which is shown: *black*: the first frame's light is 3, at least 16" in told
    assert "  - take 2 (with seed 9): *black*: the first frame's light is 2, at least 16; *black*: the first" in told


def test_a_film_that_may_not_be_sold_says_so_first_and_all_terms_are_told() -> None:
    free = Licence("Apache-2.0", True, "commercial use allowed", "https://www.apache.org/licenses/LICENSE-2.0")
    bound = Licence("CogVideoX", False, "research and personal use")
    told = report(replace(FACTS, terms=((free, ["S1.1"]), (bound, ["S1.2", "S1.3"]))))
    warning = "**This film may not be sold as it is**: shots S1.2, S1.3 are pictured on terms that do not allow it"
    assert told.index(warning) < told.index("## What it is made of")
    assert f"{warning} (CogVideoX)." in told
    assert (
        "- Apache-2.0: commercial use allowed (https://www.apache.org/licenses/LICENSE-2.0). Used for shot S1.1."
        in told
    )
    assert "- CogVideoX: research and personal use. Used for shots S1.2, S1.3." in told
    assert "may not be sold" not in report(replace(FACTS, terms=((free, ["S1.1"]),)))


def test_it_tells_how_shots_were_met_by_what_pictured_them() -> None:
    many = tuple(f"S1.{number}" for number in range(1, 21))
    circled = {shot: Circled((attempt(shot, 0, 90.0),), 0) for shot in many}
    facts = replace(FACTS, circled=circled, met=(("its last frame is not told: the engine takes none.", many[:15]),))
    assert "- Its last frame is not told: the engine takes none (shots S1.1, " in report(facts)
    assert "S1.12 and 3 more)." in report(facts)
    everywhere = replace(facts, drawn=(), met=(("it is seen by nobody.", many),))
    assert "- It is seen by nobody (all shots)." in report(everywhere)


def test_a_film_of_many_shots_tells_what_is_alike_in_one_line() -> None:
    many = tuple(f"S1.{number}" for number in range(1, 41))
    met = [("the stage leads the picture by its depth.", many)]
    for number, shot in enumerate(many):
        met += [
            (f"{name} is to look as in frame {number} of the take of {shot}, turned {number * 7}°.", (shot,))
            for name in ("MARA", "林小雨", "OLD MAN")
        ]
        met.append((f"made at {number + 640}×{number}, and brought to {number}×36.", (shot,)))
    told = report(
        replace(FACTS, circled={shot: Circled((attempt(shot, 0, 90.0),), 0) for shot in many}, drawn=(), met=tuple(met))
    )
    lines = told.split("## How the shots were asked for\n\n")[1].split("\n\n")[0].splitlines()
    assert lines[0] == "- The stage leads the picture by its depth (all shots)."
    assert lines[1] == (
        "- MARA is to look as in frame 0 of the take of S1.1, turned 0°, and 119 more like it (all shots)."
    )
    assert len(lines) == 3


def test_terms_that_nobody_knows_are_not_said_to_forbid() -> None:
    terms = ((Licence("not known", False, "tiny does not say; ask its makers"), ["S1.2"]),)
    told = report(replace(FACTS, terms=terms))
    assert (
        "**Whether this film may be sold is not known**: shot S1.2 is pictured with weights whose terms are not "
        in told
    )
    assert "may not be sold as it is" not in told


def test_it_tells_what_a_person_did() -> None:
    told = report(FACTS)
    assert told.index("## What was done by hand\n\n- S1.1: locked.") < told.index("## Retakes")


def test_it_tells_what_happened_what_it_cost_and_what_is_left() -> None:
    told = report(FACTS)
    assert "- Scene 2 was planned by the rules." in told
    assert "- Drawn instead of pictured: S2.1. one shot could not be rendered." in told
    assert "| critic | openai:gpt-5-mini | 3 | 4200 | 600 | $0.0123 |" in told
    assert "| **all** | | 5 | 4300 | 650 | $0.0123 |" in told
    assert "MARA holds no lantern" in told


def test_a_film_without_critic_and_trouble_has_a_short_report() -> None:
    plain = replace(FACTS, circled={"S1.1": Circled((replace(attempt("S1.1", 0, 3.0), judged=None),), 0)})
    told = report(replace(plain, watched=False, by_hand=(), drawn=(), trouble=None, notices=(), spent=(), problems=()))
    assert "Nobody watched the takes" in told
    assert [line for line in told.splitlines() if line.startswith("#")] == ["# Goodbye", "## What it is made of"]


def test_words_of_others_are_text_and_never_markdown() -> None:
    hostile = "<script>x</script> | a\n# head [link](http://x) `code` **bold**"
    told = report(
        replace(FACTS, title=hostile, notices=(hostile,), problems=(hostile,), made_of=(("Picture", hostile),))
    )
    assert "<script>" not in told
    assert "[link]" not in told.replace("\\[", "")
    assert "\n# head" not in told
    assert told.count("\\*\\*bold\\*\\*") == 4
    rows = [line for line in told.splitlines() if line.startswith("| Picture")]
    assert rows[0].replace("\\|", "").count("|") == 3


def test_long_lists_end_with_how_many_more() -> None:
    told = report(replace(FACTS, problems=tuple(f"problem {n}" for n in range(200))))
    assert "- … and 160 more" in told
