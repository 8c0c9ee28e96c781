"""One finding about one person in another register (部门核对结果)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

MATCH = Table(
    name="match",
    label=Text("部门核对结果", "Register match"),
    question=Text("一人在一个部门登记中的一条核对结果", "One finding about one person in another register"),
    sort=("person_id", "kind", "match_no"),
    columns=(
        Column("match_no", "number", Text("核对编号", "Match number"), key=True, example="M000001"),
        Column(
            "id_no",
            "id_no",
            Text("公民身份号码", "Citizen number"),
            parent="person",
            sensitivity="sensitive",
            aliases=("身份证号", "身份证号码", "证件号码"),
            example="ID",
        ),
        Column(
            "kind",
            "enum",
            Text("核对类别", "Kind"),
            options=(
                Option("death", Text("死亡", "Death")),
                Option("cremation", Text("火化", "Cremation")),
                Option("public_payroll", Text("财政供养", "Public payroll")),
                Option("vehicle", Text("车辆", "Vehicle")),
                Option("real_estate", Text("不动产", "Real estate")),
                Option("business", Text("市场主体", "Business")),
                Option("social_insurance", Text("社会保险", "Social insurance")),
                Option("housing_fund", Text("住房公积金", "Housing fund")),
                Option("deposit", Text("存款", "Deposit")),
                Option("custody", Text("在押", "Custody"), ("服刑在押",)),
                Option("enrolment", Text("学籍", "Enrolment")),
                Option("medical_bill", Text("医疗费用", "Medical bill")),
                Option("unemployment", Text("失业", "Unemployment")),
                Option("disability_award", Text("残疾评定", "Disability award")),
                Option("none", Text("无信息", "Nothing found"), ("未发现",)),
            ),
            sensitivity="sensitive",
            aliases=("类别",),
            example="无信息",
        ),
        Column("source", "text", Text("数据来源", "Source"), aliases=("来源部门",), example="公安"),
        Column("from_on", "date", Text("起始日期", "From"), optional=True),
        Column("to_on", "date", Text("终止日期", "To"), optional=True, open_end=True),
        Column("value", "quantity", Text("数值", "Value"), optional=True, sensitivity="sensitive"),
        Column(
            "detail",
            "text",
            Text("明细", "Detail"),
            optional=True,
            multiline=True,
            sensitivity="sensitive",
            aliases=("详情",),
        ),
        Column("compared_on", "date", Text("核对日期", "Compared on"), aliases=("比对日期",), example="2024-03-05"),
    ),
)
