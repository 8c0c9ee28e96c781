"""Tests of kin_excess: whose kin are on aid beyond what equal need predicts, and who is left alone."""

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from casework.kinship.excess import strata_of
from casework.kinship.homes import IN_OFFICE
from casework.policy import Policy
from casework.statistics.marked import COUNTS
from detectors.favoritism import kin_excess
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.favoritism.clans import OTHER, POLICY, VILLAGE, Homes, county, number_of, post

KIN = Homes(5, 5, kin="甲")  # of five kin in need all are on aid
OTHERS = Homes(20, 2)  # of twenty others in the same need two
BEFORE_POST = {"from_on": "2023-11-20"}


def raised(*homes: Homes, policy: Policy = POLICY, **cells: Any) -> bool:
    return bool(found(kin_excess, county(*homes, **cells), policy))


def test_kin_on_aid_beyond_what_their_need_predicts_are_raised_with_every_figure() -> None:
    said = facts(kin_excess, county(KIN, OTHERS), POLICY)
    assert (said["observed"], said["expected"], said["excess"], said["lift"]) == (5, 1.4, 3.6, 3.57)
    # 7 of 25 on aid, 5 of them kin: the chance that it is all five kin, halved, is 21 / 53130 / 2
    assert said["p"] == said["q"] == "0.0002"
    assert said["low"] < said["lift"]
    assert said["high"] is None  # no more kin could have been on aid
    assert (said["strata"], said["tested"], said["homes"]) == (1, 1, 5)
    assert said["beside"] == [f"{VILLAGE} 2023 4 5/5 2/20"]
    assert (said["duties"], said["paths"], said["control"]) == (["village_committee"], ["sibling"], "none")


def test_the_lead_is_of_the_official_names_the_households_and_proves_each() -> None:
    data = county(KIN, OTHERS)
    result = asked(kin_excess, data, POLICY)
    (lead,) = result.leads.to_dicts()
    assert (lead["subject_kind"], lead["subject"], lead["level"]) == ("official", number_of(data), "info")
    assert (lead["region_code"], lead["amount_fen"], lead["confidence"]) == (VILLAGE, None, 0.5)
    homes = [f"H9901010-{number:02d}" for number in range(5)]
    assert json.loads(lead["related"]) == homes
    proof = result.evidence.filter(pl.col("column") == "household_no")
    assert set(proof.filter(pl.col("table") == "award")["value"]) == set(homes)
    assert set(proof.filter(pl.col("table") == "member")["value"]) == set(homes)
    assert result.evidence.filter(pl.col("table") == "kin")["key"].n_unique() == 5


@pytest.mark.parametrize(("kin", "named"), [(2, False), (3, True)])
def test_three_households_are_asked_for(kin: int, *, named: bool) -> None:
    assert raised(Homes(kin, kin, kin="甲"), Homes(60, 2)) is named


@pytest.mark.parametrize(("aided", "named"), [(5, False), (4, True)])
def test_twice_the_expectation_is_asked_for(aided: int, *, named: bool) -> None:
    """All 16 kin and so many of 24 others: with 4 of them 8 kin are expected (16 x 20 / 40), with 5 more than half."""
    assert raised(Homes(16, 16, kin="甲"), Homes(24, aided)) is named


def test_chance_is_asked_for_beside_all_who_were_tested_in_the_county() -> None:
    """One p of 0.03 is named alone; beside nine more officials whose kin are as all others it is not."""
    weak = [Homes(4, 3, kin="甲"), Homes(12, 2)]
    assert raised(*weak)
    villages = [f"9901010020{number:02d}" for number in range(1, 10)]
    calm = [
        home
        for number, place in enumerate(villages)
        for home in (Homes(8, 2, kin=f"乙{number}", village=place), Homes(12, 3, village=place))
    ]
    posts = [post(), *(post(f"乙{number}", place) for number, place in enumerate(villages))]
    assert not raised(*weak, *calm, posts=posts)


def test_needier_kin_are_compared_with_others_as_needy() -> None:
    """All kin are destitute, and of the destitute everybody is on aid; of the better off hardly anybody."""
    poor = [Homes(6, 6, kin="甲", need=0.1), Homes(6, 5, need=0.1), Homes(30, 1, need=1.2)]
    assert not raised(*poor)


def test_admissions_of_berkeley_pooled_accuse_and_compared_in_like_need_do_not() -> None:
    """Bickel, Hammel and O'Connell, Science 187 (1975) 398–404, turned to aid: kin are mostly where most get it.

    Pooled, 31 of 40 kin and 25 of 80 others are on aid: 18.7 expected, a lift of 1.66.
    """
    bands = [
        (Homes(30, 27, kin="甲", need=0.15), Homes(10, 9, need=0.15)),
        (Homes(6, 3, kin="甲", need=0.65), Homes(14, 8, need=0.65)),
        (Homes(4, 1, kin="甲", need=1.05), Homes(56, 8, need=1.05)),
    ]
    data = county(*(home for band in bands for home in band))
    assert (
        found(kin_excess, data, Policy.of(dibao_standard=500, kin_excess={"q": 0.05, "lift": 1.0, "minimum": 3})) == []
    )
    one_band = Policy.of(
        dibao_standard=500, need_band=[{"value": ["9"]}], kin_excess={"q": 0.05, "lift": 1.0, "minimum": 3}
    )
    assert found(kin_excess, data, one_band) == [number_of(data)]


def test_a_clan_that_is_up_as_a_whole_raises_nobody() -> None:
    """Of the clan, kin of the official or of nobody, half are on aid."""
    assert not raised(Homes(6, 3, kin="甲"), Homes(24, 12))


def test_where_everybody_is_kin_nothing_can_be_said() -> None:
    result = asked(kin_excess, county(Homes(20, 15, kin="甲")), POLICY)
    assert result.leads.is_empty()
    assert status(result)[2] == 1


def test_without_a_statement_need_is_unknown() -> None:
    unknown = asked(kin_excess, county(Homes(5, 5, kin="甲", need=None), OTHERS), POLICY)
    assert (unknown.leads.height, status(unknown)[2]) == (0, 0)  # nobody asks about a household without a statement
    no_standard = asked(kin_excess, county(KIN, OTHERS), Policy.shipped())
    assert (no_standard.leads.height, status(no_standard)[2]) == (0, 1)


def test_years_on_aid_are_one_grant() -> None:
    stated = (2021, 2022, 2023, 2024)
    two = Homes(2, 2, kin="甲", stated=stated, since="2021-04")
    assert not raised(two, Homes(20, 2, stated=stated, since="2021-04"))
    three = Homes(3, 3, kin="甲", stated=stated, since="2021-04")
    said = facts(kin_excess, county(three, Homes(40, 2, stated=stated, since="2021-04")), POLICY)
    assert (said["observed"], said["strata"]) == (3, 1)


def test_who_comes_on_aid_later_is_compared_in_that_year() -> None:
    stated = (2022, 2023)
    late = Homes(4, 4, kin="甲", stated=stated, since="2023-04")
    said = facts(kin_excess, county(late, Homes(30, 2, stated=stated, since="2023-05")), POLICY)
    assert (said["first_year"], said["observed"], said["strata"]) == (2023, 4, 1)


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"from_on": "2023-07-01"}, True),  # in post in the middle of the year
        ({"from_on": "2023-07-02"}, False),
        ({"to_on": "2023-07-01"}, True),
        ({"to_on": "2023-06-30"}, False),
        ({"duty": "public_payroll"}, False),
        ({"village": OTHER}, False),
        ({"village": "990101001000"}, False),  # a committee governs one village
        ({"village": "990101001000", "duty": "handler"}, True),
        ({"village": "990101000000", "duty": "approver"}, True),
        ({"village": "990101002000", "duty": "handler"}, False),
    ],
)
def test_only_a_post_over_the_village_in_the_middle_of_the_year_counts(cells: dict[str, str], *, named: bool) -> None:
    assert raised(KIN, OTHERS, posts=[post(**cells)]) is named


@pytest.mark.parametrize(("relation", "named"), [("grandchild", True), ("sibling_in_law", False), ("other", False)])
def test_only_near_kin_count(relation: str, *, named: bool) -> None:
    assert raised(Homes(5, 5, kin="甲", relation=relation), OTHERS) is named


def test_kin_of_another_official_of_the_village_are_no_comparison() -> None:
    """Beside the favoured kin of another nobody would look favoured."""
    both = [KIN, Homes(8, 8, kin="乙"), Homes(12, 1)]
    data = county(*both, posts=[post(), post("乙", duty="handler", village="990101001000")])
    leads = asked(kin_excess, data, POLICY).leads
    assert set(leads["subject"]) == {number_of(data), number_of(data, 1)}
    own = json.loads(leads.filter(pl.col("subject") == number_of(data))["facts"][0])
    assert own["beside"] == [f"{VILLAGE} 2023 4 5/5 1/12"]


def test_whom_a_veto_shuts_out_is_compared_with_others_shut_out() -> None:
    """Of those with a car nobody else is on aid: without it, equal income would hide them."""
    said = facts(kin_excess, county(Homes(4, 4, kin="甲", car=True), Homes(20, 0, car=True), Homes(20, 20)), POLICY)
    assert said["beside"] == [f"{VILLAGE} 2023 15 4/4 0/20"]


def test_the_same_kin_before_the_post_are_shown_beside() -> None:
    then: dict[str, Any] = {"stated": (2022,), "since": "2022-04", "need": 0.95}
    posts = [post(from_on="2023-01-01")]
    early = [Homes(4, 4, kin="甲", **then), Homes(20, 2, **then)]
    said = facts(kin_excess, county(KIN, OTHERS, *early, posts=posts), POLICY)
    assert (said["before_observed"], said["before_expected"], said["control"]) == (4, 1.0, "as_large")
    calm = [Homes(4, 1, kin="甲", **then), Homes(20, 5, **then)]
    said = facts(kin_excess, county(KIN, OTHERS, *calm, posts=posts), POLICY)
    assert (said["before_observed"], said["before_expected"], said["control"]) == (1, 1.0, "smaller")


def test_kin_of_officials_without_a_say_who_fare_alike_lower_the_confidence() -> None:
    posts = [post(), post("乙", OTHER)]
    alike = asked(kin_excess, county(KIN, OTHERS, Homes(5, 5, kin="乙"), Homes(40, 0), posts=posts), POLICY).leads
    assert json.loads(alike["facts"][0])["control"] == "as_large"
    assert alike["confidence"].to_list() == [0.25]
    other = asked(kin_excess, county(KIN, OTHERS, Homes(5, 0, kin="乙"), posts=posts), POLICY).leads
    assert (json.loads(other["facts"][0])["control"], other["confidence"][0]) == ("smaller", 0.5)
    # what the control rules out is ticked only where it does
    assert json.loads(other["checked_innocent"][0]) == [0, 1, 2]
    assert json.loads(alike["checked_innocent"][0]) == [0, 1]


def test_few_of_few_do_not_top_the_list() -> None:
    small = [Homes(3, 3, kin="甲"), Homes(60, 3)]
    large = [Homes(30, 24, kin="乙", village=OTHER), Homes(60, 6, village=OTHER)]
    places = [f"9901010020{number:02d}" for number in range(1, 8)]
    calm = [home for place in places for home in (Homes(10, 2, kin=place, village=place), Homes(20, 4, village=place))]
    data = county(*small, *large, *calm, posts=[post(), post("乙", OTHER), *(post(place, place) for place in places)])
    leads = asked(kin_excess, data, POLICY).leads.sort("score", descending=True)
    said = [json.loads(one) for one in leads["facts"]]
    assert leads["subject"][0] == number_of(data, 1)
    assert said[0]["lift"] < said[1]["lift"]


def test_neither_surnames_nor_other_numbers_nor_another_county_change_a_lead() -> None:
    first = asked(kin_excess, county(KIN, OTHERS), POLICY).leads
    renamed = asked(kin_excess, county(KIN, OTHERS, surname="王"), POLICY).leads
    assert renamed.rows() == first.rows()
    personal = ("lead_id", "subject", "content_digest")
    relabelled = asked(kin_excess, county(KIN, OTHERS, area="990102"), POLICY).leads
    assert relabelled.drop(personal).rows() == first.drop(personal).rows()
    far = "990102001001"
    elsewhere = [Homes(9, 9, kin="乙", village=far), Homes(40, 4, village=far)]
    beside = county(KIN, OTHERS, *elsewhere, posts=[post(), post("乙", far)])
    leads = asked(kin_excess, beside, POLICY).leads.filter(pl.col("region_code") == VILLAGE)
    assert leads.rows() == first.rows()


def test_the_test_is_that_of_drawing_who_is_kin_anew_in_every_stratum() -> None:
    """The exact p through the question's own strata, and 20 000 permutations of them, agree within their error."""
    homes = [
        Homes(5, 3, kin="甲"), Homes(12, 4), Homes(4, 2, kin="甲", need=0.85), Homes(9, 2, need=0.85),
        Homes(3, 1, kin="甲", village=OTHER), Homes(8, 3, village=OTHER),
    ]  # fmt: skip
    data = county(*homes, posts=[post(), post(village=OTHER)])
    strata = strata_of(data, POLICY).filter(pl.col("standing") == IN_OFFICE)
    a, k, m, n = (strata[name].to_numpy() for name in COUNTS)
    draw = np.random.default_rng(1)
    drawn = sum(draw.permuted(np.tile(np.arange(w) < h, (20_000, 1)), axis=1)[:, :o].sum(axis=1)
                for h, o, w in zip(k, m, n, strict=True))  # fmt: skip
    chance = float((drawn > a.sum()).mean() + (drawn == a.sum()).mean() / 2)
    policy = Policy.of(dibao_standard=500, kin_excess={"q": 1.0, "lift": 1.0, "minimum": 1})
    said = float(facts(kin_excess, data, policy)["p"])
    assert said == pytest.approx(chance, abs=4 * (said * (1 - said) / 20_000) ** 0.5)
