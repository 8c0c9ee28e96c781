"""What does a printed sheet say of the acts on a lead, under rules that have changed since?"""

import shutil
from pathlib import Path

import pytest

from casework.review.standing import Act, ReviewError, Standing
from casework.text import Text
from dashboard.exports.beside import Decided
from dashboard.parts import record
from dashboard.queries.board import content
from tests.screens.test_download import session


@pytest.fixture
def planned(county: Path, tmp_path: Path) -> tuple[Path, str]:
    """A lead that someone has taken, and said what to do next."""
    workspace = Path(shutil.copytree(county, tmp_path / "county"))
    desk = session(workspace, registered=False).desk
    lead = desk.board.leads.row(0, named=True)
    review = desk.workspace.review
    review.act("示例甲", "take", lead["lead_id"], content(lead), key="one", expected=0)
    words = content(lead, step="visit", text="下周三去")
    review.act("示例甲", "plan", lead["lead_id"], words, key="two", expected=1)
    return workspace, lead["lead_id"]


def printed(planned: tuple[Path, str]) -> list[Decided]:
    workspace, lead_id = planned
    now = session(workspace, registered=False)
    lead = next(row for row in now.leads.to_dicts() if row["lead_id"] == lead_id)
    return [*record.beside(now, lead).decided[lead_id]]


def test_a_plan_is_printed_as_the_next_step_and_as_no_reason(planned: tuple[Path, str]) -> None:
    taken, plan = printed(planned)
    assert (plan.next_step, plan.reason) == ("入户核查 下周三去", "")
    assert taken.next_step == ""
    assert plan.state.startswith("确定下一步 · ")


def test_what_the_rules_would_refuse_today_is_printed_in_the_words_kept(
    planned: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_standing: Standing, _act: Act) -> Standing:
        raise ReviewError(Text("不可", "no"))

    monkeypatch.setattr(record, "after", refuse)
    taken, plan = printed(planned)
    assert (taken.state, plan.state) == ("领取", "确定下一步")  # of what stood then nothing is claimed
    assert plan.next_step == "入户核查 下周三去"
