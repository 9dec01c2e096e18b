"""How often one caller may do a thing: in this process, or in all of them together."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Final

from today_feeling.domain.limits import passed
from today_feeling.errors import TooManyRequests
from today_feeling.store import tries
from today_feeling.store.database import Database

MINUTE_S: Final = 60.0
TRIES_WINDOW_S: Final = 900.0
MAILS_WINDOW_S: Final = 3600.0

_FROM_ALL: Final = 10
"""So many times more tries are left to all addresses than to one: whoever guesses at an account
from a few addresses locks themselves out of it, and not its owner."""

_ASKED: Final = 3
"""So many times more than are let through ask the database about themselves: a caller who succeeds
through another process is counted on in this one."""

_SWEEP_ABOVE: Final = 1024
"""So many callers are remembered before those of long ago are forgotten."""


class SlidingWindow:
    """At most `limit` passes per caller in any `window_s`, in this process's memory: for what is
    asked so often that a database would feel it. Safe to use from several threads."""

    def __init__(self, limit: int, window_s: float = MINUTE_S) -> None:
        self._limit = limit
        self._window_s = window_s
        self._passes: dict[str, list[float]] = {}
        self._sweep_at = _SWEEP_ABOVE
        self._lock = Lock()

    def check(self, caller: str, now: datetime) -> None:
        """Count one pass; raises `TooManyRequests`, which counts none, where it is too many."""
        at = now.timestamp()
        with self._lock:
            if len(self._passes) >= self._sweep_at:
                self._sweep(at)
            before = self._passes.get(caller, [])
            self._passes[caller] = passed(before, now, self._limit, self._window_s)

    def forget(self, caller: str) -> None:
        """The caller's passes do not count any more."""
        with self._lock:
            self._passes.pop(caller, None)

    def _sweep(self, at: float) -> None:
        for caller in [
            key for key, passes in self._passes.items() if passes[-1] <= at - self._window_s
        ]:
            del self._passes[caller]
        self._sweep_at = max(_SWEEP_ABOVE, 2 * len(self._passes))


class Places:
    """For what takes long: at most `at_once` callers are served by this process at the same time,
    `of_one` of one network, so that nobody takes every place, and `per_minute` of one network."""

    def __init__(self, what: str, *, at_once: int, of_one: int, per_minute: int) -> None:
        """`what`, in the plural, is told to whom is refused."""
        self._what = what
        self._at_once = at_once
        self._of_one = of_one
        self._window = SlidingWindow(per_minute)
        self._open: Counter[str] = Counter()
        self._lock = Lock()

    def enter(self, network: str, now: datetime) -> None:
        """Take a place, until `leave`. Raises `TooManyRequests`."""
        self._window.check(network, now)
        with self._lock:
            if self._open.total() >= self._at_once or self._open[network] >= self._of_one:
                raise TooManyRequests(f"Too many {self._what} are being read now.", 15)
            self._open[network] += 1

    def leave(self, network: str) -> None:
        """Give the place back."""
        with self._lock:
            self._open[network] -= 1
            self._open += Counter()  # forgets who has none

    @contextmanager
    def held(self, network: str, now: datetime) -> Iterator[None]:
        """A place for as long as the block lasts. Raises `TooManyRequests`."""
        self.enter(network, now)
        try:
            yield
        finally:
            self.leave(network)


class SharedWindow:
    """A `SlidingWindow` that all processes on the database share, for what must not be guessed."""

    def __init__(self, database: Database, name: str, limit: int, window_s: float) -> None:
        self._database = database
        self._name = name
        self._limit = limit
        self._window_s = window_s
        # Whoever goes on after being refused is not to keep others from writing.
        self._asked = SlidingWindow(_ASKED * limit, window_s)

    def check(self, caller: str, now: datetime) -> None:
        """Count one pass; raises `TooManyRequests`, which counts none, where it is too many."""
        self._asked.check(caller, now)
        with self._database.writing() as session:
            tries.count(session, f"{self._name} {caller}", now, self._limit, self._window_s)

    def forget(self, caller: str) -> None:
        """The caller's passes do not count any more."""
        self._asked.forget(caller)
        with self._database.writing() as session:
            tries.forget(session, f"{self._name} {caller}")


class AccountLimit:
    """At most `limit` tries per account and address, and ten times that per account."""

    def __init__(self, database: Database, name: str, limit: int, window_s: float) -> None:
        self._from_one = SharedWindow(database, name, limit, window_s)
        self._from_all = SharedWindow(database, f"{name} from all", limit * _FROM_ALL, window_s)

    def check(self, account: str, address: str, now: datetime) -> None:
        """Count one try; raises `TooManyRequests`, also for an account that there is not."""
        self._from_one.check(f"{account} {address}", now)
        self._from_all.check(account, now)

    def forget(self, account: str, address: str) -> None:
        """That try was right: those of this address do not count any more."""
        self._from_one.forget(f"{account} {address}")


def network_of(address: str) -> str:
    """Who is behind the address: of IPv6, a household has 2^64 of them."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
