"""The body of every request, read before anybody knows whose it is."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Final

from anyio import fail_after
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from today_feeling.errors import TooManyRequests
from today_feeling.web.limits import Places, network_of
from today_feeling.web.problems import problem

MAX_BODY_BYTES: Final = 8192
"""Of one request."""

BODY_S: Final = 60.0
"""So long a body may take to come."""

LONG_BYTES: Final = 131_072
"""Longer bodies are only imports and lists of songs."""

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


def most_bytes(method: str, path: str) -> int:
    """Of a request's body."""
    return _LONGER.get((method, path), MAX_BODY_BYTES)


class JsonBodiesOnly:
    """Reads the body of a request before the app does: JSON of at most `most_bytes`.

    A longer one gets 413, also when it comes in pieces that do not say how many; one that takes
    longer than `BODY_S` 408; and any other type 415. Of those above `LONG_BYTES` a few come in at
    a time, as nobody knows yet whose they are, and others get 429. So no route can receive a
    picture, not even one that is still to be written. The import alone takes CSV, too; it refuses
    what is no text.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._long = Places("long requests", at_once=64, of_one=8, per_minute=600)

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
        try:
            if not declared.isdecimal() or int(declared) > most:
                raise _TooLong
            with fail_after(BODY_S):
                body = await self._read(scope, receive, most)
        except _Left:
            return
        except (_TooLong, TimeoutError, TooManyRequests) as error:
            response = _refused(error, most)
            response.headers["Connection"] = "close"
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

    async def _read(self, scope: Scope, receive: Receive, most: int) -> bytearray:
        """The body. Raises `_Left`, `_TooLong` and `TooManyRequests`."""
        body = bytearray()
        with ExitStack() as place:
            more = True
            held = False
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Left
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > most:
                    raise _TooLong
                if more and not held and len(body) > LONG_BYTES:
                    held = True
                    network = network_of(scope["client"][0] if scope["client"] else "")
                    place.enter_context(self._long.held(network, datetime.now(UTC)))
        return body


class _Left(Exception):
    """Nobody is there any more."""


class _TooLong(Exception):
    """The body holds more than it may."""


def _refused(error: Exception, most: int) -> Response:
    if isinstance(error, TooManyRequests):
        headers = {"Retry-After": str(error.retry_after_s)}
        return problem(429, "too_many_requests", str(error), headers=headers)
    if isinstance(error, TimeoutError):
        return problem(408, "body_too_slow", f"A request comes within {BODY_S:g} s.")
    return problem(413, "body_too_large", f"A request holds at most {most} bytes.")
