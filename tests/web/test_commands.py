"""The commands; what serves, as a process of its own."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.commands import Run
from tests.web import processes
from tests.web.processes import START, serving


def test_help_names_every_command_without_loading_any() -> None:
    script = (
        "import sys; sys.argv = ['today-feeling', '--help']\n"
        "import atexit; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr))\n"
        + START
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=300
    )
    for name in ("serve", "analyze", "watch", "library", "catalogue", "user"):
        assert name in done.stdout
    for heavy in ("cv2", "ai_edge_litert", "numpy", "fastapi", "sqlalchemy", "uvicorn"):
        assert f"'{heavy}'" not in done.stderr


def test_the_server_never_loads_what_sees() -> None:
    script = (
        "import sys, today_feeling.commands.serve\n"
        "print([m for m in ('cv2', 'ai_edge_litert', 'today_feeling.vision') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=300
    )
    assert done.stdout == "[]\n"


def test_version(run: Run) -> None:
    assert run("--version").stdout == "0.1.0\n"


def test_an_unknown_command_is_refused(run: Run) -> None:
    assert run("dance").returncode == 2


def test_the_address_is_printed_when_the_server_answers(environment: dict[str, str]) -> None:
    serves = serving(environment, "--allowed-host", "music.example")
    with serves as (address, _), httpx2.Client(base_url=address) as client:
        health = client.get("/api/health")
        assert health.status_code == 200
        assert "server" not in health.headers
        assert client.post("/api/session").status_code == 200
        assert client.get("/api/preferences").status_code == 200
        for host, status in (("evil.example", 400), ("music.example", 200)):
            answer = client.get("/api/health", headers={"Host": host})
            assert answer.status_code == status


def test_a_second_start_is_the_same_world(environment: dict[str, str]) -> None:
    with httpx2.Client() as client:
        for _ in range(2):
            with serving(environment) as (address, _):
                assert client.post(f"{address}/api/session").json()["user"]["id"] == 1
                made = client.post(f"{address}/api/recommendations", json={"origin": "random"})
                assert made.status_code == 201
        assert made.json()["id"] == 2


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_quietly_when_told_to(
    environment: dict[str, str], how: signal.Signals
) -> None:
    with serving(environment) as (_, process):
        process.send_signal(how)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_port_that_is_taken_is_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert str(port) in done.stderr
    reason = os.strerror(errno.EADDRINUSE)
    assert f": {reason}. Try --port." in done.stderr


def test_a_host_that_is_none_is_one_line(run: Run) -> None:
    done = run("serve", "--port", "0", "--host", "nowhere.invalid")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Unknown error" not in done.stderr


@pytest.mark.parametrize(("proxies", "status"), [("", 429), ("10.0.0.1", 429), ("127.0.0.1", 200)])
def test_only_a_trusted_proxy_says_who_asks(
    environment: dict[str, str], proxies: str, status: int
) -> None:
    limits = {
        "TODAY_FEELING_GUESTS_PER_MINUTE": "1",
        "TODAY_FEELING_TRUSTED_PROXIES": proxies,
    }
    with serving({**environment, **limits}) as (address, _):
        url = address.replace("localhost", "127.0.0.1")
        for number, expected in enumerate((200, status), start=1):
            headers = {"X-Forwarded-For": f"192.0.2.{number}"}
            response = httpx2.post(f"{url}/api/session", headers=headers)
            assert response.status_code == expected


@pytest.mark.parametrize(
    "url",
    ["nonsense", "postgresql://127.0.0.1:9/nothing", "sqlite:////proc/nothing/x.db"],
)
def test_a_database_that_cannot_be_used_is_one_line(run: Run, url: str) -> None:
    done = run("serve", "--port", "0", "--database", url)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("today-feeling: ")


def test_a_folder_goes_in_and_out_of_the_library(run: Run, tmp_path: Path, audio: Path) -> None:
    folder = tmp_path / "music"
    shutil.copytree(audio, folder)
    (folder / "[red]broken.mp3").write_bytes(b"no sound")
    added = run("library", "add", str(folder))
    assert added.returncode == 0
    assert "7 new" in added.stdout
    assert "[red]broken.mp3" in added.stderr
    assert re.search(rf"{re.escape(str(folder))}\s+7", run("library", "list").stdout)
    assert "7 unchanged" in run("library", "rescan").stdout
    assert "봄날의 노래" in run("catalogue", "list").stdout
    assert "7 songs" in run("library", "remove", str(folder)).stdout
    assert "empty" in run("library", "list").stdout


@pytest.mark.parametrize("name", ["[flac]", "[", ":cat:"])
def test_folders_are_listed_by_their_very_names(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "b]"
    folder.mkdir(parents=True)
    run("library", "add", str(folder))
    listed = run("library", "list")
    assert listed.returncode == 0
    assert str(folder) in listed.stdout


def test_a_folder_that_is_none_is_one_line(environment: dict[str, str]) -> None:
    done = processes.run(environment, "library", "add", "/nowhere/at/all")
    assert done.returncode == 1
    assert done.stderr == "today-feeling: /nowhere/at/all is not a folder.\n"


def test_a_list_is_imported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "title,artist,genre,youtube_video_id\n"
        "내 노래,나,ballad,aaaaaaaaaaa\n"
        "Bad,,polka,bbbbbbbbbbb\n"
    )
    shown = run("catalogue", "import", str(path))
    assert "내 노래" in shown.stdout
    assert "Nothing was changed" in shown.stderr
    done = run("catalogue", "import", "--yes", str(path))
    assert "1 new" in done.stdout
    assert "row 3" in done.stderr
    assert "'polka'" in done.stderr
    assert done.returncode == 1
    listed = run("catalogue", "list").stdout
    assert "내 노래" in listed
    assert len(listed.splitlines()) == 1 + 330 + 1


def test_a_catalogue_is_exported_and_read_back_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    title = '=1+1, "quoted", \'s'
    edited = run(
        "catalogue", "edit", "rYEDA3JcQqw", "--title", title, "--explicit", "--tempo", "96.5"
    )
    assert edited.returncode == 0, edited.stderr
    assert "330 songs" in run("catalogue", "export", str(path)).stdout
    assert run("catalogue", "export", str(path)).returncode == 1
    assert "'=1+1" in path.read_text("utf-8-sig")
    before = json.loads(run("catalogue", "list", "--json").stdout)
    other = ("--database", f"sqlite:///{tmp_path / 'other.db'}")
    done = run("catalogue", "import", "--yes", str(path), *other)
    assert "1 changed, 329 there already" in done.stdout
    after = json.loads(run("catalogue", "list", "--json", *other).stdout)
    assert len(before) == len(after) == 330
    known = {each["youtube_video_id"]: {**each, "id": 0} for each in after}
    assert all(known[each["youtube_video_id"]] == {**each, "id": 0} for each in before)
    assert {each["title"]: each["tempo"] for each in after}[title] == 96.5


def test_songs_are_taken_out_after_a_question(run: Run) -> None:
    asked = run("catalogue", "remove", "rYEDA3JcQqw")
    assert "Rolling in the Deep" in asked.stdout
    assert "Nothing was changed" in asked.stderr
    assert "1 songs" in run("catalogue", "remove", "--yes", "rYEDA3JcQqw").stdout
    assert "Rolling in the Deep" not in run("catalogue", "list").stdout
    assert run("catalogue", "remove", "--yes", "nothing").returncode == 1


def test_the_operator_gets_a_link_for_a_lost_password(
    run: Run, environment: dict[str, str]
) -> None:
    form = {"login_id": "jisoo2026", "name": "지수", "email": "a@b.kr"}
    with serving(environment) as (address, _), httpx2.Client(base_url=address) as client:
        client.post("/api/session")
        made = client.post("/api/account", json={**form, "password": "blue-tomato-sings"})
        assert made.status_code == 201
        environment["TODAY_FEELING_PUBLIC_URL"] = "https://music.example"
        done = run("user", "reset", "JiSoo2026")
        assert (done.returncode, done.stderr) == (0, "")
        page, _, token = done.stdout.strip().partition("#")
        assert page == "https://music.example/reset"
        reset = {"token": token, "password": "red-onion-hums"}
        assert client.put("/api/password-resets", json=reset).status_code == 204
        login = {"login_id": "jisoo2026", "password": "red-onion-hums"}
        assert client.post("/api/login", json=login).status_code == 200
    done = run("user", "reset", "nobody2026")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "today-feeling: There is no account nobody2026.\n"


def test_a_server_writes_nothing_of_an_account_to_its_log(environment: dict[str, str]) -> None:
    form = {"login_id": "jisoo2026", "name": "지수", "email": "a@b.kr"}
    with serving(environment) as (address, process), httpx2.Client(base_url=address) as client:
        client.post("/api/session")
        client.post("/api/account", json={**form, "password": "blue-tomato-sings"})
        client.post("/api/login", json={"login_id": "jisoo2026", "password": "wrong"})
        client.put("/api/password-resets", json={"token": "made-up", "password": "x"})
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=20) == ("", "")
