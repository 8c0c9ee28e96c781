"""Are the committed pages what the code says today?"""

import pytest

import detectors
import metrics
from casework.registry import found
from dashboard.reference import DOCS, pages


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_current(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == pages()[name], f"docs/{name} is stale: run make docs"


def test_no_page_is_left_of_a_question_that_is_gone() -> None:
    committed = {f"catalogue/{path.name}" for path in (DOCS / "catalogue").glob("*.md")}
    assert committed == {name for name in pages() if name.startswith("catalogue/")}


def test_every_question_and_metric_has_its_page() -> None:
    names = [module.CARD.scheme for module in found(detectors)] + [module.CARD.metric for module in found(metrics)]
    assert all(f"catalogue/{name}.md" in pages() for name in names)


def test_the_tables_page_gives_codes_labels_aliases_and_care() -> None:
    page = pages()["reference/tables.md"]
    assert "| `id_no` **k** | 公民身份号码 / Citizen number |" in page
    assert "`approved` 同意 / Approved(批准、通过)" in page
    assert "敏感 / sensitive" in page
