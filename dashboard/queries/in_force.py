"""Which awards are in force in the month of the data, and which programmes are paid by the month?"""

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows
from casework.policy import Policy
from casework.regions import Regions
from casework.tables import AWARD, HOUSEHOLD


def one_off(policy: Policy) -> list[str]:
    """The programmes that any place's list calls one-off."""
    entries = policy.rule("programme").entries
    return sorted({str(entry.scope["code"]) for entry in entries if entry.fields.get("kind") == "one_off"})


def awards(tables: Tables, policy: Policy) -> Frame:
    """`award_id`, `household_id`, `programme` of the awards that run in the month of `as_of`; a one-off never does."""
    month = tables.as_of_month
    running = nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= month)
    rows = first_rows(tables[AWARD]).filter(
        ~nw.col("programme").is_in(one_off(policy)), nw.col("from_month_index") <= month, running
    )
    return rows.select("award_id", "household_id", "programme")


def homes(tables: Tables) -> Frame:
    """`household_id` and the `region_code` of its village."""
    return first_rows(tables[HOUSEHOLD]).select("household_id", "region_code")


def placed(regions: Regions, rows: pl.DataFrame, *, code: str = "region_code") -> pl.DataFrame:
    """The rows with `home`, the lowest region of the tree that their code belongs to."""
    codes = rows[code].unique()
    home = pl.Series("home", [regions.home(one) for one in codes], dtype=pl.String())
    return rows.join(pl.DataFrame([codes.alias(code), home]), on=code, how="left", nulls_equal=True)
