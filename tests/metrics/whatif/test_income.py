"""Tests of counted income in arrays: the contract's arithmetic, each imputation, and what is not known."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.dataset import Tables
from casework.means.statement import statements
from casework.policy import Change, Policy
from casework.tables import HOUSEHOLD
from metrics.whatif.income import counted_income, income_steps
from metrics.whatif.population import EXPENSES, INCOMES, ITEMS, Population
from metrics.whatif.rules import Rules
from tests.metrics.whatif.made import population
from tests.worlds import Row, world

DAY = date(2025, 7, 1)
VILLAGE, FAR = "990101001001", "990102001001"
LAST_YEAR = {"min_wage": 1760, "income_rural": 12000}
HALF = {"age": 30, "health": "disabled"}  # coefficient 0.5
CHILD = {"age": 10, "health": "healthy"}  # coefficient 0


def published(made: Population, year: int = 2024, **yuan: int) -> Population:
    """The same with a figure of that year for every village."""
    villages = len(made.village_code)
    return replace(made, figures={item: {year: np.full(villages, value * 100)} for item, value in yuan.items()})


def reckoned(made: Population, policy: Policy, day: date = DAY) -> list[float | None]:
    """Y of each household in yuan; None where it is not known."""
    y_fen, known = counted_income(made, Rules.of(made, policy, day))
    return [fen / 100 if sure else None for fen, sure in zip(y_fen.tolist(), known.tolist(), strict=True)]


def y(policy: Policy, **home: Any) -> float | None:
    (only,) = reckoned(published(population(home), **LAST_YEAR), policy)
    return only


PLAIN = Policy.shipped()
WORK = Policy.of(impute_work=True)
LAND = Policy.of(impute_land=True)
SUPPORT = Policy.of(impute_support=True)


def test_incomes_less_expenses_and_never_below_nothing() -> None:
    assert y(PLAIN, wage=9000, transfer=500.5, support=10, medical_expense=2000) == 7510.5
    assert y(PLAIN, wage=100, education_expense=100.01) == 0
    assert y(PLAIN) == 0


def test_without_a_clear_statement_nobody_knows() -> None:
    assert y(PLAIN, wage=9000, stated=False) is None
    assert y(PLAIN, wage=9000, unclear=True) is None


@pytest.mark.parametrize(
    ("wage", "kept"),
    [(1800.01, 0.01), (1800, 0), (1799, 0), (3000, 1200)],
)
def test_twelve_months_of_disregard_and_job_cost_are_taken_of_a_wage(wage: float, kept: float) -> None:
    assert y(Policy.of(disregard=100, job_cost=50), wage=wage, business=7) == kept + 7


@pytest.mark.parametrize(("rate", "kept"), [(0.3, 840), (0.35, 780), (0.0, 1200), (1.0, 0), (1.5, 0)])
def test_of_the_rest_of_a_wage_a_share_is_disregarded(rate: float, kept: float) -> None:
    policy = Policy.of(disregard={"value": 100.0, "rate": rate}, job_cost=50)
    assert y(policy, wage=3000) == kept
    assert y(policy, transfer=3000) == 3000  # nothing but a wage


def test_what_is_left_of_a_share_is_rounded_down_to_a_fen() -> None:
    assert y(Policy.of(disregard={"value": 0, "rate": 0.35}), wage=0.99) == 0.64


def test_a_share_may_be_changed_from_thirty_to_thirty_five_per_cent() -> None:
    thirty = PLAIN.adjusted([Change("disregard", which="rate", set=0.3)])
    assert (y(PLAIN, wage=20000), y(thirty, wage=20000)) == (20000, 14000)
    assert y(thirty.adjusted([Change("disregard", which="rate", set=0.35)]), wage=20000) == 13000
    assert y(thirty.adjusted([Change("disregard", which="rate", set=0.35, region="99")]), wage=20000) == 13000
    assert y(thirty.adjusted([Change("disregard", which="rate", set=0.35, region="11")]), wage=20000) == 14000


def test_each_expense_counts_up_to_its_own_cap() -> None:
    policy = Policy.of(deduction_cap=[{"value": "none"}, {"item": "medical_expense", "value": 1500}])
    assert y(policy, wage=9000, medical_expense=1500, education_expense=4000) == 3500
    assert y(policy, wage=9000, medical_expense=1500.01) == 7500


def test_a_rule_that_is_in_force_elsewhere_only_leaves_those_unknown_for_whom_it_matters() -> None:
    elsewhere = Policy.of(deduction_cap={"region": "11", "value": 1}, disregard={"region": "11", "value": 1})
    assert y(elsewhere, transfer=100) == 100
    assert y(elsewhere, wage=100) is None
    assert y(elsewhere, transfer=100, medical_expense=1) is None


# what an absent item is imputed as


def test_work_is_coefficient_times_minimum_wage_times_months() -> None:
    assert y(WORK, people=[HALF]) == 7040  # 0.5 x 1,760 x 8
    assert y(WORK, n=3, people=[HALF, HALF, CHILD]) == 14080
    assert y(PLAIN, people=[HALF]) == 0


def test_a_wage_filed_goes_before_one_imputed_even_if_it_is_nothing() -> None:
    assert y(WORK, people=[HALF], wage=300) == 300
    assert y(WORK, people=[HALF], wage=0) == 0


def test_an_imputed_wage_is_a_wage_of_which_the_same_is_taken() -> None:
    policy = Policy.of(impute_work=True, job_cost=100, disregard={"value": 20, "rate": 0.5})
    assert y(policy, people=[HALF]) == y(policy, wage=7040) == (7040 - 1440) / 2


def test_who_does_not_live_there_does_not_work_there() -> None:
    assert y(WORK, n=1, people=[HALF, {**HALF, "counted": False}]) == 7040


@pytest.mark.parametrize(("age", "yuan"), [(15, 0), (16, 14080), (44, 14080), (45, 12672), (59, 12672), (60, 7040)])
def test_the_coefficient_is_that_of_the_age(age: int, yuan: float) -> None:
    assert y(WORK, people=[{"age": age, "health": "healthy"}]) == yuan


def test_land_is_coefficient_times_income_of_last_year_times_ratio() -> None:
    assert y(LAND, people=[HALF]) == 3600  # 0.5 x 12,000 x 0.6
    assert y(LAND, people=[HALF], land=12) == 12
    assert y(LAND, people=[CHILD]) == 0


@pytest.mark.parametrize(("rate", "yuan"), [(0.05, 3000), (0.10, 6000)])
def test_support_is_a_share_of_the_income_of_the_children_who_must_give_it(rate: float, yuan: float) -> None:
    policy = Policy.of(impute_support=True, support_rate=rate)
    assert y(policy, people=[{"supporter": 40000}, {"supporter": 20000}], n=2) == yuan
    assert y(policy, people=[{"supporter": 40000}], support=100) == 100
    assert y(policy, people=[{"supporter": 0}]) == 0  # no children, or all exempt


def test_a_child_of_unknown_income_leaves_the_household_unknown_only_if_support_is_imputed() -> None:
    home: dict[str, Any] = {"n": 2, "people": [{"supporter": 40000}, {"supporter_known": False}]}
    assert y(SUPPORT, **home) is None
    assert y(SUPPORT, **home, support=0) == 0
    assert y(PLAIN, **home) == 0
    assert y(Policy.of(impute_support=True, support_rate=0), **home) == 0  # no share of it, whatever it is


@pytest.mark.parametrize("switched", [WORK, LAND], ids=["work", "land"])
@pytest.mark.parametrize(
    ("person", "known"),
    [
        ({"age": 30, "health": None}, False),
        ({"age": -1, "health": "healthy"}, False),
        ({"age": 10, "health": None}, True),  # a child works in no state of health
        ({"age": -1, "health": "severely_disabled"}, True),  # and such a person at no age
        ({"age": -1, "health": None}, False),
        ({"age": 30, "health": None, "counted": False}, True),
    ],
)
def test_a_coefficient_that_nobody_knows_leaves_the_household_unknown(
    switched: Policy, person: dict[str, Any], *, known: bool
) -> None:
    assert (y(switched, n=2, people=[CHILD, person]) is not None) is known
    assert y(switched, n=2, people=[CHILD, person], wage=1, land=1) == 2
    assert y(PLAIN, n=2, people=[CHILD, person]) == 0


def test_ages_and_states_of_health_that_no_row_holds_have_no_coefficient() -> None:
    rows = [{"health": "disabled", "age_from": 20, "age_to": 30, "value": 0.5}]
    policy = Policy.of(impute_work=True, labour_coefficient=rows)
    said = [y(policy, people=[{**HALF, "age": age}]) for age in (19, 20, 30, 31)]
    assert said == [None, 7040, 7040, None]
    assert y(policy, people=[{"age": 25, "health": "healthy"}]) is None


def test_of_two_rows_that_hold_an_age_the_one_that_begins_later_counts() -> None:
    rows = [
        {"health": "disabled", "age_from": 0, "age_to": 150, "value": 0.5},
        {"health": "disabled", "age_from": 30, "age_to": 40, "value": 0.1},
    ]
    policy = Policy.of(impute_work=True, labour_coefficient=rows)
    assert [y(policy, people=[{**HALF, "age": age}]) for age in (29, 30, 40, 41)] == [7040, 1408, 1408, 7040]


def test_a_place_may_have_coefficients_of_its_own() -> None:
    policy = WORK.adjusted([Change("labour_coefficient", region="990102", scope={"health": "disabled"}, scale=0.5)])
    made = published(population({"people": [HALF]}, {"people": [HALF], "village": FAR}), **LAST_YEAR)
    assert reckoned(made, policy) == [7040, 3520]


@pytest.mark.parametrize(("year", "yuan"), [(2024, 7040), (2023, None), (2025, None)])
def test_the_figure_is_last_years_and_never_another(year: int, yuan: float | None) -> None:
    made = published(population({"people": [HALF]}), year, **LAST_YEAR)
    assert reckoned(made, WORK) == [yuan]


def test_in_january_last_year_is_another() -> None:
    made = population({"people": [HALF]})
    made = replace(made, figures={"min_wage": {2024: np.array([176000]), 2025: np.array([180000])}})
    assert reckoned(made, WORK, date(2025, 12, 1)) == [7040]
    assert reckoned(made, WORK, date(2026, 1, 1)) == [7200]


def test_a_figure_that_is_missing_matters_only_to_those_who_would_work() -> None:
    made = population({"people": [HALF]}, {"people": [CHILD]}, {"people": [HALF], "wage": 5})
    assert reckoned(made, WORK) == [None, 0, 5]


def test_a_figure_of_which_nothing_is_taken_need_not_be_known() -> None:
    made = population({"people": [HALF]})
    assert reckoned(made, Policy.of(impute_land=True, land_ratio=0)) == [0]
    assert reckoned(made, Policy.of(impute_work=True, work_months=0)) == [0]


def test_the_switch_may_be_on_in_one_county_only() -> None:
    policy = Policy.of(impute_work=[{"value": False}, {"region": "990102", "value": True}])
    made = published(population({"people": [HALF]}, {"people": [HALF], "village": FAR}), **LAST_YEAR)
    assert reckoned(made, policy) == [0, 7040]


def test_every_step_can_be_read() -> None:
    policy = Policy.of(
        impute_work=True,
        job_cost=100,
        disregard={"value": 20, "rate": 0.5},
        deduction_cap={"item": "medical_expense", "value": 500},
    ).adjusted([Change("deduction_cap", region="11", set=1)])
    home = {"people": [HALF], "transfer": 60, "medical_expense": 800}
    made = published(population(home), **LAST_YEAR)
    steps = income_steps(made, Rules.of(made, policy, DAY))
    assert (steps.filed["wage"][0], steps.imputed["wage"][0]) == (0, 704000)
    assert {name: wage[0] for name, wage in steps.wage_after.items()} == {
        "disregard": 680000,
        "job_cost": 560000,
        "rate": 280000,
    }
    assert [steps.counted[name][0] for name in ("wage", "transfer", "medical_expense")] == [280000, 6000, 50000]
    assert (steps.y_fen[0], steps.known[0]) == (236000, True)


def test_what_is_filed_stays_as_it_was_filed() -> None:
    made = published(population({"wage": 5000, "medical_expense": 900}), **LAST_YEAR)
    before = {name: figures.copy() for name, figures in made.items.items()}
    reckoned(made, Policy.of(disregard=10, deduction_cap=5, impute_land=True))
    assert all((made.items[name] == before[name]).all() for name in ITEMS)


# properties

YUAN = st.integers(0, 2_000_000).map(lambda fen: fen / 100)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "age": st.integers(-1, 99),
            "health": st.sampled_from(["healthy", "disabled", "severely_disabled", None]),
            "supporter": st.sampled_from([0, 12345.67]),
        }
    ),
    min_size=1,
    max_size=3,
)
HOMES = st.builds(
    lambda items, people, village: {**items, "people": people, "n": len(people), "village": village},
    st.dictionaries(st.sampled_from(ITEMS), YUAN),
    PEOPLE,
    st.sampled_from([VILLAGE, FAR]),
)
CAPS = st.integers(0, 20000)
RULES = st.builds(
    lambda cap, less, rate, impute: Policy.of(
        deduction_cap=cap, disregard={"value": less, "rate": rate}, **dict.fromkeys(impute, True)
    ),
    CAPS,
    st.integers(0, 900),
    st.sampled_from([0, 0.3, 0.355, 1]),
    st.sets(st.sampled_from(["impute_work", "impute_land", "impute_support"])),
)


@settings(max_examples=60, deadline=None)
@given(home=HOMES, policy=RULES, item=st.sampled_from(INCOMES), more=YUAN)
def test_more_income_never_lowers_what_counts(home: dict[str, Any], policy: Policy, item: str, more: float) -> None:
    richer = {**home, item: home.get(item, 0) + more}
    if item not in home:
        home = {**home, item: 0}  # filed as nothing: what is imputed for an absent item is another matter
    made = published(population(home, richer), **LAST_YEAR)
    first, second = reckoned(made, policy)
    assert (first is None) == (second is None)
    assert first is None or second is None or first <= second


@settings(max_examples=60, deadline=None)
@given(home=HOMES, policy=RULES, item=st.sampled_from(EXPENSES), caps=st.tuples(CAPS, CAPS))
def test_a_lower_cap_never_lowers_what_counts(
    home: dict[str, Any], policy: Policy, item: str, caps: tuple[int, int]
) -> None:
    made = published(population(home), **LAST_YEAR)
    low, high = sorted(caps)
    (lower,), (higher,) = (
        reckoned(made, policy.adjusted([Change("deduction_cap", scope={"item": item}, set=cap)])) for cap in (low, high)
    )
    assert lower == higher or (lower is not None and higher is not None and lower > higher)


@settings(max_examples=40, deadline=None)
@given(homes=st.lists(HOMES, min_size=1, max_size=6), policy=RULES, order=st.randoms(use_true_random=False))
def test_the_order_of_the_households_does_not_matter(homes: list[dict[str, Any]], policy: Policy, order: Any) -> None:
    places = list(range(len(homes)))
    order.shuffle(places)
    plain = reckoned(published(population(*homes), **LAST_YEAR), policy)
    mixed = reckoned(published(population(*(homes[place] for place in places)), **LAST_YEAR), policy)
    assert mixed == [plain[place] for place in places]


# forty households with any of the items, the same every time
DRAWN = np.random.default_rng(7)
STATED: list[dict[str, float]] = [
    {item: int(DRAWN.integers(0, 900_000)) / 100 for item in ITEMS if DRAWN.random() < 0.6} | {"business": 1.25}
    for _ in range(40)
]


@pytest.fixture(scope="module")
def as_filed() -> Tables:
    """The same statements as rows."""
    means: list[Row] = [
        {"household_no": f"H{number:02}", "as_of": "2025-06-30", "item": item, "verified": f"{yuan:.2f}"}
        for number, home in enumerate(STATED)
        for item, yuan in home.items()
    ]
    plain: list[Row] = [{"household_no": f"H{number:02}", "region_code": VILLAGE} for number in range(len(STATED))]
    return world("2025-06-30", means=means, household=plain)


@pytest.mark.parametrize(
    "caps",
    [
        "none",
        [{"value": "none"}, {"item": "medical_expense", "value": 800}],
        [{"region": "9901", "value": 300.25}, {"item": "education_expense", "region": "9901", "value": "none"}],
        {"region": "11", "value": 1},
    ],
    ids=["no caps", "one cap", "local caps", "caps elsewhere"],
)
@pytest.mark.parametrize(
    ("less", "cost"),
    [
        (0, 0),
        (50.5, 120),
        ({"value": 0, "rate": 0.3}, 0),
        ({"value": 80, "rate": 0.333}, 120),
        ({"region": "11", "value": 1, "rate": 0.5}, 0),
        ("none", 10),
    ],
)
def test_it_is_what_the_detectors_reckon(as_filed: Tables, caps: Any, less: Any, cost: float) -> None:
    policy = Policy.of(deduction_cap=caps, disregard=less, job_cost=cost)
    said = statements(as_filed, policy).join(as_filed[HOUSEHOLD], on="household_id")
    by_number = as_filed.engine.collect(said.select("household_no", "y_fen")).sort("household_no")
    expected = [None if fen is None else fen / 100 for fen in by_number["y_fen"]]
    assert reckoned(population(*STATED), policy, date(2025, 6, 30)) == expected
