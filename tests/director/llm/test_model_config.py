"""Who directs: from the command line, the folder's file, the environment; and where keys come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from director.llm.budget import Limit
from director.llm.config import DirectorConfig, read_config
from director.llm.keys import find_key, key_name
from shots.errors import WorkprintError

NOTHING: dict[str, str] = {}


def wrote(folder: Path, text: str) -> Path:
    (folder / "workprint.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_rules_direct_by_default(tmp_path: Path) -> None:
    config = read_config(folder=tmp_path, environ=NOTHING)
    assert config.offline and config.name == "rules" and config.limit is None


def test_each_setting_comes_from_the_first_place_that_gives_it(tmp_path: Path) -> None:
    wrote(tmp_path, '[director]\nmodel = "openai:in-file"\nbudget = 2\n')
    environ = {"WORKPRINT_DIRECTOR": "openai:in-environment", "WORKPRINT_BASE_URL": "http://10.0.0.7:8000/v1/"}
    config = read_config(folder=tmp_path, environ=environ)
    assert (config.name, config.base_url, config.limit) == (
        "openai:in-file", "http://10.0.0.7:8000/v1", Limit(dollars=2.0),
    )  # fmt: skip
    config = read_config("openai:on-line", "http://[::1]:1234/v1", "200_000tok", folder=tmp_path, environ=environ)
    assert (config.name, config.base_url, config.limit) == (
        "openai:on-line", "http://[::1]:1234/v1", Limit(tokens=200_000),
    )  # fmt: skip
    assert read_config(folder=tmp_path / "elsewhere", environ=environ).model == "in-environment"
    assert read_config("rules", folder=tmp_path, environ=environ).offline


def test_a_models_name_may_hold_colons_and_slashes(tmp_path: Path) -> None:
    config = read_config("openai:library/llama3.1:8b-q4", folder=tmp_path, environ=NOTHING)
    assert (config.provider, config.model) == ("openai", "library/llama3.1:8b-q4")


@pytest.mark.parametrize(
    ("director", "url", "told"),
    [
        ("gpt-5-mini", None, "'gpt-5-mini' names no director. Fix: give openai:gpt-5-mini, PROVIDER:MODEL or rules."),
        ("ruels", None, "'ruels' names no director; did you mean 'rules'?"),
        ("openai:", None, "names no director"),
        ("OpenAI:x", None, "names no director"),
        ("../../x:y", None, "names no director"),
        ("rules", "http://127.0.0.1:1/v1", "names a server and no model. Fix: add --director openai:MODEL."),
        ("groq:llama", "http://127.0.0.1:1/v1", "Fix: give --director openai:llama"),
        ("openai:m", "127.0.0.1:8080", "--base-url is no address of a server. Fix: give it as http://"),
        ("openai:m", "file:///etc/passwd", "--base-url is no address"),
        ("openai:m", "http://127.0.0.1:99999/v1", "--base-url is no address"),
        ("openai:m", "https://me:pass@host/v1", "holds more than an address. Fix: give it as https://host/v1"),
        ("openai:m", "https://host/v1?key=sk-123", "holds more than an address"),
    ],
)
def test_what_cannot_be_a_setting_is_told(tmp_path: Path, director: str, url: str | None, told: str) -> None:
    with pytest.raises(WorkprintError) as raised:
        read_config(director, url, folder=tmp_path, environ=NOTHING)
    said = str(raised.value)
    assert told in said and "pass@" not in said and "sk-123" not in said and said.count("\n") == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[director]\nmodell = 'openai:m'", "has no 'modell'; did you mean 'model'? Fix: use model, base_url, budget."),
        ("[directr]\nmodel = 'openai:m'", "there is no section [directr]; did you mean 'director'?"),
        ("[director]\nmodel = 7", "model is no text"),
        ("[director]\nbudget = true", "budget is no text"),
        ("director = 'openai:m'", "director is no section"),
        ("[director\n", "cannot be read as TOML"),
        ("[director]\nbudget = '-3'", "is no budget"),
        ("[director]\nmodel = 'openai:m'\nbase_url = 'nowhere'", "base_url is no address"),
    ],
)
def test_a_bad_file_is_told_with_its_name(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(WorkprintError) as raised:
        read_config(folder=wrote(tmp_path, text), environ=NOTHING)
    assert told in str(raised.value)
    assert "workprint.toml" in str(raised.value) or "--budget" in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "[director]\napi_key = 'abc-secret-4711'",
        "[director]\nOPENAI_API_KEY = 'abc-secret-4711'",
        "[director]\ntoken = 'abc-secret-4711'",
        "[director]\nmodel = 'openai:sk-abcsecret4711abc'",
        "[keys]\nopenai = ['sk-proj-abcsecret4711']",
    ],
)
def test_a_key_in_a_file_is_refused_without_a_word_of_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(WorkprintError, match=r"holds a key, and keys do not belong in files\. Fix: delete") as raised:
        read_config(folder=wrote(tmp_path, text), environ=NOTHING)
    assert "secret" not in str(raised.value)


def test_which_key_goes_where() -> None:
    def config(**settings: str) -> DirectorConfig:
        return DirectorConfig(model="m", **settings)  # type: ignore[arg-type]

    assert key_name(config(provider="openai", server_from="openai")) == "OPENAI_API_KEY"
    assert key_name(config(provider="openai", server_from="openai environment")) == "OPENAI_API_KEY"
    assert key_name(config(provider="openai", server_from="user")) == "WORKPRINT_API_KEY"
    assert key_name(config(provider="openai", server_from="file")) is None
    assert key_name(config(provider="groq")) == "GROQ_API_KEY"


def test_the_address_of_openais_own_variable_goes_with_its_key(tmp_path: Path) -> None:
    config = read_config("openai:m", folder=tmp_path, environ={"OPENAI_BASE_URL": "https://eu.api.openai.com/v1"})
    assert config.server_from == "openai environment" and key_name(config) == "OPENAI_API_KEY"


def test_a_key_is_held_so_that_it_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " sk-hidden-0815 \n")
    key = find_key(DirectorConfig(provider="openai", model="m", server_from="openai"))
    assert key is not None and key.get_secret_value() == "sk-hidden-0815"
    assert "hidden" not in f"{key} {key!r}"


KEYRING = """
def get_password(service, user):
    if user == "server":
        raise RuntimeError("the keyring is locked")
    return {("workprint", "openai"): "sk-from-the-keyring"}.get((service, user))
"""


def test_a_key_may_lie_in_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keyring.py").write_text(KEYRING)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    openai = DirectorConfig(provider="openai", model="m", server_from="openai")
    found = find_key(openai)
    assert found is not None and found.get_secret_value() == "sk-from-the-keyring"
    local = DirectorConfig(provider="openai", model="m", base_url="http://127.0.0.1:1/v1", server_from="user")
    assert find_key(local) is None, "a locked keyring is none"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    found = find_key(openai)
    assert found is not None and found.get_secret_value() == "sk-from-the-environment"
    del sys.modules["keyring"]
