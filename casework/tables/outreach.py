"""One household found and visited (主动发现)."""

from casework.tables.schema import Column, Option, Table
from casework.tables.shared import CAUSES
from casework.text import Text

OUTREACH = Table(
    name="outreach",
    label=Text("主动发现", "Outreach"),
    question=Text("一次主动发现与走访", "One household found and visited"),
    sort=("household_id", "outreach_no"),
    columns=(
        Column("outreach_no", "number", Text("发现编号", "Outreach number"), key=True, example="O000001"),
        Column(
            "household_no",
            "number",
            Text("户编号", "Household number"),
            token=True,
            parent="household",
            aliases=("家庭编号", "户号"),
            example="H000001",
        ),
        Column("cause", "enum", Text("致困原因", "Cause"), options=CAUSES, example="重大疾病"),
        Column(
            "channel",
            "enum",
            Text("发现渠道", "Channel"),
            optional=True,
            options=(
                Option("grid", Text("网格", "Grid")),
                Option("hotline", Text("热线", "Hotline")),
                Option("station", Text("服务站", "Station")),
                Option("data", Text("数据预警", "Data")),
                Option("neighbour", Text("邻里", "Neighbour")),
                Option("self", Text("本人", "Self")),
                Option("other", Text("其他", "Other")),
            ),
        ),
        Column("found_at", "moment", Text("发现日期", "Found at"), aliases=("发现时间",), example="2024-05-06"),
        Column("visited_at", "moment", Text("走访日期", "Visited at"), optional=True, aliases=("走访时间",)),
        Column("registered_at", "moment", Text("建档日期", "Registered at"), optional=True, aliases=("建档时间",)),
        Column(
            "result",
            "enum",
            Text("处理结果", "Result"),
            optional=True,
            options=(
                Option("applied", Text("已申请", "Applied")),
                Option("helped", Text("已帮扶", "Helped")),
                Option("referred", Text("已转介", "Referred")),
                Option("no_need", Text("无需救助", "No need")),
            ),
        ),
    ),
)
