"""Tests of the comparisons behind kin_lenience: who is beside whom, what tells, which tests are a family."""

import polars as pl
import pytest

from benchmarks.calibration.lenience import KINDS, Plan, world
from casework.kinship.lenience import assessed, compared, strata
from casework.statistics import false_discovery

MINIMUM, LIFT = 3, 2.0


def case(number: int, **said: object) -> dict[str, object]:
    """An eligible household's application, decided in twenty days."""
    plain = {"region_code": "990101001001", "year": 2024, "band": 3, "programme": "dibao", "delegated": False}
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
    assert counts(found, 7, "kin") == [("990101001001 2024 3", 1, 1, 1, 3)]
    assert counts(found, 8, "kin") == []


def test_all_are_beside_those_whom_others_confirmed() -> None:
    found = rows(SOON, [(1, 7, 1), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert counts(found, 7, "all") == [("990101001001 2024 3", 2, 3, 2, 5)]
    assert counts(found, 8, "all") == [("990101001001 2024 3", 0, 2, 2, 5)]


def test_who_confirmed_together_is_each_ones_case_once() -> None:
    found = rows(SOON, [(1, 7, 1), (1, 8, 0), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert counts(found, 8, "all") == [("990101001001 2024 3", 1, 3, 2, 5)]
    assert found.filter(pl.col("marking") == "all")["application_id"].n_unique() == 5


def test_a_case_that_nobody_is_known_to_have_confirmed_is_beside_nobody() -> None:
    found = rows([*SOON, case(6)], [(1, 7, 1), (2, 7, 0), (3, 7, 0), (4, 8, 0), (5, 8, 0)])
    assert 6 not in found["application_id"].to_list()


@pytest.mark.parametrize(
    "other", [{"band": 4}, {"year": 2023}, {"region_code": "990101001002"}, {"programme": "dibao_edge"}]
)
def test_another_band_year_village_or_programme_is_not_alike(other: dict[str, object]) -> None:
    found = rows([case(1, days=5), case(2, **other), case(3, **other)], [(1, 7, 1), (2, 7, 0), (3, 7, 0)])
    assert found.is_empty()


def test_where_all_fared_alike_nothing_is_told() -> None:
    found = rows([case(1), case(2), case(3)], [(1, 7, 1), (2, 7, 0), (3, 7, 0)])
    assert found.is_empty()
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
    likely = approvals(6, 4)  # ten of eighteen approved: at most 6 where 3.3 are expected
    assert assessed(rows(likely, confirmed), MINIMUM, LIFT).is_empty()
    assert assessed(rows(likely, confirmed), MINIMUM, 1.8).height == 1


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


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unregistered"])
def test_without_lenience_to_kin_few_look_lenient(kind: str) -> None:
    found = pl.concat([assessed(compared(*world(Plan(kind), seed)[:2]), MINIMUM, LIFT) for seed in range(2)])
    kin = found.filter(pl.col("marking") == "kin")
    assert kin.height > 20
    assert (kin["p"] <= 0.05).sum() <= kin.height * 0.05 + 3 * (kin.height * 0.05 * 0.95) ** 0.5
