"""Which applications were accepted, where and when?

Shared by what is asked of all of them, whatever became of them later: withdrawn ones too.
"""

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.lead import first_rows, household_region
from casework.tables import APPLICATION
from metrics import counts


def accepted(data: Tables) -> Frame:
    """Every accepted application once, with `region_code` (household's village, else its own) and its month."""
    rows = first_rows(data[APPLICATION]).filter(~nw.col("accepted_at").is_null())
    return household_region(data, rows, otherwise="region_code").with_columns(counts.month_of("accepted_at"))
