"""Do the rows of the register show one person twice just where same_person says so?"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final, cast

import pytest

from synthetic.kit import Site
from synthetic.kit.numbers import checked
from synthetic.kit.rows import Row
from tests.synthetic.schemes.tried import tried

SOUNDS: Final = str.maketrans("东兰荷实闫肖", "冬蓝河石阎萧")  # homophones and other writings, as planted
YEARS: Final = 2


def full(number: object) -> str:
    """Fifteen digits as eighteen."""
    said = str(number)
    return checked(f"{said[:6]}19{said[6:]}") if len(said) == 15 else said


class Register:
    """The persons of a site, where they live, and since when they are covered."""

    def __init__(self, site: Site) -> None:
        tables = site.rows.tables
        self.persons = tables["person"]
        address = {row["household_no"]: row["address"] for row in tables["household"]}
        self.lists: dict[object, set[object]] = {}
        for row in tables["member"]:
            self.lists.setdefault(row["id_no"], set()).add(row["household_no"])
        self.addresses = {number: {address[home] for home in homes} for number, homes in self.lists.items()}
        self.since: dict[object, date] = {}
        for row in tables["beneficiary"]:
            first = cast("date", row["from_month"])
            self.since[row["id_no"]] = min(first, self.since.get(row["id_no"], first))
        self.applying = {row["applicant_id_no"] for row in tables["application"]}

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Rows that may be one person: of one number, or born on one day of the year."""
        groups: dict[str, list[Row]] = {}
        for row in self.persons:
            groups.setdefault(f"{cast('date', row['born_on']):%m%d}", []).append(row)
        for rows in groups.values():
            yield from combinations(rows, 2)

    def one(self, row: Row, other: Row) -> bool:
        """Contract §5, same_person."""
        mine, theirs = full(row["id_no"]), full(other["id_no"])
        if mine == theirs:
            return bool(row["name"] != other["name"])
        agree = str(row["name"]).translate(SOUNDS) == str(other["name"]).translate(SOUNDS)
        near = abs(cast("date", row["born_on"]).year - cast("date", other["born_on"]).year) <= YEARS
        twins = mine[:14] == theirs[:14] and all(checked(one[:17]) == one for one in (mine, theirs))
        listed = self.lists.get(row["id_no"], set()) & self.lists.get(other["id_no"], set())
        return agree and near and self._share(row, other) and not twins and not listed

    def _share(self, row: Row, other: Row) -> bool:
        """A telephone, an account or an address."""
        same = any(row[cell] and row[cell] == other[cell] for cell in ("phone", "account_no"))
        here, there = (self.addresses.get(one["id_no"], set()) for one in (row, other))
        return same or bool(here & there)

    def subject(self, row: Row, other: Row) -> object:
        """Who was covered later, or alone; of one number its first row; None where neither is, nor applies."""
        if full(row["id_no"]) == full(other["id_no"]):
            return row["id_no"]
        known = [one["id_no"] for one in (row, other) if one["id_no"] in self.since]
        return max(known, key=self.since.__getitem__, default=None)


@pytest.mark.parametrize(("seed", "delegated", "urban"), [(1, True, False), (2, False, True)])
def test_the_register_says_what_the_truth_says(seed: int, *, delegated: bool, urban: bool) -> None:
    wrong = []
    for one in tried(seed, delegated=delegated, urban=urban):
        register = Register(one.site)
        found = {register.subject(*pair) for pair in register.pairs() if register.one(*pair)}
        if found != one.told("same_person"):
            wrong.append((str(one), "rows say", found, "truth says", one.told("same_person")))
    assert wrong == []


def test_each_pair_was_covered_at_different_times_or_one_of_it_never() -> None:
    for one in tried(1, delegated=True):
        if one.scheme == "same_person" and not one.twin:
            register = Register(one.site)
            for row, other in register.pairs():
                if register.one(row, other) and row["id_no"] != other["id_no"]:
                    assert register.since.get(row["id_no"]) != register.since.get(other["id_no"]), one


def test_twins_of_each_kind_look_alike_but_for_one_thing() -> None:
    alike = {one.name: one for one in tried(1, delegated=True) if one.scheme == "same_person" and one.twin}
    for name, numbers in (("real_twins", "phone"), ("listed_together", "phone"), ("brothers", "phone")):
        site, persons = alike[name].site, {truth.subject for truth in alike[name].planted}
        rows = [row for row in site.rows.tables["person"] if row["id_no"] in persons]
        assert len({row[numbers] for row in rows}) == 1
    site, persons = alike["namesakes"].site, {truth.subject for truth in alike["namesakes"].planted}
    rows = [row for row in site.rows.tables["person"] if row["id_no"] in persons]
    assert len({(row["name"], row["born_on"]) for row in rows}) == 1
    assert len({row["phone"] for row in rows}) == 2
