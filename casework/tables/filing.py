"""One filing by an official for a household of kin (近亲属备案)."""

from casework.tables.schema import Column, Table
from casework.text import Text

FILING = Table(
    name="filing",
    label=Text("近亲属备案", "Near-kin filing"),
    question=Text("一名干部对一户近亲属享受救助的备案", "One filing by an official for a household of kin"),
    sort=("official_person_id", "household_id", "filed_on_day"),
    columns=(
        Column(
            "official_id_no",
            "id_no",
            Text("干部身份证号", "Official's citizen number"),
            sensitivity="sensitive",
            parent="person",
            aliases=("干部身份证号码", "干部公民身份号码"),
            example="ID",
        ),
        Column(
            "household_no",
            "number",
            Text("户编号", "Household number"),
            token=True,
            parent="household",
            aliases=("家庭编号", "户号"),
            example="H000001",
        ),
        Column("relation", "text", Text("亲属关系", "Relation"), optional=True, aliases=("关系",), example="兄弟姐妹"),
        Column("filed_on", "date", Text("备案日期", "Filed on"), example="2023-03-01"),
    ),
)
