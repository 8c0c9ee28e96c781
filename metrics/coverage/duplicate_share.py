"""What share of the persons covered is, by the records, covered twice?

A stock of one month, that of `as_of`: a person is covered by two programmes of which policy `exclusive` forbids one
beside the other, or by one programme in two households. Whoever is in several programmes is one person among all, and
one of each programme; counted where the award that began last is.
"""

from dataclasses import replace
from typing import Final

import narwhals as nw

from casework.card import MetricCard, needs
from casework.covered import spans, within
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows, household_region
from casework.means.pending import forbidden
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY
from casework.text import Text
from metrics import counts
from metrics.counts import Counts
from metrics.recipients import alike

CARD = MetricCard(
    metric="duplicate_share",
    area="coverage",
    kind="share",
    title=Text("疑似重复享受人数占比", "Possibly covered twice"),
    question=Text(
        "在册人员中,按记录疑似重复享受的有多少(待核实)?",
        "What share of the persons covered is, by the records, covered twice?",
    ),
    formula=Text("疑似重复享受人数 ÷ 在册人数", "persons that the records have twice ÷ persons covered"),
    numerator=Text(
        "其中当月同时在两项不得同时享受的救助中,或在两户享受同一项救助的人数",
        "of these, persons in two programmes that exclude each other, or in two households for one programme",
    ),
    denominator=Text(
        "数据截止当月在任何一项救助中的人数(不重复)",
        "distinct persons covered by any programme in the month of the data",
    ),
    exclusions=Text(
        "只补差额的组合,以及依规例外的月份", "pairs that only top up, and months that a further programme lifts"
    ),
    needs=(needs(AWARD, "programme", "household_no", "from_month"), needs(BENEFICIARY, "id_no", "from_month")),
    better="lower",
    reading=Text(
        "按记录疑似,待核实:停发未录入、误录号码也会在其中;经核实的见线索办理结论;只有数据截止当月一个数",
        "As the records have it, to verify: an end not entered or a mistyped number is among them; what was confirmed"
        " stands with the leads; one figure, for the month of the data",
    ),
    rule="exclusive",
)
PERSON: Final = ("person_id", "programme")


def measure(data: Tables, policy: Policy) -> Counts:
    """Persons covered twice (part) of the persons covered (whole)."""
    return replace(counts.share(rows(data, policy)), alike=(alike(data, same=False),))


def rows(data: Tables, policy: Policy) -> Frame:
    """The persons covered, of each programme and of any; `in_part`: the records have them twice."""
    held = once(_held(data))
    twice = _twice(data, policy, held).with_columns(nw.lit(1).alias("twice"))
    marked = held.join(twice, on=list(PERSON), how="left").with_columns(nw.col("twice").fill_null(0))
    own = marked.with_columns(nw.col("programme").alias("counted_as"))
    every = nw.concat([own, marked.with_columns(nw.lit("").alias("counted_as"))], how="vertical")
    persons = every.group_by("counted_as", "person_id").agg(nw.col("place").max(), nw.col("twice").max())
    of = held.select("person_id", "place", "programme", "region_code", "award_no", "household_no")
    return persons.join(of, on=["person_id", "place"], how="inner").select(
        "counted_as",
        nw.col("person_id").cast(nw.String).alias("subject"),
        "region_code",
        nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index"),
        "programme",
        (nw.col("twice") == 1).alias("in_part"),
        "award_no",
        "household_no",
    )


def _held(data: Tables) -> Frame:
    """Each person and award once that covers them in the month: programme, household, place in the order of awards."""
    asked = first_rows(data[APPLICATION]).select("application_id", nw.col("region_code").alias("in_charge"))
    chosen = first_rows(data[AWARD]).join(asked, on="application_id", how="left")
    placed = household_region(data, chosen, otherwise="in_charge").with_row_index(
        "place", order_by=("from_month_index", "award_no")
    )
    awards = placed.select(
        *("award_id", "award_no", "programme", "household_id", "household_no", "region_code"),
        nw.col("to_month_index").alias("ends"),
        nw.col("place").cast(nw.Int64),
    )
    now = spans(data, awards).with_columns(nw.lit(data.as_of_month).cast(nw.Int32).alias("month_index"))
    covered = now.filter(within()).select("award_id", "person_id").unique()
    return covered.join(awards.drop("ends"), on="award_id", how="inner")


def _twice(data: Tables, policy: Policy, held: Frame) -> Frame:
    """The persons and programmes concerned: a programme that another forbids, or that two households have."""
    several = held.group_by("person_id").agg(nw.len().alias("awards")).filter(nw.col("awards") > 1)
    theirs = once(held.join(several, on="person_id", how="semi"))
    homes = theirs.group_by(*PERSON).agg(nw.col("household_id").n_unique().alias("homes"))
    also = theirs.select("person_id", nw.col("programme").alias("held")).unique()
    barred = forbidden(data, policy, theirs.select(*PERSON, "region_code"), also, ("person_id",))
    return nw.concat([homes.filter(nw.col("homes") > 1).select(*PERSON), barred.select(*PERSON)]).unique()
