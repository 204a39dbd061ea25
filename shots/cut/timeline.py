"""The cut: what stands on which frame of the film, in whole frames, half-open.

Everything that has a time in the film (segments, cues, captions, the editor's timeline) is derived from one
`Cut`, so picture and sound cannot drift apart. Nothing is read or drawn here.

A dissolve and a wipe overlap the shots they join, which shortens the film; they are kept to frames in which
neither shot speaks, so that no line is cut or talked over. Fades overlap nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from shots.errors import CutError
from shots.spec import Scene, Shot, Storyboard, TransitionKind
from shots.timing import ShotTiming

__all__ = ["Card", "Cut", "CutItem", "build_cut"]

_DISSOLVE_S = 0.8
_WIPE_S = 0.6
_FADE_S = 0.9
_THROUGH_BLACK_S = 1.1
_LAST_FADE_S = 0.7
_CARD_FADE_S = 0.4
_SHORT_FILM_S = 30.0
_TITLE_S, _SHORT_TITLE_S = 3.0, 2.0
_CREDITS_S, _SHORT_CREDITS_S = 3.2, 2.2
_NAMES_A_CARD = 8
_FEWEST_FRAMES = 3  # an overlap shorter than this is a cut


@dataclass(frozen=True)
class Card:
    """Words on a dark ground: a title with its credit, or a heading with names under it."""

    kind: Literal["title", "credits"]
    heading: str
    lines: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True, kw_only=True)
class CutItem:
    """A shot, or a card, from `start_frame` of the film for `frame_count` frames.

    It shows a shot's take from the take's frame `first_frame` on. Its first `overlap_frames` are the last ones of the
    item before it (`entered_by` says how they are joined); `fade_in_frames` and `fade_out_frames` come from and go to
    black.
    """

    start_frame: int
    frame_count: int
    first_frame: int = 0
    shot: str = ""
    scene: str = ""
    card: Card | None = None
    entered_by: TransitionKind = "cut"
    overlap_frames: int = 0
    fade_in_frames: int = 0
    fade_out_frames: int = 0

    @property
    def end_frame(self) -> int:
        """The first frame after it."""
        return self.start_frame + self.frame_count


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A film: items in order, each starting where the one before ends, or within it by its overlap."""

    title: str
    language: str
    fps: int
    width_px: int
    height_px: int
    items: tuple[CutItem, ...] = field(default_factory=tuple)

    @property
    def frame_count(self) -> int:
        """The length of the film in frames."""
        return self.items[-1].end_frame if self.items else 0

    @property
    def duration_s(self) -> float:
        """The length of the film in seconds."""
        return self.frame_count / self.fps


def build_cut(
    storyboard: Storyboard,
    timings: Mapping[str, ShotTiming],
    *,
    thanks: Sequence[str] = (),
    cards: bool = True,
) -> Cut:
    """Lays out a completed storyboard, whose takes last as `timings` say and are shown but for what is trimmed.

    `cards` puts a title before the first shot and credits with the cast after the last; `thanks` are lines
    for the credits' foot, such as "Voices by eSpeak NG".

    Raises:
        CutError: there are no shots, or a shot has no timing.
    """
    placed = [(scene, shot) for scene in storyboard.scenes for shot in scene.shots]
    if not placed:
        raise CutError(f"'{storyboard.title}' has no shots, so there is nothing to cut. Fix: add a scene with a shot.")
    items: list[CutItem] = []
    timed = [(scene, shot, _timing(shot, timings)) for scene, shot in placed]
    fps = storyboard.fps
    short = sum(timing.shown.frame_count for _, _, timing in timed) < _SHORT_FILM_S * fps
    if cards:
        title = Card("title", storyboard.title, (storyboard.credit,) if storyboard.credit else ())
        items.append(_card_item(title, 0, _SHORT_TITLE_S if short else _TITLE_S, fps))
    for position, (scene, shot, timing) in enumerate(timed):
        before = timed[position - 1] if position else None
        _add(items, scene, shot, timing, before[2].shown if before else None, fps)
    if cards:
        last = items[-1]
        items[-1] = replace(last, fade_out_frames=min(round(_LAST_FADE_S * fps), _free_half(last)))
        for card in _credits(storyboard, thanks):
            items.append(_card_item(card, items[-1].end_frame, _SHORT_CREDITS_S if short else _CREDITS_S, fps))
    return Cut(
        title=storyboard.title,
        language=storyboard.language,
        fps=fps,
        width_px=storyboard.width_px,
        height_px=storyboard.height_px,
        items=tuple(items),
    )


def _timing(shot: Shot, timings: Mapping[str, ShotTiming]) -> ShotTiming:
    timing = timings.get(shot.id or "")
    if timing is None or timing.frame_count < 1:
        raise CutError(
            f"shot {shot.id or '(without an id)'} has no length. Fix: time the storyboard before cutting it."
        )
    return timing


def _add(items: list[CutItem], scene: Scene, shot: Shot, take: ShotTiming, before: ShotTiming | None, fps: int) -> None:
    """Adds a shot, entered as its transition says; shortens or fades what stands before it accordingly."""
    timing = take.shown
    kind = shot.transition.kind
    previous = items[-1] if items else None
    overlap = fade_in = 0
    if kind in {"dissolve", "wipe"} and (previous is None or before is None):
        kind = "fade_in"  # there is no picture to come from
    if kind in {"dissolve", "wipe"} and previous is not None and before is not None:
        wanted = round((shot.transition.duration_s or (_DISSOLVE_S if kind == "dissolve" else _WIPE_S)) * fps)
        overlap = min(wanted, _free_half(previous), timing.frame_count // 2, _quiet_tail(before), _quiet_head(timing))
        if overlap < _FEWEST_FRAMES:
            overlap, kind = 0, "cut"
    elif kind in {"fade_in", "fade_out", "fade_through_black"}:
        whole = round(
            (shot.transition.duration_s or (_THROUGH_BLACK_S if kind == "fade_through_black" else _FADE_S)) * fps
        )
        each = whole // 2 if kind == "fade_through_black" else whole
        if kind != "fade_out":
            fade_in = min(each, timing.frame_count // 2)
        if kind != "fade_in" and previous is not None and previous.card is None:
            items[-1] = replace(previous, fade_out_frames=min(each, _free_half(previous)))
    items.append(
        CutItem(
            start_frame=(previous.end_frame if previous else 0) - overlap,
            frame_count=timing.frame_count,
            first_frame=take.head_frames,
            shot=timing.shot,
            scene=scene.id or "",
            entered_by=kind,
            overlap_frames=overlap,
            fade_in_frames=fade_in,
        )
    )


def _free_half(item: CutItem) -> int:
    """How many of an item's last frames a transition may use: half of it, and none of how it is entered."""
    return min(item.frame_count // 2, item.frame_count - item.overlap_frames - item.fade_in_frames)


def _quiet_tail(timing: ShotTiming) -> int:
    """Whole frames after the last word."""
    end_s = max((line.start_s + line.duration_s for line in timing.lines), default=0.0)
    return max(0, int(timing.frame_count - end_s * timing.fps))


def _quiet_head(timing: ShotTiming) -> int:
    """Whole frames before the first word."""
    return int(min((line.start_s for line in timing.lines), default=timing.duration_s) * timing.fps)


def _card_item(card: Card, start_frame: int, seconds: float, fps: int) -> CutItem:
    fade = max(1, round(_CARD_FADE_S * fps))
    return CutItem(
        start_frame=start_frame,
        frame_count=max(2 * fade, round(seconds * fps)),
        card=card,
        fade_in_frames=fade,
        fade_out_frames=fade,
    )


def _credits(storyboard: Storyboard, thanks: Sequence[str]) -> tuple[Card, ...]:
    """The cast in the order in which they are first on screen or heard, a few to a card."""
    order: dict[str, None] = {}
    for scene in storyboard.scenes:
        for shot in scene.shots:
            here = [line.character for line in shot.lines] + [p.character for p in scene.floor(shot)]
            order.update(dict.fromkeys(here))
    cast = {character.id: character for character in storyboard.cast}
    names = [cast[name].name or name.title() for name in order if name in cast]
    foot = " · ".join((*thanks, "Made with Workprint"))
    pages = [tuple(names[i : i + _NAMES_A_CARD]) for i in range(0, len(names), _NAMES_A_CARD)] or [()]
    heading = "演员" if storyboard.language.startswith("zh") else "Cast"
    return tuple(
        Card("credits", heading if page else storyboard.title, page, foot if number == len(pages) else "")
        for number, page in enumerate(pages, start=1)
    )
