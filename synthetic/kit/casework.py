"""How is an application handled lawfully, from acceptance to notice?"""

from datetime import date, datetime, time
from typing import Final

from synthetic.kit.case import Case
from synthetic.kit.measuring import Measuring
from synthetic.kit.people import Household, Official, Person
from synthetic.kit.peopling import Peopling
from synthetic.kit.process import SEVERAL, Course, Wish, course
from synthetic.kit.rows import Cell, Row

_RELATIONS: Final = {
    "self": "本人",
    "spouse": "配偶",
    "parent": "父母",
    "child": "子女",
    "sibling": "兄弟姐妹",
    "grandparent": "祖父母",
    "grandchild": "孙子女",
}
_PLACES: Final = {
    "home_visit": "village",
    "neighbour_visit": "village",
    "democratic_review": "village",
    "posting": "village",
    "county_visit": "county",
}
_PAPERS: Final = {
    "accept": "application_form;acceptance_notice;identity;household_register",
    "authorise": "authorisation;commitment",
    "data_check": "data_check_report",
    "home_visit": "home_visit_form;expense_vouchers",
    "democratic_review": "review_minutes",
    "preliminary": "preliminary_opinion",
    "posting": "posting_photo",
    "county_visit": "county_visit_form;kin_filing",
    "confirm": "approval_form",
    "notice": "decision_notice",
}
_LACKING: Final = 0.06  # of papers are not in the file
_TERM: Final = 70  # days after acceptance by which a case is surely closed
_URGENT: Final = "red"


class Casework(Peopling, Measuring):
    """Applications, their steps, and the filing of near kin."""

    def case(
        self,
        household: Household,
        programme: str = "dibao",
        *,
        accepted: date | datetime,
        decision: str = "approved",
        delegated: bool | None = None,
        days: int | None = None,
        hours: float | None = None,
        slack: int = 0,
        applicant: Person | None = None,
        file: bool = True,
        visit: bool = True,
        democratic: bool = False,
        **cells: Cell,
    ) -> Case:
        """A lawful application: every required step within its limit, by two investigators who are no kin.

        Near kin of officials are filed on the day of acceptance (`file`) and visited by the county (`visit`). `days`:
        exactly so many working days to the decision (late cases too); `hours` the same for emergencies; `slack`:
        working days of waiting before the home visit. What lies after as_of has not happened: the case is open.
        `cells`: further columns of `application`.
        """
        at = self._opened(accepted)
        kin = self.kin_officials(household, at.date()) if programme in SEVERAL else []
        if delegated is None:
            delegated = self.township.delegated and programme == "dibao"
        wish = Wish(programme, decision, delegated, bool(kin) and visit, slack, days, hours, democratic)
        steps, decided = course(self.office, at, wish)
        open_still = decided.date() > self.as_of
        who = applicant or household.head
        row: dict[str, Cell] = {
            "application_no": self.numbers.next("SQ"),
            "programme": programme,
            "household_no": household.no,
            "applicant_id_no": who.id_no,
            "region_code": self.township.code,
            "channel": "window",
            "urgency": _URGENT if programme == "temporary_emergency" else None,
            "delegated": delegated,
            "submitted_at": at,
            "accepted_at": at,
            "decided_at": None if open_still else decided,
            "decision": None if open_still else decision,
            "extended": False,
        }
        if decision == "refused" and not open_still:
            row["refusal_reason"] = "不符合认定条件"
        row = self.rows.add("application", row | cells)
        written = self._steps(str(row["application_no"]), household, steps, wish)
        if file:
            for official, relation in kin:
                self.filing(official, household, at.date(), relation)
        return Case(str(row["application_no"]), programme, household, who, row, written, kin, self.rows)

    def filing(self, official: Official, household: Household, on: date, relation: str = "sibling") -> None:
        """The official tells that kin apply; once for each household."""
        key = (official.person.id_no, household.no)
        if key in self.filed:
            return
        self.filed.add(key)
        self.rows.add(
            "filing",
            {
                "official_id_no": official.person.id_no,
                "household_no": household.no,
                "relation": _RELATIONS.get(relation, relation),
                "filed_on": on,
            },
        )

    def _opened(self, accepted: date | datetime) -> datetime:
        """A moment in office hours of that day or the next working day; a moment is taken as it is."""
        if isinstance(accepted, datetime):
            return accepted
        return self.office.moment(self.office.open_on(accepted), 9, 15)

    def _steps(self, no: str, household: Household, steps: Course, wish: Wish) -> list[Row]:
        """The rows of what has happened by the end of as_of, with who did it."""
        on, until = steps[0][1].date(), min(self.as_of, date.fromordinal(steps[0][1].date().toordinal() + _TERM))
        handlers = self.staff(household, "handler", on, until)
        self.random.shuffle(handlers)
        first, second, third = (handlers * 3)[:3]
        confirming = self.staff(household, "approver", on, until, county=not wish.delegated)
        approver = confirming[int(self.random.random() * len(confirming))]
        county = self.staff(household, "handler", on, until, county=True)
        visitors = (county * 2)[:2]
        actors: dict[str, tuple[Person, Person | None]] = {
            "home_visit": (second, third),
            "confirm": (approver, None),
            "county_visit": (visitors[0], visitors[1]),
        }
        if any(step == "democratic_review" for step, *_ in steps):
            committee = self.staff(household, "village_committee", on, until)
            actors["democratic_review"] = (committee[0] if committee else second, None)
        end = datetime.combine(self.as_of, time.max)
        written = []
        for step, started, finished in steps:
            if started > end:
                continue
            one, two = actors.get(step, (first, None))
            cells: Row = {
                "application_no": no,
                "step": step,
                "started_at": started,
                "finished_at": finished if finished <= end else None,
                "place": _PLACES.get(step, "county" if step == "confirm" and not wish.delegated else "township"),
                "actor_id_no": one.id_no,
                "second_actor_id_no": two.id_no if two else None,
                "documents": None if self.chance(_LACKING) else _PAPERS.get(step),
            }
            written.append(self.rows.add("step", cells))
        return written
