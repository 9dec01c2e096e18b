"""Fixtures of the browser tests.

`page`                  a page of a new, empty browser context whose camera shows SAD_TO_HAPPY
`new_page(clip, ...)`   the same with another clip (None: no camera), `permission="deny"`, and any
                        option of Playwright's `Browser.new_context`; camera and history are allowed
                        in the app unless `consents=False`
`browser_with_camera`   `(clip, permission="grant") -> Browser`, one process for each combination
`server`                the real app; `server.url`. All tests share it: each page is a new person's
`listening_server`      another with a library: short songs of jazz and pop, YouTube second
`music_server`          the same with long songs, each by somebody else
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.e2e.browser import ROOT, SAD_TO_HAPPY, Clip, camera_file, launch
from tests.e2e.music import make_songs
from tests.e2e.server import Server

STATIC = ROOT / "src" / "today_feeling" / "web" / "static"

CONSENTS = """if (location.protocol.startsWith('http')) try {
  localStorage.setItem('today-feeling.consent', '{"camera":true,"history":true}');
  if (!localStorage.getItem('today-feeling.coach'))
    localStorage.setItem('today-feeling.coach', '{"done":true}');
} catch {}"""
"""What a user who has allowed everything, and had the camera checked, has on the device."""

BrowserWithCamera = Callable[..., Browser]
NewPage = Callable[..., Page]


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # Ends with this package: while it lives, its event loop would be in the way of other tests'.
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser_with_camera(
    playwright: Playwright, pytestconfig: pytest.Config
) -> Iterator[BrowserWithCamera]:
    folder = pytestconfig.cache.mkdir("camera")
    browsers: dict[tuple[Clip | None, str], Browser] = {}
    with ExitStack() as stack:

        def browser(clip: Clip | None = SAD_TO_HAPPY, permission: str = "grant") -> Browser:
            key = clip, permission
            if key not in browsers:
                camera = camera_file(clip, folder) if clip else None
                browsers[key] = launch(playwright, camera, permission=permission)
                stack.callback(browsers[key].close)
            return browsers[key]

        yield browser


@pytest.fixture
def new_page(browser_with_camera: BrowserWithCamera) -> Iterator[NewPage]:
    with ExitStack() as stack:

        def page(
            clip: Clip | None = SAD_TO_HAPPY,
            permission: str = "grant",
            *,
            consents: bool = True,
            **options: Any,
        ) -> Page:
            context = browser_with_camera(clip, permission).new_context(
                **{"locale": "ko-KR", "timezone_id": "Asia/Seoul", **options}
            )
            stack.callback(context.close)
            if consents:
                context.add_init_script(CONSENTS)
            return context.new_page()

        yield page


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@contextmanager
def running_server(folder: Path, **environment: str) -> Iterator[Server]:
    if not (STATIC / "index.html").is_file():
        pytest.fail("the web app is not built: run `make test`, or `npm run build` in web/")
    server = Server(folder, **environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


# All the people of the tests come from one address.
MANY = {"TODAY_FEELING_GUESTS_PER_MINUTE": "100000", "TODAY_FEELING_TRIES_PER_ADDRESS": "100000"}


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("server"), **MANY) as server:
        yield server


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with short jazz and pop songs: the next is chosen soon after a mood has changed."""
    folder = tmp_path_factory.mktemp("songs")
    for genre in ("Jazz", "Pop"):
        make_songs(folder, genre, count=4, seconds=2)
    return folder


@pytest.fixture(scope="package")
def listening_server(tmp_path_factory: pytest.TempPathFactory, songs: Path) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("listening"), **MANY) as server:
        server.add_songs(songs)
        yield server


@pytest.fixture(scope="package")
def long_songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with songs that are still playing when a test has ended, each by somebody else."""
    folder = tmp_path_factory.mktemp("long-songs")
    for genre in ("Jazz", "Pop"):
        make_songs(folder, genre, count=7, seconds=90, artist=f"{genre} Player {{number}}")
    return folder


@pytest.fixture(scope="package")
def music_server(tmp_path_factory: pytest.TempPathFactory, long_songs: Path) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("music"), **MANY) as server:
        server.add_songs(long_songs)
        yield server
