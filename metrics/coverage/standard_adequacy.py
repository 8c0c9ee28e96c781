"""What part of last year's consumption per head does the dibao standard of a year come to?

Contract §6, C4: the recipients weigh it. Each recipient of a month brings the standard of their village x 12 and what
the people of the nearest region that published it consumed per head in the year before, urban by urban, rural by rural.
A recipient of whom either is unknown is in neither, and among the rows.
"""

from dataclasses import replace
from typing import Final

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame, beside
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, REFERENCE, REGION
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.coverage.dibao_standards import PLACE, by_place, recipients_of_dibao
from metrics.reference_figures import nearest

KINDS: Final = ("urban", "rural")
CONSUMPTION: Final = tuple(f"consumption_{kind}" for kind in KINDS)

CARD = MetricCard(
    metric="standard_adequacy",
    area="coverage",
    kind="ratio",
    title=Text("低保标准占上年人均消费支出的比例", "Dibao standard by last year's consumption"),
    question=Text(
        "低保年标准相当于上年居民人均消费支出的多少?",
        "What part of last year's consumption per head does the dibao standard of a year come to?",
    ),
    formula=Text(
        "Σ 低保对象所在地月标准 × 12 ÷ Σ 所在地上年人均消费支出",
        "Σ monthly standard × 12 ÷ Σ consumption per head of the year before, over recipients",
    ),
    numerator=Text(
        "当月每名低保对象所在村(居)的月标准 × 12,相加(元)",
        "the standard of each recipient's village × 12, added up over the month's recipients (yuan)",
    ),
    denominator=Text(
        "每名对象所在地上一年城镇或农村居民人均消费支出,相加(元)",
        "consumption per head of the year before, urban or rural as the village is, added up alike (yuan)",
    ),
    exclusions=Text(
        "标准未定、上年消费支出未公布、村(居)城乡属性不明的对象",
        "recipients whose standard is not set, whose region published no consumption for the year before, or whose"
        " village is not said to be urban or rural",
    ),
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(BENEFICIARY),
        needs(REGION, "urban_rural"),
        needs(REFERENCE, "item", "value"),
    ),
    better="neither",
    reading=Text(
        "城乡目标区间不同,城乡混合的地区须分开看;按对象人数加权;"
        "消费支出取最近一级公布的数,上年未公布即为未知,不用更早的年份代替",
        "Urban and rural have different targets: look at a mixed area apart. Weighted by recipients. Consumption is"
        " that of the nearest region that published it; without the year before it is unknown, never an older year's",
    ),
    rule="dibao_standard",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """The standards of a year (part) and last year's consumption (whole) of the recipients, in fen."""
    return replace(counts.ratio(rows(data, policy), "standard_year_fen", "consumption_fen"), standing=("behind",))


def rows(data: Tables, policy: Policy) -> Frame:
    """The recipients of dibao, a row a month; `in_part`: both are known."""
    persons = recipients_of_dibao(data)
    places = by_place(data, policy, persons).with_columns((nw.col("month_index") // 12 - 1).alias("year"))
    figures = beside(places, nearest(data, CONSUMPTION))
    urban, rural = (nw.when(nw.col("urban_rural") == kind).then(nw.col(f"consumption_{kind}")) for kind in KINDS)
    known = places.join(figures, on=["region_code", "year"], how="left").select(
        *PLACE,
        "urban_rural",
        (nw.col("standard_fen") * 12).alias("standard_year_fen"),
        nw.coalesce(urban, rural).alias("consumption_fen"),
    )
    told = ~nw.col("standard_year_fen").is_null() & ~nw.col("consumption_fen").is_null()
    joined = persons.join(known, on=list(PLACE), how="left")
    return counts.every(joined.with_columns(nw.when(told).then(nw.lit(value=True)).alias("in_part")))
