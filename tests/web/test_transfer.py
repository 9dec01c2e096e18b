"""A diary leaves as a file and comes in again as it was."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import day, observation, send, take_in
from tests.web.people import sign_up
from tests.web.test_statistics import hear, statistics

Json = dict[str, Any]
LISTS = ("observations", "entries", "plays", "recommendations")


@pytest.fixture
def owner(guest: TestClient, clock: FakeClock) -> TestClient:
    """Somebody with a diary."""
    hear(guest, clock, liked=True)
    hear(guest, clock, outcome="skipped", seconds=7.25)
    guest.post("/api/recommendations", json={"origin": "manual", "emotion": "fear"})
    send(guest, observation(1, "2026-03-01T11:00:00.000001Z", unsure_share=0.1))
    guest.patch(f"/api/observations/{UUID(int=1)}", json={"corrected": "sadness"})
    entry = {"id": str(UUID(int=2)), "at": "2026-03-01T11:00:00Z", "note": '=1+1\n"quoted", 비'}
    guest.post("/api/entries", json={**entry, "emotion": "fear", "valence": -0.1})
    return guest


def test_an_export_comes_in_as_it_was(
    owner: TestClient, new_client: NewClient, clock: FakeClock
) -> None:
    exported = owner.get("/api/export", params={"format": "json"})
    assert exported.headers["content-disposition"].startswith("attachment; filename=")
    document = exported.json()
    assert [len(document[name]) for name in LISTS] == [13, 1, 2, 1]
    assert document["plays"][0]["after"]["emotion"] == "happiness"
    other = new_client()
    other.post("/api/session")
    clock.advance(hours=1)
    added = take_in(other, exported.text)
    assert added == {
        "added": {"observations": 13, "plays": 2, "entries": 1},
        "skipped": 0,
        "problems": [],
    }
    again = other.get("/api/export").json()
    assert {name: again[name] for name in LISTS} == {name: document[name] for name in LISTS}
    assert statistics(other, "2026-03-01", "2026-03-01") == statistics(
        owner, "2026-03-01", "2026-03-01"
    )
    assert take_in(other, exported.text)["skipped"] == 17
    assert other.get("/api/export").json()["plays"] == again["plays"]


def test_preferences_and_name_come_along_and_no_deletion_does(
    owner: TestClient, new_client: NewClient
) -> None:
    sign_up(owner, name="지수")
    chosen = {"genres": {**owner.get("/api/preferences").json()["genres"], "fear": ["jazz"]}}
    owner.patch("/api/preferences", json={**chosen, "timezone": "Asia/Seoul", "retention_days": 30})
    exported = owner.get("/api/export").text
    other = new_client()
    other.post("/api/session")
    sign_up(other, login_id="somebody2026", name="Other")
    other.patch("/api/preferences", json={"retention_days": 365})
    assert take_in(other, exported)["problems"] == []
    wanted = {**owner.get("/api/preferences").json(), "retention_days": 365}
    assert other.get("/api/preferences").json() == wanted
    user = other.get("/api/account").json()["user"]
    assert (user["name"], user["login_id"]) == ("지수", "somebody2026")
    without = {"format": "today-feeling-export", "version": 1}
    take_in(other, json.dumps(without))
    assert other.get("/api/preferences").json() == wanted


def test_a_guest_stays_without_a_name(owner: TestClient) -> None:
    document = {"format": "today-feeling-export", "version": 1, "user": {"name": "Nobody"}}
    assert take_in(owner, json.dumps(document))["problems"] == []
    assert owner.get("/api/account").json()["user"]["name"] is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("preferences", {"genres": {}}),
        ("preferences", None),
        ("preferences", "all"),
        ("user", {"name": ""}),
        ("user", {"name": 7}),
        ("user", []),
    ],
)
def test_choices_that_cannot_be_read_are_told(owner: TestClient, name: str, wrong: object) -> None:
    before = owner.get("/api/preferences").json()
    document = {"format": "today-feeling-export", "version": 1, name: wrong}
    assert [each["row"] for each in take_in(owner, json.dumps(document))["problems"]] == [name]
    assert owner.get("/api/preferences").json() == before


def test_pieces_in_any_order_make_the_same_diary(owner: TestClient, new_client: NewClient) -> None:
    document = owner.get("/api/export").json()
    head = {"format": document["format"], "version": document["version"]}
    other = new_client()
    other.post("/api/session")
    for name in reversed(LISTS):
        take_in(other, {**head, name: document[name]})
    again = other.get("/api/export").json()
    assert {name: again[name] for name in LISTS} == {name: document[name] for name in LISTS}


def test_a_diary_that_was_just_deleted_comes_back_by_its_export(
    owner: TestClient, clock: FakeClock
) -> None:
    before = owner.get("/api/export").json()
    owner.post("/api/diary/deletions", json={"from": None, "to": None})
    assert take_in(owner, before)["added"] == {"observations": 13, "plays": 2, "entries": 1}
    clock.advance(minutes=11)
    after = owner.get("/api/export").json()
    assert {name: after[name] for name in LISTS} == {name: before[name] for name in LISTS}


def test_a_song_that_is_unknown_here_is_kept_by_its_name(owner: TestClient) -> None:
    document = owner.get("/api/export").json()
    play = document["plays"][0]
    video = play["track"] | {"youtube_video_id": "-NOT-HERE-1", "title": "Elsewhere"}
    file = video | {"source": "library", "youtube_video_id": None}
    play["track"], document["plays"][1]["track"] = video, file
    for number, each in enumerate(document["plays"]):
        each["recommended_at"] = each["started_at"] = f"2026-02-0{number + 1}T12:00:00Z"
    assert take_in(owner, document)["added"]["plays"] == 2
    kept = [each["track"] for each in owner.get("/api/export").json()["plays"][:2]]
    assert kept == [video, file]
    (song,) = day(owner, "2026-02-02")["plays"]
    assert song["track"]["title"] == "Elsewhere"
    assert owner.get(f"/api/tracks/{song['track']['id']}/audio").status_code == 404
    counted = owner.get("/api/catalogue").json()["sources"]
    assert {each["id"]: each["tracks"] for each in counted}["library"] == 0


def test_rows_that_cannot_be_read_are_told_and_the_others_kept(owner: TestClient) -> None:
    good = {**observation(50, "2026-03-01T11:00:00Z"), "corrected": None}
    document = {
        "format": "today-feeling-export",
        "version": 1,
        "observations": [good, {**good, "id": 7}, "text", {**good, "duration_s": -1}],
        "entries": [
            {
                "id": str(UUID(int=9)),
                "at": good["observed_at"],
                "note": "",
                "updated_at": good["observed_at"],
            }
        ],
        "plays": [{}],
        "recommendations": "none",
    }
    body = take_in(owner, document)
    assert body["added"] == {"observations": 1, "plays": 0, "entries": 0}
    assert [each["row"] for each in body["problems"]] == [
        "observations/1",
        "observations/2",
        "observations/3",
        "entries/0",
        "plays/0",
        "recommendations",
    ]


def test_a_file_of_which_next_to_nothing_can_be_read_is_refused(owner: TestClient) -> None:
    document = {"format": "today-feeling-export", "version": 1, "observations": [1] * 200_000}
    headers, asked = {"content-type": "application/json"}, {"timezone": "UTC"}
    content = json.dumps(document)
    refused = owner.post("/api/import", params=asked, content=content, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
    table = "full_date,time,mood\n" + ",,\n" * 2000
    told = take_in(owner, table, "text/csv")["problems"]
    assert len(told) == 1001
    assert told[-1] == {"row": 2001, "message": "And 1000 more, up to here."}


def test_a_network_brings_only_so_many_diaries_a_minute(
    owner: TestClient, clock: FakeClock
) -> None:
    nothing = {"format": "today-feeling-export", "version": 1}
    for _ in range(60):
        take_in(owner, nothing)
    refused = owner.post("/api/import", params={"timezone": "UTC"}, json=nothing)
    assert refused.status_code == 429
    clock.advance(minutes=1)
    take_in(owner, nothing)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"format": "other"}',
        '{"format": "today-feeling-export", "version": 2}',
        "[" * 100000,
    ],
)
def test_a_file_of_another_kind_is_refused(guest: TestClient, content: str) -> None:
    headers = {"content-type": "application/json"}
    asked = {"timezone": "UTC"}
    response = guest.post("/api/import", params=asked, content=content, headers=headers)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_input")


def test_daylio_comes_in_once(guest: TestClient) -> None:
    table = (
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        "2026-03-01,March 1,Sunday,8:30 pm,good,work | run,Title,Note\n"
        "2026-03-01,March 1,Sunday,whenever,good,,,\n"
    )
    body = take_in(guest, table, "text/csv; charset=utf-8")
    assert body["added"] == {"observations": 0, "plays": 0, "entries": 1}
    assert [each["row"] for each in body["problems"]] == [3]
    (entry,) = day(guest)["entries"]
    assert entry["at"] == "2026-03-01T11:30:00Z"
    assert entry["note"] == "Title\nNote\n(good · work, run)"
    assert take_in(guest, table, "text/csv")["skipped"] == 1


def test_tables_hold_everything_and_no_formula(owner: TestClient) -> None:
    response = owner.get("/api/export", params={"format": "csv"})
    assert response.headers["content-type"] == "application/zip"
    document = owner.get("/api/export").json()
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    for name in ("observations", "plays", "entries"):
        text = archive.read(f"{name}.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert len(rows) == len(document[name])
    assert rows[0]["note"] == "'" + document["entries"][0]["note"]
    assert json.loads(rows[0]["valence"]) == -0.1


def test_a_long_export_is_sent_in_pieces(owner: TestClient) -> None:
    head = {"format": "today-feeling-export", "version": 1}
    many = [
        {
            **observation(
                100_000 + number, f"2026-02-01T{number // 60 % 24:02}:{number % 60:02}:00Z"
            ),
            "corrected": None,
        }
        for number in range(2500)
    ]
    for start in range(0, len(many), 1250):
        take_in(owner, {**head, "observations": many[start : start + 1250]})
    with owner.stream("GET", "/api/export") as response:
        pieces = [len(piece) for piece in response.iter_raw()]
    assert len(pieces) > 5
    assert len(owner.get("/api/export").json()["observations"]) == 2513
