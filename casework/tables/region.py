"""One division: code, name, parent and validity (行政区划)."""

from casework.tables.schema import Column, Option, Table
from casework.text import Text

REGION = Table(
    name="region",
    label=Text("行政区划", "Administrative division"),
    question=Text("一个行政区划:编码、名称、上级与有效期", "One division: code, name, parent and validity"),
    sort=("region_code",),
    columns=(
        Column(
            "region_code",
            "region",
            Text("区划代码", "Division code"),
            key=True,
            aliases=("行政区划代码",),
            example="990101001001",
        ),
        Column("name", "text", Text("区划名称", "Name"), aliases=("名称", "行政区划名称"), example="示范村"),
        Column("parent_code", "region", Text("上级区划代码", "Parent code"), optional=True, example="990101001000"),
        Column(
            "tier",
            "enum",
            Text("层级", "Tier"),
            options=(
                Option("province", Text("省级", "Province"), ("省", "省份")),
                Option("city", Text("地级", "City"), ("市", "地市")),
                Option("county", Text("县级", "County"), ("县", "区县", "县(区)")),
                Option("township", Text("乡级", "Township"), ("乡镇", "乡镇(街道)", "镇", "街道")),
                Option("village", Text("村级", "Village"), ("村", "村(社区)", "社区")),
            ),
            example="村级",
            aliases=("级别",),
        ),
        Column(
            "urban_rural",
            "enum",
            Text("城乡分类", "Urban or rural"),
            optional=True,
            options=(
                Option("urban", Text("城市", "Urban"), ("城镇",)),
                Option("rural", Text("农村", "Rural"), ("乡村",)),
            ),
            example="农村",
        ),
        Column("residents", "integer", Text("常住人口", "Residents"), optional=True, unit="人", example="1200"),
        Column("staff", "integer", Text("经办人员数", "Staff"), optional=True, unit="人", example="2"),
        Column("valid_from", "date", Text("启用日期", "Valid from"), optional=True, example="2010-01-01"),
        Column("valid_to", "date", Text("停用日期", "Valid to"), optional=True, open_end=True),
        Column("successor_code", "region", Text("后继区划代码", "Successor code"), optional=True),
    ),
)
