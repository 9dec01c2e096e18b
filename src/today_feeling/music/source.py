"""What a source of music is, and what it tells of its songs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from today_feeling.domain.music import Fingerprint, Song, SourceId


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A song that is as it was when it was last read."""

    locator: str


WhyNot = Literal[
    "no_video",
    "genre",
    "value",
    "twice",
    "gone",
    "refused",
    "untitled",
    "unavailable",
    "list",
    "too_many_lists",
]
"""Why a row of a list is of no use: it names no video, a wrong genre or another wrong value, a
video that is listed above, or that was removed, may not be shown elsewhere, has no title, cannot
be played; or a list within it is not there, or private, or one more than are read at a time."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that looked like a song and cannot be used."""

    locator: str
    why: str
    """Fit for a user's eyes."""
    code: WhyNot | None = None
    """The same for programs; None beside lists of videos."""
    number: int | None = None
    """Which of its list it is, from 1; in a file as a spreadsheet counts."""
    about: str = ""
    """The word that is wrong, or what the song is called, as far as the list says."""


class Place(NamedTuple):
    """A row of a list."""

    name: str
    """For people."""
    number: int | None = None
    about: str = ""

    def skipped(self, code: WhyNot, why: str, about: str | None = None) -> Skipped:
        """What to say where the row is of no use; `about` is the word that is wrong."""
        told = self.about if about is None else about
        return Skipped(self.name, why, code, self.number, told[:100])


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
        `UnreadableMedia` before the first item where the source as a whole cannot be read, or
        `SourceUnavailable` where it is on another server that does not answer.
        """
        ...
