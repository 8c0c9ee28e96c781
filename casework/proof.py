"""Which rows stand behind months that were paid, and behind the income they are held against?

Evidence that many questions keep alike, over what `leads(keep=…)` names.
"""

from collections.abc import Sequence

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import KEPT, Evidence, evidence, kept
from casework.tables import BENEFICIARY, MEANS, PAYMENT, Table


def of_payments(data: Tables) -> Evidence:
    """The award's payments of the months `since_index` to `until_index`; kept with them: `award_id`."""
    months = (nw.col("month_index") >= kept("since_index")) & (nw.col("month_index") <= kept("until_index"))
    return evidence(data, PAYMENT, on="award_id", show=("award_no", "month", "amount", "paid_on"), where=months)


def of_statement(data: Tables, *, key: str = "household_id", on: str = "statement_as_of_day") -> Evidence:
    """The lines of the household's statement of that day; `key` and `on` name what is kept."""
    stated = nw.col("as_of_day") == kept(on)
    return evidence(data, MEANS, on="household_id", key=key, show=("declared", "verified"), where=stated)


def of_persons(data: Tables, table: Table, show: Sequence[str], where: nw.Expr) -> Evidence:
    """The rows of a register on whomever the found awards cover; kept with them: `award_id`."""

    def gather(found: Frame) -> Frame:
        rows = data[BENEFICIARY].select("award_id", "person_id").unique()
        persons = found.join(rows, left_on=f"{KEPT}award_id", right_on="award_id", how="inner")
        named = persons.select("subject", "part", "person_id").unique()
        columns = dict.fromkeys([*(part.main for part in table.key), *(table[name].main for name in show)])
        listed = data[table].filter(where).join(named, on="person_id", how="inner")
        return listed.select("subject", "part", *columns, "source_file", "source_row")

    return Evidence(table, tuple(show), gather)
