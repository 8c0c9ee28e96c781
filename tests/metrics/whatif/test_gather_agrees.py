"""Does a what-if of today's rules say of every household of a made-up township what the questions of a run say?"""

from functools import cache

import narwhals as nw
import numpy as np
import polars as pl
import pytest

from casework.covered import awards
from casework.dataset import Tables
from casework.means.due import with_due
from casework.means.figures import with_urban_rural
from casework.means.test import with_line
from casework.policy import Change, Policy
from metrics.coverage import eligible
from metrics.whatif import benefit
from metrics.whatif.gather import gather
from metrics.whatif.population import NO, YES, Population
from metrics.whatif.reckon import reckon
from metrics.whatif.rules import Rules
from metrics.whatif.standing import Standing, standing
from tests.detectors.made import AS_OF, made, policy, township
from tests.worlds import world

TOPPED = {"severe_disability": 0.3, "serious_illness": 0.2}


@cache
def rules() -> Policy:
    """The township's own, with top-ups that hang on no birthday."""
    more = [{"group": group, "value": share} for group, share in TOPPED.items()]
    return Policy(policy().rules | {"category_topup": Policy.of(category_topup=more).rule("category_topup")})


@cache
def data() -> Tables:
    return township()


@cache
def people() -> Population:
    return gather(data(), rules())


@cache
def judged() -> Standing:
    return standing(people(), Rules.of(people(), rules(), data().as_of))


@cache
def told() -> pl.DataFrame:
    """What `eligible` says, in the order of the population."""
    return data().engine.collect(eligible.households(data(), rules())).sort("household_no")


def answers(*failing: np.ndarray, unknown: np.ndarray) -> list[bool | None]:
    """No where anything fails, else unknown where anything is, else yes."""
    fails = np.logical_or.reduce(failing)
    return [False if no else None if doubt else True for no, doubt in zip(fails, unknown, strict=True)]


def test_every_household_is_there_once_in_order() -> None:
    assert people().households == told().height > 50
    assert people().n.tolist() == told()["n"].to_list()
    assert people().own.tolist() == told()["own"].to_list()
    assert people().single.tolist() == told()["single"].to_list()
    assert people().stated.tolist() == told()["statement_on"].is_not_null().to_list()


def test_income_and_line() -> None:
    known = people().stated & ~people().unclear
    assert np.where(known, judged().y_fen, -1).tolist() == told()["y_fen"].fill_null(-1).to_list()
    ordinary = ~people().single  # who entered alone is judged by the edge line
    assert judged().standard_fen[ordinary].tolist() == told()["line_fen"].filter(pl.Series(ordinary)).to_list()


def test_who_fits_and_meets_and_is_above_the_line() -> None:
    ordinary = ~people().single
    barred, shut = people().barred, people().shut
    unjudged = ~(judged().below | judged().over)
    fits = answers(judged().over, barred == YES, unknown=unjudged | (barred != NO))
    meets = answers(judged().over, barred == YES, shut == YES, unknown=unjudged | (barred != NO) | (shut != NO))
    chosen = told().with_columns(fit=pl.Series(fits, dtype=pl.Boolean), meet=pl.Series(meets, dtype=pl.Boolean))
    chosen = chosen.filter(pl.Series(ordinary))
    assert chosen["fit"].to_list() == chosen["fits"].to_list()
    assert chosen["meet"].to_list() == chosen["meets"].to_list()
    assert {True, False} <= set(fits)
    over = [None if doubt else bool(above) for above, doubt in zip(judged().over, unjudged, strict=True)]
    assert [value for value, mine in zip(over, ordinary, strict=True) if mine] == chosen["over"].to_list()


def test_since_when_above_the_line() -> None:
    since = (data().as_of_month - told()["began"]).clip(0).fill_null(-1)
    assert people().above_months.tolist() == since.to_list()


def test_what_every_award_is_due() -> None:
    month = data().as_of_month
    running = nw.col("ends").is_null() | (nw.col("ends") >= month)
    in_force = awards(data(), ["dibao"]).filter((nw.col("starts") <= month) & running)
    heads = pl.DataFrame({"household_id": told()["household_id"], "covered": people().covered})
    facts = eligible.households(data(), rules()).select("household_id", "region_code", "single", "n", "y_fen", "over")
    rows = in_force.select("award_id", "ends", "programme", "household_id").join(facts, on="household_id", how="inner")
    rows = rows.join(data().engine.place(heads), on="household_id", how="inner")
    rows = rows.with_columns(nw.lit(month).cast(nw.Int32).alias("since"))
    dated = with_urban_rural(data(), rows).with_columns(nw.col("since").alias("at__index"))
    lined = with_line(rules(), dated, on="at__index", single="single")
    due = data().engine.collect(with_due(data(), rules(), lined))
    due = due.filter(pl.len().over("household_id") == 1)  # of two awards each has its own amount
    amount, topup, _ = benefit.due(people(), day := _first(month), judged().y_fen, judged().standard_fen)
    assert day.day == data().as_of.replace(day=1)
    mine = pl.DataFrame(
        {"household_id": told()["household_id"], "amount": amount, "more": topup, "over": judged().over}
    )
    both = due.join(mine, on="household_id").filter(pl.col("due_fen").is_not_null())
    expected = both.select(pl.when("over_right").then(0).otherwise("amount").alias("amount"))
    assert both["due_fen"].to_list() == expected["amount"].to_list()
    below = both.filter(~pl.col("over_right"))
    assert below["topup_fen"].to_list() == below["more"].to_list()
    assert below["topup_fen"].sum() > 0
    assert both.height > 20


@cache
def _first(month: int) -> Rules:
    day = data().as_of.replace(day=1)
    assert day.year * 12 + day.month - 1 == month
    return Rules.of(people(), rules(), day)


def test_the_baseline_pays_what_is_paid_today() -> None:
    found = reckon(people(), rules(), months=1)
    roll = people().own
    assert found.delivered.on_roll[roll & (people().paid_fen > 0) & (people().above_months < 0)].all()
    assert not found.delivered.on_roll[~roll].any()


@pytest.mark.parametrize("table", ["means", "member", "award", "beneficiary", "payment", "kin", "person", "match"])
def test_the_order_of_a_tables_rows_changes_no_column(table: str) -> None:
    other = gather(township(**{table: made()[0][table][::-1]}), rules())
    for name in ("n", "covered", "barred", "shut", "above_months", "award_months", "paid_fen", "kin", "hardship"):
        assert np.array_equal(getattr(other, name), getattr(people(), name)), name
    for name, column in vars(people().persons).items():
        assert np.array_equal(getattr(other.persons, name), column), name


def test_a_workspaces_secret_says_nothing() -> None:
    """Numbers of persons and households are hashed with it, so that they sort otherwise elsewhere."""
    other = gather(world(AS_OF, key=b"another workspace's secret, not ours", **made()[0]), rules())
    imputed = rules().adjusted([Change(f"impute_{item}", set=True) for item in ("work", "land", "support")])
    for name in ("n", "covered", "barred", "shut", "above_months", "award_months", "paid_fen", "kin", "hardship"):
        assert np.array_equal(getattr(other, name), getattr(people(), name)), name
    one, two = reckon(people(), imputed), reckon(other, imputed)
    for name in ("y_fen", "standard_fen", "known", "reason", "due_fen", "topup_fen", "circle"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name
    assert one.rule_book.cost_fen == two.rule_book.cost_fen
    assert one.delivered.cost_fen == two.delivered.cost_fen
