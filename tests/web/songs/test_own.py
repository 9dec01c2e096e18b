"""A user's own songs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient

from tests.conftest import FakeClock
from tests.web.conftest import NewClient
from tests.web.diaries import take_in
from tests.web.people import PASSWORD, sign_up
from tests.web.songs.lists import look, song, songs_in, titles
from tests.web.test_listening import tick
from tests.youtube_outside import video_id
from today_feeling.services import own


def test_own_songs_are_heard_and_seen_by_their_user_alone(
    guest: TestClient, new_client: NewClient
) -> None:
    assert guest.post("/api/songs", json={"songs": [song(1), song(2)]}).json() == {"added": 2}
    stranger = new_client()
    stranger.post("/api/session")
    assert titles(stranger) == []
    for client, heard in ((guest, True), (stranger, False)):
        tick(client, ["youtube"], anger=["trot"])
        asked = {"emotion": "anger", "origin": "manual"}
        made = [client.post("/api/recommendations", json=asked).json() for _ in range(60)]
        found = {each["track"]["title"] for each in made} & {"Song 1", "Song 2"}
        assert bool(found) == heard
    own_id = guest.get("/api/songs").json()["songs"][0]["id"]
    assert stranger.delete(f"/api/songs/{own_id}").status_code == 404
    failure = stranger.post(f"/api/tracks/{own_id}/failures", json={"code": "100"})
    assert failure.status_code == 404


def test_two_users_may_have_the_same_video(guest: TestClient, new_client: NewClient) -> None:
    other = new_client()
    other.post("/api/session")
    guest.post("/api/songs", json={"songs": [song(1)]})
    other.post("/api/songs", json={"songs": [song(1, title="Other", genre="jazz")]})
    assert (titles(guest), titles(other)) == (["Song 1"], ["Other"])


def test_a_song_is_renewed_and_taken_out_and_comes_back(guest: TestClient) -> None:
    guest.post("/api/songs", json={"songs": [song(1)]})
    again = guest.post("/api/songs", json={"songs": [song(1, title="Better")]})
    assert again.json() == {"added": 0}
    (kept,) = guest.get("/api/songs").json()["songs"]
    assert kept["title"] == "Better"
    assert guest.delete(f"/api/songs/{kept['id']}").status_code == 204
    assert guest.delete(f"/api/songs/{kept['id']}").status_code == 404
    assert titles(guest) == []
    assert guest.post("/api/songs", json={"songs": [song(1)]}).json() == {"added": 1}
    assert guest.get("/api/songs").json()["songs"][0]["id"] == kept["id"]


def test_a_song_is_corrected_by_its_user_alone(guest: TestClient, new_client: NewClient) -> None:
    guest.post("/api/songs", json={"songs": [song(1)]})
    (kept,) = guest.get("/api/songs").json()["songs"]
    place = f"/api/songs/{kept['id']}"
    change = {"title": " Night\t jazz", "genre": "jazz", "year": 1959, "language": "en"}
    changed = guest.patch(place, json=change)
    told = {**kept, "title": "Night jazz", "genre": "jazz", "year": 1959, "language": "en"}
    assert (changed.status_code, changed.json()) == (200, told)
    told = {**told, "artist": None, "year": None}
    assert guest.patch(place, json={"artist": None, "year": None}).json() == told
    assert guest.get("/api/songs").json()["songs"] == [told]
    stranger = new_client()
    stranger.post("/api/session")
    assert stranger.patch(place, json={"title": "Mine"}).status_code == 404
    guest.delete(place)
    assert guest.patch(place, json={"title": "Back"}).status_code == 404
    assert titles(guest) == []


def test_a_corrected_song_is_heard_as_what_it_is_now(guest: TestClient) -> None:
    guest.post("/api/songs", json={"songs": [song(1), song(2)]})
    tick(guest, ["youtube"], anger=["classic"])
    asked = {"emotion": "anger", "origin": "manual"}
    for kept in guest.get("/api/songs").json()["songs"]:
        change = {"genre": "classic", "valence": 0.1, "energy": None, "tempo": 96.5}
        guest.patch(f"/api/songs/{kept['id']}", json=change)
    made = [guest.post("/api/recommendations", json=asked).json() for _ in range(60)]
    assert {"Song 1", "Song 2"} <= {each["track"]["title"] for each in made}


@pytest.mark.parametrize(
    "change",
    [
        *({"title": None}, {"title": "\x07"}, {"title": ""}),
        *({"genre": None}, {"genre": "polka"}),
        *({"year": 99}, {"valence": 1.1}, {"tempo": 0}, {"tempo": 401}),
        {"availability": "removed"},
    ],
)
def test_a_wrong_correction_changes_nothing(guest: TestClient, change: dict[str, object]) -> None:
    guest.post("/api/songs", json={"songs": [song(1)]})
    (kept,) = guest.get("/api/songs").json()["songs"]
    refused = guest.patch(f"/api/songs/{kept['id']}", json={"artist": "You", **change})
    assert refused.status_code == 422
    assert guest.get("/api/songs").json()["songs"] == [kept]


def test_own_songs_leave_as_a_table_that_can_come_in_again(
    guest: TestClient, new_client: NewClient
) -> None:
    songs = [song(1, title="=1+1", artist=None), song(2, title='"Ah, Um"', artist="밍거스")]
    guest.post("/api/songs", json={"songs": songs})
    for kept in guest.get("/api/songs").json()["songs"]:
        assert guest.patch(f"/api/songs/{kept['id']}", json={"tempo": 96.5}).status_code == 200
    table = guest.get("/api/songs/export")
    assert table.headers["content-type"].startswith("text/csv")
    assert "songs-2026-03-01.csv" in table.headers["content-disposition"]
    text = table.content.decode("utf-8-sig")
    assert "'=1+1" in text, "no spreadsheet is to count it"
    assert [row["tempo"] for row in csv.DictReader(io.StringIO(text))] == ["96.5", "96.5"]
    other = new_client()
    other.post("/api/session")
    assert "Ah, Um" not in other.get("/api/songs/export").text
    assert songs_in(look(other, name="songs.csv", pasted=text)) == songs[::-1]


def test_names_are_kept_as_they_are_read(guest: TestClient) -> None:
    songs = [song(1, title=" Night\t jazz ", artist=" "), song(2, title="\x07")]
    guest.post("/api/songs", json={"songs": songs})
    assert titles(guest) == [video_id(2), "Night jazz"]
    assert guest.get("/api/songs").json()["songs"][1]["artist"] is None


def test_twenty_songs_with_the_longest_names_come_at_once(guest: TestClient) -> None:
    songs = [song(n, title="가" * 500, artist="🎵" * 500) for n in range(20)]
    content = json.dumps({"songs": songs}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json"}
    added = guest.post("/api/songs", content=content, headers=headers)
    assert (added.status_code, added.json()) == (201, {"added": 20})


def test_a_guests_songs_become_the_accounts(guest: TestClient, new_client: NewClient) -> None:
    owner = new_client()
    owner.post("/api/session")
    login_id = sign_up(owner)["login_id"]
    owner.post("/api/songs", json={"songs": [song(1, title="Of the account")]})
    guest.post("/api/songs", json={"songs": [song(1), song(2)]})
    body = {"login_id": login_id, "password": PASSWORD, "bring_guest_data": True}
    assert guest.post("/api/login", json=body).status_code == 200
    assert titles(guest) == ["Song 2", "Of the account"]


def test_there_is_an_end_to_songs(guest: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST", 3)
    guest.post("/api/songs", json={"songs": [song(1), song(2)]})
    refused = guest.post("/api/songs", json={"songs": [song(3), song(4)]})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert len(titles(guest)) == 2
    guest.post("/api/songs", json={"songs": [song(3)]})
    renewed = [song(1, title="Better"), song(2)]
    assert guest.post("/api/songs", json={"songs": renewed}).json() == {"added": 0}


def test_own_songs_leave_and_come_in_with_the_diary(
    guest: TestClient, new_client: NewClient, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.post("/api/songs", json={"songs": [song(1), song(2)]})
    tick(guest, ["youtube"], anger=["trot"])
    asked = {"emotion": "anger", "origin": "manual"}
    made = guest.post("/api/recommendations", json=asked).json()
    while made["track"]["title"] not in {"Song 1", "Song 2"}:
        made = guest.post("/api/recommendations", json=asked).json()
    guest.post("/api/plays", json={"recommendation_id": made["id"]})
    document = guest.get("/api/export").json()
    other = new_client()
    other.post("/api/session")
    assert take_in(other, document)["problems"] == []
    assert sorted(titles(other)) == ["Song 1", "Song 2"]
    own_ids = {each["id"] for each in other.get("/api/songs").json()["songs"]}
    day = other.get(f"/api/diary/{clock():%Y-%m-%d}", params={"timezone": "UTC"}).json()
    assert day["plays"][0]["track"]["id"] in own_ids, "it is the song itself, and can be played"
    skipped = len(document["songs"]) + len(document["plays"]) + len(document["recommendations"])
    assert take_in(other, document)["skipped"] == skipped
    monkeypatch.setattr(own, "MOST", 3)
    more = [{**document["songs"][0], "youtube_video_id": video_id(n)} for n in (3, 4)]
    wrong = {**more[0], "source": "library", "youtube_video_id": None}
    told = take_in(other, {**document, "songs": [*more, wrong]})
    assert [each["row"] for each in told["problems"]] == ["songs/2"]
    assert len(titles(other)) == 3
