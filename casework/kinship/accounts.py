"""What was each account worth a look paid, for which household and month?

Worth a look is an account that was paid for several households, or whose holder is of the staff or near kin of them.
Whether a holder of the staff is excused is asked of each month, not here: who was a member once may be none when paid.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.jurisdiction import DUTIES
from casework.kinship.staff import staff_kin
from casework.lead import first_rows
from casework.policy import Policy
from casework.tables import AWARD, OFFICIAL, PAYMENT

KEY: Final = ("account_id", "household_id")


def paid_accounts(data: Tables, policy: Policy, several_homes: int) -> Frame:
    """What each account worth a look was paid for each household and month, where anything was left of it.

    `back`: what was taken back of the household in other months (0 or less).
    """
    used = account_awards(data)
    awards = first_rows(data[AWARD]).filter(~nw.col("household_id").is_null()).select("award_id", "household_id")
    pairs = used.join(awards, on="award_id", how="inner").select(*KEY, "holder_id").unique()
    counted = pairs.group_by("account_id").agg(nw.col("household_id").n_unique().cast(nw.Int64).alias("households"))
    several = counted.filter(nw.col("households") >= several_homes).select("account_id")
    officials = data[OFFICIAL].filter(nw.col("duty").is_in(DUTIES)).select(nw.col("person_id").alias("official_id"))
    insiders = staff_kin(data, policy).join(officials, on="official_id", how="semi").select("person_id").unique()
    theirs = pairs.join(insiders, left_on="holder_id", right_on="person_id", how="semi").select("account_id")
    return _by_month(data, once(nw.concat([several, theirs]).unique()), awards)


def account_awards(data: Tables) -> Frame:
    """Which account was ever paid for which award, in whose name: `account_id`, `award_id`, `holder_id`, each once."""
    return data.shared("account_awards", lambda: _account_awards(data))


def _account_awards(data: Tables) -> Frame:
    rows = data[PAYMENT].filter(~nw.col("account_id").is_null())
    return rows.select("account_id", "award_id", nw.col("account_holder_person_id").alias("holder_id")).unique()


def _by_month(data: Tables, accounts: Frame, awards: Frame) -> Frame:
    rows = (
        data[PAYMENT]
        .filter(~nw.col("amount_fen").is_null() & ~nw.col("month_index").is_null())
        .join(accounts, on="account_id", how="semi")
        .join(awards, on="award_id", how="inner")
    )
    # A reversal without its holder's name still takes back what was paid: netted by account, household and month.
    netted = rows.group_by(*KEY, "month", "month_index").agg(
        nw.col("account_no").min(),
        nw.col("amount_fen").sum().cast(nw.Int64).alias("paid_fen"),
        nw.col("account_holder_person_id").min().alias("holder_id"),
    )
    back = nw.when(nw.col("paid_fen") < 0).then(nw.col("paid_fen")).otherwise(nw.lit(0))
    return (
        netted.with_columns(back.alias("back"))
        .with_columns(nw.col("paid_fen").sum().over(*KEY).alias("total"), nw.col("back").sum().over(*KEY))
        .filter((nw.col("paid_fen") > 0) & (nw.col("total") > 0))
        .with_columns((nw.col("month_index") + 1).cast(nw.Int32).alias("next_index"))
        .drop("total")
    )
