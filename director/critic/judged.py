"""What was said of takes, kept for good beside them: a take that was judged once is never judged again.

    <folder>/<key[:2]>/<key>.json

A judgement's key is that of all it follows from: the take, what it was held against, and who judged. A file that
cannot be read as one counts as none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from director.critic.verdict import Judgement, Verdict
from director.opening import write_atomically
from shots.render.keys import plain

__all__ = ["Judged", "JudgementStore"]

_FORM = 1


@dataclass(frozen=True)
class Judged:
    """A judgement, who gave it, and what the user should know about that, if anything."""

    judgement: Judgement
    by: str  # "measured 1", "measured 1 and openai:gpt-4o"
    notice: str = ""


class JudgementStore:
    """The judgements in `folder`, by their keys."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str, shot: str) -> Judged | None:
        """The judgement of a key, as one of a take of `shot`; None when there is none, or none that is whole."""
        try:
            record = json.loads(self._path(key).read_text(encoding="utf-8"))
            if record["form"] != _FORM or record["key"] != key:
                return None
            verdicts = tuple(Verdict(**verdict) for verdict in record["verdicts"])
            judgement = Judgement(shot, str(record["take"]), verdicts)
            return Judged(judgement, str(record["by"]), str(record["notice"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def keep(self, key: str, judged: Judged) -> None:
        """Stores a judgement, whole or not at all."""
        judgement = judged.judgement
        record = {
            "form": _FORM,
            "key": key,
            "shot": judgement.shot,
            "take": judgement.take_key,
            "by": judged.by,
            "notice": judged.notice,
            "passed": judgement.passed,
            "score": judgement.score,
            "verdicts": [plain(verdict) for verdict in judgement.verdicts],
        }
        write_atomically(self._path(key), json.dumps(record, ensure_ascii=False, indent=1) + "\n")

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
