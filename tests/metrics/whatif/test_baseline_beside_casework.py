"""Do today's rules make of a case in arrays what `casework` makes of it from the tables, household by household?

One hand-made county, a household for every branch: the line, the edge line, findings, what else covers it, tapers,
statements that tell nothing, caps and disregards, top-ups, persons who are covered and do not live there.
"""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.means import ledger
from casework.policy import Policy
from metrics.coverage import eligible
from metrics.whatif.gather import gather
from metrics.whatif.outcome import BARRED, IN, OVER_LINE, SHUT, UNKNOWN
from metrics.whatif.reckon import reckon
from metrics.whatif.records.homes import homes as rows_of
from tests.metrics.county import FAR_VILLAGE, VILLAGE, award, covered, households
from tests.metrics.coverage.dibao import finding, homes, lives, placed
from tests.worlds import Row, person_no

LAW = Policy.of(
    dibao_standard=[{"urban_rural": "rural", "value": 600}, {"urban_rural": "urban", "value": 750.5}],
    disregard={"value": 50, "rate": 0.25},
    job_cost=25,
    deduction_cap=[{"value": "none"}, {"item": "medical_expense", "value": 3000}],
    category_topup=[{"group": "minor", "value": 0.1}, {"group": "severe_disability", "value": 0.3}],
    veto=[{"kind": "vehicle", "detail": "car", "level": "exclude", "zh": "汽车", "en": "a car"}],
)
Case = dict[str, Any]  # items in yuan; people; aid: the programme; single; car; paid; on: when stated; far; apart
CASES: dict[str, Case] = {
    "wage to the line": {"wage": "10500", "aid": "dibao"},  # (10500 - 900) x 0.75 = 7200
    "a fen below it": {"transfer": "7199.99", "aid": "dibao"},
    "nothing at all": {"wage": "0"},
    "without aid, above": {"transfer": "9000"},
    "capped expenses": {"transfer": "12000", "medical_expense": "4500", "education_expense": "2000", "aid": "dibao"},
    "in town": {"transfer": "9005.99", "aid": "dibao", "far": True},
    "at the line in town": {"transfer": "9006", "far": True},
    "three of whom two are covered": {"wage": "9000", "people": "abc", "covers": "ab", "aid": "dibao"},
    "one covered who does not live there": {"wage": "9000", "people": "ab", "apart": "b", "aid": "dibao"},
    "a child and a severe disability": {"people": "cds", "wage": "3000", "aid": "dibao"},
    "a child without aid": {"people": "cb", "wage": "3000"},
    "over for long": {"transfer": "9000", "aid": "dibao", "on": "2022-01-10"},
    "in a taper": {"transfer": "9000", "aid": "dibao", "on": "2024-03-10"},
    "single below the edge": {"transfer": "10799.99", "aid": "dibao", "single": "severe_disability"},
    "single at the edge": {"transfer": "10800", "aid": "dibao", "single": "severe_disability", "on": "2022-01-10"},
    "a car, on dibao": {"wage": "0", "aid": "dibao", "car": True},
    "a car, without": {"wage": "0", "car": True},
    "destitute": {"wage": "0", "aid": "destitute"},
    "on dibao, nothing stated": {"aid": "dibao"},
    "stated without a figure": {"wage": None, "aid": "dibao"},
    "nobody lives there": {"wage": "0", "people": ""},
}
NUMBERS = {name: f"H{place:02d}" for place, name in enumerate(CASES)}
ITEMS = ("wage", "transfer", "medical_expense", "education_expense")


def county() -> Tables:
    """The tables of all cases; every award is paid 300 yuan in June 2024."""
    tables: dict[str, list[Row]] = {name: [] for name in ("member", "means", "award", "beneficiary", "payment")}
    persons: list[Row] = []
    matches: list[Row] = [finding("M0", "示例外")]
    for name, case in CASES.items():
        number, people = NUMBERS[name], case.get("people", "a")
        for one in people:
            persons.append(_person(number + one))
            tables["member"].append({**lives(number, number + one), "id_no": persons[-1]["id_no"]})
            if one in case.get("apart", ""):
                tables["member"][-1]["co_living"] = "否"
        tables["means"] += [_stated(number, item, case) for item in ITEMS if item in case]
        if "aid" in case:
            basis = {"single_person_basis": case.get("single")}
            tables["award"].append({**award(f"W{number}", number, "2022-01", programme=case["aid"]), **basis})
            every = [{**covered(f"W{number}", number + one, "2022-01"), **_named(number + one)} for one in people]
            tables["beneficiary"] += [
                row for row, one in zip(every, people, strict=True) if one in case.get("covers", people)
            ]
            tables["payment"].append(
                {"payment_no": f"P{number}", "award_no": f"W{number}", "month": "2024-06", "amount": "300"}
            )
        if case.get("car"):
            matches.append(
                {**finding(f"M{number}", "", "vehicle", value="100000", detail="car"), **_named(number + "a")}
            )
    villages = {NUMBERS[name]: FAR_VILLAGE if case.get("far") else VILLAGE for name, case in CASES.items()}
    region = placed(urban=(FAR_VILLAGE,), rural=(VILLAGE,))
    return homes(household=households(**villages), person=persons, match=matches, region=region, **tables)


def _person(word: str) -> Row:
    """By the last letter: c a child, d severely disabled; all others of working age."""
    grade = "1" if word[-1] == "d" else None
    born = "2015-01-01" if word[-1] == "c" else "1980-01-01"
    return {
        **_named(word),
        "name": word,
        "sex": "M",
        "born_on": born,
        "hukou": "rural",
        "region_code": VILLAGE,
        "disability_grade": grade,
    }


def _named(word: str) -> Row:
    return {"id_no": person_no(word, "2015-01-01" if word[-1] == "c" else "1980-01-01")}


def _stated(number: str, item: str, case: Case) -> Row:
    return {
        "household_no": number,
        "as_of": case.get("on", "2024-01-10"),
        "item": item,
        "declared": None,
        "verified": case[item],
    }


@cache
def both() -> pl.DataFrame:
    """What each says of the month of `as_of`, a row a household: casework's columns, and the program's `our_*`."""
    data = county()
    people, rows = gather(data, LAW), rows_of(data, LAW)
    month = replace(people, as_of=people.as_of.replace(day=1) - timedelta(days=1), kept={})
    found = reckon(month, LAW, months=1)
    ours = pl.DataFrame(
        {
            "household_id": rows["household_id"],
            "our_n": people.n,
            "our_y": found.y_fen,
            "our_standard": found.standard_fen,
            "our_known": found.known,
            "our_below": found.below,
            "our_eligible": found.eligible,
            "our_due": found.due_fen,
            "our_topup": found.topup_fen,
            "our_taper": found.tapering,
            "our_reason": found.reason,
            "our_paid": people.paid_fen,
        }
    )
    told = data.engine.collect(eligible.households(data, LAW))
    due = data.engine.collect(ledger.months(data, LAW)).filter(
        pl.col("month_index") == data.as_of_month, pl.col("programme") == "dibao"
    )
    due = due.select("household_id", "due_fen", "topup_fen", "paid_fen", "due_state")
    joined = told.join(ours, on="household_id", how="full", coalesce=True)
    return joined.join(due, on="household_id", how="left", coalesce=True).sort("household_no")


def case(name: str) -> dict[str, Any]:
    """Both about one case."""
    return both().row(by_predicate=pl.col("household_no") == NUMBERS[name], named=True)


@pytest.mark.parametrize("name", CASES)
def test_the_arrays_say_what_the_tables_say(name: str) -> None:
    row = case(name)
    entitled = row["fits"] if row["own"] else row["meets"]
    if row["single"]:
        assert (row["our_known"], row["our_reason"] == IN) == (False, entitled)
    else:
        assert (row["our_known"], row["our_eligible"]) == (entitled is not None, entitled is True)
    assert row["our_n"] == (row["n"] or 0)
    if row["y_fen"] is not None:
        assert row["our_y"] == row["y_fen"]
    if not row["single"]:  # judged by the edge line there
        assert row["our_below"] == (row["over"] is False)
    assert row["our_taper"] == (row["taper"] is True)
    if row["our_eligible"] and row["own"]:
        assert (row["our_due"], row["our_topup"], row["our_paid"]) == (
            row["due_fen"],
            row["topup_fen"],
            row["paid_fen"],
        )


@pytest.mark.parametrize(
    ("name", "reason", "due"),
    [
        ("wage to the line", IN, 30_000),  # above since January: the taper runs in June, at what was paid
        ("a fen below it", IN, 100),
        ("nothing at all", IN, 60_000),
        ("without aid, above", OVER_LINE, 0),
        ("capped expenses", IN, 1700),  # 12000 - 3000 - 2000 = 7000; 600 - 583.33, rounded up
        ("in town", IN, 100),
        ("at the line in town", OVER_LINE, 0),
        ("three of whom two are covered", IN, 86_300),  # (9000 - 900) x 0.75 = 6075; 1200 - 337.50 = 862.50
        ("a child and a severe disability", IN, 190_900),  # 1800 - 131.25, rounded up, and 60 + 180 more
        ("over for long", OVER_LINE, 0),
        ("in a taper", IN, 30_000),
        ("single below the edge", IN, 30_000),
        ("single at the edge", OVER_LINE, 0),
        ("a car, on dibao", BARRED, 0),
        ("a car, without", BARRED, 0),
        ("destitute", SHUT, 0),
        ("on dibao, nothing stated", UNKNOWN, 0),
        ("stated without a figure", UNKNOWN, 0),
        ("nobody lives there", UNKNOWN, 0),
    ],
)
def test_by_hand(name: str, reason: int, due: int) -> None:
    row = case(name)
    assert (row["our_reason"], row["our_due"]) == (reason, due)
