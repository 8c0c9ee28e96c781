"""Is the control sample the same for everyone, spread over the strata, and nobody's choice?"""

from typing import Any

import polars as pl
import pytest

from metrics.evaluation.sample import allotted, rate_without_lead, sample, strata

INPUTS: dict[str, Any] = {"digest": "d1", "month": "2025-01", "region": "990101000000"}
SCHEMA = {"household_no": pl.String(), "home": pl.String(), "township": pl.String(), "known": pl.Boolean()}
TOWNS = ("990101001000", "990101002000")


def pool(*sizes: int) -> pl.DataFrame:
    """So many households in the strata A known, A not, B known, B not."""
    rows = [
        (f"H{stratum}{place:03d}", f"{TOWNS[stratum // 2][:9]}001", TOWNS[stratum // 2], stratum % 2 == 0)
        for stratum, size in enumerate(sizes)
        for place in range(size)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def numbers(frame: pl.DataFrame, size: int = 10, **inputs: str) -> list[str]:
    return sample(frame, size, **{**INPUTS, **inputs})["household_no"].to_list()


def test_the_same_inputs_give_the_same_list_at_any_order_of_rows() -> None:
    frame = pool(30, 50, 10, 10)
    assert numbers(frame) == numbers(frame.reverse()) == numbers(frame.sample(fraction=1, shuffle=True, seed=3))
    assert numbers(pl.concat([frame, frame])) == numbers(frame)


@pytest.mark.parametrize("other", [{"digest": "d2"}, {"month": "2025-02"}, {"region": "990101001000"}])
def test_another_snapshot_month_or_region_is_another_list(other: dict[str, str]) -> None:
    frame = pool(30, 50, 10, 10)
    assert set(numbers(frame, **other)) != set(numbers(frame))


def test_every_stratum_has_its_share() -> None:
    chosen = sample(pool(30, 50, 10, 10), 10, **INPUTS)
    assert chosen.group_by("township", "known").len().sort("township", "known")["len"].to_list() == [5, 3, 1, 1]
    assert strata(pool(30, 50, 10, 10), 10, **INPUTS)["sampled"].to_list() == [5, 3, 1, 1]
    assert chosen["place"].to_list() == [1, 2, 3, 4, 5, 1, 2, 3, 1, 1]


def test_who_leaves_the_pool_moves_nobody_else_out() -> None:
    frame = pool(40)
    first = numbers(frame)
    left = numbers(frame.filter(pl.col("household_no") != first[0]))
    assert set(first[1:]) < set(left)


def test_places_are_by_hash_and_not_by_number() -> None:
    assert numbers(pool(200)) != [f"H0{place:03d}" for place in range(10)]


def test_every_household_is_as_likely_as_any_other() -> None:
    frame = pool(20)
    counts = dict.fromkeys(frame["household_no"], 0)
    for month in range(400):
        for number in numbers(frame, 5, month=str(month)):
            counts[number] += 1
    assert sum(counts.values()) == 2_000
    assert sum((count - 100) ** 2 / 75 for count in counts.values()) * 19 / 20 < 43.8  # chi-square of 19, 0.1 %


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [([3, 3, 3], 2), ([1, 99], 10), ([6, 94], 10), ([2, 1], 10), ([0, 4], 2), ([50] * 40, 20), ([1, 7, 2, 0, 13], 5)],
)
def test_over_all_starts_a_stratum_gets_just_its_share(sizes: list[int], wanted: int) -> None:
    whole = sum(sizes)
    wanted = min(wanted, whole)
    drawn = [allotted(sizes, wanted, start) for start in range(whole)]
    assert {sum(one) for one in drawn} == {wanted}
    for place, size in enumerate(sizes):
        taken = [one[place] for one in drawn]
        assert sum(taken) == size * wanted  # of `whole` starts: on average size * wanted / whole
        assert {*taken} <= {size * wanted // whole, -(-size * wanted // whole)}


@pytest.mark.parametrize("sizes", [[], [0, 0]])
def test_of_nobody_nobody_is_taken(sizes: list[int]) -> None:
    assert allotted(sizes, 5, 0) == [0] * len(sizes)


def test_of_many_small_strata_each_has_its_turn() -> None:
    rows = [
        (f"H{town:02d}{place:02d}", f"9901010{town:02d}001", f"9901010{town:02d}000", True)
        for town in range(40)
        for place in range(50)
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    months = 200
    taken = [strata(frame, 20, **{**INPUTS, "month": str(month)})["sampled"].to_list() for month in range(months)]
    assert {sum(one) for one in taken} == {20}
    each = [sum(one[place] for one in taken) for place in range(40)]
    assert all(70 <= count <= 130 for count in each)  # 100 expected of 200; four standard deviations are 28


def test_an_empty_pool_is_an_empty_list() -> None:
    assert sample(pool(), 10, **INPUTS).is_empty()


def test_the_rate_without_a_lead_is_unknown_until_somebody_concluded() -> None:
    assert rate_without_lead(0, 0).share is None
    rate = rate_without_lead(2, 40)
    assert (rate.share, rate.low, rate.high) == pytest.approx((0.05, 0.013821, 0.165036), abs=1e-5)
    assert (rate_without_lead(0, 40).share, rate_without_lead(0, 40).low) == (0.0, 0.0)
