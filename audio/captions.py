"""Captions from the times of spoken words: cut where the sense allows, timed to the voice, easy to read.

At most two lines of 42 Latin or 18 Chinese characters, 20 characters a second where the speech leaves room, never
two at once. `described` adds what people who do not hear need told. In another language the same utterances are
broken and timed again: `captions_of(translated(caption_groups(cues), texts), cues.duration_s)`; nobody is asked for
a translation here. Reads only a `CueSheet`; writes SRT, VTT or ASS by the file's suffix.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from audio.caption_breaks import CHARACTERS_PER_S, LINE_WIDTH, LONGEST_S, SHORTEST_S, cuts, lines_of, width
from audio.cues import CueSheet, DialogueCue, Heard
from audio.described import Told, descriptions, gap_for
from audio.errors import SoundError
from audio.speech import WordTime
from audio.words import join, spoken, tokens

if TYPE_CHECKING:
    import pysubs2

__all__ = ["Caption", "CaptionGroup", "caption_groups", "captions", "captions_of", "translated", "width", "write_srt"]

_LINGER_S = 0.35  # after the last word, where nothing follows
_NAME_WIDTH = 32.0
_GAP_S = 2.0 / 24.0  # between captions: the eye needs to see that it is another one
_TOGETHER_S = 0.6  # sounds as near to each other share a caption
_SOUND_S = 2.5  # that a described sound stands, where it can
_PAUSE_S = 0.3  # within a line; words of a translation do not fall into it
_ASIDE_PAN = 0.35  # from here on an ASS caption stands on its speaker's side


@dataclass(frozen=True)
class Caption:
    """What stands on the screen from `start_s` to `end_s`, one entry a line; `pan` tells the side of its speaker."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]
    kind: Literal["speech", "sound"] = "speech"
    speaker: str = ""
    pan: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CaptionGroup:
    """One utterance, or one sound in words: what a translator is given as a whole.

    `words` are the utterance's, in seconds of the film; a sound may wait `waits_s` for a gap in the talk.
    """

    text: str
    start_s: float
    kind: Literal["speech", "sound"] = "speech"
    speaker: str = ""
    heard: Heard = "on_screen"
    pan: float = 0.0
    words: tuple[WordTime, ...] = ()
    waits_s: float = 0.0


def captions(cues: CueSheet, *, described: bool = False, language: str = "en") -> list[Caption]:
    """Returns the captions of all spoken words, in order, none overlapping.

    A speaker's name stands before the words when the speaker changes or is not seen. With `described` the sounds
    that matter stand between them in brackets, in `language` (English or Chinese).
    """
    return captions_of(caption_groups(cues, described=described, language=language), cues.duration_s)


def caption_groups(cues: CueSheet, *, described: bool = False, language: str = "en") -> tuple[CaptionGroup, ...]:
    """Returns the film's utterances in order of time and, with `described`, after them its sounds."""
    groups = [_group(cue) for cue in sorted(cues.dialogue, key=lambda cue: cue.start_s)]
    sounds = [
        CaptionGroup(text=told.text, start_s=told.start_s, kind="sound", waits_s=told.waits_s)
        for told in (descriptions(cues, language) if described else ())
    ]
    return (*(group for group in groups if group.words), *sounds)


def translated(
    groups: Sequence[CaptionGroup], texts: Sequence[str], names: Mapping[str, str] | None = None
) -> tuple[CaptionGroup, ...]:
    """Returns the groups with other words, as many `texts` as groups, timed anew; `names` are of speakers.

    The words share the time in which the utterance's own are spoken, by their width; a pause stays a pause. A text
    without a word leaves its group as it was.

    Raises:
        SoundError: there are not as many texts as groups.
    """
    if len(texts) != len(groups):
        raise SoundError(
            f"{len(groups)} captions came back as {len(texts)} translations. Fix: translate again, each on its own."
        )
    out = []
    for group, text in zip(groups, texts, strict=True):
        said = " ".join(spoken(text).split()) if group.kind == "speech" else " ".join(text.strip(" []").split())
        if not any(character.isalnum() for character in said):
            out.append(group)
            continue
        speaker = (names or {}).get(group.speaker, group.speaker)
        words = _shared(said, group.words) if group.kind == "speech" else ()
        out.append(replace(group, text=said, speaker=speaker, words=words))
    return tuple(out)


def captions_of(groups: Sequence[CaptionGroup], duration_s: float) -> list[Caption]:
    """Breaks and times the captions of `groups` in a film of `duration_s`, in order, none overlapping."""
    made: list[Caption] = []
    speaker, heard = "", ""
    for group in groups:
        if group.kind == "sound":
            continue
        named = group.speaker != speaker or (group.heard != heard and group.heard != "on_screen")
        made += _of_group(group, f"{_short(group.speaker)}: " if named and group.speaker else "")
        speaker, heard = group.speaker, group.heard
    speech = _apart(sorted(made, key=lambda caption: caption.start_s), duration_s)
    return _with_sounds(speech, [group for group in groups if group.kind == "sound"], duration_s)


def write_srt(captions: Sequence[Caption], path: Path) -> None:
    """Writes the captions as SRT, or as VTT or ASS when `path` ends so; whole or not at all.

    ASS has a style for speech and one for sounds, names in its own field, and who speaks at a side on that side.

    Raises:
        SoundError: another suffix, or the file cannot be written.
    """
    import pysubs2

    suffix = path.suffix.lower().lstrip(".")
    if suffix not in {"srt", "vtt", "ass"}:
        raise SoundError(f"{path}: captions are not written as '.{suffix}'. Fix: end the name in .srt, .vtt or .ass.")
    subtitles = pysubs2.SSAFile()
    if suffix == "ass":
        subtitles.info |= {"PlayResX": "1920", "PlayResY": "1080", "WrapStyle": "2", "ScaledBorderAndShadow": "yes"}
        subtitles.styles = {"Default": _style(), "Sound": _style(italic=True)}
    for caption in captions:
        # Braces are style tags to ASS, angle brackets to SRT and VTT: neither is meant by a writer.
        text = r"\N".join(line.translate(str.maketrans("{}<>\\", "()‹›/")) for line in caption.lines)
        start_ms, end_ms = round(caption.start_s * 1000), round(caption.end_s * 1000)
        event = pysubs2.SSAEvent(start=start_ms, end=end_ms, text=text)
        if suffix == "ass":
            event.name = caption.speaker.translate(str.maketrans(",", " "))
            event.style = "Sound" if caption.kind == "sound" else "Default"
            if abs(caption.pan) >= _ASIDE_PAN:
                event.text = rf"{{\an{1 if caption.pan < 0 else 3}}}" + text
        subtitles.append(event)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(subtitles.to_string(suffix), encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SoundError(f"{path}: cannot be written ({error}). Fix: free some disk space.") from error


def _style(*, italic: bool = False) -> pysubs2.SSAStyle:
    """Of 1080 lines: within the title-safe area, with an outline that is legible on any picture."""
    import pysubs2

    return pysubs2.SSAStyle(
        fontname="Lato",
        fontsize=68.0,
        italic=italic,
        outlinecolor=pysubs2.Color(0, 0, 0),
        backcolor=pysubs2.Color(0, 0, 0, 96),
        outline=4.0,
        shadow=1.0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginl=192,
        marginr=192,
        marginv=80,
    )


def _group(cue: DialogueCue) -> CaptionGroup:
    words = cue.words or _even_words(cue)
    return CaptionGroup(
        text=join([word.text for word in words]),
        start_s=cue.start_s,
        speaker=cue.speaker,
        heard=cue.heard,
        pan=cue.pan,
        words=tuple(WordTime(word.text, cue.start_s + word.start_s, cue.start_s + word.end_s) for word in words),
    )


def _even_words(cue: DialogueCue) -> tuple[WordTime, ...]:
    """The times of words that no engine gave: by their share of the letters."""
    return _shared(spoken(cue.text), (WordTime("", 0.0, cue.duration_s),))


def _shared(text: str, spans: Sequence[WordTime]) -> tuple[WordTime, ...]:
    """The words of `text` over the time that `spans` fill, by their width; short gaps between spans count as filled."""
    filled: list[tuple[float, float]] = []
    for span in spans:
        if filled and span.start_s - filled[-1][1] < _PAUSE_S:
            filled[-1] = (filled[-1][0], max(filled[-1][1], span.end_s))
        else:
            filled.append((span.start_s, span.end_s))
    words = [word for _, word in tokens(text) if any(c.isalnum() for c in word)]
    scale = sum(end_s - start_s for start_s, end_s in filled)
    words = [word for _, word in tokens(text) if any(c.isalnum() for c in word)]
    scale /= sum(width(word) for word in words) or 1.0
    out: list[WordTime] = []
    done_s = 0.0
    for word in words:
        begin_s, done_s = done_s, done_s + width(word) * scale
        shift_s, (start_s, end_s) = _span_at(filled, (begin_s + done_s) / 2)  # where most of the word is
        first_s = min(max(begin_s + shift_s, start_s), end_s)
        out.append(WordTime(word, first_s, max(first_s, min(done_s + shift_s, end_s))))
    return tuple(out)


def _span_at(filled: Sequence[tuple[float, float]], into_s: float) -> tuple[float, tuple[float, float]]:
    """The span that is reached `into_s` into what is filled, and how much later the film is then."""
    gone_s = 0.0
    for start_s, end_s in filled:
        if into_s <= gone_s + end_s - start_s or (start_s, end_s) == filled[-1]:
            break
        gone_s += end_s - start_s
    return start_s - gone_s, (start_s, end_s)


def _short(name: str) -> str:
    while width(name) > _NAME_WIDTH:
        name = name.rstrip("…")[:-1] + "…"
    return name


def _of_group(group: CaptionGroup, name: str) -> list[Caption]:
    words = group.words
    chosen = cuts(words, name)
    out: list[Caption] = []
    for begin, end in zip([0, *chosen], [*chosen, len(words)], strict=True):
        if begin < end:
            text = (name if begin == 0 else "") + join([word.text for word in words[begin:end]])
            start_s, end_s = words[begin].start_s, words[end - 1].end_s
            out.append(Caption(start_s, end_s, lines_of(text), speaker=group.speaker, pan=group.pan))
    return out


def _dashed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """One of two who speak at once: a dash, and the room that it takes."""
    if lines[0].startswith("- "):
        return lines
    first, *rest = lines_of(join(lines), LINE_WIDTH - 2)
    return (f"- {first}", *rest)


def _apart(made: Sequence[Caption], duration_s: float) -> list[Caption]:
    """Lets each caption stand long enough to be read, and none into the next; both of two at once share it."""
    merged: list[Caption] = []
    for caption in made:
        last = merged[-1] if merged else None
        if last is not None and caption.start_s < last.start_s + min(0.6, last.end_s - last.start_s - 1e-6):
            lines = (*_dashed(last.lines), *_dashed(caption.lines))
            merged[-1] = Caption(last.start_s, max(last.end_s, caption.end_s), lines, speaker=last.speaker)
        else:
            merged.append(caption)
    out: list[Caption] = []
    for index, caption in enumerate(merged):
        limit_s = merged[index + 1].start_s - _GAP_S if index + 1 < len(merged) else max(duration_s, caption.end_s)
        wished_s = max(caption.end_s + _LINGER_S, caption.start_s + _reading_s(caption.lines))
        end_s = max(caption.start_s + 0.05, min(wished_s, limit_s))
        out.append(replace(caption, end_s=end_s))
    return out


def _reading_s(lines: Sequence[str]) -> float:
    return max(SHORTEST_S, min(sum(width(line) for line in lines) / CHARACTERS_PER_S, LONGEST_S))


def _with_sounds(speech: Sequence[Caption], sounds: Sequence[CaptionGroup], duration_s: float) -> list[Caption]:
    """The captions with the sounds for which there is a gap between them; two that come together share it."""
    shown = list(speech)
    for sound in sounds:
        lines = lines_of(f"[{sound.text}]")
        together = next(
            (
                index
                for index, caption in enumerate(shown)
                if caption.kind == "sound" and caption.start_s <= sound.start_s < caption.end_s
            ),
            None,
        )
        if together is not None:
            both, since_s = shown[together], sound.start_s - shown[together].start_s
            readable = _reading_s((*both.lines, *lines)) <= both.end_s - both.start_s
            if since_s <= _TOGETHER_S and readable and len(both.lines) + len(lines) <= 2:
                shown[together] = replace(both, lines=(*both.lines, *lines))
                continue
            if since_s - 2 * _GAP_S >= _reading_s(both.lines):  # it has been read: the next takes its place
                shown[together] = replace(both, end_s=sound.start_s - 2 * _GAP_S)
        taken = [(max(0.0, caption.start_s - _GAP_S), caption.end_s + _GAP_S) for caption in shown]
        needs_s = _reading_s(lines)
        told = Told(sound.text, sound.start_s, sound.waits_s)
        found = gap_for(told, _merged(taken), needs_s, max(needs_s, _SOUND_S), duration_s)
        if found is not None:
            shown.append(Caption(*found, lines, kind="sound"))
            shown.sort(key=lambda caption: caption.start_s)
    return shown


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for start_s, end_s in spans:
        if out and start_s <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end_s))
        else:
            out.append((start_s, end_s))
    return out
