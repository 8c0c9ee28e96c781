"""What are the programmes called?"""

import narwhals as nw

from casework.dataset import Tables
from casework.policy import Policy
from casework.tables import APPLICATION, AWARD
from casework.text import Text


def names(tables: Tables, policy: Policy) -> dict[str, Text]:
    """Programmes that occur in the data, by code; one that no rule names keeps its code as its name."""
    known = known_names(policy)
    seen: set[str] = set()
    for table in (APPLICATION, AWARD):
        rows = tables.engine.collect(
            tables[table].select("programme").unique("programme").filter(~nw.col("programme").is_null())
        )
        seen |= set(rows["programme"].to_list())
    return {code: known.get(code, Text(code, code)) for code in sorted(seen)}


def known_names(policy: Policy) -> dict[str, Text]:
    """Every programme that the rules name."""
    return {str(row["code"]): Text(str(row["zh"]), str(row["en"])) for row in policy.rows("programme")}
