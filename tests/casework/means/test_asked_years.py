"""Tests of the years in which a household is asked about."""

import polars as pl

from casework.dataset import Tables
from casework.means.asked_years import asked_years
from casework.policy import Policy
from tests.families import household, means, member, person
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600.0)


def award(since: str, until: str | None = None, programme: str = "dibao") -> Row:
    cells = {"programme": programme, "household_no": "H1", "from_month": since, "to_month": until}
    return {"award_no": f"D{since}", **cells}


def rows(awards: list[Row], *stated: str, since: str = "2015-01-01", as_of: str = "2024-12-31") -> pl.DataFrame:
    data: Tables = world(
        as_of,
        household=[household()],
        person=[person("示例甲")],
        member=[member("示例甲", since=since)],
        means=[means("600", as_of=day) for day in stated],
        award=awards or [award("2001-01", "2001-12")],
    )
    return data.engine.collect(asked_years(data, POLICY)).sort("year")


def asked(awards: list[Row], *stated: str, **when: str) -> list[tuple[int, int]]:
    """Each year and whether it is on aid."""
    return list(rows(awards, *stated, **when).select("year", "on_aid").iter_rows())


def months(awards: list[Row], *stated: str) -> list[tuple[int | None, int | None]]:
    """Of each year when its award began, and when the first."""
    return list(rows(awards, *stated).select("aid_month", "first_aid_month").iter_rows())


def test_it_is_asked_from_its_first_statement_to_its_first_year_on_dibao() -> None:
    assert asked([], "2022-12-31") == [(2022, 0), (2023, 0), (2024, 0)]
    assert asked([award("2023-12")], "2022-06-30") == [(2022, 0), (2023, 1)]
    assert asked([award("2020-01", "2021-12")], "2022-06-30") == [(2022, 0), (2023, 0), (2024, 0)]
    assert asked([award("2020-01", "2022-01")], "2022-06-30") == [(2022, 1)]
    assert asked([], "2025-01-01") == []


def test_only_dibao_counts_and_only_what_has_begun() -> None:
    assert asked([award("2023-01", programme="dibao_edge")], "2023-06-30") == [(2023, 0), (2024, 0)]
    assert asked([award("2024-07")], "2024-02-01", as_of="2024-06-30") == [(2024, 0)]
    assert asked([award("2024-06")], "2024-02-01", as_of="2024-06-30") == [(2024, 1)]


def test_the_month_is_told_in_which_the_award_of_the_year_began_and_the_first_ever() -> None:
    """Of two that cover a year the earlier counts; one that is over by then is the first ever."""
    over, earlier, later = award("2015-03", "2016-01"), award("2022-04", "2023-02"), award("2023-03")
    assert months([over, earlier, later], "2023-06-30") == [(2022 * 12 + 3, 2015 * 12 + 2)]
    assert months([over], "2024-06-30") == [(None, 2015 * 12 + 2)]
    assert months([award("2025-01")], "2024-06-30") == [(None, None)]


def test_a_year_of_unknown_need_on_aid_does_not_end_it() -> None:
    """Nobody is known to live there before 2023."""
    assert asked([award("2022-01")], "2022-06-30", since="2023-01-01") == [(2022, 1), (2023, 1)]
