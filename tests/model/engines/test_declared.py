"""Every capability that an engine declares is shown by a test, and every name that a test shows is declared."""

import ast
from pathlib import Path

import pytest

from model.backends.registry import ENGINES, engine_of

ALWAYS = ("length", "rate", "size", "seed")
"""What every engine is tested for besides what it declares."""


def shown() -> dict[str, set[str]]:
    """By engine, what the `capability` marks of this folder's tests name."""
    found: dict[str, set[str]] = {}
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.capability":
                        engine, *names = (ast.literal_eval(value) for value in mark.args)
                        found.setdefault(engine, set()).update(names)
    return found


@pytest.mark.parametrize("name", ENGINES)
def test_what_is_declared_is_shown(name: str) -> None:
    engine = engine_of(name)
    assert engine.name == name
    assert shown().get(name, set()) == {*engine.capabilities.declared(), *ALWAYS}
