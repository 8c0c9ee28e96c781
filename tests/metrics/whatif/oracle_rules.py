"""What do the rules say, and what does a household count as having, to a clerk who reads them one by one?

Plain dicts: no rule is looked up through `casework.policy`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

INCOMES = ("wage", "business", "property_income", "transfer", "support", "land")
EXPENSES = ("medical_expense", "education_expense", "disability_expense", "insurance_expense")
AGES = (0, 16, 45, 60, 70)
WORKING = {  # health -> coefficient of each age; below 16 and from 70 on nothing
    "healthy": (0, 1, 0.9, 0.5, 0),
    "minor_illness": (0, 0.9, 0.8, 0.4, 0),
    "chronic_illness": (0, 0.6, 0.5, 0.2, 0),
    "serious_illness": (0, 0, 0, 0, 0),
    "disabled": (0, 0.5, 0.4, 0.2, 0),
    "severely_disabled": (0, 0, 0, 0, 0),
}
SHIPPED: Mapping[str, list[dict[str, Any]]] = {
    "dibao_standard": [],
    "edge_multiplier": [{"value": 1.5}],
    "circle_multiplier": [{"circle": 2, "value": 1}, {"circle": 3, "value": 1.5}, {"circle": 4, "value": 2}],
    "disregard": [{"value": 0}],
    "job_cost": [{"value": 0}],
    "deduction_cap": [{"value": None}],
    "impute_work": [{"value": False}],
    "impute_land": [{"value": False}],
    "impute_support": [{"value": False}],
    "labour_coefficient": [
        {"health": health, "age_from": age, "value": value}
        for health, row in WORKING.items()
        for age, value in zip(AGES, row, strict=True)
    ],
    "work_months": [{"value": 8}],
    "land_ratio": [{"value": 0.6}],
    "support_rate": [{"value": 0.05}],
    "benefit_mode": [{"value": "gap"}],
    "benefit_bands": [{"value": None}],
    "benefit_amount": [],
    "category_topup": [{"value": None}],
    "taper_months": [{"value": 6}],
    "aid_term_months": [{"value": None}],
    "single_entry": [{"value": False, "share": 1}],
}


@dataclass(frozen=True)
class World:
    """A law (entries of a rule and changes, as plain dicts), figures in yuan by year, and the day."""

    entries: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    changes: Sequence[Mapping[str, Any]] = ()
    figures: Mapping[str, Mapping[int, Mapping[str, float]]] = field(default_factory=dict)  # item, year, village
    as_of: date = date(2025, 6, 30)

    def says(self, rule: str, day: date, home: Mapping[str, Any], which: str = "value", **scope: object) -> Any:
        """The value in force on that day for that home: LookupError where nothing is; None where nothing is limited."""
        case = {"urban_rural": home["urban_rural"], **scope}
        keys = ("urban_rural", "item", "band", "group", "circle", "programme", "health", "age_from", "grade")
        fitting = [
            entry
            for entry in self.entries.get(rule, SHIPPED[rule])
            if home["village"].startswith(entry.get("region", ""))
            and all(case.get(key) == entry[key] for key in keys if key in entry)
        ]
        if not fitting:
            raise LookupError(rule)
        entry = max(fitting, key=lambda one: (len(one.get("region", "")), sum(key in one for key in keys)))
        value = entry.get(which)
        for change in self.changes:
            if (
                change["id"] == rule
                and change.get("which", "value") == which
                and home["village"].startswith(change.get("region", ""))
                and change.get("from_", date.min) <= day <= change.get("to", date.max)
                and all(case.get(key) == said for key, said in change.get("scope", {}).items())
            ):
                value = _changed(value, change)
        return _exact(value)


def _exact(value: Any) -> Any:
    return Fraction(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _changed(value: Any, change: Mapping[str, Any]) -> Any:
    if "set" in change:
        return change["set"]
    if value is None:
        return None
    if "scale" in change:
        return max(Fraction(0), Fraction(_exact(value)) * _exact(change["scale"]))
    return max(Fraction(0), Fraction(_exact(value)) + _exact(change["add"]))


def fen(yuan: Any) -> Fraction:
    """Yuan as fen, nothing lost."""
    return Fraction(str(yuan)) * 100 if not isinstance(yuan, Fraction) else yuan * 100


def ruled(yuan: Any) -> Fraction:
    """What a rule says in yuan, in whole fen: nobody is paid, and no line drawn, by parts of one."""
    return Fraction(round(fen(yuan)))


def in_thousandths(share: Fraction) -> int:
    """A share, or a multiple, that a rule says: in whole thousandths."""
    return round(share * 1000)


def times(number: Fraction) -> Fraction:
    """The same, to multiply by."""
    return Fraction(in_thousandths(number), 1000)


def months_from(as_of: date, months: int) -> list[date]:
    """The first days of the months after that of `as_of`."""
    first = as_of.year * 12 + as_of.month
    return [date((first + k) // 12, (first + k) % 12 + 1, 1) for k in range(months)]


def coefficient(world: World, home: Mapping[str, Any], person: Mapping[str, Any], day: date) -> Fraction | None:
    """What share of a full worker somebody is; None where nobody knows and it matters."""
    age, health = person.get("age", 40), person.get("health")
    ages = AGES if age < 0 else [max(start for start in AGES if start <= age)]
    states = WORKING if health is None else [health]
    may_be = {
        times(world.says("labour_coefficient", day, home, health=state, age_from=start))
        for state in states
        for start in ages
    }
    return Fraction(may_be.pop()) if len(may_be) == 1 else None


def imputed(world: World, home: Mapping[str, Any], item: str, day: date) -> Fraction | None:
    """What an absent item is taken for, fen a year; None unknown."""
    living = [one for one in home["people"] if one.get("counted", True)]
    if item == "support":
        return _support(world, home, living, day)
    on = world.says("impute_work" if item == "wage" else "impute_land", day, home)
    factor = times(world.says("work_months" if item == "wage" else "land_ratio", day, home))
    if not on or factor == 0:
        return Fraction(0)  # whatever anybody is, and whatever was published
    shares = [coefficient(world, home, one, day) for one in living]
    if None in shares:
        return None
    share = sum((one for one in shares if one is not None), Fraction(0))
    if share == 0:
        return Fraction(0)
    figure = world.figures.get("min_wage" if item == "wage" else "income_rural", {}).get(day.year - 1, {})
    if home["village"] not in figure:
        return None
    return Fraction(floor(share * fen(figure[home["village"]]) * factor))


def _support(world: World, home: Mapping[str, Any], living: Sequence[Mapping[str, Any]], day: date) -> Fraction | None:
    if not world.says("impute_support", day, home):
        return Fraction(0)
    rate = times(world.says("support_rate", day, home))
    if rate and not all(one.get("supporter_known", True) for one in living):
        return None
    return Fraction(floor(rate * sum((fen(one.get("supporter", 0)) for one in living), Fraction(0))))


def counted_income(world: World, home: Mapping[str, Any], day: date) -> Fraction | None:
    """Y, fen a year; None unknown."""
    if not home["stated"] or home["unclear"]:
        return None
    total = Fraction(0)
    for item in INCOMES:
        amount: Fraction | None = fen(home.get(item, 0))
        if item in {"wage", "support", "land"} and item not in home:
            amount = imputed(world, home, item, day)
        if amount is None:
            return None
        if item == "wage" and amount:
            off = 12 * sum(ruled(world.says(rule, day, home)) for rule in ("disregard", "job_cost"))
            rest = max(Fraction(0), amount - off)
            rate = min(1000, in_thousandths(world.says("disregard", day, home, "rate") or Fraction(0)))
            amount = Fraction(floor(rest * (1000 - rate) / 1000))
        total += amount
    for item in EXPENSES:
        cap = world.says("deduction_cap", day, home, item=item)
        spent = fen(home.get(item, 0))
        total -= spent if cap is None else min(spent, ruled(cap))
    return max(Fraction(0), total)
