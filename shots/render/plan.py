"""The plan: which shots are rendered, in which order they can be, and why each one is.

Pure but for reading receipts. A shot whose take is stored under its key is kept; every other one becomes a
job with its reasons, found by comparing what is asked with what made the newest take of that shot.

A take that a person circled stands for its shot although seed, words, settings, weights or versions are others now,
as long as it shows what is asked for: the same stage, size, length, known frames, guide and takes that are seen, by
a back end of the same name. One that is locked stands for its shot whatever is asked for, and waits for no other.
Shots that see either see that take, and have their keys from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import TYPE_CHECKING

from model.request import Backend, ClipRequest
from shots.errors import RenderError, near_name
from shots.render.held import Held
from shots.render.job import Dependency, Job, RenderPlan, Take, TakeSpec
from shots.render.keys import JSON, array_digest, key, plain
from shots.render.store import SHORT_KEY_DIGITS, Receipt, TakeStore

if TYPE_CHECKING:
    from model.stage import Stage
    from shots.graph import Edge

__all__ = ["CLIP_FORMAT", "plan", "stage_changes", "take_key"]

CLIP_FORMAT = 1
"""Raised when takes are written differently, so that takes made before are not taken for ones made now."""

_NAMED = 2  # how many of the changes to one thing a reason names
_ONE_VALUE = frozenset("xyzrgb")  # points and colours are told whole
_WORDS = {
    "frame_count": "length in frames",
    "fps": "frames per second",
    "seed": "seed",
    "text": "description",
    "known": "known frames",
    "guide": "guide",
    "without": "left out",
    "weights_digest": "weights",
    "settings": "settings",
    "clip_format": "form of clips",
}
_CHOSEN_AS_IT_IS = frozenset({"seed", "text", "without", "weights_digest", "settings", "clip_format"})
"""What may be otherwise in a take that a person chose."""


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
            seen[edge.target] = (*seen[edge.target], Dependency(edge.kind, edge.of, edge.source))
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
            departs[shot] = _departs(specs[shot], seen[shot], keys, one.receipt)
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
            reasons=departs.get(shot) or _reasons(specs[shot], keys[shot], seen[shot], keys, store.newest(shot)),
            waits_for=tuple(dict.fromkeys(d.shot for d in seen[shot] if d.shot not in kept)),
        )
        for shot, request in requests.items()
        if shot not in kept
    ]
    return RenderPlan(tuple(jobs), tuple(kept[shot] for shot in requests if shot in kept))


def take_key(spec: TakeSpec) -> str:
    """The key under which the take of `spec` is stored.

    Raises:
        ValueError: a number in it is not finite.
    """
    return key("take", spec)


def stage_changes(old: Stage, new: Stage) -> tuple[str, ...]:
    """What differs between two stages, as a job's reasons tell it."""
    return tuple(_stage_reasons(plain(old), plain(new)))


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
        references=tuple((edge.kind, edge.of, keys[edge.shot]) for edge in seen),
        known=tuple(
            (known.index, array_digest(known.picture), "" if known.keep is None else array_digest(known.keep))
            for known in request.known
        ),
        guide=request.guide,
        without=request.without,
        backend=backend.name,
        backend_version=backend.version,
        weights_digest=backend.weights_digest,
        settings=tuple({**dict(backend.settings), **dict(request.settings)}.items()),
        clip_format=CLIP_FORMAT,
    )


def _reasons(
    spec: TakeSpec, wanted: str, seen: tuple[Dependency, ...], keys: Mapping[str, str], last: Receipt | None
) -> tuple[str, ...]:
    """Why a shot without a stored take is rendered: what differs from the newest take of it."""
    if last is None:
        return ("no take yet",)
    if last.key == wanted:
        return ("its take is damaged or gone",)
    return _differences(spec, last, tuple(_WORDS), seen, keys) or ("a take of it was made in another way",)


def _departs(
    spec: TakeSpec, seen: tuple[Dependency, ...], keys: Mapping[str, str], circled: Receipt
) -> tuple[str, ...]:
    """Why a take that a person circled is not what its shot asks for any more; () while it is."""
    names = tuple(name for name in _WORDS if name not in _CHOSEN_AS_IT_IS)
    differences = _differences(spec, circled, names, seen, keys, versions=False)
    if not differences and circled.inputs.get("references") != plain(spec.references):
        differences = ("it sees other shots for other reasons",)
    told = f"the circled take {circled.key[:SHORT_KEY_DIGITS]} is no longer what it asks for"
    return (told, *differences) if differences else ()


def _differences(
    spec: TakeSpec,
    last: Receipt,
    names: tuple[str, ...],
    seen: tuple[Dependency, ...],
    keys: Mapping[str, str],
    *,
    versions: bool = True,
) -> tuple[str, ...]:
    """What made a take otherwise than `spec` would, in stage, size, seen takes and what `names` name."""
    new = plain(spec)
    old = last.inputs
    if not isinstance(new, dict):
        raise TypeError("a take's spec is a record")
    reasons = []
    if old.get("backend") != new["backend"] or (versions and old.get("backend_version") != new["backend_version"]):
        reasons.append(
            f"back end {old.get('backend')} {old.get('backend_version')} → {spec.backend} {spec.backend_version}"
        )
    if (old.get("width_px"), old.get("height_px")) != (new["width_px"], new["height_px"]):
        reasons.append(f"size {old.get('width_px')}×{old.get('height_px')} → {spec.width_px}×{spec.height_px}")
    for name in names:
        before, now = old.get(name), new[name]
        if before != now:
            how = _given(bool(before), bool(now)) if name == "known" else _changes((name,), before, now)
            reasons.append(f"{_WORDS[name]} changed: {how}")
    reasons += _stage_reasons(old.get("stage"), new["stage"])
    reasons += _reference_reasons(seen, keys, last.seen)
    return tuple(reasons)


def _given(before: bool, now: bool) -> str:
    return "others are given" if before and now else "some are given" if now else "none are given any more"


def _stage_reasons(old: JSON, new: JSON) -> list[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return ["stage changed"]
    reasons = []
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if name not in {"figures", "props"}:
            if before != after:
                reasons.append(f"{name.removesuffix('_s')} changed: {_changes((name,), before, after)}")
            continue
        was, now = _by_id(before), _by_id(after)
        reasons += [f"{thing} is new in it" for thing in now if thing not in was]
        reasons += [f"{thing} is no longer in it" for thing in was if thing not in now]
        reasons += [
            f"{thing} changed: {_changes((), was[thing], now[thing])}"
            for thing in now
            if thing in was and was[thing] != now[thing]
        ]
        if before != after and list(was) != list(now) and set(was) == set(now):
            reasons.append(f"order of {name} changed")
    return reasons


def _reference_reasons(
    seen: tuple[Dependency, ...], keys: Mapping[str, str], last_seen: Mapping[str, str]
) -> list[str]:
    shots = dict.fromkeys(edge.shot for edge in seen)
    reasons = [f"reference {shot} is new" for shot in shots if shot not in last_seen]
    reasons += [f"reference {shot} was remade" for shot in shots if last_seen.get(shot, keys[shot]) != keys[shot]]
    reasons += [f"reference {shot} is no longer seen" for shot in last_seen if shot not in shots]
    return reasons


def _by_id(things: JSON) -> dict[str, JSON]:
    """A list of records by their `id`."""
    if not isinstance(things, list):
        return {}
    return {str(thing["id"]): thing for thing in things if isinstance(thing, dict) and "id" in thing}


def _changes(path: tuple[str, ...], old: JSON, new: JSON) -> str:
    """The first few of the smallest parts that differ, each named below `path`."""
    found = [
        " ".join((*where[len(path) :], f"{_short(before)} → {_short(after)}"))
        for where, before, after in _leaves(path, old, new)
    ]
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more


def _leaves(path: tuple[str, ...], old: JSON, new: JSON) -> Iterator[tuple[tuple[str, ...], JSON, JSON]]:
    """The smallest parts that differ: mappings are compared by name, lists of records by place."""
    if isinstance(old, dict) and isinstance(new, dict) and not {*old, *new} <= _ONE_VALUE:
        for name in dict.fromkeys((*new, *old)):
            if old.get(name) != new.get(name):
                yield from _leaves((*path, name), old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and _records(old) and _records(new):
        for place, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                yield from _leaves((*path, str(place + 1)), before, after)
    else:
        yield path, old, new


def _records(items: Sequence[JSON]) -> bool:
    return all(isinstance(item, dict) for item in items)


def _short(value: JSON) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return f"{len(value)} entries" if _records(value) and value else "(" + ", ".join(map(_short, value)) + ")"
    if isinstance(value, dict):
        return "(" + ", ".join(map(_short, value.values())) + ")"
    text = str(value) or "none"
    return text if len(text) <= 40 else f"{text[:37]}..."
