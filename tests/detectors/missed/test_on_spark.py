"""Tests that the questions about the missed say the same on a cluster's engine, and in any order of rows."""

from types import ModuleType

import pytest

from casework.dataset import Tables
from casework.engine import Engine
from casework.policy import Policy
from casework.run import Run
from detectors.missed import missed_entitlement, unanswered_risk, wrong_exit, wrong_refusal
from tests.detectors.asking import asked
from tests.families import VILLAGE, household, kin, match, means, member, no, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)
GRADE_1 = {"disability_grade": "1", "disability_kind": "physical"}
QUESTIONS = (missed_entitlement, unanswered_risk, wrong_exit, wrong_refusal)


def award(number: str, programme: str, house: str, until: str | None, reason: str | None) -> Row:
    said = {"award_no": number, "programme": programme, "household_no": house, "from_month": "2020-01"}
    return {**said, "to_month": until, "end_reason": reason}


def application(number: str, programme: str, house: str, name: str) -> Row:
    return {
        "application_no": number,
        "programme": programme,
        "household_no": house,
        "applicant_id_no": no(name),
        "region_code": VILLAGE,
        "accepted_at": "2024-02-05",
        "decided_at": "2024-03-04",
        "decision": "refused",
    }


def county(on: str | Engine = "polars", turn: int = 1) -> Tables:
    """Several families, something wrong with most; `turn` -1 has the rows upside down."""
    tables: dict[str, list[Row]] = {
        "household": [household(f"H{n}") for n in range(1, 6)],
        "person": [
            person("示例父"),
            person("示例母", **GRADE_1),
            person("示例子", "2012-05-05"),
            person("示例甲", "1940-01-01"),
            person("示例乙", health="serious_illness"),
            person("示例丙", disability_grade="2"),
            person("示例丁", "1970-01-01", died_on="2024-03-04"),
            person("示例戊"),
        ],
        "member": [
            member("示例父"),
            member("示例母", relation="spouse"),
            member("示例子", relation="child"),
            member("示例甲", "H2"),
            member("示例乙", "H3"),
            member("示例丙", "H4"),
            member("示例丁", "H5"),
            member("示例戊", "H5", "spouse"),
        ],
        "kin": [kin("示例子", "示例父"), kin("示例子", "示例母")],
        "match": [
            match("示例父", "custody", "2023-01-01", to_on="2023-12-31", detail="detention"),
            match("示例父", "custody", "2024-01-01", detail="prison"),
            match("示例乙", "medical_bill", "2024-05-06", value="45000"),
            match("示例戊", "vehicle", "2020-01-01", value="1000", detail="disability"),
        ],
        "means": [means("3000", household="H3"), means("2000", household="H5", as_of="2023-06-30")],
        "award": [
            award("W1", "dibao", "H3", "2024-07", "other"),
            award("W2", "disability_care", "H4", "2024-03", "other"),
        ],
        "beneficiary": [
            {"award_no": "W1", "id_no": no("示例乙"), "from_month": "2020-01"},
            {"award_no": "W2", "id_no": no("示例丙"), "from_month": "2020-01"},
        ],
        "application": [application("A1", "old_age", "H2", "示例甲"), application("A2", "dibao", "H5", "示例戊")],
        "outreach": [
            {"outreach_no": "O1", "household_no": "H2", "cause": "other", "found_at": "2024-03-04", "visited_at": None},
            {
                "outreach_no": "O2",
                "household_no": "H3",
                "cause": "other",
                "found_at": "2024-06-03",
                "visited_at": "2024-06-04",
            },
        ],
    }
    return world(on=on, **{name: rows[::turn] for name, rows in tables.items()})


def same(result: Run) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[tuple[object, ...]]]:
    proof = result.evidence.drop("source_file", "source_row").unique()
    return result.leads.rows(), sorted(proof.rows(), key=str), result.runs.drop("seconds").rows()


def test_every_question_finds_something_here() -> None:
    found = {module.CARD.scheme: asked(module, county(), POLICY).leads.height for module in QUESTIONS}
    assert found == {"missed_entitlement": 5, "unanswered_risk": 3, "wrong_exit": 2, "wrong_refusal": 2}


@pytest.mark.parametrize("module", QUESTIONS)
def test_the_order_of_rows_changes_nothing(module: ModuleType) -> None:
    assert same(asked(module, county(turn=-1), POLICY)) == same(asked(module, county(), POLICY))


@pytest.mark.spark
@pytest.mark.parametrize("module", QUESTIONS)
def test_spark_gives_the_same_leads_and_evidence(spark: Engine, module: ModuleType) -> None:
    there, here = asked(module, county(spark), POLICY), asked(module, county(), POLICY)
    assert there.leads.rows() == here.leads.rows()
    assert there.evidence.rows() == here.evidence.rows()
    assert there.runs.drop("seconds").rows() == here.runs.drop("seconds").rows()
