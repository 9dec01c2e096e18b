"""Songs: the ten genres, where a song comes from, and what a user likes to hear when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from today_feeling.domain.emotion import EMOTIONS, Emotion
from today_feeling.errors import InvalidInput

Genre = Literal[
    "classic", "jazz", "pop", "trot", "idol", "rock", "ballad", "game", "hiphop", "extra"
]

GENRES: Final[tuple[Genre, ...]] = get_args(Genre)

SourceId = Literal["library", "subsonic", "youtube", "radio"]

SOURCES: Final[tuple[SourceId, ...]] = get_args(SourceId)
"""What is nearer comes first: one's own files, one's own music server, the internet."""

USED_AT_FIRST: Final[tuple[SourceId, ...]] = ("library", "subsonic", "youtube")
"""In the order of preference that a new user starts with. Radio is only for who asks for it."""

FailureCode = Literal["2", "5", "100", "101", "150", "153", "unreadable"]
"""Why a track did not play: an error of the YouTube player, or a file that does not decode."""

TRANSIENT_FAILURES: Final[frozenset[FailureCode]] = frozenset({"5", "153"})
"""These blame the player or the page, and not the track: it may come again, only not next."""

FASTEST: Final = 400.0
"""Beats a minute; what is said to be faster is no tempo."""

Verdict = Literal["ok", "gone", "refused", "mismatch"]
"""Of a look at a video. `refused`: its owner lets it play on YouTube only. `mismatch`: it is
another song, as far as the titles tell."""


class Fingerprint(NamedTuple):
    """A file whose size and time of change are the same has not changed."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Song:
    """What a source tells about a song that it has."""

    locator: str
    """A YouTube video id, the absolute path of a file, or the id that a server gives: the same
    song keeps it."""
    title: str
    artist: str | None
    genre: Genre
    year: int | None = None
    language: str | None = None
    duration_s: float | None = None
    valence: float | None = None
    energy: float | None = None
    tempo: float | None = None
    """Beats a minute."""
    fingerprint: Fingerprint | None = None
    """Of a file."""
    explicit: bool | None = None
    """None: nobody has said."""
    content: bytes | None = None
    """Of a file: a digest of its sound, by which it is known again where it was moved."""
    stream_url: str | None = None
    """Of a radio station."""
    cover: str | None = None
    """Of a song on a music server: the id of its picture."""


@dataclass(frozen=True, slots=True)
class Track:
    """A song that the store knows."""

    id: int
    source: SourceId
    title: str
    artist: str | None
    genre: Genre
    year: int | None = None
    language: str | None = None
    """ISO 639-1, `instrumental`, or both with a slash between."""
    duration_s: float | None = None
    youtube_video_id: str | None = None
    """Set exactly when the source is `youtube`."""
    valence: float | None = None
    """0 sad .. 1 glad."""
    energy: float | None = None
    """0 calm .. 1 driving."""
    estimated: bool = False
    """Whether valence and energy are a rough estimate from the sound."""
    tempo: float | None = None
    """Beats a minute, more than 0, at most `FASTEST`."""
    tempo_estimated: bool = False
    """Whether the tempo is such an estimate."""
    user_id: int | None = None
    """Whose own song it is; None is everybody's."""
    has_cover: bool = False
    """Whether there may be a picture of it."""
    explicit: bool | None = None
    """None: nobody has said."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a user likes to hear when, and from where.

    `genres` has all six emotions; an empty set means "anything". `sources` is in order of
    preference, and a source that is missing is never used. Raises `InvalidInput`.
    """

    genres: Mapping[Emotion, frozenset[Genre]]
    sources: tuple[SourceId, ...]
    explicit: bool = False
    """Whether songs that are known to be explicit may come."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, or `instrumental`; none means any."""

    def __post_init__(self) -> None:
        if set(self.genres) != set(EMOTIONS):
            raise InvalidInput(f"genres must have exactly these emotions: {', '.join(EMOTIONS)}")
        if not self.sources or len(set(self.sources)) != len(self.sources):
            raise InvalidInput("sources must name at least one source, and none twice")
        if len(set(self.languages)) != len(self.languages):
            raise InvalidInput("languages must name none twice")

    @staticmethod
    def default() -> Preferences:
        """Anything for every emotion, from every source but radio."""
        return Preferences({emotion: frozenset() for emotion in EMOTIONS}, USED_AT_FIRST)

    def ticked(self, emotion: Emotion | None) -> Collection[Genre]:
        """The genres that the user ticked for the emotion; none for no emotion."""
        return self.genres[emotion] if emotion is not None else frozenset()

    def allow(self, language: str | None, explicit: bool | None) -> bool:
        """Whether a song may come, as far as is known; what nobody has said stops none."""
        if explicit and not self.explicit:
            return False
        if language is None or not self.languages:
            return True
        return any(each in self.languages for each in language.split("/"))
