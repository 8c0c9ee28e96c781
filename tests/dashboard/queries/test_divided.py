"""Does rounding leave more than one solution for every small count, and does one small group hide no whole division?"""

import random
from itertools import product

import polars as pl
import pytest

from dashboard.queries import divided
from dashboard.queries.timeliness import rounded
from metrics.evaluation.fairness import COUNTS_SCHEMA

LIMIT, MOST = 5, 24
DIVISIONS = {"sex": "fm", "age": "abc", "village": "xyz"}


def table(flagged: dict[tuple[str, str], int], units: int = 10_000) -> pl.DataFrame:
    """So many flagged of each group, nobody looked into."""
    rows = [(dimension, group, units, count, 0, 0, 0, 1.5, 1.0, 1.0) for (dimension, group), count in flagged.items()]
    return pl.DataFrame(rows, schema=COUNTS_SCHEMA, orient="row")


def drawn(seed: int) -> dict[tuple[str, str], int]:
    """Every division of the same few, small counts among them."""
    chance = random.Random(seed)  # noqa: S311 - tables for a test
    whole = chance.randint(5, MOST)
    found = dict.fromkeys(((name, group) for name, groups in DIVISIONS.items() for group in groups), 0)
    for name, groups in DIVISIONS.items():
        weights = [chance.choice((1, 3, 9)) for _ in groups]
        for group in chance.choices(groups, weights, k=whole):
            found[name, group] += 1
    return found


def test_the_design_effect_of_a_division_stays_beside_its_counts() -> None:
    told = divided.seen(table({("sex", "f"): 20, ("sex", "m"): 30}), LIMIT)
    assert told["flagged_effect"].to_list() == [1.5, 1.5]


def kind(count: int) -> int:
    """None, small or not: the keenest reader knows which."""
    return (count > 0) + (count >= LIMIT)


def solutions(flagged: dict[tuple[str, str], int], told: pl.DataFrame, name: str) -> dict[int, set[tuple[int, ...]]]:
    """By total: all counts of one division that look the same to a reader."""
    shown = {row["group"]: row["flagged"] for row in told.filter(pl.col("dimension") == name).to_dicts()}
    groups, found = DIVISIONS[name], dict[int, set[tuple[int, ...]]]()
    classes = [[n for n in range(MOST + 8) if kind(n) == kind(flagged[name, group])] for group in groups]
    for counts in product(*classes):
        merged = sum(count for group, count in zip(groups, counts, strict=True) if group not in shown)
        read = dict(zip(groups, counts, strict=True)) | {divided.MERGED: merged}
        if all(told is None or rounded(read[group], LIMIT) == told for group, told in shown.items()):
            found.setdefault(sum(counts), set()).add(counts)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_every_small_count_has_more_than_one_solution(seed: int) -> None:
    flagged = drawn(seed)
    told = divided.seen(table(flagged), LIMIT)
    found = {name: solutions(flagged, told, name) for name in DIVISIONS}
    totals = set.intersection(*(set(one) for one in found.values()))
    for name, groups in DIVISIONS.items():
        for place, group in enumerate(groups):
            if 0 < flagged[name, group] < LIMIT:
                assert len({counts[place] for total in totals for counts in found[name][total]}) > 1


def test_a_table_that_rounding_alone_would_give_away_hides_more() -> None:
    flagged = {
        ("sex", "f"): 1,
        ("sex", "m"): 18,
        ("age", "a"): 12,
        ("age", "b"): 7,
    }  # 18 + 1 is the most that 10 + 5 stand for
    told = divided.seen(table(flagged), LIMIT)
    assert told["flagged"].to_list() == [None, None, 10, 5]


def test_one_small_group_hides_neither_its_division_nor_any_other() -> None:
    flagged = {("sex", "f"): 60, ("sex", "m"): 60, ("age", "a"): 3, ("age", "b"): 40, ("age", "c"): 77}
    told = divided.seen(table(flagged), LIMIT).select("dimension", "group", "flagged").rows()
    assert told == [("sex", "f", 60), ("sex", "m", 60), ("age", "c", 75), ("age", "merged", 45)]


def test_of_two_groups_none_is_left_to_merge_with() -> None:
    flagged = {("sex", "f"): 3, ("sex", "m"): 60, ("age", "a"): 23, ("age", "b"): 40}
    told = divided.seen(table(flagged), LIMIT).select("group", "flagged").rows()
    assert told == [("f", None), ("m", 60), ("a", 25), ("b", 40)]
