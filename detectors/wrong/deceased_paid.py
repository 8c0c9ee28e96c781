"""Was aid paid for months after the covered persons had died?

Contract §5, any programme; one lead an award. A month counts by the `month` paid for, never by the day of payment, so
pay for the month of death and arrears are innocent; reversals are netted within the award. For each month paid, the
persons covered are those whose beneficiary row is in force, or where none is, those whose rows ended last; no row
outlives its award.

- All of them dead before the month: `exclude`; in doubt is all that was paid for such months.
- Some alive, a dead one still counted later than death_grace_months after the month of death, and no less paid than in
  that month: `verify`; in doubt is only the dead persons' share by head.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import PARTS, last_month
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, first_rows, household_region, leads, open_cases
from casework.means.members import DEATHS, deaths
from casework.policy import Policy
from casework.proof import of_payments, of_persons
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MATCH, PAYMENT, PERSON
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
PERSONS = Text("人", "persons")

LATELY: Final = Innocent(
    Text(
        "其他成员健在,一名成员身故未久,尚在调整期限内",
        "Others live on, and a member died lately: still within the time to adjust",
    ),
    (needs(BENEFICIARY, "from_month"),),
)

CARD = Card(
    scheme="deceased_paid",
    family="wrong",
    subject="award",
    title=Text("身故后仍发放(待核实)", "Paid after death (to verify)"),
    question=Text("保障对象身故之后的月份是否仍在发放?", "Was aid paid for months after the covered persons had died?"),
    folk=Text("死人保", "Aid to the dead"),
    rule="death_grace_months",
    needs=(
        needs(AWARD),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
    ),
    either=(needs(PERSON, "died_on"), needs(MATCH, "kind", "from_on")),
    also_uses=(
        needs(AWARD, "programme", "household_no", "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="exclude",
    severity="money",
    confidence=0.9,
    reason=Text(
        "疑似身故后发放:保障对象最晚于 {death_month} 身故,此后 {months} 个月仍发放 {amount_fen} 元",
        "Possibly paid after death: the last covered person died in {death_month}; {amount_fen} yuan were paid for"
        " {months} later months",
    ),
    facts={
        "case": Fact(
            Text("情形", "Case"),
            words={
                "all": Text("保障对象均已身故", "every covered person has died"),
                "one": Text("部分成员身故后未核减", "one of several died and the amount was not reduced"),
            },
        ),
        "death_month": Fact(Text("身故月份", "Month of death")),
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), MONTHS),
        "grace": Fact(Text("调整期限", "Time to adjust"), MONTHS),
        "covered": Fact(Text("保障人数", "Persons covered"), PERSONS),
        "dead": Fact(Text("其中已故", "Of them dead"), PERSONS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "{first_month} 至 {last_month} 的 {months} 个月均晚于 {death_month},当月冲正相抵后共发 {paid_fen} 元,"
        "减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元",
        "Paid for {months} months from {first_month} to {last_month}, all after {death_month}, reversals of a month"
        " netted: {paid_fen} yuan, less {recovered_fen} taken back later: {amount_fen} yuan in doubt",
    ),
    cases={
        "one": Wording(
            Text(
                "疑似未核减:一名成员于 {death_month} 身故,超过 {grace} 个月后仍按原额发放 {months} 个月,"
                "存疑 {amount_fen} 元",
                "Possibly not reduced: a member died in {death_month}; more than {grace} months later the amount was"
                " still no lower, for {months} months; {amount_fen} yuan are in doubt",
            ),
            Text(
                "{first_month} 至 {last_month} 的 {months} 个月共发 {paid_fen} 元,不低于身故当月;"
                "每月按已故 {dead} 人占保障 {covered} 人的份额计,减去此后追回的 {recovered_fen} 元,"
                "存疑 {amount_fen} 元,其余不存疑",
                "{paid_fen} yuan for {months} months from {first_month} to {last_month}, no less than in the month of"
                " death; each month the share of {dead} dead among {covered} covered, less {recovered_fen} taken back"
                " later: {amount_fen} yuan are in doubt, the rest is not",
            ),
        )
    },
    innocent=(
        Innocent(Text("发放的是身故当月", "Paid for the month of death"), (needs(PAYMENT, "month"),)),
        Innocent(Text("补发身故以前的月份", "Arrears for months before the death"), (needs(PAYMENT, "month"),)),
        LATELY,
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("身故登记有误或号码被他人误用", "The register of deaths errs, or the number is another's")),
        Innocent(Text("家属已退回现金而未入账", "The family returned the money; not booked")),
    ),
    verify=Text(
        "核对死亡证明或火化证明、户籍注销日期与发放账户流水,入户了解",
        "Compare the death or cremation certificate, the deregistration and the account statement; visit the household",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award paid beyond the deaths of those it covers; ordered by the amount in doubt."""
    judged = once(_months(data, policy))
    some = (nw.col("paid_fen") > 0).fill_null(value=True)
    unsure = some & (
        ((nw.col("alive") > 0) & (nw.col("unknown") > 0)) | nw.col("paid_fen").is_null() & (nw.col("alive") == 0)
    )
    zero, month = nw.lit(0), nw.col("month_index")
    doubt = judged.with_columns(
        nw.when((nw.col("alive") == 0) & (nw.col("paid_fen") > 0))
        .then(nw.col("paid_fen"))
        .otherwise(zero)
        .alias("all"),
        nw.when((nw.col("alive") > 0) & (nw.col("paid_fen") > 0))
        .then(nw.col("paid_fen") * nw.col("unreduced") * PARTS // nw.col("covered"))
        .otherwise(zero)
        .alias("parts"),
        nw.when(nw.col("paid_fen") < 0).then(0 - nw.col("paid_fen")).otherwise(zero).alias("back"),
    ).with_columns(
        nw.col("all").sum().over("award_id").alias("all_sum"),
        (nw.col("parts").sum().over("award_id") // PARTS).alias("one_sum"),
        nw.when(nw.col("all") > 0).then(month).min().over("award_id").alias("all_since"),
        nw.when((nw.col("all") > 0) | (nw.col("parts") > 0)).then(month).min().over("award_id").alias("any_since"),
    )
    settled = doubt.with_columns(  # money taken back later settles what it was paid for (decision 51)
        *(
            nw.when(month >= nw.col(f"{name}_since"))
            .then(nw.col("back"))
            .otherwise(zero)
            .sum()
            .over("award_id")
            .alias(f"{name}_back")
            for name in ("all", "any")
        ),
    ).with_columns(
        nw.when(nw.col("all_sum") > nw.col("all_back")).then(nw.lit("all")).otherwise(nw.lit("one")).alias("case"),
        nw.max_horizontal(nw.col("any_back") - nw.col("all_sum"), zero).alias("one_back"),
    )
    found = (
        settled.filter(
            ((nw.col("case") == "all") & (nw.col("all") > 0))
            | ((nw.col("case") == "one") & (nw.col("parts") > 0) & (nw.col("one_sum") > nw.col("one_back")))
        )
        .group_by("award_id", "case")
        .agg(
            nw.col("month").min().alias("first_month"),
            nw.col("month").max().alias("last_month"),
            nw.col("month_index").min().alias("since_index"),
            nw.col("month_index").max().alias("until_index"),
            nw.len().cast(nw.Int64).alias("months"),
            nw.col("paid_fen").sum().cast(nw.Int64).alias("paid_fen"),
            nw.col("all_sum").max().cast(nw.Int64).alias("all_sum"),
            nw.col("all_back").max().cast(nw.Int64).alias("all_back"),
            nw.col("one_sum").max().cast(nw.Int64).alias("one_sum"),
            nw.col("one_back").max().cast(nw.Int64).alias("one_back"),
            nw.col("last_death").max().alias("last_death"),
            nw.col("first_unreduced").min().alias("first_unreduced"),
            nw.col("covered").max().cast(nw.Int64).alias("covered"),
            nw.col("unreduced").max().cast(nw.Int64).alias("unreduced"),
            nw.col("grace").max().alias("grace"),
        )
        .with_columns(
            nw.when(nw.col("case") == "all")
            .then(nw.col("all_back"))
            .otherwise(nw.col("one_back"))
            .alias("recovered_fen"),
            nw.when(nw.col("case") == "all").then(nw.col("all_sum")).otherwise(nw.col("one_sum")).alias("doubt_fen"),
            nw.when(nw.col("case") == "all").then(nw.col("covered")).otherwise(nw.col("unreduced")).alias("dead"),
            nw.when(nw.col("case") == "all")
            .then(nw.col("last_death"))
            .otherwise(nw.col("first_unreduced"))
            .alias("death_month"),
        )
        .with_columns((nw.col("doubt_fen") - nw.col("recovered_fen")).alias("amount_fen"))
    )
    named = found.join(
        first_rows(data[AWARD]).select("award_id", "award_no", "household_id"), on="award_id", how="inner"
    )
    return leads(
        CARD,
        household_region(data, named),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        level=nw.when(nw.col("case") == "all").then(nw.lit("exclude")).otherwise(nw.lit("verify")),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "since_index", "until_index"),
        evidence=(
            of_payments(data),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            of_persons(data, PERSON, ("died_on",), ~nw.col("died_on").is_null()),
            of_persons(data, MATCH, ("id_no", "kind", "source", "from_on"), nw.col("kind").is_in(DEATHS)),
        ),
        undecidable=open_cases(found, judged.filter(unsure)),
        unchecked=[(LATELY, nw.col("case") != "one")],
    )


def _months(data: Tables, policy: Policy) -> Frame:
    """Every month paid beyond a death, of every award that covers a dead person.

    `paid_fen` (null: unknown, perhaps reversed); `covered` persons of that month, `alive` among them (a person is alive
    in the month of death); `last_death`; `grace`; `unreduced` persons: dead longer than the grace, still counted, paid
    no less than in their month of death, `first_unreduced` the first death among them; `unknown`: persons who might be,
    were the grace or the amounts known.
    """
    dead = once(
        deaths(data).select(
            "person_id", nw.col("death").alias("death_date"), nw.col("death_index").cast(nw.Int32).alias("death")
        )
    )
    rows = data[BENEFICIARY].select("award_id", "person_id", "from_month_index", "to_month_index")
    bereaved = (
        rows.join(dead, on="person_id", how="inner").group_by("award_id").agg(nw.col("death").min().alias("first"))
    )
    paid = once(
        data[PAYMENT]
        .select("award_id", "month", "month_index", "amount_fen")
        .with_columns(nw.when(nw.col("amount_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("blank"))
        .join(bereaved, on="award_id", how="inner")
        .filter(nw.col("month_index") >= nw.col("first"))
        .group_by("award_id", "month_index")
        .agg(
            nw.col("amount_fen").sum().cast(nw.Int64).alias("known_fen"),
            nw.col("blank").max(),
            nw.col("month").min(),
            nw.col("first").min(),
        )
        .with_columns(nw.when(nw.col("blank") == 0).then(nw.col("known_fen")).alias("paid_fen"))
        .drop("known_fen", "blank")
    )
    later = paid.filter(nw.col("month_index") > nw.col("first"))
    awards = first_rows(data[AWARD]).join(later.select("award_id"), on="award_id", how="semi")
    terms = household_region(data, awards.select("award_id", "programme", "household_id", "to_month_index"))
    counted = _counted(later, rows, dead, terms.select("award_id", nw.col("to_month_index").alias("ends")))
    counted = counted.join(terms.select("award_id", "programme", "region_code"), on="award_id", how="left")
    counted = policy.in_force(counted, "death_grace_months", on="month", into="grace")
    then = paid.filter(nw.col("paid_fen") > 0).select(  # a month wholly taken back says nothing of what was due
        "award_id", nw.col("month_index").alias("death"), nw.col("paid_fen").alias("then_fen")
    )
    one, none = nw.lit(1), nw.lit(0)
    still = nw.col("in_force") & (nw.col("death") < nw.col("month_index"))
    past = nw.col("month_index") > nw.col("death") + nw.col("grace")
    unreduced = still & past & (nw.col("paid_fen") >= nw.col("then_fen"))
    amounts = nw.col("then_fen").is_null() | nw.col("paid_fen").is_null()
    unknown = still & ((nw.col("grace_state") == 0) | (past & amounts))
    persons = counted.join(then, on=["award_id", "death"], how="left").with_columns(
        nw.when(nw.col("death").is_null() | (nw.col("death") >= nw.col("month_index")))
        .then(one)
        .otherwise(none)
        .alias("alive"),
        nw.when(unreduced).then(one).otherwise(none).alias("unreduced"),
        nw.when(unreduced).then(nw.col("death_date")).alias("first_unreduced"),
        nw.when(unknown).then(one).otherwise(none).alias("unknown"),
    )
    return persons.group_by("award_id", "month_index", "month", "paid_fen").agg(
        nw.len().cast(nw.Int64).alias("covered"),
        nw.col("alive").sum(),
        nw.col("unreduced").sum(),
        nw.col("unknown").sum(),
        nw.col("first_unreduced").min(),
        nw.col("death_date").max().alias("last_death"),
        nw.col("grace").max(),
    )


def _counted(later: Frame, rows: Frame, dead: Frame, ends: Frame) -> Frame:
    """The persons covered in each month paid: their rows are in force, or where none is, ended last."""
    known = (
        rows.join(ends, on="award_id", how="inner")
        .join(dead, on="person_id", how="left")
        .with_columns(last_month().alias("to"))
    )
    each = (
        later.join(known, on="award_id", how="inner")
        .filter(nw.col("from_month_index") <= nw.col("month_index"))
        .with_columns(
            nw.when(nw.col("to") < nw.col("month_index"))
            .then(nw.col("to"))
            .otherwise(nw.col("month_index"))
            .alias("reach")
        )
        .with_columns(nw.col("reach").max().over("award_id", "month_index").alias("furthest"))
        .filter(nw.col("reach") == nw.col("furthest"))
    )
    return (
        each.group_by("award_id", "month_index", "person_id")
        .agg(
            nw.col("month").min(),
            nw.col("paid_fen").min(),
            nw.col("death").min(),
            nw.col("death_date").min(),
            nw.col("reach").max(),
        )
        .with_columns((nw.col("reach") == nw.col("month_index")).alias("in_force"))
    )
