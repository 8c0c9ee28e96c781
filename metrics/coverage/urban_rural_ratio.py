"""How near does the rural dibao standard come to the urban one?

C6: the two standards in force around each recipient of dibao of the month, whichever of them is their own. The
recipients weigh it, so that a city is that of its people and not of its counties. A recipient of whom either standard
is unknown is in neither, and among the rows.
"""

from dataclasses import replace

import narwhals as nw

from casework.card import MetricCard, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.coverage.dibao_standards import PLACE, by_place, recipients_of_dibao

CARD = MetricCard(
    metric="urban_rural_ratio",
    area="coverage",
    kind="ratio",
    title=Text("农村与城市低保标准之比", "Rural by urban dibao standard"),
    question=Text("农村低保标准相当于城市标准的多少?", "How near does the rural dibao standard come to the urban one?"),
    formula=Text("Σ 农村月标准 ÷ Σ 城市月标准(按对象)", "Σ rural standard ÷ Σ urban standard, over recipients"),
    numerator=Text(
        "当月每名低保对象所在地的农村月标准,相加(元)",
        "the rural standard around each recipient of the month, added up (yuan a month)",
    ),
    denominator=Text(
        "同一对象所在地的城市月标准,相加(元)", "the urban standard around the same recipients, added up (yuan a month)"
    ),
    exclusions=Text("城市或农村标准有一项未定的地方的对象", "recipients where either standard is not set"),
    needs=(needs(AWARD, "programme", "household_no"), needs(BENEFICIARY)),
    better="higher",
    reading=Text(
        "1 表示城乡同标准;同一标准之下各村相同,只在标准不同的地区之间才有差别;按对象人数加权",
        "1: one standard for both. It differs only between areas with other standards; weighted by recipients",
    ),
    rule="dibao_standard",
)


def measure(data: Tables, policy: Policy) -> Counts:
    """The rural (part) and the urban standards (whole) of the recipients, in fen."""
    return replace(counts.ratio(rows(data, policy), "rural_fen", "urban_fen"), standing=("behind",))


def rows(data: Tables, policy: Policy) -> Frame:
    """The recipients of dibao, a row a month; `in_part`: both standards are known."""
    persons = recipients_of_dibao(data)
    known = by_place(data, policy, persons).select(*PLACE, "rural_fen", "urban_fen")
    told = ~nw.col("rural_fen").is_null() & ~nw.col("urban_fen").is_null()
    joined = persons.join(known, on=list(PLACE), how="left")
    return counts.every(joined.with_columns(nw.when(told).then(nw.lit(value=True)).alias("in_part")))
