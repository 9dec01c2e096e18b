"""A queue of threads that want to do the same thing, one after the other."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock
from typing import Final


class Turns:
    """Who comes first goes first. A plain lock may go to whoever has just left it, each time."""

    def __init__(self) -> None:
        self._mutex: Final = Lock()
        self._waiting: Final[deque[Event]] = deque()
        self._taken = False

    def enter(self, wait_s: float) -> bool:
        """Wait for a turn; false after so many seconds without one. `leave` ends it."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = Event()
            self._waiting.append(mine)
        mine.wait(wait_s)
        with self._mutex:
            if not mine.is_set():
                self._waiting.remove(mine)
            return mine.is_set()

    def leave(self) -> None:
        """The next one goes."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
