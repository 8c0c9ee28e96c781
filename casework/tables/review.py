"""One review of one award (动态复核)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

REVIEW = Table(
    name="review",
    label=Text("动态复核", "Review"),
    question=Text("一份救助的一次复核", "One review of one award"),
    sort=("award_id", "reviewed_on_day"),
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
        Column("reviewed_on", "date", Text("复核日期", "Reviewed on"), key=True, example="2025-03-20"),
        Column(
            "result",
            "enum",
            Text("复核结果", "Result"),
            options=(
                Option("keep", Text("维持", "Keep"), ("保持",)),
                Option("increase", Text("增发", "Increase")),
                Option("decrease", Text("减发", "Decrease")),
                Option("stop", Text("停发", "Stop")),
            ),
            example="维持",
        ),
        Column(
            "actor_id_no",
            "id_no",
            Text("经办人身份证号", "Actor"),
            optional=True,
            parent="person",
            sensitivity="sensitive",
            aliases=("经办人身份证号码", "经办人公民身份号码"),
        ),
    ),
)
