"""Under which standard does each recipient of dibao live in each month?

One row a person and month, as `metrics.recipients` counts them; the standard is the one in force in the household's
village on the first day of the month (policy `dibao_standard`).
"""

from typing import Final

import narwhals as nw

from casework.dataset import Tables
from casework.engine import Frame
from casework.means.figures import whole_number, with_urban_rural
from casework.policy import Policy
from metrics import recipients

PLACE: Final = ("region_code", "month_index")


def recipients_of_dibao(data: Tables) -> Frame:
    """`subject`, `region_code`, `month_index`, `programme`, `award_no`, `household_no`: one row a person and month."""
    months = recipients.person_months(data).filter(nw.col("counted_as") == "dibao")
    return months.drop("counted_as", "in_part")


def by_place(data: Tables, policy: Policy, rows: Frame) -> Frame:
    """Each `region_code` and `month_index` of `rows` once, with `urban_rural`, and fen a person a month or null.

    `standard_fen`: that of the village, urban or rural; `urban_fen` and `rural_fen`: the two that hold around it.
    """
    places = with_urban_rural(data, rows.select(*PLACE).unique())
    places = whole_number(policy, places, "dibao_standard", on="month", into="standard_fen")
    for kind in ("urban", "rural"):
        scope = {"urban_rural": nw.lit(kind)}
        places = whole_number(policy, places, "dibao_standard", on="month", into=f"{kind}_fen", scope=scope)
    return places.select(*PLACE, "urban_rural", "standard_fen", "urban_fen", "rural_fen")
