"""`today-feeling`: names the commands and imports a command's module only when it runs."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from today_feeling import __version__
from today_feeling.errors import TodayFeelingError


class _Entry(NamedTuple):
    """Where a command lives; `attribute` is a function, or a `typer.Typer` with subcommands."""

    module: str
    attribute: str
    help: str


COMMANDS: Final[dict[str, _Entry]] = {
    "serve": _Entry("serve", "serve", "Serve the web app on this machine."),
    "analyze": _Entry("vision", "analyze", "Read the emotions in pictures and videos."),
    "watch": _Entry("vision", "watch", "Read emotions live from a camera or a video."),
    "library": _Entry("library", "app", "Your own music files: add, list, remove, rescan."),
    "evaluate-recommender": _Entry(
        "evaluate", "evaluate_recommender", "Score the recommender on rated listening."
    ),
    "export-events": _Entry(
        "export_events", "export_events", "What was heard, for evaluate-recommender."
    ),
    "catalogue": _Entry(
        "catalogue", "app", "The songs there are to play: import, list, verify, ..."
    ),
    "subsonic": _Entry("remote", "subsonic", "Songs of a music server of yours."),
    "radio": _Entry("remote", "radio", "Radio stations, when nothing else plays."),
    "user": _Entry("user", "app", "For people with an account: reset a password."),
    "backup": _Entry("backup", "backup", "Keep the whole database in one file."),
    "restore": _Entry("backup", "restore", "Bring a backup back."),
    "database": _Entry("database", "app", "Move the database, migrate its tables."),
    "openapi": _Entry("openapi", "openapi", "Print the description of the HTTP API."),
}


class _LazyCommand(TyperCommand):
    """Knows its one line of help; becomes the real command when it is about to run."""

    def __init__(self, name: str, entry: _Entry) -> None:
        super().__init__(name, callback=None, help=entry.help)
        self._entry = entry

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        module = import_module(f"today_feeling.commands.{self._entry.module}")
        found = getattr(module, self._entry.attribute)
        if not isinstance(found, typer.Typer):
            wrapper = typer.Typer(add_completion=False)
            wrapper.command()(found)
            found = wrapper
        return get_command(found).make_context(info_name, args, parent=parent, **extra)


class _LazyGroup(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        entry = COMMANDS.get(cmd_name)
        return _LazyCommand(cmd_name, entry) if entry else None


app = typer.Typer(
    name="today-feeling",
    cls=_LazyGroup,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(help="A camera sees how you are, on your own device, and the right music plays.")
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    pass


def main() -> None:
    """Run the command line; an error of ours is one line on stderr and exit code 1."""
    # numpy reads it when a command imports it. Our matrices are small: more threads of OpenBLAS
    # only wait for each other, and doing so double the processor time of choosing a song.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except TodayFeelingError as error:
        typer.echo(f"today-feeling: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
