"""What a program and everything that it started cost, read from /proc. Linux only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_SIZES = re.compile(r"^(\w+): +(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a whole tree of processes.

    Attributes
    ----------
    cpu_s
        Seconds of processor time so far, of ended children too.
    memory_mb
        Proportional set size now: what is shared counts once.
    own_mb
        Of that, what is no part of a file: the share of a program's file depends on who else runs
        it just now.
    handles
        Open file descriptors now.
    """

    cpu_s: float
    memory_mb: float
    own_mb: float
    handles: int


def _stat(pid: int) -> list[str] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    # The name, in brackets, may hold anything.
    return text.rpartition(")")[2].split()


def tree(root: int) -> list[int]:
    """The process and all that descend from it."""
    parents = {
        int(folder.name): int(stat[1])
        for folder in Path("/proc").iterdir()
        if folder.name.isdecimal() and (stat := _stat(int(folder.name)))
    }
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cost(root: int) -> Cost:
    """What the tree below `root` has cost until now."""
    ticks, memory_kb, own_kb, handles = 0, 0, 0, 0
    for pid in tree(root):
        stat = _stat(pid)
        if stat is None:
            continue
        # utime, stime, cutime, cstime: fields 14 to 17 of proc(5).
        ticks += sum(int(value) for value in stat[11:15])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            handles += len(list(Path(f"/proc/{pid}/fd").iterdir()))
        except OSError:
            continue
        sizes = {name: int(size) for name, size in _SIZES.findall(rollup)}
        memory_kb += sizes.get("Pss", 0)
        own_kb += sizes.get("Pss_Anon", 0) + sizes.get("Pss_Shmem", 0)
    return Cost(ticks / TICKS_A_SECOND, memory_kb / 1024, own_kb / 1024, handles)


def browser_root() -> int:
    """The browser that this process started; `LookupError` unless there is just one."""
    found = []
    for pid in tree(os.getpid()):
        try:
            # Chromium writes the arguments of its children as one text, others apart.
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
            name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8")
        except OSError:
            continue
        if name.startswith(("chrom", "headless_shell")) and b"--type=" not in line:
            found.append(pid)
    # A helper that the browser starts may have neither name nor type of its own.
    found = [pid for pid in found if not any(pid in tree(other)[1:] for other in found)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} browsers run, not one")
    return found[0]
