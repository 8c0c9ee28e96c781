"""Who is entitled to aid by the facts, and has none?

Contract §5, policy `entitlement`: the facts of `as_of` meet it, and there is no award in force (or beginning in the
month after), none that excludes it, no open application, and no refusal or exit later than the same day six months
before. A person for what a person is entitled to (orphan, disability, old age), a household for dibao; one lead a
programme. For information only where a statement, or a custody that counts, was last told of more than twelve months
ago; a death does not age. Ordered by hardship; owed is a year of what would be due.
"""

from dataclasses import replace
from datetime import date
from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.compared import compared
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, first_rows, leads
from casework.means.grounds import FACTS, KEEP, OF_INCOME, YUAN, of_households, of_persons, proof, shaped, worded
from casework.means.hardship import with_hardship
from casework.means.hindsight import PROTECTED
from casework.means.overlooked import overlooked_households, overlooked_persons, unstated_households
from casework.means.owed import owed_to_households, owed_to_persons
from casework.means.pending import day_before
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, KIN, MATCH, MEANS, MEMBER, PAYMENT, PERSON
from casework.text import Text

EPOCH: Final = date(1970, 1, 1)
NONE: Final = Text("无定额", "no fixed amount")


def _reason(grounds: Text) -> Text:
    return Text(
        f"疑似漏享{{programme}}:{grounds.zh};未见在享或近期退出记录,{{applications}}",
        f"Possibly without {{programme}}: {grounds.en}; no award and no fresh exit is on record, {{applications}}",
    )


def _arithmetic(sums: Text) -> Text:
    return Text(
        f"{sums.zh};月应得 {{month_fen}} 元 × 12,减可补差救助,年应得 {{amount_fen}} 元;按困难指数 {{points}} 分排序",
        f"{sums.en}; {{month_fen}} yuan a month × 12, less what it may only top up: {{amount_fen}} yuan a year; ordered"
        " by {points} points of hardship",
    )


def _open(sums: Text) -> Text:
    return Text(
        f"{sums.zh};该项救助无定额,应得金额未知;按困难指数 {{points}} 分排序",
        f"{sums.en}; no amount is fixed for it, so what is owed is unknown; ordered by {{points}} points of hardship",
    )


OPEN: Final = "_open"  # the same case, of a programme with no amount to reckon with
CASES: Final = {
    **worded(_reason, _arithmetic),
    **{f"{case}{OPEN}": wording for case, wording in worded(_reason, _open).items()},
}

CARD = Card(
    scheme="missed_entitlement",
    family="missed",
    subject="person",
    title=Text("符合条件未享受(待核实)", "Entitled and without aid (to verify)"),
    question=Text(
        "依现有事实应享受救助的人员或家庭,是否尚未享受?", "Who is entitled to aid by the facts, and has none?"
    ),
    folk=Text("漏保", "The overlooked"),
    rule="entitlement",
    other_rules=(
        "exclusive",
        "dibao_standard",
        "veto",
        "benefit_amount",
        "benefit_mode",
        "hardship_weight",
        "missed_entitlement",
    ),
    needs=(
        needs(PERSON, "born_on"),
        needs(AWARD, "programme", "from_month"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    also_uses=(
        needs(APPLICATION, "programme", "accepted_at", "decision"),
        needs(PERSON, "disability_grade"),
        needs(HOUSEHOLD, "region_code"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(KIN, "relation"),
        needs(MATCH, "kind", "from_on", "to_on", "value", "detail"),
        needs(MEANS, "item", "as_of"),
        needs(PAYMENT, "month", "amount"),
    ),
    level="verify",
    severity="person",
    confidence=0.8,
    reason=CASES["age"].reason,
    facts={
        **FACTS,
        "case": replace(
            FACTS["case"],
            words={f"{case}{tail}": word for case, word in FACTS["case"].words.items() for tail in ("", OPEN)},
        ),
        "applications": Fact(
            Text("申请核对", "Applications"),
            words={
                "compared": Text("未见在办申请或近期不予同意", "no open application and no fresh refusal either"),
                "absent": Text("无申请数据,是否正在申请未知", "applications were not compared: one may be open"),
            },
        ),
        "month_fen": Fact(Text("月应得金额", "Due a month"), YUAN, absent=NONE),
        "amount_fen": Fact(Text("年应得金额", "Owed a year"), YUAN, absent=NONE),
    },
    arithmetic=CASES["age"].arithmetic,
    cases=CASES,
    rests_on={"income": OF_INCOME, f"income{OPEN}": OF_INCOME},
    innocent=(
        Innocent(Text("申请正在办理", "An application is under way"), (needs(APPLICATION, "decision"),)),
        Innocent(
            Text("近半年内刚不予同意或退出", "Refused or ended within six months"),
            (needs(AWARD, "to_month"), needs(APPLICATION, "decision")),
        ),
        Innocent(Text("已享受不得兼领的其他救助", "Covered by aid that excludes it"), (needs(AWARD, "programme"),)),
        Innocent(Text("下月起已批准享受", "Approved from next month on"), (needs(AWARD, "from_month"),)),
        Innocent(Text("本人已知晓并放弃申请", "The person knows and does not want it")),
        Innocent(Text("在外地享受,或登记有误", "Has it elsewhere, or the register errs")),
    ),
    verify=Text(
        "入户了解,核对户口簿、残疾证、父母情况证明与收入财产,符合的协助申请",
        "Visit; compare the household register, the certificate of disability, papers on the parents, income and"
        " property; help those entitled to apply",
    ),
    protected=PROTECTED,
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per person or household and programme; ordered by hardship."""
    people = once(overlooked_persons(data, policy))
    homes = once(overlooked_households(data, policy))
    found = once(
        nw.concat(
            [
                _of_persons(data, policy, people.filter(nw.col("meets"))),
                _of_households(data, policy, homes.filter(nw.col("meets"))),
            ]
        )
    )
    stale = (day_before(data.as_of, int(policy.tuning("missed_entitlement", "stale"))) - EPOCH).days
    unpriced = nw.col("month_fen").is_null() | nw.col("amount_fen").is_null()
    found = found.with_columns(
        nw.when(unpriced).then(nw.concat_str("case", nw.lit(OPEN))).otherwise(nw.col("case")).alias("case"),
        compared(data, needs(APPLICATION, "programme", "accepted_at")).alias("applications"),
    )
    old = (nw.col("told_day") < stale).fill_null(value=False)
    unknown = [
        people.filter(nw.col("meets").is_null()).select("person_id", "programme"),
        homes.filter(nw.col("meets").is_null()).select(nw.col("household_id").alias("person_id"), "programme"),
        unstated_households(data, policy).select(
            nw.col("household_id").alias("person_id"), nw.lit("").alias("programme")
        ),
    ]
    return leads(
        CARD,
        with_hardship(data, policy, found),
        subject="subject",
        kind=nw.col("kind"),
        part=nw.col("programme"),
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        level=nw.when(old).then(nw.lit("info")).otherwise(nw.lit("verify")),
        amount_fen=nw.col("amount_fen"),
        keep=KEEP,
        evidence=proof(data),
        undecidable=nw.concat(unknown),
    )


def _of_persons(data: Tables, policy: Policy, people: Frame) -> Frame:
    rows = of_persons(policy, owed_to_persons(data, policy, people)).with_columns(
        nw.col("person_id").cast(nw.String).alias("subject"),
        nw.lit("person").alias("kind"),
        nw.col("year_fen").alias("amount_fen"),
    )
    return _shaped(rows)


def _of_households(data: Tables, policy: Policy, homes: Frame) -> Frame:
    numbers = first_rows(data[HOUSEHOLD]).select("household_id", nw.col("household_no").alias("subject"))
    rows = of_households(data, owed_to_households(data, policy, homes)).with_columns(
        nw.lit("household").alias("kind"), nw.col("year_fen").alias("amount_fen")
    )
    return _shaped(rows.join(numbers, on="household_id", how="inner"))


def _shaped(rows: Frame) -> Frame:
    return shaped(rows, subject=nw.String, kind=nw.String, month_fen=nw.Int64, amount_fen=nw.Int64)
