"""Tests of what ships: every rule of the contract, in shape, with its source or labelled as a demonstration."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.errors import NothingInForceError
from casework.policy import Policy, Rule
from casework.policy.page import page
from casework.tables import STEP, TABLES

SHIPPED = Policy.shipped()
RULES = list(SHIPPED.rules.values())
NOW = date(2024, 6, 1)

STATUTE = """dibao_standard edge_multiplier circle_multiplier decision_days step_days posting_counts clock_stops
emergency_hours urgency_hours make_up_days posting_days posting_barred required_steps process_order
county_visit_required visit_investigators review_months payment_start_months death_grace_months taper_months near_kin
wider_kin filing_programmes exclusive veto labour_coefficient impute_work impute_land impute_support work_months
land_ratio support_rate deduction_cap disregard job_cost aid_term_months benefit_mode benefit_bands benefit_amount
category_topup temporary_per_year temporary_cap complaint_told_days complaint_closed_days complaint_extension_days
outreach_days risk_event special_window_days hardship_weight document_checklist visit_cost entitlement programme
household_tag lead_opinion_months single_entry"""
TUNING = """kin_excess kin_lenience cluster_multiple burst_size merge_minutes small_cell amber split_village never_exit
mass_exit same_person visits_month kin_certainty missed_entitlement newcomers payment_table
stop_rule unmask_limit metric_target match_freshness_days complaint_repeat_months
whatif_doubt earnings_elasticity
overview_metrics rank_inversion need_band mutual_favor collective_account cluster_hub fairness control_sample
linked_benefit"""


def test_every_rule_of_the_contract_ships_law_apart_from_judgement() -> None:
    assert {rule.id for rule in RULES if rule.family == "statute"} == set(STATUTE.split())
    assert {rule.id for rule in RULES if rule.family == "tuning"} == set(TUNING.split())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_speaks_both_languages_and_says_where_each_value_comes_from(rule: Rule) -> None:
    assert rule.label.zh
    assert rule.label.en
    for entry in rule.entries:
        assert not entry.demo or "演示值" in entry.source
        assert rule.why or entry.demo or entry.none or entry.source or rule.source
    if rule.family == "tuning":
        assert rule.why is not None
        assert rule.why.zh
        assert rule.why.en


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_two_entries_of_a_rule_say_different_things_for_one_place_and_day(rule: Rule) -> None:
    places = [(entry.place, entry.from_) for entry in rule.entries]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("edge_multiplier", 1.5),
        ("posting_counts", True),
        ("clock_stops", ("objection",)),
        ("emergency_hours", 24),
        ("make_up_days", 5),
        ("posting_days", 7),
        ("posting_barred", ("orphan", "de_facto_orphan")),
        ("county_visit_required", True),
        ("visit_investigators", 2),
        ("payment_start_months", 1),
        ("death_grace_months", 3),
        ("taper_months", 6),
        ("near_kin", ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")),
        ("wider_kin", ("parent_in_law", "child_in_law", "sibling_in_law", "parent_sibling", "sibling_child")),
        ("filing_programmes", ("dibao", "destitute", "dibao_edge", "rigid_expense")),
        ("impute_work", False),
        ("impute_land", False),
        ("impute_support", False),
        ("work_months", 8),
        ("land_ratio", 0.6),
        ("support_rate", 0.05),
        ("deduction_cap", None),
        ("disregard", 0.0),
        ("job_cost", 0.0),
        ("aid_term_months", None),
        ("benefit_mode", "gap"),
        ("benefit_bands", None),
        ("category_topup", None),
        ("temporary_per_year", 1),
        ("temporary_cap", None),
        ("complaint_told_days", 15),
        ("complaint_closed_days", 60),
        ("complaint_extension_days", 30),
        ("outreach_days", 10),
        ("special_window_days", 60),
        ("visit_cost", 200.0),
    ],
)
def test_a_default_is_the_contracts(rule: str, value: Any) -> None:
    assert SHIPPED.value(rule, on=NOW) == value
    assert SHIPPED.value(rule, on=date(2020, 1, 1)) == value  # the contract dates only the limits of dibao


@pytest.mark.parametrize(
    ("rule", "scope", "value"),
    [
        ("urgency_hours", {"urgency": "red"}, 24),
        ("urgency_hours", {"urgency": "yellow"}, 72),
        ("urgency_hours", {"urgency": "blue"}, 240),
        ("urgency_hours", {"urgency": "green"}, None),
        ("review_months", {"category": "A"}, 12),
        ("review_months", {"category": "B"}, 6),
        ("review_months", {"category": "C"}, 6),
        ("benefit_amount", {"programme": "de_facto_orphan"}, 920.0),
        ("circle_multiplier", {"circle": 2}, 1.0),
        ("circle_multiplier", {"circle": 3}, 1.5),
        ("circle_multiplier", {"circle": 4}, 2.0),
        ("step_days", {"step": "data_check"}, 3),
        ("step_days", {"step": "confirm", "delegated": False}, 10),
        ("step_days", {"step": "confirm", "delegated": True}, None),
        ("step_days", {"step": "notice", "decision": "refused"}, 3),
        ("step_days", {"step": "notice", "decision": "approved"}, None),
        ("step_days", {"step": "record_filing", "decision": "approved", "delegated": True}, 5),
        ("step_days", {"step": "record_filing", "decision": "approved", "delegated": False}, None),
        ("step_days", {"step": "record_filing", "decision": "refused", "delegated": True}, None),
        ("step_days", {"step": "home_visit", "programme": "dibao"}, None),
    ],
)
def test_a_default_within_a_scope_is_the_contracts(rule: str, scope: dict[str, Any], value: Any) -> None:
    assert SHIPPED.value(rule, on=NOW, **scope) == value


@pytest.mark.parametrize(
    ("programme", "steps"),
    [
        ("dibao", ("authorise", "data_check", "home_visit", "preliminary", "posting", "confirm")),
        ("destitute", ("authorise", "data_check", "home_visit", "preliminary", "posting", "confirm")),
        ("dibao_edge", ("authorise", "data_check", "home_visit", "preliminary", "confirm")),
        ("rigid_expense", ("authorise", "data_check", "home_visit", "preliminary", "confirm")),
        ("temporary_expenditure", ("data_check", "home_visit", "confirm")),
    ],
)
def test_required_steps_are_the_contracts(programme: str, steps: tuple[str, ...]) -> None:
    assert SHIPPED.value("required_steps", on=NOW, programme=programme) == steps


def test_the_order_of_the_process_names_every_step_but_confirmation_and_neighbours() -> None:
    order = SHIPPED.value("process_order")
    free = SHIPPED.value("process_order", field="free")
    assert order == ("data_check", "home_visit", "democratic_review", "preliminary", "posting", "county_visit")
    assert free == ("authorise", "accept", "notice", "record_filing", "make_up", "return", "objection")
    steps = {option.code for option in STEP["step"].options}
    assert steps - set(order) - set(free) == {"confirm", "neighbour_visit", "other"}


def test_dibao_before_july_2021_has_stages_and_no_total() -> None:
    old = {"on": date(2021, 6, 30), "programme": "dibao"}
    with pytest.raises(NothingInForceError, match="decision_days"):
        SHIPPED.value("decision_days", **old)
    stages: list[tuple[str, dict[str, Any], int]] = [
        ("home_visit", {}, 10),
        ("democratic_review", {}, 5),
        ("confirm", {"delegated": False}, 3),
        ("notice", {"decision": "refused"}, 3),
    ]
    for step, scope, days in stages:
        assert SHIPPED.value("step_days", step=step, **old, **scope) == days
    with pytest.raises(NothingInForceError):
        SHIPPED.value("step_days", on=date(2012, 12, 11), programme="dibao", step="confirm", delegated=False)


def test_each_step_limit_says_what_starts_and_ends_its_clock() -> None:
    found = SHIPPED.entry("step_days", on=NOW, step="confirm", delegated=False).fields
    assert (found["since"], found["until"]) == ("posting.finished_at", "finished_at")
    found = SHIPPED.entry("step_days", on=NOW, step="data_check").fields
    assert (found["since"], found["until"]) == ("accepted_at", "started_at")


def test_no_standard_ships_because_every_county_has_its_own() -> None:
    assert SHIPPED.rules["dibao_standard"].entries == ()
    with pytest.raises(NothingInForceError, match=r"最低生活保障标准.*dibao_standard"):
        SHIPPED.value("dibao_standard", on=NOW, region="990101", urban_rural="rural")


def test_the_matrix_of_exclusive_programmes_is_the_contracts() -> None:
    rows = {frozenset((row["a"], row["b"])): (row["action"], row["unless"]) for row in SHIPPED.rows("exclusive")}
    forbid = """dibao destitute, dibao dibao_edge, dibao rigid_expense, destitute rigid_expense,
        dibao_edge rigid_expense, destitute orphan, destitute de_facto_orphan,
        destitute disability_living, destitute disability_care,
        orphan de_facto_orphan, orphan disability_living"""
    expected = {frozenset(pair.split()): ("forbid", None) for pair in forbid.split(",")}
    expected[frozenset(("de_facto_orphan", "disability_living"))] = ("forbid", "dibao")
    expected[frozenset(("dibao", "de_facto_orphan"))] = ("top_up_only", None)
    expected[frozenset(("dibao", "orphan"))] = ("top_up_only", None)
    assert rows == expected


def test_the_fourteen_vetoes_hold_those_of_the_contract() -> None:
    rows = {(row["kind"], row["detail"], row["level"], row["over"], row["rows"]) for row in SHIPPED.rows("veto")}
    contract = {
        ("vehicle", "car", "exclude", 0.0, None),
        ("vehicle", "truck", "exclude", 0.0, None),
        ("vehicle", "motorcycle", "verify", 20000.0, None),
        ("real_estate", "dwelling", "exclude", None, 2),
        ("real_estate", "shop", "exclude", 0.0, None),
        ("business", "active", "exclude", 0.0, None),
        ("business", "dormant", "verify", None, None),
        ("deposit", None, "exclude", 50000.0, None),
        ("deposit", None, "verify", 30000.0, None),
    }
    assert contract <= rows
    assert len({row["zh"] for row in SHIPPED.rows("veto")}) == 14  # car and truck are one
    assert {level for _, _, level, _, _ in rows - contract} == {"verify"}  # what we added never excludes
    assert not {"disability", "farm", "ruined"} & {detail for _, detail, _, _, _ in rows}


def test_the_labour_coefficient_is_six_by_five_and_nought_for_the_gravely_ill_and_the_old() -> None:
    rows = SHIPPED.rows("labour_coefficient")
    assert len({row["health"] for row in rows}) == 6
    assert len({row["age_from"] for row in rows}) == 5
    assert len(rows) == 30
    nought = [row for row in rows if row["health"] in {"serious_illness", "severely_disabled"} or row["age_from"] == 70]
    assert {row["value"] for row in nought} == {0.0}
    assert all(0 <= row["value"] <= 1 for row in rows)


def test_the_hardship_index_has_thirty_five_items_in_three_classes_over_contract_columns() -> None:
    rows = SHIPPED.rows("hardship_weight")
    assert len(rows) == 35
    assert {row["class"] for row in rows} == {"household", "income", "property"}
    for row in rows:
        column = TABLES[row["table"]][row["column"]]
        if column.options and row["code"]:
            assert row["code"] in {option.code for option in column.options}
    assert all(row["demo"] for row in rows)


def test_every_part_of_a_household_tag_is_a_test_on_a_contract_column() -> None:
    rows = SHIPPED.rows("household_tag")
    assert len({row["tag"] for row in rows}) == 9
    for row in rows:
        column = TABLES[row["table"]][row["column"]]
        if column.options and row["code"]:
            assert row["code"] in {option.code for option in column.options}
    assert all(row["demo"] for row in rows)


def test_the_checklist_has_three_eight_four_three_and_six_slots() -> None:
    stages = [row["stage"] for row in SHIPPED.rows("document_checklist")]
    assert [stages.count(s) for s in ("told", "verified", "approved", "managed", "supervised")] == [3, 8, 4, 3, 6]


def test_entitlements_are_the_contracts() -> None:
    rows = {row["programme"]: {k: v for k, v in row.items() if v is not None} for row in SHIPPED.rows("entitlement")}
    assert set(rows) == {"dibao", "disability_living", "disability_care", "de_facto_orphan", "orphan", "old_age"}
    assert rows["dibao"]["not_covered_by"] == ("destitute", "orphan", "de_facto_orphan")
    assert (rows["dibao"]["income"], rows["dibao"]["veto"]) == ("below_standard", "exclude")
    assert rows["disability_living"]["covered_by"] == ("dibao",)
    assert rows["disability_care"]["grades"] == (1, 2)
    assert (rows["de_facto_orphan"]["age_below"], rows["de_facto_orphan"]["custody_months"]) == (18, 6)
    assert rows["de_facto_orphan"]["not_both"] == ("dead", "missing")
    assert rows["orphan"]["each_parent"] == ("dead", "missing")
    assert rows["old_age"]["age_from"] == 80


def test_risk_events_are_the_contracts() -> None:
    rows = {row["event"]: (row["at_least"], row["age_from"], row["age_to"]) for row in SHIPPED.rows("risk_event")}
    assert rows == {"medical_bill": (30000.0, None, None), "death": (None, 18, 59)}


def test_programmes_are_the_contracts_and_no_name_stands_for_two() -> None:
    rows = SHIPPED.rows("programme")
    named = """dibao destitute dibao_edge rigid_expense temporary_emergency temporary_expenditure orphan de_facto_orphan
        disability_living disability_care old_age medical education housing employment disaster heating"""
    assert {row["code"] for row in rows} == set(named.split())
    tested = {row["code"] for row in rows if row["means_tested"]}
    assert tested == {"dibao", "destitute", "dibao_edge", "rigid_expense"}
    names = [name for row in rows for name in (row["zh"], row["en"], *row["aliases"])]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("kin_excess", {"q": 0.05, "lift": 2.0, "minimum": 3}),
        ("kin_lenience", {"q": 0.05, "lift": 2.0, "minimum": 3}),
        ("cluster_multiple", {"value": 3.0, "households": 3}),
        ("burst_size", {"value": 8, "seconds": 60}),
        ("merge_minutes", {"value": 5}),
        ("small_cell", {"value": 5}),
        ("amber", {"value": 0.8}),
        ("same_person", {"value": 20.0, "shared": 8.0, "slip": 4.0}),
        ("mass_exit", {"share": 0.2, "months": 3, "awards": 30}),
        ("never_exit", {"awards": 30, "months": 12}),
        ("newcomers", {"newborn": 3, "joined": 3}),
    ],
)
def test_judgements_are_the_contracts(rule: str, fields: dict[str, Any]) -> None:
    assert {name: SHIPPED.tuning(rule, name) for name in fields} == fields


def test_the_page_lists_every_rule_with_its_values_and_sources() -> None:
    text = page()
    for rule in RULES:
        assert f"[`{rule.id}`](#{rule.id})" in text
        assert f"### {rule.id}\n" in text
        assert rule.label.zh in text
    assert "| 2022-10-20 |  | 全国 / national | programme=dibao, delegated=true | 20 |" in text
    assert all(line.startswith("|") == line.endswith("|") for line in text.splitlines())


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.ranges], ids=lambda rule: rule.id)
def test_what_a_scenario_may_try_is_a_span_of_a_number_that_holds_every_shipped_value(rule: Rule) -> None:
    for name, (low, high) in rule.ranges.items():
        assert rule.shape[name].is_number
        assert 0 <= low < high
        said = [entry.fields[name] for entry in rule.entries if name in entry.fields]
        assert all(low <= value <= high for value in said), said


def test_the_span_of_a_rule_is_no_part_of_what_the_rule_says() -> None:
    rule = SHIPPED.rule("support_rate")
    assert rule.ranges == {"value": (0.05, 0.1)}
    assert replace(rule, ranges={}).digest == rule.digest
