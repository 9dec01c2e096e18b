"""A process that listens, seen from outside: it may crash or hang, and only a song is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from today_feeling.errors import InvalidInput, UnreadableMedia
from today_feeling.music.hearing.estimate import Estimate

PATIENCE_S: Final = 60.0
"""For one song; a minute of sound takes about a second."""

_COMMAND: Final = (sys.executable, "-m", "today_feeling.music.hearing")
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def can_hear() -> bool:
    """Whether the extra that decodes sound is installed."""
    return find_spec("av") is not None


class Ears:
    """Hears one song after the other. `close` them, or use them as a context manager."""

    def __init__(
        self, *, patience_s: float = PATIENCE_S, command: tuple[str, ...] = _COMMAND
    ) -> None:
        """The process starts with the first song. Raises `InvalidInput` without the extra.

        `command`: what runs in the process; for another decoder, or one that breaks.
        """
        if not can_hear():
            raise InvalidInput("Listening to songs needs PyAV: pip install 'today-feeling[audio]'")
        self._patience_s = patience_s
        self._command = command
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # What was not written any more needs no pipe.
            with suppress(BrokenPipeError):
                process.communicate()

    def hear(self, path: Path) -> Estimate:
        """What the file sounds like.

        Raises `UnreadableMedia`; where the process broke or took longer than its patience, the next
        song is heard by a new one.
        """
        process = self._process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        gave_up = threading.Event()

        def give_up() -> None:
            gave_up.set()
            process.kill()

        late = threading.Timer(self._patience_s, give_up)
        late.start()
        try:
            process.stdin.write(json.dumps(str(path)) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            late.cancel()
        if not line:
            self.close()
            if gave_up.is_set():
                raise UnreadableMedia(f"took longer than {self._patience_s:g} s")
            raise UnreadableMedia(f"broke the decoder (exit code {process.returncode})")
        said = json.loads(line)
        if "why" in said:
            raise UnreadableMedia(said["why"])
        return Estimate(**said)

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own program; paths go through its stdin
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_ONE_THREAD},
        )
