"""What a source of music is. The URI scheme of a thing to add picks the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from today_feeling.domain.music import Fingerprint, Song, SourceId


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A song that is as it was when it was last read."""

    locator: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that looked like a song and cannot be used."""

    locator: str
    why: str
    """Fit for a user's eyes."""


Found = Song | Unchanged | Skipped


class MusicSource(Protocol):
    """A place that songs come from."""

    @property
    def id(self) -> SourceId:
        """MUST be the same for every instance of the class."""
        ...

    def songs(self, known: Mapping[str, Fingerprint] | None = None) -> Iterator[Found]:
        """Everything that the source has now, one after the other.

        MUST yield every song once, in the same order while nothing changes, and each with a
        title that is not empty. MUST yield `Skipped` for what cannot be read, and go on with the
        rest. MUST NOT change anything at the source. MAY yield `Unchanged` instead of reading a
        song again whose locator is in `known` with the same fingerprint. MUST raise
        `UnreadableMedia` before the first item where the source as a whole cannot be read.
        """
        ...
