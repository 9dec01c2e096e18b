"""Tables and files that somebody sends, in all their kinds; and what is refused."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from starlette.testclient import TestClient

from tests.outside import Outside
from tests.web.songs.lists import forged, look, packed, refusal, skipped_in, songs_in, workbook
from tests.youtube_outside import serve_oembed, video_id
from today_feeling.errors import TooManyRequests, UnreadableMedia
from today_feeling.music import apart
from today_feeling.music.apart import read_apart
from today_feeling.music.tables import File, Limits, read_table


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


def test_no_file_of_the_server_is_read(guest: TestClient, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(f"url,title\n{video_id(1)},Secret\n")
    lines = look(guest, pasted=f"{tmp_path / 'secret.csv'}\n{tmp_path / 'secret.txt'}")
    assert [code for code, *_ in skipped_in(lines)] == ["no_video", "no_video"]


def test_a_file_that_is_none_is_refused_by_a_code(guest: TestClient) -> None:
    assert refusal(guest, file=packed({"xl/sheet.xml": b"0" * 20_000_000})) == "too_big"
    assert refusal(guest, file=packed({"xl/media/image1.png": b"x"})) == "pictures"
    assert refusal(guest, file=packed({"hello.txt": b"x"})) == "damaged"
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))).decode()
    assert refusal(guest, file=picture) == "not_text"
    assert refusal(guest, pasted="\n".join(["x"] * 5001)) == "too_many"
    long = guest.post("/api/songs/preview", json={"pasted": "x" * 1_400_000})
    assert long.status_code == 413


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
    file = File("x.xlsx", base64.b64decode(rows_that_share(100, 2)))
    list(read_table(file, lambda _: False))  # openpyxl is loaded by now
    tracemalloc.start()
    try:
        rows = list(read_table(file, lambda _: False))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rows) == 100
    assert most < 20_000_000, "200 times 400,000 letters are four times as many"
    assert refusal(guest, file=rows_that_share(500, 8)) == "too_big"


MANY_CELLS = forged(("<row>" + "<c><v>1</v></c>" * 2000 + "</row>") * 300)
"""Unpacks to 9 MB."""


def test_a_workbook_is_unpacked_by_another_process(guest: TestClient) -> None:
    own, others = time.process_time(), os.times().children_user
    assert len(skipped_in(look(guest, file=MANY_CELLS))) == 300
    own, others = time.process_time() - own, os.times().children_user - others
    assert others > 0.5
    assert own < others / 2, "the process that serves everybody has little to do"


def with_styles(styles: str) -> File:
    """A workbook with other styles in it."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base64.b64decode(workbook([(video_id(1), "One")])))) as was,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as becomes,
    ):
        for name in was.namelist():
            content = was.read(name)
            if name == "xl/styles.xml":
                head, _, tail = content.decode().partition("<cellStyles")
                _, _, tail = tail.partition("</cellStyles>")
                content = f"{head}{styles}{tail}".encode()
            becomes.writestr(name, content)
    return File("x.xlsx", changed.getvalue())


def test_what_openpyxl_prints_is_no_answer() -> None:
    strange = '<cellStyles count="1"><cellStyle name="x" xfId="99"/></cellStyles>'
    with pytest.raises(UnreadableMedia) as refused:
        read_apart(with_styles(strange), Limits())
    assert refused.value.code == "damaged"


@pytest.mark.skipif(sys.platform != "linux", reason="others hold no process to its memory")
def test_what_unpacks_to_gigabytes_does_not_fill_the_memory() -> None:
    much = f"from today_feeling.music import apart; apart._hold_back(); bytes({apart.MOST_BYTES})"
    done = subprocess.run(
        [sys.executable, "-c", much], capture_output=True, text=True, check=False, timeout=60
    )
    assert "MemoryError" in done.stderr


def test_who_waits_too_long_for_others_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WAIT_S", 0.1)
    monkeypatch.setattr(apart, "_AT_ONCE", BoundedSemaphore(1))
    with apart._AT_ONCE, pytest.raises(TooManyRequests):
        read_apart(with_styles(""), Limits())


def test_what_unpacks_it_knows_no_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODAY_FEELING_SMTP_URL", "smtp://me:secret@localhost")
    assert "secret" not in str(apart._environment())


def test_a_workbook_that_takes_too_long_is_given_up() -> None:
    file = File("x.xlsx", base64.b64decode(MANY_CELLS))
    began = time.monotonic()
    with pytest.raises(UnreadableMedia) as refused:
        read_apart(file, Limits(), patience_s=0.2)
    assert refused.value.code == "too_big"
    assert time.monotonic() - began < 5
