"""Does an award cover only some of those who live together?

Contract §5, dibao without single-person entry (award's, else application's basis); one lead an award. Looked at is the
first day of its latest paid month (net pay above nothing): the award covers somebody, but fewer than live together in
the household, and some co-living member whom no dibao award covers that month is not lawfully out: in custody that day,
a status set (clergy away, missing, in service), covered by destitute, orphan or de_facto_orphan aid that month, or
joined later than the same day three months before (tuning `newcomers`).

Where nobody can tell whether the only such members are lawfully out (not in the person table; custody without a
beginning), or whether it was single-person entry (only applications tell, and the award names none), the award is
undecidable. What a further member would change is not known: no amount is in doubt yet.
"""

from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, needs
from casework.compared import compared, known
from casework.covered import spans, within
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.lead import KEPT, Evidence, Leads, evidence, first_rows, kept, leads
from casework.means.figures import first_day
from casework.means.ledger import months
from casework.means.members import members_on
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD, BENEFICIARY, HOUSEHOLD, MATCH, MEMBER, OFFICIAL, PAYMENT, PERSON, Table
from casework.text import Text

PROGRAMME: Final = "dibao"
INSTEAD: Final = ("destitute", "orphan", "de_facto_orphan")  # whom these cover is lawfully out (contract §5)
PERSONS = Text("人", "persons")
RELATIONS: Final = {option.code: option.label for option in MEMBER["relation"].options}
PLACE: Final = ("award_id", "person_id")

CARD = Card(
    scheme="partial_household",
    family="wrong",
    subject="award",
    title=Text("只保障部分共同生活成员(待核实)", "Only some of the household covered (to verify)"),
    question=Text(
        "低保是否只保障了共同生活家庭成员中的一部分人?",
        "Does an award cover only some of those who live together?",
    ),
    folk=Text("抽丁保", "Picking members"),
    rule="newcomers",
    needs=(
        needs(AWARD, "programme", "household_no"),
        needs(BENEFICIARY, "id_no", "from_month"),
        needs(PAYMENT, "award_no", "month", "amount"),
        needs(MEMBER, "joined_on", "co_living"),
    ),
    either=(needs(AWARD, "single_person_basis"), needs(APPLICATION, "single_person_basis")),
    also_uses=(
        needs(AWARD, "to_month"),
        needs(BENEFICIARY, "to_month"),
        needs(MEMBER, "left_on"),
        needs(PERSON, "status", "died_on"),
        needs(MATCH, "kind", "from_on", "to_on", "detail"),
        needs(OFFICIAL, "duty", "from_on", "to_on"),
        needs(HOUSEHOLD, "region_code"),
    ),
    level="verify",
    severity="money",
    confidence=0.6,
    protected={"person.status": "exonerates"},
    reason=Text(
        "疑似未按户保障:{paid_month} 共同生活 {together} 人,保障 {covered} 人;未保障而未见法定情形的 {missing} 人"
        "(与户主关系:{relations}),其中财政供养人数:{payroll};{custody}",
        "Possibly not covered as a household: in {paid_month} {together} lived together, {covered} were covered;"
        " {missing} others with no lawful ground to be out on record (relation to the head: {relations}), of them on"
        " public payroll: {payroll}; {custody}",
    ),
    facts={
        "paid_month": Fact(Text("最近发放月", "Latest paid month")),
        "together": Fact(Text("共同生活人数", "Living together"), PERSONS),
        "covered": Fact(Text("保障人数", "Covered"), PERSONS),
        "missing": Fact(Text("未保障而无法定情形", "Uncovered with no lawful ground"), PERSONS),
        "relations": Fact(Text("其与户主关系", "Their relation to the head"), words=RELATIONS, many=True),
        "lawful": Fact(Text("依法不计入", "Lawfully out"), PERSONS),
        "unknown": Fact(Text("情况不明", "Not known"), PERSONS),
        "custody": Fact(
            Text("在押核对", "Custody"),
            words={
                "compared": Text("在押情况已核对", "custody was compared"),
                "absent": Text("在押情况未经核对", "custody was not compared"),
            },
        ),
        "payroll": Fact(Text("未保障的财政供养人数", "Uncovered, on public payroll"), PERSONS),
        "payroll_relations": Fact(
            Text("财政供养成员与户主关系", "Relation of those on public payroll"), words=RELATIONS, many=True
        ),
    },
    arithmetic=Text(
        "{paid_month} 首日共同生活 {together} 人,保障 {covered} 人;未保障的成员中依法不计入 {lawful} 人、"
        "情况不明 {unknown} 人,其余 {missing} 人待核实",
        "On the first day of {paid_month} {together} lived together, {covered} were covered; of the uncovered"
        " lawfully out: {lawful}, not known: {unknown}, which leaves {missing}",
    ),
    innocent=(
        Innocent(
            Text("依法单独提出申请的单人户", "Lawful single-person entry"), (needs(AWARD, "single_person_basis"),)
        ),
        Innocent(
            Text("未保障成员在押、失踪、出家或服役", "The uncovered member is in custody, missing, clergy, in service"),
            (needs(PERSON, "status"), needs(MATCH, "kind", "from_on")),
        ),
        Innocent(
            Text("未保障成员已享受特困或孤儿保障", "The uncovered member has destitute or orphan aid"),
            (needs(BENEFICIARY, "from_month"),),
        ),
        Innocent(
            Text("新生儿或刚迁入,尚未复核", "A newborn or newcomer, not yet reviewed"), (needs(MEMBER, "joined_on"),)
        ),
        Innocent(Text("实际分开居住,家庭成员表未更新", "They live apart; the list of members was not updated")),
        Innocent(Text("本人自愿不申请并有书面说明", "The member chose not to apply, in writing")),
    ),
    verify=Text(
        "入户核实共同生活人员,核对未保障成员的身份、收入与不计入的依据;需要时重新核算全户",
        "Visit and see who lives there; check the uncovered members' status, income and the ground for leaving them"
        " out; reckon the household anew where needed",
    ),
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per award, ordered by the number of members left out, those on public payroll counted twice."""
    asked = once(_latest(months(data, policy)))
    untold = once(_untold(data, asked))
    latest = once(asked.join(untold, on="award_id", how="anti"))
    left_out = once(_judged(data, policy, latest))
    missing = once(_on_payroll(data, left_out.filter(nw.col("state") == "missing")))
    counts = left_out.group_by("award_id").agg(
        *(
            nw.when(nw.col("state") == state).then(nw.lit(1)).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias(state)
            for state in ("missing", "lawful", "unknown")
        )
    )
    named = (
        latest.join(counts, on="award_id", how="inner")
        .join(_relations(missing), on="award_id", how="inner")
        .join(first_rows(data[AWARD]).select("award_id", "award_no"), on="award_id", how="inner")
    )
    return leads(
        CARD,
        named.with_columns(
            (nw.col("missing") + nw.col("payroll")).alias("weight"),
            known(data, "payroll", needs(MATCH, "kind"), needs(OFFICIAL, "duty")),
            compared(data, needs(MATCH, "kind")).alias("custody"),
        ),
        subject="award_no",
        facts=tuple(CARD.facts),
        score=nw.col("weight"),
        since=nw.col("paid_month"),
        until=nw.col("paid_month"),
        keep=("award_id", "household_id", "month_index", "day"),
        evidence=(
            evidence(
                data,
                MEMBER,
                on="household_id",
                show=("relation", "co_living", "left_on"),
                where=(nw.col("joined_on_day") <= kept("day"))
                & (nw.col("left_on_day").is_null() | (nw.col("left_on_day") > kept("day"))),
            ),
            evidence(data, BENEFICIARY, on="award_id", show=("to_month",)),
            evidence(
                data,
                PAYMENT,
                on="award_id",
                show=("award_no", "month", "amount"),
                where=nw.col("month_index") == kept("month_index"),
            ),
            _payroll_rows(data, missing, MATCH, ("id_no", "kind", "source", "from_on", "to_on", "detail")),
            _payroll_rows(data, missing, OFFICIAL, ("post", "to_on")),
        ),
        undecidable=nw.concat(
            [counts.filter((nw.col("missing") == 0) & (nw.col("unknown") > 0)).select("award_id"), untold]
        ),
    )


def _latest(paid: Frame) -> Frame:
    """The latest paid month of each dibao award, where it covers fewer than live together; `day` is its first."""
    dibao = paid.filter((nw.col("programme") == PROGRAMME) & (nw.col("paid_fen") > 0))
    newest = dibao.group_by("award_id").agg(nw.col("month_index").max())
    return (
        dibao.join(newest, on=["award_id", "month_index"], how="semi")
        .filter(~nw.col("single").fill_null(value=False) & (nw.col("covered") > 0) & (nw.col("covered") < nw.col("n")))
        .select(
            "award_id",
            "household_id",
            "region_code",
            nw.col("month").alias("paid_month"),
            "month_index",
            "covered",
            nw.col("n").alias("together"),
            first_day("month_index").alias("day"),
        )
    )


def _untold(data: Tables, asked: Frame) -> Frame:
    """The awards of which no table tells whether they were single-person entry."""
    awards = asked.select("award_id")
    if data.has(AWARD, "single_person_basis"):
        return awards.head(0)
    links = first_rows(data[AWARD]).select("award_id", "application_id").join(awards, on="award_id", how="semi")
    told = links.join(data[APPLICATION].select("application_id"), on="application_id", how="semi")
    return awards.join(told.select("award_id"), on="award_id", how="anti")


def _judged(data: Tables, policy: Policy, latest: Frame) -> Frame:
    """The co-living members whom no dibao award covers that month, each once: `state` missing, lawful or unknown."""
    asked = latest.select("award_id", "household_id", "month_index", "day")
    together = members_on(data, asked).filter(nw.col("co_living").fill_null(value=False))
    each = once(
        together.join(
            data[MEMBER].select("household_id", "person_id", "joined_on_day", "left_on_day"),
            on=["household_id", "person_id"],
            how="inner",
        )
        .filter(
            (nw.col("joined_on_day") <= nw.col("day"))
            & (nw.col("left_on_day").is_null() | (nw.col("left_on_day") > nw.col("day")))
        )
        .group_by(*PLACE, "month_index", "day")
        .agg(nw.col("relation").min(), nw.col("joined_on_day").min().alias("joined"))
    )
    on_aid = _on_aid(data, each)
    same = on_aid.filter(nw.col("programme") == PROGRAMME)
    uncovered = once(each.join(same.select(*PLACE), on=list(PLACE), how="anti"))
    grace = int(policy.tuning("newcomers", "joined"))
    before = uncovered.with_columns((nw.col("month_index") - grace).cast(nw.Int32).alias("before"))
    marked = before.with_columns(
        nw.when(nw.col("joined") > first_day("before")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("newcomer")
    ).drop("before")
    for side, into in (
        (on_aid.filter(nw.col("programme").is_in(INSTEAD)), "instead"),
        (_in_custody(data, uncovered, sure=True), "inside"),
        (_in_custody(data, uncovered, sure=False), "perhaps_inside"),
    ):
        there = side.select(*PLACE).unique().with_columns(nw.lit(1).alias(into))
        marked = marked.join(there, on=list(PLACE), how="left").with_columns(nw.col(into).fill_null(0))
    known = first_rows(data[PERSON]).select("person_id", "status", nw.lit(1).alias("known"))
    marked = marked.join(known, on="person_id", how="left")
    out = nw.col("newcomer") + nw.col("instead") + nw.col("inside") > 0
    doubtful = (nw.col("perhaps_inside") == 1) | nw.col("known").is_null()
    state = (
        nw.when(out | ~nw.col("status").is_null())
        .then(nw.lit("lawful"))
        .when(doubtful)
        .then(nw.lit("unknown"))
        .otherwise(nw.lit("missing"))
    )
    return marked.select(*PLACE, "relation", "day", state.alias("state"))


def _on_aid(data: Tables, each: Frame) -> Frame:
    """Which of dibao and the programmes instead of it cover these persons in the month."""
    persons = each.select("person_id").unique()
    rows = data[BENEFICIARY].select("award_id", "person_id").join(persons, on="person_id", how="semi")
    of = (
        first_rows(data[AWARD])
        .filter(nw.col("programme").is_in((PROGRAMME, *INSTEAD)))
        .select(nw.col("award_id"), "programme", nw.col("to_month_index").alias("ends"))
        .join(rows.select("award_id").unique(), on="award_id", how="semi")
    )
    of = once(of)
    covering = spans(data, of).join(of.select("award_id", "programme"), on="award_id", how="inner")
    return once(
        each.select(*PLACE, "month_index")
        .join(covering.drop("award_id"), on="person_id", how="inner")
        .filter(within())
        .select(*PLACE, "programme")
        .unique()
    )


def _in_custody(data: Tables, each: Frame, *, sure: bool) -> Frame:
    """Whom a custody finding holds on the day; not `sure`: one that does not say since when."""
    began = (nw.col("from_on_day") <= nw.col("day")) if sure else nw.col("from_on_day").is_null()
    findings = data[MATCH].filter(nw.col("kind") == "custody").select("person_id", "from_on_day", "to_on_day")
    return each.join(findings, on="person_id", how="inner").filter(
        began & (nw.col("to_on_day").is_null() | (nw.col("to_on_day") >= nw.col("day")))
    )


def _holds() -> nw.Expr:
    return (nw.col("from_on_day") <= nw.col("day")) & (
        nw.col("to_on_day").is_null() | (nw.col("to_on_day") >= nw.col("day"))
    )


def _payroll(data: Tables, table: Table) -> Frame:
    """Who the registers say is in a public post."""
    if table is MATCH:
        return data[MATCH].filter((nw.col("kind") == "public_payroll") & (nw.col("detail") == "post"))
    return data[OFFICIAL].filter(nw.col("duty") == "public_payroll")


def _on_payroll(data: Tables, missing: Frame) -> Frame:
    """Add `payroll`: 1 for who holds a public post on the day."""
    found = [
        missing.join(_payroll(data, table).select("person_id", "from_on_day", "to_on_day"), on="person_id", how="inner")
        .filter(_holds())
        .select(*PLACE)
        for table in (MATCH, OFFICIAL)
    ]
    there = nw.concat(found).unique().with_columns(nw.lit(1).alias("payroll"))
    return missing.join(there, on=list(PLACE), how="left").with_columns(nw.col("payroll").fill_null(0))


def _relations(missing: Frame) -> Frame:
    """Each award's missing members in words: `relations`, `payroll_relations`, `payroll`."""
    paid = nw.col("payroll") == 1
    is_one = {code: nw.col("relation") == code for code in RELATIONS}
    words = missing.group_by("award_id").agg(
        nw.col("payroll").sum().cast(nw.Int64),
        *(nw.when(one).then(nw.lit(code)).max().alias(f"all_{code}") for code, one in is_one.items()),
        *(nw.when(one & paid).then(nw.lit(code)).max().alias(f"paid_{code}") for code, one in is_one.items()),
    )
    return words.select(
        "award_id",
        "payroll",
        nw.concat_str(*(f"all_{code}" for code in RELATIONS), separator=";", ignore_nulls=True).alias("relations"),
        nw.concat_str(*(f"paid_{code}" for code in RELATIONS), separator=";", ignore_nulls=True).alias(
            "payroll_relations"
        ),
    )


def _payroll_rows(data: Tables, missing: Frame, table: Table, show: tuple[str, ...]) -> Evidence:
    """The rows of a register on the missing members in a public post."""

    def gather(found: Frame) -> Frame:
        persons = missing.filter(nw.col("payroll") == 1).select(*PLACE, "day")
        named = found.select("subject", "part", nw.col(f"{KEPT}award_id").alias("award_id"))
        named = named.join(persons, on="award_id", how="inner")
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[name].main for name in show)])
        rows = _payroll(data, table).join(
            named.select("subject", "part", "person_id", "day"), on="person_id", how="inner"
        )
        return rows.filter(_holds()).select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
