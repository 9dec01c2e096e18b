"""The sound of a track, and that it did not sound."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from today_feeling.services import listening, remote
from today_feeling.web.deps import RowId, UserDep, World, WorldDep
from today_feeling.web.relay import Listener
from today_feeling.web.schemas.listening import FailureIn

router = APIRouter(tags=["listening"])


@router.post("/tracks/{track_id}/failures", status_code=204)
def report_failure(world: WorldDep, user: UserDep, track_id: RowId, body: FailureIn) -> None:
    """The track did not play here: this user is not offered it again."""
    listening.report_failure(world.database, user.id, track_id, body.code, world.clock())


@router.get(
    "/tracks/{track_id}/cover",
    response_class=Response,
    responses={200: {"content": {"image/*": {}}}, 204: {"description": "It has none."}},
)
def get_cover(world: WorldDep, user: UserDep, track_id: RowId) -> Response:
    """The picture of a song in the library or on a music server, where it has one."""
    del user
    return cover_of(world, track_id)


@router.get("/tracks/{track_id}/audio", response_class=FileResponse)
async def get_audio(world: WorldDep, user: UserDep, track_id: RowId, request: Request) -> Response:
    """The sound of a file, of a song on a music server or of a station, which is passed on; of the
    first two, `Range` is heeded."""
    return await sound_of(world, track_id, request, listener=user.id)


def cover_of(world: World, track_id: int) -> Response:
    """The picture of any track, for whoever may have it."""
    found = listening.cover(world.database, track_id)
    headers = {"cache-control": "private, max-age=86400"}
    if found is None:
        return Response(status_code=204, headers=headers)
    content, media_type = found
    return Response(content, media_type=media_type, headers=headers)


async def sound_of(
    world: World, track_id: int, request: Request, *, listener: Listener
) -> Response:
    """The sound of any track, for whoever may have it."""
    stream = await to_thread.run_sync(remote.stream, world.database, track_id)
    if stream is not None:
        return await world.relay.send(stream, request.headers.get("range"), listener=listener)
    path, media_type = await to_thread.run_sync(listening.audio_file, world.database, track_id)
    return FileResponse(
        path,
        media_type=media_type,
        stat_result=path.stat(),
        headers={"cache-control": "private, no-cache"},
    )
