"""Tests of veto_asset: what is owned in which paid month, and by whom."""

import pytest

from casework.policy import Policy
from detectors.wrong import veto_asset
from tests.casework.means.homes import IDS, NAMES, award, covers, home, little, pay, person
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row


def owns(kind: str, value: str | None, detail: str | None, name: str = NAMES[0], **cells: str | None) -> Row:
    number = f"M{kind}{detail}{value}{name}{len(cells)}"
    plain = {"match_no": number, "id_no": IDS[name], "kind": kind, "source": "示例", "value": value, "detail": detail}
    return {**plain, "from_on": "2020-01-01", "to_on": None, "compared_on": "2024-12-01", **cells}


def monthly(first: int, last: int, yuan: str | None = "600") -> list[Row]:
    return [pay(f"2024-{n:02d}", yuan) for n in range(first, last + 1)]


def small(match: list[Row], payments: list[Row], **tables: list[Row]) -> dict[str, list[Row]]:
    plain: dict[str, list[Row]] = {
        "household": [home()],
        "person": [person(name) for name in NAMES],
        "award": [award()],
        "beneficiary": covers(*NAMES[:2]),
        "payment": payments,
        "match": match,
    }
    return {**plain, **tables}


def doubt(
    match: list[Row], payments: list[Row], policy: Policy | None = None, **tables: list[Row]
) -> tuple[str, int] | None:
    """Level and fen in doubt of the only lead."""
    leads = asked(veto_asset, little(**small(match, payments, **tables)), policy).leads
    return leads.select("level", "amount_fen").row(0) if leads.height else None


CAR = owns("vehicle", "80000", "car")


def test_a_car_excludes_in_every_paid_month() -> None:
    assert doubt([CAR], monthly(1, 3)) == ("exclude", 180000)


@pytest.mark.parametrize("detail", ["disability", "farm"])
def test_disability_and_farm_vehicles_are_exempt(detail: str) -> None:
    assert doubt([owns("vehicle", "80000", detail)], monthly(1, 3)) is None


def test_a_ruined_dwelling_does_not_count() -> None:
    one, ruin = owns("real_estate", "80", "dwelling"), owns("real_estate", "60", "ruined")
    assert doubt([one, ruin], monthly(1, 1)) is None
    assert doubt([one, owns("real_estate", "60", "dwelling")], monthly(1, 1)) == ("exclude", 60000)


def test_dwellings_of_all_covered_members_count_together() -> None:
    rows = [owns("real_estate", "80", "dwelling"), owns("real_estate", "60", "dwelling", NAMES[1])]
    assert doubt(rows, monthly(1, 1)) == ("exclude", 60000)
    uncovered = [rows[0], owns("real_estate", "60", "dwelling", NAMES[2])]
    assert doubt(uncovered, monthly(1, 1)) is None


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("30000", None),
        ("30000.01", ("verify", None)),
        ("50000", ("verify", None)),
        ("50000.01", ("exclude", 60000)),
    ],
)
def test_deposits_are_looked_at_before_they_exclude(yuan: str, expected: tuple[str, int] | None) -> None:
    assert doubt([owns("deposit", yuan, None)], monthly(1, 1)) == expected


def test_where_a_month_excludes_only_such_months_are_in_doubt() -> None:
    rows = [owns("deposit", "40000", None), owns("vehicle", "1", "car", from_on="2024-03-01")]
    assert doubt(rows, monthly(1, 3)) == ("exclude", 60000)
    assert doubt(rows, monthly(1, 2)) == ("verify", None)


def test_where_nothing_is_left_of_an_excluding_month_a_lesser_asset_still_wants_a_look() -> None:
    rows = [owns("business", "1", "dormant"), owns("vehicle", "1", "car", from_on="2024-03-01", to_on="2024-03-31")]
    assert doubt(rows, monthly(1, 4)) == ("exclude", 60000)
    assert doubt(rows, [*monthly(1, 2), *monthly(3, 3, None), *monthly(4, 4)]) == ("verify", None)
    assert doubt(rows, [*monthly(1, 4), *monthly(5, 5, "-600")]) == ("verify", None)
    assert doubt(rows[1:], [*monthly(1, 4), *monthly(5, 5, "-600")]) is None


def test_before_the_look_nothing_is_in_doubt_but_what_was_paid_is_told() -> None:
    rows = [*monthly(1, 3), *monthly(4, 4, "-200")]
    said = facts(veto_asset, little(**small([owns("deposit", "40000", None)], rows)))
    assert (said["paid_fen"], said["recovered_fen"], said["amount_fen"]) == (180000, 20000, None)
    assert "这些月份共发 1,800.00 元" in veto_asset.CARD.reads(said, "zh")
    assert "taken back 200.00; nothing is concluded before the look" in veto_asset.CARD.reckons(said, "en")
    assert doubt([owns("deposit", "40000", None)], [*monthly(1, 1), *monthly(2, 2, "-600")]) is None


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-02-01", None, 120000),
        ("2024-02-02", None, 60000),  # not the whole of February
        ("2020-01-01", "2024-02-29", 120000),
        ("2020-01-01", "2024-02-28", 60000),
        ("2024-02-02", "2024-03-30", None),
    ],
)
def test_it_must_hold_in_the_whole_of_a_month(since: str, until: str | None, expected: int | None) -> None:
    found = doubt([owns("vehicle", "1", "car", from_on=since, to_on=until)], monthly(1, 3))
    assert found == (None if expected is None else ("exclude", expected))


def test_it_counts_even_if_it_was_compared_later() -> None:
    assert doubt([{**CAR, "compared_on": "2025-01-15"}], monthly(1, 1)) == ("exclude", 60000)


def test_without_a_first_day_it_holds_from_the_comparison() -> None:
    assert doubt([{**CAR, "from_on": None, "compared_on": "2024-02-01"}], monthly(1, 2)) == ("exclude", 60000)


def test_only_a_covered_living_member_counts() -> None:
    assert doubt([owns("vehicle", "1", "car", NAMES[2])], monthly(1, 3)) is None
    later = covers(NAMES[0], since="2024-03") + covers(NAMES[1])
    assert doubt([CAR], monthly(1, 3), beneficiary=later) == ("exclude", 60000)
    gone = covers(NAMES[0], until="2024-01") + covers(NAMES[1])
    assert doubt([CAR], monthly(1, 3), beneficiary=gone) == ("exclude", 60000)
    dead = [person(NAMES[0], died_on="2024-01-31"), *(person(name) for name in NAMES[1:])]
    assert doubt([CAR], monthly(1, 3), person=dead) == ("exclude", 60000)


@pytest.mark.parametrize(
    ("programme", "raised"), [("destitute", True), ("rigid_expense", True), ("dibao_edge", True), ("old_age", False)]
)
def test_means_tested_programmes_only(programme: str, raised: bool) -> None:
    assert (doubt([CAR], monthly(1, 1), award=[award(programme)]) is not None) is raised


def test_what_was_taken_back_is_not_in_doubt() -> None:
    assert doubt([CAR], [*monthly(1, 2), pay("2024-03", "-600")]) == ("exclude", 60000)
    assert doubt([CAR], [*monthly(1, 2), pay("2024-03", "-1200")]) is None
    assert doubt([CAR], [pay("2024-01", "600"), pay("2024-01", "-600", mark="b")]) is None


def test_a_countys_own_list_holds_from_its_day() -> None:
    entry = {"kind": "vehicle", "detail": "car", "level": "verify", "zh": "汽车", "en": "a car", "over": 0.0}
    local = Policy.of(veto=[{**entry, "from": "2024-02-01"}])
    assert doubt([CAR], monthly(1, 2), local) == ("verify", None)


def undecided(match: list[Row], payments: list[Row]) -> tuple[int, int]:
    result = asked(veto_asset, little(**small(match, payments)))
    return result.leads.height, status(result)[2]


def test_unknown_is_never_raised_but_counted() -> None:
    assert undecided([CAR], monthly(1, 1)) == (1, 0)
    assert undecided([owns("vehicle", None, "car")], monthly(1, 1)) == (0, 1)
    assert undecided([CAR], monthly(1, 1, None)) == (0, 1)
    assert undecided([owns("vehicle", "1", None)], monthly(1, 1)) == (0, 1)  # a car, or a disability vehicle?


def test_an_award_that_is_raised_is_not_undecidable_too() -> None:
    assert undecided([CAR, owns("vehicle", None, "truck")], monthly(1, 1)) == (1, 0)
    assert undecided([CAR], [*monthly(1, 1), *monthly(2, 2, None)]) == (1, 0)


def test_without_comparisons_it_is_not_run() -> None:
    assert status(asked(veto_asset, little(**small([], monthly(1, 1)))))[:2] == ("not_run", "needs match")


def test_says_what_and_keeps_the_evidence() -> None:
    data = little(**small([CAR, owns("deposit", "60000", None, NAMES[1])], monthly(1, 2)))
    said = facts(veto_asset, data)
    assert (said["case"], said["item"], said["found"], said["months"]) == ("exclude", "deposit", 2, 2)
    assert veto_asset.CARD.reads(said, "zh").startswith(
        "疑似一票否决:2024-01 至 2024-02 有 2 个月,保障对象名下有存款等 2 条登记"
    )
    proof = asked(veto_asset, data).evidence
    assert sorted(proof.filter(proof["column"] == "kind")["value"]) == ["deposit", "vehicle"]
    assert sorted(proof.filter(proof["column"] == "month")["value"]) == ["2024-01", "2024-02"]
