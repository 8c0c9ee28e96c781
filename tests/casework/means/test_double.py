"""Tests of double payment: parts, repeats and reversals."""

import pytest

from casework.means.double import double_months
from casework.policy import Policy
from tests.casework.means.homes import NAMES, award, covers, little, member, pay, rules, stated, world_of
from tests.worlds import Row

ONE_HEAD = {"member": [member(NAMES[0])], "beneficiary": covers(NAMES[0]), "means": stated("2023-12-05", wage="384")}


def doubt(*yuan: str | None, programme: str = "dibao", policy: Policy | None = None, **tables: list[Row]) -> int | None:
    """Fen in doubt in a month paid these rows; an award of one person, due 600 yuan."""
    rows = [pay("2024-01", one, mark=str(n)) for n, one in enumerate(yuan)]
    data = little(**world_of(rows, **{**ONE_HEAD, "award": [award(programme)], **tables}))
    found = data.engine.collect(double_months(data, policy or rules()))["doubt_fen"].to_list()
    return found[0] if found else None


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        (("600",), None),
        (("601",), None),  # too much, but once
        (("600", "600"), 60000),
        (("300", "300"), None),  # equal parts
        (("400", "200"), None),
        (("400", "200.01"), None),  # beyond, but neither meets it alone
        (("600", "0.01"), 1),
        (("599.99", "0.02"), None),
        (("599.99", "599.99"), None),
        (("650", "650"), 70000),
        (("600", "600", "-600"), None),
        (("600", "-600", "600", "600"), 60000),
        (("600", "600", "-500"), 10000),  # a part was recovered
        (("600", "0"), None),
        (("600", None), None),
    ],
)
def test_one_row_meets_the_amount_due_and_the_sum_exceeds_it(
    yuan: tuple[str | None, ...], expected: int | None
) -> None:
    assert doubt(*yuan) == expected


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [(("300", "200"), None), (("300", "300"), 30000), (("300", "300", "300"), 60000), (("300", "300", "-300"), None)],
)
def test_without_an_amount_due_only_equal_rows_count(yuan: tuple[str, ...], expected: int | None) -> None:
    assert doubt(*yuan, programme="old_age") == expected
    assert doubt(*yuan, programme="destitute") == expected
    assert doubt(*yuan, means=[]) == expected


def test_at_the_line_only_equal_rows_count() -> None:
    """In the taper nothing is due by the formula, yet aid in two parts is no double payment."""
    above = stated("2023-12-05", wage="9000")
    assert doubt("400", "200", means=above) is None
    assert doubt("400", "400", means=above) == 40000


def test_two_months_are_not_two_rows_of_one() -> None:
    data = little(**world_of([pay("2024-01", "600"), pay("2024-02", "600")], **ONE_HEAD))
    assert data.engine.collect(double_months(data, rules())).height == 0
