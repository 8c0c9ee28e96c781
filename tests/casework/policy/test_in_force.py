"""Tests of the look-up as a column: which value governs each row, and which rows are undecidable."""

import time
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import NothingInForceError, PolicyError
from casework.policy import Change, Policy

COUNTY, TOWN = "990101000000", "990101001000"
CASE = {"region_code": TOWN, "programme": "dibao", "delegated": False, "extended": False, "accepted_at": "2023-01-01"}
SCHEMA = {
    "region_code": pl.String,
    "programme": pl.String,
    "delegated": pl.Boolean,
    "extended": pl.Boolean,
    "accepted_at": pl.String,
}


def frame(*cases: dict[str, Any]) -> nw.LazyFrame[Any]:
    """Cases as stored: the accepted date also as a day number."""
    rows = pl.DataFrame([CASE | case for case in cases], schema=SCHEMA)
    day = pl.col("accepted_at").str.to_date()
    return nw.from_native(rows.with_columns(accepted_at=day, accepted_at_day=day.cast(pl.Int32)).lazy())


def looked_up(policy: Policy, rule: str, rows: nw.LazyFrame[Any], **options: Any) -> list[tuple[Any, int]]:
    """The value and state of each row, in the order of the rows (a join promises none)."""
    native = rows.to_native().with_row_index("row")
    found = policy.in_force(nw.from_native(native), rule, **{"on": "accepted_at"} | options).sort("row")
    return found.select("limit", "limit_state").collect("polars").rows()


def limit(policy: Policy = Policy.shipped(), **case: Any) -> tuple[Any, int]:  # noqa: B008 - immutable and shared on purpose
    return looked_up(policy, "decision_days", frame(case))[0]


@pytest.mark.parametrize(
    ("accepted", "delegated", "extended", "found"),
    [
        ("2021-06-30", False, False, (None, 0)),  # no total in force: undecidable
        ("2021-07-01", False, False, (30, 1)),
        ("2022-10-19", True, False, (30, 1)),
        ("2022-10-20", True, False, (20, 1)),
        ("2022-10-20", False, False, (30, 1)),
        ("2022-10-20", True, True, (45, 1)),
        ("2021-07-01", False, True, (45, 1)),
        ("2021-06-30", False, True, (None, 0)),
        (None, False, False, (None, 0)),  # no date
    ],
)
def test_the_limit_of_dibao_is_the_one_in_force_on_acceptance(
    accepted: str | None, delegated: bool, extended: bool, found: tuple[Any, int]
) -> None:
    assert limit(accepted_at=accepted, delegated=delegated, extended=extended) == found


@pytest.mark.parametrize(
    ("programme", "extended", "found"),
    [
        ("destitute", False, (30, 1)),
        ("destitute", True, (30, 1)),  # no entry for extended ones: the plain one
        ("rigid_expense", False, (30, 1)),
        ("rigid_expense", True, (45, 1)),
        ("temporary_expenditure", False, (10, 1)),
        ("de_facto_orphan", False, (30, 1)),
        ("heating", False, (None, -1)),  # no entry at all: outside the rule
        ("permit", False, (None, -1)),
        (None, False, (None, 0)),  # an unknown programme is not known to be outside
    ],
)
def test_every_programme_has_its_own_limit_or_lies_outside(
    programme: str | None, extended: bool, found: tuple[Any, int]
) -> None:
    assert limit(programme=programme, extended=extended) == found


def test_outside_the_rule_needs_no_date() -> None:
    assert limit(programme="heating", accepted_at=None) == (None, -1)


def test_a_null_fits_only_entries_that_leave_the_key_out() -> None:
    assert limit(delegated=None) == (30, 1)
    assert limit(extended=None) == (30, 1)


def test_a_county_of_its_own_twenty_does_not_beat_the_national_forty_five_of_an_extended_case() -> None:
    own = Policy.of(
        decision_days=[
            {"from": "2021-07-01", "programme": "dibao", "value": 30},
            {"from": "2021-07-01", "programme": "dibao", "extended": True, "value": 45},
            {"from": "2021-07-01", "region": "990101", "programme": "dibao", "value": 20},
        ]
    )
    assert limit(own) == (20, 1)
    assert limit(own, extended=True) == (45, 1)
    assert limit(own, region_code="990102001000") == (30, 1)


PRECEDENCE = [
    {"from": "2021-01-01", "value": 1},
    {"from": "2022-01-01", "value": 2},
    {"from": "2021-01-01", "programme": "dibao", "value": 3},
    {"from": "2021-01-01", "programme": "dibao", "delegated": True, "value": 4},
    {"from": "2021-01-01", "region": "99", "value": 5},
    {"from": "2021-06-01", "region": "990101", "value": 6},
    {"from": "2021-06-01", "region": "990101", "delegated": True, "value": 7},
    {"from": "2021-06-01", "region": "990101001", "programme": "destitute", "value": 8},
    {"from": "2021-01-01", "extended": True, "value": 9},
    {"from": "2021-01-01", "extended": True, "region": "990101001", "value": 10},
]


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ({"region_code": "110101001000", "programme": "medical", "accepted_at": "2021-12-31"}, 1),
        ({"region_code": "110101001000", "programme": "medical"}, 2),  # the newest of one scope
        ({"region_code": "110101001000"}, 3),  # the more specific, though older
        ({"region_code": "110101001000", "delegated": True}, 4),
        ({"region_code": "990201001000", "delegated": True}, 5),  # the longer prefix, though less specific
        ({"region_code": "990101002000"}, 6),
        ({"region_code": "990101002000", "delegated": True}, 7),
        ({"region_code": TOWN, "programme": "destitute"}, 8),
        ({"region_code": TOWN, "programme": "dibao"}, 6),  # the longest prefix whose scope fits
        ({"region_code": TOWN, "accepted_at": "2021-05-31"}, 5),  # the county's own not yet in force
        ({"region_code": "990101002000", "delegated": True, "extended": True}, 9),  # before region and scope
        ({"region_code": TOWN, "extended": True}, 10),
        ({"region_code": None}, 3),  # an unknown region is only in the nation
        ({"region_code": TOWN, "accepted_at": "2020-12-31"}, None),
    ],
)
def test_precedence_extended_then_region_then_scope_then_date(case: dict[str, Any], value: int | None) -> None:
    assert limit(Policy.of(decision_days=PRECEDENCE), **case) == (value, 0 if value is None else 1)


def test_month_look_ups_take_the_value_of_the_first_day() -> None:
    policy = Policy.of(
        dibao_standard=[
            {"from": "2023-01-01", "urban_rural": "urban", "value": 700},
            {"from": "2023-06-01", "urban_rural": "urban", "value": 750.5},
            {"from": "2023-07-02", "urban_rural": "urban", "value": 800},
        ]
    )
    months = [(2022, 12), (2023, 1), (2023, 5), (2023, 6), (2023, 7), (2023, 8)]
    rows = pl.DataFrame(
        {"month_index": [y * 12 + m - 1 for y, m in months], "urban_rural": "urban", "region_code": TOWN}
    )
    assert looked_up(policy, "dibao_standard", nw.from_native(rows.lazy()), on="month") == [
        (None, 0),
        (700.0, 1),
        (700.0, 1),
        (750.5, 1),
        (750.5, 1),  # the change on the second comes with the next month
        (800.0, 1),
    ]


def test_a_rule_without_values_leaves_every_row_undecidable() -> None:
    rows = frame({}).with_columns(urban_rural=nw.lit("rural"))
    assert looked_up(Policy.shipped(), "dibao_standard", rows) == [(None, 0)]


def test_no_limit_is_outside_the_rule_and_not_undecidable() -> None:
    rows = frame({}, {}).with_columns(urgency=nw.lit("green"))
    assert looked_up(Policy.shipped(), "urgency_hours", rows) == [(None, -1), (None, -1)]
    assert looked_up(Policy.shipped(), "urgency_hours", frame({}).with_columns(urgency=nw.lit("red"))) == [(24, 1)]
    assert looked_up(Policy.shipped(), "temporary_cap", frame({})) == [(None, -1)]


def test_a_scenario_may_limit_what_had_no_limit() -> None:
    capped = Policy.shipped().adjusted([Change("temporary_cap", set=5000)])
    assert looked_up(capped, "temporary_cap", frame({})) == [(5000.0, 1)]
    scaled = Policy.shipped().adjusted([Change("temporary_cap", scale=2)])
    assert looked_up(scaled, "temporary_cap", frame({})) == [(None, -1)]


def test_a_scaled_limit_may_be_half_a_day() -> None:
    policy = Policy.shipped().adjusted([Change("decision_days", scale=0.25)])
    assert looked_up(policy, "decision_days", frame({}, {"extended": True})) == [(7.5, 1), (45.0, 1)]


def test_scope_columns_may_be_renamed_given_as_expressions_or_be_absent() -> None:
    rows = frame({"delegated": True}).rename({"programme": "kind_of_aid", "region_code": "village"})
    county = Policy.of(decision_days=[{"programme": "dibao", "region": "990101", "value": 20}])
    named = {"programme": "kind_of_aid", "region": "village"}
    assert looked_up(county, "decision_days", rows, scope=named) == [(20, 1)]
    assert looked_up(county, "decision_days", rows, scope={"programme": "kind_of_aid"}) == [(None, 0)]  # no region
    assert looked_up(county, "decision_days", rows, scope={"region": "village"}) == [(None, 0)]  # no programme
    assert looked_up(Policy.shipped(), "step_days", rows, scope={"step": nw.lit("confirm")}) == [(None, -1)]
    assert looked_up(Policy.shipped(), "step_days", rows, scope={"step": nw.lit("data_check")}) == [(3, 1)]


def test_the_date_may_be_one_for_all_rows() -> None:
    rows = frame({"delegated": True}, {"delegated": False})
    assert looked_up(Policy.shipped(), "decision_days", rows, on=date(2022, 10, 20)) == [(20, 1), (30, 1)]
    assert looked_up(Policy.shipped(), "decision_days", rows, on=date(2021, 6, 30)) == [(None, 0), (None, 0)]


def test_a_repealed_stage_ends_on_its_last_day() -> None:
    rows = frame({"accepted_at": "2021-06-30"}, {"accepted_at": "2021-07-01"}, {"accepted_at": "2012-12-11"})
    visit = {"step": nw.lit("home_visit")}
    assert looked_up(Policy.shipped(), "step_days", rows, scope=visit) == [(10, 1), (None, -1), (None, -1)]
    confirm = {"step": nw.lit("confirm")}
    assert looked_up(Policy.shipped(), "step_days", rows, scope=confirm) == [(3, 1), (10, 1), (None, 0)]


def test_named_fields_are_asked_one_by_one() -> None:
    rows = frame({}).with_columns(kind=nw.lit("deposit"), detail=nw.lit(None, dtype=nw.String), level=nw.lit("exclude"))
    assert looked_up(Policy.shipped(), "veto", rows, field="over") == [(50000.0, 1)]
    assert looked_up(Policy.shipped(), "veto", rows, field="rows") == [(None, 1)]


def test_a_pair_is_found_in_either_order_and_a_table_row_that_is_not_there_is_outside() -> None:
    pairs = pl.DataFrame(
        {
            "a": ["destitute", "dibao", "disability_care", "orphan", None],
            "b": ["dibao", "orphan", "disability_living", "dibao", "dibao"],
        }
    )
    found = looked_up(Policy.shipped(), "exclusive", nw.from_native(pairs.lazy()), on=date(2024, 1, 1), field="action")
    assert found == [("forbid", 1), ("top_up_only", 1), (None, -1), ("top_up_only", 1), (None, -1)]


def test_a_list_is_asked_whether_it_holds_something() -> None:
    rows = frame({}, {"programme": "rigid_expense"}, {"programme": "heating"})
    posting = looked_up(Policy.shipped(), "required_steps", rows, holding="posting")
    assert posting == [(True, 1), (False, 1), (None, -1)]
    with pytest.raises(PolicyError, match="holding"):
        Policy.shipped().in_force(rows, "required_steps", on="accepted_at")
    with pytest.raises(PolicyError, match="holding"):
        Policy.shipped().in_force(rows, "decision_days", on="accepted_at", holding="posting")


def test_a_list_of_numbers_is_asked_by_number_or_by_its_writing() -> None:
    rows = frame({"programme": "dibao"}, {"programme": "disability_care"}, {"programme": "old_age"})
    for grade in (2, "2"):
        found = looked_up(Policy.shipped(), "entitlement", rows, field="grades", holding=grade)
        assert found == [(None, 1), (True, 1), (None, 1)]


def test_keeps_every_row_and_column_and_leaves_no_helper_behind() -> None:
    rows = frame(*({"programme": programme} for programme in ("dibao", "dibao", None, "heating")))
    county = Policy.of(decision_days=PRECEDENCE)
    result = county.in_force(rows, "decision_days", on="accepted_at", into="days").collect("polars").to_native()
    assert result.get_column("programme").sort().to_list() == [None, "dibao", "dibao", "heating"]
    assert result.columns == [*SCHEMA, "accepted_at_day", "days", "days_state"]
    assert result.schema["days"] == pl.Int64
    assert result.schema["days_state"] == pl.Int8


def test_two_rules_on_one_frame_do_not_meet() -> None:
    policy = Policy.shipped()
    both = policy.in_force(frame({}), "decision_days", on="accepted_at", into="a").pipe(
        policy.in_force, "posting_days", on="accepted_at", into="b"
    )
    assert both.select("a", "a_state", "b", "b_state").collect("polars").rows() == [(30, 1, 7, 1)]


def test_an_empty_frame_stays_empty_with_the_new_columns() -> None:
    result = Policy.shipped().in_force(frame(), "decision_days", on="accepted_at").collect("polars").to_native()
    assert result.height == 0
    assert result.columns[-2:] == ["limit", "limit_state"]


def test_unknown_rules_fields_keys_and_columns_are_named() -> None:
    rows = frame({})
    with pytest.raises(PolicyError, match="decision_days"):
        Policy.shipped().in_force(rows, "decison_days", on="accepted_at")
    with pytest.raises(PolicyError, match="it has value"):
        Policy.shipped().in_force(rows, "decision_days", on="accepted_at", field="hours")
    with pytest.raises(PolicyError, match="programme"):
        Policy.shipped().in_force(rows, "decision_days", on="accepted_at", scope={"program": "programme"})
    with pytest.raises(KeyError, match="decided_at_day"):
        Policy.shipped().in_force(rows, "decision_days", on="decided_at")


CASES = st.fixed_dictionaries(
    {
        "region_code": st.sampled_from([TOWN, "990101002000", "990201001000", "110101001000", None]),
        "programme": st.sampled_from(["dibao", "destitute", "heating", None]),
        "delegated": st.sampled_from([True, False, None]),
        "extended": st.sampled_from([True, False, None]),
        "accepted_at": st.dates(date(2020, 11, 1), date(2022, 3, 1)).map(str),
    }
)
CHANGES = [
    [],
    [
        Change("decision_days", region="9901", scope={"delegated": True}, from_=date(2021, 3, 1), add=5),
        Change("decision_days", scope={"extended": True}, to=date(2021, 10, 1), scale=0.5),
    ],
]


@settings(max_examples=40, deadline=None)
@given(st.lists(CASES, min_size=1, max_size=20), st.sampled_from(CHANGES))
def test_the_column_says_what_the_single_look_up_says(cases: list[dict[str, Any]], changes: list[Change]) -> None:
    policy = Policy.of(decision_days=PRECEDENCE[2:]).adjusted(changes)
    single = []
    for case in cases:
        scope = {key: case[key] for key in ("programme", "delegated", "extended")}
        try:
            on = date.fromisoformat(case["accepted_at"])
            single.append(policy.value("decision_days", on=on, region=case["region_code"] or "", **scope))
        except NothingInForceError:
            single.append(None)
    assert [value for value, _ in looked_up(policy, "decision_days", frame(*cases))] == single


def test_three_million_rows_cost_little_more_than_the_join() -> None:
    n = 3_000_000
    rows = pl.select(
        region_code=pl.lit(TOWN),
        programme=pl.when(pl.int_range(n) % 2 == 0).then(pl.lit("dibao")).otherwise(pl.lit("destitute")),
        delegated=pl.int_range(n) % 3 == 0,
        extended=pl.int_range(n) % 7 == 0,
        accepted_at_day=(18800 + pl.int_range(n) % 800).cast(pl.Int32),
    )
    begun = time.perf_counter()
    native = Policy.shipped().in_force(nw.from_native(rows.lazy()), "decision_days", on="accepted_at").to_native()
    assert native.select(pl.col("limit_state").sum()).collect(engine="streaming").item() > 0
    assert time.perf_counter() - begun < 2.0  # 0.1 s where the machine is quiet
