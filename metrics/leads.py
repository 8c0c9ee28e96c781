"""How do leads stand as metrics see them: what was raised, what came of it, and what was done?

Two tables beside the case tables: a row a lead of the last run or recorded by hand, as it stands now, and a row an
action that a competent office reported. Who makes them knows the review store; a metric reads only these.
"""

from typing import Final

import polars as pl

from casework.dataset import Tables
from casework.tables import Column, Table
from casework.text import Text

CONFIRMED: Final = ("confirmed", "confirmed_intentional", "confirmed_negligent")
REFUTED: Final = ("unfounded", "data_error")
LEAD: Final = Table(
    name="lead",
    label=Text("线索", "Leads"),
    question=Text("哪条线索,现在怎样?", "Which lead, and how does it stand?"),
    columns=(
        Column("lead_id", "number", Text("线索编号", "Lead"), key=True),
        Column("scheme", "text", Text("规则", "Scheme")),
        Column("family", "text", Text("类别", "Family")),
        Column("subject_kind", "text", Text("对象类型", "Kind of subject")),
        Column("subject", "text", Text("对象", "Subject"), sensitivity="personal"),
        Column("region_code", "region", Text("行政区划", "Region"), optional=True),
        Column("programme", "programme", Text("救助项目", "Programme"), optional=True),
        Column("level", "text", Text("程度", "Level")),
        Column("amount", "money", Text("存疑或应补金额", "Amount in doubt or owed"), optional=True),
        Column("raised_on", "date", Text("发现日期", "Raised on"), optional=True),
        Column("current", "boolean", Text("末次检测仍提出", "Still raised by the last run")),
        Column("state", "text", Text("办理状态", "State")),
        Column("outcome", "text", Text("结论", "Outcome"), optional=True),
        Column("decided_on", "date", Text("结论日期", "Decided on"), optional=True),
    ),
    sort=("lead_id",),
)
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
