"""Tiny ONNX voices with the inputs and outputs of Kokoro's and Piper's: every symbol is a tone of its own.

A symbol `n` sounds at `(100 + 20 n) x style` Hz for `UNIT_S / speed` seconds; symbols up to 5 are silent. So a test
can measure what was spelt, in which voice, how fast and when.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

VOCABULARY = {
    sign: number for number, sign in enumerate(" .,!?abdefhijklmnoprstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒθˈˌːOAIWYʤʧT", start=1)
}
KOKORO_HZ, PIPER_HZ = 24_000, 16_000
UNIT_S = 0.05
_SILENT = 5


def _tones(tokens: str, factor: str, slowness: str, rate_hz: int) -> list[onnx.NodeProto]:
    """Nodes that turn (1, n) `tokens` into (n, samples of one) "sound": `factor` and `slowness` are of shape (1,)."""
    node = helper.make_node

    def constant(name: str, value: np.ndarray) -> onnx.NodeProto:
        return node("Constant", [], [name], value=onnx.numpy_helper.from_array(value, name))

    return [
        constant("zero", np.array(0.0, np.float32)),
        constant("one", np.array(1.0, np.float32)),
        constant("unit", np.array([UNIT_S * rate_hz], np.float32)),
        constant("rate", np.array(2 * np.pi / rate_hz, np.float32)),
        constant("base", np.array(100.0, np.float32)),
        constant("step", np.array(20.0, np.float32)),
        constant("silent", np.array(_SILENT, np.int64)),
        constant("loud", np.array(0.3, np.float32)),
        constant("column", np.array([-1, 1], np.int64)),
        constant("row", np.array([1, -1], np.int64)),
        constant("flat", np.array([-1], np.int64)),
        constant("scalar", np.array([], np.int64)),
        node("Mul", ["unit", slowness], ["length"]),
        node("Reshape", ["length", "scalar"], ["length0"]),
        node("Range", ["zero", "length0", "one"], ["samples"]),
        node("Mul", ["samples", "rate"], ["radians"]),
        node("Reshape", ["radians", "row"], ["times"]),
        node("Reshape", [tokens, "column"], ["numbers"]),
        node("Cast", ["numbers"], ["floats"], to=TensorProto.FLOAT),
        node("Mul", ["floats", "step"], ["above"]),
        node("Add", ["above", "base"], ["pitch"]),
        node("Mul", ["pitch", factor], ["hz"]),
        node("Mul", ["hz", "times"], ["phase"]),
        node("Sin", ["phase"], ["wave"]),
        node("Greater", ["numbers", "silent"], ["sounds"]),
        node("Cast", ["sounds"], ["gate"], to=TensorProto.FLOAT),
        node("Mul", ["gate", "loud"], ["gain"]),
        node("Mul", ["wave", "gain"], ["sound"]),
    ]


def _save(path: Path, nodes: list[onnx.NodeProto], inputs: list[onnx.ValueInfoProto], outputs: list[str]) -> None:
    made = [
        helper.make_tensor_value_info("durations", TensorProto.INT64, [1, "n"])
        if name == "durations"
        else helper.make_tensor_value_info(name, TensorProto.FLOAT, ["samples"])
        for name in outputs
    ]
    graph = helper.make_graph(nodes, "voice", inputs, made)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def make_kokoro(folder: Path, *, durations: bool = True, tokens: str = "tokens", styles: str = "npz") -> Path:
    """Writes a Kokoro folder with the voices af_low, af_high, bm_deep and zf_far."""
    folder.mkdir(parents=True, exist_ok=True)
    info, node = helper.make_tensor_value_info, helper.make_node
    inputs = [
        info(tokens, TensorProto.INT64, [1, "n"]),
        info("style", TensorProto.FLOAT, [1, 256]),
        info("speed", TensorProto.FLOAT, [1]),
    ]
    nodes = [
        node("ReduceMean", ["style"], ["factor"], keepdims=0),
        node("Reciprocal", ["speed"], ["slowness"]),
        *_tones(tokens, "factor", "slowness", KOKORO_HZ),
        node("Reshape", ["sound", "flat"], ["audio"]),
    ]
    if durations:
        three = helper.make_tensor("value", TensorProto.INT64, [1], [3])
        nodes = [node("Constant", [], ["three"], value=three), *nodes]
        # Every symbol lasts as long as every other.
        nodes += [node("Sub", [tokens, tokens], ["nought"]), node("Add", ["nought", "three"], ["durations"])]
    _save(folder / "model.onnx", nodes, inputs, ["audio", "durations"] if durations else ["audio"])
    (folder / "config.json").write_text(json.dumps({"vocab": VOCABULARY}))
    voices = {
        name: np.full((511, 1, 256), factor, np.float32)
        for name, factor in (("af_low", 1.0), ("af_high", 1.5), ("bm_deep", 0.6), ("zf_far", 1.2))
    }
    if styles == "npz":
        with (folder / "voices-v1.0.bin").open("wb") as file:
            np.savez(file, **voices)
    elif styles == "safetensors":
        from safetensors.numpy import save_file

        save_file(voices, folder / "voices.safetensors")
    else:
        (folder / "voices").mkdir()
        for name, style in voices.items():
            style.tofile(folder / "voices" / f"{name}.bin")
    return folder


def make_piper(
    file: Path, *, durations: bool = False, speakers: int = 1, language: str = "en-us", noise: bool = True
) -> Path:
    """Writes a Piper voice and its `.json`; with `noise` its sound differs from run to run unless it is seeded."""
    file.parent.mkdir(parents=True, exist_ok=True)
    info, node = helper.make_tensor_value_info, helper.make_node
    inputs = [
        info("input", TensorProto.INT64, [1, "n"]),
        info("input_lengths", TensorProto.INT64, [1]),
        info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(info("sid", TensorProto.INT64, [1]))

    def index(name: str, value: int) -> onnx.NodeProto:
        return node("Constant", [], [name], value=helper.make_tensor("value", TensorProto.INT64, [1], [value]))

    nodes = [index("i0", 0), index("i1", 1), index("i3", 3)]
    nodes += [node("Gather", ["scales", "i0"], ["roughness"]), node("Gather", ["scales", "i1"], ["slowness"])]
    if speakers > 1:
        nodes += [
            node("Cast", ["sid"], ["who"], to=TensorProto.FLOAT),
            node("Constant", [], ["half"], value=helper.make_tensor("value", TensorProto.FLOAT, [1], [0.5])),
            node("Mul", ["who", "half"], ["more"]),
            node("Constant", [], ["plain"], value=helper.make_tensor("value", TensorProto.FLOAT, [1], [1.0])),
            node("Add", ["more", "plain"], ["factor"]),
        ]
    else:
        nodes.append(node("Constant", [], ["factor"], value=helper.make_tensor("value", TensorProto.FLOAT, [1], [1.0])))
    nodes += _tones("input", "factor", "slowness", PIPER_HZ)
    if noise:
        nodes += [
            node("RandomNormalLike", ["sound"], ["hiss"], scale=0.01),
            node("Mul", ["hiss", "roughness"], ["breath"]),
            node("Add", ["sound", "breath"], ["whole"]),
        ]
    nodes.append(node("Reshape", ["whole" if noise else "sound", "flat"], ["output"]))
    if durations:
        nodes += [node("Sub", ["input", "input"], ["nought"]), node("Add", ["nought", "i3"], ["durations"])]
    _save(file, nodes, inputs, ["output", "durations"] if durations else ["output"])
    settings = {
        "audio": {"sample_rate": PIPER_HZ, "quality": "low"},
        "espeak": {"voice": language},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], **{sign: [n + 2] for sign, n in VOCABULARY.items()}},
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
    }
    file.with_name(file.name + ".json").write_text(json.dumps(settings))
    return file
