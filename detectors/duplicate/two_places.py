"""Was one person covered by the same programme in two households in the same month?

Contract §5: one lead for each person and programme, every programme. An open beneficiary row ends with its award, else
at `as_of`; no row outlives its award. In doubt is, month by month, what all the households but the best paid were paid
for the person by head: of two the smaller. By head = paid for the month, reversals netted, divided by the persons the
award covers in that month. An amount nobody knows counts nothing.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.covered import PARTS, each_month, heads, paid, spans
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, first_rows, household_region, leads
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, PAYMENT, Table
from casework.text import Text

MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
PERSON_MONTH: Final = ("person_id", "programme", "month_index")

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
    rule="programme",
    needs=(needs(AWARD, "programme", "household_no"), needs(BENEFICIARY, "id_no", "from_month")),
    also_uses=(needs(PAYMENT, "award_no", "month", "amount"), needs(HOUSEHOLD, "region_code")),
    level="exclude",
    severity="money",
    confidence=0.95,
    reason=Text(
        "疑似重复享受:{first_month} 至 {last_month} 有 {months} 个月,同一人在 {households} 户({one} 与 {other})"
        "享受 {programme}",
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
        "amount_fen": Fact(Text("存疑金额", "In doubt"), YUAN),
    },
    arithmetic=Text(
        "按人计(当月发放 ÷ 当月保障人数),{months} 个月各户合计 {all_fen} 元;"
        "逐月减去最多的一户,其余存疑,共 {amount_fen} 元",
        "By head (paid for the month ÷ persons covered), all households were paid {all_fen} yuan in {months} months;"
        " month by month all but the best paid household's is in doubt: {amount_fen} yuan",
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
    """One lead per person and programme, ordered by the amount in doubt, then by months."""
    del policy  # no rule's value is needed
    months = _amounts(data, once(_months(data)))
    found = months.group_by("person_id", "programme").agg(
        nw.col("one").min(),
        nw.col("other").max(),
        nw.col("households").max(),
        nw.col("region_code").min(),
        nw.col("month").min().alias("first_month"),
        nw.col("month").max().alias("last_month"),
        nw.col("month_index").min().alias("since_index"),
        nw.col("month_index").max().alias("until_index"),
        nw.len().cast(nw.Int64).alias("months"),
        nw.col("all_parts").sum().cast(nw.Int64),
        nw.col("doubt_parts").sum().cast(nw.Int64),
    )
    shown = found.with_columns(
        (nw.col("all_parts") // PARTS).alias("all_fen"), (nw.col("doubt_parts") // PARTS).alias("amount_fen")
    )
    if not data.has(PAYMENT):  # what was paid is unknown, not nothing
        unpaid = ("all_fen", "amount_fen")
        shown = shown.with_columns(*(nw.lit(None).cast(nw.Int64).alias(column) for column in unpaid))
    return leads(
        CARD,
        shown,
        subject="person_id",
        part=nw.col("programme"),
        related=nw.concat_str("one", "other", separator=";"),
        facts=tuple(CARD.facts),
        score=nw.col("amount_fen").fill_null(0) / 100 + nw.col("months"),
        amount_fen=nw.col("amount_fen"),
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("person_id", "programme", "since_index", "until_index"),
        evidence=(
            _proof(data, BENEFICIARY, ("award_no", "to_month")),
            _proof(data, AWARD, ("programme", "household_no", "from_month", "to_month")),
            _proof(data, PAYMENT, ("award_no", "month", "amount")),
        ),
    )


def _months(data: Tables) -> Frame:
    """Each month of a person in a programme with more than one household, once for each award of the month."""
    rows = data[BENEFICIARY].select("person_id", "award_id")
    several = rows.group_by("person_id").agg(nw.len().alias("rows")).filter(nw.col("rows") > 1).select("person_id")
    of = first_rows(data[AWARD]).select(
        "award_id", "programme", "household_id", "household_no", nw.col("to_month_index").alias("ends")
    )
    key = ["person_id", "programme"]
    apart = (
        rows.join(several, on="person_id", how="semi")
        .join(of, on="award_id", how="inner")
        .group_by(*key)
        .agg(nw.col("household_id").min().alias("least"), nw.col("household_id").max().alias("most"))
        .filter(nw.col("least") != nw.col("most"))
    )
    asked = once(
        rows.join(apart.select("person_id").unique(), on="person_id", how="semi")
        .join(of, on="award_id", how="inner")
        .join(apart.select(*key), on=key, how="semi")
        .unique()
    )
    awards = asked.select("award_id", "ends").unique()
    covered = spans(data, awards).join(asked.drop("ends"), on=["award_id", "person_id"], how="inner")
    open_ended = nw.coalesce(nw.col("until"), nw.lit(data.as_of_month)).cast(nw.Int32)
    laid_out = each_month(data, covered.with_columns(open_ended.alias("until")))
    month = [*key, "month_index"]
    once_each = once(laid_out.select(*month, "month", "award_id", "household_id", "household_no").unique())
    both = (
        once_each.group_by(*month)
        .agg(nw.col("household_id").n_unique().cast(nw.Int64).alias("households"))
        .filter(nw.col("households") > 1)
    )
    return household_region(data, once_each.join(both, on=month, how="inner"))


def _amounts(data: Tables, months: Frame) -> Frame:
    """Each month of a person and programme once, with what all the households, and all but one, were paid by head."""
    award_month = ["award_id", "month_index"]
    by_head = paid(data, months).join(heads(data, months), on=award_month, how="inner")
    by_head = by_head.select(*award_month, (nw.col("paid_fen") * PARTS // nw.col("covered")).alias("parts"))
    shares = months.join(by_head, on=award_month, how="left").with_columns(nw.col("parts").fill_null(0))
    places = shares.group_by(*PERSON_MONTH, "household_id").agg(
        nw.col("parts").sum().cast(nw.Int64),
        nw.col("households").max(),
        nw.col("household_no").min(),
        nw.col("region_code").min(),
        nw.col("month").min(),
    )
    paid_out = nw.when(nw.col("parts") > 0).then(nw.col("parts")).otherwise(nw.lit(0)).cast(nw.Int64)
    return (
        places.with_columns(paid_out.alias("parts"))
        .group_by(*PERSON_MONTH)
        .agg(
            nw.col("month").min(),
            nw.col("households").max(),
            nw.col("household_no").min().alias("one"),
            nw.col("household_no").max().alias("other"),
            nw.col("region_code").min(),
            nw.col("parts").sum().cast(nw.Int64).alias("all_parts"),
            nw.col("parts").max().cast(nw.Int64).alias("most_parts"),
        )
        .with_columns((nw.col("all_parts") - nw.col("most_parts")).alias("doubt_parts"))
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
