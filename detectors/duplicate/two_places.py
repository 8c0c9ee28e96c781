"""Was one person covered by the same programme in two households in the same month?

Contract §5: one lead for each person and programme, every programme. An open beneficiary row ends with its award, else
at `as_of`; no row outlives its award. Where only payments say when an award ends, everybody who moved house would seem
to be in both: there only the row's first month, and months that were paid, count. A month wholly reversed is none.

In doubt is, month by month, what all the households but the best paid were paid for the person by head: of two the
smaller; less what any of these awards gave back in another month. By head = paid for the month, reversals netted,
divided by the persons the award covers in that month. A month of unknown amount is undecidable: it may be reversed.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.covered import PARTS, each_month, heads, paid, reversed_months, spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, common_region, first_rows, household_region, leads
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, PAYMENT, Table
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
KEY: Final = ("person_id", "programme")
PERSON_MONTH: Final = (*KEY, "month_index")
NAMED: Final = 6  # so many households of one person are named; all are counted

CARD = Card(
    scheme="two_places",
    family="duplicate",
    subject="person",
    title=Text("同一救助在两户享受(待核实)", "One programme in two households (to verify)"),
    question=Text(
        "同一人是否在同一月份于两户享受同一项救助?",
        "Was one person covered by the same programme in two households in the same month?",
    ),
    folk=Text("重复保", "Double aid"),
    rule="programme",  # what one programme is
    needs=(needs(AWARD, "programme", "household_no"), needs(BENEFICIARY, "id_no", "from_month")),
    also_uses=(
        needs(AWARD, "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="exclude",
    severity="money",
    confidence=0.95,
    reason=Text(
        "疑似重复享受:{first_month} 至 {last_month} 有 {months} 个月,同一人在 {households} 户({one} 与 {other})"
        "享受{programme}",
        "Possibly duplicate: in {months} months from {first_month} to {last_month} one person was covered by"
        " {programme} in {households} households ({one} and {other})",
    ),
    facts={
        "programme": Fact(Text("救助", "Programme")),
        "one": Fact(Text("户一", "First household")),
        "other": Fact(Text("户二", "Second household")),
        "households": Fact(Text("户数(最多)", "Households (at most)"), Text("户", "households")),
        "first_month": Fact(Text("首个重叠月", "First month of both")),
        "last_month": Fact(Text("末个重叠月", "Last month of both")),
        "months": Fact(Text("重叠月数", "Months of both"), MONTHS),
        "all_fen": Fact(Text("各户按人计合计", "All households, by head"), YUAN),
        "recovered_fen": Fact(Text("其他月份追回", "Taken back in other months"), YUAN),
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "按人计(当月发放 ÷ 当月保障人数),{months} 个月各户合计 {all_fen} 元;"
        "逐月减去最多的一户,再减其他月份追回的 {recovered_fen} 元,存疑 {amount_fen} 元",
        "By head (paid for the month ÷ persons covered), all households were paid {all_fen} yuan in {months} months;"
        " month by month all but the best paid household's, less {recovered_fen} taken back in other months, is in"
        " doubt: {amount_fen} yuan",
    ),
    innocent=(
        Innocent(
            Text("先后在两户享受,月份不重叠", "In one household after the other, no month in both"),
            (needs(BENEFICIARY, "from_month"),),
        ),
        Innocent(
            Text("同一户的两份保障记录", "Two awards of one and the same household"), (needs(AWARD, "household_no"),)
        ),
        Innocent(Text("重叠月份的款项已冲正追回", "The overlapping months were reversed"), (needs(PAYMENT, "amount"),)),
        Innocent(
            Text("迁居或并户后,原户停发月份未录入", "After a move or merger the old household's end was not entered")
        ),
        Innocent(Text("证件号码误录,其中一人另有其人", "A number was mistyped: one of the two is somebody else")),
    ),
    verify=Text(
        "核对两户的保障名册、居住地与发放流水,由两地确认由哪一户保障;只涉及本人份额",
        "Compare the two registers, the residence and the payments; both offices say which household stays. Only this"
        " person's share is concerned",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per person and programme, ordered by the amount in doubt."""
    del policy  # no rule's value is needed
    months = once(_months(data))
    sure = once(_overlaps(months.filter(nw.col("sure") == 1)))
    summed = once(_summed(data, sure))
    found = once(
        summed.join(_recovered(data, summed, sure), on=list(KEY), how="left")
        .with_columns(nw.col("recovered_fen").fill_null(0))
        .with_columns((nw.col("doubt_parts") // PARTS - nw.col("recovered_fen")).alias("amount_fen"))
        .filter((nw.col("recovered_fen") == 0) | (nw.col("amount_fen") > 0))
        .with_columns(
            (nw.col("all_parts") // PARTS).alias("all_fen"), common_region("low", "high").alias("region_code")
        )
        .join(_households(sure), on=list(KEY), how="inner")
    )
    shown = found
    if not data.has(PAYMENT):  # what was paid is unknown, not nothing
        unpaid = ("all_fen", "recovered_fen", "amount_fen")
        shown = shown.with_columns(*(nw.lit(None).cast(nw.Int64).alias(column) for column in unpaid))
    return leads(
        CARD,
        shown,
        subject="person_id",
        part=nw.col("programme"),
        related=nw.col("related"),
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen").fill_null(0) / 100,
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("person_id", "programme", "since_index", "until_index"),
        evidence=(
            _proof(data, BENEFICIARY, ("award_no", "to_month")),
            _proof(data, AWARD, ("programme", "household_no", "from_month", "to_month")),
            _proof(data, PAYMENT, ("award_no", "month", "amount")),
        ),
        undecidable=_overlaps(months).select(*KEY).unique().join(sure.select(*KEY), on=list(KEY), how="anti"),
    )


def _months(data: Tables) -> Frame:
    """Each month of a person in a programme with perhaps more than one household, once for each award of the month.

    `paid_fen` (0 where there is no payment); `sure` 0 where nobody can tell whether the award still covered the person,
    or whether its payment was reversed. Months wholly reversed are left out.
    """
    rows = data[BENEFICIARY].select("person_id", "award_id")
    several = rows.group_by("person_id").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1).select("person_id")
    of = first_rows(data[AWARD]).select(
        "award_id", "programme", "household_id", "household_no", nw.col("to_month_index").alias("ends")
    )
    apart = (
        rows.join(several, on="person_id", how="semi")
        .join(of, on="award_id", how="inner")
        .group_by(*KEY)
        .agg(nw.col("household_id").min().alias("least"), nw.col("household_id").max().alias("most"))
        .filter(nw.col("least") != nw.col("most"))
    )
    asked = once(
        rows.join(apart.select("person_id").unique(), on="person_id", how="semi")
        .join(of, on="award_id", how="inner")
        .join(apart.select(*KEY), on=list(KEY), how="semi")
        .unique()
    )
    awards = asked.select("award_id", "ends").unique()
    covered = spans(data, awards).join(asked.drop("ends"), on=["award_id", "person_id"], how="inner")
    ended = ~nw.col("until").is_null() | nw.lit(data.has(AWARD, "to_month") or not data.has(PAYMENT))
    open_ended = nw.coalesce(nw.col("until"), nw.lit(data.as_of_month)).cast(nw.Int32)
    laid_out = each_month(data, covered.with_columns(ended.alias("ended"), open_ended.alias("until")))
    told = nw.when(nw.col("ended") | (nw.col("month_index") == nw.col("since"))).then(nw.lit(1)).otherwise(nw.lit(0))
    columns = ("month", "award_id", "household_id", "household_no")
    once_each = laid_out.group_by(*PERSON_MONTH, *columns).agg(told.max().alias("told"))
    both = once(_overlaps(once_each))
    return _paid(data, both).join(reversed_months(data, both), on=["award_id", "month_index"], how="anti").drop("told")


def _overlaps(months: Frame) -> Frame:
    """Of these months those in which the person is in more than one household: `households`, how many."""
    counted = months.group_by(*PERSON_MONTH).agg(nw.col("household_id").n_unique().cast(nw.Int64).alias("households"))
    both = counted.filter(nw.col("households") > 1)
    there = months.collect_schema().names()
    return months.drop(*({"households"} & set(there))).join(both, on=list(PERSON_MONTH), how="inner")


def _paid(data: Tables, months: Frame) -> Frame:
    """Add `paid_fen` (0 without a payment) and `sure`."""
    key = ["award_id", "month_index"]
    net = once(paid(data, months).select(*key, "paid_fen", nw.lit(1).alias("filed")))
    known = months.join(net, on=key, how="left").with_columns(
        nw.when(nw.col("filed").is_null())
        .then(nw.lit(0))
        .otherwise(nw.col("paid_fen"))
        .cast(nw.Int64)
        .alias("paid_fen")
    )
    sure = ~nw.col("paid_fen").is_null() & ((nw.col("told") == 1) | (nw.col("paid_fen") > 0)).fill_null(value=False)
    return known.with_columns(nw.when(sure).then(nw.lit(1)).otherwise(nw.lit(0)).alias("sure")).drop("filed")


def _summed(data: Tables, months: Frame) -> Frame:
    """Each person and programme once, with what all the households, and all but one, were paid by head."""
    award_month = ["award_id", "month_index"]
    shares = household_region(data, months.join(heads(data, months), on=award_month, how="inner")).with_columns(
        (nw.col("paid_fen") * PARTS // nw.col("covered")).alias("parts")
    )
    places = shares.group_by(*PERSON_MONTH, "household_id").agg(
        nw.col("parts").sum().cast(nw.Int64),
        nw.col("households").max(),
        nw.col("region_code").min(),
        nw.col("month").min(),
    )
    paid_out = nw.when(nw.col("parts") > 0).then(nw.col("parts")).otherwise(nw.lit(0)).cast(nw.Int64)
    by_month = (
        places.with_columns(paid_out.alias("parts"))
        .group_by(*PERSON_MONTH)
        .agg(
            nw.col("month").min(),
            nw.col("households").max(),
            nw.col("region_code").min().alias("low"),
            nw.col("region_code").max().alias("high"),
            nw.col("parts").sum().cast(nw.Int64).alias("all_parts"),
            nw.col("parts").max().cast(nw.Int64).alias("most_parts"),
        )
    )
    return by_month.group_by(*KEY).agg(
        nw.col("households").max(),
        nw.col("low").min(),
        nw.col("high").max(),
        nw.col("month").min().alias("first_month"),
        nw.col("month").max().alias("last_month"),
        nw.col("month_index").min().alias("since_index"),
        nw.col("month_index").max().alias("until_index"),
        nw.len().cast(nw.Int64).alias("months"),
        nw.col("all_parts").sum().cast(nw.Int64),
        (nw.col("all_parts") - nw.col("most_parts")).sum().cast(nw.Int64).alias("doubt_parts"),
    )


def _recovered(data: Tables, summed: Frame, months: Frame) -> Frame:
    """What the awards of each person and programme gave back from the first month of both on: `recovered_fen`."""
    theirs = once(months.select(*KEY, "award_id").unique().join(summed.select(*KEY, "since_index"), on=list(KEY)))
    return (
        theirs.join(paid(data, theirs).filter(nw.col("paid_fen") < 0), on="award_id", how="inner")
        .filter(nw.col("month_index") >= nw.col("since_index"))
        .group_by(*KEY)
        .agg((0 - nw.col("paid_fen").sum()).cast(nw.Int64).alias("recovered_fen"))
    )


def _households(months: Frame) -> Frame:
    """The households of each person and programme: `one` and `other` (first, last by number), `related` names all."""
    homes = months.select(*KEY, "household_no").unique().with_columns(nw.lit(1).cast(nw.Int64).alias("place"))
    placed = homes.with_columns(nw.col("place").cum_sum().over(*KEY, order_by="household_no"))
    names = {f"home_{place}": place for place in range(1, NAMED + 1)}
    return (
        placed.group_by(*KEY)
        .agg(
            nw.col("household_no").min().alias("one"),
            nw.col("household_no").max().alias("other"),
            *(
                nw.when(nw.col("place") == place).then(nw.col("household_no")).max().alias(name)
                for name, place in names.items()
            ),
        )
        .with_columns(nw.concat_str(*names, separator=";", ignore_nulls=True).alias("related"))
        .drop(*names)
    )


def _proof(data: Tables, table: Table, show: tuple[str, ...]) -> Evidence:
    """Rows of a table about the found persons' awards of the programme, in the months in question."""

    def gather(found: Frame) -> Frame:
        since, until = f"{KEPT}since_index", f"{KEPT}until_index"
        rows = data[BENEFICIARY].join(found, left_on="person_id", right_on=f"{KEPT}person_id", how="inner")
        rows = rows.filter(
            (nw.col("from_month_index") <= nw.col(until))
            & (nw.col("to_month_index").is_null() | (nw.col("to_month_index") >= nw.col(since)))
        )
        programmes = first_rows(data[AWARD]).select("award_id", nw.col("programme").alias("programme__"))
        wanted = rows.join(programmes, on="award_id", how="inner").filter(
            nw.col("programme__") == nw.col(f"{KEPT}programme")
        )
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[column].main for column in show)])
        if table is not BENEFICIARY:
            keys = wanted.select("subject", "part", "award_id", since, until).unique()
            wanted = data[table].join(keys, on="award_id", how="inner")
            if table is PAYMENT:
                wanted = wanted.filter(
                    (nw.col("month_index") >= nw.col(since)) & (nw.col("month_index") <= nw.col(until))
                )
        return wanted.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
