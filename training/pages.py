"""Pages that people write and measurements renew: only what stands between two marks changes."""

import statistics
from collections.abc import Sequence
from pathlib import Path


def renew(page: Path, marks: tuple[str, str], lines: Sequence[str]) -> None:
    """Replace what stands between the marks of a page by these lines.

    Raises `ValueError` where the page lacks a mark.
    """
    begin, end = marks
    text = page.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{page} has no place for results: add the lines {begin!r} and {end!r}")
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    content = "\n".join(lines)
    page.write_text(f"{before}{begin}\n\n{content}\n\n{end}{after}", encoding="utf-8")


def marks_of(command: str) -> tuple[str, str]:
    """The marks around what a command writes; neither is seen where the page is shown."""
    return f"<!-- measured: written by `{command}`; do not edit -->", "<!-- /measured -->"


def write_or_renew(page: Path, command: str, title: str, lines: Sequence[str]) -> None:
    """Renew the page's measured part; begin a page with nothing else where there is none."""
    marks = marks_of(command)
    if not page.exists():
        page.write_text(f"# {title}\n\n{marks[0]}\n{marks[1]}\n", encoding="utf-8")
    renew(page, marks, lines)


def mean_and_spread(values: Sequence[float]) -> str:
    """`0.812 (0.004)`: mean and standard deviation over seeds; of a single run the number alone."""
    if len(values) == 1:
        return f"{values[0]:.3f}"
    return f"{statistics.mean(values):.3f} ({statistics.stdev(values):.3f})"
