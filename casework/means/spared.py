"""In which paid months is the amount not judged?

Contract §5, overpaid and underpaid: in the taper, in the death_grace_months months after the month in which a covered
member died, and in a month paid twice, which is a question of its own. What remains, and where a term that is unknown
leaves it open.
"""

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.double import double_months
from casework.means.members import deaths
from casework.means.taper import running_taper
from casework.policy import Policy
from casework.tables import AWARD

KEY = ("award_id", "month_index")


def not_spared(data: Tables, policy: Policy, months: Frame, *, owed: bool = False) -> Frame:
    """Of ledger rows, already few, those whose amount is judged, with `sure` (0: a term is unknown).

    `owed`: nothing is owed to the dead either, so a month that still covers one is not judged however long ago.
    """
    rows = once(months)
    twice = double_months(data, policy).select(*KEY)
    left = once(rows.join(twice, on=list(KEY), how="anti"))
    bereaved = _bereaved(data, policy, left, owed=owed)
    tapered = running_taper(data, policy, left)
    joined = left.join(bereaved, on=list(KEY), how="left").join(tapered, on=list(KEY), how="left")
    unknown = (nw.col("grace_sure") == 0) | (nw.col("taper_sure") == 0)
    inside = ((nw.col("grace_sure") == 1) | (nw.col("taper_sure") == 1)).fill_null(value=False)
    return (
        joined.filter(~inside)
        .with_columns(nw.when(unknown.fill_null(value=False)).then(nw.lit(0)).otherwise(nw.lit(1)).alias("sure"))
        .drop("grace_sure", "taper_sure")
    )


def _bereaved(data: Tables, policy: Policy, rows: Frame, *, owed: bool) -> Frame:
    """The months after the death of a member then covered, within the grace: `grace_sure` (1; 0: perhaps)."""
    awards = first_rows(data[AWARD]).select("award_id", nw.col("to_month_index").alias("ends"))
    covered = spans(data, awards.join(rows.select("award_id").unique(), on="award_id", how="semi"))
    died = (
        covered.join(deaths(data).select("person_id", "death_index"), on="person_id", how="inner")
        .filter(
            (nw.col("since") <= nw.col("death_index"))
            & (nw.col("until").is_null() | (nw.col("until") >= nw.col("death_index")))
        )
        .select("award_id", "death_index", "until")
        .unique()
    )
    after = rows.join(once(died), on="award_id", how="inner").filter(nw.col("death_index") < nw.col("month_index"))
    limited = policy.in_force(after, "death_grace_months", on="month", into="grace")
    inside = nw.col("month_index") <= nw.col("death_index") + nw.col("grace").fill_null(0)
    if owed:
        inside = inside | nw.col("until").is_null() | (nw.col("until") >= nw.col("month_index"))
    unknown = (nw.col("grace_state") == 0) & ~inside
    return (
        limited.filter(inside | unknown)
        .with_columns(nw.when(inside).then(nw.lit(1)).otherwise(nw.lit(0)).alias("sure"))
        .group_by(*KEY)
        .agg(nw.col("sure").max().alias("grace_sure"))
    )
