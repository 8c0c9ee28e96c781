"""On what grounds is somebody entitled, in words, facts and rows?

Shared by the questions about the missed: by age, by a grade of disability, by what keeps the parents away, or by the
income of the household.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import narwhals as nw

from casework.card import Fact, Wording, needs
from casework.compared import compared
from casework.dataset import Tables
from casework.engine import Frame, once
from casework.kinship import parents_of
from casework.lead import KEPT, Evidence, evidence
from casework.means.entitlement import RULE
from casework.means.members import DEATHS
from casework.means.parents import CUSTODY
from casework.policy import Policy
from casework.proof import of_statement
from casework.tables import MATCH, MEANS, MEMBER, PERSON, Table
from casework.text import Text

Kind: TypeAlias = type[nw.String] | type[nw.Int64] | type[nw.Int32] | type[nw.Date]
YUAN: Final = Text("元", "yuan")
NOT_ASKED: Final = Text("不适用", "does not apply")
STATES: Final = {
    "dead": Text("死亡", "dead"),
    "missing": Text("失踪", "missing"),
    "custody": Text("在押", "in custody"),
    "disability_1": Text("一级残疾", "disability of grade 1"),
    "disability_2": Text("二级残疾", "disability of grade 2"),
    "intellectual_3": Text("三级智力残疾", "intellectual disability of grade 3"),
    "mental_3": Text("三级精神残疾", "mental disability of grade 3"),
}
FACTS: Final[Mapping[str, Fact]] = {
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
    "age": Fact(Text("年龄", "Age"), Text("周岁", "years"), absent=NOT_ASKED),
    "disability_grade": Fact(Text("残疾等级", "Grade of disability"), absent=Text("无", "none")),
    "parents": Fact(Text("父母情况", "Parents"), words=STATES, many=True),
    "n": Fact(Text("共同生活人数", "Living together"), Text("人", "persons"), absent=NOT_ASKED),
    "y_fen": Fact(Text("家庭年收入", "Income a year"), YUAN, absent=NOT_ASKED),
    "line_fen": Fact(Text("每人每月标准", "Line a person a month"), YUAN, absent=NOT_ASKED),
    "property": Fact(
        Text("财产核对", "Property"),
        words={
            "compared": Text("未见排除事项", "no veto on record"),
            "absent": Text("财产未经核对,有无排除事项未知", "property was not compared: a veto may stand"),
        },
        absent=NOT_ASKED,
    ),
    "told_on": Fact(Text("事实核对日期", "Facts as of"), absent=Text("不随时间变化", "does not change")),
    "points": Fact(Text("困难指数", "Hardship"), Text("分", "points")),
}
_GROUNDS: Final[Mapping[str, Text]] = {
    "age": Text("年满 {age} 周岁", "{age} years old"),
    "disability": Text("残疾等级 {disability_grade} 级", "disability of grade {disability_grade}"),
    "parents": Text("{age} 周岁,父母情况为{parents}", "{age} years old, the parents: {parents}"),
    "income": Text(
        "{n} 口之家据 {told_on} 核定年收入 {y_fen} 元,低于每人每月 {line_fen} 元的标准,{property}",
        "{n} living together on {y_fen} yuan a year by the statement of {told_on}, below {line_fen} yuan a person a"
        " month; {property}",
    ),
}
_SUMS: Final[Mapping[str, Text]] = {
    "age": Text("{age} 周岁,符合{programme}的年龄条件", "{age} years meet the age of {programme}"),
    "disability": Text(
        "残疾等级 {disability_grade} 级,符合{programme}条件", "Grade {disability_grade} meets {programme}"
    ),
    "parents": Text(
        "{age} 周岁,父母:{parents},符合{programme}条件", "{age} years and the parents ({parents}) meet {programme}"
    ),
    "income": Text(
        "家庭年收入 {y_fen} 元 < 12 × {n} 人 × {line_fen} 元", "{y_fen} yuan a year < 12 × {n} persons × {line_fen}"
    ),
}
_COLUMNS: Final[Mapping[str, Kind]] = {
    "case": nw.String,
    "programme": nw.String,
    "region_code": nw.String,
    "household_id": nw.Int64,
    "home_id": nw.Int64,  # where the household itself is meant
    "person_id": nw.Int64,
    "age": nw.Int64,
    "disability_grade": nw.Int64,
    "parents": nw.String,
    "n": nw.Int64,
    "y_fen": nw.Int64,
    "line_fen": nw.Int64,
    "property": nw.String,
    "told_on": nw.Date,
    "told_day": nw.Int32,
    "statement_as_of_day": nw.Int32,
}
# Which of a card's rules a household's income alone rests on; who is old, disabled or orphaned rests on none of them.
OF_INCOME: Final = ("dibao_standard", "edge_multiplier", "veto", "benefit_mode")
KEEP: Final = ("case", "person_id", "home_id", "statement_as_of_day")  # what the evidence below joins on


def worded(reason: Callable[[Text], Text], arithmetic: Callable[[Text], Text]) -> dict[str, Wording]:
    """A card's `cases`: its sentences about each kind of grounds."""
    return {case: Wording(reason(_GROUNDS[case]), arithmetic(_SUMS[case])) for case in _GROUNDS}


def shaped(rows: Frame, **more: Kind) -> Frame:
    """Every column of grounds, and `more`, null where it does not apply; so that persons and households can be one."""
    there = set(rows.collect_schema().names())
    kinds = {**_COLUMNS, **more}
    return rows.select(
        *((nw.col(name) if name in there else nw.lit(None)).cast(kind).alias(name) for name, kind in kinds.items())
    )


def of_persons(policy: Policy, rows: Frame) -> Frame:
    """Rows of `persons_entitled` with `case`, `parents` and the day the facts are told of."""
    rows = rows.with_columns(nw.col("day").alias("on__day"))
    for bound in ("age_from", "age_below"):
        rows = policy.in_force(rows, RULE, on="on_", into=bound, field=bound)
    by_age = ~nw.col("age_from").is_null() | ~nw.col("age_below").is_null()
    case = (
        nw.when(~nw.col("first_state").is_null())
        .then(nw.lit("parents"))
        .when(by_age)
        .then(nw.lit("age"))
        .otherwise(nw.lit("disability"))
    )
    return rows.with_columns(
        case.alias("case"),
        nw.concat_str("first_state", "second_state", separator=";").alias("parents"),
        nw.col("compared_day").alias("told_day"),
        nw.col("compared_on").alias("told_on"),
    )


def of_households(data: Tables, rows: Frame) -> Frame:
    """Rows of `households_entitled` with `case` and the day of the statement."""
    told = data[MEANS].select("household_id", "as_of_day", "as_of")
    told = told.join(rows.select("household_id").unique(), on="household_id", how="semi")
    dates = told.group_by("household_id", "as_of_day").agg(nw.col("as_of").min().alias("told_on"))
    dated = rows.join(
        dates.rename({"as_of_day": "statement_as_of_day"}), on=["household_id", "statement_as_of_day"], how="left"
    )
    return dated.with_columns(
        nw.lit("income").alias("case"),
        compared(data, needs(MATCH, "id_no", "kind")).alias("property"),
        nw.col("household_id").alias("home_id"),
        nw.col("statement_as_of_day").alias("told_day"),
    )


def proof(data: Tables) -> tuple[Evidence, ...]:
    """The rows behind the grounds: the person, the parents and what registers say of them, statement and members."""
    return (
        evidence(data, PERSON, on="person_id", show=("born_on", "disability_kind", "disability_grade")),
        _of_parents(data, PERSON, ("died_on", "disability_kind", "disability_grade", "status")),
        _of_parents(data, MATCH, ("id_no", "kind", "source", "from_on", "to_on", "detail", "compared_on")),
        of_statement(data, key="home_id"),
        evidence(data, MEMBER, on="household_id", key="home_id", show=("relation", "co_living", "left_on")),
    )


def _of_parents(data: Tables, table: Table, show: tuple[str, ...]) -> Evidence:
    """What a table says of the parents of the found children."""

    def gather(found: Frame) -> Frame:
        children = once(
            found.filter(nw.col(f"{KEPT}case").str.starts_with("parents")).select(
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
