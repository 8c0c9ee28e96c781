"""How does a comparison by strata read?"""

from types import SimpleNamespace
from typing import cast

import pytest

from casework.means.band import edges
from casework.policy import Policy
from casework.regions import Region, Regions
from casework.text import Language, Text
from dashboard.parts import facts as facts_told
from dashboard.parts import strata
from dashboard.session import Reading
from dashboard.words import Words
from tests.screens.handmade import card

VILLAGE = "990101001001"
LAST = len(edges(Policy.shipped()))


def reading(language: Language) -> Reading:
    regions = Regions([Region(VILLAGE, Text("示例一村", "Village One"), "village", None)])
    desk = SimpleNamespace(regions=regions, policy=Policy.shipped(), programmes={})
    told = {"desk": desk, "say": Words(language), "language": language, "text": lambda text: text.say(language)}
    return cast("Reading", SimpleNamespace(**told))


@pytest.mark.parametrize(
    ("band", "said"),
    [(0, "below 20 %"), (1, "20–30 %"), (LAST, "200 % and above"), (LAST + 1, "shut out by a veto")],
)
def test_a_stratum_names_its_village_and_band(band: int, said: str) -> None:
    (row,) = strata.table(reading("en"), "kin_excess", [f"{VILLAGE} 2023 {band} 2/4 5/30"]).rows()
    assert row == ("Village One", "2023", said, "2 / 4", "5 / 30")


def test_a_village_nobody_named_keeps_its_code() -> None:
    (row,) = strata.table(reading("zh"), "kin_excess", ["990101001009 2023 0 0/1 0/2"]).rows()
    assert row[0] == "990101001009"


def test_neither_strata_nor_the_fields_of_a_waterfall_are_rows_of_codes_among_the_facts() -> None:
    facts = {
        "observed": 3,
        "beside": [f"{VILLAGE} 2023 6 2/4 5/30"],
        "fields": ["name"],
        "field_bits": [4.1],
        "p": None,
    }
    asked = card("kin_excess", facts=tuple(facts))
    assert facts_told.rows(reading("zh"), asked, facts) == [("observed", "3")]
    assert facts_told.rows(reading("zh"), asked, facts, but=["observed"]) == []
    assert strata.lines({"scheme": "kin_excess"}, facts) == facts["beside"]
    assert strata.lines({"scheme": "same_person"}, facts) == []
