"""One published figure of a division and year (参考数据)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

REFERENCE = Table(
    name="reference",
    label=Text("参考数据", "Reference figure"),
    question=Text("一个地区一年的一项统计数", "One published figure of a division and year"),
    sort=("region_code", "year", "item"),
    columns=(
        Column(
            "region_code",
            "region",
            Text("区划代码", "Division code"),
            key=True,
            aliases=("行政区划代码",),
            example="990101000000",
        ),
        Column("year", "integer", Text("年份", "Year"), key=True, aliases=("年度",), example="2024"),
        Column(
            "item",
            "enum",
            Text("指标", "Item"),
            key=True,
            options=(
                Option("residents_urban", Text("城镇常住人口", "Urban residents")),
                Option("residents_rural", Text("农村常住人口", "Rural residents"), ("乡村常住人口",)),
                Option("staff", Text("经办人员数", "Staff")),
                Option("consumption_urban", Text("城镇居民人均消费支出", "Urban consumption per head")),
                Option("consumption_rural", Text("农村居民人均消费支出", "Rural consumption per head")),
                Option("income_rural", Text("农村居民人均可支配收入", "Rural disposable income per head")),
                Option("min_wage", Text("最低工资标准", "Minimum wage")),
            ),
            example="农村常住人口",
        ),
        Column("value", "quantity", Text("数值", "Value"), aliases=("指标值",), example="48000"),
    ),
)
