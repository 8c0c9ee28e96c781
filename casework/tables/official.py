"""One duty of one person for a time (干部与经办人员)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

OFFICIAL = Table(
    name="official",
    label=Text("干部与经办人员", "Official"),
    question=Text("一人在一段时间担任的一项职责", "One duty of one person for a time"),
    sort=("person_id", "duty", "region_code", "from_on_day"),
    columns=(
        Column(
            "id_no",
            "id_no",
            Text("公民身份号码", "Citizen number"),
            key=True,
            sensitivity="sensitive",
            parent="person",
            aliases=("身份证号", "身份证号码", "证件号码"),
            example="ID",
        ),
        Column(
            "duty",
            "enum",
            Text("职责", "Duty"),
            key=True,
            options=(
                Option("handler", Text("经办人员", "Handler"), ("经办",)),
                Option("approver", Text("审批人员", "Approver"), ("审批",)),
                Option("village_committee", Text("村(居)委会成员", "Village committee"), ("村委会成员", "居委会成员")),
                Option("public_payroll", Text("财政供养人员", "Public payroll"), ("财政供养",)),
            ),
            example="经办人员",
        ),
        Column(
            "region_code",
            "region",
            Text("区划代码", "Jurisdiction"),
            key=True,
            aliases=("行政区划代码", "管辖区划代码"),
            example="990101001000",
        ),
        Column("from_on", "date", Text("任职日期", "From"), key=True, aliases=("起始日期",), example="2018-01-01"),
        Column("post", "text", Text("职务", "Post"), optional=True, example="民政助理"),
        Column("to_on", "date", Text("离任日期", "To"), optional=True, open_end=True, aliases=("终止日期",)),
    ),
)
