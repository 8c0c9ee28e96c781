"""Tests of phrases: English says one thing in the singular, Chinese says it as ever."""

import pytest

from casework.text import Text, counted


@pytest.mark.parametrize(
    ("phrase", "number", "said"),
    [
        ("{n} months", 1, "1 month"),
        ("{n} months", "1", "1 month"),
        ("{n} months", 2, "2 months"),
        ("{n} months", 0, "0 months"),
        ("{n} months", 21, "21 months"),
        ("{n} months", "2021-01", "2021-01 months"),
        ("{n} working days", 1, "1 working day"),
        ("{n} household-months", 1, "1 household-month"),
        ("{n} persons were added", 1, "1 person was added"),
        ("{n} persons were added", 3, "3 persons were added"),
        ("({n} findings that exclude)", 1, "(1 finding that excludes)"),
        ("{n} were covered", 1, "1 was covered"),
        ("{n} yuan a month", 1, "1 yuan a month"),
        ("{n} is less than 2 months", 1, "1 is less than 2 months"),
    ],
)
def test_one_of_a_thing_is_singular_in_english(phrase: str, number: object, said: str) -> None:
    assert Text("{n}", phrase).say("en", {"n": number}) == said


def test_the_verb_agrees_past_the_span_of_months() -> None:
    phrase = Text("", "{n} months from {a} to {b} were paid")
    assert phrase.say("en", {"n": 1, "a": "2024-01", "b": "2024-01"}) == "1 month from 2024-01 to 2024-01 was paid"


def test_what_a_fact_says_is_never_touched() -> None:
    assert Text("{a}", "{a}, {n} months").say("en", {"a": "1 months", "n": 1}) == "1 months, 1 month"


def test_chinese_and_phrases_without_facts_stay_as_they_are() -> None:
    assert Text("{n} 个月 months", "").say("zh", {"n": 1}) == "1 个月 months"
    assert Text("", "{n} months").say("en") == "{n} months"


def test_a_number_with_its_unit() -> None:
    months = Text("个月", "months")
    assert [counted("1", months, "en"), counted("12", months, "en"), counted("1", months, "zh")] == [
        "1 month",
        "12 months",
        "1 个月",
    ]
    assert counted("甲", Text("", ""), "zh") == "甲"


@pytest.mark.parametrize(
    ("en", "inside"),
    [("Heating aid", "heating aid"), ("A", "A"), ("GDP", "GDP"), ("in custody", "in custody"), ("", "")],
)
def test_in_the_middle_of_a_sentence_english_has_no_capital(en: str, inside: str) -> None:
    assert Text("词", en).inside() == Text("词", inside)


def test_a_word_in_the_place_of_a_number_has_no_unit() -> None:
    times = Text("倍", "times")
    assert counted("9.0", times, "zh") == "9.0 倍"
    assert counted("无上限", times, "zh") == "无上限"
