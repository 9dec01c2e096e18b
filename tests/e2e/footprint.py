"""What a page holds when all that it can do without is collected, by Chromium's own numbers."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.e2e.browser import is_vision
from tests.e2e.waiting import waiting

PATIENCE_MS = 20_000

_BYTES = """function () {
  return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}"""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Of one page with one worker, at one moment.

    Attributes
    ----------
    page_kb, worker_kb
        JavaScript heap in use, KiB.
    wasm_kb
        Memory that the models' runtime has taken, KiB; it never gives any back.
    nodes, listeners
        Of the page's DOM, detached ones too.
    rows
        Observations that wait in IndexedDB.
    """

    page_kb: int
    worker_kb: int
    wasm_kb: int
    nodes: int
    listeners: int
    rows: int


class Scale:
    """Measures the page; made when its worker runs, and of use while that one does."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self._workers: list[str] = []
        self._answers: deque[dict[str, Any]] = deque()
        self._asked = 0
        self._session.on("Target.attachedToTarget", self._meet)
        self._session.on("Target.receivedMessageFromTarget", self._hear)
        self._session.send("Performance.enable")
        attach = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        self._session.send("Target.setAutoAttach", attach)

    def _meet(self, told: dict[str, Any]) -> None:
        if is_vision(told["targetInfo"]["url"]):
            self._workers.append(told["sessionId"])

    def _hear(self, told: dict[str, Any]) -> None:
        self._answers.append(json.loads(told["message"]))

    def _ask_worker(self, method: str, **parameters: Any) -> Any:
        (worker,) = self._workers
        self._asked += 1
        asked = {"id": self._asked, "method": method, "params": parameters}
        message = {"sessionId": worker, "message": json.dumps(asked)}
        self._session.send("Target.sendMessageToTarget", message)
        for _ in range(PATIENCE_MS // 10):
            while self._answers:
                answer = self._answers.popleft()
                if answer.get("id") == self._asked:
                    assert "result" in answer, answer
                    return answer["result"]
            self._page.wait_for_timeout(10)
        raise AssertionError(f"the worker did not answer {method}")

    def _wasm_bytes(self) -> int:
        memories = self._ask_worker("Runtime.evaluate", expression="WebAssembly.Memory.prototype")
        prototype = memories["result"]["objectId"]
        found = self._ask_worker("Runtime.queryObjects", prototypeObjectId=prototype)["objects"]
        asked = {"functionDeclaration": _BYTES, "returnByValue": True}
        counted = self._ask_worker("Runtime.callFunctionOn", objectId=found["objectId"], **asked)
        for each in (prototype, found["objectId"]):
            self._ask_worker("Runtime.releaseObject", objectId=each)
        return int(counted["result"]["value"])

    def weigh(self) -> Footprint:
        """Collect garbage, then measure; what is still on its way counts too."""
        for _ in range(2):  # what the first round frees may hold what the second one does
            self._session.send("HeapProfiler.collectGarbage")
            self._ask_worker("HeapProfiler.collectGarbage")
        wasm = self._wasm_bytes()
        worker = self._ask_worker("Runtime.getHeapUsage")
        told = self._session.send("Performance.getMetrics")["metrics"]
        page = {metric["name"]: metric["value"] for metric in told}
        return Footprint(
            page_kb=round(page["JSHeapUsedSize"] / 1024),
            worker_kb=round(worker["usedSize"] / 1024),
            wasm_kb=round(wasm / 1024),
            nodes=round(page["Nodes"]),
            listeners=round(page["JSEventListeners"]),
            rows=waiting(self._page),
        )
