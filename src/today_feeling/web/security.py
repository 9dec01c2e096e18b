"""What every request must pass and every response carries, whatever the route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from today_feeling.web.problems import problem

MAX_BODY_BYTES: Final = 8192
"""Of one request."""

IMPORT_PATH: Final = "/api/import"

_LONGER: Final = {
    # A hundred observations with all their digits.
    ("POST", "/api/observations"): 49_152,
    # One piece of a diary that comes in, which alone may be CSV.
    ("POST", IMPORT_PATH): 1_000_000,
    # Everything that a page without a session has to tell of a queue.
    ("POST", "/api/private/queue"): 12_288,
    # Twenty songs with the longest names, in four bytes a letter.
    ("POST", "/api/songs"): 98_304,
    # A list of songs, or a file of 1 MB that holds one, in base64.
    ("POST", "/api/songs/preview"): 1_400_000,
}

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


def most_bytes(method: str, path: str) -> int:
    """Of a request's body."""
    return _LONGER.get((method, path), MAX_BODY_BYTES)


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


class JsonBodiesOnly:
    """Reads the body of a request before the app does: JSON of at most `most_bytes`.

    A longer one gets 413, also when it comes in pieces that do not say how many; any other type
    gets 415. So no route can receive a picture, not even one that is still to be written. The
    import alone takes CSV, too; it refuses what is no text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = most_bytes(scope["method"], scope["path"])
        media_types = {"application/json"}
        if (scope["method"], scope["path"]) == ("POST", IMPORT_PATH):
            media_types.add("text/csv")
        declared = headers.get("content-length", "0")
        body = bytearray()
        too_long = not declared.isdecimal() or int(declared) > most
        while not too_long:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            too_long = len(body) > most
            if not message.get("more_body", False):
                break
        if too_long:
            response = problem(
                413,
                "body_too_large",
                f"A request holds at most {most} bytes.",
                headers={"Connection": "close"},
            )
            await response(scope, receive, send)
            return
        media_type = headers.get("content-type", "").partition(";")[0].strip().casefold()
        encoding = headers.get("content-encoding", "identity").casefold()
        if body and (media_type not in media_types or encoding != "identity"):
            response = problem(
                415, "unsupported_media_type", "A body must be application/json, uncompressed."
            )
            await response(scope, receive, send)
            return
        given = False

        async def receive_again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self._app(scope, receive_again, send)
