from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from today_feeling.settings import Settings

INDEX = b"<!doctype html><title>built</title>"


@pytest.fixture
def built(settings: Settings) -> Path:
    """A web app as the build leaves it."""
    static = settings.static_dir
    (static / "assets").mkdir()
    (static / "index.html").write_bytes(INDEX)
    for name in ("app-1a2b.js", "app-1a2b.css", "run.wasm", "font.woff2"):
        (static / "assets" / name).write_bytes(b"built " * 200)
    (static / "app.webmanifest").write_text("{}")
    (static / "icon.svg").write_text("<svg/>")
    (static.parent / "secret.txt").write_text("secret")
    return static


@pytest.mark.parametrize("path", ["/", "/today", "/settings/genres", "/apiary", "/index.html"])
def test_pages_are_the_app(built: Path, client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.content == INDEX
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/assets/app-1a2b.js", "text/javascript; charset=utf-8"),
        ("/assets/app-1a2b.css", "text/css; charset=utf-8"),
        ("/assets/run.wasm", "application/wasm"),
        ("/assets/font.woff2", "font/woff2"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
def test_files_have_their_type(built: Path, client: TestClient, path: str, media_type: str) -> None:
    assert client.get(path).headers["content-type"] == media_type


def test_named_by_their_hash_files_are_kept_for_ever(built: Path, client: TestClient) -> None:
    cached = client.get("/assets/app-1a2b.js").headers["cache-control"]
    assert cached == "public, max-age=31536000, immutable"
    assert client.get("/icon.svg").headers["cache-control"] == "no-cache"


def test_a_file_that_did_not_change_is_not_sent_again(built: Path, client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    response = client.get("/", headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_packed_files_are_sent_where_they_may_be(built: Path, client: TestClient) -> None:
    script = built / "assets" / "app-1a2b.js"
    script.with_name("app-1a2b.js.gz").write_bytes(gzip.compress(script.read_bytes()))
    packed = client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["content-type"] == "text/javascript; charset=utf-8"
    assert packed.content == script.read_bytes()
    assert int(packed.headers["content-length"]) < script.stat().st_size
    for accepted in ("identity", "br", "gzip;q=0"):
        plain = client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": accepted})
        assert "content-encoding" not in plain.headers
        assert plain.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/old-9f9f.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "//etc/hosts.txt",
        "/x%00.js",
        "/" + "x" * 300 + ".js",
    ],
)
def test_what_is_not_there_is_a_problem(built: Path, client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/", "/today"])
def test_without_a_built_app_a_page_says_how_to_build_it(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "make run" in response.text


class TestWithoutFolders:
    @pytest.fixture
    def settings(self, settings: Settings, tmp_path: Path) -> Settings:
        return dataclasses.replace(settings, static_dir=tmp_path / "no", models_dir=tmp_path / "no")

    def test_the_server_still_runs(self, client: TestClient) -> None:
        assert client.get("/").status_code == 200
        assert client.get("/x.js").status_code == 404
        assert client.get("/models/x.json").status_code == 404
        assert client.get("/api/health").status_code == 200


def test_models_and_cards_are_served_and_nothing_else(
    settings: Settings, client: TestClient
) -> None:
    for name in ("m.tflite", "m.json", "m.onnx", "README.md", "run.py"):
        (settings.models_dir / name).write_bytes(b"{}")
    served = {
        path.name: client.get(f"/models/{path.name}") for path in settings.models_dir.iterdir()
    }
    assert {name for name, response in served.items() if response.status_code == 200} == {
        "m.tflite",
        "m.json",
    }
    assert served["m.tflite"].headers["content-type"] == "application/octet-stream"
    assert served["m.tflite"].headers["cache-control"] == "no-cache"
    assert client.get("/models/../web.db").status_code == 404
