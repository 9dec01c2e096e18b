from __future__ import annotations

import re

from fastapi import FastAPI
from starlette.testclient import TestClient


def test_the_reference_lists_every_operation(app: FastAPI, client: TestClient) -> None:
    page = client.get("/docs").text
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            assert f"<b>{method.upper()}</b> {path}<" in page


def test_the_reference_needs_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "<script" not in page
    assert "style=" not in page
    linked = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert linked
    for url in linked:
        assert url.startswith("/")
        assert client.get(url).status_code == 200


def test_links_inside_the_reference_lead_somewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page


def test_the_document_for_programs_tells_how_errors_look(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for methods in document["paths"].values():
        for operation in methods.values():
            assert "application/problem+json" in operation["responses"]["4XX"]["content"]
