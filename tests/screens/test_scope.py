"""Ten thousand readers and leads: does each see exactly what is theirs, by every road?

The oracle is naive Python over the stored rows: for each pair it asks the rule anew, in words of its own.
"""

import json
import random
import shutil
from functools import cache
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest

from casework.review.register import Registered, enrol
from casework.review.scope import Reader, Role, Scope
from casework.tables import TABLES
from casework.workspace import Workspace
from dashboard.cli import app
from dashboard.desk import Desk
from dashboard.entry import ENTERED
from dashboard.exports.file import made
from dashboard.queries import mine
from dashboard.rights import NotYoursError
from dashboard.session import Reading
from dashboard.terminal import ended
from tests.county import imported
from tests.screens.conftest import Open

PAIRS = 10_000
READERS = 250


class Oracle:
    """Every row in plain lists, and the rule as the issue says it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        folder = desk.workspace.snapshot
        self.rows = {
            path.stem: pl.read_parquet(path).to_dicts()
            for path in folder.glob("*.parquet")
            if path.stem in {"household", "member", "application", "award", "complaint", "payment", "step"}
        }
        self.regions = {row["region_code"]: row for row in pl.read_parquet(folder / "region.parquet").to_dicts()}
        self.proof: dict[str, list[dict[str, Any]]] = {}
        for row in desk.workspace.evidence().to_dicts():
            self.proof.setdefault(row["lead_id"], []).append(row)
        self.leads = {lead["lead_id"]: lead for lead in desk.workspace.leads().to_dicts()}

    def home_of(self, lead: dict[str, Any]) -> str:
        """The lowest known region of the lead's code; the county of the data where it has none."""
        code = lead["region_code"]
        if code is None:
            return self.desk.regions.root
        for digits in (12, 9, 6, 4, 2):
            above = code[:digits].ljust(12, "0")
            if above in self.regions:
                return above
        return self.desk.regions.root

    @cache  # noqa: B019 - as long as the test
    def persons_of(self, lead_id: str) -> frozenset[int]:
        """Everybody whom the lead names."""
        lead = self.leads[lead_id]
        said = [lead["part"], *lead["part"].split("+"), *map(str, json.loads(lead["related"]))]
        if lead["subject_kind"] in {"person", "official"}:
            said.append(lead["subject"])
        homes = set(said)
        if lead["subject_kind"] == "household":
            homes.add(lead["subject"])
        for table, key in (("application", "application_no"), ("award", "award_no")):
            homes |= {
                row["household_no"]
                for row in self.rows[table]
                if lead["subject_kind"] == table and row[key] == lead["subject"]
            }
        found = {int(one) for one in said if one.lstrip("-").isdigit()}
        for row in self.rows["complaint"]:
            if lead["subject_kind"] == "complaint" and row["complaint_no"] == lead["subject"]:
                homes.add(row["about_household_no"])
                found.add(row["about_official_person_id"])
        in_cases, more = self._in_cases(lead)
        found, homes = found | in_cases, homes | more
        if lead["subject_kind"] in {"person", "official"}:
            own = [row for row in self.rows["member"] if row["person_id"] == int(lead["subject"])]
            homes |= {
                row["household_no"]
                for row in sorted(own, key=lambda row: (-row["joined_on"].toordinal(), row["household_no"]))[:1]
            }
        found |= {row["person_id"] for row in self.rows["member"] if row["household_no"] in homes}
        return frozenset((found | self._proven(lead_id)) - {None})

    def _in_cases(self, lead: dict[str, Any]) -> tuple[set[int], set[str]]:
        """Applicants, who handled, account holders; and the households of these cases."""
        cases, homes = self._cases_of(lead)
        found: set[int] = set()
        for row in self.rows["application"]:
            if row["application_no"] in cases:
                found.add(row["applicant_person_id"])
                homes.add(row["household_no"])
        for row in self.rows["step"]:
            if row["application_no"] in cases:
                found |= {row["actor_person_id"], row["second_actor_person_id"]}
        for row in self.rows["payment"]:
            if lead["subject_kind"] == "account" and row["account_no"] == lead["subject"]:
                found.add(row["account_holder_person_id"])
        return found, homes

    def _cases_of(self, lead: dict[str, Any]) -> tuple[set[str], set[str]]:
        """The applications a lead is about, and the households paid into its account."""
        kind, subject = lead["subject_kind"], lead["subject"]
        cases = {subject} if kind == "application" else set()
        cases |= {row["application_no"] for row in self.rows["award"] if kind == "award" and row["award_no"] == subject}
        cases |= {
            row["about_application_no"]
            for row in self.rows["complaint"]
            if kind == "complaint" and row["complaint_no"] == subject
        }
        paid = {row["award_no"] for row in self.rows["payment"] if kind == "account" and row["account_no"] == subject}
        return cases - {None}, {row["household_no"] for row in self.rows["award"] if row["award_no"] in paid}

    def _proven(self, lead_id: str) -> set[int]:
        found = set()
        for row in self.proof.get(lead_id, []):
            column = next((one for one in TABLES[row["table"]].columns if one.name == row["column"]), None)
            if column is not None and column.kind == "id_no" and row["value"]:
                found.add(int(row["value"]))
        return found

    def sees(self, reader: Reader, region_code: str, lead_id: str) -> bool:
        """May this reader see this lead?"""
        lead = self.leads[lead_id]
        home = self.home_of(lead)
        significant = region_code.rstrip("0")
        width = next((n for n in (2, 4, 6, 9, 12) if n >= len(significant)), 12)
        if region_code and home[:width] != region_code[:width]:
            return False
        conduct = lead["subject_kind"] == "official" or lead["family"] == "favoritism"
        if reader.role not in {"inspector", "supervisor"} and (conduct or lead["subject_kind"] == "complaint"):
            return False
        if reader.person_id is None:
            return True
        return not self.persons_of(lead_id) & self.desk.circle(reader.person_id)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A made-up place of several villages with every planted variant."""
    place = tmp_path_factory.mktemp("scope")
    assert ended(app, ["synthesize", str(place / "source"), "--persons", "4000", "--seed", "7"]) == 0
    workspace = Workspace(imported(place / "workspace", place / "source"))
    return Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())


def readers(desk: Desk, draw: random.Random) -> list[tuple[Reader, str]]:
    """Readers of every role and tier; most of them somebody whom the data know, many of them named by a lead."""
    regions = [*desk.regions.codes, "", "990102000000"]  # everywhere, and a county that is not in the data
    named = sorted(desk._named["person_id"].unique().to_list())
    persons = pl.read_parquet(desk.workspace.snapshot / "person.parquet")["person_id"].to_list()
    found = []
    for number in range(READERS):
        region = draw.choice(regions)
        person = draw.choice([None, draw.choice(named), draw.choice(named), draw.choice(persons)])
        role: Role = draw.choice(get_args(Role))
        found.append((Reader(f"R{number}", role, Scope.of(region), person), region))
    return found


def test_ten_thousand_pairs_agree_with_a_naive_oracle(desk: Desk) -> None:
    draw = random.Random(20241231)  # noqa: S311 - the same pairs every time
    oracle = Oracle(desk)
    lead_ids = sorted(oracle.leads)
    foreign, hidden, seen, recused = [], [], 0, 0
    for reader, region in readers(desk, draw):
        shown = set(mine.leads(desk, reader)["lead_id"])
        half = PAIRS // READERS // 2  # half of the leads at random, half of those that name the reader or their kin
        circle = desk.circle(reader.person_id) if reader.person_id is not None else frozenset()
        close = [lead_id for lead_id in lead_ids if oracle.persons_of(lead_id) & circle]
        for lead_id in [*draw.choices(lead_ids, k=half), *draw.choices(close or lead_ids, k=half)]:
            may = oracle.sees(reader, region, lead_id)
            seen += may
            recused += not may and oracle.sees(Reader("x", reader.role, reader.scope), region, lead_id)
            if lead_id in shown and not may:
                foreign.append((reader, lead_id))
            if lead_id not in shown and may:
                hidden.append((reader, lead_id))
    assert foreign == []
    assert hidden == []
    assert PAIRS // 5 < seen < PAIRS * 4 // 5  # the pairs say something
    assert recused > PAIRS // 100


def test_files_and_dossiers_keep_to_the_same_rule(desk: Desk, open_page: Open, tmp_path: Path) -> None:
    """The same draw through an export and through a page: what is not the reader's is refused without a word of it."""
    draw = random.Random(7)  # noqa: S311 - the same pairs every time
    oracle = Oracle(desk)
    statistical = {name for name, card in desk.all_cards.items() if card.statistical}  # which never leave alone
    lead_ids = sorted(desk.leads.filter(~pl.col("scheme").is_in(statistical))["lead_id"])
    workspace = tmp_path / "workspace"
    shutil.copytree(desk.workspace.path, workspace)
    given, refused = 0, 0
    for reader, region in readers(desk, draw):
        if reader.role not in {"inspector", "supervisor"} or given + refused >= 24:
            continue
        lead_id = draw.choice(lead_ids)
        may = oracle.sees(reader, region, lead_id)
        reading = Reading(desk, reader, "zh")
        if may:
            assert made(reading, [lead_id], "xlsx")[:2] == b"PK"
        else:
            with pytest.raises(NotYoursError) as error:
                made(reading, [lead_id], "xlsx")
            assert lead_id not in error.value.message.zh
        given, refused = given + may, refused + (not may)
        if given + refused <= 6:
            register = Registered(reader.name, reader.role, region, reader.person_id)
            enrol(Workspace(workspace).review, "管理员", register, key=reader.name)
            page = open_page(workspace, "dossier", lead=lead_id)
            page.session_state[ENTERED] = (reader.name, reader.role)
            page.run()
            assert not page.exception
            assert any("待核实" in title.value for title in page.title) is may
    assert given > 3
    assert refused > 3
