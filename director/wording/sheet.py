"""The prompt sheet: each shot's words for one picture engine, to read, and to paste where an engine is run by hand.

`workprint plan --prompts ENGINE` writes it: it stands beside the storyboard before anything is drawn, which is when
words are still cheap to change.
"""

from __future__ import annotations

from collections.abc import Mapping

from director.llm.ask import Ask
from director.wording.caption import Words, caption
from director.wording.engines import EngineWords
from director.wording.facts import facts_of
from director.wording.polish import polish
from model.stage import Stage
from shots.spec import Storyboard

__all__ = ["prompt_sheet"]


def prompt_sheet(
    storyboard: Storyboard, stages: Mapping[str, Stage], engine: EngineWords, ask: Ask | None = None
) -> str:
    """The sheet as Markdown; a model polishes the words where one is given.

    Raises:
        ModelError: the model cannot be asked.
    """
    blocks = [f"# {' '.join(storyboard.title.split())}: words for {engine.name}"]
    for scene in storyboard.scenes:
        blocks.append(f"## {scene.id}. {' '.join(scene.heading.split())}")
        for shot in scene.shots:
            stage = stages[shot.id or ""]
            words = caption(shot, scene, storyboard, stage, engine)
            if ask is not None:
                words = polish(ask, words, facts_of(shot, storyboard, stage), engine)
            blocks.append(f"**{shot.id}**\n\n{_block(words)}")
    return "\n\n".join(blocks) + "\n"


def _block(words: Words) -> str:
    told = f"```text\n{words.prompt}\n```"
    return f"{told}\n\nNot: {words.negative}" if words.negative else told
