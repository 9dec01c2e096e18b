"""For those of whom nothing is to be kept: no session, no cookie, no row."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from today_feeling.services import private
from today_feeling.web.deps import CallerDep, RowId, WorldDep
from today_feeling.web.routes import tracks
from today_feeling.web.schemas.private import PrivateQueueIn, PrivateQueueOut

router = APIRouter(prefix="/private", tags=["private"])


@router.post("/queue")
def plan_private_queue(world: WorldDep, caller: CallerDep, body: PrivateQueueIn) -> PrivateQueueOut:
    """The next songs, by what the question says alone; 409 where nothing can be played."""
    now = world.clock()
    world.writes.check(caller.network, now)
    songs = private.plan(
        world.database,
        body.question(),
        unavailable=body.unavailable_sources,
        now=now,
        rng=world.rng,
    )
    return PrivateQueueOut.of(songs)


@router.get(
    "/tracks/{track_id}/cover",
    response_class=Response,
    responses={200: {"content": {"image/*": {}}}, 204: {"description": "It has none."}},
)
def get_private_cover(world: WorldDep, track_id: RowId) -> Response:
    """The picture of a song that is everybody's, where it has one."""
    private.for_anybody(world.database, track_id)
    return tracks.cover_of(world, track_id)


@router.get("/tracks/{track_id}/audio", response_class=FileResponse)
async def get_private_audio(
    world: WorldDep, caller: CallerDep, track_id: RowId, request: Request
) -> Response:
    """The sound of a song that is everybody's; of files, `Range` is heeded."""
    await to_thread.run_sync(private.for_anybody, world.database, track_id)
    return await tracks.sound_of(world, track_id, request, listener=caller.network)
