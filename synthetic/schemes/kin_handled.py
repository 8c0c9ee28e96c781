"""Which cases are handled by a relative or a member of the household, and which only seem to be?

Every variant is filed and visited where that is due: the hand alone is the wrong one.
"""

from datetime import date

from synthetic.kit import Case, Plant, Planted, Recipient, Site
from synthetic.kit.moves import some_day
from synthetic.schemes._kin import (
    acts,
    county_visit,
    elderly,
    filed,
    refused_for_income,
    relative,
    serving,
    stranger,
    truth,
)
from synthetic.schemes._means import DAY


def _handled(case: Case | Recipient) -> Planted:
    return [truth("kin_handled", case)]


def son_visits_the_home(site: Site) -> Planted:
    """A handler, filed and visited by the county, makes the home visit at his parents'."""
    household = elderly(site)
    official = serving(site, relative(site, household.head, "child"))
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "home_visit", official.person)
    return _handled(recipient)


def second_investigator(site: Site) -> Planted:
    """The second of two investigators is the sister of a member, not of the head, by a dead father."""
    household = elderly(site)
    father = relative(site, household.members[1].person, "parent")
    father.row["died_on"] = date(2012, 11, 3)
    sister = stranger(site, household.members[1].person, "sibling")
    site.kin(sister, father, "parent", source="hukou")
    serving(site, sister)
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "home_visit", sister, second=True)
    return _handled(recipient)


def emergency_confirmed_by_a_brother(site: Site) -> Planted:
    """Every programme counts: emergency aid, papers in time, confirmed by the head's brother."""
    household = site.family(("head", 43), ("child", 15))
    official = serving(site, relative(site, household.head, "sibling"), "approver")
    case = site.case(household, "temporary_emergency", accepted=some_day(site), cause="accident")
    acts(case, "confirm", official.person)
    site.pay_once(case, 1500)
    return _handled(case)


def withdrawn_in_the_end(site: Site) -> Planted:
    """Withdrawn (the income lies above the line), but the data check was a daughter's."""
    household = elderly(site)
    official = serving(site, relative(site, household.head, "child"))
    case = refused_for_income(site, household, some_day(site), decision="withdrawn")
    acts(case, "data_check", official.person)
    return _handled(case)


def member_handles_it(site: Site) -> Planted:
    """A member who lives elsewhere writes the preliminary opinion."""
    household = site.family(("head", 62), ("spouse", 61), ("child", 35))
    household.members[2].row["co_living"] = False
    official = serving(site, household.members[2].person)
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "preliminary", official.person)
    return _handled(recipient)


def out_of_office_still_acting(site: Site) -> Planted:
    """The term ended years ago, the hand is still there; filed and visited all the same."""
    household = elderly(site)
    child = relative(site, household.head, "child")
    serving(site, child, until=date(2022, 12, 31))
    recipient = site.recipient(household, accepted=some_day(site))
    county_visit(site, recipient.case)
    filed(site, child, recipient, "子女")
    acts(recipient.case, "posting", child)
    return _handled(recipient)


def only_authorised(site: Site) -> Planted:
    """The relative, filed and visited, only took the signature of authorisation."""
    household = elderly(site)
    official = serving(site, relative(site, household.head, "child"))
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "authorise", official.person)
    return _handled(recipient)


def son_in_law_visits(site: Site) -> Planted:
    """The investigator is married to the head's daughter: no near kin."""
    household = elderly(site)
    official = serving(site, relative(site, relative(site, household.head, "child"), "spouse"))
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "home_visit", official.person)
    return _handled(recipient)


def married_the_day_after(site: Site) -> Planted:
    """The investigator married the applicant, but a day after the acceptance."""
    household = site.family(("head", 34, "F"))
    day = some_day(site)
    official = serving(site, relative(site, household.head, "spouse", from_on=day + DAY))
    recipient = site.recipient(household, accepted=day, file=False, visit=False)
    acts(recipient.case, "home_visit", official.person)
    return _handled(recipient)


def uncle_confirms(site: Site) -> Planted:
    """A father's brother confirms: wider kin only."""
    household = site.family(("head", 31), ("child", 6))
    father = relative(site, household.head, "parent")
    official = serving(site, relative(site, father, "sibling"), "approver")
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "confirm", official.person)
    return _handled(recipient)


def kin_in_the_office_next_door(site: Site) -> Planted:
    """A handler's parents, filed, visited, and every step taken by colleagues."""
    household = elderly(site)
    serving(site, relative(site, household.head, "child"))
    return _handled(site.recipient(household, accepted=some_day(site)))


def namesake_handles(site: Site) -> Planted:
    """The handler bears the name and birth date of the applicant's brother, and is another."""
    household = site.family(("head", 49))
    brother = relative(site, household.head, "sibling")
    other = site.person(born=brother.born, sex=brother.sex, name=brother.name)
    relative(site, other, "parent")
    official = serving(site, other)
    recipient = site.recipient(household, accepted=some_day(site))
    acts(recipient.case, "data_check", official.person)
    return _handled(recipient)


VARIANTS: dict[str, Plant] = {
    "son_visits_the_home": son_visits_the_home,
    "second_investigator": second_investigator,
    "emergency_confirmed_by_a_brother": emergency_confirmed_by_a_brother,
    "withdrawn_in_the_end": withdrawn_in_the_end,
    "member_handles_it": member_handles_it,
    "out_of_office_still_acting": out_of_office_still_acting,
}
TWINS: dict[str, Plant] = {
    "only_authorised": only_authorised,
    "son_in_law_visits": son_in_law_visits,
    "married_the_day_after": married_the_day_after,
    "uncle_confirms": uncle_confirms,
    "kin_in_the_office_next_door": kin_in_the_office_next_door,
    "namesake_handles": namesake_handles,
}
