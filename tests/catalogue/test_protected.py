"""May a protected column raise a lead? It may identify a person, entitle or exonerate, nothing else (safeguards R4).

`USES` lists every use there is. A question that does not list a column must not notice when it is blanked or swapped.
"""

import ast
from functools import cache
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

import detectors
from casework.policy import Policy
from casework.registry import found
from casework.run import run
from tests.detectors.made import made, policy, township
from tests.worlds import Row

MODULES = found(detectors)
SCHEMES = [module.CARD.scheme for module in MODULES]
each_module = pytest.mark.parametrize("module", MODULES, ids=SCHEMES)

PROTECTED = ("sex", "name", "health", "disability_kind", "disability_grade", "status")  # of a person
MISSED = {"disability_grade": "entitles", "disability_kind": "entitles", "health": "entitles"}
TOP_UP = {"disability_grade": "entitles", "health": "entitles"}  # what is due may include a top-up
USES: dict[str, dict[str, str]] = {
    "double_payment": TOP_UP,
    "kin_lenience": TOP_UP,
    "missed_entitlement": {**MISSED, "status": "entitles"},
    "overpaid": TOP_UP,
    "partial_household": {"status": "exonerates"},
    "same_person": {"name": "identity", "sex": "identity"},
    "unanswered_risk": {**TOP_UP, "status": "entitles"},
    "underpaid": {**TOP_UP, "status": "entitles"},
    "wrong_exit": {**MISSED, "status": "entitles"},
    "wrong_refusal": {**MISSED, "status": "entitles"},
}


@each_module
def test_the_card_declares_every_protected_column_and_its_use(module: ModuleType) -> None:
    declared = {column.removeprefix("person."): use for column, use in module.CARD.protected.items()}
    assert declared == USES.get(module.CARD.scheme, {})
    assert set(declared.values()) <= {"identity", "entitles", "exonerates"}


@each_module
def test_who_orders_by_hardship_declares_what_the_index_reads(module: ModuleType) -> None:
    rows = Policy.shipped().rows("hardship_weight")
    read = {row["column"] for row in rows if row["table"] == "person"} & set(PROTECTED)
    assert read == {"disability_grade", "health", "status"}
    if "hardship_weight" in module.CARD.other_rules:
        assert read <= set(USES[module.CARD.scheme])


@each_module
def test_its_own_words_name_no_other_protected_column(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert said & set(PROTECTED) <= set(USES.get(module.CARD.scheme, {}))


@cache
def raised(columns: tuple[str, ...], only: tuple[str, ...]) -> pl.DataFrame:
    """What is found where these columns of every person are blank, or, where they must be filled, others."""
    rows = [{**row, **{column: other(row, column) for column in columns}} for row in made()[0]["person"]]
    leads = run(detectors, township(person=rows), policy(), only=only).leads
    return leads.sort("scheme", "subject", "part")


def other(row: Row, column: str) -> str | None:
    if column == "sex":
        return {"男": "女", "女": "男", "M": "F", "F": "M"}[str(row[column])]
    return "改名示例" if column == "name" else None


def test_who_lists_no_column_does_not_notice_any() -> None:
    unconcerned = tuple(scheme for scheme in SCHEMES if scheme not in USES)
    shown = "content_digest"  # covers the evidence, which shows the name
    before, after = (raised(columns, unconcerned) for columns in ((), PROTECTED))
    assert before.height
    assert before.drop(shown).rows() == after.drop(shown).rows()


@pytest.mark.parametrize("column", PROTECTED)
def test_who_lists_another_column_does_not_notice_this_one(column: str) -> None:
    unconcerned = [scheme for scheme, uses in USES.items() if column not in uses]
    before = raised((), tuple(USES)).filter(pl.col("scheme").is_in(unconcerned))
    after = raised((column,), tuple(unconcerned))
    assert before.height
    if column == "name":
        before, after = before.drop("content_digest"), after.drop("content_digest")
    assert before.rows() == after.rows()


def test_without_them_fewer_are_entitled_and_none_is_accused_more() -> None:
    only = ("missed_entitlement",)
    for column in ("disability_grade", "health"):
        assert set(raised((column,), only).rows()) <= set(raised((), only).rows())
