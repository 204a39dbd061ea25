"""Joins encoded segments by stream copy and muxes sound and captions beside them, into one complete file.

No picture is decoded here. Every packet gets its time from the cut's frames, so the film has exactly the
cut's frames and its sound exactly their length. Packets are written in the order of their times and nothing is
kept, so that memory does not grow with the film.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream

from shots.cut.srt import Caption
from shots.errors import CutError

__all__ = ["frames_in", "join", "made_with"]

AnyPacket: TypeAlias = "Packet[Any]"
_REORDER_FRAMES = 2  # x264 with B-frames and a pyramid shows a picture at most two after it is decoded
_CAPTION_BASE = Fraction(1, 1000)
_LANGUAGES = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin",
    "fr": "fra", "he": "heb", "hi": "hin", "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr",
    "vi": "vie", "zh": "zho",
}  # fmt: skip


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


def join(
    segments: Iterable[tuple[Path, int]],
    sound: Path,
    captions: tuple[Caption, ...],
    out: Path,
    *,
    fps: int,
    frame_count: int,
    title: str,
    language: str,
    on_frames: Callable[[int], None],
) -> None:
    """Writes the film to `out`: picture and sound as they are, captions as a soft track, the index at the front.

    `segments` are the files with their frame counts, which add up to `frame_count`; `sound` is as
    `encode_sound` wrote it. `on_frames` hears how many frames are written.

    Raises:
        CutError: a segment is damaged or was encoded in another way.
        OSError: a file is missing, or the disk refuses.
    """
    files = list(segments)
    with ExitStack() as inputs, av.open(str(out), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        film.metadata["title"] = title
        with av.open(str(files[0][0])) as first:
            template = first.streams.video[0]
            video = film.add_stream_from_template(template)
            header = template.codec_context.extradata
        video.time_base = Fraction(1, fps)
        source = inputs.enter_context(av.open(str(sound)))
        audio = film.add_stream_from_template(source.streams.audio[0])
        tracks = [_picture(files, video, header, fps, on_frames), _copied(source, audio)]
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


def _copied(source: InputContainer, stream: av.AudioStream) -> Iterator[AnyPacket]:
    for packet in source.demux(source.streams.audio[0]):
        if packet.size and packet.dts is not None:
            packet.stream = stream
            yield packet


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
