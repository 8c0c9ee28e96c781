"""How does a comparison by strata read?"""

from types import SimpleNamespace
from typing import cast

import pytest

from casework.means.band import edges
from casework.policy import Policy
from casework.regions import Region, Regions
from casework.text import Language, Text
from dashboard.parts import strata
from dashboard.session import Reading
from dashboard.words import Words

VILLAGE = "990101001001"
LAST = len(edges(Policy.shipped()))


def reading(language: Language) -> Reading:
    regions = Regions([Region(VILLAGE, Text("示例一村", "Village One"), "village", None)])
    desk = SimpleNamespace(regions=regions, policy=Policy.shipped())
    return cast("Reading", SimpleNamespace(desk=desk, say=Words(language), text=lambda text: text.say(language)))


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
