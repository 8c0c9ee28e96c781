"""Did improbably many dibao awards of a township or county end within three months, for reasons other than death?

Contract §5. Of the awards in force in the first of three months (tuning `mass_exit`), those whose last month paid lies
in the three and whose reason is neither death nor moved; an end that another award of the household takes up by the
next month is none. A reason nobody wrote down is unknown: an area that only such ends would raise is undecidable.
Stretches of the latest three years are looked at, whole ones only. Merged regions count in their successors.

The control limit comes from other times: the stretches of all townships of the county that lie a multiple of three
months before or after, never the very months asked about, in which a campaign may have reached every township; for the
county its own other stretches. With their own differences these predict how many may end; the limit is the 99.8 % one.
With fewer than five nobody can tell: undecidable. Of stretches that overlap the one with the largest share is the lead.
"""

import narwhals as nw
import polars as pl

from casework.areas import carried_on, dibao, last_whole_month, of_awards, placed
from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import Leads, leads
from casework.means.figures import YEAR
from casework.policy import Policy
from casework.regions import Regions
from casework.statistics import against_peers
from casework.tables import APPLICATION, AWARD, HOUSEHOLD, REGION
from casework.text import Text

AWARDS = Text("份", "awards")
PERCENT = Text("%", "%")
TIERS = ("township", "county")
SPAN = ("first", "final")
NOT_COUNTED = ("death", "moved")
REASONS = {option.code: option.label for option in AWARD["end_reason"].options if option.code not in NOT_COUNTED}

CARD = Card(
    scheme="mass_exit",
    family="missed",
    subject="region",
    title=Text("短期内集中退出(待核实)", "Many awards ended within a short time (to verify)"),
    question=Text(
        "是否有大批低保在三个月内因死亡、迁出以外的原因终止?",
        "Did many dibao awards end within three months for reasons other than death and moving away?",
    ),
    folk=Text("一刀切、运动式清退", "Removed wholesale"),
    rule="mass_exit",
    needs=(
        needs(REGION, "tier"),
        needs(AWARD, "programme", "household_no", "from_month", "to_month", "end_reason"),
        needs(HOUSEHOLD, "region_code"),
    ),
    also_uses=(needs(APPLICATION, "region_code"),),
    level="info",
    severity="person",
    confidence=0.5,
    statistical=True,
    reason=Text(
        "疑似集中清退:{first_month} 至 {last_month} 终止 {observed} 份(不计死亡、迁出),"
        "占首月在保 {awards} 份的 {share}%;按本县其他时段推算为 {expected} 份,控制限 {limit} 份",
        "Possibly removed wholesale: from {first_month} to {last_month}, {observed} awards ended (death and moving away"
        " apart), {share} % of {awards} in force in the first month; other times in the county predict {expected}, the"
        " control limit is {limit}",
    ),
    facts={
        "first_month": Fact(Text("首月", "First month")),
        "last_month": Fact(Text("末月", "Last month")),
        "tier": Fact(
            Text("层级", "Tier"),
            words={option.code: option.label for option in REGION["tier"].options if option.code in TIERS},
        ),
        "awards": Fact(Text("首月在保", "In force in the first month"), AWARDS),
        "observed": Fact(Text("实际终止", "Ended, observed"), AWARDS),
        "share": Fact(Text("占比", "Share"), PERCENT),
        "expected": Fact(Text("推算终止", "Ended, expected"), AWARDS),
        "limit": Fact(Text("控制限(99.8%)", "Control limit (99.8 %)"), AWARDS),
        "usual": Fact(Text("其他时段的占比", "Share at other times"), PERCENT),
        "year_before": Fact(Text("上年同期的占比", "Share in the same months a year before"), PERCENT),
        "peers": Fact(Text("参照时段数", "Periods compared with"), Text("个", "")),
        **{
            reason: Fact(Text(f"终止原因:{label.zh}", f"Ended: {label.en.lower()}"), AWARDS)
            for reason, label in REASONS.items()
        },
        "left_out": Fact(Text("死亡、迁出(不计)", "Died or moved (not counted)"), AWARDS),
        "unknown": Fact(Text("原因未载(不计)", "No reason on record (not counted)"), AWARDS),
    },
    arithmetic=Text(
        "首月在保 {awards} 份,三个月内终止 {observed} 份,占 {share}%"
        "(另有死亡、迁出 {left_out} 份,原因未载 {unknown} 份,均不计);参照 {peers} 个不含本时段的时段,平均占 {usual}%,"
        "推算 {expected} 份,计入时段与地区差异的 99.8% 控制限 {limit} 份;上年同期 {year_before}%",
        "Of {awards} awards in force in the first month {observed} ended within the three, {share} % (died or moved:"
        " {left_out}, no reason on record: {unknown}, neither counted); {peers} periods without these months:"
        " {usual} % on average, which predicts {expected}; with the differences between times and places the 99.8 %"
        " control limit is {limit}; in the same months a year before: {year_before} %",
    ),
    innocent=(
        Innocent(Text("死亡或迁出", "They died or moved"), (needs(AWARD, "end_reason"),)),
        Innocent(
            Text("换证、续保,下月已有新的保障", "The household's next award followed at once"),
            (needs(AWARD, "from_month"),),
        ),
        Innocent(Text("村镇合并、区划调整", "Places were merged"), (needs(REGION, "valid_to", "successor_code"),)),
        Innocent(Text("每年集中复核的月份", "The month of the yearly review")),
        Innocent(Text("用工或收入普遍增加,依规渐退", "Work or income rose for many, and the taper was kept")),
        Innocent(Text("转入其他救助项目", "They passed to another programme")),
    ),
    verify=Text(
        "了解当期是否有清理行动或指标要求,抽查终止户的复核与告知材料;不符合终止条件的,恢复并补发",
        "Ask whether there was a campaign or a target; look into reviews and notices of a sample of those ended; who"
        " still meets the conditions is taken back and paid what was missed",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an area and run of overlapping stretches; the largest share beyond the limit first."""
    found = areas(data, policy)
    raised = _worst(found.filter("raised"), _number(policy, "months"))
    rows = raised.select(
        pl.col("area").alias("region_code"),
        *("month", "first_month", "last_month", "tier", "peers", "left_out", "unknown", *REASONS),
        pl.col("whole").alias("awards"),
        pl.col("part").alias("observed"),
        pl.col("expected").round(1),
        pl.col("high").cast(pl.Int64).alias("limit"),
        *((pl.col(of) * 100).round(1).alias(into) for into, of in (("usual", "share"), ("year_before", "year_before"))),
        (100 * pl.col("part") / pl.col("whole")).round(1).alias("share"),
        ((pl.col("part") - pl.col("high")) / pl.col("whole")).alias("score"),
    )
    return leads(
        CARD,
        data.engine.place(rows),
        subject="region_code",
        part=nw.col("month"),
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        evidence=(of_awards(data, _ended(data, raised), ("household_no", "from_month", "to_month", "end_reason")),),
        undecidable=data.engine.place(found.filter("open").select("area", "month")),
    )


def areas(data: Tables, policy: Policy) -> pl.DataFrame:
    """Every stretch of every township and county: `part` of `whole` awards in force in its first month ended.

    Beside what `against_peers` says (only where enough ended to ask): `area`, `tier`, `county`, `first`, `first_month`,
    `last_month`, `month` (the last, as text), the ends by reason, `left_out`, `unknown`, `year_before` (a share);
    `raised`; `open`: nobody can tell.
    """
    months, last = _number(policy, "months"), last_whole_month(data)
    first = last - _number(policy, "history") + 1
    spells = placed(Regions.of(data), data.engine.collect(_spells(data, first, last)))
    stretches = [_stretch(spells, tier, at, months) for tier in TIERS for at in range(first, last - months + 2)]
    counted = pl.concat([_stretch(spells.clear(), TIERS[0], first, months), *stretches])
    before = counted.select(
        "area", (pl.col("first") + YEAR).alias("first"), year_before=pl.col("part") / pl.col("whole")
    )
    told = counted.join(before, on=["area", "first"], how="left")
    judged = [_judged(one, policy) for one in told.partition_by("county", "tier", maintain_order=True)]
    return pl.concat([_judged(told.clear(), policy), *judged]).with_columns(
        first_month=pl.date(pl.col("first") // YEAR, pl.col("first") % YEAR + 1, 1),
        last_month=pl.date(pl.col("final") // YEAR, pl.col("final") % YEAR + 1, 1),
        month=pl.format("{}-{}", pl.col("final") // YEAR, (pl.col("final") % YEAR + 1).cast(pl.String).str.zfill(2)),
    )


def _spells(data: Tables, first: int, last: int) -> Frame:
    """Awards by region, first and last month within the months looked at (`until` past `last`: still in force)."""
    awards = once(
        dibao(data).filter((nw.col("starts") <= last) & (nw.col("ends").is_null() | (nw.col("ends") >= first)))
    )
    carried = carried_on(awards.filter(nw.col("ends") <= last), awards).with_columns(nw.lit("carried").alias("carried"))
    marked = awards.join(carried, on="award_id", how="left").with_columns(
        nw.max_horizontal(nw.col("starts"), nw.lit(first)).cast(nw.Int64).alias("since"),
        nw.min_horizontal(nw.coalesce(nw.col("ends"), nw.lit(last + 1)), nw.lit(last + 1))
        .cast(nw.Int64)
        .alias("until"),
        nw.coalesce(nw.col("carried"), nw.col("end_reason"), nw.lit("unknown")).alias("reason"),
    )
    return marked.group_by("region_code", "since", "until", "reason").agg(nw.len().cast(nw.Int64).alias("awards"))


def _stretch(spells: pl.DataFrame, tier: str, first: int, months: int) -> pl.DataFrame:
    """One stretch of every area of the tier."""
    ended = pl.col("until") < first + months
    counts = {reason: pl.col("awards").filter(ended, pl.col("reason") == reason).sum() for reason in REASONS}
    return (
        spells.filter(pl.col(tier).is_not_null(), pl.col("since") <= first, pl.col("until") >= first)
        .group_by("county", pl.col(tier).alias("area"))
        .agg(
            whole=pl.col("awards").sum(),
            part=pl.col("awards").filter(ended, pl.col("reason").is_in([*REASONS])).sum(),
            left_out=pl.col("awards").filter(ended, pl.col("reason").is_in(NOT_COUNTED)).sum(),
            unknown=pl.col("awards").filter(ended, pl.col("reason") == "unknown").sum(),
            **counts,
        )
        .with_columns(tier=pl.lit(tier), first=pl.lit(first, pl.Int64), final=pl.lit(first + months - 1, pl.Int64))
        .sort("county", "area", nulls_last=True)
    )


def _judged(one: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The stretches of one tier of one county against those of other times; only where enough ended."""
    months, least = _number(policy, "months"), float(str(policy.tuning("mass_exit", "share")))
    enough = pl.col("whole") >= _number(policy, "awards")
    perhaps = enough & (pl.col("part") + pl.col("unknown") >= least * pl.col("whole"))
    at = one["first"].to_list()
    peers = [[here != there and (here - there) % months == 0 for there in at] for here in at]
    limit = float(str(policy.tuning("mass_exit", "limit")))
    asked = one.select(perhaps).to_series()
    limits = against_peers(one["part"], one["whole"], peers, asked=asked, level=limit)
    known = pl.col("part") >= least * pl.col("whole")
    beyond = pl.col("part") + pl.col("unknown") > pl.col("high")
    raised = (perhaps & known & (pl.col("part") > pl.col("high"))).fill_null(value=False)
    return one.hstack(limits).with_columns(raised=raised, open=perhaps & ~raised & beyond.fill_null(value=True))


def _worst(raised: pl.DataFrame, months: int) -> pl.DataFrame:
    """Of stretches of one area that overlap one another the one with the largest share; of equals the earliest."""
    return (
        raised.sort("area", "first")
        .with_columns(run=(pl.col("first").diff() >= months).fill_null(value=True).cum_sum().over("area"))
        .with_columns(held=pl.col("part") / pl.col("whole"))
        .sort("area", "run", "held", "first", descending=[False, False, True, False])
        .unique(["area", "run"], keep="first", maintain_order=True)
    )


def _ended(data: Tables, raised: pl.DataFrame) -> Frame:
    """The awards counted in these stretches."""
    awards = dibao(data)
    codes = placed(Regions.of(data), data.engine.collect(awards.select("region_code").unique()))
    places = pl.concat([codes.select("region_code", pl.col(tier).alias("subject")) for tier in TIERS])
    stretches = raised.select(
        pl.col("area").alias("subject"), pl.col("month").alias("part"), *(pl.col(name).cast(pl.Int32) for name in SPAN)
    )
    asked = data.engine.place(places.join(stretches, on="subject", how="inner"))
    ended = once(
        awards.join(asked, on="region_code", how="inner").filter(
            (nw.col("starts") <= nw.col("first"))
            & (nw.col("ends") >= nw.col("first"))
            & (nw.col("ends") <= nw.col("final"))
            & nw.col("end_reason").is_in([*REASONS])
        )
    )
    return ended.join(carried_on(ended, awards), on="award_id", how="anti").select("subject", "part", "award_id")


def _number(policy: Policy, field: str) -> int:
    return int(str(policy.tuning("mass_exit", field)))
