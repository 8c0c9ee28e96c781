"""A small random population under random rules: everything the what-if knows, each seldom enough to meet all else."""

from dataclasses import dataclass
from datetime import date
from math import nan
from random import Random
from typing import Any

import numpy as np

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.population import HEALTH, Population
from metrics.whatif.scenario import Assumptions
from tests.metrics.whatif.made import population
from tests.metrics.whatif.oracle_rules import World

VILLAGES = {
    "990101001001": "rural",
    "990101001002": "urban",
    "990101002001": "rural",
    "990102001001": "urban",
    "990201001001": "rural",
}


def _one(*values: object) -> list[list[dict[str, Any]]]:
    return [[{"value": value}] for value in values]


ON: list[list[dict[str, Any]]] = [[{"value": True}], [{"value": False}, {"region": "990101", "value": True}]]
BANDS: list[dict[str, Any]] = [
    {"band": "A", "value": 400, "income_below": 200},
    {"band": "B", "value": 250.5, "income_below": 350.25},
    {"band": "C", "value": 100},
]
SAID: list[tuple[str, float, list[list[dict[str, Any]]]]] = [  # a rule, how often it says something, and what
    ("edge_multiplier", 0.3, _one(1, 1.25, 2)),
    ("disregard", 0.4, [[{"value": yuan, "rate": rate}] for yuan in (0, 100, 33.33) for rate in (0, 0.3, 0.125, 1)]),
    ("job_cost", 0.3, _one(50, 200)),
    ("deduction_cap", 0.3, [[{"value": cap}, {"item": "medical_expense", "value": 1500}] for cap in (None, 2000)]),
    ("impute_work", 0.25, ON),
    ("impute_land", 0.25, ON),
    ("impute_support", 0.25, ON),
    ("work_months", 0.3, _one(0, 6, 10)),
    ("support_rate", 0.3, _one(0, 0.07, 0.1)),
    ("land_ratio", 0.3, _one(0, 0.35, 1)),
    ("taper_months", 0.4, _one(*range(13))),
    ("aid_term_months", 0.2, _one(6, 12, 18)),
    ("single_entry", 0.2, [[{"value": True, "share": share}] for share in (1, 0.6, 0.333)]),
]


@dataclass
class Drawn:
    """Homes as dicts, today's rules and a scenario's."""

    homes: list[dict[str, Any]]
    today: World
    then: World
    months: int
    assumed: Assumptions

    def policy(self, world: World) -> Policy:
        """The same rules as the program knows them."""
        named = {rule: entries for rule, entries in world.entries.items() if entries}
        said = {rule: [_written(entry) for entry in entries] for rule, entries in named.items()}
        return Policy.of(**said).adjusted(Change(**change) for change in world.changes)

    def population(self) -> Population:
        """The same homes in columns, with the figures of their villages."""
        made = population(*self.homes, as_of=self.today.as_of)
        figures = {
            item: {
                year: np.array([round(of.get(code, -0.01) * 100) for code in made.village_code], np.int64)
                for year, of in years.items()
            }
            for item, years in self.today.figures.items()
        }
        return made.__class__(**{**made.__dict__, "figures": figures, "kept": {}})


def _written(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: "none" if key == "value" and said is None else said for key, said in entry.items()}


def draw(seed: int) -> Drawn:
    """The world of that number, the same whenever asked."""
    random = Random(seed)  # noqa: S311 - the same world for the same number is what is wanted
    as_of = random.choice((date(2025, 6, 30), date(2024, 12, 31), date(2025, 2, 10)))
    entries, figures = _entries(random), _figures(random)
    homes = [_home(random) for _ in range(random.randint(1, 7))]
    changes = [_change(random, entries) for _ in range(random.choice((0, 1, 1, 2, 3, 5)))]
    today = World(entries, (), figures, as_of)
    then = World(entries, changes, figures, as_of)
    return Drawn(homes, today, then, random.choice((1, 2, 7, 13)), _assumed(random))


def _entries(random: Random) -> dict[str, list[dict[str, Any]]]:
    law: dict[str, list[dict[str, Any]]] = {"dibao_standard": _standards(random)}
    for rule, often, ways in SAID:
        if random.random() < often:
            law[rule] = list(random.choice(ways))
    if random.random() < 0.4:
        law.update(benefit_mode=[{"value": random.choice(("bands", "flat"))}], benefit_amount=_amounts(random))
        law["benefit_bands"] = BANDS if random.random() < 0.7 else BANDS[:2]
    if random.random() < 0.4:
        groups = random.sample(("minor", "aged", "severe_disability", "serious_illness"), random.randint(1, 4))
        law["category_topup"] = [{"group": group, "value": random.choice((0.1, 0.15, 0.3))} for group in groups]
    return law


def _standards(random: Random) -> list[dict[str, Any]]:
    said = [
        {"urban_rural": "urban", "value": random.choice((600, 632.5, 701))},
        {"urban_rural": "rural", "value": random.choice((400, 500, 632))},
        {"region": "990101001", "value": random.choice((450, 555.55))},
    ]
    return said[: random.choice((1, 2, 2, 2, 2, 2, 2, 3, 3))]


def _amounts(random: Random) -> list[dict[str, Any]]:
    said = [{"value": random.choice((300, 123.45))}, {"grade": "1", "value": 400}]
    return said[: random.choice((1, 1, 2))]


def _figures(random: Random) -> dict[str, dict[int, dict[str, float]]]:
    return {
        item: {
            year: {code: random.choice(of) for code in VILLAGES if random.random() < 0.9}
            for year in (2023, 2024, 2025)
            if random.random() < 0.9
        }
        for item, of in (("min_wage", (1760, 1800)), ("income_rural", (12_000, 12_345.67)))
    }


def _home(random: Random) -> dict[str, Any]:
    n = random.choice((0, 1, 1, 2, 2, 3, 4, 6)) if random.random() < 0.3 else random.choice((1, 2, 3, 4))
    own = random.random() < 0.5
    people = [_person(random, counted=place < n) for place in range(n + random.choice((0, 0, 0, 1)))]
    covered = min(len(people), n if random.random() < 0.7 else random.randint(0, 6)) if own else 0
    for place, one in enumerate(people):
        one["covered"] = place < covered
    village = random.choice(list(VILLAGES))
    home: dict[str, Any] = {
        "village": village,
        "urban_rural": VILLAGES[village],
        "n": n,
        "people": people,
        "own": own,
        "covered": covered,
        "single": own and random.random() < 0.15,
        "stated": random.random() < 0.95,
        "unclear": random.random() < 0.04,
        "barred": random.choice((0, 0, 0, 0, 0, 0, 0, 1, -1)),
        "shut": random.choice((0, 0, 0, 0, 0, 0, 0, 1, -1)),
        "above": random.choice((-1, -1, -1, 0, 3, 5, 6, 9, 20)) if own else -1,
        "months": random.choice((0, 3, 6, 11, 12, 17, 18, 40)) if own else -1,
        "paid": random.choice((None, 0, 50, 300, 512.5, 900)) if own else None,
        "hardship": random.choice((1.0, 5.0, 5.0, 7.5, nan)),
        "weight": random.choice((1.0, 1.0, 1.0, 2.5, 0.0)),
        "take_up": random.choice((0.0, 0.2, 0.5, 0.9)),
        "leak": random.choice((0.0, 0.1, 0.5, 0.9)),
    }
    line = 500 * 12 * max(n, 1)
    for item, share in (("wage", 0.6), ("business", 0.1), ("transfer", 0.2), ("support", 0.2), ("land", 0.2)):
        if random.random() < share:
            home[item] = random.choice(
                (0, 1200, line / 2, line, line - 0.01, line * 1.2, line * 1.5, random.randint(0, 40_000))
            )
    for item in ("medical_expense", "education_expense"):
        if random.random() < 0.25:
            home[item] = random.choice((500, 1500, 4000.01))
    return home


def _person(random: Random, *, counted: bool) -> dict[str, Any]:
    return {
        "age": random.choice((-1, 5, 17, 18, 30, 44, 45, 59, 60, 69, 70, 85)),
        "health": random.choice((*HEALTH, None)),
        "grade": random.choice((0, 0, 0, 1, 2, 3)),
        "counted": counted,
        "supporter": random.choice((0, 0, 20_000, 33_333.33)),
        "supporter_known": random.random() < 0.95,
    }


def _change(random: Random, law: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = random.choice(
        (
            {"id": "dibao_standard", "scale": random.choice((1.1, 0.8, 1.25, 1.003))},
            {"id": "dibao_standard", "scale": random.choice((1.1, 0.8)), "scope": {"urban_rural": "rural"}},
            {"id": "dibao_standard", "add": random.choice((40, -60, 0.5))},
            {"id": "dibao_standard", "set": 540},
            {"id": "edge_multiplier", "set": random.choice((1.2, 2))},
            {"id": "edge_multiplier", "scale": 0.95},
            {"id": "circle_multiplier", "scale": 1.05, "scope": {"circle": 3}},
            {"id": "labour_coefficient", "scale": 0.5, "scope": {"health": random.choice(HEALTH)}},
            {"id": "disregard", "set": random.choice((0, 200))},
            {"id": "disregard", "which": "rate", "set": random.choice((0.2, 0.5))},
            {"id": "job_cost", "add": 100},
            {"id": "deduction_cap", "set": 1000},
            {"id": "deduction_cap", "set": 300, "scope": {"item": "medical_expense"}},
            {"id": "impute_work", "set": random.choice((True, False))},
            {"id": "impute_land", "set": random.choice((True, False))},
            {"id": "impute_support", "set": random.choice((True, False))},
            {"id": "work_months", "set": 4},
            {"id": "land_ratio", "scale": 0.5},
            {"id": "taper_months", "set": random.randint(0, 12)},
            {"id": "aid_term_months", "set": random.choice((6, 12, 24))},
            {"id": "single_entry", "set": True},
            {"id": "single_entry", "which": "share", "set": 0.5},
            *([{"id": "benefit_amount", "scale": 1.2}] if "benefit_amount" in law else []),
            *([{"id": "benefit_bands", "add": 20, "scope": {"band": "A"}}] if "benefit_bands" in law else []),
            *([{"id": "category_topup", "set": 0.2}] if "category_topup" in law else []),
        )
    )
    said = dict(said)
    if random.random() < 0.3:
        said["region"] = random.choice(("9901", "990101001", "990201"))
    if random.random() < 0.4:
        said["from_"] = random.choice((date(2025, 1, 1), date(2025, 8, 1), date(2025, 10, 15), date(2026, 1, 1)))
    if random.random() < 0.2:
        said["to"] = random.choice((date(2025, 9, 30), date(2025, 12, 15), date(2026, 2, 28)))
    return said


def _assumed(random: Random) -> Assumptions:
    if random.random() < 0.5:
        return Assumptions(taper=random.choice(("full", "falling")))
    return Assumptions(
        take_up=random.choice((None, 0.0, 0.5, 1.0)),
        leak=random.choice((None, 0.0, 0.3, 1.0)),
        pay_ratio=random.choice((None, 0.9, 1.0)),
        taper=random.choice(("full", "falling")),
        quota=random.choice((None, None, 1, 2, 3)),
        budget_fen=random.choice((None, None, 50_000, 123_400)),
    )
