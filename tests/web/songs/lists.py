"""Lists of songs that somebody looks at, as tests send them and read what is told."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from starlette.testclient import TestClient

from tests.youtube_outside import video_id


def song(number: int = 1, **other: object) -> dict[str, object]:
    told = {"title": f"Song {number}", "artist": "Me", "genre": "trot"}
    return {"youtube_video_id": video_id(number), **told, **other}


def titles(client: TestClient) -> list[str]:
    return [each["title"] for each in client.get("/api/songs").json()["songs"]]


Line = dict[str, Any]


def look(client: TestClient, **body: object) -> list[Line]:
    answer = client.post("/api/songs/preview", json=body)
    assert answer.status_code == 200, answer.json()
    return [json.loads(line) for line in answer.text.splitlines()]


def songs_in(lines: Sequence[Line]) -> list[Line]:
    return [line["song"] for line in lines if line["kind"] == "song"]


def skipped_in(lines: Sequence[Line]) -> list[tuple[str, int | None, str]]:
    wrong = [line for line in lines if line["kind"] == "skipped"]
    return [(line["code"], line["number"], line["about"]) for line in wrong]


def refusal(client: TestClient, **body: object) -> str:
    answer = client.post("/api/songs/preview", json=body)
    assert answer.status_code == 422
    return str(answer.json()["errors"][0]["code"])


def workbook(rows: Sequence[Sequence[object]]) -> str:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return base64.b64encode(file.getvalue()).decode()


def packed(parts: Mapping[str, bytes]) -> str:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return base64.b64encode(file.getvalue()).decode()


SHARED = "xl/sharedStrings.xml"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def forged(rows: str, *, shared: str | None = None) -> str:
    """A workbook whose sheet is these rows of XML, and the one text that its cells may share."""
    real = base64.b64decode(workbook([("x",)]))
    with zipfile.ZipFile(io.BytesIO(real)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{SPACE}"><dimension ref="A1:ZZZ1048576"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()
    if shared is not None:
        parts[SHARED] = f'<sst xmlns="{SPACE}"><si><t>{shared}</t></si></sst>'.encode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        told = f'<Override PartName="/{SHARED}" ContentType="{kind}"/></Types>'
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(b"</Types>", told.encode())
    return packed(parts)
