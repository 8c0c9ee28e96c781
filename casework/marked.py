"""Which awards does a lead speak of, when the leads of a run lie beside the tables?"""

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.means.figures import month_of
from casework.tables import AWARD, LEAD


def marked_awards(data: Tables, level: str) -> Frame:
    """`award_id` and `lead_id` of every lead of this level about an award, its application, household or beneficiary.

    Of a lead about a household or a person that says from when to when, only awards that covered them then. A lead
    about an account, an area, an official or a complaint speaks of no single award.
    """
    said = data[LEAD].filter(nw.col("level") == level)
    leads = once(
        said.select(
            "lead_id",
            "subject_kind",
            "subject",
            month_of("since").alias("since_index"),
            month_of("until").alias("until_index"),
        )
    )
    awards = first_rows(data[AWARD]).select(
        "award_id",
        "award_no",
        "application_no",
        "household_no",
        nw.col("from_month_index").alias("since"),
        nw.col("to_month_index").alias("until"),
    )
    person = nw.when(nw.col("subject_kind") == "person").then(nw.col("subject")).cast(nw.Int64).alias("person_id")
    covered = spans(data, awards.select("award_id", nw.col("until").alias("ends")))
    homes = leads.filter(nw.col("subject_kind") == "household")
    people = leads.filter(nw.col("subject_kind") == "person").with_columns(person)
    whole = [
        awards.join(leads.filter(nw.col("subject_kind") == kind), left_on=f"{kind}_no", right_on="subject", how="inner")
        for kind in ("award", "application")
    ]
    then = [
        awards.join(homes, left_on="household_no", right_on="subject", how="inner").filter(_meets()),
        covered.join(people, on="person_id", how="inner").filter(_meets()),
    ]
    return nw.concat([rows.select("award_id", "lead_id") for rows in (*whole, *then)]).unique()


def _meets() -> nw.Expr:
    """Does the span `since` … `until` hold a month of which the lead speaks? What is not told is open."""
    begun = nw.col("since").is_null() | nw.col("until_index").is_null() | (nw.col("since") <= nw.col("until_index"))
    return begun & (
        nw.col("until").is_null() | nw.col("since_index").is_null() | (nw.col("until") >= nw.col("since_index"))
    )
