"""A user's own songs."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Base64Bytes, BaseModel, Field, RootModel, model_validator

from today_feeling.domain import music
from today_feeling.music.source import Skipped, Unchanged, WhyNot
from today_feeling.music.tables import File
from today_feeling.services.bringing import Brought, Page, Told, Waiting
from today_feeling.web.schemas.base import Body, Share, Writable
from today_feeling.web.schemas.listening import TrackOut

Line = Annotated[str, Field(max_length=500), Writable]
MOST_LETTERS: Final = 1_000_000
"""Of a list; its request holds as many bytes."""
Tempo = Annotated[float, Field(gt=0, le=music.FASTEST, allow_inf_nan=False, examples=[96])]
Title = Annotated[str, Field(min_length=1, max_length=500), Writable]


class SongList(Body):
    """A list of songs: text that was pasted or is in a file, or a whole file."""

    name: Line = Field(default="", examples=["Jazz.csv"])
    pasted: Annotated[str, Field(max_length=MOST_LETTERS)] = Field(
        default="", examples=["https://youtu.be/aB3dE6gH9jK"]
    )
    file: Base64Bytes = Field(default=b"", examples=["UEsDBA=="])

    def to_file(self) -> File:
        content = self.file or self.pasted.encode("utf-8", "replace")
        return File(self.name or "list", content)


class SongIn(Body):
    """A song to keep."""

    youtube_video_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{11}$", max_length=11)]
    title: Title
    artist: Title | None = None
    genre: music.Genre

    @staticmethod
    def of(song: music.Song) -> SongIn:
        return SongIn(
            youtube_video_id=song.locator, title=song.title, artist=song.artist, genre=song.genre
        )

    def to_domain(self) -> music.Song:
        return music.Song(self.youtube_video_id, self.title, self.artist, self.genre)


class SongChange(Body):
    """What is left out stays as it is."""

    title: Title | None = None
    artist: Title | None = None
    genre: music.Genre | None = None
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    language: Annotated[str, Field(min_length=1, max_length=16), Writable] | None = None
    valence: Share | None = None
    energy: Share | None = None
    tempo: Tempo | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        for name in {"title", "genre"} & self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self

    def changes(self) -> dict[str, Any]:
        """By the names of `Track`."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class SongsIn(Body):
    songs: Annotated[list[SongIn], Field(min_length=1, max_length=20)]


class TotalLine(BaseModel):
    """First: how many rows there are; null where a playlist will tell."""

    kind: Literal["total"] = "total"
    total: int | None


class SongLine(BaseModel):
    """A song that would come. `suggested`: the list does not name its genre."""

    kind: Literal["song"] = "song"
    song: SongIn
    suggested: bool


class ThereLine(BaseModel):
    """A song that the user has already."""

    kind: Literal["there"] = "there"


class SkippedLine(BaseModel):
    """A row that is of no use, and what is wrong in it."""

    kind: Literal["skipped"] = "skipped"
    code: WhyNot
    number: int | None
    about: str


class PageLine(BaseModel):
    """A page of a playlist is asked for."""

    kind: Literal["page"] = "page"


class WaitingLine(BaseModel):
    """YouTube wants to be asked later."""

    kind: Literal["waiting"] = "waiting"
    seconds: float


class EndLine(BaseModel):
    """Last. `interrupted`: YouTube stopped answering. `full`: there may be more in the list than a
    user can have."""

    kind: Literal["end"] = "end"
    interrupted: bool
    full: bool


class LookedLine(
    RootModel[TotalLine | SongLine | ThereLine | SkippedLine | PageLine | WaitingLine | EndLine]
):
    """A line of the preview."""


def line_of(told: Told) -> BaseModel:
    """What is told of a list, as its line."""
    match told:
        case Brought(song, suggested):
            return SongLine(song=SongIn.of(song), suggested=suggested)
        case Unchanged():
            return ThereLine()
        case Skipped():
            return SkippedLine(code=told.code or "value", number=told.number, about=told.about)
        case Page():
            return PageLine()
        case Waiting(seconds):
            return WaitingLine(seconds=seconds)


class OwnSongs(BaseModel):
    songs: list[TrackOut]


class AddedSongs(BaseModel):
    added: int
