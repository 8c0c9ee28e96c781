"""One household: its village and how to reach it (家庭)."""

from casework.tables.schema import REPEAT, Column, Table
from casework.text import Text

HOUSEHOLD = Table(
    name="household",
    label=Text("家庭", "Household"),
    question=Text("一户:所在村与联系方式", "One household: its village and how to reach it"),
    sort=("household_id",),
    extra=(REPEAT,),
    columns=(
        Column(
            "household_no",
            "number",
            Text("户编号", "Household number"),
            key=True,
            token=True,
            aliases=("家庭编号", "户号"),
            example="H000001",
        ),
        Column(
            "region_code",
            "region",
            Text("区划代码", "Village code"),
            tolerated=True,
            aliases=("行政区划代码",),
            example="990101001001",
        ),
        Column(
            "address",
            "text",
            Text("家庭住址", "Address"),
            optional=True,
            multiline=True,
            sensitivity="sensitive",
            aliases=("住址", "地址"),
        ),
        Column(
            "phone",
            "text",
            Text("联系电话", "Phone"),
            optional=True,
            sensitivity="sensitive",
            aliases=("手机号", "手机号码", "电话"),
        ),
    ),
)
