"""In which paid months is the holder of an account an official, or near kin of one, and a stranger to the household?

A post and the tie to the official must cover the whole of the month; belonging to the household and kin in it excuse
on any day of it. Of whose household nobody is known in the month, nobody knows whether the holder is a stranger to it.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.belonging import belonging
from casework.kinship.composed import kin_of
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.policy import named, near
from casework.kinship.staff import MEMBER_THEMSELF, staff_kin
from casework.lead import household_region
from casework.means.figures import first_day
from casework.policy import Policy
from casework.tables import OFFICIAL

KEY: Final = ("account_id", "household_id")


def officials_months(data: Tables, policy: Policy, paid: Frame) -> Frame:
    """Paid months in which the holder is, or is near kin of, an official in post, and a stranger to the household.

    `paid`: `account_id`, `household_id`, `holder_id`, `month` and `month_index`. Adds what ties the holder to the
    official (`official_id`, `relation`, `degree`, `path`, `via_1`, `via_2`, `certainty`, `doubt` its opposite,
    `weakest`) and the official's `duties`, `post_from`, `post_to`, and `peopled` (0: nobody of the household is known
    in that month); one row an official and post.
    """
    begin, end = nw.col("begin"), nw.col("end")
    months = household_region(data, paid.filter(~nw.col("holder_id").is_null())).with_columns(
        first_day("month_index").alias("begin"), (first_day("next_index") - 1).cast(nw.Int32).alias("end")
    )
    ties = staff_kin(data, policy).rename({"person_id": "holder_id"})
    whole = (nw.col("from_day").is_null() | (nw.col("from_day") <= begin)) & (
        nw.col("to_day").is_null() | (nw.col("to_day") >= end)
    )
    tied = once(months.join(ties, on="holder_id", how="inner").filter(whole))
    close = nw.concat([tied.filter(nw.col("relation") == MEMBER_THEMSELF), near(policy, tied, on="month")])
    posts = data[OFFICIAL].filter(nw.col("duty").is_in(DUTIES))
    posts = posts.select(
        nw.col("person_id").alias("official_id"), "duty", "from_on", "to_on", "from_on_day", "to_on_day"
    )
    in_post = (nw.col("from_on_day") <= begin) & (nw.col("to_on_day").is_null() | (nw.col("to_on_day") >= end))
    held = close.join(posts, on="official_id", how="inner").filter(in_post)
    members = once(_members(data, months))
    own = once(_own_months(data, policy, members))
    known = members.select(*KEY, "month_index").unique().with_columns(nw.lit(1).alias("peopled"))
    strange = held.join(own, on=[*KEY, "holder_id", "month_index"], how="anti")
    return strange.join(known, on=[*KEY, "month_index"], how="left").with_columns(
        nw.col("peopled").fill_null(0),
        (-nw.col("certainty")).alias("doubt"),
        nw.col("duty").alias("duties"),
        nw.col("from_on").alias("post_from"),
        nw.col("to_on").alias("post_to"),
    )


def _members(data: Tables, months: Frame) -> Frame:
    """Who belonged to the household on some day of each paid month."""
    rows = months.select(*KEY, "holder_id", "month_index", "month", "region_code", "begin", "end").join(
        belonging(data, months), on="household_id", how="inner"
    )
    return rows.filter((nw.col("joined") <= nw.col("end")) & (nw.col("left") > nw.col("begin")))


def _own_months(data: Tables, policy: Policy, members: Frame) -> Frame:
    """Paid months on some day of which the holder belongs to the household, or is near kin of one who does."""
    begin, end = nw.col("begin"), nw.col("end")
    holders = members.select(nw.col("holder_id").alias("person_id")).unique()
    kin = kin_of(data, holders, policy, relations=named(policy, "near_kin")).select(
        nw.col("person_id").alias("holder_id"),
        nw.col("relative_id").alias("person_id"),
        "relation",
        "from_day",
        "to_day",
    )
    holds = (nw.col("from_day").is_null() | (nw.col("from_day") <= end)) & (
        nw.col("to_day").is_null() | (nw.col("to_day") >= begin)
    )
    tied = members.join(kin, on=["holder_id", "person_id"], how="inner").filter(holds)
    columns = (*KEY, "holder_id", "month_index")
    themself = members.filter(nw.col("person_id") == nw.col("holder_id"))
    return nw.concat([themself.select(*columns), near(policy, tied, on="month").select(*columns)]).unique()
