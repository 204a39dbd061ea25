"""What is on each top, front and back: openings, lapels, plackets, pockets, belts, bands and bibs."""

from __future__ import annotations

from model.theatre.people.garment_marks import Mark, Role, behind, both, symmetric

__all__ = ["TRIMS"]


def _buttons(rows: tuple[float, ...], angle: float, role: Role = "own", size: float = 0.0062) -> Mark:
    return Mark("dots", role, tuple((t, angle) for t in rows), width=size, px=90)


def _pocket(t: float, a: float, deep: float, wide: float, px: float = 110, role: Role = "own") -> Mark:
    spots = ((t, a), (t, a + wide), (t - deep, a + wide), (t - deep - 0.12, a + wide / 2), (t - deep, a))
    return Mark("patch", role, spots, 0.95, 0.8, px, edged=True, sided=True)


# From the armpits, above the waist and across the small of the back: where cloth pulls.
_FOLDS = both(
    Mark("line", "own", ((4.55, 1.15), (4.15, 0.86), (3.7, 0.66)), 0.42, 1.05, 110),
    Mark("line", "own", ((1.95, 1.10), (1.75, 0.82), (1.8, 0.60)), 0.42, 1.05, 110),
)
_BACK_FOLDS = behind(
    *both(
        Mark("line", "own", ((4.5, 1.0), (4.1, 0.80), (3.3, 0.72)), 0.42, 1.05, 110),
        Mark("line", "own", ((2.2, 1.1), (2.0, 0.70), (2.15, 0.35)), 0.42, 1.05, 110),
    )
)
_SPINE = behind(Mark("line", "own", ((6.6, 0.0), (4.0, 0.0), (1.8, 0.0)), 0.4, 1.0, 90))
_HEM = Mark("ring", "own", ((0.02, 0.0),), 0.5, 1.3, 50)
_PLACKET = Mark("line", "own", ((6.7, 0.0), (5, 0.0), (3, 0.0), (1.5, 0.0), (0, 0.0)), 0.75)
_COAT_OPEN = Mark("patch", "inner", symmetric((7, 0.75), (6.4, 0.62), (5, 0.30), (2.7, 0.0))[:-1], 0.8)
_SUIT_OPEN = Mark("patch", "linen", symmetric((7, 0.75), (6.4, 0.62), (5, 0.34), (2.4, 0.0))[:-1], 0.85)


def _lapel(deep: float, gap: float) -> tuple[Mark, ...]:
    spots = ((7, 0.72), (6.6, 1.0), (5.75, 0.98), (5.55, 0.72), (5.6, 0.92), (deep + 0.1, 0.02), (5, gap), (6.4, 0.6))
    return both(Mark("patch", "deep", spots, 0.95, 0.8, edged=True, sided=True))


_TIE = (
    Mark("patch", "tie", ((6.5, 0.08), (3.0, 0.13), (2.75, 0.0), (3.0, -0.13), (6.5, -0.08)), 0.8),
    Mark("patch", "tie", ((6.75, 0.16), (6.2, 0.07), (6.2, -0.07), (6.75, -0.16)), 0.45),
)
_JACKET_OPEN = Mark(
    "patch", "inner",
    symmetric((7, 0.6), (6.4, 0.55), (4.5, 0.34), (2.5, 0.24), (0.0, 0.30)), 0.8,
)  # fmt: skip
_SIDE = tuple((t, 1.75) for t in (7, 6.5, 6, 5.5, 5, 4, 3, 2.1))

TRIMS: dict[str, tuple[Mark, ...]] = {
    "t_shirt": (_HEM, *_FOLDS, *_BACK_FOLDS),
    "shirt": (
        _PLACKET,
        _buttons((5.6, 4.5, 3.5, 2.4, 1.3), 0.05, "pale"),
        _pocket(4.5, -0.72, 0.85, 0.42),
        _HEM,
        *behind(Mark("line", "own", ((5.6, 1.2), (5.5, 0.5), (5.5, -0.5), (5.6, -1.2)), 0.45, 1.0, 90)),
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "sweater": (Mark("ring", "own", ((0.30, 0.0),), 0.5, 0.9), _HEM, *_FOLDS, *_BACK_FOLDS),
    "hoodie": (
        Mark("ring", "rib", ((0.12, 0.0),), 0.55, 0.020, 50),
        Mark("patch", "own", symmetric((2.2, 0.42), (0.75, 0.85), (0.35, 0.85)), 0.82, 1.0, 55, edged=True),
        *both(
            Mark("line", "own", ((2.2, 0.42), (0.75, 0.85)), 0.9, 1.6, 55),
            Mark("line", "linen", ((6.4, 0.13), (5.3, 0.16), (4.4, 0.15)), 1.0, 1.7, 60, lift=0.006),
        ),
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "jacket": (
        _JACKET_OPEN,
        *both(
            Mark(
                "patch",
                "deep",
                ((7, 0.62), (6.5, 0.98), (5.9, 0.72), (4.6, 0.62), (4.6, 0.34), (6.3, 0.50), (7, 0.6)),
                0.95,
                0.8,
                edged=True,
                sided=True,
            ),
            Mark("line", "own", ((1.0, 0.62), (1.6, 0.92)), 0.7, 1.3, 90),
            Mark("line", "own", ((4.6, 0.34), (2.5, 0.24), (0.0, 0.30)), 0.7, 1.0, 60),
        ),
        Mark("ring", "rib", ((0.10, 0.0),), 0.5, 0.016, 60),
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "coat": (
        _COAT_OPEN,
        Mark("line", "inner", ((6.6, 0.0), (5, 0.0), (3, 0.0)), 0.5),
        *_lapel(2.7, 0.30),
        Mark("line", "own", ((2.7, 0.02), (1.3, 0.05), (0.0, 0.10)), 0.9),
        _buttons((2.3, 1.5, 0.6), 0.13, "trim", 0.0085),
        _buttons((2.3, 1.5, 0.6), -0.30, "trim", 0.0085),
        *both(Mark("line", "own", ((1.0, 0.55), (1.12, 0.95)), 0.7, 1.5, 110)),
        *_SPINE,
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "raincoat": (
        Mark("patch", "deep", ((6.9, 0.14), (0.0, 0.16), (0.0, -0.10), (6.9, -0.12)), 0.85, 0.8, 50, edged=True),
        _buttons((5.8, 4.4, 3.0, 1.6, 0.4), 0.02, "trim", 0.0078),
        *both(
            Mark("patch", "deep", ((1.2, 0.45), (1.35, 0.95), (0.9, 0.95), (0.75, 0.45)), 0.9, 0.8, 80, edged=True),
            Mark("line", "pale", ((5.7, 0.86), (4.9, 0.72), (3.7, 0.70)), 0.8, 2.4, 60),
            Mark("line", "pale", ((2.6, 0.40), (1.9, 0.46)), 0.7, 1.8, 90),
        ),
        *behind(
            Mark("line", "own", ((4.8, 1.3), (4.55, 0.5), (4.55, -0.5), (4.8, -1.3)), 0.6, 1.2, 70),
            Mark("line", "pale", ((3.9, 0.5), (3.0, 0.46), (2.2, 0.5)), 0.7, 2.2, 70),
        ),
    ),
    "suit": (
        _SUIT_OPEN,
        *_TIE,
        *_lapel(2.4, 0.34),
        Mark("line", "own", ((2.4, 0.02), (1.2, 0.05), (0.5, 0.12), (0.0, 0.22)), 0.9),
        _buttons((2.15, 1.35), 0.10, "trim", 0.0075),
        *both(Mark("line", "own", ((1.0, 0.55), (1.06, 0.98)), 0.8, 2.2, 100)),
        Mark("patch", "linen", ((4.55, -0.52), (4.75, -0.60), (4.62, -0.68), (4.78, -0.78), (4.5, -0.80)), 0.9, 1, 100),
        *_SPINE,
        *behind(Mark("line", "own", ((1.2, 0.0), (0.0, 0.06)), 0.9, 1.4, 80)),
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "waistcoat": (
        _SUIT_OPEN._replace(spots=symmetric((7, 0.72), (6.4, 0.60), (5, 0.36), (3.2, 0.0))[:-1]),
        Mark("patch", "tie", ((6.5, 0.08), (3.6, 0.09), (3.3, 0.0), (3.6, -0.09), (6.5, -0.08)), 0.8),
        _TIE[1],
        *both(
            Mark("line", "own", ((7, 0.73), (6.4, 0.61), (5, 0.37), (3.2, 0.0)), 1.0, 1.4),
            Mark("line", "own", ((2.2, 0.45), (2.05, 0.85)), 0.8, 1.8, 90),
        ),
        Mark("line", "own", ((3.2, 0.0), (1.6, 0.02), (0.5, 0.04), (0.0, 0.10)), 0.9),
        _buttons((2.9, 2.3, 1.7, 1.1), 0.06, "pale", 0.0062),
        *behind(
            Mark("patch", "deep", symmetric((2.35, 0.45), (2.0, 0.45)), 0.7, 1.0, 70, edged=True),
            Mark("patch", "silver", symmetric((2.40, 0.07), (1.95, 0.07)), 0.7, 1.0, 110),
        ),
        *_BACK_FOLDS,
    ),
    "dress": (
        Mark("ring", "trim", ((2.0, 0.0),), 0.8, 0.012, 40),
        *both(
            Mark("line", "own", ((4.6, 0.95), (3.9, 0.60), (3.0, 0.46)), 0.40, 1.05, 110),
            Mark("line", "own", ((2.9, 0.30), (2.3, 0.26)), 0.35, 1.0, 120),
        ),
        *behind(Mark("line", "own", ((6.3, 0.0), (4.0, 0.0), (2.2, 0.0)), 0.6, 1.0, 80)),
    ),
    "robe": (
        Mark("patch", "skin", symmetric((7, 0.72), (6.2, 0.50), (4.2, 0.0))[:-1], 0.7),
        Mark(
            "patch",
            "deep",
            ((7, -0.95), (5.4, -0.62), (3.8, -0.06), (2.2, 0.34), (2.2, 0.12), (3.9, -0.30), (5.6, -0.92), (7, -1.2)),
            0.8,
            0.8,
            edged=True,
        ),
        Mark(
            "patch",
            "deep",
            ((7, 0.68), (6.2, 0.46), (4.2, -0.04), (2.2, -0.36), (2.2, -0.10), (4.1, 0.26), (5.8, 0.80), (7, 1.1)),
            0.9,
            0.8,
            edged=True,
        ),
        Mark("ring", "trim", ((2.0, 0.0),), 0.6, 0.032),
        Mark("patch", "trim", ((2.2, 0.16), (2.2, -0.02), (1.8, -0.02), (1.8, 0.16)), 0.8, 1.0, 60, edged=True),
        Mark("line", "trim", ((1.8, 0.08), (0.9, 0.14), (0.0, 0.12)), 1.0, 5.0, 60),
        *_FOLDS[:2],
        *_BACK_FOLDS[:2],
    ),
    "uniform": (
        _PLACKET,
        _buttons((5.6, 4.5, 3.5, 2.6), 0.03, "gold", 0.0068),
        *both(
            _pocket(4.5, 0.30, 0.80, 0.44, 50),
            Mark("line", "own", ((4.25, 0.30), (4.05, 0.52), (4.25, 0.74)), 0.7, 1.0, 60),
            _pocket(1.2, 0.42, 0.70, 0.46, 90),
            Mark("patch", "trim", ((6.95, 0.75), (6.95, 1.15), (6.05, 1.35), (6.05, 0.95)), 0.9, 0.8, 60, edged=True),
            Mark("dots", "gold", ((6.6, 0.98),), width=0.007, px=100),
        ),
        Mark("ring", "belt", ((1.75, 0.0),), 0.5, 0.024),
        Mark("patch", "gold", symmetric((1.95, 0.10), (1.55, 0.10)), 1.0, 1.0, 45),
        Mark("patch", "gold", ((4.75, -0.42), (4.52, -0.52), (4.75, -0.62), (4.98, -0.52)), 1.0, 1.0, 60),
        *_SPINE,
        *_FOLDS[2:],
        *_BACK_FOLDS,
    ),
    "scrubs": (
        Mark("patch", "trim", symmetric((7, 0.78), (6.4, 0.52), (5.2, 0.08), (4.9, 0.0))[:-1], 0.6),
        Mark("patch", "skin", symmetric((7, 0.66), (6.4, 0.42), (5.3, 0.0))[:-1], 0.86),
        _pocket(4.6, -0.72, 0.85, 0.46, 70),
        *both(_pocket(1.1, 0.30, 0.75, 0.5, 90)),
        _HEM,
        *_FOLDS,
        *_BACK_FOLDS,
    ),
    "overalls": (
        Mark("patch", "under", symmetric(*_SIDE, (3.0, 0.95), (4.5, 0.60)), 1.0, 1.0, 24, shaded=True),
        *behind(
            Mark("patch", "under", symmetric(*_SIDE, (2.9, 0.55)), 1.0, 1.0, 24, shaded=True),
            *both(Mark("patch", "own", ((2.9, 0.05), (2.9, 0.32), (7, 0.92), (7, 0.60)), 0.9, 1.0, sided=True)),
        ),
        *both(
            Mark(
                "patch",
                "own",
                ((4.4, 0.42), (4.4, 0.68), (5.6, 0.80), (7, 0.95), (7, 0.55), (5.6, 0.52)),
                0.95,
                sided=True,
            ),
            Mark("line", "own", ((4.5, 0.60), (3.0, 0.95), (2.1, 1.5)), 0.8, 1.2, 60),
            Mark("dots", "gold", ((4.30, 0.52),), width=0.010, px=50),
        ),
        Mark("line", "own", symmetric((4.5, 0.60), (4.5, 0.2)), 0.8, 1.2, 60),
        Mark("patch", "own", symmetric((3.9, 0.32), (3.0, 0.32)), 0.9, 0.8, 70, edged=True),
        Mark("ring", "own", ((2.05, 0.0),), 0.45, 1.0, 70),
    ),
    "apron": (
        *_FOLDS,
        Mark("patch", "own", symmetric((5.2, 0.50), (4.4, 0.66), (2.2, 1.05), (0.0, 1.15)), 1.0, 1.0, 0, shaded=True),
        *both(
            Mark("line", "deep", ((5.2, 0.48), (6.2, 0.62), (7, 0.80)), 1.0, 3.0),
            Mark("line", "own", ((5.2, 0.50), (4.4, 0.66), (2.2, 1.05), (0.0, 1.15)), 0.6, 1.0, 60),
        ),
        Mark("line", "own", symmetric((5.2, 0.50), (5.2, 0.2)), 0.6, 1.2, 60),
        Mark("patch", "own", symmetric((1.5, 0.55), (0.5, 0.55)), 0.9, 0.8, 70, edged=True),
        Mark("line", "own", ((1.5, 0.0), (0.5, 0.0)), 0.5, 1.0, 90),
        *behind(
            Mark("line", "deep", ((2.05, 1.5), (2.0, 0.6), (2.0, -0.6), (2.05, -1.5)), 1.0, 3.0),
            *both(
                Mark("patch", "own", ((2.0, 0.0), (2.35, 0.30), (2.0, 0.42), (1.75, 0.25)), 0.9, 0.8, 50, edged=True),
                Mark("line", "deep", ((1.95, 0.03), (1.2, 0.12), (0.5, 0.16)), 1.0, 3.0, 50),
                Mark("line", "deep", ((6.8, 0.9), (6.9, 0.4), (6.92, 0.0)), 1.0, 3.0),
            ),
        ),
        *_BACK_FOLDS,
    ),
    "hi_vis": (
        Mark("patch", "under", symmetric((7, 0.62), (6.3, 0.40), (5.4, 0.0))[:-1], 0.7),
        Mark("line", "own", ((5.4, 0.0), (3, 0.0), (0, 0.0)), 0.8, 1.2),
        *both(Mark("patch", "silver", ((6.9, 0.62), (6.9, 0.86), (3.1, 0.80), (3.1, 0.52)), 1.0, 1.0, 24, sided=True)),
        *behind(
            *both(
                Mark("patch", "silver", ((6.9, 0.56), (6.9, 0.80), (3.1, 0.70), (3.1, 0.44)), 1.0, 1.0, 24, sided=True)
            )
        ),
        Mark("ring", "silver", ((2.9, 0.0),), 1.0, 0.030, 20),
        Mark("ring", "silver", ((1.1, 0.0),), 1.0, 0.030, 20),
    ),
}
"""What is on a trunk, front and back, in painting order."""
