"""Did the kin of an official, or all whom the official confirmed, fare better than like cases?

Contract §5: decided applications with an income line that the official confirmed (first or second actor of a confirm
step), compared only with cases of the same village, need band, year of decision and programme. Asked of their near kin
against the others they confirmed (part kin), and of all they confirmed against what others confirmed (part all):
approved though ineligible; decided in fewer working days, those accepted in each month, urgent, extended and delegated
cases and each decision for themselves; paid beyond the amount due in the first months. Part all is raised by approvals
only, since officials innocently differ in pace and season, and beside fewer than three others where the county's other
officials are stricter too. What cannot be placed, for want of a statement or a village, or whose property is unknown,
is undecidable.

Named where the false discovery share among the county's comparisons is small, there are enough cases, and the effect is
of a size that matters and not nil anywhere in its interval. It says that figures are unusual, and nothing about why:
being kin is no breach, and a quick decision is a good one.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.confirmed import CONFIRM, TIE, confirmed
from casework.kinship.evidence import path_evidence
from casework.kinship.lenience import TEST, assessed, compared
from casework.kinship.standing_out import standing_out, told
from casework.lead import KEPT, Evidence, Leads, common_region, evidence, leads
from casework.means.fared import fared
from casework.policy import Policy
from casework.tables import (
    APPLICATION,
    AWARD,
    BENEFICIARY,
    HOUSEHOLD,
    KIN,
    MATCH,
    MEANS,
    MEMBER,
    PAYMENT,
    PERSON,
    REGION,
    STEP,
)
from casework.text import Text

CASES: Final = Text("件", "applications")
QUESTION: Final = {
    "approved": Text("不符合条件而获批偏多", "more approved though ineligible"),
    "faster": Text("办理偏快", "decided faster"),
    "paid": Text("发放高于应发偏多", "paid beyond the amount due"),
}
RANKS: Final = Text(
    " {strata} 层比较:{observed} 件优于本层中间水平,按其他案件应为 {expected} 件,多出 {excess} 件;一百对中居先 {effect}"
    " 对(相同各计一半;95% 区间 {low} 至 {high},无差别为 50),",
    " {strata} groups; ahead of the middle of their group: {observed}, to be expected {expected}, beyond it"
    " {excess}; ahead in {effect} of a hundred pairs, alike ones counted half (95 % interval {low} to {high}, 50 is no"
    " difference); ",
)
OF_RANKS: Final = Text(
    "{marking}共 {marked} 件,与同村、同困难档次、同年的其他 {whole_others} 件分" + RANKS.zh,
    "{marking}: {marked} cases, held against {whole_others} others of the same village, band of need and year in"
    + RANKS.en,
)
OF_MONTHS: Final = Text(
    "{marking}共 {marked} 件,与同村、同困难档次、同月受理的其他 {whole_others} 件分" + RANKS.zh,
    "{marking}: {marked} cases, held against {whole_others} others of the same village and band of need accepted in"
    " the same month in" + RANKS.en,
)
OF_CHANCE: Final = Text("偶然达到的概率 {p},错误发现率 {q}", "chance alone: {p}; false discovery rate: {q}")

CARD = Card(
    scheme="kin_lenience",
    family="favoritism",
    subject="official",
    title=Text("经确认的案件结果偏宽(待核实)", "Confirmed cases fared better than like ones (to verify)"),
    question=Text(
        "与同类案件相比,某干部确认的近亲属申请是否更宽、更快或多发,其确认的全部申请是否更宽?",
        "Among like cases, did the near kin of an official fare better, or were all confirmed approved more often?",
    ),
    folk=Text("人情保、关系保", "Aid by favour"),
    rule="kin_lenience",
    other_rules=(
        *("near_kin", "kin_certainty", "need_band", "dibao_standard", "edge_multiplier", "veto", "decision_days"),
        *("clock_stops", "posting_counts", "deduction_cap", "disregard", "job_cost", "benefit_mode", "benefit_bands"),
        *("benefit_amount", "category_topup", "exclusive", "taper_months", "death_grace_months"),
    ),
    needs=(
        needs(APPLICATION, "programme", "household_no", "accepted_at", "decided_at", "decision"),
        needs(STEP),
        needs(MEANS),
        needs(MEMBER, "relation", "joined_on", "co_living"),
    ),
    either=(needs(STEP, "actor_id_no"), needs(STEP, "second_actor_id_no")),
    also_uses=(
        needs(KIN, "relation"),
        needs(APPLICATION, "delegated", "extended", "urgency", "single_person_basis"),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
        needs(MATCH, "id_no", "kind", "from_on", "value", "detail"),
        needs(AWARD, "application_no"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(PERSON, "died_on", "disability_grade"),
    ),
    protected={"person.disability_grade": "entitles", "person.health": "entitles"},
    level="info",
    severity="procedure",
    confidence=0.5,
    statistical=True,
    reason=Text(
        "疑似结果偏宽(仅为统计提示):{marking}{case},高于同类案件应有的件数 {excess} 件;原因有待核实",
        "Possibly better treated (a statistical hint only): {marking}, {case}; beyond what like cases predict:"
        " {excess}; why is to be verified",
    ),
    facts={
        "case": Fact(Text("差别最明显的方面", "Clearest difference"), words=QUESTION),
        "causes": Fact(Text("有差别的各方面", "All differences"), words=QUESTION, many=True),
        "marking": Fact(
            Text("比较对象", "Who is compared"),
            words={
                "kin": Text("该干部确认的近亲属申请", "the near kin among the applications this official confirmed"),
                "all": Text("该干部确认的全部申请", "all applications this official confirmed"),
            },
        ),
        "marked": Fact(Text("比较对象件数", "Compared"), CASES),
        "whole_others": Fact(Text("同类其他件数", "Like others"), CASES),
        "observed": Fact(
            Text("其中结果偏宽(获批、快于或多于中间水平)", "Of them approved, or ahead of the middle"), CASES
        ),
        "expected": Fact(Text("按同类应有", "Expected by like cases")),
        "excess": Fact(Text("多出", "Beyond it")),
        "effect": Fact(
            Text(
                "效应(其他获批率的倍数,或一百对中居先的对数)",
                "Effect: times the others' rate, or ahead in so many of 100 pairs",
            ),
            absent=Text("无从计算(其他无一获批)", "beyond count (none of the others approved)"),
        ),
        "low": Fact(Text("效应下限(95%)", "Effect at least (95 %)")),
        "high": Fact(Text("效应上限(95%)", "Effect at most (95 %)"), absent=Text("无上限", "no bound")),
        "shift_days": Fact(
            Text("快于同类(中位)", "Sooner, median"),
            Text("个工作日", "working days"),
            absent=Text("不适用", "not applicable"),
        ),
        "shift_fen": Fact(
            Text("每月多于同类(中位)", "More a month, median"),
            Text("元", "yuan"),
            absent=Text("不适用", "not applicable"),
        ),
        "p": Fact(Text("偶然达到的概率(单侧,中位 p)", "By chance alone (one-sided mid-p)")),
        "q": Fact(Text("错误发现率(同县同类比较一并计算)", "False discovery rate, all such comparisons of the county")),
        "strata": Fact(
            Text("比较层数(村×年或受理月×困难档)", "Strata (village, year or month accepted, band of need)")
        ),
        "beside": Fact(
            Text(
                "逐层对比(村 年或受理月 困难档 对象较优/对象 其他较优/其他)",
                "Each stratum (village, year or month accepted, band, better of them/them, better of others/others)",
            ),
            many=True,
        ),
    },
    arithmetic=Text(OF_RANKS.zh + OF_CHANCE.zh, OF_RANKS.en + OF_CHANCE.en),
    cases={
        "approved": Wording(
            Text(
                "疑似结果偏宽(仅为统计提示):{marking}中,按自身情况不符合条件的 {marked} 件有 {observed} 件获批,"
                "按同类案件应为 {expected} 件;原因有待核实",
                "Possibly better treated (a statistical hint only): {marking}: of {marked} ineligible by their own"
                " figures {observed} were approved, like cases predict {expected}; why is to be verified",
            ),
            Text(
                "受理日按自身情况不符合条件的案件中,对象 {marked} 件、同村同档同年的其他 {whole_others} 件,分"
                " {strata} 层:获批 {observed} 件,应有 {expected} 件,多出 {excess} 件;获批率为其他的倍数:{effect}(95%"
                " 区间 {low} 至 {high});" + OF_CHANCE.zh,
                "Ineligible by their own figures on acceptance: {marked} compared with {whole_others} others of the"
                " same village, band of need and year in {strata} groups; approved {observed}, to be expected"
                " {expected}, beyond it {excess}; rate by others' rate: {effect} (95 % interval {low} to {high}); "
                + OF_CHANCE.en,
            ),
        ),
        "faster": Wording(
            Text(
                "疑似结果偏宽(仅为统计提示):{marking}办理快于同类,一百对中 {effect} 对较快,中位快 {shift_days} 个"
                "工作日;原因有待核实",
                "Possibly better treated (a statistical hint only): {marking}; decided sooner than like cases in"
                " {effect} of a hundred pairs, by {shift_days} working days in the median; why is to be verified",
            ),
            Text(
                OF_MONTHS.zh + "中位快 {shift_days} 个工作日;" + OF_CHANCE.zh,
                OF_MONTHS.en + "sooner by {shift_days} working days in the median; " + OF_CHANCE.en,
            ),
        ),
        "paid": Wording(
            Text(
                "疑似结果偏宽(仅为统计提示):{marking}的发放高于应发的程度超过同类,一百对中 {effect} 对较多;"
                "原因有待核实",
                "Possibly better treated (a statistical hint only): {marking}; paid further beyond the amount due than"
                " like cases in {effect} of a hundred pairs; why is to be verified",
            ),
            Text(
                OF_RANKS.zh + "中位每月多 {shift_fen} 元;" + OF_CHANCE.zh,
                OF_RANKS.en + "more by {shift_fen} yuan a month in the median; " + OF_CHANCE.en,
            ),
        ),
    },
    rests_on={
        "approved": ("dibao_standard", "edge_multiplier", "veto"),
        "faster": ("decision_days", "clock_stops", "posting_counts"),
        "paid": ("benefit_mode", "benefit_bands", "benefit_amount", "category_topup", "exclusive", "taper_months"),
    },
    innocent=(
        Innocent(
            Text("亲属更困难,只在同一困难档次内比较", "Needier kin: only the same band of need is compared"),
            (needs(MEANS),),
        ),
        Innocent(
            Text(
                "下放审核确认权、依规延长的案件时限不同,分别比较",
                "Delegated and extended cases have times of their own",
            ),
            (needs(APPLICATION, "delegated", "extended", "urgency"),),
        ),
        Innocent(Text("应予增发的对象", "A top-up was due to someone covered"), (needs(PERSON, "disability_grade"),)),
        Innocent(
            Text(
                "办事勤快、所办时段不同,对谁都快:仅快慢或多发不因全部申请而列出",
                "A diligent official, or one of a quieter season, is quick for everyone: never raised by itself",
            )
        ),
        Innocent(
            Text(
                "按月集中审批,亲属同月受理,只与同月受理的比较",
                "Decided in monthly batches: only the same month is compared",
            ),
            (needs(APPLICATION, "accepted_at"),),
        ),
        Innocent(Text("情况紧急而未登记,依规从快", "Urgent, though not registered so, and lawfully dealt with first")),
        Innocent(Text("经宣传动员,亲属材料备得更齐", "Told of the aid, kin came with complete papers")),
        Innocent(Text("核定之外另有困难,依规个案研究", "Hardship beyond the statement, decided case by case")),
    ),
    verify=Text(
        "抽取所列案件与同层其他案件对照卷宗:核对依据、公示与确认记录,请干部说明是否回避;不据此评价任何一户",
        "Draw the listed cases and others of their group; compare the ground, the posting and the confirmation in the"
        " files, and ask whether the official stood aside. No household is judged by this",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an official and marking; whose effect is surely great comes first."""
    names = policy.rule(CARD.rule).shape
    limits = {name: float(str(policy.tuning(CARD.rule, name))) for name in names}
    confirmers = once(confirmed(data, policy))
    among = confirmers.select("application_id").unique()
    cases = once(fared(data, policy, among, round(limits["months"])))
    known, theirs = data.engine.collect_all(
        [cases.filter(_placed()), confirmers.join(cases, on="application_id", how="semi")]
    )
    granted = pl.when("ineligible").then((pl.col("decision") == "approved").cast(pl.Int64))
    asked = known.with_columns(granted.alias("approved"))
    rows = compared(asked, theirs)
    raised = standing_out(assessed(rows, round(limits["minimum"]), limits["lift"]), asked, theirs, limits)
    hits = rows.join(raised, on=list(TEST), how="semi").filter("marked", "hit")
    behind = data.engine.place(_behind(hits, known, theirs))
    found = data.engine.place(told(raised, rows, known))
    return leads(
        CARD,
        found.with_columns(common_region("region_low", "region_high").alias("region_code")),
        subject="official_id",
        part=nw.col("marking"),
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        since=nw.col("since"),
        until=nw.col("until"),
        evidence=_evidence(data, behind),
        undecidable=cases.filter(~_placed() | nw.col("ineligible").is_null()).select("application_id"),
    )


def _placed() -> nw.Expr:
    """Is it known in which village, band and year the case is to be compared?"""
    return ~nw.col("region_code").is_null() & ~nw.col("band").is_null() & ~nw.col("year").is_null()


def _behind(hits: pl.DataFrame, cases: pl.DataFrame, confirmed: pl.DataFrame) -> pl.DataFrame:
    """Each lead with each application that fared better, once, and of kin the path; named as what leads keep."""
    seen = hits.select("official_id", "marking", "application_id").unique()
    tied = seen.join(confirmed, on=["official_id", "application_id"]).join(cases, on="application_id")
    kept = ("application_id", "household_id", "official_id", *TIE)
    return tied.sort("official_id", "marking", "application_id").select(
        pl.col("official_id").cast(pl.String).alias("subject"),
        pl.col("marking").alias("part"),
        *(pl.col(name).alias(KEPT + name) for name in kept),
    )


def _evidence(data: Tables, behind: Frame) -> tuple[Evidence, ...]:
    """The applications that fared better, who confirmed them, and of the near kin among them the path."""
    related = behind.filter((nw.col("part") == "kin") & ~nw.col(f"{KEPT}member_id").is_null())
    show = ("programme", "household_no", "accepted_at", "decided_at", "decision")
    actors = ("finished_at", "actor_id_no", "second_actor_id_no")
    confirming = nw.col("step") == CONFIRM
    return (
        _of(behind, evidence(data, APPLICATION, on="application_id", show=show)),
        _of(behind, evidence(data, STEP, on="application_id", show=actors, where=confirming)),
        *(_of(related, one) for one in path_evidence(data)),
    )


def _of(behind: Frame, one: Evidence) -> Evidence:
    """The same evidence for each case behind a lead, instead of for the lead."""

    def gather(found: Frame) -> Frame:
        return one.gather(behind.join(found.select("subject", "part"), on=["subject", "part"], how="semi"))

    return Evidence(one.table, one.show, gather)
