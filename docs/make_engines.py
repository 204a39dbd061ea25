"""Writes the tables of docs/engines.md and docs/gpu.md from the code. `tests/test_engine_docs.py` fails where they
drifted.

What an engine can be told and made is what its file declares; which weights there are is `model.hub`'s; what fits a
card is what the memory profiles would choose, reckoned from the published shapes below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from model.backends.engine import Capabilities, Engine
from model.backends.fit.choose import choose
from model.backends.fit.machine import Gpu, Machine
from model.backends.fit.profiles import PROFILES, SWITCHES
from model.backends.index import PipelineIndex
from model.backends.registry import ENGINES, IMAGES, engine_of
from model.errors import PictureError
from model.hub.known import KNOWN, named

HERE = Path(__file__).parent
PAGES = (HERE / "engines.md", HERE / "gpu.md")

GIB = 1 << 30
CARDS = (("12 GB, 32 GB of memory", 12, 32), ("24 GB, 64 GB of memory", 24, 64), ("80 GB, 128 GB of memory", 80, 128))
SMALL_PX, SHORT = 832 * 480, 97  # what is tried where the longest clip at the learnt size does not fit
FREE = 0.96  # of a card's memory, with a screen on it

Part = tuple[str, float, dict[str, Any]]
UMT5: Part = ("UMT5EncoderModel", 5.68, {"d_model": 4096, "vocab_size": 256384, "num_layers": 24})
T5: Part = ("T5EncoderModel", 4.76, {"d_model": 4096, "vocab_size": 32128, "num_layers": 24})
QWEN: Part = ("Qwen2_5_VLForConditionalGeneration", 8.29, {"hidden_size": 3584, "vocab_size": 152064})
CLIP: Part = ("CLIPVisionModel", 0.63, {"hidden_size": 1280})
WAN_VAE: Part = ("AutoencoderKLWan", 0.13, {"base_dim": 96, "scale_factor_temporal": 4, "scale_factor_spatial": 8})
WAN_VAE_5B: Part = (
    "AutoencoderKLWan",
    0.7,
    {"base_dim": 160, "decoder_base_dim": 256, "scale_factor_temporal": 4, "scale_factor_spatial": 16},
)
LTX_VAE: Part = (
    "AutoencoderKLLTXVideo",
    1.25,
    {
        "down_block_types": ["LTXVideo095DownBlock3D"] * 4,
        "spatio_temporal_scaling": [True] * 4,
        "decoder_block_out_channels": [256, 512, 1024],
        "temporal_compression_ratio": 8,
        "spatial_compression_ratio": 32,
    },
)


def wan(billions: float, heads: int, layers: int) -> Part:
    """A transformer of Wan's kind."""
    shape = {"patch_size": [1, 2, 2], "num_attention_heads": heads, "attention_head_dim": 128, "num_layers": layers}
    return ("WanTransformer3DModel", billions, shape)


def ltx(billions: float, channels: int, layers: int) -> Part:
    """A transformer of LTX-Video's kind."""
    shape = {"patch_size": 1, "num_attention_heads": 32, "attention_head_dim": channels, "num_layers": layers}
    return ("LTXVideoTransformer3DModel", billions, shape)


SHAPES: dict[str, tuple[str, dict[str, Part], dict[str, Any]]] = {
    "wan-vace:1.3b": (
        "WanVACEPipeline",
        {"transformer": wan(2.15, 12, 30), "text_encoder": UMT5, "vae": WAN_VAE},
        {},
    ),
    "wan-vace:14b": ("WanVACEPipeline", {"transformer": wan(17.3, 40, 40), "text_encoder": UMT5, "vae": WAN_VAE}, {}),
    "ltx:2b": ("LTXConditionPipeline", {"transformer": ltx(1.92, 64, 28), "text_encoder": T5, "vae": LTX_VAE}, {}),
    "ltx:13b-distilled": (
        "LTXConditionPipeline",
        {"transformer": ltx(13.0, 128, 48), "text_encoder": T5, "vae": LTX_VAE},
        {},
    ),
    "wan-i2v:5b": (
        "WanImageToVideoPipeline",
        {
            "transformer": (
                "WanTransformer3DModel",
                5.0,
                {**wan(5.0, 24, 30)[2], "in_channels": 48, "out_channels": 48},
            ),
            "text_encoder": UMT5,
            "vae": WAN_VAE_5B,
        },
        {"expand_timesteps": True},
    ),
    "wan-i2v:14b-480p": (
        "WanImageToVideoPipeline",
        {
            "transformer": (
                "WanTransformer3DModel",
                16.4,
                {**wan(16.4, 40, 40)[2], "in_channels": 36, "out_channels": 16, "image_dim": 1280},
            ),
            "text_encoder": UMT5,
            "vae": WAN_VAE,
            "image_encoder": CLIP,
        },
        {},
    ),
    "skyreels:1.3b": (
        "SkyReelsV2DiffusionForcingPipeline",
        {"transformer": wan(1.42, 12, 30), "text_encoder": UMT5, "vae": WAN_VAE},
        {},
    ),
    "hunyuan15:i2v": (
        "HunyuanVideo15ImageToVideoPipeline",
        {
            "transformer": (
                "HunyuanVideo15Transformer3DModel",
                8.3,
                {"patch_size": 1, "num_attention_heads": 16, "attention_head_dim": 128, "num_layers": 54},
            ),
            "text_encoder": QWEN,
            "image_encoder": ("SiglipVisionModel", 0.43, {"hidden_size": 1152}),
            "vae": (
                "AutoencoderKLHunyuanVideo15",
                1.26,
                {
                    "block_out_channels": [128, 256, 512, 1024, 1024],
                    "temporal_compression_ratio": 4,
                    "spatial_compression_ratio": 16,
                },
            ),
        },
        {},
    ),
    "cogvideox:5b": (
        "CogVideoXImageToVideoPipeline",
        {
            "transformer": (
                "CogVideoXTransformer3DModel",
                5.6,
                {"patch_size": 2, "num_attention_heads": 48, "attention_head_dim": 64, "num_layers": 42},
            ),
            "text_encoder": T5,
            "vae": (
                "AutoencoderKLCogVideoX",
                0.22,
                {"block_out_channels": [128, 256, 256, 512], "temporal_compression_ratio": 4},
            ),
        },
        {},
    ),
}
"""Published weights by their shapes: the pipeline, each part's class, billions of parameters and config, settings."""


def index_of(called: str) -> PipelineIndex:
    """The index that weights of these shapes have."""
    pipeline, parts, settings = SHAPES[called]
    counts = {name: round(billions * 1e9) for name, (_, billions, _) in parts.items()}
    return PipelineIndex(
        folder=Path(called),
        pipeline=pipeline,
        parts=tuple(parts),
        configs=MappingProxyType({name: config for name, (_, _, config) in parts.items()}),
        sizes_bytes=MappingProxyType({name: 2 * count for name, count in counts.items()}),
        settings=MappingProxyType(settings),
        classes=MappingProxyType({name: ("diffusers", kind) for name, (kind, _, _) in parts.items()}),
        counts=MappingProxyType(counts),
    )


def capabilities() -> str:
    """What each engine can be told and makes."""
    told = ("first", "last", "any frame", "clip before", "clip after", "kept parts", "pictures", "control")
    head = ("engine", *told, "camera path")
    rows = [
        (
            f"`{engine.name}`: {engine.title}",
            _needed(can.first, can.needs_first),
            _needed(can.last, can.needs_last),
            _yes(can.any_frame),
            _frames(can.before),
            _frames(can.after),
            _yes(can.keep),
            str(can.references) if can.references else "",
            ", ".join(sorted(can.controls)),
            _yes(can.camera),
        )
        for engine, can in _engines()
    ]
    return _table(head, rows)


def forms() -> str:
    """In which form each engine makes clips."""
    head = ("engine", "words", "words to leave out", "frames", "a second", "size", "steps", "sound")
    rows = [
        (
            f"`{engine.name}`",
            _yes(can.text),
            _yes(can.negative),
            _lengths(can),
            str(can.fps),
            f"about {_area(can)}, in steps of {can.sizes.multiple_px}" if not can.sizes.fixed else _fixed(can),
            ", ".join(f"{variant.steps} ({variant.name})" for variant in engine.variants),
            _yes(can.sound),
        )
        for engine, can in _engines()
    ]
    return _table(head, rows)


def images() -> str:
    """What makes single pictures."""
    head = ("engine", "words to leave out", "works from pictures", "steps")
    rows = [
        (
            f"`{engine.name}`: {engine.title}",
            _yes(engine.capabilities.negative),
            f"up to {engine.capabilities.references}" if engine.capabilities.references else "",
            ", ".join(f"{variant.steps} ({variant.name})" for variant in engine.variants),
        )
        for engine in map(engine_of, IMAGES)
    ]
    return _table(head, rows)


def weights() -> str:
    """Which weights there are, and their terms."""
    head = ("weights", "repository", "about", "terms")
    rows = [
        (
            f"`{one.called}`",
            f"`{one.repository}`",
            f"{one.size_gb:.0f} GB",
            f"{one.licence.name}: {one.licence.line}" + ("; to be accepted first" if one.gated else ""),
        )
        for one in KNOWN
    ]
    return _table(head, rows)


def commands() -> str:
    """One command an engine, to check it with real weights."""
    lines = []
    for name in ENGINES:
        known = named(name)
        if known is not None:
            lines.append(f"workprint doctor --picture {name}:{known.repository}")
    return "\n".join(["```text", *lines, "```"])


def options() -> str:
    """What an engine's file may set besides."""
    head = ("engine", "its own options")
    rows = [
        (f"`{engine.name}`", ", ".join(f"`{name}: {value}`" for name, value in engine.options))
        for engine, _ in _engines()
        if engine.options
    ]
    return _table(head, rows)


def profiles() -> str:
    """The ways of fitting a machine."""
    head = ("profile", "what it does")
    rows = [(f"`{one.name}`", one.told) for one in PROFILES]
    rows += [(f"`+{name}`", told) for name, (told, _) in SWITCHES.items()]
    return _table(head, rows)


def cards() -> str:
    """What would be chosen on which card, for the longest clip at the largest size."""
    head = ("weights", *(f"{title}" for title, _, _ in CARDS))
    rows = []
    for called in SHAPES:
        index = index_of(called)
        engine = engine_of(called.split(":")[0])
        can = engine.narrowed(engine.capabilities, index)
        rows.append((f"`{called}`", *(_chosen(index, can, card, ram) for _, card, ram in CARDS)))
    return _table(head, rows)


TABLES: dict[str, Callable[[], str]] = {
    "capabilities": capabilities,
    "forms": forms,
    "images": images,
    "weights": weights,
    "commands": commands,
    "options": options,
    "profiles": profiles,
    "cards": cards,
}


def written(page: Path) -> str:
    """The page as it should be: each of its blocks anew, all else as it is."""
    text = page.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        head, foot = f"<!-- {name}: written by docs/make_engines.py -->\n", f"<!-- end of {name} -->"
        if head in text:
            before, rest = text.split(head)
            text = f"{before}{head}{table()}\n{foot}{rest.split(foot)[1]}"
    return text


def _engines() -> Iterator[tuple[Engine, Capabilities]]:
    for name in ENGINES:
        engine = engine_of(name)
        yield engine, engine.capabilities


def _chosen(index: PipelineIndex, can: Capabilities, card_gb: int, ram_gb: int) -> str:
    gpu = Gpu("cuda", f"a card of {card_gb} GB", round(FREE * card_gb * GIB), card_gb * GIB)
    machine = Machine(gpu, round(0.9 * ram_gb * GIB))
    smaller = replace(
        can,
        frames=replace(can.frames, most=min(can.frames.most, can.frames.fitting(SHORT))),
        sizes=replace(can.sizes, area_px=min(can.sizes.area_px, SMALL_PX)),
    )
    for tried, with_ in ((can, ""), (smaller, ", smaller and shorter")):
        try:
            fit = choose(index, tried, machine, None, shared=False)
        except PictureError:
            continue
        return f"`{fit.profile.name}`, {fit.needs.gpu_bytes / GIB:.0f} GB{with_}"
    return "in no way"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |".replace("|  |", "| |").replace("|  |", "| |") for line in lines)


def _yes(there: bool) -> str:
    return "yes" if there else ""


def _needed(there: bool, needed: bool) -> str:
    return "needs one" if needed else _yes(there)


def _frames(count: int) -> str:
    return f"{count} frames" if count else ""


def _lengths(can: Capabilities) -> str:
    counts = can.frames
    return f"{counts.least} to {counts.most}" + (f", {counts.step}·n + 1" if counts.step > 1 else "")


def _area(can: Capabilities) -> str:
    width = round((can.sizes.area_px * 16 / 9) ** 0.5)
    return f"{width}×{round(can.sizes.area_px / width)}"


def _fixed(can: Capabilities) -> str:
    return " or ".join(f"{width}×{height}" for width, height in can.sizes.fixed)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(written(page), encoding="utf-8")
