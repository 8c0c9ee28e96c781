"""Tests of the comparisons behind kin_lenience: who is beside whom, what tells, which tests are a family."""

from collections.abc import Sequence

import polars as pl
import pytest

from benchmarks.calibration.lenience import KINDS, Plan, told_of, world
from casework.kinship.lenience import assessed, compared, strata
from casework.kinship.standing_out import standing_out
from casework.statistics import false_discovery

MINIMUM, LIFT = 3, 2.0
LIMITS = {"q": 0.05, "lift": LIFT, "superiority": 0.65, "days": 3, "minimum": MINIMUM, "confirmers": 3}
Confirmed = tuple[list[dict[str, object]], list[tuple[int, int, int]]]


def case(number: int, **said: object) -> dict[str, object]:
    """An eligible household's application, decided in twenty days."""
    plain = {
        "region_code": "990101001001",
        "year": 2024,
        "month": 202403,
        "band": 3,
        "programme": "dibao",
        "delegated": False,
    }
    plain |= {"extended": False, "urgency": None, "decision": "approved", "approved": None, "days": 20}
    return {"application_id": number, "beyond_half_fen": None} | plain | said


def rows(cases: list[dict[str, object]], confirmed: list[tuple[int, int, int]]) -> pl.DataFrame:
    schema = {"approved": pl.Int64(), "days": pl.Int64(), "beyond_half_fen": pl.Int64(), "urgency": pl.String()}
    known = pl.DataFrame(cases, schema_overrides=schema)
    pairs = pl.DataFrame(confirmed, schema=["application_id", "official_id", "kin"], orient="row")
    return compared(known, pairs)


def counts(found: pl.DataFrame, official: int, marking: str) -> list[tuple[object, ...]]:
    own = strata(found).filter(pl.col("official_id") == official, pl.col("marking") == marking)
    return own.select("place", "hits_marked", "marked", "hits", "whole").rows()


SOON = [case(1, days=5), case(2, days=6), case(3), case(4), case(5)]


def test_kin_are_beside_those_whom_the_same_official_confirmed() -> None:
    found = rows(SOON, [(1, 7, 1), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert counts(found, 7, "kin") == [("990101001001 2024-03 3", 1, 1, 1, 3)]
    assert counts(found, 8, "kin") == []


def test_all_are_beside_those_whom_others_confirmed() -> None:
    found = rows(SOON, [(1, 7, 1), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert counts(found, 7, "all") == [("990101001001 2024-03 3", 2, 3, 2, 5)]
    assert counts(found, 8, "all") == [("990101001001 2024-03 3", 0, 2, 2, 5)]


def test_who_confirmed_together_is_each_ones_case_once() -> None:
    found = rows(SOON, [(1, 7, 1), (1, 8, 0), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert counts(found, 8, "all") == [("990101001001 2024-03 3", 1, 3, 2, 5)]
    assert found.filter(pl.col("marking") == "all")["application_id"].n_unique() == 5


def test_a_case_that_nobody_is_known_to_have_confirmed_is_beside_nobody() -> None:
    found = rows([*SOON, case(6)], [(1, 7, 1), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert 6 not in found["application_id"].to_list()


@pytest.mark.parametrize(
    "other", [{"band": 4}, {"month": 202404}, {"region_code": "990101001002"}, {"programme": "dibao_edge"}]
)
def test_another_band_month_village_or_programme_is_not_alike(other: dict[str, object]) -> None:
    found = rows([case(1, days=5), case(2, **other), case(3, **other)], [(1, 7, 1), (2, 7, 0), (3, 7, 0)])
    assert found.is_empty()


@pytest.mark.parametrize(("other", "beside"), [({"year": 2023}, 0), ({"month": 202404}, 6)])
def test_of_approvals_the_year_of_decision_must_be_alike_and_no_month(other: dict[str, object], beside: int) -> None:
    elsewhen = [one | other if place >= 6 else one for place, one in enumerate(approvals(3, 0))]
    found = rows(elsewhen, [(place, 7, int(place < 6)) for place in range(18)])
    assert found.filter(pl.col("question") == "approved", "marked").height == beside


def test_where_all_fared_alike_nothing_is_told() -> None:
    found = rows([case(1), case(2), case(3)], [(1, 7, 1), (2, 7, 0), (3, 7, 0)])
    assert not found["telling"].any()
    assert assessed(found, MINIMUM, LIFT).is_empty()


def approvals(kin_approved: int, others: int, since: int = 0) -> list[dict[str, object]]:
    """Six ineligible kin and twelve others, so many of each approved."""
    said = [("approved" if place < kin_approved else "refused", place) for place in range(6)]
    said += [("approved" if place < 6 + others else "refused", place) for place in range(6, 18)]
    return [
        case(since + place, band=7, days=None, decision=decision, approved=int(decision == "approved"))
        for decision, place in said
    ]


@pytest.mark.parametrize(("kin", "others", "made"), [(2, 0, False), (3, 0, True), (0, 3, True), (6, 12, False)])
def test_whether_a_test_is_made_depends_on_margins_alone(kin: int, others: int, made: bool) -> None:
    confirmed = [(place, 7, int(place < 6)) for place in range(18)]
    found = assessed(rows(approvals(kin, others), confirmed), MINIMUM, LIFT)
    assert bool(found.height) is made


def test_who_could_not_reach_the_lift_is_no_test() -> None:
    confirmed = [(place, 7, int(place < 6)) for place in range(18)]
    likely = approvals(5, 5)  # ten of eighteen approved: at most all of six kin, and four of twelve others
    assert assessed(rows(likely, confirmed), MINIMUM, 3.01).is_empty()
    assert assessed(rows(likely, confirmed), MINIMUM, 2.99).height == 1


def test_each_county_is_a_family_of_its_own() -> None:
    near = approvals(4, 0)
    far = [one | {"region_code": "990201001001"} for one in approvals(1, 3, since=100)]
    confirmed = [(place, 7, int(place < 6)) for place in range(18)]
    elsewhere = [(100 + place, 9, int(place < 6)) for place in range(18)]
    alone = assessed(rows(near, confirmed), MINIMUM, LIFT)
    both = assessed(rows([*near, *far], [*confirmed, *elsewhere]), MINIMUM, LIFT)
    assert both.filter(pl.col("county") == "990101").equals(alone)
    assert both.height == alone.height + 1


def test_what_is_true_of_all_their_cases_lowers_no_bar_for_kin() -> None:
    generous = assessed(compared(*world(Plan("generous"), 1)[:2]), MINIMUM, LIFT)
    kin = generous.filter(pl.col("marking") == "kin")
    assert (generous.filter(pl.col("marking") == "all")["q"] < 0.01).sum() > 3
    assert kin["q"].to_list() == pytest.approx(list(false_discovery(kin["p"])))


def named(seeds: Sequence[int], kind: str, marking: str) -> tuple[pl.DataFrame, int]:
    """All tests of so many counties of a kind, and in how many counties anybody was named."""
    told = [told_of(Plan(kind), seed).filter(pl.col("marking") == marking) for seed in seeds]
    return pl.concat(told), sum(bool(one["named"].any()) for one in told)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unregistered"])
def test_without_lenience_to_kin_few_look_lenient_and_hardly_any_is_named(kind: str) -> None:
    tests, counties = named(range(2), kind, "kin")
    assert tests.height > 10
    assert (tests["p"] <= 0.05).sum() <= tests.height * 0.05 + 3 * (tests.height * 0.05 * 0.95) ** 0.5
    assert counties <= 1  # q is 5 % a county: both by chance in one of 400


def test_favour_to_kin_is_named() -> None:
    favoured = told_of(Plan(applications=80, favour=2.0, favouring=0.5), 1)
    assert favoured.filter("named", "favouring").height >= 3


def test_officials_who_differ_in_pace_alone_are_not_named() -> None:
    tests, counties = named(range(3), "paced", "all")
    assert (tests.filter(pl.col("question") == "faster")["p"] <= 0.05).mean() > 0.1
    assert counties == 0


def beside(
    official: int, approved: int, whole: int, since: int, village: str = "001", days: int | None = None
) -> Confirmed:
    """So many of so many ineligible approved by one official of a village."""
    code = "990101001" + village
    said = [
        case(since + place, region_code=code, band=7, days=days, approved=int(place < approved))
        for place in range(whole)
    ]
    return said, [(since + place, official, 0) for place in range(whole)]


def raised(*several: Confirmed) -> list[int]:
    said, confirmed = ([one for some in several for one in some[part]] for part in (0, 1))
    found = rows(said, confirmed)
    pairs = pl.DataFrame(confirmed, schema=["application_id", "official_id", "kin"], orient="row")
    tests = assessed(found, MINIMUM, LIFT)
    return standing_out(tests, pl.DataFrame(said), pairs, LIMITS)["official_id"].to_list()


def test_beside_one_other_the_county_says_who_is_the_odd_one() -> None:
    lenient, strict = beside(1, 12, 20, 0), beside(2, 0, 20, 100)
    assert raised(lenient, strict) == []  # nobody else in the county
    usual = [beside(official, 12, 20, official * 100, "002") for official in (3, 4, 5)]
    assert raised(lenient, strict, *usual) == []  # the other one is the odd one
    rare = [beside(official, 2, 20, official * 100, "002") for official in (3, 4, 5)]
    assert raised(lenient, strict, *rare) == [1]


def test_beside_three_others_the_village_is_enough() -> None:
    lenient = beside(1, 12, 20, 0)
    assert raised(lenient, *(beside(official, 2, 20, official * 100) for official in (2, 3, 4))) == [1]
    assert raised(lenient, *(beside(official, 2, 20, official * 100) for official in (2, 3))) == []


@pytest.mark.parametrize(("approved", "times"), [(12, 2), (2, 0)])
def test_pace_of_all_cases_is_told_beside_approvals_only(approved: int, times: int) -> None:
    slow = (beside(official, 2, 20, official * 100, days=20) for official in (2, 3, 4))
    assert raised(beside(1, approved, 20, 0, days=5), *slow) == [1] * times


@pytest.mark.parametrize(("low", "is_named"), [(1.0, False), (1.01, True)])
def test_no_difference_at_all_must_be_ruled_out_of_approvals_too(low: float, is_named: bool) -> None:
    said = approvals(5, 1)
    confirmed = [(place, 7, int(place < 6)) for place in range(18)]
    tests = assessed(rows(said, confirmed), MINIMUM, LIFT).with_columns(low=pl.lit(low))
    pairs = pl.DataFrame(confirmed, schema=["application_id", "official_id", "kin"], orient="row")
    assert bool(standing_out(tests, pl.DataFrame(said), pairs, LIMITS).height) is is_named


def overpaid(villages: int) -> pl.DataFrame:
    """Two kin and four others in each of thirty villages; kin overpaid in so many of these, nobody else."""
    said = [
        case(
            village * 6 + place,
            region_code=f"990101001{village:03d}",
            days=None,
            beyond_half_fen=40_000 if village < villages and place < 2 else 0,
        )
        for village in range(30)
        for place in range(6)
    ]
    return assessed(rows(said, [(place, 7, int(place % 6 < 2)) for place in range(180)]), MINIMUM, LIFT)


def test_strata_where_all_fared_alike_count_in_the_effect() -> None:
    few = overpaid(4).row(0, named=True)
    assert (few["marked"], few["whole"], few["strata"]) == (60, 180, 30)
    assert few["p"] < 0.001
    assert few["effect"] == pytest.approx(0.5 + 0.5 * 4 / 30)
    assert overpaid(30)["effect"].item() == 1
