"""Do the households near an official hold far more awards that records contradict than the county does?

Contract §5, on the leads of this run, those found untrue left out. An award is marked by a lead of level exclude about
it, its application, its household or a person it covered when the lead says. Near is within two steps, a step being
near kin, one phone, one address or one account (`casework/kinship/linked.py`), of a handler, approver or village cadre,
in the county of their post, on some day on which the award itself ran and they were in post: what ended before is no
mark of theirs. Raised: at least `households` households with such a mark, and a share of marked awards at least
`cluster_multiple` times the county's.

Chance makes such circles, too. So the marked households of the circle are compared with those of the county, given how
many there are, among households of as many awards, means-tested or not (exact conditional test); the false discovery
share counts every official of the county as one test. A circle that chance may have made says so and is trusted less.

No guilt by cluster (safeguards R5): a household is named for its own leads alone, and none gains a lead or a point.
"""

from fractions import Fraction
from math import isnan
from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.circle import KIND, circles, households, posts, within
from casework.kinship.link_evidence import link_evidence
from casework.lead import Evidence, Leads, common_region, evidence, first_rows, household_region, leads
from casework.marked import marked_awards
from casework.policy import Policy
from casework.statistics import BESIDE_CHANCE, beside_chance, false_discovery
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, KIN, MEMBER, OFFICIAL, PAYMENT, PERSON
from casework.text import Text

CASES: Final = Text("件", "awards")
HOMES: Final = Text("户", "households")
TIMES: Final = Text("倍", "times")
UNKNOWN: Final = Text("无法估计", "cannot be told")
BEYOND, CHANCE = 0.5, 0.2  # how surely a circle is more than chance
PLACES: Final = 2  # of a ratio
FINE, LEAST = 4, 0.0001  # of a share; how small a chance is told
RULE: Final = "cluster_multiple"
OF: Final = ("official_id", "county")
MARK: Final = "exclude"
TESTS: Final = {
    "official_id": pl.Int64,
    "county": pl.String,
    **dict.fromkeys(BESIDE_CHANCE, pl.Float64),
    "strata": pl.Int64,
}

CARD = Card(
    scheme="favored_cluster",
    family="favoritism",
    subject="official",
    title=Text("干部关联户中疑点集中(待核实)", "Contradicted awards gathered around an official (to verify)"),
    question=Text(
        "与干部两步之内有亲属、电话、住址或账户联系的家庭,记录明显不符的保障是否远多于全县?",
        "Do the households within two steps of an official hold far more contradicted awards than the county?",
    ),
    folk=Text("关系圈", "A circle of favour"),
    rule=RULE,
    other_rules=("cluster_hub", "collective_account", "near_kin", "kin_certainty"),
    needs=(
        needs(OFFICIAL),
        needs(AWARD, "household_no", "programme", "from_month"),
        needs(HOUSEHOLD, "region_code"),
    ),
    also_uses=(
        needs(KIN, "relation"),
        needs(MEMBER, "relation"),
        needs(BENEFICIARY),
        needs(HOUSEHOLD, "phone", "address"),
        needs(PERSON, "phone", "account_no"),
        needs(PAYMENT, "account_no", "account_holder_id_no"),
    ),
    level="info",
    severity="procedure",
    confidence=BEYOND,
    statistical=True,
    reads_leads=True,
    reason=Text(
        "疑似集中:两步之内 {homes} 户中 {households} 户各有明显不符的线索,按全县预期 {expected} 户;"
        "{awards} 件保障中 {marks} 件,占比为全县的 {multiple} 倍",
        "Possibly gathered: of {homes} households within two steps, {households} have a lead of contradicted records of"
        " their own, where the county predicts {expected}; awards {awards}, of them with such a lead {marks},"
        " a share {multiple} times the county's",
    ),
    facts={
        "case": Fact(
            Text("与偶然相比", "Beside chance"),
            words={
                "beyond": Text("多于偶然", "more than chance"),
                "chance": Text("偶然亦可形成", "chance may have made it"),
            },
        ),
        "homes": Fact(Text("两步之内享受救助的户数", "Households on aid within two steps"), HOMES),
        "households": Fact(Text("其中有明显不符线索的户数", "Of them with a lead of contradicted records"), HOMES),
        "near": Fact(Text("其中一步之内", "Of them within one step"), HOMES),
        "expected": Fact(Text("按全县预期的户数", "Households the county predicts"), HOMES, absent=UNKNOWN),
        "lift": Fact(Text("户数与预期之比", "Households by expected"), TIMES, absent=UNKNOWN),
        "low": Fact(Text("比值下限(95%)", "Lower limit (95 %)"), TIMES, absent=UNKNOWN),
        "high": Fact(Text("比值上限(95%)", "Upper limit (95 %)"), TIMES, absent=UNKNOWN),
        "p": Fact(
            Text("偶然出现的概率(中位 p,0.0001 为不高于)", "Chance of so many (mid-p; 0.0001: or less)"), absent=UNKNOWN
        ),
        "q": Fact(Text("错误发现率(0.0001 为不高于)", "False discovery share (0.0001: or less)"), absent=UNKNOWN),
        "officials": Fact(Text("全县参与比较的干部", "Officials of the county compared"), Text("人", "people")),
        "strata": Fact(Text("可比的层数(保障件数、是否核查收入)", "Comparable strata (awards, means-tested or not)")),
        "awards": Fact(Text("两步之内的保障", "Awards within two steps"), CASES),
        "marks": Fact(Text("其中有明显不符线索", "Of them with such a lead"), CASES),
        "share": Fact(Text("两步之内占比", "Share within two steps")),
        "county_share": Fact(Text("全县占比", "Share of the county")),
        "multiple": Fact(Text("占比之比", "Share by the county's"), TIMES),
        "household_nos": Fact(Text("有自身线索的家庭", "Households with a lead of their own"), many=True),
        "lead_ids": Fact(Text("这些家庭自身的线索", "The leads of those households"), many=True),
    },
    arithmetic=Text(
        "{marks} ÷ {awards} = {share},全县 {county_share},为 {multiple} 倍;{homes} 户中 {households} 户"
        "(一步之内 {near} 户),与保障件数相近的家庭相比预期 {expected} 户,为 {lift} 倍(95% 区间 {low} 至 {high}),"
        "{strata} 层,偶然出现的概率 {p},在全县 {officials} 名干部中错误发现率 {q}",
        "{marks} ÷ {awards} = {share}, county {county_share}: {multiple} times; of {homes} households {households}"
        " (within one step {near}), expected among households of as many awards {expected}: {lift} times (95 % interval"
        " {low} to {high}), strata {strata}, chance of so many {p}, false discovery share among the county's"
        " {officials} officials {q}",
    ),
    cases={
        "chance": Wording(
            Text(
                "疑似集中,但偶然亦可形成:两步之内 {homes} 户中 {households} 户各有明显不符的线索,"
                "按全县预期 {expected} 户;在 {officials} 名干部中比较,错误发现率 {q}",
                "Possibly gathered, though chance may have made it: of {homes} households within two steps,"
                " {households} have a lead of their own, where the county predicts {expected}; compared among"
                " {officials} officials, false discovery share {q}",
            ),
            Text(
                "{marks} ÷ {awards} = {share},全县 {county_share},为 {multiple} 倍;{homes} 户中 {households} 户"
                "(一步之内 {near} 户),预期 {expected} 户,为 {lift} 倍(95% 区间 {low} 至 {high}),{strata} 层,"
                "偶然出现的概率 {p},错误发现率 {q}({officials} 名干部)",
                "{marks} ÷ {awards} = {share}, county {county_share}: {multiple} times; of {homes} households"
                " {households} (within one step {near}), expected {expected}: {lift} times (95 % interval {low} to"
                " {high}), strata {strata}, chance of so many {p}, false discovery share {q} ({officials} officials)",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("集体账户、机构住处或村部电话", "A collective account, an institution's address, an office's phone"),
            (needs(HOUSEHOLD, "address"), needs(PAYMENT, "account_no")),
        ),
        Innocent(
            Text("离婚、分户或任职之前的联系", "A tie before the post, or that had ended"), (needs(KIN, "to_on"),)
        ),
        Innocent(Text("小村亲属多,关联户本就困难", "In a small village many are kin, and kin are poor alike")),
        Innocent(Text("该地集中核对,发现的问题自然较多", "The place was checked more closely than others")),
        Innocent(Text("数据更新不及时,多户同样滞后", "Records of the place are out of date")),
    ),
    verify=Text(
        "先逐户核实各自的线索;只有在多户属实后,才查阅这些户的受理与确认由谁经手。不据此评价干部,也不增加任何一户的疑点",
        "First verify each household's own lead; only where several hold, see who accepted and confirmed them. The"
        " circle judges no official and adds nothing to any household",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an official; those whose circle is most surely beyond the county's share come first."""
    least = int(str(policy.tuning(RULE, "households")))
    marked = once(marked_awards(data, MARK))
    homes = data.engine.park(households(data, policy, marked))
    ways = circles(data, policy, homes, least)
    hits = once(ways.join(marked.select("award_id").unique(), on="award_id", how="semi"))
    near = within(ways, hits)
    around, county, officials, told = data.engine.collect_all(
        [
            near.join(
                homes.select("household_id", "county", *KIND, ever="marks"), on=["household_id", "county"], how="inner"
            ),
            _margins(homes),
            posts(data).group_by("county").agg(nw.col("official_id").n_unique().cast(nw.Int64).alias("officials")),
            _told(data, homes, marked, hits),
        ]
    )
    tests = _tested(around, county, officials, least)
    found = data.engine.place(_found(tests, around, county, told, policy))
    behind = once(
        hits.join(near, on=[*OF, "household_id", "steps"], how="semi")
        .join(found.select(*OF), on=list(OF), how="inner")
        .with_columns(nw.col("official_id").cast(nw.String).alias("subject"), nw.lit("").alias("part"))
    )
    return leads(
        CARD,
        found.with_columns(common_region("low_code", "high_code").alias("region_code")),
        subject="official_id",
        related=nw.col("related"),
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        confidence=nw.col("confidence"),
        keep=("official_id",),
        evidence=(
            evidence(data, OFFICIAL, on="person_id", key="official_id", show=("post", "to_on")),
            _awards(data, behind),
            *link_evidence(data, behind),
        ),
        undecidable=_unplaced(data, marked),
    )


def _margins(homes: Frame) -> Frame:
    """What the county has of each kind of household: `homes`, `marked` of them, `awards`, `marks` of them."""
    return homes.group_by("county", *KIND).agg(
        nw.len().cast(nw.Int64).alias("homes"),
        nw.when(nw.col("marks") > 0).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias("marked"),
        nw.col("awards").sum().cast(nw.Int64).alias("awards"),
        nw.col("marks").sum().cast(nw.Int64).alias("marks"),
    )


def _told(data: Tables, homes: Frame, marked: Frame, hits: Frame) -> Frame:
    """Each household with a mark in a circle by its number, place and the leads that mark it: a row a `lead_id`."""
    numbers = first_rows(data[HOUSEHOLD]).select("household_id", "household_no")
    placed = homes.select("household_id", "region_code").join(numbers, on="household_id", how="inner")
    of_circle = hits.select(*OF, "household_id", "award_id").unique()
    spoken = of_circle.join(marked, on="award_id", how="inner").select(*OF, "household_id", "lead_id").unique()
    return spoken.join(placed, on="household_id", how="inner")


def _unplaced(data: Tables, marked: Frame) -> Frame:
    """Marked awards of households of which nobody knows the village: of no county."""
    awards = first_rows(data[AWARD]).join(marked, on="award_id", how="semi").select("award_id", "household_id")
    return household_region(data, awards).filter(nw.col("region_code").is_null()).select("award_id")


def _awards(data: Tables, ways: Frame) -> Evidence:
    """The marked awards that count."""
    show = ("household_no", "programme", "from_month", "to_month")

    def gather(found: Frame) -> Frame:
        awards = ways.select("subject", "part", "award_id").unique()
        awards = awards.join(found.select("subject", "part"), on=["subject", "part"], how="semi")
        rows = first_rows(data[AWARD]).join(awards, on="award_id", how="inner")
        return rows.select("subject", "part", "award_no", *show, "source_file", "source_row")

    return Evidence(AWARD, show, gather)


def _tested(around: pl.DataFrame, county: pl.DataFrame, officials: pl.DataFrame, least: int) -> pl.DataFrame:
    """Every circle with enough marked households, and how likely chance makes it: `OF`, `BESIDE_CHANCE`, `q`.

    A household of the circle whose marks are all of another time is neither with nor without: it is left out.
    """
    mark = (pl.col("marks") > 0).cast(pl.Int64)
    apart = (pl.col("ever") > 0).cast(pl.Int64) - mark
    circle = around.group_by(*OF, *KIND).agg(
        (1 - apart).sum().alias("inside"), mark.sum().alias("hits"), apart.sum().alias("apart")
    )
    circle = circle.filter(pl.col("hits").sum().over(OF) >= least).join(county, on=("county", *KIND)).sort(*OF, *KIND)
    circle = circle.with_columns(pl.col("homes", "marked") - pl.col("apart"))
    rows = [
        {
            **dict(zip(OF, key, strict=True)),
            **beside_chance(*(strata[name] for name in ("hits", "marked", "inside", "homes"))),
        }
        for key, strata in circle.group_by(OF, maintain_order=True)
    ]
    tests = pl.DataFrame(rows, schema=TESTS)
    whole = tests.join(officials, on="county").sort(*OF)
    # an official who reaches fewer was compared as well; what they reached is no surprise
    known = [
        one.with_columns(q=pl.Series(_discoveries(one["p"].to_list(), one["officials"][0])))
        for one in whole.partition_by("county", maintain_order=True)
    ]
    return pl.concat([whole.clear().with_columns(q=pl.lit(None, pl.Float64)), *known])


def _discoveries(p: list[float | None], officials: int) -> list[float | None]:
    given = [float("nan") if one is None else one for one in p]
    shares = false_discovery([*given, *(officials - len(p)) * [1.0]])[: len(p)]
    return [None if isnan(one) else float(one) for one in shares]


def _found(
    tests: pl.DataFrame, around: pl.DataFrame, county: pl.DataFrame, told: pl.DataFrame, policy: Policy
) -> pl.DataFrame:
    """The circles whose share of marked awards is the multiple of the county's, or more, with the card's facts."""
    multiple = Fraction(str(policy.tuning(RULE)))
    mark = (pl.col("marks") > 0).cast(pl.Int64)
    circle = around.group_by(OF).agg(
        pl.len().cast(pl.Int64).alias("homes"),
        mark.sum().alias("households"),
        (mark * (pl.col("steps") == 1)).sum().alias("near"),
        pl.col("awards", "marks").sum(),
    )
    whole = county.group_by("county").agg(pl.col("awards", "marks").sum().name.prefix("county_"))
    names = (
        around.filter(pl.col("marks") > 0)
        .join(told, on=[*OF, "household_id"])
        .group_by(OF)
        .agg(
            pl.col("household_no").unique().sort().str.join(";").alias("household_nos"),
            pl.col("lead_id").unique().sort().str.join(";").alias("lead_ids"),
            pl.col("region_code").min().alias("low_code"),
            pl.col("region_code").max().alias("high_code"),
        )
    )
    rows = tests.join(circle, on=OF).join(whole, on="county").join(names, on=OF)
    # whole numbers: exactly three times is three times
    enough = pl.col("marks") * pl.col("county_awards") * multiple.denominator >= (
        pl.col("county_marks") * pl.col("awards") * multiple.numerator
    )
    beyond = (pl.col("q") <= float(str(policy.tuning(RULE, "q")))).fill_null(value=False)
    share, usual = pl.col("marks") / pl.col("awards"), pl.col("county_marks") / pl.col("county_awards")
    judged = rows.filter(enough).with_columns(
        pl.col("p", "q").round(FINE).clip(LEAST),
        share.round(FINE).alias("share"),
        usual.round(FINE).alias("county_share"),
        (share / usual).round(PLACES).alias("multiple"),
        pl.when(beyond).then(pl.lit("beyond")).otherwise(pl.lit("chance")).alias("case"),
        pl.when(beyond).then(BEYOND).otherwise(CHANCE).alias("confidence"),
        pl.col("low").fill_null(0.0).alias("score"),
        pl.col("household_nos").alias("related"),
    )
    # who held posts in two counties is told of once, of the circle that stands out more
    return judged.sort("official_id", "score", "county", descending=[False, True, False]).unique(
        "official_id", keep="first", maintain_order=True
    )
