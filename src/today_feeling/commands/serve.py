"""`today-feeling serve`: the web app on this machine."""

from __future__ import annotations

import dataclasses
import ipaddress
import signal
import socket
from typing import Annotated, Final

import typer
import uvicorn

from today_feeling.errors import Conflict
from today_feeling.settings import Settings
from today_feeling.web.app import create_app
from today_feeling.web.protocol import BoundedHead

_MOST_CONNECTIONS: Final = 4096
"""More are told to come again: each may hold a little memory before anybody knows whose it is."""


def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    database: Annotated[
        str | None, typer.Option(help="sqlite:///PATH or postgresql+psycopg://HOST/NAME")
    ] = None,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(help="A further host name to answer to; may be given several times."),
    ] = None,
) -> None:
    """Serve the web app until Ctrl+C, and print its address as soon as it listens."""
    settings = Settings.from_environment()
    settings = dataclasses.replace(
        settings,
        database_url=database or settings.database_url,
        allowed_hosts=(*settings.allowed_hosts, *_own_names(host), *(allowed_host or ())),
    )
    app = create_app(settings)
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        http=BoundedHead,
        access_log=False,
        log_level="critical",
        # A page sends what it saw every 10 s: it need not open a connection each time.
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        limit_concurrency=_MOST_CONNECTIONS,
        server_header=False,
        # uvicorn would believe every process of this machine, and so lift the limit of new guests.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
    )
    server = _Server(config, _address(host, listener.getsockname()[1]))
    # uvicorn raises the signal that stopped it once more when it is done: that is no accident.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: None)
    with listener:
        try:
            server.run(sockets=[listener])
        except SystemExit:
            # uvicorn's way to say that start-up failed; its cause is for us to tell.
            if app.state.startup_error is None:
                raise
            raise app.state.startup_error from None


class _Server(uvicorn.Server):
    """Says where it is, when it is really there."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            typer.echo(f"Today Feeling is at {self._address}  (Ctrl+C stops it)")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family, backlog=2048)
    except OSError as error:
        # Python adds the address. os.strerror would not know why a name cannot be resolved.
        reason = (error.strerror or str(error)).partition(" (while ")[0]
        message = f"Cannot listen on {_address(host, port)}: {reason}. Try --port."
        raise Conflict(message) from error


def _address(host: str, port: int) -> str:
    if host in {"127.0.0.1", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        host = "localhost"
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{port}"


def _own_names(host: str) -> tuple[str, ...]:
    """Names under which a server that listens on `host` is reached."""
    bare = host.strip("[]")
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return (host,)
    if not address.is_unspecified:
        return (f"[{bare}]" if address.version == 6 else bare,)
    name = socket.gethostname()
    try:
        addresses = socket.gethostbyname_ex(name)[2]
    except OSError:
        addresses = []
    return (name, *addresses)
