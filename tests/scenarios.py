"""Writes docs/scenarios.md: every end-to-end scenario, read from the tests themselves.

`python -m tests.scenarios` renews it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "scenarios.md"

_HEAD: Final = """\
# Scenarios

What a user can rely on. Each line is a test in `tests/e2e/` that plays it in a real browser
against the real server. The page is made from the tests (`python -m tests.scenarios`), and a test
fails where it is stale.
"""


def page() -> str:
    """The whole page. Raises `ValueError` where a file does not say what it protects."""
    return "\n".join(
        [_HEAD, *(_section(path) for path in sorted(ROOT.glob("tests/e2e/test_*.py")))]
    )


def _section(path: Path) -> str:
    module = ast.parse(path.read_text())
    protects = ast.get_docstring(module)
    if not protects:
        raise ValueError(f"{path.name} does not say what it protects")
    title = path.stem.removeprefix("test_").replace("_", " ").capitalize()
    lines = [f"- {scenario}" for scenario in _scenarios(module)]
    told = " ".join(protects.partition("\n\n")[0].split())
    return "\n".join(
        [f"## {title}", "", f"{told} ([{path.name}](../tests/e2e/{path.name}))", "", *lines, ""]
    )


def _scenarios(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            sentence = node.name.removeprefix("test_").replace("_", " ")
            more = ast.get_docstring(node)
            told = f": {' '.join(more.partition(chr(10) * 2)[0].split())}" if more else ""
            yield sentence[0].upper() + sentence[1:] + told


if __name__ == "__main__":
    PAGE.write_text(page())
