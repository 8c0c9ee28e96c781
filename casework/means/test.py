"""Is a household's income at or above the line of a programme on a given day?

Contract §4: Y < 12 x n x line is below, equality is not. Line = dibao standard of the household's village and day; for
dibao_edge and single-person entry x edge_multiplier; other programmes have no income line here. Everything is compared
in whole fen x thousandths.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import household_region
from casework.means.figures import THOUSANDTHS, YEAR, whole_number, with_urban_rural
from casework.means.members import co_living_on
from casework.means.statement import governing
from casework.policy import Policy

WITH_LINE: Final = ("dibao", "dibao_edge")
ON_EDGE_LINE: Final = "dibao_edge"
NO_LINE: Final = -1  # `line_state` of a programme without an income line


def tested(
    data: Tables,
    policy: Policy,
    rows: Frame,
    *,
    day: str = "day",  # noqa: PT028 - the means test is no test of ours
    statement_day: str = "day",  # noqa: PT028 - as above
    single: str | None = None,  # noqa: PT028 - as above
) -> Frame:
    """Judge rows with `household_id`, `programme` and the Int32 column `day` by the governing statement.

    The governing statement is the newest on or before `statement_day` (a payment month: the day before its first). Rows
    are few: they are computed once here. `single` names a Boolean column: single-person entry.

    Adds `region_code` (the village, where the rows have none) and `urban_rural`; `n`; `y_fen`, `statement_as_of_day`;
    `standard_fen` and `line_fen` (a person a month, the line rounded down); `line_state` (1 in force, 0 undecidable, -1
    no income line); `over` (at or above the line; null: unknown).
    """
    if "region_code" not in rows.collect_schema().names():
        rows = household_region(data, rows)
    rows = governing(data, policy, once(rows), day=statement_day)
    rows = co_living_on(data, once(rows), day=day)
    return judged(with_line(policy, with_urban_rural(data, rows), on=day, single=single))


def with_line(policy: Policy, rows: Frame, *, on: str, single: str | None = None) -> Frame:
    """Add `standard_fen`, `line_fen`, `line_thousandths` (of a fen) and `line_state`.

    Rows have `programme`, `region_code`, `urban_rural`; `on` is an Int32 column of days, or of months if it ends in
    `_index`.
    """
    governed = rows.with_columns(nw.col(on).alias("rule__index" if on.endswith("_index") else "rule__day"))
    governed = whole_number(policy, governed, "dibao_standard", on="rule_", into="standard_fen")
    governed = whole_number(policy, governed, "edge_multiplier", on="rule_", into="multiplier", times=THOUSANDTHS)
    edge = nw.col("programme") == ON_EDGE_LINE
    if single is not None:
        edge = edge | nw.col(single).fill_null(value=False)
    times = nw.when(edge).then(nw.col("multiplier")).otherwise(nw.lit(THOUSANDTHS))
    known = (nw.col("standard_fen_state") == 1) & ((nw.col("multiplier_state") == 1) | ~edge)
    state = nw.when(known).then(nw.lit(1)).otherwise(nw.lit(0))
    has_line = nw.col("programme").is_in(WITH_LINE)
    thousandths = nw.when(has_line & known).then(nw.col("standard_fen") * times)
    return (
        governed.with_columns(
            thousandths.cast(nw.Int64).alias("line_thousandths"),
            nw.when(has_line).then(state).otherwise(nw.lit(NO_LINE)).cast(nw.Int8).alias("line_state"),
        )
        .with_columns((nw.col("line_thousandths") // THOUSANDTHS).cast(nw.Int64).alias("line_fen"))
        .drop(
            "rule__index" if on.endswith("_index") else "rule__day",
            "standard_fen_state",
            "multiplier",
            "multiplier_state",
        )
    )


def judged(rows: Frame) -> Frame:
    """Add `over` from `y_fen`, `n` and `line_thousandths`, which is dropped."""
    over = nw.col("y_fen") * THOUSANDTHS >= nw.col("n") * nw.col("line_thousandths") * YEAR
    return rows.with_columns(nw.when(nw.col("n") > 0).then(over).alias("over")).drop("line_thousandths")
