"""How are the pages served: on this machine only, with nothing fetched from anywhere?

Streamlit as an ASGI app under uvicorn, behind `dashboard.guard`.
"""

import gc
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import streamlit as st
import uvicorn
from starlette.middleware import Middleware

from dashboard import session
from dashboard.desk import WORKSPACE, desk
from dashboard.guard import Guarded
from dashboard.parts import frame
from dashboard.words import Words

HOST: Final = "127.0.0.1"
_SCRIPT: Final = Path(__file__).parent / "script.py"
_LOG: Final = logging.getLogger("mingcha")


def broke(error: Exception) -> bool:
    """One line for the reader; for the log the kind and place of the error, without any value that it may carry."""
    place = extract_tb(error.__traceback__)[-1]
    _LOG.error("%s in %s, line %s", type(error).__name__, Path(place.filename).name, place.lineno)
    frame.broken(Words(session.language()))
    return True


def application(workspace: Path) -> st.App:
    """The pages of one workspace."""
    os.environ[WORKSPACE] = str(workspace.resolve())
    return st.App(_SCRIPT, lifespan=_warm, middleware=[Middleware(Guarded)], on_script_error=broke)


@asynccontextmanager
async def _warm(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Read, count and import what the first reader would otherwise wait for."""
    desk(Path(os.environ[WORKSPACE]))
    gc.freeze()  # what is there now stays: Streamlit looks for garbage after every click, and need not look here
    yield {}


def serve(workspace: Path, port: int) -> None:
    """Serve until stopped, on the loopback interface only."""
    uvicorn.run(application(workspace), host=HOST, port=port, log_level="warning", server_header=False)
