"""`today-feeling user`: what an operator does for a person with an account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from today_feeling.commands.shared import DatabaseUrl, open_database
from today_feeling.services import resets
from today_feeling.settings import Settings

app = typer.Typer(no_args_is_help=True, help="For people with an account.")

_LOCAL = "http://localhost:8000"


@app.callback()
def _group() -> None:
    """Typer would make a lone subcommand the command itself."""


@app.command()
def reset(
    login_id: Annotated[str, typer.Argument(metavar="LOGIN_ID", help="Whose password is lost.")],
    database: DatabaseUrl = None,
) -> None:
    """Print a link that sets a new password, once, within an hour. Hand it to nobody else."""
    settings = Settings.from_environment()
    with open_database(database) as opened:
        token = resets.issue(opened, login_id, now=datetime.now(UTC))
    typer.echo(resets.link(settings.public_url or _LOCAL, token))
