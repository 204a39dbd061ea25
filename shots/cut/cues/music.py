"""Spots a cut for its composer: where score comes in and goes out, what it meets, and what it makes room for.

Without a crew the spotting is by rule, and not wall to wall: of all passages those that ask for music most are scored
until about three fifths of the film are, the opening and what follows the last word among them. Where a crew has
spotted the film, its cues are taken as they are and none is added, unless the cut has lost the lines of all of them.
Nothing is composed here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal
from zlib import crc32

from audio.cues import Hit, MusicCue
from shots.cut.cues.asked import AskedCue, SceneMusic, line_at
from shots.cut.cues.beats import Said, key_lines, said_in, turn_of
from shots.cut.cues.passages import Passage, passages_of
from shots.cut.cues.placed import Placed, scenes_of
from shots.cut.cues.tension import tension_curve
from shots.spec import SIZES, Storyboard

__all__ = ["spot_music"]

_LEAST, _MOST = 0.5, 0.7  # of the film's length under score by rule
_SHARE = {"comic": 0.52, "neutral": 0.55, "quiet": 0.58}  # that is aimed at, by the mood of most of it
_USUAL_SHARE = 0.62
_RELUCTANT = 0.4  # what asks for no more is not scored for the share's sake
_TIRING_S = 40.0  # of music, after which the ear wants none
_SHORTEST_S = 6.0  # a cue that has time to say something
_ASKED_S = 1.0  # of a crew's cue that the cut has kept, at least
_GAP_S = 2.5  # a shorter silence between two cues is a hole
_LONGEST_S = 150.0  # after which another scene gets a cue of its own
_TITLE_S = 0.5  # music comes in after the title has begun to show
_LAST_RING_S = 0.3  # of the film, for the last note to have gone
_BREATH_S = (0.25, 0.3)  # that music keeps away before and after a line that stands alone
_JOINED_S = 0.8  # lines so near are one stretch of talk
_SETTLED_S = 2.0  # from a cue's beginning, before which it cannot drop out
_COMES_BACK_S = 3.0  # that a cue has left after a line that stands alone, or it ends before it
_REEL_S = 1200.0  # cues are counted by reels of twenty minutes
_THEMES = 3
_BLEND = (  # moods that one cue can go through
    frozenset({"quiet", "sad", "warm", "neutral"}),
    frozenset({"tense", "urgent", "neutral"}),
    frozenset({"comic", "warm", "neutral"}),
)
_MET = frozenset({"insert", "reaction", "establishing", "pov"})  # pictures whose cut music may meet


@dataclass(frozen=True, kw_only=True)
class _Scene:
    """A cut scene as it is spotted."""

    shots: tuple[Placed, ...]
    turn: tuple[float, float] | None
    keys: tuple[Said, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class _Span:
    """Where a cue is to be. `mood` is a crew's own word for it."""

    start_s: float
    end_s: float
    ends: Literal["resolved", "open", "cut"] = "resolved"
    mood: str = ""


def spot_music(
    placed: Sequence[Placed], storyboard: Storyboard, duration_s: float, asked: Sequence[SceneMusic] = ()
) -> tuple[MusicCue, ...]:
    """The score's cues of a film of `duration_s`, in order and clear of each other; `asked` is what a crew spotted."""
    wanted = {scene.scene: scene for scene in asked}
    scenes = [_read(shots, wanted.get(shots[0].scene.id or "")) for shots in scenes_of(placed)]
    if not scenes:
        return ()
    spans = _as_asked(scenes, wanted, duration_s) or _by_rule(scenes, duration_s)
    counts: dict[int, int] = {}
    cues = []
    for span in spans:
        reel = 1 + int(span.start_s // _REEL_S)
        counts[reel] = counts.get(reel, 0) + 1
        cues.append(_cue(span, scenes, storyboard, f"{reel}m{counts[reel]}"))
    return tuple(cues)


def _read(shots: tuple[Placed, ...], asked: SceneMusic | None) -> _Scene:
    said = said_in(shots)
    turned = turn_of(said)
    turn = (turned.start_s, turned.end_s) if turned is not None else None
    if asked is not None and asked.turn is not None:
        turn = line_at(shots, asked.turn) or turn
        turned = next((each for each in said if turn is not None and each.start_s == turn[0]), turned)
    keys = key_lines(said, turned)
    return _Scene(shots=shots, turn=turn, keys=keys, passages=passages_of(shots, turn, keys))


def _by_rule(scenes: Sequence[_Scene], duration_s: float) -> list[_Span]:
    """Cues over the passages that ask for music most."""
    passages = [passage for scene in scenes for passage in scene.passages]
    keys = [key for scene in scenes for key in scene.keys]
    chosen = _chosen(passages, duration_s)
    spans: list[_Span] = []
    for number, passage in enumerate(passages):
        if number not in chosen:
            continue
        before = passages[number - 1] if number else None
        if spans and before is not None and number - 1 in chosen and not _parts(spans[-1], before, passage):
            spans[-1] = replace(spans[-1], end_s=passage.end_s)
        else:
            spans.append(_Span(start_s=passage.start_s, end_s=passage.end_s))
    return _ended(_bounded(spans, passages, keys, duration_s), passages, keys)


def _chosen(passages: Sequence[Passage], duration_s: float) -> set[int]:
    """The numbers of the passages that are scored."""
    first_s, last_s = passages[0].start_s, duration_s - passages[-1].end_s
    lengths = [passage.length_s for passage in passages]
    lengths[0] += first_s
    lengths[-1] += last_s
    chosen = {0, len(passages) - 1}
    covered = sum(lengths[number] for number in chosen)
    share = _SHARE.get(_prevailing(passages), _USUAL_SHARE)

    def asks(number: int) -> float:
        first, last = number, number
        while first - 1 in chosen:
            first -= 1
        while last + 1 in chosen:
            last += 1
        beside = last - first
        alone = not beside and lengths[number] < _SHORTEST_S
        run_s = sum(lengths[near] for near in range(first, last + 1))
        tires = 0.25 * min(4.0, run_s / _TIRING_S) if run_s > _TIRING_S else 0.0
        return passages[number].asks + 0.08 * min(1, beside) - 0.8 * alone - tires

    left = set(range(len(passages))) - chosen
    while left and covered < share * duration_s:
        best = max(sorted(left), key=asks)
        if covered >= _LEAST * duration_s and asks(best) <= _RELUCTANT:
            break
        left.discard(best)
        if covered + lengths[best] <= _MOST * duration_s:
            chosen.add(best)
            covered += lengths[best]
    kept: set[int] = set()
    for number in sorted(chosen):
        if number == 0 or number - 1 in kept or passages[number].enters:
            kept.add(number)
    return kept


def _prevailing(passages: Sequence[Passage]) -> str:
    """The mood of most of the film."""
    lengths: dict[str, float] = {}
    for passage in passages:
        mood = passage.shots[0].scene.mood
        lengths[mood] = lengths.get(mood, 0.0) + passage.length_s
    return max(lengths, key=lambda mood: lengths[mood])


def _parts(span: _Span, before: Passage, passage: Passage) -> bool:
    """Whether one cue must end and another begin between two passages."""
    if not passage.opens:
        return False
    one, other = before.shots[-1].scene.mood, passage.shots[0].scene.mood
    clash = one != other and not any({one, other} <= blend for blend in _BLEND)
    return clash or passage.shots[0].item.entered_by == "smash_cut" or passage.end_s - span.start_s > _LONGEST_S


def _bounded(
    spans: Sequence[_Span], passages: Sequence[Passage], keys: Sequence[Said], duration_s: float
) -> list[_Span]:
    """The spans over title and credits, without holes and without scraps."""
    whole = list(spans)
    whole[0] = replace(whole[0], start_s=min(_TITLE_S, whole[0].start_s))
    whole[-1] = replace(whole[-1], end_s=duration_s - _LAST_RING_S)
    smashed = {p.start_s for p in passages if p.opens and p.shots[0].item.entered_by == "smash_cut"}
    joined: list[_Span] = []
    for span in whole:
        from_s = joined[-1].end_s if joined else span.start_s
        meant = any(from_s <= at <= span.start_s for at in smashed) or any(
            key.start_s < span.start_s and key.end_s > from_s for key in keys
        )
        long = bool(joined) and span.end_s - joined[-1].start_s > _LONGEST_S
        if 0 < span.start_s - from_s < _GAP_S and not meant and not long:
            joined[-1] = replace(joined[-1], end_s=span.end_s)
        else:
            joined.append(span)
    last = len(joined) - 1
    kept = [span for at, span in enumerate(joined) if at == last or span.end_s - span.start_s >= _SHORTEST_S]
    ends_s = [span.start_s for span in kept[1:]] + [duration_s]  # scenes overlap in a dissolve, cues never
    return [replace(span, end_s=min(span.end_s, end_s)) for span, end_s in zip(kept, ends_s, strict=True)]


def _ended(spans: Sequence[_Span], passages: Sequence[Passage], keys: Sequence[Said]) -> list[_Span]:
    """The spans with how each one ends: dead on a smash cut, open before words that matter, else resolved."""
    ended = []
    for span in spans:
        after = next((p for p in passages if abs(p.start_s - span.end_s) < 1e-6), None)
        out = next(
            (key for key in keys if span.start_s < key.start_s and 0 <= span.end_s - key.end_s < _COMES_BACK_S), None
        )
        if out is not None and out.start_s - _BREATH_S[0] - span.start_s >= _SHORTEST_S:
            ended.append(replace(span, end_s=out.start_s - _BREATH_S[0], ends="open"))
        elif after is not None and after.opens and after.shots[0].item.entered_by == "smash_cut":
            ended.append(replace(span, ends="cut"))
        elif after is not None and after.talks and after.shots[0].scene.mood in ("tense", "urgent"):
            ended.append(replace(span, ends="open"))
        else:
            ended.append(span)
    return ended


def _as_asked(scenes: Sequence[_Scene], wanted: dict[str, SceneMusic], duration_s: float) -> list[_Span]:
    """A crew's cues at the times of their lines; at the film's two ends they reach over title and credits."""
    spans: list[_Span] = []
    for scene in scenes:
        asked = wanted.get(scene.shots[0].scene.id or "")
        for cue in asked.cues if asked is not None else ():
            span = _between(scene, cue)
            if span is not None and (not spans or span.start_s >= spans[-1].end_s - 1.0):
                start_s = max(span.start_s, spans[-1].end_s if spans else 0.0)
                spans.append(replace(span, start_s=start_s))
    first_s, last_s = scenes[0].shots[0].start_s, scenes[-1].shots[-1].end_s
    if spans and spans[0].start_s <= first_s + 1.0:
        spans[0] = replace(spans[0], start_s=min(_TITLE_S, spans[0].start_s))
    if spans and spans[-1].end_s >= last_s - 1.5:
        spans[-1] = replace(spans[-1], end_s=duration_s - _LAST_RING_S, ends="resolved")
    return [span for span in spans if span.end_s - span.start_s > _ASKED_S]


def _between(scene: _Scene, cue: AskedCue) -> _Span | None:
    first, last = line_at(scene.shots, cue.first), line_at(scene.shots, cue.last)
    if first is None or last is None or last[1] <= first[0]:
        return None
    return _Span(start_s=first[0], end_s=last[1], mood=cue.mood)


def _cue(span: _Span, scenes: Sequence[_Scene], storyboard: Storyboard, title: str) -> MusicCue:
    shots = [shot for scene in scenes for shot in scene.shots]
    until_s = [shot.start_s for shot in shots[1:]] + [math.inf]  # from there on the next shot is seen
    under = [
        shot
        for shot, next_s in zip(shots, until_s, strict=True)
        if min(shot.end_s, next_s) > span.start_s and shot.start_s < span.end_s
    ]
    first = under[0] if under else scenes[0].shots[0]
    lines = [spoken for shot in under for spoken in shot.spoken]
    keys = [key for scene in scenes for key in scene.keys]
    turns = [scene.turn for scene in scenes if scene.turn is not None]
    return MusicCue(
        mood=span.mood or _mood(under, span),
        start_s=span.start_s,
        end_s=span.end_s,
        tension=tension_curve(under, turns, span.start_s, span.end_s, resolves=span.ends == "resolved"),
        hits=_hits(under, turns, span),
        spoken=_merged(lines, span),
        silences=_silences(keys, span),
        themes=_themes(under, storyboard, span),
        ends=span.ends,
        title=title,
        shot=first.id,
        seed=crc32(f"music {storyboard.seed} {first.id}".encode()),
    )


def _mood(under: Sequence[Placed], span: _Span) -> str:
    """The mood that most of a cue plays in; the earlier of two alike."""
    lengths: dict[str, float] = {}
    for shot in under:
        inside = min(shot.end_s, span.end_s) - max(shot.start_s, span.start_s)
        lengths[shot.scene.mood] = lengths.get(shot.scene.mood, 0.0) + inside
    return max(lengths, key=lambda mood: lengths[mood]) if lengths else "neutral"


def _hits(under: Sequence[Placed], turns: Sequence[tuple[float, float]], span: _Span) -> tuple[Hit, ...]:
    """What music can meet in a cue, in order of time: at most one hit at a time, the strongest."""
    found: list[Hit] = []
    for before, shot in pairwise((None, *under)):
        if shot is None or not span.start_s <= shot.start_s < span.end_s:
            continue
        new_scene = before is None or before.scene is not shot.scene
        close = SIZES.index(shot.shot.size or "MS") >= SIZES.index("CU")
        if shot.item.entered_by == "smash_cut":
            found.append(Hit(time_s=shot.start_s, kind="smash"))
        elif new_scene and shot.id == shot.scene.shots[0].id:
            found.append(Hit(time_s=shot.start_s, kind="scene"))
        elif not shot.shot.lines and (shot.shot.coverage in _MET or close):
            found.append(Hit(time_s=shot.start_s, kind="cut"))
    found += [Hit(time_s=end_s, kind="turn") for _, end_s in turns if span.start_s <= end_s < span.end_s]
    found.append(Hit(time_s=span.end_s, kind="end"))
    strength = {"smash": 0, "turn": 1, "scene": 2, "end": 3, "cut": 4}
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (strength[hit.kind], hit.time_s)):
        if hit.kind == "end" or all(abs(hit.time_s - other.time_s) > 0.5 for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: (hit.time_s, strength[hit.kind])))


def _merged(lines: Sequence[tuple[float, float]], span: _Span) -> tuple[tuple[float, float], ...]:
    """Lines within a cue, those near each other as one stretch."""
    out: list[tuple[float, float]] = []
    for start_s, end_s in sorted(lines):
        start_s, end_s = max(start_s, span.start_s), min(end_s, span.end_s)
        if end_s <= start_s:
            continue
        if out and start_s - out[-1][1] < _JOINED_S:
            out[-1] = (out[-1][0], max(out[-1][1], end_s))
        else:
            out.append((start_s, end_s))
    return tuple(out)


def _silences(keys: Sequence[Said], span: _Span) -> tuple[tuple[float, float], ...]:
    """When a cue drops out: under the lines that stand alone, once it has settled and if it comes back after them."""
    before_s, after_s = _BREATH_S
    spans = [(key.start_s - before_s, key.end_s + after_s) for key in keys]
    return tuple(
        (start_s, end_s) for start_s, end_s in spans if span.start_s + _SETTLED_S <= start_s and end_s < span.end_s
    )


def _themes(under: Sequence[Placed], storyboard: Storyboard, span: _Span) -> tuple[str, ...]:
    """Whose cue it is: those it is framed for and those who speak, by how long."""
    cast = [character.id for character in storyboard.cast]
    seconds = dict.fromkeys(cast, 0.0)
    for shot in under:
        inside = min(shot.end_s, span.end_s) - max(shot.start_s, span.start_s)
        for place, who in enumerate(shot.shot.subjects):
            if who in seconds:
                seconds[who] += inside / (1 + place)
        for timed, line in shot.said:
            if line.character in seconds and line.heard != "radio":
                seconds[line.character] += 0.5 * timed.duration_s
    present = [who for who in cast if seconds[who] > 0]
    return tuple(sorted(present, key=lambda who: (-round(seconds[who], 3), cast.index(who)))[:_THEMES])
