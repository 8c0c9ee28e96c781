"""Who is an official's relative, and how does a case look that is filed, visited or neither?"""

from datetime import date, datetime, timedelta
from typing import Final, cast

from synthetic.kit import Case, Household, Official, Person, Recipient, Site, Truth, same_day
from synthetic.kit.people import Duty, Sex
from synthetic.kit.rows import Cell

SERVED: Final = date(2019, 4, 1)
_YEARS: Final = {"child": 28, "parent": -27, "sibling": 4, "spouse": 1, "grandchild": 53, "child_in_law": 29}
_GROWN: Final = 20
_HOUR: Final = timedelta(hours=1)


def relative(site: Site, person: Person, relation: str, **cells: Cell) -> Person:
    """Somebody who *is* the person's `relation`, by a row of the civil registry (`cells`: its further columns)."""
    found = stranger(site, person, relation)
    site.kin(person, found, relation, **cells)  # type: ignore[arg-type]  # columns of kin
    return found


def stranger(site: Site, person: Person, relation: str) -> Person:
    """Somebody of the age (a spouse: and of the other sex) of such a relative, without any tie."""
    born = person.born.replace(day=min(person.born.day, 28), year=person.born.year + _YEARS[relation])
    sex: Sex | None = None
    if relation == "spouse":
        sex = "F" if person.sex == "M" else "M"
    found = site.person(born=born, sex=sex)
    fathers = {"child": person, "parent": found}
    if relation == "sibling" or (relation in fathers and fathers[relation].sex == "M"):
        found.row["name"] = person.surname + found.name[1:]
    return found


def serving(
    site: Site, person: Person, duty: Duty = "handler", *, since: date | None = None, until: date | None = None
) -> Official:
    """A term of office in the township, in the village for a committee; unless said since 2019, or since grown."""
    region = site.village.code if duty == "village_committee" else site.township.code
    began = since or max(SERVED, same_day(person.born, 12 * _GROWN))
    return site.official(person, duty, region, since=began, until=until)


def elderly(site: Site) -> Household:
    """An elderly couple whose grown children live elsewhere."""
    return site.family(("head", site.whole(58, 66)), ("spouse", site.whole(57, 64)))


def county_visit(site: Site, case: Case) -> None:
    """The county visits while the case is posted up, well before the decision."""
    up = cast("datetime", case.step("posting")["started_at"])
    came = site.office.moment(site.office.open_on(up.date() + timedelta(days=1)))
    if came.date() >= case.decided_on:  # the holidays lie between
        came = up + _HOUR
    staff = site.staff(case.household, "handler", case.accepted.date(), case.decided_on, county=True)
    one, two = (staff * 2)[:2]
    case.add_step("county_visit", came, came + _HOUR, one, second_actor_id_no=two.id_no, place="county")


def filed(site: Site, actor: Person, recipient: Recipient, relation: str) -> None:
    """Somebody in no list of officials files all the same, on the acceptance day."""
    site.rows.add(
        "filing",
        {
            "official_id_no": actor.id_no,
            "household_no": recipient.household.no,
            "relation": relation,
            "filed_on": recipient.case.accepted.date(),
        },
    )


def acts(case: Case, step: str, person: Person, *, second: bool = False) -> None:
    """The person takes that step, as the second of two if said."""
    row = case.step(step)
    mine, other = ("second_actor_id_no", "actor_id_no") if second else ("actor_id_no", "second_actor_id_no")
    if row[other] == person.id_no:  # already there as the other of the two: they change places
        row[other] = row[mine]
    row[mine] = person.id_no


def refused_for_income(site: Site, household: Household, accepted: date, **cells: Cell) -> Case:
    """A case refused or withdrawn, lawfully: the income lies above the line."""
    day = site.office.open_on(accepted)
    site.statement(household, day, share=1.3)
    return site.case(household, accepted=day, **cells)  # type: ignore[arg-type]  # columns of application


def truth(scheme: str, case: Case | Recipient) -> Truth:
    """A truth about an application."""
    return Truth(scheme, "application", (case.case if isinstance(case, Recipient) else case).no)
