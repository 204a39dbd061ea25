"""A film ten times as long takes no more memory, open files or processes to render and cut."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import resource, sys, threading, time
from pathlib import Path
sys.path.insert(0, {here!r})
from test_cut_film import Made
import shots.cut.segment

if __name__ == "__main__":
    most_files = 0
    def watch():
        global most_files
        while True:
            most_files = max(most_files, len(list(Path("/proc/self/fd").iterdir())))
            time.sleep(0.005)
    threading.Thread(target=watch, daemon=True).start()
    made = Made(Path(sys.argv[1]), ("cut", "cut", "dissolve") * int(sys.argv[2]), fps=8)
    film = made()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, most_files, film.segments_encoded)
"""


def measured(folder: Path, thirds: int) -> tuple[float, int, int]:
    """Peak memory in MB, most files open at once, segments encoded."""
    folder.mkdir()
    script = folder / "run.py"
    script.write_text(RUN.format(here=str(Path(__file__).parent)), "utf-8")
    told = subprocess.run(
        [sys.executable, str(script), str(folder / "film"), str(thirds)], capture_output=True, text=True, check=True
    )
    memory_kb, files, segments = (int(word) for word in told.stdout.split())
    return memory_kb / 1024, files, segments


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to count open files")
def test_memory_and_open_files_do_not_grow_with_the_film(tmp_path: Path) -> None:
    short_mb, short_files, short_segments = measured(tmp_path / "short", 10)
    long_mb, long_files, long_segments = measured(tmp_path / "long", 100)
    assert long_segments > 6 * short_segments
    assert long_mb < short_mb + 25
    assert long_files <= short_files + 4
