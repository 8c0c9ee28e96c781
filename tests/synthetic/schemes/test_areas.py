"""Do the rows of villages and townships show what split_village, never_exit and mass_exit say, and nowhere else?"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final, cast

import pytest

from synthetic.kit import Site, month_of, shifted
from synthetic.kit.rows import Row
from tests.synthetic.schemes.tried import Tried, tried

LEAST: Final = 30  # awards of a place that is looked at
FIFTH: Final = 0.2
YEAR: Final = 12


def awards(site: Site, digits: int) -> dict[str, list[Row]]:
    """Dibao awards by village (12 digits) or township (9)."""
    homes = {row["household_no"]: str(row["region_code"]) for row in site.rows.tables["household"]}
    found: dict[str, list[Row]] = {}
    for row in site.rows.tables["award"]:
        if row["programme"] == "dibao":
            found.setdefault(homes[row["household_no"]][:digits].ljust(12, "0"), []).append(row)
    return {code: rows for code, rows in found.items() if len(rows) >= LEAST}


def ended(row: Row) -> date | None:
    return cast("date | None", row["to_month"])


class Heads:
    """How many persons each award covers, and how many live in each household."""

    def __init__(self, site: Site) -> None:
        self._covered = Counter(row["award_no"] for row in site.rows.tables["beneficiary"])
        self._living = Counter(row["household_no"] for row in site.rows.tables["member"] if row["co_living"])

    def covered(self, award: Row) -> int:
        """Beneficiaries of an award."""
        return self._covered[award["award_no"]]

    def at_home(self, award: Row) -> int:
        """Members of its household who live together."""
        return self._living[award["household_no"]]

    def partly(self, award: Row) -> bool:
        """Are there more at home than covered?"""
        return self.covered(award) < self.at_home(award)


def split_village(site: Site) -> Iterator[str]:
    """Hardly more than one person an award, where most households have several and no rule lets one enter alone."""
    heads = Heads(site)
    for code, rows in awards(site, 12).items():
        partly = [one for one in rows if heads.partly(one) and not one["single_person_basis"]]
        if sum(map(heads.covered, rows)) < 1.1 * len(rows) and 2 * len(partly) > len(rows):
            yield code


def never_exit(site: Site) -> Iterator[str]:
    """No end in the last twelve months."""
    first = shifted(month_of(site.as_of), 1 - YEAR)
    for code, rows in awards(site, 12).items():
        if not any(end >= first for one in rows if (end := ended(one)) is not None):
            yield code


def mass_exit(site: Site) -> Iterator[str]:
    """A fifth ended within three months, death and moving apart."""
    for code, rows in awards(site, 9).items():
        if any(_share(rows, shifted(month_of(site.as_of), -back)) >= FIFTH for back in range(2, YEAR)):
            yield code


def _share(rows: list[Row], first: date) -> float:
    """Of the awards in force in that month, those that ended in it or the next two by a decision."""
    force = [one for one in rows if cast("date", one["from_month"]) <= first and (ended(one) or first) >= first]
    over = [one for one in force if (end := ended(one)) is not None and end <= shifted(first, 2)]
    decided = [one for one in over if one["end_reason"] not in {"death", "moved"}]
    return len(decided) / len(force) if len(force) >= LEAST else 0.0


@pytest.mark.parametrize("oracle", [split_village, never_exit, mass_exit], ids=lambda oracle: oracle.__name__)
@pytest.mark.parametrize(("seed", "delegated", "urban"), [(1, True, False), (2, False, True)])
def test_the_rows_of_a_place_say_what_the_truth_says(
    oracle: Callable[[Site], Iterator[str]], seed: int, *, delegated: bool, urban: bool
) -> None:
    wrong = [
        (str(one), "rows say", found, "truth says", told)
        for one in tried(seed, delegated=delegated, urban=urban)
        if (found := set(oracle(one.site))) != (told := one.told(oracle.__name__))
    ]
    assert wrong == []


def named(scheme: str, name: str) -> Tried:
    return next(one for one in tried(1, delegated=True) if (one.scheme, one.name) == (scheme, name))


def village(scheme: str, name: str) -> tuple[Site, list[Row]]:
    """The site, and the awards of the place that plant speaks of."""
    one = named(scheme, name)
    return one.site, awards(one.site, 9 if scheme == "mass_exit" else 12).get(one.planted[0].subject, [])


def test_old_people_alone_have_as_few_persons_an_award_and_leave_nobody_out() -> None:
    site, rows = village("split_village", "old_people_alone")
    heads = Heads(site)
    assert {heads.covered(one) for one in rows} == {heads.at_home(one) for one in rows} == {1}


def test_single_person_entries_differ_by_their_basis_only() -> None:
    site, rows = village("split_village", "single_person_entries")
    heads = Heads(site)
    partly = [one for one in rows if heads.partly(one)]
    assert len(partly) > LEAST * 0.9
    assert all(one["single_person_basis"] for one in partly)


def test_twenty_nine_awards_without_an_end_are_one_too_few() -> None:
    assert len(named("never_exit", "twenty_nine").site.rows.tables["award"]) == LEAST - 1
    assert not any(ended(row) for row in named("never_exit", "twenty_nine").site.rows.tables["award"])


def test_one_death_is_the_only_end_of_sixty() -> None:
    _, rows = village("never_exit", "one_death")
    assert [row["end_reason"] for row in rows if ended(row)] == ["death"]


def test_a_fifth_exactly_and_just_less_than_a_fifth() -> None:
    assert _share(village("mass_exit", "just_a_fifth")[1], date(2025, 6, 1)) == FIFTH
    assert 0.19 < _share(village("mass_exit", "nineteen_in_a_hundred")[1], date(2025, 6, 1)) < FIFTH


def test_as_many_are_gone_where_a_hamlet_was_resettled() -> None:
    _, rows = village("mass_exit", "resettled")
    gone = [row for row in rows if ended(row)]
    assert len(gone) > FIFTH * len(rows)
    assert {row["end_reason"] for row in gone} == {"death", "moved"}
