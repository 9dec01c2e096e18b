"""A real music server for a test: Supysonic, with one user and one folder, on localhost.

`python -m tests.music.supysonic_program DIR MUSIC USER PASSWORD` prints its address and serves.
Supysonic knows passwords only. What knows tokens in its place is what may stand before it: a proxy
that checks who asks, and lets them in.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from supysonic.config import DefaultConfig
from supysonic.db import close_connection, init_database
from supysonic.managers.folder import FolderManager
from supysonic.managers.user import UserManager
from supysonic.scanner import Scanner
from supysonic.web import create_application
from werkzeug.serving import make_server

Answer = Iterable[bytes]
App = Callable[[dict[str, Any], Callable[..., Any]], Answer]


def with_tokens(app: App, user: str, password: str) -> App:
    """Lets in who has the right token, and sends others on as they came."""

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        salted = f"{password}{asked.get('s', '')}".encode()
        token = hashlib.md5(salted, usedforsecurity=False).hexdigest()
        known = asked.get("u") == user and asked.get("t") == token
        who = f"{asked.get('u', '')}:{password if known else ''}".encode()
        environ["HTTP_AUTHORIZATION"] = f"Basic {base64.b64encode(who).decode()}"
        return app(environ, start)

    return serve


def main() -> None:
    place, music, user, password = sys.argv[1:]
    config = DefaultConfig()
    config.BASE = {**config.BASE, "database_uri": f"sqlite:///{place}/supysonic.db"}
    config.WEBAPP = {**config.WEBAPP, "cache_dir": place, "mount_webui": False}
    config.DAEMON = {**config.DAEMON, "socket": f"{place}/no.sock"}
    init_database(config.BASE["database_uri"])
    UserManager.add(user, password)
    FolderManager.add("music", str(Path(music).resolve()))
    scanner = Scanner()
    scanner.queue_folder("music")
    scanner.run()
    close_connection()
    app = with_tokens(create_application(config), user, password)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 - who started it waits
    server.serve_forever()


if __name__ == "__main__":
    main()
