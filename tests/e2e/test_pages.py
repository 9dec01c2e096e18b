"""Every page, in both languages and both themes: usable by everyone, and on a narrow phone."""

from __future__ import annotations

import json
import re
import struct
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.browser import ROOT
from tests.e2e.conftest import NewPage
from tests.e2e.diaries import Diary
from tests.e2e.people import with_account
from tests.e2e.server import Server

AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()
_PATHS = re.search(
    r"export const PATHS = \{(.*?)\}", (ROOT / "web/src/routes/router.ts").read_text(), re.DOTALL
)
assert _PATHS is not None
PATHS: list[str] = re.findall(r": '([^']+)'", _PATHS.group(1))
"""Those of the router itself, so that no new page is forgotten."""
MORE = ["/nowhere", "/day/2026-11-20", "/statistics/year/2026", "/reset#token", "/genres?welcome"]
HIDDEN_LOGGED_IN = {"/login", "/sign-up"}

AXE_LOOKS = [("ko", "guest"), pytest.param("en", "account", marks=pytest.mark.long)]
"""Each language, and who one is; each in both themes."""
OTHER_LOOKS = [pytest.param("ko", "account", marks=pytest.mark.long), ("en", "guest")]
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 720}


def looking(new_page: NewPage, server: Server, language: str, who: str) -> Page:
    """A phone with the light theme."""
    # Slow motion would be measured half way.
    page = new_page(clip=None, viewport=PHONE, reduced_motion="reduce", service_workers="block")
    settings = json.dumps({"language": language, "theme": "light"})
    page.add_init_script(f"localStorage.setItem('today-feeling.settings', {json.dumps(settings)})")
    if who == "account":
        with_account(page.context, server)
        lived_in(page, server)
    return page


def shown_to(who: str, paths: list[str]) -> list[str]:
    return [path for path in paths if who == "guest" or path not in HIDDEN_LOGGED_IN]


def lived_in(page: Page, server: Server) -> None:
    """A diary with something of everything in it."""
    diary = Diary()
    for day in ("2026-11-20", "2026-11-21"):
        diary.seen(day, "09:00", "happiness", minutes=5).seen(day, "09:05", "sadness", minutes=3)
        diary.heard(day, "09:02", "Blue in Green", "sadness").wrote(
            day, "21:00", "neutral", "Rain."
        )
    diary.give(page, server)


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with the page as it is, one line for each kind of it.

    `rules`: only these; all of them where none is given.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['html'] for node in one['nodes']]}"
        for one in found["violations"]
    ]


def violations_in_the_dark(page: Page) -> list[str]:
    """The same in the dark theme, which differs from the light one in nothing but colours."""
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    return violations(page, "color-contrast")


def faults(page: Page) -> list[str]:
    """What is wrong for those who see little, hear a screen reader or hold a narrow phone."""
    return [*violations(page), *misshapen(page)]


def misshapen(page: Page) -> list[str]:
    found = []
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.evaluate("innerWidth"):
        found.append(f"scrolls sideways: {width} px")
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"{headings} main headings")
    return found


def settled(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.url}{path}")
    expect(page.locator("h1").first).to_be_attached()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("language", "who"), AXE_LOOKS)
def test_axe_finds_no_violation_on_any_page(
    new_page: NewPage, server: Server, language: str, who: str
) -> None:
    """On a narrow phone and on a wide screen, light and dark."""
    page = looking(new_page, server, language, who)
    wrong = {}
    for path in shown_to(who, [*PATHS, *MORE]):
        settled(page, server, path)
        narrow = faults(page)
        page.set_viewport_size(WIDE)
        wide = faults(page) if who == "account" else misshapen(page)
        if found := [*narrow, *wide, *violations_in_the_dark(page)]:
            wrong[path] = found
        page.set_viewport_size(PHONE)
    assert wrong == {}


@pytest.mark.parametrize(("language", "who"), OTHER_LOOKS)
def test_every_page_fits_a_phone_and_has_a_title_of_its_own(
    new_page: NewPage, server: Server, language: str, who: str
) -> None:
    page = looking(new_page, server, language, who)
    wrong, titles = {}, []
    for path in shown_to(who, [*PATHS, *MORE]):
        settled(page, server, path)
        if found := misshapen(page):
            wrong[path] = found
        if path in PATHS:
            titles.append(page.title())
    assert wrong == {}
    assert "Today Feeling" not in titles
    assert len(set(titles)) == len(titles)


def test_axe_finds_no_violation_in_what_opens_on_a_page(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, viewport=PHONE, reduced_motion="reduce", locale="en-US")
    minji = with_account(page.context, server)
    settled(page, server, "/profile")
    page.get_by_role("button", name=f"Menu of {minji.name}").click()
    page.get_by_role("button", name="Save new password").click()
    assert faults(page) == []
    page.get_by_role("button", name="Delete account").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("dialog").get_by_text("Please fill this in.")).to_be_visible()
    assert violations(page) == []
    settled(page, server, "/settings")
    page.get_by_label("Keep the diary").select_option("30 days")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def test_axe_would_find_a_violation(new_page: NewPage, server: Server) -> None:
    page = looking(new_page, server, "en", "guest")
    settled(page, server, "/settings")
    # As dark as the dark theme's background, and well seen on the light one's.
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert violations(page, "color-contrast") == []
    assert violations_in_the_dark(page)
    page.evaluate("document.querySelector('#camera-choice').removeAttribute('id')")
    assert [one for one in violations(page) if one.startswith("select-name (critical)")]


def test_a_page_that_is_not_there_says_so_and_leads_home(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None, locale="en-US")
    page.goto(f"{server.url}/nowhere")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    page.get_by_role("link", name="To the start page").click()
    expect(page).to_have_url(f"{server.url}/")


def test_the_bar_leads_to_every_part_and_says_where_one_is(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None, locale="en-US", viewport=PHONE)
    page.goto(server.url)
    bar = page.get_by_role("banner")
    names = ["Listen", "Today", "Calendar", "Genres", "Sign up", "Log in", "Settings"]
    for name in names:
        link = bar.get_by_role("link", name=name, exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
    minji = with_account(page.context, server)
    page.reload()
    menu = bar.get_by_role("button", name=f"Menu of {minji.name}")
    for name in ("Profile", "Statistics", "Genres", "Settings"):
        menu.click()
        bar.locator("#name-menu").get_by_role("link", name=name).click()
        expect(menu).to_have_attribute("aria-expanded", "false")
    expect(page).to_have_url(f"{server.url}/settings")


def test_the_app_can_be_installed(new_page: NewPage, server: Server) -> None:
    page = new_page(clip=None)
    page.goto(server.url)
    session = page.context.new_cdp_session(page)
    problems = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The browsers of these tests keep nothing, so nothing can be installed in them.
    assert [one["errorId"] for one in problems if one["errorId"] != "in-incognito"] == []
    manifest = json.loads(session.send("Page.getAppManifest")["data"])
    assert session.send("Page.getAppManifest")["errors"] == []
    for icon in manifest["icons"]:
        body = page.context.request.get(f"{server.url}{icon['src']}").body()
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", body[16:24])
            assert icon["sizes"] == f"{width}x{height}"
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
