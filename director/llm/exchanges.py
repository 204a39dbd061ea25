"""Every exchange with a model on disk, content-addressed: what was asked once is not asked again.

    <folder>/<key[:2]>/<key>.json    the question as it was put and the reply as it came

The key is over the model's name and all that the question holds, never over where the model was asked or when. A
reply is kept as it came, a bad one too, so that a second run goes the same way as the first. Files hold no key.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from director.llm.ask import Ask, Question, Reply
from director.llm.cost import Tally, Used
from shots.errors import ModelError
from shots.render.keys import key
from shots.render.partial import flush, partial_path, sweep

__all__ = ["Exchanges"]

_FORM = 1


@dataclass(frozen=True)
class _Asked:
    """All that makes a reply, as far as it can be known."""

    model: str
    stage: str
    version: str
    system: str
    user: str
    schema: str
    pictures: tuple[str, ...]
    most_tokens: int


class Exchanges:
    """An `Ask` that answers from `folder` and asks `ask` only what is not there; `ask=None` replays only.

    Threads that put one question at once ask it once. Several processes may use one folder: of two that ask the
    same, the first reply that was kept is everybody's.

    Args:
        model: the model's name, part of every key.
        tally: where replayed questions are counted.
    """

    def __init__(self, folder: Path, ask: Ask | None, *, model: str, tally: Tally | None = None) -> None:
        self._folder, self._ask, self._model, self._tally = folder, ask, model, tally
        self._lock = threading.Lock()
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        if ask is not None:
            sweep(folder)

    def __call__(self, question: Question, /) -> Reply:
        asked = self._asked(question)
        name = key("exchange", asked)
        file = self._folder / name[:2] / f"{name}.json"
        with self._lock:
            mine = self._asking[name]
        with mine:
            kept = _read(file, name)
            if kept is not None:
                if self._tally is not None:
                    self._tally.add(question.stage, Used(replayed=1))
                return kept
            if self._ask is None:
                damaged = "what is stored for it cannot be read" if file.exists() else "nothing is stored for it"
                raise ModelError(
                    f"{self._model} would have to be asked ({question.stage}; {damaged}), and --replay-only asks "
                    "nothing. Fix: run without --replay-only, or go on offline with --director rules."
                )
            return self._keep(file, name, asked, self._ask(question))

    def _asked(self, question: Question) -> _Asked:
        form = question.schema
        return _Asked(
            model=self._model,
            stage=question.stage,
            version=question.version,
            system=question.system,
            user=question.user,
            schema="" if form is None else json.dumps(form.model_json_schema(), sort_keys=True),
            pictures=tuple(hashlib.sha256(picture).hexdigest() for picture in question.pictures),
            most_tokens=question.most_tokens,
        )

    def _keep(self, file: Path, name: str, asked: _Asked, reply: Reply) -> Reply:
        """Writes the exchange; returns the reply that is kept, which is another process's when that was first."""
        record = {
            "form": _FORM,
            "key": name,
            "model": asked.model,
            "stage": asked.stage,
            "version": asked.version,
            "asked_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "system": asked.system,
            "user": asked.user,
            "schema": json.loads(asked.schema) if asked.schema else None,
            "pictures": list(asked.pictures),
            "most_tokens": asked.most_tokens,
            "reply": reply.text,
            "reply_sha256": _digest(reply.text),
            "tokens_in": reply.tokens_in,
            "tokens_out": reply.tokens_out,
        }
        file.parent.mkdir(parents=True, exist_ok=True)
        half = partial_path(self._folder, ".json")
        try:
            text = json.dumps(record, ensure_ascii=False, indent=1)
            half.write_text(text + "\n", encoding="utf-8", errors="surrogatepass")
            flush(half)
            try:
                os.link(half, file)
            except OSError:  # it is there already, or the file system knows no links
                if (kept := _read(file, name)) is not None:
                    return kept
                half.replace(file)
        finally:
            half.unlink(missing_ok=True)
        return reply


def _read(file: Path, name: str) -> Reply | None:
    """A stored reply; None where there is none, or none that is whole."""
    try:
        record: Any = json.loads(file.read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.get("form") != _FORM or record.get("key") != name:
        return None
    text, tokens_in, tokens_out = (record.get(field) for field in ("reply", "tokens_in", "tokens_out"))
    if not isinstance(text, str) or not isinstance(tokens_in, int) or not isinstance(tokens_out, int):
        return None
    return (
        Reply(text=text, tokens_in=tokens_in, tokens_out=tokens_out)
        if record.get("reply_sha256") == _digest(text)
        else None
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
