"""How does a test open a page as a reader would?"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.cli import app
from dashboard.desk import WORKSPACE
from dashboard.entry import ENTERED
from dashboard.terminal import ended
from tests.county import ROOT, imported

SCRIPT = ROOT / "dashboard" / "script.py"
FILES = re.compile(r"\w+\.csv")
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """`open_page(workspace, "queue", role="inspector")`: the page at that address, after its script has run."""
    # A page's script takes the place of __main__; processes that another test spawns would run it again.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])

    def opened(workspace: Path, address: str, **params: str) -> AppTest:
        monkeypatch.setenv(WORKSPACE, str(workspace))
        page = AppTest.from_file(str(SCRIPT), default_timeout=60)
        page._page_hash = calc_hash(address)  # AppTest.switch_page knows files only; our pages are functions
        if role := params.get("role"):
            page.session_state[ENTERED] = ("T-01", role)
        for name, value in params.items():
            page.query_params[name] = value
        return page.run()

    return opened


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, only read."""
    return imported(tmp_path_factory.mktemp("county") / "workspace")


def said(page: AppTest) -> str:
    """Every word of a page, tables too."""
    parts = [
        str(getattr(element, "value", ""))
        for kind in ("title", "subheader", "text", "caption", "code", "markdown")
        for element in page.get(kind)
    ]
    parts += [element.proto.body for element in page.get("html")]
    parts += [f"{element.label} {element.value}" for element in page.metric]
    parts += [
        " ".join(map(str, [*element.value.columns, *element.value.to_numpy().ravel()])) for element in page.dataframe
    ]
    parts += [element.proto.label for kind in ("page_link", "expander") for element in page.get(kind)]
    parts += [f"{element.label} {' '.join(map(str, element.options))}" for element in page.selectbox]
    return "\n".join(parts)


@pytest.fixture(scope="session")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up township with every planted variant and look-alike, its leads detected."""
    place = tmp_path_factory.mktemp("township")
    assert ended(app, ["synthesize", str(place / "source"), "--persons", "1200", "--seed", "7"]) == 0
    return imported(place / "workspace", place / "source")


def read(page: AppTest) -> str:
    """What a reader reads: no style sheet, no digests."""
    parts = [
        str(element.value)
        for kind in ("title", "subheader", "text", "caption", "warning")
        for element in page.get(kind)
    ]
    parts += [f"{element.label} {element.value}" for element in page.metric]
    for element in page.dataframe:
        parts += [" ".join(map(str, [*element.value.columns, *element.value.to_numpy().ravel()]))]
    return FILES.sub("", "\n".join(parts))
