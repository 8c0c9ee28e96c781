"""Who is entitled to aid by the facts, and has none?

Contract §5, policy `entitlement`: the facts of `as_of` meet it, and there is no award in force (or beginning in the
month after), none that excludes it, no open application, and no refusal or exit later than the same day six months
before. A person for what a person is entitled to (orphan, disability, old age), a household for dibao; one lead a
programme. For information only where a statement, or a custody that counts, was last told of more than twelve months
ago; a death does not age. Ordered by hardship; owed is a year of what would be due.
"""

from datetime import date
from typing import Final

import narwhals as nw

from casework.card import Card, Fact, Innocent, Wording, needs
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship import parents_of
from casework.lead import KEPT, Evidence, Leads, evidence, first_rows, kept, leads
from casework.means.hardship import with_hardship
from casework.means.members import DEATHS
from casework.means.overlooked import overlooked_households, overlooked_persons, unstated_households
from casework.means.owed import owed_to_households, owed_to_persons
from casework.means.parents import CUSTODY
from casework.means.pending import day_before
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
    Table,
)
from casework.text import Text

YUAN = Text("元", "yuan")
EPOCH: Final = date(1970, 1, 1)
STATES: Final = {
    "dead": Text("死亡", "dead"),
    "missing": Text("失踪", "missing"),
    "custody": Text("在押", "in custody"),
    "disability_1": Text("一级残疾", "disability of grade 1"),
    "disability_2": Text("二级残疾", "disability of grade 2"),
    "intellectual_3": Text("三级智力残疾", "intellectual disability of grade 3"),
    "mental_3": Text("三级精神残疾", "mental disability of grade 3"),
}

CARD = Card(
    scheme="missed_entitlement",
    family="missed",
    subject="person",
    title=Text("符合条件未享受(待核实)", "Entitled and without aid (to verify)"),
    question=Text(
        "依现有事实应享受救助的人员或家庭,是否尚未享受?", "Who is entitled to aid by the facts, and has none?"
    ),
    folk=Text("漏保", "The overlooked"),
    rule="entitlement",
    other_rules=(
        "exclusive",
        "dibao_standard",
        "veto",
        "benefit_amount",
        "benefit_mode",
        "hardship_weight",
        "missed_entitlement",
    ),
    needs=(
        needs(PERSON, "born_on"),
        needs(AWARD, "programme", "from_month"),
        needs(BENEFICIARY, "id_no", "from_month"),
    ),
    also_uses=(
        needs(APPLICATION, "programme", "accepted_at", "decision"),
        needs(PERSON, "disability_grade"),
        needs(HOUSEHOLD, "region_code"),
        needs(MEMBER, "joined_on", "co_living"),
        needs(KIN, "relation"),
        needs(MATCH, "kind", "from_on"),
        needs(MEANS, "item", "as_of"),
        needs(PAYMENT, "month", "amount"),
    ),
    level="verify",
    severity="person",
    confidence=0.8,
    reason=Text(
        "疑似漏享{programme}:年满 {age} 周岁,未见在享记录、在办申请或近期不予同意、退出记录",
        "Possibly without {programme}: {age} years old, and no award, no open application and no fresh refusal or exit"
        " is on record",
    ),
    facts={
        "case": Fact(
            Text("依据", "Grounds"),
            words={
                "age": Text("年龄", "age"),
                "disability": Text("残疾等级", "grade of disability"),
                "parents": Text("父母情况", "the parents"),
                "income": Text("家庭收入", "income of the household"),
            },
        ),
        "programme": Fact(Text("应享受的救助", "Programme")),
        "age": Fact(Text("年龄", "Age"), Text("周岁", "years"), absent=Text("不适用", "does not apply")),
        "disability_grade": Fact(Text("残疾等级", "Grade of disability"), absent=Text("无", "none")),
        "parents": Fact(Text("父母情况", "Parents"), words=STATES, many=True),
        "n": Fact(
            Text("共同生活人数", "Living together"), Text("人", "persons"), absent=Text("不适用", "does not apply")
        ),
        "y_fen": Fact(Text("家庭年收入", "Income a year"), YUAN, absent=Text("不适用", "does not apply")),
        "line_fen": Fact(Text("每人每月标准", "Line a person a month"), YUAN, absent=Text("不适用", "does not apply")),
        "told_on": Fact(Text("事实核对日期", "Facts as of"), absent=Text("不随时间变化", "does not change")),
        "month_fen": Fact(Text("月救助金额", "Benefit a month"), YUAN, absent=Text("无定额", "no fixed amount")),
        "amount_fen": Fact(Text("年应得金额", "Owed a year"), YUAN, absent=Text("无定额", "no fixed amount")),
        "points": Fact(Text("困难指数", "Hardship"), Text("分", "points")),
    },
    arithmetic=Text(
        "{age} 周岁,符合{programme}的年龄条件;年应得 {amount_fen} 元(月 {month_fen} 元);按困难指数 {points} 分排序",
        "{age} years meet the age of {programme}; owed a year: {amount_fen} yuan ({month_fen} a month); ordered by"
        " {points} points of hardship",
    ),
    cases={
        "disability": Wording(
            Text(
                "疑似漏享{programme}:残疾等级 {disability_grade} 级,未见在享记录、在办申请或近期不予同意、退出记录",
                "Possibly without {programme}: disability of grade {disability_grade}, and no award, no open"
                " application and no fresh refusal or exit is on record",
            ),
            Text(
                "残疾等级 {disability_grade} 级符合{programme}条件;年应得 {amount_fen} 元(月 {month_fen} 元);"
                "按困难指数 {points} 分排序",
                "Grade {disability_grade} meets {programme}; owed a year: {amount_fen} yuan ({month_fen} a month);"
                " ordered by {points} points of hardship",
            ),
        ),
        "parents": Wording(
            Text(
                "疑似漏享{programme}:{age} 周岁,父母情况为{parents},未见在享记录、在办申请或近期不予同意、退出记录",
                "Possibly without {programme}: {age} years old, the parents: {parents}; no award, no open application"
                " and no fresh refusal or exit is on record",
            ),
            Text(
                "{age} 周岁,父母:{parents};月 {month_fen} 元 × 12,减可补差救助,年应得 {amount_fen} 元;"
                "按困难指数 {points} 分排序",
                "{age} years, the parents: {parents}; {month_fen} yuan a month × 12, less what it tops up, makes"
                " {amount_fen} yuan a year; ordered by {points} points of hardship",
            ),
        ),
        "income": Wording(
            Text(
                "疑似漏享{programme}:{n} 口之家年收入 {y_fen} 元,低于每人每月 {line_fen} 元的标准,"
                "未见排除事项、在享记录、在办申请或近期不予同意、退出记录",
                "Possibly without {programme}: {n} living together on {y_fen} yuan a year, below {line_fen} yuan a"
                " person a month; no veto, no award, no open application and no fresh refusal or exit is on record",
            ),
            Text(
                "家庭年收入 {y_fen} 元 < 12 × {n} 人 × {line_fen} 元;月应补 {month_fen} 元 × 12 = 年应得 {amount_fen}"
                " 元;按困难指数 {points} 分排序",
                "{y_fen} yuan a year < 12 × {n} persons × {line_fen}; {month_fen} yuan due a month × 12 = {amount_fen}"
                " yuan a year; ordered by {points} points of hardship",
            ),
        ),
    },
    innocent=(
        Innocent(Text("申请正在办理", "An application is under way"), (needs(APPLICATION, "decision"),)),
        Innocent(Text("近半年内刚不予同意或退出", "Refused or ended within six months"), (needs(AWARD, "to_month"),)),
        Innocent(Text("已享受不得兼领的其他救助", "Covered by aid that excludes it"), (needs(AWARD, "programme"),)),
        Innocent(Text("下月起已批准享受", "Approved from next month on"), (needs(AWARD, "from_month"),)),
        Innocent(Text("本人已知晓并放弃申请", "The person knows and does not want it")),
        Innocent(Text("在外地享受,或登记有误", "Has it elsewhere, or the register errs")),
    ),
    verify=Text(
        "入户了解,核对户口簿、残疾证、父母情况证明与收入财产,符合的协助申请",
        "Visit; compare the household register, the certificate of disability, papers on the parents, income and"
        " property; help those entitled to apply",
    ),
    protected={
        "person.disability_grade": "entitles",
        "person.disability_kind": "entitles",
        "person.health": "entitles",  # only in the order of hardship
    },
)


def detect(data: Tables, policy: Policy) -> Leads:
    """One lead per person or household and programme; ordered by hardship."""
    people = once(overlooked_persons(data, policy))
    homes = once(overlooked_households(data, policy))
    found = once(
        nw.concat(
            [
                _of_persons(data, policy, people.filter(nw.col("meets"))),
                _of_households(data, policy, homes.filter(nw.col("meets"))),
            ]
        )
    )
    stale = (day_before(data.as_of, int(policy.tuning("missed_entitlement", "stale"))) - EPOCH).days
    old = (nw.col("told_day") < stale).fill_null(value=False)
    unknown = [
        people.filter(nw.col("meets").is_null()).select("person_id", "programme"),
        homes.filter(nw.col("meets").is_null()).select(nw.col("household_id").alias("person_id"), "programme"),
        unstated_households(data, policy).select(
            nw.col("household_id").alias("person_id"), nw.lit("").alias("programme")
        ),
    ]
    return leads(
        CARD,
        with_hardship(data, policy, found),
        subject="subject",
        kind=nw.col("kind"),
        part=nw.col("programme"),
        facts=tuple(CARD.facts),
        score=nw.col("points"),
        level=nw.when(old).then(nw.lit("info")).otherwise(nw.lit("verify")),
        amount_fen=nw.col("amount_fen"),
        keep=("case", "person_id", "home_id", "statement_as_of_day"),
        evidence=(
            evidence(data, PERSON, on="person_id", show=("born_on", "disability_kind", "disability_grade")),
            _of_parents(data, PERSON, ("died_on", "disability_kind", "disability_grade", "status")),
            _of_parents(data, MATCH, ("id_no", "kind", "source", "from_on", "to_on", "detail", "compared_on")),
            evidence(
                data,
                MEANS,
                on="household_id",
                key="home_id",
                show=("declared", "verified"),
                where=nw.col("as_of_day") == kept("statement_as_of_day"),
            ),
            evidence(data, MEMBER, on="household_id", key="home_id", show=("relation", "co_living", "left_on")),
        ),
        undecidable=nw.concat(unknown),
    )


_SHAPE: Final = {
    "subject": nw.String,
    "kind": nw.String,
    "case": nw.String,
    "programme": nw.String,
    "region_code": nw.String,
    "household_id": nw.Int64,
    "home_id": nw.Int64,  # of a household's own lead
    "person_id": nw.Int64,
    "age": nw.Int64,
    "disability_grade": nw.Int64,
    "parents": nw.String,
    "n": nw.Int64,
    "y_fen": nw.Int64,
    "line_fen": nw.Int64,
    "told_on": nw.Date,
    "told_day": nw.Int32,
    "statement_as_of_day": nw.Int32,
    "month_fen": nw.Int64,
    "amount_fen": nw.Int64,
}


def _shaped(rows: Frame) -> Frame:
    """Every column of a lead, null where it does not apply."""
    there = set(rows.collect_schema().names())
    return rows.select(
        *((nw.col(name) if name in there else nw.lit(None)).cast(kind).alias(name) for name, kind in _SHAPE.items())
    )


def _of_persons(data: Tables, policy: Policy, people: Frame) -> Frame:
    owed = owed_to_persons(data, policy, people)
    case = (
        nw.when(~nw.col("first_state").is_null())
        .then(nw.lit("parents"))
        .when(~nw.col("age_asked"))
        .then(nw.lit("disability"))
        .otherwise(nw.lit("age"))
    )
    asked = owed
    for bound in ("age_from", "age_below"):
        asked = policy.in_force(asked, "entitlement", on=data.as_of, into=bound, field=bound)
    rows = asked.with_columns(
        (~nw.col("age_from").is_null() | ~nw.col("age_below").is_null()).alias("age_asked"),
        nw.col("compared_day").alias("told_day"),
        nw.col("compared_on").alias("told_on"),
        nw.col("year_fen").alias("amount_fen"),
        nw.concat_str("first_state", "second_state", separator=";").alias("parents"),
    )
    named = rows.with_columns(
        nw.col("person_id").cast(nw.String).alias("subject"), nw.lit("person").alias("kind"), case.alias("case")
    )
    return _shaped(named)


def _of_households(data: Tables, policy: Policy, homes: Frame) -> Frame:
    numbers = first_rows(data[HOUSEHOLD]).select("household_id", nw.col("household_no").alias("subject"))
    owed = owed_to_households(data, policy, homes).join(numbers, on="household_id", how="inner")
    told = data[MEANS].select("household_id", "as_of_day", "as_of")
    told = told.join(homes.select("household_id"), on="household_id", how="semi")
    dates = told.group_by("household_id", nw.col("as_of_day").alias("told_day")).agg(nw.col("as_of").min())
    rows = owed.with_columns(
        nw.lit("household").alias("kind"),
        nw.lit("income").alias("case"),
        nw.col("household_id").alias("home_id"),
        nw.col("statement_as_of_day").alias("told_day"),
        nw.col("year_fen").alias("amount_fen"),
    )
    dated = rows.join(dates, on=["household_id", "told_day"], how="left")
    return _shaped(dated.with_columns(nw.col("as_of").alias("told_on")))


def _of_parents(data: Tables, table: Table, show: tuple[str, ...]) -> Evidence:
    """What a table says of the parents of the found children."""

    def gather(found: Frame) -> Frame:
        children = once(
            found.filter(nw.col(f"{KEPT}case") == "parents").select(
                "subject", "part", nw.col(f"{KEPT}person_id").alias("person_id")
            )
        )
        ties = parents_of(data, children.select("person_id").unique()).select("person_id", "parent_id").unique()
        wanted = children.join(ties, on="person_id", how="inner").select(
            "subject", "part", nw.col("parent_id").alias("person_id")
        )
        rows = data[table].join(wanted, on="person_id", how="inner")
        if table is MATCH:
            rows = rows.filter(nw.col("kind").is_in([*DEATHS, CUSTODY, "disability_award"]))
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[name].main for name in show)])
        return rows.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, show, gather)
