"""What this machine has, and what each missing part would give. Never prints a key's value.

How fast the video model is, is measured and not looked up: a second of film is pictured twice, the second time timed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from director.llm.config import RULES, DirectorConfig, read_config
from director.llm.keys import key_name, where_key
from model.errors import PictureError
from model.weights import SHIPPED
from shots.errors import WorkprintError

__all__ = ["Finding", "examine"]

_KEYS = {
    "OPENAI_API_KEY": "films directed by OpenAI's models, and screenplays from an idea",
    "WORKPRINT_API_KEY": "the same by a server that --base-url names, where it wants a key",
}
_WIDTH_PX, _HEIGHT_PX, _FPS = 512, 288, 24


@dataclass(frozen=True)
class Finding:
    """One part of the machine: whether it is there, what it is, and what it gives or would give."""

    part: str
    present: bool
    what: str
    gives: str


def examine(folder: Path, weights: Path = SHIPPED) -> tuple[Finding, ...]:
    """Looks the machine over; `folder` is where films would be written, `weights` what the video model is made of."""
    parts = (_python(), _disk(folder), _ffmpeg(), _gpu(), *_video_model(weights), *_voices(), *_score())
    return (*parts, *_fonts(), *_director(), *_extras())


def _python() -> Finding:
    what = f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores"
    return Finding("computer", True, what, "films; two cores are enough")


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
    gives = "the video model's pictures in less time"
    import torch

    if torch.cuda.is_available():
        properties = torch.cuda.get_device_properties(0)
        return Finding("GPU", True, f"{properties.name}, {properties.total_memory / 2**30:.0f} GiB", gives)
    return Finding("GPU", False, f"none that torch {torch.__version__} can use", gives)


def _video_model(weights: Path) -> tuple[Finding, ...]:
    """Whether the weights are whole, where they would compute and in which numbers, and how long that takes."""
    from model.weights import check_weights, device_of, digest_of, settings_of

    gives = "films painted by the video model (`--picture dit`)"
    device, dtype = device_of()
    kind = str(dtype).removeprefix("torch.")
    quick = kind == "bfloat16"
    where = Finding(
        "where it computes",
        quick,
        f"{device}, in {kind}" + ("" if quick else "; this processor has no bfloat16 of its own"),
        "half the memory, and more speed, by bfloat16",
    )
    try:
        check_weights(weights)
        size_mb = sum(path.stat().st_size for path in weights.rglob("*.safetensors")) / 1e6
        made = ", ".join(f"{name} {value}" for name, value in settings_of(weights))
        whole = Finding("video model", True, f"whole, {size_mb:.0f} MB, {digest_of(weights)[:8]}, {made}", gives)
        return (whole, where, _speed(weights))
    except PictureError as error:
        return (Finding("video model", False, str(error), gives), where)


def _speed(weights: Path) -> Finding:
    """One second of film by the video model, the weights being read and the machine warm.

    Raises:
        PictureError: the weights are no model of this version.
    """
    from model.backends.dit import VideoDiTBackend
    from model.request import ClipRequest
    from model.sampler import sample

    request = ClipRequest(
        stage=sample("held_out", 0).stage, width_px=_WIDTH_PX, height_px=_HEIGHT_PX, fps=_FPS, frame_count=_FPS, seed=0
    )
    backend = VideoDiTBackend(folder=weights)
    for _ in range(2):
        started = time.perf_counter()
        for _frame in backend.generate(request):
            pass
        took_s = time.perf_counter() - started
    what = f"a second of film at {_WIDTH_PX}×{_HEIGHT_PX} took {took_s:.2g} s"
    gives = f"two minutes of film in about {max(1, round(2 * took_s))} min, with --picture previz in less"
    return Finding("speed", True, what, gives)


def _voices() -> tuple[Finding, ...]:
    from audio.voices import open_voices

    engine, notice = open_voices()
    gives = "a voice for each character, with captions and lips in time"
    own = Finding("voices", notice is None, notice or f"{engine.name} {engine.version}", gives)
    runs = importlib.util.find_spec("onnxruntime") is not None
    neural = Finding(
        "neural voices",
        runs,
        f"onnxruntime {_version('onnxruntime')}; the model is yours to bring" if runs else "no onnxruntime",
        "human voices by --voices kokoro:FOLDER or piper:FILE",
    )
    return own, neural


def _score() -> tuple[Finding, ...]:
    """Who can make music here: our own ensemble always can."""
    own = Finding("score", True, "composed and played by Workprint's own ensemble", "music by mood, on the cuts")
    player = "fluidsynth" if shutil.which("fluidsynth") else ""
    player = player or ("tinysoundfont" if importlib.util.find_spec("tinysoundfont") else "")
    font = Finding(
        "SoundFont player",
        bool(player),
        player or "neither fluidsynth nor tinysoundfont is installed",
        "the score on instruments of your own, by --soundfont FILE.sf2",
    )
    libraries = [name for name in ("diffusers", "transformers") if importlib.util.find_spec(name)]
    model = Finding(
        "music models",
        len(libraries) == 2,
        f"{' and '.join(f'{name} {_version(name)}' for name in libraries)}; the weights are yours to bring"
        if libraries
        else "neither diffusers nor transformers is installed",
        "a score by ACE-Step, Stable Audio or MusicGen, by --score FOLDER",
    )
    return own, font, model


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


def _director() -> tuple[Finding, ...]:
    """Who directs by `workprint.toml` and the environment, and which keys there are; none is read out."""
    gives = "who directs where --director names nobody"
    try:
        config = read_config()
    except WorkprintError as error:
        return (Finding("director", False, str(error), gives), *_keys(DirectorConfig(provider=RULES)))
    who = "the offline rules; no key is needed" if config.offline else f"{config.name}, asked at {config.server}"
    return (Finding("director", True, who, gives), *_keys(config))


def _keys(config: DirectorConfig) -> tuple[Finding, ...]:
    wanted = dict(_KEYS)
    name = None if config.offline else key_name(config)
    if name is not None:
        wanted.setdefault(name, f"films directed by {config.name}")
    found = {each: where_key(each) for each in wanted}
    return tuple(
        Finding(f"key {each}", where is not None, f"set in {where}" if where else "not set", wanted[each])
        for each, where in found.items()
    )


def _extras() -> tuple[Finding, ...]:
    wanted = {
        "notebook": ("anywidget", "the desk in a notebook, `film.widget()`"),
        "ray": ("ray", "nothing yet; reserved for many machines"),
    }
    return tuple(
        Finding(
            f"extra {extra}",
            importlib.util.find_spec(module) is not None,
            _version(module)
            if importlib.util.find_spec(module)
            else f"not installed; `pip install 'workprint[{extra}]'`",
            purpose,
        )
        for extra, (module, purpose) in wanted.items()
    )


def _version(distribution: str) -> str:
    return importlib.metadata.version(distribution)
