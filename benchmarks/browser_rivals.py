"""The rivals that run in a browser: installed by npm in the versions of `rivals.json`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
PINS: Final = HERE / "rivals.json"
_RIVALS: Final = HERE / "rivals"


def install_rivals() -> dict[str, Path]:
    """Install the pinned rivals unless they are there; where a site has which of their folders."""
    manifest, modules = _RIVALS / "package.json", _RIVALS / "node_modules"
    if not modules.is_dir() or manifest.read_text() != PINS.read_text():
        _RIVALS.mkdir(exist_ok=True)
        shutil.copyfile(PINS, manifest)
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=_RIVALS, check=True)
    return {
        "/face-api/": modules / "@vladmandic" / "face-api",
        "/human/": modules / "@vladmandic" / "human",
        "/tfjs-wasm/": modules / "@tensorflow" / "tfjs-backend-wasm" / "dist",
    }


def scripts(name: str) -> dict[str, bytes]:
    """The page's part of a benchmark, and what sets the rivals up, as a site has them."""
    return {f"/{file}": (HERE / file).read_bytes() for file in (name, "browser_rivals.js")}
