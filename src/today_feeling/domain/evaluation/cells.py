"""What the cells of a table mean that someone's spreadsheet or program wrote."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Final

_MISSING: Final = frozenset({"", "-", "--", "?", "#n/a", "n/a", "na", "nan", "nil", "none", "null"})
_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_WHOLE: Final = re.compile(r"([0-9]+)\.0+")
_ALONE: Final = re.compile(r"(?<![0-9.])([0-9])(?![0-9])")
_FLAGS: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_NO_SECONDS: Final = 1e11
"""Seconds above would be of the year 5138: they are thousandths, millionths ..."""


def written(cell: str | None) -> str:
    """The cell without blanks around it; empty where it is a way to write that nothing is known."""
    text = (cell or "").strip()
    return "" if text.casefold() in _MISSING else text


def number(cell: str | None) -> float:
    """NaN where the cell is no finite number in ASCII digits."""
    text = written(cell)
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else math.nan


def identity(cell: str) -> str:
    """Who or what the cell names. Names compare as text, but 7 and 7.0 are the same: programs
    write whole numbers so, in columns where a value is missing."""
    text = cell.strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def flag(cell: str | None) -> bool:
    """Whether the cell says 1, true or yes; missing is no. Raises `ValueError` for other words."""
    text = written(cell)
    value = number(text)
    try:
        return bool(text) and _FLAGS[f"{value:.0f}" if value in (0, 1) else text.casefold()]
    except KeyError:
        raise ValueError(text) from None


def seconds(cell: str) -> float:
    """An instant: seconds of any epoch, finer units of the Unix epoch, or a date (UTC where it
    names no zone). Raises `ValueError`."""
    value = number(cell)
    if math.isfinite(value):
        while abs(value) > _NO_SECONDS:
            value /= 1000
        return value
    # Spreadsheets write 2026-3-1 9:05.
    moment = datetime.fromisoformat(_ALONE.sub(r"0\1", cell.strip().replace("/", "-")))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
