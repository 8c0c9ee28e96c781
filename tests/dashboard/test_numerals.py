"""Is a number in an address taken only where it is one?"""

import pytest

from dashboard.numerals import whole


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("17", 17), ("-5", -5), (str(2**63 - 1), 2**63 - 1), (str(-(2**63)), -(2**63))]
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize("text", ["", "-", "--5", "²", "٣", "５", "1.5", "1_0", " 1", "1\n", str(2**63), "9" * 5000])
def test_anything_else_is_none(text: str) -> None:
    assert whole(text) is None
