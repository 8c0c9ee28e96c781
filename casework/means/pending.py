"""Does something in force, pending or freshly decided stand in the way of raising a missed entitlement?

On `as_of`: an award of the programme in force (or beginning in the month after), or one that excludes it by the
`exclusive` matrix (forbid, unless lifted); an application of the programme still open; a refusal or an exit later than
the same day six months before. An exit is on the last day of the last month. An application stands in the way of the
applicant, and of the whole household where the applicant asked for somebody else (`for_another`).
"""

from calendar import monthrange
from datetime import date

import narwhals as nw

from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import first_rows, household_region
from casework.means.entitled_persons import PERSON_KEY, persons_entitled
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY


def day_before(as_of: date, months: int) -> date:
    """The same day that many months before; the last of the month where it lacks the day."""
    index = as_of.year * 12 + as_of.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(as_of.day, monthrange(year, month)[1]))


def quiet_day(data: Tables, policy: Policy) -> date:
    """The day after which a refusal or an exit is too fresh to be spoken of (tuning `missed_entitlement`)."""
    return day_before(data.as_of, int(policy.tuning("missed_entitlement", "quiet")))


def covered_persons(data: Tables, since: date | None = None) -> Frame:
    """Whom an award covers at `as_of` or from the month after on: `person_id`, `held` (its programme), `award_id`.

    With `since`, also those whose cover ended later than that day.
    """
    terms = first_rows(data[AWARD]).select(
        "award_id", nw.col("programme").alias("held"), nw.col("to_month_index").alias("ends")
    )
    rows = spans(data, terms).filter(_in_force(data, since))
    return rows.join(terms.select("award_id", "held"), on="award_id", how="inner").select(
        "person_id", "held", "award_id"
    )


def covered_households(data: Tables, since: date | None = None) -> Frame:
    """The same of households: `household_id`, `held`, `award_id`, `named` (does any beneficiary row name a person?)."""
    rows = first_rows(data[AWARD]).select(
        "household_id",
        nw.col("programme").alias("held"),
        "award_id",
        nw.col("from_month_index").alias("since"),
        nw.col("to_month_index").alias("until"),
    )
    people = data[BENEFICIARY].select("award_id").unique().with_columns(nw.lit(value=True).alias("named"))
    return (
        rows.filter(_in_force(data, since))
        .join(people, on="award_id", how="left")
        .select("household_id", "held", "award_id", nw.col("named").fill_null(value=False))
    )


def applied(data: Tables, since: date) -> Frame:
    """Applications open, or refused later than that day: `household_id`, `person_id` (who applied), `programme`.

    And `region_code` (village), `day`, `on`: when each was accepted, `as_of` where nobody knows; `surely`: false of a
    refusal without its day, which may be as fresh or long past, unless it was accepted later than that day itself.
    """
    before = (since - date(1970, 1, 1)).days
    after = nw.coalesce(nw.col("decided_at_day"), nw.col("accepted_at_day")) > before
    undated = nw.col("decided_at_day").is_null()
    still_open = undated & nw.col("decision").is_null()
    refused = (nw.col("decision") == "refused") & (undated | after)
    asked = first_rows(data[APPLICATION]).filter(nw.col("accepted_at_day").fill_null(0) <= data.as_of_day)
    recent = asked.filter((still_open | refused).fill_null(value=False))
    return household_region(data, recent, otherwise="region_code").select(
        "household_id",
        nw.col("applicant_person_id").alias("person_id"),
        "programme",
        "region_code",
        nw.coalesce(nw.col("accepted_at_day"), nw.lit(data.as_of_day)).cast(nw.Int32).alias("day"),
        nw.coalesce(nw.col("accepted_at").cast(nw.Date), nw.lit(data.as_of)).alias("on"),
        (still_open | after).fill_null(value=False).alias("surely"),
    )


def for_another(data: Tables, policy: Policy, asked: Frame) -> Frame:
    """Which applications of persons' programmes (as `applied` gives them) may have been asked for somebody at home?

    Those whose applicant did not, or perhaps not, meet the programme's facts of a person when it was accepted: a
    guardian for a child, a spouse for the disabled. Whoever met them asked for themself alone.
    `household_id`, `programme`, `surely`.
    """
    key = list(PERSON_KEY)
    one_each = asked.group_by(*key).agg(nw.col("on").min(), nw.col("region_code").min())
    judged = persons_entitled(data, policy, one_each.filter(~nw.col("person_id").is_null()))
    themselves = judged.filter(nw.col("fits").fill_null(value=False)).select(*key)
    return asked.join(themselves, on=key, how="anti").select("household_id", "programme", "surely").unique()


def forbidden(data: Tables, policy: Policy, rows: Frame, held: Frame, key: tuple[str, ...]) -> Frame:
    """Whose `programme` is forbidden by an award held (`key`, `held`)? Rows have `key`, `programme`, `region_code`."""
    both = once(
        rows.select(*key, "programme", "region_code").join(held.select(*key, "held"), on=list(key), how="inner")
    )
    named = {"a": "programme", "b": "held"}
    judged = policy.in_force(both, "exclusive", on=data.as_of, into="action", scope=named, field="action")
    judged = policy.in_force(judged, "exclusive", on=data.as_of, into="unless", scope=named, field="unless")
    barred = judged.filter(nw.col("action") == "forbid")
    lifted = (
        barred.select(*key, "programme", "held", "unless")
        .join(held.select(*key, nw.col("held").alias("unless")).unique(), on=[*key, "unless"], how="inner")
        .select(*key, "programme", "held")
        .unique()
    )
    return barred.join(lifted, on=[*key, "programme", "held"], how="anti").select(*key, "programme").unique()


def _in_force(data: Tables, since: date | None) -> nw.Expr:
    """Does a span `since` … `until` reach into `as_of`'s month or the next, or end later than the day?"""
    first = data.as_of_month
    if since is not None:
        is_last = since.day == monthrange(since.year, since.month)[1]
        first = min(first, since.year * 12 + since.month - 1 + (1 if is_last else 0))
    begun = nw.col("since") <= data.as_of_month + 1
    return begun & (nw.col("until").is_null() | (nw.col("until") >= first))
