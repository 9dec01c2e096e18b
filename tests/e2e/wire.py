"""The wire itself: a proxy that all of a browser's requests go through, to whatever host.

What a browser tells of its own requests is not all that it sends: what its service workers ask
for, and each cookie, show here alone. Nothing gets any further than to our own servers: other
hosts are played by the proxy, which has a certificate for each and looks into https, too.
"""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import trustme
from playwright.sync_api import ProxySettings

from tests.e2e.conversation import Said

Play = Callable[[str, str], tuple[str, str] | None]
"""Of a host and a path: type and content of what it answers; None where it does not know it."""

TRUSTING = "--ignore-certificate-errors"
"""Chromium knows YouTube's certificates by heart, and would take no other one's word for it."""
_BY_HAND = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}


@dataclass
class Wire:
    """What a browser is given to be recorded, and what it said.

    Attributes
    ----------
    said
        All requests so far, in their order; the recorder of a page knows fewer.
    """

    port: int
    said: list[Said] = field(default_factory=list)

    @property
    def proxy(self) -> ProxySettings:
        """For Playwright's `Browser.new_context`; the browser must have got `TRUSTING`."""
        # Chromium asks no proxy for what is on its own machine, unless it is told to.
        return {"server": f"http://127.0.0.1:{self.port}", "bypass": "<-loopback>"}


def _nobody(host: str, path: str) -> None:
    """Plays no host."""


@contextmanager
def open_wire(
    own: Collection[str], play: Play = _nobody, headers: Mapping[str, str] | None = None
) -> Iterator[Wire]:
    """Run the proxy.

    Parameters
    ----------
    own
        Addresses of our servers, which are really asked.
    play
        Answers for everybody else.
    headers
        More of them, on every answer of ours.
    """
    authority = trustme.CA()
    ours = {urlsplit(url).netloc for url in own}
    more = {name.lower(): value for name, value in (headers or {}).items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        secure_host = ""

        def do_CONNECT(self) -> None:
            self.secure_host = self.path.removesuffix(":443")
            self.send_response(200)
            self.end_headers()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(self.secure_host.partition(":")[0]).configure_cert(context)
            self.connection = context.wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)
            self.close_connection = False

        def do_GET(self) -> None:
            url = f"https://{self.secure_host}{self.path}" if self.secure_host else self.path
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kind, cookie = (self.headers.get(name, "") for name in ("content-type", "cookie"))
            wire.said.append(Said(self.command, url, kind, body, len(body), cookie))
            parts = urlsplit(url)
            if parts.netloc in ours:
                self._ask(parts.netloc, url.split(parts.netloc, 1)[1], body)
                return
            answer = play(parts.netloc, parts.path)
            played = {"content-type": answer[0]} if answer else {}
            self._send(200 if answer else 502, played, (answer or ("", ""))[1].encode())

        do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def _ask(self, host: str, target: str, body: bytes) -> None:
            behind = http.client.HTTPConnection(host, timeout=30)
            try:
                behind.request(self.command, target, body or None, dict(self.headers))
                answer = behind.getresponse()
                content = answer.read()
            except OSError:
                self._send(502, {}, b"")
                return
            finally:
                behind.close()
            told = {name.lower(): value for name, value in answer.getheaders()} | more
            self._send(answer.status, told, content)

        def _send(self, status: int, told: Mapping[str, str], content: bytes) -> None:
            self.send_response(status)
            for name in told.keys() - _BY_HAND:
                self.send_header(name, told[name])
            if status not in {204, 304}:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def finish(self) -> None:
            try:
                super().finish()
            finally:
                self.connection.close()  # the server closes only the plain socket below it

        def log_message(self, *_: object) -> None:
            """Tests have no use for an access log."""

    class Proxy(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A browser hangs up when it likes."""

    with Proxy(("127.0.0.1", 0), Handler) as proxy:
        wire = Wire(proxy.server_port)
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            yield wire
        finally:
            proxy.shutdown()
