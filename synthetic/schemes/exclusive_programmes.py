"""One person on two programmes that exclude each other, and pairs that may go together."""

from datetime import date, timedelta

from synthetic.kit import Award, Household, Person, Plant, Planted, Site, Truth, month_of, shifted
from synthetic.kit.moves import past_award, some_day, yuan
from synthetic.schemes._doubt import smaller
from synthetic.schemes._persons import disabled

SCHEME = "exclusive_programmes"
PROTECTED = 920 * 100  # fen a de facto orphan a month (benefit_amount)


def _start(site: Site) -> date:
    return shifted(month_of(site.since), -8)


def _person(person: Person, amount: float | None = None) -> Truth:
    return Truth(SCHEME, "person", person.id_no, amount)


def _doubled(person: Person, one: Award, other: Award) -> Planted:
    """Only one of the two can be right: in doubt is, month by month, the smaller."""
    return [_person(person, smaller(one, other, person.id_no))]


def _alone(site: Site) -> Household:
    return site.family(("head", site.whole(61, 75)))


def _child_on_both(site: Site, more: int) -> tuple[Person, Award, int]:
    """A child on dibao with a grandmother, and on its own programme: the difference and so many fen more a month.

    `more` below 0: the whole amount. The child, the child's award, and fen above the difference in all.
    """
    family = site.family(("head", 63, "F"), ("grandchild", 10))
    found = site.recipient(family, accepted=some_day(site, latest=site.as_of - timedelta(days=240)), share=0.5)
    child = family.persons[1]
    award = site.award(family, "de_facto_orphan", from_month=found.award.first, members=[child])
    site.pay(award, beside=[found.award])
    above = 0
    for row in award.payments:
        before = int(str(row["amount"]))
        row["amount"] = PROTECTED if more < 0 else before + more
        above += int(str(row["amount"])) - before
    return child, award, above


def dibao_and_destitute(site: Site) -> Planted:
    """Both, month after month."""
    family = _alone(site)
    dibao = site.settled(family, since=_start(site))
    support = site.award(family, "destitute", from_month=shifted(month_of(site.as_of), -9))
    site.pay(support)
    return _doubled(family.head, dibao, support)


def one_month_too_long(site: Site) -> Planted:
    """Moved over to support for the destitute, but dibao ran on for one month."""
    family = _alone(site)
    month = shifted(month_of(site.as_of), -7)
    dibao = past_award(site, family, _start(site), month, "merged")
    support = site.award(family, "destitute", from_month=month)
    site.pay(support)
    return _doubled(family.head, dibao, support)


def destitute_with_care_allowance(site: Site) -> Planted:
    """Support for the destitute and the care allowance, by two departments."""
    person = disabled(site, 1, age=64)
    family = site.household([(person, "head")])
    support = site.settled(family, "destitute", since=_start(site))
    care = site.award(family, "disability_care", from_month=shifted(month_of(site.as_of), -14))
    site.pay(care)
    return _doubled(person, support, care)


def dibao_and_edge(site: Site) -> Planted:
    """A couple on dibao that is still listed at its edge, which pays nothing: no amount is in doubt."""
    family = site.family(("head", 55), ("spouse", 53))
    site.award(family, "dibao_edge", from_month=_start(site))
    site.settled(family, since=shifted(month_of(site.as_of), -12))
    return [_person(person) for person in family.persons]


def whole_amount_beside_dibao(site: Site) -> Planted:
    """A child on dibao is paid the whole amount where only the difference is due."""
    child, award, above = _child_on_both(site, more=-1)
    return [_person(child, yuan([above])), Truth("overpaid", "award", award.no, yuan([above]))]


def care_allowance_beside_dibao(site: Site) -> Planted:
    """Dibao, the living allowance and the care allowance of one disabled person: all allowed."""
    person = disabled(site, 2, age=52, sex="M")
    family = site.household([(person, "head"), (site.person(age=50, sex="F"), "spouse")])
    site.settled(family, since=_start(site))
    for programme in ("disability_living", "disability_care"):
        site.pay(site.award(family, programme, from_month=_start(site), members=[person]))
    return [_person(person)]


def difference_beside_dibao(site: Site) -> Planted:
    """A child on dibao is paid the difference, to the fen."""
    return [_person(_child_on_both(site, more=0)[0])]


def difference_and_one_yuan(site: Site) -> Planted:
    """One yuan above the difference is within the tolerance."""
    return [_person(_child_on_both(site, more=100)[0])]


def one_after_the_other(site: Site) -> Planted:
    """Dibao until a month, support for the destitute from the next."""
    family = _alone(site)
    month = shifted(month_of(site.as_of), -6)
    past_award(site, family, _start(site), shifted(month, -1), "merged")
    site.pay(site.award(family, "destitute", from_month=month))
    return [_person(family.head)]


def two_in_one_house(site: Site) -> Planted:
    """One brother is supported as destitute, the rest of the house is on dibao: nobody is on both."""
    family = site.family(("head", 50), ("spouse", 49), ("sibling", 61))
    others, brother = family.persons[:2], family.persons[2]
    first = shifted(month_of(site.as_of), -10)
    site.statement(family, first - timedelta(days=15), share=0.5)
    dibao = site.award(family, from_month=first, members=others)
    site.keep_up(dibao)
    site.pay(dibao)
    site.pay(site.award(family, "destitute", from_month=first, members=[brother]))
    return [_person(person) for person in family.persons]


def namesake_on_the_other(site: Site) -> Planted:
    """On dibao; the one supported as destitute has the same name and birth date, and lives in the same village."""
    family = _alone(site)
    site.settled(family, since=_start(site))
    other = site.household([(site.person(born=family.head.born, sex=family.head.sex, name=family.head.name), "head")])
    site.settled(other, "destitute", since=_start(site))
    return [_person(family.head), _person(other.head)]


VARIANTS: dict[str, Plant] = {
    "dibao_and_destitute": dibao_and_destitute,
    "one_month_too_long": one_month_too_long,
    "destitute_with_care_allowance": destitute_with_care_allowance,
    "dibao_and_edge": dibao_and_edge,
    "whole_amount_beside_dibao": whole_amount_beside_dibao,
}
TWINS: dict[str, Plant] = {
    "care_allowance_beside_dibao": care_allowance_beside_dibao,
    "difference_beside_dibao": difference_beside_dibao,
    "difference_and_one_yuan": difference_and_one_yuan,
    "one_after_the_other": one_after_the_other,
    "two_in_one_house": two_in_one_house,
    "namesake_on_the_other": namesake_on_the_other,
}
