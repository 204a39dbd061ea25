"""Three one-page films of different tempers: their statistics lie where real films' do, and differ as they should."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from director.direct import direct
from director.parse import parse_fountain, read
from shots.blocking import block_scene, measure
from shots.continuity import check
from shots.graph import ShotGraph
from shots.spec import Storyboard
from shots.stats import Statistics, statistics
from shots.timing import time_shots

CHASE = """\
Title: The Courier

EXT. FISH MARKET - DAY

Crates, ice, gulls. JUNO, 24, a lean woman in a yellow jacket, runs between the stalls with a red bag under her arm.

HARTMANN, 45, a heavy man in a grey suit, bursts through the crowd behind her.

HARTMANN
Stop her!

Juno vaults a table, slips on the ice and crashes into a stack of crates. She scrambles up and runs.

Hartmann shoves a fishmonger aside. He gains on her.

EXT. ALLEY - CONTINUOUS

Juno sprints into the alley. A dead end. She spins, sees a ladder, leaps and grabs the lowest rung.

Hartmann charges in. He lunges and catches her boot.

JUNO
Let go!

She kicks. The boot comes off. Hartmann falls backwards into the trash. A siren WAILS.

Juno climbs. The ladder shakes. A bolt snaps.

HARTMANN
You can't outrun this!

She throws the bag onto the roof and jumps after it.

EXT. ROOFTOP - CONTINUOUS

Juno rolls, grabs the bag and runs across the roof with one bare foot. Behind her the hatch SLAMS open.

Hartmann climbs out, gasping. He raises a gun.

HARTMANN
Last chance!

Juno looks down at the street. She looks at him. She jumps.
"""

QUARREL = """\
Title: Half of Everything

INT. KITCHEN - NIGHT

A narrow kitchen. Boxes on every chair. VERA, 41, a woman with curly hair in a green sweater, wraps a plate in
newspaper.

PAUL, 43, a tall man with a beard in a white shirt, stands in the door.

PAUL
That one was my mother's.

VERA
Then take it.

PAUL
I don't want it. I want you to ask before you put my mother in a box.

VERA
You had six weeks to come and ask for things, Paul. Six weeks. I sat here every night and listened for the stairs.

PAUL
I was working.

VERA
You were hiding.

She puts down the plate.

PAUL
And you were not? You changed the lock. You gave the dog to your sister. You told everyone but me.

VERA
I told you! I told you in April, and in June, and you nodded and turned a page!

Paul looks at the floor.

PAUL
(quietly)
I thought that if I did not hear it, it would stop.

VERA
It did stop.

He picks up the plate. He looks at it.

PAUL
She hated these plates.

VERA
I know. She told me the day I broke the first one.

Vera laughs. Then she cries.

PAUL
How many are left?

VERA
Two. One for each of us. That's how it ends, isn't it? With two plates and a lawyer.
"""

MORNING = """\
Title: The Second Cup

INT. BEDROOM - DAWN

Grey light behind thin curtains. ARNE, 78, a thin man with white hair in blue pyjamas, lies on one side of a wide bed.

The other side has not been slept in. He lays his hand on the pillow.

He sits up slowly and looks at the window. It is snowing.

INT. KITCHEN - MORNING

A small kitchen, very tidy. Arne fills the kettle. He sets two cups on the table.

He stands still. He puts one of the cups back.

The kettle whistles. He does not hear it. At last he turns off the gas.

He sits at the table and drinks. The clock TICKS.

ARNE
(to the empty chair)
It's snowing, Ingrid.

He listens. The radiator knocks.

EXT. GARDEN - DAY

Deep snow on the garden. Arne walks along the fence with a tin in his hand.

He kneels by a small stone and brushes the snow away. He pours the crumbs out beside it.

A robin lands on the stone. Arne does not move.

He smiles.
"""


@lru_cache
def film(script: str) -> Storyboard:
    return direct(parse_fountain(script, "film.fountain"))


@lru_cache
def figures(script: str) -> Statistics:
    storyboard = film(script)
    return statistics(storyboard, time_shots(storyboard, {}))


@pytest.mark.parametrize(
    ("script", "slowest_s", "fastest_s"), [(CHASE, 3.4, 2.7), (QUARREL, 5.0, 2.6), (MORNING, 8.0, 3.2)]
)
def test_pace_lies_where_films_of_this_kind_have_it(script: str, slowest_s: float, fastest_s: float) -> None:
    assert fastest_s <= figures(script).average_shot_s <= slowest_s


def test_a_chase_cuts_fastest_and_a_lonely_morning_slowest() -> None:
    chase, quarrel, morning = figures(CHASE), figures(QUARREL), figures(MORNING)
    assert 2.7 < chase.average_shot_s < quarrel.average_shot_s < morning.average_shot_s
    assert chase.average_shot_s * 1.35 < morning.average_shot_s


def test_a_chase_moves_most_and_a_quarrel_talks_most() -> None:
    chase, quarrel, morning = figures(CHASE), figures(QUARREL), figures(MORNING)
    assert chase.moving_share > 1.5 * quarrel.moving_share
    assert chase.moving_share > morning.moving_share
    assert quarrel.spoken_share > 2 * max(chase.spoken_share, morning.spoken_share)


def test_a_quarrel_is_closer_than_a_chase_and_shows_who_listens() -> None:
    def close(sizes: Statistics) -> float:
        return sum(share for size, share in sizes.sizes.items() if size in ("MCU", "CU", "ECU"))

    chase, quarrel = figures(CHASE), figures(QUARREL)
    assert close(quarrel) > close(chase)
    assert quarrel.reaction_share >= 0.1
    assert quarrel.coverage.get("over_shoulder", 0) >= 0.1 > chase.coverage.get("over_shoulder", 0)


@pytest.mark.parametrize("script", [CHASE, QUARREL, MORNING])
def test_no_size_takes_half_of_a_film_and_no_set_up_holds_a_dialogue(script: str) -> None:
    measured = figures(script)
    assert max(measured.sizes.values()) <= 0.5
    assert len(measured.sizes) >= 5
    assert measured.longest_hold_lines <= 4
    assert measured.longest_shot_s <= 12


def test_talk_tightens_as_the_quarrel_goes_on() -> None:
    sizes = ["EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU"]
    spoken = [sizes.index(shot.size) for shot in film(QUARREL).shots() if shot.lines and shot.size]
    third = len(spoken) // 3
    assert sum(spoken[-third:]) / third > sum(spoken[:third]) / third + 0.5


def test_moods_are_read() -> None:
    assert {scene.mood for scene in film(CHASE).scenes} == {"urgent"}
    assert film(QUARREL).scenes[0].mood == "tense"
    assert {scene.mood for scene in film(MORNING).scenes} <= {"quiet", "sad"}


def holds_continuity(storyboard: Storyboard) -> list[str]:
    timings = time_shots(storyboard, {})
    geometry = {}
    for scene in storyboard.scenes:
        stages = block_scene(storyboard, scene, timings, {})
        for shot in scene.shots:
            assert shot.id is not None
            geometry[shot.id] = measure(stages[shot.id], shot, storyboard.width_px, storyboard.height_px)
    return [str(problem) for problem in check(ShotGraph(storyboard), geometry) if problem.severity == "error"]


@pytest.mark.parametrize("script", [CHASE, QUARREL, MORNING])
def test_continuity_has_nothing_to_say(script: str) -> None:
    assert holds_continuity(film(script)) == []


@pytest.mark.parametrize("name", ["coffee_shop_masonegger.fountain", "cyber_bob_ep00001.fountain"])
def test_other_peoples_screenplays(shared_data: Path, name: str) -> None:
    path = shared_data / "screenplays" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the screenplays to test with")
    storyboard = direct(read(path))
    measured = statistics(storyboard, time_shots(storyboard, {}))
    assert 2.8 <= measured.average_shot_s <= 8
    assert max(measured.sizes.values()) <= 0.5
    assert measured.longest_hold_lines <= 4
    assert holds_continuity(storyboard) == []


@pytest.mark.parametrize("name", ["found.fountain", "the-vote.fountain", "末班车.fountain"])
def test_the_projects_own_films(repository: Path, name: str) -> None:
    storyboard = direct(read(repository / "examples" / name))
    measured = statistics(storyboard, time_shots(storyboard, {}))
    assert 3 <= measured.average_shot_s <= 8
    assert max(measured.sizes.values()) <= 0.5
    assert holds_continuity(storyboard) == []
