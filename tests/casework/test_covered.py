"""Tests of covered persons and paid months: whole months, ends of rows, netting, heads."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from casework.covered import awards, each_month, heads, means_tested, paid, recovered, spans, whole_months
from casework.policy import Policy
from tests.worlds import Row, person_no, world

ONE, OTHER = person_no("示例甲"), person_no("示例乙")


def index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def covers(id_no: str, since: str, until: str | None = None) -> Row:
    return {"award_no": "W1", "id_no": id_no, "from_month": since, "to_month": until}


def little(rows: list[Row], to_month: str | None = None, payments: list[Row] | None = None) -> dict[str, list[Row]]:
    award: Row = {
        "award_no": "W1",
        "programme": "dibao",
        "household_no": "H1",
        "from_month": "2024-01",
        "to_month": to_month,
    }
    tables = {"award": [award], "beneficiary": rows}
    return {**tables, "payment": payments} if payments else tables


def pay(*rows: tuple[str, str | None]) -> list[Row]:
    return [
        {"payment_no": f"P{place}", "award_no": "W1", "month": month, "amount": amount}
        for place, (month, amount) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02", "2024-02"),
        (date(2024, 2, 2), date(2024, 2, 28), "2024-03", "2024-01"),  # no whole month
        (date(2023, 2, 1), date(2023, 2, 28), "2023-02", "2023-02"),
        (date(2000, 2, 1), date(2000, 2, 28), "2000-02", "2000-01"),  # a leap year, as every fourth century
        (date(1900, 2, 1), date(1900, 2, 28), "1900-02", "1900-02"),
        (date(2024, 4, 30), date(2024, 12, 31), "2024-05", "2024-12"),
        (date(2024, 12, 2), date(2025, 1, 30), "2025-01", "2024-12"),
        (date(2024, 4, 1), date(2024, 4, 30), "2024-04", "2024-04"),
        (None, date(2024, 4, 30), None, "2024-04"),
        (date(2024, 4, 1), None, "2024-04", None),
    ],
)
def test_a_month_is_whole_from_its_first_day_to_its_last(
    since: date | None, until: date | None, first: str | None, last: str | None
) -> None:
    rows = pl.DataFrame({"from_on": [since], "to_on": [until]}, schema={"from_on": pl.Date(), "to_on": pl.Date()})
    seen = whole_months(nw.from_native(rows.lazy())).collect().to_native()
    expected = tuple(index(month) if month else None for month in (first, last))
    assert seen.select("first_whole", "last_whole").row(0) == expected


@pytest.mark.parametrize(
    ("row", "award", "expected"),
    [(None, None, None), ("2024-05", None, "2024-05"), (None, "2024-03", "2024-03"), ("2024-05", "2024-03", "2024-03")],
)
def test_no_row_outlives_its_award(row: str | None, award: str | None, expected: str | None) -> None:
    data = world(**little([covers(ONE, "2024-01", row)], award))
    seen = data.engine.collect(spans(data, awards(data, ["dibao"])))
    assert seen["until"].to_list() == [index(expected) if expected else None]


def test_what_was_paid_is_netted_and_unknown_where_a_row_is() -> None:
    rows = pay(("2024-01", "600"), ("2024-01", "-100"), ("2024-02", None), ("2024-02", "600"), ("2024-03", "-50"))
    data = world(**little([covers(ONE, "2024-01")], payments=rows))
    of = awards(data, ["dibao"])
    seen = data.engine.collect(paid(data, of)).sort("month_index")
    assert seen["paid_fen"].to_list() == [50000, None, -5000]
    from_february = of.with_columns(nw.lit(index("2024-02")).cast(nw.Int32).alias("since_index"))
    assert data.engine.collect(recovered(data, from_february))["recovered_fen"].to_list() == [5000]
    from_april = of.with_columns(nw.lit(index("2024-04")).cast(nw.Int32).alias("since_index"))
    assert data.engine.collect(recovered(data, from_april)).height == 0


def test_each_person_is_one_head_however_many_rows() -> None:
    rows = [covers(ONE, "2024-01"), covers(ONE, "2024-02"), covers(OTHER, "2024-02", "2024-02")]
    data = world(**little(rows, payments=pay(("2024-01", "1"), ("2024-02", "1"), ("2024-03", "1"))))
    months = paid(data, awards(data, ["dibao"]))
    assert data.engine.collect(heads(data, months)).sort("month_index")["covered"].to_list() == [1, 2, 1]


def test_months_are_laid_out_to_the_month_of_as_of() -> None:
    data = world("2024-03-15", **little([covers(ONE, "2024-01")]))
    rows = data.engine.place(pl.DataFrame({"since": [index("2024-01")], "until": [index("2024-12")]}))
    seen = data.engine.collect(each_month(data, rows)).sort("month_index")
    assert seen["month"].to_list() == [date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]


def test_the_four_shipped_programmes_are_means_tested() -> None:
    assert means_tested(Policy.shipped()) == ["destitute", "dibao", "dibao_edge", "rigid_expense"]
