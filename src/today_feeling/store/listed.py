"""What the recommender goes by of songs that can be played, read in plain columns.

Nothing here makes an object of the ORM or a `Track`: that takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from today_feeling.domain.music import Genre, SourceId
from today_feeling.store.schema import Base
from today_feeling.store.statements import chunks
from today_feeling.store.tracks import AVAILABLE, sound_of


class Listed(NamedTuple):
    """A song that can be played, as `domain.music.Track` has it.

    A song that only imported diaries name, of which `to_track` reads the source elsewhere, is none.
    """

    id: int
    user_id: int | None
    source: SourceId
    genre: Genre
    artist: str | None
    year: int | None
    language: str | None
    explicit: bool | None
    valence: float | None
    energy: float | None
    estimated: bool
    tempo: float | None
    tempo_estimated: bool


_TRACKS: Final = Base.metadata.tables["tracks"].c
READ: Final = (
    *(_TRACKS.id, _TRACKS.user_id, _TRACKS.source, _TRACKS.genre, _TRACKS.artist, _TRACKS.year),
    *(_TRACKS.language, _TRACKS.explicit, _TRACKS.valence, _TRACKS.energy),
    *(_TRACKS.affect_source, _TRACKS.tempo, _TRACKS.tempo_heard),
)
"""Triggers note a change of these (`track_changes`): another one needs a migration."""

# Statements of every request are made once: that takes longer than to carry them out.
_ALL: Final = select(*READ).where(_TRACKS.availability == AVAILABLE).order_by(_TRACKS.id)
_AMONG: Final = _ALL.where(_TRACKS.id.in_(bindparam("ids", expanding=True)))


def everything(session: Session) -> list[Listed]:
    """All that anybody can play, in order of their ids."""
    return _read(session, _ALL, {})


def among(session: Session, ids: Collection[int]) -> list[Listed]:
    """Those of the songs with these ids that anybody can play, in order of their ids."""
    return [
        song for some in chunks(sorted({*ids})) for song in _read(session, _AMONG, {"ids": some})
    ]


def _read(session: Session, songs: Select[Any], given: Mapping[str, Any]) -> list[Listed]:
    return [
        Listed._make((*said, *sound_of(affect_source, tempo, heard)))
        for *said, affect_source, tempo, heard in session.execute(songs, given)
    ]
