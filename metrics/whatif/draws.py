"""Which number decides, for each household, whether it would come where not all come?

Stored with the population and never drawn anew, so that two scenarios differ by their rules alone. A hash of the
household's number and the number's name: independent of the order of rows, of threads and of the machine.
"""

import hashlib
from collections.abc import Iterable

import numpy as np

from metrics.whatif.population import Real

NAMES = ("take_up", "leak")
_BITS = 53  # of a float's mantissa


def draws(household_numbers: Iterable[str]) -> dict[str, Real]:
    """A number in [0, 1) for each household and name."""
    numbers = list(household_numbers)
    return {name: np.array([_draw(name, number) for number in numbers], np.float64) for name in NAMES}


def _draw(name: str, number: str) -> float:
    digest = hashlib.blake2b(number.encode(), digest_size=8, person=name.encode()).digest()
    return (int.from_bytes(digest) >> (64 - _BITS)) / (1 << _BITS)
