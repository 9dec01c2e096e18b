"""Who listens in `benchmarks/load.py`: people with a page of ours, and users of the old system."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol
from uuid import uuid4

PROBABILITIES: Final = [0.05, 0.05, 0.1, 0.7, 0.05, 0.05]
AHEAD: Final = 5
"""Songs that the page asks for at once."""


class Listener(Protocol):
    """Somebody who is seen, and wants songs. Both tell whether the server did it."""

    line: Line

    async def begin(self) -> None: ...

    async def observe(self) -> bool: ...

    async def song(self) -> bool: ...


@dataclass
class Line:
    """A listener's connections to the server, used again where the server keeps them open.

    It takes a second one where the first still waits for an answer, as browsers do.
    """

    port: int
    headers: str = ""
    _free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)

    async def ask(self, path: str, body: dict[str, Any]) -> tuple[int, str, bytes]:
        """Post JSON; return the status, the answer's head and its body."""
        reader, writer = await self._open()
        content = json.dumps(body).encode()
        request = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{self.headers}"
            "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        writer.write(request.encode() + content)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?im)^content-length: *(\d+)", head)
        answer = await reader.readexactly(int(length[1]) if length else 0)
        if re.search(r"(?im)^connection: *close", head):
            writer.close()
        else:
            self._free.append((reader, writer))
        return int(head.split(maxsplit=2)[1]), head, answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self.port)

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._free:
            writer.close()
        self._free.clear()


class Ours:
    """A listener of our server."""

    def __init__(self, port: int) -> None:
        self.line = Line(port)
        self._waiting: list[dict[str, Any]] = []

    async def begin(self) -> None:
        status, head, _ = await self.line.ask("/api/session", {})
        assert status == 200, head
        cookie = re.search(r"(?im)^set-cookie: *([^;]+)", head)
        assert cookie, head
        self.line.headers = f"Cookie: {cookie[1]}\r\n"

    async def observe(self) -> bool:
        observation = {
            "id": str(uuid4()),
            "observed_at": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "duration_s": 10,
            "emotion": "neutral",
            "probabilities": PROBABILITIES,
            "unsure_share": 0.1,
        }
        status, *_ = await self.line.ask("/api/observations", {"observations": [observation]})
        return status == 204

    async def song(self) -> bool:
        """The next song and the four after it, as the page asks at the end of a song."""
        wish = {"emotion": "neutral", "origin": "camera", "confidence": 0.7, "goal": "match"}
        queue = {"waiting": self._waiting, "without": [], "length": AHEAD, "playing": None}
        more = {
            "probabilities": PROBABILITIES,
            "unavailable_sources": [],
            "fresh": False,
            "step": 0,
        }
        status, _, answer = await self.line.ask("/api/queue", wish | queue | more)
        _, *coming = json.loads(answer)["songs"]
        self._waiting = [{"id": song["id"], "placed": False} for song in coming]
        return status == 201


class Old:
    """A listener of the old system, who is who they say they are."""

    def __init__(self, port: int) -> None:
        self.line = Line(port)
        self.user = str(uuid4())

    async def begin(self) -> None:
        """There is nothing to begin."""

    async def observe(self) -> bool:
        return (await self.line.ask("/emotion", {"user": self.user, "emotion": 3}))[0] == 200

    async def song(self) -> bool:
        return (await self.line.ask("/recommend", {"user": self.user, "emotion": 3}))[0] == 200
