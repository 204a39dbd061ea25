"""The plan: which shots are rendered, in which order they can be, and why each one is.

Pure but for reading receipts. A shot whose take is stored under its key is kept; every other one becomes a
job with its reasons, found by comparing what is asked with what made the newest take of that shot.

A take that a person circled stands for its shot although seed, words, settings, weights or versions are others now,
as long as it shows what is asked for: the same stage, size, length, known frames, guide and takes that are seen, by
a back end of the same name. One that is locked stands for its shot whatever is asked for, and waits for no other.
Shots that see either see that take, and have their keys from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from model.request import Backend, ClipRequest, KnownFrame, Picture
from shots.errors import RenderError, near_name
from shots.render.held import Held
from shots.render.job import Dependency, Job, RenderPlan, Take, TakeSpec
from shots.render.keys import array_digest, key, plain
from shots.render.reasons import departures, reasons_for
from shots.render.store import TakeStore

if TYPE_CHECKING:
    from model.stage import Stage
    from shots.graph import Edge

__all__ = ["CLIP_FORMAT", "plan", "take_key"]

CLIP_FORMAT = 1
"""Raised when takes are written differently, so that takes made before are not taken for ones made now."""

_DIGESTS: WeakKeyDictionary[KnownFrame, tuple[str, str]] = WeakKeyDictionary()
_PICTURE_DIGESTS: WeakKeyDictionary[Picture, str] = WeakKeyDictionary()


def plan(
    requests: Mapping[str, ClipRequest],
    edges: Iterable[Edge],
    backend: Backend,
    store: TakeStore,
    held: Mapping[str, Held] = MappingProxyType({}),
) -> RenderPlan:
    """Plans the shots of `requests`, which stand in the order of the cut; `held` are the takes that a person circled.

    Of the graph's `edges` only those of a kind that `backend.reads` count. A request's own references are
    ignored: they are made from the edges.

    Raises:
        RenderError: an edge leads nowhere, shots wait for each other, or a shot cannot be asked for.
    """
    seen: dict[str, tuple[Dependency, ...]] = dict.fromkeys(requests, ())
    locked = {shot for shot, one in held.items() if one.locked}
    for edge in edges:
        if edge.kind != "cuts_to" and edge.kind in backend.reads and edge.target in seen and edge.target not in locked:
            of = requests.get(edge.source)
            stage = of.stage if of is not None and _shows(held.get(edge.source), of.stage) else None
            seen[edge.target] = (*seen[edge.target], Dependency(edge.kind, edge.of, edge.source, stage))
    specs: dict[str, TakeSpec] = {}
    keys: dict[str, str] = {}
    kept: dict[str, Take] = {}
    departs: dict[str, tuple[str, ...]] = {}  # why a circled take no longer stands for its shot
    for shot in _order(seen):
        one = held.get(shot)
        if one is not None and one.locked:
            keys[shot], kept[shot] = one.take.key, one.take
            continue
        specs[shot] = _spec(shot, requests[shot], seen[shot], keys, backend)
        if one is not None:
            departs[shot] = departures(specs[shot], seen[shot], keys, one.receipt)
            if not departs[shot]:
                keys[shot], kept[shot] = one.take.key, one.take
                continue
        try:
            keys[shot] = take_key(specs[shot])
        except ValueError as error:
            raise RenderError(f"shot {shot} cannot be rendered: {error}. Fix: mend its storyboard entry.") from None
        take = store.find(keys[shot], shot)
        if take is not None:
            kept[shot] = take
    jobs = [
        Job(
            shot=shot,
            key=keys[shot],
            spec=specs[shot],
            request=request,
            dependencies=seen[shot],
            reasons=departs.get(shot) or reasons_for(specs[shot], keys[shot], seen[shot], keys, store.newest(shot)),
            waits_for=tuple(dict.fromkeys(d.shot for d in seen[shot] if d.shot not in kept)),
        )
        for shot, request in requests.items()
        if shot not in kept
    ]
    return RenderPlan(tuple(jobs), tuple(kept[shot] for shot in requests if shot in kept))


@lru_cache(maxsize=1024)
def take_key(spec: TakeSpec) -> str:
    """The key under which the take of `spec` is stored. A film in hand asks for most of its keys again and again.

    Raises:
        ValueError: a number in it is not finite.
    """
    return key("take", spec)


def _order(seen: Mapping[str, tuple[Dependency, ...]]) -> tuple[str, ...]:
    for shot, edges in seen.items():
        for edge in edges:
            if edge.shot not in seen:
                raise RenderError(
                    f"shot {shot} looks at shot '{edge.shot}', which the film does not have"
                    f"{near_name(edge.shot, seen) or '.'} Fix: name a shot of the film, or remove the reference."
                )
    try:
        return tuple(TopologicalSorter({shot: [e.shot for e in edges] for shot, edges in seen.items()}).static_order())
    except CycleError as error:
        chain = " → ".join(reversed(error.args[1]))
        raise RenderError(f"shots wait for each other: {chain}. Fix: remove one of these references.") from None


def _spec(
    shot: str, request: ClipRequest, seen: tuple[Dependency, ...], keys: Mapping[str, str], backend: Backend
) -> TakeSpec:
    if request.width_px % 2 or request.height_px % 2 or request.width_px < 2 or request.height_px < 2:
        even = f"{max(2, request.width_px // 2 * 2)}×{max(2, request.height_px // 2 * 2)}"
        raise RenderError(
            f"shot {shot} asks for {request.width_px}×{request.height_px}, and video needs even sides. "
            f"Fix: make it {even}."
        )
    if request.frame_count < 1 or request.fps < 1:
        raise RenderError(
            f"shot {shot} asks for {request.frame_count} frames at {request.fps} frames per second. "
            "Fix: give it a duration above zero."
        )
    return TakeSpec(
        stage=request.stage,
        width_px=request.width_px,
        height_px=request.height_px,
        fps=request.fps,
        frame_count=request.frame_count,
        seed=request.seed,
        text=request.text,
        negative=request.negative,
        references=tuple((edge.kind, edge.of, keys[edge.shot]) for edge in seen),
        pictures=tuple((one.kind, one.of, one.view, _digest(one)) for one in request.pictures),
        known=tuple((known.index, *_digests(known)) for known in request.known),
        guide=request.guide,
        without=request.without,
        backend=backend.name,
        backend_version=backend.version,
        weights_digest=backend.weights_digest,
        settings=tuple({**dict(backend.settings), **dict(request.settings)}.items()),
        clip_format=CLIP_FORMAT,
    )


def _shows(held: Held | None, stage: Stage) -> bool:
    """Whether a shot's take is of its stage as it now is: a locked one may be older."""
    return held is None or not held.locked or held.receipt.inputs.get("stage") == plain(stage)


def _digests(known: KnownFrame) -> tuple[str, str]:
    """Of a known frame's picture and of what of it is kept; reckoned once, for a plan is made many times over."""
    if known not in _DIGESTS:
        keep = "" if known.keep is None else array_digest(known.keep)
        _DIGESTS[known] = (array_digest(known.picture), keep)
    return _DIGESTS[known]


def _digest(picture: Picture) -> str:
    """Of a picture of the reference bank, reckoned once as well."""
    if picture not in _PICTURE_DIGESTS:
        _PICTURE_DIGESTS[picture] = array_digest(picture.picture)
    return _PICTURE_DIGESTS[picture]
