"""Measures what the project promises and writes bench/results.json: the machine, the date, and flat keys.

Everything is measured in one run on this machine, through the command or the same calls that it makes.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from reshoot import reshoot
from sound import sound
from theatre import theatre

REPOSITORY = Path(__file__).parents[1]
EXAMPLES = REPOSITORY / "examples"
RESULTS = Path(__file__).with_name("results.json")
LINES_OF_A_PAGE = 55
DRAWN = ("--picture", "previz")


def run(*arguments: str | Path) -> tuple[float, float]:
    """Runs `workprint ARGS...` → (seconds, peak MB of its largest process)."""
    command = [str(Path(sys.executable).with_name("workprint")), *map(str, arguments)]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    told = child.stderr.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stderr.close()
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{told}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def help_s() -> float:
    run("--help")
    return statistics.median(run("--help")[0] for _ in range(7))


def long_screenplay(folder: Path, page_count: int = 120) -> Path:
    """So many pages, made by joining the examples' scenes under other places and names."""
    scenes = (EXAMPLES / "found.fountain").read_text() + "\n\n" + (EXAMPLES / "the-vote.fountain").read_text()
    body = "\n".join(line for line in scenes.splitlines() if not line.startswith(("Title:", "Credit:", "Draft")))
    pages: list[str] = []
    while len(pages) < page_count * LINES_OF_A_PAGE:
        act = str(len(pages))
        text = body.replace("CAFÉ", f"CAFÉ {act}").replace("BEACH", f"BEACH {act}").replace("KITCHEN", f"KITCHEN {act}")
        pages += text.splitlines()
    path = folder / f"long-{page_count}.fountain"
    path.write_text("Title: Long\n\n" + "\n".join(pages[: page_count * LINES_OF_A_PAGE]))
    return path


def many_shots(folder: Path, count: int) -> Path:
    """A storyboard of `count` shots of one second, twenty to a scene."""
    lines = [f"title: Many {count}", "scenes:"]
    for number in range(count):
        if number % 20 == 0:
            lines += [f"  - heading: EXT. STREET {number // 20} - DAY", "    shots:"]
        size = ("WS", "MS", "CU")[number % 3]
        lines.append(f"      - {{size: {size}, subjects: [ANNA], action: Anna waits., duration_s: 1}}")
    path = folder / f"many-{count}.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def film(folder: Path) -> dict[str, float]:
    """The example film at 512×288, by each picture there is: how much faster than it runs everything together is.

    Each is made in a folder of its own, so that none takes speech or sound from the other.
    """
    import av

    from model.weights import SHIPPED

    out: dict[str, float] = {}
    for picture in ("previz", "dit") if (SHIPPED / "sealed.json").is_file() else ("previz",):
        into = folder / f"found-{picture}"
        seconds, peak_mb = run("make", EXAMPLES / "found.fountain", "-o", into, "--picture", picture)
        with av.open(into / "film.mp4") as made:
            assert made.duration is not None
            length_s = made.duration / av.time_base
        out |= {
            "film_s": length_s,
            f"film_made_in_s_{picture}": seconds,
            f"film_realtime_factor_{picture}": length_s / seconds,
            f"film_peak_mb_{picture}": peak_mb,
        }
    return out


def recut(folder: Path) -> dict[str, float]:
    """The cut of 60 shots, first and again after one shot changed."""
    from director.opening import open_film
    from director.produce import Production
    from director.progress import Silent

    opened = open_film(many_shots(folder, 60), folder / "sixty")
    first = Production(opened, picture="previz", workers=0, progress=Silent())
    assert first.takes
    assert first.mix  # the sound is measured by itself
    start = time.perf_counter()
    first.cut()
    first_s = time.perf_counter() - start

    scene = opened.storyboard.scenes[1]
    shot = replace(scene.shots[3], size="FS")
    scene = replace(scene, shots=(*scene.shots[:3], shot, *scene.shots[4:]))
    scenes = (opened.storyboard.scenes[0], scene, *opened.storyboard.scenes[2:])
    changed = replace(opened, storyboard=replace(opened.storyboard, scenes=scenes))
    again = Production(changed, picture="previz", workers=0, progress=Silent())
    assert again.takes
    assert again.mix
    start = time.perf_counter()
    cut = again.cut()
    again_s = time.perf_counter() - start
    return {
        "cut_60_shots_s": first_s,
        "recut_one_shot_s": again_s,
        "recut_speedup": first_s / again_s,
        "recut_segments_encoded": cut.segments_encoded,
    }


def memory(folder: Path) -> dict[str, float]:
    """Peak memory of rendering and of cutting 60 and 600 shots, at a small size."""
    peaks = {
        (step, count): run(
            step, many_shots(folder, count), "-o", folder / f"memory-{count}", "--size", "128x72", *DRAWN
        )[1]
        for count in (60, 600)
        for step in ("render", "cut")
    }
    return {
        "render_60_shots_mb": peaks["render", 60],
        "render_memory_600_over_60": peaks["render", 600] / peaks["render", 60],
        "cut_60_shots_mb": peaks["cut", 60],
        "cut_memory_600_over_60": peaks["cut", 600] / peaks["cut", 60],
    }


def pretrained() -> dict[str, float]:
    """What is done around a pretrained engine's call; torch comes in, so it is imported only now."""
    from engines import engines

    return engines()


def transformer() -> dict[str, float]:
    """The transformer's speed; torch comes in only now, after everything whose memory is measured."""
    from dit import dit

    return dit()


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        plan_s, plan_mb = run("plan", long_screenplay(folder), "-o", folder / "long")
        found = {
            "help_s": help_s(),
            "plan_120_pages_s": plan_s,
            "plan_120_pages_mb": plan_mb,
            **film(folder),
            **memory(folder),  # before this process grows: a child is charged for what its parent held
            **sound(folder, sorted(EXAMPLES.glob("*.fountain")), long_screenplay(folder, 11), run),
            **recut(folder),
            **reshoot(folder, many_shots(folder, 60), many_shots(folder, 600), long_screenplay(folder)),
            **theatre(),
            **pretrained(),
            **transformer(),
        }
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    results = {
        "machine": machine,
        "python": platform.python_version(),
        "date": datetime.date.today().isoformat(),
        **{name: round(value, 3) for name, value in found.items()},
    }
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    print(RESULTS.read_text(), end="")


if __name__ == "__main__":
    main()
