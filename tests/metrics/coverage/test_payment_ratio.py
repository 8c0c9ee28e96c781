"""Tests of what is paid of the full standard, by hand."""

from typing import Any

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import COUNTY, NEXT_VILLAGE, VILLAGE, award, covered, households, part_whole
from tests.metrics.coverage.dibao import RULES, counted, homes
from tests.worlds import Row

METRIC = "payment_ratio"


def pay(number: str, month: str, yuan: str | None, award_no: str = "W1") -> Row:
    return {"payment_no": number, "award_no": award_no, "month": month, "amount": yuan}


def paying(*payments: Row, **tables: Any) -> Tables:
    """An award of two persons in one village, one of one person in the next; the standard is 600."""
    plain: dict[str, Any] = {
        "household": households(H1=VILLAGE, H2=NEXT_VILLAGE),
        "award": [award("W1", "H1", "2024-01"), award("W2", "H2", "2024-01")],
        "beneficiary": [
            covered("W1", "示例甲", "2024-01"),
            covered("W1", "示例乙", "2024-01", "2024-05"),
            covered("W2", "示例丙", "2024-01"),
        ],
        "payment": list(payments),
    }
    return homes(**{**plain, **tables})


def in_part(data: Tables, policy: Policy = RULES) -> list[bool | None]:
    return list(rollup.rows(metrics, data, policy, METRIC)["in_part"])


def test_paid_by_persons_covered_times_the_standard_in_fen() -> None:
    data = paying(pay("P1", "2024-05", "720.50"), pay("P2", "2024-06", "300"), pay("P3", "2024-05", "600", "W2"))
    table = counted(data, METRIC)
    for programme in ("", "dibao"):
        assert part_whole(table, VILLAGE, "2024-05", programme) == (72_050, 120_000, 72_050 / 120_000)
        assert part_whole(table, VILLAGE, "2024-06", programme) == (30_000, 60_000, 0.5)  # one person left
        assert part_whole(table, COUNTY, "2024-05", programme) == (132_050, 180_000, 132_050 / 180_000)
    with pytest.raises(KeyError):  # nothing was paid that month
        part_whole(table, NEXT_VILLAGE, "2024-06")


def test_reversals_are_netted_and_a_month_wholly_taken_back_does_not_count() -> None:
    part = paying(pay("P1", "2024-06", "400"), pay("P2", "2024-06", "-100"))
    assert part_whole(counted(part, METRIC), COUNTY, "2024-06") == (30_000, 60_000, 0.5)
    whole = paying(pay("P1", "2024-06", "400"), pay("P2", "2024-06", "-400"))
    assert (counted(whole, METRIC).is_empty(), in_part(whole)) == (True, [False])


def test_an_unknown_amount_standard_or_list_of_persons_is_in_neither_and_listed() -> None:
    assert in_part(paying(pay("P1", "2024-06", None))) == [None]
    assert in_part(paying(pay("P1", "2024-06", "300")), Policy.shipped()) == [None]
    nobody = paying(pay("P1", "2024-06", "300"), beneficiary=[covered("W2", "示例丙", "2024-01")])
    assert (in_part(nobody), counted(nobody, METRIC).is_empty()) == ([None], True)


def test_the_day_the_standard_changes() -> None:
    dated = Policy.of(dibao_standard=[{"value": 500}, {"value": 600, "from": "2024-06-01"}])
    table = counted(paying(pay("P1", "2024-05", "500"), pay("P2", "2024-06", "300")), METRIC, dated)
    assert [part_whole(table, COUNTY, month)[2] for month in ("2024-05", "2024-06")] == [0.5, 0.5]


def test_other_programmes_are_not_counted() -> None:
    data = paying(pay("P1", "2024-06", "300"), award=[award("W1", "H1", "2024-01", programme="destitute")])
    assert in_part(data) == []
