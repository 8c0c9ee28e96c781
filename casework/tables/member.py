"""One person in one household for a time (家庭成员)."""

from typing import Final

from casework.tables.gb4761 import by_standard
from casework.tables.schema import Column, Option, Table
from casework.text import Text

RELATIONS: Final = (
    Option("head", Text("户主", "Head"), ("本人",)),
    Option("spouse", Text("配偶", "Spouse")),
    Option("child", Text("子女", "Child"), ("子", "女")),
    Option("child_in_law", Text("子女配偶", "Child-in-law"), ("女婿", "儿媳")),
    Option("parent", Text("父母", "Parent"), ("父", "母")),
    Option("parent_in_law", Text("配偶父母", "Parent-in-law"), ("岳父母", "公婆")),
    Option("grandchild", Text("孙子女", "Grandchild"), ("孙子女、外孙子女",)),
    Option("grandparent", Text("祖父母", "Grandparent"), ("祖父母、外祖父母",)),
    Option("sibling", Text("兄弟姐妹", "Sibling")),
    Option("other", Text("其他", "Other")),
)

MEMBER = Table(
    name="member",
    label=Text("家庭成员", "Household member"),
    question=Text("一人在一户的一段时间", "One person in one household for a time"),
    sort=("household_id", "person_id", "joined_on_day"),
    columns=(
        Column(
            "household_no",
            "number",
            Text("户编号", "Household number"),
            key=True,
            token=True,
            parent="household",
            aliases=("家庭编号", "户号"),
            example="H000001",
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
        Column("joined_on", "date", Text("加入日期", "Joined on"), key=True, example="2015-01-01"),
        Column(
            "relation",
            "enum",
            Text("与户主关系", "Relation to the head"),
            options=by_standard(RELATIONS),
            aliases=("与户主的关系",),
            example="户主",
        ),
        Column("co_living", "boolean", Text("共同生活", "Lives together"), aliases=("是否共同生活",), example="是"),
        Column("left_on", "date", Text("离开日期", "Left on"), optional=True, open_end=True),
    ),
)
