"""Do the rows of a source agree with one another, and with the calendar?

Only what cannot be true is rejected; what is merely suspicious is kept and warned, because rejecting it would hide the
very thing that is looked for.
"""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

import polars as pl

from casework.intake.persons import Numbers
from casework.intake.work import PLACE, Work
from casework.tables import Column, Table
from casework.tables.schema import SOURCE_COLUMNS

ORDER: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {  # columns of one table in the order they must come
    "region": (("valid_from", "valid_to"),),
    "person": (("born_on", "died_on"),),
    "member": (("joined_on", "left_on"),),
    "kin": (("from_on", "to_on"),),
    "official": (("from_on", "to_on"),),
    "application": (("submitted_at", "accepted_at", "decided_at"), ("submitted_at", "decided_at")),
    "step": (("started_at", "finished_at"),),
    "award": (("from_month", "to_month"),),
    "beneficiary": (("from_month", "to_month"),),
    "match": (("from_on", "to_on"),),
    "complaint": (("received_at", "told_at"), ("received_at", "met_at"), ("received_at", "closed_at")),
    "outreach": (("found_at", "visited_at"), ("found_at", "registered_at")),
}
LIVED: Final[Mapping[str, str]] = {"member": "joined_on", "beneficiary": "from_month", "official": "from_on"}
NO_EVENTS: Final = frozenset({"due_at", "valid_from", "valid_to", "born_on"})  # plans and facts of birth
OUTLIER_FEN: Final = 100_000_00  # one payment of a hundred thousand yuan: fen written as yuan, or a lump sum


def check_rows(work: Work, as_of: date, numbers: Numbers) -> None:
    """Everything that one row, with the numbers it names, can say against itself."""
    _order(work)
    _future(work, as_of)
    _amounts(work)
    if work.table.name == "person":
        _person(work, numbers)
    column = LIVED.get(work.table.name)
    if column and work.has("id_no", column):
        _before_birth(work, column, numbers)


def _order(work: Work) -> None:
    """W_ORDER on the later of two columns that come in the wrong order."""
    done: set[tuple[str, str]] = set()
    for chain in ORDER.get(work.table.name, ()):
        for first, second in pairwise(chain):
            if work.has(first, second) and (first, second) not in done:
                done.add((first, second))
                work.note(work.frame.filter(_before(work.table[second], work.table[first])), "W_ORDER", second, second)


def _before(late: Column, early: Column) -> pl.Expr:
    """Does `late` lie before `early`? By day where one of two moments is a bare date."""
    a, b = pl.col(late.main), pl.col(early.main)
    if late.kind == early.kind == "moment":
        dated = pl.col(f"{late.name}_dated") | pl.col(f"{early.name}_dated")
        return pl.when(dated).then(a.dt.date() < b.dt.date()).otherwise(a < b)
    return a < b


def events(table: Table) -> list[Column]:
    """The columns that say when something happened."""
    return [
        column
        for column in table.columns
        if column.kind in {"date", "moment"} and not column.open_end and column.name not in NO_EVENTS
    ]


def last_event(works: Mapping[str, Work], today: date) -> date | None:
    """The day of the last event that is not in the future; None where no table tells of any."""
    days = [
        work.frame.select(pl.col(column.main).cast(pl.Date).alias("day"))
        for work in works.values()
        for column in events(work.table)
        if work.has(column.name)
    ]
    if not days:
        return None
    last = pl.concat(days).filter(pl.col("day") <= today)["day"].max()
    return last if isinstance(last, date) else None


def _future(work: Work, as_of: date) -> None:
    """W_FUTURE_EVENT after the day the data speak for."""
    for column in events(work.table):
        if work.has(column.name):
            later = work.frame.filter(pl.col(column.main).cast(pl.Date) > as_of)
            work.note(later, "W_FUTURE_EVENT", column.name, column.main)


def _amounts(work: Work) -> None:
    """Payments that are nothing, or so much that the unit is doubtful."""
    if work.table.name == "payment" and work.has("amount"):
        work.note(work.frame.filter(pl.col("amount_fen") == 0), "W_ZERO", "amount")
        work.note(work.frame.filter(pl.col("amount_fen").abs() > OUTLIER_FEN), "W_AMOUNT_OUTLIER", "amount")


def _person(work: Work, numbers: Numbers) -> None:
    """Birth date and sex against what the number says; a name of one character."""
    said = numbers.select("cell", "born", number_sex="sex")
    frame = work.frame.join(said, left_on="id_no", right_on="cell", how="left", maintain_order="left")
    if work.has("born_on"):
        work.note(frame.filter(pl.col("born_on") != pl.col("born")), "W_BIRTH_MISMATCH", "born_on", "born_on")
    if work.has("sex"):
        work.note(frame.filter(pl.col("sex") != pl.col("number_sex")), "W_SEX_MISMATCH", "sex", "sex")


def _before_birth(work: Work, column: str, numbers: Numbers) -> None:
    """W_BEFORE_BIRTH: nobody joins, holds a post or is covered before being born."""
    born = pl.col("born").dt.month_start() if work.table[column].kind == "month" else pl.col("born")
    said = numbers.select("cell", "born")
    frame = work.frame.join(said, left_on="id_no", right_on="cell", how="left", maintain_order="left")
    work.note(frame.filter(pl.col(column) < born), "W_BEFORE_BIRTH", column, column)


def check_repeats(work: Work) -> None:
    """Rows of one key: equal ones are ignored, different ones kept and warned, the first is what others refer to.

    A table without a key is its own key. 15- and 18-digit forms of a number are one, for the person is compared.
    """
    schema = work.table.schema
    extra = dict(work.table.extra)
    content = [name for name in work.frame.columns if name in schema and name not in {*SOURCE_COLUMNS, *extra}]
    key = [column.main for column in work.table.key] or content
    frame = work.frame
    if not frame.select(key).is_unique().all():
        several = frame.filter(pl.struct(key).is_duplicated())
        same = several.filter(~pl.struct(content).is_first_distinct())
        work.ignore(same, "W_DUP_ROW", ", ".join(column.name for column in work.table.key))
        _conflicts(work, several.join(same.select(PLACE), on=PLACE, how="anti", maintain_order="left"), key)
    if "repeat" in extra:
        rank = pl.int_range(pl.len(), dtype=pl.Int32).over(key).alias("repeat")
        work.frame = work.frame.with_columns(rank)


def _conflicts(work: Work, several: pl.DataFrame, key: list[str]) -> None:
    """One note on each later row of a key; a person under two names has a word of its own."""
    later = several.filter(~pl.struct(key).is_first_distinct())
    if work.table.name == "person" and work.has("name"):
        first = several.unique(key, keep="first", maintain_order=True).select(*key, first_name="name")
        later = later.join(first, on=key, how="left", maintain_order="left")
        renamed = pl.col("name").ne_missing(pl.col("first_name"))
        work.note(later.filter(renamed), "W_ID_NAME_CONFLICT", "id_no")
        later = later.filter(~renamed)
    work.note(later, "W_DUP_CONFLICT", ", ".join(column.name for column in work.table.key))
