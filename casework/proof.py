"""Which rows stand behind months that were paid, and behind the income they are held against?

Evidence that many questions keep alike, over what `leads(keep=…)` names.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.lead import Evidence, evidence, kept
from casework.tables import MEANS, PAYMENT


def of_payments(data: Tables) -> Evidence:
    """The award's payments of the months `since_index` to `until_index`; kept with them: `award_id`."""
    months = (nw.col("month_index") >= kept("since_index")) & (nw.col("month_index") <= kept("until_index"))
    return evidence(data, PAYMENT, on="award_id", show=("award_no", "month", "amount", "paid_on"), where=months)


def of_statement(data: Tables, *, key: str = "household_id", on: str = "statement_as_of_day") -> Evidence:
    """The lines of the household's statement of that day; `key` and `on` name what is kept."""
    stated = nw.col("as_of_day") == kept(on)
    return evidence(data, MEANS, on="household_id", key=key, show=("declared", "verified"), where=stated)
