"""Is only the part in doubt counted, as a person would count it by hand?"""

from datetime import date

import pytest

from synthetic.kit import Award, Site
from synthetic.kit.trial import trial
from synthetic.schemes._doubt import paid_months, share, smaller, whole, whole_months
from tests.synthetic.schemes.tried import tried

MONTHS = [date(2025, month, 1) for month in (1, 2, 3, 4)]
# told without an amount: nobody knows it, or only to be verified, or nothing is paid by one of the two
UNPRICED = {
    ("veto_asset", "deposit_to_be_verified"),
    ("veto_asset", "dormant_business"),
    ("veto_asset", "motorcycle_one_fen_above"),
    ("exclusive_programmes", "dibao_and_edge"),
    ("missed_entitlement", "orphan_with_grandmother"),
    ("missed_entitlement", "eighty_today"),
    ("missed_entitlement", "living_allowance_forgotten"),
}
PRICED = {
    *("custody_member", "deceased_paid", "double_payment", "exclusive_programmes", "missed_entitlement"),
    *("over_income", "overpaid", "payroll_member", "repeat_temporary", "ride_along", "shared_account"),
    *("two_places", "underpaid", "veto_asset"),
}


@pytest.fixture
def site() -> Site:
    return trial(1)


def award(site: Site, *yuan: int, programme: str = "dibao") -> Award:
    """Three persons covered since January 2025, paid so much in each month."""
    family = site.family(("head", 48), ("spouse", 47), ("child", 20))
    made = site.award(family, programme, from_month=MONTHS[0])
    for month, one in zip(MONTHS, yuan, strict=False):
        site.payment(made, month, one * 100)
    return made


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2025, 2, 1), None, [2, 3]),
        (date(2025, 2, 2), None, [3]),  # not the whole of February
        (date(2025, 2, 1), date(2025, 2, 28), [2]),
        (date(2025, 2, 1), date(2025, 2, 27), []),
        (date(2024, 6, 5), date(2025, 3, 30), [1, 2]),
    ],
)
def test_only_months_covered_from_the_first_to_the_last_day_count(
    site: Site, since: date, until: date | None, found: list[int]
) -> None:
    assert [month.month for month in whole_months(award(site, 848, 848, 848), since, until)] == found


def test_a_month_given_back_is_not_paid(site: Site) -> None:
    made = award(site, 848, 848)
    site.payment(made, MONTHS[0], -84_800)
    assert paid_months(made) == [MONTHS[1]]


def test_a_person_s_part_is_by_head_and_rounded_down_once(site: Site) -> None:
    made = award(site, 848, 848)  # 282.666… a person
    assert share(made, MONTHS[:1]) == 282.66
    assert share(made, MONTHS[:2]) == 565.33
    assert whole(made, MONTHS[:2]) == 1696.0


def test_of_two_programmes_the_smaller_part_of_each_month_is_in_doubt(site: Site) -> None:
    one = award(site, 300, 900, 600)
    head = one.household.head
    other = site.award(one.household, "destitute", from_month=MONTHS[1], members=[head])
    for month, yuan in ((MONTHS[1], 250), (MONTHS[2], 720), (MONTHS[3], 720)):
        site.payment(other, month, yuan * 100)
    assert smaller(one, other, head.id_no) == 250 + 200  # February: 300 and 250; March: 200 and 720
    assert smaller(one, other, one.household.persons[1].id_no) == 0.0


def test_every_variant_of_a_scheme_about_money_says_how_much() -> None:
    silent = {
        (one.scheme, one.name)
        for one in tried(1, delegated=True)
        for told in one.planted
        if not one.twin and told.scheme == one.scheme in PRICED and told.amount is None
    }
    assert silent == UNPRICED
