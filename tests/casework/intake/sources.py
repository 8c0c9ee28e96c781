"""Small sources as files, and what importing them gives."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from casework.intake.outcome import Outcome
from casework.intake.road import import_source
from casework.workspace import Workspace
from tests.worlds import person_no

Row = Mapping[str, str | None]

JIA = person_no("甲", "1980-01-01", "M")
YI = person_no("乙", "1985-02-03", "F")
BING = person_no("丙", "2010-05-06", "F")

VILLAGE = "990101001001"

GOOD: dict[str, dict[str, str]] = {  # one good row a table
    "region": {"region_code": VILLAGE, "name": "示范村", "tier": "village"},
    "reference": {"region_code": VILLAGE, "year": "2024", "item": "min_wage", "value": "1900"},
    "person": {"id_no": JIA, "name": "示例甲", "sex": "男", "born_on": "1980-01-01", "hukou": "农村"},
    "household": {"household_no": "H1", "region_code": VILLAGE},
    "member": {"household_no": "H1", "id_no": JIA, "joined_on": "2015-01-01", "relation": "户主", "co_living": "是"},
    "kin": {"id_no": JIA, "relative_id_no": YI, "relation": "配偶", "source": "户籍"},
    "official": {"id_no": JIA, "duty": "经办", "region_code": VILLAGE, "from_on": "2018-01-01"},
    "application": {"application_no": "A1", "programme": "低保", "accepted_at": "2024-03-04"},
    "step": {"application_no": "A1", "step": "公示", "started_at": "2024-03-05", "finished_at": "2024-03-12"},
    "award": {"award_no": "W1", "programme": "dibao", "household_no": "H1", "from_month": "2024-04"},
    "beneficiary": {"award_no": "W1", "id_no": JIA, "from_month": "2024-04"},
    "payment": {"payment_no": "P1", "award_no": "W1", "month": "2024-04", "amount": "560.00"},
    "means": {"household_no": "H1", "as_of": "2024-03-05", "item": "wage", "verified": "6000"},
    "match": {"match_no": "M1", "id_no": JIA, "kind": "无信息", "source": "公安", "compared_on": "2024-03-05"},
    "complaint": {"complaint_no": "C1", "received_at": "2024-05-06", "level": "县级", "channel": "热线"},
    "outreach": {"outreach_no": "O1", "household_no": "H1", "cause": "accident", "found_at": "2024-05-06"},
}


def good(table: str, **changes: str | None) -> dict[str, str | None]:
    """The good row of a table, with some cells changed."""
    return {**GOOD[table], **changes}


def folder(path: Path, *, as_of: str | None = "2024-12-31", meta: str = "", **tables: Sequence[Row] | str) -> Path:
    """A source folder: each table as rows, or as the very text of its file."""
    path.mkdir(parents=True, exist_ok=True)
    told = f"as_of = {as_of}\n" if as_of else ""
    if told or meta:
        (path / "meta.toml").write_text(told + meta, "utf-8")
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            if isinstance(rows, str):
                file.write(rows)
                continue
            names = list(dict.fromkeys(name for row in rows for name in row))
            lines = csv.writer(file)
            lines.writerow(names)
            lines.writerows([row.get(name) or "" for name in names] for row in rows)
    return path


def imported(
    path: Path, *, keep_valid: bool = False, dry_run: bool = False, add: bool = False, **tables: Sequence[Row] | str
) -> tuple[Outcome, Workspace]:
    """Import a source made of these tables into the workspace beside it."""
    source = folder(path / f"source{len(list(path.glob('source*')))}", **tables)
    workspace = Workspace(path / "workspace", create=True)
    return import_source(source, workspace, keep_valid=keep_valid, dry_run=dry_run, add=add), workspace


def told(outcome: Outcome) -> list[tuple[str, int | None, str, str]]:
    """Its faults as (file, row, column, code)."""
    return outcome.faults.select("file", "row", "column", "code").rows()


def codes(outcome: Outcome) -> list[str]:
    """Which codes it told, each once."""
    return sorted(set(outcome.faults["code"].to_list()))
