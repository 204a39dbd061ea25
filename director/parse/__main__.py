"""Prints a screenplay as JSON: `python -m director.parse FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from director.parse import as_json, read
from shots.errors import ScriptError

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Prints the parsed file; 2 and one sentence on stderr if it cannot be read."""
    if len(arguments) != 1:
        print("usage: python -m director.parse FILE", file=sys.stderr)
        return 2
    try:
        script = read(Path(arguments[0]))
    except ScriptError as error:
        print(error, file=sys.stderr)
        return 2
    sys.stdout.buffer.write(json.dumps(as_json(script), ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
