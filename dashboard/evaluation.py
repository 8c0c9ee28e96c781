"""What does `mingcha evaluate` ask of a workspace, and how is its table read on a terminal?"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
from rich.console import Console
from rich.table import Table

from casework.tables import PERSON
from casework.text import Text
from casework.workspace import Workspace
from metrics.evaluation import as_in_snapshot, evaluate, read_truth

WIDTH: Final = 500  # wide enough that no cell is cut; the table takes what it needs
UNKNOWN: Final = "未知 unknown"
ALL: Final = "全部 all"
_HEADERS: Final = (
    Text("规则", "scheme"),
    Text("变体", "variant"),
    Text("植入", "planted"),
    Text("查出", "found"),
    Text("查全率", "recall"),
    Text("线索", "leads"),
    Text("未解释", "unexplained"),
    Text("查准率", "precision"),
    Text("孪生", "twins"),
    Text("误报孪生", "twins raised"),
    Text("金额相符", "amount exact"),
    Text("平均差(元)", "error (yuan)"),
    Text("PR-AUC", "PR-AUC"),
    Text("前k查准", "precision@k"),
    Text("每万人", "per 10 000"),
)


def evaluation(workspace: Workspace, truth: Path, *, visits: int | None) -> pl.DataFrame:
    """The last run of the workspace against a truth; `visits` instead of the tuning's visits a month."""
    data, policy = workspace.tables(), workspace.policy()
    planted = as_in_snapshot(read_truth(truth), pl.read_parquet(workspace.snapshot / "identity.parquet"))
    runs = workspace.runs()
    ran = runs.filter(pl.col("status") != "not_run")["scheme"].to_list()
    k = visits if visits is not None else int(policy.value("visits_month", on=data.as_of))
    return evaluate(workspace.leads(), planted, ran=ran, persons=data.rows(PERSON), visits=k)


def as_csv(table: pl.DataFrame) -> str:
    """The table as a file: unknown is empty."""
    return table.with_columns(pl.col(pl.Float64).round(6)).write_csv()


def as_table(table: pl.DataFrame) -> str:
    """The table as a person reads it, both languages in the header: unknown is said."""
    shown = Table(box=None, pad_edge=False)
    for place, header in enumerate(_HEADERS):
        said = header.zh if header.zh == header.en else f"{header.zh}\n{header.en}"
        shown.add_column(said, justify="left" if place < len(("scheme", "variant")) else "right", no_wrap=True)
    for row in table.iter_rows(named=True):
        shown.add_row(*_cells(row))
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None, highlight=False, markup=False, emoji=False).print(shown)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _cells(row: Mapping[str, Any]) -> list[str]:
    whole = not row["variant"]  # a variant's leads are not told apart: precision is the scheme's
    return [
        row["scheme"] or ALL,
        row["variant"] if row["ran"] or not whole else "未运行 not run",
        _count(row["planted"]),
        _count(row["found"]),
        _bounded(row, "recall"),
        _count(row["leads"]) if whole else "",
        _count(row["unexplained"]) if whole else "",
        _bounded(row, "precision") if whole else "",
        _count(row["twins"]),
        _count(row["twins_raised"]),
        _of(row["amount_exact"], row["amounts"]),
        "" if row["amount_error"] is None else f"{row['amount_error']:,.2f}",
        _number(row["pr_auc"]) if whole and row["scheme"] else "",
        _of(row["precision_at_k"], row["k"]) if whole and row["scheme"] else "",
        "" if row["alerts_per_10000"] is None else f"{row['alerts_per_10000']:.2f}",
    ]


def _bounded(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return UNKNOWN
    return f"{row[name]:.3f} [{row[f'{name}_low']:.3f}, {row[f'{name}_high']:.3f}]"


def _of(share: float | None, whole: int | None) -> str:
    return "" if share is None else f"{share:.3f} (n={whole})"


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else str(number)


def _number(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:.3f}"
