"""Who stands behind an account, and which cases behind a burst?"""

from typing import Any

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.review.scope import Scope
from dashboard.queries import behind
from dashboard.queries.owned import Owned
from tests.worlds import person_no, world

FATHER, SON, STRANGER, HOLDER = (person_no(name) for name in ("父", "子", "外人", "开户人"))

COUNTY, TOWN, ELSEWHERE = "990101000000", "990101001000", "990101002000"


def whose(data: Tables, prefix: str = "") -> Owned:
    return Owned(data, Scope(prefix), COUNTY, hears=False)


def homes(holder: str | None) -> dict[str, tuple[int | None, int | None, int, int]]:
    paid = [("Z1", "W1", "2024-01"), ("Z2", "W1", "2024-02"), ("Z3", "W2", "2024-02"), ("Z4", "W3", "2024-02")]
    data = world(
        person=[{"id_no": one, "name": "示例"} for one in (FATHER, SON, STRANGER, HOLDER)],
        household=[{"household_no": home} for home in ("H1", "H2", "H3")],
        member=[
            {"household_no": "H1", "id_no": FATHER, "joined_on": "2020-01-01"},
            {"household_no": "H2", "id_no": SON, "joined_on": "2020-01-01"},
            {"household_no": "H3", "id_no": STRANGER, "joined_on": "2020-01-01"},
        ],
        kin=[
            {"id_no": FATHER, "relative_id_no": SON, "relation": "child", "source": "hukou"},
            {"id_no": HOLDER, "relative_id_no": STRANGER, "relation": "sibling", "source": "hukou"},
        ],
        award=[
            {"award_no": f"W{one}", "programme": "dibao", "household_no": f"H{one}", "from_month": "2024-01"}
            for one in (1, 2, 3)
        ],
        payment=[
            {"payment_no": no, "award_no": award, "month": month, "amount": "500", "account_no": "6200001"}
            | ({"account_holder_id_no": holder} if holder else {})
            for no, award, month in paid
        ],
    )
    found = behind.homes_of_account(
        whose(data), Policy.shipped(), {"subject_kind": "account", "subject": "6200001"}
    ).rows
    columns = ("household_no", "component", "of_holder", "months", "paid_fen")
    return {home: tuple(rest) for home, *rest in found.select(columns).iter_rows()}  # type: ignore[misc]


def test_the_households_of_an_account_stand_in_their_groups_of_kin() -> None:
    assert homes(HOLDER) == {
        "H1": (1, 0, 2, 1000_00),
        "H2": (1, 0, 1, 500_00),  # the son's household
        "H3": (2, 1, 1, 500_00),  # the holder's sister
    }


def test_of_an_unknown_holder_nobody_is_kin() -> None:
    assert {home: row[1] for home, row in homes(None).items()} == {"H1": 0, "H2": 0, "H3": 0}


@pytest.mark.parametrize(
    ("at", "together"),
    [("2024-03-04 10:01:00", ["A1", "A2"]), ("2024-03-04 10:01:01", ["A1"])],  # 60 seconds, and one more
)
def test_the_other_cases_of_a_burst_are_those_of_the_same_hand_within_the_window(at: str, together: list[str]) -> None:
    hand, other = person_no("经办"), person_no("旁人")
    confirmed = [("A1", "2024-03-04 10:00:00", hand), ("A2", at, hand), ("A3", "2024-03-04 10:00:00", other)]
    data = world(
        application=[
            {"application_no": no, "household_no": f"H{no}", "programme": "dibao", "accepted_at": "2024-03-01"}
            for no, _, _ in confirmed
        ],
        step=[
            {"application_no": no, "step": "confirm", "started_at": when, "finished_at": when, "actor_id_no": actor}
            for no, when, actor in confirmed
        ],
    )
    lead: dict[str, Any] = {"subject_kind": "application", "subject": "A1"}
    found = behind.burst(whose(data), lead, {"causes": ["burst"], "seconds": 60})
    assert found.rows["application_no"].to_list() == together
    assert behind.burst(whose(data), lead, {"causes": ["early"], "seconds": 60}).rows.is_empty()


@pytest.mark.parametrize(
    ("prefix", "listed", "outside"),
    [
        ("", ["H1", "H2", "H3"], 0),
        ("990101", ["H1", "H2", "H3"], 0),  # H3 lies nobody knows where: at the root
        ("990101001", ["H1"], 2),
    ],
)
def test_households_and_cases_outside_the_readers_regions_are_only_counted(
    prefix: str, listed: list[str], outside: int
) -> None:
    hand, places = person_no("经办"), {"1": TOWN, "2": ELSEWHERE, "3": None}
    data = world(
        household=[{"household_no": f"H{one}", "region_code": place} for one, place in places.items()],
        award=[
            {"award_no": f"W{one}", "programme": "dibao", "household_no": f"H{one}", "from_month": "2024-01"}
            for one in places
        ],
        payment=[
            {"payment_no": f"Z{one}", "award_no": f"W{one}", "month": "2024-01", "amount": "500", "account_no": "62001"}
            for one in places
        ],
        application=[
            {"application_no": f"A{one}", "household_no": f"H{one}", "programme": "dibao", "region_code": place}
            for one, place in places.items()
        ],
        step=[
            {"application_no": f"A{one}", "step": "confirm", "started_at": "2024-03-04", "actor_id_no": hand}
            for one in places
        ],
    )
    mine = whose(data, prefix)
    paid = behind.homes_of_account(mine, Policy.shipped(), {"subject_kind": "account", "subject": "62001"})
    cases = behind.burst(mine, {"subject": "A1"}, {"causes": ["burst"], "seconds": 60})
    assert (paid.rows["household_no"].sort().to_list(), paid.outside) == (listed, outside)
    assert (cases.rows["household_no"].sort().to_list(), cases.outside) == (listed, outside)
