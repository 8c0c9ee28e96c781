"""Tests of the share of new awards first paid by the month due, by hand."""

import pytest

import metrics
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    NEXT_VILLAGE,
    POLICY,
    TOWN,
    VILLAGE,
    application,
    award,
    households,
    numbers,
    part_whole,
    regions,
)
from tests.worlds import Row, world

METRIC = "first_payment_on_time_share"
AS_OF = "2024-06-30"


def case(
    number: str, decided: str, *paid: str, household: str = "H1", until: str | None = None
) -> dict[str, list[Row]]:
    """An application, its award and its payments of 100 yuan for these months."""
    since = f"{decided[:7]}"
    return {
        "application": [application(f"A{number}", "2024-01-02", decided, household)],
        "award": [{**award(f"W{number}", household, since, until), "application_no": f"A{number}"}],
        "payment": [payment(f"W{number}", month) for month in paid],
    }


def payment(award_no: str, month: str, amount: str | None = "100") -> Row:
    return {"payment_no": f"{award_no}-{month}-{amount}", "award_no": award_no, "month": month, "amount": amount}


# Somebody else's award: the county's payment data of dibao run from January to June 2024.
ALWAYS: dict[str, list[Row]] = {
    "award": [award("W0", "H1", "2024-01")],
    "payment": [payment("W0", f"2024-0{month}") for month in range(1, 7)],
}


def tables(*cases: dict[str, list[Row]]) -> dict[str, list[Row]]:
    return {name: [row for one in cases for row in one.get(name, [])] for name in ("application", "award", "payment")}


def judged(*cases: dict[str, list[Row]], as_of: str = AS_OF, policy: Policy = POLICY) -> list[tuple[str, str, object]]:
    """Number, month due and `in_part` of each row."""
    data = world(as_of, region=regions(), household=households(H1=VILLAGE, H2=NEXT_VILLAGE), **tables(*cases))
    behind = rollup.rows(metrics, data, policy, METRIC).sort("subject")
    return [(row["subject"], f"{row['month']:%Y-%m}", row["in_part"]) for row in behind.to_dicts()]


@pytest.mark.parametrize(
    ("paid", "in_part"),
    [
        (("2024-03",), True),
        (("2024-04", "2024-05"), True),  # the month after the decision is the last in time
        (("2024-05",), False),
        ((), False),  # never paid, past due: in the whole, not in the part
    ],
)
def test_the_month_due_is_in_time_and_the_next_is_not(paid: tuple[str, ...], in_part: bool) -> None:
    assert judged(ALWAYS, case("1", "2024-03-29", *paid)) == [("W1", "2024-04", in_part)]


@pytest.mark.parametrize(
    ("as_of", "rows"),
    [("2024-04-29", []), ("2024-04-30", [("W1", "2024-04", False)])],
)
def test_what_is_not_yet_due_is_left_out_until_its_month_is_over(as_of: str, rows: list[object]) -> None:
    assert judged(ALWAYS, case("1", "2024-03-29"), as_of=as_of) == rows


def test_refused_one_off_and_void_awards_are_not_counted() -> None:
    refused = case("1", "2024-03-29")
    refused["application"] = [application("A1", "2024-01-02", "2024-03-29", decision="refused")]
    one_off = case("2", "2024-03-29")
    one_off["award"] = [{**one_off["award"][0], "programme": "temporary_expenditure"}]
    void = case("3", "2024-03-29", until="2024-02")
    assert judged(ALWAYS, refused, one_off, void) == []


def test_of_several_awards_of_an_application_the_first_paid_is_judged() -> None:
    several = case("1", "2024-03-29", "2024-06")
    several["award"] += [{**award("W2", "H1", "2024-04"), "application_no": "A1"}]
    assert judged(ALWAYS, several, {"payment": [payment("W2", "2024-04")]}) == [("W2", "2024-04", True)]
    unpaid = case("1", "2024-03-29")
    unpaid["award"] += [{**award("W2", "H1", "2024-04"), "application_no": "A1"}]
    assert judged(ALWAYS, unpaid) == [("W1", "2024-04", False)]


def test_a_reversed_month_is_not_paid_and_an_unknown_amount_is_unknown() -> None:
    reversal = {"payment": [payment("W1", "2024-04", "-100")]}
    assert judged(ALWAYS, case("1", "2024-03-29", "2024-04", "2024-05"), reversal) == [("W1", "2024-04", False)]
    unknown = {"payment": [payment("W1", "2024-04", None)]}
    assert judged(ALWAYS, case("1", "2024-03-29", "2024-05"), unknown) == [("W1", "2024-04", None)]


def test_months_outside_the_payment_data_are_unknown_not_unpaid() -> None:
    short = {"award": ALWAYS["award"], "payment": [payment("W0", "2024-02"), payment("W0", "2024-03")]}
    assert judged(short, case("1", "2024-03-29")) == [("W1", "2024-04", None)]  # due after their last month
    early = case("1", "2023-12-29")
    early["application"] = [application("A1", "2023-12-01", "2023-12-29")]
    assert judged(short, early) == [("W1", "2024-01", None)]  # due before their first
    assert judged(case("1", "2024-03-29"), {"payment": [payment("W9", "2024-03")]}) == [("W1", "2024-04", None)]


def test_several_awards_that_begin_with_the_payment_data_are_unknown_as_in_the_leads() -> None:
    early = [case(str(place), "2024-01-31", "2024-03") for place in range(1, 4)]
    assert [in_part for _, _, in_part in judged(*early)] == [None, None, None]
    assert [in_part for _, _, in_part in judged(*early[:2])] == [False, False]


def test_the_months_of_the_rule_in_force_on_acceptance_count() -> None:
    changing = Policy.of(payment_start_months=[{"from": "2024-01-02", "value": 2}, {"from": "2024-01-03", "value": 1}])
    later = case("2", "2024-03-29", "2024-05")
    later["application"] = [application("A2", "2024-01-03", "2024-03-29")]
    assert judged(ALWAYS, case("1", "2024-03-29", "2024-05"), later, policy=changing) == [
        ("W1", "2024-05", True),
        ("W2", "2024-04", False),
    ]


def test_one_of_two_and_eight_of_eight_make_ninety_percent() -> None:
    cases = [case("1", "2024-03-29", "2024-04"), case("2", "2024-03-29", "2024-05")]
    cases += [case(f"B{place}", "2024-03-29", "2024-04", household="H2") for place in range(8)]
    homes = households(H1=VILLAGE, H2=NEXT_VILLAGE)
    table = numbers(world(AS_OF, region=regions(), household=homes, **tables(ALWAYS, *cases)), METRIC)
    assert part_whole(table, VILLAGE, "2024-04") == (1, 2, 0.5)
    assert part_whole(table, TOWN, "2024-04") == (9, 10, 0.9)
    assert part_whole(table, COUNTY, "2024-04", "dibao") == (9, 10, 0.9)


def test_without_payments_it_is_not_measured() -> None:
    data = world(AS_OF, region=regions(), household=households(H1=VILLAGE), award=ALWAYS["award"])
    assert "payment" in rollup.unavailable(metrics, data)[METRIC]
