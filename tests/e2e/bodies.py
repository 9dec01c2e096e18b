"""What may be in a body that the app sends while it is in use: names and sizes of every value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from today_feeling.domain.emotion import EMOTIONS

LONGEST_TEXT: Final = 40
"""Characters; an id has 36. Nobody writes a note here."""
LONGEST_NUMBER: Final = 24
"""Characters: a fraction in full. What has more digits hides something in them."""
MOST_NUMBERS: Final = 20
"""In one list, and fractions no more than there are emotions: as `without` and `probabilities`."""
MOST_VALUES: Final = 200
"""In one body; 15 observations have as many."""
OBSERVATION: Final = frozenset(
    ("id", "observed_at", "duration_s", "emotion", "probabilities", "unsure_share")
)

_QUESTION = (
    *("emotion", "origin", "confidence", "probabilities", "situation", "timezone"),
    *("goal", "unavailable_sources", "waiting", "without", "length", "playing", "fresh", "step"),
    *("id", "placed"),
)
_NAMES: Final = {
    r"/api/session": frozenset[str](),
    r"/api/queue": frozenset(_QUESTION),
    r"/api/plays": frozenset(("recommendation_id",)),
    r"/api/plays/\d+": frozenset(("outcome", "seconds", "liked")),
    r"/api/tracks/\d+/failures": frozenset(("code",)),
    r"/api/observations": OBSERVATION | {"observations"},
}
"""All names of a body's members, nested ones too, by path."""


def unknown(path: str, body: bytes) -> list[str]:
    """What in a body is none of the app's, and might be a picture, whatever it is called."""
    if not body:
        return []
    names = next((names for known, names in _NAMES.items() if re.fullmatch(known, path)), None)
    if names is None:
        return ["a body that is not known"]
    try:
        content = json.loads(body)
    except ValueError:
        return ["a body that is no JSON"]
    values = list(_values(content, names))
    found = [what for what in values if what is not None]
    if len(values) > MOST_VALUES:
        found.append(f"{len(values)} values")
    if path == "/api/observations":
        found += _observations(content)
    return found


def _values(value: Any, names: frozenset[str]) -> Iterator[str | None]:
    """For each value what is wrong with it, or None."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield None if name in names else f"{name[:LONGEST_TEXT]!r}, which is no name of ours"
            yield from _values(each, names)
    elif isinstance(value, list):
        fractions = any(isinstance(each, float) for each in value)
        most = len(EMOTIONS) if fractions else MOST_NUMBERS
        yield f"a list of {len(value)}" if len(value) > most else None
        for each in value:
            yield from _values(each, names)
    else:
        longest = LONGEST_TEXT if isinstance(value, str) else LONGEST_NUMBER
        length = len(str(value))
        yield f"a value of {length} characters" if length > longest else None


def _observations(content: Any) -> Iterator[str]:
    if set(content) != {"observations"}:
        yield "more than observations"
    for each in content.get("observations", []):
        given = each["probabilities"] if set(each) == OBSERVATION else []
        if given is not None and len(given) != len(EMOTIONS):
            yield "an observation with less or more than it is to have"
