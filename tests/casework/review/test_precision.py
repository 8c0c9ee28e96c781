"""How often was a scheme right, and when is it no longer shown?"""

import pytest

from casework.policy import Policy
from casework.review.precision import precision
from casework.review.standing import Standing

POLICY = Policy.shipped()


def leads(outcomes: dict[str | None, int], **more: object) -> list[Standing]:
    return [
        Standing(
            f"{outcome}{number}",
            version=1,
            state="decided" if outcome else "assigned",
            outcome=outcome,
            scheme="x",
            **more,
        )  # type: ignore[arg-type]
        for outcome, count in outcomes.items()
        for number in range(count)
    ]


def test_precision_is_confirmed_by_confirmed_unfounded_and_data_error() -> None:
    found = precision(leads({"confirmed": 3, "unfounded": 5, "data_error": 2, "inconclusive": 4, None: 6}), POLICY)["x"]
    assert (found.share, found.n, found.pending, found.inconclusive) == (0.3, 10, 6, 4)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.1078, 0.6032)  # Wilson, 3 of 10


def test_where_nobody_looked_precision_is_unknown() -> None:
    found = precision(leads({"inconclusive": 4, "objective_deviation": 1, None: 2}), POLICY)["x"]
    assert (found.share, found.low, found.high, found.n) == (None, None, None, 0)


def test_confirmed_conduct_counts_whether_intended_or_not() -> None:
    found = precision(leads({"confirmed_intentional": 1, "confirmed_negligent": 1, "unfounded": 2}), POLICY)["x"]
    assert found.share == 0.5


@pytest.mark.parametrize(
    ("confirmed", "refuted", "shadow"),
    [
        (0, 19, False),  # fewer than twenty
        (0, 20, True),  # upper end 16.1 %
        (1, 19, False),  # 23.6 %
        (1, 29, False),  # held against the first twenty of them: 23.6 %
        (1, 39, True),  # the first forty: 12.9 %
        (20, 0, False),
    ],
)
def test_the_stop_rule_asks_for_enough_leads_and_a_whole_interval_below_a_fifth(
    confirmed: int, refuted: int, *, shadow: bool
) -> None:
    assert precision(leads({"confirmed": confirmed, "unfounded": refuted}), POLICY)["x"].shadow is shadow


def test_a_restored_scheme_is_counted_from_there() -> None:
    before = leads({"unfounded": 20}, decided_at="2024-12-01T10:00:00")
    assert precision(before, POLICY)["x"].shadow
    after = precision(before, POLICY, {"x": "2024-12-01T10:00:01"})["x"]
    assert (after.n, after.shadow) == (0, False)


def test_leads_recorded_by_hand_say_nothing_of_a_detector() -> None:
    assert precision(leads({"confirmed": 3}, by_hand=True), POLICY) == {}
