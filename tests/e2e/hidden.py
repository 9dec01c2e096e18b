"""A page that can really be hidden and frozen, in a Chromium that slows hidden pages down.

Playwright keeps its own pages visible whatever happens (it emulates focus), and has its browsers
leave hidden pages alone. So this page belongs to no context of Playwright's, is spoken to by the
DevTools protocol, and its browser throttles: timers of a hidden page run once a second, and from
`GRACE_S` on once a minute, which is Chrome's own rule with a shorter time than its five minutes.
(A page with a camera is let off the second part, as one that sounds is.)
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Playwright

from tests.e2e.browser import find_chromium

GRACE_S = 10

_UNTHROTTLED = [
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]


@contextmanager
def throttling_browser(playwright: Playwright, camera: Path) -> Iterator[Browser]:
    """A Chromium with this camera that treats hidden pages as it does at home."""
    chromium = find_chromium()
    browser = playwright.chromium.launch(
        executable_path=chromium.executable,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
            f"--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/{GRACE_S}",
        ],
        ignore_default_args=_UNTHROTTLED,
        env={**os.environ, **chromium.environment},
    )
    try:
        yield browser
    finally:
        browser.close()


class HidablePage:
    """One page, by the DevTools protocol."""

    def __init__(self, browser: Browser) -> None:
        self._browser: CDPSession = browser.new_browser_cdp_session()
        self._browser.on("Target.receivedMessageFromTarget", self._hear)
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        created = self._browser.send("Target.createTarget", {"url": "about:blank"})
        self._target = created["targetId"]
        attached = self._browser.send(
            "Target.attachToTarget", {"targetId": self._target, "flatten": False}
        )
        self._session = attached["sessionId"]
        self._send("Page.enable")

    def before_each_document(self, script: str) -> None:
        """Have this run before the scripts of any page that is opened."""
        self._send("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def goto(self, url: str) -> None:
        self._send("Page.navigate", {"url": url})
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited, as if a user had just clicked."""
        answer = self._send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "returnByValue": True,
                "awaitPromise": True,
                "userGesture": True,
            },
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, condition: str, patience_s: float = 60) -> None:
        """Return when this expression is true."""
        deadline = time.monotonic() + patience_s
        while not self.evaluate(f"Boolean({condition})"):
            assert time.monotonic() < deadline, f"never: {condition}"
            time.sleep(0.1)

    def click(self, selector: str, text: str) -> None:
        """The first of these elements whose text holds this, once it is there."""
        found = f"[...document.querySelectorAll('{selector}')].find((each) => each.textContent"
        self.until(f"{found}.includes('{text}'))")
        self.evaluate(f"{found}.includes('{text}')).click()")

    def hide(self) -> None:
        self._window("minimized")
        self.until("document.visibilityState === 'hidden'")

    def show(self) -> None:
        self._window("normal")
        self.until("document.visibilityState === 'visible'")

    def freeze(self, seconds: float) -> None:
        """Let nothing of the page run for so long; it must be hidden."""
        self._send("Page.setWebLifecycleState", {"state": "frozen"})
        time.sleep(seconds)
        self._send("Page.setWebLifecycleState", {"state": "active"})

    def _window(self, state: str) -> None:
        where = self._browser.send("Browser.getWindowForTarget", {"targetId": self._target})
        self._browser.send(
            "Browser.setWindowBounds",
            {"windowId": where["windowId"], "bounds": {"windowState": state}},
        )

    def _hear(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message

    def _send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        self._asked += 1
        asked = self._asked
        message = json.dumps({"id": asked, "method": method, "params": params or {}})
        self._browser.send(
            "Target.sendMessageToTarget", {"sessionId": self._session, "message": message}
        )
        deadline = time.monotonic() + 30
        while asked not in self._answers:
            assert time.monotonic() < deadline, f"no answer to {method}"
            # Events are heard while something is asked.
            self._browser.send("Target.getTargets")
            time.sleep(0.01)
        answer = self._answers.pop(asked)
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result
