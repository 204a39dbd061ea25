"""Why a shot is rendered: what differs between what is asked for and what made a take, in words that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from shots.render.job import Dependency, TakeSpec
from shots.render.keys import JSON, plain
from shots.render.store import SHORT_KEY_DIGITS, Receipt

if TYPE_CHECKING:
    from model.stage import Stage

__all__ = ["departures", "reasons_for", "stage_changes"]

_NAMED = 2  # how many of the changes to one thing a reason names
_ONE_VALUE = frozenset("xyzrgb")  # points and colours are told whole
_WORDS = {
    "frame_count": "length in frames",
    "fps": "frames per second",
    "seed": "seed",
    "text": "description",
    "negative": "words for what it is not to become",
    "pictures": "reference pictures",
    "known": "known frames",
    "guide": "guide",
    "without": "left out",
    "weights_digest": "weights",
    "settings": "settings",
    "clip_format": "form of clips",
}
_UNKNOWN_BEFORE: dict[str, JSON] = {"negative": "", "pictures": []}
"""What takes were made with that are older than such things."""
_CHOSEN_AS_IT_IS = frozenset({"seed", "text", "negative", "without", "weights_digest", "settings", "clip_format"})
"""What may be otherwise in a take that a person chose."""


def stage_changes(old: Stage, new: Stage) -> tuple[str, ...]:
    """What differs between two stages, as a job's reasons tell it."""
    return tuple(_stage_reasons(plain(old), plain(new)))


def reasons_for(
    spec: TakeSpec, wanted: str, seen: tuple[Dependency, ...], keys: Mapping[str, str], last: Receipt | None
) -> tuple[str, ...]:
    """Why a shot without a stored take is rendered: what differs from the newest take of it."""
    if last is None:
        return ("no take yet",)
    if last.key == wanted:
        return ("its take is damaged or gone",)
    return _differences(spec, last, tuple(_WORDS), seen, keys) or ("a take of it was made in another way",)


def departures(
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
        before, now = old.get(name, _UNKNOWN_BEFORE.get(name)), new[name]
        if name == "settings" and before != now:
            reasons += _setting_reasons(_named(before), _named(now))
        elif before != now:
            how = _given(bool(before), bool(now)) if name in ("known", "pictures") else _changes((name,), before, now)
            reasons.append(f"{_WORDS[name]} changed: {how}")
    reasons += _stage_reasons(old.get("stage"), new["stage"])
    reasons += _reference_reasons(seen, keys, last.seen)
    return tuple(reasons)


def _given(before: bool, now: bool) -> str:
    return "others are given" if before and now else "some are given" if now else "none are given any more"


def _setting_reasons(old: Mapping[str, JSON], new: Mapping[str, JSON]) -> list[str]:
    """Each setting that is otherwise, by its name."""
    if {**old} == {**new}:
        return ["settings changed: their order"]
    return [
        f"{name} changed: {_short(old.get(name))} → {_short(new.get(name))}"
        for name in dict.fromkeys((*new, *old))
        if (name in old, old.get(name)) != (name in new, new.get(name))
    ]


def _named(settings: JSON) -> dict[str, JSON]:
    """Settings, which are pairs, by their names."""
    pairs = settings if isinstance(settings, list) else []
    return {str(pair[0]): pair[1] for pair in pairs if isinstance(pair, list) and len(pair) == 2}


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
