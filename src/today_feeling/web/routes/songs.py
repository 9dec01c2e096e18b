"""A user's own songs: nobody else hears or sees them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from today_feeling.services import bringing, own
from today_feeling.services.linked import Internet
from today_feeling.web import exporting
from today_feeling.web.deps import CallerDep, RowId, UserDep, WorldDep
from today_feeling.web.schemas.listening import TrackOut
from today_feeling.web.schemas.songs import (
    AddedSongs,
    EndLine,
    OwnSongs,
    SongChange,
    SongList,
    SongsIn,
    TotalLine,
    line_of,
)
from today_feeling.web.telling import Tell, Work

router = APIRouter(tags=["catalogue"])


@router.get("/songs")
def get_songs(world: WorldDep, user: UserDep) -> OwnSongs:
    """The user's own songs, the newest first."""
    return OwnSongs(songs=[TrackOut.of(each) for each in own.listed(world.database, user.id)])


@router.get("/songs/export", response_class=Response)
def export_songs(world: WorldDep, user: UserDep) -> Response:
    """The user's own songs as a table (CSV), as a preview takes it."""
    return Response(
        exporting.songs(own.listed(world.database, user.id)),
        media_type="text/csv",
        headers={
            "content-disposition": f'attachment; filename="songs-{world.clock():%Y-%m-%d}.csv"'
        },
    )


@router.post("/songs/preview", response_class=Response)
def look_at_songs(world: WorldDep, user: UserDep, caller: CallerDep, body: SongList) -> Response:
    """What a list would bring: links to songs, playlists, albums and moods, CSV, or a workbook.

    Told in lines while it is read, and nothing is kept: whoever leaves ends it.
    """
    internet = Internet(world.settings.youtube_url, world.settings.youtube_music_url)

    def prepare() -> Work:
        lists = bringing.lists_in(body.to_file())

        def work(tell: Tell) -> None:
            tell(TotalLine(total=lists.total))
            plan = bringing.look(
                world.database,
                user.id,
                lists,
                internet=internet,
                hear=lambda told: tell(line_of(told)),
            )
            tell(EndLine(interrupted=plan.interrupted is not None, full=plan.full))

        return work

    return world.desk.answer(caller.network, world.clock(), prepare)


@router.post("/songs", status_code=201)
def add_songs(world: WorldDep, user: UserDep, body: SongsIn) -> AddedSongs:
    """Keep songs for this user alone; one that is there is renewed."""
    songs = [each.to_domain() for each in body.songs]
    return AddedSongs(added=own.add(world.database, user.id, songs, world.clock()))


@router.patch("/songs/{track_id}")
def change_song(world: WorldDep, user: UserDep, track_id: RowId, body: SongChange) -> TrackOut:
    """Correct what is known of one of the user's own songs; the diary tells it so, too."""
    return TrackOut.of(own.edit(world.database, user.id, track_id, body.changes()))


@router.delete("/songs/{track_id}", status_code=204)
def remove_song(world: WorldDep, user: UserDep, track_id: RowId) -> None:
    """Take one of the user's own songs out; the diary keeps its name."""
    own.remove(world.database, user.id, track_id)
