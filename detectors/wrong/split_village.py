"""Do a village's dibao awards cover improbably few persons each, though more live together, compared with its peers?

Contract §5 (seed: 1.05 persons an award). Looked at are the awards in force in the last month that is over, without
lawful single-person entry. Who really lives alone counts for nothing: compared is, among awards whose household has two
or more living together on the first of the month, how many cover fewer than that. How many would be so is predicted by
size of household from the peers, the other villages of the county of the same setting (urban or rural) where it is
known, with their own differences (`casework.statistics.peers`); named is who stays within the false discovery share
among all tested areas of the county. With fewer than five peers nobody can tell: undecidable.

A household may have been written apart: whoever lives at one address in two households between which somebody moved is
counted as living together (`casework.short_awards`). Elsewhere that is as frequent, or it is what is asked about. Where
no house is known of one of the two nobody can tell: such awards are left out and counted, undecidable.

Villages with fewer awards than tuning `split_village` says are judged together: all such of one township, with its
awards of unknown village, as that township; where these are too few as well, they are not asked about.
"""

import narwhals as nw
import polars as pl

from casework.areas import (
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
from casework.engine import Frame
from casework.lead import Leads, leads
from casework.policy import Policy
from casework.regions import Regions
from casework.short_awards import short_awards, untold_awards
from casework.statistics import against_peers
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, MEMBER, REGION
from casework.text import Text
from casework.written import chance

AWARDS = Text("份", "awards")
PER_AWARD = Text("人/份", "an award")
SUMMED = ("awards", "covered", "together", "short")

CARD = Card(
    scheme="split_village",
    family="wrong",
    subject="region",
    title=Text("每份低保保障人数偏少(待核实)", "Few persons covered by each award (to verify)"),
    question=Text(
        "本村每份低保保障的人数,是否比同县同类村同样大小的家庭少得多?",
        "Does each award of the village cover far fewer persons than awards of households as large elsewhere in the"
        " county?",
    ),
    folk=Text("拆户保、按人不按户", "Splitting households"),
    rule="split_village",
    needs=(
        needs(REGION, "tier"),
        needs(AWARD, "programme", "household_no", "from_month"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(HOUSEHOLD, "region_code"),
    ),
    either=(needs(AWARD, "single_person_basis"), needs(APPLICATION, "single_person_basis")),
    also_uses=(
        needs(AWARD, "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(MEMBER, "left_on"),
        needs(HOUSEHOLD, "address"),
        needs(REGION, "urban_rural"),
    ),
    level="info",
    severity="money",
    confidence=0.4,
    statistical=True,
    reason=Text(
        "疑似未按户保障:{in_month} 每份低保平均保障 {per_award} 人,按家庭大小推算应为 {expected_per_award} 人;"
        "二人以上家庭 {larger} 份中 {observed} 份未全部保障,按同县 {peers} 个同类村推算为 {expected} 份"
        "(区间 {low} 至 {high})",
        "Possibly not covered as households: in {in_month} an award covered {per_award} persons on average; by size of"
        " household {expected_per_award} would be expected; of {larger} awards of households of two or more,"
        " {observed} cover only some; {peers} peers in the county predict {expected} (between {low} and {high})",
    ),
    facts={
        "in_month": Fact(Text("月份", "Month")),
        "awards": Fact(Text("在保(不含单人保)", "In force, single-person entry apart"), AWARDS),
        "per_award": Fact(Text("每份保障人数", "Persons covered by an award"), PER_AWARD),
        "peer_per_award": Fact(Text("同类村每份保障人数", "Persons covered by an award, peers"), PER_AWARD),
        "expected_per_award": Fact(
            Text("按家庭大小推算的每份保障人数", "Persons covered by an award, expected by size of household"),
            PER_AWARD,
        ),
        "larger": Fact(Text("二人以上家庭", "Of households of two or more"), AWARDS),
        "observed": Fact(Text("未全部保障", "Covering only some, observed"), AWARDS),
        "expected": Fact(Text("推算未全部保障", "Covering only some, expected"), AWARDS),
        "low": Fact(Text("推算下限(95%)", "Expected at least (95 %)"), AWARDS),
        "high": Fact(Text("推算上限(95%)", "Expected at most (95 %)"), AWARDS),
        "strata": Fact(
            Text(
                "按共同生活人数:未全部保障/份数(同类村推算)",
                "By number living together: covering only some / awards (expected from peers)",
            ),
            many=True,
        ),
        "apart": Fact(Text("其中同址分立为两户", "Of them at one address in two households"), AWARDS),
        "villages": Fact(Text("合并计算的村数", "Villages judged together"), Text("个", "villages")),
        "setting": Fact(
            Text("城乡分类", "Urban or rural"),
            words={option.code: option.label for option in REGION["urban_rural"].options},
        ),
        "peers": Fact(Text("参照地区数", "Peers"), Text("个", "areas")),
        "chance": Fact(Text("偶然如此的概率 p", "Chance of so many, p")),
        "q": Fact(Text("错误发现率 q", "False discovery share, q")),
    },
    arithmetic=Text(
        "{in_month} 在保 {awards} 份(不含单人保),每份 {per_award} 人,同类村 {peer_per_award} 人,"
        "按家庭大小推算 {expected_per_award} 人;二人以上家庭 {larger} 份,未全部保障 {observed} 份"
        "(其中同址分立 {apart} 份),按同类村同样大小家庭的比例推算 {expected} 份,95% 区间 {low} 至 {high};"
        "计入各村差异后如此之多的概率 {chance},全县校正后 q {q}",
        "In force in {in_month}, single-person entry apart: {awards} awards of {per_award} persons; peers"
        " {peer_per_award}, by size of household {expected_per_award}; of {larger} awards of households of two or more"
        " {observed} cover only some (at one address in two households: {apart}); peers' shares by size predict"
        " {expected}, 95 % between {low} and {high}; with the differences between villages the chance of so many is"
        " {chance}, corrected for all areas of the county q {q}",
    ),
    innocent=(
        Innocent(
            Text("确为单人家庭,如独居老人多", "They really live alone, as many old people do"),
            (needs(MEMBER, "co_living"),),
        ),
        Innocent(Text("依法单人保", "Lawful single-person entry"), (needs(AWARD, "single_person_basis"),)),
        Innocent(Text("城乡差异", "Urban and rural places differ"), (needs(REGION, "urban_rural"),)),
        Innocent(
            Text(
                "未保障成员依法不计入(特困、在押、服役等)较多",
                "Many of those not covered are lawfully out (destitute aid, custody, service …)",
            )
        ),
        Innocent(Text("子女成家后依法分户,各自生活", "Children set up a household of their own and live apart")),
        Innocent(Text("家庭成员表未及时更新", "The lists of members are out of date")),
    ),
    verify=Text(
        "抽查未全部保障的户,入户看谁共同生活,核对分户时间与缘由;属普遍做法的,先规范后逐户复核",
        "Visit a sample of the awards that cover only some: who lives together, when and why was the household split;"
        " where it is the village's habit, mend the habit first, then review each household",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an area; where most awards lie beyond what the peers may lead one to expect, first."""
    found = areas(data, policy)
    fewer = pl.col("per_award") < pl.col("expected_per_award")
    named = found.filter("enough", fewer, pl.col("q") <= float(str(policy.tuning("split_village", "q"))))
    rows = named.select(
        pl.col("area").alias("region_code"),
        *("in_month", "awards", "strata", "apart", "villages", "setting", "peers"),
        *(pl.col(name).round(2) for name in ("per_award", "peer_per_award", "expected_per_award")),
        pl.col("whole").alias("larger"),
        pl.col("part").alias("observed"),
        pl.col("expected").round(1),
        *(pl.col(name).cast(pl.Int64) for name in ("low", "high")),
        chance(pl.col("many_mid")).alias("chance"),
        chance(pl.col("q")).alias("q"),
        (pl.col("part") - pl.col("high") + 1 - pl.col("many_mid")).alias("score"),
    )
    return leads(
        CARD,
        data.engine.place(rows),
        subject="region_code",
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        since=nw.col("in_month"),
        until=nw.col("in_month"),
        evidence=(of_awards(data, _short(data, found, named), ("household_no", "from_month", "to_month")),),
        undecidable=_undecidable(data, found),
    )


def _undecidable(data: Tables, found: pl.DataFrame) -> Frame:
    """The areas without peers enough, and the awards of which nobody can tell who lives together."""
    areas = found.filter("enough", pl.col("part") > 0, pl.col("many_mid").is_null())
    awards = untold_awards(data).select(nw.col("award_id").cast(nw.String).alias("unknown"))
    return nw.concat([data.engine.place(areas.select(unknown="area")), awards], how="vertical")


def areas(data: Tables, policy: Policy) -> pl.DataFrame:
    """Every village, or township of villages too small, by county: `part` of `whole` awards of larger households short.

    Beside what `against_peers` says: `area`, `township`, `county`, `setting`, `villages`, `in_month`, `awards`,
    `per_award`, `peer_per_award`, `expected_per_award`, `strata`, `apart`; `enough` awards or not; `q` where enough.
    """
    rows = data.engine.collect(_by_size(short_awards(data)))
    found = _areas(placed(Regions.of(data), rows), int(str(policy.tuning("split_village", "awards"))))
    return each_county(found, judged).with_columns(in_month=pl.lit(month_start(last_whole_month(data))))


def _short(data: Tables, found: pl.DataFrame, named: pl.DataFrame) -> Frame:
    """The awards that cover only some, of the areas named."""
    awards = short_awards(data).filter(nw.col("short") == 1)
    codes = placed(Regions.of(data), data.engine.collect(awards.select("region_code").unique()))
    own = pl.col("village").is_in(found["area"].to_list()).fill_null(value=False)
    mine = codes.select("region_code", pl.when(own).then("village").otherwise("township").alias("subject"))
    mine = mine.join(named.select(pl.col("area").alias("subject")), on="subject", how="semi")
    return awards.join(data.engine.place(mine), on="region_code", how="inner").select(
        "subject", nw.lit("").alias("part"), "award_id"
    )


def _by_size(awards: Frame) -> Frame:
    return awards.group_by("region_code", "size").agg(
        nw.len().cast(nw.Int64).alias("awards"),
        *(nw.col(name).sum().cast(nw.Int64).alias(name) for name in ("covered", "together", "short", "apart")),
    )


def _areas(rows: pl.DataFrame, enough: int) -> pl.DataFrame:
    """Rows by `area` and `size`: a village with enough awards is one, the rest of a township is another."""
    large = (
        rows.group_by("village")
        .agg(pl.col("awards").sum())
        .filter(pl.col("village").is_not_null(), pl.col("awards") >= enough)
    )
    alone = pl.col("village").is_in(large["village"].to_list()).fill_null(value=False)
    return (
        rows.with_columns(area=pl.when(alone).then("village").otherwise("township"))
        .filter(pl.col("area").is_not_null())
        .with_columns(
            villages=pl.col("village").drop_nulls().n_unique().over("area"),
            setting=pl.when(pl.col("setting").n_unique().over("area") == 1).then("setting"),
            enough=pl.col("awards").sum().over("area") >= enough,
        )
        .group_by("area", "township", "county", "setting", "villages", "enough", "size")
        .agg(pl.col(*SUMMED, "apart").sum())
    )


def judged(sizes: pl.DataFrame) -> pl.DataFrame:
    """The areas of one county against their peers, one row each, with `part`, `whole`, `base` and `q`.

    `sizes`: a row an `area` and `size`, with its place, `villages`, `enough`, and the counts `SUMMED` and `apart`.
    """
    predicted = _predicted(sizes)
    larger = pl.col("size") > 1
    said = pl.format("{}: {}/{} ({})", "size", "short", "awards", (pl.col("share") * pl.col("awards")).round(1))
    one = (
        predicted.sort("area", "size")
        .group_by("area", "township", "county", "setting", "villages", "enough", maintain_order=True)
        .agg(
            pl.col("awards", "apart").sum(),
            part=pl.col("short").filter(larger).sum(),
            whole=pl.col("awards").filter(larger).sum(),
            base=(pl.col("share") * pl.col("awards")).filter(larger).sum() / pl.col("awards").filter(larger).sum(),
            per_award=pl.col("covered").sum() / pl.col("awards").sum(),
            peer_per_award=pl.col("peer_covered").max() / pl.col("peer_awards").max(),
            expected_per_award=(pl.col("covered_share") * pl.col("together")).sum() / pl.col("awards").sum(),
            strata=said.filter(larger).str.join(";"),
        )
    )
    base = one["base"].fill_nan(1 / 2)  # without any larger household nothing is predicted
    beside = one.hstack(against_peers(one["part"], one["whole"], peer_rows(one), base))
    return beside.with_columns(discovered(beside, "many_mid"))


def _predicted(sizes: pl.DataFrame) -> pl.DataFrame:
    """Add to each area and size what its peers show: `share` short, `covered_share` of persons, and their sums.

    Where peers have none of a size, one award stands in: short by their share of all sizes, its persons all covered.
    """
    larger = pl.col("size") > 1
    return (
        sizes.with_columns(
            *(_peers(pl.col(name), "size").alias(f"of_size_{name}") for name in SUMMED),
            *(_peers(pl.col(name)).alias(f"peer_{name}") for name in ("awards", "covered")),
            *(_peers(pl.col(name) * larger).alias(f"larger_{name}") for name in ("awards", "short")),
        )
        .with_columns(usual=(pl.col("larger_short") + 1 / 2) / (pl.col("larger_awards") + 1))
        .with_columns(
            share=pl.when(larger)
            .then((pl.col("of_size_short") + pl.col("usual")) / (pl.col("of_size_awards") + 1))
            .otherwise(0.0),
            covered_share=(pl.col("of_size_covered") + 1) / (pl.col("of_size_together") + 1),
        )
    )


def _peers(count: pl.Expr, *within: str) -> pl.Expr:
    """What the peers of each row's area have of it, alike in the columns `within`."""
    alike = pl.when(pl.col("setting").is_null()).then(_sum(count, within)).otherwise(_sum(count, (*within, "setting")))
    return alike - _sum(count, (*within, "area"))


def _sum(count: pl.Expr, within: tuple[str, ...]) -> pl.Expr:
    return count.sum().over(within) if within else count.sum()
