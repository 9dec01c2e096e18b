"""Answers that are told line by line while the work is done, which ends where nobody listens."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from anyio import CapacityLimiter, create_memory_object_stream, create_task_group, from_thread
from anyio.streams.memory import MemoryObjectSendStream
from anyio.to_thread import run_sync
from pydantic import BaseModel
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from today_feeling.errors import TodayFeelingError
from today_feeling.web.limits import Places

MEDIA_TYPE: Final = "application/x-ndjson"

AT_ONCE: Final = 16
"""Lists that one process reads at the same time; each has a thread of its own."""

OF_ONE: Final = 4
"""And of these, from one network: nobody takes every place."""

PER_MINUTE: Final = 20
"""Lists that one network may have read; each may ask YouTube for many pages."""

LONGEST_S: Final = 600.0
"""Of an answer, which then ends where it is: enough for 2000 videos, asked about one by one."""

Tell = Callable[[BaseModel], None]
Work = Callable[[Tell], None]


class _Over(Exception):
    """It has taken too long."""


_log = logging.getLogger(__name__)


class Desk:
    """Where lists are read; of one process."""

    def __init__(self) -> None:
        self._places = Places("lists", at_once=AT_ONCE, of_one=OF_ONE, per_minute=PER_MINUTE)

    def answer(self, network: str, now: datetime, prepare: Callable[[], Work]) -> Response:
        """The lines that the prepared work tells, in a thread.

        `prepare` runs at once, and only where there is a place. Raises what it raises, and
        `TooManyRequests`.
        """
        self._places.enter(network, now)
        try:
            work = prepare()
        except BaseException:
            self._places.leave(network)
            raise
        return _Lines(work, lambda: self._places.leave(network))


class _Lines(Response):
    media_type = MEDIA_TYPE

    def __init__(self, work: Work, on_end: Callable[[], None]) -> None:
        # A proxy that waits for the whole answer would hide the progress.
        super().__init__(headers={"x-accel-buffering": "no"})
        del self.headers["content-length"]
        self._work = work
        self._on_end = on_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        try:
            await self._send_all(receive, send)
        finally:
            self._on_end()

    async def _send_all(self, receive: Receive, send: Send) -> None:
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        lines, told = create_memory_object_stream[bytes](math.inf)
        async with create_task_group() as group:

            async def watch() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                group.cancel_scope.cancel()

            group.start_soon(watch)
            group.start_soon(self._tell_all, lines)
            async with told:
                async for line in told:
                    await send({"type": "http.response.body", "body": line, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            group.cancel_scope.cancel()

    async def _tell_all(self, lines: MemoryObjectSendStream[bytes]) -> None:
        until = time.monotonic() + LONGEST_S

        def tell(line: BaseModel) -> None:
            from_thread.check_cancelled()  # nobody listens any more
            if time.monotonic() > until:
                raise _Over
            from_thread.run_sync(lines.send_nowait, line.model_dump_json().encode() + b"\n")

        async with lines:
            try:
                await run_sync(self._work, tell, limiter=CapacityLimiter(1))
            except _Over:
                _log.info("An answer took longer than %d s, and ended there", LONGEST_S)
            except TodayFeelingError:
                # The status is said already; a page that misses the last line knows.
                _log.exception("An answer ended early")
