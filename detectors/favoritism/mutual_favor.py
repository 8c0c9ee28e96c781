"""Did officials confirm the applications of one another's near kin, in a ring of two or three?

Contract §5. An arc from one official to another: the one was first or second actor of the confirm step of at least
`minimum` approved applications, of any programme, of whose households a member, on the acceptance day, was the other or
near kin of the other, while the one was neither a member nor near kin (that is kin_handled) and the other did not act
in the same confirmation (that is kin_handled too). A ring: arcs there and back, or round three; round three only where
two of them do not already make a ring of two along every arc. Longer rings are not asked about: the more colleagues,
the more rings chance makes. Everybody of a ring confirms, so that it does not matter what post they hold.

To leave the case of one's own kin to a colleague is what the law asks for. So the ring is compared with the office's
own division of work: of those cases of office, year and programme in which neither the other nor the one's kin is
concerned as actor, how many of the other's kin would have come to the one by chance? Where only one could confirm,
all of them would, and the ring says nothing.

Only rings with `minimum` cases along every arc are looked at, and chance makes such rings, too: among many colleagues,
nearly every one of them would be rare by itself. So a ring is compared with what the division of work makes of rings
that have at least that (`casework/kinship/rings.py`), all rings of a county at one false discovery share. A ring of
just the minimum could not be smaller: it is never said to be beyond.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship.evidence import path_evidence
from casework.kinship.favours import ARC, divided, favours, nobody_named
from casework.kinship.rings import compared_by_county, rings_of, tested
from casework.lead import KEPT, Evidence, Leads, common_region, evidence, leads
from casework.policy import Policy
from casework.tables import APPLICATION, KIN, MEMBER, OFFICIAL, STEP
from casework.text import Text

CASES: Final = Text("件", "applications")
PEOPLE: Final = Text("人", "people")
TIMES: Final = Text("倍", "times")
UNKNOWN: Final = Text("无法估计", "cannot be told")
BEYOND, ROUTINE = 0.6, 0.3  # how surely a ring is more than the division of work
STRATA: Final = ("whole", "marked", "hits", "both")  # in an order that people's numbers do not decide
PLACES: Final = 2  # of an expected number
FINE, LEAST = 4, 0.0001  # how small a chance is told

CARD = Card(
    scheme="mutual_favor",
    family="favoritism",
    subject="official",
    title=Text("互为对方近亲属办理确认(待核实)", "Confirming for one another's near kin (to verify)"),
    question=Text(
        "是否有两名或三名干部互为对方的近亲属确认救助申请?",
        "Did two or three officials confirm the applications of one another's near kin?",
    ),
    folk=Text("互保、换手办", "Swapped favours"),
    rule="near_kin",
    other_rules=("mutual_favor", "kin_certainty"),
    needs=(
        needs(APPLICATION, "household_no", "accepted_at", "decision"),
        needs(MEMBER, "relation"),
    ),
    either=(needs(STEP, "actor_id_no"), needs(STEP, "second_actor_id_no")),
    also_uses=(needs(KIN, "relation"), needs(OFFICIAL)),
    level="info",
    severity="procedure",
    confidence=BEYOND,
    statistical=True,
    reason=Text(
        "疑似互相关照:{officials} 名干部互为对方的近亲属确认申请,本人为他人近亲属确认 {given} 件,"
        "本人近亲属由他人确认 {received} 件,多于按本所分工对此类互相办理的预期",
        "Possibly mutual: {officials} officials confirmed for one another's near kin, by this one {given}, for kin of"
        " this one {received}; more than the office's division of work makes of such rings",
    ),
    facts={
        "case": Fact(
            Text("与分工相比", "Beside the division of work"),
            words={
                "beyond": Text("多于预期", "more than expected"),
                "routine": Text("不多于预期,或无法判断", "no more than expected, or not to be told"),
            },
        ),
        "officials": Fact(Text("环中干部人数", "Officials in the ring"), PEOPLE),
        "given": Fact(Text("为他人近亲属确认", "Confirmed for another's kin"), CASES),
        "received": Fact(Text("本人近亲属由他人确认", "Confirmed by another for this one's kin"), CASES),
        "between": Fact(
            Text("另两人之间确认", "Confirmed between the other two"), CASES, absent=Text("无第三人", "no third")
        ),
        "given_expected": Fact(Text("为他人近亲属确认的预期", "Expected for another's kin"), CASES, absent=UNKNOWN),
        "received_expected": Fact(Text("由他人确认的预期", "Expected by another"), CASES, absent=UNKNOWN),
        "observed": Fact(Text("可比的确认", "Comparable confirmations"), CASES),
        "expected": Fact(
            Text("按分工对此类互相办理的预期", "Expected of such a ring by the division of work"), CASES, absent=UNKNOWN
        ),
        "lift": Fact(Text("实际与预期之比", "Observed by expected"), TIMES, absent=UNKNOWN),
        "low": Fact(Text("比值下限(95%)", "Lower limit (95 %)"), TIMES, absent=UNKNOWN),
        "high": Fact(Text("比值上限(95%)", "Upper limit (95 %)"), TIMES, absent=UNKNOWN),
        "p": Fact(
            Text("偶然出现的概率(中位 p,0.0001 为不高于)", "Chance of so many (mid-p; 0.0001: or less)"), absent=UNKNOWN
        ),
        "q": Fact(Text("错误发现率(0.0001 为不高于)", "False discovery share (0.0001: or less)"), absent=UNKNOWN),
        "rings": Fact(Text("全县一并比较的互相办理(组)", "Rings of the county compared")),
        "strata": Fact(Text("可比的层数(单位、年度、项目)", "Comparable strata (office, year, programme)")),
        "certainty": Fact(Text("关系可信程度(最弱一环)", "Certainty of the weakest tie")),
        "first_on": Fact(Text("最早受理", "First accepted")),
        "last_on": Fact(Text("最晚受理", "Last accepted")),
    },
    arithmetic=Text(
        "可比的 {observed} 件,按同单位、同年度、同项目的分工(除去须回避者),每个方向都达到最少件数的互相办理"
        "预期 {expected} 件,为 {lift} 倍(95% 区间 {low} 至 {high}),{strata} 层,偶然出现的概率 {p},"
        "全县 {rings} 组中错误发现率 {q};不论件数,给出预期 {given_expected} 件,得到预期 {received_expected} 件;"
        "关系可信程度 {certainty}",
        "Comparable: {observed}; expected of a ring with the fewest cases each way or more, by who else confirms in the"
        " same office, year and programme, those who must stand aside left out: {expected}; ratio {lift} (95 % interval"
        " {low} to {high}), strata {strata}, chance of so many {p}, false discovery share among the county's rings"
        " ({rings}) {q}; however few, expected given {given_expected}, received {received_expected}; certainty of ties"
        " {certainty}",
    ),
    cases={
        "routine": Wording(
            Text(
                "疑似互相办理,但本所分工亦可形成:{officials} 名干部互为对方的近亲属确认申请,"
                "给出 {given} 件、得到 {received} 件;须回避时由同事确认正是规定做法",
                "Possibly mutual, though the division of work may have made it: {officials} officials confirmed for one"
                " another's near kin, given {given}, received {received}; standing aside for kin is what the rules ask"
                " for",
            ),
            Text(
                "可比的 {observed} 件,按同单位、同年度、同项目的分工(除去须回避者),每个方向都达到最少件数的互相办理"
                "预期 {expected} 件,为 {lift} 倍(95% 区间 {low} 至 {high}),{strata} 层,偶然出现的概率 {p},"
                "全县 {rings} 组中错误发现率 {q};不论件数,给出预期 {given_expected} 件,得到预期 {received_expected} 件;"
                "仅有最少件数或另无他人可确认时,数字本身不说明问题;关系可信程度 {certainty}",
                "Comparable: {observed}; expected of a ring with the fewest cases each way or more, by who else"
                " confirms in the same office, year and programme, those who must stand aside left out: {expected};"
                " ratio {lift} (95 % interval {low} to {high}), strata {strata}, chance of so many {p}, false discovery"
                " share among the county's rings ({rings}) {q}; however few, expected given {given_expected}, received"
                " {received_expected}; of a ring of just the fewest, or where nobody else could confirm, the numbers"
                " say nothing; certainty of ties {certainty}",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("姻亲或更远的亲属,不属近亲属", "An in-law or a further relative: not near kin"),
            (needs(KIN, "relation"),),
        ),
        Innocent(Text("受理之前婚姻已解除", "The marriage had ended before acceptance"), (needs(KIN, "to_on"),)),
        Innocent(Text("本所只有这几人可以确认,须回避时只能由对方办理", "Nobody else of the office could confirm")),
        Innocent(Text("由上级指定对方办理并已备案", "The office above named the colleague, and it is on file")),
        Innocent(Text("各户均符合条件,确认并无不当", "All households were entitled, and rightly confirmed")),
        Innocent(Text("亲属关系登记有误", "The register of ties errs")),
    ),
    verify=Text(
        "调取各件确认材料与分件记录,核对是否备案、是否由县级入户,再看各户是否符合条件;不据此评价任何一户",
        "Draw the files and the record of who was given which case; compare filings and county visits, then whether"
        " each household was entitled. No household is judged by this",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead an official and ring; rings that exceed the division of work most come first."""
    minimum = int(str(policy.tuning("mutual_favor", "minimum")))
    seen = once(favours(data, policy))
    counted = data.engine.collect(seen.group_by(*ARC).agg(nw.len().cast(nw.Int64).alias("count")))
    rings = rings_of(counted.filter(pl.col("count") >= minimum))
    arcs = data.engine.place(rings.select(ARC).unique())
    within = seen.join(arcs, on=list(ARC), how="semi")
    cases, compared = data.engine.collect_all([within, divided(data, policy, arcs)])
    judged = _judged(rings, cases, compared, minimum, float(str(policy.tuning("mutual_favor", "q"))))
    behind = data.engine.place(_behind(rings, cases))
    return leads(
        CARD,
        data.engine.place(judged).with_columns(common_region("low_code", "high_code").alias("region_code")),
        subject="official",
        part=nw.col("ring"),
        related=nw.col("others"),
        facts=tuple(CARD.facts),
        score=nw.col("score"),
        confidence=nw.col("confidence"),
        since=nw.col("first_on"),
        until=nw.col("last_on"),
        evidence=tuple(_of_rings(piece, behind) for piece in _pieces(data)),
        undecidable=nobody_named(data, policy),
    )


def _pieces(data: Tables) -> tuple[Evidence, ...]:
    """Each application, who confirmed it, the posts of the other, and the path of kin from the other to a member."""
    return (
        evidence(
            data,
            APPLICATION,
            on="application_id",
            show=("programme", "household_no", "accepted_at", "decided_at", "decision"),
        ),
        evidence(
            data,
            STEP,
            on="application_id",
            show=("finished_at", "actor_id_no", "second_actor_id_no"),
            where=nw.col("step") == "confirm",
        ),
        evidence(data, OFFICIAL, on="person_id", key="official_id", show=("post", "to_on")),
        *path_evidence(data),
    )


def _of_rings(piece: Evidence, behind: Frame) -> Evidence:
    """The same evidence, of every application of the ring."""

    def gather(found: Frame) -> Frame:
        return piece.gather(behind.join(found.select("subject", "part"), on=["subject", "part"], how="semi"))

    return Evidence(piece.table, piece.show, gather)


def _behind(rings: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Every application of a ring, for each of its officials, with the columns that evidence joins on."""
    kept = {"application_id": "application_id", "household_id": "household_id", "official_id": "other"}
    kept |= {name: name for name in ("member_id", "via_1", "via_2")}
    shown = rings.join(cases, on=ARC).select("ring", *(pl.col(name).alias(KEPT + to) for to, name in kept.items()))
    return rings.select("ring", subject=pl.col("one").cast(pl.String)).join(shown, on="ring").rename({"ring": "part"})


def _judged(
    rings: pl.DataFrame, cases: pl.DataFrame, compared: pl.DataFrame, minimum: int, level: float
) -> pl.DataFrame:
    """A row an official of a ring: the card's facts, `official`, `ring`, `others`, `score`, `confidence`."""
    arcs = rings.join(_counted(cases, minimum), on=ARC).join(_by_chance(compared), on=ARC, how="left")
    whole = arcs.group_by("ring").agg(
        pl.len().cast(pl.Int64).alias("officials"),
        pl.col("certainty", "first_on", "low_code").min(),
        pl.col("last_on", "high_code").max(),
        pl.col("count").sum().alias("all"),
        (pl.col("comparable") - pl.col("by_chance")).fill_null(0.0).sum().round(PLACES).alias("score"),
    )
    whole = compared_by_county(whole.join(tested(arcs, compared, minimum), on="ring"))
    given = arcs.select("ring", official="one", given="count", given_expected="by_chance")
    received = arcs.select("ring", official="other", received="count", received_expected="by_chance")
    names = rings.select("ring", other=pl.col("one").cast(pl.String))
    rows = given.join(received, on=["ring", "official"]).join(whole, on="ring")
    others = (
        rows.select("ring", official=pl.col("official").cast(pl.String))
        .join(names, on="ring")
        .filter(pl.col("official") != pl.col("other"))
        .group_by("ring", "official")
        .agg(pl.col("other").sort().str.join(";").alias("others"))
        .with_columns(pl.col("official").cast(pl.Int64))
    )
    beyond = (pl.col("q") <= level).fill_null(value=False)
    left = pl.col("all") - pl.col("given") - pl.col("received")
    return rows.join(others, on=["ring", "official"]).with_columns(
        pl.col("p", "q").round(FINE).clip(LEAST),
        pl.when(pl.col("officials") > len(ARC)).then(left).alias("between"),
        pl.when(beyond).then(pl.lit("beyond")).otherwise(pl.lit("routine")).alias("case"),
        pl.min_horizontal("certainty", pl.when(beyond).then(BEYOND).otherwise(ROUTINE)).alias("confidence"),
    )


def _counted(cases: pl.DataFrame, minimum: int) -> pl.DataFrame:
    """Each arc's applications, days and places; as certain as its least sure one of the `minimum` surest.

    So a further, vaguer tie takes nothing away.
    """
    return cases.group_by(ARC).agg(
        pl.len().cast(pl.Int64).alias("count"),
        pl.col("certainty").sort(descending=True).get(minimum - 1),
        pl.col("accepted_at").min().cast(pl.Date).alias("first_on"),
        pl.col("accepted_at").max().cast(pl.Date).alias("last_on"),
        pl.col("region_code").min().alias("low_code"),
        pl.col("region_code").max().alias("high_code"),
    )


def _by_chance(compared: pl.DataFrame) -> pl.DataFrame:
    """Of each arc: `comparable` cases, and how many the division of work would make of them, however few."""
    share = pl.col("marked") * pl.col("hits") / pl.col("whole")
    ordered = compared.sort(STRATA).group_by(ARC, maintain_order=True)
    return ordered.agg(share.sum().round(PLACES).alias("by_chance"), pl.col("both").sum().alias("comparable"))
