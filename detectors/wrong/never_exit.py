"""Did no dibao award of a village end for a whole year, while those of its peers did?

Contract §5. Looked at are the twelve months (tuning `never_exit`) up to the last that is over. Every month of an award
in force is one trial, its last month paid the end; so awards that began in the year count for what they were at risk.
A village is asked about if it had enough awards in the first of the months and none of any reason ended; the chance of
that is what the other villages of the county, of the same setting (urban or rural) where it is known, predict, with
their own differences (`casework.statistics.peers`). Named is who stays within the false discovery share among all
tested villages of the county. With fewer than five peers nobody can tell: undecidable.

Deaths are ends too. An end that another award of the household takes up by the next month is none for the peers' rate,
but enough for the village not to be asked about. Where there are only such ends the village can never be named, and is
no test of the county's family either: it would have a small chance, and so make it easier to name the others.
"""

import narwhals as nw
import polars as pl

from casework.areas import (
    carried_on,
    dibao,
    discovered,
    each_county,
    last_whole_month,
    month_start,
    of_awards,
    peer_rows,
    placed,
)
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
from casework.written import chance

AWARDS = Text("份", "awards")
ENDS = Text("份", "ends")
AWARD_YEARS = Text("份·年", "award-years")
SETTING = {option.code: option.label for option in REGION["urban_rural"].options}
_CHANCES = {"chance": "few_mid", "q": "q"}

CARD = Card(
    scheme="never_exit",
    family="wrong",
    subject="region",
    title=Text("一年无一退出(待核实)", "Not one award ended in a year (to verify)"),
    question=Text(
        "本村低保是否一年内无一份终止,而同县同类村都有终止?",
        "Did no dibao award of the village end for a year, while those of its peers did?",
    ),
    folk=Text("只进不退", "In, never out"),
    rule="never_exit",
    needs=(
        needs(REGION, "tier"),
        needs(AWARD, "programme", "household_no", "from_month", "to_month"),
        needs(HOUSEHOLD, "region_code"),
    ),
    also_uses=(needs(REGION, "urban_rural"), needs(APPLICATION, "region_code")),
    level="info",
    severity="procedure",
    confidence=0.4,
    statistical=True,
    reason=Text(
        "疑似未动态退出:{first_month} 至 {last_month} 在保 {awards} 份低保无一终止;"
        "按同县 {peers} 个同类村推算应有 {expected} 份(区间 {low} 至 {high})",
        "Possibly no reviews that end anything: from {first_month} to {last_month} none of {awards} dibao awards ended;"
        " {peers} villages of the county predict {expected} (between {low} and {high})",
    ),
    facts={
        "first_month": Fact(Text("首月", "First month")),
        "last_month": Fact(Text("末月", "Last month")),
        "awards": Fact(Text("首月在保", "In force in the first month"), AWARDS),
        "award_years": Fact(Text("在保时长", "Time in force"), AWARD_YEARS),
        "observed": Fact(Text("实际终止", "Ended, observed"), ENDS),
        "expected": Fact(Text("推算终止", "Ended, expected"), ENDS),
        "low": Fact(Text("推算下限(95%)", "Expected at least (95 %)"), ENDS),
        "high": Fact(Text("推算上限(95%)", "Expected at most (95 %)"), ENDS),
        "setting": Fact(Text("城乡分类", "Urban or rural"), words=SETTING),
        "peers": Fact(Text("参照村数", "Peer villages"), Text("个", "villages")),
        "peer_rate": Fact(
            Text("参照村每百份年终止", "Ends a year of a hundred awards, peers"),
            ENDS,
        ),
        "chance": Fact(Text("偶然如此的概率 p", "Chance of none, p")),
        "q": Fact(Text("错误发现率 q", "False discovery share, q")),
    },
    arithmetic=Text(
        "在保合计 {award_years} 份·年,终止 {observed} 份;参照村每百份一年终止 {peer_rate} 份,"
        "推算 {expected} 份,95% 区间 {low} 至 {high};计入各村差异后无一终止的概率 {chance},全县校正后 q {q}",
        "{award_years} years of awards in force, ended: {observed}; of a hundred awards of peers {peer_rate} end in a"
        " year, which predicts {expected}, 95 % between {low} and {high}; with the differences between villages the"
        " chance of none is {chance}, corrected for all villages of the county q {q}",
    ),
    innocent=(
        Innocent(Text("在保户较少,偶然如此", "Few awards: mere chance"), (needs(AWARD, "to_month"),)),
        Innocent(Text("城乡差异", "Urban and rural places differ"), (needs(REGION, "urban_rural"),)),
        Innocent(
            Text(
                "人口结构:重残、重病者多而高龄者少,难以退出也少有离世",
                "Who lives there: many with severe disability or illness, few very old: few recover, few die",
            )
        ),
        Innocent(Text("已按期复核,确无变化", "All were reviewed in time and nothing had changed")),
        Innocent(Text("终止已办理,系统尚未登记", "Awards did end, the system was not told")),
    ),
    verify=Text(
        "抽查本村在保户的复核记录与家庭经济状况,核对死亡、迁出人员是否已停发",
        "Look into the reviews and the means of a sample of the village's awards; check that the dead and the moved are"
        " paid no longer",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead a village; where the peers predict the most ends at the least, first."""
    found = areas(data, policy)
    named = found.filter("asked", pl.col("q") <= float(str(policy.tuning("never_exit", "q"))))
    rows = named.select(
        pl.col("area").alias("region_code"),
        *("first_month", "last_month", "awards", "setting", "peers"),
        *(pl.col(name).round(1) for name in ("award_years", "expected", "peer_rate")),
        pl.col("part").alias("observed"),
        *(pl.col(name).cast(pl.Int64) for name in ("low", "high")),
        chance(pl.col("few_mid")).alias("chance"),
        chance(pl.col("q")).alias("q"),
        (pl.col("low") + 1 - pl.col("few")).alias("score"),
    )
    return leads(
        CARD,
        data.engine.place(rows),
        subject="region_code",
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        evidence=(of_awards(data, _held(data, policy), ("household_no", "from_month", "to_month", "category")),),
        undecidable=data.engine.place(found.filter("asked", pl.col("few").is_null()).select("area")),
    )


def areas(data: Tables, policy: Policy) -> pl.DataFrame:
    """Every village (`area`) with an award in the months, by county: `part` ends of `whole` months in force.

    Beside what `against_peers` says: `township`, `county`, `setting`, `first_month`, `last_month`, `awards`,
    `award_years`, `peer_rate`; `asked`: had enough awards and no end; `tested`: had enough, and not only ends that were
    carried on; `q` where tested.
    """
    first, last = _months(data, policy)
    counted = placed(Regions.of(data), data.engine.collect(_counts(data, first, last)))
    found = (
        counted.filter(pl.col("village").is_not_null(), pl.col("whole") > 0)
        .rename({"village": "area"})
        .group_by("area", "township", "county", "setting")
        .agg(pl.col("awards", "whole", "part", "any_end").sum())
        .with_columns(enough=pl.col("awards") >= int(str(policy.tuning("never_exit", "awards"))))
        .with_columns(
            asked=pl.col("enough") & (pl.col("any_end") == 0),
            tested=pl.col("enough") & ((pl.col("any_end") == 0) | (pl.col("part") > 0)),
        )
    )
    return each_county(found, judged).with_columns(
        award_years=pl.col("whole") / YEAR,
        first_month=pl.lit(month_start(first)),
        last_month=pl.lit(month_start(last)),
    )


def judged(one: pl.DataFrame) -> pl.DataFrame:
    """The villages of one county against their peers: `part` of `whole`, by `county`, `setting`, `tested`; adds `q`."""
    beside = one.hstack(against_peers(one["part"], one["whole"], peer_rows(one)))
    return beside.with_columns(discovered(beside, "few_mid", "tested"), peer_rate=pl.col("share") * 100 * YEAR)


def _months(data: Tables, policy: Policy) -> tuple[int, int]:
    """The first and the last of the months looked at."""
    last = last_whole_month(data)
    return last - int(str(policy.tuning("never_exit", "months"))) + 1, last


def _in_force(first: int, last: int) -> nw.Expr:
    """In force in some month of these."""
    return (nw.col("starts") <= last) & (nw.col("ends").is_null() | (nw.col("ends") >= first))


def _counts(data: Tables, first: int, last: int) -> Frame:
    """By region: `awards` in force in the first month, `whole` months in force, `part` ends, `any_end` of any kind."""
    awards = once(dibao(data).filter(_in_force(first, last)))
    ended = nw.col("ends") <= last
    carried = carried_on(awards.filter(ended), awards).with_columns(nw.lit(1).alias("carried"))
    marked = awards.join(carried, on="award_id", how="left").with_columns(
        nw.when(nw.col("starts") <= first).then(nw.lit(1)).otherwise(nw.lit(0)).alias("awards"),
        nw.when(ended).then(nw.lit(1)).otherwise(nw.lit(0)).alias("any_end"),
        nw.max_horizontal(nw.col("starts"), nw.lit(first)).alias("since"),
        nw.min_horizontal(nw.coalesce(nw.col("ends"), nw.lit(last)), nw.lit(last)).alias("until"),
    )
    return (
        marked.with_columns(
            (nw.col("until") - nw.col("since") + 1).alias("whole"),
            nw.when(nw.col("carried").is_null()).then(nw.col("any_end")).otherwise(nw.lit(0)).alias("part"),
        )
        .group_by("region_code")
        .agg(*(nw.col(name).sum().cast(nw.Int64).alias(name) for name in ("awards", "whole", "part", "any_end")))
    )


def _held(data: Tables, policy: Policy) -> Frame:
    """The awards in force in the first of the months, by village."""
    first, _ = _months(data, policy)
    held = dibao(data).filter(_in_force(first, first))
    codes = placed(Regions.of(data), data.engine.collect(held.select("region_code").unique()))
    villages = data.engine.place(codes.select("region_code", pl.col("village").alias("subject")))
    return held.join(villages, on="region_code", how="inner").select("subject", nw.lit("").alias("part"), "award_id")
