"""Do those who come and go add up to the change of the roll?"""

import polars as pl

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.compared import measures, moves
from metrics.whatif.reckon import reckon
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500, taper_months=0)
LOWER = LAW.adjusted([Change("dibao_standard", set=300)])
HOMES = population(
    {"n": 3, "own": True, "covered": 2, "paid": 200, "wage": 3 * 400 * 12},  # goes, with the two it is paid for
    {"n": 3, "own": True, "covered": 1, "paid": 300, "wage": 0},  # stays, with one
    {"n": 2, "wage": 2 * 350 * 12},  # eligible before, without an award: both are paid for
)


def test_persons_who_come_and_go_are_those_paid_for() -> None:
    before = reckon(HOMES, LAW)
    both = {"baseline": before, "lower": reckon(HOMES, LOWER, baseline=before)}
    found = measures(HOMES, both).filter(pl.col("scenario") == "lower-baseline", pl.col("group") == "")
    told = dict(found.unique("measure").select("measure", "value").iter_rows())
    assert (told["newly_out_households"], told["newly_out_persons"]) == (2, 4)
    assert told["roll_persons"] == told["newly_in_persons"] - told["newly_out_persons"] == -4
    classes = moves(HOMES, both).filter(pl.col("group") == "", pl.col("class") == "stay").unique("class")
    assert classes["persons"].to_list() == [1]


SUPPORT = LAW.adjusted([Change("impute_support", set=True), Change("support_rate", set=0.1)])
UNASKED = {"supporter_known": False}  # a child elsewhere made no statement
DARK = population(
    {"wage": 0, "people": [UNASKED]},  # on the roll, and under the scenario nobody can tell
    {"wage": 0},  # on the roll under both
    {"wage": 90_000, "support": 0, "people": [UNASKED]},  # said that it gets nothing
)


def untold(first: Policy, second: Policy) -> tuple[dict[str, float], dict[str, float]]:
    """The differences, and the classes, of the whole."""
    before = reckon(DARK, first)
    both = {"baseline": before, "x": reckon(DARK, second, baseline=before)}
    found = measures(DARK, both).filter(pl.col("scenario") == "x-baseline", pl.col("group") == "").unique("measure")
    classes = moves(DARK, both).filter(pl.col("group") == "").unique("class")
    return dict(found.select("measure", "value").iter_rows()), dict(classes.select("class", "households").iter_rows())


def test_who_can_no_longer_be_judged_neither_leaves_nor_loses() -> None:
    told, classes = untold(LAW, SUPPORT)
    names = ("newly_out_households", "newly_out_persons", "losing_households", "newly_told_households")
    assert [told[name] for name in names] == [0, 0, 0, 0]
    assert (told["untold_households"], told["untold_month_cost"]) == (1, 500 * 100)
    assert classes == {"stay": 1, "same": 2, "unknown": 1}


def test_who_can_be_judged_at_last_neither_comes_nor_gains() -> None:
    told, classes = untold(SUPPORT, LAW)
    names = ("newly_in_households", "newly_in_persons", "gaining_households", "untold_households")
    assert [told[name] for name in names] == [0, 0, 0, 0]
    assert told["newly_told_households"] == 1
    assert classes == {"stay": 1, "same": 2, "unknown": 1}


def test_the_change_in_cost_is_told_apart_into_what_is_judged_and_what_is_not() -> None:
    dearer = SUPPORT.adjusted([Change("dibao_standard", set=600)])
    told, _ = untold(LAW, dearer)
    assert (told["judged_cost"], told["untold_cost"]) == (100 * 12 * 100, -500 * 12 * 100)
    assert told["cost"] == told["judged_cost"] + told["untold_cost"]
