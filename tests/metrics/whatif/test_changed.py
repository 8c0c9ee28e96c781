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
