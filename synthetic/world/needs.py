"""Which sudden needs, risks and voices come up in a village in two years, and are they answered in time?"""

from datetime import date, datetime, time, timedelta
from typing import Final

from synthetic.kit import Award, Household, Person, Site
from synthetic.kit.rows import Row
from synthetic.world.families import some_day

_CAUSES: Final = (("serious_illness", 48), ("other", 20), ("unemployment", 13), ("accident", 13), ("disaster", 6))
_RESULTS: Final = (("applied", 27), ("helped", 18), ("referred", 22), ("no_need", 33))  # two thirds are helped
_DEPARTMENTS: Final = {  # by cause: to whom a household is referred
    "serious_illness": ("medical", "医疗保障局"),
    "accident": ("medical", "医疗保障局"),
    "unemployment": ("employment", "人力资源和社会保障局"),
    "disaster": ("disaster", "应急管理局"),
}
_REFERRED: Final = 0.5  # of households with a high bill
_HANDLED: Final = 40  # days in which one-off aid is surely decided and paid
_CHRONIC: Final = 0.4  # of high bills are for an illness that lasts
_EMERGENCY: Final = 0.4
_YELLOW: Final = 0.3  # of emergencies have three days
_STATED, _LIMIT = 0.1, 10  # some sources state the last day: ten working days
_TWICE: Final = 0.06  # of households get one-off aid a second time
_NOVEMBER: Final = 11
_AGAIN: Final = 0.08  # complaints that repeat an earlier one
_LIKELY: Final = 30_000  # yuan of a medical bill from which the household must be visited
_KINDS: Final = (("enquiry", 40), ("help", 22), ("petition", 24), ("report", 14))
_SUBJECT: Final = ("about_official_id_no", "about_household_no")
_AGAINST: Final = 0.8  # of petitions and reports are about an official (28.4 % of all)
KNOWN: Final = date(2023, 10, 20)  # the day of the statement of those who were poor before the two years
_LATELY: Final = 7  # month from which on their means have risen
_RISEN: Final = 1.3  # of the line
_LEVELS: Final = ("township", "county", "county", "county", "city", "province")
_CHANNELS: Final = ("visit", "letter", "hotline", "hotline", "online")


def risen(site: Site, household: Household, share: float) -> None:
    """Poor by a statement of that share of the line, never on aid, and above the line by the next one."""
    site.statement(household, KNOWN, share=share)
    day = some_day(site, site.as_of.replace(month=_LATELY, day=1), site.as_of - timedelta(days=_HANDLED))
    site.statement(household, day, share=_RISEN + site.random.random() / 2)


def temporary(site: Site, household: Household) -> Award | None:
    """Temporary aid once for one cause, decided in time; about 1 700 yuan."""
    day = some_day(site, site.since, site.as_of - timedelta(days=_HANDLED))
    if any(person.died for person in household.persons):
        return None
    cause = _drawn(site, _CAUSES)
    award = _granted(site, household, day, cause, urgent=site.chance(_EMERGENCY))
    if site.chance(_TWICE):
        _another_time(site, household, day, cause)
    return award


def _another_time(site: Site, household: Household, day: date, cause: str) -> None:
    """Once more, lawfully: for another cause, or in the other year."""
    if site.chance(0.5):
        others = [name for name, _ in _CAUSES if name != cause]
        cause = others[site.whole(0, len(others) - 1)]
    else:
        day = day.replace(year=site.since.year + site.as_of.year - day.year, day=min(day.day, 28))
        if day > site.as_of - timedelta(days=_HANDLED) or day.month > _NOVEMBER:
            return  # might be decided in another year than it was asked
    _granted(site, household, day, cause, urgent=site.chance(_EMERGENCY))


def _granted(
    site: Site, household: Household, day: date, cause: str, *, urgent: bool, channel: str | None = None
) -> Award:
    """Temporary aid for that cause upon an application of that day."""
    if urgent:
        slow = site.chance(_YELLOW)
        case = site.case(
            household,
            "temporary_emergency",
            accepted=day,
            cause=cause,
            channel=channel or "village_agent",
            urgency="yellow" if slow else "red",
            hours=site.whole(4, 60) if slow else None,
        )
    else:
        slack = site.whole(0, 2)
        case = site.case(
            household, "temporary_expenditure", accepted=day, cause=cause, slack=slack, channel=channel or "window"
        )
        if site.chance(_STATED):
            last = site.office.after(case.accepted.date(), _LIMIT)
            case.row["due_at"] = datetime.combine(last, time(23, 59, 59))
        if cause == "serious_illness":
            since = case.accepted.date() - timedelta(days=site.whole(5, 60))
            bill = site.whole(40, 280) * 100
            site.match(case.applicant, "medical_bill", compared=case.accepted.date(), since=since, value=bill)
    if cause == "serious_illness":
        _ill(case.applicant, cause)
    return site.pay_once(case, _sum(site))


def risk(site: Site, household: Household) -> None:
    """A high medical bill, seen by the data and visited within ten working days; some are told to whom to turn."""
    day = some_day(site, site.since, site.as_of - timedelta(days=30))
    person = household.head
    if person.died is not None:
        return
    bill = _LIKELY + site.whole(0, 500) * 100
    site.match(person, "medical_bill", compared=day, source="医保", since=day, value=bill)
    _ill(person, "chronic_illness" if site.chance(_CHRONIC) else "serious_illness")
    row = site.outreach(household, site.office.moment(site.office.after(day, 1)), channel="data")
    _followed(site, household, row, "referred" if site.chance(_REFERRED) else "no_need")


def found(site: Site, household: Household) -> None:
    """Somebody on the grid finds a household in need."""
    day = site.office.open_on(some_day(site, site.since, site.as_of - timedelta(days=2)))
    result = _drawn(site, _RESULTS)
    if day > site.as_of:
        return
    row = site.outreach(household, site.office.moment(day), cause=_drawn(site, _CAUSES))
    _followed(site, household, row, result)


def _followed(site: Site, household: Household, row: Row, result: str) -> None:
    """What comes of a visit: the household applies, is helped at once, or another department takes it over.

    Of what was found shortly before as_of nothing has come yet.
    """
    registered, cause = row["registered_at"], str(row["cause"])
    if result == "no_need" and registered is not None:
        return
    row["result"] = None
    if not isinstance(registered, datetime) or registered.date() > site.as_of - timedelta(days=_HANDLED):
        return
    if result == "referred" and cause not in _DEPARTMENTS:
        result = "applied"
    row["result"] = result
    day = site.office.after(registered.date(), 1)
    if result != "referred":
        _granted(site, household, day, cause, urgent=result == "helped", channel="discovery")
        return
    programme, department = _DEPARTMENTS[cause]
    case = site.case(household, programme, accepted=day, cause=cause, channel="discovery")
    for paid in site.pay_once(case, _sum(site)).payments:
        paid["department"] = department


def voice(site: Site, about: Household | None) -> None:
    """A complaint, told and closed in time."""
    day = site.office.open_on(some_day(site, site.since, site.as_of - timedelta(days=1)))
    if day > site.as_of:
        return
    again = _unanswered(site, day) if site.chance(_AGAIN) else None
    kind = _drawn(site, _KINDS) if again is None else str(again["kind"])
    official = None
    if kind in {"petition", "report"} and site.chance(_AGAINST):
        here = [one for one in site.officials if one.in_post(day) and one.region[:9] == site.township.code[:9]]
        official = here[site.whole(0, len(here) - 1)] if here else None
    row = site.complaint(
        _office_hour(site, day),
        kind=kind,
        about_official=official,
        about=about if official is None and kind != "enquiry" else None,
        level=_LEVELS[site.whole(0, len(_LEVELS) - 1)],
        channel=_CHANNELS[site.whole(0, len(_CHANNELS) - 1)],
        named=kind != "report" or site.chance(0.6),
    )
    if again is not None:
        row |= {name: again[name] for name in _SUBJECT} | {"repeat_of": again["complaint_no"]}
    if row["closed_at"] is not None and row["outcome"] is None:
        row["satisfied"] = site.chance(0.85)
    elif row["closed_at"] is not None:
        row["outcome"] = ("unsubstantiated", "unsubstantiated", "partly", "substantiated")[site.whole(0, 3)]


def _unanswered(site: Site, day: date) -> Row | None:
    """The newest earlier complaint of the village about somebody, which the next repeats."""
    earlier = [
        row
        for row in site.rows.tables["complaint"]
        if row["region_code"] == site.village.code
        and str(row["received_at"]) < str(day)
        and any(row[name] is not None for name in _SUBJECT)
    ]
    return max(earlier, key=lambda row: str(row["received_at"]), default=None)


def _ill(person: Person, health: str) -> None:
    """What a bill or a cause says of somebody's health; a certificate says more."""
    if person.row["health"] == "healthy":
        person.row["health"] = health


def _sum(site: Site) -> int:
    """Yuan of one-off aid."""
    return min(6000, max(300, round(site.random.lognormvariate(7.2, 0.65) / 50) * 50))


def _drawn(site: Site, weighted: tuple[tuple[str, int], ...]) -> str:
    aim = site.random.random() * sum(weight for _, weight in weighted)
    for name, weight in weighted:
        aim -= weight
        if aim < 0:
            return name
    return weighted[0][0]


def _office_hour(site: Site, day: date) -> datetime:
    return site.office.moment(day, 8, 17)
