"""The tables of engines are those of the code, and a person finds every engine and every card there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from model.backends.registry import ENGINES, IMAGES

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize("page", ["engines.md", "gpu.md"])
def test_the_tables_of_engines_are_the_codes(page: str) -> None:
    code = (
        "import sys; sys.path.insert(0, 'docs'); import make_engines as m; from pathlib import Path; "
        f"print(m.written(Path('docs/{page}')), end=''); assert not {{'torch', 'diffusers'}} & set(sys.modules)"
    )
    reply = subprocess.run([sys.executable, "-X", "utf8", "-c", code], cwd=DOCS.parent, capture_output=True, check=True)
    assert reply.stdout.decode("utf-8") == (DOCS / page).read_text("utf-8"), "run docs/make_engines.py"


def test_every_engine_has_its_rows_and_its_command() -> None:
    page = (DOCS / "engines.md").read_text("utf-8")
    for name in ENGINES:
        assert f"| `{name}`: " in page and f"| `{name}` |" in page
        assert f"workprint doctor --picture {name}:" in page
    assert all(f"| `{name}`: " in page for name in IMAGES)
