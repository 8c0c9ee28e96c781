"""Tests of what happens to a household: does each thing follow from the one before, and end when the household does?"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.synthetic.world.small import AS_OF, REGIMES, Row, Source, Tables, by, planted, township, village

WORLDS = (*(("village", regime) for regime in REGIMES), ("township", "clean"))
DAY = timedelta(days=1)
FILL = {"transfer", "land"}  # what is left of the income when everything else is told


@pytest.fixture(scope="module", params=WORLDS, ids=" ".join)
def whole(request: pytest.FixtureRequest) -> Source:
    """A small world of each regime, and a township with a town."""
    scale, regime = request.param
    return township() if scale == "township" else village(regime)


@pytest.fixture(scope="module")
def tables(whole: Source) -> Tables:
    """Its rows."""
    return whole[0]


class Homes:
    """Who is at home when."""

    def __init__(self, tables: Tables) -> None:
        self.died = {row["id_no"]: row["died_on"] for row in tables["person"] if row["died_on"]}
        self.members = by(tables["member"], "household_no")

    def there(self, row: Row, first: str, last: str) -> bool:
        """A living member on some day from first to last?"""
        begins, left, died = row["joined_on"], row["left_on"], self.died.get(row["id_no"], "")
        return begins <= last and (not left or left > max(first, begins)) and (not died or died >= max(first, begins))

    def living(self, household: str, day: str) -> list[str]:
        """Who lives there that day."""
        rows = self.members[household]
        return [row["id_no"] for row in rows if row["co_living"] == "true" and self.there(row, day, day)]

    def events(self, household: str) -> set[str]:
        """The days on which somebody died, came or went."""
        rows = self.members[household]
        days = {row[name] for row in rows for name in ("joined_on", "left_on")}
        return (days | {self.died.get(row["id_no"], "") for row in rows}) - {""}


def last_of(month: str) -> str:
    """The last day of a month."""
    first = date.fromisoformat(f"{month}-28") + 4 * DAY
    return str(first.replace(day=1) - DAY)


def test_nothing_is_paid_to_a_household_in_which_nobody_is_left(whole: Source) -> None:
    tables, told = whole
    homes = Homes(tables)
    paid_to_the_dead = planted(told, "deceased_paid")
    awards = {row["award_no"]: row for row in tables["award"] if row["award_no"] not in paid_to_the_dead}
    kept = [
        (row["award_no"], row["month"])
        for row in tables["payment"]
        if row["award_no"] in awards
        and not any(
            homes.there(member, f"{row['month']}-01", last_of(row["month"]))
            for member in homes.members[awards[row["award_no"]]["household_no"]]
        )
    ]
    assert kept == []


def test_no_award_stays_in_force_when_the_household_is_gone(whole: Source) -> None:
    tables, told = whole
    homes = Homes(tables)
    awards = [row for row in tables["award"] if row["award_no"] not in planted(told, "deceased_paid")]
    gone = [row for row in awards if not any(homes.there(m, AS_OF, AS_OF) for m in homes.members[row["household_no"]])]
    assert gone
    assert [row for row in gone if not row["to_month"]] == []
    open_rows = {row["award_no"] for row in tables["beneficiary"] if not row["to_month"]}
    assert [row for row in gone if row["award_no"] in open_rows] == []


def test_who_moves_away_takes_every_award_along() -> None:
    moved = []
    for tables, _ in (township(), *(village(regime) for regime in REGIMES)):
        homes = by(tables["member"], "household_no")
        awards = by(tables["award"], "household_no")
        for household, rows in homes.items():
            if all("" < row["left_on"] <= AS_OF for row in rows) and household in awards:
                last = max(row["left_on"] for row in rows)
                moved += [(row, last) for row in awards[household]]
    assert len(moved) > 5
    assert [row for row, last in moved if not row["to_month"] or f"{row['to_month']}-01" >= last] == []


def test_wage_support_bills_and_savings_are_told_again_until_something_happens(tables: Tables) -> None:
    homes = Homes(tables)
    awards = {row["award_no"]: row["household_no"] for row in tables["award"]}
    kept = {(awards[row["award_no"]], row["reviewed_on"]) for row in tables["review"] if row["result"] == "keep"}
    pairs, lost = 0, []
    for household, rows in by(tables["means"], "household_no").items():
        told = {
            day: {row["item"]: row["verified"] for row in lines if row["item"] not in FILL}
            for day, lines in by(rows, "as_of").items()
        }
        days, events = sorted(told), homes.events(household)
        for before, after in pairwise(days):
            if (household, after) not in kept or any(before < event <= after for event in events):
                continue
            pairs += 1
            if told[before] != told[after]:
                lost.append((household, after, told[before], told[after]))
    assert pairs > 20
    assert lost == []
    assert any(row["item"] == "wage" and (row["household_no"], row["as_of"]) in kept for row in tables["means"])


def test_nobody_in_a_town_lives_on_land() -> None:
    tables, _ = township()
    urban = {row["region_code"] for row in tables["region"] if row["urban_rural"] == "urban"}
    towns = {row["household_no"] for row in tables["household"] if row["region_code"] in urban}
    stated = {row["household_no"] for row in tables["means"]}
    assert towns & stated
    landed = {row["household_no"] for row in tables["means"] if row["item"] == "land"}
    assert landed & towns == set()
    assert len(landed) > len(stated) / 2


def test_at_every_review_everybody_at_home_is_compared(tables: Tables) -> None:
    homes = Homes(tables)
    awards = {row["award_no"]: row["household_no"] for row in tables["award"]}
    compared = {(row["id_no"], row["compared_on"]) for row in tables["match"]}
    forgotten = [
        (row["award_no"], person)
        for row in tables["review"]
        for person in homes.living(awards[row["award_no"]], row["reviewed_on"])
        if (person, row["reviewed_on"]) not in compared
    ]
    assert forgotten == []


def test_nothing_is_found_clean_that_is_known_to_own_something(tables: Tables) -> None:
    owned: dict[str, list[Row]] = {}
    for row in tables["match"]:
        if row["kind"] in {"vehicle", "real_estate", "business"} and not row["to_on"]:
            owned.setdefault(row["id_no"], []).append(row)
    contradicted = [
        (row["match_no"], other["match_no"])
        for row in tables["match"]
        if row["kind"] == "none"
        for other in owned.get(row["id_no"], ())
        if other["compared_on"] < row["compared_on"]
    ]
    assert contradicted == []


def test_what_is_said_of_a_visit_is_what_follows(tables: Tables) -> None:
    cases = by(tables["application"], "household_no")
    assert {row["result"] for row in tables["outreach"]} & {"no_need", "applied", "helped", "referred"}
    assert [row["outreach_no"] for row in tables["outreach"] if row["result"] and not row["visited_at"]] == []
    assert list(_unfollowed(tables["outreach"], cases)) == []


def test_visits_end_in_every_way() -> None:
    results = {
        row["result"] for tables in (township()[0], *(village(r)[0] for r in REGIMES)) for row in tables["outreach"]
    }
    assert results >= {"applied", "helped", "referred", "no_need"}


def _unfollowed(visits: list[Row], cases: dict[str, list[Row]]) -> Iterator[tuple[str, str]]:
    """Visits upon which the household is said to have applied, been helped or been referred, and no case shows it."""
    for row in visits:
        if row["result"] not in {"applied", "helped", "referred"}:
            continue
        until = str(date.fromisoformat(row["visited_at"][:10]) + 20 * DAY)
        after = [
            case
            for case in cases.get(row["household_no"], ())
            if case["channel"] == "discovery" and row["visited_at"] < case["accepted_at"] < until
        ]
        aid = [case["programme"].startswith("temporary_") for case in after]
        if aid != [row["result"] != "referred"] or after[0]["cause"] != row["cause"]:
            yield row["outreach_no"], row["result"]
