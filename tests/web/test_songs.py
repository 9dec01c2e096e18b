"""A user's own songs."""

from __future__ import annotations

import base64
import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from anyio import Event
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message

from tests.conftest import FakeClock
from tests.outside import Outside, Reply, outside
from tests.web.conftest import NewClient
from tests.web.people import PASSWORD, sign_up
from tests.web.test_listening import tick
from tests.web.test_transfer import take_in
from tests.youtube_outside import serve_music, serve_oembed, video_id
from tests.youtube_outside import song as song_item
from today_feeling.services.bringing import MOST_LISTS
from today_feeling.settings import Settings
from today_feeling.web import telling
from today_feeling.web.app import create_app
from today_feeling.web.telling import OF_ONE, PER_MINUTE


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        yield world


@pytest.fixture
def app(settings: Settings, clock: FakeClock, internet: Outside) -> FastAPI:
    return create_app(
        replace(settings, youtube_url=internet.url, youtube_music_url=internet.url), clock=clock
    )


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


def test_links_are_looked_at_before_anything_is_kept(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(1): "Nobody - Night jazz", video_id(3): 401})
    links = [f"https://youtu.be/{video_id(1)}", video_id(3), "https://example.com/", video_id(1)]
    lines = look(guest, pasted="# mine\n\n" + "\n".join(links))
    assert lines[0] == {"kind": "total", "total": 4}
    assert lines[1]["song"]["title"] == "Night jazz"
    assert (lines[1]["song"]["genre"], lines[1]["suggested"]) == ("jazz", True)
    assert skipped_in(lines) == [
        ("refused", 2, video_id(3)),
        ("no_video", 3, "https://example.com/"),
        ("twice", 4, video_id(1)),
    ]
    assert lines[-1] == {"kind": "end", "interrupted": False, "full": False}
    assert titles(guest) == []


def test_the_old_spreadsheet_is_looked_at(guest: TestClient) -> None:
    rows = [
        ("URL", "Title", "Genre"),
        (f"https://youtu.be/{video_id(1)}", "첫 노래", 4),
        (),
        (video_id(2), "Two", "polka"),
        (video_id(3), "Three", "발라드"),
    ]
    lines = look(guest, name="songs.xlsx", file=workbook(rows))
    assert [(each["title"], each["genre"]) for each in songs_in(lines)] == [
        ("첫 노래", "trot"),
        ("Three", "ballad"),
    ]
    assert skipped_in(lines) == [("genre", 4, "polka")]
    assert not any(line.get("suggested") for line in lines)


def test_cells_that_were_copied_are_looked_at(guest: TestClient) -> None:
    text = f"URL\tTitle\tGenre\n{video_id(1)}\tOne, two; three\ttrot\n"
    (one,) = songs_in(look(guest, pasted=text))
    assert (one["title"], one["genre"]) == ("One, two; three", "trot")


def test_what_google_takeout_gives_is_looked_at(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(1): "Nobody - One"})
    text = f"Video ID,Playlist Video Creation Timestamp\n{video_id(1)},2024-01-01T00:00:00+00:00\n"
    (one,) = songs_in(look(guest, name="Jazz.csv", pasted=text))
    assert (one["title"], one["artist"], one["genre"]) == ("One", "Nobody", "jazz")


def test_a_long_playlist_comes_page_by_page(guest: TestClient, internet: Outside) -> None:
    items = [song_item(number, f"Song {number}") for number in range(250)]
    items[7] = song_item(7, "Grey", available=False)
    serve_music(internet, {"PLaaaaaaaaaa": ("Rock", items)})
    guest.post("/api/songs", json={"songs": [song(5)]})
    link = "https://music.youtube.com/playlist?list=PLaaaaaaaaaa"
    lines = look(guest, pasted=f"{link}\n{video_id(9)}")
    assert lines[0]["total"] is None
    assert sum(line["kind"] == "page" for line in lines) >= 3
    assert len(songs_in(lines)) == 248
    assert sum(line["kind"] == "there" for line in lines) == 1
    assert skipped_in(lines)[0] == ("unavailable", 8, "Grey")
    assert {each["genre"] for each in songs_in(lines)} == {"rock"}


def test_a_mood_is_looked_at_and_a_list_that_is_gone_is_named(
    guest: TestClient, internet: Outside
) -> None:
    playlists = {"PLaaaaaaaaaa": ("Calm jazz", [song_item(1, "One")])}
    serve_music(internet, playlists, {"ggMP": ["PLaaaaaaaaaa"]})
    mood = "https://music.youtube.com/moods_and_genres_category?params=ggMP"
    gone = "https://music.youtube.com/playlist?list=PLbbbbbbbbbb"
    lines = look(guest, pasted=f"{gone}\n{mood}")
    assert [each["title"] for each in songs_in(lines)] == ["One"]
    assert [code for code, *_ in skipped_in(lines)] == ["list"]


def test_a_link_is_followed_once_and_so_many_lists_are_read(
    guest: TestClient, internet: Outside
) -> None:
    names = [f"PL{number:010d}" for number in range(MOST_LISTS + 1)]
    serve_music(internet, {name: ("Rock", [song_item(1, "One")]) for name in names})
    serve_oembed(internet, {video_id(2): "A - Two"})
    links = [f"https://music.youtube.com/playlist?list={name}" for name in names]
    lines = look(guest, pasted="\n".join([video_id(2), links[0], video_id(2), *links]))
    assert [each["title"] for each in songs_in(lines)] == ["Two", "One"]
    skipped = skipped_in(lines)
    assert skipped[:2] == [("twice", 3, video_id(2)), ("twice", 4, links[0])]
    assert skipped[-1] == ("too_many_lists", len(names) + 3, links[-1])
    assert sum(asked.path == "/oembed" for asked in internet.asked) == 1
    asked_for = [asked.json["browseId"] for asked in internet.asked if b"browseId" in asked.body]
    assert asked_for == [f"VL{name}" for name in names[:-1]]


def test_what_is_kept_is_not_asked_for_again(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(n): f"A - Song {n}" for n in range(4)})
    answer = internet.routes["/oembed"]
    internet.routes["/oembed"] = lambda asked: (
        Reply(b"", 404) if len(internet.asked) > 2 else answer(asked)
    )
    text = "\n".join(video_id(n) for n in range(4))
    found = songs_in(look(guest, pasted=text))
    assert len(found) == 2
    guest.post("/api/songs", json={"songs": found})
    internet.routes["/oembed"] = answer
    internet.asked.clear()
    lines = look(guest, pasted=text)
    assert [line["kind"] for line in lines] == ["total", "there", "there", "song", "song", "end"]
    assert len(internet.asked) == 2


def test_no_file_of_the_server_is_read(guest: TestClient, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(f"url,title\n{video_id(1)},Secret\n")
    lines = look(guest, pasted=f"{tmp_path / 'secret.csv'}\n{tmp_path / 'secret.txt'}")
    assert [code for code, *_ in skipped_in(lines)] == ["no_video", "no_video"]


def packed(parts: Mapping[str, bytes]) -> str:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return base64.b64encode(file.getvalue()).decode()


def test_a_file_that_is_none_is_refused_by_a_code(guest: TestClient) -> None:
    assert refusal(guest, file=packed({"xl/sheet.xml": b"0" * 20_000_000})) == "too_big"
    assert refusal(guest, file=packed({"xl/media/image1.png": b"x"})) == "pictures"
    assert refusal(guest, file=packed({"hello.txt": b"x"})) == "damaged"
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))).decode()
    assert refusal(guest, file=picture) == "not_text"
    assert refusal(guest, pasted="\n".join(["x"] * 5001)) == "too_many"
    long = guest.post("/api/songs/preview", json={"pasted": "x" * 1_400_000})
    assert long.status_code == 413


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


def test_a_sheet_that_lies_about_its_size_costs_little(guest: TestClient) -> None:
    cells = f'<c r="A1" t="inlineStr"><is><t>{video_id(1)}</t></is></c>'
    far = '<row r="99999999999"><c r="ZZZ99999999999"><v>1</v></c></row>'
    assert refusal(guest, file=forged(f'<row r="1">{cells}</row>{far}')) == "too_many"
    below = '<row r="20001"><c r="A20001"><v>1</v></c></row>'
    assert refusal(guest, file=forged(f'<row r="1">{cells}</row>{below}')) == "too_many"


def rows_that_share(rows: int, columns: int) -> str:
    row = "<row>" + '<c t="s"><v>0</v></c>' * columns + "</row>"
    return forged(row * rows, shared="x" * 400_000)


def test_cells_that_share_a_long_text_do_not_fill_the_memory(guest: TestClient) -> None:
    file = rows_that_share(100, 2)
    look(guest, file=workbook([("x",)]))  # openpyxl is loaded by now
    tracemalloc.start()
    try:
        lines = look(guest, file=file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(skipped_in(lines)) == 100
    assert most < 20_000_000, "200 times 400,000 letters are four times as many"
    assert refusal(guest, file=rows_that_share(500, 8)) == "too_big"


def test_whoever_leaves_ends_the_reading(app: FastAPI, internet: Outside) -> None:
    """A whole answer, as the server gives it to a browser that goes after the first lines."""
    serve_oembed(internet, {video_id(n): f"A - Song {n}" for n in range(40)})
    text = "\n".join(video_id(n) for n in range(40))
    with TestClient(app, base_url="http://localhost") as client:
        client.post("/api/session")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        body = json.dumps({"pasted": text}).encode()
        heard: list[bytes] = []

        async def leave_after_three() -> None:
            asked = [{"type": "http.request", "body": body, "more_body": False}]
            gone = Event()

            async def receive() -> Message:
                if asked:
                    return asked.pop()
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(message: Message) -> None:
                heard.append(message.get("body", b""))
                if len(heard) > 3:
                    gone.set()

            headers = {
                "host": "localhost",
                "cookie": cookie,
                "content-type": "application/json",
                "content-length": str(len(body)),
            }
            raw = [(name.encode(), value.encode()) for name, value in headers.items()]
            scope = {
                "type": "http",
                "asgi": {"version": "3.0"},
                "http_version": "1.1",
                "method": "POST",
                "scheme": "http",
                "path": "/api/songs/preview",
                "raw_path": b"/api/songs/preview",
                "query_string": b"",
                "headers": raw,
                "client": ("127.0.0.1", 1),
                "server": ("localhost", 80),
            }
            await app(scope, receive, send)

        assert client.portal is not None
        client.portal.call(leave_after_three)
    assert b'"song"' in b"".join(heard)
    assert len(internet.asked) < 10


def test_one_network_has_so_many_lists_read(guest: TestClient) -> None:
    answers = [guest.post("/api/songs/preview", json={"pasted": ""}) for _ in range(PER_MINUTE + 1)]
    assert {each.status_code for each in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_list_that_cannot_be_read_counts_and_leaves_its_place(guest: TestClient) -> None:
    damaged = packed({"hello.txt": b"x"})
    for _ in range(PER_MINUTE):
        assert refusal(guest, file=damaged) == "damaged"
    assert guest.post("/api/songs/preview", json={"file": damaged}).status_code == 429


def test_no_answer_goes_on_without_end(
    guest: TestClient, internet: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "LONGEST_S", 0.5)
    internet.troubles = [Reply(b"", 429, {"Retry-After": "4"})] * OF_ONE
    for _ in range(OF_ONE):
        lines = look(guest, pasted=video_id(1))
        assert {line["kind"] for line in lines} == {"total", "waiting"}
    assert look(guest, pasted="")[-1]["kind"] == "end", "every place is free again"


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


def test_names_are_kept_as_they_are_read(guest: TestClient) -> None:
    songs = [song(1, title=" Night\t jazz ", artist=" "), song(2, title="\x07")]
    guest.post("/api/songs", json={"songs": songs})
    assert titles(guest) == [video_id(2), "Night jazz"]
    assert guest.get("/api/songs").json()["songs"][1]["artist"] is None


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
    from today_feeling.services import own

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
    from today_feeling.services import own

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


def test_what_was_told_stays_where_youtube_stops_answering(
    guest: TestClient, internet: Outside
) -> None:
    serve_oembed(internet, {video_id(1): "A - One"})
    answer = internet.routes["/oembed"]
    internet.routes["/oembed"] = lambda asked: (
        Reply(b"nonsense") if len(internet.asked) > 1 else answer(asked)
    )
    lines = look(guest, pasted=f"{video_id(1)}\n{video_id(2)}")
    assert [each["title"] for each in songs_in(lines)] == ["One"]
    assert lines[-1]["interrupted"]


def test_a_wait_is_told(guest: TestClient, internet: Outside) -> None:
    serve_oembed(internet, {video_id(1): "A - One"})
    internet.troubles = [Reply(b"", 429, {"Retry-After": "2"})]
    lines = look(guest, pasted=video_id(1))
    waits = [line["seconds"] for line in lines if line["kind"] == "waiting"]
    assert waits == [2, 1]
    assert len(songs_in(lines)) == 1
