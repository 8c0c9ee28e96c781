"""How often do the two records of one person agree, field by field?

Fellegi and Sunter's m, learnt by expectation and maximisation (Winkler 1988) from how often each pattern of agreement
occurs among a county's candidate pairs, and held to shipped values by as many pairs as PAIRS: a small county keeps
them. What does not say is left out of the product. Nothing is drawn, and only the county's own pairs are read.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from casework.identity.levels import FIELDS, LEVELS, UNKNOWN

Floats = NDArray[np.float64]

# Of one person's two records and, among the candidates, of two persons' (kin, mostly): how often each level occurs.
# Our starting values, of no published source: a county with some hundreds of pairs learns its own.
SHIPPED: Final[dict[str, tuple[float, ...]]] = {
    "name": (0.72, 0.05, 0.12, 0.03, 0.03, 0.05),
    "birth": (0.80, 0.14, 0.04, 0.02),
    "number": (0.02, 0.46, 0.52),
    "sex": (0.99, 0.01),
    "phone": (0.60, 0.40),
    "account": (0.50, 0.50),
    "address": (0.55, 0.45),
}
KIN: Final[dict[str, tuple[float, ...]]] = {
    "name": (0.01, 0.002, 0.01, 0.02, 0.08, 0.878),
    "birth": (0.30, 0.25, 0.15, 0.30),
    "number": (1e-6, 0.01, 0.99),
    "sex": (0.50, 0.50),
    "phone": (0.60, 0.40),
    "account": (0.40, 0.60),
    "address": (0.70, 0.30),
}
PAIRS: Final = 200.0  # a county's pairs outweigh the shipped values once there are more
LIKELY: Final = 0.1  # of the shipped candidates are one person: where the learning starts
ROUNDS: Final = 50  # it has long settled by then; a fixed number, so that every engine stops alike


@dataclass(frozen=True, slots=True)
class Learnt:
    """`agreeing`: m by field and level. `expected`: how many of the pairs are one person."""

    agreeing: dict[str, tuple[float, ...]]
    expected: float


def learnt(levels: pl.DataFrame) -> Learnt:
    """From the levels of one county's candidate pairs whose numbers are not the same."""
    patterns = levels.filter(pl.col("number") != 0).group_by(FIELDS).agg(pl.len().alias("pairs")).sort(FIELDS)
    times = patterns["pairs"].to_numpy().astype(np.float64)
    seen = {field: patterns[field].to_numpy() for field in FIELDS}
    one, two, part = _arrays(SHIPPED), _arrays(KIN), LIKELY
    for _ in range(ROUNDS):
        same, other = np.log(part) + _logs(one, seen), np.log1p(-part) + _logs(two, seen)
        sure = 1 / (1 + np.exp(np.clip(other - same, -700, 700)))
        part = (times @ sure + LIKELY * PAIRS) / (times.sum() + PAIRS)
        one, two = _maximised(SHIPPED, seen, times * sure), _maximised(KIN, seen, times * (1 - sure))
    return Learnt({field: tuple(map(float, values)) for field, values in one.items()}, float(times @ sure))


def _arrays(shipped: dict[str, tuple[float, ...]]) -> dict[str, Floats]:
    return {field: np.array(shipped[field]) for field in FIELDS}


def _logs(shares: dict[str, Floats], seen: dict[str, NDArray[np.int8]]) -> Floats:
    """The logarithm of each pattern's probability, unknown fields left out."""
    terms = [np.where(level == UNKNOWN, 0.0, np.log(shares[field])[level]) for field, level in seen.items()]
    return np.asarray(np.sum(terms, axis=0), dtype=np.float64)


def _maximised(
    shipped: dict[str, tuple[float, ...]], seen: dict[str, NDArray[np.int8]], weight: Floats
) -> dict[str, Floats]:
    shares = {}
    for field, level in seen.items():
        known = level != UNKNOWN
        counts = np.bincount(level[known], weights=weight[known], minlength=len(LEVELS[field]))
        shares[field] = (counts + PAIRS * np.array(shipped[field])) / (counts.sum() + PAIRS)
    return shares
