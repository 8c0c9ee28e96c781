"""A village where the dibao line is 600 yuan, and short words for its homes."""

import polars as pl

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.metrics.county import COUNTY, FAR_VILLAGE, NAMES, NEXT_VILLAGE, TIERS, VILLAGE
from tests.worlds import Row, person_no, world

AS_OF = "2024-06-30"
RULES = Policy.of(dibao_standard=600)  # one person: 7200 yuan a year; edge 10 800


def no_cars(level: str) -> Policy:
    """A car excludes, or calls for a look; a housing fund excludes."""
    car = {"kind": "vehicle", "detail": "car", "level": level, "zh": "汽车", "en": "a car"}
    fund = {"kind": "housing_fund", "level": "exclude", "zh": "住房公积金", "en": "a housing fund"}
    return Policy.of(dibao_standard=600, veto=[car, fund])


def placed(*, urban: tuple[str, ...] = (), rural: tuple[str, ...] = (VILLAGE, NEXT_VILLAGE, FAR_VILLAGE)) -> list[Row]:
    """The county, its villages urban, rural or neither."""
    kinds = dict.fromkeys(rural, "rural") | dict.fromkeys(urban, "urban")
    return [
        {"region_code": code, "name": name, "tier": TIERS.get(code, "village"), "urban_rural": kinds.get(code)}
        for code, name in NAMES.items()
    ]


def lives(household: str, who: str, joined: str = "2015-01-01", left: str | None = None) -> Row:
    return {
        "household_no": household,
        "id_no": person_no(who),
        "relation": "other",
        "co_living": "是",
        "joined_on": joined,
        "left_on": left,
    }


def stated(household: str, yuan: str | None, as_of: str = "2024-01-10") -> Row:
    """A statement of a wage of so many yuan a year."""
    return {"household_no": household, "as_of": as_of, "item": "wage", "declared": None, "verified": yuan}


def finding(number: str, who: str, kind: str = "none", **more: str | None) -> Row:
    return {
        "match_no": number,
        "id_no": person_no(who),
        "kind": kind,
        "source": "示例",
        "from_on": "2020-01-01",
        "to_on": None,
        "value": None,
        "detail": None,
        "compared_on": "2024-01-01",
        **more,
    }


def homes(**tables: list[Row]) -> Tables:
    """The world of these tables, with the county; nothing was found in property unless told."""
    plain: dict[str, list[Row]] = {"region": placed(), "match": [finding("M0", "示例外")]}
    return world(AS_OF, **{**plain, **tables})


def counted(data: Tables, metric: str, policy: Policy = RULES, *, months: int | None = None) -> pl.DataFrame:
    """The metric of every region, nothing hidden."""
    return rollup.count(metrics, data, policy, only=[metric]).table(small_cell=0, months=months)


def behind(data: Tables, metric: str, policy: Policy = RULES, *, programme: str = "") -> dict[str, bool | None]:
    """Every row behind it: its subject and whether it is in the part."""
    found = rollup.rows(metrics, data, policy, metric, programme=programme)
    return dict(zip(found["subject"], found["in_part"], strict=True))


__all__ = ["AS_OF", "COUNTY", "RULES", "behind", "counted", "finding", "homes", "lives", "placed", "stated"]
