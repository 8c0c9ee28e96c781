"""What the records say of a household, column by column: both sides, and what nobody knows."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from metrics.whatif.draws import draws
from metrics.whatif.gather import gather, gathered, regathered
from metrics.whatif.population import HEALTH, NO, UNKNOWN, YES, Persons, Population
from metrics.whatif.records.aid import terms
from metrics.whatif.records.homes import homes, listed
from metrics.whatif.records.homes import stated as said_by
from metrics.whatif.records.kept_out import kept_out, near_officials
from metrics.whatif.records.people import people
from tests.metrics.county import NEXT_VILLAGE, VILLAGE, application, award, covered, households
from tests.metrics.coverage.dibao import AS_OF, RULES, finding, lives, no_cars, placed, stated
from tests.worlds import Row, person_no, world

FATHER, SON, OTHER, CADRE = "示例甲", "示例乙", "示例丙", "示例丁"
BORN = {FATHER: "1950-07-01", SON: "1980-01-01", OTHER: "2010-01-01", CADRE: "1980-01-01"}


def person(name: str, **cells: str | None) -> Row:
    plain = {"name": name, "sex": "M", "born_on": BORN[name], "hukou": "rural", "region_code": VILLAGE}
    return {"id_no": person_no(name), **plain, "disability_grade": None, "health": None, "student_stage": None, **cells}


def item(name: str, yuan: str | None, household: str = "H1", as_of: str = "2024-01-10", **cells: str | None) -> Row:
    said = {"household_no": household, "as_of": as_of, "item": name, "declared": None, "verified": yuan}
    return {**said, **cells}


def payment(number: str, month: str, yuan: str | None, award_no: str = "W1") -> Row:
    return {"payment_no": number, "award_no": award_no, "month": month, "amount": yuan}


def county(**tables: list[Row]) -> Tables:
    """H1 in the village, whose head has stated a wage of nothing; anything else as told."""
    plain: dict[str, list[Row]] = {
        "region": placed(),
        "household": households(H1=VILLAGE),
        "member": [lives("H1", FATHER)],
        "person": [person(name) for name in BORN],
        "means": [stated("H1", "0")],
        "match": [finding("M0", "示例外")],
    }
    return world(AS_OF, **{**plain, **tables})


def of(policy: Policy = RULES, **tables: list[Row]) -> Population:
    return gather(county(**tables), policy)


def asked(data: Tables) -> Frame:
    return data.engine.place(listed(data))


def kept(policy: Policy = RULES, **tables: list[Row]) -> tuple[int, int]:
    """Is H1 barred, is it shut out?"""
    data = county(**tables)
    found = pl.DataFrame({"household_id": listed(data)["household_id"].head(1)}).join(
        kept_out(data, policy, asked(data)), on="household_id"
    )
    return found["barred"].item(), found["shut"].item()


def who(**tables: list[Row]) -> pl.DataFrame:
    """The people of H1."""
    data = county(**tables)
    first = listed(data)["household_id"].head(1)
    return people(data, RULES, asked(data)).filter(pl.col("household_id").is_in(first.to_list())).sort("age")


ON_AID: dict[str, list[Row]] = {
    "award": [award("W1", "H1", "2024-01")],
    "beneficiary": [covered("W1", FATHER, "2024-01")],
}


def test_who_is_reckoned_with() -> None:
    found = of(
        household=households(H1=VILLAGE, H2=VILLAGE, H3=VILLAGE, H4=NEXT_VILLAGE),
        means=[stated("H1", "0", AS_OF), stated("H2", "0", "2023-01-01")],
        award=[award("W3", "H3", "2024-06"), award("W4", "H4", "2024-01", "2024-05")],  # H4's ended, nothing stated
    )
    assert found.households == 3
    assert found.stated.tolist() == [True, True, False]
    assert found.own.tolist() == [False, False, True]
    assert found.n.tolist() == [1, 0, 0]
    assert found.village_code == (VILLAGE,)
    assert found.urban_rural == ("rural",)


def test_a_household_of_no_known_village_is_there_without_one() -> None:
    found = of(household=[{"household_no": "H1", "region_code": None}])
    assert found.village_code == ("",)
    assert found.urban_rural == (None,)
    assert found.groups["urban_rural"][1].tolist() == [UNKNOWN]


def test_the_newest_statement_is_taken_item_by_item() -> None:
    found = of(
        means=[
            item("wage", "9000", as_of="2023-01-10"),
            item("land", "50.25", declared="60"),  # verified goes before
            item("medical_expense", None, declared="70"),
            item("wage", "1", as_of="2023-01-10", household="H1") | {"item": "transfer"},
        ]
    )
    assert found.items["wage"].tolist() == [0]  # an older statement's
    assert found.items["transfer"].tolist() == [0]
    assert found.items["land"].tolist() == [5025]
    assert found.items["medical_expense"].tolist() == [7000]
    assert {name: flags.tolist() for name, flags in found.absent.items()} == {
        "wage": [True],
        "land": [False],
        "support": [True],
    }
    assert found.unclear.tolist() == [False]


@pytest.mark.parametrize(
    ("rows", "unclear"),
    [
        ([item("wage", "100")], False),
        ([item("wage", None)], True),  # no figure
        ([item("wage", "100"), item("wage", "200")], True),  # filed twice
        ([item("deposits", None), item("wage", "100")], False),  # no income
    ],
)
def test_a_statement_that_cannot_be_read_is_unclear(rows: list[Row], unclear: bool) -> None:
    data = county(means=rows)
    assert said_by(data, asked(data))["unclear"].to_list() == [unclear]


def test_whom_an_award_covers_and_who_lives_there() -> None:
    found = of(
        member=[lives("H1", FATHER), lives("H1", OTHER), {**lives("H1", SON), "co_living": "否"}],
        award=[award("W1", "H1", "2024-01")],
        beneficiary=[
            covered("W1", FATHER, "2024-01"),
            covered("W1", SON, "2024-02"),
            covered("W1", OTHER, "2024-01", "2024-05"),
        ],
    )
    assert (found.n.tolist(), found.covered.tolist()) == ([2], [2])
    there = found.persons
    together = sorted(zip(there.age.tolist(), there.counted.tolist(), there.covered.tolist(), strict=True))
    assert together == [(14, True, False), (44, False, True), (73, True, True)]


def test_a_person_of_whom_nothing_is_known() -> None:
    found = of(person=[person(SON)]).persons
    assert (found.age.tolist(), found.health.tolist(), found.disability.tolist()) == ([-1], [-1], [0])


def test_health_and_grade_are_as_registered() -> None:
    told = of(person=[person(FATHER, health="serious_illness", disability_grade="2")]).persons
    assert told.health.tolist() == [HEALTH.index("serious_illness")]
    assert told.disability.tolist() == [2]


@pytest.mark.parametrize(
    ("since", "until", "months"), [("2024-06", None, 0), ("2023-06", "2024-06", 12), ("2023-06", "2024-05", -1)]
)
def test_how_long_an_award_has_run(since: str, until: str | None, months: int) -> None:
    found = of(award=[award("W1", "H1", since, until)], beneficiary=[covered("W1", FATHER, since)])
    assert found.award_months.tolist() == [months]
    assert found.own.tolist() == [months >= 0]


@pytest.mark.parametrize(
    ("rows", "fen"),
    [
        ([payment("P1", "2024-05", "300"), payment("P2", "2024-04", "500")], 30_000),
        ([payment("P1", "2024-05", "300"), payment("P2", "2024-05", "50")], 35_000),  # in parts
        ([payment("P1", "2024-05", "-300"), payment("P2", "2024-04", "500")], 50_000),  # recovered in May
        ([payment("P1", "2024-05", "300"), payment("P2", "2024-05", "-300"), payment("P3", "2024-04", "9")], 900),
        ([payment("P1", "2024-05", None), payment("P2", "2024-04", "500")], -1),
        ([payment("P1", "2024-07", "300"), payment("P2", "2024-06", "500")], 50_000),  # after the data's day
        ([], -1),
    ],
)
def test_what_was_paid_last(rows: list[Row], fen: int) -> None:
    data = county(**ON_AID, **({"payment": rows} if rows else {}))
    assert terms(data)["paid_fen"].fill_null(-1).to_list() == [fen]


def test_single_person_entry_by_the_award_or_its_application() -> None:
    alone = {**award("W2", "H2", "2024-01"), "single_person_basis": "serious_illness"}
    applied = {**application("A3", "2023-12-01", "2023-12-20", "H3"), "single_person_basis": "serious_illness"}
    by_application = {**award("W3", "H3", "2024-01"), "application_no": "A3"}
    found = of(
        household=households(H1=VILLAGE, H2=VILLAGE, H3=VILLAGE),
        award=[award("W1", "H1", "2024-01"), alone, by_application],
        application=[applied],
    )
    assert found.single.tolist() == [False, True, True]


def test_what_bars_and_what_only_may() -> None:
    car = finding("M1", FATHER, "vehicle", detail="car")
    assert kept(no_cars("exclude"), match=[car])[0] == YES
    assert kept(no_cars("verify"), match=[car])[0] == NO
    assert kept(no_cars("exclude"), match=[{**car, "detail": None}])[0] == UNKNOWN
    assert kept(no_cars("exclude"), match=[finding("M1", SON, "vehicle", detail="car")])[0] == NO
    assert kept(no_cars("exclude"), match=[car], means=[stated("H1", "99999")])[0] == YES


def test_nobody_is_barred_where_the_law_asks_for_no_findings() -> None:
    law = {"programme": "dibao", "income": "below_standard", "not_covered_by": ["destitute"]}
    car = finding("M1", FATHER, "vehicle", detail="car")
    rules = Policy(no_cars("exclude").rules | {"entitlement": Policy.of(entitlement=law).rule("entitlement")})
    assert kept(rules, match=[car])[0] == NO
    nowhere = Policy(rules.rules | {"entitlement": Policy.of(entitlement={**law, "region": "11"}).rule("entitlement")})
    assert kept(nowhere, match=[car]) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("programme", "since", "shut"),
    [("destitute", "2024-06", YES), ("destitute", "2024-07", NO), ("disability_living", "2024-06", NO)],
)
def test_what_else_covers_somebody_there_shuts_out(programme: str, since: str, shut: int) -> None:
    elsewhere = {
        "household": households(H1=VILLAGE, H2=VILLAGE),
        "award": [award("W2", "H2", since, programme=programme)],
        "beneficiary": [covered("W2", FATHER, since)],
    }
    assert kept(**elsewhere)[1] == shut


@pytest.mark.parametrize(
    ("yuan", "as_of", "months"), [("7199.99", "2024-01-10", -1), ("7200", "2024-01-10", 5), ("7200", "2024-06-30", 0)]
)
def test_since_when_an_award_is_above_the_line(yuan: str, as_of: str, months: int) -> None:
    data = county(**ON_AID, means=[stated("H1", yuan, as_of)])
    assert homes(data, RULES)["above_months"].fill_null(-1).to_list() == [months]
    without = county(means=[stated("H1", yuan, as_of)])  # not on the roll
    assert homes(without, RULES)["above_months"].to_list() == [None]


# -- kin ---------------------------------------------------------------------------------------------------------------


def post(name: str = CADRE, region: str = VILLAGE, until: str | None = None) -> Row:
    said = {"id_no": person_no(name), "duty": "village_committee", "region_code": region, "post": "主任"}
    return {**said, "from_on": "2020-01-01", "to_on": until}


def tie(child: str, parent: str) -> Row:
    return {"id_no": person_no(child), "relative_id_no": person_no(parent), "relation": "parent", "source": "hukou"}


@pytest.mark.parametrize(
    ("posts", "near"),
    [
        ([post()], True),
        ([post(region=NEXT_VILLAGE)], False),  # of another village
        ([post(until="2024-06-29")], False),  # no longer
        ([post(until="2024-06-30")], True),
        ([post(name=FATHER)], True),  # lives there
        ([post(name=OTHER)], False),  # no kin
    ],
)
def test_near_kin_of_an_official_over_the_village(posts: list[Row], near: bool) -> None:
    data = county(official=posts, kin=[tie(CADRE, FATHER)])
    assert near_officials(data, RULES, asked(data))["kin"].to_list() == [near]


# -- children elsewhere ------------------------------------------------------------------------------------------------

AWAY: dict[str, list[Row]] = {
    "household": households(H1=VILLAGE, H2=VILLAGE),
    "member": [lives("H1", FATHER), lives("H2", SON), lives("H2", OTHER)],
    "means": [stated("H1", "0"), item("wage", "10000", "H2"), item("land", "2000", "H2")],
    "kin": [tie(SON, FATHER)],
}


def support(**tables: list[Row]) -> tuple[int, bool]:
    """What the father's children have a head, and whether that is known."""
    father = who(**{**AWAY, **tables}).row(by_predicate=pl.col("age") == 73, named=True)
    known = not father["has_children"] or father["supporter_fen"] is not None
    return father["supporter_fen"] or 0, known


def test_a_child_elsewhere_has_the_income_a_head_of_its_household() -> None:
    assert support() == (600_000, True)
    assert support(kin=[tie(OTHER, SON)]) == (0, True)  # no child of his
    assert support(member=[lives("H1", FATHER), lives("H1", SON)]) == (0, True)  # at home


@pytest.mark.parametrize(
    "son",
    [
        {"health": "serious_illness"},
        {"health": "severely_disabled"},
        {"disability_grade": "2"},
        {"student_stage": "undergraduate"},
        {"born_on": "2006-07-01"},
    ],
)
def test_who_supports_nobody(son: dict[str, str]) -> None:
    assert support(person=[person(FATHER), person(SON, **son)]) == (0, True)


@pytest.mark.parametrize("son", [{"health": "chronic_illness"}, {"disability_grade": "3"}, {"born_on": "2006-06-30"}])
def test_who_still_does(son: dict[str, str]) -> None:
    assert support(person=[person(FATHER), person(SON, **son)]) == (600_000, True)


def test_children_in_custody_or_on_dibao_support_nobody() -> None:
    assert support(match=[finding("M1", SON, "custody")]) == (0, True)
    assert support(match=[finding("M1", SON, "custody", to_on="2024-06-29")]) == (600_000, True)
    assert support(award=[award("W2", "H2", "2024-01")]) == (0, True)
    assert support(award=[award("W2", "H2", "2024-01", "2024-05")]) == (600_000, True)


def test_a_child_without_a_clear_statement_is_unknown_and_a_dead_one_is_none() -> None:
    assert support(means=[stated("H1", "0")])[1] is False
    assert support(means=[stated("H1", "0"), item("wage", None, "H2")])[1] is False
    assert support(member=[lives("H1", FATHER)])[1] is False  # nobody knows where
    gone = [person(FATHER), person(SON, died_on="2020-01-01")]
    assert support(person=gone, means=[stated("H1", "0")]) == (0, True)


def test_a_child_who_lives_in_two_households_is_unknown_whichever_number_comes_first() -> None:
    rich, poor = item("wage", "90000", "H3"), item("wage", "600", "H2")
    two = [lives("H1", FATHER), lives("H2", SON), lives("H3", SON)]
    homes = households(H1=VILLAGE, H2=VILLAGE, H3=VILLAGE)
    assert support(household=homes, member=two, means=[stated("H1", "0"), rich, poor]) == (0, False)
    assert support(member=[lives("H1", FATHER), lives("H1", SON), lives("H2", SON)]) == (0, True)  # at home too
    assert support(member=[lives("H1", FATHER), lives("H2", SON), lives("H2", SON)])[1] is True  # one, entered twice


# -- groups, draws, order ----------------------------------------------------------------------------------------------


def groups(**tables: list[Row]) -> dict[str, str | None]:
    found = of(**tables).groups
    return {name: labels[place[0]] if place[0] >= 0 else None for name, (labels, place) in found.items()}


def test_groups_of_those_who_live_there() -> None:
    head = {**lives("H1", FATHER), "relation": "head"}
    found = groups(
        member=[head, lives("H1", OTHER)], person=[person(FATHER, sex="F", disability_grade="2"), person(OTHER)]
    )
    assert found == {
        "urban_rural": "rural",
        "size": "2",
        "child": "yes",
        "aged": "yes",
        "disability": "yes",
        "head_sex": "F",
        "kin": "no",
    }


def test_who_lives_alone_with_no_need() -> None:
    found = groups(member=[lives("H1", SON)])
    assert (found["size"], found["child"], found["aged"], found["disability"]) == ("1", "no", "no", "no")
    assert found["head_sex"] is None


def test_whom_nobody_knows_is_of_no_group() -> None:
    empty = groups(member=[lives("H9", OTHER)], household=households(H1=VILLAGE, H9=VILLAGE))
    assert {empty[name] for name in ("size", "child", "aged", "disability", "head_sex")} == {None}


def test_an_unknown_age_is_of_no_group_of_ages() -> None:
    strange = groups(person=[person(SON)])
    assert (strange["child"], strange["aged"], strange["size"]) == (None, None, "1")
    both = groups(person=[person(OTHER)], member=[lives("H1", OTHER), lives("H1", FATHER)])
    assert (both["child"], both["aged"]) == ("yes", None)


def test_draws_are_stored_by_number_and_name() -> None:
    numbers = [f"H{place:06d}" for place in range(20_000)]
    found = draws(numbers)
    backwards = draws(numbers[::-1])
    assert np.array_equal(found["take_up"], backwards["take_up"][::-1])
    for name in ("take_up", "leak"):
        assert ((found[name] >= 0) & (found[name] < 1)).all()
        counts = np.bincount((found[name] * 10).astype(int), minlength=10)
        assert np.abs(counts - 2_000).max() < 200
    assert abs(np.corrcoef(found["take_up"], found["leak"])[0, 1]) < 0.03


def alike(one: Any, other: Any, where: str = "") -> None:
    """Every column of both is the same."""
    if isinstance(one, Population | Persons):
        one, other = vars(one), vars(other)
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for name, column in one.items():
            alike(column, other[name], f"{where}.{name}")
    elif isinstance(one, tuple) and where.startswith(".groups"):
        assert one[0] == other[0], where
        alike(one[1], other[1], f"{where}.places")
    else:
        assert np.array_equal(one, other), where


def test_the_order_of_rows_changes_nothing() -> None:
    tables = {
        **AWAY,
        **ON_AID,
        "official": [post()],
        "payment": [payment("P1", "2024-05", "300"), payment("P2", "2024-04", "500")],
    }
    alike(of(**tables), of(**{name: rows[::-1] for name, rows in tables.items()}))


# -- other rules -------------------------------------------------------------------------------------------------------


def test_other_findings_are_looked_up_anew_and_nothing_else() -> None:
    data = county(match=[finding("M1", FATHER, "vehicle", detail="car")])
    before = gather(data, no_cars("exclude"))
    after = regathered(before, data, no_cars("verify"))
    assert (before.barred.tolist(), after.barred.tolist()) == ([YES], [NO])
    assert after.hardship is before.hardship
    assert after.kin is before.kin
    assert after.gathered == gathered(no_cars("verify"))
    alike(after, gather(data, no_cars("verify")))


def test_other_kin_and_their_group() -> None:
    data = county(official=[post()], kin=[tie(CADRE, FATHER)])
    before = gather(data, RULES)
    after = regathered(
        before, data, Policy(RULES.rules | {"near_kin": Policy.of(near_kin=["spouse"]).rule("near_kin")})
    )
    assert (before.kin.tolist(), after.kin.tolist()) == ([True], [False])
    assert after.groups["kin"][1].tolist() == [0]
    assert after.barred is before.barred


def test_other_hardship() -> None:
    data = county()
    before = gather(data, RULES)
    weights = [
        {**entry.scope, **entry.fields, "weight": 2 * entry.fields["weight"]}  # type: ignore[operator]
        for entry in RULES.rule("hardship_weight").entries
    ]
    doubled = Policy(RULES.rules | {"hardship_weight": Policy.of(hardship_weight=weights).rule("hardship_weight")})
    after = regathered(before, data, doubled)
    assert before.hardship[0] > 0
    assert np.array_equal(after.hardship, 2 * before.hardship)
    assert after.barred is before.barred


def test_the_same_rules_give_the_same_population_and_other_tables_none() -> None:
    data = county()
    found = gather(data, RULES)
    assert regathered(found, data, Policy(RULES.rules)) is found
    found.kept["deciles"] = 1
    raised = Policy(RULES.rules | {"dibao_standard": Policy.of(dibao_standard=900).rule("dibao_standard")})
    assert regathered(found, data, raised) is found  # a standard is looked up by the model itself
    other = Population(**{**vars(found), "snapshot": "another"})
    with pytest.raises(ValueError, match="another"):
        regathered(other, data, RULES)
