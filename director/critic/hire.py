"""Who watches the takes: nobody, the measure, or the measure and a vision model. As `--critic` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from shots.errors import WorkprintError, near_name

if TYPE_CHECKING:
    from director.critic.critic import Critic
    from director.critic.verdict import Judgement
    from director.critic.wanted import Wanted
    from director.llm.config import DirectorConfig
    from director.llm.connect import Connection
    from model.request import ClipRequest
    from shots.blocking import ShotGeometry
    from shots.graph import ShotGraph
    from shots.render.job import Take

__all__ = ["MEASURED", "OFF", "CriticConfig", "hire", "read_critic"]

OFF, MEASURED = "off", "measured"
"""What `--critic` takes besides a model: nobody watches; takes are measured."""


@dataclass(frozen=True, kw_only=True)
class CriticConfig:
    """Who watches: `name` as it is given, None for whoever suits the picture; `model` where it is a model."""

    name: str | None = OFF
    model: DirectorConfig | None = None
    replay_only: bool = False


def read_critic(
    name: str | None, base_url: str | None = None, budget: str | None = None, *, replay_only: bool = False
) -> CriticConfig:
    """The critic by the command line; a model's server and budget are found as the director's are.

    Raises:
        WorkprintError: there is no such critic, or the model's settings cannot be read.
    """
    if name is None or name in (OFF, MEASURED):
        return CriticConfig(name=name)
    if ":" not in name:
        near = near_name(name, (OFF, MEASURED)) or "."
        raise WorkprintError(
            f"no critic '{name[:80]}'{near} Fix: give --critic {OFF}, {MEASURED}, or a model that sees, such as "
            "openai:MODEL."
        )
    from director.llm.config import read_config

    return CriticConfig(name=name, model=read_config(name, base_url, budget), replay_only=replay_only)


def hire(
    config: CriticConfig,
    connection: Connection | None,
    folder: Path,
    graph: ShotGraph,
    requests: Mapping[str, ClipRequest],
    geometry: Mapping[str, ShotGeometry],
    wanted: Mapping[str, tuple[Wanted, ...]],
    say: Callable[[str], None],
) -> Critic | None:
    """The critic of a film, who keeps judgements in `folder`; None for nobody.

    `connection` is to the config's model, where it names one; `wanted` what each shot should show.
    """
    if config.name == OFF:
        return None
    from director.critic.critic import Critic, Eye
    from director.critic.judged import JudgementStore
    from director.critic.measured import VERSION, Before, judge
    from director.working import ByShot
    from shots.render.clip import read_frames
    from shots.render.keys import key

    cut_from = dict(_cuts(graph))

    def measure(take: Take) -> Judgement:
        shot = take.shot
        last = cut_from.get(shot)
        before = Before(requests[last], geometry[last]) if last is not None else None
        frames = read_frames(take.path, 0, take.frame_count)
        return judge(frames, requests[shot], geometry[shot], before, take.key)

    def held_against(shot: str) -> str:
        last = cut_from.get(shot)
        return key("against", (geometry[shot], (requests[last].stage, geometry[last]) if last is not None else None))

    against = ByShot(requests, held_against)
    eye = None
    if connection is not None:
        told = ByShot(requests, lambda shot: requests[shot].text)
        eye = Eye(connection.ask, str(config.name), told, wanted)
    return Critic(JudgementStore(folder), measure, f"{MEASURED} {VERSION}", against, say, eye)


def _cuts(graph: ShotGraph) -> Iterator[tuple[str, str]]:
    """Each shot that is cut to within a scene and opens on a picture of its own, with the shot before it."""
    for before, shot in pairwise(graph.order()):
        now = graph.shot(shot)
        given = now.continues is not None or (now.given is not None and now.given.first is not None)
        if graph.scene_of(before) is graph.scene_of(shot) and now.transition.kind == "cut" and not given:
            yield shot, before
