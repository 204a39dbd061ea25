"""Joins encoded segments by stream copy and muxes sound and captions beside them, into one complete file.

No picture is decoded here. Every packet gets its time from the cut's frames, so the film has exactly the
cut's frames and its sound exactly their length. Packets are written in the order of their times and nothing is
kept, so that memory does not grow with the film.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.packet import Packet
from av.subtitles.stream import SubtitleStream
from numpy.typing import NDArray

from shots.errors import CutError

__all__ = ["Caption", "frames_in", "join", "made_with", "read_srt"]

AnyPacket: TypeAlias = "Packet[Any]"
Block = NDArray[np.float32]
AUDIO_RATE = 48_000
_AUDIO_BITS = 192_000
_AUDIO_BLOCK = 1024  # samples in an AAC frame
_REORDER_FRAMES = 2  # x264 with B-frames and a pyramid shows a picture at most two after it is decoded
_CAPTION_BASE = Fraction(1, 1000)
_LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin",
    "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr",
    "vi": "vie", "zh": "zho",
}  # fmt: skip
_TIMES = re.compile(r"(\d+):(\d\d):(\d\d)[,.](\d{3})\s*-->\s*(\d+):(\d\d):(\d\d)[,.](\d{3})")


@dataclass(frozen=True)
class Caption:
    """Words on screen, in milliseconds of the film."""

    start_ms: int
    end_ms: int
    text: str


def made_with() -> tuple[str, ...]:
    """The encoder's versions; segments made by another are not joined with ones made now."""
    return ("av", av.__version__)


def frames_in(path: Path) -> int:
    """How many pictures a segment's file says it has; 0 when it is missing or not whole."""
    try:
        with av.open(str(path)) as container:
            return container.streams.video[0].frames if container.streams.video else 0
    except (OSError, av.FFmpegError):
        return 0


def read_srt(text: str) -> tuple[Caption, ...]:
    """The captions of an .srt, in order of time and none over the next."""
    captions: list[Caption] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").lstrip("\ufeff")):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines) if _TIMES.search(line)), None)
        match = _TIMES.search(lines[at]) if at is not None else None
        if match is None or at is None or not "".join(lines[at + 1 :]).strip():
            continue
        n = [int(group) for group in match.groups()]
        start_ms = ((n[0] * 60 + n[1]) * 60 + n[2]) * 1000 + n[3]
        end_ms = ((n[4] * 60 + n[5]) * 60 + n[6]) * 1000 + n[7]
        captions.append(Caption(start_ms, end_ms, "\n".join(lines[at + 1 :])))
    captions.sort(key=lambda caption: caption.start_ms)
    ends = [later.start_ms for later in captions[1:]] + [10**12]
    return tuple(
        Caption(caption.start_ms, min(caption.end_ms, end), caption.text)
        for caption, end in zip(captions, ends, strict=True)
        if min(caption.end_ms, end) > caption.start_ms
    )


def join(
    segments: Iterable[tuple[Path, int]],
    mix: Path,
    captions: tuple[Caption, ...],
    out: Path,
    *,
    fps: int,
    frame_count: int,
    title: str,
    language: str,
    on_frames: Callable[[int], None],
) -> None:
    """Writes the film to `out`: H.264 as it is, AAC stereo at 48 kHz, captions as a soft track, index at the front.

    `segments` are the files with their frame counts, which add up to `frame_count`. The mix is cut or padded
    with silence to the picture's length. `on_frames` hears how many frames are written.

    Raises:
        CutError: a segment is damaged or was encoded in another way.
        OSError: a file is missing, the mix cannot be read, or the disk refuses.
    """
    files = list(segments)
    with av.open(str(out), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = title
        with av.open(str(files[0][0])) as first:
            template = first.streams.video[0]
            video = film.add_stream_from_template(template)
            header = template.codec_context.extradata
        video.time_base = Fraction(1, fps)
        audio = film.add_stream("aac", rate=AUDIO_RATE, layout="stereo")
        audio.bit_rate = _AUDIO_BITS
        tracks = [
            _picture(files, video, header, fps, on_frames),
            _sound(mix, audio, round(Fraction(frame_count * AUDIO_RATE, fps))),
        ]
        code = _LANGUAGES.get(language.partition("-")[0].lower(), "und")
        audio.metadata["language"] = code
        if captions:
            text = film.add_stream("mov_text")
            text.codec_context.subtitle_header = b""
            text.codec_context.time_base = text.time_base = _CAPTION_BASE
            text.metadata["language"] = code
            tracks.append(_captions(captions, text, frame_count * 1000 // fps))
        for packet in heapq.merge(*tracks, key=_time):
            film.mux(packet)


def _time(packet: AnyPacket) -> float:
    return float((packet.dts or 0) * (packet.time_base or 1))


def _picture(
    files: list[tuple[Path, int]],
    stream: av.VideoStream,
    header: bytes | None,
    fps: int,
    on_frames: Callable[[int], None],
) -> Iterator[AnyPacket]:
    start = 0
    for path, frame_count in files:
        seen = 0
        with av.open(str(path)) as source:
            pictures = source.streams.video[0]
            base = pictures.time_base
            if pictures.codec_context.extradata != header or base is None:
                raise CutError(f"{path} was encoded in another way. Fix: delete {path.parent} and cut again.")
            for packet in source.demux(pictures):
                if packet.size == 0 or packet.pts is None:
                    continue
                packet.pts = start + round(packet.pts * base * fps)
                packet.dts = start + seen - _REORDER_FRAMES
                packet.duration = 1
                packet.time_base = Fraction(1, fps)
                packet.stream = stream
                seen += 1
                yield packet
        if seen != frame_count:
            raise CutError(f"{path} has {seen} of {frame_count} frames. Fix: delete it and cut again.")
        start += frame_count
        on_frames(start)


def _sound(mix: Path, stream: av.AudioStream, samples: int) -> Iterator[AnyPacket]:
    """The mix as AAC packets, `samples` long."""
    sent = 0
    blocks = _blocks(mix, samples)
    while (block := _heard(blocks, mix)) is not None:
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate = AUDIO_RATE
        frame.time_base = Fraction(1, AUDIO_RATE)
        frame.pts = sent
        sent += block.shape[1]
        yield from stream.encode(frame)
    yield from stream.encode(None)


def _heard(blocks: Iterator[Block], mix: Path) -> Block | None:
    """The next block, or None after the last."""
    try:
        return next(blocks, None)
    except (av.FFmpegError, IndexError) as error:
        raise CutError(f"{mix} cannot be read as sound: {error}. Fix: mix the film's sound again.") from None


def _blocks(mix: Path, samples: int) -> Iterator[Block]:
    """(2, n) blocks of an AAC frame's length, the last one shorter; silence where the mix has ended."""
    pending = np.zeros((2, 0), np.float32)
    sent = 0
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=AUDIO_RATE)
    with av.open(str(mix)) as source:
        for frame in source.decode(source.streams.audio[0]):
            for part in resampler.resample(frame):
                pending = np.concatenate([pending, part.to_ndarray().astype(np.float32, copy=False)], axis=1)
            while pending.shape[1] >= _AUDIO_BLOCK and samples - sent >= _AUDIO_BLOCK:
                yield np.ascontiguousarray(pending[:, :_AUDIO_BLOCK])
                pending = pending[:, _AUDIO_BLOCK:]
                sent += _AUDIO_BLOCK
            if samples - sent < _AUDIO_BLOCK:
                break
        else:
            for part in resampler.resample(None):
                pending = np.concatenate([pending, part.to_ndarray().astype(np.float32, copy=False)], axis=1)
    while sent < samples:
        count = min(_AUDIO_BLOCK, samples - sent)
        block = np.zeros((2, count), np.float32)
        have = min(count, pending.shape[1])
        block[:, :have] = pending[:, :have]
        pending = pending[:, have:]
        yield block
        sent += count


def _captions(captions: tuple[Caption, ...], stream: SubtitleStream, end_ms: int) -> Iterator[AnyPacket]:
    """Text samples of a timed-text track without gaps: silence between captions is an empty one."""
    shown_ms = 0
    for caption in captions:
        start_ms, stop_ms = min(caption.start_ms, end_ms), min(caption.end_ms, end_ms)
        if start_ms > shown_ms:
            yield _text("", shown_ms, start_ms, stream)
        if stop_ms > start_ms:
            yield _text(caption.text, start_ms, stop_ms, stream)
        shown_ms = max(shown_ms, stop_ms)
    if shown_ms < end_ms:
        yield _text("", shown_ms, end_ms, stream)


def _text(text: str, start_ms: int, end_ms: int, stream: SubtitleStream) -> AnyPacket:
    raw = text.encode()[:0xFFFF]
    packet = Packet(len(raw).to_bytes(2, "big") + raw)
    packet.pts = packet.dts = start_ms
    packet.duration = end_ms - start_ms
    packet.time_base = _CAPTION_BASE
    packet.stream = stream
    return packet
