"""What do the pages of the docs show? `python -m tests.browser.pictures` draws it anew, county and township."""

import tempfile
from pathlib import Path

import polars as pl
from playwright.sync_api import Browser, sync_playwright

from casework.workspace import Workspace
from dashboard.cli import app
from dashboard.demo import prepare
from dashboard.terminal import ended
from tests.browser.served import Reader, launched, serving
from tests.county import ROOT, imported

PICTURES = ROOT / "docs" / "pictures"
LIMIT = 400_000  # bytes a picture


class Leads:
    """The leads of a workspace, asked for by question."""

    def __init__(self, workspace: Path) -> None:
        """Read once."""
        self.rows = pl.read_parquet(workspace / "leads.parquet")

    def first(self, scheme: str) -> str:
        """The id of the first in its queue."""
        asked = self.rows.filter(pl.col("scheme") == scheme).sort("score", "lead_id", descending=[True, False])
        return str(asked["lead_id"][0])


def of_the_county(leads: Leads) -> dict[str, tuple[str, int]]:
    """Each picture's address and height."""
    return {
        "queue-zh": ("/queue?role=inspector", 900),
        "queue-en": ("/queue?role=inspector&lang=en", 900),
        "dossier-zh": (f"/dossier?role=inspector&lead={leads.first('late_decision')}", 1500),
        "dossier-award-zh": (f"/dossier?role=inspector&lead={leads.first('deceased_paid')}", 1500),
        "times-zh": ("/times?role=inspector", 1100),
        "rules-en": ("/rules?role=inspector&lang=en", 900),
        "journal-zh": ("/journal?role=auditor", 900),
        "decision-zh": (f"/dossier?role=inspector&lead={leads.first('deceased_paid')}", 1100),
        "history-en": (f"/dossier?role=inspector&lang=en&panel=history&lead={leads.first('deceased_paid')}", 1100),
        "dossier-person-en": (f"/dossier?role=inspector&lang=en&lead={leads.first('exclusive_programmes')}", 1500),
    }


def of_a_township(leads: Leads) -> dict[str, tuple[str, int]]:
    """What only a made-up township has: kin in office, and a household's means line by line."""
    return {
        "dossier-kin-zh": (f"/dossier?role=inspector&lead={leads.first('kin_unfiled')}", 1500),
        "dossier-network-zh": (f"/dossier?role=inspector&panel=network&lead={leads.first('kin_unfiled')}", 1300),
        "dossier-household-en": (
            f"/dossier?role=inspector&lang=en&panel=household&lead={leads.first('overpaid')}",
            1500,
        ),
        "dossier-timeline-zh": (f"/dossier?role=inspector&panel=timeline&lead={leads.first('late_decision')}", 950),
        "dossier-means-zh": (f"/dossier?role=inspector&lead={leads.first('over_income')}", 1900),
        "dossier-missed-en": (f"/dossier?role=inspector&lang=en&lead={leads.first('missed_entitlement')}", 1500),
    }


LEADER = "演示民政领导"


def of_the_leader() -> dict[str, tuple[str, int]]:
    """A larger made-up county, as its civil-affairs leader sees it."""
    return {
        "overview-zh": ("/overview", 1650),
        "overview-en": ("/overview?lang=en", 1700),
        "areas-zh": ("/areas?metric=on_time_share", 1500),
        "trends-zh": ("/trends?metric=median_working_days", 1100),
        "timeliness-zh": ("/timeliness", 1500),
        "coverage-zh": ("/coverage", 1750),
        "complaints-zh": ("/complaints", 1500),
        "integrity-zh": ("/integrity", 1500),
        "reform-zh": ("/reform?metric=on_time_share", 1400),
        "programmes-zh": ("/programmes", 1100),
        "report-zh": ("/report", 1300),
    }


RESEARCHER = "演示研究员"
_RAISED = "a=dibao_standard;;urban_rural=rural;;scale;1.1"  # the rural standard a tenth higher


def of_the_researcher() -> dict[str, tuple[str, int]]:
    """The same county, as a researcher measures its questions."""
    return {
        "lab-card-zh": ("/lab?scheme=late_decision", 1500),
        "lab-fairness-zh": ("/lab?part=fairness", 1250),
        "lab-sample-en": ("/lab?part=sample&lang=en", 1450),
        "whatif-zh": (f"/whatif?part=curve&budget=2100&{_RAISED}", 1700),
        "whatif-household-en": (f"/whatif?part=statement&lang=en&{_RAISED}", 1550),
        "whatif-gainers-zh": (f"/whatif?part=gainers&{_RAISED}", 1500),
        "worlds-zh": ("/worlds", 950),
    }


def decided(workspace: Path, lead_id: str) -> None:
    """Let somebody look into a lead: taken, visited, heard."""
    lead = pl.read_parquet(workspace / "leads.parquet").row(by_predicate=pl.col("lead_id") == lead_id, named=True)
    row = {**lead, "since": str(lead["since"]), "until": str(lead["until"]), "conduct": False}
    review = Workspace(workspace).review
    for kind, words in (
        ("take", {}),
        ("visit", {"on": "2025-01-06", "present": "示例村干部", "text": "家中一人居住,与登记不符"}),
        ("statement", {"how": "given", "on": "2025-01-06", "text": "家属称已口头报告村委会"}),
    ):
        review.act("T-01", kind, lead_id, {"lead": row, **words}, key=kind)


def draw(folder: Path) -> list[Path]:
    """Write every picture; nothing that a reader should not see may happen on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        source = Path(place) / "source"
        assert ended(app, ["synthesize", str(source), "--persons", "1200", "--seed", "7"]) == 0
        county, township = imported(Path(place) / "county"), imported(Path(place) / "township", source)
        browser = launched(playwright)
        decided(county, Leads(county).first("deceased_paid"))
        shown = _drawn(browser, county, of_the_county(Leads(county)), folder)
        shown += _drawn(browser, township, of_a_township(Leads(township)), folder)
        demo = prepare(Path(place) / "demo", "T-01", lambda _said: None).path
        shown += _drawn(browser, demo, of_the_leader(), folder, LEADER)
        shown += _drawn(browser, demo, of_the_researcher(), folder, RESEARCHER)
        browser.close()
    return shown


def _drawn(
    browser: Browser, workspace: Path, views: dict[str, tuple[str, int]], folder: Path, name_at_the_door: str = ""
) -> list[Path]:
    with serving(workspace) as address:
        reader = Reader(browser.new_page(viewport={"width": 1280, "height": 900}), address)
        for name, (path, height) in views.items():
            reader.page.set_viewport_size({"width": 1280, "height": height})
            reader.open(path)
            if name_at_the_door:
                reader.come_in(name_at_the_door)
            reader.page.mouse.move(5, 5)
            reader.page.screenshot(path=folder / f"{name}.png")
            assert (folder / f"{name}.png").stat().st_size < LIMIT, name
        assert reader.wrong == []
        reader.page.close()
    return [folder / f"{name}.png" for name in views]


if __name__ == "__main__":
    draw(PICTURES)
