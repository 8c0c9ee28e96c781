"""Which tags does a household bear, such as several disabled members or an aged person alone?

Rule `household_tag`: each part of a tag is a test on a contract column, and all its parts must hold on `as_of`. Tags
help a caseworker see whom to visit; they entitle nobody and raise no lead.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import household_region
from casework.means.indicator import Indicator, by_region, meeting
from casework.policy import Policy
from casework.text import Text

RULE: Final = "household_tag"


def labels(policy: Policy) -> dict[str, Text]:
    """What each tag is called."""
    return {str(row["tag"]): Text(row["zh"], row["en"]) for row in policy.rows(RULE)}


def tags(data: Tables, policy: Policy, households: Frame) -> Frame:
    """One row a household and tag it bears: `household_id`, `tag`."""
    homes = household_region(data, households.select("household_id").unique())
    answers = []
    for rows, here in by_region(policy, RULE, homes, data.as_of):
        parts = {f"{row['tag']}/{row['part']}": row for row in rows}
        met = meeting(data, here, [Indicator.of(name, row) for name, row in parts.items()])
        for tag in sorted({str(row["tag"]) for row in rows}):
            holds: nw.Expr = nw.lit(value=True)
            for name, row in parts.items():
                if row["tag"] == tag:
                    holds = holds & (nw.col(name) == 1)
            answers.append(met.filter(holds).select("household_id", nw.lit(tag).alias("tag")))
    nobody = homes.filter(nw.col("household_id").is_null()).select("household_id", nw.lit("").alias("tag"))
    return nw.concat([nobody, *answers])
