"""Passes the sound of another server on to the page, which then never meets that server.

So the page's policy stays closed, and whoever sends learns this server's address and nobody else's.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Final
from urllib.parse import urlsplit

import httpx2
from anyio import getaddrinfo, move_on_after
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from today_feeling.errors import NotFound, SourceUnavailable, TooManyRequests
from today_feeling.music.patience import USER_AGENT
from today_feeling.services.remote import Stream

SPELL_S: Final = 600.0
"""A station is heard so long at a time: then the page chooses anew, by the mood of that moment."""

AT_ONCE: Final = 32
"""Streams that one process passes on at the same time."""

OF_ONE: Final = 6
"""And of these, to one listener: nobody takes every place. A page that skips opens the next song
before it has let go of the last."""

Listener = int | str
"""A user by id, or, of those who have no session, a network."""

_LONGEST_S: Final = 3600.0
"""So long a stream is open at most, also to a page that stopped reading; it asks for the rest."""

_RANGE: Final = re.compile(r"bytes=[0-9, -]{1,100}")
_TIMEOUT: Final = httpx2.Timeout(15.0, read=30.0)
_HOPS: Final = 5
_PASSED: Final = ("content-type", "content-length", "content-range", "accept-ranges")


class Relay:
    """Of one process."""

    def __init__(self, *, private: bool = False, spell_s: float = SPELL_S) -> None:
        self.private = private
        """Whether stations may be on this machine or in its network; only a test wants that."""
        self._spell_s = spell_s
        self._open: Counter[Listener] = Counter()

    async def send(self, stream: Stream, range_: str | None, *, listener: Listener) -> Response:
        """The sound, or the part of it that `range_` asks for, for `listener`.

        Raises `NotFound` where there is none, `SourceUnavailable` where the music server does not
        answer, `TooManyRequests` where too many listen.
        """
        async with AsyncExitStack() as stack:
            self._take_place(stack, listener)
            client = await stack.enter_async_context(
                httpx2.AsyncClient(timeout=_TIMEOUT, headers={"User-Agent": USER_AGENT})
            )
            try:
                answer = await self._ask(client, stack, stream, range_)
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                if stream.source == "radio":
                    raise NotFound("This station is off the air.") from error
                raise SourceUnavailable("The music server cannot be reached.") from error
            headers = {name: answer.headers[name] for name in _PASSED if name in answer.headers}
            headers["cache-control"] = "no-store"
            if answer.status_code == 416:
                return Response(status_code=416, headers={"content-range": "bytes */*"})
            if answer.is_server_error and stream.source == "subsonic":
                raise SourceUnavailable("The music server does not answer now.")
            kind = headers.get("content-type", "")
            if not answer.is_success or not kind.startswith(("audio/", "application/ogg")):
                raise NotFound("There is no sound of this song any more.")
            if stream.source == "radio":
                headers.pop("content-length", None)
            body = _body(answer, self._spell_s if stream.source == "radio" else None)
            return _Passed(body, answer.status_code, headers, held=stack.pop_all())

    def _take_place(self, stack: AsyncExitStack, listener: Listener) -> None:
        """Until the stack is closed. Nothing waits in here, so no place is taken twice."""
        if self._open.total() >= AT_ONCE or self._open[listener] >= OF_ONE:
            raise TooManyRequests("Too many are listening to other servers now.", 30)
        self._open[listener] += 1
        stack.callback(self._give_place, listener)

    def _give_place(self, listener: Listener) -> None:
        self._open[listener] -= 1
        self._open += Counter()  # forgets who has none

    async def _ask(
        self,
        client: httpx2.AsyncClient,
        stack: AsyncExitStack,
        stream: Stream,
        range_: str | None,
    ) -> httpx2.Response:
        headers = {"Accept-Encoding": "identity"}  # the bytes are passed on as they come
        if range_ and stream.source == "subsonic" and _RANGE.fullmatch(range_):
            headers["Range"] = range_
        url = (
            httpx2.URL(stream.url, params=stream.query) if stream.query else httpx2.URL(stream.url)
        )
        for _ in range(_HOPS):
            if stream.source == "radio":
                await self._require_public(str(url))
            answer = await stack.enter_async_context(client.stream("GET", url, headers=headers))
            if stream.source == "radio":
                self._require_public_peer(answer)
            if not answer.is_redirect:
                return answer
            url = answer.url.join(answer.headers.get("location", ""))
        raise NotFound("This station leads in circles.")

    async def _require_public(self, url: str) -> None:
        """A directory that anyone may write to must not lead us into our own network."""
        if self.private:
            return
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname:
            raise NotFound("This station is not encrypted.")
        try:
            found = await getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NotFound("This station is off the air.") from error
        if not all(_is_public(address[0]) for *_, address in found):
            raise NotFound("This station is in a private network.")

    def _require_public_peer(self, answer: httpx2.Response) -> None:
        """The name may have led elsewhere a moment later."""
        if self.private:
            return
        connection = answer.extensions.get("network_stream")
        peer = connection.get_extra_info("server_addr") if connection is not None else None
        if not peer or not _is_public(str(peer[0])):
            raise NotFound("This station is in a private network.")


class _Passed(StreamingResponse):
    """Gives back what it holds however it ends: also where the page has gone before the first
    byte, and nothing of the body is ever asked for."""

    def __init__(
        self,
        body: AsyncIterator[bytes],
        status_code: int,
        headers: dict[str, str],
        *,
        held: AsyncExitStack,
    ) -> None:
        super().__init__(body, status_code, headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._held:
            with move_on_after(_LONGEST_S):
                await super().__call__(scope, receive, send)


async def _body(answer: httpx2.Response, most_s: float | None) -> AsyncIterator[bytes]:
    began = time.monotonic()
    async for piece in answer.aiter_raw():
        yield piece
        if most_s is not None and time.monotonic() - began > most_s:
            return


def _is_public(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return parsed.is_global and not parsed.is_multicast
