"""Does a planted family meet just the schemes of kin and of other registers that its truth names?

Kinship is worked out again from the rows of kin and member (contract §4), not from what the planting remembers; the
registers are held against every paid month.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import cast

import pytest

from synthetic.kit import Site, month_of, shifted
from synthetic.kit.rows import Row
from tests.synthetic.schemes.kinship import Kin, in_force
from tests.synthetic.schemes.tried import tried

MEANS_TESTED = {"dibao", "destitute", "dibao_edge", "rigid_expense"}
LIMITS = {("vehicle", "car"): 0, ("vehicle", "truck"): 0, ("vehicle", "motorcycle"): 20_000}
LIMITS |= {
    ("real_estate", "shop"): 0,
    ("business", "active"): 0,
    ("business", "dormant"): -1,
    ("deposit", None): 30_000,
}


def _cases(site: Site) -> Iterator[tuple[Row, set[object], set[object]]]:
    """Each case with its actors, and with the officials of the place, that are near kin of the household."""
    tables = site.rows.tables
    for case in tables["application"]:
        on = _day(case["accepted_at"])
        village = next(r["region_code"] for r in tables["household"] if r["household_no"] == case["household_no"])
        above = {"handler", "approver"}
        officials = {
            row["id_no"]
            for row in tables["official"]
            if in_force(row, on, "from_on", "to_on")
            and (
                (row["duty"] in above and row["region_code"] in {village, f"{str(village)[:9]}000", site.county.code})
                or (row["duty"] == "village_committee" and row["region_code"] == village)
            )
        }
        steps = [
            r for r in tables["step"] if r["application_no"] == case["application_no"] and r["step"] != "authorise"
        ]
        actors = {row["actor_id_no"] for row in steps} | {
            row["second_actor_id_no"] for row in steps if row.get("second_actor_id_no")
        }
        house = Kin(site, on).house(case["household_no"], on)
        yield case, actors & house, officials & house


def _day(cell: object) -> date:
    return cell.date() if isinstance(cell, datetime) else cast("date", cell)


def kin_handled(site: Site) -> Iterator[object]:
    for case, actors, _ in _cases(site):
        if actors:
            yield case["application_no"]


def kin_unfiled(site: Site) -> Iterator[object]:
    for case, actors, officials in _cases(site):
        if case["programme"] in MEANS_TESTED and case["decision"] != "withdrawn":
            until = _day(case["decided_at"] or site.as_of)
            rows = [r for r in site.rows.tables["filing"] if r["household_no"] == case["household_no"]]
            filed = {row["official_id_no"] for row in rows if cast("date", row["filed_on"]) <= until}
            if (actors | officials) - filed:
                yield case["application_no"]


def kin_without_county_visit(site: Site) -> Iterator[object]:
    for case, actors, officials in _cases(site):
        if case["programme"] in MEANS_TESTED and case["decision"] == "approved" and actors | officials:
            steps = [r for r in site.rows.tables["step"] if r["application_no"] == case["application_no"]]
            ends = [row["finished_at"] or row["started_at"] for row in steps if row["step"] == "county_visit"]
            if not any(str(end) <= str(case["decided_at"]) for end in ends):
                yield case["application_no"]


def _paid_months(site: Site, award: Row) -> Iterator[tuple[date, set[object]]]:
    """The paid months of a means-tested award, with who is covered in each."""
    tables = site.rows.tables
    if award["programme"] in MEANS_TESTED:
        rows = [row for row in tables["beneficiary"] if row["award_no"] == award["award_no"]]
        for month in {cast("date", r["month"]) for r in tables["payment"] if r["award_no"] == award["award_no"]}:
            yield month, {row["id_no"] for row in rows if in_force(row, month, "from_month", "to_month")}


def _whole(row: Row, month: date) -> bool:
    end = month.replace(day=monthrange(month.year, month.month)[1])
    return in_force(row, month, "from_on", "to_on") and in_force(row, end, "from_on", "to_on")


def _matched(site: Site, month: date, persons: set[object], kind: str) -> list[Row]:
    rows = [row for row in site.rows.tables["match"] if row["kind"] == kind and row["id_no"] in persons]
    return [row for row in rows if _whole(row, month)]


def payroll_member(site: Site) -> Iterator[object]:
    posts = [row for row in site.rows.tables["official"] if row["duty"] == "public_payroll"]
    for award in site.rows.tables["award"]:
        for month, persons in _paid_months(site, award):
            told = [row for row in _matched(site, month, persons, "public_payroll") if row["detail"] == "post"]
            if told or any(row["id_no"] in persons and _whole(row, month) for row in posts):
                yield award["award_no"]


def custody_member(site: Site) -> Iterator[object]:
    for award in site.rows.tables["award"]:
        if any(_matched(site, month, persons, "custody") for month, persons in _paid_months(site, award)):
            yield award["award_no"]


def veto_asset(site: Site) -> Iterator[object]:
    for award in site.rows.tables["award"]:
        for month, persons in _paid_months(site, award):
            homes = [r for r in _matched(site, month, persons, "real_estate") if r["detail"] == "dwelling"]
            above = [
                row
                for (kind, detail), limit in LIMITS.items()
                for row in _matched(site, month, persons, kind)
                if row["detail"] == detail and cast("float", row["value"]) > limit
            ]
            if above or len(homes) > 1:
                yield award["award_no"]


def hidden_wage(site: Site) -> Iterator[object]:
    tables = site.rows.tables
    for award in tables["award"]:
        lines = [row for row in tables["means"] if row["household_no"] == award["household_no"]]
        days = sorted({cast("date", row["as_of"]) for row in lines})
        for month, persons in _paid_months(site, award):
            governing = max((day for day in days if day < month), default=None)
            if governing is None or any(
                r["as_of"] == governing and r["item"] == "wage" and r["verified"] for r in lines
            ):
                continue
            twelve = [shifted(month_of(governing), -back) for back in range(1, 13)]
            for person in persons:
                jobs = [r for r in tables["match"] if r["id_no"] == person and _employed(r)]
                if sum(any(_whole(row, one) for row in jobs) for one in twelve) >= 3:
                    yield award["award_no"]


def _employed(row: Row) -> bool:
    return row["kind"] == "housing_fund" or (row["kind"] == "social_insurance" and row["detail"] == "employee")


ORACLES = (kin_handled, kin_unfiled, kin_without_county_visit, payroll_member, custody_member, veto_asset, hidden_wage)


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda oracle: oracle.__name__)
@pytest.mark.parametrize(("seed", "delegated", "urban"), [(3, True, False), (2, False, True)])
def test_kin_and_registers_say_what_the_truth_says(
    oracle: Callable[[Site], Iterator[object]], seed: int, *, delegated: bool, urban: bool
) -> None:
    wrong = [
        (str(one), "rows say", found, "truth says", told)
        for one in tried(seed, delegated=delegated, urban=urban)
        if (found := set(oracle(one.site))) != (told := one.told(oracle.__name__))
    ]
    assert wrong == []
