"""One spell of aid of one household (保障记录)."""

from casework.tables.schema import REPEAT, Column, Option, Table
from casework.tables.shared import SINGLE_PERSON_BASES
from casework.text import Text

AWARD = Table(
    name="award",
    label=Text("保障记录", "Award"),
    question=Text("一户的一段救助", "One spell of aid of one household"),
    sort=("award_id",),
    extra=(REPEAT,),
    columns=(
        Column(
            "award_no",
            "number",
            Text("保障编号", "Award number"),
            key=True,
            token=True,
            aliases=("低保证号",),
            example="W000001",
        ),
        Column(
            "application_no",
            "number",
            Text("申请编号", "Application number"),
            optional=True,
            token=True,
            parent="application",
            aliases=("受理编号",),
            example="A000001",
        ),
        Column("programme", "programme", Text("救助类型", "Programme"), aliases=("救助项目",), example="最低生活保障"),
        Column(
            "household_no",
            "number",
            Text("户编号", "Household number"),
            token=True,
            parent="household",
            aliases=("家庭编号", "户号"),
            example="H000001",
        ),
        Column("from_month", "month", Text("起始月份", "From month"), aliases=("享受起始月",), example="2024-04"),
        Column("to_month", "month", Text("截止月份", "To month"), optional=True, open_end=True, aliases=("停发月份",)),
        Column(
            "end_reason",
            "enum",
            Text("终止原因", "Reason of ending"),
            optional=True,
            options=(
                Option("income", Text("收入超标", "Income")),
                Option("assets", Text("财产超标", "Assets")),
                Option("death", Text("死亡", "Death")),
                Option("moved", Text("迁出", "Moved")),
                Option("voluntary", Text("自愿退出", "Voluntary")),
                Option("near_kin_clearance", Text("近亲属清理", "Near-kin clearance")),
                Option("merged", Text("并户", "Merged")),
                Option("other", Text("其他", "Other")),
            ),
            aliases=("停发原因",),
        ),
        Column(
            "category",
            "enum",
            Text("类别", "Category"),
            optional=True,
            options=(
                Option("A", Text("A类", "A")),
                Option("B", Text("B类", "B")),
                Option("C", Text("C类", "C")),
            ),
            aliases=("保障类别",),
            example="A",
        ),
        Column(
            "single_person_basis",
            "enum",
            Text("单人保依据", "Basis of single-person entry"),
            optional=True,
            sensitivity="sensitive",
            options=SINGLE_PERSON_BASES,
            aliases=("单人户依据",),
        ),
    ),
)
