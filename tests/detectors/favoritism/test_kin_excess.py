"""Tests of kin_excess: whose kin are on aid beyond what equal need predicts, and who is left alone."""

import json
from typing import Any

import numpy as np
import polars as pl
import pytest

from casework.kinship import excess
from casework.means.asked_years import asked_years
from casework.policy import Policy
from casework.statistics.logrank import GRID
from casework.tables import HOUSEHOLD
from detectors.favoritism import kin_excess
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.favoritism.clans import OTHER, POLICY, STANDARD, VILLAGE, Homes, county, number_of, post

KIN = Homes(5, 5, kin="甲")  # of five kin in need all are on aid
OTHERS = Homes(20, 2)  # of twenty others in the same need two
EVERYBODY = Policy.of(dibao_standard=STANDARD, kin_excess={"q": 1.0, "lift": 1.0, "minimum": 1})


def raised(*homes: Homes, policy: Policy = POLICY, **cells: Any) -> bool:
    return bool(found(kin_excess, county(*homes, **cells), policy))


def test_kin_on_aid_beyond_what_their_need_predicts_are_raised_with_every_figure() -> None:
    said = facts(kin_excess, county(KIN, OTHERS), POLICY)
    assert (said["observed"], said["expected"], said["excess"], said["lift"]) == (5, 1.4, 3.6, 10.0)  # 5/5 by 2/20
    # 7 of 25 on aid, 5 of them kin: the chance that it is all five kin, halved, is 21 / 53130 / 2
    assert said["p"] == said["q"] == "0.0002"
    assert 1 < said["low"] < said["lift"]
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


@pytest.mark.parametrize(("aided", "named"), [(13, False), (12, True)])
def test_twice_the_rate_of_the_others_is_asked_for(aided: int, *, named: bool) -> None:
    """All 16 kin and so many of 24 others: of 12 the rate is a half."""
    assert raised(Homes(16, 16, kin="甲"), Homes(24, aided)) is named


@pytest.mark.parametrize(("kin", "others"), [(40, Homes(20, 0)), (30, Homes(30, 1)), (120, Homes(120, 0))])
def test_many_kin_do_not_hide_among_themselves(kin: int, others: Homes) -> None:
    """Expected counts the kin as well, so 40 of 40 beside 0 of 20 are no twice of it; nor may clear cases fail."""
    assert raised(Homes(kin, kin, kin="甲"), others)


def test_chance_is_asked_for_beside_all_who_were_tested_in_the_county() -> None:
    """One p of 0.02 is named alone; beside nine more officials whose kin are as all others it is not."""
    weak = [Homes(4, 3, kin="甲"), Homes(15, 2)]
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

    Pooled, 31 of 40 kin and 25 of 80 others are on aid: 18.7 expected, and 2.5 times as often.
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
    assert raised(Homes(5, 5, kin="甲", since="2023-07"), OTHERS, posts=[post(**cells)]) is named


@pytest.mark.parametrize(
    ("since", "named"),
    [("2015-01", False), ("2021-12", False), ("2022-01", True), ("2023-11", True)],
)
def test_aid_that_began_before_the_post_accuses_nobody(since: str, *, named: bool) -> None:
    """In post from January 2022 on; the only statements are of 2023, when the kin are asked about first."""
    kin = Homes(5, 5, kin="甲", since=since)
    result = asked(kin_excess, county(kin, OTHERS, posts=[post(from_on="2022-01-20")]), POLICY)
    assert (not result.leads.is_empty()) is named
    assert status(result)[2] == 0


def test_who_is_elected_again_was_in_office_when_aid_began() -> None:
    again = [post(from_on="2018-01-01", to_on="2022-12-31"), post(from_on="2023-01-01")]
    said = facts(kin_excess, county(Homes(5, 5, kin="甲", since="2022-05"), OTHERS, posts=again), POLICY)
    assert (said["observed"], said["post_from"], said["post_to"]) == (5, "2018-01-01", None)
    gap = [post(from_on="2018-01-01", to_on="2022-04-30"), post(from_on="2023-01-01")]
    assert not raised(Homes(5, 5, kin="甲", since="2022-05"), OTHERS, posts=gap)


def test_kin_on_aid_before_the_post_are_the_control_of_those_who_came_after() -> None:
    """They are neither among the marked nor among those these are compared with."""
    before = Homes(4, 4, kin="甲", since="2015-01")
    data = county(KIN, before, Homes(40, 2), posts=[post(from_on="2022-01-01")])
    said = facts(kin_excess, data, POLICY)
    assert said["beside"] == [f"{VILLAGE} 2023 4 5/5 2/40"]
    assert (said["observed"], said["homes"], said["p"]) == (5, 5, "< 0.0001")
    assert (said["before_observed"], said["before_expected"]) == (4, 1.1)  # 9 x 6 / 49, of all nine kin
    assert said["control"] == "as_large"


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


def test_the_chance_is_that_of_drawing_who_is_kin_anew_with_their_whole_courses() -> None:
    """Over two years, two needs and two villages: 20 000 draws by hand and the exact p agree within their error."""
    stated = (2022, 2023)
    homes = [
        Homes(4, 2, kin="甲", stated=stated, since="2022-04"),
        Homes(3, 2, kin="甲", stated=stated, since="2023-04"),
        Homes(8, 2, stated=stated, since="2022-04"),
        Homes(9, 3, stated=stated, since="2023-04"),
        Homes(4, 2, kin="甲", need=0.85),
        Homes(9, 2, need=0.85),
        Homes(3, 1, kin="甲", village=OTHER),
        Homes(8, 3, village=OTHER),
    ]
    data = county(*homes, posts=[post(), post(village=OTHER)])
    kin = {home for place, group in enumerate(homes) if group.kin for home in _numbers(place, group)}
    names = data[HOUSEHOLD].select("household_id", "household_no")
    rows = data.engine.collect(asked_years(data, POLICY).join(names, on="household_id", how="inner"))
    share = pl.col("on_aid").mean().over("region_code", "year", "band")
    courses = (
        rows.with_columns(residual=(pl.col("on_aid") - share))
        .sort("year")
        .group_by("household_no", maintain_order=True)
        .agg(pl.col("residual").sum(), pl.struct("region_code", "year", "band").get(0).alias("began"))
        .with_columns(marked=pl.col("household_no").is_in(kin))
    )
    draw, drawn, seen = np.random.default_rng(1), np.zeros(20_000), 0.0
    for own in courses.partition_by("began"):
        steps = (own["residual"].round(9).to_numpy() * GRID).round()
        marked = own["marked"].to_numpy()
        seen += steps[marked].sum()
        drawn += draw.permuted(np.tile(steps, (20_000, 1)), axis=1)[:, : marked.sum()].sum(axis=1)
    chance = float((drawn > seen).mean() + (drawn == seen).mean() / 2)
    said = excess.tested(data, EVERYBODY, excess.strata_of(data, EVERYBODY), excess.bar(EVERYBODY, "kin_excess"))[
        "p"
    ].item()
    assert 0.01 < said < 0.5
    assert said == pytest.approx(chance, abs=4 * (said * (1 - said) / 20_000) ** 0.5)


def _numbers(place: int, group: Homes) -> list[str]:
    return [f"H{group.village[:6]}{place}-{number:02d}" for number in range(group.of)]
