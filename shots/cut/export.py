"""The cut as an OpenTimelineIO timeline, which editing programs read: takes as clips, transitions, markers, sound.

Media is named relative to the timeline's folder. Cards are gaps that carry their words: editors set titles anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import opentimelineio as otio

from shots.cut.timeline import Cut, CutItem
from shots.render.job import Take
from shots.render.partial import partial_path
from shots.spec import Shot, Storyboard

__all__ = ["write_otio"]


def write_otio(
    cut: Cut,
    storyboard: Storyboard,
    takes: Mapping[str, Take],
    sound: Path,
    out: Path,
    *,
    others: Mapping[str, Sequence[Take]] | None = None,
) -> None:
    """Writes the timeline to `out` (.otio), whole or not at all.

    `takes` are in the cut; `others` are those of the same shots that are not, named in the clips' metadata.

    A dissolve or wipe is a transition around a cut in the middle of the frames that two shots share.

    Raises:
        OSError: it cannot be written.
    """
    shots = {shot.id: shot for shot in storyboard.shots() if shot.id is not None}
    picture = otio.schema.Track(name="Picture", kind=otio.schema.TrackKind.Video)
    following = (*cut.items[1:], None)
    for item, after in zip(cut.items, following, strict=True):
        if item.overlap_frames:
            picture.append(_transition(cut, item))
        first = _before_cut(item.overlap_frames)
        last = item.frame_count - (after.overlap_frames - _before_cut(after.overlap_frames) if after else 0)
        span = _range(cut, item.first_frame + first, last - first)
        if item.card is not None:
            words = [item.card.heading, *item.card.lines, item.card.foot]
            gap = otio.schema.Gap(name=f"{item.card.kind} card", source_range=span)
            gap.metadata["workprint"] = {"words": [text for text in words if text]}
            picture.append(gap)
        else:
            clip = _clip(cut, item, shots[item.shot], takes[item.shot], span, out.parent)
            if others is not None and others.get(item.shot):
                clip.metadata["workprint"]["other_takes"] = [
                    {"take": take.key, "url": _url(take.path, out.parent)} for take in others[item.shot]
                ]
            picture.append(clip)
    heard = otio.schema.Track(name="Mix", kind=otio.schema.TrackKind.Audio)
    whole = _range(cut, 0, cut.frame_count)
    media = otio.schema.ExternalReference(target_url=_url(sound, out.parent), available_range=whole)
    heard.append(otio.schema.Clip(name=sound.name, media_reference=media, source_range=whole))
    timeline = otio.schema.Timeline(
        name=cut.title, global_start_time=otio.opentime.RationalTime(3600 * cut.fps, cut.fps)
    )
    timeline.tracks.extend([picture, heard])
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = partial_path(out.parent, ".otio")
    try:
        partial.write_text(otio.adapters.write_to_string(timeline, "otio_json"), "utf-8")
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)


def _clip(
    cut: Cut, item: CutItem, shot: Shot, take: Take, span: otio.opentime.TimeRange, folder: Path
) -> otio.schema.Clip:
    media = otio.schema.ExternalReference(
        target_url=_url(take.path, folder), available_range=_range(cut, 0, take.frame_count)
    )
    clip = otio.schema.Clip(name=item.shot, media_reference=media, source_range=span)
    clip.metadata["workprint"] = {
        "scene": item.scene,
        "take": take.key,
        "size": shot.size or "",
        "action": shot.action,
        "fade_in_frames": item.fade_in_frames,
        "fade_out_frames": item.fade_out_frames,
    }
    notes = [f"{line.character}: {line.text}" for line in shot.lines] or [shot.action]
    where = f" ({shot.source[0].brief})" if shot.source else ""
    if notes[0]:
        marker = otio.schema.Marker(name="\n".join(notes) + where, marked_range=_range(cut, span.start_time.value, 1))
        clip.markers.append(marker)
    return clip


def _transition(cut: Cut, item: CutItem) -> otio.schema.Transition:
    kind = otio.schema.TransitionTypes.SMPTE_Dissolve if item.entered_by == "dissolve" else "Custom_Transition"
    inside = _before_cut(item.overlap_frames)
    return otio.schema.Transition(
        name=item.entered_by,
        transition_type=kind,
        in_offset=otio.opentime.RationalTime(inside, cut.fps),
        out_offset=otio.opentime.RationalTime(item.overlap_frames - inside, cut.fps),
    )


def _before_cut(overlap_frames: int) -> int:
    """How many of the frames that two shots share stand before the cut between them."""
    return overlap_frames // 2


def _range(cut: Cut, first: float, count: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(
        otio.opentime.RationalTime(first, cut.fps), otio.opentime.RationalTime(count, cut.fps)
    )


def _url(path: Path, folder: Path) -> str:
    """The path relative to the timeline, with forward slashes."""
    return Path(os.path.relpath(path, folder)).as_posix()
