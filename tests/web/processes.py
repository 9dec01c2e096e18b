"""The program as processes of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple


class Serving(NamedTuple):
    address: str
    process: subprocess.Popen[str]


START = "import sys; from today_feeling.cli import main; sys.exit(main())"


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, to its end."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", START, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def serving(environment: dict[str, str], *arguments: str) -> Iterator[Serving]:
    """A running server."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START, "serve", "--port", "0", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Serving(_address(process.stdout), process)
    finally:
        process.kill()
        process.communicate()


def _address(output: IO[str] | None) -> str:
    assert output is not None
    found = re.search(r"http://\S+", output.readline())
    assert found is not None
    return found[0]
