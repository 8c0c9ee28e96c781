"""What does `mingcha evaluate` ask of a workspace, and how is its table read on a terminal?"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
from rich.console import Console
from rich.table import Table

from casework.errors import CaseworkError
from casework.tables import PERSON
from casework.text import Text
from casework.workspace import Workspace
from metrics.evaluation import as_in_snapshot, evaluate, of_this_world, paired, read_truth, world_of

WIDTH: Final = 500  # wide enough that no cell is cut; the table takes what it needs, under 110 without variants
UNKNOWN: Final = "未知 unknown"
NOT_RUN: Final = "未运行 not run"
ALL: Final = "全部 all"
MORE: Final = Text(
    "各变体加 --variants;PR-AUC、前 k 查准率等全部列用 --out 写入文件",
    "for the variants add --variants; PR-AUC, precision@k and every other column go into a file with --out",
)
_HEADERS: Final = (
    Text("规则", "scheme"),
    Text("植入", "planted"),
    Text("查出", "found"),
    Text("查全率 95%", "recall"),
    Text("线索", "leads"),
    Text("查准率 95%", "precision"),
    Text("孪生", "twins"),
    Text("误报", "raised"),
    Text("金额相符", "exact"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A run against a truth: `table` as `evaluate` gives it; `leads` of the run with `explained` (was it planted?)."""

    table: pl.DataFrame
    leads: pl.DataFrame


def evaluation(workspace: Workspace, truth: Path, *, visits: int | None) -> pl.DataFrame:
    """The table of `compared`."""
    return compared(workspace, truth, visits=visits).table


def compared(workspace: Workspace, truth: Path, *, visits: int | None = None) -> Compared:
    """The last run of the workspace against a truth; `visits` instead of the tuning's visits a month.

    Raises:
        CaseworkError: there is no run of the data in use, or no such truth, or it is another world's.
    """
    data, policy = workspace.tables(), workspace.policy()
    _detected(workspace)
    identity = pl.read_parquet(workspace.snapshot / "identity.parquet")
    planted = as_in_snapshot(read_truth(truth), identity)
    of_this_world(planted, data, identity, world=world_of(truth))
    runs = workspace.runs()
    ran = runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
    k = visits if visits is not None else int(policy.value("visits_month", on=data.as_of))
    leads = workspace.leads()
    table = evaluate(leads, planted, ran=ran, persons=data.rows(PERSON), visits=k)
    return Compared(table, paired(leads, planted)[1])


def as_csv(table: pl.DataFrame) -> str:
    """The table as a file, every column and variant: unknown is empty."""
    return table.with_columns(pl.col(pl.Float64).round(6)).write_csv()


def as_table(table: pl.DataFrame, *, variants: bool = False) -> str:
    """A line a scheme as a person reads it, both languages in the header: unknown is said."""
    shown = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for place, header in enumerate(_HEADERS):
        shown.add_column(f"{header.zh}\n{header.en}", justify="right" if place else "left", no_wrap=True)
    for row in table.filter(pl.lit(variants) | (pl.col("variant") == "")).iter_rows(named=True):
        shown.add_row(*_cells(row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _detected(workspace: Workspace) -> None:
    """Is there a run, and of the data in use?"""
    if not all((workspace.path / name).exists() for name in ("leads.parquet", "runs.csv")):
        raise CaseworkError(Text("尚未检测,请先运行 mingcha detect", "no leads yet: run mingcha detect first"))
    last = workspace.journal.last(subject="leads")
    if last is not None and last.old != workspace.current:
        raise CaseworkError(
            Text(
                "检测之后又导入了数据,请重新运行 mingcha detect",
                "the leads are of earlier data: run mingcha detect again",
            )
        )


def _cells(row: Mapping[str, Any]) -> list[str]:
    whole = not row["variant"]  # a variant's leads are not told apart: precision is the scheme's
    return [
        (row["scheme"] or ALL) if whole else f"  {row['variant']}",
        _count(row["planted"]),
        _count(row["found"]),
        _bounded(row, "recall") if row["ran"] else NOT_RUN,
        _count(row["leads"]) if whole else "",
        _bounded(row, "precision") if whole and row["ran"] else "",
        _count(row["twins"]),
        _count(row["twins_raised"]),
        "" if row["amount_exact"] is None else f"{round(row['amount_exact'] * row['amounts'])}/{row['amounts']}",
    ]


def _bounded(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return UNKNOWN
    return f"{row[name]:.3f} [{row[f'{name}_low']:.3f},{row[f'{name}_high']:.3f}]"


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
