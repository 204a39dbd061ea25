"""What can go wrong when a model is asked, each as a sentence with its fix. Data and words, no network.

What a server says is somebody else's text: it is told on one line, shortened, and never with the key in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from pydantic import SecretStr

from director.llm.config import DirectorConfig
from director.llm.keys import key_name

__all__ = ["OFFLINE", "Trouble", "What", "plain_words", "sentence"]

OFFLINE = "or go on offline with --director rules"
_LONGEST_SAID = 160
_KEY_LIKE = re.compile(r"\b(?:sk|lsv2|gsk|hf|xai|pk|nvapi)[-_][\w*.-]{6,}")


class What(Enum):
    """The sort of a failure; says whether asking again may help."""

    KEY = auto()  # the key is wrong, or one is wanted
    QUOTA = auto()  # the account is used up
    MODEL = auto()  # no such model
    CONTEXT = auto()  # the question is longer than the model can read
    REQUEST = auto()  # something of the request is not taken
    RATE = auto()  # too many requests
    SERVER = auto()  # the server fails
    TIMEOUT = auto()  # nothing comes
    NETWORK = auto()  # nobody is there, or the connection is lost
    OTHER = auto()

    @property
    def passes(self) -> bool:
        """Whether the same request may succeed later."""
        return self in {What.RATE, What.SERVER, What.TIMEOUT, What.NETWORK}


@dataclass(frozen=True)
class Trouble:
    """One failed request: what it was, what the server said of it, when to come again, and a name nearer by."""

    what: What
    said: str = ""
    retry_after_s: float | None = None
    near: str = ""  # "; did you mean 'gpt-5-mini'?"


def plain_words(text: str, key: SecretStr | None) -> str:
    """Somebody else's words on one line, shortened, without the key and whatever else looks like one."""
    if key:
        text = text.replace(key.get_secret_value(), "[key]")
    words = " ".join("".join(c if c.isprintable() else " " for c in _KEY_LIKE.sub("[key]", text)).split())
    return words if len(words) <= _LONGEST_SAID else f"{words[:_LONGEST_SAID]}..."


def sentence(trouble: Trouble, config: DirectorConfig, *, stage: str, times: int, has_key: bool) -> str:
    """The sentence that a user reads; `times` is how often was asked."""
    who = config.server
    said = f" (it says: {trouble.said.rstrip('.')})" if trouble.said else ""
    match trouble.what:
        case What.KEY:
            name = key_name(config)
            if name is None:
                return (
                    f"{who} wants a key, and a server that workprint.toml names is sent none. Fix: name it by "
                    f"--base-url or WORKPRINT_BASE_URL and set WORKPRINT_API_KEY, {OFFLINE}."
                )
            wrong = f"refuses the key{said}" if has_key else "wants a key"
            return f"{who} {wrong}. Fix: set {name} in the environment to a key that is valid there, {OFFLINE}."
        case What.QUOTA:
            return f"The account at {who} is used up{said}. Fix: add credit there, {OFFLINE}."
        case What.MODEL:
            near = trouble.near or "."
            address = ", or check that the address ends in /v1" if config.base_url else ""
            return f"{who} knows no model '{config.model}'{said}{near} Fix: give one that it has{address}, {OFFLINE}."
        case What.CONTEXT:
            return (
                f"The question of the {stage} is longer than {config.model} can read{said}. Fix: choose a model with a "
                f"longer context, or start the local server with one, {OFFLINE}."
            )
        case What.RATE:
            wait = trouble.retry_after_s
            when = f"for {wait:.0f} s more" if wait and wait >= 1 else "for now"
            tries = "1 try" if times == 1 else f"{times} tries"
            return (
                f"{who} takes no more requests {when}, after {tries}{said}. Fix: run again later, what is "
                f"answered is kept, {OFFLINE}."
            )
        case What.SERVER:
            return f"{who} fails, {times} times in a row{said}. Fix: run again later, {OFFLINE}."
        case What.TIMEOUT:
            return f"{who} sends nothing, {times} times in a row. Fix: see whether it is overloaded, {OFFLINE}."
        case What.NETWORK:
            check = "start the server, or check --base-url" if config.base_url else "check the network"
            return (
                f"{who} cannot be reached, or the connection is lost, {times} times in a row. Fix: {check}, {OFFLINE}."
            )
        case What.REQUEST:
            return f"{who} does not take the request{said}. Fix: choose another model, {OFFLINE}."
        case What.OTHER:
            return f"{config.name} cannot be asked{said}. Fix: check its package and its settings, {OFFLINE}."
