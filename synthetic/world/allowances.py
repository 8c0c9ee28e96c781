"""Which allowances follow from age, disability or the loss of parents, and are they paid to everybody due them?

Whoever is entitled at as_of is covered, or has applied; destitute persons get no care allowance, which excludes it.
"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit import Award, Case, Household, Person, Site, age_on, month_of, same_day, shifted
from synthetic.world.families import disable, some_day

_AGE: Final = 80
_SEVERE: Final = 2  # grade up to which care is paid
_SOON: Final = 62  # days after the birthday; who dies within them is not paid any more
_NEWLY: Final = 0.15  # of certificates are of the last two years


def owed(site: Site, person: Person) -> bool:
    """Is an allowance due at as_of to that person alone, for their age or a certificate?"""
    grade = person.row.get("disability_grade")
    return age_on(person.born, site.as_of) >= _AGE or (isinstance(grade, int) and grade <= _SEVERE)


def old_age(site: Site, household: Household, person: Person) -> Award | None:
    """Paid from about the eightieth birthday to the month of death; applied for before the birthday."""
    if site.as_of.year - person.born.year < _AGE:
        return None
    birthday = same_day(person.born, 12 * _AGE)
    if birthday > site.as_of or (person.died is not None and person.died < birthday + timedelta(days=_SOON)):
        return None
    asked = birthday - timedelta(days=site.whole(8, 25))
    if asked < site.since:
        return _lasting(site, household, person, "old_age", shifted(month_of(birthday), 1))
    return _asked(site, household, person, "old_age", asked)


def care(site: Site, household: Household, person: Person) -> Award | None:
    """For grades 1 and 2, since long ago or upon a certificate of the two years."""
    grade = person.row.get("disability_grade")
    if not isinstance(grade, int) or grade > _SEVERE:
        return None
    if person.died is not None or not site.chance(_NEWLY):
        return _lasting(site, household, person, "disability_care", shifted(month_of(site.since), -site.whole(2, 50)))
    asked = some_day(site, site.since, site.as_of - timedelta(days=40))
    site.match(person, "disability_award", compared=asked, since=asked - timedelta(days=site.whole(3, 20)))
    return _asked(site, household, person, "disability_care", asked)


def living(site: Site, award: Award, person: Person) -> Award | None:
    """For the disabled on dibao, in the very months of dibao."""
    if person.row.get("disability_grade") is None:
        return None
    row = next(row for row in award.beneficiaries if row["id_no"] == person.id_no)
    last = row["to_month"]
    because = "moved" if award.row["end_reason"] == "moved" else "other"
    reason = None if last is None else "death" if person.died else because
    return site.award(
        award.household,
        "disability_living",
        from_month=award.first,
        to_month=last if isinstance(last, date) else None,
        end_reason=reason,
        members=[person],
    )


def orphans(site: Site, *, lost: bool) -> tuple[Household, Person, Award]:
    """A grandparent who brings up a child whose parents are both dead or missing (`lost`), or unable to care."""
    age = site.whole(6, 16)
    child_born = site.born(age)
    elder = site.person(age=site.whole(63, 72))
    father = site.person(age=site.whole(36, 44), sex="M", surname=elder.surname if elder.sex == "M" else None)
    mother = site.person(age=site.whole(36, 44), sex="F")
    child = site.person(born=child_born, surname=father.surname, student_stage="compulsory" if age < 15 else None)  # noqa: PLR2004
    household = site.household([(elder, "head"), (child, "grandchild")])
    for parent in (father, mother):
        site.kin(child, parent, "parent", source="hukou")
    site.kin(father, elder, "parent", source="hukou")
    _gone(site, father)
    if lost:
        mother.row["status"] = "missing"
    elif site.chance(0.5):
        disable(site, mother, 1)
        own = site.household([(mother, "head")])
        award = care(site, own, mother)
        if award is not None:
            site.pay(award)
    else:
        since = site.since - timedelta(days=site.whole(60, 600))
        site.match(mother, "custody", compared=site.since, source="司法行政", since=since, detail="prison")
    programme = "orphan" if lost else "de_facto_orphan"
    if site.chance(0.3):
        asked = some_day(site, site.since, site.as_of - timedelta(days=75))
        return household, child, _asked(site, household, child, programme, asked)
    return (
        household,
        child,
        _lasting(site, household, child, programme, shifted(month_of(site.since), -site.whole(2, 20))),
    )


def _gone(site: Site, father: Person) -> None:
    """The father died before the two years, away from his child's household."""
    father.row["died_on"] = site.since - timedelta(days=site.whole(30, 900))


def _asked(site: Site, household: Household, person: Person, programme: str, asked: date) -> Award:
    """Upon an application for that person."""
    case: Case = site.case(household, programme, accepted=asked, applicant=person, channel=_channel(site))
    if case.decided is None:
        return site.award(household, programme, from_month=shifted(month_of(site.as_of), 1), members=[person])
    return _until_death(site, site.award(household, programme, case=case, members=[person]), person)


def _lasting(site: Site, household: Household, person: Person, programme: str, first: date) -> Award:
    """Since a month of earlier years."""
    return _until_death(site, site.award(household, programme, from_month=first, members=[person]), person)


def _until_death(site: Site, award: Award, person: Person) -> Award:
    if person.died is not None:
        site.end(award, max(month_of(person.died), award.first), "death")
    return award


def _channel(site: Site) -> str:
    return "online" if site.chance(0.3) else "window"
