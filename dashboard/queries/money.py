"""Which other leads rest on the same payments, so that their sums may be the same money and are not simply added?"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from casework.tables import PAYMENT
from casework.workspace import Workspace


def same_money(workspace: Workspace, leads: pl.DataFrame, lead: Mapping[str, Any]) -> set[str]:
    """The leads in doubt of money whose evidence holds a payment that this lead's evidence holds too.

    The evidence shows all payments of a lead's time, also of months not in doubt: the money may be the same. What
    somebody may be owed is no payment made: the missed share money with nobody.
    """
    doubted = leads.filter((pl.col("family") != "missed") & (pl.col("amount_fen") > 0))["lead_id"].to_list()
    path = workspace.path / "evidence.parquet"
    if lead["lead_id"] not in doubted or not path.exists():
        return set()
    paid = pl.scan_parquet(path).filter(pl.col("table") == PAYMENT.name).select("lead_id", "key").unique()
    mine = paid.filter(pl.col("lead_id") == lead["lead_id"]).select("key")
    shared = paid.join(mine, on="key", how="semi").select("lead_id").unique().collect()["lead_id"].to_list()
    return set(shared) & set(doubted) - {lead["lead_id"]}


def related(leads: pl.DataFrame, lead: Mapping[str, Any], same: set[str]) -> pl.DataFrame:
    """The other leads of the household, and those about the same money, with `adds`.

    `adds`: False perhaps the same money, True other money of the same kind (both in doubt, or both owed), null no sum.
    """
    mine = pl.col("lead_id") == lead["lead_id"]
    of_home = pl.col("household_no").is_in([home for home in [lead["household_no"]] if home])
    alike = (pl.col("family") == "missed") == (lead["family"] == "missed")
    summed = (pl.col("amount_fen") > 0) & pl.lit(bool(lead["amount_fen"]))
    adds = pl.when(pl.col("lead_id").is_in(list(same))).then(pl.lit(value=False))
    return (
        leads.filter((of_home | pl.col("lead_id").is_in(list(same))) & ~mine)
        .with_columns(adds.when(alike & summed).then(pl.lit(value=True)).alias("adds"))
        .sort("adds", "scheme", "lead_id", nulls_last=True)
    )
