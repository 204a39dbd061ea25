"""What this machine has, and what each missing part would give. Never prints a key's value."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Finding", "examine"]

_KEYS = ("OPENAI_API_KEY",)


@dataclass(frozen=True)
class Finding:
    """One part of the machine: whether it is there, what it is, and what it gives or would give."""

    part: str
    present: bool
    what: str
    gives: str


def examine(folder: Path) -> tuple[Finding, ...]:
    """Looks the machine over; `folder` is where films would be written."""
    return (_python(), _disk(folder), _ffmpeg(), _gpu(), _voices(), *_fonts(), *_keys(), *_extras())


def _python() -> Finding:
    what = f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores"
    return Finding("computer", True, what, "previz films; two cores are enough")


def _disk(folder: Path) -> Finding:
    nearest = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
    free_gb = shutil.disk_usage(nearest).free / 1e9
    return Finding("disk", free_gb > 1, f"{free_gb:.0f} GB free", "a two-minute film takes about 0.1 GB with its takes")


def _ffmpeg() -> Finding:
    import av

    version = ".".join(map(str, av.library_versions["libavcodec"]))
    has_h264 = "libx264" in av.codecs_available
    what = f"libavcodec {version} through PyAV {av.__version__}"
    return Finding("ffmpeg", has_h264, what if has_h264 else f"{what}, without libx264", "the film's encoding")


def _gpu() -> Finding:
    gives = "nothing yet; pictures are drawn on the CPU"
    import torch

    if torch.cuda.is_available():
        properties = torch.cuda.get_device_properties(0)
        return Finding("GPU", True, f"{properties.name}, {properties.total_memory / 2**30:.0f} GiB", gives)
    return Finding("GPU", False, f"none that torch {torch.__version__} can use", gives)


def _voices() -> Finding:
    from audio.voices import find_engine

    engine, notice = find_engine()
    gives = "a voice for each character, with captions and lips in time"
    if notice is None:
        return Finding("voices", True, f"{engine.name} {engine.version}", gives)
    return Finding("voices", False, notice, gives)


def _fonts() -> tuple[Finding, ...]:
    from shots.fonts import font_path

    latin, chinese = font_path("A"), font_path("中")
    return (
        Finding("font", latin is not None, str(latin.name if latin else "none"), "titles, credits and boards"),
        Finding(
            "Chinese font",
            chinese is not None,
            str(chinese.name if chinese else "none; install a Noto Sans CJK or WenQuanYi font"),
            "Chinese titles and boards",
        ),
    )


def _keys() -> tuple[Finding, ...]:
    return tuple(
        Finding(
            f"key {name}",
            name in os.environ,
            "set" if name in os.environ else "not set",
            "nothing yet; no key is needed",
        )
        for name in _KEYS
    )


def _extras() -> tuple[Finding, ...]:
    wanted = {"notebook": ("anywidget", "Jupyter"), "ray": ("ray", "many machines")}
    return tuple(
        Finding(
            f"extra {extra}",
            importlib.util.find_spec(module) is not None,
            _version(module)
            if importlib.util.find_spec(module)
            else f"not installed; `pip install 'workprint[{extra}]'`",
            f"nothing yet; reserved for {purpose}",
        )
        for extra, (module, purpose) in wanted.items()
    )


def _version(distribution: str) -> str:
    return importlib.metadata.version(distribution)
