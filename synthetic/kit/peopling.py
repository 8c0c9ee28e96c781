"""Who is born, lives together, is kin, and holds office here?"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from synthetic.kit import names
from synthetic.kit.ground import Ground
from synthetic.kit.months import age_on, same_day
from synthetic.kit.people import Duty, Household, Member, Official, Person, Relation, Sex
from synthetic.kit.places import Village
from synthetic.kit.rows import Cell

SETTLED: Final = date(2012, 1, 1)  # since when families live together, unless born later
_PHONE_FROM: Final = 16
_YEAR: Final = 365.2425
_OF_THE_CLAN: Final = 0.45  # of those who married into a village of one surname bear it, too: four fifths of all do
_ALONE, _MARRIED = 18, 20  # years of age of a head, and of the younger of a couple


class Peopling(Ground):
    """Persons, households, kin, officials."""

    def born(self, age: int) -> date:
        """Some birth date that makes a person that old at as_of."""
        days = (age + self.random.random()) * _YEAR
        day = self.as_of - timedelta(days=int(days))
        while age_on(day, self.as_of) != age:
            day += timedelta(days=1 if age_on(day, self.as_of) > age else -1)
        return day

    def person(
        self,
        *,
        born: date | None = None,
        age: int = 45,
        sex: Sex | None = None,
        surname: str | None = None,
        village: Village | None = None,
        **cells: Cell,
    ) -> Person:
        """One person, alive and healthy unless `cells` (columns of `person`) say otherwise."""
        sex = sex or ("M" if self.chance(0.511) else "F")
        at = village or self.village
        id_no, day = self.numbers.citizen(born or self.born(age), sex)
        name = (surname or self.surname or names.surname(self.random)) + names.given(self.random)
        row: dict[str, Cell] = {
            "id_no": id_no,
            "name": name,
            "sex": sex,
            "born_on": day,
            "died_on": None,
            "hukou": at.settlement,
            "region_code": at.code,
            "phone": self.numbers.phone() if age_on(day, self.as_of) >= _PHONE_FROM else None,
            "account_no": None,
            "health": "healthy",
        }
        row |= cells
        return Person(id_no, day, sex, at, self.rows.add("person", row))

    def household(
        self,
        members: Sequence[tuple[Person, Relation]],
        *,
        village: Village | None = None,
        joined: date = SETTLED,
        **cells: Cell,
    ) -> Household:
        """A household of those persons (relation to the head), all living together since `joined` or their birth.

        Unless said, not before the head was grown, or the younger of a couple 20.
        """
        at = village or members[0][0].village
        no = self.numbers.next("H")
        row: dict[str, Cell] = {
            "household_no": no,
            "region_code": at.code,
            "address": f"{at.name}{int(no[-6:])}号",
            "phone": members[0][0].row["phone"],
        }
        household = Household(no, at, self.rows.add("household", row | cells))
        if joined == SETTLED:
            joined = max(joined, *(same_day(person.born, 12 * age) for person, age in _grown(members)))
        for person, relation in members:
            self.member(household, person, relation, joined=max(joined, person.born), tie=False)
        self.ties.join(household)
        head = household.head
        if head.row["account_no"] is None:
            head.row["account_no"] = self.numbers.account()
        return household

    def member(
        self,
        household: Household,
        person: Person,
        relation: Relation,
        *,
        joined: date,
        left: date | None = None,
        co_living: bool = True,
        tie: bool = True,
    ) -> Member:
        """One more member; `joined` inclusive, `left` exclusive."""
        row = self.rows.add(
            "member",
            {
                "household_no": household.no,
                "id_no": person.id_no,
                "joined_on": joined,
                "relation": relation,
                "co_living": co_living,
                "left_on": left,
            },
        )
        member = Member(person, relation, row)
        household.members.append(member)
        if tie:
            self.ties.join(household)
        return member

    def family(
        self,
        *ages: tuple[Relation, int] | tuple[Relation, int, Sex],
        village: Village | None = None,
        twins: bool = False,
        **cells: Cell,
    ) -> Household:
        """A household by relation to the head, age at as_of and perhaps sex: `("head", 61, "F"), ("child", 30)`.

        Children bear their father's surname, else the head's; `twins`: the head's are born on one day. Mind the law:
        who is 80 is due the old-age allowance.
        """
        surname = self.surname or names.surname(self.random)
        other = surname if self.surname and self.chance(_OF_THE_CLAN) else names.surname(self.random)
        persons: list[tuple[Person, Relation]] = []
        head_sex: Sex = "M"
        for relation, age, *said in ages:
            if relation == "head":
                head_sex = said[0] if said else head_sex
            sex: Sex | None = said[0] if said else None
            if sex is None and relation in {"head", "spouse"}:
                sex = head_sex if relation == "head" else ("F" if head_sex == "M" else "M")
            elif sex is None and relation == "parent":
                sex = "M" if self.chance(0.511) else "F"
            own: str | None = None
            if relation in {"head", "sibling"} or (relation == "parent" and sex == "M"):
                own = surname
            elif relation == "spouse" or (relation == "parent" and self.surname):
                own = other
            elif relation in {"child", "grandchild"}:
                couple = head_sex == "F" and any(one[0] == "spouse" for one in ages)
                own = other if couple else surname
            born = next((one.born for one, known in persons if twins and known == relation == "child"), None)
            persons.append((self.person(born=born, age=age, sex=sex, surname=own, village=village), relation))
        return self.household(persons, village=village, **cells)  # type: ignore[arg-type]  # columns of household

    def kin(
        self, person: Person, relative: Person, relation: str, *, source: str = "civil_registry", **cells: Cell
    ) -> None:
        """The relative *is* the person's `relation`: `kin(child, mother, "parent")`."""
        row: dict[str, Cell] = {
            "id_no": person.id_no,
            "relative_id_no": relative.id_no,
            "relation": relation,
            "source": source,
        }
        self.rows.add("kin", row | cells)
        self.ties.tie(person.id_no, relative.id_no, relation)

    def official(
        self,
        person: Person,
        duty: Duty,
        region: str,
        *,
        since: date,
        until: date | None = None,
        post: str | None = None,
    ) -> Official:
        """A term of office; jurisdiction: the region and all below it."""
        row = self.rows.add(
            "official",
            {
                "id_no": person.id_no,
                "duty": duty,
                "region_code": region,
                "from_on": since,
                "post": post,
                "to_on": until,
            },
        )
        official = Official(person, duty, region, row)
        self.officials.append(official)
        return official

    def kin_officials(self, household: Household, on: date) -> list[tuple[Official, str]]:
        """Officials in post that day whose near kin (or who themselves) are members, with what the official is."""
        members = [member.person.id_no for member in household.members if member.there(on)]
        near: dict[str, str] = {}
        for id_no in members:
            near |= self.ties.near(id_no)
        near |= dict.fromkeys(members, "self")
        return [
            (official, near[official.person.id_no])
            for official in self.officials
            if official.person.id_no in near
            and official.duty != "public_payroll"
            and official.in_post(on)
            and official.answers_for(household.village.code)
        ]

    def staff(self, household: Household, duty: Duty, on: date, until: date, *, county: bool = False) -> list[Person]:
        """Officials of a duty, in post on both days, who answer for the household and are no kin of any member.

        Those of the township, of the village for a committee, or of the county.
        """
        own = {member.person.id_no for member in household.members}
        kin = set(own)
        for id_no in own:
            kin |= set(self.ties.near(id_no))
        code = household.village.code
        key = (code, duty, len(self.officials))
        if key not in self._answering:  # who answers for a village changes only when somebody is appointed
            self._answering[key] = [one for one in self.officials if one.duty == duty and one.answers_for(code)]
        found = [
            official
            for official in self._answering[key]
            if official.in_post(on) and official.in_post(until) and official.person.id_no not in kin
        ]
        wanted = [official for official in found if official.region.endswith("000000") == county]
        return list(dict.fromkeys(official.person for official in wanted or found))


def _grown(members: Sequence[tuple[Person, Relation]]) -> list[tuple[Person, int]]:
    """Who must have reached which age before the household is one."""
    couple = [person for person, relation in members if relation in {"head", "spouse"}]
    return [(person, _MARRIED if len(couple) > 1 else _ALONE) for person in couple] or [(members[0][0], 0)]
