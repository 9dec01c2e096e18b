"""The sound of a track, and that it did not sound."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from today_feeling.services import listening
from today_feeling.web.deps import RowId, UserDep, WorldDep
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
    """The picture of a library track, where it has one."""
    del user
    found = listening.cover(world.database, track_id)
    headers = {"cache-control": "private, max-age=86400"}
    if found is None:
        return Response(status_code=204, headers=headers)
    content, media_type = found
    return Response(content, media_type=media_type, headers=headers)


@router.get("/tracks/{track_id}/audio", response_class=FileResponse)
def get_audio(world: WorldDep, user: UserDep, track_id: RowId) -> Response:
    """The file of a library track; `Range` and `If-Range` are heeded."""
    del user
    path, media_type = listening.audio_file(world.database, track_id)
    return FileResponse(
        path,
        media_type=media_type,
        stat_result=path.stat(),
        headers={"cache-control": "private, no-cache"},
    )
