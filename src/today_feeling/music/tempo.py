"""Beats a minute, as tags of files, music servers and lists tell them."""

from __future__ import annotations

import re
from typing import Final

from today_feeling.domain.music import FASTEST

_NUMBER: Final = re.compile(r"\s*([0-9]{1,4}(?:[.,][0-9]{1,20})?)\s*(?:bpm)?\s*", re.IGNORECASE)


def tempo_told(*told: object) -> float | None:
    """The first of what is told that is a tempo; None where none is: programs write 0 where they do
    not know, and people write words."""
    for each in told:
        found = _NUMBER.fullmatch(str(each))
        tempo = float(found[1].replace(",", ".")) if found else 0.0
        if 0 < tempo <= FASTEST:
            return tempo
    return None
