"""Was aid paid for a month in which a covered member owned what the rules exclude, or want looked at?

Contract §5, means-tested programmes; one lead an award. A veto (policy `veto`) of a living member whose beneficiary row
is in force holds on every day of a month that was paid more than nothing, reversals netted; dwellings of all covered
members count together. `exclude` where any month has such an item, and only these months are in doubt, with what was
paid for them, less what was taken back from then on. Else `verify`: nothing is in doubt before the look, so there is no
amount, only the fact of what was paid.

Disability and farm vehicles and ruined dwellings are exempt. A finding without a value where the rule has a limit is
undecidable.
"""

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import awards, means_tested, paid, spans, within
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, evidence, household_region, leads, open_cases
from casework.means.doubt import by_award
from casework.means.figures import first_day
from casework.means.veto import ITEMS, findings, possible
from casework.policy import Policy
from casework.proof import of_payments, of_persons
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MATCH, PAYMENT, PERSON
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
ROWS = Text("条", "findings")
KEY = ("award_id", "month_index")

CARD = Card(
    scheme="veto_asset",
    family="wrong",
    subject="award",
    title=Text("名下有一票否决事项(待核实)", "A veto item in a member's name (to verify)"),
    question=Text(
        "发放当月,保障对象名下是否有不予保障或应予核实的财产?",
        "Was aid paid for a month in which a covered member owned what the rules exclude, or want looked at?",
    ),
    folk=Text("开车吃低保", "Aid with a car at the door"),
    rule="veto",
    other_rules=("programme",),
    needs=(
        needs(AWARD, "programme"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(MATCH, "id_no", "kind"),
    ),
    also_uses=(
        needs(AWARD, "household_no", "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(HOUSEHOLD, "region_code"),
        needs(MATCH, "from_on", "to_on", "value", "detail"),
        needs(PERSON, "died_on"),
    ),
    level="exclude",
    severity="money",
    confidence=0.8,
    reason=Text(
        "疑似一票否决:{first_month} 至 {last_month} 有 {months} 个月,保障对象名下有{item}等 {found} 条登记,"
        "存疑 {amount_fen} 元",
        "Possibly shut out: in {months} months from {first_month} to {last_month} a covered member owned {item}"
        " ({found} findings); {amount_fen} yuan are in doubt",
    ),
    facts={
        "case": Fact(
            Text("分级", "Kind"),
            words={
                "exclude": Text("不予保障事项", "excludes"),
                "verify": Text("待核实事项", "to be looked at"),
            },
        ),
        "item": Fact(Text("事项", "Item"), words=ITEMS),
        "found": Fact(Text("登记条数", "Findings"), ROWS),
        "first_month": Fact(Text("存疑首月", "First month in doubt")),
        "last_month": Fact(Text("存疑末月", "Last month in doubt")),
        "months": Fact(Text("存疑月数", "Months in doubt"), MONTHS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
        "recovered_fen": Fact(Text("此后追回", "Taken back later"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN, absent=Text("核实前不作判断", "none before the look")),
    },
    arithmetic=Text(
        "{item}等 {found} 条登记整月有效的 {months} 个月({first_month} 至 {last_month})共发 {paid_fen} 元,"
        "减去追回 {recovered_fen} 元,存疑 {amount_fen} 元",
        "{found} findings ({item} …) held in the whole of {months} months from {first_month} to {last_month}; paid for"
        " them {paid_fen} yuan, less {recovered_fen} taken back: {amount_fen} yuan in doubt",
    ),
    cases={
        "verify": Wording(
            Text(
                "疑似财产待核实:{first_month} 至 {last_month} 有 {months} 个月,保障对象名下有{item}等 {found} 条登记,"
                "按规定应先核实;这些月份共发 {paid_fen} 元",
                "Possibly to be looked at: in {months} months from {first_month} to {last_month} a covered member had"
                " {item} ({found} findings), which the rules want verified first; {paid_fen} yuan were paid for them",
            ),
            Text(
                "{item}等 {found} 条登记超过核实线且整月有效的 {months} 个月共发 {paid_fen} 元,"
                "此后追回 {recovered_fen} 元;核实前不作判断",
                "{found} findings ({item} …) beyond the limit for a look held in the whole of {months} months; paid"
                " for them {paid_fen} yuan, taken back {recovered_fen}; nothing is concluded before the look",
            ),
        )
    },
    innocent=(
        Innocent(Text("残疾人机动车、农用车", "A disability or farm vehicle"), (needs(MATCH, "detail"),)),
        Innocent(Text("危房不计住房", "A ruined dwelling does not count"), (needs(MATCH, "detail"),)),
        Innocent(Text("当月已转让、注销", "Sold or deregistered by then"), (needs(MATCH, "to_on"),)),
        Innocent(
            Text("登记在未保障的成员名下", "In the name of a member who is not covered"), (needs(BENEFICIARY, "id_no"),)
        ),
        Innocent(Text("已冲正追回", "Reversed and recovered"), (needs(PAYMENT, "amount"),)),
        Innocent(Text("车辆已报废、出借姓名登记或号码被他人误用", "Scrapped, a borrowed name, or another's number")),
        Innocent(Text("同一套房为共有产权,登记在两人名下", "One dwelling owned jointly, registered under two names")),
        Innocent(Text("存款为征地补偿、事故赔偿等已有专项用途", "The deposit is compensation that is spoken for")),
    ),
    verify=Text(
        "调取登记原件,入户查看实物与使用情况,核对价值与取得、处置日期",
        "Ask for the register's original, look at the thing and its use on the spot, check its value and the dates",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award with such months, ordered by what was paid for them and not taken back."""
    months = once(_paid_months(data, policy))
    dated = months.with_columns(
        first_day("month_index").alias("day"), (nw.col("month_index") + 1).cast(nw.Int32).alias("next_index")
    ).with_columns((first_day("next_index") - 1).cast(nw.Int32).alias("until_day"))
    held = once(findings(data, policy, dated, by=KEY, until="until_day"))
    paid_once = once(
        months.group_by(*KEY).agg(
            nw.col("month").min(), nw.col("paid_fen").min(), nw.col("household_id").min(), nw.col("region_code").min()
        )
    )
    # Where nothing is left of what was paid against an excluding asset, a lesser one still wants a look.
    excluded, doubtful = (once(_of_level(data, held, paid_once, level)) for level in ("exclude", "verify"))
    named = nw.concat([excluded, doubtful.join(excluded.select("award_id"), on="award_id", how="anti")]).with_columns(
        nw.when(nw.col("case") == "exclude").then(nw.col("left_fen")).alias("amount_fen")
    )
    unpaid = paid_once.filter(nw.col("paid_fen").is_null())
    unsure = [
        held.filter(nw.col("level") == "unknown"),
        unpaid.join(held.select(*KEY).unique(), on=list(KEY), how="inner"),
    ]
    return leads(
        CARD,
        named,
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("left_fen") / 100,
        level=nw.col("case"),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "since_index", "until_index"),
        evidence=(
            of_payments(data),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            of_persons(
                data, MATCH, ("id_no", "kind", "source", "from_on", "to_on", "value", "detail"), possible(policy)
            ),
        ),
        undecidable=open_cases(named, *unsure),
    )


def _of_level(data: Tables, held: Frame, paid_once: Frame, level: str) -> Frame:
    """Awards with such a finding of the level in a month surely paid, and something left of what was paid for them."""
    counted = held.filter(nw.col("level") == level)
    known = paid_once.filter(~nw.col("paid_fen").is_null())
    doubt = once(known.join(counted.select(*KEY).unique(), on=list(KEY), how="inner"))
    items = (
        counted.join(doubt.select(*KEY), on=list(KEY), how="semi")
        .group_by("award_id")
        .agg(
            nw.col("level").min().alias("case"),
            nw.col("item").min(),
            nw.col("match_no").n_unique().cast(nw.Int64).alias("found"),
        )
    )
    summed = by_award(data, doubt, sums={"paid_fen": nw.col("paid_fen")}, last=("household_id", "region_code"))
    return (
        summed.with_columns((nw.col("paid_fen") - nw.col("recovered_fen")).alias("left_fen"))
        .filter(nw.col("left_fen") > 0)
        .join(items, on="award_id", how="inner")
    )


def _paid_months(data: Tables, policy: Policy) -> Frame:
    """Every paid month (or perhaps paid) of every covered person of whom something might be a veto."""
    persons = once(data[MATCH].filter(possible(policy)).select("person_id").unique())
    rows = data[BENEFICIARY].join(persons, on="person_id", how="semi")
    few = once(awards(data, means_tested(policy)).join(rows.select("award_id").unique(), on="award_id", how="semi"))
    covered = spans(data, few).join(persons, on="person_id", how="semi")
    homes = household_region(data, few.select("award_id", "household_id"))
    return (
        paid(data, few)
        .filter(nw.col("paid_fen").is_null() | (nw.col("paid_fen") > 0))
        .join(once(covered), on="award_id", how="inner")
        .filter(within())
        .select(*KEY, "month", "paid_fen", "person_id")
        .unique()
        .join(homes, on="award_id", how="inner")
    )
