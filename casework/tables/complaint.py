"""One complaint or report (信访举报)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

COMPLAINT = Table(
    name="complaint",
    label=Text("信访举报", "Complaint"),
    question=Text("一件信访或举报", "One complaint or report"),
    sort=("complaint_no",),
    columns=(
        Column("complaint_no", "number", Text("信访编号", "Complaint number"), key=True, example="C000001"),
        Column(
            "received_at",
            "moment",
            Text("收到日期", "Received at"),
            aliases=("收到时间", "登记日期"),
            example="2024-05-06",
        ),
        Column(
            "level",
            "enum",
            Text("受理层级", "Level"),
            options=(
                Option("township", Text("乡级", "Township"), ("乡镇",)),
                Option("county", Text("县级", "County"), ("县",)),
                Option("city", Text("市级", "City"), ("市",)),
                Option("province", Text("省级", "Province"), ("省",)),
                Option("ministry", Text("部级", "Ministry"), ("部",)),
            ),
            example="县级",
        ),
        Column(
            "channel",
            "enum",
            Text("来访渠道", "Channel"),
            options=(
                Option("visit", Text("来访", "Visit")),
                Option("letter", Text("来信", "Letter")),
                Option("hotline", Text("热线", "Hotline"), ("电话",)),
                Option("online", Text("网上", "Online"), ("网络",)),
            ),
            example="热线",
        ),
        Column(
            "kind",
            "enum",
            Text("信访类别", "Kind"),
            options=(
                Option("enquiry", Text("咨询", "Enquiry")),
                Option("help", Text("求助", "Request for help")),
                Option("petition", Text("反映诉求", "Petition"), ("申诉求决", "反映")),
                Option("report", Text("举报", "Report")),
            ),
            example="求助",
        ),
        Column(
            "region_code",
            "region",
            Text("区划代码", "Division"),
            tolerated=True,
            aliases=("行政区划代码",),
            example="990101001000",
        ),
        Column(
            "about_official_id_no",
            "id_no",
            Text("被反映干部身份证号", "About the official"),
            optional=True,
            parent="person",
            sensitivity="sensitive",
            aliases=("被反映干部身份证号码",),
        ),
        Column(
            "about_household_no",
            "number",
            Text("涉及户编号", "About the household"),
            optional=True,
            token=True,
            sensitivity="personal",
        ),
        Column(
            "about_application_no", "number", Text("涉及申请编号", "About the application"), optional=True, token=True
        ),
        Column("named", "boolean", Text("是否实名", "Named"), aliases=("实名",), example="是"),
        Column("told_at", "moment", Text("告知日期", "Told at"), optional=True, aliases=("受理告知日期", "告知时间")),
        Column("met_at", "moment", Text("见面日期", "Met at"), optional=True, aliases=("见面时间",)),
        Column("closed_at", "moment", Text("办结日期", "Closed at"), optional=True, aliases=("办结时间",)),
        Column("extended", "boolean", Text("是否延期", "Extended"), aliases=("延期",), example="否"),
        Column(
            "outcome",
            "enum",
            Text("办理结果", "Outcome"),
            optional=True,
            options=(
                Option("substantiated", Text("属实", "Substantiated")),
                Option("partly", Text("部分属实", "Partly")),
                Option("unsubstantiated", Text("不属实", "Unsubstantiated")),
                Option("withdrawn", Text("撤回", "Withdrawn")),
            ),
        ),
        Column("satisfied", "boolean", Text("是否满意", "Satisfied"), optional=True, aliases=("满意",)),
        Column("repeat_of", "text", Text("重复件原编号", "Repeat of"), optional=True),
    ),
)
