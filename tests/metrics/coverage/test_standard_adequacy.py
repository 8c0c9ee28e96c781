"""Tests of the standard of a year by last year's consumption, by hand."""

from typing import Any

import pytest

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import (
    COUNTY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    TOWN,
    VILLAGE,
    award,
    covered,
    households,
    part_whole,
)
from tests.metrics.coverage.dibao import counted, homes, placed
from tests.worlds import Row

METRIC = "standard_adequacy"
SET = [{"urban_rural": "rural", "value": 500}, {"urban_rural": "urban", "value": 800}]
RULES = Policy.of(dibao_standard=SET)
URBAN, RURAL = "consumption_urban", "consumption_rural"


def consumed(year: str, item: str, yuan: str, region: str = COUNTY) -> Row:
    return {"region_code": region, "year": year, "item": item, "value": yuan}


LAST_YEAR = [consumed("2023", RURAL, "15000"), consumed("2023", URBAN, "30000")]


def recipients(*reference: Row, since: str = "2024-06", **tables: Any) -> Tables:
    """Two recipients in the rural village, one in the urban one, none in the far one."""
    plain: dict[str, Any] = {
        "region": placed(rural=(VILLAGE,), urban=(NEXT_VILLAGE,)),
        "household": households(H1=VILLAGE, H2=NEXT_VILLAGE, H3=FAR_VILLAGE),
        "award": [award("W1", "H1", since), award("W2", "H2", since)],
        "beneficiary": [covered("W1", "示例甲", since), covered("W1", "示例乙", since), covered("W2", "示例丙", since)],
        "reference": list(reference),
    }
    return homes(**{**plain, **tables})


def test_a_year_of_the_standard_by_consumption_over_recipients_in_fen() -> None:
    table = counted(recipients(*LAST_YEAR), METRIC, RULES)
    for programme in ("", "dibao"):
        assert part_whole(table, VILLAGE, "2024-06", programme) == (2 * 600_000, 2 * 1_500_000, 0.4)
        assert part_whole(table, NEXT_VILLAGE, "2024-06", programme) == (960_000, 3_000_000, 0.32)
        assert part_whole(table, TOWN, "2024-06", programme) == (2_160_000, 6_000_000, 0.36)
        assert part_whole(table, COUNTY, "2024-06", programme) == (2_160_000, 6_000_000, 0.36)


def test_the_year_before_and_no_other_counts() -> None:
    data = recipients(consumed("2022", RURAL, "10000"), consumed("2023", RURAL, "15000"), since="2023-12")
    table = counted(data, METRIC, RULES)
    assert part_whole(table, VILLAGE, "2023-12")[2] == pytest.approx(0.6)
    assert part_whole(table, VILLAGE, "2024-01")[2] == pytest.approx(0.4)
    assert counted(recipients(consumed("2024", RURAL, "1"), consumed("2022", RURAL, "1")), METRIC, RULES).is_empty()


def test_the_day_the_standard_changes() -> None:
    rising = [{"value": 500}, {"value": 600, "from": "2024-06-01"}]
    later = [{"value": 500}, {"value": 600, "from": "2024-06-02"}]
    values = [
        part_whole(counted(recipients(*LAST_YEAR), METRIC, Policy.of(dibao_standard=entries)), VILLAGE, "2024-06")[2]
        for entries in (rising, later)
    ]
    assert values == [0.48, 0.4]


@pytest.mark.parametrize(
    ("tables", "policy"),
    [
        ({"reference": [consumed("2023", URBAN, "30000")]}, RULES),  # no rural figure
        ({"region": placed(rural=(), urban=(NEXT_VILLAGE,))}, RULES),  # urban or rural, nobody says
        ({}, Policy.of(dibao_standard=[SET[1]])),  # no rural standard
    ],
)
def test_what_is_unknown_is_in_neither_and_listed(tables: dict[str, Any], policy: Policy) -> None:
    data = recipients(*LAST_YEAR, **tables)
    table = counted(data, METRIC, policy)
    assert part_whole(table, COUNTY, "2024-06") == (960_000, 3_000_000, 0.32)
    with pytest.raises(KeyError):
        part_whole(table, VILLAGE)
    found = rollup.rows(metrics, data, policy, METRIC, region=VILLAGE)
    assert found["in_part"].to_list() == [None, None]


def test_only_recipients_of_dibao_weigh() -> None:
    data = recipients(
        *LAST_YEAR, award=[award("W1", "H1", "2024-06", programme="destitute"), award("W2", "H2", "2024-06")]
    )
    assert part_whole(counted(data, METRIC, RULES), COUNTY, "2024-06") == (960_000, 3_000_000, 0.32)


def test_over_a_period_four_recipients_are_hidden_as_four() -> None:
    def hidden(persons: int) -> bool:
        data = recipients(
            *LAST_YEAR,
            since="2024-01",
            beneficiary=[covered("W1", f"示例{place}", "2024-01") for place in range(persons)],
        )
        table = rollup.count(metrics, data, RULES, only=[METRIC]).table(months=6)
        (row,) = table.filter((table["region_code"] == VILLAGE) & (table["programme"] == "")).to_dicts()
        return bool(row["suppressed"])

    assert (hidden(4), hidden(5)) == (True, False)
