"""How large the theatre draws each kind of thing, and where its middle is: what an insert is framed by.

Words only, no drawing; a test holds these sizes equal to the drawings'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["LARGE_M", "Extent", "extent_of"]

LARGE_M = 0.72
"""What is larger stands on the floor, never on a table."""

# kind, width and height in metres, and whether it lies when it is put down
_ROWS = """
apple .10 .11|armchair .95 .85|axe .40 .70 lies|badge .11 .12 lies|bag .38 .38|ball .22 .21|balloon .42 .55
banner 1.80 .45|blackboard 1.30 .85|nameplate .26 .07
bed 1.70 1.10|bench 1.60 .95|book .17 .24 lies|bottle .10 .32|bowl .20 .11|box .40 .30
bread .34 .15|broom .36 1.34|bucket .30 .44|cake .34 .17|calendar .32 .42|camera .16 .12|candle .14 .29
cane .24 .90|chair .48 .92|cigarette .10 .06|clock .28 .28|coin .04 .03 lies|counter 1.80 .95|cup .14 .18
desk 1.40 .78|doll .20 .36|door 1.10 2.15|envelope .24 .22 lies|flag .95 .72|flower .30 .44|food .28 .12
football .24 .23|gift .27 .29|glass .08 .14|guitar .40 1.05|gun .26 .14 lies|hammer .18 .35 lies
handcuffs .26 .10 lies|hat .38 .15|helmet .32 .28|key .06 .10 lies|knife .32 .05 lies|ladder .52 2.12|lamp .32 .42
lantern .22 .38|laptop .40 .25|leash .36 .09|letter .24 .25 lies|map .42 .29 lies|match .03 .09
microphone .07 .23 lies|mirror .48 .70|money .18 .09 lies|mug .14 .18|necklace .20 .29 lies|newspaper .40 .30 lies
painting .74 .55|pan .48 .08|paper .22 .30 lies|pen .16 .02 lies|phone .08 .15 lies|photo .12 .14 lies
pills .12 .10|pizza .34 .33 lies|plate .28 .07|poster .62 .85|pot .34 .20|radio .42 .43|record_player .46 .23
remote .05 .17 lies|ring .04 .06|rope .42 .19|round_table .76 .74|screen 1.08 .70|sign 1.05 .58|sofa 2.00 .85
stethoscope .28 .35 lies|stool .40 .75|street_clock .60 .62|street_lamp .60 .90|suitcase .72 .64
syringe .19 .04 lies|table 1.20 .75|tablet .19 .25 lies
tag .06 .07 lies|teapot .32 .21|telephone .28 .16|ticket .16 .08 lies|torch .32 .12|toy .24 .31
ambulance 5.20 2.25|bicycle 1.72 1.05|boat 4.40 .70|bus 11.00 3.05|car 4.50 1.50|helicopter 6.80 3.30
horse_cart 2.40 1.30|motorcycle 2.10 1.05|plane 27.00 8.60|police_car 4.50 1.50|ship 46.00 12.00
spaceship 9.00 3.60|taxi 4.50 1.50|train 40.00 3.75|tram 18.00 3.20|truck 7.80 3.35|ufo 9.00 3.60|van 5.20 2.10
bonfire 1.80 1.90|campfire .90 .75|fire .70 .80|fountain 2.20 1.90|smoke 1.00 2.40|sparks .60 1.20|steam .60 1.00
trophy .22 .33|typewriter .44 .32|umbrella 1.12 1.08|violin .24 .61|wallet .23 .11 lies|watch .06 .23 lies|wine .10 .20
"""

_SAME = {"flowers": "flower", "torchlight": "torch", "flashlight": "torch", "mobile": "phone", "tv": "screen"}
_MIDDLE_M = {
    "balloon": 1.0, "banner": 1.78, "blackboard": 1.18, "flag": 1.8, "sign": 1.78, "street_clock": 2.91,
    "street_lamp": 4.8,
}  # fmt: skip
"""Where the middle is of what is not looked at as a whole."""

_OVER_HAND_M = {
    "bag": -0.19, "bucket": -0.2, "cane": -0.4, "key": -0.02, "lantern": -0.17, "leash": -0.2, "necklace": -0.1,
    "suitcase": -0.25, "tag": -0.025, "umbrella": 0.55, "balloon": 0.94, "violin": -0.1,
}  # fmt: skip


@dataclass(frozen=True)
class Extent:
    """A thing's width and height upright, and how high its middle is over its foot when it is put down, in metres.

    `over_hand_m`: how high it is over the hand that holds it, negative for what hangs from a hand.
    """

    wide_m: float
    high_m: float
    middle_m: float
    over_hand_m: float

    @property
    def large_m(self) -> float:
        """The larger side."""
        return max(self.wide_m, self.high_m)


def _read(row: str) -> tuple[str, Extent]:
    kind, wide, high, *lies = row.split()
    share = 0.29 if lies else 0.5
    tall = float(high)
    over_hand_m = _OVER_HAND_M.get(kind, 0.3 * min(tall, 0.5))
    return kind, Extent(float(wide), tall, _MIDDLE_M.get(kind, share * tall), over_hand_m)


_EXTENTS: Mapping[str, Extent] = dict(map(_read, _ROWS.replace("\n", "|").strip("|").split("|")))
_UNKNOWN = Extent(0.24, 0.18, 0.09, 0.05)


def extent_of(kind: str) -> Extent:
    """How large a kind is drawn; one without a drawing is a small box."""
    return _EXTENTS.get(_SAME.get(kind, kind), _UNKNOWN)
