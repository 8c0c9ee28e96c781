"""Who planted it so that near kin of an official apply and nobody files it, and who only looks like that?

Every variant but `nobody_came_either` is visited by the county: the filing alone is missing.
"""

from datetime import date

from synthetic.kit import Official, Plant, Planted, Recipient, Site
from synthetic.kit.moves import some_day
from synthetic.schemes._kin import (
    acts,
    county_visit,
    elderly,
    refused_for_income,
    relative,
    serving,
    stranger,
    truth,
)
from synthetic.schemes._means import DAY


def _unfiled(recipient: Recipient) -> Planted:
    return [truth("kin_unfiled", recipient)]


def _of_a_child(site: Site) -> tuple[Recipient, Official]:
    """An elderly couple whose son or daughter handles aid in the township: visited, not filed."""
    household = elderly(site)
    official = serving(site, relative(site, household.head, "child"))
    return site.recipient(household, accepted=some_day(site), file=False), official


def child_handles_aid(site: Site) -> Planted:
    """The plainest: a handler's parents apply, nothing is filed."""
    return _unfiled(_of_a_child(site)[0])


def filed_the_day_after(site: Site) -> Planted:
    """Filed, but dated the day after the decision."""
    recipient, official = _of_a_child(site)
    site.filing(official, recipient.household, recipient.case.decided_on + DAY, "child")
    return _unfiled(recipient)


def filed_for_another_household(site: Site) -> Planted:
    """The official filed an uncle's household, not this one."""
    recipient, official = _of_a_child(site)
    site.filing(official, elderly(site), recipient.case.accepted.date(), "child")
    return _unfiled(recipient)


def grandchild_by_membership(site: Site) -> Planted:
    """Two parent ties that only old member rows tell make the village official a grandchild."""
    elder, parent, official = site.person(age=77, sex="F"), site.person(age=53, sex="F"), site.person(age=29)
    household = site.household([(elder, "head"), (parent, "child")], joined=date(1999, 5, 1))
    household.members[1].row["left_on"] = date(2008, 10, 1)
    second = site.household([(parent, "head"), (official, "child")], joined=date(2008, 10, 1))
    second.members[1].row["left_on"] = date(2020, 3, 1)
    serving(site, official, "village_committee", since=date(2021, 11, 20))
    return _unfiled(site.recipient(household, accepted=some_day(site), file=False))


def sister_by_a_dead_mother(site: Site) -> Planted:
    """Two rows to a mother long dead make the village official a sibling."""
    household = site.family(("head", 52))
    mother = relative(site, household.head, "parent")
    mother.row["died_on"] = date(2016, 2, 11)
    sister = stranger(site, household.head, "sibling")
    site.kin(sister, mother, "parent", source="hukou")
    serving(site, sister, "village_committee")
    return _unfiled(site.recipient(household, accepted=some_day(site), file=False))


def member_living_elsewhere(site: Site) -> Planted:
    """The official is a member of the household, though not living there."""
    household = site.family(("head", 61), ("spouse", 60), ("child", 34))
    son = household.members[2]
    son.row["co_living"] = False
    serving(site, son.person, "village_committee")
    return _unfiled(site.recipient(household, accepted=some_day(site), file=False))


def divorced_on_that_day(site: Site) -> Planted:
    """The marriage to the official ends on the acceptance day itself."""
    household = site.family(("head", 38, "F"), ("child", 11))
    day = some_day(site)
    husband = relative(site, household.head, "spouse", from_on=date(2010, 6, 18), to_on=day)
    serving(site, husband)
    return _unfiled(site.recipient(household, accepted=day, file=False))


def second_at_the_home_visit(site: Site) -> Planted:
    """The second investigator, in no list of officials, is a child of the house."""
    household = elderly(site)
    child = relative(site, household.head, "child")
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "home_visit", child, second=True)
    county_visit(site, recipient.case)
    return [*_unfiled(recipient), truth("kin_handled", recipient)]


def still_undecided(site: Site) -> Planted:
    """Accepted two weeks before as_of, not decided, nothing filed until as_of."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    day = site.office.open_on(site.as_of.replace(day=15))
    site.statement(household, day, share=0.5)
    return [truth("kin_unfiled", site.case(household, accepted=day, delegated=False, file=False, slack=9))]


def edge_household(site: Site) -> Planted:
    """Not dibao but the edge of it: filing is due as well."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    return _unfiled(site.recipient(household, "dibao_edge", accepted=some_day(site), share=1.15, file=False))


def nobody_came_either(site: Site) -> Planted:
    """Neither filed nor visited by the county."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"), "approver")
    recipient = site.recipient(household, accepted=some_day(site), file=False, visit=False)
    return [*_unfiled(recipient), truth("kin_without_county_visit", recipient)]


def filed_on_the_last_day(site: Site) -> Planted:
    """Filed on the very day of the decision, and visited."""
    recipient, official = _of_a_child(site)
    site.filing(official, recipient.household, recipient.case.decided_on, "child")
    return _unfiled(recipient)


def took_office_the_day_after(site: Site) -> Planted:
    """The term begins the day after acceptance; no step was theirs."""
    household = elderly(site)
    child = relative(site, household.head, "child")
    day = some_day(site)
    serving(site, child, since=day + DAY)
    return _unfiled(site.recipient(household, accepted=day))


def left_office_the_day_before(site: Site) -> Planted:
    """The term ended the day before acceptance."""
    household = elderly(site)
    child = relative(site, household.head, "child")
    day = some_day(site)
    serving(site, child, until=day - DAY)
    return _unfiled(site.recipient(household, accepted=day))


def son_in_law(site: Site) -> Planted:
    """Married to the head's daughter: an in-law is not near kin."""
    household = elderly(site)
    daughter = relative(site, household.head, "child")
    serving(site, relative(site, daughter, "spouse"))
    return _unfiled(site.recipient(household, accepted=some_day(site)))


def uncle(site: Site) -> Planted:
    """A parent's sibling is wider kin only."""
    household = site.family(("head", 33))
    mother = relative(site, household.head, "parent")
    serving(site, relative(site, mother, "sibling"))
    return _unfiled(site.recipient(household, accepted=some_day(site)))


def namesake(site: Site) -> Planted:
    """Same name, same birth date as the village official, another number and other parents."""
    official = site.person(age=47)
    relative(site, official, "parent")
    serving(site, official, "village_committee")
    other = site.person(born=official.born, sex=official.sex, name=official.name)
    relative(site, other, "parent")
    return _unfiled(site.recipient(site.household([(other, "head")]), accepted=some_day(site)))


def divorced_the_day_before(site: Site) -> Planted:
    """The marriage to the official ended the day before acceptance."""
    household = site.family(("head", 38, "F"), ("child", 11))
    day = some_day(site)
    husband = relative(site, household.head, "spouse", from_on=date(2010, 6, 18), to_on=day - DAY)
    serving(site, husband)
    return _unfiled(site.recipient(household, accepted=day, file=False, visit=False))


def withdrawn(site: Site) -> Planted:
    """A handler's parents applied, unfiled, and withdrew: their income lies above the line."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    case = refused_for_income(site, household, some_day(site), decision="withdrawn", file=False)
    return [truth("kin_unfiled", case)]


def programme_without_filing(site: Site) -> Planted:
    """Temporary aid asks for no filing; no step was the relative's."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    case = site.case(household, "temporary_expenditure", accepted=some_day(site), cause="serious_illness")
    site.pay_once(case, 900)
    return [truth("kin_unfiled", case)]


VARIANTS: dict[str, Plant] = {
    "child_handles_aid": child_handles_aid,
    "filed_the_day_after": filed_the_day_after,
    "filed_for_another_household": filed_for_another_household,
    "grandchild_by_membership": grandchild_by_membership,
    "sister_by_a_dead_mother": sister_by_a_dead_mother,
    "member_living_elsewhere": member_living_elsewhere,
    "divorced_on_that_day": divorced_on_that_day,
    "second_at_the_home_visit": second_at_the_home_visit,
    "still_undecided": still_undecided,
    "edge_household": edge_household,
    "nobody_came_either": nobody_came_either,
}
TWINS: dict[str, Plant] = {
    "filed_on_the_last_day": filed_on_the_last_day,
    "took_office_the_day_after": took_office_the_day_after,
    "left_office_the_day_before": left_office_the_day_before,
    "son_in_law": son_in_law,
    "uncle": uncle,
    "namesake": namesake,
    "divorced_the_day_before": divorced_the_day_before,
    "withdrawn": withdrawn,
    "programme_without_filing": programme_without_filing,
}
