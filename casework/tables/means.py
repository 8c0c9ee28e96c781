"""One item of income, expense or wealth in one statement (家庭经济状况)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

MEANS = Table(
    name="means",
    label=Text("家庭经济状况", "Means"),
    question=Text("一户一次核定的一项收入、支出或财产", "One item of income, expense or wealth in one statement"),
    sort=("household_id", "as_of_day", "item"),
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
            "as_of", "date", Text("核定日期", "As of"), key=True, aliases=("核算日期", "截至日期"), example="2024-03-05"
        ),
        Column(
            "item",
            "enum",
            Text("项目", "Item"),
            key=True,
            options=(
                Option("wage", Text("工资性收入", "Wage")),
                Option("business", Text("经营净收入", "Business")),
                Option("property_income", Text("财产净收入", "Property income")),
                Option("transfer", Text("转移净收入", "Transfer")),
                Option("support", Text("赡养抚养扶养费", "Support"), ("赡养费",)),
                Option("land", Text("土地收入", "Land")),
                Option("medical_expense", Text("医疗支出", "Medical expense")),
                Option("education_expense", Text("教育支出", "Education expense")),
                Option("disability_expense", Text("残疾康复支出", "Disability expense")),
                Option("insurance_expense", Text("保险支出", "Insurance expense")),
                Option("deposits", Text("存款", "Deposits"), ("银行存款",)),
            ),
            aliases=("收支项目",),
            example="工资性收入",
        ),
        Column("declared", "money", Text("申报金额", "Declared"), optional=True, unit="元/年", example="6000"),
        Column(
            "verified",
            "money",
            Text("核定金额", "Verified"),
            optional=True,
            unit="元/年",
            aliases=("核实金额",),
            example="6000",
        ),
    ),
)
