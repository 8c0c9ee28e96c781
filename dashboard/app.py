"""How are the pages served: on this machine only, with nothing fetched from anywhere?

Streamlit as an ASGI app under uvicorn. The content security policy is what keeps a page from ever asking another
machine for anything; the tests watch that no page even tries.
"""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import streamlit as st
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import session
from dashboard.desk import WORKSPACE, desk
from dashboard.parts import frame
from dashboard.words import Words

HOST: Final = "127.0.0.1"
_SCRIPT: Final = Path(__file__).parent / "script.py"
_LOG: Final = logging.getLogger("mingcha")
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guarded:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, the start of an answer with the headers."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, guarded)


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
    yield {}


def serve(workspace: Path, port: int) -> None:
    """Serve until stopped, on the loopback interface only."""
    uvicorn.run(application(workspace), host=HOST, port=port, log_level="warning", server_header=False)
