"""storyboard.schema.json: what editors complete and check storyboard.yaml against (JSON Schema draft-07).

Generated from `shots.spec`, whose docstrings and comments become the descriptions; `python -m shots.schema`
writes it and a test fails when it drifts. It allows what `shots.storyboard` reads, short forms included.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from shots import source, spec
from shots.reading import ID_FIELDS, MAIN_FIELD
from shots.spec import Storyboard

__all__ = ["PATH", "schema_text"]

PATH = Path(__file__).with_name("storyboard.schema.json")
_ID_PATTERN = r"^(?!.*\.\.)[^/\\\u0000-\u001f]+$"  # as near to shots.ids as all editors' patterns go
_COMMENT = re.compile(r"^    (?P<name>\w+): .*?  # (?P<said>.+)$", re.MULTILINE)


def schema_text() -> str:
    """The schema as the text of its file."""
    raw = TypeAdapter(Storyboard).json_schema(ref_template="#/definitions/{model}", mode="validation")
    definitions = raw.pop("$defs")
    definitions = {name: _record(name, definitions[name]) for name in sorted(definitions)}
    top = _record("Storyboard", raw)
    whole = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Workprint storyboard",
        **{key: value for key, value in top.items() if key != "title"},
        "definitions": definitions,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _record(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    record: type = getattr(spec, name, None) or getattr(source, name)
    said = {m["name"]: m["said"] for m in _COMMENT.finditer(inspect.getsource(record))}
    properties = {key: _property(record, key, value, said) for key, value in schema["properties"].items()}
    described = {
        "description": " ".join((inspect.getdoc(record) or "").split()),
        "type": "object",
        "properties": properties,
        "required": schema.get("required", []),
        "additionalProperties": False,
    }
    if name == "SourceSpan":
        short = {"type": "string", "pattern": ":[0-9]+(-[0-9]+)?$", "description": "file:first-last"}
        return {"anyOf": [short, described]}
    if record is spec.Line:
        spoken: dict[str, Any] = {
            "description": "NAME: words",
            "type": "object",
            "propertyNames": {"pattern": "^[^a-z]+$"},
            "additionalProperties": {"type": "string"},
            "minProperties": 1,
            "maxProperties": 1,
        }
        return {"anyOf": [spoken, described]}
    if record in MAIN_FIELD:
        return {"anyOf": [{**properties[MAIN_FIELD[record]], "description": f"its {MAIN_FIELD[record]}"}, described]}
    return described


def _property(record: type, key: str, schema: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    schema = _plain(schema)
    if (record, key) in ID_FIELDS:
        text = schema.get("items", schema)
        text |= {"pattern": _ID_PATTERN, "maxLength": 80}
    if schema.get("type") == "array" and _takes_single(schema["items"]):
        schema = {"anyOf": [schema, schema["items"]]}
    if key in said:
        schema["description"] = said[key]
    return {**schema, "title": key} if "$ref" not in schema else {"allOf": [schema], "title": key}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Without pydantic's titles and defaults, and without null: what is not said is left out."""
    schema = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if options := schema.pop("anyOf", None):
        (only,) = (option for option in options if option.get("type") != "null")
        schema |= only
    if "items" in schema:
        schema["items"] = _plain(schema["items"])
    return schema


def _takes_single(items: dict[str, Any]) -> bool:
    if items.get("type") == "string":
        return True
    name = items.get("$ref", "").rsplit("/", 1)[-1]
    return name == "SourceSpan" or any(record.__name__ == name for record in MAIN_FIELD)


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8")
