"""How requests are read from a connection, before they are anybody's."""

from __future__ import annotations

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES: Final = 65_536
"""Of a request's first line and its headers together, and again of what trails its body."""


class BoundedHead(HttpToolsProtocol):
    """HTTP/1.1 as httptools reads it, which alone would keep headers in memory that never end,
    be they before a body or after its last chunk."""

    _in_head = True
    _head_bytes = 0
    """That came of headers which are not whole yet."""

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            self.send_400_response("The head of the request is too long.")

    def on_headers_complete(self) -> None:
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_chunk_header(self) -> None:
        """The size of a chunk was read: its bytes follow, or, where it is none, trailers."""
        self._in_head = True

    def on_body(self, body: bytes) -> None:
        self._in_head, self._head_bytes = False, 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_head = True
        super().on_message_complete()
