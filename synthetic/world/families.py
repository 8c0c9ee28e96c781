"""Which families live in a village that has nothing to do with social assistance?

Households by kind with ages of today; elders of 60 and older come to about 23 in a hundred (domain.md §4). Disability
and death fall on persons, but never so that a child would be left without a parent able to care: whoever is entitled
to something must be an intended case, not an accident.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from synthetic.kit import Household, Person, Site, age_on
from synthetic.kit.people import Relation, Sex
from synthetic.world import lineage

Ages = tuple[tuple[Relation, int, int], ...]  # relation to the head, from age to age
_KINDS: Final[tuple[tuple[int, Ages], ...]] = (
    (6, (("head", 24, 34), ("spouse", 24, 34))),
    (20, (("head", 28, 45), ("spouse", 27, 44), ("child", 1, 17))),
    (13, (("head", 30, 45), ("spouse", 29, 44), ("child", 6, 17), ("child", 1, 12))),
    (10, (("head", 30, 46), ("spouse", 29, 45), ("child", 3, 17), ("parent", 58, 74))),
    (5, (("head", 30, 44), ("spouse", 29, 43), ("child", 8, 17), ("child", 2, 11), ("parent", 58, 70))),
    (12, (("head", 46, 61), ("spouse", 45, 60))),
    (9, (("head", 46, 58), ("spouse", 45, 57), ("child", 19, 29))),
    (21, (("head", 61, 79), ("spouse", 60, 78))),
    (9, (("head", 23, 58),)),
    (13, (("head", 62, 91),)),
    (3, (("head", 58, 72), ("spouse", 57, 70), ("grandchild", 6, 15))),
)
_KIND_TOTAL: Final = sum(weight for weight, _ in _KINDS)
_CHILD, _STUDENT, _WORKING, _OLD = 18, 22, 60, 60
_DYING: Final = ((80, 0.19), (70, 0.085), (60, 0.028), (18, 0.003), (0, 0.0))  # from that age, within the two years
_CREMATED: Final = 0.5  # of the dead the funeral home tells too
_DISABLED: Final = ((60, 0.075), (18, 0.032), (0, 0.006))  # from that age, a certificate
_SEVERE: Final = 0.4  # of them grade 1 or 2
_TRIES: Final = 12  # heads looked at before elders are left without a child elsewhere
_OLDER: Final = (-3, 6)  # years by which a head is older than the spouse
_BIRTH: Final = (19, 44)  # age of a parent at the birth of a child, in whole years of today
_SIBLINGS: Final = 2  # years between two births
_TWINS: Final = 0.02  # of pairs of children
_KINDS_OF: Final = ("physical", "sight", "hearing", "intellectual", "mental", "physical", "physical")


def family(site: Site, room: int) -> Household:
    """One household of no more than `room` persons."""
    ages = _kind(site)
    return settle(site, ages[: max(1, room)])


def settle(site: Site, ages: Ages, women: float = 0.15) -> Household:
    """A household of those ages, with schooling, certificates and deaths of the two years; some heads are women."""
    drawn = _drawn(site, ages)
    while not _possible(drawn):
        drawn = _drawn(site, ages)
    first, *others = [age for relation, age in drawn if relation == "child"] or [0]
    if twins := len(others) == 1 and site.chance(_TWINS):
        drawn = [(relation, first if relation == "child" else age) for relation, age in drawn]
    sex: Sex = "F" if site.chance(women) else "M"
    household = site.family(("head", drawn[0][1], sex), *drawn[1:], twins=twins)
    minors = any(relation in {"child", "grandchild"} and age < _CHILD for relation, age in drawn)
    for member, (relation, age) in zip(household.members, drawn, strict=True):
        person = member.person
        schooling(person, age)
        if minors and relation in {"head", "spouse", "child", "grandchild"}:
            continue
        certify(site, person, age)
        die(site, household, person, age)
    return household


def _drawn(site: Site, ages: Ages) -> list[tuple[Relation, int]]:
    """Ages of today; that of a spouse hangs on the head's."""
    drawn: list[tuple[Relation, int]] = []
    for relation, first, last in ages:
        if relation == "spouse":
            drawn.append((relation, min(last, max(first, drawn[0][1] - site.whole(*_OLDER)))))
        else:
            drawn.append((relation, site.whole(first, last)))
    return drawn


def _possible(drawn: list[tuple[Relation, int]]) -> bool:
    """Can each child be that of each parent at home, and of the same mother as the next?"""
    couple = [age for relation, age in drawn if relation in {"head", "spouse"}]
    children = [age for relation, age in drawn if relation == "child"]
    elders = [age for relation, age in drawn if relation == "parent"]
    births = [parent - child for parent in couple for child in children] + [elder - drawn[0][1] for elder in elders]
    return all(_BIRTH[0] <= age <= _BIRTH[1] for age in births) and all(
        abs(one - other) >= _SIBLINGS for one, other in pairwise(children)
    )


def schooling(person: Person, age: int) -> None:
    """Where does somebody of that age learn?"""
    if 6 <= age < _STUDENT:  # noqa: PLR2004 - school begins at six
        stage = "compulsory" if age < 15 else "upper_secondary" if age < _CHILD else "undergraduate"  # noqa: PLR2004
        person.row["student_stage"] = stage


def certify(site: Site, person: Person, age: int, share: float | None = None) -> None:
    """A certificate of disability for that share (else the share of the age)."""
    usual = next(part for since, part in _DISABLED if age >= since)
    if site.chance(usual if share is None else share):
        severe = site.chance(_SEVERE)
        disable(site, person, site.whole(1, 2) if severe else site.whole(3, 4))


def disable(site: Site, person: Person, grade: int) -> None:
    """The person holds a certificate of that grade."""
    person.row["disability_kind"] = _KINDS_OF[site.whole(0, len(_KINDS_OF) - 1)]
    person.row["disability_grade"] = grade
    person.row["health"] = "severely_disabled" if grade <= 2 else "disabled"  # noqa: PLR2004 - grades 1 and 2 are severe


def dying(age: int) -> float:
    """The share of those now that old (or dead since) who die within the two years."""
    return next(share for since, share in _DYING if age >= since)


def die(site: Site, household: Household, person: Person, age: int, share: float | None = None) -> date | None:
    """Some die within the two years, not in the last fortnight; the day, if so."""
    if not site.chance(dying(age) if share is None else share):
        return None
    on = some_day(site, site.since, site.as_of - timedelta(days=15))
    if (on + timedelta(days=1)).month != on.month:
        on -= timedelta(days=1)  # the household states its means anew in the same month, after the death
    if site.chance(_CREMATED):
        cremated = on + timedelta(days=site.whole(1, 4))
        site.match(person, "cremation", compared=cremated + timedelta(days=9), source="民政殡葬", since=cremated)
    site.dead(person, on, household if 18 <= age_on(person.born, on) < _WORKING else None)  # noqa: PLR2004 - working age
    return on


def some_day(site: Site, first: date, last: date) -> date:
    """Any day from first to last, both included."""
    return first + timedelta(days=int(site.random.random() * ((last - first).days + 1)))


def relate(site: Site, households: list[Household]) -> None:
    """Elders are parents of younger heads elsewhere in the township; some heads are siblings."""
    heads = [household.head for household in households if household.head.died is None]
    young = [person for person in heads if age_on(person.born, site.as_of) < 50]  # noqa: PLR2004 - of their children's age
    site.random.shuffle(young)
    elders = [household for household in households if age_on(household.head.born, site.as_of) >= _OLD]
    for household in elders:
        couple = [member.person for member in household.members if member.relation in {"head", "spouse"}]
        for _ in range(1 + site.chance(0.4)):
            child = next((one for one in young[: -_TRIES - 1 : -1] if _child_of(site, one, couple)), None)
            if child is not None:
                young.remove(child)
                for parent in couple:
                    site.kin(child, parent, "parent", source="hukou")
    for one, other in zip(young[::2], young[1::2], strict=False):
        if abs(one.born.year - other.born.year) <= 12:  # noqa: PLR2004 - years between siblings
            related(site, one, other, "sibling")


def _child_of(site: Site, person: Person, couple: list[Person]) -> bool:
    """May that couple be the parents of somebody whose parents nobody knows?"""
    known = site.ties.parents(person.id_no)
    return not known and all(lineage.fits(site, person, parent, "parent") for parent in couple)


def related(site: Site, person: Person, relative: Person, relation: str, *, source: str = "declared") -> bool:
    """A tie that a form tells, once, where their births allow it; was it told?"""
    if site.ties.tied(person.id_no, relative.id_no) or not lineage.fits(site, person, relative, relation):
        return False
    site.kin(person, relative, relation, source=source)
    return True


def _kind(site: Site) -> Ages:
    aim = site.random.random() * _KIND_TOTAL
    for weight, ages in _KINDS:
        aim -= weight
        if aim < 0:
            return ages
    return _KINDS[-1][1]
