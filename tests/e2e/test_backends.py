"""How models are run: each way that fails here is followed by the next, and all say the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright

from tests.e2e.browser import launch
from tests.e2e.conftest import BrowserWithCamera
from tests.e2e.golden_site import golden_folders
from tests.e2e.site import static_site

ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "credentialless",
}
INFO = """() => golden.createVisionClient().info.catch(({ code }) => ({ code }))"""
NO_DEVICE = b"""
const limits = { maxBufferSize: 1 };
const requestDevice = async () => { throw new DOMException('driver', 'OperationError'); };
const gpu = { requestAdapter: async () => ({ info: {}, limits, requestDevice }) };
Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
"""
"""A GPU whose driver does not work, as the worker sees it."""

SOFTWARE_GPU = (
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan",
)
A_REAL_ONE = b"""{
  Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { value: false });
  const [wait, now] = [setTimeout, performance.now.bind(performance)];
  self.setTimeout = (task, ms) => wait(task, 1000 * ms);
  performance.now = () => now() / 1000;
}
"""
"""As the worker sees it, the GPU made of software is none, and a thousand times as quick."""


@contextmanager
def opened(
    browser_with_camera: BrowserWithCamera,
    contents: Mapping[str, bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[tuple[Page, list[str]]]:
    """The golden page on a site of its own, and what it tells the console."""
    said: list[str] = []
    with ExitStack() as stack:
        url = stack.enter_context(static_site(golden_folders(), contents, headers=headers))
        context = browser_with_camera(None).new_context()
        stack.callback(context.close)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}/golden.html")
        yield page, said


def worker_with(prefix: bytes) -> dict[str, bytes]:
    """The product's worker behind some lines of a test."""
    (built,) = (golden_folders()["/"] / "assets").glob("worker-*.js")
    return {f"/assets/{built.name}": prefix + built.read_bytes()}


def test_without_gpu_and_isolation_one_thread_does_it(
    browser_with_camera: BrowserWithCamera,
) -> None:
    with opened(browser_with_camera) as (page, said):
        assert page.evaluate("() => [crossOriginIsolated, typeof SharedArrayBuffer]") == [
            False,
            "undefined",
        ]
        assert page.evaluate(INFO)["backend"] == "simd"
    # This browser knows WebGPU and has no adapter.
    assert said == ["webgpu: no GPU: Error: there is none"]


def test_a_gpu_that_cannot_be_opened_is_passed_over(
    browser_with_camera: BrowserWithCamera,
) -> None:
    with opened(browser_with_camera, worker_with(NO_DEVICE)) as (page, said):
        assert page.evaluate(INFO)["backend"] == "simd"
    assert said == ["webgpu: no GPU: OperationError: driver"]


@pytest.fixture
def gpu_browser(playwright: Playwright) -> Iterator[Browser]:
    """Has a GPU made of software, where the browser was built with one."""
    browser = launch(playwright, None, *SOFTWARE_GPU)
    yield browser
    browser.close()


def test_a_gpu_made_of_software_is_passed_over(gpu_browser: Browser) -> None:
    with opened(lambda *_: gpu_browser) as (page, said):
        has_one = page.evaluate("navigator.gpu.requestAdapter().then(Boolean)")
        assert page.evaluate(INFO)["backend"] == "simd"
    why = "it is made of software" if has_one else "there is none"
    assert said == [f"webgpu: no GPU: Error: {why}"]


@pytest.mark.long
def test_a_gpu_that_is_quick_enough_does_it_where_this_browser_has_one(
    gpu_browser: Browser,
) -> None:
    with opened(lambda *_: gpu_browser, worker_with(A_REAL_ONE)) as (page, said):
        has_one = page.evaluate("navigator.gpu.requestAdapter().then(Boolean)")
        # The models are not used before they have given the numbers of their cards.
        assert page.evaluate(INFO)["backend"] == ("webgpu" if has_one else "simd"), said


def test_an_isolated_page_has_threads(browser_with_camera: BrowserWithCamera) -> None:
    with opened(browser_with_camera, headers=ISOLATED) as (page, _):
        assert page.evaluate(INFO)["backend"] == "threads"


def test_threads_that_do_not_start_are_passed_over(
    browser_with_camera: BrowserWithCamera,
) -> None:
    broken = {"/litert/litert_wasm_threaded_internal.wasm": b"\0asm"}
    with opened(browser_with_camera, broken, headers=ISOLATED) as (page, said):
        assert page.evaluate(INFO)["backend"] == "simd"
    assert [line for line in said if line.startswith("threads: ")] != []


def wrong_card(name: str) -> dict[str, bytes]:
    card: dict[str, Any] = json.loads((golden_folders()["/models/"] / f"{name}.json").read_bytes())
    card["check"][0][0] += 0.05
    return {f"/models/{name}.json": json.dumps(card).encode()}


@pytest.mark.parametrize("name", ["face_detection_short_range", "emotion"])
def test_where_every_way_computes_wrong_numbers_no_face_is_read(
    browser_with_camera: BrowserWithCamera, name: str
) -> None:
    with opened(browser_with_camera, wrong_card(name)) as (page, _):
        assert page.evaluate(INFO) == {"code": "unsupported"}
