"""The real app in a process of its own, on a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from today_feeling.services import catalogue
from today_feeling.store.database import Database

START_S = 120
"""Patience with a start: a machine that does much else takes far longer than the usual 3 s."""


def free_port() -> int:
    """A TCP port of localhost that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`today-feeling serve` on a SQLite file and a log inside `folder`.

    `stop` and `start` again keep the address and the database, as a restart does.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = folder / "today-feeling.db"
        self.log = folder / "server.log"
        self._environment = {
            **os.environ,
            "TODAY_FEELING_DATABASE_URL": f"sqlite:///{self.database}",
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the process; None while it does not run."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Return when the server answers; `RuntimeError` with its log when it does not."""
        command = "import sys; from today_feeling.cli import main; sys.exit(main())"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", command, "serve", "--port", str(self.port)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/health", timeout=1) as response:  # noqa: S310
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def add_songs(self, folder: Path) -> None:
        """Add a folder of songs, as `today-feeling library add` does."""
        with Database(f"sqlite:///{self.database}") as database:
            catalogue.add_folder(database, folder, now=datetime.now(UTC))

    def served_bytes(self, path: str) -> int:
        """Length of a file as a browser gets it, compressed where it is."""
        headers = {"Accept-Encoding": "gzip, br"}
        asked = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310
        with urllib.request.urlopen(asked, timeout=10) as response:  # noqa: S310
            return len(response.read())

    def stop(self) -> None:
        """End the process as Ctrl+C would; nothing happens when it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
