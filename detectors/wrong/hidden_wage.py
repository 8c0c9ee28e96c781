"""Does a statement without a wage govern aid to somebody insured as an employee?

Contract §5, means-tested programmes; one lead an award. A statement that governs a paid month (the newest before its
first day) and whose wage is nil or absent, while a person covered in that month, and alive on the day of the statement,
had employee insurance or paid into the housing fund in at least three of the twelve whole months before the month of
the statement. Flexible and resident insurance say nothing of a wage; a month covered twice counts once.

What the wage is nobody knows yet: no amount is in doubt. Undecidable: a wage filed without a figure or with two, an
insurance without a beginning or a kind, a month of unknown pay.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.covered import awards, means_tested, paid, spans, whole_months, within
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, evidence, household_region, kept, leads, open_cases
from casework.means.figures import YEAR
from casework.means.members import deaths
from casework.means.statement import statements
from casework.policy import Policy
from casework.tables import AWARD, BENEFICIARY, HOUSEHOLD, MATCH, MEANS, PAYMENT, PERSON
from casework.text import Text

INSURED: Final = 3  # months (contract §5)
MONTHS = Text("个月", "months")
YUAN = Text("元", "yuan")
STATEMENT: Final = ["household_id", "as_of_day"]
SOURCES: Final = {
    "social_insurance": Text("职工社会保险", "employee insurance"),
    "housing_fund": Text("住房公积金", "housing fund"),
}

CARD = Card(
    scheme="hidden_wage",
    family="wrong",
    subject="award",
    title=Text("有职工参保而未计工资收入(待核实)", "Insured as an employee, no wage stated (to verify)"),
    question=Text(
        "家庭申报没有工资收入,保障对象却以职工身份参保或缴存公积金?",
        "Does a statement without a wage govern aid to somebody insured as an employee?",
    ),
    folk=Text("隐瞒收入", "Income left out"),
    rule="programme",
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(MEANS, "as_of", "item"),
        needs(MATCH, "kind", "from_on"),
    ),
    also_uses=(needs(MATCH, "to_on", "detail"), needs(HOUSEHOLD, "region_code"), needs(PERSON, "died_on")),
    level="verify",
    severity="money",
    confidence=0.6,
    reason=Text(
        "疑似未计工资收入:{statement_on} 的核定没有工资收入,而此前十二个月有 {persons} 名保障对象有{sources}记录,"
        "最多 {insured_months} 个月;据此发放 {months} 个月",
        "Possibly a wage left out: the statement of {statement_on} has no wage, but {persons} covered persons had"
        " {sources} in the twelve months before, up to {insured_months} months; {months} months were paid on it",
    ),
    facts={
        "statement_on": Fact(Text("核定日期", "Statement of")),
        "statements": Fact(Text("这样的核定份数", "Such statements")),
        "wage": Fact(
            Text("工资项", "Wage item"),
            words={"absent": Text("未填", "absent"), "nil": Text("为零", "nil")},
        ),
        "persons": Fact(Text("涉及保障对象", "Covered persons concerned"), Text("人", "persons")),
        "sources": Fact(Text("登记", "Registers"), words=SOURCES, many=True),
        "insured_months": Fact(Text("参保整月数(最多)", "Whole months insured (at most)"), MONTHS),
        "base_fen": Fact(Text("最高缴费基数(月)", "Highest base, a month"), YUAN),
        "first_month": Fact(Text("首个发放月", "First month paid on it")),
        "last_month": Fact(Text("末个发放月", "Last month paid on it")),
        "months": Fact(Text("发放月数", "Months paid on it"), MONTHS),
        "paid_fen": Fact(Text("这些月份共发", "Paid for these months"), YUAN),
    },
    arithmetic=Text(
        "{statement_on} 所在月之前的十二个整月中,参保或缴存整月最多 {insured_months} 个,工资项{wage};"
        "{first_month} 至 {last_month} 据此发放 {months} 个月,共 {paid_fen} 元,应计多少工资待核实",
        "Of the twelve whole months before that of {statement_on} up to {insured_months} are insured, the wage item is"
        " {wage}; {months} months from {first_month} to {last_month} were paid on it, {paid_fen} yuan; what wage there"
        " was is to be found out",
    ),
    innocent=(
        Innocent(
            Text("灵活就业或城乡居民参保", "Insured as self-employed or as a resident"), (needs(MATCH, "detail"),)
        ),
        Innocent(
            Text("核定前不久才就业或早已离职", "Began work only lately, or left long before"),
            (needs(MATCH, "from_on"),),
        ),
        Innocent(
            Text("参保人在核定之前已身故", "The insured person had died before the statement"),
            (needs(PERSON, "died_on"),),
        ),
        Innocent(Text("参保人未计入保障", "The insured person is not covered"), (needs(BENEFICIARY, "from_month"),)),
        Innocent(Text("挂靠单位参保,费用由本人承担", "Insured through a firm, paid for by themselves, without a wage")),
        Innocent(Text("单位欠薪或停薪留职", "The employer owed the wage, or unpaid leave")),
        Innocent(Text("工资已计入其他收入项", "The wage was entered under another item")),
    ),
    verify=Text(
        "向社保、公积金部门核实参保单位与时段,向单位核实工资发放,重新核算家庭收入",
        "Confirm employer and months with the insurance and fund offices, the wage with the employer; reckon the income"
        " anew",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award, ordered by months paid, then by months insured."""
    of = once(awards(data, means_tested(policy)))
    months = _months(data, of, _judged(data, policy, of))
    certain = (nw.col("sure") == 1) & ~nw.col("paid_fen").is_null()
    held = once(months.filter(certain))
    found = _found(held).join(of.select("award_id", "award_no", "household_id"), on="award_id", how="inner")
    return leads(
        CARD,
        household_region(data, found),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("months") + nw.col("insured_months") / 100,
        since=nw.col("first_month"),
        until=nw.col("last_month"),
        keep=("award_id", "household_id", "since_index", "until_index", "first_statement", "last_statement"),
        evidence=(
            _proof(data, held),
            evidence(
                data,
                MEANS,
                on="household_id",
                show=("declared", "verified"),
                where=(nw.col("as_of_day") >= kept("first_statement"))
                & (nw.col("as_of_day") <= kept("last_statement")),
            ),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            evidence(
                data,
                PAYMENT,
                on="award_id",
                show=("award_no", "month", "amount"),
                where=(nw.col("month_index") >= kept("since_index")) & (nw.col("month_index") <= kept("until_index")),
            ),
        ),
        undecidable=open_cases(found, months.filter(~certain)),
    )


def _insurances(data: Tables) -> Frame:
    """Who was insured as an employee or paid into the fund in which whole months; `sure` 0: kind or start unknown."""
    fund = nw.col("kind") == "housing_fund"
    employee = (nw.col("kind") == "social_insurance") & (nw.col("detail").is_null() | (nw.col("detail") == "employee"))
    rows = whole_months(data[MATCH].filter(fund | employee))
    sure = (fund | ~nw.col("detail").is_null()) & ~nw.col("first_whole").is_null()
    some = (nw.col("first_whole") <= nw.col("last_whole")).fill_null(value=True)
    return rows.filter(some).with_columns(nw.when(sure).then(nw.lit(1)).otherwise(nw.lit(0)).alias("sure"))


def _near() -> nw.Expr:
    """Does an insurance touch the twelve whole months before that of the statement (`since_index` is the one after)?"""
    first, last = nw.col("first_whole"), nw.col("last_whole")
    return (first.is_null() | (first <= nw.col("since_index") - 2)) & (
        last.is_null() | (last >= nw.col("since_index") - YEAR - 1)
    )


def _judged(data: Tables, policy: Policy, of: Frame) -> Frame:
    """Covered persons and statements that may hide a wage: when either holds, `sure`, and what was found."""
    insured = once(
        _insurances(data)
        .select("person_id", "kind", "value_hundredths", "first_whole", "last_whole", "sure")
        .join(
            data[BENEFICIARY].join(of.select("award_id"), on="award_id", how="semi").select("person_id").unique(),
            on="person_id",
            how="semi",
        )
    )
    rows = data[BENEFICIARY].join(insured.select("person_id").unique(), on="person_id", how="semi")
    few = of.join(rows.select("award_id").unique(), on="award_id", how="semi")
    covered = spans(data, few).join(insured.select("person_id").unique(), on="person_id", how="semi")
    covered = covered.join(few.select("award_id", "household_id"), on="award_id", how="inner")
    covered = covered.join(deaths(data).select("person_id", "death_day"), on="person_id", how="left")
    said = statements(data, policy).select(*STATEMENT, "as_of", "since_index", "until_index")
    both = covered.join(said, on="household_id", how="inner").filter(
        (nw.col("until").is_null() | (nw.col("until") >= nw.col("since_index")))
        & (nw.col("until_index").is_null() | (nw.col("until_index") > nw.col("since")))
        & (nw.col("until_index").is_null() | (nw.col("until_index") > nw.col("since_index")))
        # A statement made after a death rightly lacks the wage of the dead.
        & (nw.col("death_day").is_null() | (nw.col("death_day") >= nw.col("as_of_day")))
    )
    both = once(both.drop("death_day"))
    wages = _wages(data, both)
    counted = _insured_months(both.select("person_id", "since_index").unique(), insured)
    return once(
        both.join(wages, on=STATEMENT, how="left")
        .with_columns(nw.col("wage").fill_null("absent"))
        .filter(nw.col("wage") != "stated")
        .join(counted, on=["person_id", "since_index"], how="inner")
        .filter(nw.col("possible_months") >= INSURED)
        .with_columns(
            nw.when((nw.col("insured_months") >= INSURED) & (nw.col("wage") != "unknown"))
            .then(nw.lit(1))
            .otherwise(nw.lit(0))
            .alias("sure")
        )
    )


def _wages(data: Tables, both: Frame) -> Frame:
    """What these statements say of the wage: `nil`, `stated`, or `unknown` (no figure, or nil and another figure)."""
    figure = nw.coalesce(nw.col("verified_fen"), nw.col("declared_fen"))
    rows = data[MEANS].filter(nw.col("item") == "wage").join(both.select(*STATEMENT), on=STATEMENT, how="semi")
    said = rows.with_columns(
        figure.alias("figure"), nw.when(figure.is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias("blank")
    )
    known = said.group_by(*STATEMENT).agg(
        nw.col("figure").min().alias("least"), nw.col("figure").max().alias("most"), nw.col("blank").max()
    )
    return known.select(
        *STATEMENT,
        nw.when(nw.col("least") > 0)
        .then(nw.lit("stated"))
        .when((nw.col("blank") == 0) & (nw.col("most") == 0))
        .then(nw.lit("nil"))
        .otherwise(nw.lit("unknown"))
        .alias("wage"),
    )


def _insured_months(asked: Frame, insured: Frame) -> Frame:
    """Of the twelve whole months before a statement's own, how many each person is insured in, or may be.

    `asked`: `person_id`, `since_index` (the month after the statement's). Adds `insured_months`, `possible_months`,
    from which registers (`by_…`), the highest `base_fen` (fen a month).
    """
    pairs = asked.join(insured, on="person_id", how="inner")
    first = nw.coalesce(nw.col("first_whole"), nw.col("since_index") - YEAR - 1)
    open_ended = nw.coalesce(nw.col("last_whole"), nw.col("since_index"))
    near = pairs.filter(_near())

    def holds(back: int, *, only: nw.Expr) -> nw.Expr:
        at = nw.col("since_index") - 1 - back
        return nw.when((first <= at) & (open_ended >= at) & only).then(nw.lit(1)).otherwise(nw.lit(0)).max()

    sure, anyhow = nw.col("sure") == 1, nw.col("sure") >= 0
    flags = near.group_by("person_id", "since_index").agg(
        *(holds(back, only=sure).alias(f"sure_{back}") for back in range(1, YEAR + 1)),
        *(holds(back, only=anyhow).alias(f"any_{back}") for back in range(1, YEAR + 1)),
        *(
            nw.when((nw.col("kind") == kind) & sure).then(nw.lit(1)).otherwise(nw.lit(0)).max().alias(f"by_{kind}")
            for kind in SOURCES
        ),
        nw.when((nw.col("kind") == "social_insurance") & sure)
        .then(nw.col("value_hundredths"))
        .max()
        .cast(nw.Int64)
        .alias("base_fen"),
    )
    months = range(1, YEAR + 1)
    return flags.select(
        "person_id",
        "since_index",
        *(f"by_{kind}" for kind in SOURCES),
        "base_fen",
        nw.sum_horizontal(*(nw.col(f"sure_{back}") for back in months)).cast(nw.Int64).alias("insured_months"),
        nw.sum_horizontal(*(nw.col(f"any_{back}") for back in months)).cast(nw.Int64).alias("possible_months"),
    )


def _months(data: Tables, of: Frame, judged: Frame) -> Frame:
    """The months paid, or perhaps paid, on such a statement, once for each person covered in them."""
    terms = of.select("award_id").join(judged.select("award_id").unique(), on="award_id", how="semi")
    governed = (nw.col("since_index") <= nw.col("month_index")) & (
        nw.col("until_index").is_null() | (nw.col("until_index") > nw.col("month_index"))
    )
    return once(
        paid(data, terms)
        .filter(nw.col("paid_fen").is_null() | (nw.col("paid_fen") > 0))
        .join(judged, on="award_id", how="inner")
        .filter(within() & governed)
        .drop("since", "until")
        .unique()
    )


def _found(held: Frame) -> Frame:
    """Each award once: its statements, persons, registers and months; `wage` nil where any statement says so."""
    once_each = held.group_by("award_id", "month_index").agg(nw.col("month").min(), nw.col("paid_fen").min())
    paid_out = once_each.group_by("award_id").agg(
        nw.len().cast(nw.Int64).alias("months"),
        nw.col("paid_fen").sum().cast(nw.Int64),
        nw.col("month").min().alias("first_month"),
        nw.col("month").max().alias("last_month"),
        nw.col("month_index").min().alias("since_index"),
        nw.col("month_index").max().alias("until_index"),
    )
    said = held.group_by("award_id").agg(
        nw.col("as_of").max().alias("statement_on"),
        nw.col("as_of_day").min().alias("first_statement"),
        nw.col("as_of_day").max().alias("last_statement"),
        nw.col("as_of_day").n_unique().cast(nw.Int64).alias("statements"),
        nw.col("person_id").n_unique().cast(nw.Int64).alias("persons"),
        nw.col("wage").max(),
        nw.col("insured_months").max(),
        nw.col("base_fen").max(),
        *(nw.when(nw.col(f"by_{kind}") == 1).then(nw.lit(kind)).max().alias(f"named_{kind}") for kind in SOURCES),
    )
    sources = nw.concat_str(*(f"named_{kind}" for kind in SOURCES), separator=";", ignore_nulls=True)
    return paid_out.join(said.with_columns(sources.alias("sources")), on="award_id", how="inner")


def _proof(data: Tables, held: Frame) -> Evidence:
    """The insurances of the persons concerned that touch the twelve months before the statements."""
    show = ("id_no", "kind", "source", "from_on", "to_on", "value", "detail")

    def gather(found: Frame) -> Frame:
        asked = held.select("award_id", "person_id", "since_index").unique()
        persons = found.join(asked, left_on=f"{KEPT}award_id", right_on="award_id", how="inner")
        columns = dict.fromkeys([*(part.main for part in MATCH.key), *(MATCH[name].main for name in show)])
        rows = _insurances(data).filter(nw.col("sure") == 1)
        touching = rows.join(
            persons.select("subject", "part", "person_id", "since_index"), on="person_id", how="inner"
        ).filter(_near())
        return touching.select("subject", "part", *columns, "source_file", "source_row").unique()

    return Evidence(MATCH, show, gather)
