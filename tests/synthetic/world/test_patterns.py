"""Where are patterns over many cases planted, and is what they are held against by chance alone what it should be?"""

from datetime import date

import pytest

from synthetic.world import Regime, source
from synthetic.world.boundaries import features
from synthetic.world.plan import plan
from synthetic.world.planting import catalogue, settlers, sown
from synthetic.world.township import office
from synthetic.world.township import township as township_of
from tests.synthetic.world.small import Source


@pytest.fixture(scope="module")
def patterned() -> Source:
    """A county with fraud, just large enough for offices and villages of plants."""
    return source(seed=1, scale="county", persons=11_000, regime="capture")


def test_patterns_over_many_cases_are_planted_where_they_have_peers_and_fraud_is() -> None:
    patterns = {one.scheme for one in catalogue() if one.least}
    assert patterns == {"kin_excess", "kin_lenience", "favored_cluster", "split_village", "never_exit", "mass_exit"}

    def found(persons: int, regime: Regime) -> set[str]:
        (county,) = plan("county", persons, 1).counties
        return {one.scheme for plantings in sown(county, 1, regime).values() for one in plantings} & patterns

    assert found(5_000, "capture") == set()
    assert found(10_000, "capture") == {"kin_excess", "kin_lenience", "favored_cluster"}
    assert found(20_000, "capture") == patterns
    assert found(20_000, "clean") == found(20_000, "needy_kin") == found(20_000, "one_surname") == set()


def test_villages_founded_for_plants_are_places_as_others_and_make_no_world_larger(patterned: Source) -> None:
    rows, told = patterned
    asked = 11_000
    base = sum(
        village.persons for county in told.plan.counties for town in county.townships for village in town.villages
    )
    assert base == asked - settlers(asked, "capture")
    parents = {row["region_code"]: row["parent_code"] for row in rows["region"]}
    homes = {row["region_code"] for row in rows["household"]}
    assert homes <= set(parents)
    assert {parents[code] for code in homes} <= set(parents)
    (county,) = told.plan.counties
    founded = [town for town in county.townships if town.code[6:9] >= "100"]
    assert len(founded) >= 8
    shapes = {shape["properties"]["region_code"] for shape in features(told.plan)}
    assert shapes == set(parents)
    living = {code: int(row["residents"]) for row in rows["region"] if (code := row["region_code"]) in homes}
    assert min(living[village.code] for town in founded for village in town.villages) > 5
    settled = sum(living[village.code] for town in county.townships for village in town.villages if not village.persons)
    assert abs(settled / settlers(asked, "capture") - 1) < 0.1


def test_kin_are_needier_where_they_are_to_be_and_by_need_alone_on_aid() -> None:
    needier, as_needy = _kin_and_need("needy_kin"), _kin_and_need("clean")
    assert needier[True] < 0.75 * needier[False]
    assert 0.8 < as_needy[True] / as_needy[False] < 1.2


def _kin_and_need(regime: Regime) -> dict[bool, float]:
    """The mean income, as a share of the line, of poor households that are near kin of an official, and of others."""
    (county,) = plan("county", 6_000, 1).counties
    above = office(county, 1).officials
    shares: dict[bool, list[float]] = {True: [], False: []}
    for town in county.townships:
        people = township_of(county, town, 1, regime, above, {})
        first: dict[str, tuple[date, int]] = {}
        for row in people.rows.tables["means"]:
            key, day = str(row["household_no"]), row["as_of"]
            sign = 0 if row["item"] == "deposits" else -1 if str(row["item"]).endswith("expense") else 1
            assert isinstance(day, date)
            before = first.get(key, (day, 0))
            if day == before[0]:
                first[key] = (day, before[1] + sign * int(str(row["verified"])))
        homes: dict[str, list[str]] = {}
        for row in people.rows.tables["member"]:
            homes.setdefault(str(row["household_no"]), []).append(str(row["id_no"]))
        serving = {one.person.id_no for one in people.officials if one.duty != "public_payroll"}
        for key, (day, fen) in first.items():
            line = 12 * len(homes[key]) * county.standards.fen("rural", day)
            near = serving & {relative for member in homes[key] for relative in people.ties.near(member)}
            if fen < line:
                shares[bool(near)].append(max(0, fen) / line)
    return {kin: sum(found) / len(found) for kin, found in shares.items()}
