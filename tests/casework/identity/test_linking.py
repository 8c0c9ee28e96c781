"""Tests of linked: the same pairs whatever the order, the labels and the neighbours; blocks that are too large."""

from datetime import date
from random import Random

import polars as pl
import pytest

from casework.identity.blocks import candidates
from casework.identity.judging import judged
from casework.identity.limits import Limits
from casework.identity.linking import linked
from casework.identity.people import plain
from casework.intake.persons import keys, read_numbers, tokens
from casework.policy import Policy
from tests.worlds import person_no

KEY = b"a key of tests only"
PHONE = "13812345678"


def record(name: str, born: str = "1970-03-05", county: str = "990101", **cells: object) -> dict[str, object]:
    return {"name": name, "sex": "M", "born_on": date.fromisoformat(born), "county": county, **cells}


def frame(rows: list[dict[str, object]], labels: list[int] | None = None) -> pl.DataFrame:
    ids = labels or [*range(len(rows))]
    said = [
        {"person_id": label, "number": label, "id_state": "valid", **row} for label, row in zip(ids, rows, strict=True)
    ]
    return pl.DataFrame(said, infer_schema_length=None)


ROWS = [
    record("王建国", phone=PHONE),
    record("王健国", "1971-03-05", phone=PHONE),
    record("李四海", "1990-08-08", account_no="62170001"),
    record("李四海", "1990-08-08", account_no="62170001"),
    record("王建军", "1971-03-05", phone=PHONE),
    record("赵六", "1960-01-01"),
]


def found(rows: list[dict[str, object]], labels: list[int] | None = None) -> set[tuple[int, int, float]]:
    back = {label: place for place, label in enumerate(labels or range(len(rows)))}
    pairs = linked(frame(rows, labels)).rows()
    return {(*sorted((back[one], back[two])), round(bits, 6)) for one, two, bits in pairs}


def test_finds_the_two_pairs() -> None:
    assert {pair[:2] for pair in found(ROWS)} == {(0, 1), (2, 3)}


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_neither_order_nor_labels_matter(turn: int) -> None:
    labels = Random(turn).sample(range(-1000, 1000), len(ROWS))  # noqa: S311 - no secret
    assert found(ROWS, labels) == found(ROWS)
    shuffled = frame(ROWS).sample(fraction=1, shuffle=True, seed=turn)
    assert linked(shuffled).equals(linked(frame(ROWS)))


def test_an_unrelated_county_adds_and_changes_nothing() -> None:
    far = [record("孙七", "1955-05-05", "990102", phone="13900000001"), record("周八", county="990102")]
    assert found([*ROWS, *far]) == found(ROWS)


def test_written_numbers_become_what_it_takes() -> None:
    """As a benchmark uses it: one number twice, a slip, none at all."""
    first = person_no("王建国", "1970-03-05")
    slip = first[:16] + str((int(first[16]) + 1) % 10) + first[17:]
    rows = [record("王建国"), record("王建国"), record("王健国"), record("王建国", phone=PHONE)]
    cells = [first, first[:6] + first[8:17], slip, None]
    numbers = read_numbers(pl.Series(cells).drop_nulls().unique(), date(2024, 12, 31), KEY)
    numbers = numbers.with_columns(id_area_birth=tokens(numbers["number"].str.slice(0, 14), KEY, "area_birth"))
    known = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        person_id=pl.int_range(4, dtype=pl.Int64), cell=pl.Series(cells)
    )
    known = known.join(
        numbers.select("cell", "id_area_birth", number="person_id", id_state="state"), on="cell", how="left"
    )
    near = keys(numbers.select("person_id", "number", "state"), KEY).rename({"person_id": "number"})
    pairs = {pair[:2] for pair in linked(known, near).rows()}
    assert pairs == {(0, 1), (0, 2), (1, 2)}


def test_a_large_block_is_cut_finer_by_the_sound_of_the_name() -> None:
    office = [record(f"李{sign}", phone=PHONE) for sign in "甲乙丙丁戊己庚辛"]
    people = plain(frame([*office, record("李佳", phone=PHONE)]))
    whole = candidates(people, cap=100)
    cut = candidates(people, cap=5)
    assert (whole.pairs.height, whole.left_out) == (36, 0)
    assert cut.pairs.select("a", "b").rows() == [(0, 8)]  # 甲 and 佳 sound the same
    assert cut.left_out == 0


def test_what_is_still_too_large_is_left_out_and_counted() -> None:
    people = plain(frame([record("李甲", phone=PHONE)] * 6))
    assert candidates(people, cap=5).left_out == 15
    limits = Limits.of(Policy.shipped())
    assert judged(people, limits, cap=5).left_out == 15
    assert judged(people, limits).left_out == 0


@pytest.mark.parametrize(("others", "pairs"), [(8, 1), (9, 0)])
def test_records_of_no_household_count_as_one_each(others: int, pairs: int) -> None:
    rows = [record("王建国", phone=PHONE), record("王健国", "1971-03-05", phone=PHONE)]
    office = [record(f"李{chr(0x4E00 + place)}", f"19{50 + place}-01-01", phone=PHONE) for place in range(others)]
    assert len(found([*rows, *office])) == pairs
    family = [{**row, "household": "H1"} for row in office]
    assert len(found([*rows, *family])) == 1


def test_records_of_one_household_are_two_persons() -> None:
    rows = [record("王建国", phone=PHONE), record("王健国", "1971-03-05", phone=PHONE)]
    assert len(found(rows)) == 1
    assert found([{**row, "household": "H1"} for row in rows]) == set()
    assert len(found([{**row, "household": house} for row, house in zip(rows, ("H1", "H2"), strict=True)])) == 1


def test_nobody_is_an_empty_answer() -> None:
    empty = frame(ROWS).clear()
    assert linked(empty).is_empty()
    assert linked(frame(ROWS[-1:])).is_empty()
