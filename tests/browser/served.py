"""How does a test stand before the real pages: a real server, a real browser, and everything they did on record?"""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Playwright, Request, WebSocket

from dashboard.words import phrases
from tests.county import ROOT

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEYS = re.compile("|".join(sorted(rf"\b{re.escape(key)}\b" for key in phrases("zh"))))
TRACES = re.compile(r"Traceback|File \".*\", line|StreamlitAPIException|polars\.exceptions")
DOOR = ".st-key-door-name"
PATIENCE = 20_000  # milliseconds, on a busy machine


@contextmanager
def serving(workspace: Path) -> Iterator[str]:
    """The pages of a workspace on a free port, in a process of their own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli", "serve", str(workspace), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT)  # noqa: S603 - our own program
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended by itself"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise TimeoutError(address)


def launched(playwright: Playwright) -> Browser:
    """The system's Chromium with a fresh profile."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@dataclass
class Reader:
    """A page, and everything it did that it should not."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    received: int = 0  # bytes over the websocket since the last `counted`
    counted: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch from the first moment."""
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        self.page.on("request", self._request)
        self.page.on("websocket", self._socket)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws", 1), "data:", "blob:")):
            self.wrong.append(f"request to {request.url}")

    def _socket(self, socket_: WebSocket) -> None:
        if not socket_.url.startswith(self.address.replace("http", "ws", 1)):
            self.wrong.append(f"socket to {socket_.url}")
        socket_.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self.received += len(payload)

    def open(self, path: str) -> None:
        """Go to an address of the pages and wait until it stands still."""
        self.page.goto(self.address + path)
        self.settle()
        if "role=" in path and self.page.locator(DOOR).count():
            self.enter()

    def enter(self, name: str = "T-01") -> None:
        """Give a name at the door; the role is the one of the link."""
        self.page.locator(f"{DOOR} input").fill(name)
        self._through()

    def come_in(self, name: str) -> None:
        """Choose a registered name at the door."""
        self.page.locator(f"{DOOR} input").click()
        self.page.get_by_role("option", name=name, exact=True).click()
        self._through()

    def _through(self) -> None:
        self.page.locator("[data-testid=stForm] button[kind=primaryFormSubmit]").click()
        self.page.locator(DOOR).wait_for(state="detached")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and every table and chart is drawn; then look for what must not be there."""
        self.page.wait_for_selector("h1, [data-testid=stForm], .st-key-refusal")
        self.page.wait_for_timeout(200)
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
        self.page.wait_for_timeout(200)
        self.counted.append(self.received)
        self.received = 0
        words = self.words()
        self.wrong += [f"untranslated: {key}" for key in KEYS.findall(words)]
        self.wrong += [f"trace: {trace}" for trace in TRACES.findall(words)]

    def words(self) -> str:
        """Every word in sight."""
        return self.page.inner_text("body")

    def title(self) -> str:
        """The page's heading."""
        return self.page.inner_text("h1").strip()

    def grid(self, place: int = 0) -> Locator:
        """One of the tables in sight; those in closed folds do not count."""
        return self.page.locator("[data-testid=stDataFrame]").filter(visible=True).nth(place)

    def table(self, place: int = 0) -> list[list[str]]:
        """The rows of a table as a screen reader hears them (the eye sees a canvas)."""
        grid = self.grid(place)
        grid.scroll_into_view_if_needed()
        rows = grid.locator("canvas table tbody tr")
        rows.first.wait_for(state="attached")
        found: list[list[str]] = rows.evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))"
        )
        return found

    def click_row(self, place: int, row: int, *, height: int) -> None:
        """Click into a row of a table."""
        grid = self.grid(place)
        grid.scroll_into_view_if_needed()
        grid.click(position={"x": 120, "y": 35 + height * row + height // 2})
