"""Are recall, precision, twins and amounts what a person would count by hand?"""

from typing import Any

import polars as pl
import pytest

from casework.errors import CaseworkError
from metrics.evaluation import EVALUATION_SCHEMA, TRUTH_SCHEMA, evaluate, missed, unexplained

VISITS = 2


def planted(
    subject: str, variant: str = "plain", *, scheme: str = "over_income", yuan: int | None = None
) -> dict[str, Any]:
    fen = None if yuan is None else yuan * 100
    return {"scheme": scheme, "subject_kind": "award", "subject": subject, "twin": False, "variant": variant} | {
        "amount_fen": fen
    }


def twin(subject: str, variant: str = "taper", *, scheme: str = "over_income") -> dict[str, Any]:
    return planted(subject, variant, scheme=scheme) | {"twin": True}


def lead(
    subject: str, *, scheme: str = "over_income", part: str = "", score: float = 1.0, yuan: int | None = None
) -> Any:
    return {"scheme": scheme, "subject_kind": "award", "subject": subject, "part": part, "score": score} | {
        "amount_fen": None if yuan is None else yuan * 100
    }


LEADS = pl.Schema(
    {"scheme": pl.String(), "subject_kind": pl.String(), "subject": pl.String(), "part": pl.String()}
    | {"score": pl.Float64(), "amount_fen": pl.Int64()}
)


def evaluated(leads: list[Any], truth: list[Any], **options: Any) -> pl.DataFrame:
    options = {"visits": VISITS} | options
    table = evaluate(pl.DataFrame(leads, schema=LEADS), pl.DataFrame(truth, schema=TRUTH_SCHEMA), **options)
    assert table.schema == EVALUATION_SCHEMA
    return table


def row(table: pl.DataFrame, scheme: str, variant: str = "") -> dict[str, Any]:
    return table.row(by_predicate=(pl.col("scheme") == scheme) & (pl.col("variant") == variant), named=True)


def test_recall_and_precision_are_counted_by_row_and_by_lead() -> None:
    table = evaluated(
        [lead("A1", part="2024-01"), lead("A1", part="2024-02"), lead("B9")],
        [planted("A1"), planted("A1"), planted("A2"), planted("A3", "hard"), planted("A4", "hard")],
    )
    whole = row(table, "over_income")
    assert (whole["planted"], whole["found"], whole["recall"]) == (5, 2, 0.4)
    assert (whole["leads"], whole["explained"], whole["unexplained"]) == (3, 2, 1)
    assert whole["precision"] == pytest.approx(2 / 3)
    assert (row(table, "over_income", "plain")["found"], row(table, "over_income", "hard")["found"]) == (2, 0)


@pytest.mark.parametrize(
    ("rows", "raised", "found", "more"),
    [
        (2, 2, 2, 0),
        (2, 1, 1, 0),  # the second row is missed
        (1, 2, 1, 1),  # the second lead is junk
        (1, 3, 1, 2),
        (0, 2, 0, 2),
    ],
)
def test_of_rows_and_leads_on_one_subject_the_smaller_number_is_found(
    rows: int, raised: int, found: int, more: int
) -> None:
    leads = [lead("A1", part=str(place)) for place in range(raised)]
    table = evaluated(leads, [planted("A1")] * rows)
    for name in ("over_income", ""):
        whole = row(table, name)
        assert (whole["planted"], whole["found"], whole["explained"], whole["unexplained"]) == (
            rows,
            found,
            found,
            more,
        )


def test_the_lead_left_over_is_the_one_of_the_lowest_score() -> None:
    truth = [planted("A1", "first"), planted("A1", "second"), planted("A2"), planted("A2", "second")]
    raised = [lead("A1", part=part, score=score) for part, score in (("x", 1), ("y", 3), ("z", 2))]
    leads = pl.DataFrame([*raised, lead("A2")], schema=LEADS)
    known = pl.DataFrame(truth, schema=TRUTH_SCHEMA)
    assert unexplained(leads, known)["part"].to_list() == ["x"]
    assert missed(leads, known).select("subject", "variant").rows() == [("A2", "second")]
    assert row(evaluated([*raised, lead("A2")], truth), "over_income")["pr_auc"] == pytest.approx(
        1 / 4 + 1 / 4 + (1 / 4) * (3 / 4)
    )


def test_junk_beside_a_planted_amount_makes_it_inexact() -> None:
    table = evaluated([lead("A1", yuan=100), lead("A1", part="x", yuan=3)], [planted("A1", yuan=100)])
    whole = row(table, "over_income")
    assert (whole["amounts"], whole["amount_exact"], whole["amount_error"]) == (1, 0.0, 3.0)


def test_the_interval_is_wilson_s() -> None:
    whole = row(evaluated([lead("A1")], [planted("A1"), planted("A2")]), "over_income")
    assert (whole["recall_low"], whole["recall_high"]) == (
        pytest.approx(0.0945, abs=1e-4),
        pytest.approx(0.9055, abs=1e-4),
    )
    assert (whole["precision_low"], whole["precision_high"]) == (pytest.approx(0.2065, abs=1e-4), 1.0)


def test_a_twin_raised_is_counted_and_explains_nothing() -> None:
    table = evaluated([lead("A1"), lead("T1")], [planted("A1"), twin("T1"), twin("T2")])
    whole = row(table, "over_income")
    assert (whole["twins"], whole["twins_raised"], whole["unexplained"]) == (2, 1, 1)
    assert row(table, "over_income", "taper")["twins_raised"] == 1
    assert row(table, "over_income", "taper")["recall"] is None


def test_the_same_subject_under_another_scheme_is_neither_found_nor_a_twin() -> None:
    table = evaluated([lead("A1", scheme="veto_asset"), lead("T1", scheme="veto_asset")], [planted("A1"), twin("T1")])
    assert (row(table, "over_income")["found"], row(table, "over_income")["twins_raised"]) == (0, 0)
    assert row(table, "veto_asset")["unexplained"] == 2
    assert row(table, "veto_asset")["recall"] is None


def test_nothing_planted_and_nothing_raised_is_unknown_not_nought() -> None:
    whole = row(evaluated([], [], ran=["over_income"]), "over_income")
    assert (whole["planted"], whole["leads"]) == (0, 0)
    assert [whole[name] for name in ("recall", "precision", "pr_auc", "precision_at_k", "amount_exact")] == [None] * 5


def test_a_scheme_that_did_not_run_missed_nothing() -> None:
    table = evaluated([lead("A1")], [planted("A1"), planted("R1", scheme="mass_exit")], ran=["over_income"])
    gone = row(table, "mass_exit")
    assert (gone["ran"], gone["planted"], gone["found"], gone["recall"], gone["leads"]) == (False, 1, None, None, None)
    assert row(table, "mass_exit", "plain")["found"] is None
    assert (row(table, "")["planted"], row(table, "")["recall"]) == (1, 1.0)


def test_amounts_of_several_leads_of_one_subject_are_added_on_both_sides() -> None:
    table = evaluated(
        [
            lead("A1", part="1", yuan=100),
            lead("A1", part="2", yuan=50),
            lead("A2", yuan=70),
            lead("A3"),
            lead("A4", yuan=9),
        ],
        [
            planted("A1", yuan=100),
            planted("A1", yuan=50),
            planted("A2", yuan=90),
            planted("A3", yuan=30),
            planted("A4"),
        ],
    )
    whole = row(table, "over_income")
    assert whole["amounts"] == 3  # A4's truth gives none
    assert whole["amount_exact"] == pytest.approx(1 / 3)
    assert whole["amount_error"] == pytest.approx((0 + 20) / 2)  # A3's lead names none


def test_alerts_are_leads_by_ten_thousand_persons() -> None:
    table = evaluated([lead("A1"), lead("A2"), lead("C1", scheme="late_decision")], [], persons=20_000)
    assert row(table, "over_income")["alerts_per_10000"] == 1.0
    assert row(table, "")["alerts_per_10000"] == 1.5
    assert row(table, "late_decision")["alerts_low"] == pytest.approx(0.01266, abs=1e-5)
    assert row(evaluated([lead("A1")], []), "over_income")["alerts_per_10000"] is None


def test_the_order_inside_a_scheme_is_measured_by_its_scores() -> None:
    truth = [planted("A1"), planted("A2")]
    good = row(evaluated([lead("A1", score=3), lead("A2", score=2), lead("X", score=1)], truth), "over_income")
    bad = row(evaluated([lead("A1", score=1), lead("A2", score=2), lead("X", score=3)], truth), "over_income")
    assert (good["pr_auc"], good["precision_at_k"], good["k"]) == (1.0, 1.0, 2)
    assert bad["pr_auc"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert bad["precision_at_k"] == 0.5


def test_what_nothing_planted_explains_is_listed() -> None:
    leads = pl.DataFrame([lead("A1"), lead("T1"), lead("X")], schema=LEADS)
    left = unexplained(leads, pl.DataFrame([planted("A1"), twin("T1")], schema=TRUTH_SCHEMA))
    assert left["subject"].to_list() == ["T1", "X"]


def test_a_truth_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(CaseworkError, match="contradicts itself"):
        evaluated([], [planted("A1"), twin("A1")])


def test_where_nothing_ran_the_total_knows_nothing() -> None:
    whole = row(evaluated([], [planted("A1"), twin("A2")], ran=()), "")
    assert {name for name, value in whole.items() if value is not None} == {"scheme", "variant", "ran"}
    assert whole["ran"] is False
