"""May the counts of late cases and of removed kin be told, and not found by taking others away?"""

import polars as pl

from dashboard.queries import lateness, wronged
from metrics.whatif.over_correction import OverCorrection, Removed
from metrics.whatif.time_limits import LIMITS_SCHEMA

FEW, STEP = 10, 5
HERE = "990101000000"


def table(**programmes: tuple[int, int, int] | tuple[int, int, int, int]) -> pl.DataFrame:
    """Judged, late before and late after of each programme, how many no longer are late; and of all together."""
    programmes = {name: (*counts, 0)[:4] for name, counts in programmes.items()}
    whole = tuple(sum(counts) for counts in zip(*programmes.values(), strict=True))
    rows = []
    for name, (n, before, after, no_longer) in {"": whole, **programmes}.items():
        for measure, unit, was, then in (
            ("late", "cases", before, after),
            ("becomes_late", "cases", None, after - before + no_longer),
            ("no_longer_late", "cases", None, no_longer),
            ("median", "working_days", 6, 6),
            ("p90", "working_days", 12, 12),
        ):
            rows.append(("decision", measure, unit, name, "county", HERE, was, then, n, 0))
    return pl.DataFrame(rows, schema=LIMITS_SCHEMA, orient="row")


def told(found: pl.DataFrame) -> dict[str, lateness.Late]:
    return {row.programme: row for row in lateness.told(found, "decision", HERE, FEW, STEP)}


def test_large_counts_are_rounded_and_shares_are_of_them() -> None:
    found = told(table(dibao=(202, 41, 98), medical=(401, 33, 52)))
    assert (found["dibao"].judged, found["dibao"].before, found["dibao"].after) == (200, 40, 100)
    assert found["dibao"].shares == (0.2, 0.5)
    assert found["dibao"].p90 == (12, 12)


def test_a_small_count_takes_another_with_it_so_the_sum_does_not_tell_it() -> None:
    found = told(table(dibao=(202, 41, 98), medical=(401, 9, 52), orphan=(300, 30, 60)))
    assert found["medical"].before is None
    assert found["orphan"].before is None
    assert found["dibao"].before == 40


def test_ten_are_told_and_a_small_rest_hides_the_part() -> None:
    assert told(table(dibao=(400, 10, 100)))[""].before == 10
    assert told(table(dibao=(400, 9, 100)))[""].before is None
    assert told(table(dibao=(400, 10, 391)))[""].after is None


def test_where_few_become_late_the_count_after_is_hidden_too() -> None:
    nine, ten = (told(table(dibao=(400, 41, 41 + more)))["dibao"] for more in (9, 10))
    assert (nine.before, nine.after, nine.becomes) == (40, None, None)
    assert (ten.before, ten.after, ten.becomes) == (40, 50, 10)


def test_few_who_are_no_longer_late_are_not_told_by_the_rest() -> None:
    found = told(table(dibao=(400, 41, 71, 3), medical=(400, 50, 90, 12)))
    assert (found["dibao"].before, found["dibao"].after, found["dibao"].no_longer) == (40, None, None)
    assert found["medical"].no_longer is None  # of 15 in all
    assert found["medical"].after is None
    assert found[""].no_longer == 15


def test_few_cases_have_no_share_and_no_tail() -> None:
    found = told(table(dibao=(80, 20, 40)))["dibao"]
    assert found.shares == (None, None)
    assert found.median == (6, 6)
    assert found.p90 == (None, None)
    assert told(table(dibao=(9, 0, 0)))["dibao"].median == (None, None)


def test_what_has_no_limit_is_not_listed() -> None:
    assert set(told(table(dibao=(80, 20, 40), edge=(0, 0, 0)))) == {"", "dibao"}


def test_nothing_moves_where_before_and_after_are_the_same() -> None:
    assert not lateness.moves(table(dibao=(80, 20, 20)))
    assert lateness.moves(table(dibao=(80, 20, 21)))


def kin(eligible: int, tapering: int, failing: int, unknown: int = 0) -> dict[str, wronged.Told]:
    def part(count: int, unpaid: int = 0) -> Removed:
        return Removed(float(count), 2.0 * count, count * 40_300, float(unpaid))

    every = eligible + tapering + failing + unknown
    found = OverCorrection(
        part(every + 500), part(every), part(eligible), part(tapering), part(failing), part(unknown), 0.5
    )
    return wronged.told(found, FEW, STEP)


def test_kin_counts_are_rounded_and_money_is_of_the_rounded_count() -> None:
    one = kin(238, 11, 12)["eligible"]
    assert (one.households, one.persons, one.month_fen) == (240, 475, 240 * 40_000)


def test_a_small_kind_of_kin_is_hidden_and_not_by_subtraction_found() -> None:
    found = kin(238, 0, 5)
    assert found["failing"].households is None
    assert found["failing"].month_fen is None
    assert found["eligible"].households is None
    assert found["kin"].households == 245
    assert found["tapering"].households == 0
