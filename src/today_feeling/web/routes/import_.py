"""The user's own export comes in, or that of another diary."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic_core import from_json

from today_feeling.domain.diary import zone
from today_feeling.errors import InvalidInput
from today_feeling.services import transfer
from today_feeling.web.deps import CallerDep, UserDep, WorldDep
from today_feeling.web.importing import read_document
from today_feeling.web.schemas.base import Timezone
from today_feeling.web.schemas.transfer import ImportOut, RowProblem

router = APIRouter(tags=["transfer"])


async def _text(request: Request) -> str:
    """The body: text and nothing else, so no picture comes in by this door either."""
    try:
        text = (await request.body()).decode()
    except UnicodeDecodeError:
        raise InvalidInput("The file is no text in UTF-8.") from None
    if "\0" in text:
        raise InvalidInput("The file is no text: it holds the character NUL.")
    return text


@router.post(
    "/import",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        }
    },
)
def import_diary(
    *,
    request: Request,
    world: WorldDep,
    user: UserDep,
    caller: CallerDep,
    timezone: Annotated[Timezone, Query()],
    text: Annotated[str, Depends(_text)],
) -> ImportOut:
    """Our own export (JSON) or Daylio's (CSV, whose times are those of `timezone`).

    At most 1 MB: send a longer file in pieces. What is there already is skipped; a row that
    cannot be read is named, and the others are kept.
    """
    now = world.clock()
    zone(timezone)
    csv = request.headers.get("content-type", "").casefold().startswith("text/csv")
    with world.imports.held(caller.network, now):
        if csv:
            added, found = transfer.take_in_daylio(world.database, user.id, text, timezone, now)
            return ImportOut.of(added, [RowProblem(row=row, message=told) for row, told in found])
        try:
            document = from_json(text, allow_inf_nan=False)
        except ValueError:
            raise InvalidInput("The file is no JSON.") from None
        load, problems = read_document(document)
        return ImportOut.of(transfer.take_in(world.database, user.id, load, now), problems)
