"""The camera check: one plain hint for whatever stands in the way, until it is mended."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import scenes
from tests.e2e.browser import SITTING
from tests.e2e.conftest import NewPage
from tests.e2e.server import Server
from tests.e2e.test_pages import faults

PATIENCE_MS = 40_000
PHONE = {"width": 360, "height": 740}


def consents(page: Page) -> None:
    """The camera may be used, and no check was ever done."""
    page.add_init_script(
        "localStorage.setItem('today-feeling.consent', '{\"camera\":true,\"history\":true}')"
    )


def check(page: Page, name: str) -> Locator:
    return page.locator(f'[data-testid="coach-check"][data-check="{name}"]')


def expect_found(page: Page, **found: str) -> None:
    for name, what in found.items():
        expect(check(page, name)).to_have_attribute("data-found", what, timeout=15_000)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Its camera shows whatever a test wants."""
    page = new_page(
        SITTING, locale="en-US", consents=False, viewport=PHONE, reduced_motion="reduce"
    )
    scenes.install(page.context)
    consents(page)
    return page


def test_each_fault_is_named_and_its_hint_goes_when_it_is_mended(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/camera")
    scenes.show(page, scenes.lit(0.15))
    page.get_by_role("button", name="Start the check").click()
    # The button goes; who uses a keyboard is not sent back to the top of the page.
    expect(page.get_by_role("region", name="How the camera sees you")).to_be_focused()
    coach = page.get_by_test_id("coach")
    expect(coach).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
    expect_found(page, light="dark")
    expect(check(page, "light")).to_contain_text("Switch on a lamp")
    scenes.show(page, scenes.good())
    all_good = dict.fromkeys(("light", "distance", "angle", "sharpness", "company"), "good")
    expect_found(page, **all_good)
    summary = page.get_by_test_id("coach-summary")
    expect(summary).to_contain_text("All is well")

    for picture, name, fault, hint in (
        (scenes.lit(2.2), "light", "bright", "Too bright"),
        (scenes.foggy(), "light", "flat", "Wipe the lens"),
        (scenes.far(), "distance", "far", "Come closer"),
        (scenes.near(), "distance", "near", "Move back"),
        (scenes.at_the_edge(), "distance", "cut", "Move to the middle"),
        (scenes.leaning(), "angle", "tilted", "upright"),
        (scenes.from_the_side(), "angle", "turned", "in front of you"),
        (scenes.blurred(), "sharpness", "blurred", "Blurred"),
        (scenes.two_people(), "company", "others", "Somebody else"),
    ):
        scenes.show(page, picture)
        expect_found(page, **{name: fault})
        expect(check(page, name)).to_contain_text(hint)
    scenes.show(page, scenes.nobody())
    expect(summary).to_contain_text("No face in view")
    expect_found(page, distance="unknown", angle="unknown")
    scenes.show(page, scenes.good())
    expect_found(page, **all_good)


def test_the_first_session_begins_with_the_check_and_a_sample_at_rest_by_keyboard_alone(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/live")
    scenes.show(page, scenes.good())
    page.get_by_role("button", name="Start with the camera").press("Enter")
    expect(page).to_have_url(f"{server.url}/camera")
    coach = page.get_by_test_id("coach")
    expect(coach).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
    expect_found(page, light="good", angle="good")
    # One voice, and only for what has settled.
    live = page.locator("main [aria-live=polite]").filter(has_text="All is well")
    expect(live).to_have_count(1, timeout=10_000)
    assert faults(page) == []
    # While it is only a check, nothing plays and nothing is written down.
    expect(page.get_by_test_id("now-playing")).to_have_attribute("data-state", "idle")

    page.get_by_role("button", name="Continue").press("Enter")
    expect(coach).to_have_attribute("data-step", "rest")
    expect(page.get_by_role("heading", name="Your face at rest")).to_be_focused()
    assert faults(page) == []
    expect(coach).to_have_attribute("data-step", "told", timeout=60_000)
    told = page.get_by_test_id("coach-told")
    expect(told).to_contain_text(re.compile(r"At rest, your face looks .*%\)"))
    seen = told.get_attribute("data-emotion")
    page.get_by_role("button", name="Start listening").press("Enter")
    expect(page).to_have_url(f"{server.url}/live")
    expect(page.get_by_test_id("camera-panel")).to_have_attribute("data-phase", "watching")
    expect(page.get_by_test_id("now-playing")).not_to_have_attribute("data-state", "idle")
    emotion = page.get_by_test_id("current-emotion")
    expect(emotion).to_have_attribute("data-emotion", seen or "", timeout=PATIENCE_MS)
    if seen != "neutral":
        expect(emotion).to_contain_text("Your face at rest looks like this, too")

    # It is remembered on this device: the next session begins at once.
    page.reload()
    scenes.show(page, scenes.good())
    page.get_by_role("button", name="Start with the camera").click()
    expect(page).to_have_url(f"{server.url}/live")
    expect(page.get_by_test_id("camera-panel")).to_have_attribute(
        "data-phase", "watching", timeout=PATIENCE_MS
    )


def test_the_check_can_be_skipped_and_is_found_again_in_the_settings(
    page: Page, server: Server
) -> None:
    page.goto(f"{server.url}/live")
    scenes.show(page, scenes.good())
    page.get_by_role("button", name="Start with the camera").click()
    page.get_by_role("button", name="Skip the check").click()
    expect(page).to_have_url(f"{server.url}/live")
    panel = page.get_by_test_id("camera-panel")
    expect(panel).to_have_attribute("data-phase", "watching", timeout=PATIENCE_MS)
    page.goto(f"{server.url}/settings")
    page.get_by_role("link", name="Check the camera").click()
    scenes.show(page, scenes.good())
    page.get_by_role("button", name="Start the check").click()
    expect(page.get_by_test_id("camera-sign")).to_be_visible()
    expect_found(page, light="good")
    # Another camera is taken at once.
    choice = page.get_by_label("Camera", exact=True)
    device = choice.locator("option").nth(1)
    choice.focus()
    choice.select_option(device.get_attribute("value"))
    expect(choice).to_be_focused()
    page.wait_for_function("window.cameraAsked.length === 2 && window.cameraAsked[1] !== ''")
    expect_found(page, light="good")
    # Who walks away leaves no camera on.
    page.get_by_role("button", name="Close").click()
    expect(page).to_have_url(f"{server.url}/settings")
    expect(page.get_by_test_id("camera-sign")).to_have_count(0)
