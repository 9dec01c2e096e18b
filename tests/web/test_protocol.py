"""What the server reads from a connection, sent to a process of its own."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.web.processes import serving
from today_feeling.web.protocol import MOST_HEAD_BYTES

MANY = 300_000
"""Bytes that come in several pieces."""


@pytest.fixture
def port(environment: dict[str, str]) -> Iterator[int]:
    with serving(environment) as server:
        found = urlsplit(server.address).port
        assert found is not None
        yield found


@pytest.mark.parametrize(
    ("begun", "more"),
    [
        (b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Long: ", b"x"),
        (
            b"POST /api/import HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"1\r\nx\r\n0\r\n",
            b"X-Trailer: x\r\n",
        ),
    ],
    ids=["a header", "trailers"],
)
def test_headers_without_end_are_cut_off(port: int, begun: bytes, more: bytes) -> None:
    def send() -> None:
        with socket.create_connection(("localhost", port), timeout=30) as connection:
            connection.sendall(begun)
            for _ in range(100):
                connection.sendall(more * (MOST_HEAD_BYTES // len(more)))

    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        send()


def test_neither_a_long_body_nor_many_requests_are_a_long_head(port: int) -> None:
    with closing(http.client.HTTPConnection("localhost", port, timeout=30)) as connection:

        def ask(method: str, path: str, body: bytes | list[bytes] | None = None) -> int:
            headers = {"Content-Type": "application/json", "X-Filler": "x" * 8000}
            connection.request(method, path, body, headers)
            with connection.getresponse() as answer:
                answer.read()
                return answer.status

        assert ask("POST", "/api/import", b" " * MANY) == 401  # read to its end
        assert ask("POST", "/api/import", [b" " * MANY] * 2) == 401  # in two chunks
        first = connection.sock
        for _ in range(2 * MOST_HEAD_BYTES // 8000):
            assert ask("GET", "/api/health") == 200
        assert connection.sock is first
