"""The API reference at `/docs`: plain HTML from the OpenAPI document, without any script."""

from __future__ import annotations

import json
from html import escape
from typing import Any, Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from today_feeling.web.openapi import operations

_STYLE: Final = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #8888; padding: 1rem 0 }
h2 { font: 600 1.1rem ui-monospace, monospace; overflow-wrap: anywhere }
h2 b { display: inline-block; min-width: 4.5rem }
pre { overflow: auto; padding: .75rem; background: #8881; border-radius: .5rem }
"""


def install(app: FastAPI) -> None:
    """Serve the reference of the app's operations."""

    async def page(request: Request) -> Response:
        del request
        return HTMLResponse(_page(app.openapi()))

    async def style(request: Request) -> Response:
        del request
        return PlainTextResponse(_STYLE, media_type="text/css")

    app.add_route("/docs", page, include_in_schema=False)
    app.add_route("/docs/style.css", style, include_in_schema=False)


def _page(document: dict[str, Any]) -> str:
    components = document.get("components", {})
    sections = "".join(
        _operation(method, path, operation) for method, path, operation in operations(document)
    )
    errors = "".join(
        f'<section id="error-{escape(status)}"><h2>{escape(status)}</h2>'
        f"<p>{escape(answer['description'])}</p>{_examples(answer)}</section>"
        for status, answer in components.get("responses", {}).items()
    )
    shapes = "".join(
        f'<section id="{escape(name)}"><h2>{escape(name)}</h2>{_json(schema)}</section>'
        for name, schema in components.get("schemas", {}).items()
    )
    title = escape(f"{document['info']['title']} API {document['info']['version']}")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{title}</title><link rel="stylesheet" href="/docs/style.css"></head><body>'
        f'<h1>{title}</h1><p>For programs: <a href="/openapi.json">openapi.json</a></p>'
        f"<main>{sections}<h1>Errors</h1>{errors}<h1>Shapes</h1>{shapes}</main></body></html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = "".join(
        f"<li><code>{escape(parameter['name'])}</code> ({escape(parameter['in'])}"
        f"{', required' if parameter.get('required') else ''}),"
        f" like <code>{escape(str(parameter['example']))}</code></li>"
        for parameter in operation.get("parameters", [])
    )
    body = operation.get("requestBody", {})
    answers = operation["responses"].items()
    good = "".join(
        f"<p>{escape(status)} {escape(answer['description'])} {_shape(answer)}</p>"
        f"{_examples(answer)}"
        for status, answer in answers
        if "$ref" not in answer
    )
    errors = " ".join(
        f'<a href="#error-{escape(status)}">{escape(status)}</a>'
        for status, answer in answers
        if "$ref" in answer
    )
    return (
        f"<section><h2><b>{escape(method.upper())}</b> {escape(path)}</h2>"
        f"<p>{escape(operation.get('description', ''))}</p>"
        + (f"<p>Parameters</p><ul>{parameters}</ul>" if parameters else "")
        + (f"<p>Body {_shape(body)}</p>{_examples(body)}" if body else "")
        + f"{good}<p>Errors {errors}</p></section>"
    )


def _shape(holder: dict[str, Any]) -> str:
    """Links to the shapes of a body."""
    names = dict.fromkeys(
        content["schema"]["$ref"].rpartition("/")[2]
        for content in holder.get("content", {}).values()
        if "$ref" in content.get("schema", {})
    )
    return " ".join(f'<a href="#{escape(name)}">{escape(name)}</a>' for name in names)


def _examples(holder: dict[str, Any]) -> str:
    return "".join(
        _json(shown)
        for content in holder.get("content", {}).values()
        for shown in (
            *([content["example"]] if "example" in content else []),
            *(each["value"] for each in content.get("examples", {}).values()),
        )
    )


def _json(value: object) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>"
