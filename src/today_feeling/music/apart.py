"""A stranger's workbook is unpacked by a process of its own: what takes long delays nobody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Final

from today_feeling.errors import UnreadableMedia
from today_feeling.music.tables import File, Limits, read_table

PATIENCE_S: Final = 20.0
"""For one workbook; the worst of 10 MB takes about three seconds of a core."""

_AT_ONCE: Final = BoundedSemaphore(2)
"""Each takes a core, and about 100 MB of memory."""

_COMMAND: Final = (sys.executable, "-m", "today_feeling.music.apart")


def read_apart(file: File, limits: Limits, patience_s: float = PATIENCE_S) -> list[list[str]]:
    """What `read_table` reads of a workbook; waits while two others are read.

    Raises `UnreadableMedia`, also where it takes longer than `patience_s`.
    """
    asked = json.dumps([file.name, limits]).encode() + b"\n"
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own program; the file goes through its stdin
                _COMMAND,
                input=asked + file.content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=patience_s,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            why = f"{file.name} takes longer than {patience_s:g} s to unpack."
            raise UnreadableMedia(why, "too_big") from error
    if done.returncode != 0:
        raise UnreadableMedia(f"{file.name} broke what unpacks it.", "damaged")
    said = json.loads(done.stdout)
    if "why" in said:
        raise UnreadableMedia(said["why"], said["code"])
    rows: list[list[str]] = said["rows"]
    return rows


def _main() -> None:
    if hasattr(os, "nice"):  # Windows has none
        os.nice(10)
    name, limits = json.loads(sys.stdin.buffer.readline())
    file = File(name, sys.stdin.buffer.read())
    try:
        said: object = {"rows": list(read_table(file, lambda _: False, Limits(*limits)))}
    except UnreadableMedia as error:
        said = {"why": str(error), "code": error.code}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _main()
