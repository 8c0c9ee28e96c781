"""What does every answer of the server carry, so that a page asks nothing of any other machine?"""

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_SHELL: Final = {  # Streamlit's empty page: our name and language, and where the server is (else it guesses by 404s)
    b'<html lang="en">': b'<html lang="zh-CN">',
    b"<title>Streamlit</title>": "<title>明察 Mingcha</title>".encode(),
    b"window.prerenderReady = false": (
        b"window.prerenderReady = false; window.__streamlit = {BACKEND_BASE_URL: window.location.origin}"
    ),
}


class Guarded:
    """Adds the headers to every answer, and makes the empty page ours."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, answers with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        if "text/html" in Headers(scope=scope).get("accept", ""):  # the shell must come unpacked and whole
            left_out = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
            scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in left_out]}
        await self.app(scope, receive, answer)


class _Answer:
    """Holds back the start and body of an HTML answer until it is whole."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            if headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._whole(self._start)
            return
        await self._send(message)

    async def _whole(self, start: Message) -> None:
        body = self._body
        for theirs, ours in _SHELL.items():
            body = body.replace(theirs, ours)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
