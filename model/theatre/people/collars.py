"""What lies over a top or hangs below it: collars, hoods and necklines, skirts and coat tails, the straps of bags."""

from __future__ import annotations

from model.theatre.people.garment_marks import Mark, Role, behind, both, symmetric

__all__ = ["COLLARS", "LOWER", "STRAPS"]


def _wing(role: Role) -> tuple[Mark, ...]:
    spots = ((7.0, 1.35), (6.98, 0.10), (5.8, 0.40), (6.45, 1.0))
    return both(Mark("patch", role, spots, 0.9, 0.8, edged=True, sided=True, lift=0.004))


def _back_collar(role: Role, low: float, key: float = 0.6) -> tuple[Mark, ...]:
    upper = tuple((7.0, a) for a in (-1.4, -0.7, 0.0, 0.7, 1.4))
    spots = upper + tuple((low, -a) for _, a in upper)
    return behind(Mark("patch", role, spots, key, 1.0, lift=0.004))


def _scoop(depth: float) -> tuple[Mark, ...]:
    dip = tuple((7.0 - depth * s, a) for a, s in ((1.25, 0.0), (1.0, 0.38), (0.7, 0.70), (0.35, 0.92), (0.0, 1.0)))
    half = (*dip, *((t, -a) for t, a in reversed(dip[:-1])))
    skin = ((7.0, 1.57), *half, (7.0, -1.57))
    return (Mark("patch", "skin", skin, 0.86), Mark("line", "own", half, 0.55, 1.7))


_HOOD = (
    *behind(
        Mark(
            "patch", "own",
            symmetric((7.0, 1.45), (6.72, 1.5), (6.2, 1.0), (5.35, 0.35), (5.25, 0.0))[:-1], 0.72, 1.0, edged=True,
            lift=0.030,
        ),
        Mark("patch", "trim", symmetric((7.1, 1.1), (6.75, 0.9), (6.55, 0.0))[:-1], 0.4, 1.0, 60, lift=0.026),
    ),
    *both(
        Mark(
            "patch", "own", ((7.0, 1.7), (7.0, 0.55), (6.6, 0.08), (6.3, 0.30), (6.45, 1.0), (6.7, 1.7)), 0.85, 0.9,
            edged=True, sided=True, lift=0.012,
        )
    ),
)  # fmt: skip

COLLARS: dict[str, tuple[Mark, ...]] = {
    "t_shirt": (*_scoop(0.75),),
    "dress": (*_scoop(1.6),),
    "sweater": (Mark("ring", "rib", ((7.0, 0.0),), 0.75, 0.018),),
    "shirt": (*_wing("own"), *_back_collar("own", 6.55)),
    "uniform": (*_wing("own"), *_back_collar("own", 6.55)),
    "suit": (*_wing("linen"), *_back_collar("own", 6.2)),
    "waistcoat": (*_wing("linen"), *_back_collar("linen", 6.6, 0.8)),
    "jacket": (*_wing("inner"), *_back_collar("deep", 6.2)),
    "coat": (*_back_collar("deep", 6.1),),
    "overalls": (*_wing("under"), *_back_collar("under", 6.55)),
    "apron": (*_wing("under"), *_back_collar("under", 6.55)),
    "hoodie": _HOOD,
    "raincoat": _HOOD,
    "scrubs": (*_back_collar("deep", 6.8),),
    "hi_vis": (*_back_collar("under", 6.6),),
    "robe": (*_back_collar("deep", 6.3, 0.75),),
}
"""What lies about the neck, painted over it."""

_PLEATS = both(
    *(Mark("line", "own", ((0.0, a * 1.1), (0.8, a), (1.9, a * 0.85)), 0.42, 1.1, 60) for a in (0.25, 0.75))
)  # fmt: skip
LOWER: dict[str, tuple[Mark, ...]] = {
    "skirt": (*_PLEATS, *behind(*_PLEATS)),
    "dress": (*_PLEATS, *behind(*_PLEATS)),
    "coat": (
        Mark("line", "own", ((0.0, 0.16), (1.5, 0.12), (4.0, 0.06)), 0.8, 1.3, 50),
        *behind(Mark("line", "own", ((0.0, 0.04), (1.5, 0.02), (3.4, 0.0)), 0.8, 1.4, 50)),
        *both(Mark("line", "own", ((0.1, 0.95), (1.2, 0.85), (2.2, 0.8)), 0.35, 1.0, 90)),
    ),
    "raincoat": (
        Mark("line", "own", ((0.0, 0.16), (1.5, 0.16), (4.0, 0.16)), 0.8, 1.3, 50),
        *both(Mark("line", "pale", ((0.3, 0.75), (1.2, 0.68), (2.0, 0.66)), 0.7, 2.2, 70)),
        *behind(Mark("line", "pale", ((0.3, 0.5), (1.4, 0.46), (2.0, 0.46)), 0.6, 2.0, 70)),
    ),
    "robe": (
        Mark("line", "own", ((0.0, -0.10), (1.5, -0.20), (4.0, -0.30)), 0.9, 1.4, 50),
        Mark("line", "trim", ((4.0, 0.12), (2.6, 0.16)), 1.0, 4.0, 60),
        *_PLEATS, *behind(*_PLEATS),
    ),
    "apron": (
        Mark("patch", "own", symmetric((4.0, 1.15), (3.0, 1.2), (1.5, 1.25), (0.0, 1.25)), 1.0, 1.0, 0, edged=True),
    ),
}  # fmt: skip
"""What is on a skirt, or on what hangs of a top about the thighs."""

_SLING = ((7.0, -0.70), (6.4, -0.62), (5, -0.34), (3, 0.36), (1.1, 1.10))
STRAPS: dict[str, tuple[Mark, ...]] = {
    "backpack": (
        *both(
            Mark("line", "own", ((7.0, 0.78), (6.2, 0.72), (5.0, 0.60), (3.9, 0.74), (3.3, 1.05)), 0.85, 0.022, 20),
            Mark("patch", "trim", ((4.5, 0.56), (4.5, 0.74), (4.25, 0.76), (4.25, 0.58)), 0.8, 1.0, 90),
        ),
    ),
    "shoulder": (
        Mark("line", "own", _SLING, 0.85, 0.016, 20),
        *behind(Mark("line", "own", tuple((t, -a) for t, a in _SLING), 0.85, 0.016, 20)),
    ),
}
"""The straps of bags over a trunk."""
