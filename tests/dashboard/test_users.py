"""Do the commands about people register, list and retire them, and tell no number?"""

import io
from pathlib import Path

import polars as pl
import pytest

from casework.review.audit import audit
from casework.review.register import registered
from casework.workspace import Workspace
from tests.commands import Mingcha

NUMBER = "990101195505051019"  # in the example county
INSPECTOR = ("--role", "inspector", "--region", "990101001000")


def people(workspace: Path) -> dict[str, tuple[str, str, bool]]:
    known = registered(Workspace(workspace).review).values()
    return {one.name: (one.role, one.region_code, one.active) for one in known}


def test_someone_is_registered_and_listed(mingcha: Mingcha, county_workspace: Path) -> None:
    said = mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR)
    assert (said.code, said.out) == (0, "")
    assert "已登记 示例甲:纪检监察 · 示例甲镇 · 无回避号码 · 在用" in said.words
    assert "Registered 示例甲: Inspector" in said.words
    assert people(county_workspace) == {"示例甲": ("inspector", "990101001000", True)}
    told = mingcha("user", "list", county_workspace)
    assert (told.code, told.out) == (0, "示例甲: inspector, 990101001000, no recusal number, active\n")
    assert mingcha("verify", county_workspace).code == 0


def test_until_there_is_a_steward_it_is_said_that_nobody_can_register_others(
    mingcha: Mingcha, county_workspace: Path
) -> None:
    first = mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR)
    assert "No data steward is registered" in first.words
    second = mingcha("user", "add", county_workspace, "示例管理员", "--role", "steward", "--region", "all")
    assert "No data steward" not in second.words


def test_the_same_name_again_is_changed_and_what_changed_is_said(mingcha: Mingcha, county_workspace: Path) -> None:
    mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR)
    said = mingcha("user", "add", county_workspace, " 示例甲 ", "--role", "supervisor", "--region", "all")
    assert said.code == 0
    assert "纪检监察 → 监察负责人;示例甲镇 → 全部地区" in said.words
    again = mingcha("user", "add", county_workspace, "示例甲", "--role", "supervisor", "--region", "all")
    assert "the same as before, nothing changed" in again.words
    assert [entry.what for entry in Workspace(county_workspace).journal.entries()][2:] == ["enrol", "enrol"]


def test_a_number_becomes_the_person_of_the_data_and_is_told_and_kept_nowhere(
    mingcha: Mingcha, county_workspace: Path
) -> None:
    said = mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR, "--id-no", NUMBER)
    assert "有回避号码" in said.words
    assert NUMBER not in said.words
    workspace = Workspace(county_workspace)
    identity = pl.read_parquet(workspace.snapshot / "identity.parquet").filter(pl.col("id_no") == NUMBER)
    assert registered(workspace.review)["示例甲"].person_id == identity["person_id"][0]
    assert NUMBER.encode() not in (county_workspace / "mingcha.sqlite").read_bytes()
    assert str(identity["person_id"][0]) not in "".join(map(str, workspace.journal.entries()))
    assert audit(workspace).problems == ()


def test_a_number_stays_until_it_is_taken_away(mingcha: Mingcha, county_workspace: Path) -> None:
    mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR, "--id-no", NUMBER)
    mingcha("user", "add", county_workspace, "示例甲", "--role", "supervisor", "--region", "all")
    assert "all, recusal number, active" in mingcha("user", "list", county_workspace).out
    said = mingcha(
        "user", "add", county_workspace, "示例甲", "--role", "supervisor", "--region", "all", "--id-no", "none"
    )
    assert "有回避号码 → 无回避号码" in said.words


def test_a_number_can_be_given_where_no_list_of_commands_keeps_it(
    mingcha: Mingcha, county_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    assert mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR, "--id-no", "-").code == 0
    assert "recusal number, active" in mingcha("user", "list", county_workspace).out


def test_a_number_that_the_data_do_not_know_is_said_to_be_without_effect(
    mingcha: Mingcha, county_workspace: Path
) -> None:
    said = mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR, "--id-no", "11010519491231002X")
    assert said.code == 0
    assert "does not occur in the data of today" in said.words


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["示例甲", "--role", "king", "--region", "all"], "--help"),
        (["示例甲", "--role", "inspector"], "--help"),
        (["示例甲", "--role", "inspector", "--region", "990101009000"], "no region"),
        (["示例甲", "--role", "inspector", "--region", ""], "no region"),
        (["  ", "--role", "inspector", "--region", "all"], "1 to 40"),
        (["甲\t乙", "--role", "inspector", "--region", "all"], "control characters"),
        ([NUMBER, "--role", "inspector", "--region", "all"], "no citizen number in a name"),
        (["示例甲", "--role", "inspector", "--region", "all", "--id-no", NUMBER[:-1] + "0"], "check digit is wrong"),
        (["示例甲", "--role", "inspector", "--region", "all", "--id-no", ""], "was not taken"),
    ],
)
def test_what_cannot_be_registered_is_one_line_and_2(
    mingcha: Mingcha, county_workspace: Path, arguments: list[str], why: str
) -> None:
    said = mingcha("user", "add", county_workspace, *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.words.count("\n") == 1
    assert why in said.words
    assert NUMBER[:-1] not in said.words
    assert people(county_workspace) == {}


def test_without_data_people_can_be_registered_for_everywhere(mingcha: Mingcha, tmp_path: Path) -> None:
    (tmp_path / "W").mkdir()
    assert mingcha("user", "add", tmp_path / "W", "示例甲", *INSPECTOR).code == 2
    said = mingcha("user", "add", tmp_path / "W", "示例管理员", "--role", "steward", "--region", "all")
    assert (said.code, people(tmp_path / "W")) == (0, {"示例管理员": ("steward", "", True)})


def test_a_workspace_that_is_not_there_is_not_made(mingcha: Mingcha, tmp_path: Path) -> None:
    for arguments in (["add", tmp_path / "W", "示例甲", *INSPECTOR], ["list", tmp_path / "W"]):
        assert mingcha("user", *arguments).code == 1
    assert not (tmp_path / "W").exists()


def test_retiring_is_said_and_kept_and_adding_lets_in_again(mingcha: Mingcha, county_workspace: Path) -> None:
    mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR)
    said = mingcha("user", "retire", county_workspace, "示例甲")
    assert (said.code, "在用 → 已停用" in said.words) == (0, True)
    assert mingcha("user", "list", county_workspace).out.endswith("retired\n")
    assert mingcha("user", "retire", county_workspace, "示例乙").code == 2
    assert "已停用 → 在用" in mingcha("user", "add", county_workspace, "示例甲", *INSPECTOR).words


@pytest.mark.parametrize("command", ["add", "list", "retire"])
def test_every_command_explains_itself_in_both_languages(mingcha: Mingcha, command: str) -> None:
    said = mingcha("user", command, "--help")
    assert (said.code, said.words) == (0, "")
    assert f"mingcha user {command}" in said.out
    assert " / " in said.out


def test_without_a_command_it_is_one_line(mingcha: Mingcha) -> None:
    said = mingcha("user")
    assert (said.code, said.words.count("\n")) == (2, 1)
