"""Do compared scenarios add up, and does nothing change where nothing was changed?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.policy import Policy
from casework.policy.change import Change
from casework.regions import Region, Regions
from casework.text import Text
from metrics.whatif.compared import MOVES, SCHEMA, measures, moves
from metrics.whatif.headline import headline
from metrics.whatif.measure import BY_ID, MEASURES, line_warning
from metrics.whatif.outcome import Outcome
from metrics.whatif.population import Population
from metrics.whatif.reckon import reckon
from metrics.whatif.tiers import tiers
from tests.metrics.whatif.made import population
from tests.metrics.whatif.outcomes import outcome

VILLAGES = ("990101001001", "990101001002", "990101002001", "990102001001")
LAW = Policy.of(dibao_standard=500)
RAISED = LAW.adjusted([Change("dibao_standard", scale=1.2)])
ADDED = ("cost", "month_cost", "roll_households", "roll_persons", "eligible_households", "households", "persons")
home = st.fixed_dictionaries(
    {
        "village": st.sampled_from(VILLAGES),
        "n": st.integers(1, 4),
        "wage": st.integers(0, 30_000),
        "own": st.booleans(),
        "stated": st.sampled_from([True, True, True, False]),
        "paid": st.integers(1, 400),
    }
)
homes = st.lists(home, min_size=1, max_size=25)


def of(
    frame: pl.DataFrame, measure: str, scenario: str = "baseline", region: str = "990000000000", group: str = ""
) -> Any:
    """One value."""
    rows = frame.filter(
        pl.col("measure") == measure,
        pl.col("scenario") == scenario,
        pl.col("region_code") == region,
        pl.col("group") == group,
    )
    return rows["value"].item()


def grouped(rows: Sequence[dict[str, Any]]) -> Population:
    """With a group that not everybody has."""
    made = population(*rows)
    place = np.array([n - 1 if n < 4 else -1 for n in made.n], np.int8)
    return replace(made, groups={"size": (("1", "2", "3"), place)})


def compared(people: Population, *laws: Policy, layer: str = "rule_book") -> pl.DataFrame:
    first = reckon(people, laws[0])
    named: dict[str, Outcome] = {"today": first}
    named |= {f"s{place}": reckon(people, law, baseline=first) for place, law in enumerate(laws[1:], 1)}
    return measures(people, named, layer=layer)


def test_the_shape_is_the_contract_s_and_every_number_has_a_card() -> None:
    found = compared(grouped([{"wage": 1000}, {"wage": 90_000}]), LAW, RAISED)
    assert found.schema == SCHEMA
    assert set(found["measure"]) <= set(BY_ID)
    assert set(found["scenario"]) == {"baseline", "s1", "s1-baseline"}
    assert len(BY_ID) == len(MEASURES)
    for card in MEASURES:
        assert card.title.zh
        assert card.title.en
        assert card.definition.zh
        assert card.source.en
        assert all(BY_ID[count].unit == "households" for count in card.counts)


def test_worked_by_hand() -> None:
    people = population(
        {"wage": 3000, "n": 1},  # due 250 a month, gets it
        {"wage": 4800, "n": 1},  # due 100 a month, left out
        {"wage": 12_000, "n": 1},  # not eligible, paid 50
        {"wage": 30_000, "n": 2},
        {"stated": False},
    )
    by_rules = outcome(people, [250, 100, 0, 0, 0], known=[True] * 4 + [False], delivered=[250, 0, 50, 0, 0])
    found = measures(people, {"x": by_rules}, layer="delivered")
    assert of(found, "cost") == 300 * 12 * 100
    assert of(found, "exclusion") == 0.5
    assert of(found, "inclusion") == 0.5
    assert of(found, "false_positive_rate") == pytest.approx(1 / 3)  # one person of three not eligible
    assert of(found, "targeting_differential") == pytest.approx(1 / 2 - 1 / 3)
    assert of(found, "net_of_errors") == 0
    assert of(found, "unjudged_households") == 1
    assert of(found, "fgt0_before") == 2 / 5
    assert of(found, "fgt0") == 1 / 5
    assert of(found, "fgt1") == pytest.approx(0.2 / 5)  # (6000 − 4800) / 6000 of one of five
    assert of(found, "poverty_gap") == 1200 * 100
    assert of(found, "cost_benefit") == pytest.approx(3000 / 3600)
    assert of(found, "leaked_money") == pytest.approx(50 / 300)
    assert of(found, "generosity") == pytest.approx(3600 / (6000 + 12_600))
    assert of(found, "coverage_of_poor") == 0.5
    assert of(found, "cgh_20") == pytest.approx(3000 / 3600 / 0.2)
    assert of(found, "adequacy") == pytest.approx(0.5)


def test_who_is_in_a_taper_is_no_error_of_inclusion_anywhere() -> None:
    policy = Policy.of(dibao_standard=500, taper_months=12)
    people = population(
        {"wage": 0, "own": True, "paid": 500},
        {"wage": 9000, "own": True, "paid": 100, "above": 2},  # in its taper, in the last month too
        {"wage": 9000, "own": True, "paid": 100, "above": 50},  # its taper is over, and it is paid still
        {"wage": 9000},
    )
    today = reckon(people, policy, months=1)
    assert today.rule_book.on_roll.tolist() == [True, True, False, False]
    found = measures(people, {"x": today}, layer="delivered")
    assert of(found, "included_households") == 1
    assert of(found, "inclusion") == headline(people, today, "delivered")["inclusion"] == 1 / 3
    assert of(found, "false_positive_rate") == 1 / 2  # of the two that are due nothing
    assert of(found, "leaked_money") == pytest.approx(100 / 700)
    assert of(found, "targeting_differential") == 1 - 1 / 2
    assert of(found, "targeting_differential_within") + of(found, "targeting_differential_between") == pytest.approx(
        0.5
    )


def test_without_anybody_eligible_there_is_no_exclusion_rather_than_none() -> None:
    people = population({"wage": 90_000})
    found = measures(people, {"x": outcome(people, [0])})
    assert of(found, "exclusion") is None
    assert of(found, "inclusion") is None
    assert of(found, "cost") == 0


def test_the_line_is_held_and_another_can_be_given() -> None:
    people = population({"wage": 5000}, {"wage": 7000})
    named = {"x": outcome(people, [0, 0]), "up": outcome(people, [0, 0], standard=900)}
    held, given_ = measures(people, named), measures(people, named, line_fen=800_000)
    assert of(held, "fgt0_before", "up") == 0.5  # not the scenario's own line
    assert of(given_, "fgt0_before") == 1
    assert line_warning(None) is not None
    assert line_warning(800_000) is None


@settings(max_examples=10, deadline=None)
@given(homes)
def test_a_scenario_that_changes_nothing_makes_every_difference_exactly_0(rows: list[dict[str, Any]]) -> None:
    people = grouped(rows)
    for layer in ("rule_book", "delivered"):
        found = compared(people, LAW, LAW.adjusted([]), layer=layer)
        apart = found.filter(pl.col("scenario") == "s1-baseline")["value"].drop_nulls()
        assert apart.len() > 0
        assert set(apart) == {0.0}


@settings(max_examples=10, deadline=None)
@given(homes)
def test_regions_of_every_tier_and_groups_of_every_kind_add_up_to_the_fen(rows: list[dict[str, Any]]) -> None:
    people = grouped(rows)
    found = compared(people, LAW, RAISED).filter(pl.col("measure").is_in(ADDED))
    whole = found.filter(pl.col("group") == "")
    tops = whole.filter(pl.col("region_code") == "990000000000").sort("scenario", "measure")["value"]
    for tier in tiers(people):
        here = whole.filter(pl.col("region_code").is_in(tier.codes))
        summed = here.group_by("scenario", "measure").agg(pl.col("value").sum()).sort("scenario", "measure")["value"]
        assert summed.to_list() == tops.to_list(), tier.name
    parts = found.filter(pl.col("group") != "", pl.col("region_code") == "990000000000")
    summed = parts.group_by("scenario", "measure").agg(pl.col("value").sum()).sort("scenario", "measure")["value"]
    assert summed.to_list() == tops.to_list()


@settings(max_examples=6, deadline=None)
@given(homes, st.integers(2, 5))
def test_doubled_reversed_or_weighted_rows_leave_every_rate(rows: list[dict[str, Any]], times: int) -> None:
    base = compared(grouped(rows), LAW, RAISED)
    shares = [card.id for card in MEASURES if card.unit in ("share", "index")]
    for other in (rows[::-1], rows * times, [{**row, "weight": float(times)} for row in rows]):
        found = compared(grouped(other), LAW, RAISED)
        one, two = (
            frame.filter(pl.col("measure").is_in(shares)).sort("scenario", "region_code", "group", "measure")["value"]
            for frame in (base, found)
        )
        assert one.is_null().to_list() == two.is_null().to_list()
        assert one.drop_nulls().to_list() == pytest.approx(two.drop_nulls().to_list(), abs=1e-9)
    twice, heavy = compared(grouped(rows * 2), LAW), compared(grouped([{**row, "weight": 2.0} for row in rows]), LAW)
    keys = ["region_code", "group", "measure"]
    assert twice.sort(keys)["value"].drop_nulls().to_list() == pytest.approx(
        heavy.sort(keys)["value"].drop_nulls().to_list(), abs=1e-6
    )


@settings(max_examples=15, deadline=None)
@given(homes, st.integers(2, 50))
def test_money_in_another_coin_leaves_rates(rows: list[dict[str, Any]], factor: int) -> None:
    people = population(*rows)
    richer = population(*({**row, "wage": row["wage"] * factor} for row in rows))
    paid = [row["paid"] if row["own"] else 0 for row in rows]
    one = measures(people, {"x": outcome(people, paid)})
    two = measures(richer, {"x": outcome(richer, [each * factor for each in paid], standard=500 * factor)})
    units = pl.col("unit").is_in(["share", "index", "times"])
    for name in ("value", "low", "high"):
        assert one.filter(units)[name].drop_nulls().to_list() == pytest.approx(
            two.filter(units)[name].drop_nulls().to_list(), abs=1e-9
        )


@settings(max_examples=15, deadline=None)
@given(homes)
def test_a_raised_standard_makes_nobody_lose(rows: list[dict[str, Any]]) -> None:
    found = compared(population(*rows), LAW, RAISED)
    for measure in ("losing_households", "newly_out_households"):
        assert of(found, measure, "s1-baseline") == 0
    assert of(found, "cost", "s1-baseline") >= 0
    assert of(found, "poverty_gap", "s1-baseline") in (None, 0) or of(found, "poverty_gap", "s1-baseline") < 0


def test_each_two_scenarios_are_compared() -> None:
    people = population({"wage": 5000}, {"wage": 6500})
    found = compared(people, LAW, RAISED, LAW.adjusted([Change("dibao_standard", scale=0.5)]))
    assert set(found["scenario"]) == {"baseline", "s1", "s2", "s1-baseline", "s2-baseline", "s2-s1"}
    assert of(found, "newly_in_households", "s1-baseline") == 1
    assert of(found, "newly_out_households", "s2-s1") == 2
    assert of(found, "cost", "s2-s1") == of(found, "cost", "s2") - of(found, "cost", "s1")


def test_who_is_kept_by_a_longer_taper_is_told_from_the_newly_entitled() -> None:
    law = Policy.of(dibao_standard=500, taper_months=6)
    people = population({"own": True, "paid": 100, "wage": 6500, "above": 2}, {"wage": 6500}, {"wage": 7000})
    longer = Change("taper_months", set=24)
    found = compared(people, law, law.adjusted([longer]), law.adjusted([longer, Change("dibao_standard", set=560)]))
    parts = ("newly_in_households", "newly_in_tapering_households", "newly_in_entitled_households")
    assert [of(found, name, "s1-baseline") for name in parts] == [1, 1, 0]
    assert [of(found, name, "s2-baseline") for name in parts] == [2, 0, 2]  # 6,500 < 6,720: both below the line


def test_delivered_is_another_layer() -> None:
    people = population({"wage": 1000}, {"wage": 1000})
    named = {"x": outcome(people, [400, 400], delivered=[300, 0])}
    assert of(measures(people, named), "exclusion") == 0
    assert of(measures(people, named, layer="delivered"), "exclusion") == 0.5


def test_moves_count_everybody_once_in_five_classes() -> None:
    rows = [{"wage": 600 * place, "n": 1 + place % 2} for place in range(20)] + [{"stated": False}]
    people = grouped(rows)
    before = reckon(people, LAW)
    found = moves(people, {"today": before, "up": reckon(people, RAISED, baseline=before)})
    assert found.schema == MOVES
    top = found.filter(pl.col("region_code") == "990000000000")
    classes = ["gain_more", "gain_less", "same", "lose_less", "lose_more", "unknown"]
    inside = pl.col("class").is_in(classes)
    for kind in ("", "decile", "size"):
        rows_of = top.filter(inside, pl.col("group").str.split(":").list.first() == kind)
        assert rows_of["households"].sum() == 21
        assert rows_of["persons"].sum() == 31
    assert top.filter(pl.col("group") == "decile:10", pl.col("class") == "same").height == 1
    assert top.filter(pl.col("group") == "decile:1")["class"].to_list() == ["stay", "gain_more"]


def test_a_change_of_one_whose_means_nobody_knows_is_in_no_class() -> None:
    people = population({"stated": False, "own": True, "paid": 100})
    found = moves(people, {"a": outcome(people, [100]), "b": outcome(people, [120])})
    top = found.filter(pl.col("region_code") == "990000000000", pl.col("group") == "")
    assert top["class"].to_list() == ["stay", "unknown"]


def test_equity_is_by_the_best_group_of_ten_or_more() -> None:
    rows = [{"wage": 1000, "n": 1 + (place >= 20)} for place in range(40)]
    people = grouped(rows)
    paid = [0.0 if place % 10 == 0 else 300.0 for place in range(20)] + [
        300.0 if place % 2 else 0.0 for place in range(20)
    ]
    found = measures(people, {"x": outcome(people, paid, eligible=[True] * 40)})
    assert of(found, "exclusion", group="size:1") == pytest.approx(0.1)
    assert of(found, "exclusion_to_best", group="size:1") == 1
    assert of(found, "exclusion_to_best", group="size:2") == pytest.approx(5)

    row = found.filter(
        pl.col("measure") == "exclusion", pl.col("group") == "size:2", pl.col("region_code") == "990000000000"
    )
    assert row["low"].item() < 0.5 < row["high"].item()  # of a register too: groups are compared with one another


@pytest.mark.parametrize("sample", [False, True])
def test_a_whole_region_has_an_interval_only_of_a_sample(sample: bool) -> None:
    people = population(*({"wage": 1000} for _ in range(40)), sample=sample)
    paid = [300.0] * 20 + [0.0] * 20
    found = measures(people, {"x": outcome(people, paid, eligible=[True] * 40)})
    row = found.filter(pl.col("measure") == "exclusion", pl.col("region_code") == "990000000000")
    assert row["value"].item() == 0.5
    if sample:
        assert row["low"].item() < 0.5 < row["high"].item()
    else:
        assert found["low"].null_count() == found["high"].null_count() == found.height


def test_tiers_come_from_the_region_table_where_there_is_one() -> None:
    tree = Regions(
        [
            Region("990101000000", Text("县", "County"), "county", None),
            Region("990101001001", Text("村", "Village"), "village", "990101000000"),
        ]
    )
    people = population({"village": "990101001001"}, {"village": "990101001999"})
    assert [(tier.name, tier.codes) for tier in tiers(people, tree)] == [
        ("county", ("990101000000",)),
        ("village", ("990101000000/-", "990101001001")),
    ]
    assert [tier.name for tier in tiers(people)] == ["province", "city", "county", "township", "village"]
