"""Which accounts receive for households that have nothing to do with one another, or belong to an official?"""

from collections.abc import Sequence
from datetime import date

from synthetic.kit import Award, Household, Person, Plant, Planted, Site, Truth
from synthetic.kit.moves import some_day, yuan
from synthetic.schemes._doubt import paid_months
from synthetic.schemes._kin import SERVED, elderly, relative, serving
from synthetic.schemes._means import DAY, last_day, steady

_LATEST = date(2025, 3, 1)


def _paid_to(site: Site, holder: Person, *households: Household) -> Planted:
    """Dibao of all these households goes to the holder's account: nothing is in doubt."""
    for household in households:
        _granted(site, household, holder)
    return [_account(holder)]


def _in_doubt(
    site: Site, holder: Person, *strangers: Household, own: Sequence[Household] = (), month: date | None = None
) -> Planted:
    """The same; in doubt is what went there for strangers, not for the holder's `own` (perhaps in one month)."""
    for household in own:
        _granted(site, household, holder)
    awards = [_granted(site, household, holder) for household in strangers]
    fen = (award.paid(one) for award in awards for one in paid_months(award) if month in {None, one})
    return [_account(holder, yuan(fen))]


def _account(holder: Person, amount: float | None = None) -> Truth:
    return Truth("shared_account", "account", str(holder.row["account_no"]), amount)


def _granted(site: Site, household: Household, holder: Person) -> Award:
    recipient = site.recipient(household, accepted=some_day(site, latest=_LATEST), pay=False)
    site.pay(recipient.award, holder=holder)
    return recipient.award


def _nephew_and_uncle(site: Site) -> tuple[Household, Household]:
    """Two households joined by wider kin only: a man and his late father's brother."""
    nephew, uncle = site.family(("head", 36), ("child", 7)), site.family(("head", 60))
    father = relative(site, nephew.head, "parent")
    site.kin(father, uncle.head, "sibling", source="hukou")
    uncle.head.row["name"] = father.surname + uncle.head.name[1:]
    return nephew, uncle


def three_strangers(site: Site) -> Planted:
    """One household's own account receives for two others as well."""
    first = elderly(site)
    return _in_doubt(site, first.head, elderly(site), site.family(("head", 51), ("child", 24)), own=[first])


def four_of_which_two_are_kin(site: Site) -> Planted:
    """An outsider's account receives for four; two of them are uncle and nephew, so three stay apart."""
    holder = site.person(age=41)
    return _in_doubt(site, holder, elderly(site), elderly(site), *_nephew_and_uncle(site))


def village_official(site: Site) -> Planted:
    """The account of a village official, who is no kin, receives for one household."""
    official = serving(site, site.person(age=45), "village_committee")
    return _in_doubt(site, official.person, elderly(site))


def wife_of_the_handler(site: Site) -> Planted:
    """Not the handler's own account but his wife's."""
    official = serving(site, site.person(age=39, sex="M"))
    return _in_doubt(site, relative(site, official.person, "spouse"), elderly(site))


def in_post_for_one_paid_month(site: Site) -> Planted:
    """A term of one whole month, in the midst of the months paid for."""
    month = steady(site, 3)
    official = serving(site, site.person(age=50), "village_committee", since=month, until=last_day(month))
    return _in_doubt(site, official.person, elderly(site), month=month)


def grandmother(site: Site) -> Planted:
    """A grandmother keeps the account of her son's and her grandchild's households beside her own."""
    elder = site.family(("head", 74, "F"))
    son, grandchild = site.family(("head", 48), ("spouse", 47)), site.family(("head", 23))
    site.kin(son.head, elder.head, "parent", source="hukou")
    site.kin(grandchild.head, son.head, "parent", source="hukou")
    grandchild.head.row["name"] = son.head.surname + grandchild.head.name[1:]
    return _paid_to(site, elder.head, elder, son, grandchild)


def guardian_of_grandchildren(site: Site) -> Planted:
    """Dibao of the house and the allowances of two grandchildren, all to their grandmother's account."""
    household = site.family(("head", 66, "F"), ("grandchild", 9), ("grandchild", 6))
    children = [member.person for member in household.members[1:]]
    accepted = some_day(site, latest=_LATEST)
    dibao = _granted(site, household, household.head)
    case = site.case(household, "de_facto_orphan", accepted=accepted)
    award = site.award(household, "de_facto_orphan", case=case, members=children)
    site.pay(award, holder=household.head, beside=[dibao])
    return [_account(household.head)]


def two_strangers(site: Site) -> Planted:
    """A neighbour helps one household out: with the own one that makes two."""
    first = elderly(site)
    return _paid_to(site, first.head, first, elderly(site))


def three_of_which_two_are_kin(site: Site) -> Planted:
    """Three households, two of them uncle and nephew: two stay apart."""
    nephew, uncle = _nephew_and_uncle(site)
    return _paid_to(site, uncle.head, uncle, nephew, elderly(site))


def official_for_the_mother(site: Site) -> Planted:
    """A village official, filed and visited, keeps the own mother's account."""
    household = site.family(("head", 71, "F"))
    official = serving(site, relative(site, household.head, "child"), "village_committee")
    return _paid_to(site, official.person, household)


def no_longer_in_office(site: Site) -> Planted:
    """The term ended before the first paid month."""
    official = serving(site, site.person(age=58), "village_committee", since=SERVED, until=site.since - DAY)
    return _paid_to(site, official.person, elderly(site))


VARIANTS: dict[str, Plant] = {
    "three_strangers": three_strangers,
    "four_of_which_two_are_kin": four_of_which_two_are_kin,
    "village_official": village_official,
    "wife_of_the_handler": wife_of_the_handler,
    "in_post_for_one_paid_month": in_post_for_one_paid_month,
}
TWINS: dict[str, Plant] = {
    "grandmother": grandmother,
    "guardian_of_grandchildren": guardian_of_grandchildren,
    "two_strangers": two_strangers,
    "three_of_which_two_are_kin": three_of_which_two_are_kin,
    "official_for_the_mother": official_for_the_mother,
    "no_longer_in_office": no_longer_in_office,
}
