"""Tests of the share of awards in force that began in the month."""

from tests.metrics.county import COUNTY, NEXT_VILLAGE, VILLAGE, award, number, numbers, part_whole
from tests.metrics.coverage.test_net_flow import awards

METRIC = "entry_share"


def test_began_by_in_force_at_every_tier() -> None:
    table = numbers(
        awards(
            award("W1", "H1", "2024-01"),
            award("W2", "H1", "2024-03"),
            award("W3", "H2", "2024-01", "2024-03", programme="destitute"),
            award("W4", "H2", "2024-01", "2024-02"),  # over by March
        ),
        METRIC,
    )
    assert part_whole(table, COUNTY, "2024-03") == (1, 3, 1 / 3)
    assert part_whole(table, VILLAGE, "2024-03", "dibao") == (1, 2, 0.5)
    assert part_whole(table, NEXT_VILLAGE, "2024-03") == (0, 1, 0.0)
    assert part_whole(table, COUNTY, "2024-04") == (0, 2, 0.0)


def test_over_a_period_it_is_that_of_the_average_month() -> None:
    table = numbers(awards(award("W1", "H1", "2024-01"), award("W2", "H1", "2024-05")), METRIC, months=2)
    assert part_whole(table, COUNTY) == (1, 4, 0.25)


def test_four_awards_in_force_all_year_are_hidden_as_four() -> None:
    def over_half_a_year(count: int) -> dict[str, object]:
        rows = [award(f"W{place}", "H1", "2023-01") for place in range(count)]
        return number(numbers(awards(*rows), METRIC, small_cell=None, months=6), VILLAGE)

    assert (over_half_a_year(4)["suppressed"], over_half_a_year(4)["whole"]) == (True, None)
    assert (over_half_a_year(5)["suppressed"], over_half_a_year(5)["whole"]) == (False, 30)
