"""Does one bank account take the aid of households that have nothing to do with one another, or with its holder?

Contract §5, every programme. Either the account was paid for three or more households that stay apart after joining
those of which a member is near or wider kin of a member of another, or of the holder, or the holder; or the holder is
a handler, approver or village cadre in post in a paid month, or near kin of one, and in that month neither a member of
the paid household nor near kin of one. A post and a tie count where they cover the whole of the month; what excuses
(membership, kin) counts on any day of it. Months whose payments were wholly reversed are not paid.

In doubt: in the first case what was paid for households not joined to the holder, be it through the kin of another
household (all of them where the holder is unknown), in the second what was paid in those months. Whom an award covers
counts as a member. Of a household of which nobody is known, nobody is kin or stranger: it is not in doubt, and an
account that only such households would raise is undecidable. Holding an account for others is no breach: guardians,
institutions and neighbours of the bedridden do.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.accounts import paid_accounts
from casework.kinship.apart import apart
from casework.kinship.evidence import path_evidence
from casework.kinship.holder import officials_months
from casework.kinship.staff import MEMBER_THEMSELF
from casework.kinship.words import DUTY, NONE, TIE_FACTS
from casework.lead import KEPT, Evidence, Leads, common_region, evidence, first_rows, household_region, leads
from casework.means.figures import first_day
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, KIN, MEMBER, OFFICIAL, PAYMENT, PERSON
from casework.text import Text

HOUSEHOLDS: Final = Text("户", "households")
YUAN: Final = Text("元", "yuan")
MONTHS: Final = Text("户月", "household-months")
SEVERAL: Final = 3  # households that stay apart (contract §5)
HOLDER_KNOWN, HOLDER_UNKNOWN = 0.8, 0.5  # a holder nobody names may be kin of them all

GUARDIAN: Final = Innocent(
    Text("监护人代领(外)孙子女等亲属的款项", "A guardian's account for grandchildren or other kin"),
    (needs(KIN, "relation"), needs(PAYMENT, "account_holder_id_no")),
)

CARD = Card(
    scheme="shared_account",
    family="favoritism",
    subject="account",
    title=Text("多户共用一个账户(待核实)", "One account for several households (to verify)"),
    question=Text(
        "一个账户是否领取互无亲属关系的多户的救助金,或由干部及其近亲属代非亲属领取?",
        "Does one account take the aid of households that are no kin, or an official's, or their near kin's, that of"
        " others?",
    ),
    folk=Text("代领、冒领", "Drawing for others"),
    rule="near_kin",
    other_rules=("wider_kin", "kin_certainty"),
    needs=(
        needs(PAYMENT, "award_no", "month", "amount", "account_no"),
        needs(AWARD, "household_no"),
        needs(MEMBER, "relation"),
    ),
    also_uses=(
        needs(KIN, "relation"),
        needs(PAYMENT, "account_holder_id_no"),
        needs(OFFICIAL),
        needs(MEMBER, "joined_on", "left_on"),
        needs(AWARD, "to_month"),
        needs(BENEFICIARY, "id_no", "from_month", "to_month"),
        needs(PERSON, "died_on"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="verify",
    severity="money",
    confidence=HOLDER_KNOWN,
    reason=Text(
        "疑似多户共用账户:同一账户领取 {households} 户的救助金,按亲属关系归并后仍有 {apart} 组互不相干",
        "Possibly shared: one account was paid for {households} households; joined by kin, {apart} groups still have"
        " nothing to do with one another",
    ),
    facts={
        "case": Fact(
            Text("情形", "What was seen"),
            words={
                "apart": Text("多户互无亲属关系", "households that are no kin"),
                "unnamed": Text("多户互无亲属关系,开户人未载", "households that are no kin, the holder not stated"),
                "official": Text("干部或其近亲属代非亲属领取", "an official or their near kin for others"),
                "both": Text("两者兼有", "both"),
            },
        ),
        "households": Fact(Text("领取户数", "Households paid"), HOUSEHOLDS),
        "apart": Fact(
            Text("归并后组数", "Groups after joining kin"),
            absent=Text("不足三户,不归并", "fewer than three, not joined"),
        ),
        "in_doubt": Fact(Text("存疑户数", "Households in doubt"), HOUSEHOLDS),
        "holder_known": Fact(Text("开户人已知", "Holder known")),
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑户月数", "Household-months in doubt"), MONTHS),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
        **{
            name: Fact(TIE_FACTS[name].label, words=TIE_FACTS[name].words, absent=NONE)
            for name in ("certainty", "weakest")
        },
        "relation": Fact(
            Text("开户人是干部的", "The holder is the official's"),
            words={**TIE_FACTS["relation"].words, MEMBER_THEMSELF: Text("本人", "self")},
            absent=NONE,
        ),
        "path": Fact(
            TIE_FACTS["path"].label,
            words={**TIE_FACTS["path"].words, MEMBER_THEMSELF: Text("本人", "self")},
            absent=NONE,
        ),
        "duties": Fact(Text("干部当月任职", "The official's post in those months"), words=DUTY, many=True, absent=NONE),
        "post_from": Fact(Text("任职起", "In post from"), absent=NONE),
        "post_to": Fact(Text("任职止", "In post to"), absent=Text("在任或未载", "in post, or not stated")),
    },
    arithmetic=Text(
        "{first_month} 至 {last_month} 共 {households} 户,按成员之间、成员与开户人的亲属关系归并为 {apart} 组,"
        "不少于 3 组;不在开户人一组的 {in_doubt} 户、{months} 个户月共 {amount_fen} 元存疑",
        "{first_month} to {last_month}: {households} households, joined by near or wider kin among members and with the"
        " holder into {apart} groups, 3 or more; in doubt are the {in_doubt} outside the holder's group: {months}"
        " household-months, {amount_fen} yuan",
    ),
    cases={
        case: Wording(
            Text(
                "疑似代领:开户人与一名在任干部的关系为“{path}”,而与所领取的 {in_doubt} 户无近亲属关系",
                "Possibly drawn for others: the holder's tie to an official in post is “{path}”, and the holder is near"
                " kin of nobody in {in_doubt} of the households paid",
            ),
            Text(
                "干部任职 {duties}({post_from} 至 {post_to});账户共领取 {households} 户(归并后组数:{apart});"
                "{first_month} 至 {last_month} 存疑 {in_doubt} 户、{months} 个户月、{amount_fen} 元;"
                "关系可信程度 {certainty}",
                "The official's post: {duties} ({post_from} to {post_to}); the account was paid for {households}"
                " households (after joining kin: {apart}); in doubt from {first_month} to {last_month}: {in_doubt}"
                " households, {months} household-months, {amount_fen} yuan; certainty of the tie {certainty}",
            ),
        )
        for case in ("official", "both")
    }
    | {
        "unnamed": Wording(
            Text(
                "疑似多户共用账户:同一账户领取 {households} 户的救助金,开户人未载;按成员之间的亲属关系归并后"
                "仍有 {apart} 组互不相干",
                "Possibly shared: one account, whose holder is not stated, was paid for {households} households; joined"
                " by kin, {apart} groups still have nothing to do with one another",
            ),
            Text(
                "{first_month} 至 {last_month} 共 {households} 户,按成员之间的亲属关系归并为 {apart} 组,不少于 3 组;"
                "开户人未载,{in_doubt} 户、{months} 个户月共 {amount_fen} 元均存疑",
                "{first_month} to {last_month}: {households} households, joined by near or wider kin among members into"
                " {apart} groups, 3 or more; the holder is not stated, so all of it is in doubt: {in_doubt}"
                " households, {months} household-months, {amount_fen} yuan",
            ),
        )
    },
    innocent=(
        GUARDIAN,
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("供养服务机构、学校等单位账户", "The account of a care home or a school")),
        Innocent(Text("行动不便者书面委托他人代领", "The bedridden asked someone in writing to draw for them")),
        Innocent(Text("账号录入有误", "The account number was mistyped")),
        Innocent(Text("亲属关系未登记", "A tie of kin that nobody registered")),
    ),
    verify=Text(
        "核对开户信息、代领委托书与账户流水,入户了解是否足额收到",
        "Compare the holder of the account, the mandates and the statement; ask the households what they received",
    ),
)
KEY: Final = ["account_id", "household_id"]


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an account, ordered by the amount in doubt."""
    paid = once(paid_accounts(data, policy, SEVERAL))
    held = once(officials_months(data, policy, paid))
    official = held.filter(nw.col("peopled") == 1)
    homes = paid.group_by(*KEY, "holder_id").agg(
        first_day("month_index").min().alias("first_day"),
        (first_day("next_index") - 1).max().alias("last_day"),
    )
    several = paid.group_by("account_id").agg(nw.col("household_id").n_unique().alias("several"))
    several = several.filter(nw.col("several") >= SEVERAL)
    joined = once(apart(data, policy, homes.join(several, on="account_id", how="semi")))
    doubt = once(_in_doubt(paid, joined, official))
    best = official.unique(
        ["account_id"], keep="first", order_by=["doubt", "degree", "official_id", "holder_id", "path", "from_on_day"]
    ).select(
        *("account_id", "official_id", "holder_id", "relation", "path", "via_1", "via_2", "certainty", "weakest"),
        *("duties", "post_from", "post_to"),
    )
    found = once(_summed(data, paid, joined, doubt).join(best, on="account_id", how="left"))
    sure = nw.when(nw.col("holder_known")).then(nw.lit(HOLDER_KNOWN)).otherwise(nw.lit(HOLDER_UNKNOWN))
    return leads(
        CARD,
        found.with_columns(nw.lit(None).cast(nw.Int64).alias("household_id"), nw.col("holder_id").alias("member_id")),
        subject="account_no",
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen") / 100,
        confidence=nw.when(nw.col("by_official") == 0).then(sure).otherwise(nw.col("certainty")),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("account_id", "household_id", "official_id", "member_id", "via_1", "via_2"),
        evidence=(
            _payments(data, doubt),
            evidence(data, OFFICIAL, on="person_id", key="official_id", show=("post", "to_on")),
            *path_evidence(data),
        ),
        undecidable=nw.concat(
            [_undecidable(several, paid, joined), held.filter(nw.col("peopled") == 0).select("account_id")]
        )
        .unique()
        .join(found, on="account_id", how="anti"),
        unchecked=[(GUARDIAN, ~nw.col("holder_known"))],
    )


def _undecidable(several: Frame, paid: Frame, joined: Frame) -> Frame:
    """Accounts that reach three groups only by households of which nobody is known."""
    homes = paid.join(several, on="account_id", how="semi").select(*KEY).unique()
    counted = homes.join(joined, on=KEY, how="left").with_columns(
        nw.when(nw.col("component").is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("unknown"),
    )
    groups = counted.group_by("account_id").agg(nw.col("apart").max().fill_null(0), nw.col("unknown").sum())
    reached = nw.col("apart") + nw.col("unknown") >= SEVERAL
    return groups.filter((nw.col("apart") < SEVERAL) & reached).select("account_id")


def _in_doubt(paid: Frame, joined: Frame, official: Frame) -> Frame:
    """Every month in doubt once: `by_apart`, `by_official` (1 or 0), `left_fen` in doubt of the whole household."""
    flagged = official.select(*KEY, "month_index").unique().with_columns(nw.lit(1).alias("by_official"))
    strangers = (nw.col("apart") >= SEVERAL) & (nw.col("of_holder") == 0)
    months = (
        paid.join(joined, on=KEY, how="left")
        .join(flagged, on=[*KEY, "month_index"], how="left")
        .with_columns(
            nw.when(strangers).then(nw.lit(1)).otherwise(nw.lit(0)).alias("by_apart"),
            nw.col("by_official").fill_null(0),
        )
        .filter((nw.col("by_apart") == 1) | (nw.col("by_official") == 1))
    )
    left = nw.col("paid_fen").sum().over(*KEY) + nw.col("back")
    return months.with_columns(left.alias("left_fen")).filter(nw.col("left_fen") > 0)


def _summed(data: Tables, paid: Frame, joined: Frame, doubt: Frame) -> Frame:
    """One row an account in doubt, in the smallest region that holds all its households in doubt."""
    whole = paid.group_by("account_id").agg(
        nw.col("account_no").min(),
        nw.col("household_id").n_unique().cast(nw.Int64).alias("households"),
        nw.col("holder_id").max().alias("someone"),
    )
    groups = joined.group_by("account_id").agg(nw.col("apart").max())
    homes = doubt.group_by(*KEY).agg(
        nw.len().cast(nw.Int64).alias("months"),
        nw.col("month").min().alias("first_month"),
        nw.col("month").max().alias("last_month"),
        nw.col("left_fen").max(),
        nw.col("by_apart").max(),
        nw.col("by_official").max(),
    )
    summed = (
        household_region(data, homes)
        .group_by("account_id")
        .agg(
            nw.len().cast(nw.Int64).alias("in_doubt"),
            nw.col("months").sum().cast(nw.Int64),
            nw.col("first_month").min(),
            nw.col("last_month").max(),
            nw.col("left_fen").sum().cast(nw.Int64).alias("amount_fen"),
            nw.col("by_apart").max(),
            nw.col("by_official").max(),
            nw.col("region_code").min().alias("low"),
            nw.col("region_code").max().alias("high"),
        )
    )
    both = (nw.col("by_apart") == 1) & (nw.col("by_official") == 1)
    return (
        summed.join(whole, on="account_id", how="inner")
        .join(groups, on="account_id", how="left")
        .with_columns(
            nw.when(both)
            .then(nw.lit("both"))
            .when(nw.col("by_official") == 1)
            .then(nw.lit("official"))
            .when(nw.col("someone").is_null())
            .then(nw.lit("unnamed"))
            .otherwise(nw.lit("apart"))
            .alias("case"),
            (~nw.col("someone").is_null()).alias("holder_known"),
            common_region("low", "high").alias("region_code"),
        )
        .drop("someone")
    )


def _payments(data: Tables, doubt: Frame) -> Evidence:
    """The payments of the months in doubt."""

    def gather(found: Frame) -> Frame:
        show = ("payment_no", "award_no", "month", "amount_fen", "account_no", "account_holder_person_id")
        awards = first_rows(data[AWARD]).select("award_id", "household_id")
        months = doubt.select(*KEY, "month_index")
        rows = data[PAYMENT].join(
            found.select("subject", "part", nw.col(KEPT + "account_id").alias("account_id")),
            on="account_id",
            how="inner",
        )
        rows = rows.join(awards, on="award_id", how="inner").join(months, on=[*KEY, "month_index"], how="semi")
        return rows.select("subject", "part", *show, "source_file", "source_row")

    return Evidence(PAYMENT, ("award_no", "month", "amount", "account_no", "account_holder_id_no"), gather)
