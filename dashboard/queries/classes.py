"""Into which classes of colour do the values of a map fall?

Classes of equally many areas, so that one extreme area does not leave all others in one colour. Equal values are never
parted, and few different values are each their own class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

CLASSES: Final = 5  # as many shades as a reader tells apart


@dataclass(frozen=True, slots=True)
class ValueClass:
    """The lowest and the highest value in it, and how many areas have one between."""

    low: float
    high: float
    areas: int


def classes(values: Sequence[float], most: int = CLASSES) -> list[ValueClass]:
    """From the lowest to the highest; none without values."""
    if not values:
        return []
    known = np.sort(np.asarray(values, dtype=np.float64))
    distinct = np.unique(known)
    shares = np.arange(1, most + 1) / most
    tops = distinct if len(distinct) <= most else np.unique(np.quantile(known, shares, method="inverted_cdf"))
    place = np.searchsorted(tops, known)
    inside = [known[place == number] for number in range(len(tops))]
    return [ValueClass(float(part[0]), float(part[-1]), len(part)) for part in inside if len(part)]


def place(value: float, among: Sequence[ValueClass]) -> int:
    """The class of a value that was among those the classes were made of."""
    return next(number for number, one in enumerate(among) if value <= one.high)
