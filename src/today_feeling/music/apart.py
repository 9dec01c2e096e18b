"""A stranger's workbook is unpacked by a process of its own: what takes long delays nobody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout, suppress
from threading import BoundedSemaphore
from typing import Final

from today_feeling.errors import TooManyRequests, UnreadableMedia
from today_feeling.music.tables import File, Limits, read_table

PATIENCE_S: Final = 20.0
"""For one workbook; the worst of 10 MB takes about three seconds of a core."""

WAIT_S: Final = 5.0
"""Until others are read: whoever waits holds a thread of the server."""

_AT_ONCE: Final = BoundedSemaphore(2)
"""Each takes a core, and about 100 MB of memory."""

MOST_BYTES: Final = 768 * 2**20
"""Of memory that the process may ask for, where the system can hold it to that: a few MB of styles
unpack to GB."""

_COMMAND: Final = (sys.executable, "-P", "-m", "today_feeling.music.apart")

_TOLD: Final = ("PYTHON", "LD_", "DYLD_", "SYSTEMROOT", "TEMP", "TMP")
"""How what it is told of the environment begins: it needs no password of database or mail."""


def read_apart(file: File, limits: Limits, patience_s: float = PATIENCE_S) -> list[list[str]]:
    """What `read_table` reads of a workbook; waits while two others are read.

    Raises `UnreadableMedia`, also where it takes longer than `patience_s`, and `TooManyRequests`
    where the others take longer than `WAIT_S`.
    """
    asked = json.dumps([file.name, limits]).encode() + b"\n"
    if not _AT_ONCE.acquire(timeout=WAIT_S):
        raise TooManyRequests("Too many workbooks are being read now.", 15)
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes through its stdin
            _COMMAND,
            env=_environment(),
            input=asked + file.content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=patience_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        why = f"{file.name} takes longer than {patience_s:g} s to unpack."
        raise UnreadableMedia(why, "too_big") from error
    finally:
        _AT_ONCE.release()
    if done.returncode != 0:
        raise UnreadableMedia(f"{file.name} broke what unpacks it.", "damaged")
    said = json.loads(done.stdout)
    if "why" in said:
        raise UnreadableMedia(said["why"], said["code"])
    rows: list[list[str]] = said["rows"]
    return rows


def _environment() -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if name.upper().startswith(_TOLD)}
    # numpy, which openpyxl imports where it is, would take memory for as many threads as cores.
    return {**told, "OPENBLAS_NUM_THREADS": "1"}


def _hold_back() -> None:
    """Leave processor and memory to the server, as far as the system has ways for that."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        os.nice(10)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def _main() -> None:
    _hold_back()
    name, limits = json.loads(sys.stdin.buffer.readline())
    file = File(name, sys.stdin.buffer.read())
    try:
        with redirect_stdout(sys.stderr):  # openpyxl prints what it finds strange
            rows = list(read_table(file, lambda _: False, Limits(*limits)))
        said: object = {"rows": rows}
    except UnreadableMedia as error:
        said = {"why": str(error), "code": error.code}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _main()
