"""Somebody adds songs of their own, in a real browser."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.e2e.conftest import NewPage, running_server
from tests.e2e.server import Server
from tests.outside import Asked, Outside, Reply, outside
from tests.youtube_outside import serve_music, serve_oembed, song, video_id

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAYLIST = "https://music.youtube.com/playlist?list=PLaaaaaaaaaa"
MOOD = "https://music.youtube.com/moods_and_genres_category?params=ggMP"


@pytest.fixture
def internet() -> Iterator[Outside]:
    with outside() as world:
        serve_oembed(world, {video_id(1): "누군가 - 밤의 재즈", video_id(3): 401})
        yield world


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, internet: Outside) -> Iterator[Server]:
    monkeypatch.setenv("TODAY_FEELING_YOUTUBE_URL", internet.url)
    monkeypatch.setenv("TODAY_FEELING_YOUTUBE_MUSIC_URL", internet.url)
    with running_server(tmp_path) as started:
        yield started


class Songs:
    """The page, as somebody with a phone sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.paste = page.get_by_label("YouTube 주소")
        self.file = page.get_by_label("XLSX")
        self.problems = page.get_by_test_id("songs-problems").get_by_role("listitem")
        self.coming = page.get_by_test_id("songs-coming").get_by_role("listitem")
        self.own = page.get_by_test_id("songs-own").get_by_role("listitem")

    def look(self, text: str) -> None:
        self.paste.fill(text)
        self.page.get_by_role("button", name="살펴보기").click()

    def expect_state(self, state: str) -> None:
        expect(self.page.get_by_test_id("songs-state")).to_have_attribute("data-state", state)

    def keep(self, count: int) -> None:
        self.page.get_by_role("button", name=f"{count}곡 더하기").click()
        self.expect_state("kept")

    def expect_no_wider_than_a_phone(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def songs(server: Server, new_page: NewPage) -> Songs:
    page = new_page(None, viewport={"width": 360, "height": 800}, color_scheme="dark")
    page.goto(f"{server.url}/songs")
    return Songs(page)


def test_links_become_songs_of_ones_own(songs: Songs) -> None:
    page = songs.page
    songs.look(f"https://youtu.be/{video_id(1)}\n{video_id(3)}\nnonsense\n{video_id(1)}")
    songs.expect_state("shown")
    expect(songs.problems).to_have_count(3)
    expect(songs.problems.nth(0)).to_contain_text("2번째")
    expect(songs.problems.nth(0)).to_contain_text("YouTube 밖에서는")
    expect(songs.problems.nth(1)).to_contain_text("‘nonsense’")
    expect(songs.problems.nth(2)).to_contain_text("이미 있어요")
    genre = page.get_by_label("밤의 재즈 장르")
    expect(genre).to_have_value("jazz")
    expect(songs.coming).to_contain_text("짐작")
    genre.select_option("ballad")
    songs.keep(1)
    expect(songs.own).to_contain_text("밤의 재즈")
    expect(songs.own).to_contain_text("발라드")
    expect(songs.paste).to_be_focused()
    page.get_by_role("button", name="밤의 재즈 빼기").click()
    expect(songs.own).to_have_count(0)
    expect(page.get_by_role("heading", name="내가 더한 노래")).to_be_focused()


def test_a_song_of_ones_own_is_corrected_and_all_leave_as_a_table(songs: Songs) -> None:
    page = songs.page
    songs.look(f"https://youtu.be/{video_id(1)}")
    songs.expect_state("shown")
    songs.keep(1)
    page.get_by_role("button", name="밤의 재즈 고치기").click()
    title = page.get_by_label("제목")
    expect(title).to_be_focused()
    title.fill("  ")
    title.press("Enter")
    expect(title).to_have_js_property("validity.valid", False)
    title.fill("낮의 재즈")
    page.get_by_label("가수").fill("")
    songs.own.get_by_role("combobox", name="장르").select_option("classic")
    page.get_by_label("나온 해").fill("1959")
    songs.expect_no_wider_than_a_phone()
    title.press("Enter")
    expect(page.get_by_role("button", name="낮의 재즈 고치기")).to_be_focused()
    expect(songs.own).to_contain_text("클래식 · 1959")
    page.reload()
    expect(songs.own).to_contain_text("낮의 재즈")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="CSV").click()
    table = downloaded.value.path().read_text("utf-8-sig").splitlines()
    assert table[1].startswith(f"https://youtu.be/{video_id(1)},낮의 재즈,,classic,1959")


def spreadsheet(*rows: tuple[str | int, ...]) -> FilePayload:
    book = openpyxl.Workbook()
    for row in (("url", "title", "genre"), *rows):
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return FilePayload(name="songs.xlsx", mimeType=XLSX, buffer=file.getvalue())


def test_files_become_songs_of_ones_own(songs: Songs) -> None:
    songs.file.set_input_files(
        spreadsheet((video_id(2), 'Say "hi", you', 4), (video_id(4), "X", "polka"))
    )
    songs.expect_state("shown")
    expect(songs.problems).to_contain_text("3번째: ‘polka’")
    songs.keep(1)
    expect(songs.own).to_contain_text("트로트")

    takeout = f"Video ID,Playlist Video Creation Timestamp\n{video_id(1)},2024-01-01T00:00:00\n"
    saved_in_korea = f"주소,제목,장르\n{video_id(5)},봄날,발라드\n".encode("cp949")
    for name, content, title in (
        ("Jazz.csv", takeout.encode(), "밤의 재즈"),
        ("목록.csv", saved_in_korea, "봄날"),
    ):
        file = FilePayload(name=name, mimeType="text/csv", buffer=content)
        songs.file.set_input_files(file)
        expect(songs.coming).to_contain_text(title)
        songs.keep(1)
    expect(songs.own).to_have_count(3)
    songs.expect_no_wider_than_a_phone()

    picture = FilePayload(name="a.xlsx", mimeType=XLSX, buffer=b"\x89PNG" + bytes(range(256)))
    songs.file.set_input_files(picture)
    songs.expect_state("refused")
    expect(songs.page.get_by_test_id("songs-state")).to_contain_text("스프레드시트(XLSX)")
    big = FilePayload(name="b.csv", mimeType="text/csv", buffer=b"x" * 1_000_001)
    songs.file.set_input_files(big)
    expect(songs.page.get_by_test_id("songs-state")).to_contain_text("너무 커요")


def test_a_long_playlist_and_a_mood_become_songs_by_keyboard(
    songs: Songs, internet: Outside
) -> None:
    page = songs.page
    items = [song(number, f"Song {number}") for number in range(100, 350)]
    items[1] = song(101, "Grey", available=False)
    mood = [song(100, "Again"), song(400, "Calm jazz")]
    serve_music(
        internet,
        {"PLaaaaaaaaaa": ("Mix", items), "PLbbbbbbbbbb": ("Calm", mood)},
        {"ggMP": ["PLbbbbbbbbbb"]},
    )
    songs.paste.focus()
    page.keyboard.type(f"{PLAYLIST}\n{MOOD}")
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    songs.expect_state("shown")
    expect(songs.coming).to_have_count(50)
    expect(songs.problems).to_contain_text(["2번째: Grey", "Again"])
    page.get_by_role("button", name="더 보기(200곡)").click()
    expect(songs.coming).to_have_count(100)
    page.get_by_label("장르를 짐작한").select_option("rock")
    expect(page.get_by_label("Song 120 장르")).to_have_value("rock")
    songs.expect_no_wider_than_a_phone()
    songs.keep(250)
    expect(songs.own).to_have_count(250)
    songs.look(PLAYLIST)
    songs.expect_state("shown")
    expect(page.get_by_text("그대로 둔 노래: 249곡")).to_be_visible()
    expect(songs.coming).to_have_count(0)


def slowly(internet: Outside, *, until: int | None = None) -> None:
    """YouTube takes its time, and after so many questions answers nothing that is understood."""

    def reply(asked: Asked) -> Reply:
        time.sleep(0.2)
        if until is not None and len(internet.asked) > until:
            return Reply(b"nonsense")
        number = asked.query["url"][-3:]
        return Reply({"title": f"Song {number}", "author_name": "Somebody"})

    internet.routes["/oembed"] = reply


def titles(items: Locator) -> list[str]:
    return items.locator("strong").all_inner_texts()


def test_reading_is_seen_stopped_and_gone_on_with(songs: Songs, internet: Outside) -> None:
    page = songs.page
    slowly(internet)
    links = "\n".join(video_id(number) for number in range(100, 130))
    songs.look(links)
    expect(page.get_by_test_id("songs-progress")).to_have_text(
        re.compile(r"30개 가운데 ([3-9]|1\d)개")
    )
    stop = page.get_by_role("button", name="여기서 멈추기")
    expect(stop).to_be_focused()
    stop.press("Enter")
    songs.expect_state("shown")
    expect(page.get_by_role("button", name="살펴보기")).to_be_focused()
    expect(page.get_by_test_id("songs-interrupted")).to_be_visible()
    first = songs.coming.count()
    assert 3 <= first < 30
    songs.keep(first)

    internet.asked.clear()
    slowly(internet, until=4)
    songs.look(links)
    songs.expect_state("shown")
    expect(page.get_by_test_id("songs-interrupted")).to_be_visible()
    expect(songs.coming).to_have_count(4)
    assert video_id(100) not in str(internet.asked[0].query), "what is kept is not asked for"
    songs.keep(4)
    own = titles(songs.own)
    assert len(own) == len(set(own)) == first + 4
    page.reload()
    expect(songs.own).to_have_count(first + 4)


def test_what_is_typed_while_the_own_songs_are_fetched_anew_stays(songs: Songs) -> None:
    page = songs.page
    songs.look(video_id(1))
    songs.expect_state("shown")
    held: list[Route] = []
    page.route(
        "**/api/songs", lambda r: held.append(r) if r.request.method == "GET" else r.fallback()
    )
    songs.keep(1)
    expect(songs.paste).to_have_value("")
    expect(songs.paste).to_be_focused()
    page.keyboard.type("the next list")
    assert len(held) == 1
    held[0].fallback()
    expect(songs.own).to_have_count(1)
    expect(songs.paste).to_have_value("the next list")


def test_whoever_chooses_a_file_stays_on_its_field(songs: Songs, internet: Outside) -> None:
    slowly(internet)
    songs.file.focus()
    links = "\n".join(video_id(number) for number in range(100, 110)).encode()
    songs.file.set_input_files(FilePayload(name="a.txt", mimeType="text/plain", buffer=links))
    songs.expect_state("looking")
    expect(songs.file).to_be_focused()
    # Nothing else is taken meanwhile.
    songs.file.set_input_files(FilePayload(name="b.png", mimeType="image/png", buffer=b"\x89PNG"))
    songs.expect_state("looking")
    songs.expect_state("shown")
    expect(songs.coming).to_have_count(10)
    expect(songs.file).to_be_focused()
