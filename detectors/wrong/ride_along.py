"""Was somebody added to an award without a review, or without living in the household?

Contract §5, dibao; one lead an award. A person's own first month is that of the earliest of their beneficiary rows in
the award. Raised is a person whose own first month is after the award's and who has no review dated between the award's
first month and the end of their own ("unreviewed"; a newborn, counted within the months of tuning `newcomers` after
that of the birth, needs none), and a person who is a co-living member of the household on no day of their own first
month ("outside"). A household without any member row says nothing of who lives in it: undecidable.

In doubt is only these persons' share by head of what was paid for the months that cover them, less what was taken back
in another month; where a month's amount is not known, neither is this one. Where all of it was taken back, nothing is
raised.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.compared import known
from casework.covered import PARTS, awards, heads, paid, recovered, reversed_months, spans, within
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, first_rows, household_region, kept, leads
from casework.means.figures import first_day, month_of
from casework.means.members import deaths
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MATCH, MEMBER, PAYMENT, PERSON, REVIEW
from casework.text import Text

PROGRAMME: Final = "dibao"
YUAN = Text("元", "yuan")
PERSONS = Text("人", "persons")
RIDER: Final = ("award_id", "person_id")

CARD = Card(
    scheme="ride_along",
    family="wrong",
    subject="award",
    title=Text("未经复核增加保障对象(待核实)", "A person added without a review (to verify)"),
    question=Text(
        "保障对象是否未经动态复核中途增加,或并非共同生活的家庭成员?",
        "Was somebody added to an award without a review, or without living in the household?",
    ),
    folk=Text("搭车保", "Riding along"),
    rule="newcomers",
    needs=(
        needs(AWARD, "programme", "household_no", "from_month"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    either=(needs(REVIEW, "reviewed_on"), needs(MEMBER, "joined_on", "co_living")),
    also_uses=(
        needs(MEMBER, "left_on"),
        needs(AWARD, "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(HOUSEHOLD, "region_code"),
        needs(PERSON, "born_on", "died_on"),
        needs(MATCH, "kind", "from_on"),
    ),
    level="verify",
    severity="money",
    confidence=0.6,
    reason=Text(
        "疑似未经复核增加:保障自 {award_month} 起,{riders} 人自 {first_month} 起中途增加,此前没有复核记录,"
        "存疑 {amount_fen} 元",
        "Possibly added without a review: the award began in {award_month}; {riders} persons were added from"
        " {first_month} with no review before; {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("情形", "Case"),
            words={
                "unreviewed": Text("增加前没有复核", "added without a review"),
                "outside": Text("当月并非共同生活的成员", "did not live in the household that month"),
            },
        ),
        "award_month": Fact(Text("保障起始月", "Award from")),
        "first_month": Fact(Text("最早计入月份", "First counted from")),
        "last_month": Fact(Text("最晚计入月份", "Last counted from")),
        "riders": Fact(Text("存疑人数", "Persons in doubt"), PERSONS),
        "unreviewed": Fact(Text("其中增加前没有复核", "Of them without a review"), PERSONS),
        "outside": Fact(Text("其中当月并非共同生活成员", "Of them not living in the household"), PERSONS),
        "months": Fact(Text("已发月数", "Months paid"), Text("个月", "months")),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "{riders} 人计入的 {months} 个已发月份,逐月按其占当月保障人数的份额计,"
        "减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元,其余不存疑",
        "In {months} months paid that cover {riders} of these persons, month by month their share among the persons"
        " covered, less {recovered_fen} yuan taken back later: {amount_fen} yuan are in doubt, the rest is not",
    ),
    cases={
        "outside": Wording(
            Text(
                "疑似不应计入:{outside} 名保障对象在计入当月({first_month} 起)并非该户共同生活的家庭成员,"
                "存疑 {amount_fen} 元",
                "Possibly not to be counted: {outside} covered persons did not live in the household in the month they"
                " were first counted (from {first_month}); {amount_fen} yuan are in doubt",
            ),
            Text(
                "{riders} 人计入的 {months} 个已发月份,逐月按其占当月保障人数的份额计,"
                "减去此后追回的 {recovered_fen} 元,存疑 {amount_fen} 元,其余不存疑",
                "In {months} months paid that cover {riders} of these persons, month by month their share among the"
                " persons covered, less {recovered_fen} yuan taken back later: {amount_fen} yuan are in doubt, the rest"
                " is not",
            ),
        )
    },
    innocent=(
        Innocent(Text("复核后增加", "Added by a review"), (needs(REVIEW, "reviewed_on"),)),
        Innocent(
            Text("当月中途迁入或迁出的成员", "A member who came or went in the course of the month"),
            (needs(MEMBER, "joined_on", "left_on"),),
        ),
        Innocent(
            Text("原保障对象恢复或换行登记", "A person covered before, entered anew"),
            (needs(BENEFICIARY, "from_month"),),
        ),
        Innocent(
            Text("新生儿,出生不久即计入", "A newborn, counted soon after the birth"),
            (needs(PERSON, "born_on"),),
        ),
        Innocent(Text("复核已做而未录入", "There was a review; it was not entered")),
        Innocent(Text("婚入成员,家庭成员表未更新", "A spouse; the list of members was not updated")),
        Innocent(Text("数据迁移时起始月份改动", "The first month was changed when data were moved")),
    ),
    verify=Text(
        "核对增加人员的审批材料、户籍与居住情况,补齐复核记录;只涉及新增人员的份额",
        "Check the papers of the addition, registration and residence; complete the review record. Only the share of"
        " those added is concerned",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award, ordered by the amount in doubt."""
    of = once(awards(data, [PROGRAMME]))
    counted = _counted(data, of)
    outside, unknown = _outside(data, counted)
    riders = once(nw.concat([_unreviewed(data, counted, int(policy.tuning("newcomers", "newborn"))), outside]))
    each = riders.group_by(*RIDER).agg(
        nw.col("own").min(),
        nw.col("own_month").min(),
        nw.col("unreviewed").max(),
        nw.col("outside").max(),
    )
    each = once(each)
    found = each.group_by("award_id").agg(
        nw.col("own_month").min().alias("first_month"),
        nw.col("own_month").max().alias("last_month"),
        nw.col("own").min().alias("since_index"),
        nw.len().cast(nw.Int64).alias("riders"),
        nw.col("unreviewed").sum().cast(nw.Int64),
        nw.col("outside").sum().cast(nw.Int64),
    )
    shown = (
        found.join(_doubt(data, of, each), on="award_id", how="left")
        .join(of.select("award_id", "award_no", "household_id"), on="award_id", how="inner")
        .join(
            first_rows(data[AWARD]).select("award_id", nw.col("from_month").alias("award_month")),
            on="award_id",
            how="inner",
        )
        .with_columns(
            nw.when(nw.col("outside") > 0).then(nw.lit("outside")).otherwise(nw.lit("unreviewed")).alias("case"),
            *(nw.col(name).fill_null(0) for name in ("months", "doubt_fen", "recovered_fen", "blank", "reversed")),
            known(data, "unreviewed", needs(REVIEW, "reviewed_on")),
            known(data, "outside", needs(MEMBER, "joined_on", "co_living")),
        )
        .with_columns((nw.col("doubt_fen") - nw.col("recovered_fen")).alias("left_fen"))
        .filter(
            (nw.col("left_fen") > 0)
            | (nw.col("blank") > 0)
            | ((nw.col("recovered_fen") == 0) & (nw.col("reversed") == 0))
        )
        .with_columns(nw.when(nw.col("blank") == 0).then(nw.col("left_fen")).alias("amount_fen"))
    )
    if not data.has(PAYMENT):  # what was paid is unknown, not nothing
        unpaid = ("months", "recovered_fen", "amount_fen")
        shown = shown.with_columns(*(nw.lit(None).cast(nw.Int64).alias(name) for name in unpaid))
    return leads(
        CARD,
        household_region(data, shown),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen").fill_null(0) / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_paid"),
        keep=("award_id", "household_id", "since_index"),
        evidence=(
            evidence(data, AWARD, on="award_id", show=("from_month", "household_no")),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            evidence(data, REVIEW, on="award_id", show=("result",)),
            evidence(data, MEMBER, on="household_id", show=("relation", "co_living", "left_on")),
            evidence(
                data,
                PAYMENT,
                on="award_id",
                show=("award_no", "month", "amount"),
                where=nw.col("month_index") >= kept("since_index"),
            ),
        ),
        undecidable=unknown.select("award_id").unique(),
    )


def _counted(data: Tables, of: Frame) -> Frame:
    """Every covered person of every award once: `own` first month (index; `own_month` the date), `starts`."""
    rows = data[BENEFICIARY].select("award_id", "person_id", "from_month", "from_month_index")
    first = rows.group_by(*RIDER).agg(
        nw.col("from_month_index").min().alias("own"), nw.col("from_month").min().alias("own_month")
    )
    return first.join(of.select("award_id", "household_id", "starts"), on="award_id", how="inner")


def _unreviewed(data: Tables, counted: Frame, grace: int) -> Frame:
    """Who was added after the award's first month, no newborn, with no review from then to the end of their own."""
    added = counted.filter(nw.col("own") > nw.col("starts"))
    if not data.has(REVIEW, "reviewed_on"):
        added = added.head(0)
    births = first_rows(data[PERSON]).select("person_id", month_of("born_on").alias("born"))
    newborn = (nw.col("born") <= nw.col("own")) & (nw.col("own") <= nw.col("born") + grace)
    added = once(added.join(births, on="person_id", how="left").filter(~newborn.fill_null(value=False)).drop("born"))
    reviews = data[REVIEW].select("award_id", month_of("reviewed_on").alias("reviewed"))
    seen = added.join(reviews, on="award_id", how="inner").filter(
        (nw.col("reviewed") >= nw.col("starts")) & (nw.col("reviewed") <= nw.col("own"))
    )
    return added.join(seen.select(*RIDER), on=list(RIDER), how="anti").select(
        *RIDER, "own", "own_month", nw.lit(1).alias("unreviewed"), nw.lit(0).alias("outside")
    )


def _outside(data: Tables, counted: Frame) -> tuple[Frame, Frame]:
    """Who is a co-living member on no day of their own first month, and of whom nobody can tell."""
    members = data[MEMBER].filter(nw.col("co_living").fill_null(value=False))
    lived = counted.join(
        members.select(
            "household_id", "person_id", month_of("joined_on").alias("joined"), "joined_on_day", "left_on_day"
        ),
        on=["household_id", "person_id"],
        how="inner",
    ).filter(
        (nw.col("joined") <= nw.col("own"))
        & (
            nw.col("left_on_day").is_null()
            | ((nw.col("left_on_day") > first_day("own")) & (nw.col("left_on_day") > nw.col("joined_on_day")))
        )
    )
    alive = lived.join(deaths(data).select("person_id", "death_index"), on="person_id", how="left").filter(
        nw.col("death_index").is_null() | (nw.col("death_index") >= nw.col("own"))
    )
    absent = once(counted.join(alive.select(*RIDER), on=list(RIDER), how="anti"))
    homes = data[MEMBER].select("household_id").unique()
    told = absent.join(homes, on="household_id", how="semi")
    found = told.select(*RIDER, "own", "own_month", nw.lit(0).alias("unreviewed"), nw.lit(1).alias("outside"))
    silent = absent.join(homes, on="household_id", how="anti")
    if not data.has(MEMBER, "joined_on", "co_living"):  # who lives there is unknown, not nobody
        return found.head(0), silent.head(0)
    return found, silent


def _doubt(data: Tables, of: Frame, riders: Frame) -> Frame:
    """Each award's paid months that cover these persons: `months`, `last_paid`, and what they come to.

    `doubt_fen`: their share by head; `blank`: months of unknown amount; `reversed`: months wholly taken back;
    `recovered_fen`: what was taken back in other months since these persons came.
    """
    terms = of.join(riders.select("award_id").unique(), on="award_id", how="semi")
    rows = spans(data, terms).join(riders.select(*RIDER), on=list(RIDER), how="semi")
    gone = once(reversed_months(data, terms).with_columns(nw.lit(1).alias("reversed")))
    month = ["award_id", "month_index"]
    months = (
        paid(data, terms)
        .join(gone, on=month, how="left")
        .with_columns(
            nw.col("reversed").fill_null(0),
            nw.when(nw.col("paid_fen").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("blank"),
            nw.when(nw.col("paid_fen") > 0).then(nw.lit(1)).otherwise(nw.lit(0)).alias("paid"),
        )
        .filter((nw.col("paid") == 1) | (nw.col("blank") == 1) | (nw.col("reversed") == 1))
        .join(rows, on="award_id", how="inner")
        .filter(within())
        .group_by(*month)
        .agg(
            nw.col("month").min(),
            nw.when(nw.col("paid") == 1).then(nw.col("paid_fen")).otherwise(nw.lit(0)).min().alias("paid_fen"),
            nw.col("person_id").n_unique().cast(nw.Int64).alias("riding"),
            *(nw.col(name).max() for name in ("paid", "blank", "reversed")),
        )
    )
    months = once(months)
    shares = months.join(heads(data, months), on=month, how="inner").with_columns(
        (nw.col("paid_fen") * nw.col("riding") * PARTS // nw.col("covered")).alias("parts"),
        nw.when(nw.col("paid") == 1).then(nw.col("month")).alias("paid_month"),
    )
    summed = shares.group_by("award_id").agg(
        nw.col("paid").sum().cast(nw.Int64).alias("months"),
        nw.col("paid_month").max().alias("last_paid"),
        nw.col("parts").sum().cast(nw.Int64),
        nw.col("blank").sum().cast(nw.Int64),
        nw.col("reversed").sum().cast(nw.Int64),
    )
    since = riders.group_by("award_id").agg(nw.col("own").min().alias("since_index"))
    return (
        summed.join(recovered(data, since), on="award_id", how="left")
        .with_columns((nw.col("parts") // PARTS).alias("doubt_fen"))
        .drop("parts")
    )
