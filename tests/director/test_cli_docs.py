"""docs/cli.md says what the command line says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_command_page_is_as_the_help_is(repository: Path) -> None:
    code = "import sys; sys.path.insert(0, 'docs'); import make_cli; sys.stdout.write(make_cli.text())"
    reply = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=True)
    assert reply.stdout == (repository / "docs" / "cli.md").read_text(encoding="utf-8"), "run `make docs`"
