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
def raised(column: str | None) -> pl.DataFrame:
    """What is found where that column of every person is blank, or, where it must be filled, another."""
    rows = [dict(row) for row in made()[0]["person"]]
    for row in rows if column else ():
        row[str(column)] = other(row, str(column))
    leads = run(detectors, township(person=rows), policy()).leads
    return leads.sort("scheme", "subject", "part")


def other(row: Row, column: str) -> str | None:
    if column == "sex":
        return {"男": "女", "女": "男", "M": "F", "F": "M"}[str(row[column])]
    return "改名示例" if column == "name" else None


@pytest.mark.parametrize("column", PROTECTED)
def test_who_does_not_list_a_column_does_not_notice_it(column: str) -> None:
    unconcerned = [scheme for scheme in SCHEMES if column not in USES.get(scheme, {})]
    before, after = (frame.filter(pl.col("scheme").is_in(unconcerned)) for frame in (raised(None), raised(column)))
    assert before.height
    if column == "name":  # shown as evidence, which the digest of the content covers
        before, after = before.drop("content_digest"), after.drop("content_digest")
    assert before.rows() == after.rows()


def test_without_them_fewer_are_entitled_and_none_is_accused_more() -> None:
    for column in ("disability_grade", "health"):
        entitled = raised(column).filter(pl.col("scheme") == "missed_entitlement")
        assert set(entitled.rows()) <= set(raised(None).filter(pl.col("scheme") == "missed_entitlement").rows())
