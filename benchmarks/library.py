"""How long it takes to read a big library: real, small, tagged files, each of its own sound.

Without a rival: how a scan goes on is beside the rescans, which read only what is new or elsewhere.
"""

from __future__ import annotations

import os
import platform
import struct
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.report import report
from today_feeling.services import catalogue
from today_feeling.services.catalogue import Report
from today_feeling.store.database import Database

FILES: Final = 50_000
_PER_FOLDER: Final = 12
_GENRES: Final = ("Jazz", "K-Pop", "Rock", "발라드", "Hip-Hop", "Classical")
_FRAME: Final = b"\xff\xfb\x10\xc4" + bytes(100)
"""One frame of MPEG-1 layer III, 32 kbit/s at 44.1 kHz: silence."""


def main() -> None:
    """Make the files, read them, read them again, and again after a tenth was moved."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "music"
        make(folder, FILES)
        with Database(f"sqlite:///{place}/library.db") as database:
            database.migrate()
            first = _timed(lambda: catalogue.add_folder(database, folder, now=datetime.now(UTC)))
            again = _timed(lambda: _rescan(database, folder))
            moved = move(folder, FILES // 10)
            after = _timed(lambda: _rescan(database, folder))
    report(
        "library",
        "s",
        first[0],
        {"rescan, nothing new": again[0], "rescan, a tenth moved": after[0]},
        files=FILES,
        moved=moved,
        found={"first": first[1].added, "again": again[1].unchanged, "moved": after[1].moved},
        cpu_s=round(time.process_time(), 1),
        machine=f"{platform.machine()}, {os.cpu_count()} cores",
        load_average=round(os.getloadavg()[0], 1),
    )


def make(folder: Path, count: int) -> None:
    """Write MP3 files with ID3 tags, a dozen in a folder, as albums are."""
    for number in range(count):
        album = folder / f"artist {number // 120:04}" / f"album {number // _PER_FOLDER:05}"
        if number % _PER_FOLDER == 0:
            album.mkdir(parents=True)
        tags = {
            b"TIT2": f"Song {number}",
            b"TPE1": f"Artist {number // 120}",
            b"TCON": _GENRES[number // 120 % len(_GENRES)],
            b"TDRC": str(1970 + number % 50),
        }
        frames = b"".join(
            name + struct.pack(">I", len(text.encode()) + 1) + b"\0\0\x03" + text.encode()
            for name, text in tags.items()
        )
        size = bytes((len(frames) >> shift) & 127 for shift in (21, 14, 7, 0))
        sound = _FRAME[:-8] + number.to_bytes(8, "big")
        file = album / f"{number % _PER_FOLDER + 1:02} song.mp3"
        file.write_bytes(b"ID3\x04\0\0" + size + frames + sound * 40)


def move(folder: Path, count: int) -> int:
    """Give some files other folders; returns how many."""
    files = sorted(folder.rglob("*.mp3"))[:count]
    (folder / "moved").mkdir()
    for number, file in enumerate(files):
        file.rename(folder / "moved" / f"{number}.mp3")
    return len(files)


def _rescan(database: Database, folder: Path) -> Report:
    return catalogue.rescan(database, now=datetime.now(UTC))[folder.resolve()]


def _timed(run: Callable[[], Report]) -> tuple[float, Report]:
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found


if __name__ == "__main__":
    main()
