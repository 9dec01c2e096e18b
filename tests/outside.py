"""The internet of the tests: a real HTTP server on localhost, whose answers have the shape that the
services' own documents and clients give them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Json = Any


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> Json:
        return json.loads(self.body)


@dataclass
class Reply:
    """What is answered; `body` is JSON unless it is bytes."""

    body: Json = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Callable[[Asked], Reply]


class Outside:
    """Answers by the longest path that is a beginning of the one asked for; else 404."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.troubles: list[Reply] = []
        """Answers that come first, before the right ones."""
        self.slept: list[float] = []
        self.url = ""

    def sleep(self, seconds: float) -> None:
        """Given to what would wait."""
        self.slept.append(seconds)

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.troubles:
            return self.troubles.pop(0)
        paths = [path for path in self.routes if asked.path.startswith(path)]
        if not paths:
            return Reply({"error": {"code": 404, "message": "Not found"}}, 404)
        return self.routes[max(paths, key=len)](asked)


@contextmanager
def outside() -> Iterator[Outside]:
    """A server with no routes yet; `url` is its address."""
    world = Outside()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            url = urlsplit(self.path)
            length = int(self.headers.get("content-length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(parse_qsl(url.query))
            body = self.rfile.read(length)
            reply = world.answer(Asked(self.command, url.path, query, body, headers))
            content = (
                reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            )
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _serve  # noqa: N815 - as http.server calls them

        def log_message(self, *_: object) -> None:
            """Tests have no use for an access log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        world.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield world
        finally:
            server.shutdown()
            thread.join()
