"""Tests of which awards a lead speaks of."""

from datetime import date

import polars as pl
import pytest

from casework.dataset import Tables
from casework.marked import marked_awards
from casework.tables import AWARD, LEAD, PERSON
from tests.worlds import person_no, world

ONE = person_no("示例甲")


def marks(subject_kind: str, since: date | None, until: date | None, level: str = "exclude") -> set[str]:
    """Of an award to the end of 2012 and one since 2020, of one household and person: those that a lead marks."""
    award = {"programme": "dibao", "household_no": "H1", "application_no": None}
    data = world(
        "2024-12-31",
        person=[{"id_no": ONE, "name": "示例甲", "sex": "M", "born_on": "1980-01-01"}],
        household=[{"household_no": "H1", "region_code": "990101001001"}],
        award=[
            {**award, "award_no": "old", "from_month": "2010-01", "to_month": "2012-12"},
            {**award, "award_no": "new", "from_month": "2020-01", "to_month": None},
        ],
        beneficiary=[
            {"award_no": "old", "id_no": ONE, "from_month": "2010-01", "to_month": None},
            {"award_no": "new", "id_no": ONE, "from_month": "2020-01", "to_month": None},
        ],
    )
    said = {"lead_id": "L1", "subject_kind": subject_kind, "subject": subject(data, subject_kind), "level": level}
    types = {"since": pl.Date, "until": pl.Date}
    lead = pl.DataFrame([{**said, "since": since, "until": until}], schema_overrides=types)
    beside = data.beside({LEAD: lead})
    rows = marked_awards(beside, "exclude").join(
        beside[AWARD].select("award_id", "award_no"), on="award_id", how="inner"
    )
    return set(data.engine.collect(rows)["award_no"])


def subject(data: Tables, kind: str) -> str:
    named = {"household": "H1", "award": "old", "official": "H1"}
    return named[kind] if kind in named else str(data.engine.collect(data[PERSON].select("person_id")).item())


@pytest.mark.parametrize("kind", ["person", "household"])
@pytest.mark.parametrize(
    ("since", "until", "marked"),
    [
        (None, None, {"old", "new"}),
        (date(2021, 3, 1), date(2021, 9, 30), {"new"}),
        (date(2012, 12, 31), date(2019, 12, 31), {"old"}),
        (date(2013, 1, 1), date(2019, 12, 31), set()),
        (date(2013, 1, 1), date(2020, 1, 1), {"new"}),
        (date(2013, 1, 1), None, {"new"}),
        (None, date(2019, 12, 31), {"old"}),
        (date(2012, 1, 1), date(2020, 6, 1), {"old", "new"}),
    ],
)
def test_only_awards_that_ran_when_the_lead_says(
    kind: str, since: date | None, until: date | None, marked: set[str]
) -> None:
    assert marks(kind, since, until) == marked


def test_an_award_is_itself_whenever_the_lead_speaks_of_it() -> None:
    assert marks("award", date(2021, 1, 1), date(2021, 12, 31)) == {"old"}


def test_another_level_or_an_official_marks_nothing() -> None:
    assert marks("person", None, None, level="verify") == set()
    assert marks("official", None, None) == set()
