"""Which phones, accounts and addresses are of common use, so that having one tells nothing of who is who?

Those that more than `cluster_hub` households have, and those of institutions (`collective_account`): the village
office's phone, a care home's address. They are neither shared nor weighed: who has nothing else has none.
"""

import re
from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame
from casework.identity.addresses import accounts, phones
from casework.kinship.resources import collective
from casework.policy import Policy

VALUE: Final = ("kind", "value")
NOTHING: Final = "^$"  # an address that no file holds


def of_few(traits: pl.DataFrame, homes: pl.DataFrame, hub: int) -> pl.DataFrame:
    """Of `traits` (`person_id`, `kind`, `value`) those that at most `hub` households have.

    `homes`: `person_id`, `household`, at any time. Who is of no household counts as one.
    """
    held = traits.drop_nulls("value").unique()
    many = held.filter(pl.len().over(VALUE) > 1)
    at = many.join(homes.unique(), on="person_id", how="left").with_columns(
        pl.coalesce("household", pl.format("alone {}", "person_id")).alias("household")
    )
    counted = at.group_by(VALUE).agg(pl.col("household").n_unique().alias("homes"))
    return held.join(counted.filter(pl.col("homes") > hub), on=VALUE, how="anti")


def inside(address: pl.Expr, words: tuple[str, ...]) -> pl.Expr:
    """Is it the address of an institution?"""
    return address.str.contains("|".join(map(re.escape, words)) or NOTHING).fill_null(value=False)


def institutional(data: Tables, policy: Policy) -> Frame:
    """The phones and accounts of institutions: `kind`, `text`."""
    listed = collective(data, policy).filter(nw.col("kind").is_in(["phone", "account"]))
    return listed.select("kind", nw.col("resource").alias("text")).unique()


def normalised(listed: pl.DataFrame) -> pl.DataFrame:
    """The values (`kind`, `value`) of what `institutional` found."""
    phone = pl.col("kind") == "phone"
    value = pl.when(phone).then(phones(pl.col("text"))).otherwise(accounts(pl.col("text")))
    return listed.select("kind", value.alias("value")).drop_nulls().unique()
