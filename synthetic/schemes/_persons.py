"""Who has lost their parents, who is disabled, who bears the name of another? Persons for several schemes."""

from datetime import date

from synthetic.kit import Household, Person, Site
from synthetic.kit.people import Sex

SEVERE = 2  # grade up to which a disability is severe


def with_grandmother(site: Site, *, age: int = 11, born: date | None = None) -> tuple[Household, Person]:
    """A child at a grandmother's; whose parents they are nobody has said yet. No statement of means."""
    child = site.person(age=age, born=born)
    grandmother = site.person(age=66, sex="F")
    return site.household([(grandmother, "head"), (child, "grandchild")]), child


def parent(site: Site, child: Person, sex: Sex, *, died: date | None = None, status: str | None = None) -> Person:
    """One parent, who lives elsewhere: alive, or dead since a day."""
    one = site.person(age=41, sex=sex, surname=child.surname if sex == "M" else None, status=status)
    site.kin(child, one, "parent")
    if died is not None:
        site.dead(one, died)
    return one


def disabled(site: Site, grade: int, *, age: int, sex: Sex | None = None, kind: str = "physical") -> Person:
    """A disabled person; of the first two grades the care allowance is due."""
    health = "severely_disabled" if grade <= SEVERE else "disabled"
    return site.person(age=age, sex=sex, disability_grade=grade, disability_kind=kind, health=health)


def namesake(site: Site, person: Person) -> Person:
    """Somebody else of the same name, sex and birth date (safeguard R17): another number, a home nearby."""
    other = site.person(born=person.born, sex=person.sex, name=person.name, village=person.village)
    site.household([(other, "head")])
    return other
