"""Music from a model's weights in a local folder: MusicGen by transformers; ACE-Step, Stable Audio by diffusers.

It loads nothing from a network, no pickled weights and no code that lies beside them. What a model makes is conformed
to the cue as a temp track is. Whether its licence allows a use is the user's to judge: it is shown, not weighed.
"""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from scipy import signal

from audio.cues import MusicCue
from audio.errors import SoundError
from audio.layers import Stereo
from audio.score.piece import Mode, Part, Piece
from audio.score.temp_track import conform, heard

__all__ = ["VERSION", "Model", "open_model", "prompt_of"]

VERSION = 1
_PIPELINES = {"AceStepPipeline", "StableAudio3Pipeline", "StableAudioPipeline"}
_PICKLES = {".bin", ".ckpt", ".pkl", ".pickle", ".pt", ".pth"}
_KNOWN = {  # what is published under these names; shown where a folder is silent
    "MusicGen": "its published weights are CC BY-NC 4.0, not for commercial use",
    "StableAudioPipeline": "its published weights are under the Stability AI Community License",
    "StableAudio3Pipeline": "its published weights are under the Stability AI Community License",
    "AceStepPipeline": "see what was published with it",
}
_MUSICGEN_MOST_S, _ACE_MOST_S, _STABLE_3_MOST_S = 30.0, 600.0, 380.0  # the longest that each was made for
_EDGE_BYTES = 1 << 16
_KEYS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR: frozenset[Mode] = frozenset({"aeolian", "dorian", "harmonic_minor", "phrygian"})
_NAMES: Mapping[Part, str] = {
    "violins": "strings", "violas": "strings", "cellos": "cellos", "basses": "double basses", "piano": "felt piano",
    "harp": "harp", "horns": "french horns", "low_brass": "low brass", "flute": "flute", "clarinet": "clarinet",
    "bells": "celesta", "pad": "warm pad", "pulse": "soft synth pulse", "percussion": "cinematic percussion",
}  # fmt: skip


def prompt_of(cue: MusicCue, piece: Piece) -> str:
    """Describes a cue in a model's words: its mood, where its tension goes, and the piece that was composed for it."""
    amounts: dict[str, float] = {}
    for note in piece.notes:
        name = _NAMES[note.part]
        amounts[name] = amounts.get(name, 0.0) + note.duration_s * note.velocity
    instruments = sorted(amounts, key=lambda name: (-amounts[name], name))[:4]
    words = [f"{cue.mood} instrumental film score", *instruments, f"{round(piece.bpm)} bpm", _key_name(piece)]
    if cue.tension:
        levels = [level for _, level in cue.tension]
        change = levels[-1] - levels[0]
        words.append("building slowly" if change > 0.25 else "settling" if change < -0.25 else "steady")
    return ", ".join([*words, "no vocals"])


@dataclass
class Model:
    """A music model on disk; its weights are loaded when it first plays. `licence` is a notice for the user."""

    folder: Path
    kind: str  # "MusicGen" or a pipeline of diffusers
    digest: str
    licence: str
    _loaded: Any = field(default=None, repr=False)

    def make(self, prompt: str, piece: Piece, path: Path, *, rate_hz: int, seed: int, cut: bool) -> None:
        """Writes music of the piece's length to `path`, 24-bit stereo; it goes round where the model's is shorter.

        Raises:
            SoundError: the weights do not load, the model fails, or the file cannot be written.
        """
        try:
            with warnings.catch_warnings():  # the libraries' own, which are not about the music
                warnings.simplefilter("ignore")
                samples = self._asked(prompt, piece, rate_hz, seed)
        except Exception as error:  # weights are untrusted, and the libraries raise whatever they meet
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise SoundError(f"{self.folder}: {self.kind} made no music ({reason}).") from error
        if len(samples) < rate_hz // 4 or not np.isfinite(samples).all() or np.abs(samples).max() < 1e-5:
            raise SoundError(f"{self.folder}: {self.kind} made no music (silence or noise without measure).")
        track = heard(samples, rate_hz, self.folder.name)
        edit, _ = conform(track, 0.0, piece.duration_s, cut=cut)
        track.write(edit, path)

    def _asked(self, prompt: str, piece: Piece, rate_hz: int, seed: int) -> Stereo:
        made, made_hz = (self._musicgen if self.kind == "MusicGen" else self._pipeline)(prompt, piece, seed)
        ratio = Fraction(rate_hz, made_hz)
        stereo = np.repeat(made, 2, axis=1) if made.shape[1] == 1 else made[:, :2]
        samples: Stereo = signal.resample_poly(stereo, ratio.numerator, ratio.denominator, axis=0).astype(np.float32)
        return samples

    def _musicgen(self, prompt: str, piece: Piece, seed: int) -> tuple[Stereo, int]:
        import torch
        from transformers import AutoTokenizer, MusicgenForConditionalGeneration
        from transformers.utils import logging

        if self._loaded is None:
            logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            model: Any = MusicgenForConditionalGeneration.from_pretrained(
                self.folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
            )
            words = AutoTokenizer.from_pretrained(self.folder, local_files_only=True, trust_remote_code=False)
            self._loaded = (words, model.to(_device()).eval())
        tokenizer, model = self._loaded
        audio = model.config.audio_encoder
        length_s = min(piece.duration_s, _MUSICGEN_MOST_S)
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)
            asked = tokenizer([prompt], return_tensors="pt", truncation=True, max_length=128)
            values = model.generate(
                input_ids=asked.input_ids.to(model.device),
                attention_mask=asked.attention_mask.to(model.device),
                do_sample=True,
                guidance_scale=3.0,
                max_new_tokens=max(8, round(length_s * audio.frame_rate) + model.decoder.num_codebooks),
            )
        return values[0].float().cpu().numpy().T, int(audio.sampling_rate)

    def _pipeline(self, prompt: str, piece: Piece, seed: int) -> tuple[Stereo, int]:
        import diffusers
        import torch

        if self._loaded is None:
            diffusers.utils.logging.disable_progress_bar()
            pipeline = getattr(diffusers, self.kind).from_pretrained(
                self.folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
            )
            pipeline.set_progress_bar_config(disable=True)
            self._loaded = pipeline.to(_device())
        pipeline = self._loaded
        made_hz = int(getattr(pipeline.vae.config, "sampling_rate", 44_100))
        generator = torch.Generator("cpu").manual_seed(seed)
        if self.kind == "AceStepPipeline":
            told: dict[str, Any] = {
                "lyrics": "[instrumental]",
                "num_inference_steps": 8 if pipeline.is_turbo else 30,
                "audio_duration": min(piece.duration_s, _ACE_MOST_S),
                "bpm": round(piece.bpm),
                "keyscale": _key_name(piece),
                "timesignature": str(piece.beats_a_bar),
            }
        elif self.kind == "StableAudio3Pipeline":
            told = {"duration": min(piece.duration_s, _STABLE_3_MOST_S)}
        else:
            most_s = pipeline.transformer.config.sample_size * pipeline.vae.hop_length / made_hz
            told = {"audio_end_in_s": min(piece.duration_s, most_s), "negative_prompt": "low quality, vocals"}
        audio = pipeline(prompt=prompt, generator=generator, **told).audios[0]
        return audio.float().cpu().numpy().T, made_hz


def open_model(folder: Path) -> Model:
    """Says which model a folder holds, and under which licence; loads nothing yet.

    Raises:
        SoundError: it is none that we know, or weights of it are pickled.
    """
    kind = _kind(folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    safe = {path.parent for path in files if path.suffix == ".safetensors"}
    for path in files:
        if path.suffix in _PICKLES and path.parent not in safe:
            raise SoundError(
                f"{path}: pickled weights are not opened, they can hold any code. Fix: convert them to .safetensors."
            )
    if not safe:
        raise SoundError(f"{folder}: there are no .safetensors weights in it. Fix: give a model's whole folder.")
    digest = hashlib.sha256()
    for path in files:
        if path.suffix in {".json", ".model", ".safetensors", ".txt"}:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
            with path.open("rb") as file:  # a large file by its ends: the header with all names, the last weights
                digest.update(file.read(_EDGE_BYTES))
                file.seek(max(0, size - _EDGE_BYTES))
                digest.update(file.read(_EDGE_BYTES))
    return Model(folder, kind, digest.hexdigest(), _licence(folder, kind))


def _kind(folder: Path) -> str:
    for name, key in (("model_index.json", "_class_name"), ("config.json", "model_type")):
        try:
            kind = json.loads((folder / name).read_text(encoding="utf-8"))[key]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if kind == "musicgen":
            return "MusicGen"
        if kind in _PIPELINES:
            return str(kind)
        raise SoundError(
            f"{folder}: {str(kind)[:60]} is no music model that is played here. Fix: give a folder of MusicGen, "
            "ACE-Step or Stable Audio weights, as transformers or diffusers save them."
        )
    raise SoundError(f"{folder}: holds no music model (there is no model_index.json and no config.json).")


def _licence(folder: Path, kind: str) -> str:
    said = ""
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.txt"):
        if (folder / name).is_file():
            text = (folder / name).read_text(encoding="utf-8", errors="replace")[:4000]
            said = next((line.strip(" #*\t") for line in text.splitlines() if line.strip(" #*\t")), "")
            said = f"{name} says: {said[:160]}"
            break
    else:
        card = folder / "README.md"
        if card.is_file():
            head = card.read_text(encoding="utf-8", errors="replace")[:8000]
            found = re.search(r"^license(?:_name)?:\s*(\S[^\n]*)", head, re.MULTILINE)
            said = f"its card says: {found[1].strip()[:80]}" if found else ""
    said = said or f"the folder states no licence; {_KNOWN[kind]}"
    return f"The music is made by {kind} from {folder.name}; {said}. See that it allows what you do with the film."


def _key_name(piece: Piece) -> str:
    return f"{_KEYS[piece.tonic % 12]} {'minor' if piece.mode in _MINOR else 'major'}"


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
