"""Is every phrase there in both languages, used, and free of accusation?"""

import re
from string import Formatter

from dashboard.words import Words, phrases
from tests.county import ROOT

GROUPS = "|".join(sorted({key.split(".")[0] for key in phrases("zh")}))
CALLED = re.compile(rf"[\"']((?:{GROUPS})\.[a-z_]+)[\"']")


def _used() -> set[str]:
    files = sorted((ROOT / "dashboard").rglob("*.py"))
    return {key for file in files for key in CALLED.findall(file.read_text(encoding="utf-8"))}


def test_both_languages_have_the_same_phrases() -> None:
    assert phrases("zh").keys() == phrases("en").keys()


def test_every_phrase_is_used_and_every_phrase_used_is_there() -> None:
    assert sorted(phrases("zh").keys() - _used()) == []
    assert sorted(_used() - phrases("zh").keys()) == []


def test_both_languages_take_the_same_facts() -> None:
    def facts(phrase: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name}

    zh, en = phrases("zh"), phrases("en")
    assert [key for key in zh if facts(zh[key]) != facts(en[key])] == []


def test_no_phrase_accuses() -> None:
    texts = [*phrases("zh").values(), *phrases("en").values()]
    assert [text for text in texts if re.search("违规|骗保|fraud|violat", text, re.IGNORECASE)] == []


def test_a_phrase_is_filled_with_facts() -> None:
    assert Words("zh")("overview.hidden_why", most=4).startswith("1 至 4 的小数")
    assert Words("en")("overview.hidden_why", most=4).startswith("Counts of 1 to 4")
