"""Who may speak with the review page: this machine's browser, by this machine's own name, with the link's token.

A page of another site cannot: it has no token, its `Host` is another (DNS rebinding), no header lets it read an
answer, and what it sends is refused for its origin. Other users of the machine have no token.
"""

from __future__ import annotations

import hmac
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CSP", "Guard"]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NAMES = ("127.0.0.1", "localhost")


class Guard:
    """Lets through to `app` what comes with `token`, in the link or in the cookie that the link sets; else 403.

    The cookie is named by the port: browsers keep the cookies of a machine's ports together.
    """

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app, self._token = app, token
        self._cookie = f"workprint-review-{port}"
        self._hosts = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # a WebSocket is closed unanswered: the page has none
        headers = Headers(scope=scope)
        by_link = self._is_token(parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0])
        sent = self._send(send, by_link)
        if not self._is_ours(scope["path"], headers) or not (by_link or self._is_token(self._of_cookie(headers))):
            refusal = PlainTextResponse("Open the link that workprint review printed.\n", status_code=403)
            await refusal(scope, receive, self._send(send, False))
            return
        await self._app(scope, receive, sent)

    def _is_ours(self, path: str, headers: Headers) -> bool:
        """Whether it was asked for by our name, and by our own page; the page itself may be linked from anywhere."""
        host = headers.get("host", "").lower()
        origin = headers.get("origin")
        return (
            len(headers.getlist("host")) == 1
            and host in self._hosts
            and (origin is None or origin.lower() == f"http://{host}")
            and (path == "/" or headers.get("sec-fetch-site", "none") in ("none", "same-origin"))
        )

    def _is_token(self, said: str) -> bool:
        return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), self._token.encode())

    def _of_cookie(self, headers: Headers) -> str:
        pairs = (pair.strip().partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
        return next((value for name, _, value in pairs if name == self._cookie), "")

    def _send(self, send: Send, sets_cookie: bool) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if sets_cookie:
                    headers["Set-Cookie"] = f"{self._cookie}={self._token}; Path=/; HttpOnly; SameSite=Strict"
            await send(message)

        return sending
