"""A static site on localhost under the app's own security policy, for pages that need no app."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from today_feeling.web.security import RESPONSE_HEADERS

POLICY = RESPONSE_HEADERS["content-security-policy"]
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}


@contextmanager
def static_site(
    folders: Mapping[str, Path],
    contents: Mapping[str, bytes] | None = None,
    policy: str = POLICY,
    headers: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Serve folders by URL prefix (`/models/`) and bytes by path, which may be added later.

    Parameters
    ----------
    headers
        More of them, on every answer.

    Yields
    ------
    str
        The site's origin, without a slash at the end.
    """
    held = {} if contents is None else contents

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            content = held.get(path)
            if content is None:
                content = self._file(path)
            self.send_response(200 if content is not None else 404)
            kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("Content-Security-Policy", policy)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content or b"")

        def _file(self, path: str) -> bytes | None:
            for prefix, folder in folders.items():
                file = folder / path.removeprefix(prefix)
                inside = path.startswith(prefix) and file.resolve().is_relative_to(folder.resolve())
                if inside and file.is_file():
                    return file.read_bytes()
            return None

        def log_message(self, *_: object) -> None:
            """Tests have no use for an access log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
