"""One tie: what the relative is to the person (亲属关系)."""

from typing import Final

from casework.tables.gb4761 import by_standard
from casework.tables.schema import Column, Option, Table
from casework.text import Text

RELATIONS: Final = (
    Option("spouse", Text("配偶", "Spouse")),
    Option("parent", Text("父母", "Parent"), ("父亲", "母亲")),
    Option("child", Text("子女", "Child"), ("儿子", "女儿")),
    Option("sibling", Text("兄弟姐妹", "Sibling")),
    Option("grandparent", Text("祖父母", "Grandparent"), ("外祖父母",)),
    Option("grandchild", Text("孙子女", "Grandchild"), ("外孙子女",)),
    Option("parent_in_law", Text("配偶父母", "Parent-in-law"), ("岳父母", "公婆")),
    Option("child_in_law", Text("子女配偶", "Child-in-law"), ("女婿", "儿媳")),
    Option("sibling_in_law", Text("兄弟姐妹配偶或配偶兄弟姐妹", "Sibling-in-law")),
    Option("other", Text("其他", "Other")),
)

KIN = Table(
    name="kin",
    label=Text("亲属关系", "Kinship tie"),
    question=Text("一条亲属关系:对方是本人的什么人", "One tie: what the relative is to the person"),
    sort=("person_id", "relative_person_id"),
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
            "relative_id_no",
            "id_no",
            Text("亲属身份证号", "Relative's citizen number"),
            key=True,
            sensitivity="sensitive",
            parent="person",
            aliases=("亲属身份证号码", "亲属公民身份号码"),
            example="ID2",
        ),
        Column(
            "relation",
            "enum",
            Text("亲属关系", "Relation"),
            options=by_standard(RELATIONS),
            aliases=("与本人关系", "关系"),
            example="子女",
        ),
        Column(
            "source",
            "enum",
            Text("关系来源", "Source"),
            options=(
                Option("hukou", Text("户籍登记", "Household register"), ("户籍",)),
                Option("civil_registry", Text("民政登记", "Civil registry"), ("婚姻登记",)),
                Option("declared", Text("本人申报", "Declared"), ("申报",)),
            ),
            aliases=("来源",),
            example="户籍登记",
        ),
        Column("from_on", "date", Text("起始日期", "From"), optional=True),
        Column("to_on", "date", Text("终止日期", "To"), optional=True, open_end=True),
    ),
)
