"""Everything of the user, to take along."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from today_feeling.services import own, preferences, transfer
from today_feeling.web import exporting
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.account import UserOut
from today_feeling.web.schemas.diary import EntryOut, ObservationOut
from today_feeling.web.schemas.preferences import PreferencesBody
from today_feeling.web.schemas.transfer import (
    FORMAT,
    VERSION,
    BanRecord,
    FailureRecord,
    PlayRecord,
    RecommendationRecord,
    SongRecord,
)

router = APIRouter(tags=["transfer"])


@router.get("/export", response_class=StreamingResponse)
def export_diary(
    world: WorldDep,
    user: UserDep,
    format: Annotated[Literal["json", "csv"], Query()] = "json",  # noqa: A002 - its name outside
) -> Response:
    """One JSON document, or a zip of CSV tables; sent while it is read."""
    database, now = world.database, world.clock()
    seen = (ObservationOut.of(each) for each in transfer.all_observations(database, user.id))
    written = (EntryOut.of(each) for each in transfer.all_entries(database, user.id))
    heard = (PlayRecord.of(each) for each in transfer.all_plays(database, user.id))
    name = f"today-feeling-{now:%Y-%m-%d}"
    if format == "csv":
        tables = {"observations": seen, "plays": heard, "entries": written}
        return _file(exporting.tables(tables), "application/zip", f"{name}.zip")
    offered = (RecommendationRecord.of(each) for each in transfer.all_unplayed(database, user.id))
    failed = (
        FailureRecord(track=SongRecord.of(track), code=code, failed_at=failed_at)
        for track, code, failed_at in transfer.all_failures(database, user.id)
    )
    banned = (BanRecord.of(each) for each in transfer.all_bans(database, user.id, now))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now,
        "user": UserOut.of(user),
        "preferences": PreferencesBody.of(preferences.get(database, user.id)),
    }
    brought = (SongRecord.of(each) for each in own.listed(database, user.id))
    lists = {
        "songs": brought,
        "observations": seen,
        "entries": written,
        "plays": heard,
        "recommendations": offered,
        "failures": failed,
        "bans": banned,
    }
    return _file(exporting.document(head, lists), "application/json", f"{name}.json")


def _file(content: exporting.Pieces, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type=media_type, headers=headers)
