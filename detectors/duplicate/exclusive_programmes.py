"""Was one person covered in the same month by two programmes that exclude each other?

Contract §5: one lead for each person and pair of the matrix (policy `exclusive`, read for every month and place).

- forbid: `exclude`; in doubt is, month by month, the smaller of the two amounts by head.
- top_up_only: `verify`, and only where the second programme pays the person more than benefit_amount less what the
  first pays them, by more than one yuan; in doubt is that excess.

By head = what an award was paid for the month, reversals netted, divided by the persons it covers in that month. A
month that either wholly took back is none of both; an unknown amount leaves what is in doubt unknown. An open row ends
with its award, else at `as_of`; where only payments say when an award ends, with its last month paid. A pair's
`unless` programme exempts the months it also covers the person.
"""

from typing import Final

import narwhals as nw
import polars as pl

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.covered import last_month, paid
from casework.dataset import Tables
from casework.engine import Frame, beside, once
from casework.lead import KEPT, Evidence, Leads, first_rows, household_region, leads
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, PAYMENT, REGION, Table
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
# Amounts by head are kept in parts of a fen that every number of persons up to twelve divides.
PARTS: Final = 27_720
EARLIEST: Final = 1950 * 12  # spans are laid out month by month from January 1950
TOLERANCE_FEN: Final = 100  # contract §5: "+ 1", one yuan for rounding

PAIR: Final = ("person_id", "first", "second")
DIFFERENCE: Final = Innocent(
    Text("低保对象只补定额差额", "Only the difference to the fixed benefit was paid"),
    (needs(PAYMENT, "month", "amount"),),
)

CARD = Card(
    scheme="exclusive_programmes",
    family="duplicate",
    subject="person",
    title=Text("同月享受互斥救助(待核实)", "Programmes that exclude one another (to verify)"),
    question=Text(
        "同一人是否在同一月份享受两项不得同时享受的救助?",
        "Was one person covered in the same month by two programmes that exclude each other?",
    ),
    folk=Text("重复保", "Double aid"),
    rule="exclusive",
    other_rules=("benefit_amount", "programme"),
    needs=(needs(AWARD, "programme"), needs(BENEFICIARY, "id_no", "from_month")),
    also_uses=(
        needs(AWARD, "household_no", "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(HOUSEHOLD, "region_code"),
        needs(REGION, "urban_rural"),
    ),
    level="exclude",
    severity="money",
    confidence=1.0,
    reason=Text(
        "疑似重复享受:{first_month} 至 {last_month} 有 {months} 个月同时享受{first}与{second},按规定不得同时享受",
        "Possibly duplicate: covered by {first} and {second} in {months} months from {first_month} to {last_month};"
        " the two exclude each other",
    ),
    facts={
        "case": Fact(
            Text("规定", "Rule"),
            words={
                "forbid": Text("不得同时享受", "not both"),
                "top_up_only": Text("只补差额", "only the difference"),
            },
        ),
        "first": Fact(Text("救助一", "First programme")),
        "second": Fact(Text("救助二", "Second programme")),
        "first_month": Fact(Text("首个重叠月", "First month of both")),
        "last_month": Fact(Text("末个重叠月", "Last month of both")),
        "months": Fact(Text("重叠月数", "Months of both"), MONTHS),
        "first_fen": Fact(Text("救助一按人计", "First, by head"), YUAN),
        "second_fen": Fact(Text("救助二按人计", "Second, by head"), YUAN),
        "allowed_fen": Fact(Text("定额合计", "Fixed benefits"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "按人计(当月发放 ÷ 当月保障人数),{months} 个月 {first} 共 {first_fen} 元,{second} 共 {second_fen} 元;"
        "逐月取较小者,存疑 {amount_fen} 元",
        "By head (paid for the month ÷ persons covered), in {months} months {first} paid {first_fen} yuan and {second}"
        " {second_fen}; month by month the smaller is in doubt: {amount_fen} yuan",
    ),
    cases={
        "top_up_only": Wording(
            Text(
                "疑似未扣减:{first_month} 至 {last_month} 有 {months} 个月享受{first}后,{second}未按差额发放,"
                "多出 {amount_fen} 元",
                "Possibly not a difference only: in {months} months from {first_month} to {last_month} {second} was"
                " paid beside {first} without taking it off; {amount_fen} yuan too much",
            ),
            Text(
                "{months} 个月定额合计 {allowed_fen} 元,减 {first} 按人计 {first_fen} 元为应补差额;"
                "{second} 按人计实发 {second_fen} 元,多出 {amount_fen} 元",
                "Fixed benefits of {months} months {allowed_fen} yuan less {first} by head {first_fen} is the"
                " difference due; {second} by head paid {second_fen}: {amount_fen} yuan too much",
            ),
        )
    },
    innocent=(
        Innocent(
            Text("两项依规可以同时享受,如低保与护理补贴", "The two may lawfully be held together"),
            (needs(AWARD, "programme"),),
        ),
        DIFFERENCE,
        Innocent(
            Text("该月同时享受另一项救助,依规例外", "Covered that month by a further programme that lifts the ban"),
            (needs(BENEFICIARY, "from_month"),),
        ),
        Innocent(Text("一项已停发而停发月份未录入", "One had ended; its last month was not entered")),
        Innocent(Text("重叠月份的款项已追回", "The overlapping months were recovered")),
    ),
    verify=Text(
        "核对两项保障的起止审批与发放流水,由主管部门确认保留哪一项",
        "Compare the approvals, first and last months and payments of both; the office says which one stays",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per person and pair, ordered by the amount in doubt, then by months."""
    pairs = _pairs(policy)
    covered = once(_covered(data, pairs))
    months = _amounts(data, _judged(policy, covered, _months(data, covered, pairs), pairs))
    doubt = once(_doubt(data, policy, months))
    found = (
        doubt.filter(nw.col("raised"))
        .group_by(*PAIR)
        .agg(
            nw.col("action").min(),  # "forbid" before "top_up_only", should the rule have changed on the way
            nw.col("region_code").min(),
            nw.col("month").min().alias("first_month"),
            nw.col("month").max().alias("last_month"),
            nw.col("month_index").min().alias("since_index"),
            nw.col("month_index").max().alias("until_index"),
            nw.len().cast(nw.Int64).alias("months"),
            *(nw.col(name).sum().cast(nw.Int64) for name in ("first_parts", "second_parts", "doubt_parts")),
            nw.col("allowed_fen").sum().cast(nw.Int64),
            *(_flag(f"{side}_blank").max().alias(f"{side}_blank") for side in ("first", "second")),
        )
    )
    first, second = nw.col("first_blank") == 0, nw.col("second_blank") == 0
    shown = found.with_columns(
        nw.col("action").alias("case"),
        *(
            nw.when(known).then(nw.col(f"{name}_parts") // PARTS).alias(f"{into}_fen")
            for name, into, known in (
                ("first", "first", first),
                ("second", "second", second),
                ("doubt", "amount", first & second),
            )
        ),
    )
    if not data.has(PAYMENT):  # what was paid is unknown, not nothing
        unpaid = ("first_fen", "second_fen", "amount_fen")
        shown = shown.with_columns(*(nw.lit(None).cast(nw.Int64).alias(name) for name in unpaid))
    return leads(
        CARD,
        shown,
        subject="person_id",
        part=nw.concat_str("first", "second", separator="+"),
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen").fill_null(0) / 100 + nw.col("months"),
        level=nw.when(nw.col("case") == "forbid").then(nw.lit("exclude")).otherwise(nw.lit("verify")),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("person_id", "first", "second", "since_index", "until_index"),
        evidence=(
            _proof(data, BENEFICIARY, ("award_no", "to_month")),
            _proof(data, AWARD, ("programme", "from_month", "to_month")),
            _proof(data, PAYMENT, ("award_no", "month", "amount")),
        ),
        undecidable=doubt.filter(nw.col("undecidable"))
        .select(*PAIR)
        .unique()
        .join(found.select(*PAIR), on=list(PAIR), how="anti"),
        unchecked=[(DIFFERENCE, nw.col("case") != "top_up_only")],
    )


def _flag(name: str) -> nw.Expr:
    return nw.when(nw.col(name)).then(nw.lit(1)).otherwise(nw.lit(0))


def _pairs(policy: Policy) -> pl.DataFrame:
    """Every pair that somewhere, at some time, is more than allowed, with the programme that lifts it.

    `first` stands before `second` in the policy's list of programmes, as in the contract's matrix; where one tops the
    other up, `second` is the one with a fixed benefit.
    """
    places = {str(entry.scope["code"]): place for place, entry in enumerate(policy.rule("programme").entries)}
    fixed = {entry.scope.get("programme") for entry in policy.rule("benefit_amount").entries}
    lifts: dict[tuple[str, str], str] = {}
    tops_up = set()
    for entry in policy.rule("exclusive").entries:
        if entry.fields.get("action") == "allow":
            continue
        one, other = sorted(map(str, entry.scope.values()), key=lambda code: (places.get(code, len(places)), code))
        lifts[one, other] = lifts.get((one, other)) or str(entry.fields.get("unless") or "")
        if entry.fields.get("action") == "top_up_only" and one in fixed and other not in fixed:
            tops_up.add((one, other))
    rows = [(*(reversed(pair) if pair in tops_up else pair), unless) for pair, unless in lifts.items()]
    table = pl.DataFrame(rows, schema=dict.fromkeys(("first", "second", "unless"), pl.String()), orient="row")
    return table.with_row_index("pair").cast({"pair": pl.Int32})


def _covered(data: Tables, pairs: pl.DataFrame) -> Frame:
    """Spans of persons with more than one beneficiary row, in the programmes of the matrix."""
    rows = data[BENEFICIARY].select("person_id", "award_id", "from_month_index", "to_month_index")
    several = rows.group_by("person_id").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1).select("person_id")
    asked = sorted({*pairs["first"], *pairs["second"], *pairs["unless"]} - {""})
    awards = (
        first_rows(data[AWARD])
        .filter(nw.col("programme").is_in(asked))
        .select("award_id", "programme", "household_id", nw.col("to_month_index").alias("ends"))
    )
    spans = rows.join(several, on="person_id", how="semi").join(awards, on="award_id", how="inner")
    last = nw.coalesce(last_month(), nw.lit(data.as_of_month))
    if data.has(PAYMENT) and not data.has(AWARD, "to_month"):  # who went from one programme to another is not in both
        proven = paid(data, spans).filter(nw.col("paid_fen") > 0).group_by("award_id")
        spans = spans.join(proven.agg(nw.col("month_index").max().alias("last_paid")), on="award_id", how="left")
        last = nw.coalesce(last_month(), nw.max_horizontal("last_paid", "from_month_index"))
    return spans.select(
        "person_id",
        "award_id",
        "programme",
        "household_id",
        nw.col("from_month_index").alias("from"),
        nw.when(last > data.as_of_month).then(nw.lit(data.as_of_month)).otherwise(last).cast(nw.Int32).alias("to"),
    )


def _months(data: Tables, covered: Frame, pairs: pl.DataFrame) -> Frame:
    """Each month in which two awards of a pair cover the person, with the `region_code` of the first."""
    first = covered.join(
        beside(covered, pairs.drop("unless")), left_on="programme", right_on="first", how="inner"
    ).rename({"programme": "first", "award_id": "first_award"})
    second = covered.select(
        "person_id",
        nw.col("programme").alias("second"),
        nw.col("award_id").alias("second_award"),
        nw.col("from").alias("second_from"),
        nw.col("to").alias("second_to"),
    )
    both = first.join(second, on=["person_id", "second"], how="inner").with_columns(
        nw.max_horizontal("from", "second_from").alias("since"), nw.min_horizontal("to", "second_to").alias("until")
    )
    last = data.as_of_month
    spans = (
        household_region(data, both.filter(nw.col("since") <= nw.col("until")))
        .with_columns(
            nw.when(nw.col("since") < EARLIEST).then(nw.lit(EARLIEST)).otherwise(nw.col("since")).alias("since")
        )
        .with_columns((nw.col("until") - nw.col("since") + 1).cast(nw.Int64).alias("length"))
    )
    lengths = pl.DataFrame({"length": range(1, max(last - EARLIEST, 0) + 2)}, schema={"length": pl.Int64()})
    steps = lengths.with_columns(step=pl.int_ranges(0, "length", dtype=pl.Int32)).explode("step")
    calendar = pl.DataFrame({"month_index": range(EARLIEST, last + 1)}, schema={"month_index": pl.Int32()})
    dates = calendar.with_columns(month=pl.date(pl.col("month_index") // 12, pl.col("month_index") % 12 + 1, 1))
    return (
        spans.join(beside(spans, steps), on="length", how="inner")
        .with_columns((nw.col("since") + nw.col("step")).cast(nw.Int32).alias("month_index"))
        .join(beside(spans, dates), on="month_index", how="inner")
        .select(
            "person_id",
            "pair",
            "first",
            "second",
            "first_award",
            "second_award",
            "region_code",
            "month",
            "month_index",
        )
    )


def _judged(policy: Policy, covered: Frame, months: Frame, pairs: pl.DataFrame) -> Frame:
    """The months with the `action` in force there, those lifted by a further programme left out."""
    named = {"a": "first", "b": "second"}
    judged = policy.in_force(months, "exclusive", on="month", into="action", scope=named, field="action")
    judged = once(judged.filter(nw.col("action").is_in(["forbid", "top_up_only"])))
    key = ("person_id", "pair", "month_index")
    liftable = pairs.filter(pl.col("unless") != "")["pair"].to_list()
    asked = judged.filter(nw.col("pair").is_in(liftable))
    lifted = (
        policy.in_force(asked, "exclusive", on="month", into="unless", scope=named, field="unless")
        .select(*key, "unless")
        .join(
            covered.select("person_id", nw.col("programme").alias("unless"), "from", "to"),
            on=["person_id", "unless"],
            how="inner",
        )
        .filter((nw.col("from") <= nw.col("month_index")) & (nw.col("month_index") <= nw.col("to")))
    )
    return once(judged.join(lifted.select(*key), on=list(key), how="anti"))


def _amounts(data: Tables, months: Frame) -> Frame:
    """Each month of a person and pair once, with what either programme paid by head (`…_parts` of a fen)."""
    key = ["person_id", "pair", "month_index"]
    sides = ("first", "second")
    asked = once(
        nw.concat([months.select(nw.col(f"{side}_award").alias("award_id"), "month_index") for side in sides]).unique()
    )
    awards = asked.select("award_id").unique()
    net = (
        data[PAYMENT]
        .select("award_id", "month_index", "amount_fen")
        .join(awards, on="award_id", how="semi")  # one integer prunes faster than two
        .join(asked, on=["award_id", "month_index"], how="semi")
        .group_by("award_id", "month_index")
        .agg(
            nw.col("amount_fen").sum().cast(nw.Int64).alias("paid_fen"),
            nw.col("amount_fen").max().alias("most_fen"),
            (nw.len() - nw.col("amount_fen").count()).alias("blank"),
        )
    )
    heads = (
        data[BENEFICIARY]
        .select("award_id", "person_id", nw.col("from_month_index").alias("from"), nw.col("to_month_index").alias("to"))
        .join(awards, on="award_id", how="semi")
        .join(asked, on="award_id", how="inner")
        .filter(
            (nw.col("from") <= nw.col("month_index"))
            & (nw.col("to").is_null() | (nw.col("to") >= nw.col("month_index")))
        )
        .group_by("award_id", "month_index")
        .agg(nw.col("person_id").n_unique().cast(nw.Int64).alias("heads"))
    )
    by_head = once(
        net.join(heads, on=["award_id", "month_index"], how="inner").select(
            "award_id",
            "month_index",
            (nw.col("paid_fen") * PARTS // nw.col("heads")).alias("parts"),
            "most_fen",
            "blank",
        )
    )
    known = months.group_by(*key).agg(
        nw.col("action").min(),
        nw.col("region_code").min(),
        nw.col("month").min(),
        *(nw.col(side).min() for side in sides),
    )
    for side in sides:
        awards_paid = months.select(*key, nw.col(f"{side}_award").alias("award_id")).unique()
        joined = awards_paid.join(by_head, on=["award_id", "month_index"], how="inner")
        summed = joined.group_by(*key).agg(
            nw.col("parts").sum().cast(nw.Int64).alias(f"{side}_parts"),
            nw.col("most_fen").max().alias(f"{side}_most"),
            nw.col("blank").max().alias(f"{side}_blank"),
        )
        known = known.join(summed, on=key, how="left")
    taken_back = [(nw.col(f"{side}_most") > 0) & (nw.col(f"{side}_parts") <= 0) & ~_blank(side) for side in sides]
    left = known.filter(~(taken_back[0] | taken_back[1]).fill_null(value=False))
    return left.with_columns(
        *(nw.col(f"{side}_parts").fill_null(0) for side in sides),
        *(_blank(side).alias(f"{side}_blank") for side in sides),
    ).drop(*(f"{side}_most" for side in sides))


def _blank(side: str) -> nw.Expr:
    """Is an amount of that programme unknown?"""
    return (nw.col(f"{side}_blank") > 0).fill_null(value=False)


def _doubt(data: Tables, policy: Policy, months: Frame) -> Frame:
    """Which months are `raised`, what is in doubt in them, and which a missing fixed benefit leaves `undecidable`."""
    blank = nw.col("first_blank") | nw.col("second_blank")
    smaller, zero = nw.min_horizontal("first_parts", "second_parts"), nw.lit(0).cast(nw.Int64)
    forbidden = months.filter(nw.col("action") == "forbid").with_columns(
        zero.alias("allowed_fen"),
        nw.when(smaller > 0).then(smaller).otherwise(zero).alias("doubt_parts"),
        nw.lit(value=True).alias("raised"),
        nw.lit(value=False).alias("undecidable"),
    )
    villages = data[REGION].group_by("region_code").agg(nw.col("urban_rural").min())
    topped = months.filter(nw.col("action") == "top_up_only").join(villages, on="region_code", how="left")
    topped = policy.in_force(topped, "benefit_amount", on="month", into="benefit", scope={"programme": "second"})
    excess = nw.col("first_parts") + nw.col("second_parts") - nw.col("allowed_fen") * PARTS
    topped = (
        topped.with_columns((nw.col("benefit") * 100).round().cast(nw.Int64).alias("allowed_fen"))
        .with_columns(excess.alias("doubt_parts"))
        .with_columns(
            ((nw.col("doubt_parts") > TOLERANCE_FEN * PARTS) & ~blank).fill_null(value=False).alias("raised"),
            ((nw.col("benefit_state") == 0) | blank).alias("undecidable"),
        )
    )
    columns = forbidden.collect_schema().names()
    return nw.concat([forbidden, topped.select(*columns)])


def _proof(data: Tables, table: Table, show: tuple[str, ...]) -> Evidence:
    """Rows of a table about the found awards of the found persons, in the months in question."""

    def gather(found: Frame) -> Frame:
        spans = data[BENEFICIARY].join(found, left_on="person_id", right_on=f"{KEPT}person_id", how="inner")
        spans = spans.filter(
            (nw.col("from_month_index") <= nw.col(f"{KEPT}until_index"))
            & (nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= nw.col(f"{KEPT}since_index")))
        )
        programmes = first_rows(data[AWARD]).select("award_id", nw.col("programme").alias("programme__"))
        wanted = spans.join(programmes, on="award_id", how="inner").filter(
            (nw.col("programme__") == nw.col(f"{KEPT}first")) | (nw.col("programme__") == nw.col(f"{KEPT}second"))
        )
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[name].main for name in show)])
        if table is not BENEFICIARY:
            since, until = f"{KEPT}since_index", f"{KEPT}until_index"
            keys = wanted.select("subject", "part", "award_id", since, until).unique()
            wanted = data[table].join(keys, on="award_id", how="inner")
            if table is PAYMENT:
                wanted = wanted.filter(
                    (nw.col("month_index") >= nw.col(since)) & (nw.col("month_index") <= nw.col(until))
                )
        return wanted.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
