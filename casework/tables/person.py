"""One person: name, birth, registration, health and schooling (人员)."""

import polars as pl

from casework.tables.schema import REPEAT, Column, Option, Table
from casework.text import Text

PERSON = Table(
    name="person",
    label=Text("人员", "Person"),
    question=Text(
        "一个人:姓名、出生、户籍与身体、就学状况", "One person: name, birth, registration, health and schooling"
    ),
    sort=("person_id",),
    extra=(REPEAT, ("id_state", pl.String()), ("id_area_birth", pl.Int64())),
    columns=(
        Column(
            "id_no",
            "id_no",
            Text("公民身份号码", "Citizen number"),
            key=True,
            sensitivity="sensitive",
            aliases=("身份证号", "身份证号码", "证件号码"),
            example="ID",
        ),
        Column("name", "text", Text("姓名", "Name"), tolerated=True, sensitivity="personal", example="示例甲"),
        Column(
            "sex",
            "enum",
            Text("性别", "Sex"),
            options=(
                Option("M", Text("男", "Male"), ("男性",)),
                Option("F", Text("女", "Female"), ("女性",)),
            ),
            example="男",
        ),
        Column("born_on", "date", Text("出生日期", "Born on"), sensitivity="personal", example="1960-05-12"),
        Column("died_on", "date", Text("死亡日期", "Died on"), optional=True),
        Column(
            "hukou",
            "enum",
            Text("户口性质", "Household registration"),
            options=(
                Option("urban", Text("城镇", "Urban"), ("非农业", "城市")),
                Option("rural", Text("农村", "Rural"), ("农业",)),
            ),
            aliases=("户籍性质", "户籍类型"),
            example="农村",
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
            "phone",
            "text",
            Text("联系电话", "Phone"),
            optional=True,
            sensitivity="sensitive",
            aliases=("手机号", "手机号码", "电话"),
        ),
        Column(
            "account_no",
            "number",
            Text("银行账号", "Bank account"),
            optional=True,
            token=True,
            sensitivity="sensitive",
            aliases=("一卡通账号", "银行卡号"),
        ),
        Column(
            "disability_kind",
            "enum",
            Text("残疾类别", "Kind of disability"),
            optional=True,
            sensitivity="sensitive",
            options=(
                Option("physical", Text("肢体", "Physical"), ("肢体残疾",)),
                Option("sight", Text("视力", "Sight"), ("视力残疾",)),
                Option("hearing", Text("听力", "Hearing"), ("听力残疾",)),
                Option("speech", Text("言语", "Speech"), ("言语残疾",)),
                Option("intellectual", Text("智力", "Intellectual"), ("智力残疾",)),
                Option("mental", Text("精神", "Mental"), ("精神残疾",)),
                Option("multiple", Text("多重", "Multiple"), ("多重残疾",)),
            ),
        ),
        Column(
            "disability_grade",
            "integer",
            Text("残疾等级", "Grade of disability"),
            optional=True,
            sensitivity="sensitive",
        ),
        Column(
            "health",
            "enum",
            Text("健康状况", "Health"),
            optional=True,
            sensitivity="sensitive",
            options=(
                Option("healthy", Text("健康", "Healthy")),
                Option("minor_illness", Text("一般疾病", "Minor illness")),
                Option("chronic_illness", Text("慢性病", "Chronic illness")),
                Option("serious_illness", Text("重病", "Serious illness"), ("大病",)),
                Option("disabled", Text("残疾", "Disabled")),
                Option("severely_disabled", Text("重残", "Severely disabled"), ("重度残疾",)),
            ),
        ),
        Column(
            "student_stage",
            "enum",
            Text("在读阶段", "Stage of schooling"),
            optional=True,
            options=(
                Option("compulsory", Text("义务教育", "Compulsory")),
                Option("upper_secondary", Text("高中阶段", "Upper secondary"), ("高中",)),
                Option("undergraduate", Text("本科及以下", "Undergraduate"), ("本科", "大学")),
                Option("postgraduate", Text("研究生", "Postgraduate")),
            ),
        ),
        Column(
            "status",
            "enum",
            Text("特殊状态", "Status"),
            optional=True,
            sensitivity="sensitive",
            options=(
                Option("clergy_away", Text("脱离家庭宗教教职人员", "Clergy away from home")),
                Option("missing", Text("宣告失踪", "Declared missing"), ("失踪",)),
                Option("service", Text("现役", "In service"), ("服役",)),
            ),
        ),
    ),
)
