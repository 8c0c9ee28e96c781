"""Tests of two_places: same programme, same month, two households; whose amount."""

import pytest

from detectors.duplicate import two_places
from tests.detectors.asking import asked, facts, status
from tests.worlds import Row, person_no, world

ID, BROTHER, COUSIN = person_no("示例甲"), person_no("示例乙"), person_no("示例丙")
Span = tuple[str, str, str, str | None]  # household, programme, first and last month


def small(
    *spans: Span, yuan: tuple[str, ...] = ("600", "400", "100"), heads: tuple[str, ...] = (ID,)
) -> dict[str, list[Row]]:
    """One person (in the first award, `heads`) covered by an award a span, paid from January to June of 2024."""
    awards, rows, payments = [], [], []
    for place, (home, programme, since, until) in enumerate(spans):
        no = f"W{place}"
        awards.append(
            {"award_no": no, "programme": programme, "household_no": home, "from_month": since, "to_month": until}
        )
        covered = heads if place == 0 else (ID,)
        rows += [{"award_no": no, "id_no": one, "from_month": since, "to_month": until} for one in covered]
        payments += [
            {"payment_no": f"{no}-{month}", "award_no": no, "month": f"2024-{month:02d}", "amount": yuan[place]}
            for month in range(1, 7)
        ]
    return {
        "household": [{"household_no": f"H{n}", "region_code": f"99010{n}001001"} for n in (1, 2, 3)],
        "award": awards,
        "beneficiary": rows,
        "payment": payments,
    }


def raised(*spans: Span, **cells: tuple[str, ...]) -> list[tuple[str, int]]:
    leads = asked(two_places, world("2024-06-30", **small(*spans, **cells))).leads
    assert set(leads["level"]) <= {"exclude"}
    return sorted(leads.select("part", "amount_fen").rows())


@pytest.mark.parametrize("programme", ["dibao", "destitute", "old_age", "disability_care", "heating"])
def test_the_same_programme_in_two_households_is_raised_whatever_the_programme(programme: str) -> None:
    spans = ("H1", programme, "2024-01", None), ("H2", programme, "2024-05", None)
    assert raised(*spans) == [(programme, 80000)]  # the smaller share, two months


def test_another_programme_is_another_question() -> None:
    assert raised(("H1", "dibao", "2024-01", None), ("H2", "destitute", "2024-01", None)) == []


def test_two_awards_of_one_household_are_no_two_places() -> None:
    assert raised(("H1", "dibao", "2024-01", None), ("H1", "dibao", "2024-03", None)) == []


@pytest.mark.parametrize(
    ("until", "since", "months"), [("2024-02", "2024-03", 0), ("2024-03", "2024-03", 1), (None, "2024-06", 1)]
)
def test_only_months_in_both_count(until: str | None, since: str, months: int) -> None:
    seen = raised(("H1", "dibao", "2024-01", until), ("H2", "dibao", since, None))
    assert seen == ([("dibao", 40000 * months)] if months else [])


def test_a_month_after_as_of_is_not_looked_at() -> None:
    assert raised(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-07", None)) == []


def test_no_row_outlives_its_award() -> None:
    tables = small(("H1", "dibao", "2024-01", "2024-02"), ("H2", "dibao", "2024-03", None))
    for until in (None, "2024-06"):
        tables["beneficiary"] = [{**row, "to_month": until} for row in tables["beneficiary"]]
        assert asked(two_places, world("2024-06-30", **tables)).leads.height == 0


def test_in_doubt_is_the_smaller_share_by_head() -> None:
    spans = ("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-06", None)
    assert raised(*spans, heads=(ID, BROTHER)) == [("dibao", 30000)]  # 600 for two, 400 for one
    assert raised(*spans, heads=(ID, BROTHER, COUSIN), yuan=("1000", "400")) == [("dibao", 33333)]
    assert raised(*spans, yuan=("600", "0")) == [("dibao", 0)]  # covered all the same


def test_of_three_households_all_but_the_best_paid_are_in_doubt() -> None:
    spans = [(f"H{n}", "dibao", "2024-06", None) for n in (1, 2, 3)]
    assert raised(*spans) == [("dibao", 50000)]
    said = facts(two_places, world("2024-06-30", **small(*spans)))
    assert (said["households"], said["one"], said["other"]) == (3, "H1", "H3")


def test_each_programme_is_a_lead_of_its_own() -> None:
    spans = [(home, programme, "2024-06", None) for programme in ("dibao", "old_age") for home in ("H1", "H2")]
    assert raised(*spans, yuan=("600", "400", "100", "90")) == [("dibao", 40000), ("old_age", 9000)]


def test_a_namesake_is_another_person() -> None:
    tables = small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-01", None))
    tables["beneficiary"][1] = {**tables["beneficiary"][1], "id_no": BROTHER}
    assert asked(two_places, world("2024-06-30", **tables)).leads.height == 0


def test_without_payments_the_amount_is_unknown() -> None:
    tables = small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-06", None))
    del tables["payment"]
    result = asked(two_places, world("2024-06-30", **tables))
    assert result.leads["amount_fen"].to_list() == [None]
    assert status(result)[0] == "partly"


def test_evidence_holds_both_awards_and_the_months_of_both() -> None:
    data = world("2024-06-30", **small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-05", None)))
    result = asked(two_places, data)
    seen = result.evidence
    assert sorted(seen.filter(seen["column"] == "household_no")["value"]) == ["H1", "H2"]
    assert sorted(seen.filter(seen["column"] == "month")["value"]) == ["2024-05", "2024-05", "2024-06", "2024-06"]
    assert set(seen["table"]) == {"award", "beneficiary", "payment"}
    assert result.leads["related"].to_list() == ['["H1","H2"]']
    assert result.leads["region_code"].to_list() == ["990101001001"]


def test_says_why_in_both_languages() -> None:
    said = facts(
        two_places, world("2024-06-30", **small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-05", None)))
    )
    assert two_places.CARD.reads(said, "zh").startswith("疑似重复享受:2024-05 至 2024-06 有 2 个月")
    assert "covered by dibao in 2 households (H1 and H2)" in two_places.CARD.reads(said, "en")
    assert "800.00 yuan" in two_places.CARD.reckons(said, "en")
