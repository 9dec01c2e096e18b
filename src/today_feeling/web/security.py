"""What every request must pass and every response carries, whatever the route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from today_feeling.web.problems import problem

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

_CSP: Final = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval' https://www.youtube.com",
    "worker-src": "'self'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "frame-src": "https://www.youtube.com https://www.youtube-nocookie.com",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
"""Style attributes are what Svelte's transitions and the bars of the charts need."""

_FEATURES_OFF: Final = (
    "accelerometer",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)

RESPONSE_HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in _CSP.items()),
    # YouTube's player refuses to play for a page that does not say who it is.
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": ", ".join(
        [
            "camera=(self)",
            'autoplay=(self "https://www.youtube.com" "https://www.youtube-nocookie.com")',
            *(f"{feature}=()" for feature in _FEATURES_OFF),
        ]
    ),
}


class SecurityHeaders:
    """Puts `RESPONSE_HEADERS` on every response, and keeps API answers out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in RESPONSE_HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class HostCheck:
    """Answers only to host names that are ours, on any port: stops DNS rebinding."""

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self._app = app
        self._allowed = {host.casefold() for host in allowed_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).get("host", "")):
            response = problem(
                400, "host_not_allowed", "This server does not answer to that host name."
            )
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host.casefold()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        return name in self._allowed


class SameOrigin:
    """Refuses a changing request that another site caused.

    Browsers say so in `Sec-Fetch-Site`; older ones send `Origin`, which must then be `Host`.
    A client that sends neither is no browser, and carries nobody's cookies by accident.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] not in _SAFE_METHODS
            and not self._same_origin(Headers(scope=scope))
        ):
            response = problem(403, "cross_origin", "Only this app's own pages may change things.")
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    @staticmethod
    def _same_origin(headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is None:
            return True
        # Behind a proxy the scheme that we see is not the browser's.
        return origin.partition("://")[2].casefold() == headers.get("host", "").casefold()
