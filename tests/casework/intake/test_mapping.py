"""Tests of mapping files: a foreign file on the contract's road."""

import csv
from pathlib import Path

import polars as pl
import pytest

from casework.intake.mapping import read_mapping
from casework.intake.outcome import Outcome
from casework.intake.road import import_source
from casework.workspace import Workspace
from tests.casework.intake.sources import codes, told

LOG = """case,event,at,due,sum
c1,receive,2024-03-04 09:00:00+01:00,31/03/2024,1.5
c1,check,2024-03-05 09:00:00+01:00,31/03/2024,1.5
c2,receive,2024-03-06 09:00:00+01:00,01/04/2024,2
c2,receive,2024-03-06 09:00:00+01:00,01/04/2024,2
"""
MAPPING = """
[meta]
as_of = 2024-04-30
[[table]]
name = "application"
source = "log.csv"
[table.columns]
application_no = "case"
programme = { constant = "permit" }
due_at = { column = "due", format = "%d/%m/%Y" }
monthly = { column = "sum", unit = "千元" }
[[table]]
name = "step"
source = "log.csv"
[table.columns]
application_no = "case"
step = { column = "event", values = { receive = "accept" }, otherwise = "other" }
label = "event"
started_at = "at"
"""


def mapped(tmp_path: Path, mapping: str = MAPPING, log: str = LOG) -> tuple[Outcome, Workspace]:
    source = tmp_path / "source"
    source.mkdir(exist_ok=True)
    (source / "log.csv").write_text(log, "utf-8")
    (tmp_path / "map.toml").write_text(mapping, "utf-8")
    workspace = Workspace(tmp_path / "workspace", create=True)
    return import_source(source, workspace, mapping=tmp_path / "map.toml"), workspace


def test_one_log_feeds_cases_and_steps_and_every_row_is_counted(tmp_path: Path) -> None:
    outcome, workspace = mapped(tmp_path)
    assert outcome.lines == [  # the last line of the log repeats the whole one before it
        "application: read 3, taken 2, rejected 0, ignored 1, blank 0",
        "step: read 4, taken 3, rejected 0, ignored 1, blank 0",
    ]
    cases = pl.read_parquet(workspace.snapshot / "application.parquet").sort("application_no")
    assert cases["due_at"].dt.date().cast(pl.String).to_list() == ["2024-03-31", "2024-04-01"]
    assert cases["due_at_dated"].to_list() == [True, True]
    assert cases["monthly_fen"].to_list() == [150_000, 200_000]
    assert cases["programme"].to_list() == ["permit", "permit"]
    steps = pl.read_parquet(workspace.snapshot / "step.parquet").sort("started_at")
    assert steps["step"].to_list() == ["accept", "other", "accept"]
    assert steps["label"].to_list() == ["receive", "check", "receive"]
    assert str(steps["started_at"][0]) == "2024-03-04 16:00:00"
    assert str(outcome.as_of) == "2024-04-30"


def test_two_moments_of_one_key_with_other_words_are_both_kept(tmp_path: Path) -> None:
    log = "case,event,at,due,sum\nc1,check,2024-03-05 09:00,,1\nc1,call,2024-03-05 09:00,,1\n"
    outcome, _ = mapped(tmp_path, log=log)
    assert "step: read 2, taken 2, rejected 0, ignored 0, blank 0" in outcome.lines
    assert ("log.csv", 3, "application_no, step, started_at", "W_DUP_CONFLICT") in told(outcome)


@pytest.mark.parametrize(
    ("wrong", "right", "where", "hint"),
    [
        ('"case"', '"cases"', "application.application_no", "case"),
        ('name = "step"', 'name = "steps"', "table[2].name", "step"),
        ("programme =", "programmes =", "application.programmes", "programme"),
        (
            'source = "log.csv"\n[table.columns]\napplication_no = "case"\nstep',
            'source = "lag.csv"\n[table.columns]\napplication_no = "case"\nstep',
            "step",
            "log.csv",
        ),
        ("unit =", "units =", "application.monthly.units", "unit"),
        ('"千元"', '"斤"', "application.monthly.unit", "元"),
        ("constant =", "konstant =", "application.programme", "column"),
        ("as_of = 2024-04-30", 'as_of = "soon"', "meta.as_of", "date"),
        ("[meta]", "[mata]", "mata", "[meta]"),
        ('started_at = "at"', "", "step.started_at", "开始时间"),
        ("[[table]]", "[[table", "", ""),
    ],
)
def test_a_wrong_mapping_is_refused_with_where_and_what_was_meant(
    tmp_path: Path, wrong: str, right: str, where: str, hint: str
) -> None:
    assert wrong in MAPPING
    outcome, workspace = mapped(tmp_path, MAPPING.replace(wrong, right))
    assert (outcome.ending, workspace.current) == ("refused", None)
    found = outcome.faults.filter(pl.col("code") == "E_MAPPING", pl.col("file") == "map.toml")
    assert [
        message for column, message in found.select("column", "message").rows() if column == where and hint in message
    ]


def test_all_faults_of_a_mapping_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(MAPPING.replace("monthly", "monthlyy").replace("label", "lable"), "utf-8")
    assert [fault.column for fault in read_mapping(path).faults] == ["application.monthlyy", "step.lable"]


def test_tables_beside_a_mapped_file_are_read_by_their_names(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "region.csv").write_text("region_code,name,tier\n990101,示范县,county\n", "utf-8")
    outcome, workspace = mapped(tmp_path)
    assert outcome.ending == "stored"
    assert sorted(workspace.manifest()["tables"]) == ["application", "region", "step"]


def test_a_mapping_nested_beyond_all_bounds_is_wrong_and_no_fault_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text("meta = " + "[" * 20_000, "utf-8")
    assert [fault.code for fault in read_mapping(path).faults] == ["E_MAPPING"]


def test_a_source_that_is_not_there_is_the_mappings_fault_also_beside_other_faults(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (tmp_path / "mapping.toml").write_text(MAPPING, "utf-8")
    workspace = Workspace(tmp_path / "workspace", create=True)
    outcome = import_source(source, workspace, mapping=tmp_path / "mapping.toml")
    assert [fault[2] for fault in told(outcome) if fault[3] == "E_MAPPING"] == ["application", "step"]
    (source / "person.xls").write_text("x", "utf-8")
    outcome = import_source(source, workspace, mapping=tmp_path / "mapping.toml")
    assert {"E_LEGACY_XLS", "E_MAPPING"} <= set(codes(outcome))


EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "receipt.toml"


def receipt() -> Path:
    """The real case log, where it lies beside the working copy."""
    path = Path(__file__).parents[4] / "shared" / "data" / "receipt.csv"
    if not path.exists():
        pytest.skip("the real case log is not here: ../shared/data/receipt.csv")
    return path


def test_the_real_case_log_goes_the_ordinary_road(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace", create=True)
    outcome = import_source(receipt(), workspace, mapping=EXAMPLE)
    assert outcome.lines == [
        "application: read 1434, taken 1434, rejected 0, ignored 0, blank 0",
        "step: read 8577, taken 8577, rejected 0, ignored 0, blank 0",
    ]
    assert str(outcome.as_of) == "2012-01-23"
    assert codes(outcome) == ["W_AS_OF", "W_ORDER", "W_PROGRAMME"]
    assert [fault[2] for fault in told(outcome) if fault[3] == "W_ORDER"] == ["decided_at", "decided_at"]
    cases = pl.read_parquet(workspace.snapshot / "application.parquet")
    late = cases.filter(pl.col("decided_at") > pl.col("due_at"))
    undecided = cases.filter(pl.col("decided_at").is_null())
    last = pl.read_parquet(workspace.snapshot / "step.parquet")["started_at"].max()
    assert (late.height, cases["decided_at"].count()) == (377, 1329)
    assert (undecided.filter(pl.col("due_at") < last).height, undecided.height) == (39, 105)
    with receipt().open(newline="", encoding="utf-8") as file:
        assert sum(1 for _ in csv.reader(file)) == 8578
