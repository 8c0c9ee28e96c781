"""Tests of approved_ineligible: the line and the vetoes on the acceptance day."""

import polars as pl
import pytest

from casework.policy import Policy
from detectors.wrong import approved_ineligible
from tests.casework.means.homes import (
    IDS,
    NAMES,
    VILLAGE,
    award,
    covers,
    home,
    little,
    member,
    person,
    regions,
    rules,
    stated,
)
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row


def application(**cells: str | None) -> Row:
    plain = {
        "application_no": "A1",
        "programme": "dibao",
        "household_no": "H1",
        "applicant_id_no": IDS[NAMES[0]],
        "region_code": VILLAGE[:9] + "000",
        "channel": "window",
        "delegated": "true",
        "accepted_at": "2024-03-05",
        "decided_at": "2024-03-26",
        "decision": "approved",
        "extended": "false",
    }
    return {**plain, **cells}


def owns(kind: str, value: str | None, detail: str | None, name: str = NAMES[0], **cells: str | None) -> Row:
    number = f"M{kind}{detail}{value}{name}"
    plain = {"match_no": number, "id_no": IDS[name], "kind": kind, "source": "示例", "value": value, "detail": detail}
    return {**plain, "from_on": "2020-01-01", "to_on": None, "compared_on": "2024-12-01", **cells}


def small(**tables: list[Row]) -> dict[str, list[Row]]:
    plain: dict[str, list[Row]] = {
        "region": regions(),
        "household": [home()],
        "person": [person(name) for name in NAMES],
        "member": [member(name) for name in NAMES[:3]],
        "means": stated("2024-03-01", wage="12000"),
        "application": [application()],
    }
    return {**plain, **tables}


def ground(policy: Policy | None = None, **tables: list[Row]) -> str | None:
    """Why the only lead was raised."""
    data = little(**small(**tables))
    result = asked(approved_ineligible, data, policy or rules())
    if not result.leads.height:
        return None
    assert result.leads.select("subject", "level").rows() == [("A1", "exclude")]
    return str(facts(approved_ineligible, data, policy or rules())["case"])


@pytest.mark.parametrize(("yuan", "expected"), [("22751.99", None), ("22752", "income")])
def test_equal_to_the_line_is_not_below(yuan: str, expected: str | None) -> None:
    assert ground(means=stated("2024-03-01", wage=yuan)) == expected


def test_the_newest_statement_on_or_before_acceptance_governs() -> None:
    high, low = {"wage": "30000"}, {"wage": "0"}
    assert ground(means=stated("2024-03-05", **high) + stated("2024-03-01", **low)) == "income"
    assert ground(means=stated("2024-03-06", **high) + stated("2024-03-01", **low)) is None
    assert ground(means=stated("2024-03-04", **low) + stated("2024-03-01", **high)) is None


def test_the_standard_and_the_members_of_the_acceptance_day_count() -> None:
    raised = rules(dibao_standard=[{"value": 632}, {"value": 633, "from": "2024-03-05"}])
    assert ground(raised, means=stated("2024-03-01", wage="22752")) is None
    raised = rules(dibao_standard=[{"value": 632}, {"value": 633, "from": "2024-03-06"}])
    assert ground(raised, means=stated("2024-03-01", wage="22752")) == "income"
    born = [*(member(name) for name in NAMES[:3]), member(NAMES[3], "2024-03-05")]
    assert ground(means=stated("2024-03-01", wage="22752"), member=born) is None
    born[3] = member(NAMES[3], "2024-03-06")
    assert ground(means=stated("2024-03-01", wage="22752"), member=born) == "income"


def test_who_lives_elsewhere_does_not_lower_the_income_a_head() -> None:
    away = [*(member(name) for name in NAMES[:3]), member(NAMES[3], co_living="false")]
    assert ground(means=stated("2024-03-01", wage="22752"), member=away) == "income"


@pytest.mark.parametrize("where", ["application", "award"])
def test_single_person_entry_of_an_edge_household(where: str) -> None:
    basis = {"single_person_basis": "severe_disability"}
    granted = {"application_no": "A1", "from_month": "2024-04"}
    tables = {
        "application": [application(**(basis if where == "application" else {}))],
        "award": [award(**granted, **(basis if where == "award" else {}))],
        "beneficiary": covers(NAMES[0], since="2024-04"),
    }
    assert ground(means=stated("2024-03-01", wage="34127.99"), **tables) is None
    assert ground(means=stated("2024-03-01", wage="34128"), **tables) == "income"


def test_the_edge_programme_has_the_edge_line() -> None:
    edge = [application(programme="dibao_edge")]
    assert ground(application=edge, means=stated("2024-03-01", wage="34127.99")) is None
    assert ground(application=edge, means=stated("2024-03-01", wage="34128")) == "income"


@pytest.mark.parametrize("cells", [{"decision": "refused"}, {"decision": "withdrawn"}, {"programme": "destitute"}])
def test_only_approvals_of_programmes_with_an_income_line(cells: dict[str, str]) -> None:
    assert ground(application=[application(**cells)], means=stated("2024-03-01", wage="90000")) is None


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-03-05", None, "veto"),
        ("2024-03-06", None, None),
        ("2020-01-01", "2024-03-05", "veto"),
        ("2020-01-01", "2024-03-04", None),
    ],
)
def test_an_exclude_veto_that_held_on_acceptance(since: str, until: str | None, expected: str | None) -> None:
    assert ground(match=[owns("vehicle", "1", "car", from_on=since, to_on=until)]) == expected


def test_a_veto_to_look_at_and_the_exempt_do_not_exclude() -> None:
    exempt = [owns("vehicle", "90000", "disability"), owns("vehicle", "90000", "farm")]
    assert ground(match=[owns("deposit", "50000", None), owns("real_estate", "90", "ruined"), *exempt]) is None
    assert ground(match=[owns("deposit", "50000.01", None)]) == "veto"


def test_both_grounds_make_one_lead() -> None:
    assert ground(means=stated("2024-03-01", wage="30000"), match=[owns("vehicle", "1", "car")]) == "both"


def test_the_owners_are_those_covered_else_those_who_live_together() -> None:
    car = [owns("vehicle", "1", "car", NAMES[2])]
    assert ground(match=car) == "veto"
    granted = {"award": [award(application_no="A1", from_month="2024-04")]}
    assert ground(match=car, **granted, beneficiary=covers(*NAMES[:2], since="2024-04")) is None
    assert ground(match=car, **granted, beneficiary=covers(*NAMES[:3], since="2024-04")) == "veto"
    later = [*covers(*NAMES[:2], since="2024-04"), *covers(NAMES[2], since="2024-05")]
    assert ground(match=car, **granted, beneficiary=later) is None
    away = [*(member(name) for name in NAMES[:2]), member(NAMES[2], co_living="false")]
    assert ground(match=car, member=away) is None


def undecided(policy: Policy | None = None, **tables: list[Row]) -> tuple[int, int]:
    result = asked(approved_ineligible, little(**small(**tables)), policy or rules())
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided() == (0, 0)
    assert undecided(means=stated("2024-03-06", wage="90000")) == (0, 1)
    assert undecided(means=stated("2024-03-01", wage=None)) == (0, 1)
    assert undecided(region=regions(None)) == (0, 1)
    assert undecided(Policy.shipped()) == (0, 1)
    assert undecided(member=[member(NAMES[0], co_living="false")]) == (0, 1)
    assert undecided(match=[owns("vehicle", None, "car")]) == (0, 1)
    assert undecided(Policy.shipped(), match=[owns("vehicle", "1", "car")]) == (1, 0)
    assert undecided(match=[owns("vehicle", None, "car")], means=stated("2024-03-01", wage="90000")) == (1, 0)


def test_a_missing_value_that_could_only_call_for_a_look_leaves_nothing_open() -> None:
    """A motorcycle's price and a dwelling's size call for a look; a car excludes."""
    unvalued = [owns("vehicle", None, "motorcycle"), owns("real_estate", None, "dwelling")]
    assert undecided(match=unvalued) == (0, 0)
    assert undecided(match=[*unvalued, owns("vehicle", None, "car")]) == (0, 1)


def test_says_the_figures_and_keeps_the_evidence() -> None:
    tables = small(means=stated("2024-03-01", wage="30000"), match=[owns("vehicle", "5", "car")])
    said = facts(approved_ineligible, little(**tables), rules())
    assert (said["head_fen"], said["line_fen"], said["n"], said["as_of"]) == (83333, 63200, 3, "2024-03-01")
    assert approved_ineligible.CARD.reads(said, "zh").startswith(
        "疑似不符合条件而获批:受理日 2024-03-05 人均月收入 833.33 元"
    )
    assert "a car (1 finding that excludes)" in approved_ineligible.CARD.reads(said, "en")
    result = asked(approved_ineligible, little(**tables), rules())
    assert set(result.evidence["table"]) == {"application", "means", "member", "match"}
    assert result.leads["region_code"].to_list() == [VILLAGE]


def test_every_finding_that_excluded_is_shown_and_no_other() -> None:
    match = [
        owns("vehicle", "5", "car"),
        owns("deposit", "60000", None, NAMES[1]),
        owns("deposit", "40000", None, NAMES[2]),
        owns("vehicle", "9", "car", NAMES[2], to_on="2024-03-04"),
    ]
    data = little(**small(match=match))
    assert facts(approved_ineligible, data, rules())["found"] == 2
    proof = asked(approved_ineligible, data, rules()).evidence.filter(pl.col("table") == "match")
    assert sorted(proof.filter(pl.col("column") == "value")["value"]) == ["5.00", "60000.00"]
    assert proof["source_row"].n_unique() == 2


def test_vetoes_are_unknown_and_not_none_where_there_are_no_matches() -> None:
    rich = stated("2024-03-01", wage="30000")
    reckons = approved_ineligible.CARD.reckons
    alone = facts(approved_ineligible, little(**small(means=rich)), rules())
    assert (alone["case"], alone["found"]) == ("income", None)
    assert reckons(alone, "zh").endswith("受理日有效的一票否决登记条数:未知(财产未核对)")
    assert reckons(alone, "en").endswith("unknown (property not compared)")
    clean = owns("none", None, None)
    compared = facts(approved_ineligible, little(**small(means=rich, match=[clean])), rules())
    assert reckons(compared, "zh").endswith("登记条数:0(无)")


def test_a_veto_suffices_where_no_statement_is_kept() -> None:
    tables = small(match=[owns("vehicle", "1", "car")])
    del tables["means"]
    assert asked(approved_ineligible, little(**tables), rules()).leads["level"].to_list() == ["exclude"]
