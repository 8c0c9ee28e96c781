"""Which numbers does a township give out, so that none is given twice in the whole world?

Business numbers carry the township's own digits. A citizen number is its county's six digits, the birth date and a
sequence of three digits of which each township of a county holds its own part; its check digit is right (GB 11643).
"""

from collections import Counter
from datetime import date, timedelta
from operator import mul
from typing import Final

from casework.intake.values.id_no import CHECKS, WEIGHTS

PLACES: Final = 25  # townships of a county, the county's own staff (the last) among them
_A_DAY: Final = 500 // PLACES  # sequence numbers of one township, birth date and sex
_ONE_DAY: Final = timedelta(days=1)


class Numbers:
    """The sequences of one township (or of a county's own staff)."""

    def __init__(self, township_code: str, county_place: int, place: int) -> None:
        if not 0 <= place < PLACES:
            raise ValueError(f"a county has at most {PLACES - 1} townships, not place {place}")
        self._area = township_code[:6]
        self._digits = township_code[2:9]
        self._line = (county_place * PLACES + place) * 100_000
        self._place = place
        self._given: Counter[str] = Counter()
        self._born: Counter[tuple[date, str]] = Counter()

    def next(self, prefix: str) -> str:
        """The next business number of a kind: prefix, the township's seven digits, a running number."""
        self._given[prefix] += 1
        return f"{prefix}{self._digits}{self._given[prefix]:06d}"

    def phone(self) -> str:
        """A telephone number of a range that is not in use (10…)."""
        self._given["phone"] += 1
        return f"10{self._line + self._given['phone']:09d}"

    def account(self) -> str:
        """A bank account of a bank that does not exist (99…)."""
        self._given["account"] += 1
        return f"9900{self._digits}{self._given['account']:08d}"

    def citizen(self, born: date, sex: str) -> tuple[str, date]:
        """A citizen number and the birth date in it: that day, or one of the next where the day is full."""
        while self._born[born, sex] >= _A_DAY:
            born += _ONE_DAY
        order = self._born[born, sex]
        self._born[born, sex] += 1
        sequence = 2 * (self._place * _A_DAY + order) + (sex == "M")
        return checked(f"{self._area}{born:%Y%m%d}{sequence:03d}"), born


def checked(body: str) -> str:
    """Seventeen digits with their check digit."""
    return body + CHECKS[sum(map(mul, map(int, body), WEIGHTS)) % len(CHECKS)]
