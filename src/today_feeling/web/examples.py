"""An example of any schema of the OpenAPI document, put together from its parts.

So no body can be without one, and none can go stale: a test checks each against its schema.
"""

from __future__ import annotations

from typing import Any, Final

TEXT: Final = "text"
"""Stands where nothing says what a text looks like; a test finds it."""

_FORMATS: Final = {
    "date": "2026-03-01",
    "date-time": "2026-03-01T12:00:00Z",
    "uuid": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
}

_FIELDS: Final[dict[str, Any]] = {
    "artist": "새벽 산책",
    "audio_url": "/api/tracks/7/audio",
    "cover_url": "/api/tracks/7/cover",
    "current": "blue-tomato-sings",
    "device": "Firefox, Linux",
    "duration_s": 10.0,
    "email": "jisoo@example.com",
    "language": "ko",
    "languages": ["ko", "en"],
    "login_id": "jisoo2026",
    "message": "This row has no date.",
    "name": "김지수",
    "note": "비 오는 날, 창가에서.",
    "password": "blue-tomato-sings",
    "probabilities": [0.02, 0.01, 0.9, 0.05, 0.01, 0.01],
    "timezone": "Asia/Seoul",
    "title": "봄날의 노래",
    "token": "q3vYd0nJ5kU0m2X8sC1fWbT7hE4gR6pL9aZ-iOuNxKc",
    "track_id": 7,
    "version": "0.1.0",
    "year": 2024,
    "youtube_video_id": "aB3dE6gH9jK",
}
"""A field that is no yes or no means the same wherever it is, so it looks the same, too."""

Schema = dict[str, Any]


def example(schema: Schema, schemas: dict[str, Schema], name: str = "") -> Any:
    """A value that fits; `schemas` are those that it may refer to, `name` is the field's."""
    schema = _resolved(schema, schemas)
    given = [*schema.get("examples", ()), schema.get("const"), schema.get("default")]
    given += schema.get("enum", ())
    if schema.get("type") != "boolean":
        given.append(_FIELDS.get(name))
    first = next((each for each in given if each is not None), None)
    return _made(schema, schemas) if first is None else first


def _made(schema: Schema, schemas: dict[str, Schema]) -> Any:
    match schema.get("type"):
        case "object":
            return _object(schema, schemas)
        case "array":
            return [example(schema["items"], schemas)] * max(1, schema.get("minItems", 0))
        case "integer" | "number":
            return _number(schema)
        case "boolean":
            return True
    return _FORMATS.get(schema.get("format", ""), TEXT)


def _resolved(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """Without references, and of several possibilities the first that is not null."""
    while True:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema and "examples" not in schema:
            schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
        else:
            return schema


def _object(schema: Schema, schemas: dict[str, Schema]) -> dict[str, Any]:
    properties = schema.get("properties", {})
    return {name: example(inner, schemas, name) for name, inner in properties.items()}


def _number(schema: Schema) -> float:
    bounds: dict[str, float] = {"minimum": schema.get("exclusiveMinimum") or 0, **schema}
    low = bounds["minimum"]
    high = bounds.get("maximum", 2 * low + 2)
    middle = min((low + high) / 2, max(low, 10.0))
    return int(middle) if schema["type"] == "integer" else float(middle)
