from __future__ import annotations

import json
import re
from html import escape

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


def test_the_reference_shows_an_example_of_every_body(app: FastAPI, client: TestClient) -> None:
    page = client.get("/docs").text
    for methods in app.openapi()["paths"].values():
        for operation in methods.values():
            for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
                for content in holder.get("content", {}).values():
                    if "example" in content:
                        shown = json.dumps(content["example"], indent=2, ensure_ascii=False)
                        assert f"<pre>{escape(shown)}</pre>" in page


def test_the_reference_shows_every_error(app: FastAPI, client: TestClient) -> None:
    page = client.get("/docs").text
    for answer in app.openapi()["components"]["responses"].values():
        for code in answer["content"]["application/problem+json"]["examples"]:
            assert escape(f'"code": "{code}"') in page
