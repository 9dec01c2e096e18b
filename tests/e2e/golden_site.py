"""What the page built from `web/tests/golden` needs to be served."""

from __future__ import annotations

import functools
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.e2e.browser import ROOT


@functools.cache
def golden_folders() -> Mapping[str, Path]:
    """Build the page, once, and say which folders it is served from, by URL prefix."""
    build = ["npm", "run", "build:golden"]
    built = subprocess.run(build, cwd=ROOT / "web", capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return {
        "/models/": ROOT / "models",
        "/litert/": ROOT / "web" / "public" / "litert",
        "/": ROOT / "web" / "dist-golden",
    }
