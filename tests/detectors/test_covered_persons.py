"""Do the questions about covered persons answer alike on every engine and in every order of rows?"""

from typing import Final

import pytest

import detectors
from casework.engine import Engine
from casework.policy import Policy
from casework.run import Run, run
from tests.worlds import Row, person_no, world

SCHEMES: Final = (
    "custody_member",
    "double_payment",
    "hidden_wage",
    "partial_household",
    "payroll_member",
    "repeat_temporary",
    "ride_along",
    "two_places",
)
NAMES = ("示例甲", "示例乙", "示例丙", "示例丁")
IDS = {name: person_no(name) for name in NAMES}


def finding(no: str, name: str, kind: str, since: str, detail: str | None = None) -> Row:
    return {
        "match_no": no,
        "id_no": IDS[name],
        "kind": kind,
        "source": "示例",
        "from_on": since,
        "to_on": "2024-04-30" if kind == "custody" else None,
        "value": "4000",
        "detail": detail,
        "compared_on": "2024-12-01",
    }


def covered(award: str, name: str, since: str = "2024-01") -> Row:
    return {"award_no": award, "id_no": IDS[name], "from_month": since}


def aid(no: str, decided: str, cause: str = "accident") -> Row:
    return {
        "application_no": no,
        "programme": "temporary_expenditure",
        "household_no": "H1",
        "applicant_id_no": IDS["示例甲"],
        "region_code": "990101000000",
        "channel": "window",
        "delegated": "false",
        "accepted_at": "2024-01-02",
        "decided_at": decided,
        "decision": "approved",
        "extended": "false",
        "cause": cause,
        "one_off": "1000",
    }


def tables() -> dict[str, list[Row]]:
    """One family in which every one of these questions finds something; a second household that shares a person."""
    homes = {"W1": "H1", "W2": "H2"}
    months = [("W1", month, "900") for month in range(1, 7)] + [("W2", month, "500") for month in range(4, 7)]
    paid = [*months, ("W1", 5, "900"), ("W1", 6, "-200")]
    return {
        "person": [
            {"id_no": IDS[name], "name": name, "sex": "F", "born_on": "1980-01-01", "died_on": None} for name in NAMES
        ],
        "household": [{"household_no": f"H{n}", "region_code": f"99010{n}001001"} for n in (1, 2)],
        "member": [
            {
                "household_no": "H1",
                "id_no": IDS[name],
                "joined_on": "2010-01-01",
                "relation": relation,
                "co_living": "true",
            }
            for name, relation in zip(NAMES, ("head", "spouse", "child", "parent"), strict=True)
        ],
        "award": [
            {
                "award_no": no,
                "programme": "dibao",
                "household_no": home,
                "from_month": "2024-01",
                "single_person_basis": None,
            }
            for no, home in homes.items()
        ],
        "beneficiary": [
            covered("W1", "示例甲"),
            covered("W1", "示例乙"),
            covered("W1", "示例丙", "2024-03"),
            covered("W2", "示例乙", "2024-04"),
        ],
        "payment": [
            {"payment_no": f"P{place}", "award_no": award, "month": f"2024-{month:02d}", "amount": yuan}
            for place, (award, month, yuan) in enumerate(paid)
        ],
        "means": [{"household_no": "H1", "as_of": "2023-12-20", "item": "transfer", "declared": "2400"}],
        "match": [
            finding("M1", "示例甲", "custody", "2024-02-01"),
            finding("M2", "示例乙", "public_payroll", "2024-02-15", "post"),
            finding("M3", "示例丙", "social_insurance", "2023-05-01", "employee"),
            finding("M4", "示例丙", "housing_fund", "2023-07-01"),
            finding("M5", "示例丁", "public_payroll", "2020-01-01", "post"),
        ],
        "official": [
            {"id_no": IDS["示例乙"], "duty": "public_payroll", "region_code": "990101000000", "from_on": "2024-02-01"}
        ],
        "review": [{"award_no": "W2", "reviewed_on": "2024-02-10", "result": "keep"}],
        "application": [aid(f"A{n}", f"2024-0{n}-10") for n in (2, 5, 7)] + [aid("A8", "2024-08-10", "other")],
    }


def answer(rows: dict[str, list[Row]], on: str | Engine = "polars") -> Run:
    return run(detectors, world("2024-08-31", on=on, **rows), Policy.of(dibao_standard=300), only=SCHEMES)


def same(one: Run, other: Run) -> None:
    assert one.leads.drop("snapshot").rows() == other.leads.drop("snapshot").rows()
    seen = [sorted(each.evidence.drop("source_file", "source_row").unique().rows(), key=str) for each in (one, other)]
    assert seen[0] == seen[1]
    assert one.runs.drop("seconds").rows() == other.runs.drop("seconds").rows()


def test_every_one_of_them_finds_something_here() -> None:
    assert sorted(set(answer(tables()).leads["scheme"])) == list(SCHEMES)


@pytest.mark.parametrize("step", [-1, 2])
def test_the_order_of_rows_changes_nothing(step: int) -> None:
    turned = {name: rows[::-1] if step == -1 else rows[1::2] + rows[::2] for name, rows in tables().items()}
    same(answer(turned), answer(tables()))


@pytest.mark.spark
def test_spark_gives_the_same_leads_as_polars(spark: Engine) -> None:
    same(answer(tables(), spark), answer(tables()))
