"""How do leads stand as metrics see them: what was raised, what came of it, and what was done?

Two tables beside the case tables: a row a lead of the last run or recorded by hand, as it stands now, and a row an
action that a competent office reported. Who makes them knows the review store; a metric reads only these.
"""

from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.tables import LEAD, Column, Table
from casework.text import Text

CONFIRMED: Final = ("confirmed", "confirmed_intentional", "confirmed_negligent")
REFUTED: Final = ("unfounded", "data_error")
ACTION: Final = Table(
    name="lead_action",
    label=Text("线索处理", "Actions on leads"),
    question=Text("主管部门对哪条线索做了什么?", "What did the competent office do about which lead?"),
    columns=(
        Column("lead_id", "number", Text("线索编号", "Lead"), key=True),
        Column("action", "text", Text("处理方式", "Action"), key=True),
        Column("acted_on", "date", Text("处理日期", "Acted on"), key=True),
        Column("amount", "money", Text("金额", "Amount"), optional=True),
    ),
    sort=("lead_id", "acted_on", "action"),
)


def beside(data: Tables, leads: pl.DataFrame, actions: pl.DataFrame) -> Tables:
    """The case tables with the leads beside them; both frames carry stored columns, others are null."""
    return data.beside({LEAD: leads, ACTION: actions})


__all__ = ["ACTION", "CONFIRMED", "LEAD", "REFUTED", "beside"]
