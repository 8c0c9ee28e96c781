"""Around whom do several households get what a register shuts them out from, and around whom is that chance or a home?

A shop bought while on aid (veto_asset) is the lead on each of them; all near kin are filed and visited.
"""

from datetime import date, timedelta
from typing import Final

from synthetic.kit import Award, Household, Official, Plant, Planted, Site, Truth, shifted
from synthetic.kit.moves import some_day, yuan
from synthetic.schemes._clan import clan
from synthetic.schemes._doubt import paid_months, whole, whole_months
from synthetic.schemes._kin import relative, serving
from synthetic.schemes._means import truth as of_award
from synthetic.schemes._village import elder, home_of

LEAST: Final = 10_000  # persons of a county: two townships at least
SCHEME: Final = "favored_cluster"
_LATEST: Final = date(2025, 2, 1)
_KNOWN: Final = timedelta(days=80)
_SHOP: Final = 38  # m²
_RESIDENTS: Final = 24  # of an old people's home
_MOVED_IN: Final = date(2025, 1, 1)


def _around(official: Official, *leads: Truth) -> Planted:
    return [Truth(SCHEME, "official", official.person.id_no), *leads]


def _on_aid(site: Site, household: Household) -> Award:
    """Lawfully on aid."""
    return site.recipient(household, accepted=some_day(site, latest=_LATEST)).award


def _shop(site: Site, award: Award) -> Truth:
    """The head has owned a shop since the third month, as a register tells later: everything since is in doubt."""
    since = shifted(award.first, 2).replace(day=10)
    site.match(
        award.household.head,
        "real_estate",
        compared=min(site.as_of, since + _KNOWN),
        since=since,
        value=_SHOP,
        detail="shop",
    )
    return of_award("veto_asset", award, whole(award, whole_months(award, since)))


def _kin_on_aid(site: Site, count: int) -> tuple[Official, list[Award]]:
    """A village official, and so many brothers and sisters on aid."""
    person, families = clan(site, count + 1)
    official = serving(site, person, "village_committee")
    return official, [_on_aid(site, home_of(site, one[0], married=False)) for one in families[1:]]


def brothers_and_sisters(site: Site) -> Planted:
    """Three brothers and sisters of a village official, each with a shop."""
    official, awards = _kin_on_aid(site, 3)
    return _around(official, *(_shop(site, award) for award in awards))


def sisters_of_the_wife(site: Site) -> Planted:
    """Two steps away: the handler's wife has three sisters, each with a shop; in-laws need not be filed."""
    official = serving(site, site.person(age=51, sex="M"))
    wife = relative(site, official.person, "spouse")
    mother = relative(site, wife, "parent")
    leads = []
    for age in (47, 44, 41):
        sister = site.person(age=age, sex="F", surname=wife.surname)
        site.kin(sister, mother, "parent", source="hukou")
        leads.append(_shop(site, _on_aid(site, home_of(site, sister, married=False))))
    return _around(official, *leads)


def phone_address_account(site: Site) -> Planted:
    """No kin: one has the official's telephone, one the address, one is paid to the official's account."""
    person = site.person(age=48)
    own = site.household([(person, "head")])
    official = serving(site, person, "village_committee")
    first, second, third = (site.family(("head", age)) for age in (56, 61, 66))
    first.head.row["phone"] = first.row["phone"] = person.row["phone"]
    second.row["address"] = own.row["address"]
    leads = [_shop(site, _on_aid(site, household)) for household in (first, second)]
    award = site.recipient(third, accepted=some_day(site, latest=_LATEST), pay=False).award
    site.pay(award, holder=person)
    leads.append(_shop(site, award))
    received = yuan(award.paid(month) for month in paid_months(award))
    return _around(official, *leads, Truth("shared_account", "account", str(person.row["account_no"]), received))


def two_brothers(site: Site) -> Planted:
    """Two brothers with a shop: two are no pattern."""
    official, awards = _kin_on_aid(site, 2)
    return _around(official, *(_shop(site, award) for award in awards))


def kin_without_a_lead(site: Site) -> Planted:
    """Five brothers and sisters on aid, and nothing to say of any."""
    return _around(_kin_on_aid(site, 5)[0])


def old_peoples_home(site: Site) -> Planted:
    """The official's father lives in the old people's home, whose one account receives for all who live there.

    Three of two dozen own a shop; the account is shared by strangers, as its own lead says.
    """
    official = serving(site, site.person(age=50, sex="M"), "village_committee")
    father = relative(site, official.person, "parent")
    account, address = site.numbers.account(), f"{site.village.name}敬老院"
    homes = [elder(site) for _ in range(_RESIDENTS)]
    homes.append(site.household([(father, "head")]))
    awards = []
    for household in homes:
        household.head.row["account_no"] = account
        household.row["address"] = address
        awards.append(site.settled(household, "destitute", since=_MOVED_IN))
        for row in awards[-1].payments:
            row["account_holder_id_no"] = None  # the home's account is no person's
    leads = [_shop(site, award) for award in awards[:3]]
    return _around(official, *leads, Truth("shared_account", "account", account))


VARIANTS: dict[str, Plant] = {
    "brothers_and_sisters": brothers_and_sisters,
    "sisters_of_the_wife": sisters_of_the_wife,
    "phone_address_account": phone_address_account,
}
TWINS: dict[str, Plant] = {
    "two_brothers": two_brothers,
    "kin_without_a_lead": kin_without_a_lead,
    "old_peoples_home": old_peoples_home,
}
