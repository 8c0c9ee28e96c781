"""Does every detector raise the county's planted cases, and none of their innocent twins?"""

import polars as pl
import pytest

import detectors
from casework.run import run
from tests.detectors.county import county, files, policy

PLANTED = {
    "late_decision": {"SQ00025", "SQ00042", "SQ00081", "SQ00049"},
    "open_overdue": {"SQ00109", "SQ00114", "SQ00111"},
    "impossible_timing": {
        *("SQ00024", "SQ00035", "SQ00091", "SQ00098"),
        *("SQ00057", "SQ00058", "SQ00059", "SQ00060", "SQ00069", "SQ00070", "SQ00071", "SQ00072"),
    },
    "late_complaint": {"XF0019", "XF0029", "XF0035", "XF0071"},
    "deceased_paid": {"BZ00001", "BZ00017", "BZ00033"},
}


@pytest.fixture(scope="module")
def leads() -> pl.DataFrame:
    return run(detectors, county(), policy()).leads


@pytest.mark.parametrize("scheme", PLANTED)
def test_raises_exactly_the_planted_cases(leads: pl.DataFrame, scheme: str) -> None:
    assert set(leads.filter(pl.col("scheme") == scheme)["subject"]) == PLANTED[scheme]


def test_raises_exactly_the_planted_pairs_of_programmes(leads: pl.DataFrame) -> None:
    pairs = leads.filter(pl.col("scheme") == "exclusive_programmes")
    assert sorted(pairs.select("part", "level").rows()) == [
        ("destitute+disability_living", "exclude"),
        ("dibao+de_facto_orphan", "verify"),
        ("dibao+destitute", "exclude"),
        ("dibao+dibao_edge", "exclude"),
        ("dibao+dibao_edge", "exclude"),
    ]


def test_the_member_who_died_is_in_doubt_for_one_head_of_four(leads: pl.DataFrame) -> None:
    (row,) = (
        leads.filter(pl.col("subject") == "BZ00033", pl.col("scheme") == "deceased_paid")
        .select("level", "amount_fen")
        .rows()
    )
    paid = [
        float(str(row["amount"]))
        for row in files()["payment"]
        if row["award_no"] == "BZ00033" and "2024-08" <= str(row["month"]) <= "2024-12"
    ]
    assert row == ("verify", round(sum(paid) * 100 / 4))


def test_evidence_names_file_and_line() -> None:
    result = run(detectors, county(), policy(), only=["late_decision"])
    lead = result.leads.filter(pl.col("subject") == "SQ00025")["lead_id"].item()
    line = next(n for n, row in enumerate(files()["application"], 2) if row["application_no"] == "SQ00025")
    rows = result.evidence.filter((pl.col("lead_id") == lead) & (pl.col("column") == "decided_at"))
    assert rows.select("table", "key", "value", "source_file", "source_row").rows() == [
        ("application", "SQ00025", "2024-04-02", "application.csv", line)
    ]
