"""Does the sentence say no more of a person than the evidence below it?"""

import pytest

from casework.text import Language
from dashboard.masking import masked_card, masked_facts
from detectors.missed.missed_entitlement import CARD as MISSED
from detectors.missed.unanswered_risk import CARD as RISK

CARE = {"case": "disability", "programme": "disability_care", "disability_grade": 2, "parents": None, "points": 6.0}
CHILD = {
    "case": "parents",
    "programme": "de_facto_orphan",
    "age": 8,
    "parents": ["custody", "disability_1"],
    "points": 2.0,
}


@pytest.mark.parametrize(
    ("language", "hidden"), [("zh", "残疾等级 (已遮盖) 级"), ("en", "disability of grade (masked)")]
)
def test_a_grade_of_disability_is_masked_in_the_sentence(language: Language, hidden: str) -> None:
    card, facts = masked_card(MISSED, {**CARE, "applications": "compared"})
    assert hidden in card.reads(facts, language)


def test_what_keeps_the_parents_away_is_masked() -> None:
    card, facts = masked_card(MISSED, {**CHILD, "applications": "compared"})
    said = card.reads(facts, "zh") + card.reckons(facts, "zh") + card.shown(facts, "zh")["parents"]
    assert "父母情况为(已遮盖)" in said
    assert "在押" not in said
    assert "一级残疾" not in said
    assert "8 周岁" in said  # the ground stays: an inspector can see what kind it is


def test_a_hospital_bill_is_masked() -> None:
    facts = {"case": "none", "events": ["medical_bill"], "bill_fen": 5_200_000, "days": 12, "limit": 10, "points": 6.0}
    card, hidden = masked_card(RISK, facts)
    assert card.shown(hidden, "zh")["bill_fen"] == "(已遮盖)"
    assert "52,000" not in card.reads(hidden, "zh") + card.reckons(hidden, "zh")


def test_the_unknown_stays_unknown() -> None:
    assert masked_facts(CARE, "x") == {**CARE, "disability_grade": "x"}
    assert masked_facts({"parents": []}, "x") == {"parents": []}
