"""A user's own songs."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from today_feeling.domain import music
from today_feeling.services.own import Looked
from today_feeling.web.schemas.base import Body, Writable
from today_feeling.web.schemas.listening import TrackOut

Line = Annotated[str, Field(max_length=500), Writable]
Title = Annotated[str, Field(min_length=1, max_length=500), Writable]


class SongRow(Body):
    """A row of a list: a link or the id of a video, and what the list says of it."""

    link: Line = Field(examples=["https://youtu.be/aB3dE6gH9jK"])
    title: Line | None = None
    artist: Line | None = None
    genre: Line | None = Field(default=None, examples=["ballad"])

    def cells(self) -> dict[str, str]:
        told = {
            "video": self.link,
            "title": self.title,
            "artist": self.artist,
            "genre": self.genre,
        }
        return {name: text.strip() for name, text in told.items() if text and text.strip()}


class SongRows(Body):
    rows: Annotated[list[SongRow], Field(min_length=1, max_length=10)]


class SongIn(Body):
    """A song to keep."""

    youtube_video_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{11}$", max_length=11)]
    title: Title
    artist: Title | None = None
    genre: music.Genre

    def to_domain(self) -> music.Song:
        return music.Song(self.youtube_video_id, self.title, self.artist, self.genre)


class SongsIn(Body):
    songs: Annotated[list[SongIn], Field(min_length=1, max_length=20)]


class LookedOut(BaseModel):
    song: SongIn | None
    suggested_by: str | None = Field(examples=["the title"])
    problem: str | None = Field(examples=["the video was removed or is private"])

    @staticmethod
    def of(looked: Looked) -> LookedOut:
        song = looked.song
        return LookedOut(
            song=SongIn(
                youtube_video_id=song.locator,
                title=song.title,
                artist=song.artist,
                genre=song.genre,
            )
            if song
            else None,
            suggested_by=looked.why,
            problem=looked.problem,
        )


class LookedRows(BaseModel):
    rows: list[LookedOut]


class OwnSongs(BaseModel):
    songs: list[TrackOut]


class AddedSongs(BaseModel):
    added: int
