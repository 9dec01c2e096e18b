"""How often one may do a thing: at most so often in any window of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

from today_feeling.errors import TooManyRequests


def passed(times: Sequence[float], now: datetime, limit: int, window_s: float) -> list[float]:
    """The passes that still count, with one more at `now`; seconds since 1970, in order.

    Raises `TooManyRequests` where that is one too many: then it does not count.
    """
    at = now.timestamp()
    counting = [time for time in times if time > at - window_s]
    if len(counting) >= limit:
        wait_s = max(1, math.ceil(counting[len(counting) - limit] + window_s - at))
        raise TooManyRequests(f"Too many requests: wait {wait_s} s.", wait_s)
    return [*counting, at]
