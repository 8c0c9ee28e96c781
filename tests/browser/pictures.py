"""What does the README show? `python -m tests.browser.pictures` draws it anew from the example county."""

import tempfile
from pathlib import Path

import polars as pl
from playwright.sync_api import sync_playwright

from tests.browser.served import Reader, launched, serving
from tests.county import ROOT, imported

PICTURES = ROOT / "docs" / "pictures"
LIMIT = 300_000  # bytes a picture


def views(leads: pl.DataFrame) -> dict[str, tuple[str, int]]:
    """Each picture's address and height."""

    def lead(scheme: str) -> str:
        return str(
            leads.filter(pl.col("scheme") == scheme).sort("score", "lead_id", descending=[True, False])["lead_id"][0]
        )

    return {
        "overview-zh": ("/overview?role=leader", 1080),
        "overview-en": ("/overview?role=leader&lang=en", 1080),
        "queue-zh": ("/queue?role=inspector", 900),
        "queue-en": ("/queue?role=inspector&lang=en", 900),
        "dossier-zh": (f"/dossier?role=inspector&lead={lead('late_decision')}", 1500),
        "dossier-award-zh": (f"/dossier?role=inspector&lead={lead('deceased_paid')}", 1500),
        "dossier-person-en": (f"/dossier?role=inspector&lang=en&lead={lead('exclusive_programmes')}", 1500),
    }


def draw(folder: Path) -> list[Path]:
    """Write every picture; nothing that a reader should not see may happen on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        workspace = imported(Path(place) / "county")
        with serving(workspace) as address:
            browser = launched(playwright)
            reader = Reader(browser.new_page(viewport={"width": 1280, "height": 900}), address)
            for name, (path, height) in views(pl.read_parquet(workspace / "leads.parquet")).items():
                reader.page.set_viewport_size({"width": 1280, "height": height})
                reader.open(path)
                reader.page.mouse.move(5, 5)
                drawn.append(folder / f"{name}.png")
                reader.page.screenshot(path=drawn[-1])
                assert drawn[-1].stat().st_size < LIMIT, name
            assert reader.wrong == []
            browser.close()
    return drawn


if __name__ == "__main__":
    draw(PICTURES)
