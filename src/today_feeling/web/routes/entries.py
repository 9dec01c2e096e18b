"""The user's own words."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from today_feeling.services import diary
from today_feeling.web.deps import UserDep, WorldDep
from today_feeling.web.schemas.diary import DeletionOut, EntryChange, EntryIn, EntryOut

router = APIRouter(tags=["diary"])


@router.post("/entries", status_code=201)
def add_entry(world: WorldDep, user: UserDep, body: EntryIn) -> EntryOut:
    """Keep an emotion, a note, or both; the same id again gives the entry that is there."""
    entry = diary.write(world.database, user.id, body.to_domain(world.clock()))
    return EntryOut.of(entry)


@router.patch("/entries/{entry_id}")
def change_entry(world: WorldDep, user: UserDep, entry_id: UUID, body: EntryChange) -> EntryOut:
    """Change what the body names; what it leaves out stays as it is."""
    now = world.clock()
    entry = diary.rewrite(world.database, user.id, entry_id, lambda old: body.edit(old, now))
    return EntryOut.of(entry)


@router.delete("/entries/{entry_id}")
def delete_entry(world: WorldDep, user: UserDep, entry_id: UUID) -> DeletionOut:
    """Delete it; for 10 minutes that can be undone."""
    deletion = diary.delete(world.database, user.id, "entries", entry_id, world.clock())
    return DeletionOut(undo=deletion.id)
