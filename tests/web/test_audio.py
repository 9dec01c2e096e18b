from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from today_feeling.services import catalogue
from today_feeling.web.deps import World


@pytest.fixture
def folder(tmp_path: Path, audio: Path) -> Path:
    (tmp_path / "music").mkdir()
    shutil.copy(audio / "tone.flac", tmp_path / "music")
    return tmp_path / "music"


@pytest.fixture
def url(app: FastAPI, guest: TestClient, folder: Path, clock: FakeClock) -> str:
    """Of the one track in the folder."""
    world: World = app.state.world
    catalogue.add_folder(world.database, folder, now=clock())
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    found: str = made["track"]["audio_url"]
    return found


def test_a_whole_file_is_sent_with_its_type(guest: TestClient, url: str, folder: Path) -> None:
    response = guest.get(url)
    assert response.status_code == 200
    assert response.content == (folder / "tone.flac").read_bytes()
    assert response.headers["content-type"] == "audio/flac"
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-10", slice(-10, None)),
    ],
)
def test_a_part_is_sent(
    guest: TestClient, url: str, folder: Path, wanted: str, part: slice
) -> None:
    whole = (folder / "tone.flac").read_bytes()
    response = guest.get(url, headers={"Range": wanted})
    assert response.status_code == 206
    assert response.content == whole[part]
    assert response.headers["content-range"].endswith(f"/{len(whole)}")


def test_a_part_that_is_not_there_is_a_problem(guest: TestClient, url: str, folder: Path) -> None:
    size = (folder / "tone.flac").stat().st_size
    response = guest.get(url, headers={"Range": f"bytes={size}-"})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{size}"
    assert response.json()["code"] == "range_not_satisfiable"


def test_a_range_that_makes_no_sense_is_a_problem(guest: TestClient, url: str) -> None:
    response = guest.get(url, headers={"Range": "seconds=1-2"})
    assert response.status_code == 400
    assert response.json()["code"] == "bad_request"


def test_a_part_of_another_version_is_not_mixed_in(guest: TestClient, url: str) -> None:
    tag = guest.get(url).headers["etag"]
    same = guest.get(url, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = guest.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_file_that_is_gone_is_a_problem_and_not_offered_again(
    guest: TestClient, url: str, folder: Path
) -> None:
    (folder / "tone.flac").unlink()
    response = guest.get(url)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"
    assert str(folder) not in response.text
    made = guest.post("/api/recommendations", json={"origin": "random"}).json()
    assert made["track"]["source"] == "youtube"


def test_a_file_that_became_a_link_out_of_the_folder_is_not_served(
    guest: TestClient, url: str, folder: Path, audio: Path
) -> None:
    (folder / "tone.flac").unlink()
    (folder / "tone.flac").symlink_to(audio / "tone.flac")
    assert guest.get(url).status_code == 404


def test_a_file_of_a_removed_folder_is_not_served(
    app: FastAPI, guest: TestClient, url: str, folder: Path
) -> None:
    world: World = app.state.world
    catalogue.remove_folder(world.database, folder)
    assert guest.get(url).status_code == 404


@pytest.mark.parametrize("track", ["1", "9999", "..%2f..%2fetc%2fpasswd"])
def test_what_is_no_file_is_not_served(guest: TestClient, url: str, track: str) -> None:
    assert guest.get(f"/api/tracks/{track}/audio").status_code in {404, 422}


def test_a_track_shows_its_cover_where_it_has_one(
    guest: TestClient, url: str, folder: Path
) -> None:
    address = url.replace("/audio", "/cover")
    assert guest.get(address).status_code == 204
    (folder / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n picture")
    found = guest.get(address)
    assert (found.status_code, found.headers["content-type"]) == (200, "image/png")
    assert found.headers["cache-control"].startswith("private")
    assert guest.get("/api/tracks/1/cover").status_code == 204, "of a video, YouTube has it"
