"""Was the programme already held in that month, or one that excludes it?

For decisions of the past (a refusal, an exit): what covers the person, or the household or somebody of it, in the
month of the row's day; by the `exclusive` matrix of that day (forbid, unless lifted).
"""

from collections.abc import Sequence

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.figures import month_of
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import AWARD


def held_by_persons(data: Tables, rows: Frame, *, ahead: int = 0) -> Frame:
    """What covers each row's `person_id` in the month of `on`, or from up to `ahead` months later on: adds `held`."""
    terms = _terms(data)
    people = spans(data, terms).join(terms.select("award_id", "held"), on="award_id", how="inner")
    dated = rows.with_columns(month_of("on").alias("month__"))
    joined = dated.join(people.drop("award_id"), on="person_id", how="inner")
    return joined.filter(_then(ahead)).drop("since", "until", "month__")


def held_by_households(data: Tables, rows: Frame, *, ahead: int = 0) -> Frame:
    """The same of each row's `household_id`: its own awards, and what covers those who live there on `day`."""
    names = rows.collect_schema().names()
    own = _terms(data).rename({"starts": "since", "ends": "until"}).drop("award_id")
    dated = rows.with_columns(month_of("on").alias("month__"))
    awards = dated.join(own, on="household_id", how="inner").filter(_then(ahead))
    members = members_on(data, rows).filter(nw.col("co_living").fill_null(value=False))
    theirs = held_by_persons(data, members.select(*names, "person_id"), ahead=ahead)
    return nw.concat([awards.select(*names, "held"), theirs.select(*names, "held")]).unique()


def in_the_way(policy: Policy, held: Frame, key: Sequence[str]) -> Frame:
    """The keys whose `programme` is held already, or forbidden by what is held on `day` (with `region_code`)."""
    rows = once(held.with_columns(nw.col("day").alias("on__day")))
    named = {"a": "programme", "b": "held"}
    judged = policy.in_force(rows, "exclusive", on="on_", into="action", scope=named, field="action")
    judged = policy.in_force(judged, "exclusive", on="on_", into="unless", scope=named, field="unless")
    judged = once(judged)
    same = judged.filter(nw.col("programme") == nw.col("held")).select(*key)
    barred = judged.filter(nw.col("action") == "forbid")
    lifts = rows.select(*key, nw.col("held").alias("unless")).unique()
    lifted = barred.join(lifts, on=[*key, "unless"], how="inner").select(*key, "held").unique()
    left = barred.join(lifted, on=[*key, "held"], how="anti").select(*key)
    return nw.concat([same, left]).unique()


def _terms(data: Tables) -> Frame:
    return first_rows(data[AWARD]).select(
        "award_id",
        "household_id",
        nw.col("programme").alias("held"),
        nw.col("from_month_index").alias("starts"),
        nw.col("to_month_index").alias("ends"),
    )


def _then(ahead: int) -> nw.Expr:
    return (nw.col("since") <= nw.col("month__") + ahead) & (
        nw.col("until").is_null() | (nw.col("until") >= nw.col("month__"))
    )
