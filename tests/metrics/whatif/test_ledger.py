"""One household's reckoning before and after, and what of a population lies within a region."""

import numpy as np
import polars as pl

from casework.policy import Policy
from casework.policy.change import Change
from metrics.whatif.ledger import KINDS, example, ledger
from metrics.whatif.outcome import IN, OVER_LINE
from metrics.whatif.reckon import reckon
from metrics.whatif.subset import only, within
from tests.metrics.whatif.made import population

LAW = Policy.of(dibao_standard=500)
UP = LAW.adjusted([Change("dibao_standard", scale=1.2), Change("job_cost", set=100)])
HOMES = population(
    {"wage": 6000, "medical_expense": 300},  # 5,700 < 6,000: in, and gains
    {"n": 2, "wage": 14_000},  # over 12,000; 12,800 < 14,400: newly in
    {"wage": 20_000},
    {"own": True, "paid": 500, "village": "990201001001"},
)
BEFORE = reckon(HOMES, LAW)
AFTER = reckon(HOMES, UP, baseline=BEFORE)


def test_every_line_before_and_after() -> None:
    table = ledger(HOMES, 1, {"baseline": LAW, "up": UP}, {"baseline": BEFORE, "up": AFTER})
    lines = {row["line"]: (row["baseline"], row["up"]) for row in table.to_dicts()}
    assert lines == {
        "wage": (1_400_000, 1_400_000),
        "job_cost": (0, -120_000),
        "income_year": (1_400_000, 1_280_000),
        "n": (2, 2),
        "standard": (50_000, 60_000),
        "line_year": (1_200_000, 1_440_000),
        "reason": (OVER_LINE, IN),
        "heads": (0, 2),
        "due": (0, 13_400),  # 2 x 600 - 12,800 / 12 = 133.33
        "year": (0, 12 * 13_400),
    }
    assert table["zh"].to_list()[0] == "工资性收入"
    assert table.filter(pl.col("unit") == "persons")["line"].to_list() == ["n", "heads"]


def test_the_lines_of_income_add_up_to_what_counts() -> None:
    table = ledger(HOMES, 0, {"up": UP}, {"up": AFTER})
    lines = dict(table.select("line", "up").iter_rows())
    assert lines["wage"] + lines["job_cost"] + lines["medical_expense"] == lines["income_year"] == 450_000


def test_an_example_of_every_kind_there_is() -> None:
    found = {kind: example(BEFORE, AFTER, kind) for kind in KINDS}
    assert found == {"newly_in": 1, "newly_out": None, "gains": 0, "loses": None, "same": None}


def test_a_region_has_its_households_and_their_persons() -> None:
    part = only(HOMES, within(HOMES, "9902"))
    assert (part.households, part.persons.home.tolist(), part.own.tolist()) == (1, [0], [True])
    assert within(HOMES).tolist() == [True] * 4


def test_the_regions_together_are_the_whole_to_the_fen() -> None:
    parts = [sum(reckon(only(HOMES, within(HOMES, code)), LAW).rule_book.cost_fen) for code in ("9901", "9902")]
    assert sum(parts) == sum(BEFORE.rule_book.cost_fen)


def test_one_household_reckoned_alone_comes_to_the_same() -> None:
    for row in range(HOMES.households):
        chosen = [place == row for place in range(HOMES.households)]
        alone = reckon(only(HOMES, np.array(chosen)), UP)
        assert alone.rule_book.year_fen.tolist() == [int(AFTER.rule_book.year_fen[row])]
