"""The critic: every take is measured, shown to a vision model if there is one, and what is said of it is kept.

A vision model that cannot be asked is told of once and left out from then on: what is measured stands, and is kept
as what it is, so that the next run asks again about what nobody saw.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from director.critic.hire import MEASURED
from director.critic.judged import Judged, JudgementStore
from director.critic.verdict import Judgement
from director.critic.vision import SEEN_VERSION, see, with_seen
from director.critic.wanted import Wanted
from director.llm.ask import Ask
from director.llm.prompts import load_prompt
from shots.errors import ModelError
from shots.render.job import Take
from shots.render.keys import key

__all__ = ["Critic", "Eye", "Measure"]

Measure = Callable[[Take], Judgement]

_AT_ONCE = 4


@dataclass(frozen=True)
class Eye:
    """A vision model: whom to ask, its name, and of each shot its words and what it should show."""

    ask: Ask
    model: str
    told: Mapping[str, str]
    wanted: Mapping[str, tuple[Wanted, ...]]


class Critic:
    """Judges takes by `measure`, told as `measured_by`, and by an `eye` if there is one.

    `against` is, of each shot, the key of what a measure hangs on besides its take. `say` hears, once, that the vision
    model cannot be asked.
    """

    def __init__(
        self,
        store: JudgementStore,
        measure: Measure,
        measured_by: str,
        against: Mapping[str, str],
        say: Callable[[str], None],
        eye: Eye | None = None,
    ) -> None:
        self._store, self._measure, self._by = store, measure, measured_by
        self._against, self._say, self._eye = against, say, eye
        self._lock = threading.Lock()
        self.blind = ""
        """Why the vision model was not asked about every take; "" when it was."""

    def remembered(self, takes: Iterable[Take]) -> dict[str, Judged]:
        """What was said of takes before, by shot; those that nobody watched are left out."""
        found = {take.shot: self._store.find(self._key(take, self._eye), take.shot) for take in takes}
        return {shot: judged for shot, judged in found.items() if judged is not None}

    def judge(self, takes: Sequence[Take], on_done: Callable[[int], None]) -> dict[str, Judged]:
        """What is to be said of takes, by shot: remembered, or watched now and kept. `on_done` hears how many are.

        Raises:
            OSError: a take cannot be read, or a judgement cannot be kept.
        """
        judged = self.remembered(takes)
        new = [take for take in takes if take.shot not in judged]
        on_done(len(judged))
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for take, said in zip(new, pool.map(self._watch, new), strict=True):
                    judged[take.shot] = said
                    on_done(len(judged))
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        return judged

    def _watch(self, take: Take) -> Judged:
        measured = Judged(self._measured(take), self._by)
        if self._eye is None:
            return measured
        judged = self._seen(take, measured, self._eye)
        if judged is None:
            return measured
        self._store.keep(self._key(take, self._eye), judged)
        return judged

    def _measured(self, take: Take) -> Judgement:
        """Measured before, or now and kept."""
        name = self._key(take, None)
        found = self._store.find(name, take.shot)
        if found is not None:
            return found.judgement
        judgement = self._measure(take)
        self._store.keep(name, Judged(judgement, self._by))
        return judgement

    def _seen(self, take: Take, measured: Judged, eye: Eye) -> Judged | None:
        """With what the vision model sees; None when it cannot be asked."""
        if self.blind:
            return None
        try:
            seen = see(eye.ask, take, eye.told[take.shot], eye.wanted[take.shot])
        except ModelError as error:
            with self._lock:
                first, self.blind = not self.blind, self.blind or _for_critic(str(error))
            if first:
                self._say(f"The vision model watches no more takes; what is measured stands. {self.blind}")
            return None
        if seen.wrong:
            return Judged(measured.judgement, self._by, f"{eye.model} gave no answer that could be used: {seen.wrong}")
        return Judged(with_seen(measured.judgement, seen.verdicts), f"{self._by} and {eye.model}")

    def _key(self, take: Take, eye: Eye | None) -> str:
        seen_by = (
            None
            if eye is None
            else (eye.model, load_prompt("critic").version, SEEN_VERSION, eye.told[take.shot], eye.wanted[take.shot])
        )
        return key("judgement", (take.key, self._by, self._against[take.shot], seen_by))


def _for_critic(sentence: str) -> str:
    return sentence.replace("--director rules", f"--critic {MEASURED}")
