"""Tests of reading citizen numbers (GB 11643). Every number here belongs to nobody."""

from datetime import date

import polars as pl
import pytest

from casework.intake.persons import keys, masked, near, read_numbers
from casework.intake.values.id_no import check_digit, read_id
from tests.worlds import person_no

AS_OF = date(2024, 12, 31)
GOOD = person_no("甲", "1980-01-01", "M")
FIFTEEN = GOOD[:6] + GOOD[8:17]
WRONG = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")
ENDS_IN_X = next(
    number for number in (person_no(str(place), "1980-01-01") for place in range(500)) if number.endswith("X")
)


def whole(body: str) -> str:
    return body + check_digit(body)


@pytest.mark.parametrize(
    ("cell", "number", "state", "codes"),
    [
        (GOOD, GOOD, "valid", ()),
        (ENDS_IN_X.lower(), ENDS_IN_X, "valid", ()),
        (f" {GOOD[:6]} {GOOD[6:14]} {GOOD[14:]} ", GOOD, "valid", ()),
        ("'" + GOOD, GOOD, "valid", ()),
        (GOOD.translate({ord("9"): "\uff19", ord("0"): "\uff10"}), GOOD, "valid", ()),
        (FIFTEEN, GOOD, "upgraded15", ("W_ID15",)),
        (WRONG, WRONG, "bad_check", ("W_ID_CHECKSUM",)),
        (whole("99010119041231001"), whole("99010119041231001"), "valid", ()),  # 120 on the day
        (whole("99010119031231001"), whole("99010119031231001"), "valid", ("W_AGE_OVER_120",)),
        (whole("99010120241231001"), whole("99010120241231001"), "valid", ()),  # born on the day
        (whole("81000018600101001"), whole("81000018600101001"), "valid", ("W_AGE_OVER_120", "W_ID_RESIDENCE_PERMIT")),
        (whole("00010118600101001"), whole("00010118600101001"), "valid", ("W_AGE_OVER_120", "W_ID_AREA")),
    ],
)
def test_a_readable_number_is_kept_whatever_is_odd_about_it(
    cell: str, number: str, state: str, codes: tuple[str, ...]
) -> None:
    value, told = read_id(cell, AS_OF)
    assert value == (number, state)
    assert told == codes


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GOOD[:6] + "********" + GOOD[14:], "E_ID_MASKED"),
        (GOOD[:14] + "****", "E_ID_MASKED"),
        (GOOD[:6] + "xxxxxxxx" + GOOD[14:], "E_ID_MASKED"),
        ("\x01n" + GOOD[:17] + "0", "E_ID_NUMERIC"),
        (GOOD[:17] + ".0", "E_ID_NUMERIC"),
        ("9.90101E+17", "E_ID_SCIENTIFIC"),
        ("\x01n9.90101E+17", "E_ID_SCIENTIFIC"),
        ("无", "E_ID_PLACEHOLDER"),
        ("不详", "E_ID_PLACEHOLDER"),
        ("0", "E_ID_PLACEHOLDER"),
        ("111111111111111111", "E_ID_PLACEHOLDER"),
        (GOOD[:17], "E_ID_LENGTH"),
        (GOOD + "1", "E_ID_LENGTH"),
        (GOOD[:17] + "A", "E_ID_CHARS"),
        ("X" + GOOD[1:], "E_ID_CHARS"),
        ("护照E12345678", "E_ID_CHARS"),
        ("990101198002300011", "E_ID_DATE"),
        ("990101198013010011", "E_ID_DATE"),
        (whole("99010120250101001"), "E_ID_FUTURE"),  # the day after as_of
        ("\x01e#REF!", "E_CELL_ERROR"),
        ("#N/A", "E_CELL_ERROR"),
        ("\x01f", "E_NO_CACHED_VALUE"),
        ("\x01m", "E_MERGED_CELL"),
    ],
)
def test_what_names_nobody_for_certain_is_not_read(cell: str, code: str) -> None:
    assert read_id(cell, AS_OF) == (None, (code,))


def test_fast_and_slow_reading_agree() -> None:
    cells = [GOOD, FIFTEEN, WRONG, ENDS_IN_X, "无", whole("99010120250101001"), whole("99010119031231001")]
    frame = read_numbers(pl.Series("cell", cells), AS_OF, b"key")
    for cell, number, state, codes in frame.select("cell", "number", "state", "codes").iter_rows():
        value, told = read_id(cell, AS_OF)
        assert (number, state) == (tuple(value) if value else (None, None))
        assert codes == (";".join(told) or None)


def test_a_message_never_shows_a_whole_number() -> None:
    assert masked(GOOD) == f"{GOOD[:6]}********{GOOD[-4:]}"
    assert masked("\x01n" + GOOD) == masked(GOOD)
    assert masked("12345678901") == "***********"
    assert masked("不详") == "不详"


def test_near_numbers_mask_each_place_and_swap_unequal_neighbours() -> None:
    assert near("1123") == ["*123", "1*23", "11*3", "112*", "1213", "1132"]


def meet(*numbers: str) -> bool:
    """Do the first two of these numbers share a key?"""
    read = read_numbers(pl.Series("cell", numbers), AS_OF, b"key")
    made = keys(read.select("person_id", "number", "state"), b"key")
    ids = dict(read.select("number", "person_id").rows())
    held = [set(made.filter(pl.col("person_id") == ids[number])["key"]) for number in numbers[:2]]
    return bool(held[0] & held[1])


@pytest.mark.parametrize("place", [3, 5, 8, 9, 13, 14, 16, 17])
def test_a_number_not_valid_meets_the_valid_one_a_digit_away(place: int) -> None:
    others = [GOOD[:place] + digit + GOOD[place + 1 :] for digit in "0123456789" if digit != GOOD[place]]
    off = next(number for number in others if read_id(number, AS_OF).value)  # a day that exists
    assert meet(off, GOOD, person_no("乙"), person_no("丙"))


def test_swapped_neighbours_meet_and_two_digits_off_do_not() -> None:
    place = next(place for place in range(14, 17) if GOOD[place] != GOOD[place + 1])
    assert meet(GOOD[:place] + GOOD[place + 1] + GOOD[place] + GOOD[place + 2 :], GOOD)
    two_off = WRONG[:14] + str((int(WRONG[14]) + 1) % 10) + WRONG[15:]
    assert not meet(two_off, GOOD)


def test_two_valid_numbers_never_meet() -> None:
    twin = whole(GOOD[:16] + str((int(GOOD[16]) + 2) % 10))
    assert not meet(twin, GOOD, WRONG)
