"""Nobody before the camera, or somebody else too: the music rests, and one face alone is read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, Playwright, Request, expect

from tests.e2e import scenes
from tests.e2e.browser import NEUTRAL_TO_HAPPY, NO_FACE, SITTING, camera_file, launch, sample
from tests.e2e.conftest import CONSENTS, MANY, NewPage, running_server
from tests.e2e.hurry import hurry
from tests.e2e.music import make_songs
from tests.e2e.scenes import Picture
from tests.e2e.server import Server
from tests.e2e.test_from_face_to_song import WATCH_EMOTIONS
from tests.e2e.waiting import until_waiting
from tests.golden.frames import clip_frames
from today_feeling.domain.emotion import EMOTIONS

PATIENCE_MS = 60_000
SPEED = 4
AWAY_CLIPS = 4
"""16 s without a face, of which the page takes 5 to know that nobody is there."""

WATCH_VOLUME = """
window.volumes = [];
addEventListener('volumechange', ({ target }) => window.volumes.push(target.volume), true);
"""
RATE = """document.querySelector('[data-testid=camera-preview]')
  .srcObject.getTracks()[0].getSettings().frameRate"""
FRAMES = """document.querySelector('[data-testid=camera-preview]')
  .getVideoPlaybackQuality().totalVideoFrames"""


@pytest.fixture(scope="module")
def music_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """With songs that are longer than a test."""
    songs: Path = tmp_path_factory.mktemp("songs")
    make_songs(songs, "Jazz", count=2, seconds=120)
    with running_server(tmp_path_factory.mktemp("presence"), **MANY) as server:
        server.add_songs(songs)
        yield server


@pytest.fixture
def leaving(playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A page before whose camera somebody sits for 8 s and is away for 16 s, over and over."""
    sits, leaves = (camera_file(clip, tmp_path).read_bytes() for clip in (SITTING, NO_FACE))
    camera = tmp_path / "leaving.mjpeg"
    camera.write_bytes(sits + AWAY_CLIPS * leaves)
    browser = launch(playwright, camera)
    context = browser.new_context(locale="en-US")
    context.add_init_script(CONSENTS)
    context.add_init_script(WATCH_VOLUME)
    hurry(context, SPEED, past_s=600)
    yield context.new_page()
    browser.close()


def start_camera(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()


@pytest.mark.long
def test_who_leaves_takes_the_sound_along_and_finds_it_again(
    leaving: Page, music_server: Server
) -> None:
    page = leaving
    start_camera(page, music_server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    song = player.get_attribute("data-track") or ""
    loud = page.evaluate("document.querySelector('audio').volume")
    page.evaluate("window.volumes = []")

    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-reason", "away", timeout=PATIENCE_MS)
    expect(emotion).to_contain_text("Nobody there")
    expect(player).to_have_attribute("data-state", "paused")
    # Softly: two seconds of ever less, before the sound stops.
    faded = page.evaluate("window.volumes")
    assert faded == sorted(faded, reverse=True)
    assert len(set(faded)) > 10
    assert (faded[0] > 0.9 * loud, faded[-1]) == (True, 0)
    # An empty chair needs few pictures, and fewer looks.
    page.wait_for_function(f"() => {RATE} === 5")
    counted = f"[{FRAMES}, window.looks, performance.now()]"
    frames, looks, began = page.evaluate(counted)
    page.wait_for_timeout(2000)
    more_frames, more_looks, later = page.evaluate(counted)
    seconds = (later - began) / 1000
    assert 0 < more_frames - frames < 7 * seconds / SPEED
    assert more_looks - looks <= seconds / 2 + 1

    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(emotion).to_have_attribute("data-reason", "")
    expect(player).to_have_attribute("data-track", song)
    page.wait_for_function(f"() => {RATE} === 30")
    page.wait_for_function(f"() => document.querySelector('audio').volume === {loud}")


Seen = tuple[Picture, tuple[float, float], float]
"""A picture, what of it is in the middle, and its pixels in the camera's."""


def half(seen: Seen) -> Picture:
    """One half of what the camera sees, 320x480."""
    picture, (x, y), zoom = seen
    matrix = np.array([[zoom, 0, 160 - zoom * x], [0, zoom, 240 - zoom * y]])
    edge = cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(picture, matrix, (320, 480), borderMode=edge), np.uint8)


def crying() -> Picture:
    """A woman who sits on the left."""
    (frame,) = clip_frames([5])
    return half((frame, (384, 337), 0.6))


def smiling() -> Picture:
    """A man on the right."""
    video = cv2.VideoCapture(str(sample(NEUTRAL_TO_HAPPY.video)))
    video.set(cv2.CAP_PROP_POS_FRAMES, 65)
    done, frame = video.read()
    video.release()
    assert done
    return half((np.asarray(frame[..., ::-1], np.uint8), (302, 158), 1.1))


def test_a_second_face_is_told_of_and_never_mixed_with_the_first(
    new_page: NewPage, music_server: Server
) -> None:
    chair = scenes.nobody()[:, :320]
    page = new_page(SITTING, locale="en-US")
    page.add_init_script(WATCH_EMOTIONS)
    hurry(page.context, SPEED, past_s=600)
    scenes.install(page.context)
    posted: list[dict[str, Any]] = []

    def keep(request: Request) -> None:
        if request.url.endswith("/api/observations"):
            posted.extend((request.post_data_json or {})["observations"])

    page.on("request", keep)
    start_camera(page, music_server)
    scenes.show(page, np.hstack([crying(), chair]))
    emotion, others = page.get_by_test_id("current-emotion"), page.get_by_test_id("others")
    expect(emotion).to_have_attribute("data-emotion", "sadness", timeout=PATIENCE_MS)
    expect(others).to_have_count(0)
    scenes.show(page, np.hstack([crying(), smiling()]))
    expect(others).to_contain_text("Only the first face is read", timeout=PATIENCE_MS)
    page.wait_for_timeout(2000)
    expect(emotion).to_have_attribute("data-emotion", "sadness")
    # The worst of machines may be unsure of her meanwhile; of the other one nothing is ever shown.
    assert {one for one in page.evaluate("shownEmotions") if one != "unsure"} == {"sadness"}

    # The first one leaves: whoever stays is somebody else, and is read from the beginning.
    scenes.show(page, np.hstack([chair, smiling()]))
    expect(emotion).to_have_attribute("data-emotion", "happiness", timeout=PATIENCE_MS)
    expect(others).to_have_count(0, timeout=PATIENCE_MS)
    shown = [one for one in page.evaluate("shownEmotions") if one != "unsure"]
    assert [one for one, _ in groupby(shown)] == ["sadness", "happiness"]
    page.keyboard.press("c")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
    until_waiting(page, 0)
    # No line of the diary is of two persons either.
    seen = [one["probabilities"] for one in posted if one["probabilities"]]
    happiness, sadness = EMOTIONS.index("happiness"), EMOTIONS.index("sadness")
    assert seen[0][sadness] > 0.5
    assert seen[-1][happiness] > 0.5
    assert [each for each in seen if min(each[happiness], each[sadness]) > 0.1] == []
