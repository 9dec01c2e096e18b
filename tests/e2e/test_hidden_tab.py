"""A tab that nobody sees: looks go on as far as the browser lets them, and else it is said."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Playwright, expect

from tests.e2e.browser import SAD_TO_HAPPY, SITTING, Clip, camera_file
from tests.e2e.conftest import CONSENTS, NewPage
from tests.e2e.hidden import GRACE_S, HidablePage, throttling_browser
from tests.e2e.people import play_a_song
from tests.e2e.server import Server
from tests.e2e.youtube import serve_youtube

COUNTED = """
window.looks = window.ticks = 0;
setInterval(() => window.ticks++, 50);
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  if (message.kind === 'frame') window.looks++;
  return post.call(this, message, ...rest);
};
// A song that waits for a click is silent: sound would keep the page awake.
if (location.protocol.startsWith('http'))
  localStorage.setItem('today-feeling.settings', '{"language":"en","autoplay":false}');
"""
"""How often a face is looked for, and how often a timer of the page's own runs."""
EMOTION = "document.querySelector('[data-testid=current-emotion]')?.dataset.emotion"
GAP = "document.querySelector('[data-testid=hidden-gap]')?.textContent ?? ''"


@pytest.fixture
def watched(
    playwright: Playwright, pytestconfig: pytest.Config, listening_server: Server
) -> Iterator[Callable[[Clip], HidablePage]]:
    """A page that has seen by now how sad somebody looks."""
    with ExitStack() as stack:

        def page(clip: Clip) -> HidablePage:
            camera = camera_file(clip, pytestconfig.cache.mkdir("camera"))
            page = HidablePage(stack.enter_context(throttling_browser(playwright, camera)))
            page.before_each_document(CONSENTS)
            page.before_each_document(COUNTED)
            page.goto(f"{listening_server.url}/live")
            page.click("button", "Start with the camera")
            page.until(f"{EMOTION} === 'sadness'")
            return page

        yield page


@pytest.mark.long
def test_moods_are_followed_in_a_hidden_tab_whose_own_timers_are_slow(
    watched: Callable[[Clip], HidablePage],
) -> None:
    page = watched(SAD_TO_HAPPY)
    page.hide()
    time.sleep(GRACE_S)
    looks, ticks = page.evaluate("[window.looks, window.ticks]")
    hidden = time.monotonic()
    # The clip is long and begins anew: both come, wherever it is.
    page.until(f"{EMOTION} === 'happiness'")
    page.until(f"{EMOTION} === 'sadness'")
    page.until(f"{EMOTION} === 'happiness'")
    more_looks, more_ticks = page.evaluate("[window.looks, window.ticks]")
    hidden_s = time.monotonic() - hidden
    assert more_ticks - ticks < 1.3 * hidden_s + 2, "the browser throttles"
    assert more_looks - looks > 1.6 * hidden_s
    page.show()
    assert page.evaluate(GAP) == ""


@pytest.mark.long
def test_a_tab_that_was_frozen_says_so_and_takes_the_gap_for_unknown(
    watched: Callable[[Clip], HidablePage], listening_server: Server
) -> None:
    page = watched(SITTING)
    page.until("performance.now() > 15000")  # something is written down before it
    page.hide()
    frozen = datetime.now(UTC)
    page.freeze(35)
    thawed = datetime.now(UTC)
    page.show()
    page.until(f"({GAP}).includes('no look was possible between')", patience_s=5)
    page.until(f"{EMOTION} === 'sadness'")
    time.sleep(11)
    page.click("button", "Stop song and camera")
    page.until("!document.querySelector('[data-testid=camera-sign]')")
    time.sleep(1)
    before, after = 0, 0
    for begins, ends in spans(listening_server):
        # What was seen last speaks for two seconds at most.
        assert ends < frozen + timedelta(seconds=2.5) or begins > thawed - timedelta(seconds=1)
        before += ends < thawed
        after += begins > frozen
    assert before >= 1
    assert after >= 1


def spans(server: Server) -> list[tuple[datetime, datetime]]:
    """From when to when each observation of the newest user is."""
    with sqlite3.connect(server.database) as database:
        rows = database.execute(
            "SELECT observed_at, duration_s FROM observations"
            " WHERE user_id = (SELECT max(user_id) FROM observations)"
        ).fetchall()
    begun = [(datetime.fromisoformat(at).replace(tzinfo=UTC), length) for at, length in rows]
    return [(at, at + timedelta(seconds=length)) for at, length in begun]


def test_the_page_says_that_youtube_rests_while_it_is_hidden(
    new_page: NewPage, server: Server
) -> None:
    # Only told to be hidden: the YouTube of the tests lives in Playwright's pages alone.
    page = new_page(clip=None, locale="en-US")
    serve_youtube(page.context)
    play_a_song(page, server)
    page.evaluate(
        """() => {
          Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true });
          window.away = true;
          document.dispatchEvent(new Event('visibilitychange'));
        }"""
    )
    player = page.get_by_test_id("now-playing")
    expect(player).to_have_attribute("data-state", "paused")
    expect(page).to_have_title("⏸ Listen · Today Feeling")
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(player).to_have_attribute("data-state", "playing")
    expect(page.get_by_test_id("notice")).to_contain_text(
        "YouTube pauses while this page is hidden"
    )
