"""Tests of who lives in a made-up world: families as families are, by name, by birth, by household."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from synthetic.world import Regime, source

Row = dict[str, str]
Tables = dict[str, list[Row]]
YEAR = 365.2425


class People:
    """A world and who is what to whom in it, as rows say."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.person = {row["id_no"]: row for row in tables["person"]}
        self.homes: dict[str, list[Row]] = {}
        for row in tables["member"]:
            self.homes.setdefault(row["household_no"], []).append(row)
        self.parents: set[tuple[str, str]] = set()  # parent, child
        self.siblings: set[tuple[str, str]] = set()
        self.couples: set[tuple[str, str]] = set()
        for row in tables["kin"]:
            self._row(row["id_no"], row["relative_id_no"], row["relation"])
        for members in self.homes.values():
            self._home(members)

    def _row(self, person: str, relative: str, relation: str) -> None:
        match relation:
            case "parent":
                self.parents.add((relative, person))
            case "child":
                self.parents.add((person, relative))
            case "sibling":
                self.siblings.add((person, relative))
            case "spouse":
                self.couples.add((person, relative))

    def _home(self, members: list[Row]) -> None:
        by = {
            name: [row["id_no"] for row in members if row["relation"] == name] for name in ("head", "spouse", "child")
        }
        self.couples |= {(one, other) for one in by["head"] for other in by["spouse"]}
        self.parents |= {(one, child) for one in by["head"] + by["spouse"] for child in by["child"]}
        self.siblings |= set(combinations(by["child"], 2))
        heads = by["head"]
        self.parents |= {(row["id_no"], one) for row in members if row["relation"] == "parent" for one in heads}
        self.siblings |= {(row["id_no"], one) for row in members if row["relation"] == "sibling" for one in heads}

    def born(self, one: str) -> date:
        """The day of birth."""
        return date.fromisoformat(self.person[one]["born_on"])

    def years(self, one: str, other: str) -> float:
        """By how many years the first is older."""
        return (self.born(other) - self.born(one)).days / YEAR

    def known(self, *ones: str) -> bool:
        """Have all of them a row of their own?"""
        return all(one in self.person for one in ones)


@pytest.fixture(scope="module", params=["capture", "clean", "needy_kin", "one_surname"])
def people(request: pytest.FixtureRequest) -> People:
    """A small county of each kind, planted families included."""
    regime: Regime = request.param
    return People(source(seed=3, scale="county", persons=5_000, regime=regime)[0])


def test_children_bear_the_surname_of_their_father(people: People) -> None:
    pairs = [(one, child) for one, child in people.parents if people.known(one, child)]
    fathers = [(one, child) for one, child in pairs if people.person[one]["sex"] == "M"]
    assert len(fathers) > 500
    others = [pair for pair in fathers if people.person[pair[0]]["name"][0] != people.person[pair[1]]["name"][0]]
    assert others == []


def test_brothers_and_sisters_share_a_surname(people: People) -> None:
    pairs = [pair for pair in people.siblings if people.known(*pair)]
    assert len(pairs) > 200
    assert [pair for pair in pairs if len({people.person[one]["name"][0] for one in pair}) > 1] == []


def test_mothers_mostly_do_not(people: People) -> None:
    names = Counter(
        people.person[one]["name"][0] == people.person[child]["name"][0]
        for one, child in people.parents
        if people.known(one, child) and people.person[one]["sex"] == "F"
    )
    assert names[False] > 100 or len({row["name"][0] for row in people.tables["person"]}) < 60  # one surname a village


def test_couples_are_of_about_one_age(people: People) -> None:
    apart = {pair: abs(people.years(*pair)) for pair in people.couples if people.known(*pair)}
    assert len(apart) > 500
    assert {pair: years for pair, years in apart.items() if years > 10} == {}


def test_nobody_is_born_before_the_parents_are_grown_or_when_the_mother_is_old(people: People) -> None:
    latest = {"F": 46, "M": 71}
    odd = {
        (one, child): round(years, 1)
        for one, child in people.parents
        if people.known(one, child)
        and not 18 <= (years := people.years(one, child)) < latest[people.person[one]["sex"]]
    }
    assert odd == {}


def test_brothers_and_sisters_are_ten_months_apart_or_twins(people: People) -> None:
    days = {
        pair: abs((people.born(pair[0]) - people.born(pair[1])).days) for pair in people.siblings if people.known(*pair)
    }
    assert {pair: apart for pair, apart in days.items() if 0 < apart < 300} == {}
    assert 0 in days.values()  # twins live here


def test_namesakes_of_one_birth_date_live_in_one_village(people: People) -> None:
    alike = Counter((row["name"], row["born_on"], row["region_code"]) for row in people.tables["person"])
    assert sum(many > 1 for many in alike.values()) >= 5  # safeguard R17
