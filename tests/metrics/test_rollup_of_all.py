"""Is every number of every metric what its rows come to, at every tier, and do children add up to their parent?

Whatever metric the package holds is asked, on a made-up township with made-up leads beside it.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from types import ModuleType
from typing import Any

import polars as pl
import pytest

import metrics
from casework.card import FAMILIES, MetricCard
from casework.dataset import Tables
from casework.regions import Regions
from casework.registry import found
from metrics import rollup
from metrics.leads import ACTION, CONFIRMED, LEAD, REFUTED, beside
from tests.detectors.made import policy, township

MODULES = found(metrics)
NAMES = [module.CARD.metric for module in MODULES]
each_metric = pytest.mark.parametrize("module", MODULES, ids=NAMES)
Place = tuple[str, str, date]  # programme, region, month


@cache
def whole() -> Tables:
    """The township, two hundred made-up leads of its awards and an action on every third."""
    draw = random.Random(5)  # noqa: S311 - a test world, not a secret
    data = township()
    codes = [code for code in Regions.of(data).codes if code.endswith(tuple("123456789"))]
    leads, actions = [], []
    for place in range(200):
        outcome = draw.choice([None, *CONFIRMED, *REFUTED])
        raised = data.as_of - timedelta(days=draw.randint(30, 900))
        leads.append(
            {
                "lead_id": f"L{place:03d}",
                "scheme": "late_decision",
                "family": draw.choice(list(FAMILIES)),
                "subject_kind": "award",
                "subject": f"S{place}",
                "region_code": draw.choice([*codes, None]),
                "programme": draw.choice(["dibao", "destitute", None]),
                "level": "verify",
                "amount_fen": draw.choice([None, draw.randint(1, 900_000)]),
                "raised_on": raised,
                "current": True,
                "state": "closed" if outcome else "new",
                "outcome": outcome,
                "decided_on": raised + timedelta(days=20) if outcome else None,
            }
        )
        if place % 3 == 0:
            acted = {
                "action": "recover",
                "acted_on": raised + timedelta(days=25),
                "amount_fen": draw.randint(1, 90_000),
            }
            actions.append({"lead_id": f"L{place:03d}", **acted})
    shown = [
        pl.DataFrame(rows, schema_overrides={name: table.schema[name] for name in rows[0]}, infer_schema_length=None)
        for table, rows in ((LEAD, leads), (ACTION, actions))
    ]
    return beside(data, *shown)


@cache
def tree() -> Regions:
    return Regions.of(whole())


@cache
def table(metric: str) -> pl.DataFrame:
    if rollup.unavailable(metrics, whole()).get(metric):
        pytest.skip(f"the made-up township has not what {metric} needs")
    return rollup.measure(metrics, whole(), policy(), only=[metric], small_cell=0)


def behind(metric: str) -> dict[Place, list[dict[str, Any]]]:
    """Every place's own rows, put there one by one."""
    placed: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    programmes = ["", *table(metric)["programme"].unique().sort()]
    for programme in dict.fromkeys(programmes):
        rows = rollup.rows(metrics, whole(), policy(), metric, programme=programme)
        for row in rows.iter_rows(named=True):
            for unit in tree().units(row["region_code"]):
                placed[programme, unit, row["month"]].append(row)
    return placed


def places(numbers: pl.DataFrame) -> dict[Place, dict[str, Any]]:
    return {(row["programme"], row["region_code"], row["month"]): row for row in numbers.to_dicts()}


def quantile(values: list[int], thousandths: int) -> float:
    """The smallest value that so many of a thousand do not exceed; between two cases the middle."""
    ordered = sorted(values)
    exact, rest = divmod(len(ordered) * thousandths, 1000)
    if rest:
        return float(ordered[exact])
    return (ordered[exact - 1] + ordered[min(exact, len(ordered) - 1)]) / 2


def some_column(rows: Iterable[list[dict[str, Any]]], told: Callable[[str], bool]) -> bool:
    """Does a column of whole numbers, whatever its name, tell what the table says?"""
    one = next(iter(rows))[0]
    names = [name for name in one if name not in {"subject", "region_code", "month", "programme", "in_part"}]
    numeric = [
        name
        for name in names
        if any(isinstance(row[name], int) and not isinstance(row[name], bool) for many in rows for row in many)
    ]
    return any(told(name) for name in numeric)


def agrees(card: MetricCard, numbers: dict[Place, dict[str, Any]], rows: dict[Place, list[dict[str, Any]]]) -> None:
    """The table against what its rows come to, by the kind of the metric."""
    inside = {place: [row for row in many if row["in_part"]] for place, many in rows.items()}
    known = {place: [row for row in many if row["in_part"] is not None] for place, many in rows.items()}
    match card.kind:
        case "share":
            assert numbers.keys() == {place for place, many in known.items() if many}
            for place, row in numbers.items():
                assert (row["part"], row["whole"]) == (len(inside[place]), len(known[place])), place
                assert row["value"] == len(inside[place]) / len(known[place]), place
        case "rate":
            assert {place for place, many in inside.items() if many} <= numbers.keys()
            for place, row in numbers.items():
                assert (row["part"] or 0) == len(inside.get(place, [])), place
        case "quantile":
            here = {place: many for place, many in inside.items() if many}
            assert numbers.keys() == here.keys()
            assert all(row["whole"] == len(here[place]) for place, row in numbers.items())
            assert some_column(
                list(here.values()),
                lambda name: all(
                    row["value"] == quantile([one[name] for one in here[place]], round(card.q * 1000))
                    for place, row in numbers.items()
                    if all(one[name] is not None for one in here[place])
                ),
            )
        case "sum" | "ratio":
            for side in ("part", "whole") if card.kind == "ratio" else ("part",):
                assert some_column(
                    list(rows.values()),
                    lambda name, side=side: all(  # type: ignore[misc]
                        row[side] == sum(one[name] or 0 for one in inside.get(place, []))
                        for place, row in numbers.items()
                    ),
                ), side


@each_metric
def test_every_number_at_every_tier_is_what_its_rows_come_to(module: ModuleType) -> None:
    numbers = places(table(module.CARD.metric))
    rows = behind(module.CARD.metric)
    if not numbers:
        assert not any(row["in_part"] is not None for many in rows.values() for row in many)
        return
    agrees(module.CARD, numbers, rows)


@each_metric
def test_children_add_up_to_their_parent(module: ModuleType) -> None:
    if module.CARD.kind not in {"share", "rate", "sum"}:
        pytest.skip("what is ordered or weighed does not add up")
    numbers = places(table(module.CARD.metric))
    below: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for (programme, unit, month), row in numbers.items():
        if (parent := tree()[unit].parent) is not None:
            below[programme, parent, month].append(row)
    for place, children in below.items():
        for side in ("part", "whole"):
            known = [child[side] for child in children]
            if None not in [numbers[place][side], *known]:
                assert sum(known) == numbers[place][side], (place, side)


@each_metric
def test_no_row_tells_who_it_is(module: ModuleType) -> None:
    if rollup.unavailable(metrics, whole()).get(module.CARD.metric):
        pytest.skip("not measured here")
    names = set(rollup.rows(metrics, whole(), policy(), module.CARD.metric).columns)
    assert {"subject", "region_code", "month", "programme", "in_part"} <= names
    assert not names & {"name", "id_no", "phone", "address", "account_no", "applicant_person_id"}
