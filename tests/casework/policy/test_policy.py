"""Tests of the policy itself: single look-ups, scenarios, digests."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casework.errors import NothingInForceError, PolicyError
from casework.policy import Change, Policy

SHIPPED = Policy.shipped()
DIBAO = {"programme": "dibao"}
DAY = date(2023, 1, 1)


def test_a_single_look_up_says_which_rule_day_and_place_have_nothing_in_force() -> None:
    with pytest.raises(NothingInForceError) as error:
        SHIPPED.value("decision_days", on=date(2021, 6, 30), region="990101", programme="dibao")
    said = error.value.say("zh")
    for part in ("办结时限", "decision_days", "2021-06-30", "990101", "programme=dibao", "没有有效的规定"):
        assert part in said
    assert "has nothing in force" in error.value.say("en")


def test_a_single_look_up_outside_the_rule_says_it_does_not_apply() -> None:
    with pytest.raises(NothingInForceError, match="does not apply"):
        SHIPPED.value("decision_days", on=DAY, programme="heating")


def test_an_entry_says_from_when_it_holds_and_who_says_so() -> None:
    entry = SHIPPED.entry("decision_days", on=DAY, delegated=True, **DIBAO)
    assert (entry.value, entry.from_, entry.demo) == (20, date(2022, 10, 20), False)
    assert "2022年10月20日" in entry.source


def test_without_a_day_the_newest_governs() -> None:
    assert SHIPPED.value("decision_days", delegated=True, **DIBAO) == 20


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(PolicyError, match=r"desicion_days.*decision_days"):
        SHIPPED.value("desicion_days")
    with pytest.raises(PolicyError, match=r"program.*programme"):
        SHIPPED.value("decision_days", program="dibao")


def test_of_replaces_a_rule_everywhere_and_always() -> None:
    policy = Policy.of(decision_days=20, dibao_standard=650.5, temporary_cap=None, near_kin=["spouse"])
    assert policy.value("decision_days", on=date(1990, 1, 1), region="990101", programme="heating", extended=True) == 20
    assert policy.value("dibao_standard", on=DAY, urban_rural="rural") == 650.5
    assert policy.value("temporary_cap", on=DAY) is None
    assert policy.value("near_kin", on=DAY) == ("spouse",)
    assert policy.value("posting_days", on=DAY) == 7
    assert SHIPPED.value("decision_days", on=DAY, **DIBAO) == 30


def test_of_takes_one_entry_of_named_fields() -> None:
    assert Policy.of(burst_size={"value": 3, "seconds": 30}).tuning("burst_size", "seconds") == 30


def test_of_refuses_what_a_file_could_not_say() -> None:
    with pytest.raises(PolicyError, match="decision_days"):
        Policy.of(decision_days="twenty")


def test_rows_follow_date_and_region_and_drop_what_was_withdrawn() -> None:
    policy = Policy.of(
        exclusive=[
            {"from": "2020-01-01", "a": "dibao", "b": "orphan", "action": "forbid"},
            {"from": "2022-01-01", "a": "orphan", "b": "dibao", "action": "top_up_only"},
            {"from": "2020-01-01", "region": "9901", "a": "dibao", "b": "old_age", "action": "forbid"},
            {"from": "2021-01-01", "a": "dibao", "b": "heating", "action": "forbid"},
            {"from": "2023-01-01", "a": "dibao", "b": "heating", "value": "none"},
        ]
    )

    def pairs(on: date, region: str = "") -> list[tuple[str, str, str]]:
        return [(row["a"], row["b"], row["action"]) for row in policy.rows("exclusive", on=on, region=region)]

    assert pairs(date(2020, 6, 1)) == [("dibao", "orphan", "forbid")]
    assert pairs(date(2022, 6, 1)) == [("dibao", "orphan", "top_up_only"), ("dibao", "heating", "forbid")]
    assert pairs(date(2023, 6, 1), "990101") == [("dibao", "orphan", "top_up_only"), ("dibao", "old_age", "forbid")]
    assert pairs(date(2019, 6, 1)) == []


def days(policy: Policy, on: str = "2023-01-01", region: str = "990101", **scope: Any) -> Any:
    return policy.value("decision_days", on=date.fromisoformat(on), region=region, **DIBAO | scope)


def test_a_scenario_sets_scales_and_adds_in_order_and_never_mutates() -> None:
    before = SHIPPED.digest
    assert days(SHIPPED.adjusted([Change("decision_days", set=25)])) == 25
    assert days(SHIPPED.adjusted([Change("decision_days", add=-5)])) == 25
    assert days(SHIPPED.adjusted([Change("decision_days", scale=1.1)])) == 33
    both = [Change("decision_days", add=2), Change("decision_days", scale=2)]
    assert days(SHIPPED.adjusted(both)) == 64
    assert days(SHIPPED.adjusted(both[:1]).adjusted(both[1:])) == 64
    assert days(SHIPPED.adjusted(reversed(both))) == 62
    assert days(SHIPPED) == 30
    assert SHIPPED.digest == before


def test_half_a_day_stays_half_a_day_and_nothing_falls_below_nought() -> None:
    assert days(SHIPPED.adjusted([Change("decision_days", scale=0.25)])) == 7.5
    assert days(SHIPPED.adjusted([Change("decision_days", add=-50)])) == 0


def test_a_change_keeps_to_its_region_scope_and_time() -> None:
    policy = SHIPPED.adjusted(
        [
            Change(
                "decision_days",
                region="990101",
                scope={"programme": "dibao", "delegated": False},
                from_=date(2022, 1, 1),
                to=date(2022, 12, 31),
                set=15,
            )
        ]
    )
    assert days(policy, "2022-01-01", delegated=False) == 15
    assert days(policy, "2021-12-31", delegated=False) == 30
    assert days(policy, "2022-12-31", delegated=False) == 15
    assert days(policy, "2023-01-01", delegated=False) == 30
    assert days(policy, "2022-06-01", delegated=True) == 30
    assert days(policy, "2022-06-01", region="990102", delegated=False) == 30
    assert (
        policy.value("decision_days", on=date(2022, 6, 1), region="990101", programme="destitute", delegated=False)
        == 30
    )


def test_a_change_of_a_county_code_reaches_its_townships() -> None:
    policy = SHIPPED.adjusted([Change("decision_days", region="990101000000", set=15)])
    assert days(policy, region="990101001001") == 15
    assert days(policy, region="990102001001") == 30


def test_a_change_from_before_every_value_begins_with_the_first_value() -> None:
    policy = SHIPPED.adjusted([Change("decision_days", from_=date(1999, 1, 1), set=15)])
    assert days(policy, "2021-07-01") == 15
    with pytest.raises(NothingInForceError):
        days(policy, "2021-06-30")


def test_a_change_leaves_the_limit_of_extended_cases_unless_it_names_them() -> None:
    plain = SHIPPED.adjusted([Change("decision_days", set=15)])
    assert days(plain, extended=True) == 45
    assert (
        plain.value("decision_days", on=DAY, programme="destitute", extended=True) == 15
    )  # governed by the plain entry
    named = SHIPPED.adjusted([Change("decision_days", scope={"extended": True}, set=60)])
    assert (days(named, extended=True), days(named)) == (60, 30)


def test_a_change_can_limit_what_had_no_limit_but_cannot_scale_it() -> None:
    assert SHIPPED.adjusted([Change("temporary_cap", set=5000)]).value("temporary_cap", on=DAY) == 5000.0
    assert SHIPPED.adjusted([Change("temporary_cap", scale=2)]).value("temporary_cap", on=DAY) is None


def test_tables_and_judgements_change_too() -> None:
    deposits = {"kind": "deposit", "level": "exclude"}
    policy = SHIPPED.adjusted([Change("veto", scope=deposits, which="over", scale=2), Change("small_cell", set=10)])
    rows = {(row["kind"], row["level"]): row["over"] for row in policy.rows("veto") if row["kind"] == "deposit"}
    assert rows == {("deposit", "exclude"): 100000.0, ("deposit", "verify"): 30000.0}
    assert policy.tuning("small_cell") == 10
    allowed = SHIPPED.adjusted([Change("exclusive", scope={"a": "orphan", "b": "dibao"}, which="action", set="forbid")])
    pairs = {(row["a"], row["b"]): row["action"] for row in allowed.rows("exclusive")}
    assert pairs["dibao", "orphan"] == "forbid"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("desicion_days", set=1), "decision_days"),
        (Change("decision_days", scope={"program": "dibao"}, set=1), "programme"),
        (Change("decision_days"), "exactly one"),
        (Change("decision_days", set=1, add=1), "exactly one"),
        (Change("decision_days", set="soon"), "whole number"),
        (Change("benefit_mode", scale=2), "only set"),
        (Change("near_kin", add=1), "only set"),
        (Change("kin_excess", set=1), "say which field"),
        (Change("decision_days", scale=float("nan")), "must be numbers"),
        (Change("decision_days", region="county", set=1), "region"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(change: Change, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        SHIPPED.adjusted([change])


def test_the_digest_knows_values_and_changes_but_not_the_order_of_files(tmp_path: Path) -> None:
    entry = 'id = "{id}"\n[[value]]\nfrom = 2024-01-01\nvalue = {value}\n'
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, names in ((one, ("a", "b")), (other, ("b", "a"))):
        folder.mkdir()
        (folder / f"{names[0]}.toml").write_text(entry.format(id="posting_days", value=9), encoding="utf-8")
        (folder / f"{names[1]}.toml").write_text(entry.format(id="taper_months", value=3), encoding="utf-8")
    first, second = Policy.load(one), Policy.load(other)
    assert first.digest == second.digest
    assert len(first.digest) == 64
    digests = {SHIPPED.digest, first.digest, Policy.of(posting_days=9).digest}
    digests |= {SHIPPED.adjusted([Change("posting_days", set=n)]).digest for n in (8, 9)}
    assert len(digests) == 5
    assert Policy.load().digest == SHIPPED.digest


def test_the_digest_of_a_change_knows_no_order_of_its_keys() -> None:
    one = Change("decision_days", scope={"programme": "dibao", "delegated": True}, set=9)
    other = Change("decision_days", scope={"delegated": True, "programme": "dibao"}, set=9)
    assert SHIPPED.adjusted([one]).digest == SHIPPED.adjusted([other]).digest


def test_the_digest_of_a_rule_changes_with_that_rule_alone() -> None:
    other = Policy.of(posting_days=9)
    assert other.rules["posting_days"].digest != SHIPPED.rules["posting_days"].digest
    assert other.rules["decision_days"].digest == SHIPPED.rules["decision_days"].digest
