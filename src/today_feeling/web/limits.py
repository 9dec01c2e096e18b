"""How often one caller may do a thing: a sliding window, in this process's memory."""

from __future__ import annotations

import math
from collections import deque
from datetime import datetime
from threading import Lock
from typing import Final

from today_feeling.errors import TooManyRequests

_WINDOW_S: Final = 60.0
_SWEEP_ABOVE: Final = 1024
"""So many callers are remembered before those of long ago are forgotten."""


class SlidingWindow:
    """At most `limit` passes per caller in any 60 s. Safe to use from several threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._passes: dict[str, deque[float]] = {}
        self._sweep_at = _SWEEP_ABOVE
        self._lock = Lock()

    def check(self, caller: str, now: datetime) -> None:
        """Count one pass; raises `TooManyRequests`, which counts none, where it is too many."""
        at = now.timestamp()
        with self._lock:
            if len(self._passes) >= self._sweep_at:
                self._sweep(at)
            passes = self._passes.setdefault(caller, deque())
            while passes and passes[0] <= at - _WINDOW_S:
                passes.popleft()
            if len(passes) >= self._limit:
                wait_s = max(1, math.ceil(passes[0] + _WINDOW_S - at))
                raise TooManyRequests(f"Too many requests: wait {wait_s} s.", wait_s)
            passes.append(at)

    def _sweep(self, at: float) -> None:
        for caller in [key for key, passes in self._passes.items() if passes[-1] <= at - _WINDOW_S]:
            del self._passes[caller]
        self._sweep_at = max(_SWEEP_ABOVE, 2 * len(self._passes))
