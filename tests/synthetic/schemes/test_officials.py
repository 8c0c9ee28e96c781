"""Do the rows show kin favoured by number, by lenience, in rings, around one person, just where the truth says so?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import Final, cast

import numpy as np
import pytest
from scipy.stats import hypergeom

from synthetic.kit import Site
from synthetic.kit.rows import Row
from tests.synthetic.schemes.kinship import Kin, in_force
from tests.synthetic.schemes.tried import Tried, tried

EDGES: Final = (0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0)
DAYS: Final = (date(2024, 6, 30), date(2024, 12, 31))
DUTIES: Final = {"handler", "approver", "village_committee"}
CHANCE: Final = 1e-4


class World:
    """What a site's rows say of households, their need and their kin."""

    def __init__(self, site: Site) -> None:
        self.site, self.of = site, site.rows.tables
        self.village = {row["household_no"]: str(row["region_code"]) for row in self.of["household"]}
        self.kin = Kin(site, site.as_of)
        self.members: dict[object, set[object]] = defaultdict(set)
        for row in self.of["member"]:
            self.members[row["household_no"]].add(row["id_no"])
        self.officials = [row for row in self.of["official"] if row["duty"] in DUTIES]
        self.stated: dict[object, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for row in self.of["means"]:
            sign = 0 if row["item"] == "deposits" else -1 if str(row["item"]).endswith("expense") else 1
            self.stated[row["household_no"]][cast("date", row["as_of"])] += sign * cast("int", row["verified"])
        self.awards = [row for row in self.of["award"] if row["programme"] == "dibao"]

    def band(self, household: object, on: date) -> int | None:
        """Of need on that day; None without a statement."""
        known = [day for day in self.stated[household] if day <= on]
        if not known:
            return None
        kind = self.site.village.settlement
        line = 12 * len(self.members[household]) * self.site.county.standards.fen(kind, on)
        return sum(max(0, self.stated[household][max(known)]) >= line * edge for edge in EDGES)

    def on_dibao(self, on: date) -> set[object]:
        """Households with an award in force that day."""
        return {row["household_no"] for row in self.awards if in_force(row, on, "from_month", "to_month")}

    def near(self, official: object) -> set[object]:
        """Households of near kin, the official's own among them."""
        relatives = self.kin.near(official) | {official}
        return {household for household, members in self.members.items() if members & relatives}


SHORT = {("kin_excess", "refused_but_for_kin")}  # on aid on one of the DAYS only, which this oracle does not judge


def kin_excess(site: Site) -> Iterator[object]:
    """Kin on dibao twice as often as village and band predict, beyond chance, while in office."""
    world = World(site)
    bands = {on: {home: world.band(home, on) for home in world.village} for on in DAYS}
    for row in world.officials:
        near = world.near(row["id_no"])
        earlier = {
            award["household_no"]
            for award in world.of["award"]
            if award["programme"] == "dibao" and award["from_month"] < row["from_on"].replace(day=1)
        }  # on aid before the post: no favour of this official
        if len(near) < 4:  # the own one and three others
            continue
        strata: dict[object, list[tuple[bool, bool]]] = defaultdict(list)
        for on in DAYS:
            aided = world.on_dibao(on)
            if in_force(row, on, "from_on", "to_on"):
                for home, band in bands[on].items():
                    if band is not None and not (home in near and home in earlier):
                        strata[on, world.village[home], band].append((home in near, home in aided))
        counted = [[(kin and aid, aid, kin) for kin, aid in found] for found in strata.values()]
        sums = [(len(found), *(sum(cells) for cells in zip(*found, strict=True))) for found in counted]
        seen = sum(one[1] for one in sums)
        expected = sum(aid * kin / n for n, _, aid, kin in sums)
        tails = [hypergeom(n, aid, kin).pmf(np.arange(kin + 1)) for n, _, aid, kin in sums]
        chance = reduce(np.convolve, tails, np.ones(1))[seen:].sum()
        if seen >= 3 * len(DAYS) and seen >= 2 * expected and chance < CHANCE:
            yield row["id_no"]


def mutual_favor(site: Site) -> Iterator[object]:
    """Rings of two and three, each arc of two approvals at least."""
    world = World(site)
    home = {
        row["application_no"]: row["household_no"] for row in world.of["application"] if row["decision"] == "approved"
    }
    confirmed: dict[object, list[object]] = defaultdict(list)
    for row in world.of["step"]:
        if row["step"] == "confirm" and row["application_no"] in home:
            confirmed[row["actor_id_no"]].append(home[row["application_no"]])
    officials = {row["id_no"] for row in world.officials}
    near = {one: world.near(one) for one in officials}
    arcs: dict[object, set[object]] = {
        one: {two for two in officials - {one} if sum(house in near[two] for house in confirmed[one]) > 1}
        for one in officials
    }
    for one, others in arcs.items():
        for two in others:
            if one in arcs[two] or any(one in arcs[three] for three in arcs[two] - {one}):
                yield one


@pytest.mark.parametrize("oracle", [kin_excess, mutual_favor], ids=lambda oracle: oracle.__name__)
@pytest.mark.parametrize(("seed", "delegated", "urban"), [(1, True, False), (2, False, True)])
def test_the_rows_of_officials_say_what_the_truth_says(
    oracle: object, seed: int, *, delegated: bool, urban: bool
) -> None:
    assert callable(oracle)
    name = oracle.__name__
    wrong = [
        (str(one), "rows say", found, "truth says", told)
        for one in tried(seed, delegated=delegated, urban=urban)
        if (name, one.name) not in SHORT and (found := set(oracle(one.site))) != (told := one.told(name))
    ]
    assert wrong == []


def named(scheme: str, name: str) -> Tried:
    return next(one for one in tried(1, delegated=True) if (one.scheme, one.name) == (scheme, name))


def confirmed(one: Tried) -> tuple[list[Row], list[Row]]:
    """The cases the official confirmed: of own kin, and of others."""
    world, official = World(one.site), one.planted[0].subject
    mine = {r["application_no"] for r in world.of["step"] if r["step"] == "confirm" and r["actor_id_no"] == official}
    cases = [row for row in world.of["application"] if row["application_no"] in mine]
    near = world.near(official)
    return [r for r in cases if r["household_no"] in near], [r for r in cases if r["household_no"] not in near]


def days(one: Tried, case: Row) -> int:
    accepted, decided = (cast("date", case[cell]) for cell in ("accepted_at", "decided_at"))
    return one.site.office.between(date.fromisoformat(str(accepted)[:10]), date.fromisoformat(str(decided)[:10]))


def above_due(one: Tried, cases: list[Row]) -> set[object]:
    """Their awards of which the truth says that they are paid above the due."""
    numbers = {row["application_no"] for row in cases}
    awards = {r["award_no"] for r in one.site.rows.tables["award"] if r["application_no"] in numbers}
    return awards & one.told("overpaid")


def test_kin_are_approved_with_an_income_for_which_others_are_refused() -> None:
    kin, others = confirmed(named("kin_lenience", "refused_but_for_kin"))
    assert {row["decision"] for row in kin} == {"approved"}
    assert {row["decision"] for row in others} == {"refused"}
    assert len(kin) >= 3


def test_kin_are_decided_sooner_and_all_in_time() -> None:
    one = named("kin_lenience", "kin_come_first")
    kin, others = confirmed(one)
    assert max(days(one, row) for row in kin) < min(days(one, row) for row in others)
    assert max(days(one, row) for row in others) <= 20


def test_kin_are_paid_above_the_due_and_others_are_not() -> None:
    one = named("kin_lenience", "paid_above_the_due")
    kin, others = confirmed(one)
    assert len(above_due(one, kin)) == len(kin)
    assert above_due(one, others) == set()


def test_who_is_as_quick_with_all_has_kin_among_them() -> None:
    one = named("kin_lenience", "as_quick_with_all")
    kin, others = confirmed(one)
    mean = [sum(days(one, row) for row in rows) / len(rows) for rows in (kin, others)]
    assert len(kin) >= 3
    assert abs(mean[0] - mean[1]) < 2


def test_within_the_delegated_village_kin_are_no_quicker_than_their_neighbours() -> None:
    one = named("kin_lenience", "delegated_village")
    kin, others = confirmed(one)
    here = [row for row in others if row["delegated"]]
    beyond = [row for row in others if not row["delegated"]]
    assert max(days(one, row) for row in (*kin, *here)) < min(days(one, row) for row in beyond)


def test_only_the_urgent_cases_are_kin() -> None:
    kin, others = confirmed(named("kin_lenience", "urgent_cases"))
    assert {row["programme"] for row in kin} == {"temporary_emergency"}
    assert {row["programme"] for row in others} == {"temporary_expenditure"}


def test_one_approver_grants_what_the_colleague_refuses() -> None:
    one = named("kin_lenience", "lenient_to_all")
    kin, others = confirmed(one)
    assert kin == []
    assert {row["decision"] for row in others} == {"approved"}
    refused = [row for row in one.site.rows.tables["application"] if row["decision"] == "refused"]
    assert len(refused) > len(others)


@pytest.mark.parametrize(
    ("name", "leads"),
    [
        ("brothers_and_sisters", 3),
        ("sisters_of_the_wife", 3),
        ("phone_address_account", 3),
        ("two_brothers", 2),
        ("kin_without_a_lead", 0),
        ("old_peoples_home", 3),
    ],
)
def test_around_an_official_stand_so_many_awards_shut_out_by_a_register(name: str, leads: int) -> None:
    assert len(named("favored_cluster", name).told("veto_asset")) == leads


def test_needier_kin_are_on_aid_as_everybody_of_their_band_and_more_than_the_village() -> None:
    one = named("kin_excess", "needier_kin")
    world, official = World(one.site), one.planted[0].subject
    on = DAYS[1]
    bands = {home: band for home in world.village if (band := world.band(home, on)) is not None}
    near, aided = world.near(official) & set(bands), world.on_dibao(on)
    assert {bands[home] for home in near} == {0}
    assert {home for home, band in bands.items() if band == 0} <= aided
    pooled = len(near & aided) / len(near) / (len(aided & set(bands)) / len(bands))
    assert pooled > 1.5
