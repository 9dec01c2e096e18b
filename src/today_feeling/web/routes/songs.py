"""A user's own songs: nobody else hears or sees them."""

from __future__ import annotations

from fastapi import APIRouter

from today_feeling.services import own
from today_feeling.web.deps import RowId, UserDep, WorldDep
from today_feeling.web.schemas.listening import TrackOut
from today_feeling.web.schemas.songs import (
    AddedSongs,
    LookedOut,
    LookedRows,
    OwnSongs,
    SongRows,
    SongsIn,
)

router = APIRouter(tags=["catalogue"])


@router.get("/songs")
def get_songs(world: WorldDep, user: UserDep) -> OwnSongs:
    """The user's own songs, the newest first."""
    return OwnSongs(songs=[TrackOut.of(each) for each in own.listed(world.database, user.id)])


@router.post("/songs/preview")
def look_at_songs(world: WorldDep, user: UserDep, body: SongRows) -> LookedRows:
    """What links and rows of a list would bring; nothing is kept. Each row counts as a request."""
    for _ in body.rows[1:]:
        world.writes.check(str(user.id), world.clock())
    rows = [row.cells() for row in body.rows]
    looked = own.look(world.database, rows, youtube=world.settings.youtube_url)
    return LookedRows(rows=[LookedOut.of(each) for each in looked])


@router.post("/songs", status_code=201)
def add_songs(world: WorldDep, user: UserDep, body: SongsIn) -> AddedSongs:
    """Keep songs for this user alone; one that is there is renewed."""
    songs = [each.to_domain() for each in body.songs]
    return AddedSongs(added=own.add(world.database, user.id, songs, world.clock()))


@router.delete("/songs/{track_id}", status_code=204)
def remove_song(world: WorldDep, user: UserDep, track_id: RowId) -> None:
    """Take one of the user's own songs out; the diary keeps its name."""
    own.remove(world.database, user.id, track_id)
