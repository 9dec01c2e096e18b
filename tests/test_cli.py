"""The command line before any command of it runs."""

from __future__ import annotations

import subprocess
import sys

BEFORE_ANY_COMMAND = """
import os, sys
from today_feeling import cli
assert "numpy" not in sys.modules
try:
    cli.main()
except SystemExit:
    pass
assert "numpy" not in sys.modules
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


def test_small_matrices_are_left_to_one_thread_before_numpy_asks() -> None:
    command = [sys.executable, "-c", BEFORE_ANY_COMMAND, "--version"]
    environment: dict[str, str] = {}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.splitlines()[-1] == "1"
