"""A song that plays is never cut by a change of mood, unless the user asks for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect

from tests.e2e import scenes
from tests.e2e.browser import SITTING
from tests.e2e.conftest import MANY, NewPage, running_server
from tests.e2e.hurry import hurry
from tests.e2e.music import make_songs
from tests.e2e.server import Server
from tests.e2e.test_from_face_to_song import AUDIO, choose_genres, start_camera
from tests.golden.frames import clip_frames

PATIENCE_MS = 60_000
SPEED = 5
HAPPY_S = 45
"""Longer than any song would be heard, and any mood seen, before it gave way."""


@pytest.fixture(scope="module")
def music_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With songs that are longer than a test."""
    songs: Path = tmp_path_factory.mktemp("songs")
    for genre in ("Jazz", "Pop"):
        make_songs(songs, genre, count=1, seconds=120)
    with running_server(tmp_path_factory.mktemp("switching"), **MANY) as server:
        server.add_songs(songs)
        yield server


@pytest.mark.long
def test_a_song_gives_way_to_another_mood_only_where_that_is_wanted(
    new_page: NewPage, music_server: Server
) -> None:
    sad, happy = clip_frames([5, 17])
    page = new_page(SITTING, locale="en-US")
    choose_genres(page, music_server, "Jazz for Sad", "Pop for Happy")
    hurry(page.context, SPEED, past_s=600)
    scenes.install(page.context)
    changes: list[object] = []

    def keep(request: Request) -> None:
        if request.method == "PATCH" and "/api/plays/" in request.url:
            changes.append((request.post_data_json or {}).get("outcome"))

    page.on("request", keep)
    start_camera(page, music_server)
    scenes.show(page, sad)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-genre", "jazz", timeout=PATIENCE_MS)
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    first = player.get_attribute("data-track") or ""
    scenes.show(page, happy)
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", "happiness", timeout=PATIENCE_MS)
    page.wait_for_timeout(1000 * HAPPY_S / SPEED)
    expect(emotion).to_have_attribute("data-emotion", "happiness")
    expect(player).to_have_attribute("data-track", first)
    expect(player).to_have_attribute("data-state", "playing")
    assert page.evaluate(f"{AUDIO}.some((audio) => !audio.paused && audio.volume > 0)")
    assert changes == []

    page.get_by_role("banner").get_by_role("link", name="Settings").click()
    page.get_by_role("switch", name="Change the song when my mood changes").check()
    expect(player).to_have_attribute("data-genre", "pop", timeout=PATIENCE_MS)
    expect(player).to_have_attribute("data-emotion", "happiness")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    # It says nothing against a song that it had to give way.
    assert changes == ["stopped"]
