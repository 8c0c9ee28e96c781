"""How does a command speak to a person, and how does it end?

Results go to standard output, words about the work to standard error, in Chinese and English on one line. Progress is
shown on a terminal only. Whatever goes wrong is one line: 1 for data, 2 for wrong usage, 130 for Ctrl-C (contract §8).
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Final

import typer
from rich.console import Console

from casework.errors import CaseworkError, WrongUsageError
from casework.text import Text

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
SEVERAL: Final = frozenset({"--only", "--metric", "--lead"})  # the contract lets several values follow
STACKED: Final = "--scenario"  # several values that follow belong together
_BETWEEN: Final = "\0"  # between them: the one sign that no file name and no argument can hold
_STAGES: Final = {
    "households": Text("汇集住户", "gathering households"),
    "baseline": Text("测算基线", "reckoning the baseline"),
    "read": Text("读取", "reading"),
    "check": Text("检查", "checking"),
    "store": Text("入库", "storing"),
}
_words: Final = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def say(words: Text) -> None:
    """One line of words to the person."""
    line(f"{words.zh} / {words.en}")


def line(text: str) -> None:
    """One line to the person; control characters of a file's words never reach the terminal."""
    _words.print("".join(sign if sign.isprintable() else "\ufffd" for sign in text))


@contextmanager
def working() -> Iterator[Callable[[str], None]]:
    """A spinner that names the stage, on a terminal; nothing in a pipe."""
    if not _words.is_terminal:
        yield lambda _stage: None
        return
    with _words.status("…") as status:

        def hear(stage: str) -> None:
            words = _STAGES.get(stage, Text(stage, stage))
            status.update(words.zh if words.zh == words.en else f"{words.zh} / {words.en}")

        yield hear


def give(text: str, out: Path | None) -> None:
    """The result, to the screen or into a file."""
    if out is None:
        sys.stdout.write(text)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise CaseworkError(
            Text(f"无法写入 {out}:{error.strerror}", f"cannot write {out}: {error.strerror}")
        ) from error


def give_file(content: Callable[[], bytes], out: Path | None) -> None:
    """A file that is no text, into a file or a pipe; it is not even made for a screen that could not show it."""
    if out is None and sys.stdout.isatty():
        raise WrongUsageError(
            Text("这种格式不是文本,请用 --out 指明文件", "this format is no text; name a file with --out")
        )
    if out is None:
        sys.stdout.buffer.write(content())
        sys.stdout.buffer.flush()
        return
    if out.is_dir() or not out.parent.is_dir():  # said before anything is made and journalled
        reason = os.strerror(errno.EISDIR if out.is_dir() else errno.ENOENT)
        raise CaseworkError(Text(f"无法写入 {out}:{reason}", f"cannot write {out}: {reason}"))
    try:
        out.write_bytes(content())
    except OSError as error:
        raise CaseworkError(
            Text(f"无法写入 {out}:{error.strerror}", f"cannot write {out}: {error.strerror}")
        ) from error


def files(value: str) -> list[Path]:
    """The files that followed one `--scenario`, in order."""
    return [Path(name) for name in value.split(_BETWEEN)]


def spread(arguments: Sequence[str]) -> list[str]:
    """`COMMAND WORKSPACE --only a b` as `… --only a --only b`; before the workspace one value belongs to an option.

    Files after one `--scenario` become one value (`files`).
    """
    result: list[str] = []
    plain, option, values = 0, "", 0
    for argument in arguments:
        if argument.startswith("-"):
            option, values = (argument if argument in {*SEVERAL, STACKED} else ""), 0
        elif not option:
            plain += 1
        elif values and plain > 1 and option == STACKED:
            result[-1] += f"{_BETWEEN}{argument}"
            continue
        elif values and plain > 1:
            result.append(option)
        elif values:
            option, plain = "", plain + 1
        values += 1
        result.append(argument)
        if argument.startswith("-"):
            values = 0
    return result


def ended(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file name may hold what the terminal cannot show
    try:
        code = int(app(args=spread(arguments) or ["--help"], prog_name="mingcha", standalone_mode=False) or DONE)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody sees a trace
        return _told(error)
    if code == INTERRUPTED:  # typer turns Ctrl-C into this code itself
        say(Text("已中断,未存入任何内容", "interrupted; nothing was stored"))
    return code


def _told(error: Exception) -> int:
    """Say in one line what went wrong; the exit code."""
    match error:
        case CaseworkError():
            say(error.message)
            return WRONG_USAGE if isinstance(error, WrongUsageError) else FAILED
        case BrokenPipeError():  # the reader of the pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return FAILED
        case _ if (wrong := getattr(error, "format_message", None)) is not None:  # typer's own, of its copy of click
            if said := wrong():
                say(Text(f"用法有误:{said}", "wrong usage; see mingcha --help"))
            return WRONG_USAGE
        case _:
            place = extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
            say(Text(f"程序错误({where}),请报告", f"a fault of the program ({where}); please report it"))
            return FAILED
