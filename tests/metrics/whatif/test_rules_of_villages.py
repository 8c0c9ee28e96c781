"""Tests of rules for every village at once: they say what the look-up as a column says, in fewer look-ups."""

from datetime import date
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.policy import Change, Policy
from metrics.whatif.rules import Rules, same

CODES = ("990101001001", "990101001002", "990101002001", "990102001001", "110101001001")
KINDS = ("urban", "rural", "rural", None, "urban")
DAY = date(2024, 7, 1)


def rules(policy: Policy, day: date = DAY) -> Rules:
    return Rules(policy, CODES, KINDS, day)


def by_column(policy: Policy, rule_id: str, day: date, field: str, **scope: Any) -> list[tuple[Any, int]]:
    """The same asked of casework: value and state of each village."""
    frame = pl.DataFrame({"region_code": CODES, "urban_rural": KINDS}).with_row_index("row").lazy()
    literal = {key: nw.lit(str(value)) for key, value in scope.items()}
    found = policy.in_force(nw.from_native(frame), rule_id, on=day, field=field, scope=literal).sort("row")
    return found.select("limit", "limit_state").collect("polars").rows()


def assert_agrees(policy: Policy, rule_id: str, day: date, field: str = "value", **scope: Any) -> None:
    asked = rules(policy, day)
    expected = by_column(policy, rule_id, day, field, **scope)
    numbers = pl.Series([value for value, _ in expected], dtype=pl.Float64)
    assert asked.whole(rule_id, field=field, **scope).tolist() == (numbers * 100).round().fill_null(-1).to_list()
    assert asked.state(rule_id, **scope).tolist() == [state for _, state in expected]


DAYS = st.sampled_from([date(2023, 1, 1), date(2024, 1, 1), date(2024, 6, 30), DAY, date(2024, 7, 2), date(2025, 1, 1)])
REGIONS = st.sampled_from(["", "99", "9901", "990101", "990101001", "990101001001", "11"])
KEYS = {
    "dibao_standard": {"urban_rural": ("urban", "rural")},
    "taper_months": {"programme": ("dibao", "destitute"), "urban_rural": ("rural",), "grade": ("1",)},
    "deduction_cap": {"item": ("medical_expense", "education_expense"), "urban_rural": ("urban",)},
    "labour_coefficient": {"health": ("healthy", "disabled"), "age_from": (16, 45)},
    "disregard": {"extended": (True,), "urban_rural": ("rural",)},
}


@st.composite
def policies(draw: st.DrawFn, rule_id: str) -> Policy:
    """Some entries and changes of one rule, anywhere and any time."""
    keys = KEYS[rule_id]
    table = Policy.shipped().rule(rule_id).table

    def scope() -> dict[str, Any]:
        return {key: draw(st.sampled_from(values)) for key, values in keys.items() if table or draw(st.booleans())}

    def dates() -> dict[str, date]:
        first, last = sorted((draw(DAYS), draw(DAYS)))
        return {"from": first, **({"to": last} if draw(st.booleans()) else {})}

    def amount() -> int | float:
        whole = draw(st.integers(0, 900))
        return whole if rule_id == "taper_months" else whole / 4

    entries: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 5))):
        value = "none" if draw(st.integers(0, 4)) == 0 else amount()
        more: dict[str, Any] = {"age_to": 59} if table else {}
        if rule_id == "disregard" and value != "none" and draw(st.booleans()):
            more["rate"] = amount()
        entries.append({"region": draw(REGIONS), **dates(), **scope(), "value": value, **more})
    changes = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["set", "scale", "add"]))
        dated = dates()
        told = {
            kind: amount(),
            "region": draw(REGIONS),
            "scope": scope(),
            "from_": dated["from"],
            "to": dated.get("to"),
        }
        changes.append(Change(rule_id, which="value", **told))
    return Policy.of(**{rule_id: entries}).adjusted(changes)


@pytest.mark.parametrize(
    ("rule_id", "scope"),
    [
        ("dibao_standard", {}),
        ("taper_months", {"programme": "dibao"}),
        ("taper_months", {"programme": "orphan", "grade": "1"}),
        ("taper_months", {}),
        ("deduction_cap", {"item": "medical_expense"}),
        ("deduction_cap", {"item": "insurance_expense"}),
        ("labour_coefficient", {"health": "disabled", "age_from": 16}),
        ("labour_coefficient", {"health": "minor_illness", "age_from": 16}),
        ("disregard", {}),
    ],
)
@settings(max_examples=25, deadline=None)
@given(data=st.data(), day=DAYS)
def test_every_village_gets_what_a_column_would_get(
    rule_id: str, scope: dict[str, Any], data: st.DataObject, day: date
) -> None:
    policy = data.draw(policies(rule_id))
    assert_agrees(policy, rule_id, day, **scope)
    if rule_id == "disregard":
        assert_agrees(policy, rule_id, day, "rate", **scope)


def test_the_longest_prefix_and_town_or_country_decide() -> None:
    standard = [
        {"urban_rural": "urban", "value": 800},
        {"urban_rural": "rural", "value": 600},
        {"region": "990101001", "urban_rural": "rural", "value": 650.5},
        {"region": "990102", "value": 700},
    ]
    asked = rules(Policy.of(dibao_standard=standard))
    assert asked.whole("dibao_standard").tolist() == [80000, 65050, 60000, 70000, 80000]
    assert asked.whole("dibao_standard", times=1).tolist() == [800, 650, 600, 700, 800]


def test_nothing_limited_is_told_from_nobody_knows_and_from_a_field_left_out() -> None:
    caps = [{"region": "99", "value": "none"}, {"region": "990102", "value": 12}]
    asked = rules(Policy.of(deduction_cap=caps))
    assert asked.whole("deduction_cap").tolist() == [-1, -1, -1, 1200, -1]
    assert asked.state("deduction_cap").tolist() == [-1, -1, -1, 1, 0]
    assert asked.whole("disregard", field="rate").tolist() == [-1] * 5
    assert asked.state("disregard").tolist() == [1] * 5


def test_a_switch_is_on_only_where_it_is_said_to_be_on() -> None:
    asked = rules(Policy.of(impute_work=[{"region": "99", "value": False}, {"region": "990101", "value": True}]))
    assert asked.flag("impute_work").tolist() == [True, True, True, False, False]


def test_a_code_is_read_as_it_is_and_is_empty_where_there_is_none() -> None:
    mode = [{"region": "99", "value": "gap"}, {"region": "9901", "programme": "dibao", "value": "bands"}]
    asked = rules(Policy.of(benefit_mode=mode))
    assert asked.text("benefit_mode", programme="dibao").tolist() == ["bands"] * 4 + [""]
    assert asked.text("benefit_mode", programme="destitute").tolist() == ["gap"] * 4 + [""]


def test_an_answer_is_reckoned_once_and_cannot_be_written_to() -> None:
    asked = rules(Policy.shipped())
    assert asked.whole("job_cost") is asked.whole("job_cost")
    with pytest.raises(ValueError, match="read-only"):
        asked.whole("job_cost")[0] = 1


def test_five_thousand_villages_cost_a_handful_of_look_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    found = Policy.found

    def counted(policy: Policy, rule_id: str, **case: Any) -> Any:
        asked.append(rule_id)
        return found(policy, rule_id, **case)

    monkeypatch.setattr(Policy, "found", counted)
    codes = tuple(f"99010{town % 9}{town:03d}{village:03d}" for town in range(100) for village in range(50))
    policy = Policy.of(dibao_standard=[{"urban_rural": "rural", "value": 1}, {"region": "990101", "value": 2}])
    Rules(policy, codes, ("rural", "urban") * 2500, DAY).whole("dibao_standard")
    assert len(asked) == 4


STEPPED = Policy.of(
    dibao_standard=[
        {"value": 600},
        {"from": date(2024, 8, 1), "value": 650},
        {"from": date(2024, 9, 1), "region": "99", "value": 650},
        {"from": date(2024, 10, 1), "region": "3301", "value": 990},
    ]
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (DAY, date(2024, 7, 31), True),
        (date(2024, 7, 31), date(2024, 8, 1), False),
        (date(2024, 8, 1), date(2024, 7, 31), False),
        (date(2024, 8, 1), date(2024, 9, 1), True),  # another entry, which says the same
        (date(2024, 9, 1), date(2024, 10, 1), True),  # of a place where none of the villages lies
    ],
)
def test_only_a_day_on_which_a_village_is_told_something_else_differs(one: date, other: date, *, alike: bool) -> None:
    assert same(rules(STEPPED, one), rules(STEPPED, other)) is alike


def test_the_last_day_of_a_change_still_has_it() -> None:
    policy = STEPPED.adjusted([Change("dibao_standard", add=1, to=date(2024, 7, 15))])
    assert same(rules(policy, DAY), rules(policy, date(2024, 7, 15)))
    assert not same(rules(policy, date(2024, 7, 15)), rules(policy, date(2024, 7, 16)))


def test_a_change_that_changes_nothing_is_the_same_and_one_for_a_case_within_is_not() -> None:
    base = rules(STEPPED)
    nothing = STEPPED.adjusted([Change("dibao_standard", scale=1.0), Change("job_cost", region="33", set=9)])
    one_case = STEPPED.adjusted(
        [Change("labour_coefficient", set=0.7, which="value", scope={"health": "disabled", "age_from": 45})]
    )
    rate = STEPPED.adjusted([Change("disregard", set=0.3, which="rate", region="990102")])
    assert same(base, rules(nothing))
    assert not same(base, rules(one_case))
    assert not same(base, rules(rate))


def test_with_imputation_a_new_year_reads_the_figures_of_another() -> None:
    december, january = date(2024, 12, 1), date(2025, 1, 1)
    assert same(rules(Policy.shipped(), december), rules(Policy.shipped(), january))
    for switch in ("impute_work", "impute_land"):
        policy = Policy.of(**{switch: [{"value": False}, {"region": "11", "value": True}]})
        assert not same(rules(policy, december), rules(policy, january))
    support = Policy.of(impute_support=True)
    assert same(rules(support, december), rules(support, january))


def test_other_villages_are_never_the_same() -> None:
    policy = Policy.shipped()
    assert not same(rules(policy), Rules(policy, CODES[:-1], KINDS[:-1], DAY))
    assert not same(rules(policy), Rules(policy, CODES, (*KINDS[:-1], None), DAY))


def test_without_villages_there_is_nothing_to_say() -> None:
    assert Rules(Policy.shipped(), (), (), DAY).whole("job_cost").dtype == np.int64
