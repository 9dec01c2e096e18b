"""The API's document says everything, and says what is true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from today_feeling.web import openapi, problems
from today_feeling.web.examples import TEXT
from today_feeling.web.openapi import operations

KEPT = Path(__file__).parents[2] / "docs" / "openapi.json"

Document = dict[str, Any]


@pytest.fixture
def document(app: FastAPI) -> Document:
    return app.openapi()


def bodies(document: Document) -> Iterator[tuple[str, Document]]:
    """Every JSON body that the document knows, with the name of its place."""
    for method, path, operation in operations(document):
        holders = {"body": operation.get("requestBody", {}), **operation["responses"]}
        for where, holder in holders.items():
            for media_type, content in holder.get("content", {}).items():
                if media_type == "application/json":
                    yield f"{method} {path} {where}", content
    for status, answer in document["components"]["responses"].items():
        yield status, answer["content"][problems.MEDIA_TYPE]


def test_the_kept_document_is_up_to_date(document: Document) -> None:
    """`make client` renews it, and the types of the page with it."""
    assert json.loads(KEPT.read_text()) == document


def test_every_operation_says_what_it_does_and_how_it_fails(document: Document) -> None:
    known = document["components"]["responses"]
    for method, path, operation in operations(document):
        name = f"{method} {path}"
        assert operation["description"], name
        answers = operation["responses"]
        assert any(status < "300" for status in answers), name
        errors = {status: answer for status, answer in answers.items() if status >= "400"}
        assert {"400", "500", "503"} <= errors.keys(), name
        for status, answer in errors.items():
            assert answer == {"$ref": f"#/components/responses/{status}"}, name
            assert status in known, name


def test_every_parameter_and_every_body_has_an_example(document: Document) -> None:
    for method, path, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert "example" in parameter, f"{method} {path} {parameter['name']}"
    for name, content in bodies(document):
        assert "example" in content or content["examples"], name


def test_no_example_is_made_up_of_nothing(document: Document) -> None:
    """A text without a format needs a line in `examples.py`, or an example of its own."""
    for name, content in bodies(document):
        assert f'"{TEXT}"' not in json.dumps(content), name


def test_every_example_fits_its_schema(document: Document) -> None:
    from jsonschema_rs import validator_for

    for name, content in bodies(document):
        schema = {**content["schema"], "components": document["components"]}
        shown = [each["value"] for each in content.get("examples", {}).values()]
        shown += [content["example"]] if "example" in content else []
        for each in shown:
            errors = validator_for(schema, validate_formats=True).iter_errors(each)
            assert [error.message for error in errors] == [], name


def test_every_code_that_an_error_can_have_is_shown(document: Document) -> None:
    shown = {
        (int(status), code)
        for status, answer in document["components"]["responses"].items()
        for code in answer["content"][problems.MEDIA_TYPE]["examples"]
    }
    assert {(kind.status, kind.code) for kind in problems.ERRORS.values()} <= shown


def test_what_only_an_operation_knows_is_of_an_operation_that_is_there(document: Document) -> None:
    there = {(method, path) for method, path, _ in operations(document)}
    assert openapi._MORE.keys() | openapi._FILES.keys() <= there


def test_an_operation_needs_a_session_if_the_document_says_so(
    document: Document, client: TestClient
) -> None:
    for method, path, operation in operations(document):
        asked = client.request(
            method,
            path.replace("{date}", "2026-03-01").replace("{", "").replace("}", ""),
            params={each["name"]: each["example"] for each in operation.get("parameters", [])},
        )
        refused = asked.status_code == 401 and asked.json()["code"] == "session_required"
        assert refused == ("security" in operation), f"{method} {path}: {asked.text}"
        client.cookies.clear()
