"""Which of the households paid by one account are kin among themselves or with its holder, and which stay apart?

Gathered by joins over the few accounts asked about; the components are found in memory, by union and find.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.belonging import belonging
from casework.kinship.composed import kin_of
from casework.kinship.policy import named, wider
from casework.policy import Policy

LABELS: Final = ("account_id", "household_id", "component")


def apart(data: Tables, policy: Policy, homes: Frame) -> Frame:
    """Add to each account and household: `component` (households joined to one another) and `apart`, their number.

    `homes`: one row an `account_id`, `household_id` and `holder_id` (null: unknown) with `first_day`, `last_day` of the
    months paid. Members in those days are joined by near or wider kin that held in them, or by being one person; the
    holder joins every household of which they are a member or kin of one. Adds `of_holder` (1: the holder joined one of
    its component) and `joined` (how many the component has). A tie counts that held, and a member who was there, on any
    of the days.
    """
    asked = once(homes)
    members = once(_members(data, asked))
    peopled = once(asked.join(members, on=["account_id", "household_id"], how="semi"))
    people = nw.concat(
        [members.select("person_id"), asked.filter(~nw.col("holder_id").is_null()).select(person_id="holder_id")]
    ).unique()
    kin = once(
        kin_of(data, people, policy, relations=named(policy, "near_kin", "wider_kin")).select(
            "person_id", "relative_id", "relation", "from_day", "to_day"
        )
    )
    among = _among(policy, members, kin)
    held = once(_of_holders(policy, asked, members, kin))
    first = held.group_by("account_id", "holder_id").agg(nw.col("household_id").min().alias("one"))
    through = held.join(first, on=["account_id", "holder_id"], how="inner")
    through = through.select("account_id", "one", nw.col("household_id").alias("other"))
    nodes, edges = data.engine.collect_all(
        [peopled.select("account_id", "household_id").unique(), nw.concat([among, through]).unique()]
    )
    labels = data.engine.place(_components(nodes, edges))
    mine = held.select("account_id", "household_id").unique().with_columns(nw.lit(1).alias("of_holder"))
    key = ["account_id", "household_id"]
    return labels.join(mine, on=key, how="left").with_columns(
        nw.col("of_holder").fill_null(0).max().over("account_id", "component")
    )


def _members(data: Tables, homes: Frame) -> Frame:
    """Who belonged to the households on any of the days."""
    days = homes.group_by("account_id", "household_id").agg(nw.col("first_day").min(), nw.col("last_day").max())
    return (
        days.join(belonging(data, days), on="household_id", how="inner")
        .filter((nw.col("joined") <= nw.col("last_day")) & (nw.col("left") > nw.col("first_day")))
        .select("account_id", "household_id", "person_id", "first_day", "last_day")
        .unique()
    )


def _holding(policy: Policy, ties: Frame) -> Frame:
    """Ties of near or wider kin that held on any of the days."""
    first, last = nw.col("first_day"), nw.col("last_day")
    holds = (nw.col("from_day").is_null() | (nw.col("from_day") <= last)) & (
        nw.col("to_day").is_null() | (nw.col("to_day") >= first)
    )
    return wider(policy, ties.filter(holds), on="last")


def _among(policy: Policy, members: Frame, kin: Frame) -> Frame:
    """Pairs of households of one account (`one`, `other`) that share a member or have kin in each other."""
    second = members.select(
        "account_id", nw.col("household_id").alias("other"), nw.col("person_id").alias("relative_id")
    )
    same = members.join(
        second, left_on=["account_id", "person_id"], right_on=["account_id", "relative_id"], how="inner"
    ).filter(nw.col("household_id") != nw.col("other"))
    tied = members.join(kin, on="person_id", how="inner").join(second, on=["account_id", "relative_id"], how="inner")
    tied = _holding(policy, tied.filter(nw.col("household_id") != nw.col("other")))
    return nw.concat([rows.select("account_id", nw.col("household_id").alias("one"), "other") for rows in (same, tied)])


def _of_holders(policy: Policy, homes: Frame, members: Frame, kin: Frame) -> Frame:
    """Households (`account_id`, `household_id`, `holder_id`) in which the account's holder or their kin lives."""
    holders = homes.filter(~nw.col("holder_id").is_null()).select("account_id", "holder_id").unique()
    pairs = holders.join(members, on="account_id", how="inner")
    themself = pairs.filter(nw.col("holder_id") == nw.col("person_id"))
    tied = pairs.join(kin, left_on=["holder_id", "person_id"], right_on=["person_id", "relative_id"], how="inner")
    columns = ("account_id", "household_id", "holder_id")
    return nw.concat([themself.select(*columns), _holding(policy, tied).select(*columns)]).unique()


def _components(nodes: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """Every household with the smallest id of its component, and the account's number of components."""
    root: dict[tuple[int, int], tuple[int, int]] = {node: node for node in nodes.iter_rows()}

    def find(node: tuple[int, int]) -> tuple[int, int]:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for account, one, other in edges.iter_rows():
        low, high = sorted((find((account, one)), find((account, other))))
        root[high] = low
    rows = [(account, home, find((account, home))[1]) for account, home in root]
    labels = pl.DataFrame(rows, schema=dict.fromkeys(LABELS, pl.Int64), orient="row")
    return labels.with_columns(
        apart=pl.col("component").n_unique().over("account_id"),
        joined=pl.len().over("account_id", "component"),
    ).cast(pl.Int64)
