"""Who directs: the offline rules or a language model. From the command line, `workprint.toml`, the environment.

    [director]
    model = "openai:gpt-5-mini"
    base_url = "http://127.0.0.1:8080/v1"
    budget = "0.50"

Each setting is taken from the first place that gives it, in that order; without any, the rules direct. A key is
never a setting (see `director.llm.keys`), and a file that holds one is refused.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from director.llm.budget import Limit, read_limit
from shots.errors import WorkprintError, near_name

__all__ = ["CONFIG_FILE", "RULES", "DirectorConfig", "ServerFrom", "read_config"]

RULES = "rules"
CONFIG_FILE = "workprint.toml"
ServerFrom = Literal["openai", "openai environment", "user", "file", "provider"]

_SETTINGS = ("model", "base_url", "budget")
_KEYISH = re.compile(r"key|token$|secret|password|credential", re.IGNORECASE)
_KEY_VALUE = re.compile(r"\b(sk|lsv2|gsk|hf|xai|pk|nvapi)[-_][\w-]{12,}")


@dataclass(frozen=True, kw_only=True)
class DirectorConfig:
    """Who directs, and where that model is asked. Holds no key."""

    provider: str  # "rules", "openai" or a langchain provider
    model: str = ""
    base_url: str | None = None  # of an OpenAI-compatible server
    server_from: ServerFrom = "provider"  # who named the server: says which key it may be sent
    limit: Limit | None = None

    @property
    def offline(self) -> bool:
        """Whether no language model is asked."""
        return self.provider == RULES

    @property
    def name(self) -> str:
        """As it is given on the command line: `rules` or `PROVIDER:MODEL`."""
        return RULES if self.offline else f"{self.provider}:{self.model}"

    @property
    def server(self) -> str:
        """The server as a person calls it."""
        return self.base_url or {"openai": "OpenAI"}.get(self.provider, self.provider)


def read_config(
    director: str | None = None,
    base_url: str | None = None,
    budget: str | None = None,
    *,
    folder: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> DirectorConfig:
    """The config by the command line's `director`, `base_url` and `budget`, the folder's file, the environment.

    Args:
        folder: where `workprint.toml` may lie; the working directory by default.
        environ: the environment; the process's own by default.

    Raises:
        WorkprintError: a setting that cannot be read, or a file that holds a key.
    """
    environ = os.environ if environ is None else environ
    file = (folder or Path()) / CONFIG_FILE
    written = _read_file(file)
    name = director or written.get("model") or environ.get("WORKPRINT_DIRECTOR", "").strip() or RULES
    provider, model = _split(name)
    spent = budget or written.get("budget")
    limit = read_limit(spent) if spent else None
    if provider == RULES:
        if base_url:
            raise WorkprintError(
                f"--base-url {base_url} names a server and no model. Fix: add --director openai:MODEL."
            )
        return DirectorConfig(provider=RULES, limit=limit)
    if provider != "openai":
        if base_url:
            raise WorkprintError(
                f"--base-url goes with an OpenAI-compatible server. Fix: give --director openai:{model}, "
                f"or leave --base-url out and set up {provider} by its own variables."
            )
        return DirectorConfig(provider=provider, model=model, limit=limit)
    places: tuple[tuple[str | None, ServerFrom, str], ...] = (
        (base_url, "user", "--base-url"),
        (written.get("base_url"), "file", f"{file}: base_url"),
        (environ.get("WORKPRINT_BASE_URL", "").strip(), "user", "WORKPRINT_BASE_URL"),
        (environ.get("OPENAI_BASE_URL", "").strip(), "openai environment", "OPENAI_BASE_URL"),
    )
    for url, server_from, place in places:
        if url:
            return DirectorConfig(
                provider=provider, model=model, base_url=_url(url, place), server_from=server_from, limit=limit
            )
    return DirectorConfig(provider=provider, model=model, server_from="openai", limit=limit)


def _split(name: str) -> tuple[str, str]:
    """`openai:gpt-5-mini` → ("openai", "gpt-5-mini"); a model's own name may hold colons."""
    if name == RULES:
        return RULES, ""
    provider, colon, model = name.partition(":")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", provider) or not (colon and model.strip()):
        fix = f"openai:{name}" if not colon and re.fullmatch(r"[\w.\-/]+", name) else "openai:MODEL"
        near = near_name(name, [RULES]) or "."
        raise WorkprintError(f"'{name[:80]}' names no director{near} Fix: give {fix}, PROVIDER:MODEL or rules.")
    return provider, model.strip()


def _url(text: str, place: str) -> str:
    """An address to ask at; one that holds a password, a query or anything but http is refused."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or not text.isprintable() or " " in text:
        raise WorkprintError(f"{place} is no address of a server. Fix: give it as http://127.0.0.1:8080/v1.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise WorkprintError(
            f"{place} holds more than an address. Fix: give it as {parts.scheme}://{host}/v1 and keep a key in "
            "WORKPRINT_API_KEY."
        )
    return text.rstrip("/")


def _read_file(file: Path) -> dict[str, str]:
    """The settings of `workprint.toml`, none where there is no such file."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkprintError(f"{file} cannot be read as TOML: {error}. Fix: mend it, or delete it.") from None
    _refuse_keys(file, raw)
    for section in raw:
        if section != "director":
            near = near_name(section, ["director"]) or "."
            raise WorkprintError(f"{file}: there is no section [{section}]{near} Fix: use [director].")
    settings = raw.get("director", {})
    if not isinstance(settings, dict):
        raise WorkprintError(f"{file}: director is no section. Fix: write [director] on a line of its own.")
    for name, value in settings.items():
        if name not in _SETTINGS:
            near, known = near_name(name, _SETTINGS) or ".", ", ".join(_SETTINGS)
            raise WorkprintError(f"{file}: [director] has no '{name}'{near} Fix: use {known}.")
        if isinstance(value, bool) or not isinstance(value, str if name != "budget" else str | int | float):
            raise WorkprintError(f"{file}: {name} is no text. Fix: write it in quotes.")
    return {name: str(value) for name, value in settings.items()}


def _refuse_keys(file: Path, value: Any) -> None:
    """A key in a file is told without a word of it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if _KEYISH.search(name) and not isinstance(inner, Mapping):
                _refuse(file)
            _refuse_keys(file, inner)
    elif isinstance(value, list):
        for inner in value:
            _refuse_keys(file, inner)
    elif isinstance(value, str) and _KEY_VALUE.search(value):
        _refuse(file)


def _refuse(file: Path) -> None:
    raise WorkprintError(
        f"{file} holds a key, and keys do not belong in files. Fix: delete that line and set OPENAI_API_KEY in the "
        "environment."
    )
