"""Tests of mutual_favor: who confirms for whose kin, and what the office's division of work would have made."""

import json
from typing import Any

import pytest

import detectors
from casework.dataset import Tables
from casework.engine import Engine
from casework.policy import Policy
from casework.run import Run, run
from detectors.favoritism import mutual_favor
from tests.detectors.asking import asked, status
from tests.detectors.favoritism.village import (
    OTHER_TOWNSHIP,
    application,
    kin,
    member,
    official,
    person_id,
    small,
    step,
)
from tests.worlds import Row

RELATIVE = {"乙": "甲", "丙": "丁", "戊": "己", "庚": "辛"}  # each official's brother, head of H1, H2, H3, H4
HOME = {name: f"H{place}" for place, name in enumerate(RELATIVE, start=1)}
Case = tuple[str, str]  # who confirmed, for whose brother


def office(
    *cases: Case,
    more: list[tuple[Row, Row]] | None = None,
    source: str = "hukou",
    turn: int = 1,
    on: str | Engine = "polars",
    **cells: str | None,
) -> Tables:
    """An office of four; each case is an approved application of the year. `more`: further applications, confirmed."""
    pairs = [
        (application(application_no=f"A{place}", household_no=HOME[other], **cells), {"actor": one})
        for place, (one, other) in enumerate(cases, start=1)
    ]
    rows = [row for row, _ in pairs] + [row for row, _ in more or []]
    steps = [step("confirm", application_no=str(row["application_no"]), **acted) for row, acted in pairs]
    steps += [acted for _, acted in more or []]
    return small(
        kin=[kin(RELATIVE[name], name, "sibling", source) for name in RELATIVE][::turn],
        members=[member(RELATIVE[name], home=HOME[name]) for name in RELATIVE][::turn],
        officials=[official(name) for name in RELATIVE][::turn],
        steps=steps[::turn],
        more={"application": rows[::turn]},
        on=on,
    )


def stranger(number: int, one: str, **cells: str | None) -> tuple[Row, Row]:
    """An application of a household of which nobody is kin, confirmed by one."""
    no = f"S{number}"
    return application(application_no=no, household_no="H9", **cells), step("confirm", actor=one, application_no=no)


def rings(data: Tables, policy: Policy | None = None) -> set[tuple[str, str]]:
    """Subject and part of every lead."""
    return set(asked(mutual_favor, data, policy).leads.select("subject", "part").iter_rows())


def said(result: Run, subject: str) -> dict[str, Any]:
    (facts,) = result.leads.filter(result.leads["subject"] == subject)["facts"]
    return dict(json.loads(facts))


def ring(data: Tables, *names: str) -> str:
    """The part of a ring in this order."""
    ids = [int(person_id(data, name)) for name in names]
    first = ids.index(min(ids))
    return "+".join(map(str, ids[first:] + ids[:first]))


TWICE: list[Case] = [("丙", "乙"), ("丙", "乙"), ("乙", "丙"), ("乙", "丙")]


def test_two_who_confirmed_twice_each_way_are_a_ring_of_which_each_is_told() -> None:
    data = office(*TWICE)
    part = ring(data, "乙", "丙")
    assert rings(data) == {(person_id(data, "乙"), part), (person_id(data, "丙"), part)}
    lead = asked(mutual_favor, data).leads.filter(subject=person_id(data, "乙")).row(0, named=True)
    assert json.loads(lead["related"]) == [person_id(data, "丙")]
    assert (lead["level"], lead["severity"], lead["subject_kind"]) == ("info", "procedure", "official")
    assert lead["region_code"] == "990101001001"


@pytest.mark.parametrize("left_out", range(4))
def test_once_in_either_direction_is_no_ring(left_out: int) -> None:
    assert rings(office(*(case for place, case in enumerate(TWICE) if place != left_out))) == set()


def test_how_many_make_an_arc_is_a_judgement() -> None:
    assert rings(office(*TWICE), Policy.of(mutual_favor={"minimum": 3, "q": 0.05})) == set()
    assert len(rings(office(("丙", "乙"), ("乙", "丙")), Policy.of(mutual_favor={"minimum": 1, "q": 0.05}))) == 2


@pytest.mark.parametrize("decision", ["refused", "withdrawn", None])
def test_only_what_was_approved_is_a_favour(decision: str | None) -> None:
    assert rings(office(*TWICE, decision=decision, decided_at="2024-03-28" if decision else None)) == set()


@pytest.mark.parametrize("programme", ["dibao", "temporary_expenditure", "medical"])
def test_every_programme_is_asked_about(programme: str) -> None:
    assert len(rings(office(*TWICE, programme=programme))) == 2


def test_only_the_confirmation_is_asked_about_and_the_second_actor_counts() -> None:
    def with_steps(name: str, place: str) -> Tables:
        data = [application(application_no=f"A{n}", household_no=HOME[other]) for n, (_, other) in enumerate(TWICE)]
        acts = [step(name, application_no=f"A{n}", **{place: one}) for n, (one, _) in enumerate(TWICE)]
        return office(more=list(zip(data, acts, strict=True)))

    assert len(rings(with_steps("confirm", "actor"))) == 2
    assert len(rings(with_steps("confirm", "second"))) == 2
    assert rings(with_steps("home_visit", "actor")) == set()


def test_who_is_kin_of_the_household_too_or_signed_for_their_own_is_left_to_kin_handled() -> None:
    both = [step("confirm", application_no=f"A{n}", actor=one, second=other) for n, (one, other) in enumerate(TWICE)]
    cases = [application(application_no=f"A{n}", household_no=HOME[other]) for n, (_, other) in enumerate(TWICE)]
    assert rings(office(more=list(zip(cases, both, strict=True)))) == set()
    shared = office(*TWICE)
    assert rings(shared)
    data = small(
        kin=[kin(RELATIVE[name], name, "sibling") for name in RELATIVE] + [kin("甲", "丙", "sibling")],
        members=[member(RELATIVE[name], home=HOME[name]) for name in RELATIVE],
        steps=[step("confirm", application_no=f"A{n}", actor=one) for n, (one, _) in enumerate(TWICE)],
        more={"application": cases},
    )
    assert rings(data) == set()


def test_a_ring_of_three_goes_round_one_way() -> None:
    data = office(*2 * [("乙", "丙"), ("丙", "戊"), ("戊", "乙")])
    part = ring(data, "乙", "丙", "戊")
    assert rings(data) == {(person_id(data, name), part) for name in ("乙", "丙", "戊")}
    facts = said(asked(mutual_favor, data), person_id(data, "丙"))
    assert (facts["officials"], facts["given"], facts["received"], facts["between"]) == (3, 2, 2, 2)
    assert rings(office(*2 * [("乙", "丙"), ("丙", "戊"), ("乙", "戊")])) == set()  # not round


def test_three_of_whom_each_two_are_a_ring_are_told_as_rings_of_two_only() -> None:
    among = [(one, other) for one in "乙丙戊" for other in "乙丙戊" if one != other]
    data = office(*2 * among)
    assert {part.count("+") for _, part in rings(data)} == {1}
    assert len(rings(data)) == 6
    half = office(*2 * [("乙", "丙"), ("丙", "乙"), ("丙", "戊"), ("戊", "乙")])  # one arc of three is in a ring of two
    assert {part for _, part in rings(half)} == {ring(half, "乙", "丙"), ring(half, "乙", "丙", "戊")}


def test_four_who_pass_it_round_are_not_asked_about() -> None:
    assert rings(office(*2 * [("乙", "丙"), ("丙", "戊"), ("戊", "庚"), ("庚", "乙")])) == set()


def test_where_nobody_else_could_confirm_the_numbers_say_nothing() -> None:
    data = office(*TWICE)
    lead = asked(mutual_favor, data).leads.row(0, named=True)
    facts = json.loads(lead["facts"])
    assert (facts["case"], facts["observed"], facts["expected"], facts["lift"]) == ("routine", 4, 4.0, 1.0)
    assert (facts["given_expected"], facts["received_expected"]) == (2.0, 2.0)
    assert (facts["p"], facts["low"], facts["high"], facts["strata"]) == (None, None, None, 0)
    assert (lead["confidence"], lead["score"]) == (0.3, 0.0)


OFTEN = 3 * TWICE  # six each way


def test_where_others_confirm_most_the_ring_exceeds_the_division_of_work() -> None:
    data = office(*OFTEN, more=[stranger(n, "戊") for n in range(16)])
    lead = asked(mutual_favor, data).leads.row(0, named=True)
    facts = json.loads(lead["facts"])
    # of 22 cases 丙 might have confirmed (the 6 of their own kin and those 乙 confirmed apart), 6 are of 乙's kin
    assert (facts["given_expected"], facts["received_expected"]) == (1.64, 1.64)
    assert (facts["case"], facts["observed"], facts["strata"], facts["rings"]) == ("beyond", 12, 2, 1)
    assert 2 * 2 < facts["expected"] < 2 * 3  # of rings with two each way or more: somewhat above two
    assert facts["lift"] > facts["low"] > 1
    assert (facts["p"], facts["q"]) == (0.0001, 0.0001)  # told as this or less
    assert (lead["confidence"], lead["score"]) == (0.6, 8.72)


def busy(others: int) -> list[tuple[Row, Row]]:
    """Strangers' applications that the other two confirm, and four each of 乙 and 丙."""
    of = [*"戊庚" * (others // 2), *"乙丙" * 4]
    return [stranger(number, one) for number, one in enumerate(of)]


def test_just_enough_to_be_looked_at_says_nothing_however_rare() -> None:
    """Three of three would be much; of two of three nobody can say more than that they were looked at."""
    kin_of_both = [("戊", "乙"), ("戊", "丙")]
    rare = office(*TWICE, *kin_of_both, more=busy(100))
    lead = asked(mutual_favor, rare).leads.filter(subject=person_id(rare, "乙")).row(0, named=True)
    facts = json.loads(lead["facts"])
    assert (facts["case"], facts["observed"], lead["confidence"]) == ("routine", 4, 0.3)
    assert facts["p"] > 0.5
    often = office(*TWICE, *TWICE[1:3], more=busy(100))
    assert said(asked(mutual_favor, often), person_id(often, "乙"))["case"] == "beyond"


def test_the_level_of_the_test_is_a_judgement() -> None:
    data = office(*OFTEN, more=[stranger(n, "戊") for n in range(16)])
    strict = asked(mutual_favor, data, Policy.of(mutual_favor={"minimum": 2, "q": 0.0}))
    assert said(strict, person_id(data, "乙"))["case"] == "routine"


def test_all_rings_of_a_county_are_judged_together() -> None:
    """The false discovery share counts what chance makes beside it."""
    third = [("丙", "乙"), ("乙", "丙")]
    alone = office(*TWICE, *third, more=busy(20))
    among = office(*TWICE, *third, *2 * [("戊", "庚"), ("庚", "戊")], ("丙", "庚"), ("丙", "戊"), more=busy(20))
    one, two = (said(asked(mutual_favor, data), person_id(data, "乙")) for data in (alone, among))
    assert (one["rings"], two["rings"]) == (1, 2)
    assert one["q"] == one["p"]
    assert two["q"] == pytest.approx(2 * two["p"], abs=2e-4)


@pytest.mark.parametrize(
    "elsewhere", [{"region_code": OTHER_TOWNSHIP}, {"accepted_at": "2023-12-31"}, {"programme": "medical"}]
)
def test_another_office_year_or_programme_is_no_measure(elsewhere: dict[str, str]) -> None:
    data = office(*OFTEN, more=[stranger(n, "戊", **elsewhere) for n in range(16)])
    assert said(asked(mutual_favor, data), person_id(data, "乙"))["case"] == "routine"


def test_a_further_vaguer_case_takes_no_certainty_away() -> None:
    sure = office(*TWICE)
    vague = kin("庚", "乙", "sibling", "declared")
    more = small(
        kin=[*(kin(RELATIVE[name], name, "sibling") for name in RELATIVE), vague],
        members=[*(member(RELATIVE[name], home=HOME[name]) for name in RELATIVE), member("庚", home="H5")],
        steps=[step("confirm", application_no=f"A{n}", actor=one) for n, (one, _) in enumerate([*TWICE, ("丙", "")])],
        more={
            "application": [
                application(application_no=f"A{n}", household_no=home)
                for n, home in enumerate(["H1", "H1", "H2", "H2", "H5"])
            ]
        },
    )
    for data, given in ((sure, 2), (more, 3)):
        facts = said(asked(mutual_favor, data), person_id(data, "丙"))
        assert (facts["certainty"], facts["given"]) == (0.95, given)


def test_a_declared_tie_is_less_certain() -> None:
    data = office(*TWICE, source="declared")
    assert said(asked(mutual_favor, data), person_id(data, "乙"))["certainty"] == 0.7


def test_a_confirmation_that_names_nobody_is_undecidable() -> None:
    unnamed = (application(application_no="A9", household_no="H1"), step("confirm", application_no="A9"))
    assert status(asked(mutual_favor, office(*TWICE, more=[unnamed])))[2] == 1
    assert status(asked(mutual_favor, office(*TWICE)))[2] == 0


def test_the_evidence_is_every_application_its_confirmation_and_the_ties_for_each_of_the_ring() -> None:
    data = office(*TWICE, more=[stranger(n, "戊") for n in range(3)])
    result = asked(mutual_favor, data)
    for lead_id in result.leads["lead_id"]:
        proof = result.evidence.filter(lead_id=lead_id)
        assert set(proof.filter(table="application")["key"]) == {"A1", "A2", "A3", "A4"}
        assert set(proof["table"]) == {"application", "step", "kin", "member", "official"}
        assert set(proof.filter(table="kin", column="relation")["value"]) == {"sibling"}


def test_the_order_of_rows_changes_nothing() -> None:
    cases = [*TWICE, *2 * [("乙", "戊"), ("戊", "庚"), ("庚", "乙")]]
    one, other = (asked(mutual_favor, office(*cases, turn=turn)) for turn in (1, -1))
    assert one.leads.height == 5
    assert one.leads.equals(other.leads)


def test_other_numbers_for_the_same_people_give_the_same_leads_of_other_names() -> None:
    """Officials change places: what is told of a place in the ring stays."""
    cases = [*TWICE, ("丙", "乙"), ("戊", "乙"), *2 * [("乙", "戊"), ("戊", "庚"), ("庚", "乙")]]
    swap = dict(zip("乙丙戊庚", "庚戊乙丙", strict=True))
    data, renamed = office(*cases), office(*((swap[one], swap[other]) for one, other in cases))
    before, after = (asked(mutual_favor, world).leads for world in (data, renamed))
    number = {person_id(data, old): person_id(renamed, new) for old, new in swap.items()}

    def told(leads: Any, names: dict[str, str]) -> list[tuple[object, ...]]:
        return sorted(
            (names[row["subject"]], frozenset(names[one] for one in row["part"].split("+")), row["facts"], row["score"])
            for row in leads.iter_rows(named=True)
        )

    assert told(before, number) == told(after, {one: one for one in number.values()})


def test_a_county_of_its_own_adds_nothing() -> None:
    away = {"region_code": "990202001000"}
    data = office(*TWICE, more=[stranger(n, "戊") for n in range(4)])
    more = office(
        *TWICE, more=[*(stranger(n, "戊") for n in range(4)), *(stranger(n, "庚", **away) for n in range(10, 20))]
    )
    assert asked(mutual_favor, data).leads["facts"].equals(asked(mutual_favor, more).leads["facts"])


@pytest.mark.parametrize("strangers", [0, 16])
def test_what_it_says_is_whole_in_either_language(strangers: int) -> None:
    data = office(*OFTEN, more=[stranger(n, "戊") for n in range(strangers)])
    told = said(asked(mutual_favor, data), person_id(data, "乙"))
    assert set(told) == set(mutual_favor.CARD.facts)
    for language in ("zh", "en"):
        assert "{" not in mutual_favor.CARD.reads(told, language) + mutual_favor.CARD.reckons(told, language)


@pytest.mark.spark
def test_spark_gives_the_same_leads_and_evidence(spark: Engine) -> None:
    cases = [*TWICE, *2 * [("乙", "戊"), ("戊", "庚"), ("庚", "乙")]]
    strangers = [stranger(n, "戊") for n in range(6)]
    here, there = (asked(mutual_favor, office(*cases, more=strangers, on=on)) for on in ("polars", spark))
    assert here.leads.height == 5
    assert there.leads.equals(here.leads)
    assert there.evidence.equals(here.evidence)


def test_a_ring_is_evidence_against_nobody() -> None:
    assert mutual_favor.CARD.statistical
    assert mutual_favor.CARD.level == "info"
    empty = small(steps=[step("confirm", actor="乙")])
    assert run(detectors, empty, Policy.shipped(), only=["mutual_favor"]).leads.is_empty()
