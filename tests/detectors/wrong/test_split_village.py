"""Tests of split_village: fewer covered than live together, by size of household, against peers."""

import json

import pytest

from casework.dataset import Tables
from casework.policy import Policy
from detectors.wrong import split_village
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.counties import County, fill, with_split_village

ASKED = "990101001001"  # the village asked about


def raised(made: County, policy: Policy | None = None, **changed: list[dict[str, str | None]]) -> list[str]:
    return found(split_village, made.data(**changed), policy)


def test_a_village_whose_awards_cover_one_of_several_is_raised_for_information() -> None:
    result = asked(split_village, with_split_village().data())
    assert result.leads.select("subject", "subject_kind", "part", "level", "region_code", "amount_fen").rows() == [
        (ASKED, "region", "", "info", ASKED, None)
    ]


def test_thirty_awards_are_asked_about_twenty_nine_are_not() -> None:
    assert raised(with_split_village(30)) == [ASKED]
    assert raised(with_split_village(29)) == []


def test_a_village_of_people_who_really_live_alone_is_innocent() -> None:
    made = with_split_village(0)
    for _ in range(40):
        made.award(ASKED)
    for _ in range(4):
        made.award(ASKED, living=2, covered=2)
    result = asked(split_village, made.data())
    assert (result.leads.height, status(result)[2]) == (0, 0)  # 1.1 persons an award, all that live there


def test_lawful_single_person_entry_is_innocent() -> None:
    made = with_split_village(12, short=0)
    for _ in range(24):
        made.award(ASKED, living=3, covered=1, basis="severe_disability")
    assert raised(made) == []


def test_what_is_as_frequent_everywhere_is_not_raised() -> None:
    assert raised(with_split_village(short=12, peer_short=8)) == []


def test_a_household_written_apart_at_one_address_counts_as_one() -> None:
    made = with_split_village(0)
    for one in range(20):
        address = f"示例路{one}号"
        home = made.award(ASKED, living=1, covered=1, address=address)
        other = made.award(ASKED, living=2, covered=2, address=address)
        made.lives(other, f"{home}-0", left="2023-05-01")  # moved out of the other household
    assert raised(made) == [ASKED]
    said = facts(split_village, made.data())
    assert (said["observed"], said["apart"], said["per_award"]) == (40, 40, 1.5)
    apart = [{**row, "address": f"{row['address']}{place}"} for place, row in enumerate(made.rows["household"])]
    assert raised(made, household=apart) == []  # at another address they live apart


def apart(first: str | None, second: str | None) -> County:
    """Twenty families of three, each written as a household of one and one of two, at such addresses."""
    made = with_split_village(0)
    for one in range(20):
        home = made.award(ASKED, living=1, covered=1, address=first and f"{first}{one}号")
        other = made.award(ASKED, living=2, covered=2, address=second and f"{second}{one}号")
        made.lives(other, f"{home}-0", left="2023-05-01")
    return made


def test_one_house_written_in_two_ways_is_one() -> None:
    made = apart("三组", "3组")
    assert raised(made) == [ASKED]
    assert facts(split_village, made.data())["apart"] == 40
    assert raised(apart("三组", "4组")) == []


@pytest.mark.parametrize(("first", "second"), [(None, None), ("三组", None), (None, "三组")])
def test_families_written_apart_without_an_address_are_undecidable_and_counted(
    first: str | None, second: str | None
) -> None:
    result = asked(split_village, apart(first, second).data())
    assert result.leads.is_empty()
    assert status(result)[2] == 40
    assert status(asked(split_village, apart("三组", "4组").data()))[2] == 0


def test_who_moved_from_another_village_is_written_apart_from_nobody() -> None:
    made = with_split_village(36)
    for place, row in enumerate(made.rows["household"][:20]):
        made.lives(str(made.rows["household"][-1 - place]["household_no"]), f"{row['household_no']}-0", "2023-05-01")
    result = asked(split_village, made.data())
    assert (result.leads["subject"].to_list(), status(result)[2]) == ([ASKED], 0)


@pytest.mark.parametrize(("day", "named"), [("2024-12-01", []), ("2024-12-02", [ASKED])])
def test_who_left_before_the_month_does_not_live_there(day: str, named: list[str]) -> None:
    made = with_split_village(short=0)
    for _ in range(20):
        home = made.award(ASKED, living=1)
        made.lives(home, f"{home}-child", left=day)
    assert raised(made) == named


def test_small_villages_of_a_township_are_judged_together() -> None:
    made = with_split_village(15, short=8)
    fill(made, made.village(30), 15, 8)
    assert raised(made) == ["990101001000"]
    said = facts(split_village, made.data())
    assert (said["villages"], said["awards"], said["peers"]) == (2, 30, 11)
    result = asked(split_village, made.data())
    assert result.evidence["key"].n_unique() == 16


def test_with_fewer_than_five_peers_nobody_can_tell() -> None:
    result = asked(split_village, with_split_village(peers=4).data())
    assert result.leads.is_empty()
    assert status(result)[2] == 5


def test_villages_of_another_setting_are_no_peers() -> None:
    assert raised(with_split_village(setting="urban")) == []
    assert raised(with_split_village(setting=None)) == []
    assert raised(with_split_village(setting="rural")) == [ASKED]


def test_the_false_discovery_share_of_the_tuning_decides() -> None:
    made = with_split_village(short=7)

    def named(q: float) -> set[str]:
        return set(raised(made, loose(q)))

    result = asked(split_village, made.data(), loose(1.0)).leads
    q = float(json.loads(result.filter(result["subject"] == ASKED)["facts"][0])["q"])
    assert 0.001 < q < 1
    assert ASKED in named(q + 0.0001)
    assert ASKED not in named(q - 0.0001)


def loose(q: float) -> Policy:
    return Policy.of(split_village=[{"from": "2000-01-01", "region": "", "q": q, "awards": 30}])


def test_without_members_or_without_anybody_covered_an_award_says_nothing() -> None:
    made = with_split_village()
    silent = [row for row in made.rows["member"] if str(row["household_no"]) >= "H99010100036"]
    assert raised(made, member=silent) == []
    nobody = [row for row in made.rows["beneficiary"] if str(row["award_no"]) >= "WH99010100036"]
    assert raised(made, beneficiary=nobody) == []


def seen(data: Tables) -> list[tuple[object, ...]]:
    result = asked(split_village, data)
    mine = result.leads.filter(result.leads["subject"] == ASKED)
    proof = result.evidence.filter(result.evidence["lead_id"].is_in(mine["lead_id"].to_list()))
    return [*mine.rows(), *proof.drop("source_file", "source_row").sort("key", "column").rows()]


def test_another_county_and_the_order_of_rows_change_nothing() -> None:
    alone = seen(with_split_village().data())
    assert len(alone) > 1
    assert seen(with_split_village().data(with_split_village(peer_short=10, code="990102"))) == alone
    assert seen(with_split_village().data(turned=True)) == alone


def test_says_what_was_seen_what_was_expected_and_how_sure() -> None:
    result = asked(split_village, with_split_village().data())
    said = json.loads(result.leads["facts"][0])
    assert (said["awards"], said["larger"], said["observed"], said["peers"]) == (36, 24, 17, 11)
    assert said["per_award"] < said["expected_per_award"] < 14 / 6
    assert said["low"] <= said["expected"] <= said["high"] < 17
    assert [stratum.split(" (")[0] for stratum in said["strata"]] == ["2: 5/6", "3: 8/12", "4: 4/6"]
    assert result.evidence["key"].n_unique() == 17  # the awards that cover only some
