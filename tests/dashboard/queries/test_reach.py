"""Do need, standard, flows, outreach, refusals, ranks and overlap count what a small world holds, by hand?"""

from datetime import date
from typing import Any

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from casework.regions import Regions
from dashboard.queries import adequacy, circles, flows, funnel, granted, hardest, overlap, watched
from dashboard.queries.counts import Period
from tests.families import VILLAGE, household, means, member, no, person
from tests.worlds import Row, world

COUNTY, TOWN, OTHER = "990101000000", "990101001000", "990101001002"
REGION: list[Row] = [
    {"region_code": COUNTY, "name": "示范县", "tier": "county"},
    {"region_code": TOWN, "name": "示例甲镇", "tier": "township"},
    {"region_code": VILLAGE, "name": "示例松村", "tier": "village", "urban_rural": "rural"},
    {"region_code": OTHER, "name": "示例柏村", "tier": "village", "urban_rural": "rural"},
]
EVERYWHERE = (COUNTY, TOWN, VILLAGE, OTHER)
POLICY = Policy.of(dibao_standard=600.0)  # a year 7200; edge 10 800


def award(number: str, home: str = "H1", programme: str = "dibao", since: str = "2024-01", **cells: Any) -> Row:
    return {
        "award_no": number,
        "household_no": home,
        "programme": programme,
        "from_month": since,
        "to_month": None,
        "end_reason": None,
        **cells,
    }


def application(number: str, home: str = "H1", decided: str | None = "2024-06-28", **cells: Any) -> Row:
    return {
        "application_no": number,
        "programme": "dibao",
        "household_no": home,
        "region_code": TOWN,
        "accepted_at": "2024-06-03",
        "decided_at": decided,
        "decision": "refused" if decided else None,
        **cells,
    }


def county(as_of: str = "2024-12-31", **tables: list[Row]) -> tuple[Tables, Regions]:
    data = world(as_of, region=REGION, **tables)
    return data, Regions.of(data)


def test_households_are_counted_by_circle_with_aid_and_without() -> None:
    names = {"H1": "示例甲", "H2": "示例乙", "H3": "示例丙", "H4": "示例丁"}
    data, regions = county(
        household=[household(one) for one in names],
        person=[person(name) for name in names.values()],
        member=[member(name, one) for one, name in names.items()],
        means=[means("0"), means("7200", household="H2"), means("0", household="H3")],
        award=[
            award("B1"),
            award("B2", programme="temporary_emergency", since="2024-12", to_month="2024-12"),
            award("B3", "H2", since="2023-01", to_month="2024-11"),  # ended
            award("B4", "H4"),
        ],
    )
    found = circles.counted(data, POLICY, regions)
    assert found.counted(EVERYWHERE, "") == {circles.UNKNOWN: (0, 1), 1: (1, 1), 2: (0, 1)}
    assert found.counted(EVERYWHERE, "temporary_emergency")[1] == (1, 1)
    assert found.counted(EVERYWHERE, "destitute")[1] == (0, 2)
    assert found.counted((OTHER,), "") == {}


REFERENCE: list[Row] = [
    {"region_code": COUNTY, "year": "2023", "item": "consumption_rural", "value": "18000"},
    {"region_code": COUNTY, "year": "2022", "item": "consumption_urban", "value": "20000"},  # of another year
]


def test_the_standard_of_a_year_stands_beside_the_consumption_of_the_year_before() -> None:
    data, regions = county(reference=REFERENCE)
    rural, urban = reversed(
        adequacy.compared(POLICY, regions, adequacy.figures(data), VILLAGE, date(2024, 12, 31), places=[])
    )
    assert (rural.standard_fen, rural.consumption_fen, rural.published) == (60_000, 1_800_000, COUNTY)
    assert rural.share == pytest.approx(0.4)
    assert rural.target is not None
    assert (rural.target.fields["low"], rural.target.fields["high"]) == (0.35, 0.45)
    assert (urban.kind, urban.consumption_fen, urban.share) == ("urban", None, None)


def test_where_a_region_has_no_standard_of_its_own_those_below_it_stand() -> None:
    policy = Policy.of(dibao_standard=[{"region": VILLAGE, "urban_rural": "rural", "value": 500.0}])
    data, regions = county(reference=REFERENCE)
    figures = adequacy.figures(data)
    told = adequacy.compared(policy, regions, figures, TOWN, date(2024, 12, 31), places=[VILLAGE, OTHER])
    assert [(one.region, one.kind, one.standard_fen) for one in told] == [(VILLAGE, "rural", 50_000)]
    nowhere = adequacy.compared(policy, regions, figures, TOWN, date(2024, 12, 31), places=[OTHER])
    assert [(one.region, one.standard_fen, one.share) for one in nowhere] == [(TOWN, None, None)] * 2


def test_an_award_enters_in_its_first_month_and_exits_in_its_last() -> None:
    data, regions = county(
        household=[household(), household("H2", OTHER)],
        award=[
            award("B1", since="2024-02"),
            award("B2", since="2024-02", to_month="2024-03", end_reason="near_kin_clearance"),
            award("B3", "H2", since="2023-05", to_month="2024-03"),
            award("B4", programme="old_age", since="2024-02"),
            award("B5", programme="temporary_emergency", since="2024-02", to_month="2024-02"),
            award("B6", since="2024-02", to_month="2025-06"),  # ends after the data
        ],
    )
    found, period = flows.counted(data, POLICY, regions), Period(date(2024, 1, 1), date(2024, 3, 1))
    assert found.monthly(EVERYWHERE, "", period).select("entries", "exits").rows() == [(0, 0), (3, 0), (0, 2)]
    assert found.reasons(EVERYWHERE, "", period) == {flows.NO_REASON: 1, "near_kin_clearance": 1}
    assert found.monthly([VILLAGE], "old_age", period)["entries"].to_list() == [0, 1, 0]


def outreach(number: str, **cells: str | None) -> Row:
    told = {"cause": "accident", "channel": "grid", "found_at": "2024-03-04", "visited_at": None}
    return {
        "outreach_no": number,
        "household_no": "H1",
        **told,
        "registered_at": None,
        "result": None,
        **cells,
    }


def test_a_later_stage_on_record_counts_as_the_earlier_ones_reached() -> None:
    data, regions = county(
        household=[household()],
        outreach=[
            outreach("O1"),
            outreach("O2", visited_at="2024-03-05"),
            outreach("O3", registered_at="2024-03-06", channel=None),
            outreach("O4", result="helped", cause="disaster"),
            outreach("O5", visited_at="2024-03-05", result="no_need"),
            outreach("O6", found_at="2023-12-31"),  # before the months asked
        ],
    )
    period = Period(date(2024, 1, 1), date(2024, 12, 1))
    rows = funnel.narrowed(funnel.read(data, regions), EVERYWHERE, period)
    by_cause = funnel.counted(rows, "cause")
    whole = by_cause[funnel.TOGETHER]
    assert [whole[stage] for stage in funnel.STAGES] == [5, 4, 2, 1]
    assert (whole["no_need"], whole["helped"], whole["applied"]) == (1, 1, 0)
    assert [by_cause["accident"][stage] for stage in funnel.STAGES] == [4, 3, 1, 0]
    assert funnel.counted(rows, "channel")["?"]["found"] == 1
    assert funnel.narrowed(rows, [OTHER], period).is_empty()


def test_who_was_refused_or_came_off_aid_within_a_year_is_followed() -> None:
    data, regions = county(
        household=[household(one) for one in ("H1", "H2", "H3", "H4", "H5")],
        application=[
            application("A1"),
            application("A2", "H2", "2023-12-31"),  # a year ago to the day: outside
            application("A3", "H1", None, accepted_at="2024-09-02"),  # asked again
        ],
        award=[
            award("B1", "H3", since="2023-01", to_month="2024-05", end_reason="income"),
            award("B2", "H4", since="2023-01", to_month="2024-05", end_reason="death"),
            award("B3", "H5", since="2023-01", to_month="2024-05"),
            award("B4", "H5", since="2024-08"),
        ],
        outreach=[
            outreach("O1", household_no="H3", found_at="2024-05-20"),
            outreach("O2", household_no="H3", found_at="2024-06-02"),
        ],
    )
    rows = watched.read(data, POLICY, regions)
    assert rows.select("number", "day", "visited", "applied", "covered").sort("number").rows() == [
        ("A1", date(2024, 6, 28), None, date(2024, 9, 2), False),
        ("B1", date(2024, 6, 1), date(2024, 6, 2), None, False),
        ("B3", date(2024, 6, 1), None, None, True),
    ]
    counts = watched.counted(rows)
    assert (counts["refused", "all"], counts["refused", "none"]) == (1, 0)
    assert (counts["ended", "visited"], counts["ended", "covered"], counts["ended", "none"]) == (1, 1, 0)
    assert watched.narrowed(rows, EVERYWHERE, "destitute").is_empty()


def ranked(unpaid_age: str, paid: int = 5) -> pl.DataFrame:
    """Households of one grown person each (one point), and one turned away whose member is that old."""
    homes = [f"H{place}" for place in range(paid + 1)]
    data, regions = county(
        household=[household(one) for one in homes],
        person=[person(f"示例{one}", unpaid_age if one == "H0" else "1980-01-01") for one in homes],
        member=[member(f"示例{one}", one) for one in homes],
        award=[award(f"B{one}", one) for one in homes[1:]],
        application=[application("A1", "H0")],
    )
    policy = Policy.of(rank_inversion={"points": 3.0, "households": 5})
    return hardest.read(data, policy, regions)


@pytest.mark.parametrize(
    ("born", "paid", "inverted"),
    [
        ("1940-01-01", 5, True),  # 6 points: five above the middle
        ("1954-01-01", 5, False),  # 4 points: three above, no more than the margin
        ("1940-01-01", 4, False),  # too few on aid to have a middle
    ],
)
def test_a_household_turned_away_that_lives_harder_than_the_middle_on_aid_is_an_inversion(
    born: str, paid: int, inverted: bool
) -> None:
    rows = ranked(born, paid)
    assert rows.height == paid + 1
    assert rows.row(0, named=True)["application_no"] == "A1"  # the hardest comes first
    assert rows["inverted"].to_list() == [inverted] + [False] * paid


def test_somebody_on_aid_is_never_an_inversion_though_refused_before() -> None:
    data, regions = county(
        household=[household()],
        person=[person("示例甲", "1940-01-01")],
        member=[member("示例甲")],
        award=[award("B1")],
        application=[application("A1")],
    )
    rows = hardest.read(data, Policy.shipped(), regions)
    assert rows.select("paid", "inverted").rows() == [(True, False)]


def covered(award_no: str, name: str, **cells: str | None) -> Row:
    return {"award_no": award_no, "id_no": no(name), "from_month": "2024-01", "to_month": None, **cells}


def test_a_person_is_in_both_programmes_of_one_month_once() -> None:
    data, regions = county(
        household=[household(), household("H2", OTHER)],
        person=[person("示例甲"), person("示例乙")],
        award=[
            award("B1"),
            award("B2", programme="disability_care"),
            award("B3", "H2", programme="disability_care"),
            award("B4", programme="old_age", to_month="2024-11"),
        ],
        beneficiary=[
            covered("B1", "示例甲"),
            covered("B1", "示例乙"),
            covered("B2", "示例甲"),
            covered("B3", "示例乙", to_month="2024-11"),  # no longer
            covered("B4", "示例甲"),
        ],
    )
    found = overlap.counted(data, POLICY, regions)
    assert found.counted("persons", EVERYWHERE) == {
        ("dibao", "dibao"): 2,
        ("dibao", "disability_care"): 1,
        ("disability_care", "disability_care"): 1,
    }
    assert found.counted("households", [OTHER]) == {("disability_care", "disability_care"): 1}


def test_one_off_aid_is_counted_by_what_was_approved_within_a_year() -> None:
    approved = {"programme": "temporary_emergency", "decision": "approved"}
    data, regions = county(
        household=[household()],
        application=[
            application("A1", **approved),
            application("A2", decided="2023-12-01", **approved),
            application("A3", programme="temporary_emergency"),
            application("A4", decision="approved"),  # dibao is paid by the month
        ],
    )
    assert granted.by_programme(granted.counted(data, POLICY, regions), EVERYWHERE) == {"temporary_emergency": 1}


def test_with_empty_tables_every_answer_is_empty() -> None:
    data, regions = county()
    assert circles.counted(data, POLICY, regions).counted(EVERYWHERE, "") == {}
    assert funnel.read(data, regions).is_empty()
    assert watched.read(data, POLICY, regions).is_empty()
    assert hardest.read(data, POLICY, regions).is_empty()
    assert overlap.counted(data, POLICY, regions).counted("persons", EVERYWHERE) == {}
