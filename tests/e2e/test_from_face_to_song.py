"""The main job: a face, an emotion, a song that fits, a line in the diary."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import NO_FACE, SAD_TO_HAPPY, vision_worker
from tests.e2e.conftest import NewPage
from tests.e2e.server import Server

PATIENCE_MS = 40_000
"""Two weak cores share the browser, the camera's decoder and the models."""

AUDIO = "[...document.querySelectorAll('audio')]"


def start_camera(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/live")
    page.get_by_role("button", name="Start with the camera").click()


def choose_genres(page: Page, server: Server, *boxes: str) -> None:
    """Tick boxes of the Genres page by name, each until it is saved."""
    for box in boxes:
        page.goto(f"{server.url}/genres")
        page.get_by_test_id("genre-grid").get_by_label(box, exact=True).check()
        expect(page.get_by_test_id("saved")).to_have_attribute("data-state", "saved")


# Writes down each emotion that the page has shown, once for each time that it changed.
WATCH_EMOTIONS = """
window.shownEmotions = [];
new MutationObserver(() => {
  const shown = document.querySelector('[data-testid=current-emotion]')?.dataset.emotion;
  if (shown && shown !== window.shownEmotions.at(-1)) window.shownEmotions.push(shown);
}).observe(document, { subtree: true, childList: true, attributeFilter: ['data-emotion'] });
"""


def test_a_sad_then_happy_face_gets_songs_of_the_genre_chosen_for_each(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SAD_TO_HAPPY, locale="en-US")
    choose_genres(page, listening_server, "Jazz for Sad", "Pop for Happy")
    page.add_init_script(WATCH_EMOTIONS)
    start_camera(page, listening_server)
    player = page.get_by_test_id("now-playing")

    def plays(genre: str, emotion: str) -> Locator:
        song = f'[data-state="playing"][data-genre="{genre}"][data-emotion="{emotion}"]'
        return player.and_(page.locator(song))

    expect(plays("jazz", "sadness")).to_be_attached(timeout=PATIENCE_MS)
    assert page.evaluate(f"{AUDIO}.some((audio) => !audio.paused)")
    expect(plays("pop", "happiness")).to_be_attached(timeout=PATIENCE_MS)
    shown = [one for one in page.evaluate("shownEmotions") if one in {"sadness", "happiness"}]
    assert shown[:2] == ["sadness", "happiness"]

    page.get_by_role("button", name="Stop song and camera").click()
    expect(player).not_to_have_attribute("data-state", "playing")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)

    page.get_by_role("link", name="Today", exact=True).click()
    songs = page.get_by_test_id("day-songs")
    expect(songs.locator('[data-emotion="sadness"]').first).to_contain_text("Jazz")
    expect(songs.locator('[data-emotion="happiness"]').first).to_contain_text("Pop")
    expect(page.get_by_test_id("day-sentence")).to_contain_text("sad")


def test_without_a_face_the_page_says_so_and_the_song_plays_on(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(NO_FACE, locale="en-US")
    page.goto(f"{listening_server.url}/live")
    page.get_by_test_id("mood-picker").get_by_role("button", name="Any song").click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Start with the camera").click()

    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-reason", "no_face", timeout=PATIENCE_MS)
    expect(emotion).to_contain_text("No face in view")
    expect(player).to_have_attribute("data-state", "playing")
    # Sound that goes on tells so about four times a second.
    page.evaluate(
        """() => {
          window.beats = 0;
          document.addEventListener('timeupdate', () => { window.beats += 1; }, true);
        }"""
    )
    page.wait_for_function("() => window.beats >= 8")
    expect(emotion).to_have_attribute("data-reason", "no_face")


def test_a_denied_camera_leads_to_the_mood_picker_that_plays(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SAD_TO_HAPPY, permission="deny", locale="en-US")
    start_camera(page, listening_server)
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-problem", "denied", timeout=PATIENCE_MS)
    page.get_by_test_id("mood-picker").get_by_role("button", name="Sad", exact=True).click()
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    expect(player).to_have_attribute("data-emotion", "sadness")


def test_without_any_camera_the_page_says_so_and_offers_the_mood_picker(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(clip=None, locale="en-US")
    start_camera(page, listening_server)
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-problem", "not_found", timeout=PATIENCE_MS
    )
    expect(page.get_by_test_id("mood-picker")).to_be_visible()


def test_one_key_switches_the_camera_off_and_the_song_plays_on(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SAD_TO_HAPPY, locale="en-US")
    start_camera(page, listening_server)
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "playing", timeout=PATIENCE_MS)
    tracks = "document.querySelector('[data-testid=camera-preview]')?.srcObject?.getTracks() ?? []"
    assert page.evaluate(f"({tracks}).length") == 1
    page.evaluate(f"window.cameraTracks = {tracks}")
    page.keyboard.press("c")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
    assert page.evaluate("window.cameraTracks.every((track) => track.readyState === 'ended')")
    expect(player).to_have_attribute("data-state", "playing")


def test_models_run_in_a_worker_and_never_on_the_thread_of_the_page(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(SAD_TO_HAPPY, locale="en-US")
    start_camera(page, listening_server)
    expect(page.get_by_test_id("now-playing")).to_have_attribute(
        "data-origin", "camera", timeout=PATIENCE_MS
    )
    assert vision_worker(page)
    # A thread that runs models must have fetched them; this list is of the page's own thread.
    fetched = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert any("/api/" in name for name in fetched)
    assert [name for name in fetched if "/models/" in name or "/litert/" in name] == []
