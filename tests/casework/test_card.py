"""Does a card's sentence read as a sentence?"""

from casework.policy import Policy
from casework.text import Text
from detectors.delay.skipped_step import CARD as SKIPPED
from detectors.missed.missed_entitlement import CARD as MISSED

NAMES = {str(row["code"]): Text(str(row["zh"]), str(row["en"])) for row in Policy.shipped().rows("programme")}


def test_a_programme_in_a_sentence_is_a_benefit_and_no_person() -> None:
    facts = {"case": "age", "programme": "orphan", "age": 9, "applications": "compared", "points": 2.0}
    assert "疑似漏享孤儿基本生活保障:" in MISSED.reads(facts, "zh", NAMES)
    facts["programme"] = "de_facto_orphan"
    assert "疑似漏享事实无人抚养儿童基本生活补贴:" in MISSED.reads(facts, "zh", NAMES)


def test_an_english_sentence_has_no_capital_in_its_middle() -> None:
    facts = {"case": "age", "programme": "old_age", "age": 82, "applications": "compared", "points": 2.0}
    assert MISSED.reads(facts, "en", NAMES).startswith("Possibly without old-age allowance: 82 years old")
    assert MISSED.shown(facts, "en", NAMES)["programme"] == "Old-age allowance"
    said = SKIPPED.reads({"case": "absent", "step": "home_visit", "decided_at": "2024-05-06"}, "en")
    assert "home visit" in said
    assert "Home visit" not in said
