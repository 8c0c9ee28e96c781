"""How long after a click does the server answer, and how much does it send, on every page of a leader?

`python -m benchmarks.pages WORKSPACE [--clicks 20]`. The real server (`mingcha serve`) in a process of its own, asked
over its websocket as a browser asks it: a click is the request of another view (one of region, metric and programme
changed), measured from that request until the server says that the script has finished; beside it the processor's time
of the server, which other work on the machine lengthens less. Every message counts in full (a browser keeps the greater
ones). So drawing in the browser is not in the figures, nor are Streamlit's own files, which are the same for every page
and kept. Someone enters the workspace: the acts of coming in are written to its journal.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Final
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from casework.review.scope import Role
from casework.workspace import Workspace
from dashboard.desk import Desk
from dashboard.queries import masked
from dashboard.rights import Act

ROLES: Final[tuple[Role, ...]] = ("leader", "supervisor")
PARTS: Final = ("circles", "adequacy", "flows", "funnel", "watched", "hardest", "overlap")
PAGES: Final[tuple[tuple[Act, str], ...]] = (  # the page and its part
    ("overview", ""),
    ("areas", ""),
    ("trends", ""),
    ("timeliness", ""),
    *(("coverage", part) for part in PARTS),
    ("complaints", ""),
    ("integrity", ""),
    ("reform", ""),
    ("programmes", ""),
    ("report", ""),
    ("rows", ""),
)
OF_A_METRIC: Final = ("areas", "trends", "rows")
EACH_TIER: Final = 4  # regions
PATIENCE: Final = 600  # seconds
SECONDS, MEGABYTE = 0.5, 1_000_000  # the aims
TITLES: Final = (
    *("reader", "page", "opened s"),
    *("click s, median", "worst", "of a processor"),
    *("opened kB", "click kB, median", "worst", "aim"),
)
Choice = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request came to."""

    seconds: float
    busy: float  # seconds of a processor
    sent: int  # bytes


@dataclass
class Server:
    """`mingcha serve` of one workspace, warm."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float  # until it answered

    @property
    def busy(self) -> float:
        """Seconds of a processor that it has had."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")  # user and system time

    @property
    def peak(self) -> int:
        """The most memory that it has had, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


@contextmanager
def served(workspace: Path) -> Iterator[Server]:
    """The pages of a workspace on a free port, until they answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    command = [sys.executable, "-m", "dashboard.cli", "serve", str(workspace), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                sys.exit("mingcha serve failed")
            time.sleep(0.05)
        yield Server(process, port, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@dataclass
class Reader:
    """Someone before the pages."""

    role: Role
    server: Server
    line: ClientConnection
    heard: list[ForwardMsg] = field(default_factory=list)  # in answer to the last request

    def ask(self, page: str, asked: Choice, entered: dict[str, str] | None = None) -> Answer:
        """Request a view, and hear everything until the script has finished; `entered`: the name, by its widget."""
        message = BackMsg()
        run = message.rerun_script
        run.page_name = page
        run.query_string = urlencode({"role": self.role, **{name: value for name, value in asked.items() if value}})
        for widget, text in (entered or {}).items():
            state = run.widget_states.widgets.add(id=widget)
            if text:
                state.string_value = text
            else:
                state.trigger_value = True
        begun, busy, sent = time.perf_counter(), self.server.busy, 0
        self.line.send(message.SerializeToString())
        self.heard = []
        while True:
            frame = self.line.recv(timeout=PATIENCE)
            sent += len(frame)
            self.heard.append(ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode()))
            last = self.heard[-1]
            if (
                last.WhichOneof("type") == "script_finished"
                and last.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                seconds = time.perf_counter() - begun
                return Answer(seconds, self.server.busy - busy, sent)

    def enter(self) -> None:
        """Give a name at the door."""
        self.ask("", {})
        elements = [one.delta.new_element for one in self.heard]
        name = next(one.text_input.id for one in elements if one.WhichOneof("type") == "text_input")
        button = next(one.button.id for one in elements if one.button.is_form_submitter)
        self.ask("", {}, {name: "B-01", button: ""})

    @property
    def refused(self) -> bool:
        """Was there one line instead of a page?"""
        return any(one.delta.add_block.id.endswith("refusal") for one in self.heard)


def choices(desk: Desk, role: Role, act: Act) -> dict[str, list[str]]:
    """What a reader can change on that page, and to what."""
    regions, seen = desk.regions, dict.fromkeys(desk.regions.tiers, 0)
    places = []
    for code in regions.codes:
        tier = regions[code].tier
        seen[tier] += 1
        if seen[tier] <= EACH_TIER:
            places.append(code)
    cards = [card for card in desk.metric_cards.values() if not desk.opened.lacking(card.needs)]
    metrics = [
        card.metric
        for card in cards
        if (act != "areas" or card.ranked) and (act != "rows" or not masked.closed(role, card))
    ]
    told = {"region": places, "programme": ["", *desk.programmes], "metric": metrics if act in OF_A_METRIC else []}
    return {name: values for name, values in told.items() if values}


def clicked(
    reader: Reader, page: Act, part: str, offered: dict[str, list[str]], clicks: int
) -> tuple[Answer, list[Answer]]:
    """The page opened, then so many clicks, each of which changes one thing."""
    rings = {name: cycle(values) for name, values in offered.items()}
    asked = {name: next(ring) for name, ring in rings.items()} | {"part": part}
    opened = reader.ask(page, asked)
    found = []
    for name in islice(cycle(rings), clicks):
        asked[name] = next(rings[name])
        found.append(reader.ask(page, asked))
        if reader.refused:
            sys.exit(f"{page} was refused: {asked}")
    return opened, found


def row(role: Role, name: str, opened: Answer, found: list[Answer]) -> str:
    """One line of the table."""
    seconds, sent = [one.seconds for one in found], max(one.sent for one in found)
    missed = median(seconds) > SECONDS or max(opened.sent, sent) > MEGABYTE
    cells = (
        role,
        name,
        f"{opened.seconds:.2f}",
        f"{median(seconds):.2f}",
        f"{max(seconds):.2f}",
        f"{median(one.busy for one in found):.2f}",
        f"{opened.sent / 1000:.0f}",
        f"{median(one.sent for one in found) / 1000:.0f}",
        f"{sent / 1000:.0f}",
        "**missed**" if missed else "",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print a line a page, then what the server took."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("workspace", type=Path)
    words.add_argument("--clicks", type=int, default=20)
    words.add_argument("--only", nargs="*", help="pages")
    said = words.parse_args()
    workspace = Workspace(said.workspace)
    desk = Desk(workspace, workspace.policy(), workspace.calendar(), workspace.tables())
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    with served(said.workspace) as server:
        print(f"warm after {server.seconds:.1f} s, peak {server.peak} MiB\n")
        print(f"| {' | '.join(TITLES)} |\n|{'---|' * len(TITLES)}", flush=True)
        for role in ROLES:
            stream = f"ws://127.0.0.1:{server.port}/_stcore/stream"
            with connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None) as line:
                reader = Reader(role, server, line)
                reader.enter()
                for page, part in PAGES:
                    if not said.only or page in said.only:
                        offered = choices(desk, role, page)
                        print(
                            row(role, f"{page} {part}".strip(), *clicked(reader, page, part, offered, said.clicks)),
                            flush=True,
                        )
        print(f"\npeak {server.peak} MiB; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
