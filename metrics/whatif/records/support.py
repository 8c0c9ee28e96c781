"""What do the children who live elsewhere have, of whom each person may ask support?

A child's income is the income a head of the household it lives in, by the statement there: more nobody knows. A child
whose household is on dibao, who is seriously ill or severely disabled, in custody or a student supports nobody (local
practice, 巴林左旗), nor does a minor, nor who lives with the parent. One without a statement, or who lives in several
households elsewhere, has an unknown income, not none.
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.ties import direct_ties
from casework.lead import first_rows
from casework.means.ages import years
from casework.means.members import co_living_on, deaths, members_on
from casework.means.statement import INCOMES, filed
from casework.policy import Policy
from casework.tables import MATCH, MEMBER, PERSON
from metrics.whatif.records.aid import in_force

UNABLE: Final = ("serious_illness", "severely_disabled")
SEVERE: Final = 2
GROWN: Final = 18  # years


def supporters(data: Tables, policy: Policy, persons: Frame) -> Frame:
    """`persons` (`household_id`, `person_id`) who have such children: `supporter_fen`, summed; null: not all known."""
    ties = direct_ties(data, persons.select("person_id").unique(), policy)
    now = (nw.col("from_day").is_null() | (nw.col("from_day") <= data.as_of_day)) & (
        nw.col("to_day").is_null() | (nw.col("to_day") >= data.as_of_day)
    )
    children = once(
        ties.filter((nw.col("relation") == "child") & now)
        .select("person_id", nw.col("relative_id").alias("child_id"))
        .unique()
    )
    alive = children.join(deaths(data).select(nw.col("person_id").alias("child_id")), on="child_id", how="anti")
    able = once(_able(data, alive))
    away = able.join(persons, on="person_id", how="inner")
    lived = once(_homes(data, able))
    here = lived.select("child_id", nw.col("home_id").alias("household_id"))
    homes = lived.filter(nw.col("home_id").n_unique().over("child_id") == 1)
    elsewhere = away.join(here, on=["child_id", "household_id"], how="anti").join(homes, on="child_id", how="left")
    on_aid = in_force(data).select(nw.col("household_id").alias("home_id")).unique()
    asked = once(elsewhere.filter(~nw.col("home_id").is_null()).join(on_aid, on="home_id", how="anti"))
    homeless = elsewhere.filter(nw.col("home_id").is_null())
    incomes = _incomes(data, asked.select("home_id").unique())
    told = asked.join(incomes, on="home_id", how="left").select("household_id", "person_id", "a_head")
    unknown = homeless.select("household_id", "person_id", nw.lit(None).cast(nw.Int64).alias("a_head"))
    every = nw.concat([told, unknown])
    blank = nw.when(nw.col("a_head").is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        every.with_columns(blank.alias("blank"))
        .group_by("household_id", "person_id")
        .agg(nw.col("a_head").sum().cast(nw.Int64).alias("sum"), nw.col("blank").sum())
        .select(
            "household_id",
            "person_id",
            nw.when(nw.col("blank") == 0).then(nw.col("sum")).alias("supporter_fen"),
            nw.lit(value=True).alias("has_children"),
        )
    )


def _able(data: Tables, children: Frame) -> Frame:
    """Those who could support anybody."""
    persons = first_rows(data[PERSON]).with_columns(nw.lit(data.as_of).cast(nw.Date).alias("today"))
    known = persons.select(
        nw.col("person_id").alias("child_id"),
        *("health", "disability_grade", "student_stage"),
        (years("born_on", "today") < GROWN).fill_null(value=False).alias("minor"),
    )
    custody = (
        data[MATCH]
        .filter(nw.col("kind") == "custody")
        .filter(
            (nw.col("from_on_day").is_null() | (nw.col("from_on_day") <= data.as_of_day))
            & (nw.col("to_on_day").is_null() | (nw.col("to_on_day") >= data.as_of_day))
        )
        .select(nw.col("person_id").alias("child_id"))
        .unique()
    )
    ill = nw.col("health").is_in(UNABLE).fill_null(value=False)
    severe = (nw.col("disability_grade") <= SEVERE).fill_null(value=False)
    free = children.join(known, on="child_id", how="left").filter(
        ~nw.col("minor").fill_null(value=False) & ~ill & ~severe & nw.col("student_stage").is_null()
    )
    return free.join(custody, on="child_id", how="anti").select("person_id", "child_id")


def _homes(data: Tables, children: Frame) -> Frame:
    """The households in which each child lives: `child_id`, `home_id`."""
    today = nw.lit(data.as_of_day).cast(nw.Int32).alias("day")
    of = data[MEMBER].join(children.select(nw.col("child_id").alias("person_id")).unique(), on="person_id", how="semi")
    asked = of.select("household_id").unique().with_columns(today)
    living = members_on(data, asked).filter(nw.col("co_living").fill_null(value=False))
    return living.select(nw.col("person_id").alias("child_id"), nw.col("household_id").alias("home_id")).unique()


def _incomes(data: Tables, homes: Frame) -> Frame:
    """Income a head and year by the newest statement: `home_id`, `a_head`; null where it cannot be told."""
    asked = homes.select(nw.col("home_id").alias("household_id"))
    told = filed(data).filter(nw.col("as_of_day") <= data.as_of_day).join(asked, on="household_id", how="semi")
    newest = told.group_by("household_id").agg(nw.col("as_of_day").max())
    own = told.join(newest, on=["household_id", "as_of_day"], how="inner")
    income = nw.sum_horizontal(*(nw.col(item) for item in INCOMES))
    today = nw.lit(data.as_of_day).cast(nw.Int32).alias("day")
    counted = co_living_on(data, own.select("household_id", today, income.alias("income"), "unknown"))
    known = (nw.col("n") > 0) & (nw.col("unknown") == 0)
    heads = nw.when(nw.col("n") > 0).then(nw.col("n")).otherwise(nw.lit(1))
    return counted.select(
        nw.col("household_id").alias("home_id"),
        nw.when(known).then(nw.col("income") // heads).cast(nw.Int64).alias("a_head"),
    )
