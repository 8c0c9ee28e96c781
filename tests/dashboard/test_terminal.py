"""Does every command end with the right code and one clear line?"""

from pathlib import Path

import pytest
import typer

from casework.errors import CaseworkError, WrongUsageError
from casework.text import Text
from dashboard.terminal import ended, files, line, spread


def failing(error: BaseException) -> typer.Typer:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    return app


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CaseworkError(Text("缺少数据", "no data")), 1, "缺少数据 / no data"),
        (WrongUsageError(Text("不认识", "unknown")), 2, "不认识 / unknown"),
        (KeyboardInterrupt(), 130, "已中断,未存入任何内容 / interrupted; nothing was stored"),
        (typer.Exit(1), 1, ""),
        (typer.BadParameter("x"), 2, "用法有误:Invalid value: x / wrong usage; see mingcha --help"),
    ],
)
def test_every_way_out_is_one_line_and_a_code(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(failing(error), ["--"]) == code
    assert capsys.readouterr().err.strip() == words


def test_a_fault_of_the_program_shows_its_place_but_neither_a_trace_nor_the_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended(failing(KeyError("990101195505051019")), ["--"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "KeyError, test_terminal.py:" in said
    assert "Traceback" not in said
    assert "990101195505051019" not in said


def test_control_characters_of_a_file_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    line("a\x1b[31mred\nb")
    assert capsys.readouterr().err == "a\ufffd[31mred\ufffdb\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("detect W --only a b", "detect W --only a --only b"),
        ("detect W --only a --only b", "detect W --only a --only b"),
        ("detect W --only a b --engine spark", "detect W --only a --only b --engine spark"),
        ("detect --only a W", "detect --only a W"),
        ("detect --only a W --policy P", "detect --only a W --policy P"),
        ("export W --lead x y z --format csv", "export W --lead x --lead y --lead z --format csv"),
        ("measure W --tier county", "measure W --tier county"),
        ("import S W --mapping M --add", "import S W --mapping M --add"),
    ],
)
def test_several_values_may_follow_an_option_after_the_workspace(written: str, meant: str) -> None:
    assert spread(written.split()) == meant.split()


def test_files_after_one_scenario_option_are_one_value_and_a_further_option_begins_another() -> None:
    arguments = spread(["whatif", "W", "--scenario", "a", "b", "--months", "3", "--scenario", "c"])
    assert arguments[:2] + arguments[4:7] == ["whatif", "W", "--months", "3", "--scenario"]
    assert [files(arguments[place]) for place in (3, 7)] == [[Path("a"), Path("b")], [Path("c")]]
    assert spread(["whatif", "--scenario", "a", "W"]) == ["whatif", "--scenario", "a", "W"]
