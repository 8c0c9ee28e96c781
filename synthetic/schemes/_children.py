"""Which children have lost their parents, wholly or in fact? Families for the schemes of missed assistance."""

from datetime import date

from synthetic.kit import Household, Person, Site

LIMITED = {"disability_kind": "intellectual", "health": "severely_disabled"}


def with_grandmother(site: Site, *, age: int = 11, born: date | None = None) -> tuple[Household, Person]:
    """A child at a grandmother's; whose parents they are nobody has said yet. No statement of means."""
    child = site.person(age=age, born=born)
    grandmother = site.person(age=66, sex="F", surname=child.surname)
    return site.household([(grandmother, "head"), (child, "grandchild")]), child


def parent(site: Site, child: Person, sex: str, *, died: date | None = None, **cells: str | int | None) -> Person:
    """One parent, who lives elsewhere: alive, or dead since a day."""
    one = site.person(age=41, sex="M" if sex == "M" else "F", surname=child.surname if sex == "M" else None, **cells)
    site.kin(child, one, "parent")
    if died is not None:
        site.dead(one, died)
    return one
