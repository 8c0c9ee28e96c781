"""Who are the near kin of one official, each in a household of their own, and born as brothers and sisters are?"""

from typing import Final

from synthetic.kit import Person, Site, Village

OFFICIAL: Final = 50  # years of age
_FATHER, _MOTHER = 79, 77
_BROOD: Final = (58, 56, 54, 52, 48, 46, 44)
_CHILDREN: Final = (27, 25)


def clan(site: Site, count: int, *villages: Village) -> tuple[Person, list[list[Person]]]:
    """An official-to-be, and who heads so many near-kin households: parents, brothers and sisters, grown children.

    They live in those villages in turn (else all in the site's). No household is made of them yet.
    """
    places = villages or (site.village,)
    father = site.person(age=_FATHER, sex="M", village=places[0])
    mother = site.person(age=_MOTHER, sex="F", village=places[0])
    official = site.person(age=OFFICIAL, sex="M", surname=father.surname, village=places[0])
    _born_to(site, official, father, mother)
    homes = [[father, mother]]
    for place, age in enumerate(_BROOD, start=1):
        if len(homes) < count:
            one = site.person(age=age, surname=father.surname, village=places[place % len(places)])
            _born_to(site, one, father, mother)
            homes.append([one])
    for place, age in enumerate(_CHILDREN):
        if len(homes) < count:
            one = site.person(age=age, surname=father.surname, village=places[place % len(places)])
            site.kin(one, official, "parent", source="hukou")
            homes.append([one])
    site.household([(official, "head")])
    return official, homes


def _born_to(site: Site, person: Person, *parents: Person) -> None:
    for parent in parents:
        site.kin(person, parent, "parent", source="hukou")
