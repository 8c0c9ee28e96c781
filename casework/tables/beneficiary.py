"""One person covered by one award for a time (保障对象)."""

from casework.tables.schema import Column, Table
from casework.text import Text

BENEFICIARY = Table(
    name="beneficiary",
    label=Text("保障对象", "Beneficiary"),
    question=Text("一人受一份救助保障的一段时间", "One person covered by one award for a time"),
    sort=("person_id", "award_id", "from_month_index"),
    columns=(
        Column(
            "award_no",
            "number",
            Text("保障编号", "Award number"),
            key=True,
            token=True,
            parent="award",
            aliases=("低保证号",),
            example="W000001",
        ),
        Column(
            "id_no",
            "id_no",
            Text("公民身份号码", "Citizen number"),
            key=True,
            parent="person",
            sensitivity="sensitive",
            aliases=("身份证号", "身份证号码", "证件号码"),
            example="ID",
        ),
        Column(
            "from_month", "month", Text("起始月份", "From month"), key=True, aliases=("享受起始月",), example="2024-04"
        ),
        Column("to_month", "month", Text("截止月份", "To month"), optional=True, open_end=True, aliases=("停发月份",)),
    ),
)
