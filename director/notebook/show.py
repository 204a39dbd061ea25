"""How a film, its shots, takes and trials show themselves in a notebook without the widget: still pages, no script.

Pictures lie within the page and are small: a film shows its first scenes and says how many more there are, and a clip
that is too large is shown as a still. Shows what there is; makes no take and writes nothing but stills into the cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from director.english import clock
from director.notebook import pieces
from director.notebook.page import Markup, clip, element, page, picture

if TYPE_CHECKING:
    from pathlib import Path

    from director.reshoot.film import Film
    from director.reshoot.shot import Shot
    from director.reshoot.take import Take
    from director.reshoot.trial import Stale, Trial
    from shots.graph import Edge
    from shots.spec import Scene
    from shots.spec import Shot as Spec

__all__ = ["film_html", "listed_html", "shot_html", "shots_html", "take_html", "takes_html", "trial_html"]

_CARD_PX = 192
_WIDE_PX = 480
_MOST_CARDS = 60
_MOST_CLIPS_BYTES = 6_000_000  # of all clips in one page
_COLOURS = {"continues": "#d1462f", "identity": "#2f6fd1", "place": "#2d9a5f", "state": "#9a4fc4"}  # as in graph.svg


def film_html(film: Film) -> str:
    """The board: scene by scene, a card a shot, with what is stale and what continuity says below."""
    board, production = film.storyboard, film.production
    length_s = sum(timing.shown.duration_s for timing in production.timings.values())
    stale = film.stale()
    head = [
        pieces.count(len(board.scenes), "scene"), pieces.count(len(board.shots()), "shot"), clock(length_s),
        f"{len(stale)} to be made" if stale else "every take fits",
    ]  # fmt: skip
    scenes = list(_first(board.scenes))
    shown = sum(len(scene.shots) for scene in scenes)
    parts: list[str] = [element("h3", board.title), element("p", " · ".join(head), class_="dim")]
    parts += _scenes(film, scenes)
    if shown < len(board.shots()):
        rest = board.scenes[len(scenes)] if len(scenes) < len(board.scenes) else scenes[-1]
        more = f"… and {len(board.shots()) - shown} more shots: film.scene({rest.id!r}), film[{rest.shots[-1].id!r}]"
        parts.append(element("p", more, class_="dim"))
    return page(*parts, *pieces.stale(stale), *pieces.problems(film.problems))


def shots_html(shots: Sequence[Shot]) -> str:
    """Some shots of one film, a card each."""
    film, wanted = shots[0].film, {shot.id for shot in shots[:_MOST_CARDS]}
    parts = _scenes(film, film.storyboard.scenes, wanted)
    if len(shots) > _MOST_CARDS:
        parts.append(element("p", f"… and {len(shots) - _MOST_CARDS} more shots", class_="dim"))
    return page(*parts)


def shot_html(shot: Shot) -> str:
    """The take that is shown, or the drawing, beside what binds the shot, what it is, and what is wrong."""
    film, spec = shot.film, shot.spec
    production = film.production
    takes = shot.takes
    shown = next((take for take in takes if take.circled), None)
    told = f"{shot.id}: {pieces.told(spec)}"
    seen = _take(shown, _MOST_CLIPS_BYTES) if shown else _still(film, spec, _WIDE_PX)
    under = f"take {shown.number} of {len(takes)}" if shown else "drawn: no take of it fits"
    stale = next((one for one in film.stale() if one.shot == shot.id), None)
    left = [seen, element("p", under, class_="dim")]
    right = [
        element("h3", shot.id, " ", element("span", pieces.framing(spec), class_="dim")),
        element("p", *pieces.tags(spec, stale)),
        element("p", spec.action) if spec.action else "",
        *(element("p", element("b", line.character), f"  {line.text}") for line in spec.lines),
        *_bonds(film, shot.id),
        pieces.rows(_facts(shot, spec, production.requests[shot.id].text)),
        *pieces.listed("Takes", [_take_line(take) for take in takes]),
        *pieces.problems(shot.problems),
    ]
    return page(element("div", pieces.side(left), pieces.side(right), class_="sides", title=told))


def take_html(take: Take) -> str:
    """The clip and its receipt."""
    receipt = take.receipt
    inputs = receipt["inputs"]
    clip_ = receipt["clip"]
    seen = ", ".join(f"{shot} ({key[:12]})" for shot, key in receipt.get("seen", {}).items())
    rows = [
        ("key", take.key[:12]),
        ("pictured by", " ".join(filter(None, (str(inputs["backend"]), str(inputs["backend_version"]))))),
        ("seed", str(inputs["seed"])),
        ("length", f"{take.duration_s:.2f} s, {clip_['frame_count']} frames at {clip_['fps']}"),
        ("size", f"{clip_['width_px']}×{clip_['height_px']}, {pieces.size(clip_['bytes'])}"),
        ("looked at", seen),
        ("words", str(inputs["text"])),
        ("asked with", take.note),
        ("made", f"{receipt['made_at']} in {receipt['render_s']:.1f} s"),
        ("file", str(take.path)),
    ]
    whole = element("details", element("summary", "all that made it"), element("pre", json.dumps(receipt, indent=1)))
    left = [_take(take, _MOST_CLIPS_BYTES)]
    right = [
        element("h3", f"{take.shot.id}, take {take.number} "),
        element("p", *([pieces.tag("circled", "circled")] if take.circled else [])),
        pieces.rows(rows),
        whole,
    ]
    return page(element("div", pieces.side(left), pieces.side(right), class_="sides"))


def listed_html(things: Sequence[object]) -> str | None:
    """Shots or takes side by side; None for things that show themselves as text."""
    from director.reshoot.shot import Shot
    from director.reshoot.take import Take

    shots = [one for one in things if isinstance(one, Shot)]
    takes = [one for one in things if isinstance(one, Take)]
    if not things or len(shots) + len(takes) < len(things):
        return None
    return shots_html(shots) if shots else takes_html(takes)


def takes_html(takes: Sequence[Take]) -> str:
    """Takes side by side, each with what it was asked for with."""
    each = _MOST_CLIPS_BYTES // max(len(takes), 1)
    cards = []
    for take in takes:
        line = element("p", *_take_line(take))
        cards.append(element("div", _take(take, each, 300), line, style="width:300px"))
    return page(element("div", *cards, class_="strip"))


def trial_html(trial: Trial) -> str:
    """The drawing of a shot with its change, beside what would have to be made again and what continuity would say."""
    spec = next(shot for shot in trial.storyboard.shots() if shot.id == trial.shot)
    told = f"{trial.shot}, drawn with the change"
    left = [picture(trial.frame(trial.duration_s / 2), _WIDE_PX, told, "drawn"), element("p", told, class_="dim")]
    right = [
        element("h3", trial.shot, " ", element("span", pieces.framing(spec), class_="dim")),
        element("p", f"with {trial.changes.told}" if trial.changes else "as it is"),
        *pieces.stale(trial.stale, "To be made for it"),
        *pieces.problems(trial.problems, "Continuity would say"),
    ]
    return page(element("div", pieces.side(left), pieces.side(right), class_="sides"))


def _first(scenes: Iterable[Scene]) -> Iterable[Scene]:
    """As many whole scenes as have room, at least one."""
    shown = 0
    for scene in scenes:
        if shown and shown + len(scene.shots) > _MOST_CARDS:
            return
        shown += len(scene.shots)
        yield scene


def _scenes(film: Film, scenes: Iterable[Scene], wanted: set[str] | None = None) -> list[str]:
    """A heading and a strip of cards for each scene of which something is wanted; None wants all."""
    chosen = [(scene, [s for s in scene.shots if wanted is None or s.id in wanted][:_MOST_CARDS]) for scene in scenes]
    chosen = [(scene, shots) for scene, shots in chosen if shots]
    stills = _stills(film, [shot.id or "" for _, shots in chosen for shot in shots])
    stale = {one.shot: one for one in film.stale()}
    ill = {problem.shot for problem in film.problems}
    parts: list[str] = []
    for scene, shots in chosen:
        length_s = sum(film.production.timings[shot.id or ""].shown.duration_s for shot in scene.shots)
        more = len(scene.shots) - len(shots)
        told = f"{clock(length_s)}{f', {more} more shots' if more and wanted is None else ''}"
        parts.append(
            element("h4", f"{scene.number or scene.id}  {scene.heading} ", element("span", told, class_="dim"))
        )
        cards = [_card(film, shot, stills, stale.get(shot.id or ""), shot.id in ill) for shot in shots]
        parts.append(element("div", *cards, class_="strip"))
    return parts


def _card(film: Film, shot: Spec, stills: dict[str, tuple[Path, bool]], stale: Stale | None, ill: bool) -> Markup:
    name = shot.id or ""
    path, taken = stills[name]
    length = f"{film.production.timings[name].shown.duration_s:.1f} s"
    line = element(
        "div", element("b", name), element("span", pieces.framing(shot), class_="dim"),
        element("span", length, class_="end dim"), class_="line",
    )  # fmt: skip
    tags = [*pieces.tags(shot, stale), *([pieces.tag("continuity", "error")] if ill else [])]
    told = pieces.told(shot)
    return element(
        "div",
        picture(path, _CARD_PX, f"{name}: {told}", "" if taken else "drawn"),
        line,
        element("div", *tags) if tags else "",
        element("div", told, class_="told", title=told),
        class_="card",
    )


def _stills(film: Film, shots: Sequence[str]) -> dict[str, tuple[Path, bool]]:
    """Of each shot its still, and whether it is of a take."""
    from director.stills import stills

    production = film.production
    plan = production.render_plan
    taken = {take.shot for take in plan.kept}
    requests = {shot: production.requests[shot] for shot in shots}
    found = stills(requests, plan, film.folder.stills, production.timings)
    return {shot: (path, shot in taken) for shot, path in found}


def _still(film: Film, spec: Spec, width_px: int) -> Markup:
    path, taken = _stills(film, [spec.id or ""])[spec.id or ""]
    return picture(path, width_px, f"{spec.id}: {pieces.told(spec)}", "" if taken else "drawn")


def _take(take: Take, most_bytes: int, width_px: int = _WIDE_PX) -> Markup:
    """The clip, or a frame of it where it is too large to lie in a page."""
    told = f"take {take.number} of {take.shot.id}"
    middle = take.frame(take.stored.frame_count // 2)
    if take.path.stat().st_size <= most_bytes:
        return clip(take.path, middle, told, width_px)
    large = f"{told}, {pieces.size(take.path.stat().st_size)}: too large to be played here"
    return Markup(picture(middle, width_px, large) + element("p", large, class_="dim"))


def _take_line(take: Take) -> list[str]:
    head = [element("b", f"take {take.number}"), f"  {take.duration_s:.1f} s"]
    return [
        *head,
        f", {take.note}" if take.note else "",
        *([" ", pieces.tag("circled", "circled")] if take.circled else []),
    ]


def _bonds(film: Film, shot: str) -> list[Markup]:
    """The edges of a shot in words."""
    edges = film.graph.edges()
    takes = [[_dot(edge), _bond(edge)] for edge in edges if edge.target == shot and edge.kind in _COLOURS]
    given: dict[str, list[str]] = {}
    for edge in edges:
        if edge.source == shot and edge.kind in _COLOURS:
            given.setdefault(edge.target, []).append(edge.of or "its last frames")
    gives = [[f"{target} takes {', '.join(dict.fromkeys(of))} from it"] for target, of in given.items()]
    if len(gives) > pieces.MOST_TOLD:
        gives = [*gives[: pieces.MOST_TOLD], [f"… and {len(gives) - pieces.MOST_TOLD} more"]]
    return [*pieces.listed("Bound to", takes), *pieces.listed("Looked to", gives)]


def _bond(edge: Edge) -> str:
    return {
        "continues": f"continues {edge.source}",
        "identity": f"keeps {_whose(edge.of)} look from {edge.source}",
        "place": f"keeps {edge.of} and its light from {edge.source}",
        "state": f"keeps {edge.of} as {edge.source} leaves it",
    }[edge.kind]


def _whose(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "S")) else f"{name}'s"


def _dot(edge: Edge) -> Markup:
    return element("span", class_="dot", style=f"background:{_COLOURS[edge.kind]}", title=edge.kind)


def _facts(shot: Shot, spec: Spec, words: str) -> list[tuple[str, str]]:
    """What is to be known of a shot beside what its head says."""
    trim = spec.trim
    given = spec.given
    shows = [] if given is None else [f"{n} {v}" for n in ("first", "last", "take", "mask") if (v := getattr(given, n))]
    camera = ", ".join(f"{value:g}" for value in spec.camera_m or ())
    return [
        ("length", f"{shot.duration_s:.2f} s" + (f", {trim.head_s:g} + {trim.tail_s:g} s trimmed" if trim else "")),
        ("enters by", "" if spec.transition.kind == "cut" else spec.transition.kind.replace("_", " ")),
        ("camera at", f"x, height, z: {camera} m" if camera else ""),
        ("shows", ", ".join(shows)),
        ("seed", "" if spec.seed is None else str(spec.seed)),
        ("note", spec.note),
        ("why", spec.motive),
        ("words", words),
    ]
