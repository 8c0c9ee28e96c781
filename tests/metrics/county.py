"""A county of two towns and three villages, and short words for its rows."""

from typing import Any

import polars as pl

import metrics
from casework.dataset import Tables
from casework.policy import Policy
from metrics import rollup
from tests.worlds import Row, person_no

COUNTY, TOWN, OTHER_TOWN = "990101000000", "990101001000", "990101002000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "990101001001", "990101001002", "990101002001"
NAMES = {
    COUNTY: "示例县",
    TOWN: "示例甲镇",
    OTHER_TOWN: "示例乙镇",
    VILLAGE: "示例甲村",
    NEXT_VILLAGE: "示例乙村",
    FAR_VILLAGE: "示例丙村",
}
TIERS = {COUNTY: "county", TOWN: "township", OTHER_TOWN: "township"}
POLICY = Policy.shipped()


def regions(**residents: str) -> list[Row]:
    """The county; `residents` by the words county, town, other_town, village, next_village, far_village."""
    words = dict(zip(("county", "town", "other_town", "village", "next_village", "far_village"), NAMES, strict=True))
    known = {words[word]: count for word, count in residents.items()}
    return [
        {"region_code": code, "name": name, "tier": TIERS.get(code, "village"), "residents": known.get(code)}
        for code, name in NAMES.items()
    ]


def households(**villages: str) -> list[Row]:
    return [{"household_no": number, "region_code": village} for number, village in villages.items()]


def application(number: str, accepted: str, decided: str | None, household: str = "H1", **more: str) -> Row:
    return {
        "application_no": number,
        "programme": "dibao",
        "household_no": household,
        "applicant_id_no": person_no("示例甲"),
        "region_code": TOWN,
        "channel": "window",
        "delegated": "否",
        "extended": "否",
        "accepted_at": accepted,
        "decided_at": decided,
        "decision": "approved" if decided else None,
        **more,
    }


def applications(prefix: str, count: int, accepted: str, decided: str, household: str = "H1") -> list[Row]:
    return [application(f"{prefix}{place}", accepted, decided, household) for place in range(count)]


def award(number: str, household: str, since: str, until: str | None = None, programme: str = "dibao") -> Row:
    return {
        "award_no": number,
        "programme": programme,
        "household_no": household,
        "from_month": since,
        "to_month": until,
    }


def covered(award_no: str, who: str, since: str, until: str | None = None) -> Row:
    return {"award_no": award_no, "id_no": person_no(who), "from_month": since, "to_month": until}


def complaint(number: str, received: str, region: str | None = VILLAGE, **more: str | None) -> Row:
    return {
        "complaint_no": number,
        "received_at": received,
        "level": "county",
        "channel": "letter",
        "kind": "petition",
        "region_code": region,
        "named": "是",
        "extended": "否",
        **more,
    }


def numbers(data: Tables, metric: str, *, small_cell: int | None = 0, months: int | None = None) -> pl.DataFrame:
    """The metric of every region; nothing hidden unless told."""
    return rollup.count(metrics, data, POLICY, only=[metric]).table(small_cell=small_cell, months=months)


def number(table: pl.DataFrame, region: str, month: str | None = None, programme: str = "") -> dict[str, Any]:
    """The one row of a region and month (YYYY-MM) as a dictionary; KeyError where there is none."""
    chosen = table.filter(pl.col("region_code") == region, pl.col("programme") == programme)
    if month is not None:
        chosen = chosen.filter(pl.col("month").dt.strftime("%Y-%m") == month)
    if not chosen.height:
        raise KeyError(region, month, programme)
    return chosen.row(by_predicate=pl.lit(value=True), named=True)


def part_whole(table: pl.DataFrame, region: str, month: str | None = None, programme: str = "") -> tuple[Any, Any, Any]:
    """Its part, whole and value."""
    row = number(table, region, month, programme)
    return row["part"], row["whole"], row["value"]


def judged(data: Tables, metric: str, policy: Policy = POLICY) -> dict[str, bool | None]:
    """The rows behind the metric of all programmes: by subject, whether each is in the part (None: undecidable)."""
    rows = rollup.rows(metrics, data, policy, metric)
    return dict(rows.select("subject", "in_part").iter_rows())
