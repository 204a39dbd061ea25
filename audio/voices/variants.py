"""The espeak-ng variants that serve a cast, as they were measured: pitch, formants, and how far pitch can be set.

Measured by `python -m tests.audio.voice_measures`, which says how, over one English sentence. Variants that clip,
buzz, creak or hiss are left out. Nothing here makes a sound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["FEMALE", "MALE", "OLD_FEMALE", "OLD_MALE", "VARIANTS", "Heard", "Variant", "distance", "heard"]


@dataclass(frozen=True)
class Variant:
    """A variant at espeak's pitch 50: median fundamental, medians of three formants, and semitones per ten steps."""

    f0_hz: float
    formants_hz: tuple[float, float, float]
    rise: float


@dataclass(frozen=True)
class Heard:
    """What tells one voice from another: its median fundamental and its formants."""

    f0_hz: float
    formants_hz: tuple[float, float, float]


def heard(variant: str, pitch: int, size: float = 1.0) -> Heard | None:
    """A variant at `pitch`, played `size` times as fast as it was made (a shorter throat); None for an unknown one."""
    known = VARIANTS.get(variant)
    if known is None:
        return None
    one, two, three = known.formants_hz
    f0_hz = known.f0_hz * 2.0 ** ((pitch - 50) / 10 * known.rise / 12)
    return Heard(f0_hz * size, (one * size, two * size, three * size))


def distance(one: Heard, other: Heard) -> float:
    """How far apart two voices are, in semitones: of the fundamental, plus of the formants on average.

    A semitone of each is about as plain to the ear (Gaudrain and Baskent, Ear and Hearing 39, 2018: just noticeable
    differences of 1.9 semitones in pitch and 1.7 in vocal-tract length between two speakers' words).
    """
    formants = zip(one.formants_hz, other.formants_hz, strict=True)
    return _semitones(one.f0_hz, other.f0_hz) + sum(_semitones(a, b) for a, b in formants) / 3


def _semitones(a_hz: float, b_hz: float) -> float:
    return abs(12.0 * math.log2(a_hz / b_hz))


VARIANTS = {
    "f1": Variant(175, (591, 1552, 2925), 1.78),
    "f2": Variant(188, (528, 1585, 2769), 1.66),
    "f3": Variant(204, (510, 1681, 3149), 1.56),
    "f4": Variant(175, (543, 1632, 3084), 1.84),
    "f5": Variant(199, (535, 1603, 2779), 1.80),
    "linda": Variant(225, (637, 1649, 3106), 2.06),
    "Annie": Variant(225, (583, 1614, 3004), 1.18),
    "belinda": Variant(225, (620, 1348, 2780), 2.03),
    "Alicia": Variant(245, (686, 2132, 3377), 1.70),
    "shelby": Variant(171, (430, 1918, 2986), 1.28),
    "aunty": Variant(175, (556, 1657, 3101), 2.71),
    "Andrea": Variant(242, (489, 1562, 2847), 1.85),
    "steph": Variant(181, (367, 1578, 2657), 2.09),
    "grandma": Variant(197, (450, 1486, 2017), 1.29),
    "m1": Variant(91, (477, 1425, 2438), 1.73),
    "m2": Variant(98, (455, 1588, 2632), 1.93),
    "m3": Variant(101, (474, 1396, 2411), 1.68),
    "m4": Variant(91, (509, 1479, 2595), 1.57),
    "m5": Variant(101, (485, 1457, 2638), 1.71),
    "m6": Variant(98, (489, 1450, 2530), 1.78),
    "m7": Variant(103, (468, 1435, 2574), 1.56),
    "m8": Variant(83, (402, 1474, 2447), 1.60),
    "Michael": Variant(106, (416, 1391, 2272), 1.42),
    "adam": Variant(98, (514, 1401, 2507), 1.74),
    "Alex": Variant(103, (534, 1426, 2525), 2.23),
    "Lee": Variant(94, (490, 1100, 1632), 1.94),
    "max": Variant(99, (493, 1425, 2510), 1.71),
    "quincy": Variant(85, (466, 1366, 2539), 1.48),
    "rob": Variant(108, (456, 1385, 2520), 0.98),
    "robert": Variant(97, (450, 1418, 2537), 1.37),
    "Mario": Variant(107, (483, 1380, 2359), 1.43),
    "edward": Variant(98, (441, 1462, 2581), 1.72),
    "benjamin": Variant(98, (515, 1432, 2502), 1.72),
    "Denis": Variant(97, (447, 1418, 2262), 1.73),
    "Gene2": Variant(112, (421, 1444, 2276), 1.96),
    "Jacky": Variant(111, (404, 1337, 3055), 1.64),
    "Marco": Variant(127, (408, 1296, 3056), 1.68),
    "Mike": Variant(87, (473, 1390, 2510), 1.58),
    "Reed": Variant(112, (442, 1370, 2539), 1.61),
    "antonio": Variant(108, (416, 1363, 2539), 1.60),
    "ed": Variant(122, (513, 1441, 2490), 1.62),
    "david": Variant(73, (380, 1213, 2131), 1.71),
    "victor": Variant(92, (464, 1319, 2283), 1.83),
    "travis": Variant(100, (351, 1514, 2082), 1.54),
    "iven": Variant(97, (413, 1401, 2389), 1.55),
    "norbert": Variant(98, (502, 1708, 2822), 1.75),
    "pablo": Variant(111, (482, 1475, 2488), 1.56),
    "paul": Variant(84, (485, 1414, 2500), 1.65),
    "gustave": Variant(105, (352, 1357, 2294), 1.51),
    "Nguyen": Variant(144, (434, 1432, 2512), 1.45),
    "boris": Variant(100, (516, 1406, 1745), 1.64),
    "grandpa": Variant(101, (485, 1438, 2506), 1.63),
    "ian": Variant(81, (490, 1358, 1943), 1.72),
}
FEMALE = (
    "f1", "f2", "f3", "f4", "f5", "linda", "Annie", "belinda", "Alicia", "shelby", "aunty", "Andrea", "steph",
)  # fmt: skip
MALE = (
    "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "Michael", "adam", "Alex", "Lee", "max", "quincy", "rob", "robert",
    "Mario", "edward", "benjamin", "Denis", "Gene2", "Jacky", "Marco", "Mike", "Reed", "antonio", "ed", "david",
    "victor", "travis", "iven", "norbert", "pablo", "paul", "gustave", "Nguyen",
)  # fmt: skip
OLD_FEMALE = ("grandma", "f1", "aunty", "shelby", "f4", "steph")
OLD_MALE = ("grandpa", "m1", "m4", "Lee", "robert", "boris", "m6", "Mike", "ian")
