"""Can the ties of the kin table all be true: parents old enough, two of them, one spouse at a time?

Warned, never rejected: adoption, step-parents and a birth date mistaken in a number are all lawful explanations.
"""

from datetime import date
from typing import Final

import polars as pl

from casework.intake.join import Stored
from casework.intake.persons import Numbers
from casework.intake.work import PLACE, Work

PARENT_YEARS: Final = 12  # younger parents are unknown to medicine, give or take a wrong year in a register
PARENTS: Final = 2


def check_kin(work: Work, stored: Stored, numbers: Numbers) -> None:
    """W_KIN_AGE, W_KIN_PARENTS and W_KIN_SPOUSE on rows of the source; ties of the snapshot joined count along."""
    if work.table.name != "kin" or not work.has("relation"):
        return
    key = [column.main for column in work.table.key]
    lying = stored.get("kin", work.frame.clear()).join(work.frame, on=key, how="anti")
    rows = pl.concat([_ties(work.frame), _ties(lying.with_columns(pl.lit(None, pl.UInt32).alias(PLACE)))])
    both = pl.concat([rows, _turned(rows)]).filter(pl.col("one") != pl.col("other"))
    up = both.filter(pl.col("relation") == "parent")
    for code, wrong in (
        ("W_KIN_AGE", _too_young(up, numbers)),
        ("W_KIN_PARENTS", _too_many(up)),
        ("W_KIN_SPOUSE", _at_one_time(both.filter(pl.col("relation") == "spouse"))),
    ):
        places = wrong.select(PLACE).drop_nulls().unique()
        work.note(work.frame.join(places, on=PLACE, how="semi", maintain_order="left"), code, "relative_id_no")


def _ties(frame: pl.DataFrame) -> pl.DataFrame:
    """`other` is the `relation` of `one`, from `since` to `until`."""
    open_end = pl.lit(None, pl.Date)
    there = frame.columns
    return frame.select(
        PLACE,
        "relation",
        one="person_id",
        other="relative_person_id",
        since=(pl.col("from_on") if "from_on" in there else open_end).fill_null(date.min),
        until=(pl.col("to_on") if "to_on" in there else open_end).fill_null(date.max),
    )


def _turned(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows seen from the other side."""
    turned = {"parent": "child", "child": "parent", "spouse": "spouse"}
    return rows.filter(pl.col("relation").is_in(list(turned))).select(
        PLACE,
        pl.col("relation").replace_strict(turned, return_dtype=pl.String),
        pl.col("other").alias("one"),
        pl.col("one").alias("other"),
        "since",
        "until",
    )


def _too_young(up: pl.DataFrame, numbers: Numbers) -> pl.DataFrame:
    """Parents not at least so many years older than the child, by the birth dates of their numbers."""
    born = numbers.select("person_id", "born").drop_nulls().unique("person_id", keep="any")
    aged = up.join(born.rename({"born": "born_one"}), left_on="one", right_on="person_id", how="inner")
    aged = aged.join(born.rename({"born": "born_other"}), left_on="other", right_on="person_id", how="inner")
    return aged.filter(pl.col("born_other").dt.offset_by(f"{PARENT_YEARS}y") > pl.col("born_one"))


def _too_many(up: pl.DataFrame) -> pl.DataFrame:
    """Rows of children with more than two parents."""
    return up.filter(pl.col("other").n_unique().over("one") > PARENTS)


def _at_one_time(spouses: pl.DataFrame) -> pl.DataFrame:
    """Rows of a marriage that began before an earlier one of the same person had ended."""
    marriages = spouses.group_by("one", "other").agg(pl.col("since").min(), pl.col("until").max())
    ended = pl.col("until").cum_max().shift().over("one", order_by=["since", "other"])
    second = marriages.filter(pl.col("since") <= ended)
    return spouses.join(second, on=["one", "other"], how="semi")
