"""What does a policy say on one day, for every village at once?

The same answers as `Policy.in_force`, in arrays. Villages that no entry and no change of a rule tells apart are asked
for once: a few look-ups serve thousands of villages.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from casework.means.figures import FEN
from casework.policy import Entry, Policy, Rule
from casework.policy.rule import Value
from casework.policy.shape import token
from metrics.whatif.population import Flag, Index, Population, Small, Whole

NONE: Final = -1  # of `whole`: nothing is limited, or nothing in force
KIND: Final = "urban_rural"  # the only scope key that a village has
READ: Final = (  # what the model of months reads; the rest was GATHERED
    "dibao_standard",
    "edge_multiplier",
    "circle_multiplier",
    "taper_months",
    "aid_term_months",
    "single_entry",
    "benefit_mode",
    "benefit_bands",
    "benefit_amount",
    "category_topup",
    "disregard",
    "job_cost",
    "deduction_cap",
    "impute_work",
    "impute_land",
    "impute_support",
    "labour_coefficient",
    "land_ratio",
    "support_rate",
    "work_months",
)
OF_LAST_YEAR: Final = ("impute_work", "impute_land")  # switches that read a published figure of the year before

Said: TypeAlias = tuple[Entry | None, int]  # an entry and its state (1 in force, 0 undecidable, -1 outside or none)
Scope: TypeAlias = str | bool | int
Kind = TypeVar("Kind", bound=np.generic)


class Rules:
    """A policy's values for the villages of a population on one day; every answer is reckoned once.

    The arrays are shared: they cannot be written to.
    """

    def __init__(self, policy: Policy, codes: tuple[str, ...], urban_rural: tuple[str | None, ...], day: date) -> None:
        self.policy, self.codes, self.urban_rural, self.day = policy, codes, urban_rural, day
        self._said: dict[object, tuple[Index, tuple[Said, ...]]] = {}
        self._wholes: dict[object, Whole] = {}

    @classmethod
    def of(cls, population: Population, policy: Policy, day: date) -> "Rules":
        """The policy's values for the villages of a population on one day."""
        return cls(policy, population.village_code, population.urban_rural, day)

    def whole(self, rule_id: str, *, times: int = FEN, field: str = "value", **scope: Scope) -> Whole:
        """The number in force x `times`, rounded, a village each; NONE where there is no number.

        Why there is none tells `state`: nothing is limited (-1), nobody knows (0), the field was left out (1).
        """
        key = (rule_id, times, field, *sorted(scope.items()))
        if key not in self._wholes:
            place, said = self.said(rule_id, **scope)
            numbers = [NONE if value is None else in_parts(value, times) for value in _fields(said, field)]
            self._wholes[key] = _spread(np.array(numbers, np.int64), place)
        return self._wholes[key]

    def state(self, rule_id: str, **scope: Scope) -> Small:
        """1 in force, 0 undecidable, -1 outside the rule or nothing limited; a village each. Alike for all fields."""
        place, said = self.said(rule_id, **scope)
        return _spread(np.array([state for _, state in said], np.int8), place)

    def flag(self, rule_id: str, **scope: Scope) -> Flag:
        """Is the switch on there? What nothing is said of is off."""
        place, said = self.said(rule_id, **scope)
        return _spread(np.array([bool(value) for value in _fields(said, "value")], np.bool_), place)

    def text(self, rule_id: str, *, field: str = "value", **scope: Scope) -> npt.NDArray[np.str_]:
        """The code in force there, as `gap` of benefit_mode; "" where there is none."""
        place, said = self.said(rule_id, **scope)
        return _spread(np.array([value or "" for value in _fields(said, field)], np.str_), place)

    def mentioned(self, rule_id: str, key: str) -> tuple[str, ...]:
        """The values of a scope key that entries or changes of the rule name, in order."""
        return tuple(sorted(_mentioned(self.policy.rule(rule_id)).get(key, ())))

    def said(self, rule_id: str, **scope: Scope) -> tuple[Index, tuple[Said, ...]]:
        """The few different places' entries and states, and for each village which of them is its own."""
        key = (rule_id, *sorted(scope.items()))
        if key not in self._said:
            rule = self.policy.rule(rule_id)
            prefixes = tuple(sorted({one.region for one in rule.dated}))
            told = KIND in _mentioned(rule)
            place, places = _grouped(self.codes, self.urban_rural if told else None, prefixes)
            self._said[key] = (
                place,
                tuple(
                    self.policy.found(rule_id, on=self.day, region=region, **{KIND: kind, **scope})
                    for region, kind in places
                ),
            )
        return self._said[key]


def in_parts(value: float, times: int) -> int:
    """A rule's number in whole parts: as it is written, in decimals; half a part goes to the even one."""
    return round(Decimal(str(value)) * times)


def same(one: Rules, other: Rules) -> bool:
    """Does the model read the same in both, so that a month need not be reckoned anew?"""
    if one.codes != other.codes or one.urban_rural != other.urban_rural:
        return False
    if one.day.year != other.day.year and any(one.flag(switch).any() for switch in OF_LAST_YEAR):
        return False
    return all(_unmoved(one, other, rule_id) or _alike(one, other, rule_id) for rule_id in READ)


def _unmoved(one: Rules, other: Rules, rule_id: str) -> bool:
    """Is it the same rule, and does nothing of it begin or end between the days?"""
    rule = one.policy.rule(rule_id)
    if rule is not other.policy.rule(rule_id):
        return False
    first, last = sorted((one.day, other.day))
    begins = any(place.from_ is not None and first < place.from_ <= last for place in rule.dated)
    return not begins and not any(place.to is not None and first <= place.to < last for place in rule.dated)


def _alike(one: Rules, other: Rules, rule_id: str) -> bool:
    """Are the answers for every village and every case that either rule tells apart the same?"""
    named: dict[str, set[str]] = {}
    for rules in (one, other):
        for key, values in _mentioned(rules.policy.rule(rule_id)).items():
            named.setdefault(key, set()).update(values)
    named.pop(KIND, None)
    for case in product(*(["", *sorted(values)] for values in named.values())):
        scope = dict(zip(named, case, strict=True))
        here, said = one.said(rule_id, **scope)
        there, answers = other.said(rule_id, **scope)
        pairs = np.unique(here.astype(np.int64) * len(answers) + there)
        if any(_values(said[pair // len(answers)]) != _values(answers[pair % len(answers)]) for pair in pairs.tolist()):
            return False
    return True


def _values(said: Said) -> tuple[Mapping[str, Value] | None, int]:
    entry, state = said
    return entry.fields if entry is not None else None, state


def _fields(said: tuple[Said, ...], field: str) -> list[Value]:
    return [entry.fields.get(field) if entry is not None else None for entry, _ in said]


def _mentioned(rule: Rule) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place in rule.dated:
        for key, value in place.scope.items():
            found.setdefault(key, set()).add(token(value))
    return found


def _spread(few: npt.NDArray[Kind], place: Index) -> npt.NDArray[Kind]:
    spread = few[place]
    spread.setflags(write=False)
    return spread


@lru_cache(maxsize=64)
def _grouped(
    codes: tuple[str, ...], urban_rural: tuple[str | None, ...] | None, prefixes: tuple[str, ...]
) -> tuple[Index, tuple[tuple[str, str | None], ...]]:
    """For each village the number of its place, and the places: the longest of the prefixes, and town or country."""
    lengths = sorted({len(prefix) for prefix in prefixes}, reverse=True)
    known = frozenset(prefixes)
    numbers: dict[tuple[str, str | None], int] = {}
    places = []
    for code, kind in zip(codes, urban_rural or (None,) * len(codes), strict=True):
        prefix = next((code[:length] for length in lengths if code[:length] in known), "")
        places.append(numbers.setdefault((prefix, kind), len(numbers)))
    return np.array(places, np.int32), tuple(numbers)
