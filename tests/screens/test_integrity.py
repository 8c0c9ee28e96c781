"""Does the page of integrity lead with what came of the leads, and keep small counts and conduct to itself?"""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from casework.policy import Policy
from casework.regions import Regions
from casework.text import Text
from dashboard.parts import closure
from dashboard.queries import outcomes, papers
from dashboard.queries.counts import Period
from dashboard.queries.outcomes import Outcomes
from metrics import leads as followed
from tests.county import imported
from tests.families import VILLAGE
from tests.screens.concluded import acted, conclude, leads
from tests.screens.conftest import Open, said
from tests.worlds import world

MARCH = Period(date(2025, 3, 1), date(2025, 3, 1))


def lead(lead_id: str, scheme: str = "late_decision", **cells: object) -> dict[str, object]:
    """A lead raised on 1 March 2025 that nobody has taken up."""
    return {
        "lead_id": lead_id,
        "scheme": scheme,
        "family": "delay",
        "subject_kind": "application",
        "subject": "A1",
        "region_code": VILLAGE,
        "programme": "dibao",
        "level": "verify",
        "amount_fen": None,
        "raised_on": date(2025, 3, 1),
        "current": True,
        "state": "new",
        "outcome": None,
        "decided_on": None,
        **cells,
    }


def told(lead_id: str, outcome: str, day: int = 11, **cells: object) -> dict[str, object]:
    """The same with a conclusion in March 2025."""
    return lead(lead_id, **({"outcome": outcome, "state": "decided", "decided_on": date(2025, 3, day)} | cells))


def read(rows: list[dict[str, object]], actions: list[dict[str, object]] | None = None) -> Outcomes:
    base = world(region=[{"region_code": VILLAGE, "name": "示例村", "tier": "village"}])
    schema = {column: pl.String() for column in ("lead_id", "scheme", "family", "subject_kind", "outcome", "state")}
    frame = pl.DataFrame(rows, infer_schema_length=None).cast(
        {**schema, "amount_fen": pl.Int64(), "decided_on": pl.Date()}  # type: ignore[arg-type]
    )
    done = pl.DataFrame(
        actions or [],
        schema={"lead_id": pl.String(), "action": pl.String(), "acted_on": pl.Date(), "amount_fen": pl.Int64()},
    )
    return outcomes.read(followed.beside(base, frame, done), {})


def test_conclusions_count_in_the_month_they_were_made_by_what_they_say() -> None:
    found = read(
        [
            told("L1", "confirmed", 3),
            told("L2", "confirmed_negligent", 21, scheme="kin_unfiled", family="favoritism"),
            told("L3", "data_error"),
            told("L4", "objective_deviation"),
            told("L5", "confirmed", decided_on=date(2025, 4, 1)),
            lead("L6", state="verifying"),
            lead("L7"),
        ]
    )
    late = {"confirmed": 1, "refuted": 1, "deviation": 1, "inconclusive": 0, "pending": 1}
    kin = {"confirmed": 1, "refuted": 0, "deviation": 0, "inconclusive": 0, "pending": 0}
    assert outcomes.by_scheme(found.leads, MARCH, together=False) == {"kin_unfiled": kin, "late_decision": late}
    assert outcomes.by_scheme(found.leads, MARCH, together=True) == {"conduct": kin, "late_decision": late}
    assert outcomes.median_days(outcomes.concluded(found.leads, MARCH)) == 10  # of 2, 10, 10 and 20 days


def test_repaid_is_what_was_adjusted_or_readmitted_for_those_paid_too_little() -> None:
    march = date(2025, 3, 20)
    found = read(
        [told("L1", "confirmed", family="missed"), told("L2", "confirmed", family="wrong")],
        [
            {"lead_id": "L1", "action": "adjust", "acted_on": march, "amount_fen": 500},
            {"lead_id": "L1", "action": "re_admit", "acted_on": march, "amount_fen": None},
            {"lead_id": "L2", "action": "adjust", "acted_on": march, "amount_fen": 70},
            {"lead_id": "L2", "action": "recover", "acted_on": march, "amount_fen": 900},
            {"lead_id": "L2", "action": "recover", "acted_on": date(2025, 4, 1), "amount_fen": 1},
        ],
    )
    assert outcomes.money(found.actions, outcomes.REPAID, ("missed",), MARCH) == outcomes.Money(2, 500, 1)
    assert outcomes.money(found.actions, ("recover",), ("missed", "wrong"), MARCH) == outcomes.Money(1, 900, 0)


def test_a_share_of_nobody_is_unknown_and_never_nought() -> None:
    assert outcomes.share(0, 0) is None
    assert outcomes.share(None, 12) is None
    ten = outcomes.share(3, 10)
    assert ten is not None
    assert (ten.value, round(ten.low, 4), round(ten.high, 4)) == (0.3, 0.1078, 0.6032)


def counts(**schemes: tuple[int, int]) -> dict[str, dict[str, int]]:
    """Confirmed and refuted by scheme."""
    none = {"deviation": 0, "inconclusive": 0, "pending": 0}
    return {name: {"confirmed": yes, "refuted": no, **none} for name, (yes, no) in schemes.items()}


def test_a_small_scheme_is_not_solved_from_the_sum_of_all() -> None:
    seen = closure.seen(counts(a=(20, 10), b=(3, 0), c=(6, 1)), 0, 5)
    assert seen.cells["b", "confirmed"] is None
    assert seen.cells["", "confirmed"] == 29
    assert seen.cells["c", "confirmed"] is None  # else 29 - 20 - 6
    assert seen.cells["a", "confirmed"] == 20
    assert seen.columns == ("n", "confirmed")


def test_an_inspector_sees_every_count_by_scheme() -> None:
    seen = closure.seen(counts(a=(20, 10), b=(3, 0)), 2, 0)
    assert {column: seen.cells["b", column] for column in seen.columns} == {
        "n": 3,
        "confirmed": 3,
        "refuted": 0,
        "deviation": 0,
        "inconclusive": 0,
        "pending": 0,
    }
    assert (seen.cells["", "concluded"], seen.cells["", "closed"]) == (33, 2)


def test_what_was_recorded_by_hand_is_concluded_and_no_scheme_for_a_leader() -> None:
    seen = closure.seen(counts(a=(20, 10), **{outcomes.BY_HAND: (7, 0)}), 0, 5)
    assert seen.schemes == ["a"]
    assert (seen.cells["", "n"], seen.cells["", "concluded"]) == (30, 37)


def test_missing_papers_are_counted_by_paper_of_all_files_that_are_known() -> None:
    key = {"home": VILLAGE, "month_index": 2025 * 12 + 2, "programme": "dibao"}
    found = papers.Papers(
        pl.DataFrame([{**key, "files": 9}, {**key, "programme": "destitute", "files": 4}]),
        pl.DataFrame([{**key, "slot": "identity", "missing": 2}, {**key, "slot": "commitment", "missing": 7}]),
    )
    assert papers.missing(found, [VILLAGE], "dibao", MARCH) == (9, {"commitment": 7, "identity": 2})
    assert papers.missing(found, [VILLAGE], "", MARCH)[0] == 13
    assert papers.missing(found, [], "", MARCH) == (0, {})


def test_a_source_without_lists_of_papers_says_nothing_of_them() -> None:
    data = world(region=[{"region_code": VILLAGE, "name": "示例村", "tier": "village"}])
    assert papers.read(data, Policy.shipped(), Regions.of(data)) is None
    assert papers.names(Policy.shipped())["identity"] == Text("身份证明", "Proof of identity")


@pytest.fixture(scope="module")
def worked(township: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township in which people looked into some leads: enough of one scheme, few of another."""
    workspace = Path(shutil.copytree(township, tmp_path_factory.mktemp("worked") / "workspace"))
    looked = zip(leads(workspace, "impossible_timing"), ["confirmed"] * 6 + ["unfounded"] * 5, strict=False)
    honest = [(lead_id, "objective_deviation") for lead_id in leads(workspace, "missed_entitlement")[:5]]
    for lead_id, outcome in [*looked, *honest]:
        conclude(workspace, lead_id, outcome)
    (dead, *_) = leads(workspace, "deceased_paid")
    conclude(workspace, dead, "confirmed", visits=2)
    acted(workspace, dead, "recover", 123456)
    return workspace


def table(page: AppTest, column: str) -> pl.DataFrame:
    """The table with this column."""
    return next(pl.from_pandas(one.value) for one in page.dataframe if column in one.value.columns)


def boxes(page: AppTest) -> dict[str, str]:
    return {str(box.label): str(box.value) for box in page.metric}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("role", ["leader", "researcher", "supervisor"])
def test_the_page_shows_to_everybody_who_may_see_it(open_page: Open, worked: Path, role: str, language: str) -> None:
    page = open_page(worked, "integrity", role=role, lang=language)
    assert not page.exception
    assert [title.value for title in page.title] == ["廉洁与程序" if language == "zh" else "Integrity"]


def test_closure_comes_first_and_no_count_of_leads_raised(open_page: Open, worked: Path) -> None:
    page = open_page(worked, "integrity", role="inspector")
    assert page.subheader[0].value == "线索办理结果"
    assert boxes(page)["有结论的线索"] == "17"
    assert boxes(page)["已追回"] == "1,234.56"
    assert boxes(page)["客观偏差(容错)占比"] == "29.4%"  # 5 of 17


def test_a_recovery_of_one_household_is_hidden_from_a_leader(open_page: Open, worked: Path) -> None:
    page = open_page(worked, "integrity", role="leader")
    assert boxes(page)["已追回"] == "不显示"
    assert "1,234.56" not in said(page)


def test_a_leader_reads_of_a_scheme_only_what_a_share_tells(open_page: Open, worked: Path) -> None:
    inspector = table(open_page(worked, "integrity", role="inspector"), "查实率")
    leader = table(open_page(worked, "integrity", role="leader"), "查实率")
    assert "不属实或数据有误" in inspector.columns
    assert leader.columns == ["线索", "查实率", "95% 区间", "已查 n", "属实"]
    few = leader.filter(pl.col("线索").str.starts_with("身故"))
    assert few["属实"].to_list() == ["不显示"]


def test_where_nobody_looked_the_share_is_unknown(open_page: Open, county: Path) -> None:
    page = open_page(county, "integrity", role="leader")
    assert boxes(page)["线索查实率"] == "未知"
    assert "还没有结论" in said(page)


@pytest.fixture(scope="module")
def conduct(township: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township in which ten leads on the conduct of staff were looked into."""
    workspace = Path(shutil.copytree(township, tmp_path_factory.mktemp("conduct") / "workspace"))
    for scheme in ("kin_unfiled", "kin_without_county_visit"):
        for lead_id in leads(workspace, scheme)[:5]:
            conclude(workspace, lead_id, "confirmed_negligent", conduct=True)
    return workspace


def test_a_leader_reads_conduct_of_staff_as_one_row_and_no_scheme_of_it(open_page: Open, conduct: Path) -> None:
    inspector = table(open_page(conduct, "integrity", role="inspector"), "查实率")["线索"].to_list()
    leader = table(open_page(conduct, "integrity", role="leader"), "查实率")["线索"].to_list()
    assert "近亲属未备案(待核实)" in inspector
    assert leader == ["工作人员作风类(合计)", "合计"]


def test_without_a_run_the_page_says_so_and_still_shows_the_procedure(open_page: Open, tmp_path: Path) -> None:
    page = open_page(imported(tmp_path / "workspace", detected=False), "integrity", role="leader")
    assert not page.exception
    assert "还没有运行过线索规则" in said(page)
    assert "文书齐全率" in boxes(page)
    assert "没有文书登记" in said(page)
