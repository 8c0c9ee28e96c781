"""Tests that no text whatever makes a parser raise."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.intake.headers import column_of
from casework.intake.messages import MESSAGES
from casework.intake.values.booleans import read_boolean
from casework.intake.values.codes import read_codes, read_enum, read_programme, read_region
from casework.intake.values.dates import read_date, read_moment, read_month
from casework.intake.values.id_no import read_id
from casework.intake.values.money import read_money
from casework.intake.values.numbers import read_integer, read_quantity
from casework.intake.values.text import read_number, read_text

PARSERS: list[Callable[[str], Any]] = [
    partial(read_id, as_of=date(2024, 12, 31)),
    partial(read_date, open_end=True),
    read_month,
    read_moment,
    partial(read_moment, from_1904=True),
    read_money,
    partial(read_money, unit="万元/年", period="月", negative=True),
    partial(read_integer, low=0, high=10),
    read_quantity,
    read_boolean,
    partial(read_enum, names={"a": "a"}),
    partial(read_programme, names={}),
    read_region,
    read_codes,
    read_text,
    read_number,
]
LIKELY = st.text(
    st.sampled_from(list("0123456789-/.:,+TZ 年月日民国元万亿零壹拾佰仟角分Ee\x01ndbefm*xX%$¥()²٣\n")), max_size=24
)


@pytest.mark.parametrize("place", range(len(PARSERS)))
@settings(max_examples=400, deadline=None)
@given(cell=st.one_of(LIKELY, st.text(max_size=30)))
def test_a_parser_answers_any_text_with_a_value_or_a_known_code(place: int, cell: str) -> None:
    value, codes = PARSERS[place](cell)
    assert not [code for code in codes if code not in MESSAGES]
    assert value is None or not any(code.startswith("E_") for code in codes)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_any_header_is_one_column_or_none(header: str) -> None:
    column_of("payment", header)
