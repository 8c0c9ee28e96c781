"""Are a household's members, awards and months of pay listed as they are?"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from casework.dataset import Tables
from casework.means import ledger
from casework.policy import Policy
from casework.tables import AWARD
from casework.workspace import Workspace
from dashboard.queries.household import Home, home, present
from tests.families import VILLAGE, household, match, means, member, no, person
from tests.screens.conftest import Open, said
from tests.worlds import Row, world

POLICY = Policy.of(dibao_standard=600)
DAY = date(2024, 12, 31)


def award(number: str = "W1", home_no: str = "H1", **cells: str) -> Row:
    return {"award_no": number, "programme": "dibao", "household_no": home_no, "from_month": "2024-01", **cells}


def beneficiary(name: str, number: str = "W1") -> Row:
    return {"award_no": number, "id_no": no(name), "from_month": "2024-01"}


def payment(month: str, amount: str, number: str, award_no: str = "W1") -> Row:
    return {"payment_no": number, "award_no": award_no, "month": month, "amount": amount}


def family(**tables: list[Row]) -> Tables:
    """A head without income, covered by an award of dibao at 600 yuan a person; a stranger's household beside."""
    return world(
        **{
            "region": [{"region_code": VILLAGE, "name": "示例村", "tier": "village", "urban_rural": "rural"}],
            "household": [household(), household("H2")],
            "person": [person("示例甲"), person("示例乙", died_on="2024-06-10"), person("示例丙")],
            "member": [member("示例甲"), member("示例丙", "H2")],
            "means": [means("0", as_of="2023-12-01")],
            "award": [award(), award("W2", "H2")],
            "beneficiary": [beneficiary("示例甲")],
            "payment": [payment("2024-02", "600", "P1"), payment("2024-02", "999", "P9", "W2")],
            **tables,
        }
    )


def of(data: Tables) -> Home:
    found = home(data, POLICY, "H1")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("joined", "left", "died", "there"),
    [
        (date(2015, 1, 1), None, None, True),
        (DAY, None, None, True),  # who joins on the day is a member
        (date(2025, 1, 1), None, None, False),
        (date(2015, 1, 1), date(2025, 1, 1), None, True),
        (date(2015, 1, 1), DAY, None, False),  # from the day of leaving on one is none
        (date(2015, 1, 1), None, DAY, True),  # on the day of death still one
        (date(2015, 1, 1), None, date(2024, 12, 30), False),
    ],
)
def test_both_sides_of_every_boundary_of_membership(
    joined: date, left: date | None, died: date | None, *, there: bool
) -> None:
    assert present(joined, left, died, DAY) is there


def test_the_present_come_first_and_the_dead_are_told_by_whichever_register_knows() -> None:
    people = [person("示例甲"), person("示例乙", died_on="2024-06-10"), person("示例丁"), person("示例戊")]
    found = of(
        family(
            person=people,
            member=[
                member("示例丁", relation="child", left_on="2024-05-01"),
                member("示例乙", relation="spouse"),
                member("示例戊", relation="parent"),
                member("示例甲"),
            ],
            match=[match("示例戊", "cremation", "2024-03-03")],
        )
    )
    told = [(row["relation"], row["present"], row["died_on"]) for row in found.members]
    assert told == [
        ("head", True, None),
        ("spouse", False, date(2024, 6, 10)),
        ("child", False, None),
        ("parent", False, date(2024, 3, 3)),
    ]


def test_a_month_tells_what_was_paid_what_was_taken_back_and_what_was_due() -> None:
    rows = [
        payment("2024-02", "600", "P1"),
        payment("2024-03", "600", "P2"),
        payment("2024-03", "-200", "P3"),
        payment("2024-09", "-600", "P4"),  # taken back in a month without pay
        payment("2024-02", "999", "P9", "W2"),  # another household's
    ]
    months = of(family(payment=rows)).months
    told = months.select("month", "paid_fen", "back_fen", "net_fen", "due_fen").rows()
    assert told == [
        (date(2024, 2, 1), 600_00, 0, 600_00, 600_00),
        (date(2024, 3, 1), 600_00, -200_00, 400_00, 600_00),
        (date(2024, 9, 1), 0, -600_00, -600_00, 600_00),
    ]


def test_an_unknown_amount_makes_the_month_unknown_never_nothing() -> None:
    rows = [payment("2024-02", "600", "P1"), {**payment("2024-02", "0", "P2"), "amount": None}]
    (month,) = of(family(payment=rows)).months.to_dicts()
    assert (month["paid_fen"], month["net_fen"]) == (None, None)


def test_what_no_statement_tells_is_not_due_by_guess() -> None:
    assert of(family(means=[means("0", household="H2")])).months["due_fen"].to_list() == [None]


def test_awards_come_newest_first_and_only_of_this_household() -> None:
    awards = [award(), award("W3", from_month="2024-06", to_month="2024-08", end_reason="income"), award("W2", "H2")]
    assert [row["award_no"] for row in of(family(award=awards)).awards] == ["W3", "W1"]


def test_comparisons_that_found_nothing_are_only_counted() -> None:
    found = of(
        family(match=[match("示例甲", "none"), match("示例甲", "vehicle", "2023-01-01"), match("示例丙", "none")])
    )
    assert [row["kind"] for row in found.findings] == ["vehicle"]
    assert found.quiet == 1


def test_a_household_that_is_not_there_is_nothing() -> None:
    assert home(family(), POLICY, "H9") is None


def test_one_household_alone_is_due_what_a_run_over_all_finds(township: Path) -> None:
    workspace = Workspace(township)
    data, policy = workspace.tables(), workspace.policy()
    numbers = data.engine.collect(data[AWARD].select("award_id", "award_no", "household_no"))
    every = data.engine.collect(ledger.months(data, policy).select("award_id", "month", "due_fen"))
    whole = every.join(numbers, on="award_id").select("award_no", "month", due="due_fen")
    homes = numbers.join(every, on="award_id", how="semi")["household_no"].unique().sort()
    assert homes.len() > 50
    for number in homes.gather_every(max(1, homes.len() // 40)):
        found = home(data, policy, number)
        assert found is not None
        beside = found.months.join(whole, on=["award_no", "month"], how="left")
        assert beside.filter(pl.col("due_fen").ne_missing(pl.col("due"))).is_empty(), number


def test_health_and_custody_are_masked_among_the_findings(open_page: Open, township: Path) -> None:
    leads = pl.read_parquet(township / "leads.parquet").filter(pl.col("scheme") == "custody_member")
    for lead_id in leads["lead_id"]:
        page = open_page(township, "dossier", role="inspector", lead=lead_id, panel="household")
        assert "家庭成员 · 现有" in said(page)
        cells = " ".join(str(cell) for table in page.dataframe for cell in table.value.to_numpy().ravel())
        assert "(已遮盖)" in cells
        assert not [word for word in ("在押", "监狱", "看守所", "戒毒") if word in cells]


def test_of_a_complaint_no_household_is_looked_into(open_page: Open, township: Path) -> None:
    (lead_id, *_) = pl.read_parquet(township / "leads.parquet").filter(pl.col("scheme") == "late_complaint")["lead_id"]
    page = open_page(township, "dossier", role="inspector", lead=lead_id, panel="household")
    assert "信访是权利" in said(page)
    assert not page.dataframe
    network = open_page(township, "dossier", role="inspector", lead=lead_id, panel="network")
    assert "以保护信访人" in said(network)
