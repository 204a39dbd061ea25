"""Makes docs/sound/found.m4a, three quarters of a minute of the example film's mix, and a picture of the whole of it.

`python docs/make_sound.py [FOLDER]` takes the sound from the film's folder, or makes it there; without one, in a
scratch folder. The sample is the stretch in which speech, effects and score take the most even shares of time; it
begins and ends where nobody speaks, or with the film. Nothing is done to it but two short fades and the encoding.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import signal

from audio.loudness import LoudnessMeter
from director.opening import open_film
from director.pictures import DRAWING
from director.produce import Production
from director.progress import Silent
from shots.fonts import font_path

HERE = Path(__file__).parent
FILM = HERE.parent / "examples" / "found.fountain"
SAMPLE, PICTURE = HERE / "sound" / "found.m4a", HERE / "images" / "sound.png"
SAMPLE_S, ENDING_S, FADE_IN_S, FADE_OUT_S, BIT_RATE = 45.0, 4.0, 0.5, 1.5, 96_000
HEARD_LUFS, REST_S = -45.0, 0.4
HOP_S = 0.01  # of the meter's figures

RGB = tuple[int, int, int]
INK, PAPER, RULE, DIM = (60, 56, 52), (247, 245, 240), (214, 208, 198), (128, 122, 114)
STEMS: tuple[tuple[str, RGB], ...] = (
    ("dialogue", (178, 78, 56)),
    ("effects", (196, 148, 52)),
    ("ambience", (112, 142, 118)),
    ("music", (66, 96, 138)),
)
LEFT_PX, RIGHT_PX, WIDTH_PX = 128, 28, 1680
LANE_PX, LANE_GAP_PX, SPECTRUM_PX = 84, 30, 260
LOUDEST_LUFS, SOFTEST_LUFS = -6.0, -60.0
LOWEST_HZ, HIGHEST_HZ, RANGE_DB = 40.0, 16_000.0, 75.0

Levels = NDArray[np.float64]
Samples = NDArray[np.float32]


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch)
        production = Production(open_film(FILM, folder), picture=DRAWING, workers=0, progress=Silent())
        made = production.mix
        mix, rate_hz = soundfile.read(made.path, dtype="float32")
        paths = (made.stems.dialogue, made.stems.effects, made.stems.ambience, made.stems.music)
        levels = [loudness(*soundfile.read(path, dtype="float32")) for path in paths]
        begin_s = most_even(levels)
        end_s = begin_s + SAMPLE_S
        end_s = end_s if len(mix) / rate_hz - end_s > ENDING_S else len(mix) / rate_hz
        write_sample(mix[round(begin_s * rate_hz) : round(end_s * rate_hz)], rate_hz)
        PICTURE.parent.mkdir(exist_ok=True)
        draw(production, mix, rate_hz, levels, (begin_s, end_s)).quantize(96).save(PICTURE, optimize=True)
    print(f"{SAMPLE}: from {begin_s:.1f} to {end_s:.1f} s, {SAMPLE.stat().st_size / 1000:.0f} kB")
    print(f"{PICTURE}: {PICTURE.stat().st_size / 1000:.0f} kB")


def loudness(samples: Samples, rate_hz: int) -> Levels:
    """The loudness in LUFS of the 400 ms that end at each hundredth of a second."""
    meter = LoudnessMeter(rate_hz)
    meter.add(samples)
    momentary = meter.momentary_lufs()
    whole = len(samples) * 100 // rate_hz
    return np.concatenate((np.full(whole - len(momentary), -np.inf), momentary))


def most_even(levels: Sequence[Levels]) -> float:
    """Where the sample begins: the product of the shares of time that speech, effects and music take is largest."""
    dialogue, effects, _, music = levels
    heard = np.stack([each > HEARD_LUFS for each in (dialogue, effects, music)])
    before = np.pad(np.cumsum(heard, axis=1), ((0, 0), (1, 0)))
    length, rest = round(SAMPLE_S / HOP_S), round(REST_S / HOP_S)
    starts = np.arange(rest, heard.shape[1] - length - rest, 10)
    worth = np.prod((before[:, starts + length] - before[:, starts]) / length, axis=0)
    for at in (starts, starts + length):
        worth = np.where(before[0, at + rest] > before[0, at - rest], 0.0, worth)  # somebody speaks there
    return float(starts[int(np.argmax(worth))]) * HOP_S


def write_sample(heard: Samples, rate_hz: int) -> None:
    """Encodes the sample as AAC."""
    piece = heard.copy()
    rising, falling = (
        np.sin(np.linspace(0, np.pi / 2, round(fade_s * rate_hz), dtype=np.float32))[:, None] ** 2
        for fade_s in (FADE_IN_S, FADE_OUT_S)
    )
    piece[: len(rising)] *= rising
    piece[len(piece) - len(falling) :] *= falling[::-1]
    SAMPLE.parent.mkdir(exist_ok=True)
    with av.open(str(SAMPLE), "w", format="ipod") as file:
        stream = file.add_stream("aac", rate=rate_hz, layout="stereo")
        stream.bit_rate = BIT_RATE
        for start in range(0, len(piece), 1024):
            block = np.ascontiguousarray(piece[start : start + 1024].T)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = rate_hz, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


def draw(
    production: Production, mix: Samples, rate_hz: int, levels: Sequence[Levels], sample_s: tuple[float, float]
) -> Image.Image:
    """The whole mix: its scenes, the loudness of each stem with what is heard there, and its spectrogram."""
    cut, cues = production.timeline, production.cues
    width, top = WIDTH_PX - LEFT_PX - RIGHT_PX, 116
    lanes = [top + number * (LANE_PX + LANE_GAP_PX) for number in range(len(STEMS))]
    spectrum = lanes[-1] + LANE_PX + LANE_GAP_PX
    image = Image.new("RGB", (WIDTH_PX, spectrum + SPECTRUM_PX + 62), PAPER)
    pen = ImageDraw.Draw(image)
    small, plain, large = (ImageFont.truetype(str(font_path()), size) for size in (15, 18, 26))

    def x(time_s: float) -> int:
        return LEFT_PX + round(time_s / cut.duration_s * width)

    bottom = spectrum + SPECTRUM_PX
    pen.text((LEFT_PX, 14), f"{cut.title}: the mix", INK, large)
    told = f"{production.mix.integrated_lufs:.1f} LUFS, true peak {production.mix.true_peak_dbtp:.1f} dBTP"
    pen.text((WIDTH_PX - RIGHT_PX, 22), told, DIM, plain, anchor="ra")

    headings = {scene.id: scene.heading for scene in production.storyboard.scenes}
    starts = {item.scene: item.start_frame / cut.fps for item in reversed(cut.items) if item.scene}
    image.paste(spectrogram(mix, rate_hz, width), (LEFT_PX, spectrum))
    for (name, colour), levels_of, y in zip(STEMS, levels, lanes, strict=True):
        pen.rectangle((LEFT_PX, y, LEFT_PX + width, y + LANE_PX), (240, 236, 229))
        for lufs in (-20, -40):
            at = y + height_of(lufs)
            pen.line((LEFT_PX, at, LEFT_PX + width, at), RULE)
            pen.text((LEFT_PX - 8, at), str(lufs), DIM, small, anchor="rm")
        for column in range(width):
            inside = levels_of[column * len(levels_of) // width : (column + 1) * len(levels_of) // width]
            loudest = float(inside.max(initial=-np.inf))
            if loudest > SOFTEST_LUFS:
                pen.line((LEFT_PX + column, y + LANE_PX, LEFT_PX + column, y + height_of(loudest)), colour)
        pen.text((12, y + LANE_PX // 2), name, colour, plain, anchor="lm")
    for scene, start_s in starts.items():
        pen.line((x(start_s), 62, x(start_s), bottom), INK)
        pen.text((x(start_s) + 8, 64), headings.get(scene, scene), INK, small)
    named = [(lanes[1], cue.start_s, cue.name) for cue in cues.effects if cue.source == "script"]
    named += [(lanes[3], cue.start_s, f"{cue.title} {cue.mood}") for cue in cues.music]
    named += [(lanes[0], cue.start_s, cue.speaker) for cue in cues.dialogue]
    written: dict[int, float] = {}
    for y, start_s, text in named:
        if x(start_s) > written.get(y, 0.0):  # what would stand on another word is left out
            pen.text((x(start_s), y - 20), text, INK, small)
            written[y] = x(start_s) + 12 + pen.textlength(text, small)
    for hz in (100, 1000, 10_000):
        at = bottom - round(np.log(hz / LOWEST_HZ) / np.log(HIGHEST_HZ / LOWEST_HZ) * SPECTRUM_PX)
        pen.line((LEFT_PX - 5, at, LEFT_PX, at), INK)
        pen.text((LEFT_PX - 8, at), f"{hz // 1000} kHz" if hz >= 1000 else f"{hz} Hz", DIM, small, anchor="rm")
    for seconds in range(0, int(cut.duration_s) + 1, 15):
        pen.line((x(seconds), bottom, x(seconds), bottom + 5), INK)
        pen.text((x(seconds), bottom + 8), f"{seconds // 60}:{seconds % 60:02}", DIM, small, anchor="ma")
    begin_s, end_s = sample_s
    pen.rectangle((x(begin_s), bottom + 38, x(end_s), bottom + 42), INK)
    pen.text((x(begin_s) - 10, bottom + 40), "the sample, found.m4a", INK, small, anchor="rm")
    pen.text((LEFT_PX - 8, lanes[0] - 20), "LUFS", DIM, small, anchor="ra")
    return image


def height_of(lufs: float) -> int:
    """How far from a lane's upper edge a loudness stands, in pixels."""
    share = (LOUDEST_LUFS - lufs) / (LOUDEST_LUFS - SOFTEST_LUFS)
    return round(min(1.0, max(0.0, share)) * LANE_PX)


def spectrogram(mix: Samples, rate_hz: int, width: int) -> Image.Image:
    """The mix in both sides' mean, from 40 Hz to 16 kHz in octaves, dark where it is loud."""
    spectrum = signal.ShortTimeFFT(signal.windows.hann(4096), len(mix) // (width // 2), rate_hz, scale_to="psd")
    power = np.abs(spectrum.stft(mix.mean(axis=1))) ** 2
    columns = np.linspace(0, power.shape[1] - 1, width).astype(int)
    wanted_hz = np.geomspace(HIGHEST_HZ, LOWEST_HZ, SPECTRUM_PX + 1)
    rows = [
        power[
            (low := min(len(spectrum.f) - 1, int(down / spectrum.delta_f))) : max(low + 1, int(up / spectrum.delta_f))
        ].mean(axis=0)
        for up, down in itertools.pairwise(wanted_hz)
    ]
    tilted_db = 10 * np.log10(np.stack(rows) + 1e-14) + 10 * np.log10(wanted_hz[1:, None])  # level as in an octave
    share = np.clip(1 - (np.percentile(tilted_db, 99.8) - tilted_db) / RANGE_DB, 0, 1)[:, columns] ** 1.4
    picture = np.asarray(PAPER) + share[..., None] * (np.asarray((34, 40, 60)) - np.asarray(PAPER))
    return Image.fromarray(picture.round().astype(np.uint8))


if __name__ == "__main__":
    main()
