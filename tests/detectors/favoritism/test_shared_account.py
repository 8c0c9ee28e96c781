"""Tests of shared_account: which households stay apart, whose account it is, and what is in doubt."""

import pytest

from casework.dataset import Tables
from detectors.favoritism import shared_account
from tests.detectors.asking import asked, facts, found, status
from tests.detectors.favoritism.village import IDS, OTHER_VILLAGE, TOWNSHIP, VILLAGE, kin, member, official, small
from tests.worlds import Row

HOMES = [member("甲", home="H1"), member("乙", home="H2"), member("丙", home="H3")]


def award(home: str, programme: str = "dibao") -> Row:
    number = home.replace("H", "W")
    return {"award_no": number, "programme": programme, "household_no": home, "from_month": "2024-01"}


def pay(home: str, month: int = 1, yuan: str = "100", account: str = "C1", holder: str | None = "辛") -> Row:
    return {
        "payment_no": f"P{home}{month}{yuan}{account}",
        "award_no": home.replace("H", "W"),
        "month": f"2024-{month:02d}",
        "amount": yuan,
        "account_no": account,
        "account_holder_id_no": IDS[holder] if holder else None,
    }


def world(
    payments: list[Row],
    kin_rows: list[Row] | None = None,
    members: list[Row] | None = None,
    officials: list[Row] | None = None,
) -> Tables:
    homes = members or HOMES
    awards = [award(home) for home in sorted({str(row["household_no"]) for row in homes})]
    return small(kin=kin_rows, members=homes, officials=officials, more={"award": awards, "payment": payments})


ALL = [pay("H1"), pay("H2"), pay("H3")]


def test_three_households_that_are_no_kin_are_raised_two_are_not() -> None:
    assert found(shared_account, world(ALL)) == ["C1"]
    assert found(shared_account, world(ALL[:2])) == []
    assert found(shared_account, world([pay("H1"), pay("H2"), pay("H3", account="C2")])) == []


@pytest.mark.parametrize(
    ("relation", "raised"),
    [
        ("sibling", False),
        ("parent", False),
        ("sibling_in_law", False),  # wider kin join too
        ("parent_in_law", False),
        ("other", True),
    ],
)
def test_households_with_near_or_wider_kin_in_each_other_are_one(relation: str, *, raised: bool) -> None:
    assert found(shared_account, world(ALL, [kin("甲", "乙", relation)])) == (["C1"] if raised else [])


def test_an_uncle_joins_and_a_cousin_does_not() -> None:
    uncle = [kin("甲", "戊", "parent"), kin("乙", "戊", "sibling")]
    assert found(shared_account, world(ALL, uncle)) == []
    cousins = [*uncle, kin("己", "乙", "parent")]
    homes = [member("甲", home="H1"), member("己", home="H2"), member("丙", home="H3")]
    assert found(shared_account, world(ALL, cousins, homes)) == ["C1"]


def test_a_guardians_account_for_grandchildren_is_innocent() -> None:
    # 辛 holds the account; 甲 and 乙 are grandchildren by two children, 丙 is the holder's niece
    ties = [
        *(kin("甲", "戊", "parent"), kin("戊", "辛", "parent")),
        *(kin("乙", "己", "parent"), kin("己", "辛", "parent")),
        *(kin("丙", "庚", "parent"), kin("庚", "辛", "sibling")),
    ]
    assert found(shared_account, world(ALL, ties)) == []
    nobody = [pay(home, holder=None) for home in ("H1", "H2", "H3")]
    assert found(shared_account, world(nobody, ties)) == ["C1"]  # cousins, were it not for the holder


def test_a_holders_own_household_is_joined_to_the_holder_and_not_in_doubt() -> None:
    homes = [*HOMES, member("辛", "other", home="H1")]
    said = facts(shared_account, world([*ALL, pay("H1", 2), pay("H2", 2, "50")], members=homes))
    assert (said["households"], said["apart"], said["in_doubt"], said["amount_fen"], said["months"]) == (
        3,
        3,
        2,
        25000,
        3,
    )


def test_an_unknown_holder_makes_it_less_sure() -> None:
    assert asked(shared_account, world(ALL)).leads["confidence"][0] == 0.8
    nobody = [pay(home, holder=None) for home in ("H1", "H2", "H3")]
    assert asked(shared_account, world(nobody)).leads["confidence"][0] == 0.5


def test_where_the_holder_is_unknown_nobody_is_called_no_kin_of_theirs() -> None:
    unknown = world([pay(home, holder=None) for home in ("H1", "H2", "H3")], [kin("丁", "戊", "parent")])
    said = facts(shared_account, unknown)
    assert (said["case"], said["holder_known"], said["in_doubt"], said["amount_fen"]) == ("unnamed", False, 3, 30000)
    assert "开户人未载,3 户、3 个户月共 300.00 元均存疑" in shared_account.CARD.reckons(said, "zh")
    assert "whose holder is not stated" in shared_account.CARD.reads(said, "en")
    assert asked(shared_account, unknown).leads["checked_innocent"].to_list() == ["[1]"]  # a guardian cannot be
    known = world(ALL, [kin("丁", "戊", "parent")])
    assert facts(shared_account, known)["case"] == "apart"
    assert asked(shared_account, known).leads["checked_innocent"].to_list() == ["[0, 1]"]


def test_who_is_joined_to_the_holder_through_another_household_is_no_stranger() -> None:
    homes = [member(name, home=f"H{n}") for n, name in enumerate("甲乙丙丁", 1)]
    rows = [pay(f"H{n}") for n in range(1, 5)]
    ties = [kin("甲", "辛", "sibling"), kin("甲", "乙", "parent_in_law")]  # 甲 is the holder's kin, 乙 only 甲's
    said = facts(shared_account, world(rows, ties, homes))
    assert (said["apart"], said["in_doubt"], said["amount_fen"]) == (3, 2, 20000)


def test_wholly_reversed_payments_are_none() -> None:
    back = [*ALL, pay("H3", 1, "-100")]
    assert found(shared_account, world(back)) == []
    later = [*ALL, pay("H3", 4, "-100")]
    assert found(shared_account, world(later)) == []
    part = [*ALL, pay("H3", 4, "-40")]
    assert facts(shared_account, world(part))["amount_fen"] == 26000


def test_membership_counts_in_the_months_paid() -> None:
    moved = [*HOMES, member("甲", "other", home="H2", left_on="2024-01-02")]
    assert found(shared_account, world(ALL, members=moved)) == []
    before = [*HOMES, member("甲", "other", home="H2", left_on="2024-01-01")]
    assert found(shared_account, world(ALL, members=before)) == ["C1"]


def test_a_household_of_which_nobody_is_known_is_no_stranger_and_leaves_the_account_undecidable() -> None:
    two = HOMES[:2]
    nobody = small(members=two, more={"award": [award(home) for home in ("H1", "H2", "H3")], "payment": ALL})
    assert (found(shared_account, nobody), status(asked(shared_account, nobody))[2]) == ([], 1)
    several = [award(home) for home in ("H1", "H2", "H3", "H4")]
    more = small(members=HOMES, more={"award": several, "payment": [*ALL, pay("H4")]})
    assert facts(shared_account, more)["in_doubt"] == 3
    assert status(asked(shared_account, more))[2] == 0
    one = small(members=HOMES[:1], more={"award": several[:2], "payment": ALL[:2]})
    assert status(asked(shared_account, one))[2] == 0  # two households are never three


@pytest.mark.parametrize(("until", "raised"), [(None, False), ("2024-01", False), ("2023-12", True)])
def test_whom_the_award_covers_belongs_to_the_household(until: str | None, *, raised: bool) -> None:
    covered = [{"award_no": "W1", "id_no": IDS["乙"], "from_month": "2020-01", "to_month": until}]
    awards = [award(home) for home in ("H1", "H2", "H3")]
    world_ = small(members=HOMES, more={"award": awards, "payment": ALL, "beneficiary": covered})
    assert found(shared_account, world_) == (["C1"] if raised else [])  # 乙 joins H1 and H2


# --- the holder's post ------------------------------------------------------------------------------------------------

ONE = [pay("H1")]


@pytest.mark.parametrize(
    ("duty", "raised"),
    [("handler", True), ("approver", True), ("village_committee", True), ("public_payroll", False)],
)
def test_an_officials_account_for_a_strange_household_is_raised(duty: str, *, raised: bool) -> None:
    assert found(shared_account, world(ONE, officials=[official("辛", duty)])) == (["C1"] if raised else [])


@pytest.mark.parametrize(
    ("since", "until", "raised"),
    [
        ("2024-01-01", "2024-01-31", True),
        ("2024-01-02", None, False),  # a post counts where it covers the whole of the month
        ("2018-01-01", "2024-01-30", False),
    ],
)
def test_the_post_must_be_held_in_the_paid_month(since: str, until: str | None, *, raised: bool) -> None:
    world_ = world(ONE, officials=[official("辛", from_on=since, to_on=until)])
    assert found(shared_account, world_) == (["C1"] if raised else [])


@pytest.mark.parametrize(
    ("relation", "raised"), [("spouse", True), ("parent", True), ("sibling", True), ("sibling_in_law", False)]
)
def test_near_kin_of_an_official_are_asked_too(relation: str, *, raised: bool) -> None:
    world_ = world(ONE, [kin("辛", "庚", relation, "declared")], officials=[official("庚")])
    assert found(shared_account, world_) == (["C1"] if raised else [])
    if raised:
        said = facts(shared_account, world_)
        assert (said["case"], said["certainty"], said["duties"]) == ("official", 0.7, ["handler"])
        assert asked(shared_account, world_).leads["confidence"][0] == 0.7


@pytest.mark.parametrize(
    ("relation", "raised"),
    [("parent", False), ("sibling", False), ("grandchild", False), ("sibling_in_law", True), ("parent_in_law", True)],
)
def test_a_member_or_near_kin_of_a_member_may_hold_it(relation: str, *, raised: bool) -> None:
    world_ = world(ONE, [kin("辛", "甲", relation)], officials=[official("辛")])
    assert found(shared_account, world_) == (["C1"] if raised else [])
    own = world(ONE, members=[*HOMES, member("辛", "other", home="H1")], officials=[official("辛")])
    assert found(shared_account, own) == []


@pytest.mark.parametrize(
    ("left", "months"),
    [
        (None, None),
        ("2024-03-02", None),  # a member on some day of every month paid
        ("2024-03-01", 1),  # left before March: that month alone
        ("2016-01-01", 3),
    ],
)
def test_a_former_member_is_a_stranger_in_the_months_after(left: str | None, months: int | None) -> None:
    payments = [pay("H1", month) for month in (1, 2, 3)]
    once = [*HOMES, member("辛", "other", home="H1", left_on=left)]
    world_ = world(payments, members=once, officials=[official("辛")])
    assert found(shared_account, world_) == (["C1"] if months else [])
    if months:
        said = facts(shared_account, world_)
        assert (said["case"], said["months"], said["amount_fen"]) == ("official", months, months * 10000)


def test_an_official_who_draws_their_own_award_after_leaving_the_household_is_no_stranger() -> None:
    left = [member("辛", home="H1", left_on="2024-01-01"), member("甲", "other", home="H1")]
    covered = [{"award_no": "W1", "id_no": IDS["辛"], "from_month": "2023-01", "to_month": None}]
    tables = {"award": [award("H1")], "payment": ONE}
    strange = small(members=left, officials=[official("辛")], more=tables)
    assert found(shared_account, strange) == ["C1"]
    own = small(members=left, officials=[official("辛")], more={**tables, "beneficiary": covered})
    assert found(shared_account, own) == []


def test_an_officials_account_for_a_household_of_which_nobody_is_known_is_undecidable() -> None:
    gone = [member("甲", home="H1", left_on="2024-01-01")]
    world_ = small(members=gone, officials=[official("辛")], more={"award": [award("H1")], "payment": ONE})
    assert (found(shared_account, world_), status(asked(shared_account, world_))[2]) == ([], 1)


def test_a_member_to_be_is_a_stranger_in_the_months_before() -> None:
    payments = [pay("H1", month) for month in (1, 2, 3)]
    later = [*HOMES, member("辛", "other", home="H1", joined_on="2024-02-29")]
    said = facts(shared_account, world(payments, members=later, officials=[official("辛")]))
    assert (said["months"], said["last_month"]) == (1, "2024-01")


@pytest.mark.parametrize(("relation", "raised"), [("spouse", True), ("child", False)])
def test_a_former_spouse_of_the_head_is_a_stranger_a_child_is_near_kin_for_ever(relation: str, *, raised: bool) -> None:
    once = [*HOMES, member("辛", relation, home="H1", left_on="2016-01-01")]
    assert found(shared_account, world(ONE, members=once, officials=[official("辛")])) == (["C1"] if raised else [])


def test_only_the_months_in_post_and_the_strange_household_are_in_doubt() -> None:
    payments = [pay("H1", 1), pay("H1", 2), pay("H2", 1, "70"), pay("H2", 2, "70")]
    world_ = world(payments, [kin("辛", "甲", "child")], officials=[official("辛", from_on="2024-02-01")])
    said = facts(shared_account, world_)
    assert (said["case"], said["in_doubt"], said["months"], said["amount_fen"], said["first_month"]) == (
        "official",
        1,
        1,
        7000,
        "2024-02",
    )


def test_both_causes_make_one_lead_and_its_payments_are_shown() -> None:
    world_ = world([*ALL, pay("H1", 3, "10", "C2", None)], officials=[official("辛")])
    leads = asked(shared_account, world_)
    assert leads.leads.select("subject", "part").rows() == [("C1", "")]
    said = facts(shared_account, world_)
    assert (said["case"], said["path"], said["in_doubt"]) == ("both", "member", 3)
    seen = leads.evidence.filter(leads.evidence["table"] == "payment")["key"].unique().to_list()
    assert sorted(seen) == ["PH11100C1", "PH21100C1", "PH31100C1"]


def test_the_region_is_the_smallest_that_holds_the_households_in_doubt() -> None:
    assert asked(shared_account, world(ALL)).leads["region_code"][0] == VILLAGE
    homes = [
        {"household_no": home, "region_code": place}
        for home, place in (("H1", VILLAGE), ("H2", OTHER_VILLAGE), ("H3", VILLAGE))
    ]
    payments = {"award": [award(home) for home in ("H1", "H2", "H3")], "payment": ALL, "household": homes}
    assert asked(shared_account, small(members=HOMES, more=payments)).leads["region_code"][0] == TOWNSHIP
