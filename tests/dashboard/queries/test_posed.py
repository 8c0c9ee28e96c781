"""Does a link carry a scenario whole?"""

from datetime import date

import pytest

from casework.errors import WrongUsageError
from casework.policy.change import Change
from dashboard.queries.posed import Draft, read, written
from metrics.whatif.scenario import Assumptions, Scenario

RAISED = Change("dibao_standard", scope={"urban_rural": "rural"}, scale=1.1)


def test_a_raised_rural_standard_is_short_and_legible() -> None:
    text = written(Draft().with_change(RAISED, ""))
    assert text == "dibao_standard;;urban_rural=rural;;scale;1.1"
    assert read(text) == Draft((), (RAISED,), ("",))


@pytest.mark.parametrize(
    "change",
    [
        Change("decision_days", region="990101", scope={"programme": "dibao", "extended": True}, set=20),
        Change("impute_work", set=True, from_=date(2025, 7, 1), to=date(2025, 12, 31)),
        Change("posting_days", add=-2.0),
        Change("required_steps", set=("authorise", "home_visit"), which="steps"),
        Change("benefit_mode", set="bands"),
        Change("mass_exit", set=0.3, which="share"),
    ],
)
def test_every_kind_of_change_comes_back_as_it_was(change: Change) -> None:
    source = "某县〔2025〕3号;第二条|一款~"
    assert read(written(Draft().with_change(change, source))) == Draft((), (change,), (source,))


def test_assumptions_and_shipped_names_come_back_too() -> None:
    draft = Draft(("巴林左旗", "taper_12"), assumptions=Assumptions(take_up=0.8, quota=300, removed=("posting",)))
    assert read(written(draft)) == draft


def test_nothing_said_is_no_text() -> None:
    assert written(Draft()) == ""
    assert read("") == Draft()
    assert Draft().empty


@pytest.mark.parametrize(
    "text",
    [
        "dibao_standard;;;;raise;1.1",
        "x;;;;set;[",
        "!stubborn;1",
        "!take_up",
        "x;;;;set;1;yesterday",
        "a;b;c;d;set;1;;;s;t",
    ],
)
def test_what_is_no_scenario_is_refused_in_words(text: str) -> None:
    with pytest.raises(WrongUsageError, match="重新填写"):
        read(text)


def test_own_changes_follow_the_shipped_ones_and_own_assumptions_win() -> None:
    shipped = Scenario("x", (Change("taper_months", set=12),), Assumptions(take_up=0.5, leak=0.1), ("通知",))
    found = Draft(("x",), (RAISED,), ("",), Assumptions(take_up=0.9)).scenario("甲", {"x": shipped})
    assert [change.id for change in found.changes] == ["taper_months", "dibao_standard"]
    assert found.sources == ("通知", "")
    assert (found.assumptions.take_up, found.assumptions.leak) == (0.9, 0.1)


def test_a_shipped_name_that_there_is_not_is_refused() -> None:
    with pytest.raises(WrongUsageError):
        Draft(("gone",)).scenario("甲", {})


def test_a_change_taken_out_takes_its_source_along() -> None:
    draft = Draft().with_change(RAISED, "甲").with_change(Change("taper_months", set=12), "乙")
    assert draft.without(0).sources == ("乙",)
    assert [change.id for change in draft.without(0).changes] == ["taper_months"]
