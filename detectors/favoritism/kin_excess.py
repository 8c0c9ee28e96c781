"""Are more of an official's near kin on dibao than equal need in the same village and year predicts?

Contract §5: handlers, approvers and village committees; households with a statement, compared inside one village, one
band of recomputed need and one year, each until its first year on dibao (`casework.means.asked_years`). The marked are
those with a member who is, or is near kin of, the official with the village in their jurisdiction; those close only to
another such official are left out of the comparison, and so are kin whose aid began before the post. Tested exactly
(mid-p), by drawing anew who is kin, and judged beside all who could be named in the county. A figure out of line is no
finding against anyone: need the statement does not show, help with the papers or a campaign among the clan make the
same figure.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, needs
from casework.dataset import Tables
from casework.engine import Frame
from casework.kinship.evidence import path_evidence
from casework.kinship.excess import (
    AS_LARGE,
    NONE,
    OFFICIAL_OF,
    SMALLER,
    bar,
    homes_compared,
    strata_of,
    tested,
    untold,
    with_controls,
    written_strata,
)
from casework.kinship.words import DUTY, PATHS
from casework.kinship.words import NONE as NOTHING
from casework.lead import KEPT, Evidence, Leads, common_region, evidence, first_rows, leads
from casework.means.figures import YEAR
from casework.policy import Policy
from casework.tables import AWARD, HOUSEHOLD, KIN, MATCH, MEANS, MEMBER, OFFICIAL, PERSON, REGION
from casework.text import Text
from casework.written import chance

HOUSEHOLDS: Final = Text("户", "households")
TIMES: Final = Text("倍", "times")
UNTOLD: Final = Text("无可比较", "nothing to compare")
SURE, DOUBTED = 0.5, 0.25  # a figure out of line; one that shows in those without a say as well
SHOWN: Final = 2  # digits of a number of households or times

BY_NEED: Final = Innocent(
    Text("亲属家庭更困难", "Their kin are needier"), (needs(MEANS), needs(MEMBER, "co_living"), needs(MATCH, "kind"))
)
AIDED_BEFORE: Final = Innocent(
    Text("任职之前已在保", "They were on aid before the post"), (needs(OFFICIAL), needs(AWARD, "from_month"))
)
ANY_KIN: Final = Innocent(
    Text(
        "无审批权的干部,其亲属同样偏多(消息灵通、懂得申请)",
        "Kin of officials without a say fare alike: they hear of aid and know how to apply",
    ),
    (needs(OFFICIAL), needs(KIN, "relation")),
)

CARD = Card(
    scheme="kin_excess",
    family="favoritism",
    subject="official",
    title=Text("近亲属在保多于同等困难家庭(待核实)", "More kin on dibao than equal need predicts (to verify)"),
    question=Text(
        "在其辖区,干部近亲属家庭享受低保的,是否多于同村、同年、同等困难的其他家庭所预示的?",
        "Are more of an official's near kin on dibao than equal need in the same village and year predicts?",
    ),
    folk=Text("人情保、关系保", "Aid by connections"),
    rule="kin_excess",
    other_rules=(
        *("need_band", "near_kin", "kin_certainty", "dibao_standard", "veto"),
        *("deduction_cap", "disregard", "job_cost", "impute_work", "impute_land", "impute_support"),
    ),
    needs=(
        needs(OFFICIAL),
        needs(MEMBER, "relation", "co_living"),
        needs(HOUSEHOLD, "region_code"),
        needs(MEANS),
        needs(AWARD, "programme", "household_no", "from_month"),
    ),
    also_uses=(
        needs(KIN, "relation"),
        needs(AWARD, "to_month"),
        needs(MEMBER, "joined_on", "left_on"),
        needs(OFFICIAL, "to_on"),
        needs(REGION, "urban_rural"),
        needs(PERSON, "died_on"),
        needs(MATCH, "kind"),
    ),
    level="info",
    severity="procedure",
    confidence=SURE,
    reason=Text(
        "疑似近亲属在保偏多:任职辖区内近亲属家庭有 {observed} 户享受低保,"
        "按同村、同年、同等困难的其他家庭推算约 {expected} 户,在保率为其他家庭的 {lift} 倍",
        "Possibly more kin on aid than need predicts: {observed} of the official's near kin in their jurisdiction came"
        " on dibao, where village, year and need predict {expected}: {lift} times the rate of other such households",
    ),
    facts={
        "observed": Fact(Text("近亲属在保", "Kin on dibao"), HOUSEHOLDS),
        "expected": Fact(Text("按同等困难推算", "Expected by equal need"), HOUSEHOLDS),
        "excess": Fact(Text("超出", "Beyond that"), HOUSEHOLDS),
        "lift": Fact(Text("亲属在保率为其他家庭的", "Rate among kin by that among others"), TIMES),
        "low": Fact(Text("倍数下限(95%)", "Lower bound (95 %)"), TIMES),
        "high": Fact(Text("倍数上限(95%)", "Upper bound (95 %)"), TIMES, absent=Text("无上限", "unbounded")),
        "shrunk": Fact(
            Text("实际与推算之比(与本县其他干部合并估计)", "Observed by expected, shrunk towards the county's"), TIMES
        ),
        "shrunk_low": Fact(Text("合并估计的下限(5%,用于排序)", "Its lower end (5 %, orders the list)"), TIMES),
        "p": Fact(Text("偶然达到的概率(中位 p)", "By chance alone (mid-p)")),
        "q": Fact(Text("错误发现率", "False discovery rate")),
        "tested": Fact(Text("本县受检干部", "Officials tested in the county"), Text("人", "officials")),
        "homes": Fact(Text("可比的近亲属家庭", "Kin households compared"), HOUSEHOLDS),
        "strata": Fact(Text("比较层数(村×年×困难档)", "Strata (village, year, band of need)")),
        "first_year": Fact(Text("首年", "First year")),
        "last_year": Fact(Text("末年", "Last year")),
        "before_observed": Fact(
            Text("同一亲属任职前已在保", "The same kin, on dibao before the post"), HOUSEHOLDS, absent=UNTOLD
        ),
        "before_expected": Fact(Text("任职前推算", "Expected before the post"), HOUSEHOLDS, absent=UNTOLD),
        "elsewhere_observed": Fact(
            Text("当地无审批权干部的亲属在保", "Kin of officials without a say there"), HOUSEHOLDS, absent=UNTOLD
        ),
        "elsewhere_expected": Fact(Text("上项推算", "Expected of these"), HOUSEHOLDS, absent=UNTOLD),
        "control": Fact(
            Text("对照结果", "The controls"),
            words={
                NONE: Text("无可对照", "nothing to compare with"),
                SMALLER: Text("对照没有同样偏多", "no excess as large"),
                AS_LARGE: Text("对照同样偏多,可信程度降低", "an excess as large: less sure"),
            },
        ),
        "duties": Fact(Text("辖区内任职", "Posts over the villages"), words=DUTY, many=True, absent=NOTHING),
        "post_from": Fact(Text("任职起", "In post from"), absent=NOTHING),
        "post_to": Fact(Text("任职止", "In post to"), absent=Text("在任或未载", "in post, or not stated")),
        "paths": Fact(Text("亲属路径(由干部起)", "Paths of kin, from the official"), words=PATHS, many=True),
        "certainty": Fact(Text("关系可信程度(最弱一户)", "Certainty of the weakest tie")),
        "beside": Fact(
            Text(
                "逐层对比(村 年 困难档 亲属在保/亲属 其他在保/其他)",
                "Each stratum (village, year, band, kin on aid/kin, others on aid/others)",
            ),
            many=True,
        ),
    },
    arithmetic=Text(
        "{first_year} 至 {last_year} 年在保的近亲属:按 {strata} 层(村×年×困难档)逐层推算共 {expected} 户,"
        "实际 {observed} 户,超出 {excess} 户;亲属在保率为同层其他家庭的 {lift} 倍(按层加权,其他家庭无一在保时按半户计),"
        "95% 区间 {low} 至 {high};"
        "偶然达到的概率 {p},本县 {tested} 名干部一并检验后错误发现率 {q};"
        "任职前 {before_observed}(推算 {before_expected}),"
        "当地无审批权干部的亲属 {elsewhere_observed}(推算 {elsewhere_expected}):{control}",
        "Kin on dibao, {first_year} to {last_year}, stratum by stratum (village, year, band of need; {strata} in all):"
        " {expected} expected and {observed} seen, {excess} beyond; {lift} times the rate of the others of their"
        " strata (weighted; half a household where none of the others did; 95 %: {low} to {high});"
        " chance alone: {p}; among the officials tested in the county ({tested}) a false discovery rate {q};"
        " before the post {before_observed} (expected {before_expected}), kin of officials without a say there"
        " {elsewhere_observed} (expected {elsewhere_expected}): {control}",
    ),
    innocent=(
        BY_NEED,
        AIDED_BEFORE,
        ANY_KIN,
        Innocent(Text("家族中普遍动员申请,并非干部照顾", "The whole clan was urged to apply; nobody was favoured")),
        Innocent(
            Text("核定未反映的困难(债务、照护、突发变故)", "Hardship no statement shows: debt, care, a sudden blow")
        ),
        Innocent(Text("几户同遇一事(同一场灾病),并非各自独立", "One blow hit several of these households at once")),
        Innocent(Text("干部已备案回避,由他人核定", "The official had filed the tie and others decided")),
    ),
    verify=Text(
        "逐户核对这些家庭的核定表与入户记录,并抽取同档未在保的其他家庭对照;查备案与回避记录。统计差异不能单独作为依据",
        "Go through the statements and visits of each of these households, and of some in the same band who are not on"
        " aid; look up filings and who stood aside. A difference in figures is no ground by itself",
    ),
    statistical=True,
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an official; who is out of line most surely first, however few or many their kin."""
    asked = bar(policy, CARD.rule)
    strata = strata_of(data, policy)
    named = tested(data, policy, strata, asked).filter("named")
    homes = homes_compared(data, policy, strata).join(named, on=list(OFFICIAL_OF), how="semi")
    shown = _told(data, with_controls(strata, named, asked).join(written_strata(strata), on=list(OFFICIAL_OF)), homes)
    ties = homes.filter(pl.col("on_aid") == 1).select("official_id", "household_id", "member_id", "via_1", "via_2")
    return leads(
        CARD,
        data.engine.place(shown).with_columns(common_region("low_code", "high_code").alias("region_code")),
        subject="official_id",
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        confidence=nw.when(nw.col("control") == AS_LARGE).then(nw.lit(DOUBTED)).otherwise(nw.lit(SURE)),
        since=nw.col("since"),
        until=nw.col("until"),
        related=nw.col("related"),
        keep=("official_id",),
        evidence=_proof(data, data.engine.place(ties.unique())),
        undecidable=data.engine.place(untold(data, policy, strata, asked).join(named, on="official_id", how="anti")),
        unchecked=[(ANY_KIN, nw.col("control") != SMALLER), (AIDED_BEFORE, nw.col("aided_before") == 1)],
    )


def _told(data: Tables, named: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """The named with every fact; numbers as they are shown."""
    compared = homes.group_by(OFFICIAL_OF).agg(pl.col("household_no").n_unique().cast(pl.Int64).alias("homes"))
    open_end = pl.col("post_to").is_null().any()
    began = pl.col("post_from").dt.year().cast(pl.Int64) * YEAR + pl.col("post_from").dt.month() - 1
    on_aid = (
        homes.filter(pl.col("on_aid") == 1)
        .group_by(OFFICIAL_OF)
        .agg(
            pl.col("household_no").unique().sort().str.join(";").alias("related"),
            pl.col("region_code").min().alias("low_code"),
            pl.col("region_code").max().alias("high_code"),
            pl.col("path").unique().sort().str.join(";").alias("paths"),
            pl.col("certainty").min(),
            pl.col("duties").str.split(";").explode().unique().sort().str.join(";"),
            pl.col("post_from").min(),
            pl.when(~open_end).then(pl.col("post_to").max()).alias("post_to"),
            pl.col("year").min().alias("first_year"),
            pl.col("year").max().alias("last_year"),
            (pl.col("first_aid_month") < began).any().cast(pl.Int64).alias("aided_before"),  # and off it since
        )
    )
    joined = named.join(compared, on=list(OFFICIAL_OF)).join(on_aid, on=list(OFFICIAL_OF))
    last_day = pl.date("last_year", 12, 1).dt.month_end()
    return joined.with_columns(
        score=pl.col("shrunk_low"),
        excess=(pl.col("observed") - pl.col("expected")).round(SHOWN),
        high=pl.when(pl.col("high").is_finite()).then(pl.col("high").round(SHOWN)),
        since=pl.date("first_year", 1, 1),
        until=pl.min_horizontal(last_day, pl.lit(data.as_of)),
        **{name: pl.col(name).round(SHOWN) for name in ("expected", "lift", "low", "shrunk", "shrunk_low")},
        **{name: pl.col(name).round(SHOWN) for name in ("before_expected", "elsewhere_expected")},
        **{name: chance(pl.col(name)) for name in ("p", "q")},
    )


def _proof(data: Tables, homes: Frame) -> tuple[Evidence, ...]:
    """The posts, the awards of the kin on aid, and the path of kin to each of these households."""
    kept = homes.select(
        *(nw.col(name).alias(KEPT + name) for name in ("official_id", "household_id", "member_id", "via_1", "via_2"))
    )

    def awards(found: Frame) -> Frame:
        names = ("award_no", "programme", "household_no", "from_month", "to_month")
        theirs = found.join(kept, on=KEPT + "official_id", how="inner")
        asked = theirs.select("subject", "part", nw.col(KEPT + "household_id").alias("household_id")).unique()
        rows = first_rows(data[AWARD]).filter(nw.col("programme") == "dibao")
        rows = rows.join(asked, on="household_id", how="inner")
        return rows.select("subject", "part", *names, "source_file", "source_row")

    def beside(one: Evidence) -> Evidence:
        return Evidence(
            one.table, one.show, lambda found: one.gather(found.join(kept, on=KEPT + "official_id", how="inner"))
        )

    return (
        evidence(data, OFFICIAL, on="person_id", key="official_id", show=("post", "to_on")),
        Evidence(AWARD, ("programme", "household_no", "from_month", "to_month"), awards),
        *(beside(one) for one in path_evidence(data)),
    )
