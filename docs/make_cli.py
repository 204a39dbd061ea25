"""Writes docs/cli.md from the command line's own help. `tests/director/test_cli_docs.py` fails where it drifted."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).with_name("cli.md")
HEAD = """# The commands

Generated from `workprint --help` by `make docs`; do not edit by hand.
"""


def text() -> str:
    """The page as it should be."""
    os.environ |= {"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
    from typer.main import get_command
    from typer.testing import CliRunner

    from director.cli import app

    def help_of(*command: str) -> str:
        reply = CliRunner().invoke(app, [*command, "--help"], prog_name="workprint")
        body = "\n".join(line.rstrip() for line in reply.output.strip().splitlines())
        return f"```text\n{body}\n```\n"

    group = get_command(app)
    parts = [HEAD, help_of()]
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        parts.append(f"## workprint {name}\n\n{help_of(name)}")
        below = getattr(command, "commands", {})
        parts += [f"### workprint {name} {each}\n\n{help_of(name, each)}" for each in below]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
