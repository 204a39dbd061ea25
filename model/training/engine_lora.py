"""A LoRA for a pretrained engine, taught by pictures and clips of a character or a place of your own film.

Low-rank matrices (Hu et al. 2021) by peft beside the attention of the engine's transformer, learnt by flow matching at
logit-normal noise levels. Everything is encoded first and kept in the run's folder, so that while it learns only the
transformer is in memory. The result is one small safetensors file in diffusers' names, for an engine's `loras`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import peft
import torch
from annotated_types import Ge, Gt
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.optim import AdamW

from model.backends.config import EngineConfig, Source
from model.backends.engine import Engine, FrameCounts
from model.backends.fit.profiles import profile_named
from model.backends.index import PipelineIndex
from model.backends.load import index_of
from model.backends.read import read_pipeline
from model.backends.registry import engine_of
from model.errors import PictureError
from model.flow import SHIFT, add_noise, noise_levels
from model.training import teach_ltx, teach_wan
from model.training.examples import digest_of, examples_of
from model.training.folders import claim
from model.training.machine import Machine, machine_for
from model.training.run import Run, warmup_stable_decay
from model.training.teaching import Teaching, Tensors

__all__ = ["ADAPTER", "OF_TWO", "TAUGHT", "TEACHINGS", "EngineLoraConfig", "train_engine_lora"]

ADAPTER = "adapter.safetensors"
OF_TWO = {"transformer": "adapter-high.safetensors", "transformer_2": "adapter-low.safetensors"}
"""What an adapter is called where there are two transformers: its name says which of them takes it."""

_ENCODED = "examples.safetensors"
TEACHINGS: dict[str, Teaching] = {**teach_wan.TEACHINGS, **teach_ltx.TEACHINGS}
"""By diffusers' pipelines."""

TAUGHT = ("wan-vace", "ltx", "wan-i2v")
"""The engines that can be taught."""

_WORDLESS = 0.1  # so often an example is told no words, so that guidance still has something to lead away from
_WARMUP = 20


@dataclass(frozen=True, kw_only=True)
class EngineLoraConfig:
    """Which engine's weights learn from which folder of examples, how long and how fast.

    The `trigger` word goes before every example's words: it is what the learnt is called by afterwards. Clips are of
    `frame_count` frames at most; `begun` is how often a clip is told its first frame, where the engine can be told it.
    """

    folder: Path
    engine: str
    weights: str  # a folder, or a repository of the hub that is on this machine
    revision: str | None = None
    examples: Path
    trigger: str = ""
    part: Literal["transformer", "transformer_2"] = "transformer"  # Wan 2.2: the second one draws what is fine
    steps: Annotated[int, Gt(0)]
    rank: Annotated[int, Gt(0)] = 16
    learning_rate: Annotated[float, Gt(0)] = 1e-4
    area_px: Annotated[int, Gt(0)] | None = None  # of pictures and clips; the engine's own where it is not said
    frame_count: Annotated[int, Gt(0)] = 33
    begun: Annotated[float, Ge(0)] = 0.5
    shift: Annotated[float, Gt(0)] = SHIFT  # how far noise levels are pushed toward noise
    ema_decay: float = 0.99
    decay_from: float = 0.7
    seed: Annotated[int, Ge(0)] = 1
    device: str = "auto"
    save_every: Annotated[int, Gt(0)] = 100


def train_engine_lora(config: EngineLoraConfig) -> Run:
    """Trains until `steps` or Ctrl-C, resuming what the folder holds; then writes the adapters' average as `ADAPTER`
    (of two transformers, as `OF_TWO` says).

    Raises:
        PictureError: the weights or the examples cannot be read; the engine cannot be taught; the loss is no number.
    """
    if config.engine not in TAUGHT:
        raise PictureError(f"engine {config.engine!r} cannot be taught here. Fix: one of {', '.join(TAUGHT)}.")
    machine = machine_for(config.device)
    engine = engine_of(config.engine)
    index = index_of(EngineConfig(engine=config.engine, source=Source(config.weights, config.revision)))
    teaching = TEACHINGS[index.pipeline]
    if config.part not in index.classes:
        raise PictureError(f"{config.weights} has no {config.part}. Fix: leave out `part`.")
    claim(config.folder, {"base": _base(index)})
    pipeline = read_pipeline(index, {}, profile_named("cpu" if machine.device.type == "cpu" else "resident"), _stays)
    examples = _encoded(config, engine, index, pipeline, machine)
    transformer = _frozen(getattr(pipeline, config.part), machine)
    del pipeline  # only the transformer is learnt beside
    numbers = transformer.dtype
    torch.manual_seed(config.seed)  # what the matrices begin with
    transformer.add_adapter(
        peft.LoraConfig(r=config.rank, lora_alpha=config.rank, target_modules=teaching.inside, init_lora_weights=True)
    )
    _learnt_in_full(transformer)
    optimizer = _adamw(transformer, config.learning_rate)
    run = Run(config.folder, transformer, [optimizer], config.ema_decay, {"kind": "engine-lora"}, machine)
    run.resume()
    lowest, highest = _levels(index, config.part)
    _learn(run, _Lesson(transformer, teaching, numbers), examples, config, (lowest, highest))
    if not machine.number:
        _write(run, transformer, config, index)
    return run


class _Lesson(nn.Module):
    """How far the transformer is off for one example: the mean square of its error in velocity."""

    def __init__(self, transformer: nn.Module, teaching: Teaching, dtype: torch.dtype) -> None:
        super().__init__()
        self.transformer, self.teaching, self.dtype = transformer, teaching, dtype

    def forward(self, told: Tensors, noise: Tensor, level: Tensor, begins: bool) -> Tensor:
        clean = told["clean"]
        noisy = add_noise(clean, noise, level).to(self.dtype)
        velocity, counts = self.teaching.answer(self.transformer, told, noisy, level, begins)
        error = (velocity.float() - (noise - clean)) ** 2
        if counts is None:
            return error.mean()
        return (error * counts).sum() / (counts.expand_as(error).sum() + 1e-6)


def _learn(
    run: Run, lesson: _Lesson, examples: list[Tensors], config: EngineLoraConfig, span: tuple[float, float]
) -> None:
    """The steps that are still to be done, an example each; what is random is a function of seed, step and process."""
    machine, shared = run.machine, run.machine.shared(lesson)
    lowest, highest = span
    recent: list[float] = []
    for told in run.through(_dealt(examples, config, run.step, machine), config.steps, save_every=config.save_every):
        draws = machine.draws(config.seed, run.step)
        level = lowest + (highest - lowest) * noise_levels((1,), draws, config.shift)
        noise = torch.randn(told["clean"].shape, generator=draws)
        wordless, begins = (torch.rand((2,), generator=draws) < torch.tensor([_WORDLESS, config.begun])).tolist()
        words = {name[3:]: x for name, x in told.items() if name.startswith("no.")} if wordless else {}
        here = {name: x.to(machine.device) for name, x in {**told, **words}.items()}
        loss = shared(here, noise.to(machine.device), level.to(machine.device), begins and bool(told["moves"]))
        stable = round(config.steps * config.decay_from)
        share = warmup_stable_decay(run.step, warmup=_WARMUP, stable_until=stable, total=config.steps)
        norm = run.update(loss, share)
        recent.append(float(loss.detach()))
        if run.step % 20 == 0 or run.step == config.steps:
            run.log(loss=sum(recent) / len(recent), norm=norm)
            recent.clear()


def _dealt(examples: list[Tensors], config: EngineLoraConfig, start: int, machine: Machine) -> Iterator[Tensors]:
    """An example for each step from `start` on: all of them once, then again in another order."""
    for step in range(start, config.steps):
        dealt = step * machine.count + machine.number
        turn, place = divmod(dealt, len(examples))
        order = torch.randperm(len(examples), generator=torch.Generator().manual_seed(config.seed * 7_919 + turn))
        yield examples[int(order[place])]


def _levels(index: PipelineIndex, part: str) -> tuple[float, float]:
    """The noise levels at which a transformer is asked: of two, each has its share."""
    boundary = index.settings.get("boundary_ratio")
    if not isinstance(boundary, float) or "transformer_2" not in index.classes:
        return 0.0, 1.0
    return (boundary, 1.0) if part == "transformer" else (0.0, boundary)


def _encoded(
    config: EngineLoraConfig, engine: Engine, index: PipelineIndex, pipeline: Any, machine: Machine
) -> list[Tensors]:
    """What the transformer is told of every example; encoded once, and read again while nothing of it has changed."""
    can = engine.narrowed(engine.capabilities, index)
    most = min(config.frame_count, can.frames.most)
    counts = FrameCounts(can.frames.step, can.frames.least, (most - 1) // can.frames.step * can.frames.step + 1)
    if counts.most < counts.least:
        raise PictureError(f"frame_count is {config.frame_count}; {config.engine} makes {counts.least} and more.")
    area_px = config.area_px or can.sizes.area_px
    stated = [digest_of(config.examples), _base(index), config.trigger, area_px, counts.most, counts.least]
    state = hashlib.sha256(json.dumps(stated).encode()).hexdigest()
    path = config.folder / _ENCODED
    kept = _kept(path, state)
    if kept is not None:
        return kept
    device, teaching = machine.device, TEACHINGS[index.pipeline]
    examples = list(
        examples_of(
            config.examples, config.trigger, can.sizes, area_px, counts, can.fps, stills=not teaching.clips_only
        )
    )
    found: list[Tensors] = []
    with torch.no_grad():
        pipeline.text_encoder.to(device)
        texts = {text: teaching.words(pipeline, text, device) for text in ("", *(one.text for one in examples))}
        pipeline.text_encoder.to("cpu")
        pipeline.vae.to(device)
        if getattr(pipeline, "image_encoder", None) is not None:
            pipeline.image_encoder.to(device)
        for one in examples:
            told = teaching.pictures(pipeline, one.frames, can.fps, device) | texts[one.text]
            told |= {f"no.{name}": x for name, x in texts[""].items()}
            told["moves"] = torch.tensor(len(one.frames) > 1)
            found.append({name: x.detach().cpu() for name, x in told.items()})
    if not machine.number:
        part = path.with_suffix(".part")
        flat = {
            f"{number}.{name}": x.clone().contiguous() for number, told in enumerate(found) for name, x in told.items()
        }
        save_file(flat, part, {"state": state})
        part.replace(path)
    return found


def _kept(path: Path, state: str) -> list[Tensors] | None:
    """What was encoded before, where it was of the same examples, words, sizes and weights."""
    found: dict[int, Tensors] = {}
    try:
        with safe_open(path, framework="pt") as file:
            if file.metadata().get("state") != state:
                return None
            for key in file.keys():  # noqa: SIM118 - no mapping
                number, name = key.split(".", 1)
                found.setdefault(int(number), {})[name] = file.get_tensor(key)
    except (OSError, SafetensorError):
        return None
    return [found[number] for number in sorted(found)]


def _stays(_name: str, _part: Any) -> None:
    """A part waits in memory until it is its turn on the device."""


def _frozen(transformer: Any, machine: Machine) -> Any:
    """The transformer on the device, as it is and to stay."""
    transformer.requires_grad_(False)
    transformer.train()
    transformer.enable_gradient_checkpointing()  # what blocks computed is computed again, not kept
    return transformer.to(machine.device)


def _learnt_in_full(transformer: nn.Module) -> None:
    """Matrices that are learnt are held in float32, whatever the frozen ones are held in."""
    from diffusers.training_utils import cast_training_params

    cast_training_params(transformer, dtype=torch.float32)


def _adamw(transformer: nn.Module, lr: float) -> AdamW:
    optimizer = AdamW([p for p in transformer.parameters() if p.requires_grad], lr=lr, weight_decay=0.01)
    for group in optimizer.param_groups:
        group["full_lr"] = lr
    return optimizer


def _base(index: PipelineIndex) -> str:
    """Which weights a run is of: their sizes and configs, which two sets of weights hardly share."""
    said = [index.pipeline, sorted(index.sizes_bytes.items()), sorted(index.configs.items())]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _write(run: Run, transformer: nn.Module, config: EngineLoraConfig, index: PipelineIndex) -> None:
    """Whole or not at all, in diffusers' names of a LoRA; its rank is told by the shapes, and its scale is 1."""
    with run.ema.in_place_of(transformer):
        learnt = peft.get_peft_model_state_dict(transformer)
        tensors = {f"transformer.{name}": x.detach().cpu().contiguous() for name, x in learnt.items()}
    path = run.folder / (ADAPTER if "transformer_2" not in index.classes else OF_TWO[config.part])
    half = path.with_suffix(".part")
    save_file(tensors, half, {"format": "pt", "engine": config.engine, "trigger": config.trigger})
    half.replace(path)
