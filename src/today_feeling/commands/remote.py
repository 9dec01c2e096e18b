"""`today-feeling subsonic` and `today-feeling radio`: songs from elsewhere."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from today_feeling.commands.shared import DatabaseUrl, open_database
from today_feeling.music.radio import PER_GENRE, RadioDirectory
from today_feeling.music.subsonic import Login
from today_feeling.services import remote
from today_feeling.services.remote import Synced
from today_feeling.settings import Settings

subsonic = typer.Typer(no_args_is_help=True, help="Songs of a music server of yours.")
radio = typer.Typer(no_args_is_help=True, help="Radio stations by genre, when nothing else plays.")

_SECRET = "TODAY_FEELING_SUBSONIC_SECRET"  # noqa: S105 - the name of a variable


@subsonic.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Like https://music.example.")],
    user: Annotated[str | None, typer.Option(help="Name at the server; else an API key.")] = None,
    database: DatabaseUrl = None,
) -> None:
    """Use a server, and read which songs it has. The password, or the API key, is asked for, or
    taken from TODAY_FEELING_SUBSONIC_SECRET; only a token made of a password is kept."""
    secret = os.environ.get(_SECRET) or typer.prompt(
        "Password" if user else "API key", hide_input=True, err=True
    )
    login = Login.by_password(url, user, secret) if user else Login.by_key(url, secret)
    with open_database(database) as opened:
        now = datetime.now(UTC)
        server = remote.add_server(opened, login, now=now)
        _tell(server.url, remote.sync_server(opened, server, now=now))


@subsonic.command("list")
def list_(database: DatabaseUrl = None) -> None:
    """Show the servers and how many songs are on each."""
    with open_database(database) as opened:
        for server in remote.list_servers(opened):
            typer.echo(f"{server.url}  {server.user_name or 'API key'}  {server.tracks} songs")


@subsonic.command()
def sync(database: DatabaseUrl = None) -> None:
    """Read again which songs the servers have."""
    with open_database(database) as opened:
        for server in remote.list_servers(opened):
            _tell(server.url, remote.sync_server(opened, server, now=datetime.now(UTC)))


@subsonic.command()
def remove(
    url: Annotated[str, typer.Argument(metavar="URL")], database: DatabaseUrl = None
) -> None:
    """Forget a server and how to get in. The diary keeps the names of its songs."""
    with open_database(database) as opened:
        typer.echo(f"{url}: {remote.remove_server(opened, url)} songs taken out.")


@radio.command()
def update(
    per_genre: Annotated[int, typer.Option(min=1, max=200, help="Of each genre.")] = PER_GENRE,
    database: DatabaseUrl = None,
) -> None:
    """Fetch the most liked stations of each genre from Radio Browser."""
    base = Settings.from_environment().radio_directory_url
    with open_database(database) as opened:
        directory = RadioDirectory(base, per_genre=per_genre)
        _tell("Radio Browser", remote.sync_radio(opened, directory, now=datetime.now(UTC)))


@radio.command()
def clear(database: DatabaseUrl = None) -> None:
    """Take all stations out."""
    with open_database(database) as opened:
        typer.echo(f"{remote.remove_radio(opened)} stations taken out.")


def _tell(name: str, done: Synced) -> None:
    for skipped in done.skipped:
        typer.echo(f"Skipped {skipped.locator}: {skipped.why}", err=True)
    typer.echo(
        f"{name}: {done.found} there, {done.added} new, {done.changed} changed, "
        f"{done.removed} gone, {len(done.skipped)} skipped."
    )
