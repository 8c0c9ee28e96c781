"""What follows from a household's statement on a day: income a head, the line, the answer and the amount due?

The closing lines of 算账单, after those of `casework.means.lines`: the same figures as the detectors' (`tested`,
`with_due`), each with the rule it comes from, that rule's source and since when it holds.
"""

from datetime import date
from typing import Any, Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.errors import NothingInForceError
from casework.lead import first_rows
from casework.means.due import with_due
from casework.means.figures import YEAR
from casework.means.test import ON_EDGE_LINE, tested
from casework.policy import Policy
from casework.tables import HOUSEHOLD

CONCLUSION: Final = pl.Schema(
    {
        "item": pl.String(),  # year, members, head, standard, times, line, answer, due
        "fen": pl.Int64(),  # a year, a month; null: unknown
        "number": pl.Float64(),  # persons, or the multiplier
        "answer": pl.String(),  # below, at_or_above, unknown
        "rule": pl.String(),
        "source": pl.String(),  # the document of the value in force
        "since": pl.Date(),  # from when it holds; of `year` the statement's day
    }
)
EPOCH: Final = date(1970, 1, 1)


def conclusion(
    data: Tables,
    policy: Policy,
    household_no: str,
    day: date,
    *,
    programme: str = "dibao",
    single: bool = False,
    covered: int | None = None,
) -> pl.DataFrame:
    """The closing lines, in order; empty where there is no such household.

    The newest statement on or before the day governs. `covered`: how many the award covers (default: all who live
    together). The amount due is that of dibao; a top-up, which depends on who is covered, is left out.
    """
    homes = first_rows(data[HOUSEHOLD]).filter(nw.col("household_no") == household_no)
    known = data.engine.collect(homes.select("household_id", "region_code"))
    if known.is_empty():
        return pl.DataFrame(schema=CONCLUSION)
    asked = known.head(1).with_columns(
        programme=pl.lit(programme), single=pl.lit(single), day=pl.lit((day - EPOCH).days, pl.Int32)
    )
    judged = tested(data, policy, data.engine.place(asked), single="single")
    heads = nw.col("n") if covered is None else nw.lit(covered)
    shaped = judged.with_columns(
        nw.lit(0).cast(nw.Int64).alias("award_id"),
        nw.lit(day.year * YEAR + day.month - 1).cast(nw.Int32).alias("since"),
        nw.lit(None).cast(nw.Int32).alias("ends"),
        heads.cast(nw.Int64).alias("covered"),
    )
    (row,) = data.engine.collect(with_due(data, policy, shaped)).to_dicts()
    return pl.DataFrame(list(_lines(policy, row, day)), schema=CONCLUSION)


def _lines(policy: Policy, row: dict[str, Any], day: date) -> list[dict[str, Any]]:
    stated = row["statement_as_of_day"]
    divisor = row["n"] * YEAR
    head = row["y_fen"] // divisor if row["y_fen"] is not None and divisor else None
    edge = row["single"] or row["programme"] == ON_EDGE_LINE
    answer = {None: "unknown", True: "at_or_above", False: "below"}[row["over"]]
    standard = _entry(policy, "dibao_standard", row, day)
    lines = [
        {
            "item": "year",
            "fen": row["y_fen"],
            "since": None if stated is None else date.fromordinal(EPOCH.toordinal() + stated),
        },
        {"item": "members", "number": row["n"]},
        {"item": "head", "fen": head},
        {"item": "standard", "fen": row["standard_fen"], **standard},
    ]
    if edge:
        times = _entry(policy, "edge_multiplier", row, day)
        lines.append({"item": "times", **times, "number": times.get("number")})
    lines += [{"item": "line", "fen": row["line_fen"]}, {"item": "answer", "answer": answer}]
    if row["due_state"] >= 0:
        lines.append({"item": "due", "fen": row["due_fen"], **_entry(policy, "benefit_mode", row, day)})
    empty = dict.fromkeys(CONCLUSION.names())
    shown = [{**empty, **line} for line in lines]
    return [line | {"number": None if line["number"] is None else float(line["number"])} for line in shown]


def _entry(policy: Policy, rule_id: str, row: dict[str, Any], day: date) -> dict[str, Any]:
    """The rule, and the source and first day of its value in force; nothing more where there is none."""
    scope = {"urban_rural": row["urban_rural"], "programme": row["programme"]}
    asked = {key: scope[key] for key in policy.rule(rule_id).scope if key in scope}
    try:
        found = policy.entry(rule_id, on=day, region=row["region_code"] or "", **asked)
    except NothingInForceError:
        return {"rule": rule_id}
    said: dict[str, Any] = {
        "rule": rule_id,
        "source": found.source or policy.rule(rule_id).source,
        "since": found.from_,
    }
    return said | ({"number": found.value} if rule_id == "edge_multiplier" else {})
