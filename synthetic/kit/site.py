"""Where can a lawful family, case or award be made in one call?"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from synthetic.kit.awarding import Awarding
from synthetic.kit.case import Award, Case
from synthetic.kit.months import month_of, shifted
from synthetic.kit.people import Household, Official, Person
from synthetic.kit.rows import Cell, Row


class Recipient(NamedTuple):
    """A family lawfully on aid."""

    household: Household
    case: Case
    award: Award


class Site(Awarding):
    """One township of a world: everything made here is lawful unless an argument says otherwise."""

    def recipient(
        self,
        household: Household,
        programme: str = "dibao",
        *,
        accepted: date,
        share: float = 0.5,
        pay: bool = True,
        keep_up: bool = True,
        **cells: Cell,
    ) -> Recipient:
        """The household applies, is checked, approved, covered, paid and reviewed, all lawfully.

        The statement lies on the day of acceptance or just before, and every member at home is compared clean. Leave
        `pay` out to change something first, then call `pay` yourself.
        """
        day = self.office.open_on(accepted)
        self.statement(household, day, share=share)
        for person in household.co_living(day):
            self.clean_match(person, self.office.after(day, 1))
        case = self.case(household, programme, accepted=day, **cells)  # type: ignore[arg-type]  # columns of application
        award = self.award(household, programme, case=case)
        if keep_up and award.row["category"]:
            self.keep_up(award, share=share)
        if pay:
            self.pay(award)
        return Recipient(household, case, award)

    def settled(
        self, household: Household, programme: str = "dibao", *, since: date, share: float = 0.5, pay: bool = True
    ) -> Award:
        """An award older than the world's applications, from month `since`, lawfully kept up and paid."""
        first = month_of(since)
        self.statement(household, max(first, self.since - timedelta(days=200)) - timedelta(days=20), share=share)
        award = self.award(household, programme, from_month=first)
        for official, relation in self.kin_officials(household, first):
            self.filing(official, household, first - timedelta(days=self.whole(10, 40)), relation)
        if award.row["category"]:
            self.keep_up(award, since=max(first, shifted(month_of(self.since), -6)), share=share)
        if pay:
            self.pay(award)
        return award

    def complaint(
        self,
        received: datetime,
        *,
        kind: str = "petition",
        about_official: Official | None = None,
        about: Household | None = None,
        about_case: Case | None = None,
        **cells: Cell,
    ) -> Row:
        """A named complaint, told within fifteen days, met, closed within sixty; open where as_of comes first."""
        told = self.office.moment(self.office.open_on(received.date() + timedelta(days=self.whole(1, 5))))
        met = self.office.moment(self.office.open_on(received.date() + timedelta(days=self.whole(10, 20))))
        closed = self.office.moment(self.office.open_on(received.date() + timedelta(days=self.whole(21, 50))))
        row: dict[str, Cell] = {
            "complaint_no": self.numbers.next("XF"),
            "received_at": received,
            "level": "county",
            "channel": "hotline",
            "kind": kind,
            "region_code": self.village.code,
            "about_official_id_no": None if about_official is None else about_official.person.id_no,
            "about_household_no": None if about is None else about.no,
            "about_application_no": None if about_case is None else about_case.no,
            "named": True,
            "told_at": told if told.date() <= self.as_of else None,
            "met_at": met if met.date() <= self.as_of else None,
            "closed_at": closed if closed.date() <= self.as_of else None,
            "extended": False,
            "outcome": "unsubstantiated" if kind == "report" and closed.date() <= self.as_of else None,
            "satisfied": None,
        }
        return self.rows.add("complaint", row | cells)

    def outreach(self, household: Household, found: datetime, *, cause: str = "serious_illness", **cells: Cell) -> Row:
        """A risk found and visited within a few working days, registered the day after; nothing needs to follow."""
        visited = self.office.moment(self.office.after(found.date(), self.whole(1, 6)))
        registered = self.office.moment(self.office.after(visited.date(), 1))
        row: dict[str, Cell] = {
            "outreach_no": self.numbers.next("FX"),
            "household_no": household.no,
            "cause": cause,
            "channel": "grid",
            "found_at": found,
            "visited_at": visited if visited.date() <= self.as_of else None,
            "registered_at": registered if registered.date() <= self.as_of else None,
            "result": "no_need" if visited.date() <= self.as_of else None,
        }
        return self.rows.add("outreach", row | cells)

    def dead(self, person: Person, on: date, household: Household | None = None) -> None:
        """The person dies that day; the register tells a month later at the latest.

        Of a member of working age (18 to 59) the household is visited at once: a risk answered (give `household`).
        """
        person.row["died_on"] = on
        compared = min(self.as_of, on + timedelta(days=self.whole(5, 30)))
        self.match(person, "death", compared=compared, source="公安户籍", since=on)
        if household is not None:
            self.outreach(household, self.office.moment(self.office.after(on, 1)), cause="death_of_earner")
