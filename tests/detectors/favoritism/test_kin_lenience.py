"""Tests of kin_lenience: what is alike, who is compared, how much must differ, and what is lawful."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from casework.dataset import Tables
from casework.engine import Engine
from casework.policy import Policy
from casework.run import Run
from detectors.favoritism import kin_lenience
from tests.detectors.asking import asked, status
from tests.detectors.favoritism.confirming import (
    ABOVE,
    BELOW,
    DUE,
    ELSEWHERE,
    HIGHER,
    NEXT_VILLAGE,
    POLICY,
    RULES,
    SOON,
    VILLAGE,
    Case,
    case,
    cases,
    tables,
)
from tests.worlds import Row, world


def told(said: Sequence[Case], policy: Policy = POLICY) -> dict[str, dict[str, Any]]:
    """The facts of 甲's leads, by part."""
    return facts(asked(kin_lenience, world(**tables(said)), policy))


def facts(result: Run) -> dict[str, dict[str, Any]]:
    return {part: json.loads(text) for part, text in result.leads.select("part", "facts").iter_rows()}


def approved(count: int, since: int = 100, **said: Any) -> list[Case]:
    return cases(count, since, decision="approved", **said)


KIN_APPROVED = [*approved(4, kin="sibling"), *approved(2, 200), *cases(20, 300)]
KIN_SOON = [
    *approved(5, kin="child", wage=BELOW, decided=SOON),
    *approved(15, 200, wage=BELOW),
]
KIN_PAID = [
    *approved(5, kin="parent", wage=BELOW, paid=[DUE + 100] * 3),
    *approved(15, 200, wage=BELOW, paid=[DUE] * 3),
]


def test_kin_approved_though_ineligible_more_than_others_of_the_same_official() -> None:
    found = told(KIN_APPROVED)
    assert set(found) == {"kin"}
    assert found["kin"]["causes"] == ["approved"]
    assert (found["kin"]["observed"], found["kin"]["marked"], found["kin"]["whole_others"]) == (4, 4, 22)
    assert found["kin"]["expected"] == 0.92  # 4 x 6 / 26
    assert found["kin"]["beside"] == [f"{VILLAGE} 2024 6 4/4 2/22"]
    assert found["kin"]["low"] > 1
    assert found["kin"]["p"] == "0.0005"  # half of C(22, 2) / C(26, 6)


@pytest.mark.parametrize(("count", "raised"), [(2, False), (3, True)])
def test_fewer_than_the_minimum_are_not_named(count: int, raised: bool) -> None:
    assert bool(told([*approved(count, kin="sibling"), *cases(60, 300)])) is raised


@pytest.mark.parametrize(("lift", "raised"), [(11, True), (11.01, False)])  # 4 of 4 by 2 of 22
def test_the_lift_must_be_reached(lift: float, raised: bool) -> None:
    limits = {"q": 0.05, "lift": lift, "superiority": 0.65, "days": 3, "minimum": 3, "months": 12, "confirmers": 3}
    policy = Policy.of(**RULES, kin_lenience=limits)
    assert bool(told(KIN_APPROVED, policy)) is raised


def test_needier_kin_are_compared_with_the_needy() -> None:
    near_the_line = [*approved(4, kin="sibling"), *approved(8, 200)]  # all of that band were approved
    assert told([*near_the_line, *cases(40, 300, wage=HIGHER)]) == {}


def test_an_in_law_and_the_kin_of_another_official_are_no_kin() -> None:
    assert told([*approved(4, kin="sibling_in_law"), *approved(2, 200), *cases(20, 300)]) == {}
    assert told([*approved(4, kin="sibling", of="乙"), *approved(2, 200), *cases(20, 300)]) == {}


def test_the_second_actor_confirmed_too() -> None:
    both = [one | {"by": "乙", "second": "甲", "kin": None} for one in KIN_APPROVED]
    rows = tables(both)
    rows["kin"] = tables(KIN_APPROVED)["kin"]
    found = asked(kin_lenience, world(**rows), POLICY)
    assert found.leads["part"].to_list() == ["kin"]
    assert facts(found)["kin"]["observed"] == 4


def test_generous_to_all_is_told_of_all_and_not_of_kin() -> None:
    generous = [*approved(3, kin="sibling"), *approved(9, 150), *cases(1, 190)]
    strict = [*cases(20, 300, by="乙"), *approved(2, 400, by="乙")]
    assert told([*generous, *strict]) == {}  # of two, who is the odd one?
    neighbours = [*cases(20, 500, by="远", village=NEXT_VILLAGE), *cases(20, 600, by="丙", village=NEXT_VILLAGE)]
    found = told([*generous, *strict, *neighbours])
    assert set(found) == {"all"}
    assert found["all"]["causes"] == ["approved"]
    assert (found["all"]["observed"], found["all"]["marked"], found["all"]["whole_others"]) == (12, 13, 22)


def test_kin_decided_sooner() -> None:
    found = told(KIN_SOON)
    assert set(found) == {"kin"}
    assert (found["kin"]["causes"], found["kin"]["shift_days"], found["kin"]["effect"]) == (["faster"], "13", 100.0)
    assert found["kin"]["beside"] == [f"{VILLAGE} 2024-03 3 5/5 0/15"]
    assert found["kin"]["low"] > 50


@pytest.mark.parametrize(("decided", "raised"), [("2024-03-25", True), ("2024-03-26", False)])
def test_three_working_days_are_a_difference_two_are_none(decided: str, raised: bool) -> None:
    assert bool(told([one | {"decided": decided} if one["kin"] else one for one in KIN_SOON])) is raised


@pytest.mark.parametrize(
    ("named", "quick", "slow"),
    [("delegated", "true", "false"), ("extended", "false", "true"), ("urgency", "red", "green")],
)
def test_urgent_delegated_and_extended_cases_have_times_of_their_own(named: str, quick: str, slow: str) -> None:
    assert told([one | {named: quick if one["kin"] else slow} for one in KIN_SOON]) == {}


def test_a_village_that_is_quick_for_everyone() -> None:
    quick = [one | {"village": NEXT_VILLAGE, "decided": SOON} for one in [*KIN_SOON[:5], *cases(15, 500, wage=BELOW)]]
    assert told([*quick, *approved(15, 200, wage=BELOW)]) == {}


def test_refusals_are_quick_without_a_posting() -> None:
    refused = cases(15, 200, wage=ABOVE, decided=SOON)
    assert told([*cases(5, 100, kin="child", wage=ABOVE, decided=SOON), *refused, *approved(15, 300)]) == {}


def test_kin_paid_beyond_the_amount_due() -> None:
    found = told(KIN_PAID)
    assert set(found) == {"kin"}
    assert (found["kin"]["causes"], found["kin"]["shift_fen"]) == (["paid"], 10000)
    assert found["kin"]["beside"] == [f"{VILLAGE} 2024 3 5/5 0/15"]


@pytest.mark.parametrize(
    "paid",
    [
        [DUE + 1] * 3,  # one yuan a person is tolerated
        [DUE, DUE + 300, DUE],  # arrears of a single month
    ],
)
def test_what_is_no_overpayment(paid: list[int]) -> None:
    assert told([one | {"paid": paid} if one["kin"] else one for one in KIN_PAID]) == {}


def test_only_the_first_months_count() -> None:
    later = [DUE] * 5 + [DUE + 100] * 4
    limits = {"q": 0.05, "lift": 2, "superiority": 0.65, "days": 3, "minimum": 3, "confirmers": 3}
    said = [one | {"paid": later} if one["kin"] else one for one in KIN_PAID]
    assert told(said, Policy.of(**RULES, kin_lenience=limits | {"months": 9})) == {}  # the middle one is due
    late = [one | {"paid": [DUE] * 4 + [DUE + 100] * 5} if one["kin"] else one for one in KIN_PAID]
    assert set(told(late, Policy.of(**RULES, kin_lenience=limits | {"months": 9}))) == {"kin"}
    assert told(late, Policy.of(**RULES, kin_lenience=limits | {"months": 7})) == {}


def test_several_differences_are_one_lead() -> None:
    said = [one | {"decided": SOON} if one["kin"] else one for one in KIN_PAID]
    found = told(said)
    assert set(found) == {"kin"}
    assert found["kin"]["causes"] == ["faster", "paid"]
    assert found["kin"]["case"] in found["kin"]["causes"]


def test_without_a_statement_a_case_is_unknown_and_compared_with_nobody() -> None:
    unknown = [one | {"wage": None} if one["kin"] else one for one in KIN_SOON]
    result = asked(kin_lenience, world(**tables(unknown)), POLICY)
    assert result.leads.is_empty()
    assert status(result)[2] == 5


@pytest.mark.parametrize("ended", [{"decision": "withdrawn"}, {"decision": None, "decided_at": None}])
def test_withdrawn_and_open_applications_are_not_decided(ended: dict[str, str | None]) -> None:
    rows = tables(KIN_SOON)
    kin = {f"N{one['number']}" for one in KIN_SOON if one["kin"]}
    rows["application"] = [row | ended if row["application_no"] in kin else row for row in rows["application"]]
    assert asked(kin_lenience, world(**rows), POLICY).leads.is_empty()


def everything(**said: str) -> dict[str, list[Row]]:
    soon = [one | {"number": one["number"] + 500} for one in KIN_SOON]
    return tables([*KIN_APPROVED, *soon], **said)


def shown(data: Tables) -> list[tuple[Any, ...]]:
    leads = asked(kin_lenience, data, POLICY).leads
    return leads.select("part", "facts", "score", "region_code", "since", "until").sort("part").rows()


def test_neither_order_nor_names_nor_persons_change_anything() -> None:
    before = shown(world(**everything()))
    assert before
    assert shown(world(**{name: rows[::-1] for name, rows in everything().items()})) == before
    assert shown(world(**everything(surname="王"))) == before
    assert shown(world(**everything(salt="另"))) == before


@pytest.mark.spark
def test_spark_gives_the_same_leads(spark: Engine) -> None:
    rows = tables([*KIN_APPROVED, *(one | {"number": one["number"] + 500} for one in KIN_PAID)])
    there, here = (asked(kin_lenience, world(on=on, **rows), POLICY) for on in (spark, "polars"))
    assert here.leads.height
    assert there.leads.rows() == here.leads.rows()
    assert there.evidence.rows() == here.evidence.rows()
    assert there.runs.drop("seconds").rows() == here.runs.drop("seconds").rows()


def test_an_unrelated_county_changes_nothing() -> None:
    alone = asked(kin_lenience, world(**tables(KIN_APPROVED)), POLICY)
    far = [
        case(700 + place, by="乙", village=ELSEWHERE, decision="approved" if place % 2 else "refused", kin="sibling")
        for place in range(8)
    ]
    both = asked(
        kin_lenience, world(**tables([*KIN_APPROVED, *far, *cases(20, 800, by="乙", village=ELSEWHERE)])), POLICY
    )
    own = both.leads.filter(both.leads["lead_id"].is_in(alone.leads["lead_id"].to_list()))
    assert own.rows() == alone.leads.rows()
    assert own.height == 1


@pytest.mark.parametrize("said", [KIN_APPROVED, KIN_SOON, KIN_PAID])
def test_every_case_reads_in_both_languages(said: list[Case]) -> None:
    found = told(said)["kin"]
    assert set(found) == set(kin_lenience.CARD.facts)
    for language in ("zh", "en"):
        words = kin_lenience.CARD.reads(found, language) + kin_lenience.CARD.reckons(found, language)
        assert "{" not in words
        assert all(word not in words for word in ("None", "未知", "unknown", "不适用", "not applicable"))


def test_the_better_treated_applications_and_their_ties_are_the_evidence() -> None:
    result = asked(kin_lenience, world(**tables(KIN_APPROVED)), POLICY)
    proof = result.evidence
    assert set(proof["table"]) == {"application", "step", "kin", "member"}
    applications = proof.filter((proof["table"] == "application") & (proof["column"] == "application_no"))
    assert sorted(applications["value"]) == ["N100", "N101", "N102", "N103"]
    assert result.leads.select("level", "region_code").rows() == [("info", VILLAGE)]


def test_a_few_perfect_cases_do_not_come_before_many() -> None:
    few = (
        asked(
            kin_lenience,
            world(**tables([*approved(4, kin="sibling", wage=BELOW, decided=SOON), *approved(15, 200, wage=BELOW)])),
            POLICY,
        )
        .leads["score"]
        .item()
    )
    many = (
        asked(
            kin_lenience,
            world(**tables([*approved(20, kin="sibling", wage=BELOW, decided=SOON), *approved(60, 200, wage=BELOW)])),
            POLICY,
        )
        .leads["score"]
        .item()
    )
    assert few < many
