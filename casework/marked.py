"""Which awards does a lead speak of, when the leads of a run lie beside the tables?"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows
from casework.tables import AWARD, BENEFICIARY, LEAD


def marked_awards(data: Tables, level: str) -> Frame:
    """`award_id` and `lead_id` of every lead of this level about an award, its application, household or beneficiary.

    A lead about an account, an area, an official or a complaint speaks of no single award.
    """
    leads = once(data[LEAD].filter(nw.col("level") == level).select("lead_id", "subject_kind", "subject"))
    awards = first_rows(data[AWARD]).select("award_id", "award_no", "application_no", "household_no")
    person = nw.when(nw.col("subject_kind") == "person").then(nw.col("subject")).cast(nw.Int64).alias("person_id")
    covered = data[BENEFICIARY].select("award_id", "person_id").unique()
    by_number = [
        awards.join(
            leads.filter(nw.col("subject_kind") == kind), left_on=f"{kind}_no", right_on="subject", how="inner"
        ).select("award_id", "lead_id")
        for kind in ("award", "application", "household")
    ]
    by_person = covered.join(
        leads.filter(nw.col("subject_kind") == "person").with_columns(person), on="person_id", how="inner"
    ).select("award_id", "lead_id")
    kept = awards.select("award_id")
    return nw.concat([*by_number, by_person]).unique().join(kept, on="award_id", how="semi")
