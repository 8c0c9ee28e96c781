"""Do the rows taken add up to what the source says of itself?"""

from collections.abc import Mapping
from typing import Any

from casework.intake.fault import Fault
from casework.intake.work import Work

HALF_A_FEN = 0.005


def check_totals(works: Mapping[str, Work], totals: Mapping[str, Any]) -> list[Fault]:
    """W_TOTAL_MISMATCH for every `table.column = n` of [totals] that the taken rows do not meet."""
    faults = []
    for table, columns in totals.items():
        for column, stated in columns.items() if isinstance(columns, dict) else ():
            actual = _total(works.get(table), column)
            if actual is None or abs(actual - float(stated)) > HALF_A_FEN:
                said = "" if actual is None else f"{actual:.2f}".removesuffix(".00")
                hint = f"meta: {stated}"
                faults.append(Fault("meta.toml", None, f"{table}.{column}", "W_TOTAL_MISMATCH", "warned", said, hint))
    return faults


def _total(work: Work | None, column: str) -> float | None:
    """The sum of a number column (yuan for money), the count of filled cells of any other."""
    if work is None or not work.has(column):
        return None
    one = work.table[column]
    values = work.frame[one.main].drop_nulls()
    if one.kind in {"money", "quantity"}:
        return float(values.sum()) / 100
    return float(values.sum()) if one.kind == "integer" else float(values.len())
