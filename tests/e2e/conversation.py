"""Everything that pages say to the outside, and a judgement of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request

from tests.e2e.bodies import unknown

LARGEST_BODY = 8 * 1024
"""Bytes; a frame of a camera, however compressed, is larger."""
LARGEST_URL = 2 * 1024
"""Characters; what can be sent in a body can be sent in an address too."""

_WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
_IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"\x00\x00\x00 ftyp", b"BM")
_BASE64_STARTS = tuple(base64.b64encode(start + b"\0" * 6)[:4] for start in _IMAGE_STARTS[:4])


@dataclass(frozen=True, slots=True)
class Said:
    """One request: what left the page.

    Attributes
    ----------
    body
        Its bytes, as far as the browser shows them: those of a Blob or of a form it hides.
    length
        Bytes of the body by the request's own header, hidden ones too.
    cookie
        What went along with it; a page's recorder does not know.
    """

    method: str
    url: str
    content_type: str
    body: bytes
    length: int
    cookie: str = ""


class Recorder:
    """Keeps every request and every socket of a context, its workers' included."""

    def __init__(self, context: BrowserContext) -> None:
        self._requests: list[Request] = []
        self._sockets: list[str] = []
        context.on("request", self._hear)
        context.on("page", self._watch)
        for page in context.pages:
            self._watch(page)

    def _hear(self, request: Request) -> None:
        self._requests.append(request)

    def _watch(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._sockets.append(socket.url))

    def said(self) -> list[Said]:
        """All that was said so far."""
        return [
            *(_said(request) for request in list(self._requests)),
            *(Said("WEBSOCKET", url, "", b"", 0) for url in self._sockets),
        ]


def _said(request: Request) -> Said:
    body = request.post_data_buffer or b""
    content_type, length = request.headers.get("content-type", ""), len(body)
    if request.method not in _WITHOUT_BODY:
        headers = request.all_headers()
        content_type = headers.get("content-type", "")
        length = int(headers.get("content-length", length))
    return Said(request.method, request.url, content_type, body, length)


def faults(said: Iterable[Said], own: str, players: Collection[str] = ()) -> list[str]:
    """Why each of these requests might carry a picture, or goes where it should not.

    Parameters
    ----------
    own
        Address of the app.
    players
        Hosts of other people's players. They may be asked for something, and told nothing.
    """
    found = []
    for one in said:
        where = f"{one.method} {one.url[:100]}"
        if urlsplit(one.url).scheme in {"data", "blob"}:
            continue  # they stay in the browser
        host = urlsplit(one.url).netloc
        if host in players:
            if one.method != "GET" or one.length or one.cookie:
                found.append(f"{where}: tells a player something")
        elif host != urlsplit(own).netloc:
            found.append(f"{where}: goes to a foreign host")
        else:
            path = urlsplit(one.url).path
            found += [f"{where}: {what}" for what in unknown(path, one.body)]
        if one.method == "WEBSOCKET":
            found.append(f"{where}: a socket, which nobody can look into")
        if one.length > LARGEST_BODY:
            found.append(f"{where}: {one.length} bytes")
        if one.length != len(one.body):
            found.append(f"{where}: a body of {one.length} bytes that the browser hides")
        if len(one.url) > LARGEST_URL:
            found.append(f"{where}: an address of {len(one.url)} characters")
        if (one.length or one.content_type) and one.content_type != "application/json":
            found.append(f"{where}: a body of type {one.content_type!r}")
        if _looks_like_an_image(one.body) or "data:image" in one.url:
            found.append(f"{where}: image data")
    return found


def _looks_like_an_image(body: bytes) -> bool:
    if body.startswith(_IMAGE_STARTS) or b"data:image" in body:
        return True
    if re.search(rb"[A-Za-z0-9+/]{256,}", body):
        return True
    return any(b'"' + start in body for start in _BASE64_STARTS)
