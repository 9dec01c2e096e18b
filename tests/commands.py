"""The command line as a person or a script calls it, but in the process of the tests: one of its
own would take a second or two to import everything. What only a process of its own can show, like
signals or a quiet start, starts one in `tests.web.processes` or in the test itself."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

import pytest

from today_feeling.cli import main

Run = Callable[..., CompletedProcess[str]]
"""Runs the command line with arguments, to its end."""


def call(
    capture: pytest.CaptureFixture[str],
    arguments: tuple[str | Path, ...],
    environment: Mapping[str, str],
) -> CompletedProcess[str]:
    """What the command line leaves behind.

    Parameters
    ----------
    capture
        The test's `capfd`: libraries in C write past Python.
    environment
        All of it.
    """
    words = ["today-feeling", *map(str, arguments)]
    stops = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    capture.readouterr()
    try:
        with (
            patch.dict(os.environ, environment, clear=True),
            patch.object(sys, "argv", words),
            patch.object(sys, "stdin", io.StringIO()),  # nobody answers
        ):
            main()
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    finally:
        for number, handler in stops.items():
            signal.signal(number, handler)
    said = capture.readouterr()
    return CompletedProcess(words, code, said.out, said.err)
