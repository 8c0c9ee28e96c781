"""How does one statement of a household add up, line by line (算账单)?

For reading: the same reckoning as `casework.means.statement`, of one statement, with each step written out. What is
unknown there is unknown here, and so is every running sum after it.
"""

from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.lead import first_rows
from casework.means.figures import FEN, THOUSANDTHS, YEAR, with_urban_rural
from casework.means.statement import EXPENSES, IMPUTED, INCOMES, LEFT_OUT, RATE
from casework.policy import Policy
from casework.tables import HOUSEHOLD, MEANS

LINES: Final = pl.Schema(
    {
        "item": pl.String(),
        "declared_fen": pl.Int64(),
        "verified_fen": pl.Int64(),
        "counted_fen": pl.Int64(),  # after the rules; null: unknown
        "sign": pl.Int8(),  # 1 income, -1 expense, 0 a balance that does not count
        "rules": pl.String(),  # ids of the rules that changed the figure, separated by ;
        "running_fen": pl.Int64(),  # the sum so far, may be below 0; null: unknown from here on
    }
)


def statement_lines(data: Tables, policy: Policy, household_no: str, as_of: date) -> pl.DataFrame:
    """The lines of the statement of that day, incomes first; empty where there is none.

    Y is the last running sum, not below 0 (`year_fen`).
    """
    asked = (nw.col("household_no") == household_no) & (nw.col("as_of") == as_of)
    filed = data.engine.collect(data[MEANS].filter(asked).select("item", "declared_fen", "verified_fen"))
    homes = first_rows(data[HOUSEHOLD]).filter(nw.col("household_no") == household_no).select("region_code")
    villages = data.engine.collect(with_urban_rural(data, homes)).rows()
    rules = _Rules(policy, as_of, *(villages[0] if villages else (None, None)))
    rows: dict[str, list[tuple[int | None, int | None]]] = {}
    for item, declared, verified in filed.sort("item", "declared_fen", "verified_fen", nulls_last=True).iter_rows():
        rows.setdefault(item, []).append((declared, verified))
    imputed = {item for switch, item in IMPUTED.items() if filed.height and item not in rows and rules.switched(switch)}
    lines: list[dict[str, Any]] = []
    running: int | None = 0
    for item in (*INCOMES, *EXPENSES, "deposits"):
        sign = 1 if item in INCOMES else -1 if item in EXPENSES else 0
        for declared, verified in rows.get(item, [(None, None)] if item in imputed else []):
            counted, changed = rules.counted(item, verified if verified is not None else declared)
            if len(rows.get(item, ())) > 1:
                counted = None  # filed twice: nobody knows which
            if sign:
                running = None if running is None or counted is None else running + sign * counted
            used = [*changed, *(switch for switch, one in IMPUTED.items() if one == item and item in imputed)]
            lines.append(
                {
                    "item": item,
                    "declared_fen": declared,
                    "verified_fen": verified,
                    "counted_fen": counted,
                    "sign": sign,
                    "rules": ";".join(used),
                    "running_fen": running if sign else None,
                }
            )
    return pl.DataFrame(lines, schema=LINES)


def year_fen(lines: pl.DataFrame) -> int | None:
    """Y of these lines: the last sum, not below 0; None where it is unknown or nothing was stated."""
    if lines.is_empty():
        return None
    sums = [0, *lines.filter(pl.col("sign") != 0)["running_fen"]]
    return None if sums[-1] is None else max(0, sums[-1])


class _Rules:
    """What the rules of one village and day make of a figure."""

    def __init__(self, policy: Policy, on: date, region: str | None, urban_rural: str | None) -> None:
        self._policy, self._on, self._region, self._kind = policy, on, region or "", urban_rural

    def value(self, rule_id: str, *, field: str = "value", **scope: str) -> Any:  # noqa: ANN401 - a rule's value may be of any kind
        """The value in force; None where nothing is limited. Raises NothingInForceError."""
        return self._policy.value(
            rule_id, on=self._on, region=self._region, urban_rural=self._kind, field=field, **scope
        )

    def switched(self, rule_id: str) -> bool:
        """Is the switch on? What nothing is said of is off."""
        try:
            return bool(self.value(rule_id))
        except NothingInForceError:
            return False

    def counted(self, item: str, figure: int | None) -> tuple[int | None, list[str]]:
        """The figure as it counts, and which rules changed it; unknown where a rule that matters is."""
        if figure is None:
            return None, []
        changed = []
        for rule_id in LEFT_OUT if item == "wage" else ("deduction_cap",) if item in EXPENSES else ():
            try:
                scope = {"item": item} if rule_id == "deduction_cap" else {}
                value = self.value(rule_id, **scope)
            except NothingInForceError:
                if figure > 0 and self._policy.rule(rule_id).entries:
                    return None, [rule_id]
                continue
            if value is None:
                continue
            fen = round(value * FEN)
            less = min(figure, fen) if rule_id == "deduction_cap" else max(0, figure - fen * YEAR)
            if less != figure:
                changed.append(rule_id)
            figure = less
        if item == "wage":
            less = self._without_share(figure)
            changed += ["disregard"] if less != figure and "disregard" not in changed else []
            figure = less
        return figure, changed

    def _without_share(self, wage: int) -> int:
        """The rest of a wage without the share of it that is disregarded; the amount has told if nobody knows."""
        try:
            share = self.value("disregard", field=RATE)
        except NothingInForceError:
            return wage
        kept = THOUSANDTHS - min(round((share or 0) * THOUSANDTHS), THOUSANDTHS)
        return wage * kept // THOUSANDTHS
