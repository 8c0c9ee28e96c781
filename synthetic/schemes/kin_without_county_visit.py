"""Which households of officials' near kin are approved without the county's visit, and which only look like it?

Every variant but `neither_filed_nor_visited` is filed: the visit alone is missing.
"""

from datetime import date, timedelta

from synthetic.kit import Plant, Planted, Recipient, Site
from synthetic.kit.moves import some_day
from synthetic.schemes._kin import (
    acts,
    elderly,
    filed,
    refused_for_income,
    relative,
    serving,
    truth,
)

_HOUR = timedelta(hours=1)


def _unvisited(recipient: Recipient) -> Planted:
    return [truth("kin_without_county_visit", recipient)]


def _filed(site: Site, programme: str = "dibao", *, visit: bool = False, share: float = 0.5) -> Recipient:
    """Filed in time: a handler's parents."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    return site.recipient(household, programme, accepted=some_day(site), share=share, visit=visit)


def filed_not_visited(site: Site) -> Planted:
    """The plainest: filed, approved, nobody came."""
    return _unvisited(_filed(site))


def visited_the_day_after(site: Site) -> Planted:
    """The county comes a working day after the decision: also a step unfinished at the decision."""
    recipient = _filed(site)
    came = site.office.moment(site.office.after(recipient.case.decided_on, 1))
    handler = site.staff(recipient.household, "handler", came.date(), came.date(), county=True)[0]
    recipient.case.add_step("county_visit", came, came + _HOUR, handler, place="county")
    return [*_unvisited(recipient), truth("impossible_timing", recipient)]


def still_there_at_the_decision(site: Site) -> Planted:
    """The visit began before the decision and ended half an hour after it."""
    recipient = _filed(site)
    decided = recipient.case.decided
    assert decided is not None  # noqa: S101 - a recipient's case is decided
    handler = site.staff(recipient.household, "handler", decided.date(), decided.date(), county=True)[0]
    recipient.case.add_step("county_visit", decided - _HOUR / 2, decided + _HOUR / 2, handler, place="county")
    return [*_unvisited(recipient), truth("impossible_timing", recipient)]


def neither_filed_nor_visited(site: Site) -> Planted:
    """A village official's grandparent: neither filed nor visited."""
    household = site.family(("head", 76, "F"))
    serving(site, relative(site, household.head, "grandchild"), "village_committee")
    recipient = site.recipient(household, accepted=some_day(site), file=False, visit=False)
    return [*_unvisited(recipient), truth("kin_unfiled", recipient)]


def official_in_the_house(site: Site) -> Planted:
    """The village official lives in the household, which is filed."""
    household = site.family(("head", 46), ("spouse", 44))
    serving(site, household.members[1].person, "village_committee")
    return _unvisited(site.recipient(household, accepted=some_day(site), visit=False))


def kin_only_as_an_actor(site: Site) -> Planted:
    """No official of the place, but the one who ran the data check is the head's sister, and filed it."""
    household = elderly(site)
    sister = relative(site, household.head, "sibling")
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "data_check", sister)
    filed(site, sister, recipient, "姐妹")
    return [*_unvisited(recipient), truth("kin_handled", recipient)]


def destitute_uncared_for(site: Site) -> Planted:
    """Not dibao but support for the destitute."""
    household = site.family(("head", 72))
    serving(site, relative(site, household.head, "sibling"), "approver")
    return _unvisited(site.recipient(household, "destitute", accepted=some_day(site), share=0.1, visit=False))


def filed_and_visited(site: Site) -> Planted:
    """As the law wants it: near kin, filed, visited, poor."""
    return _unvisited(_filed(site, visit=True))


def visited_until_the_decision(site: Site) -> Planted:
    """The visit ends in the very second of the decision."""
    recipient = _filed(site, visit=True)
    recipient.case.step("county_visit")["finished_at"] = recipient.case.decided
    return _unvisited(recipient)


def refused(site: Site) -> Planted:
    """Near kin, filed, and refused for income: no visit was needed."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    return [
        truth(
            "kin_without_county_visit",
            refused_for_income(site, household, some_day(site), decision="refused", visit=False),
        )
    ]


def daughter_in_law(site: Site) -> Planted:
    """An in-law, told by one row of the registry."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child_in_law"))
    return _unvisited(site.recipient(household, accepted=some_day(site)))


def kin_of_nobody_in_this_village(site: Site) -> Planted:
    """On the committee of the next village, and touched no step (in a township of one village: on the payroll)."""
    household = elderly(site)
    brother = relative(site, household.head, "sibling")
    others = [village.code for village in site.township.villages if village.code != site.village.code]
    if others:
        site.official(brother, "village_committee", others[0], since=date(2021, 11, 20))
    else:
        site.official(brother, "public_payroll", site.township.code, since=date(2021, 11, 20))
    return _unvisited(site.recipient(household, accepted=some_day(site)))


def temporary_aid_in_the_family(site: Site) -> Planted:
    """Expenditure aid asks for no county visit."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    case = site.case(household, "temporary_expenditure", accepted=some_day(site), cause="accident")
    site.pay_once(case, 1200)
    return [truth("kin_without_county_visit", case)]


VARIANTS: dict[str, Plant] = {
    "filed_not_visited": filed_not_visited,
    "visited_the_day_after": visited_the_day_after,
    "still_there_at_the_decision": still_there_at_the_decision,
    "neither_filed_nor_visited": neither_filed_nor_visited,
    "official_in_the_house": official_in_the_house,
    "kin_only_as_an_actor": kin_only_as_an_actor,
    "destitute_uncared_for": destitute_uncared_for,
}
TWINS: dict[str, Plant] = {
    "filed_and_visited": filed_and_visited,
    "visited_until_the_decision": visited_until_the_decision,
    "refused": refused,
    "daughter_in_law": daughter_in_law,
    "kin_of_nobody_in_this_village": kin_of_nobody_in_this_village,
    "temporary_aid_in_the_family": temporary_aid_in_the_family,
}
