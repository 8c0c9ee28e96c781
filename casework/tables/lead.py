"""What does a lead say where questions and counts read it beside the case tables?

No source carries it: a run lays its own leads beside the tables for the questions that read them, and the review store
lays every lead, as it stands, beside them for the metrics. What the one does not say is null.
"""

from casework.tables.schema import Column, Table
from casework.text import Text

LEAD = Table(
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
        Column("since", "date", Text("所述时段起", "Speaks of since"), optional=True),
        Column("until", "date", Text("所述时段止", "Speaks of until"), optional=True),
        Column("amount", "money", Text("存疑或应补金额", "Amount in doubt or owed"), optional=True),
        Column("raised_on", "date", Text("发现日期", "Raised on"), optional=True),
        Column("current", "boolean", Text("末次检测仍提出", "Still raised by the last run")),
        Column("state", "text", Text("办理状态", "State")),
        Column("outcome", "text", Text("结论", "Outcome"), optional=True),
        Column("decided_on", "date", Text("结论日期", "Decided on"), optional=True),
    ),
    sort=("lead_id",),
)
