"""Was temporary aid approved for one household and one cause more often, or with more money, than a year allows?

Contract §5: approved temporary programmes, emergency and expenditure together, of the same cause (an application
without one matches none), decided in one calendar year: more than temporary_per_year of them, or more granted than
temporary_cap, each in force on the days of decision (of several the most generous). One lead a household, however many
causes and years: the facts tell the worst and count the rest.

Granted is what the awards of the application were paid, reversals netted, else its one-off amount. In doubt is what was
granted beyond the number or beyond the cap, whichever is more; where the amount of one of these approvals is not
known, neither is this one. What was wholly taken back is not in doubt.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import paid
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, first_rows, household_region, leads
from casework.means.figures import whole_number
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, PAYMENT, Table
from casework.text import Text

YUAN = Text("元", "yuan")
TIMES = Text("次", "times")
TEMPORARY: Final = "temporary_"  # how the codes of these programmes begin
GROUP: Final = ("household_id", "cause", "year")
CAUSES: Final = {option.code: option.label for option in APPLICATION["cause"].options}

CARD = Card(
    scheme="repeat_temporary",
    family="duplicate",
    subject="household",
    title=Text("同一事由重复临时救助(待核实)", "Temporary aid again for one cause (to verify)"),
    question=Text(
        "同一户同一事由一年内的临时救助是否超过规定次数或上限?",
        "Was temporary aid approved for one household and cause more often, or with more money, than a year allows?",
    ),
    folk=Text("重复救助", "Aid given again"),
    rule="temporary_per_year",
    other_rules=("temporary_cap",),
    needs=(needs(APPLICATION, "programme", "household_no", "decision", "decided_at", "cause"),),
    also_uses=(
        needs(APPLICATION, "one_off"),
        needs(AWARD, "application_no"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="verify",
    severity="money",
    confidence=0.7,
    reason=Text(
        "疑似重复救助:{year} 年因{cause}获临时救助 {times} 次,规定一年 {limit} 次,存疑 {amount_fen} 元",
        "Possibly repeated: temporary aid {times} times in {year} for {cause}; the rule allows {limit} a year;"
        " {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("情形", "Case"),
            words={"times": Text("超过次数", "more often"), "cap": Text("超过上限", "more money")},
        ),
        "cause": Fact(Text("致困原因", "Cause"), words=CAUSES),
        "year": Fact(Text("年份", "Year")),
        "times": Fact(Text("批准次数", "Approved"), TIMES),
        "limit": Fact(Text("规定次数", "Allowed"), TIMES, absent=Text("不限", "no limit")),
        "granted_fen": Fact(Text("该事由当年共发", "Granted for it that year"), YUAN),
        "cap_fen": Fact(Text("年度上限", "Cap a year"), YUAN, absent=Text("不限", "no cap")),
        "groups": Fact(Text("超出的事由与年份数", "Causes and years beyond the rule")),
        "causes": Fact(Text("全部超出的事由", "All causes beyond the rule"), words=CAUSES, many=True),
        "first_on": Fact(Text("首次批准", "First approved")),
        "last_on": Fact(Text("末次批准", "Last approved")),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "{year} 年因{cause}批准 {times} 次,共 {granted_fen} 元;规定 {limit} 次;超出次数的部分存疑,"
        "{groups} 组合计 {amount_fen} 元",
        "Approved {times} times in {year} for {cause}, {granted_fen} yuan in all; {limit} allowed; what lies beyond"
        " is in doubt, {amount_fen} yuan over {groups} such groups of cause and year",
    ),
    cases={
        "cap": Wording(
            Text(
                "疑似超过上限:{year} 年因{cause}获临时救助共 {granted_fen} 元,上限 {cap_fen} 元,存疑 {amount_fen} 元",
                "Possibly beyond the cap: temporary aid of {granted_fen} yuan in {year} for {cause}; the cap is"
                " {cap_fen}; {amount_fen} yuan are in doubt",
            ),
            Text(
                "{year} 年因{cause}共发 {granted_fen} 元,减上限 {cap_fen} 元;{groups} 组合计存疑 {amount_fen} 元",
                "{granted_fen} yuan in {year} for {cause} less the cap of {cap_fen}; over {groups} such groups of"
                " cause and year {amount_fen} yuan are in doubt",
            ),
        )
    },
    innocent=(
        Innocent(Text("事由不同", "The causes differ"), (needs(APPLICATION, "cause"),)),
        Innocent(Text("不在同一年批准", "Not approved in the same year"), (needs(APPLICATION, "decided_at"),)),
        Innocent(Text("其中一次未获批准或已撤回", "One was refused or withdrawn"), (needs(APPLICATION, "decision"),)),
        Innocent(
            Text("同类事由再次发生,如两次住院", "The same kind of thing happened again, such as two hospital stays")
        ),
        Innocent(Text("一次救助分次审批发放", "One aid, approved and paid in parts")),
        Innocent(Text("一事一议提高额度,有会议纪要", "Raised by a joint decision that is on record")),
    ),
    verify=Text(
        "调阅各次申请材料、审批记录与会议纪要,核对事由发生的时间与发放流水",
        "Read the applications, approvals and minutes; compare when each cause arose with the payments",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per household, ordered by the amount in doubt."""
    approved = first_rows(data[APPLICATION]).filter(
        nw.col("programme").str.starts_with(TEMPORARY) & (nw.col("decision") == "approved") & ~nw.col("cause").is_null()
    )
    dated = ~nw.col("decided_at").is_null()
    groups = _groups(_granted(data, policy, approved.filter(dated)))
    beyond = once(groups.filter(nw.col("raised")))
    unsure = [
        groups.filter(nw.col("unsure") & ~nw.col("raised")).select("household_id"),
        approved.filter(~dated).select("household_id"),
    ]
    return leads(
        CARD,
        _households(beyond),
        subject="household_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen").fill_null(0) / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_on"),
        until=nw.col("last_on"),
        keep=("household_id",),
        evidence=(
            _proof(
                data, beyond, APPLICATION, ("programme", "household_no", "decided_at", "decision", "cause", "one_off")
            ),
            _proof(data, beyond, AWARD, ("application_no", "programme")),
            _proof(data, beyond, PAYMENT, ("award_no", "month", "amount")),
        ),
        undecidable=nw.concat(unsure).unique(),
    )


def _granted(data: Tables, policy: Policy, approved: Frame) -> Frame:
    """Each approved application: `year`, `place` in its group, `granted_fen` (null: unknown), `limit`, `cap_fen`."""
    rows = household_region(data, approved, otherwise="region_code").select(
        "application_id",
        "application_no",
        "household_id",
        "household_no",
        "region_code",
        "programme",
        "cause",
        "decided_at",
        "decided_at_epoch",
        "decided_at_day",
        "one_off_fen",
        nw.col("decided_at").dt.year().cast(nw.Int32).alias("year"),
        nw.lit(1).cast(nw.Int64).alias("one"),
    )
    rows = once(rows)
    awards = first_rows(data[AWARD]).select("award_id", "application_id")
    linked = once(awards.join(rows.select("application_id"), on="application_id", how="semi"))
    sums = (
        paid(data, linked)
        .join(linked, on="award_id", how="inner")
        .with_columns(nw.when(nw.col("paid_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("blank"))
        .group_by("application_id")
        .agg(nw.col("paid_fen").sum().cast(nw.Int64), nw.col("blank").sum())
    )
    known = nw.when(nw.col("blank").is_null()).then(nw.col("one_off_fen")).when(nw.col("blank") == 0)
    rows = rows.join(sums, on="application_id", how="left").with_columns(
        known.then(nw.col("paid_fen")).cast(nw.Int64).alias("granted_fen"),
        nw.col("one").cum_sum().over(*GROUP, order_by=("decided_at_epoch", "application_no")).alias("place"),
    )
    rows = policy.in_force(rows, "temporary_per_year", on="decided_at", into="limit")
    return whole_number(policy, rows, "temporary_cap", on="decided_at", into="cap_fen")


def _groups(rows: Frame) -> Frame:
    """Each household, cause and year once: `raised`, `case`, `doubt_fen`; `unsure`: what is unknown might raise it."""
    none = nw.lit(0).cast(nw.Int64)

    def flag(condition: nw.Expr) -> nw.Expr:
        return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))

    widest = rows.with_columns(
        nw.col("limit").max().cast(nw.Int64).over(*GROUP), nw.col("cap_fen").max().over(*GROUP)
    ).with_columns(
        # Where one of the days knows no limit, the group has none.
        flag(nw.col("limit_state") == -1).max().over(*GROUP).alias("unlimited"),
        flag(nw.col("cap_fen_state") == -1).max().over(*GROUP).alias("uncapped"),
        flag(nw.col("limit_state") == 0).max().over(*GROUP).alias("limit_unknown"),
        flag(nw.col("cap_fen_state") == 0).max().over(*GROUP).alias("cap_unknown"),
    )
    later = (nw.col("place") > nw.col("limit")) & (nw.col("unlimited") == 0)
    groups = widest.with_columns(
        nw.when(later).then(nw.col("granted_fen")).alias("later_fen"),
        flag(nw.col("granted_fen").is_null()).alias("blank"),
        flag(later & nw.col("granted_fen").is_null()).alias("later_blank"),
    )
    summed = groups.group_by(*GROUP).agg(
        nw.col("household_no").min(),
        nw.col("region_code").min(),
        nw.col("decided_at").min().alias("first_at"),
        nw.col("decided_at").max().alias("last_at"),
        nw.col("one").sum().cast(nw.Int64).alias("times"),
        nw.col("granted_fen").sum().cast(nw.Int64),
        nw.col("later_fen").sum().cast(nw.Int64).alias("later_sum"),
        *(nw.col(name).max() for name in ("limit", "cap_fen", "blank", "later_blank")),
        *(nw.col(name).max() for name in ("unlimited", "uncapped", "limit_unknown", "cap_unknown")),
    )
    counted = (nw.col("unlimited") == 0) & (nw.col("limit_unknown") == 0)
    capped = (nw.col("uncapped") == 0) & (nw.col("cap_unknown") == 0)
    often = (counted & (nw.col("times") > nw.col("limit"))).fill_null(value=False)
    much = (capped & (nw.col("granted_fen") > nw.col("cap_fen"))).fill_null(value=False)
    by_times = nw.when(often).then(nw.col("later_sum"))
    by_cap = nw.when(much).then(nw.col("granted_fen") - nw.col("cap_fen"))
    doubt = nw.max_horizontal(nw.coalesce(by_times, by_cap), nw.coalesce(by_cap, by_times))
    doubt_unknown = (often & (nw.col("later_blank") == 1)) | (much & (nw.col("blank") == 1))
    unsure = ((nw.col("limit_unknown") == 1) & (nw.col("times") > 1)) | (nw.col("cap_unknown") == 1)
    return once(
        summed.with_columns(
            often.alias("often"),
            ((often | much) & (doubt_unknown | (doubt > 0))).alias("raised"),
            (unsure | (capped & (nw.col("blank") == 1))).alias("unsure"),
            nw.when(~doubt_unknown).then(doubt).alias("doubt_fen"),
            nw.when(nw.col("blank") == 0).then(nw.col("granted_fen")).alias("granted_fen"),
            nw.when(counted).then(nw.col("limit")).alias("limit"),
            nw.when(capped).then(nw.col("cap_fen")).alias("cap_fen"),
            (none - nw.col("times")).alias("fewest"),
            (none - nw.col("year")).alias("latest"),
        ).with_columns(nw.when(nw.col("often")).then(nw.lit("times")).otherwise(nw.lit("cap")).alias("case"))
    )


def _households(beyond: Frame) -> Frame:
    """Each household once: its worst group (most approvals, then the latest year), and sums over all of them."""
    ranked = beyond.with_columns(nw.lit(1).cast(nw.Int64).alias("one")).with_columns(
        nw.col("one").cum_sum().over("household_id", order_by=("fewest", "latest", "cause")).alias("place"),
    )
    flags = [nw.when(nw.col("cause") == code).then(nw.lit(code)).max().alias(f"cause_{code}") for code in CAUSES]
    summed = ranked.group_by("household_id").agg(
        nw.col("first_at").min(),
        nw.col("last_at").max(),
        nw.col("one").sum().cast(nw.Int64).alias("groups"),
        nw.col("doubt_fen").sum().cast(nw.Int64).alias("doubt_sum"),
        nw.when(nw.col("doubt_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias("doubt_blank"),
        *flags,
    )
    worst = ranked.filter(nw.col("place") == 1).drop("first_at", "last_at", "doubt_fen", "one", "place")
    joined = worst.join(summed, on="household_id", how="inner")
    names = [f"cause_{code}" for code in CAUSES]
    return joined.with_columns(
        nw.concat_str(*names, separator=";", ignore_nulls=True).alias("causes"),
        nw.when(nw.col("doubt_blank") == 0).then(nw.col("doubt_sum")).alias("amount_fen"),
        nw.col("first_at").cast(nw.Date).alias("first_on"),
        nw.col("last_at").cast(nw.Date).alias("last_on"),
    )


def _proof(data: Tables, beyond: Frame, table: Table, show: tuple[str, ...]) -> Evidence:
    """The approved applications of the groups beyond the rule, their awards, their payments."""

    def gather(found: Frame) -> Frame:
        dated = first_rows(data[APPLICATION]).filter(
            nw.col("programme").str.starts_with(TEMPORARY) & (nw.col("decision") == "approved")
        )
        dated = dated.with_columns(nw.col("decided_at").dt.year().cast(nw.Int32).alias("year"))
        rows = dated.join(found, left_on="household_id", right_on=f"{KEPT}household_id", how="inner").join(
            beyond.select(*GROUP), on=list(GROUP), how="semi"
        )
        if table is not APPLICATION:
            keys = rows.select("subject", "part", "application_id")
            rows = first_rows(data[AWARD]).join(keys, on="application_id", how="inner")
        if table is PAYMENT:
            rows = data[PAYMENT].join(rows.select("subject", "part", "award_id"), on="award_id", how="inner")
        columns = [*(part.main for part in table.key), *(table[name].main for name in show)]
        columns += [f"{name}_dated" for name in columns if f"{name}_dated" in table.schema]
        return rows.select("subject", "part", *dict.fromkeys(columns), "source_file", "source_row")

    return Evidence(table, show, gather)
