from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from yaml import CSafeLoader, load

from shots import schema
from shots.spec import Storyboard
from shots.storyboard import dumps

QUICK = (Phase.explicit, Phase.generate)  # shrinking a film takes minutes
SCHEMA: dict[str, Any] = json.loads(schema.PATH.read_text(encoding="utf-8"))


class Words(CSafeLoader):  # type: ignore[misc]
    """YAML 1.1 as editors' schema checks read it, without its dates."""


Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in CSafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str) -> list[str]:
    from jsonschema import Draft7Validator  # slow to load, and every worker collects this file

    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(load(text, Words))]  # noqa: S506  safe loader


def test_the_schema_in_the_package_is_the_one_generated() -> None:
    assert schema.PATH.read_text(encoding="utf-8") == schema.schema_text(), "run python -m shots.schema"


def test_it_is_draft_07_and_describes_every_record() -> None:
    from jsonschema import Draft7Validator

    Draft7Validator.check_schema(SCHEMA)
    assert "draft-07" in SCHEMA["$schema"]
    assert "prefixItems" not in schema.schema_text()
    for definition in SCHEMA["definitions"].values():
        assert definition.get("description") or definition["anyOf"][-1]["description"]


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(data=st.data())
def test_what_is_written_passes_it(data: st.DataObject, storyboards: st.SearchStrategy[Storyboard]) -> None:
    text = dumps(data.draw(storyboards))
    assert errors(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "title: x\nscenes: [{heading: INT. A, people: [A, {character: B}], shots: [{transition: dissolve}]}]",
        "title: x\ncast: [MARA]\nplaces: [CAFE]\nscenes: [{heading: INT. A, shots: [{subjects: MARA, source: a:1}]}]",
        "title: x\nscenes: [{heading: INT. A, shots: [{lines: [MARA: Hello., {character: TOM, text: Hi}]}]}]",
    ],
)
def test_short_forms_pass_it(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    "shot", ["sise: MCU", "size: MUC", "duration_s: -1", "people: [{act: walk}]", "subjects: [../a]", "source: nowhere"]
)
def test_what_is_wrong_fails_it(shot: str) -> None:
    assert errors(f"title: x\nscenes:\n- heading: INT. A\n  shots:\n  - {shot}\n")
