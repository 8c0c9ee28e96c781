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
    assert result.leads["region_code"].to_list() == ["990100000000"]  # what holds both counties


def test_the_region_is_the_smallest_that_holds_all_the_households() -> None:
    tables = small(*[(f"H{n}", "dibao", "2024-06", None) for n in (1, 2, 3)])
    for codes, region in (
        (("990101001001", "990101001001", "990101001001"), "990101001001"),
        (("990101001001", "990101001002", "990101001001"), "990101001000"),
        (("990101001001", "990101001002", "990101009001"), "990101000000"),
    ):
        homes = [{"household_no": f"H{n}", "region_code": code} for n, code in enumerate(codes, 1)]
        lead = asked(two_places, world("2024-06-30", **{**tables, "household": homes})).leads
        assert lead.select("region_code", "related").rows() == [(region, '["H1","H2","H3"]')]


def without_ends(*spans: Span, **cells: tuple[str, ...]) -> dict[str, list[Row]]:
    """The same source without any column that tells when an award, or a person's part in it, ended."""
    tables = small(*spans, **cells)
    for name in ("award", "beneficiary"):
        tables[name] = [{key: cell for key, cell in row.items() if key != "to_month"} for row in tables[name]]
    return tables


MOVED = ("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-04", None)


def outcome(tables: dict[str, list[Row]]) -> tuple[list[int | None], int]:
    """Fen in doubt of every lead, and how many were undecidable."""
    result = asked(two_places, world("2024-06-30", **tables))
    return result.leads["amount_fen"].to_list(), status(result)[2]


def test_where_no_source_says_when_an_award_ends_a_move_is_no_overlap() -> None:
    tables = without_ends(*MOVED)
    moved = {f"W0-{month}" for month in (4, 5, 6)}
    tables["payment"] = [row for row in tables["payment"] if row["payment_no"] not in moved]
    assert outcome(tables) == ([], 1)  # paid in one household after the other
    del tables["payment"]
    assert outcome(tables) == ([None], 0)  # nothing but the register, which says that both go on
    tables = without_ends(("H1", "dibao", "2024-04", None), ("H2", "dibao", "2024-04", None))
    del tables["payment"]
    assert outcome(tables) == ([None], 0)  # both say that they began in April


def test_where_no_source_says_when_an_award_ends_payments_prove_the_overlap() -> None:
    tables = without_ends(*MOVED)
    assert outcome(tables) == ([3 * 40000], 0)
    tables["payment"] = [row for row in tables["payment"] if row["payment_no"] not in {"W0-5", "W0-6"}]
    assert outcome(tables) == ([40000], 0)


def back(no: str, award: str, month: str, yuan: str) -> Row:
    return {"payment_no": no, "award_no": award, "month": month, "amount": yuan}


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([], [80000]),
        ([back("B1", "W1", "2024-05", "-400")], [40000]),  # one of two months reversed: no month of both
        ([back("B1", "W1", "2024-05", "-400"), back("B2", "W1", "2024-06", "-400")], []),
        ([back("B1", "W0", "2024-05", "-600"), back("B2", "W0", "2024-06", "-600")], []),  # the better paid one
        ([back("B1", "W1", "2024-07", "-300")], [50000]),  # booked in another month
        ([back("B1", "W1", "2024-07", "-799.99")], [1]),
        ([back("B1", "W1", "2024-07", "-800")], []),
        ([back("B1", "W0", "2024-07", "-800")], []),  # given back by the other household
        ([back("B1", "W0", "2024-02", "-700")], [80000]),  # before the first month of both
    ],
)
def test_what_was_taken_back_is_not_in_doubt(rows: list[Row], left: list[int]) -> None:
    tables = small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-05", None))
    tables["payment"] += rows
    assert outcome(tables) == (left, 0)


def test_a_month_of_unknown_amount_is_undecidable() -> None:
    tables = small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-06", None))
    unknown = [{**row, "amount": None} if row["payment_no"] == "W1-6" else row for row in tables["payment"]]
    assert outcome({**tables, "payment": unknown}) == ([], 1)
    tables = small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-05", None))
    unknown = [{**row, "amount": None} if row["payment_no"] == "W1-6" else row for row in tables["payment"]]
    assert outcome({**tables, "payment": unknown}) == ([40000], 0)  # May is known


def test_says_why_in_both_languages() -> None:
    said = facts(
        two_places, world("2024-06-30", **small(("H1", "dibao", "2024-01", None), ("H2", "dibao", "2024-05", None)))
    )
    assert two_places.CARD.reads(said, "zh").startswith("疑似重复享受:2024-05 至 2024-06 有 2 个月")
    assert "covered by dibao in 2 households (H1 and H2)" in two_places.CARD.reads(said, "en")
    assert "800.00 yuan" in two_places.CARD.reckons(said, "en")
