"""One person on the same programme in two households, and persons who moved lawfully."""

from datetime import date, timedelta

from synthetic.kit import Award, Household, Person, Plant, Planted, Site, Truth, Village, month_of, shifted
from synthetic.schemes._doubt import smaller
from synthetic.schemes._persons import disabled

SCHEME = "two_places"
POOR = 0.3  # of the line, so that whoever stays behind is still below it


def _start(site: Site) -> date:
    return shifted(month_of(site.since), -6)


def _other(site: Site) -> Village:
    """Another village of the township; the same where there is only one."""
    return next((one for one in site.township.villages if one is not site.village), site.village)


def _truth(person: Person, *awards: Award) -> Planted:
    """In doubt is the smaller part of a month covered in both: nobody has said yet where the person belongs."""
    amount = smaller(awards[0], awards[1], person.id_no) if awards else None
    return [Truth(SCHEME, "person", person.id_no, amount)]


def _moving(site: Site, *, covered_until: int, covered_from: int) -> Planted:
    """A daughter of 30 moves from her mother to her husband in a month; both households are on dibao.

    Her row at her mother's ends so many months after that month, her row at her husband's begins so many after it.
    """
    month = shifted(month_of(site.as_of), -8)
    day = month + timedelta(days=site.whole(3, 20))
    home = site.family(("head", 56, "F"), ("child", 30, "F"))
    daughter = home.persons[1]
    old = site.settled(home, since=_start(site), share=POOR, pay=False)
    home.members[1].row["left_on"] = day
    old.beneficiaries[1]["to_month"] = shifted(month, covered_until)
    site.pay(old)
    husband = site.family(("head", 33), village=_other(site))
    new = site.settled(husband, since=_start(site), share=POOR, pay=False)
    site.member(husband, daughter, "spouse", joined=day)
    site.review(new, site.office.open_on(day + timedelta(days=1)), "increase")
    site.beneficiary(new, daughter, shifted(month, covered_from))
    site.pay(new)
    return _truth(daughter, *((old, new) if covered_until >= covered_from else ()))


def _listed_twice(site: Site, programme: str) -> tuple[Person, Award, Award]:
    """A person at home on a programme, and listed for the same by a household elsewhere."""
    person = site.person(age=81) if programme == "old_age" else disabled(site, 1, age=48, kind="sight")
    home = site.household([(person, "head")])
    away = site.family(("head", 45), ("spouse", 44), village=_other(site))
    first = site.award(home, programme, from_month=_start(site), members=[person])
    second = site.award(away, programme, from_month=shifted(month_of(site.as_of), -11), members=[person])
    return person, first, second


def two_villages_on_dibao(site: Site) -> Planted:
    """A son is listed at home and with an uncle in another village, on dibao in both."""
    home = site.family(("head", 60), ("child", 29))
    son = home.persons[1]
    uncle = site.family(("head", 58), village=_other(site))
    site.member(uncle, son, "other", joined=date(2016, 5, 1))
    return _truth(son, *(site.settled(household, since=_start(site)) for household in (home, uncle)))


def moved_and_still_covered(site: Site) -> Planted:
    """Married into another household, still covered at home for three months."""
    return _moving(site, covered_until=3, covered_from=1)


def one_month_in_both(site: Site) -> Planted:
    """Covered in both for a single month."""
    return _moving(site, covered_until=1, covered_from=1)


def old_age_twice(site: Site) -> Planted:
    """The old-age allowance at home and in the child's household."""
    person, *awards = _listed_twice(site, "old_age")
    for award in awards:
        site.pay(award)
    return _truth(person, *awards)


def care_twice(site: Site) -> Planted:
    """The care allowance in two places, which overlap for two months."""
    person, first, second = _listed_twice(site, "disability_care")
    site.end(first, shifted(second.first, 1), "moved")
    for award in (first, second):
        site.pay(award)
    return _truth(person, first, second)


def moved_in_time(site: Site) -> Planted:
    """Covered at home until the month of moving, in the new household from the next."""
    return _moving(site, covered_until=0, covered_from=1)


def two_programmes(site: Site) -> Planted:
    """On dibao at home; the old-age allowance comes through the child's household."""
    elder = site.person(age=82, sex="F")
    home: Household = site.household([(elder, "head")])
    site.settled(home, since=_start(site))
    child = site.family(("head", 55), village=_other(site))
    site.pay(site.award(child, "old_age", from_month=_start(site), members=[elder]))
    return _truth(elder)


def allowance_moved(site: Site) -> Planted:
    """The allowance ended in one place in the month before it began in the other."""
    person, first, second = _listed_twice(site, "old_age")
    site.end(first, shifted(second.first, -1), "moved")
    for award in (first, second):
        site.pay(award)
    return _truth(person)


def namesakes(site: Site) -> Planted:
    """Two of one name and birth date, each on dibao in their own village."""
    one = site.person(age=64)
    home = site.household([(one, "head")])
    site.settled(home, since=_start(site))
    other = site.person(born=one.born, sex=one.sex, name=one.name, village=_other(site))
    site.settled(site.household([(other, "head")]), since=_start(site))
    return [*_truth(one), *_truth(other)]


def twin_sisters(site: Site) -> Planted:
    """Twins, each on dibao in a household of her own."""
    home = site.family(("head", 57, "F"))
    sister = site.person(born=home.head.born, sex="F", surname=home.head.surname, village=_other(site))
    own = site.household([(sister, "head")])
    site.kin(home.head, sister, "sibling", source="hukou")
    for household in (home, own):
        site.settled(household, since=_start(site))
    return [*_truth(home.head), *_truth(sister)]


VARIANTS: dict[str, Plant] = {
    "two_villages_on_dibao": two_villages_on_dibao,
    "moved_and_still_covered": moved_and_still_covered,
    "one_month_in_both": one_month_in_both,
    "old_age_twice": old_age_twice,
    "care_twice": care_twice,
}
TWINS: dict[str, Plant] = {
    "moved_in_time": moved_in_time,
    "two_programmes": two_programmes,
    "allowance_moved": allowance_moved,
    "namesakes": namesakes,
    "twin_sisters": twin_sisters,
}
