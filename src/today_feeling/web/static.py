"""The built web app and the models, as files."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Receive, Scope, Send

_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tflite": "application/octet-stream",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Said here, because the operating system's table differs from machine to machine."""

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))

_NOT_BUILT: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Today Feeling</title>
<h1>The web app is not built yet</h1>
<p>The server runs; its API is described at <a href="/docs">/docs</a>.</p>
<p>Run <code>make run</code> in a checkout, or install the released package,
which has them inside.</p>
</html>
"""


class _Files(StaticFiles):
    """Files with our types, as short as the browser can take them, and no older than allowed.

    Those under `/assets/` have their hash in their name and may be kept for ever; the rest is
    asked for each time. `X.br` and `X.gz` beside `X` are sent instead of it where they may be.
    """

    def file_response(
        self,
        full_path: PathLike,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        path = Path(full_path)
        headers = Headers(scope=scope)
        media_type = _MEDIA_TYPES.get(path.suffix.lower())
        for_ever = scope["path"].startswith("/assets/")
        sent = {
            "cache-control": "public, max-age=31536000, immutable" if for_ever else "no-cache",
            "vary": "Accept-Encoding",
        }
        accepted = {
            part.partition(";")[0].strip()
            for part in headers.get("accept-encoding", "").split(",")
            if not part.replace(" ", "").endswith(";q=0")
        }
        if "range" not in headers:
            for encoding, suffix in _ENCODINGS:
                packed = path.with_name(path.name + suffix)
                if encoding in accepted and packed.is_file():
                    media_type = media_type or "application/octet-stream"
                    sent["content-encoding"] = encoding
                    path, stat_result = packed, packed.stat()
                    break
        response = FileResponse(
            path, status_code, headers=sent, media_type=media_type, stat_result=stat_result
        )
        if self.is_not_modified(response.headers, headers):
            return NotModifiedResponse(response.headers)
        return response


class WebApp(_Files):
    """A built single-page app: a path that is no file and looks like a page is `index.html`."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)
        self._index = directory / "index.html"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await super().__call__(scope, receive, send)
            return
        response = await self.get_response(self.get_path(scope), scope)
        await response(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["path"].startswith(("/api/", "/models/")):
            raise HTTPException(404)
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or PurePosixPath(scope["path"]).suffix:
                raise
        if not self._index.is_file():
            return HTMLResponse(_NOT_BUILT, headers={"cache-control": "no-cache"})
        return await super().get_response("index.html", scope)


class ModelFiles(_Files):
    """The models and their cards, and nothing else that lies beside them."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)

    async def check_config(self) -> None:
        """A missing folder is an empty one."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if PurePosixPath(path).suffix not in {".tflite", ".json"}:
            return "", None
        return super().lookup_path(path)
