"""`today-feeling openapi`: the API's document, without a server."""

from __future__ import annotations

import json

import typer

from today_feeling.settings import Settings
from today_feeling.web.app import create_app


def openapi() -> None:
    """Print the OpenAPI document that the server serves at /openapi.json."""
    app = create_app(Settings.from_environment())
    typer.echo(json.dumps(app.openapi(), indent=2, ensure_ascii=False))
