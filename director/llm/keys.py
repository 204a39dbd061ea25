"""Keys of language models: from the environment or the system's keyring, and never anywhere else.

A key is held as a `SecretStr`, so that no repr, log line or traceback shows it, and is sent only to whom it belongs:

    OPENAI_API_KEY      to OpenAI, and to the server that OPENAI_BASE_URL names
    WORKPRINT_API_KEY   to a server that the user names by --base-url or WORKPRINT_BASE_URL
    PROVIDER_API_KEY    read by the provider's own package
    the keyring         service "workprint", user "openai", "server" or the provider's name

A server that a file names (`workprint.toml` may come from somebody else) is sent no key at all.
"""

from __future__ import annotations

import importlib
import importlib.util
import os

from pydantic import SecretStr

from director.llm.config import DirectorConfig
from shots.errors import ModelError

__all__ = ["KEYRING_SERVICE", "find_key", "key_name", "where_key"]

KEYRING_SERVICE = "workprint"


def key_name(config: DirectorConfig) -> str | None:
    """The environment variable that holds the key which goes to the model's server; None for no key at all."""
    if config.provider != "openai":
        return f"{config.provider.upper()}_API_KEY"
    if config.server_from == "file":
        return None
    return "OPENAI_API_KEY" if config.server_from in {"openai", "openai environment"} else "WORKPRINT_API_KEY"


def find_key(config: DirectorConfig) -> SecretStr | None:
    """The key to send, None when there is none and none may be needed.

    Raises:
        ModelError: OpenAI is to be asked and there is no key, or what stands for one cannot be one.
    """
    name = key_name(config)
    if name is None:
        return None
    user = config.provider if config.server_from != "user" else "server"
    value = os.environ.get(name, "").strip() or _from_keyring(user)
    if not value:
        if config.server_from == "openai":
            raise ModelError(
                f"There is no key for OpenAI. Fix: set {name} in the environment, or go on offline with "
                "--director rules."
            )
        return None
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ModelError(
            f"{name} holds characters that stand in no key. Fix: copy the key again, or go on offline with "
            "--director rules."
        )
    return SecretStr(value)


def where_key(name: str) -> str | None:
    """Where the key of this environment variable is, "the environment" or "the keyring"; None where there is none."""
    if os.environ.get(name, "").strip():
        return "the environment"
    user = "server" if name == "WORKPRINT_API_KEY" else name.removesuffix("_API_KEY").lower()
    return "the keyring" if _from_keyring(user) else None


def _from_keyring(user: str) -> str:
    """What the system's keyring holds, an empty string without the package, a keyring or an entry."""
    if importlib.util.find_spec("keyring") is None:
        return ""
    try:
        found = importlib.import_module("keyring").get_password(KEYRING_SERVICE, user)
    except Exception:  # back ends raise what they like: locked, missing, no D-Bus
        return ""
    return str(found or "").strip()
