"""Was an award ended although the facts of the month after still entitled?

Contract §5: ended for income, assets, near_kin_clearance or other; policy `entitlement` on the first day of the month
after the last, with the statement that governed that month (the newest before its first day; single-person entry by the
edge line). Of a person's programme each person covered to the end is asked. Who still had it in that month by another
award, or then one that excludes it, lost nothing. Ordered by hardship.
"""

from datetime import timedelta
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, needs
from casework.covered import spans
from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.lead import Leads, evidence, first_rows, household_region, leads
from casework.means.entitlement import programmes
from casework.means.figures import first_day
from casework.means.grounds import FACTS, KEEP, OF_INCOME, of_households, of_persons, proof, shaped, worded
from casework.means.hardship import with_hardship
from casework.means.hindsight import PROTECTED, households_then, met, persons_then, undecided
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, KIN, MATCH, MEANS, MEMBER, PERSON
from casework.text import Text

REASONS: Final = ("income", "assets", "near_kin_clearance", "other")  # contract §5: what an office decides
YEAR_ONE: Final = 12  # the first month that a date can name


def _reason(grounds: Text) -> Text:
    return Text(
        f"疑似误退:{{programme}}自 {{to_month}} 之后停发(原因:{{end_reason}}),而次月的事实为:{grounds.zh}",
        f"Possibly ended in error: {{programme}} ended after {{to_month}} (reason: {{end_reason}}); the facts of the"
        f" month after: {grounds.en}",
    )


def _arithmetic(sums: Text) -> Text:
    return Text(
        f"{{to_month}} 次月:{sums.zh};按困难指数 {{points}} 分排序",
        f"In the month after {{to_month}}: {sums.en}; ordered by {{points}} points of hardship",
    )


CASES: Final = worded(_reason, _arithmetic)

CARD = Card(
    scheme="wrong_exit",
    family="missed",
    subject="award",
    title=Text("符合条件被停发(待核实)", "Ended though entitled (to verify)"),
    question=Text("停发次月事实仍符合条件的保障是否被终止?", "Was an award ended although the facts still entitled?"),
    folk=Text("误退", "Struck off"),
    rule="entitlement",
    other_rules=("dibao_standard", "edge_multiplier", "veto", "exclusive", "hardship_weight"),
    needs=(
        needs(AWARD, "programme", "from_month", "to_month", "end_reason"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PERSON, "born_on"),
    ),
    also_uses=(
        needs(AWARD, "household_no"),
        needs(PERSON, "disability_grade"),
        needs(HOUSEHOLD, "region_code"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(KIN, "relation"),
        needs(MATCH, "kind", "from_on", "to_on", "value", "detail"),
        needs(MEANS, "item", "as_of"),
        needs(APPLICATION, "single_person_basis"),
    ),
    level="verify",
    severity="person",
    confidence=0.7,
    reason=CASES["age"].reason,
    facts={
        **FACTS,
        "to_month": Fact(Text("末次享受月份", "Last month")),
        "end_reason": Fact(
            Text("终止原因", "Reason of ending"),
            words={option.code: option.label for option in AWARD["end_reason"].options},
        ),
    },
    arithmetic=CASES["age"].arithmetic,
    cases=CASES,
    rests_on={"income": OF_INCOME},
    innocent=(
        Innocent(Text("次月以另一保障继续享受", "It went on under another award"), (needs(AWARD, "programme"),)),
        Innocent(Text("转为不得兼领的其他救助", "Moved to aid that excludes it"), (needs(BENEFICIARY, "from_month"),)),
        Innocent(
            Text("收入或财产已不符合", "Income or property no longer fitted"),
            (needs(MEANS, "item"), needs(MATCH, "kind")),
        ),
        Innocent(Text("停发依据的新核对数据尚未录入", "The newer figures that led to it are not entered")),
        Innocent(Text("家庭自愿退出而原因登记为其他", "The family left by its own wish; filed under another reason")),
    ),
    verify=Text(
        "调阅停发审批与复核记录,核对停发时收入财产;符合的及时恢复",
        "Read the papers of the ending and the review; compare income and property of that time; restore where they"
        " entitle",
    ),
    protected=PROTECTED,
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award ended while the facts still entitled; ordered by hardship."""
    ended = once(_ended(data))
    people = once(_of_persons(data, policy, ended))
    homes = once(_of_households(data, policy, ended))
    counted = met(people).group_by("award_id").agg(nw.col("person_id").min())
    first = met(people).join(counted, on=["award_id", "person_id"], how="semi")
    entitled = nw.concat([_shaped(of_persons(policy, first)), _shaped(of_households(data, met(homes)))])
    named = once(
        entitled.join(ended.select("award_id", "award_no", "to_month", "end_reason"), on="award_id", how="inner")
    )
    return leads(
        CARD,
        with_hardship(data, policy, named),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        since=nw.col("to_month"),
        related=nw.col("person_id").cast(nw.String),
        keep=(*KEEP, "award_id"),
        evidence=(
            evidence(
                data,
                AWARD,
                on="award_id",
                show=("programme", "household_no", "from_month", "to_month", "end_reason"),
            ),
            *proof(data),
        ),
        undecidable=undecided(named, people, homes, by="award_id"),
    )


def _shaped(rows: Frame) -> Frame:
    return shaped(rows, award_id=nw.Int64)


def _ended(data: Tables) -> Frame:
    """Awards ended for such a reason, with the first day of the month after: `day`, `on`.

    That month has begun, or begins on the day after `as_of`.
    """
    last = data.as_of_month - (0 if (data.as_of + timedelta(days=1)).day == 1 else 1)
    rows = first_rows(data[AWARD]).filter(nw.col("end_reason").is_in(REASONS) & (nw.col("to_month_index") <= last))
    bases = first_rows(data[APPLICATION]).select("application_id", nw.col("single_person_basis").alias("applied_basis"))
    rows = rows.join(bases, on="application_id", how="left").with_columns(
        (~nw.col("single_person_basis").is_null() | ~nw.col("applied_basis").is_null()).alias("single"),
        (nw.col("to_month_index") + 1).cast(nw.Int32).alias("after_index"),
    )
    # the portable subset makes no date of a number
    months = pl.DataFrame({"after_index": range(data.as_of_month + 2)}, schema={"after_index": pl.Int32()})
    months = months.filter(pl.col("after_index") >= YEAR_ONE).with_columns(
        on=pl.date(pl.col("after_index") // 12, pl.col("after_index") % 12 + 1, 1)
    )
    dated = rows.join(beside(rows, months), on="after_index", how="inner")
    return household_region(data, dated).select(
        "award_id",
        "award_no",
        "programme",
        "household_id",
        "region_code",
        "single",
        "end_reason",
        "to_month",
        "to_month_index",
        nw.col("to_month_index").alias("ends"),
        "on",
        first_day("after_index").alias("day"),
    )


def _of_persons(data: Tables, policy: Policy, ended: Frame) -> Frame:
    """Each ended award of a person's programme with everyone covered in its last month: `meets`."""
    own, _ = programmes(policy)
    rows = ended.filter(nw.col("programme").is_in(own))
    people = spans(data, rows).filter(nw.col("since") <= nw.col("until"))
    asked = rows.select("award_id", "programme", "household_id", "region_code", "day", "on", "to_month_index").join(
        people, on="award_id", how="inner"
    )
    asked = asked.filter(nw.col("until") >= nw.col("to_month_index")).drop("since", "until", "to_month_index")
    return persons_then(data, policy, once(asked.unique()), by="award_id")


def _of_households(data: Tables, policy: Policy, ended: Frame) -> Frame:
    """Each ended award of a household's programme: `meets`."""
    _, shared = programmes(policy)
    rows = ended.filter(nw.col("programme").is_in(shared))
    dated = rows.with_columns((nw.col("day") - 1).cast(nw.Int32).alias("statement_day"))
    return households_then(data, policy, dated, by="award_id")
