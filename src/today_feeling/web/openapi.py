"""The OpenAPI document: what FastAPI knows, and what every error looks like, with examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from today_feeling.web.examples import example
from today_feeling.web.problems import MEDIA_TYPE, problem
from today_feeling.web.schemas.base import Problem
from today_feeling.web.schemas.songs import LookedLine
from today_feeling.web.telling import MEDIA_TYPE as LINES

_SCHEMA: Final = "#/components/schemas/{model}"
_SOUND: Final = {"audio/*": {"schema": {"type": "string", "format": "binary"}}}


class _Answer(NamedTuple):
    """An answer that says no: when it comes, and the codes that it may have."""

    when: str
    codes: tuple[str, ...]


_ANSWERS: Final[dict[str, _Answer]] = {
    "400": _Answer("The request is none, or for another host", ("bad_request", "host_not_allowed")),
    "401": _Answer(
        "There is no session, or the password is wrong", ("session_required", "wrong_credentials")
    ),
    "403": _Answer("Another site caused the request", ("cross_origin",)),
    "404": _Answer("The user has no such thing", ("not_found",)),
    "408": _Answer("The body does not come", ("body_too_slow",)),
    "409": _Answer(
        "It does not fit the present state", ("conflict", "nothing_to_play", "other_user")
    ),
    "410": _Answer("It is too late", ("undo_expired", "reset_expired")),
    "413": _Answer("The body is too long", ("body_too_large",)),
    "415": _Answer("The body is of another type", ("unsupported_media_type",)),
    "416": _Answer("The file has no such part", ("range_not_satisfiable",)),
    "422": _Answer("A value is wrong", ("invalid_input",)),
    "429": _Answer("Too often: wait", ("too_many_requests",)),
    "500": _Answer("A mistake of ours", ("internal_error",)),
    "502": _Answer("The server behind this one does not answer", ("source_unavailable",)),
    "503": _Answer("Nothing can be kept or read now: try again", ("store_unavailable",)),
}

_MEMBERS: Final[dict[str, dict[str, Any]]] = {
    "nothing_to_play": {"cause": "no_tracks"},
    "invalid_input": {
        "errors": [{"field": "body.emotion", "code": "missing", "message": "Field required"}]
    },
}
"""What some codes say beyond the others."""

_MORE: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("post", "/api/bans"): ("404",),
    ("post", "/api/login"): ("401",),
    ("post", "/api/plays"): ("404",),
    ("post", "/api/private/queue"): ("409", "429"),
    ("put", "/api/password-resets"): ("410",),
    ("post", "/api/undo/{deletion_id}"): ("410",),
    ("get", "/api/tracks/{track_id}/audio"): ("416", "429", "502"),
    ("get", "/api/tracks/{track_id}/cover"): ("502",),
    ("get", "/api/private/tracks/{track_id}/audio"): ("416", "429", "502"),
    ("get", "/api/private/tracks/{track_id}/cover"): ("502",),
}
"""What only the operation itself knows."""

_FILES: Final[dict[tuple[str, str], dict[str, dict[str, Any]]]] = {
    ("get", "/api/tracks/{track_id}/audio"): {
        "200": {"description": "The whole file", "content": _SOUND},
        "206": {"description": "The part that `Range` asked for", "content": _SOUND},
    },
    ("get", "/api/private/tracks/{track_id}/audio"): {
        "200": {"description": "The whole file", "content": _SOUND},
        "206": {"description": "The part that `Range` asked for", "content": _SOUND},
    },
    ("get", "/api/export"): {
        "200": {
            "description": "The file",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    },
    ("post", "/api/songs/preview"): {
        "200": {
            "description": "Lines of JSON, while the list is read",
            "content": {LINES: {"schema": {"$ref": _SCHEMA.format(model="LookedLine")}}},
        }
    },
}
"""Answers without a model."""


class DescribedApp(FastAPI):
    """An application whose document is complete."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = _complete(super().openapi())
        return self.openapi_schema


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All (method in small letters, path, operation)."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    components = document["components"]
    unseen = models_json_schema(
        [(Problem, "serialization"), (LookedLine, "serialization")], ref_template=_SCHEMA
    )[1]
    components["schemas"] |= unseen["$defs"]
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    _tidy(components["schemas"])
    _tidy(document["paths"])
    components["responses"] = {status: _response(status) for status in _ANSWERS}
    for method, path, operation in operations(document):
        errors = set(_errors(method, path, operation))
        operation["responses"] = {
            **{status: told for status, told in operation["responses"].items() if status < "3"},
            **_FILES.get((method, path), {}),
            **{status: {"$ref": f"#/components/responses/{status}"} for status in sorted(errors)},
        }
        _show(operation, components["schemas"])
    return document


def _tidy(part: Any) -> None:
    """Say what pydantic says in a form that readers and makers of types understand.

    The titles that it makes of names go: they say nothing, on every second line. A mapping whose
    keys are known becomes an object with those properties.
    """
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        if "enum" in part.get("propertyNames", {}):
            names = part.pop("propertyNames")["enum"]
            part["properties"] = dict.fromkeys(names, part["additionalProperties"])
            part["additionalProperties"] = False
        for inner in part.values():
            _tidy(inner)
    elif isinstance(part, list):
        for inner in part:
            _tidy(inner)


def _errors(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield from ("400", "500", "503")
    yield from _MORE.get((method, path), ())
    if "security" in operation:
        yield from ("401", "409")
    if "_id}" in path:
        yield "404"
    if operation.get("parameters") or "requestBody" in operation:
        yield "422"
    if method != "get":
        # Also those without a body: one that is sent is looked at before it is ignored.
        yield from ("403", "408", "413", "415", "429")


def _response(status: str) -> dict[str, Any]:
    answer = _ANSWERS[status]
    shown = {code: {"value": _problem(status, code, answer.when)} for code in answer.codes}
    response: dict[str, Any] = {
        "description": answer.when,
        "content": {
            MEDIA_TYPE: {"schema": {"$ref": _SCHEMA.format(model="Problem")}, "examples": shown}
        },
    }
    if status in {"429", "503"}:
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait",
                "schema": {"type": "integer", "minimum": 1},
            }
        }
    return response


def _problem(status: str, code: str, when: str) -> Any:
    real = problem(int(status), code, f"{when}.", **_MEMBERS.get(code, {}))
    return json.loads(bytes(real.body))


def _show(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Put an example beside every schema of the operation."""
    for parameter in operation.get("parameters", []):
        parameter["example"] = example(parameter["schema"], schemas, parameter["name"])
    holders = [operation.get("requestBody", {}), *operation["responses"].values()]
    for holder in holders:
        for media_type, content in holder.get("content", {}).items():
            if media_type == "application/json" and "example" not in content:
                content["example"] = example(content["schema"], schemas)
