"""Do the laws of arithmetic hold on a whole made-up township too, gathered from its tables?

Hand-made households meet them one law at a time elsewhere (`test_reckon`, `test_compared`, `test_curve`).
"""

from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from casework.policy import Change, Policy
from metrics.whatif.compared import measures
from metrics.whatif.curve import candidates, curve
from metrics.whatif.gather import gather
from metrics.whatif.incentives import incentives, reckoning
from metrics.whatif.levelling import levelled
from metrics.whatif.measure import MEASURES
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import ITEMS, Persons, Population, Whole
from metrics.whatif.reckon import reckon
from metrics.whatif.rules import Rules
from metrics.whatif.scenario import Assumptions
from metrics.whatif.tiers import tiers
from tests.detectors.made import policy, township

LAYERS = ("rule_book", "delivered")
RATES = [card.id for card in MEASURES if card.unit in ("share", "index", "times")]
ADDED = ("cost", "month_cost", "roll_households", "roll_persons", "eligible_households", "households", "persons")
KEY = ["scenario", "region_code", "group", "measure"]
WHOLE = "990000000000"


@cache
def people() -> Population:
    return gather(township(), policy())


@cache
def today() -> Outcome:
    return reckon(people(), policy())


@cache
def raised(scale: float) -> Outcome:
    return reckon(people(), policy().adjusted([Change("dibao_standard", scale=scale)]), baseline=today())


def compared(who: Population, law: Policy, then: Policy, layer: str) -> pl.DataFrame:
    before = reckon(who, law)
    return measures(who, {"today": before, "then": reckon(who, then, baseline=before)}, layer=layer).sort(KEY)


def taken(who: Population, order: Whole) -> Population:
    """The households of these rows, in this order and as often."""
    persons = [np.flatnonzero(who.persons.home == row) for row in range(who.households)]
    chosen = np.concatenate([persons[row] for row in order])
    home = np.repeat(np.arange(len(order)), [len(persons[row]) for row in order]).astype(np.int32)
    of_persons = {one.name: getattr(who.persons, one.name)[chosen] for one in fields(Persons)}
    columns: dict[str, Any] = {name: column[order] for name, column in vars(who).items() if _of_households(who, column)}
    columns |= {name: {key: each[order] for key, each in getattr(who, name).items()} for name in ("items", "absent")}
    groups = {name: (labels, column[order]) for name, (labels, column) in who.groups.items()}
    draws = {name: column[order] for name, column in who.draws.items()}
    persons_of = Persons(**{**of_persons, "home": home})
    return replace(who, **columns, groups=groups, draws=draws, persons=persons_of, kept={})


def _of_households(who: Population, column: object) -> bool:
    return isinstance(column, np.ndarray) and len(column) == who.households


def in_another_coin(who: Population, times: int) -> Population:
    """All money so many times as much."""
    persons = replace(who.persons, supporter_fen=who.persons.supporter_fen * times)
    paid = np.where(who.paid_fen < 0, who.paid_fen, who.paid_fen * times)
    items = {item: who.items[item] * times for item in ITEMS}
    return replace(who, items=items, paid_fen=paid, persons=persons, kept={})


def rates(found: pl.DataFrame) -> list[float | None]:
    shares = found.filter(pl.col("measure").is_in(RATES))
    assert shares["value"].drop_nulls().len() > 100
    return [None if value is None else round(value, 9) for value in shares["value"]]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_scenario_that_changes_nothing_differs_by_exactly_0_everywhere(layer: str) -> None:
    same = policy().adjusted([Change("dibao_standard", scale=1.0)])
    named = {"today": today(), "then": reckon(people(), same, Assumptions(), baseline=today())}
    asked = {
        name: incentives(people(), found, reckoning(law))
        for (name, found), law in zip(named.items(), (policy(), same), strict=True)
    }
    found = measures(people(), named, layer=layer, incentives=asked)
    apart = found.filter(pl.col("scenario") == "then-baseline")
    assert set(apart["value"].drop_nulls()) == {0.0}
    assert set(apart["measure"]) == {card.id for card in MEASURES}
    told = [found.filter(pl.col("scenario") == name).sort(KEY)["value"] for name in ("baseline", "then")]
    assert told[0].equals(told[1], null_equal=True)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_higher_standard_takes_from_nobody_and_costs_and_covers_no_less(layer: str) -> None:
    lower = today().layer(layer)
    for scale in (1.0, 1.003, 1.05, 1.2, 1.6, 2.5):
        higher = raised(scale).layer(layer)
        assert (higher.year_fen >= lower.year_fen).all(), scale
        assert (higher.on_roll >= lower.on_roll).all(), scale
        assert np.all(np.array(higher.cost_fen) >= lower.cost_fen), scale
        assert np.all(np.array(higher.households) >= lower.households), scale
        lower = higher
    found = measures(people(), {"today": today(), "then": raised(1.2)}, layer=layer)
    whole = found.filter(pl.col("region_code") == WHOLE, pl.col("group") == "", pl.col("scenario") == "then-baseline")
    told = dict(whole.select("measure", "value").iter_rows())
    assert (told["losing_households"], told["newly_out_households"]) == (0, 0)
    assert told["gaining_households"] > 0


@pytest.mark.parametrize("layer", LAYERS)
def test_regions_of_every_tier_add_up_to_the_fen(layer: str) -> None:
    found = measures(people(), {"today": today(), "then": raised(1.1)}, layer=layer)
    found = found.filter(pl.col("measure").is_in(ADDED), pl.col("group") == "")
    top = found.filter(pl.col("region_code") == WHOLE).sort("scenario", "measure")["value"].to_list()
    for tier in tiers(people()):
        here = found.filter(pl.col("region_code").is_in(tier.codes))
        summed = here.group_by("scenario", "measure").agg(pl.col("value").sum()).sort("scenario", "measure")
        assert summed["value"].to_list() == top, tier.name
    assert sum(today().layer(layer).cost_fen) == today().layer(layer).year_fen.sum()


@pytest.mark.parametrize("layer", LAYERS)
def test_rows_in_another_order_or_twice_leave_every_rate(layer: str) -> None:
    then = policy().adjusted([Change("dibao_standard", scale=1.1)])
    base = compared(people(), policy(), then, layer)
    every = np.arange(people().households)
    assert rates(compared(taken(people(), every[::-1]), policy(), then, layer)) == rates(base)
    assert rates(compared(taken(people(), np.repeat(every, 2)), policy(), then, layer)) == rates(base)


@pytest.mark.parametrize("layer", LAYERS)
def test_all_money_in_another_coin_leaves_every_rate(layer: str) -> None:
    """By bands: by the gap amounts are whole yuan of whichever coin, and so a little more or less."""
    bands = [{"band": "A", "value": 400, "income_below": 200}, {"band": "B", "value": 250}]
    by_bands = Policy.of(benefit_mode="bands", benefit_bands=bands)
    law = Policy(dict(policy().rules) | {name: by_bands.rule(name) for name in ("benefit_mode", "benefit_bands")})
    coin = [Change("dibao_standard", scale=10), Change("benefit_bands", scale=10)]
    coin += [Change("benefit_bands", which="income_below", scale=10)]
    then = [Change("taper_months", set=9)]
    one = compared(people(), law, law.adjusted(then), layer)
    two = compared(in_another_coin(people(), 10), law.adjusted(coin), law.adjusted(coin + then), layer)
    assert rates(two) == rates(one)


def test_income_at_the_line_is_not_below_it() -> None:
    found, n = today(), people().n
    at = np.flatnonzero(found.eligible & (found.y_fen > 0) & (found.y_fen % (12 * np.maximum(n, 1)) == 0))[:5]
    assert len(at) == 5
    for row in at:
        fen = int(found.y_fen[row] // (12 * n[row]))
        for standard, below in ((fen, False), (fen + 1, True)):
            law = policy().adjusted([Change("dibao_standard", set=standard / 100)])
            assert reckon(people(), law, months=1).eligible[row] == below, (row, standard)


def test_the_budget_of_a_standard_buys_that_standard() -> None:
    line = curve(candidates(people(), today(), Rules.of(people(), policy(), people().as_of)))
    for factor in (0.8, 1.0, 1.1, 1.37, 2.0):
        assert float(line.inverse(line.cost(factor))) == pytest.approx(factor, rel=1e-9)


def test_the_squared_gap_is_least_where_the_poorest_are_lifted_to_one_level() -> None:
    a_head = (people().resources_fen / np.maximum(people().n, 1))[people().stated]
    budget, line = 5_000_000.0, 1_000_000.0
    paid = levelled(a_head, line, budget)
    assert paid.sum() == pytest.approx(budget)
    assert np.ptp((a_head + paid)[paid > 0]) < 1e-6
    assert (a_head + paid)[paid > 0].max() <= a_head[paid == 0].min()
