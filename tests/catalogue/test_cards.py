"""Does every detector keep what a card promises?"""

import ast
import json
import re
import string
from functools import cache
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

import detectors
from casework.calendar import Calendar
from casework.card import Card
from casework.dataset import Manifest, Tables
from casework.engine import engine
from casework.policy import Policy
from casework.registry import found
from casework.run import Run, run
from casework.tables import TABLES
from casework.text import Text, counted
from dashboard.reference import pages
from tests.detectors.made import made, policy, township
from tests.detectors.patterned import SCHEMES as PATTERNS
from tests.detectors.patterned import leads_of_all

MODULES = found(detectors)
SCHEMES = [module.CARD.scheme for module in MODULES]
# end in s, and are no plural
AFTER_ONE = {"exceeds", "excludes", "falls", "has", "is", "less", "meets", "remains", "says", "was"}
each_card = pytest.mark.parametrize("card", [module.CARD for module in MODULES], ids=SCHEMES)
each_module = pytest.mark.parametrize("module", MODULES, ids=SCHEMES)


@cache
def of_the_township() -> Run:
    return run(detectors, township(), policy())


def leads_of(card: Card) -> Run:
    """A township is too small for patterns over many cases."""
    return leads_of_all() if card.scheme in PATTERNS else of_the_township()


def texts(card: Card) -> list[Text]:
    return [
        *(card.title, card.question, card.folk, card.reason, card.arithmetic, card.verify),
        *(text for wording in card.cases.values() for text in (wording.reason, wording.arithmetic)),
        *(innocent.text for innocent in card.innocent),
        *(fact.label for fact in card.facts.values()),
        *(word for fact in card.facts.values() for word in fact.words.values()),
    ]


def asked_for(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@each_module
def test_the_file_is_named_after_its_scheme_and_stands_in_its_family(module: ModuleType) -> None:
    assert module.__name__ == f"detectors.{module.CARD.family}.{module.CARD.scheme}"


@each_card
def test_speaks_both_languages(card: Card) -> None:
    for text in texts(card):
        assert text.zh.strip()
        assert text.en.strip()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), text.zh
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), text.en


@each_card
def test_one_of_a_thing_is_no_plural(card: Card) -> None:
    ones = {name: "1.00" if name.endswith("_fen") else "1" for name in card.facts}
    said = [counted("1", fact.unit, "en") for fact in card.facts.values()]
    said += [text.say("en", ones) for one in (card, *card.cases.values()) for text in (one.reason, one.arithmetic)]
    for words in said:
        for after in re.findall(r"\b1 (?:[a-z-]+ )?([a-z-]+s|are|were)\b", words):
            assert after in AFTER_ONE, words


@each_card
def test_never_accuses(card: Card) -> None:
    assert card.title.zh.endswith("(待核实)")
    for wording in (card, *card.cases.values()):
        assert wording.reason.zh.startswith("疑似")
    assert not any(word in text.zh for text in texts(card) for word in ("违规", "骗保", "违法", "违纪"))


@each_card
def test_sentences_use_only_the_cards_facts(card: Card) -> None:
    for wording in (card, *card.cases.values()):
        for text in (wording.reason, wording.arithmetic):
            assert asked_for(text.zh) <= set(card.facts)
            assert asked_for(text.en) == asked_for(text.zh)


@each_card
def test_names_rules_that_exist_and_offers_innocent_explanations(card: Card) -> None:
    assert set(card.rules) <= set(Policy.shipped().rules)
    assert any(innocent.checked for innocent in card.innocent)
    assert any(not innocent.checked for innocent in card.innocent)


@each_card
def test_returns_exactly_the_facts_it_names(card: Card) -> None:
    leads = leads_of(card).leads.filter(pl.col("scheme") == card.scheme)
    assert leads.height
    for said in leads["facts"]:
        facts = json.loads(said)
        assert set(facts) == set(card.facts)
        assert facts.get("case") in {None, *card.facts["case"].words} if "case" in card.facts else True
        for language in ("zh", "en"):
            assert "{" not in card.reads(facts, language) + card.reckons(facts, language)


@each_card
def test_every_lead_has_evidence_in_the_tables_it_needs(card: Card) -> None:
    result = leads_of(card)
    leads = result.leads.filter(pl.col("scheme") == card.scheme)
    proof = result.evidence.filter(pl.col("lead_id").is_in(leads["lead_id"].to_list()))
    assert leads.height
    assert set(proof["lead_id"]) == set(leads["lead_id"])
    assert set(proof["table"]) <= {need.table.name for need in (*card.needs, *card.either, *card.also_uses)}
    assert proof.filter(pl.col("source_file").is_null() | pl.col("source_row").is_null()).height == 0


def test_finds_nothing_in_empty_tables() -> None:
    on = engine("polars")
    whole = {table.name: tuple(column.name for column in table.columns) for table in TABLES.values()}
    manifest = Manifest("", township().as_of, "", True, whole, dict.fromkeys(whole, 0))  # noqa: FBT003 - synthetic
    data = Tables(Path("/nowhere"), manifest, on, Calendar.load(), {})
    result = run(detectors, data, Policy.shipped())
    assert result.runs.select("status", "leads", "undecidable").unique().rows() == [("ran", 0, 0)]
    assert (result.leads.height, result.evidence.height) == (0, 0)


@each_card
def test_without_a_table_it_needs_it_is_not_run_and_says_so(card: Card) -> None:
    for need in card.needs:
        rest = {name: rows for name, rows in made()[0].items() if name != need.table.name}
        data = township(**{name: rows for name, rows in rest.items() if name != need.table.name})
        data.manifest.columns.pop(need.table.name)
        ((status, reason),) = run(detectors, data, policy(), only=[card.scheme]).runs.select("status", "reason").rows()
        assert status == "not_run"
        assert need.table.name in reason


@each_module
def test_has_a_page_that_says_everything_in_either_language(module: ModuleType) -> None:
    card: Card = module.CARD
    said = pages()[f"catalogue/{card.scheme}.md"]
    for language in ("zh", "en"):
        for text in (card.title, card.question, card.reason, card.arithmetic, card.verify):
            assert text.say(language) in said
        assert all(innocent.text.say(language) in said for innocent in card.innocent)
    assert all(f"`{rule}`" in said for rule in card.rules)


# What narwhals does not say alike on Polars and Spark (engine.md §4), and what a question may not do at all.
BANNED_NAMES = {
    *("join_asof", "total_minutes", "total_seconds", "timestamp", "replace_strict", "truncate", "offset_by", "pivot"),
    *("implode", "hash", "tail", "map_batches", "first", "collect", "now", "today", "sink_parquet"),
    *("scan_parquet", "read_parquet", "scan_csv", "read_csv", "write_parquet", "from_native", "to_native", "open"),
}
BANNED_MODULES = {"time", "random", "os", "io", "pathlib", "pyspark", "duckdb", "numpy", "uuid", "socket", "urllib"}
HOME = Path(str(detectors.__file__)).parents[1]
SHARED = [*HOME.glob("casework/kinship/*.py"), *HOME.glob("casework/means/*.py"), HOME / "casework" / "covered.py"]
RECORDS = HOME.glob("metrics/whatif/records/*.py")  # gathers for what-ifs
SOURCES = sorted(  # roll-up, comparison, evaluation, what-if and a household's account work on collected rows
    path
    for path in [*HOME.glob("detectors/**/*.py"), *HOME.glob("metrics/*/*.py"), *RECORDS, *SHARED]
    if path.parent.name not in {"evaluation", "honest", "whatif"} and path.name != "lines.py"
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: "/".join(path.parts[-2:]))
def test_speaks_only_what_every_engine_understands(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and not ast.unparse(node).endswith("data.engine.collect"):
            assert node.attr not in BANNED_NAMES, f"{path.name}:{node.lineno} .{node.attr}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not {name.split(".")[0] for name in names} & BANNED_MODULES, f"{path.name}:{node.lineno}"


PLAIN = {-1, 0, 1, 2, 12, 60, 100}  # arithmetic; everything else is a rule or has a name


@each_module
def test_no_threshold_stands_in_the_code(module: ModuleType) -> None:
    for top in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body:
        if isinstance(top, ast.FunctionDef):
            for node in ast.walk(top):
                if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
                    assert node.value in PLAIN, f"{module.__name__}:{node.lineno} {node.value}"
