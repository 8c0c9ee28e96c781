"""Tests of never_exit: thirty awards, a year without an end, and what the peers do."""

import json

import polars as pl
import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.wrong import never_exit
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.counties import County, with_quiet_village

QUIET = "990101001001"  # the village asked about


def raised(made: County, policy: Policy | None = None) -> list[str]:
    return found(never_exit, made.data(), policy)


def test_a_village_without_any_end_among_peers_that_have_them_is_raised_for_information() -> None:
    result = asked(never_exit, with_quiet_village().data())
    assert result.leads.select("subject", "subject_kind", "part", "level", "region_code", "amount_fen").rows() == [
        (QUIET, "region", "", "info", QUIET, None)
    ]


def test_thirty_awards_are_asked_about_twenty_nine_are_not() -> None:
    assert raised(with_quiet_village(30)) == [QUIET]
    assert raised(with_quiet_village(29)) == []


@pytest.mark.parametrize("reason", ["income", "death", "moved", "other", None])
def test_a_single_end_of_any_reason_or_none_is_enough_not_to_be_asked(reason: str | None) -> None:
    assert raised(with_quiet_village(ends=1, reason=reason)) == []


@pytest.mark.parametrize(
    ("when", "named"),
    [
        ("2023-12", [QUIET]),  # the month before the twelve; one award fewer is then in force
        ("2024-01", []),
        ("2024-12", []),
        ("2025-03", [QUIET]),  # granted until then, still in force
    ],
)
def test_the_twelve_months_are_the_last_that_are_over(when: str, named: list[str]) -> None:
    assert raised(with_quiet_village(31, ends=1, when=when)) == named


def test_awards_that_began_within_the_year_do_not_make_up_the_number() -> None:
    made = with_quiet_village(29)
    made.award(QUIET, since="2024-02")
    assert raised(made) == []


def test_where_peers_hardly_end_any_award_either_it_may_be_chance() -> None:
    assert raised(with_quiet_village(peer_ends=1)) == []
    assert raised(with_quiet_village(peer_ends=0)) == []


def test_with_fewer_than_five_peers_nobody_can_tell() -> None:
    result = asked(never_exit, with_quiet_village(peers=4).data())
    assert status(result) == ("partly", "lacks application", 1)
    assert result.leads.is_empty()
    assert status(asked(never_exit, with_quiet_village(peers=11).data()))[2] == 0


def test_villages_of_another_setting_are_no_peers_those_of_an_unknown_one_have_all() -> None:
    assert raised(with_quiet_village(setting="urban")) == []
    made = with_quiet_village(setting="urban")
    made.rows["region"] = [
        {**row, "urban_rural": None} if row["region_code"] == QUIET else row for row in made.rows["region"]
    ]
    assert raised(made) == [QUIET]


def test_the_false_discovery_share_of_the_tuning_decides() -> None:
    q = float(facts(never_exit, with_quiet_village().data())["q"].strip("< "))
    just = [{"from": "2000-01-01", "region": "", "q": q + 0.0001, "awards": 30, "months": 12}]
    below = [{"from": "2000-01-01", "region": "", "q": q - 0.0001, "awards": 30, "months": 12}]
    assert raised(with_quiet_village(), Policy.of(never_exit=just)) == [QUIET]
    assert raised(with_quiet_village(), Policy.of(never_exit=below)) == []


def test_an_end_that_the_next_award_takes_up_is_none_for_the_peers_but_enough_for_the_village() -> None:
    made = with_quiet_village()
    for row in [row for row in made.rows["award"] if row["to_month"]]:
        year, month = str(row["to_month"]).split("-")
        after = f"{int(year) + int(month) // 12}-{int(month) % 12 + 1:02d}"
        made.award("", home=str(row["household_no"]), since=after)
    assert raised(made) == []  # nothing really ends anywhere
    renewed = with_quiet_village()
    first = renewed.rows["award"][0]
    renewed.rows["award"][0] = {**first, "to_month": "2024-06", "end_reason": "other"}
    renewed.award("", home=str(first["household_no"]), since="2024-07")
    assert raised(renewed) == []


def test_a_village_that_can_never_be_named_is_no_test_of_the_family() -> None:
    made = with_quiet_village()
    renewing = made.village(40)
    homes = [made.award(renewing, until="2024-06" if one == 0 else None, reason="other") for one in range(60)]
    made.award("", home=homes[0], since="2024-07")
    judged = never_exit.areas(made.data(), Policy.shipped()).filter(pl.col("area") == renewing)
    assert judged.select("part", "any_end", "asked", "tested", "q").row(0) == (0, 1, False, False, None)
    assert judged["few_mid"][0] < 0.05  # it would have made it easier to name the other
    beside = never_exit.areas(made.data(), Policy.shipped()).filter(pl.col("area") != renewing)
    assert beside.filter(pl.col("q").is_not_null()).height == 12  # those of which some really ended are tests as ever


def test_a_merged_village_counts_in_its_successor() -> None:
    made = with_quiet_village(20)
    gone = made.region("990101001099", "village", urban_rural="rural", valid_to="2024-05-31", successor_code=QUIET)
    for _ in range(10):
        made.award(gone)
    assert raised(made) == [QUIET]
    made.award(gone, until="2024-05", reason="merged")
    assert raised(made) == []


def seen(data: Tables) -> list[tuple[object, ...]]:
    result = asked(never_exit, data)
    mine = result.leads.filter(result.leads["subject"] == QUIET)
    proof = result.evidence.filter(result.evidence["lead_id"].is_in(mine["lead_id"].to_list()))
    return [*mine.rows(), *proof.drop("source_file", "source_row").sort("key", "column").rows()]


def test_another_county_and_the_order_of_rows_change_nothing() -> None:
    alone = seen(with_quiet_village().data())
    assert len(alone) > 1
    assert seen(with_quiet_village().data(with_quiet_village(peer_ends=0, code="990102"))) == alone
    assert seen(with_quiet_village().data(turned=True)) == alone


def test_says_what_was_seen_what_was_expected_and_how_sure() -> None:
    said = facts(never_exit, with_quiet_village().data())
    assert (said["awards"], said["observed"], said["peers"], said["award_years"]) == (30, 0, 11, 30.0)
    assert said["low"] <= said["expected"] <= said["high"]
    assert 4 < said["expected"] < 8
    assert (said["first_month"], said["last_month"], said["setting"]) == ("2024-01", "2024-12", "rural")
    result = asked(never_exit, with_quiet_village().data())
    assert set(result.evidence["table"]) == {"award"}
    assert result.evidence["key"].n_unique() == 30
    assert json.loads(result.leads["checked_innocent"][0])[:2] == [0, 1]


def test_small_villages_do_not_come_first() -> None:
    made = with_quiet_village(30, peers=20, peer_ends=12)
    large = made.village(40)
    for _ in range(60):
        made.award(large)
    result = asked(never_exit, made.data()).leads.sort("score", descending=True)
    assert result["subject"].to_list() == [large, QUIET]
